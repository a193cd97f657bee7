//! A record as templates are given it.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};
use tera::Value;

use crate::render::context::{Objection, PlaceLink};

serialised!(Record);

/// A record.
#[derive(Debug, Serialize)]
pub struct Record {
    /// Its values by field. A field that is not given is null. Dates and times are in ISO 8601
    /// (`2026-03-05`, `2026-03`, `2026`, `09:00`); a choice is its label; Markdown is HTML; a
    /// place is a [`Link`](crate::render::context::Link), an image an
    /// [`Image`](crate::render::context::Image); several values are a list. A count that is too
    /// small to be shown is text that says so.
    pub values: Values,
    /// Its own page; empty if it has none.
    pub url: String,
    /// Where it was recorded; only in lists over several places.
    pub place: Option<PlaceLink>,
    /// Its first day, `2026-03-05`; empty if it has none.
    pub date: String,
    /// Its last day lies before the day of the build. This and the next two are given to pages
    /// whose templates say their name, as `past`, `record.past` or `"past"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<bool>,
    /// It happens on the day of the build.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<bool>,
    /// `cancelled` if it does not take place. Of a period with a first and a last day: `closed` once
    /// the last day is given, before that `open`, or `late` if it should have ended by now. Else
    /// empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
    /// Of a period that has not ended: how many days are left until the day by which it should; below
    /// zero if that is past. Null for all others. It is another number each day, so only pages whose
    /// templates say `days_left` are given it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<Value>,
    /// What its element is called on the list of its place, `r1f2e3d4c`; empty in views whose records
    /// are lines of a table. Only for templates that say `anchor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Where it stands: its own page, else the list of its place, at its element if that is sure to
    /// be on the first page. Empty in views whose records are lines of a table. Only for templates
    /// that say `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What there is to say of its publication; null for nearly all records.
    pub posting: Option<Posting>,
}

impl Record {
    /// Its value of a field, unless it is not given.
    pub fn value(&self, field: &str) -> Option<&Value> {
        let value = self.values.0.iter().find(|(name, _)| *name == field);
        value.map(|(_, value)| value).filter(|it| !it.is_none())
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

/// The values of a record by the names of its fields, in the declared order.
#[derive(Debug)]
pub struct Values(pub Vec<(&'static str, Value)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A struct's keys are taken as they are, a map's would be copied one by one.
        let mut values = serializer.serialize_struct("Values", self.0.len())?;
        for (name, value) in &self.0 {
            values.serialize_field(name, value)?;
        }
        values.end()
    }
}
