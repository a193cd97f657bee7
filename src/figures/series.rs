//! Dated numbers as the series of a chart: a sum for each day, or for each month if there are many.
//!
//! Charts draw the records that a page shows, so nothing is merged up the places. Sums are exact.

use std::collections::BTreeMap;

use crate::schema::Decimal;

/// With more days than this, months are summed.
const MAX_DAYS: usize = 60;

/// The most periods of a series.
const MAX_POINTS: usize = 52;

/// The length of `2026-03`.
const MONTH: usize = 7;

/// What records come to on a day, in a month or in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The period: `2026-03-05`, `2026-03` or `2026`.
    pub period: String,
    /// The sum. `None` if a count of the period is too small to be shown: what the others come to
    /// would be wrong, and near it.
    pub sum: Option<Decimal>,
}

/// The sums of numbers by period, in order; of many periods the latest. A number is given with its
/// day, month or year in ISO 8601; one that is `None` is too small to be shown. O(n log n).
pub fn series<'p>(numbers: impl Iterator<Item = (&'p str, Option<Decimal>)>) -> Vec<SeriesPoint> {
    let mut sums = summed(numbers);
    if sums.len() > MAX_DAYS {
        let month = |day: &'p str| day.get(..MONTH).unwrap_or(day);
        sums = summed(sums.into_iter().map(|(day, sum)| (month(day), sum)));
    }
    let before = sums.len().saturating_sub(MAX_POINTS);
    let latest = sums.into_iter().skip(before);
    latest.map(|(period, sum)| SeriesPoint { period: period.to_owned(), sum }).collect()
}

/// The sum of each period; `None` where one of its numbers is.
fn summed<'p>(
    numbers: impl Iterator<Item = (&'p str, Option<Decimal>)>,
) -> BTreeMap<&'p str, Option<Decimal>> {
    let mut sums = BTreeMap::new();
    for (period, number) in numbers {
        let sum = sums.entry(period).or_insert(Some(Decimal::ZERO));
        *sum = sum.zip(number).map(|(sum, number)| sum.plus(number));
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The series as `period=sum`, with `?` for what is not shown.
    fn check(numbers: &[(&str, &str)], expected: &str) {
        let numbers = numbers.iter().map(|(day, number)| (*day, Decimal::parse(number)));
        let points = series(numbers).into_iter().map(|point| {
            let sum = point.sum.map_or("?".to_owned(), |sum| sum.to_string());
            format!("{}={sum}", point.period)
        });
        assert_eq!(points.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn sums_are_exact() {
        check(
            &[("2026-03", "900719925474099.3"), ("2026-02", "0.1"), ("2026-02", "0.2")],
            "2026-02=0.3 2026-03=900719925474099.3",
        );
        check(
            &[("2026-03", "999999999999999.5"), ("2026-03", "0.000001")],
            "2026-03=999999999999999.500001",
        );
    }

    #[test]
    fn a_period_with_a_hidden_count_has_no_sum() {
        check(
            &[("2026-03", "4"), ("2026-03", "few"), ("2026-03", "5"), ("2026-04", "1")],
            "2026-03=? 2026-04=1",
        );
    }

    #[test]
    fn many_days_are_months_and_only_the_latest_stay() {
        let days: Vec<String> =
            (0..70).map(|it| format!("2026-{:02}-{:02}", it / 28 + 1, it % 28 + 1)).collect();
        let numbers: Vec<_> = days.iter().map(|day| (&**day, "1")).collect();
        check(&numbers, "2026-01=28 2026-02=28 2026-03=14");
        let points = |count: usize| {
            let numbers = days[..count].iter().map(|day| (&**day, Some(Decimal::ZERO)));
            series(numbers).into_iter().map(|it| it.period).collect::<Vec<_>>()
        };
        // Of sixty days each is one, and the latest stay.
        assert_eq!((points(60).len(), &*points(60)[0]), (52, "2026-01-09"));
        assert_eq!(points(61), ["2026-01", "2026-02", "2026-03"]);
        let years: Vec<String> = (1960..2015).map(|it| it.to_string()).collect();
        let years: Vec<_> = years.iter().map(|year| (&**year, "2")).collect();
        let points = series(years.iter().map(|it| (it.0, Decimal::parse(it.1))));
        assert_eq!((points.len(), &*points[0].period), (52, "1963"));
    }
}
