//! One figure, measured.

use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, collections::BTreeMap};

use jiff::civil::Date;

use crate::{
    clock::Clock,
    figures::{Measured, Sample},
    schema::{
        Collection, Decimal, Moment, PlaceId, Record, RecordSet, Value,
        figure::{Condition, Day, Figure, Measure, Operand, Test, When},
    },
};

/// A figure's value: one, or one for each value of the field that it is grouped by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Tally {
    /// One value.
    One(Measured),
    /// A value for each group.
    Groups(BTreeMap<Value, Measured>),
}

impl Tally {
    /// Nothing measured yet.
    pub fn nothing(figure: &Figure) -> Self {
        match figure.by {
            None => Self::One(Measured::nothing(&figure.measure)),
            Some(_) => Self::Groups(BTreeMap::new()),
        }
    }

    /// Adds another tally of the same figure.
    pub fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::One(a), Self::One(b)) => a.merge(b),
            (Self::Groups(a), Self::Groups(b)) => {
                for (group, measured) in b {
                    match a.get_mut(group) {
                        Some(sum) => sum.merge(measured),
                        None => {
                            a.insert(group.clone(), measured.clone());
                        }
                    }
                }
            }
            _ => unreachable!("one figure is always told apart the same way"),
        }
    }
}

/// The tallies of a collection's figures, in the order in which it declares them.
pub type Tallies = Vec<Tally>;

/// Measures all figures of a record set.
pub fn of(set: &RecordSet, collection: &Collection, clock: &Clock) -> Tallies {
    let mut tallies: Tallies = collection.figures.iter().map(Tally::nothing).collect();
    if tallies.is_empty() {
        return tallies;
    }
    let suppresses = collection.publication.suppress.is_some();
    for record in &set.records {
        let seen =
            Seen { record, moment: collection.moment(record), place: set.place, clock, suppresses };
        for (figure, tally) in collection.figures.iter().zip(&mut tallies) {
            if seen.takes_part(figure) {
                seen.count(figure, tally);
            }
        }
    }
    tallies
}

/// A record as a figure sees it.
struct Seen<'a> {
    record: &'a Record,
    moment: Option<Moment>,
    place: PlaceId,
    clock: &'a Clock,
    /// Some of its counts may be hidden.
    suppresses: bool,
}

impl Seen<'_> {
    fn takes_part(&self, figure: &Figure) -> bool {
        let at =
            |fits: fn(Moment, &Clock) -> bool| self.moment.is_some_and(|it| fits(it, self.clock));
        let in_time = match figure.when {
            When::All => true,
            When::ThisYear => at(|it, clock| clock.is_this_year(it.date)),
            When::Past => at(|it, clock| clock.is_past(it.date)),
            When::Upcoming => at(|it, clock| !clock.is_past(it.date)),
            When::Current => at(|it, clock| {
                clock.reached(it.date) && it.until.is_none_or(|last| !clock.is_past(last))
            }),
        };
        in_time && self.holds(&figure.filter)
    }

    fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|it| {
            let value = &self.record.values[it.field];
            let compared = |other, order: &[Ordering]| {
                let found = value.as_date().and_then(|it| self.compare(it, other));
                found.is_some_and(|it| order.contains(&it))
            };
            match &it.test {
                Test::Present => !value.is_absent(),
                Test::Absent => value.is_absent(),
                Test::Is(wanted) => value.each().contains(wanted),
                Test::Before(other) => compared(*other, &[Ordering::Less]),
                Test::OnOrBefore(other) => compared(*other, &[Ordering::Less, Ordering::Equal]),
                Test::After(other) => compared(*other, &[Ordering::Greater]),
            }
        })
    }

    fn compare(&self, date: Date, other: Day) -> Option<Ordering> {
        match other {
            Day::Field(field) => self.record.values[field].as_date().map(|it| date.cmp(&it)),
            Day::Today if self.clock.is_past(date) => Some(Ordering::Less),
            Day::Today if self.clock.reached(date) => Some(Ordering::Equal),
            Day::Today => Some(Ordering::Greater),
        }
    }

    fn count(&self, figure: &Figure, tally: &mut Tally) {
        match (tally, figure.by) {
            (Tally::One(measured), _) => self.add_shown(measured, figure),
            (Tally::Groups(groups), Some(field)) => {
                for group in self.record.values[field].each() {
                    if let Some(measured) = groups.get_mut(group) {
                        self.add_shown(measured, figure);
                    } else {
                        let mut measured = Measured::nothing(&figure.measure);
                        self.add_shown(&mut measured, figure);
                        groups.insert(group.clone(), measured);
                    }
                }
            }
            (Tally::Groups(_), None) => unreachable!("groups come from a field"),
        }
    }

    /// Adds what the record gives to a figure, if all of it may be shown.
    fn add_shown(&self, measured: &mut Measured, figure: &Figure) {
        if !self.hides(&figure.measure) {
            self.add(measured, &figure.measure);
        } else if figure.plain_sum().is_none() {
            *measured = Measured::Withheld;
        }
        // To a sum over all records the portal adds what may be said of those that are hidden.
    }

    fn add(&self, measured: &mut Measured, measure: &Measure) {
        match (measured, measure) {
            (Measured::Withheld, _) => {}
            (Measured::Count(count), Measure::Count(None)) => *count += 1,
            (Measured::Count(count), Measure::Count(Some(field))) => {
                *count += self.record.values[*field].each().len() as u64;
            }
            (Measured::Sum(sum), Measure::Sum(of)) => {
                *sum = sum.plus(self.number(of).unwrap_or_default());
            }
            (Measured::Mean(sum, count), Measure::Mean(of)) => {
                if let Some(number) = self.number(of) {
                    *sum = sum.plus(number);
                    *count += 1;
                }
            }
            (Measured::Median(numbers), Measure::Median(of)) => {
                if let Some(number) = self.number(of) {
                    *numbers.entry(number).or_default() += 1;
                }
            }
            (Measured::Share(part, whole), Measure::Share { part: of_part, whole: of_whole }) => {
                let number = |field: &usize| self.record.values[*field].as_number();
                if let (Some(more), Some(of)) = (number(of_part), number(of_whole)) {
                    *part = part.plus(more);
                    *whole = whole.plus(of);
                }
            }
            (Measured::Share(part, whole), Measure::Fraction(conditions)) => {
                *part = part.plus(Decimal::whole(i64::from(self.holds(conditions))));
                *whole = whole.plus(Decimal::whole(1));
            }
            (Measured::Distinct(values), Measure::Distinct(field)) => {
                values.extend(self.record.values[*field].each().iter().cloned());
            }
            (measured, measure) => self.add_in_time(measured, measure),
        }
    }

    /// The measure takes a count of the record that is too small to be shown.
    fn hides(&self, measure: &Measure) -> bool {
        if !self.suppresses {
            return false;
        }
        let is_few = |it: &Value| matches!(it, Value::Few(_));
        let few = |field: usize| self.record.values[field].each().iter().any(is_few);
        match measure {
            Measure::Sum(of)
            | Measure::Mean(of)
            | Measure::Median(of)
            | Measure::Latest(of)
            | Measure::Change(of) => of.fields().into_iter().any(few),
            Measure::Share { part, whole } => few(*part) || few(*whole),
            // These are made from what is shown.
            Measure::Count(_)
            | Measure::Distinct(_)
            | Measure::Fraction(_)
            | Measure::Next
            | Measure::Streak(..) => false,
        }
    }

    /// The measures that only records with a date have.
    fn add_in_time(&self, measured: &mut Measured, measure: &Measure) {
        let Some(moment) = self.moment else { return };
        match measure {
            Measure::Latest(of) | Measure::Change(of) => {
                if let Some(number) = self.number(of).filter(|_| self.clock.reached(moment.date)) {
                    let sample = Sample { moment, place: self.place, number };
                    measured.merge(&Measured::Span(Some((sample, sample))));
                }
            }
            Measure::Next if !self.clock.is_past(moment.date) => {
                measured.merge(&Measured::Next(Some((moment, self.place))));
            }
            Measure::Streak(every, conditions) if self.clock.reached(moment.date) => {
                let Measured::Streak(held, broken) = measured else { return };
                let periods = if self.holds(conditions) { held } else { broken };
                periods.insert(every.period(moment.date));
            }
            _ => {}
        }
    }

    fn number(&self, operand: &Operand) -> Option<Decimal> {
        match operand {
            Operand::Field(field) => self.record.values[*field].as_number(),
            Operand::Percentage(part, whole) => {
                let whole = self.record.values[*whole].as_number()?;
                self.record.values[*part].as_number()?.times(100).divide(whole)
            }
            Operand::Days(later, earlier) => {
                let later = self.record.values[*later].as_date()?;
                let days = (later - self.record.values[*earlier].as_date()?).get_days();
                Some(Decimal::whole(i64::from(days)))
            }
            Operand::First(operands) => operands.iter().find_map(|it| self.number(it)),
        }
    }
}
