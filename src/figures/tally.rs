//! One figure, measured.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    figures::{
        Measured, Sample, Tallies,
        declared::{Condition, Day, Figure, Measure, Operand, Test, When},
    },
    schema::{Collection, Decimal, Moment, PlaceId, Record, RecordSet, Value},
};

/// A figure's value: one, or one for each value of the field that it is told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Measures all figures of a record set.
pub(super) fn of(set: &RecordSet, collection: &Collection, today: Date) -> Tallies {
    let mut tallies: Tallies = collection.figures.iter().map(Tally::nothing).collect();
    if tallies.is_empty() {
        return tallies;
    }
    for record in &set.records {
        let seen = Seen { record, moment: collection.moment(record), place: set.place, today };
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
    today: Date,
}

impl Seen<'_> {
    fn takes_part(&self, figure: &Figure) -> bool {
        let at =
            |fits: fn(Moment, Date) -> bool| self.moment.is_some_and(|it| fits(it, self.today));
        let in_time = match figure.when {
            When::All => true,
            When::ThisYear => at(|it, today| it.date.year() == today.year()),
            When::Past => at(|it, today| it.date < today),
            When::Upcoming => at(|it, today| it.date >= today),
            When::Current => {
                at(|it, today| it.date <= today && it.until.is_none_or(|last| today <= last))
            }
        };
        in_time && self.holds(&figure.filter)
    }

    fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|it| {
            let value = &self.record.values[it.field];
            let day = |day| match day {
                Day::Today => Some(self.today),
                Day::Field(field) => self.record.values[field].as_date(),
            };
            let compared = |other, fits: fn(Date, Date) -> bool| {
                value.as_date().zip(day(other)).is_some_and(|(date, other)| fits(date, other))
            };
            match &it.test {
                Test::Present => !value.is_absent(),
                Test::Absent => value.is_absent(),
                Test::Is(wanted) => value.each().contains(wanted),
                Test::Before(other) => compared(*other, |date, other| date < other),
                Test::OnOrBefore(other) => compared(*other, |date, other| date <= other),
                Test::After(other) => compared(*other, |date, other| date > other),
            }
        })
    }

    fn count(&self, figure: &Figure, tally: &mut Tally) {
        match (tally, figure.by) {
            (Tally::One(measured), _) => self.add(measured, &figure.measure),
            (Tally::Groups(groups), Some(field)) => {
                for group in self.record.values[field].each() {
                    if let Some(measured) = groups.get_mut(group) {
                        self.add(measured, &figure.measure);
                    } else {
                        let mut measured = Measured::nothing(&figure.measure);
                        self.add(&mut measured, &figure.measure);
                        groups.insert(group.clone(), measured);
                    }
                }
            }
            (Tally::Groups(_), None) => unreachable!("groups come from a field"),
        }
    }

    fn add(&self, measured: &mut Measured, measure: &Measure) {
        match (measured, measure) {
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

    /// The measures that only records with a date have.
    fn add_in_time(&self, measured: &mut Measured, measure: &Measure) {
        let Some(moment) = self.moment else { return };
        match measure {
            Measure::Latest(of) | Measure::Change(of) => {
                if let Some(number) = self.number(of).filter(|_| moment.date <= self.today) {
                    let sample = Sample { moment, place: self.place, number };
                    measured.merge(&Measured::Span(Some((sample, sample))));
                }
            }
            Measure::Next if moment.date >= self.today => {
                measured.merge(&Measured::Next(Some((moment, self.place))));
            }
            Measure::Streak(every, conditions) if moment.date <= self.today => {
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
