//! What the pages of a record set are planned by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    disclosure::record_fingerprint,
    fingerprint::Fingerprint,
    schema::{Catalog, Collection, Record, RecordSet},
};

/// How many records each year has.
pub type Years = BTreeMap<i16, usize>;

/// What is in a record set, as far as its pages depend on it.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Contents {
    /// How many records there are.
    pub count: usize,
    /// How many of each year.
    pub years: Years,
    /// The records that have pages of their own, by their index.
    pub records: Vec<RecordEntry>,
}

/// A record with a page of its own.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct RecordEntry {
    /// What names it in its address.
    pub address: String,
    /// Which of the set's files it stands in.
    pub file: u16,
    /// On which line.
    pub line: u32,
    /// The fingerprint of what it says.
    pub content: Fingerprint,
}

impl Contents {
    /// The contents of a record set.
    pub(super) fn new(set: &RecordSet, collection: &Collection, catalog: &Catalog) -> Self {
        let page = |record: &Record| {
            let address = collection.address(record)?;
            let content = record_fingerprint(record, catalog, set.collection);
            Some(RecordEntry { address, file: record.file, line: record.line, content })
        };
        Self {
            count: set.records.len(),
            years: years(set.records.iter().map(|it| year(collection, it))),
            records: set.records.iter().filter_map(page).collect(),
        }
    }
}

/// The year in which a record happens.
pub fn year(collection: &Collection, record: &Record) -> Option<i16> {
    collection.moment(record).map(|it| it.date.year())
}

/// How many of these are of each year.
pub fn years(all: impl Iterator<Item = Option<i16>>) -> Years {
    let mut years = Years::new();
    all.flatten().for_each(|it| *years.entry(it).or_default() += 1);
    years
}
