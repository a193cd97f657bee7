//! When the records of a list are: what a result says of a list beside its title.
//!
//! Which session of a schedule is the next one changes with every hour. So a result has when those of
//! this month and later begin, and the browser that shows it finds the next: no file changes because a
//! day has passed, only because a month has.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    schema::{Collection, Moment, Record, Value},
};

/// Of a schedule so many beginnings are told, the first ones: those of a year with one in each week,
/// or of two months with one on each day.
const BEGINNINGS: usize = 60;

/// How many minutes a day has.
const DAY: u32 = 24 * 60;

/// When the records of a list are. What was cancelled does not count.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Times {
    /// The day of the newest record: `2026-11-20`, or the month or year that it is of. Empty if none
    /// has one.
    pub(super) latest: String,
    /// When the records of a schedule begin that are of this month or later, in order: minutes since
    /// 1970 on the clocks of the portal, each as the difference to the one before, which is mostly a
    /// week. What has no time begins at midnight. Empty for other lists.
    pub(super) beginnings: Vec<u32>,
}

impl Times {
    /// When these records of a collection are. The clock is asked which months are over.
    pub(super) fn of(declared: &Collection, records: &[Record], clock: &Clock) -> Self {
        let is_held =
            |record: &&Record| declared.dating.is_none_or(|dating| !dating.is_cancelled(record));
        let moment = |record| Some((declared.moment(record)?, record));
        let held = || records.iter().filter(is_held).filter_map(moment);
        let newest = held().max_by_key(|(moment, _)| moment.date);
        let latest = newest.and_then(|(_, record)| written(declared, record)).unwrap_or_default();
        let mut moments: Vec<Moment> = if declared.happens() {
            held().map(|(moment, _)| moment).collect()
        } else {
            Vec::new()
        };
        moments.sort_unstable_by_key(|it| (it.date, it.starts));
        let is_over = |it: &Moment| {
            it.date.last_of_month().tomorrow().is_ok_and(|next_month| clock.reached(next_month))
        };
        let coming = &moments[moments.partition_point(is_over)..];
        let mut all: Vec<u32> = coming.iter().filter_map(minutes).collect();
        all.dedup();
        all.truncate(BEGINNINGS);
        let before = std::iter::once(0).chain(all.iter().copied());
        let beginnings = all.iter().zip(before).map(|(minute, before)| minute - before).collect();
        Self { latest, beginnings }
    }

    /// The beginnings as they stand in a block: `29938440m10080m10080`. Behind a blank or a hyphen they
    /// would be the groups of one long number, which a search for bank cards finds.
    pub(super) fn written(&self) -> String {
        let beginnings: Vec<String> = self.beginnings.iter().map(u32::to_string).collect();
        beginnings.join("m")
    }
}

/// The day, month or year of a record as ISO 8601 has it.
fn written(declared: &Collection, record: &Record) -> Option<String> {
    match &record.values[declared.dating.as_ref()?.date] {
        Value::Date(day) => Some(day.to_string()),
        Value::Month(day) => Some(day.strftime("%Y-%m").to_string()),
        Value::Year(year) => Some(year.to_string()),
        _ => None,
    }
}

/// When something begins, in minutes since 1970; `None` before.
fn minutes(moment: &Moment) -> Option<u32> {
    let days = Date::constant(1970, 1, 1).until(moment.date).ok()?.get_days();
    let time = moment.starts.map_or(0, |it| it.seconds() / 60);
    u32::try_from(days).ok()?.checked_mul(DAY)?.checked_add(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan;

    #[test]
    fn beginnings_look_like_nobodys_number() {
        let minutes = |step: u32| (0..60).map(move |number| step + number % 7 * 90);
        for step in (30..20_160).step_by(30) {
            let beginnings = std::iter::once(29_000_000 + step).chain(minutes(step)).collect();
            let times = Times { latest: String::new(), beginnings };
            let block = format!("[\"a/\",\"律师\",\"l\",\"甲\",\"\",\"\",\"{}\"]", times.written());
            assert_eq!(scan::text(&block), [], "{block}");
        }
    }
}
