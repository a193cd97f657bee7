//! Which posted records name which others: references, read backwards.

use std::cmp::Reverse;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::{
    disclosure::{Portal, ReferencePlace},
    figures::Contents,
    fingerprint::Fingerprint,
    schema::{Collection, CollectionId, PlaceId},
};

/// A record that names another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referrer {
    /// Where.
    pub place: PlaceId,
    /// Of what.
    pub collection: CollectionId,
    /// Its index among the posted records of its set.
    pub index: u32,
    /// The first day on which it happens.
    pub date: Option<Date>,
}

/// The records that name others, by the place, collection and key of what they name.
#[derive(Debug, Default)]
pub(super) struct Referrers(FxHashMap<(PlaceId, CollectionId, Fingerprint), Vec<Referrer>>);

impl Referrers {
    /// Those of a portal.
    pub(super) fn new<'f>(
        portal: &Portal<'_>,
        contents: impl Fn(PlaceId, CollectionId) -> Option<&'f Contents>,
    ) -> Self {
        let mut this = Self::default();
        for set in &portal.catalog.sets {
            let collection = portal.collections().get(set.collection);
            let contents = contents(set.place, set.collection);
            if let Some(contents) = contents.filter(|_| collection.references().next().is_some()) {
                this.add(portal, collection, (set.place, set.collection), contents);
            }
        }
        for known in this.0.values_mut() {
            known.sort_by_key(|it| Reverse(it.date));
        }
        this
    }

    /// Adds the records of a set. One that names a record twice refers to it once.
    fn add(
        &mut self,
        portal: &Portal<'_>,
        declared: &Collection,
        (place, collection): (PlaceId, CollectionId),
        contents: &Contents,
    ) {
        for (index, record) in (0..).zip(&contents.linked) {
            for (field, key) in &record.names {
                let to = declared.fields[usize::from(*field)].to;
                let Some(to) = to.and_then(|it| portal.collections().find(it)) else { continue };
                let ReferencePlace::At(at) = portal.referred(place, to, *key) else { continue };
                let known = self.0.entry((at, to, *key)).or_default();
                let referrer = Referrer { place, collection, index, date: record.when.as_date() };
                if known.last() != Some(&referrer) {
                    known.push(referrer);
                }
            }
        }
    }

    /// The records that name a record, the latest first; those of one day in the order of their
    /// places.
    pub(super) fn of(&self, named: (PlaceId, CollectionId, Fingerprint)) -> &[Referrer] {
        self.0.get(&named).map(Vec::as_slice).unwrap_or_default()
    }
}
