//! How a list is entered: its months, its weeks, and what is found by number.
//!
//! ```text
//! - {grid: 第一网格, buildings: [黑水路1号楼, 黑水路2号楼]}      黑水路   1号楼 2号楼 → #r5d0c2f3a
//! - {grid: 第二网格, buildings: [黑水路3号楼, 大院]}                      3号楼       → #r91be07aa
//!                                                                        大院         → #r91be07aa
//! ```

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use crate::{
    artifact::{
        ListPart,
        page::{PageBuilder, record::anchor},
        parts::entries,
    },
    figures::year,
    render::context::{Finder, FinderGroup, Link, Record, Run, WeekDay},
    schema::{Collection, Field, RecordSet, RecordView, Value, numbered, posting::Privacy},
};

/// The most weeks that are drawn.
const WEEKS: usize = 5;

/// The most things that are listed: so many fit a page.
const MOST: usize = 600;

/// Runs of records whose dates begin with the same so many characters: seven for months. `goes_on`
/// says of a period whether the list has more of it on the page before or behind.
pub(in crate::artifact) fn runs(
    records: &[Record],
    length: usize,
    goes_on: impl Fn(&str) -> bool,
) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let period = record.date.get(..length).unwrap_or(&record.date);
        match runs.last_mut() {
            Some(run) if run.period == period => {
                run.to += 1;
                run.count += 1;
            }
            _ => {
                let (period, whole) = (period.to_owned(), true);
                runs.push(Run { period, from: index, to: index + 1, count: 1, whole });
            }
        }
    }
    let count = runs.len();
    for (at, run) in runs.iter_mut().enumerate() {
        run.whole = !((at == 0 || at + 1 == count) && goes_on(&run.period));
    }
    runs
}

/// The weeks in which something is to come or would have been, from Monday to Sunday, the next first.
pub(in crate::artifact) fn weeks(declared: &Collection, records: &[Record]) -> Vec<Vec<WeekDay>> {
    if declared.view != RecordView::Schedule {
        return Vec::new();
    }
    let mut days: BTreeMap<Date, [usize; 2]> = BTreeMap::new();
    for record in records.iter().filter(|it| it.past == Some(false)) {
        let Ok(date) = record.date.parse::<Date>() else { continue };
        let is_off = record.state == Some("cancelled");
        days.entry(date).or_default()[usize::from(is_off)] += 1;
    }
    let mut weeks: Vec<(Date, Vec<WeekDay>)> = Vec::new();
    for date in days.keys() {
        let Ok(monday) = date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
        else {
            continue;
        };
        if weeks.last().is_some_and(|(last, _)| *last == monday) || weeks.len() == WEEKS {
            continue;
        }
        let day = |offset: i64| {
            let date = monday.checked_add(offset.days()).ok()?;
            let [count, cancelled] = days.get(&date).copied().unwrap_or_default();
            Some(WeekDay { date: date.to_string(), count, cancelled })
        };
        weeks.push((monday, (0..7).filter_map(day).collect()));
    }
    weeks.into_iter().map(|(_, days)| days).collect()
}

/// The field by whose numbers a directory is entered.
pub(in crate::artifact) fn numbered_field(declared: &Collection) -> Option<usize> {
    let is_found = |it: &Field| it.numbered && it.privacy == Privacy::Public;
    declared.fields.iter().position(is_found)
}

impl PageBuilder<'_, '_> {
    /// Where each thing that has a number is found, on whichever of the parts of the list. Nothing
    /// if the collection has no such field.
    pub(in crate::artifact) fn finder(
        &self,
        declared: &Collection,
        set: &RecordSet,
        parts: &[ListPart],
        here: ListPart,
    ) -> Option<Finder> {
        if declared.view != RecordView::Directory {
            return None;
        }
        let field = numbered_field(declared)?;
        let list = self.place_url(self.view.named_place(set.place), &format!("{}/", declared.name));
        let mut groups: BTreeMap<&str, BTreeMap<(u32, &str), String>> = BTreeMap::new();
        let mut count = 0;
        let entries = entries(set.records.iter().map(|record| year(declared, record)));
        for (entry, record) in entries.zip(&set.records) {
            let part = parts.iter().find(|part| part.holds(entry)).copied().unwrap_or(here);
            let page = if part == here { String::new() } else { list.clone() + &part.suffix() };
            let url = format!("{page}#{}", anchor(declared, record));
            for text in record.values[field].each().iter().filter_map(Value::as_text) {
                let (before, number, rest) = numbered::named(text);
                if count < MOST {
                    count += 1;
                    groups.entry(before).or_default().insert((number, rest), url.clone());
                }
            }
        }
        let link = |((_, title), url): ((u32, &str), String)| Link { title: title.to_owned(), url };
        let group = |(title, links): (&str, BTreeMap<(u32, &str), String>)| FinderGroup {
            title: title.to_owned(),
            links: links.into_iter().map(link).collect(),
        };
        let groups: Vec<FinderGroup> = groups.into_iter().map(group).collect();
        let label = declared.fields[field].label.get(self.view.language()).to_owned();
        (!groups.is_empty()).then_some(Finder { label, groups, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::context::Values;

    fn record(date: &str, past: bool) -> Record {
        Record {
            values: Values(Vec::new()),
            url: String::new(),
            place: None,
            date: date.to_owned(),
            past: Some(past),
            today: None,
            state: Some(""),
            days_left: None,
            anchor: None,
            link: None,
            posting: None,
        }
    }

    #[test]
    fn records_of_a_month_that_stand_together_are_a_run() {
        let records =
            ["2026-03-05", "2026-03-01", "2026-02-11", "", "2025"].map(|date| record(date, true));
        let shown = |length| {
            let runs = runs(&records, length, |period| period == "2025").into_iter();
            let more = |it: &Run| if it.whole { "" } else { "…" };
            runs.map(|it| format!("{}:{}-{}{}", it.period, it.from, it.to, more(&it)))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(7), ["2026-03:0-2", "2026-02:2-3", ":3-4", "2025:4-5…"]);
        assert_eq!(shown(4), ["2026:0-3", ":3-4", "2025:4-5…"]);
    }

    #[test]
    fn weeks_have_seven_days_and_only_those_with_something_to_come_are_there() {
        let declared = Collection { view: RecordView::Schedule, ..Collection::empty("sessions") };
        let records = [
            record("2026-12-20", false),
            record("2026-11-30", false),
            record("2026-11-30", false),
            record("2026-11-28", true),
            record("", false),
            Record { state: Some("cancelled"), ..record("2026-12-09", false) },
            Record { state: Some("cancelled"), ..record("2026-12-20", false) },
        ];
        let weeks: Vec<String> = weeks(&declared, &records)
            .iter()
            .map(|days| {
                let cell = |it: &WeekDay| format!("{}{}", it.count, "-".repeat(it.cancelled));
                let counts: Vec<String> = days.iter().map(cell).collect();
                format!("{} {}", days[0].date, counts.join(""))
            })
            .collect();
        assert_eq!(weeks, ["2026-11-30 2000000", "2026-12-07 000-0000", "2026-12-14 0000001-"]);
    }
}
