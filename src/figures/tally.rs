//! One figure, measured: which records take part, and what each adds.
//!
//! For each record and each figure there are three questions:
//!
//! 1. Does it take part? By date (`when`) and by what it says (`filter`), in `takes_part`.
//! 2. Where is it counted? In the one value, or in the group of each value of the field `by`.
//! 3. What does it add? In `add`, by the measure; nothing if the record does not give the number.
//!
//! ```yaml
//! figures:
//!   this-year: {measure: count, when: this-year}    # One(Count(2))
//!   by-award:  {measure: count, by: award}          # Groups({好邻居: Count(5), 最美家庭: Count(1)})
//! ```
//!
//! A number that disclosure hid (`Value::Few`) is left out of sums, which say how many they leave
//! out. Any other measure that takes one becomes [`Measured::Withheld`].
//!
//! All dates are compared through the clock, which remembers when an answer changes.

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
    /// A value for each group, in the order of values. Groups without records are not there.
    Groups(BTreeMap<Group, Measured>),
    /// More groups than [`MAX_GROUPS`], or groups that hold more than `MAX_HELD` together. It
    /// absorbs whatever is merged with it. Since merging never takes anything out of a group, the
    /// limits are passed in whichever order places are merged.
    TooMany,
}

/// What the records of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Group {
    /// The value of the field that the figure is grouped by.
    pub value: Value,
    /// What its number counts, as the records say; absent if they do not.
    pub unit: Value,
}

/// Groups as readers get them: one without unit is put to the one that has the same value and a
/// unit, if there is just one, as some records leave the unit out. It is done at the end: of places
/// that are merged later, one may have another unit.
pub fn joined(groups: &BTreeMap<Group, Measured>) -> BTreeMap<Group, Measured> {
    let mut joined = groups.clone();
    for (group, measured) in groups.iter().filter(|(group, _)| group.unit.is_absent()) {
        let has_unit = |it: &&Group| it.value == group.value && !it.unit.is_absent();
        let mut others = groups.keys().filter(has_unit);
        if let (Some(other), None) = (others.next(), others.next()) {
            joined.remove(group);
            joined.entry(other.clone()).and_modify(|it| it.merge(measured));
        }
    }
    joined
}

/// The most groups of a figure: more than anybody would read, on the page of any place.
pub const MAX_GROUPS: usize = 2000;

/// The most values that all groups of a figure may hold, of measures that keep values. A record
/// with 1,000 values in each of two fields adds a million.
const MAX_HELD: usize = 500_000;

impl Tally {
    /// Nothing measured yet.
    ///
    /// It is the identity of [`Self::merge`].
    pub fn nothing(figure: &Figure) -> Self {
        match figure.by {
            None => Self::One(Measured::nothing(&figure.measure)),
            Some(_) => Self::Groups(BTreeMap::new()),
        }
    }

    /// Adds another tally of the same figure.
    ///
    /// Groups are merged one by one; one that only `other` has is copied. It panics if one of the
    /// two is grouped and the other is not, which is a mistake of the program.
    pub fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::One(a), Self::One(b)) => a.merge(b),
            (Self::TooMany, _) => {}
            (this, Self::TooMany) => *this = Self::TooMany,
            (this @ Self::Groups(_), Self::Groups(b)) => {
                let Self::Groups(a) = this else { return };
                for (group, measured) in b {
                    match a.get_mut(group) {
                        Some(sum) => sum.merge(measured),
                        None => {
                            a.insert(group.clone(), measured.clone());
                        }
                    }
                }
                this.bound();
            }
            _ => unreachable!("one figure is always told apart the same way"),
        }
    }

    /// Lets go of groups that are too many. O(groups), if their measure keeps values.
    fn bound(&mut self) {
        let Self::Groups(groups) = self else { return };
        let keeps = groups.first_key_value().is_some_and(|(_, it)| it.held().is_some());
        let held = || groups.values().filter_map(Measured::held).sum::<usize>();
        if groups.len() > MAX_GROUPS || keeps && held() > MAX_HELD {
            *self = Self::TooMany;
        }
    }
}

/// The tallies of a collection's figures, in the order in which it declares them.
pub type Tallies = Vec<Tally>;

/// Measures all figures of a record set.
///
/// One tally for each declared figure, also if no record takes part in it. O(records × figures).
pub fn of(set: &RecordSet, collection: &Collection, clock: &Clock) -> Tallies {
    let mut tallies: Tallies = collection.figures.iter().map(Tally::nothing).collect();
    if tallies.is_empty() {
        return tallies;
    }
    let suppresses = collection.publication.suppress.is_some();
    for record in &set.records {
        let moment = collection.moment(record);
        let seen = Seen { record, group: &[], moment, place: set.place, clock, suppresses };
        for (figure, tally) in collection.figures.iter().zip(&mut tallies) {
            if figure.each_group.is_empty() {
                seen.tell(figure, tally);
            }
            for group in figure.each_group.iter().filter(|it| seen.has_group(it)) {
                Seen { group, ..seen }.tell(figure, tally);
            }
        }
    }
    tallies
}

/// A record as a figure sees it, or one of the groups that it has.
#[derive(Clone, Copy)]
struct Seen<'a> {
    record: &'a Record,
    /// The parts of the group that counts.
    group: &'a [(usize, usize)],
    /// When it happens; `None` without a date. Found once for all figures.
    moment: Option<Moment>,
    place: PlaceId,
    clock: &'a Clock,
    /// Some of its counts may be hidden.
    suppresses: bool,
}

impl Seen<'_> {
    /// The value of a field, of the group that counts.
    fn value(&self, field: usize) -> &Value {
        let part = self.group.iter().find(|(first, _)| *first == field);
        &self.record.values[part.map_or(field, |(_, part)| *part)]
    }

    /// The record has a group: one of its parts is given.
    fn has_group(&self, group: &[(usize, usize)]) -> bool {
        group.iter().any(|(_, part)| !self.record.values[*part].is_absent())
    }

    /// Adds it to a figure, if it takes part.
    fn tell(&self, figure: &Figure, tally: &mut Tally) {
        if self.takes_part(figure) {
            self.count(figure, tally);
        }
    }

    /// The record takes part in a figure.
    ///
    /// Records without a date take part only in figures with `when: all`. `past` asks for the first
    /// day, as `upcoming` does, so each dated record is one of the two. A period without end is
    /// `current` from its first day on.
    fn takes_part(&self, figure: &Figure) -> bool {
        let at =
            |fits: fn(Moment, &Clock) -> bool| self.moment.is_some_and(|it| fits(it, self.clock));
        let in_time = match figure.when {
            When::All => true,
            When::ThisYear => at(|moment, clock| clock.is_this_year(moment.date)),
            When::Past => at(|moment, clock| clock.is_past(moment.date)),
            When::Upcoming => at(|moment, clock| !clock.is_past(moment.date)),
            When::Current => at(|moment, clock| {
                clock.reached(moment.date) && moment.until.is_none_or(|last| !clock.is_past(last))
            }),
        };
        in_time && self.holds(&figure.filter)
    }

    /// All conditions hold of the record. None at all is true of any.
    ///
    /// `Is` holds of a field with several values if one of them is that value. A comparison of days
    /// does not hold if one of the two is absent, or is no date: `deadline before today` does not
    /// count records without a deadline.
    fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| {
            let value = self.value(condition.field);
            let compared = |other, order: &[Ordering]| {
                let found = value.as_date().and_then(|date| self.compare(date, other));
                found.is_some_and(|it| order.contains(&it))
            };
            match &condition.test {
                Test::Present => !value.is_absent(),
                Test::Absent => value.is_absent(),
                Test::Is(wanted) => value.each().contains(wanted),
                Test::Before(other) => compared(*other, &[Ordering::Less]),
                Test::OnOrBefore(other) => compared(*other, &[Ordering::Less, Ordering::Equal]),
                Test::After(other) => compared(*other, &[Ordering::Greater]),
            }
        })
    }

    /// Compares a day with another; `None` if the other field is absent. "Today" is asked of the
    /// clock in two steps, as it tells no date.
    fn compare(&self, date: Date, other: Day) -> Option<Ordering> {
        match other {
            Day::Field(field) => self.value(field).as_date().map(|it| date.cmp(&it)),
            Day::Today if self.clock.is_past(date) => Some(Ordering::Less),
            Day::Today if self.clock.reached(date) => Some(Ordering::Equal),
            Day::Today => Some(Ordering::Greater),
        }
    }

    /// Adds the record to each group that it belongs to. With several values in the field it counts
    /// in several groups; with none, in none.
    fn count(&self, figure: &Figure, tally: &mut Tally) {
        match (&mut *tally, figure.by) {
            (Tally::One(measured), _) => self.add_shown(measured, figure),
            (Tally::Groups(groups), Some(field)) => {
                let unit =
                    figure.unit_of.map_or(Value::Absent, |it| self.unit(it, &figure.measure));
                for value in self.value(field).each() {
                    let group = Group { value: value.clone(), unit: unit.clone() };
                    let nothing = || Measured::nothing(&figure.measure);
                    self.add_shown(groups.entry(group).or_insert_with(nothing), figure);
                }
                tally.bound();
            }
            (Tally::TooMany, _) => {}
            (Tally::Groups(_), None) => unreachable!("groups come from a field"),
        }
    }

    /// What the number of the record counts: what the field says, or hundredths if it does not and
    /// the number is a percentage.
    fn unit(&self, field: usize, measure: &Measure) -> Value {
        let said = self.value(field);
        let gives = |operand: &&Operand| self.number(operand).is_some();
        let operand = match measure {
            Measure::Latest(Operand::First(all)) | Measure::Change(Operand::First(all)) => {
                all.iter().find(gives)
            }
            Measure::Latest(operand) | Measure::Change(operand) => Some(operand),
            _ => None,
        };
        match operand {
            Some(Operand::Percentage(..)) if said.is_absent() => Value::Text("%".into()),
            _ => said.clone(),
        }
    }

    /// Adds what the record gives to a figure, if all of it may be shown.
    ///
    /// A sum leaves out what is hidden, and counts it: it is a sum of what is shown, so nobody can
    /// infer from it more than from that. Any other figure would be a wrong number, so it is
    /// withheld.
    fn add_shown(&self, measured: &mut Measured, figure: &Figure) {
        match measured {
            _ if !self.hides(&figure.measure) => self.add(measured, &figure.measure),
            Measured::Sum(_, left_out) => *left_out += 1,
            _ => *measured = Measured::Withheld,
        }
    }

    /// Adds what the record gives. A mean, median or share leaves out a record that lacks a number,
    /// rather than counting it as zero; a share needs both. Each record that takes part is in the
    /// whole of a fraction. A sum treats a missing number as zero.
    fn add(&self, measured: &mut Measured, measure: &Measure) {
        match (measured, measure) {
            (Measured::Withheld, _) => {}
            (Measured::Count(count), Measure::Count(None)) => *count += 1,
            (Measured::Count(count), Measure::Count(Some(field))) => {
                *count += self.value(*field).each().len() as u64;
            }
            (Measured::Sum(sum, _), Measure::Sum(of)) => {
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
                let number = |field: &usize| self.value(*field).as_number();
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
                values.extend(self.value(*field).each().iter().cloned());
            }
            (measured, measure) => self.add_in_time(measured, measure),
        }
    }

    /// The measure takes a count of the record that is too small to be shown.
    ///
    /// Without `suppress` in the declaration no count is hidden, and the fields need not be looked
    /// at.
    fn hides(&self, measure: &Measure) -> bool {
        if !self.suppresses {
            return false;
        }
        let hidden = |field: usize| self.value(field).is_hidden();
        match measure {
            Measure::Sum(of)
            | Measure::Mean(of)
            | Measure::Median(of)
            | Measure::Latest(of)
            | Measure::Change(of) => of.fields().into_iter().any(hidden),
            Measure::Share { part, whole } => hidden(*part) || hidden(*whole),
            // These are made from what is shown.
            Measure::Count(_)
            | Measure::Distinct(_)
            | Measure::Fraction(_)
            | Measure::Next
            | Measure::Streak(..) => false,
        }
    }

    /// The measures that only records with a date have.
    ///
    /// Samples and streaks count only days that have come: a plan for next month is no latest
    /// value.
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

    /// The number that a record gives for an operand; `None` if a field is absent, or a percentage
    /// has nothing below. Days are negative if the later field is before the earlier one. `First`
    /// takes the first operand that gives one.
    fn number(&self, operand: &Operand) -> Option<Decimal> {
        match operand {
            Operand::Field(field) => self.value(*field).as_number(),
            Operand::Percentage(part, whole) => {
                let whole = self.value(*whole).as_number()?;
                self.value(*part).as_number()?.times(100).divide(whole)
            }
            Operand::Days(later, earlier) => {
                let later = self.value(*later).as_date()?;
                let days = (later - self.value(*earlier).as_date()?).get_days();
                Some(Decimal::whole(i64::from(days)))
            }
            Operand::First(operands) => operands.iter().find_map(|it| self.number(it)),
        }
    }
}
