//! Lists of persons that two places have alike, beside each other or one in the other: one was copied,
//! and everybody in it counts twice.
//!
//! Lists are compared as they are published, by what is known of them: the fingerprint of all records,
//! and of a long list a [`Sketch`], which shows whether another one differs in a few records. Each
//! list is looked up in tables of those before it, so the time grows with the number of lists alone.

use std::{collections::HashMap, hash::Hash as _};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    fingerprint::{Fingerprint, FingerprintHasher},
    schema::{Catalog, CollectionId, PlaceId, Record},
};

/// The fewest records of lists that are told though not all are equal.
const LONG: usize = 10;

/// Into how many parts the records of a list are sorted by their fingerprints.
const PARTS: usize = 32;

/// In at most so many parts do lists differ that are told: if two records of each are other ones,
/// every one of these may be in a part of its own.
const OTHER: usize = 4;

/// Into how many groups the parts are put. In all but [`OTHER`] of them such lists do not differ, and
/// one with a record in it is enough to find the other list.
const GROUPS: usize = 16;

/// A list of persons of a place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PersonList {
    pub(super) collection: CollectionId,
    /// The fingerprint of its records as they are published.
    pub(super) records: Fingerprint,
    /// Nothing of a short list.
    pub(super) sketch: Option<Sketch>,
}

/// The lists of persons of a place.
pub(super) type PersonLists = Vec<PersonList>;

/// The sums of the fingerprints of a list's records, part by part. The order of records makes no
/// difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sketch([u16; PARTS]);

impl Sketch {
    /// The sketch of a list; nothing if it is short. One pass over the records.
    pub(super) fn of(records: &[Record]) -> Option<Self> {
        if records.len() < LONG {
            return None;
        }
        let mut sums = [0_u16; PARTS];
        let mut hasher = FingerprintHasher::default();
        for record in records {
            hasher.clear();
            record.values.hash(&mut hasher);
            let [part, low, high, ..] = hasher.fingerprint().to_bytes();
            let sum = &mut sums[usize::from(part) % PARTS];
            *sum = sum.wrapping_add(u16::from_le_bytes([low, high]));
        }
        Some(Self(sums))
    }

    /// At most a few records of the lists are other ones.
    fn is_like(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).filter(|(one, other)| one != other).count() <= OTHER
    }

    /// The fingerprints of groups of parts; nothing for one that no record is in.
    fn groups(&self) -> impl Iterator<Item = (usize, Fingerprint)> {
        let group = |group| self.0.iter().skip(group).step_by(GROUPS).copied().collect();
        let groups = (0..GROUPS).map(move |it| (it, group(it)));
        let filled = groups.filter(|(_, sums): &(usize, Vec<u16>)| sums.iter().any(|it| *it != 0));
        filled.map(|(group, sums)| (group, Fingerprint::of(&sums)))
    }
}

/// How much two lists are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// All records are the same.
    Equal,
    /// All but a few.
    Near,
}

/// The lists of some places, by what is compared.
#[derive(Default)]
struct KnownLists<'l> {
    equal: HashMap<(CollectionId, Fingerprint), PlaceId>,
    near: HashMap<(CollectionId, usize, Fingerprint), (PlaceId, &'l Sketch)>,
}

impl<'l> KnownLists<'l> {
    /// Finds a list of another place that is like this one, and remembers this one.
    fn find(&mut self, place: PlaceId, list: &'l PersonList) -> Option<(PlaceId, Likeness)> {
        let id = list.collection;
        if let Some(first) = self.equal.get(&(id, list.records)) {
            return Some((*first, Likeness::Equal));
        }
        self.equal.insert((id, list.records), place);
        let sketch = list.sketch.as_ref()?;
        let mut near = None;
        for (group, sums) in sketch.groups() {
            let (first, other) = *self.near.entry((id, group, sums)).or_insert((place, sketch));
            if first != place && sketch.is_like(other) {
                near = near.or(Some((first, Likeness::Near)));
            }
        }
        near
    }
}

/// How many of these lists are like one before them.
pub(super) fn count<'l>(places: impl Iterator<Item = &'l PersonLists>) -> usize {
    let mut known = KnownLists::default();
    let each = (0..).map(PlaceId).zip(places);
    let found = each.map(|(place, lists)| {
        lists.iter().filter(|list| known.find(place, list).is_some()).count()
    });
    found.sum()
}

/// The warnings of lists of the places in a place that are like one of its own, or of a place before
/// them.
pub(super) fn warnings<'l>(
    catalog: &Catalog,
    place: PlaceId,
    lists: impl Fn(PlaceId) -> &'l PersonLists,
) -> Vec<Diagnostic> {
    let mut known = KnownLists::default();
    let mut warnings = Vec::new();
    for place in [place].iter().chain(&catalog.place(place).children) {
        for list in lists(*place) {
            if let Some(first) = known.find(*place, list) {
                warnings.extend(warning(catalog, *place, first, list.collection));
            }
        }
    }
    warnings
}

/// The warning of a list that is like that of another place.
fn warning(
    catalog: &Catalog,
    place: PlaceId,
    (first, likeness): (PlaceId, Likeness),
    id: CollectionId,
) -> Option<Diagnostic> {
    let file = |place| {
        let set = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        let set = set.into_iter().find(|set| set.collection == id)?;
        Some(Location::file(set.files.first()?.clone()))
    };
    let collection = catalog.collections.get(id);
    let kind = if likeness == Likeness::Equal { "equal" } else { "near" };
    let warning = Diagnostic::warning(Code::EqualRecords, file(place)?)
        .arg("kind", kind)
        .arg_by_language("collection", |language| collection.title.get(language).to_owned())
        .arg("name", &catalog.place(first).name);
    Some(warning.related(file(first)?, "original").help("remove"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Value;

    /// A list of these records.
    fn list(numbers: impl IntoIterator<Item = i64>) -> PersonList {
        let record = |number| Record {
            values: Box::new([Value::Integer(number)]),
            posting: None,
            file: 0,
            line: 1,
            apart: false,
        };
        let records: Vec<Record> = numbers.into_iter().map(record).collect();
        let values: Vec<_> = records.iter().map(|it| &it.values).collect();
        PersonList {
            collection: CollectionId(0),
            records: Fingerprint::of(&values),
            sketch: Sketch::of(&records),
        }
    }

    /// Whether the second of two lists is told.
    fn is_told(first: &PersonList, second: &PersonList) -> bool {
        count([vec![first.clone()], vec![second.clone()]].iter()) == 1
    }

    #[test]
    fn lists_that_differ_in_two_records_are_alike() {
        for length in [10, 11, 40, 1000] {
            let all = list(0..length);
            for (one, two) in [(0, 1), (3, length - 1), (length / 2, 0)] {
                let changed = (0..length).map(|it| if it == one || it == two { -it } else { it });
                assert!(is_told(&all, &list(changed)), "{length} {one} {two}");
                let fewer = (0..length).filter(|it| *it != one || length == 10);
                assert!(is_told(&all, &list(fewer)), "{length} {one}");
                assert!(is_told(&all, &list((0..length).rev())));
            }
        }
    }

    #[test]
    fn other_lists_are_not() {
        let lists: Vec<PersonLists> =
            (0..2000).map(|it| vec![list(it * 100..it * 100 + 10 + it % 50)]).collect();
        assert_eq!(count(lists.iter()), 0);
        assert!(!is_told(&list(0..10), &list(4..14)));
        assert!(!is_told(&list(0..40), &list(8..48)));
        // Of short lists all records have to be equal.
        assert!(!is_told(&list(0..9), &list(1..10)));
        assert!(is_told(&list(0..9), &list(0..9)));
    }
}
