//! Values that merge up the places.
//!
//! A place's value of a collection is made from that of its own records and those of the places
//! that lie in it. What is made from the same as at an earlier build is taken over; and what comes
//! out the same stops there, whatever changed below.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    build::scope::Scope,
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

/// The values of a place that others lie in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rolled<T> {
    /// What they were made from.
    from: Fingerprint,
    by_collection: BTreeMap<CollectionId, Node<T>>,
    /// The fingerprint of all of them.
    print: Fingerprint,
}

/// The values of all places that others lie in, by place. Where none does, the values are those of
/// its own records.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rollup<T>(Arc<Vec<Option<Arc<Rolled<T>>>>>);

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
            let children = &places[id.index()].children;
            if children.is_empty() {
                rolled[id.index()] = None;
                continue;
            }
            let below: Vec<Below<T>> = children
                .iter()
                .map(|it| match &rolled[it.index()] {
                    Some(rolled) => Below::Rolled(Arc::clone(rolled)),
                    None => Below::Own(own(*it).collect()),
                })
                .collect();
            let own: Vec<_> = own(id).collect();
            let prints = [rules, print_of(own.iter().map(|(id, it)| (*id, it)))];
            let from =
                Fingerprint::of_all(prints.into_iter().chain(below.iter().map(Below::print)));
            if rolled[id.index()].as_ref().is_none_or(|it| it.from != from) {
                let made = Rolled::new(from, own, &below, &merge, &print);
                rolled[id.index()] = Some(Arc::new(made));
            }
        }
        this
    }
}

/// The values of a place that lies in another.
enum Below<T> {
    Rolled(Arc<Rolled<T>>),
    Own(Vec<(CollectionId, Node<T>)>),
}

impl<T> Below<T> {
    fn values(&self) -> Box<dyn Iterator<Item = (CollectionId, &Node<T>)> + '_> {
        match self {
            Self::Rolled(rolled) => Box::new(rolled.values()),
            Self::Own(own) => Box::new(own.iter().map(|(id, it)| (*id, it))),
        }
    }

    fn print(&self) -> Fingerprint {
        match self {
            Self::Rolled(rolled) => rolled.print,
            Self::Own(_) => print_of(self.values()),
        }
    }
}

/// The fingerprint of the values of a place.
pub fn print_of<'a, T: 'a>(
    values: impl Iterator<Item = (CollectionId, &'a Node<T>)>,
) -> Fingerprint {
    Fingerprint::of_all(values.map(|(id, it)| Fingerprint::of(&id).and(it.print)))
}

impl<T> Rolled<T> {
    /// The values, by collection.
    pub fn values(&self) -> impl Iterator<Item = (CollectionId, &Node<T>)> {
        self.by_collection.iter().map(|(id, it)| (*id, it))
    }

    /// The value of a collection.
    pub fn get(&self, collection: CollectionId) -> Option<&Node<T>> {
        self.by_collection.get(&collection)
    }

    /// The fingerprint of all values.
    pub fn print(&self) -> Fingerprint {
        self.print
    }
}

impl<T: Clone> Rolled<T> {
    fn new(
        from: Fingerprint,
        own: Vec<(CollectionId, Node<T>)>,
        below: &[Below<T>],
        merge: &impl Fn(CollectionId, &mut T, &T),
        print: &impl Fn(CollectionId, &T) -> Fingerprint,
    ) -> Self {
        let mut by_collection: BTreeMap<CollectionId, Node<T>> = own.into_iter().collect();
        let mut merged: BTreeMap<CollectionId, T> = BTreeMap::new();
        for (id, node) in below.iter().flat_map(Below::values) {
            match merged.get_mut(&id) {
                Some(sum) => merge(id, sum, &node.value),
                None => {
                    let sum = match by_collection.get(&id) {
                        Some(own) => {
                            let mut sum = T::clone(&own.value);
                            merge(id, &mut sum, &node.value);
                            sum
                        }
                        None => T::clone(&node.value),
                    };
                    merged.insert(id, sum);
                }
            }
        }
        for (id, value) in merged {
            let print = print(id, &value);
            by_collection.insert(id, Node { value: Arc::new(value), print });
        }
        let print = print_of(by_collection.iter().map(|(id, it)| (*id, it)));
        Self { from, by_collection, print }
    }
}

impl<T> Rollup<T> {
    /// The values of a place; nothing if no place lies in it.
    pub fn at(&self, place: PlaceId) -> Option<&Rolled<T>> {
        self.0.get(place.index())?.as_deref()
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
            for (known, few) in [(&known, false), (&known, true), (&kept, false), (&kept, true)] {
                let scope = if few { &scope } else { &Scope::All };
                let again = rolled(&places, scope, &after, known.clone());
                let values = |it: &Rollup<u64>, at: PlaceId| {
                    let it = it.at(at)?;
                    Some((it.get(CollectionId(0)).map(|it| *it.value), it.print()))
                };
                for place in &places {
                    prop_assert_eq!(values(&again, place.id), values(&fresh, place.id));
                }
            }
            let whole: u64 = after.iter().sum();
            let total = fresh.at(PlaceId::ROOT).and_then(|it| it.get(CollectionId(0)));
            prop_assert_eq!(total.map_or(0, |it| *it.value), whole);
        }
    }
}
