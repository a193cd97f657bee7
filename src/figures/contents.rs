//! What the pages of a record set are planned by.
//!
//! [`Contents`] is a summary for `artifact`: how many records a list has, of which years, and which
//! records have a page of their own. With it a plan is made without any record. It is derived while
//! the records are at hand anyway, and kept from build to build with the figures.
//!
//! ```text
//! 3 records of 2025, 1 of 2026, one without a date  →  count 5, years {2025: 3, 2026: 1}
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    disclosure::record_fingerprint,
    fingerprint::Fingerprint,
    schema::{
        Catalog, Collection, OldAddress, Record, RecordSet, Value, reference::key_of, role::Role,
    },
};

/// How many records each year has.
pub type Years = BTreeMap<i16, usize>;

/// What is in a record set, as far as its pages depend on it.
///
/// It counts published records only. The sum of `years` is less than `count` if records lack a
/// date.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Contents {
    /// How many records there are.
    pub count: usize,
    /// How many of each year.
    pub years: Years,
    /// The first day that a record is of, and the last; nothing without dates.
    pub days: Option<(Date, Date)>,
    /// The records that have pages of their own, by their index. Either all of them or, in a
    /// collection without `record-pages`, none.
    pub records: Vec<RecordEntry>,
    /// What links between records need, by the index of the record. Nothing of a collection that
    /// neither refers to others nor is referred to.
    pub linked: Vec<LinkedRecord>,
    /// The indexes of the records that others can name, by what the words for each are known by.
    pub keys: BTreeMap<Fingerprint, u32>,
}

/// What links to a record, and from it to others, need to know of it.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct LinkedRecord {
    /// The value that is its title.
    pub title: Value,
    /// The value that says when it happens.
    pub when: Value,
    /// The records that it names: in which field, and what the words of the key are known by.
    pub names: Vec<(u16, Fingerprint)>,
}

/// A record with a page of its own.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct RecordEntry {
    /// What names it in its address. Two records may have the same; the plan reports that.
    pub address: String,
    /// Which of the set's files it stands in. An index of `RecordSet::files`.
    pub file: u16,
    /// On which line. For diagnostics: it moves when lines above it come or go, and the page is
    /// then planned anew.
    pub line: u32,
    /// The fingerprint of what it says.
    pub content: Fingerprint,
    /// The addresses at which it was found before.
    pub aliases: Box<[OldAddress]>,
}

impl Contents {
    /// The contents of a record set. One pass over the records; O(records).
    pub(super) fn new(set: &RecordSet, collection: &Collection, catalog: &Catalog) -> Self {
        let page = |record: &Record| {
            let address = collection.address(record)?;
            let content = record_fingerprint(record, catalog, set.collection);
            let aliases = record.posting.as_ref().map(|it| it.aliases.clone()).unwrap_or_default();
            let (file, line, aliases) = (record.file, record.line, aliases.into_boxed_slice());
            Some(RecordEntry { address, file, line, content, aliases })
        };
        let is_referred = catalog.collections.is_referred(set.collection);
        let is_linked = is_referred || collection.references().next().is_some();
        let linked = if is_linked { &set.records[..] } else { &[] };
        let keyed = if is_referred { &set.records[..] } else { &[] };
        let key = |(index, record): (u32, &Record)| {
            collection.key_words(record).map(|words| (key_of(&words), index))
        };
        Self {
            linked: linked.iter().map(|it| LinkedRecord::new(it, collection)).collect(),
            keys: (0..).zip(keyed).filter_map(key).collect(),
            count: set.records.len(),
            years: years(set.records.iter().map(|it| year(collection, it))),
            days: days(set, collection),
            records: set.records.iter().filter_map(page).collect(),
        }
    }
}

impl LinkedRecord {
    fn new(record: &Record, collection: &Collection) -> Self {
        let value = |index: Option<usize>| {
            index.map_or(Value::Absent, |index| record.values[index].clone())
        };
        let names = collection.references().flat_map(|(index, ..)| {
            let words = record.values[index].each().iter().filter_map(Value::as_text);
            words.filter_map(move |it| Some((u16::try_from(index).ok()?, key_of(it))))
        });
        Self {
            title: value(collection.roles.get(Role::Title)),
            when: value(collection.dating.map(|it| it.date)),
            names: names.collect(),
        }
    }
}

/// The first day that a record of a set is of, and the last.
fn days(set: &RecordSet, collection: &Collection) -> Option<(Date, Date)> {
    let moments = || set.records.iter().filter_map(|it| collection.moment(it));
    let last = moments().map(|it| it.until.unwrap_or(it.date)).max()?;
    Some((moments().map(|it| it.date).min()?, last))
}

/// The year in which a record happens: that of its first day. `None` if the collection has no
/// dates, or the record no value.
pub fn year(collection: &Collection, record: &Record) -> Option<i16> {
    collection.moment(record).map(|it| it.date.year())
}

/// How many of these are of each year. What has none is not counted.
pub fn years(all: impl Iterator<Item = Option<i16>>) -> Years {
    let mut years = Years::new();
    all.flatten().for_each(|it| *years.entry(it).or_default() += 1);
    years
}
