//! Stretches of time from a day, counted in the days of the calendar or in working days.

use jiff::{Error, Span, ToSpan, civil::Date};

use crate::{schema::working_days::WorkingDays, text::narrow};

/// A stretch of time from a day, as declarations write it: `1 year`, `15 working days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many, from 1 to 9999.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// What periods are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Days of the calendar.
    Day,
    /// Days that are worked, by [`WorkingDays`].
    WorkingDay,
    /// Seven days.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

/// A day, and whether the calendar had the working days of every year up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reached {
    /// The day.
    pub day: Date,
    /// The year nearest to the first day in which working days were counted without knowing its
    /// holidays. Other units need not know.
    pub unknown: Option<i16>,
}

impl Period {
    /// `30 days`, `15 working days`, `2 weeks`, `6 months`, `1 year`; also `30天`, `30日`,
    /// `15个工作日`, `2周`, `6个月`, `1年`. Nothing else, and nothing but counts from 1 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_digit = |ch: char| matches!(ch, '0'..='9' | '０'..='９');
        let (count, unit) = text.split_at(text.find(|it| !is_digit(it))?);
        let count = narrow(count).parse().ok().filter(|it| (1..=9999).contains(it))?;
        Some(Self { count, unit: Unit::parse(&narrow(unit).to_ascii_lowercase())? })
    }

    /// The day that lies this period after a day, which itself does not count. A month too short
    /// for the day gives its last one: 31 January and a month is the end of February. Beyond the
    /// last year that can be written it is the last day of that.
    pub fn after(self, day: Date, calendar: &WorkingDays) -> Reached {
        match self.span() {
            Some(span) => Reached { day: day.saturating_add(span), unknown: None },
            None => self.walk(day, Date::tomorrow, calendar),
        }
    }

    /// The day that lies this period before a day, counted as [`Period::after`] counts.
    pub fn before(self, day: Date, calendar: &WorkingDays) -> Reached {
        match self.span() {
            Some(span) => Reached { day: day.saturating_sub(span), unknown: None },
            None => self.walk(day, Date::yesterday, calendar),
        }
    }

    /// The span of the calendar; working days are none.
    fn span(self) -> Option<Span> {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Day => Some(count.days()),
            Unit::WorkingDay => None,
            Unit::Week => Some(count.weeks()),
            Unit::Month => Some(count.months()),
            Unit::Year => Some(count.years()),
        }
    }

    /// Goes from day to day until as many were worked.
    fn walk(
        self,
        day: Date,
        step: fn(Date) -> Result<Date, Error>,
        calendar: &WorkingDays,
    ) -> Reached {
        let mut reached = Reached { day, unknown: None };
        let mut left = self.count;
        while left > 0
            && let Ok(day) = step(reached.day)
        {
            reached.day = day;
            if !calendar.knows(day.year()) {
                reached.unknown.get_or_insert(day.year());
            }
            left -= u16::from(calendar.is_working(day));
        }
        reached
    }
}

impl Unit {
    /// A unit's name in small letters and without spaces.
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "day" | "days" | "天" | "日" | "个自然日" | "自然日" => Self::Day,
            "workingday" | "workingdays" | "workday" | "workdays" | "个工作日" | "工作日" => {
                Self::WorkingDay
            }
            "week" | "weeks" | "周" | "个星期" | "星期" => Self::Week,
            // `6月` is not six months but June.
            "month" | "months" | "个月" => Self::Month,
            "year" | "years" | "年" => Self::Year,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn ways_to_write_a_period() {
        let cases: [(u16, Unit, &[&str]); 5] = [
            (30, Unit::Day, &["30 days", "30天", "30日", " 30 Days ", "３０ 天", "30个自然日"]),
            (15, Unit::WorkingDay, &["15 working days", "15个工作日", "15 个 工作日", "15工作日"]),
            (1, Unit::Week, &["1 week", "1 weeks", "1周", "1个星期"]),
            (6, Unit::Month, &["6 months", "6个月", "6month"]),
            (9999, Unit::Year, &["9999 years", "9999年"]),
        ];
        for (count, unit, texts) in cases {
            for text in texts {
                assert_eq!(Period::parse(text), Some(Period { count, unit }), "{text}");
            }
        }
        let others = [
            "",
            "30",
            "days",
            "0 days",
            "10000 days",
            "-1 day",
            "1.5 years",
            "6月",
            "一年",
            "1 yr",
            "1 year 6 months",
            "99999999999 days",
            "3-5 days",
            "days 3",
            "1 year.",
        ];
        for text in others {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_reached() {
        let calendar = WorkingDays::built_in();
        let cases = [
            ("2026-01-31", "1 month", "2026-02-28", "2025-12-31"),
            ("2024-01-31", "1 month", "2024-02-29", "2023-12-31"),
            ("2024-02-29", "1 year", "2025-02-28", "2023-02-28"),
            ("2026-03-05", "30 days", "2026-04-04", "2026-02-03"),
            ("2026-03-05", "2 weeks", "2026-03-19", "2026-02-19"),
            // Over the Spring Festival, with a Saturday worked on either side of it.
            ("2026-02-13", "1 working day", "2026-02-14", "2026-02-12"),
            ("2026-02-13", "5 working days", "2026-02-27", "2026-02-06"),
            ("2026-02-18", "1 working day", "2026-02-24", "2026-02-14"),
            ("2026-02-28", "5 working days", "2026-03-06", "2026-02-14"),
            ("2026-01-31", "9999 years", "9999-12-31", "-7973-01-31"),
            ("9999-12-30", "3 working days", "9999-12-31", "9999-12-27"),
            ("-9999-01-01", "3 months", "-9999-04-01", "-9999-01-01"),
        ];
        for (from, period, after, before) in cases {
            let this = Period::parse(period).unwrap();
            let from = day(&from.replace("-9999", "-009999"));
            let show = |reached: Reached| reached.day.to_string().replacen("-00", "-", 1);
            assert_eq!(show(this.after(from, &calendar)), after, "{period} after {from}");
            assert_eq!(show(this.before(from, &calendar)), before, "{period} before {from}");
        }
    }

    #[test]
    fn years_that_are_not_known() {
        let calendar = WorkingDays::built_in();
        let cases = [
            ("2026-12-30", "1 working day", None, None),
            ("2026-12-31", "1 working day", Some(2027), None),
            ("2026-12-31", "1 day", None, None),
            ("2025-06-01", "9999 working days", Some(2027), Some(2014)),
            ("2030-06-01", "9999 working days", Some(2030), Some(2030)),
            ("2026-12-31", "3 years", None, None),
        ];
        for (from, period, after, before) in cases {
            let (this, from) = (Period::parse(period).unwrap(), day(from));
            assert_eq!(this.after(from, &calendar).unknown, after, "{period} after {from}");
            assert_eq!(this.before(from, &calendar).unknown, before, "{period} before {from}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn anything_can_be_read(text in "[0-9０-９]{0,5}.{0,8}") {
            Period::parse(&text);
        }

        #[test]
        fn working_days_there_and_back(days in -4_000_000i64..4_000_000, count in 1u16..=9999) {
            let calendar = WorkingDays::built_in();
            let from = day("2000-01-01").saturating_add(days.days());
            for unit in [Unit::Day, Unit::WorkingDay, Unit::Week, Unit::Month, Unit::Year] {
                let this = Period { count, unit };
                let (after, before) = (this.after(from, &calendar), this.before(from, &calendar));
                prop_assert!(before.day <= from && from <= after.day);
                if unit == Unit::WorkingDay && after.day < Date::MAX && calendar.is_working(from) {
                    prop_assert_eq!(this.before(after.day, &calendar).day, from);
                }
            }
        }
    }
}
