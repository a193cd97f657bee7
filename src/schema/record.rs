//! Records, and what their collection makes of one: its address, and when it happens.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    schema::{Collection, CollectionId, Dating, PlaceId, Posting, Value, display, value::Moment},
    source::SitePath,
    text::{SLUG, slug},
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
    /// The words of its address are too many, and those that fit are another record's, too.
    pub apart: bool,
}

impl Dating {
    /// A record says that it does not take place.
    pub fn is_cancelled(&self, record: &Record) -> bool {
        self.cancelled.is_some_and(|field| record.values[field] == Value::Boolean(true))
    }
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
    /// The record of the latest last day, with that day. Nothing if none has a day.
    pub fn newest<'r>(&self, records: &'r [Record]) -> Option<(Date, &'r Record)> {
        let last = |record: &Record| self.moment(record).map(|it| it.until.unwrap_or(it.date));
        let dated = records.iter().filter_map(|record| Some((last(record)?, record)));
        dated.max_by_key(|(last, _)| *last)
    }

    /// The first day on which a list of these records is behind its cadence. Nothing if it has none,
    /// or no record a day.
    pub fn behind_from(&self, records: &[Record]) -> Option<Date> {
        self.cadence?.behind_from(self.newest(records)?.0)
    }

    /// What names a record's own page in its address, if records have pages: letters and digits of
    /// any script stay, all else becomes one `-`. A record that chooses its name has that.
    ///
    /// Of too many words the first ones are taken. Of records whose first ones are the same, all but
    /// one say the other fields again: those tell them apart.
    pub fn address(&self, record: &Record) -> Option<String> {
        self.record_pages.as_ref()?;
        let slug = record.posting.as_ref().and_then(|it| it.slug.as_deref());
        slug.map(str::to_owned).or_else(|| self.former(record))
    }

    /// The address that a record's page would have if the record did not choose its name.
    pub(crate) fn former(&self, record: &Record) -> Option<String> {
        let words = self.words(&record.values)?;
        let address = slug(&words.join("-"));
        let others = words.get(1..).filter(|_| record.apart).unwrap_or_default();
        if others.is_empty() {
            return Some(address);
        }
        Some(format!("{address}-{}", slug(&others.join("-"))))
    }

    /// What the fields of an address say.
    fn words(&self, values: &[Value]) -> Option<Vec<String>> {
        let plain = |index: &usize| display::plain(&values[*index], &self.fields[*index], "");
        Some(self.record_pages.as_ref()?.iter().map(plain).collect())
    }

    /// A record with these values would have a page of its own whose address has no letter or digit.
    pub(super) fn is_nameless(&self, values: &[Value]) -> bool {
        self.words(values).is_some_and(|words| slug(&words.join("-")).is_empty())
    }

    /// Marks the records of a set whose addresses have to be set [apart](Record::apart): all but the
    /// first by their words. Which of them are posted makes no difference, so addresses stay.
    pub(super) fn set_apart(&self, records: &mut [Record]) {
        let mut alike: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for (index, record) in records.iter().enumerate() {
            let Some(words) = self.words(&record.values).map(|words| words.join("-")) else {
                return;
            };
            if words.chars().nth(SLUG).is_some() {
                alike.entry(slug(&words)).or_default().push((words, index));
            }
        }
        for mut group in alike.into_values() {
            group.sort();
            group.iter().skip(1).for_each(|(_, index)| records[*index].apart = true);
        }
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
