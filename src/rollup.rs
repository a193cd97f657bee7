//! Values that merge up the places.
//!
//! A place's value of a collection is made from that of its own records and those of the places
//! that lie in it. What is made from the same as at an earlier build is taken over; and what comes
//! out the same stops there, whatever changed below.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    fingerprint::Fingerprint,
    schema::{CollectionId, Place, PlaceId},
};

/// A value and its fingerprint.
#[derive(Debug, Serialize, Deserialize)]
pub struct Node<T> {
    /// The value.
    pub value: Arc<T>,
    /// Its fingerprint.
    pub print: Fingerprint,
}

impl<T> Clone for Node<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), print: self.print }
    }
}

/// The values of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rolled<T> {
    /// No place lies in it: its values are those of its own records.
    is_leaf: bool,
    /// What they were made from.
    from: Fingerprint,
    by_collection: BTreeMap<CollectionId, Node<T>>,
    /// The fingerprint of all of them.
    print: Fingerprint,
}

/// The values of all places, by place.
#[derive(Debug)]
pub struct Rollup<T>(Vec<Option<Arc<Rolled<T>>>>);

/// Those of leaves are soon made again.
impl<T: Serialize> Serialize for Rollup<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let merged = self.0.iter().map(|it| it.as_ref().filter(|it| !it.is_leaf));
        serializer.collect_seq(merged)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rollup<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self)
    }
}

impl<T> Default for Rollup<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Clone for Rollup<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Clone> Rollup<T> {
    /// Merges the values of each place's own records up the places, which stand parents before
    /// children. `known` are those of an earlier build; `rules` is the fingerprint of what merging
    /// goes by beside the values.
    pub fn new<I: Iterator<Item = (CollectionId, Node<T>)>>(
        places: &[Place],
        known: &Self,
        rules: Fingerprint,
        own: impl Fn(PlaceId) -> I,
        merge: impl Fn(CollectionId, &mut T, &T),
        print: impl Fn(CollectionId, &T) -> Fingerprint,
    ) -> Self {
        let mut rolled: Vec<Option<Arc<Rolled<T>>>> = vec![None; places.len()];
        for place in places.iter().rev() {
            let below: Vec<&Arc<Rolled<T>>> = place
                .children
                .iter()
                .map(|it| rolled[it.index()].as_ref().expect("children stand behind their parent"))
                .collect();
            let prints = own(place.id).map(|(id, it)| Fingerprint::of(&id).and(it.print));
            let below_prints = below.iter().map(|it| it.print);
            let from = Fingerprint::of_all([rules].into_iter().chain(prints).chain(below_prints));
            let same = known.0.get(place.id.index()).and_then(Option::as_ref);
            let same = same.filter(|it| it.from == from);
            let made = match same {
                Some(same) => Arc::clone(same),
                None => Arc::new(Rolled::new(from, own(place.id), &below, &merge, &print)),
            };
            rolled[place.id.index()] = Some(made);
        }
        Self(rolled)
    }
}

impl<T: Clone> Rolled<T> {
    fn new(
        from: Fingerprint,
        own: impl Iterator<Item = (CollectionId, Node<T>)>,
        below: &[&Arc<Self>],
        merge: &impl Fn(CollectionId, &mut T, &T),
        print: &impl Fn(CollectionId, &T) -> Fingerprint,
    ) -> Self {
        let mut by_collection: BTreeMap<CollectionId, Node<T>> = own.collect();
        let mut merged: BTreeMap<CollectionId, T> = BTreeMap::new();
        for (id, node) in below.iter().flat_map(|it| &it.by_collection) {
            match merged.get_mut(id) {
                Some(sum) => merge(*id, sum, &node.value),
                None => {
                    let sum = match by_collection.get(id) {
                        Some(own) => {
                            let mut sum = T::clone(&own.value);
                            merge(*id, &mut sum, &node.value);
                            sum
                        }
                        None => T::clone(&node.value),
                    };
                    merged.insert(*id, sum);
                }
            }
        }
        for (id, value) in merged {
            let print = print(id, &value);
            by_collection.insert(id, Node { value: Arc::new(value), print });
        }
        let prints = by_collection.iter().map(|(id, it)| Fingerprint::of(id).and(it.print));
        let print = Fingerprint::of_all(prints);
        Self { is_leaf: below.is_empty(), from, by_collection, print }
    }
}

impl<T> Rollup<T> {
    fn at(&self, place: PlaceId) -> Option<&Rolled<T>> {
        self.0.get(place.index())?.as_deref()
    }

    /// The value of a collection at a place.
    pub fn get(&self, place: PlaceId, collection: CollectionId) -> Option<&Node<T>> {
        self.at(place)?.by_collection.get(&collection)
    }

    /// The collections with a value at a place.
    pub fn collections(&self, place: PlaceId) -> impl Iterator<Item = CollectionId> + '_ {
        self.at(place).into_iter().flat_map(|it| it.by_collection.keys().copied())
    }

    /// The fingerprint of all values of a place.
    pub fn print(&self, place: PlaceId) -> Fingerprint {
        self.at(place).map(|it| it.print).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::SitePath;

    /// Places by their parents, and a number of some collection at each.
    fn places(parents: &[usize]) -> Vec<Place> {
        let declaration = &crate::schema::builtin::place();
        let place =
            |id: u32| Place::new(PlaceId(id), &SitePath::new(id.to_string()), &[], declaration);
        let mut places: Vec<Place> =
            (0..=u32::try_from(parents.len()).unwrap()).map(place).collect();
        for (index, parent) in parents.iter().enumerate() {
            let id = places[index + 1].id;
            places[index + 1].parent = Some(places[*parent].id);
            places[*parent].children.push(id);
        }
        places
    }

    fn rolled(places: &[Place], numbers: &[u64], known: &Rollup<u64>) -> Rollup<u64> {
        let own = |place: PlaceId| {
            let number = numbers[place.index()];
            let node = Node { value: Arc::new(number), print: Fingerprint::of(&number) };
            // Zero is none.
            (number > 0).then_some((CollectionId(0), node)).into_iter()
        };
        let merge = |_, sum: &mut u64, more: &u64| *sum += more;
        Rollup::new(places, known, Fingerprint::default(), own, merge, |_, it| Fingerprint::of(it))
    }

    proptest! {
        #[test]
        fn what_is_known_makes_no_difference(
            (parents, before, after) in (1..12_usize).prop_flat_map(|count| {
                let parents = (0..count).map(|it| 0..=it).collect::<Vec<_>>();
                let numbers = || prop::collection::vec(0..3_u64, count + 1);
                (parents, numbers(), numbers())
            }),
        ) {
            let places = places(&parents);
            let fresh = rolled(&places, &after, &Rollup::default());
            let known = rolled(&places, &before, &Rollup::default());
            let bytes = postcard::to_allocvec(&known).unwrap();
            let kept: Rollup<u64> = postcard::from_bytes(&bytes).unwrap();
            for known in [known, kept] {
                let again = rolled(&places, &after, &known);
                for place in &places {
                    prop_assert_eq!(
                        again.get(place.id, CollectionId(0)).map(|it| *it.value),
                        fresh.get(place.id, CollectionId(0)).map(|it| *it.value)
                    );
                    prop_assert_eq!(again.print(place.id), fresh.print(place.id));
                }
            }
            let whole: u64 = after.iter().sum();
            let total = fresh.get(PlaceId::ROOT, CollectionId(0)).map_or(0, |it| *it.value);
            prop_assert_eq!(total, whole);
        }
    }
}
