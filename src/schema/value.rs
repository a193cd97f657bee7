//! Values as their types understand them.

use jiff::{
    Span,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};

use crate::schema::{DayTime, Decimal, PlaceId};

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Not given.
    Absent,
    /// Text, Markdown, a person, phone, e-mail, URL, image path or address.
    Text(Box<str>),
    /// A whole number: integer or count.
    Integer(i64),
    /// Decimal, percent or money.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A month, as its first day.
    Month(Date),
    /// A year.
    Year(i16),
    /// A time of day.
    Time(DayTime),
    /// A moment of a day.
    DateTime(DateTime),
    /// The index of one of the field's choices.
    Choice(u16),
    /// Another place.
    Place(PlaceId),
    /// A count from 1 up to that number, without it, that is too small to be shown.
    Few(u16),
    /// A number that is not shown, because one that is too small to be shown could be inferred from
    /// it.
    Withheld,
    /// The values of a field that takes several.
    List(Box<[Value]>),
}

impl Value {
    /// The field is not given.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// It was a number that is not shown, or some of its values were.
    pub fn is_hidden(&self) -> bool {
        match self {
            Self::Few(_) | Self::Withheld => true,
            Self::List(values) => values.iter().any(Self::is_hidden),
            _ => false,
        }
    }

    /// The text of a text-like value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The day of a date, the first day of a month or year.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) | Self::Month(date) => Some(*date),
            Self::Year(year) => Date::new(*year, 1, 1).ok(),
            _ => None,
        }
    }

    /// The last day of a date, month or year.
    pub fn as_last_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Month(date) => Some(date.last_of_month()),
            Self::Year(year) => Date::new(*year, 12, 31).ok(),
            _ => None,
        }
    }

    /// A time of day.
    pub fn as_time(&self) -> Option<DayTime> {
        match self {
            Self::Time(time) => Some(*time),
            _ => None,
        }
    }

    /// A number, exactly.
    pub fn as_number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::whole(*number)),
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// The values it holds: none, itself, or each of a list.
    pub fn each(&self) -> &[Value] {
        match self {
            Self::Absent => &[],
            Self::List(values) => values,
            value => std::slice::from_ref(value),
        }
    }
}

/// When a record happens: the day or days, and the time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "Packed", try_from = "Packed")]
pub struct Moment {
    /// The first day.
    pub date: Date,
    /// From when in the day.
    pub starts: Option<DayTime>,
    /// The last day; nothing while a period is open.
    pub until: Option<Date>,
    /// Until when in the day.
    pub ends: Option<DayTime>,
}

/// A moment in few bytes, since caches hold many: the days as days since the year 0.
#[derive(Serialize, Deserialize)]
struct Packed(i32, Option<DayTime>, Option<i32>, Option<DayTime>);

impl From<Moment> for Packed {
    fn from(moment: Moment) -> Self {
        let day = |day: Date| (day - Date::ZERO).get_days();
        let Moment { date, starts, until, ends } = moment;
        Self(day(date), starts, until.map(day), ends)
    }
}

impl TryFrom<Packed> for Moment {
    type Error = jiff::Error;

    fn try_from(Packed(date, starts, until, ends): Packed) -> Result<Self, jiff::Error> {
        let day = |it: i32| Date::ZERO.checked_add(Span::new().try_days(it)?);
        Ok(Self { date: day(date)?, starts, until: until.map(day).transpose()?, ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_kept_as_they_are() {
        let date = Date::constant(2026, 3, 5);
        let time = |text: &str| DayTime::parse(text);
        for moment in [
            Moment { date, starts: None, until: None, ends: None },
            Moment {
                date,
                starts: time("23:59:59"),
                until: Some(Date::MAX),
                ends: time("次日1:00"),
            },
            Moment { date: Date::MIN, starts: None, until: Some(date), ends: None },
        ] {
            let bytes = postcard::to_allocvec(&moment).unwrap();
            assert_eq!(postcard::from_bytes::<Moment>(&bytes).unwrap(), moment);
        }
    }

    #[test]
    fn values_are_small() {
        assert_eq!(size_of::<Value>(), 24);
    }
}
