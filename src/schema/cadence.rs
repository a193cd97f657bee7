//! How often a list is kept up.
//!
//! ```yaml
//! cadence: weekly on monday     # or daily, weekly, monthly, quarterly, yearly; 每周一, 每月
//! ```
//!
//! Readers are told, and told so once a whole period has gone by without a record.

use jiff::{ToSpan, civil::Date};

use crate::source::named::named;

named! {
    /// The periods of which each has a record.
    Interval {
        /// Days.
        Daily = "daily",
        /// Weeks, from Monday on.
        Weekly = "weekly",
        /// Months.
        Monthly = "monthly",
        /// Quarters of the year.
        Quarterly = "quarterly",
        /// Years.
        Yearly = "yearly",
    }
}

named! {
    /// A day of the week.
    Weekday {
        /// 周一.
        Monday = "monday",
        /// 周二.
        Tuesday = "tuesday",
        /// 周三.
        Wednesday = "wednesday",
        /// 周四.
        Thursday = "thursday",
        /// 周五.
        Friday = "friday",
        /// 周六.
        Saturday = "saturday",
        /// 周日.
        Sunday = "sunday",
    }
}

/// How often a list is kept up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cadence {
    /// The period of which each has a record.
    pub every: Interval,
    /// The day of the week on which that is.
    pub on: Option<Weekday>,
}

/// The same in Chinese, in the order of [`Interval`].
const CHINESE: [&str; 5] = ["每天", "每周", "每月", "每季度", "每年"];

/// The days of the week, in the order of [`Weekday`].
const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

impl Cadence {
    /// Reads what a declaration says; nothing for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        let every = |every| Self { every, on: None };
        if let Some(day) = word.strip_prefix("weekly on ") {
            return Some(Self { on: Some(Weekday::parse(day.trim())?), ..every(Interval::Weekly) });
        }
        if let Some(index) = CHINESE.iter().position(|it| *it == word) {
            return Interval::parse(Interval::NAMES[index]).map(every);
        }
        if let Some(day) = word.strip_prefix("每周") {
            let index = DAYS.iter().position(|it| *it == day)?;
            let on = Weekday::parse(Weekday::NAMES[index]);
            return Some(Self { on, ..every(Interval::Weekly) });
        }
        Interval::parse(word).map(every)
    }

    /// The first day on which a list is behind whose newest record is of that day: the whole period
    /// after that of the record has gone by. Nothing at the end of the calendar.
    pub fn behind_from(self, newest: Date) -> Option<Date> {
        let month = newest.first_of_month();
        let in_quarter = (i32::from(month.month()) - 1) % 3;
        let in_week = i32::from(newest.weekday().to_monday_zero_offset());
        let from = match self.every {
            Interval::Daily => newest.checked_add(2.days()),
            Interval::Weekly => newest.checked_add((14 - in_week).days()),
            Interval::Monthly => month.checked_add(2.months()),
            Interval::Quarterly => month.checked_add((6 - in_quarter).months()),
            Interval::Yearly => newest.first_of_year().checked_add(2.years()),
        };
        from.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadences_are_read_in_both_languages() {
        let cadence = |every, on| Some(Cadence { every, on });
        for (word, expected) in [
            ("daily", cadence(Interval::Daily, None)),
            ("每季度", cadence(Interval::Quarterly, None)),
            ("weekly on monday", cadence(Interval::Weekly, Some(Weekday::Monday))),
            ("每周日", cadence(Interval::Weekly, Some(Weekday::Sunday))),
            ("每周", cadence(Interval::Weekly, None)),
            ("monthly on monday", None),
            ("weekly on 1", None),
            ("每周八", None),
            ("often", None),
        ] {
            assert_eq!(Cadence::parse(word), expected, "{word}");
        }
    }

    #[test]
    fn a_list_is_behind_after_a_whole_period_without_a_record() {
        let behind = |every, newest: &str| {
            let cadence = Cadence { every, on: None };
            cadence.behind_from(newest.parse().unwrap()).unwrap().to_string()
        };
        assert_eq!(behind(Interval::Daily, "2026-11-28"), "2026-11-30");
        // A Monday and a Sunday of one week.
        assert_eq!(behind(Interval::Weekly, "2026-11-16"), "2026-11-30");
        assert_eq!(behind(Interval::Weekly, "2026-11-22"), "2026-11-30");
        assert_eq!(behind(Interval::Monthly, "2026-11-30"), "2027-01-01");
        assert_eq!(behind(Interval::Quarterly, "2026-07-01"), "2027-01-01");
        assert_eq!(behind(Interval::Quarterly, "2026-12-31"), "2027-04-01");
        assert_eq!(behind(Interval::Yearly, "2026-05-01"), "2028-01-01");
        assert_eq!(Cadence { every: Interval::Yearly, on: None }.behind_from(Date::MAX), None);
    }
}
