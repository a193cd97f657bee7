//! Figures as declared: what is counted, of which records.

use crate::{schema::Value, source::named::named, text::Localized};

/// A number derived from records.
#[derive(Debug, Clone, Hash)]
pub struct Figure {
    /// Its name in declarations and templates: `this-year`.
    pub name: String,
    /// What readers call it.
    pub label: Localized,
    /// What its number counts.
    pub unit: Localized,
    /// How it is measured.
    pub measure: Measure,
    /// Which records take part, by when they happen.
    pub when: When,
    /// Which records take part, by what they say.
    pub filter: Vec<Condition>,
    /// One number for each value of this field.
    pub by: Option<usize>,
    /// The field that says what the number of such a value counts. Numbers of different units are
    /// not put together.
    pub unit_of: Option<usize>,
    /// The groups of a record, each of which counts as a record does; none if the record itself
    /// counts.
    pub each_group: Vec<GroupParts>,
}

/// The parts of one of several groups of a record: for a field of the first group, which the figure
/// names, the same part of this one.
pub type GroupParts = Vec<(usize, usize)>;

/// How a figure is measured. Fields are indexes of the collection's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How many records, or how many values a field has in all of them.
    Count(Option<usize>),
    /// The sum.
    Sum(Operand),
    /// The mean.
    Mean(Operand),
    /// The value in the middle.
    Median(Operand),
    /// The sum of one field over the sum of another.
    Share {
        /// The field above.
        part: usize,
        /// The field below.
        whole: usize,
    },
    /// The records of which something holds, over all that take part.
    Fraction(Vec<Condition>),
    /// How many different values.
    Distinct(usize),
    /// The value of the latest record.
    Latest(Operand),
    /// The values of the earliest and the latest record.
    Change(Operand),
    /// The next moment at which a record happens.
    Next,
    /// Periods in a row, up to the latest, in which something holds of every record.
    Streak(Every, Vec<Condition>),
}

/// The number that a record gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A field.
    Field(usize),
    /// A hundred times one field over another: a percentage.
    Percentage(usize, usize),
    /// Days from the second field to the first.
    Days(usize, usize),
    /// The first of these that the record gives.
    First(Vec<Operand>),
}

impl Operand {
    /// The fields that it is made from.
    pub fn fields(&self) -> Vec<usize> {
        match self {
            Self::Field(field) => vec![*field],
            Self::Percentage(a, b) | Self::Days(a, b) => vec![*a, *b],
            Self::First(operands) => operands.iter().flat_map(Self::fields).collect(),
        }
    }
}

impl Figure {
    /// Everything that it asks of a record.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let held = match &self.measure {
            Measure::Fraction(conditions) | Measure::Streak(_, conditions) => conditions.as_slice(),
            _ => &[],
        };
        self.filter.iter().chain(held)
    }
}

/// Something that may hold of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Of which field.
    pub field: usize,
    /// What.
    pub test: Test,
}

/// What may hold of a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// It is given.
    Present,
    /// It is not given.
    Absent,
    /// It has that value, or that value among others.
    Is(Value),
    /// It is a day before another.
    Before(Day),
    /// It is a day not after another.
    OnOrBefore(Day),
    /// It is a day after another.
    After(Day),
}

/// The other day of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Day {
    /// The day of the build.
    Today,
    /// Another field.
    Field(usize),
}

named! {
    /// Which records take part, by when they happen.
    When {
        /// All.
        All = "all",
        /// Those of the year of the build.
        ThisYear = "this-year",
        /// Those before the day of the build.
        Past = "past",
        /// Those on the day of the build and after.
        Upcoming = "upcoming",
        /// Those whose period holds the day of the build.
        Current = "current",
    }
}

named! {
    /// The periods of a streak.
    Every {
        /// Days.
        Day = "day",
        /// Weeks, from Monday.
        Week = "week",
        /// Months.
        Month = "month",
        /// Years.
        Year = "year",
    }
}
