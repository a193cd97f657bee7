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
    scope::Scope,
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
pub struct Rollup<T>(Arc<Vec<Option<Arc<Rolled<T>>>>>);

/// Those of leaves are soon made again.
impl<T: Serialize> Serialize for Rollup<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let merged = self.0.iter().map(|it| it.as_ref().filter(|it| !it.is_leaf));
        serializer.collect_seq(merged)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rollup<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|it| Self(Arc::new(it)))
    }
}

impl<T> Default for Rollup<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Clone for Rollup<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Clone> Rollup<T> {
    /// Merges the values of each place's own records up the places, which stand parents before
    /// children: of those in `scope`, for all others they are `known`, as they may be for these.
    /// `rules` is the fingerprint of what merging goes by beside the values.
    pub fn new<I: Iterator<Item = (CollectionId, Node<T>)>>(
        places: &[Place],
        scope: &Scope,
        known: Self,
        rules: Fingerprint,
        own: impl Fn(PlaceId) -> I,
        merge: impl Fn(CollectionId, &mut T, &T),
        print: impl Fn(CollectionId, &T) -> Fingerprint,
    ) -> Self {
        let mut this = known;
        let rolled = Arc::make_mut(&mut this.0);
        rolled.resize_with(places.len(), || None);
        for id in scope.places(places.len()).into_iter().rev() {
            let below: Vec<&Arc<Rolled<T>>> = places[id.index()]
                .children
                .iter()
                .map(|it| rolled[it.index()].as_ref().expect("children stand behind their parent"))
                .collect();
            let prints = own(id).map(|(id, it)| Fingerprint::of(&id).and(it.print));
            let below_prints = below.iter().map(|it| it.print);
            let from = Fingerprint::of_all([rules].into_iter().chain(prints).chain(below_prints));
            let same = rolled[id.index()].as_ref().is_some_and(|it| it.from == from);
            if !same {
                let made = Rolled::new(from, own(id), &below, &merge, &print);
                rolled[id.index()] = Some(Arc::new(made));
            }
        }
        this
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

    fn rolled(places: &[Place], scope: &Scope, numbers: &[u64], known: Rollup<u64>) -> Rollup<u64> {
        let own = |place: PlaceId| {
            let number = numbers[place.index()];
            let node = Node { value: Arc::new(number), print: Fingerprint::of(&number) };
            // Zero is none.
            (number > 0).then_some((CollectionId(0), node)).into_iter()
        };
        let merge = |_, sum: &mut u64, more: &u64| *sum += more;
        let rules = Fingerprint::default();
        Rollup::new(places, scope, known, rules, own, merge, |_, it| Fingerprint::of(it))
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
            let fresh = rolled(&places, &Scope::All, &after, Rollup::default());
            let known = rolled(&places, &Scope::All, &before, Rollup::default());
            let bytes = postcard::to_allocvec(&known).unwrap();
            let kept: Rollup<u64> = postcard::from_bytes(&bytes).unwrap();
            let changed = places.iter().filter(|it| before[it.id.index()] != after[it.id.index()]);
            let way = |it: &Place| {
                std::iter::successors(Some(it.id), |it| places[it.index()].parent)
            };
            let scope = Scope::Only(changed.flat_map(way).collect());
            for (known, scope) in [(known.clone(), &Scope::All), (known, &scope), (kept, &Scope::All)] {
                let again = rolled(&places, scope, &after, known);
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
