//! Lists of persons that two places beside each other have alike: one was copied, and everybody in it
//! counts twice.
//!
//! Lists are compared as they are published, by the fingerprints that are known of them. A file in
//! which one record differs is another list.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    fingerprint::Fingerprint,
    schema::{Catalog, CollectionId, PlaceId},
};

/// The lists of persons of a place: of which collections, and their fingerprints.
pub(super) type PersonLists = Vec<(CollectionId, Fingerprint)>;

/// How many lists of places beside each other are equal to one before them.
pub(super) fn count<'l>(places: impl Iterator<Item = &'l PersonLists>) -> usize {
    let mut seen = HashSet::new();
    places.flatten().filter(|list| !seen.insert(**list)).count()
}

/// The warnings of lists of the places in a place that are equal to one before them.
pub(super) fn warnings<'l>(
    catalog: &Catalog,
    place: PlaceId,
    lists: impl Fn(PlaceId) -> &'l PersonLists,
) -> Vec<Diagnostic> {
    let mut seen = HashMap::new();
    let mut warnings = Vec::new();
    for child in &catalog.place(place).children {
        for list in lists(*child) {
            match seen.get(list) {
                Some(first) => warnings.extend(warning(catalog, *child, *first, list.0)),
                None => {
                    seen.insert(*list, *child);
                }
            }
        }
    }
    warnings
}

/// The warning of a list that is equal to that of another place.
fn warning(
    catalog: &Catalog,
    place: PlaceId,
    first: PlaceId,
    id: CollectionId,
) -> Option<Diagnostic> {
    let file = |place| {
        let set = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        let set = set.into_iter().find(|set| set.collection == id)?;
        Some(Location::file(set.files.first()?.clone()))
    };
    let collection = catalog.collections.get(id);
    let warning = Diagnostic::warning(Code::EqualRecords, file(place)?)
        .arg_by_language("collection", |language| collection.title.get(language).to_owned())
        .arg("name", &catalog.place(first).name);
    Some(warning.related(file(first)?, "original").help("remove"))
}
