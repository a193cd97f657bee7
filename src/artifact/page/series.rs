//! The charts of a page, ready to be drawn: sums from `figures`, and how long their bars are.
//!
//! A list has a series for each number field, of all records that the page shows. If its figures are
//! told apart by a field, there is one for each value of it, too:
//!
//! ```text
//! - {name: 低保, month: 2026-02, households: 31}     field        by     group   points
//! - {name: 低保, month: 2026-03, households: 30}     households                  2026-02 33, 2026-03 30
//! - {name: 特困, month: 2026-02, households: 2}      households   name   低保    2026-02 31, 2026-03 30
//!                                                    households   name   特困    2026-02 2
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    artifact::page::PageBuilder,
    figures::{SeriesPoint, series},
    render::context::{Point, Series},
    schema::{Collection, Decimal, Record, Value, display, posting::Privacy},
};

impl PageBuilder<'_, '_> {
    /// The series of the records of a page. Those without two periods, or with nothing above zero,
    /// are left out: there is nothing to compare. None for records without a date.
    pub(in crate::artifact) fn series(
        &self,
        declared: &Collection,
        records: &[&Record],
    ) -> Vec<Series> {
        let Some(date) = declared.dating.as_ref().map(|it| it.date) else { return Vec::new() };
        let language = self.view.language();
        let written = |record: &&Record| {
            let when = &record.values[date];
            let text = || display::plain(when, &declared.fields[date], "");
            if when.is_absent() { String::new() } else { text() }
        };
        let periods: Vec<String> = records.iter().map(written).collect();
        let records: Vec<Dated<'_>> =
            periods.iter().map(|it| &**it).zip(records.iter().copied()).collect();
        let by: BTreeSet<usize> = declared.figures.iter().filter_map(|it| it.by).collect();
        let mut all = Vec::new();
        for (number, field) in declared.fields.iter().enumerate() {
            if !field.kind.is_number() || field.privacy == Privacy::Internal {
                continue;
            }
            let mut add = |by: &str, group: String, records: &[Dated<'_>]| {
                all.extend(drawn(field.name, by, group, points(number, records)));
            };
            add("", String::new(), &records);
            for &by in &by {
                for (group, records) in groups(by, &records) {
                    let group = display::plain(group, &declared.fields[by], language);
                    add(declared.fields[by].name, group, &records);
                }
            }
        }
        all
    }
}

/// A record with its day or month as it is written; empty if it has none.
type Dated<'r> = (&'r str, &'r Record);

/// The records of each value of a field.
fn groups<'r>(by: usize, records: &[Dated<'r>]) -> BTreeMap<&'r Value, Vec<Dated<'r>>> {
    let mut groups: BTreeMap<&Value, Vec<Dated<'r>>> = BTreeMap::new();
    for dated in records {
        for value in dated.1.values[by].each() {
            groups.entry(value).or_default().push(*dated);
        }
    }
    groups
}

/// The sums of a number field by day or month. Records that lack the date or the number are left
/// out.
fn points(number: usize, records: &[Dated<'_>]) -> Vec<SeriesPoint> {
    series(records.iter().filter_map(|(period, record)| {
        let value = &record.values[number];
        let is_hidden = matches!(value, Value::Few(_) | Value::Withheld);
        let is_given = !period.is_empty() && (is_hidden || value.as_number().is_some());
        is_given.then(|| (*period, value.as_number()))
    }))
}

/// A series as templates get it; `None` if there is nothing to compare.
fn drawn(field: &str, by: &str, group: String, points: Vec<SeriesPoint>) -> Option<Series> {
    let shown = points.iter().filter_map(|point| Some((point.sum?, &point.period)));
    // Of equal ones the first.
    let (top, top_period) = shown.rev().max_by_key(|(sum, _)| *sum)?;
    if points.len() < 2 || top <= Decimal::ZERO {
        return None;
    }
    let (top_period, hidden) = (top_period.clone(), points.iter().any(|it| it.sum.is_none()));
    let points = points.into_iter().map(|point| Point {
        period: point.period,
        value: point.sum.map(|sum| sum.to_string()).unwrap_or_default(),
        height: point.sum.map_or(0.0, |sum| height(sum, top)),
        top: point.sum == Some(top),
        hidden: point.sum.is_none(),
    });
    Some(Series {
        field: field.to_owned(),
        by: by.to_owned(),
        group,
        points: points.collect(),
        top: top.to_string(),
        top_period,
        hidden,
    })
}

/// The height of a bar in hundredths of the highest one, to one decimal place. Below zero there is
/// no bar.
fn height(sum: Decimal, top: Decimal) -> f64 {
    let share = sum.times(100).divide(top).unwrap_or_default().round(1);
    if share.is_negative() { 0.0 } else { share.to_f64() }
}
