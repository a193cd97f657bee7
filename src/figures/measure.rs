//! Values that merge.
//!
//! Each kind has an identity and a merge that is associative and commutative, so a sum over places
//! is the same whichever way it is added up.
//!
//! | measure | identity | merge |
//! | --- | --- | --- |
//! | `count` | 0 | sum |
//! | `sum` | 0, none left out | sum, and how many numbers were left out, each added |
//! | `mean` | 0 of 0 | sum and count, each added |
//! | `median` | no numbers | how often each number occurs, added |
//! | `share` | 0 over 0 | part and whole, each added |
//! | `distinct` | no values | union |
//! | `latest`, `change` | no sample | the earlier first one, the later last one |
//! | `next` | nothing | the earlier |
//! | `streak` | no periods | unions of the periods held and broken |
//!
//! A mean is kept as sum and count since means of means do not add up: 10 records of 1 and one of
//! 12 give 2, not 6.5. For the same reason a median keeps all its numbers. Only
//! [`Measured::number`] divides, at the end. A property test holds merged values against measuring
//! everything at once.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::schema::{
    Decimal, Moment, PlaceId, Value,
    figure::{Every, Measure},
};

/// What was measured so far, by one measure. Values of different measures never meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Measured {
    /// How many records, or how many values of a field.
    Count(u64),
    /// A sum of the numbers that are shown, and how many were left out because they are too small to
    /// be shown.
    Sum(Decimal, u64),
    /// A sum and of how many.
    Mean(Decimal, u64),
    /// How often each number. It grows with the number of different values.
    Median(BTreeMap<Decimal, u64>),
    /// A part and its whole. A fraction is one, too: the records of which something holds, and all.
    Share(Decimal, Decimal),
    /// The different values.
    Distinct(BTreeSet<Value>),
    /// The earliest and the latest sample.
    Span(Option<(Sample, Sample)>),
    /// The earliest moment to come, and where.
    Next(Option<(Moment, PlaceId)>),
    /// Periods in which something held, and periods in which it did not, by [`Every::period`]. A
    /// period in which both were found is in both sets, and is broken.
    Streak(BTreeSet<i32>, BTreeSet<i32>),
    /// A count that is too small to be shown is part of it, and more is not said. It absorbs
    /// whatever is merged with it.
    Withheld,
}

/// A number at a moment. Samples are ordered by moment; place and number make the order total, so
/// that the latest of several on one day is the same one whichever way they are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Sample {
    /// When. It is the first field, so that it decides.
    pub moment: Moment,
    /// Where.
    pub place: PlaceId,
    /// How much.
    pub number: Decimal,
}

impl Measured {
    /// The identity of a measure: nothing measured yet.
    pub fn nothing(measure: &Measure) -> Self {
        match measure {
            Measure::Count(_) => Self::Count(0),
            Measure::Sum(_) => Self::Sum(Decimal::ZERO, 0),
            Measure::Mean(_) => Self::Mean(Decimal::ZERO, 0),
            Measure::Median(_) => Self::Median(BTreeMap::new()),
            Measure::Share { .. } | Measure::Fraction(_) => {
                Self::Share(Decimal::ZERO, Decimal::ZERO)
            }
            Measure::Distinct(_) => Self::Distinct(BTreeSet::new()),
            Measure::Latest(_) | Measure::Change(_) => Self::Span(None),
            Measure::Next => Self::Next(None),
            Measure::Streak(..) => Self::Streak(BTreeSet::new(), BTreeSet::new()),
        }
    }

    /// Adds what another measured by the same measure.
    ///
    /// It panics if the two are of different measures, which is a mistake of the program.
    pub fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Count(a), Self::Count(b)) => *a += b,
            (Self::Sum(sum, count), Self::Sum(other, more))
            | (Self::Mean(sum, count), Self::Mean(other, more)) => {
                *sum = sum.plus(*other);
                *count += more;
            }
            (Self::Median(a), Self::Median(b)) => {
                b.iter().for_each(|(number, times)| *a.entry(*number).or_default() += times);
            }
            (Self::Share(part, whole), Self::Share(more, of)) => {
                *part = part.plus(*more);
                *whole = whole.plus(*of);
            }
            (Self::Distinct(a), Self::Distinct(b)) => a.extend(b.iter().cloned()),
            (Self::Span(a), Self::Span(Some((first, last)))) => {
                let (from, to) = a.unwrap_or((*first, *last));
                *a = Some((from.min(*first), to.max(*last)));
            }
            (Self::Next(a), Self::Next(Some(b))) => *a = Some(a.map_or(*b, |it| it.min(*b))),
            (Self::Streak(held, broken), Self::Streak(more_held, more_broken)) => {
                held.extend(more_held);
                broken.extend(more_broken);
            }
            (Self::Span(_) | Self::Next(_), Self::Span(_) | Self::Next(_))
            | (Self::Withheld, _) => {}
            (this, Self::Withheld) => *this = Self::Withheld,
            (this, other) => unreachable!("one measure gives one kind: {this:?}, {other:?}"),
        }
    }

    /// The number it comes to, if it comes to one.
    ///
    /// | value | number |
    /// | --- | --- |
    /// | mean, median, share of nothing | none |
    /// | share | in hundredths: 1 of 4 is 25 |
    /// | span | that of the latest sample |
    /// | next, withheld | none: they are not numbers |
    /// | streak of nothing | 0 |
    pub fn number(&self) -> Option<Decimal> {
        let whole = |it: u64| Decimal::whole(i64::try_from(it).unwrap_or(i64::MAX));
        match self {
            Self::Count(count) => Some(whole(*count)),
            Self::Sum(sum, _) => Some(*sum),
            Self::Mean(sum, count) => sum.divide(whole(*count)),
            Self::Median(numbers) => median(numbers),
            Self::Share(part, whole) => part.times(100).divide(*whole),
            Self::Distinct(values) => Some(whole(values.len() as u64)),
            Self::Span(span) => span.map(|(_, last)| last.number),
            Self::Next(_) | Self::Withheld => None,
            Self::Streak(held, broken) => {
                Some(Decimal::whole(i64::try_from(streak(held, broken)).unwrap_or(i64::MAX)))
            }
        }
    }

    /// How many values it keeps; `None` for measures that keep none. A withheld one keeps none.
    pub(super) fn held(&self) -> Option<usize> {
        match self {
            Self::Median(numbers) => Some(numbers.len()),
            Self::Distinct(values) => Some(values.len()),
            Self::Streak(held, broken) => Some(held.len() + broken.len()),
            Self::Withheld => Some(0),
            _ => None,
        }
    }

    /// The last period of a streak; none while nothing was recorded. It may be one that broke the
    /// streak. `None` for other measures, too.
    pub fn last_period(&self) -> Option<i32> {
        match self {
            Self::Streak(held, broken) => held.last().max(broken.last()).copied(),
            _ => None,
        }
    }
}

/// How many periods in a row, up to the last, are held and not broken.
///
/// With the months 1 to 6 recorded and 3 broken it is 3. A period without any record ends it as
/// well: 1, 2, 4, 5 gives 2. So a community that stopped reporting does not look perfect; but the
/// periods since its last report are not counted against it, as the report may be to come.
fn streak(held: &BTreeSet<i32>, broken: &BTreeSet<i32>) -> usize {
    let Some(last) = held.last().max(broken.last()).copied() else { return 0 };
    let unbroken = held.iter().rev().filter(|it| !broken.contains(it));
    (0..).zip(unbroken).take_while(|(back, period)| last - back == **period).count()
}

/// The number in the middle, or the mean of the two in the middle; `None` of no numbers. Costs
/// O(different numbers).
fn median(numbers: &BTreeMap<Decimal, u64>) -> Option<Decimal> {
    let total: u64 = numbers.values().sum();
    let at = |rank: u64| {
        let mut before = 0;
        numbers.iter().find_map(|(number, times)| {
            before += times;
            (rank < before).then_some(*number)
        })
    };
    let (low, high) = (at(total.checked_sub(1)? / 2)?, at(total / 2)?);
    low.plus(high).divide(Decimal::whole(2))
}

impl Every {
    /// The number of the period that a day lies in; neighbouring periods have neighbouring numbers.
    pub fn period(self, date: Date) -> i32 {
        let months = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let days = (date - Date::ZERO).get_days();
        match self {
            Self::Day => days,
            // 0000-01-01 was a Saturday: five days later a week begins.
            Self::Week => (days + 5).div_euclid(7),
            Self::Month => months,
            Self::Year => i32::from(date.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let week = |day| Every::Week.period(Date::constant(2026, 11, day));
        assert_eq!(week(16), week(22));
        assert_eq!(week(22) + 1, week(23));
    }

    #[test]
    fn streaks_end_where_they_break() {
        let held = BTreeSet::from([1, 2, 4, 5, 6]);
        assert_eq!(streak(&held, &BTreeSet::new()), 3);
        assert_eq!(streak(&held, &BTreeSet::from([6])), 0);
        assert_eq!(streak(&held, &BTreeSet::from([7])), 0);
        assert_eq!(streak(&held, &BTreeSet::from([5])), 1);
    }

    #[test]
    fn medians() {
        let of = |numbers: &[i64]| {
            let mut counted = BTreeMap::new();
            numbers.iter().for_each(|it| *counted.entry(Decimal::whole(*it)).or_default() += 1);
            median(&counted).map(|it| it.to_string())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[3, 1, 2]).as_deref(), Some("2"));
        assert_eq!(of(&[1, 2, 2, 7, 9, 9]).as_deref(), Some("4.5"));
    }
}
