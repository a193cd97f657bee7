//! Which days are worked, by year.
//!
//! China moves working days about its holidays, differently each year, and makes it known late in
//! the year before. Years are read by [`holidays`](crate::schema::holidays); periods count by them.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// Which days are worked, by year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct WorkingDays {
    /// For each day of a year whether it is worked, from the first of January.
    years: BTreeMap<i16, Vec<bool>>,
}

impl WorkingDays {
    /// Makes a year known by its holidays and by the days that are worked instead. A year given
    /// again is replaced whole. A day given as both is worked; days of other years do not count.
    pub fn extend(
        &mut self,
        year: i16,
        off: impl IntoIterator<Item = Date>,
        work: impl IntoIterator<Item = Date>,
    ) {
        let Ok(first) = Date::new(year, 1, 1) else { return };
        let days = first.series(1.day()).take_while(|it| it.year() == year);
        let mut worked: Vec<bool> = days.map(is_weekday).collect();
        let off = off.into_iter().map(|it| (it, false));
        for (day, is_worked) in off.chain(work.into_iter().map(|it| (it, true))) {
            if day.year() == year {
                worked[index(day)] = is_worked;
            }
        }
        self.years.insert(year, worked);
    }

    /// Takes over the years that another knows, in place of its own.
    pub fn take_over(&mut self, other: Self) {
        self.years.extend(other.years);
    }

    /// Monday to Friday that is no holiday, or a weekend day that is worked. In a year that it does
    /// not know: Monday to Friday.
    pub fn is_working(&self, day: Date) -> bool {
        self.years.get(&day.year()).map_or_else(|| is_weekday(day), |it| it[index(day)])
    }

    /// It knows the holidays of a year.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }
}

/// Returns whether a day is one from Monday to Friday.
fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The index of a day in its year, 0 for the first of January.
fn index(day: Date) -> usize {
    usize::try_from(day.day_of_year() - 1).expect("days of a year count from one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::{Fingerprint, assert_each_field_counts};

    fn year(off: &[Date]) -> WorkingDays {
        let mut days = WorkingDays::default();
        days.extend(2026, off.iter().copied(), []);
        days
    }

    #[test]
    fn every_day_is_in_the_fingerprint() {
        assert_each_field_counts!(WorkingDays::default(), WorkingDays { years: year(&[]).years });
        let first = Date::constant(2026, 1, 1);
        let fingerprint = |day: Date| Fingerprint::of(&year(&[day]));
        assert_ne!(fingerprint(first), Fingerprint::of(&year(&[])));
        assert_ne!(fingerprint(first), fingerprint(Date::constant(2026, 12, 31)));
    }
}
