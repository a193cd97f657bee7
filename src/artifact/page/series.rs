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

/// Fewer numbers are said in a table, and need no chart.
const FEWEST: usize = 5;

/// The least one is at least so many tenths of the largest: bars would all look the same.
const NEAR: i64 = 7;

/// The most steps from the first number at an axis to the last, but for what rounding adds.
const STEPS: i64 = 4;

impl PageBuilder<'_, '_> {
    /// The series of the records of a page. Those of few periods, and those whose numbers are all the
    /// same, are left out: there is nothing to compare. None for records without a date.
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
    let shown = || points.iter().filter_map(|point| Some((point.sum?, &point.period)));
    // Of equal ones the first.
    let (top, top_period) = shown().rev().max_by_key(|(sum, _)| *sum)?;
    let (least, _) = shown().min_by_key(|(sum, _)| *sum)?;
    if shown().count() < FEWEST || top <= Decimal::ZERO || top == least {
        return None;
    }
    let (top_period, hidden) = (top_period.clone(), points.iter().any(|it| it.sum.is_none()));
    let are_near = least.times(10) >= top.times(NEAR);
    let axis = Axis::new(if are_near { least } else { Decimal::ZERO }, top)?;
    let points = points.into_iter().map(|point| Point {
        period: point.period,
        value: point.sum.map(|sum| sum.to_string()).unwrap_or_default(),
        height: point.sum.map_or(0.0, |sum| axis.height(sum)),
        top: point.sum == Some(top),
        hidden: point.sum.is_none(),
    });
    Some(Series {
        field: field.to_owned(),
        by: by.to_owned(),
        group,
        form: if are_near { "line" } else { "bars" },
        points: points.collect(),
        ticks: axis.ticks.iter().map(ToString::to_string).collect(),
        top: top.to_string(),
        top_period,
        hidden,
    })
}

/// The numbers beside a chart: round ones, at equal distances, from below the least to above the
/// largest.
struct Axis {
    ticks: Vec<Decimal>,
}

impl Axis {
    /// An axis with three to six numbers. Nothing if they would be too large.
    fn new(least: Decimal, top: Decimal) -> Option<Self> {
        let span = top.minus(least);
        let step = steps().find(|step| step.times(STEPS) >= span)?;
        let mut tick = least.divide(step)?.round(0).minus(Decimal::whole(1)).to_f64();
        // The largest multiple of the step that is not above the least one.
        let multiple = |tick: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a quotient of two numbers, rounded"
            )]
            step.times(tick as i64)
        };
        while multiple(tick + 1.0) <= least {
            tick += 1.0;
        }
        let mut ticks = vec![multiple(tick)];
        while ticks.last().is_some_and(|last| *last < top) {
            if ticks.len() > usize::try_from(STEPS).unwrap_or_default() + 2 {
                return None;
            }
            tick += 1.0;
            ticks.push(multiple(tick));
        }
        Some(Self { ticks })
    }

    /// How high a number stands, in hundredths of the axis, to one decimal place. What is below the
    /// axis stands at its foot.
    fn height(&self, number: Decimal) -> f64 {
        let (Some(first), Some(last)) = (self.ticks.first(), self.ticks.last()) else { return 0.0 };
        let share = number.minus(*first).times(100).divide(last.minus(*first));
        let share = share.unwrap_or_default().round(1);
        if share.is_negative() { 0.0 } else { share.to_f64() }
    }
}

/// Round steps, each about twice the one before: 0.001, 0.002, 0.005, 0.01 and so on.
fn steps() -> impl Iterator<Item = Decimal> {
    let powers = (0..16).map(|power| {
        if power < 3 {
            Decimal::parse(&format!("0.{}1", "0".repeat(2 - power))).unwrap_or_default()
        } else {
            Decimal::parse(&format!("1{}", "0".repeat(power - 3))).unwrap_or_default()
        }
    });
    powers.flat_map(|unit| [1, 2, 5].map(|factor| unit.times(factor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form, the axis and the heights of numbers of one month each.
    fn check(numbers: &[&str], expected: &str) {
        let point = |(month, number): (usize, &&str)| SeriesPoint {
            period: format!("2026-{:02}", month + 1),
            sum: Decimal::parse(number),
        };
        let points = numbers.iter().enumerate().map(point).collect();
        let shown = drawn("members", "", String::new(), points).map(|it| {
            let heights: Vec<String> = it.points.iter().map(|it| it.height.to_string()).collect();
            format!("{} {} | {}", it.form, it.ticks.join(" "), heights.join(" "))
        });
        assert_eq!(shown.unwrap_or_default(), expected, "{numbers:?}");
    }

    #[test]
    fn bars_begin_at_zero_and_the_axis_is_round() {
        check(&["3", "0", "12", "9", "6"], "bars 0 5 10 15 | 20 0 80 60 40");
        check(&["0.5", "0.1", "1", "0.2", "0"], "bars 0 0.5 1 | 50 10 100 20 0");
        check(&["120", "few", "900", "310", "40", "8"], "bars 0 500 1000 | 12 0 90 31 4 0.8");
    }

    #[test]
    fn numbers_near_each_other_are_a_line() {
        check(&["96", "97", "98", "95", "99"], "line 95 96 97 98 99 | 25 50 75 0 100");
        check(&["80", "100", "90", "85", "95"], "line 80 85 90 95 100 | 0 100 50 25 75");
    }

    #[test]
    fn what_there_is_nothing_to_compare_of_is_not_drawn() {
        check(&["1", "2", "3", "4"], "");
        check(&["7", "7", "7", "7", "7"], "");
        check(&["0", "0", "0", "0", "0"], "");
        check(&["1", "2", "3", "4", "few"], "");
    }

    #[test]
    fn no_number_is_too_large() {
        let large = "999999999999";
        check(&["1", "2", "3", "4", large], "bars 0 500000000000 1000000000000 | 0 0 0 0 100");
    }
}
