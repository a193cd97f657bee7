//! A record as templates are given it.

use serde::Serialize;
use tera::{Map, Value};

use crate::render::context::{Keys, Objection, PlaceLink};

serialised!(Posting);

/// A record.
#[derive(Debug)]
pub struct Record {
    /// Its values by field. A field that is not given is null. Dates and times are in ISO 8601
    /// (`2026-03-05`, `2026-03`, `2026`, `09:00`); a choice is its label; Markdown is HTML; a
    /// place and an image are a [`Link`](crate::render::context::Link); several values are a list. A count that is too small to
    /// be shown is text that says so.
    pub values: Map,
    /// Its own page; empty if it has none.
    pub url: String,
    /// Where it was recorded; only in lists over several places.
    pub place: Option<PlaceLink>,
    /// Its first day, `2026-03-05`; empty if it has none.
    pub date: String,
    /// Its last day lies before the day of the build. This and the next two are given to pages
    /// whose templates say their name, as `past`, `record.past` or `"past"`.
    pub past: Option<bool>,
    /// It happens on the day of the build.
    pub today: Option<bool>,
    /// `cancelled` if it does not take place. Of a period with a first and a last day: `closed` once
    /// the last day is given, before that `open`, or `late` if it should have ended by now. Else
    /// empty.
    pub state: Option<&'static str>,
    /// What there is to say of its publication; null for nearly all records.
    pub posting: Option<Posting>,
}

impl Record {
    /// Its value of a field, unless it is not given.
    pub fn value(&self, field: &str) -> Option<&Value> {
        let value = self.values.iter().find(|(name, _)| name.as_str() == Some(field));
        value.map(|(_, value)| value).filter(|it| !it.is_none())
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        // One for each set of words that a template says.
        static KEYS: [Keys; 8] = [const { Keys::new() }; 8];
        let Record { values, url, place, date, past, today, state, posting } = record;
        let words = [past.is_some(), today.is_some(), state.is_some()];
        let words = words.iter().fold(0, |words, is_said| 2 * words + usize::from(*is_said));
        let whenever = [
            past.map(|it| ("past", Self::from(it))),
            today.map(|it| ("today", Self::from(it))),
            state.map(|it| ("state", Self::from(it))),
        ];
        let first = [
            ("values", Self::from(values)),
            ("url", Self::from(url)),
            ("place", Self::from(place)),
            ("date", Self::from(date)),
        ];
        let entries = first.into_iter().chain(whenever.into_iter().flatten());
        Self::from(KEYS[words].map(entries.chain([("posting", Self::from(posting))])))
    }
}

/// How a record is published: `record.posting?.draft`.
#[derive(Debug, Serialize)]
pub struct Posting {
    /// It may be objected to, or could have been; else null.
    pub objection: Option<Objection>,
    /// It is a draft, shown because drafts are.
    pub draft: bool,
    /// Somebody in it is not shown in full.
    pub masked: bool,
}
