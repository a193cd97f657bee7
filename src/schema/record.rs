//! Records, and what their collection makes of one: its address, and when it happens.

use crate::{
    schema::{Collection, CollectionId, PlaceId, Posting, Value, display, value::Moment},
    source::SitePath,
};

/// One entry of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Record {
    /// A value for each field of the collection, in its order.
    pub values: Box<[Value]>,
    /// When and how it may be published; nothing if nobody says anything of it.
    pub posting: Option<Box<Posting>>,
    /// Which of the set's files it stands in.
    pub file: u16,
    /// The line of that file on which it begins, from 1.
    pub line: u32,
}

/// All records of a collection at a place, in the order of their files and lines.
#[derive(Debug, Clone)]
pub struct RecordSet {
    /// Where.
    pub place: PlaceId,
    /// Of what.
    pub collection: CollectionId,
    /// The files they stand in.
    pub files: Vec<SitePath>,
    /// The records.
    pub records: Vec<Record>,
}

impl Collection {
    /// What names a record's own page in its address, if records have pages: letters and digits of
    /// any script stay, all else becomes one `-`.
    pub fn address(&self, record: &Record) -> Option<String> {
        let fields = self.record_pages.as_ref()?;
        let plain =
            |index: &usize| display::plain(&record.values[*index], &self.fields[*index], "");
        Some(crate::text::slug(&fields.iter().map(plain).collect::<Vec<_>>().join("-")))
    }

    /// When a record happens.
    pub fn moment(&self, record: &Record) -> Option<Moment> {
        self.moment_of(&record.values)
    }

    /// When a record with these values happens.
    pub(super) fn moment_of(&self, values: &[Value]) -> Option<Moment> {
        let dating = self.dating.as_ref()?;
        let first = &values[dating.date];
        let time = |field: Option<usize>| field.and_then(|it| values[it].as_time());
        Some(Moment {
            date: first.as_date()?,
            starts: time(dating.starts),
            until: match dating.until {
                Some(field) => values[field].as_last_date(),
                None => first.as_last_date(),
            },
            ends: time(dating.ends),
        })
    }
}
