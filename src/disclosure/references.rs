//! References between records, checked over the whole portal.
//!
//! A record set is read alone, so its summary keeps what others have to know of it ([`References`]):
//! how its records are named, and which records it names, as fingerprints. [`NamedRecords`] has all
//! of them by place. Records that are not posted can be named like any other: that they are not there
//! for readers is no mistake of who names them.
//!
//! What names nothing is reported in `reference_check.rs`. What readers see of a reference is decided
//! in `artifact/reference.rs`, from what is posted.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    fingerprint::Fingerprint,
    schema::{Catalog, CollectionId, PlaceId, Record, RecordSet, reference::key_of},
};

/// What a record set has to do with others.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct References {
    /// The keys of its records, posted or not. None if no collection refers to it.
    keys: Vec<Fingerprint>,
    /// The records that it names.
    pub(super) named: Vec<Reference>,
}

/// A record names another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reference {
    /// Which of the set's files it stands in.
    pub(super) file: u16,
    /// On which line the record begins.
    pub(super) line: u32,
    /// The index of the field.
    pub(super) field: u16,
    /// What the words of the key are known by.
    pub(super) key: Fingerprint,
    /// The record is a draft, of which no mistake stops anything.
    pub(super) is_draft: bool,
}

/// Where the record is that a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferencePlace {
    /// At this place.
    At(PlaceId),
    /// At several places, none of which is nearer.
    Several(PlaceId, PlaceId),
    /// Nowhere.
    Nowhere,
}

impl References {
    /// Those of a set that nothing was taken from. It costs nothing for collections that neither
    /// refer to others nor are referred to.
    pub(super) fn of(set: &RecordSet, catalog: &Catalog) -> Self {
        let collection = catalog.collections.get(set.collection);
        let key = |record: &Record| collection.key_words(record).map(|words| key_of(&words));
        let is_referred = catalog.collections.is_referred(set.collection);
        let keyed = if is_referred { &set.records[..] } else { &[] };
        let fields: Vec<usize> = collection.references().map(|(field, ..)| field).collect();
        let naming = if fields.is_empty() { &[] } else { &set.records[..] };
        let named = naming
            .iter()
            .flat_map(|record| fields.iter().flat_map(|field| references(record, *field)));
        Self { keys: keyed.iter().filter_map(key).collect(), named: named.collect() }
    }
}

/// The references in a field of a record.
fn references(record: &Record, field: usize) -> impl Iterator<Item = Reference> {
    let words = record.values[field].each().iter().filter_map(|value| value.as_text());
    words.map(move |words| Reference {
        file: record.file,
        line: record.line,
        field: u16::try_from(field).unwrap_or(u16::MAX),
        key: key_of(words),
        is_draft: record.posting.as_ref().is_some_and(|it| it.draft),
    })
}

/// The places that have records which others may name, by collection and key, in their order.
pub(super) struct NamedRecords(FxHashMap<(CollectionId, Fingerprint), Vec<PlaceId>>);

impl NamedRecords {
    /// Those of all record sets that others refer to; `references` are those of a set by its index in
    /// the catalog.
    pub(super) fn new<'r>(catalog: &Catalog, references: impl Fn(usize) -> &'r References) -> Self {
        let sets = catalog.sets.iter().enumerate();
        let mut all: FxHashMap<_, Vec<PlaceId>> = FxHashMap::default();
        for (index, of) in sets.filter(|(_, it)| catalog.collections.is_referred(it.collection)) {
            for key in &references(index).keys {
                all.entry((of.collection, *key)).or_default().push(of.place);
            }
        }
        Self(all)
    }

    /// The same place, else the nearest one above, else the only one that there is.
    pub(super) fn find(
        &self,
        catalog: &Catalog,
        from: PlaceId,
        named: (CollectionId, Fingerprint),
    ) -> ReferencePlace {
        let Some(places) = self.0.get(&named) else { return ReferencePlace::Nowhere };
        let nearest = catalog.ancestry(from).into_iter().rev().find(|it| places.contains(it));
        match (nearest, &places[..]) {
            (Some(place), _) => ReferencePlace::At(place),
            (None, [first, rest @ ..]) => match rest.iter().find(|it| *it != first) {
                Some(other) => ReferencePlace::Several(*first, *other),
                None => ReferencePlace::At(*first),
            },
            (None, []) => ReferencePlace::Nowhere,
        }
    }
}
