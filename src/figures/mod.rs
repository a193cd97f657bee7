//! Numbers derived from records, and their sums over places.
//!
//! A figure is [`declared`] by its collection, taken from each record set as a mergeable
//! [`Tally`], and merged from each place to the places it lies in. There is no other way to total
//! anything.

pub mod declared;
mod measure;
mod tally;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use measure::{Measured, Sample};
pub use tally::Tally;

use crate::{
    portal::{Portal, Sum},
    schema::{CollectionId, PlaceId},
};

/// The tallies of a collection's figures, in the order in which it declares them.
pub type Tallies = Vec<Tally>;

/// Every figure at every place: of the place alone, and with all places that lie in it.
#[derive(Debug, Default)]
pub struct Figures {
    own: Vec<BTreeMap<CollectionId, Tallies>>,
    total: Vec<BTreeMap<CollectionId, Tallies>>,
}

/// Measures every record set and merges it up the places.
pub fn measure(portal: &Portal) -> Figures {
    let mut own: Vec<BTreeMap<_, _>> = portal
        .places
        .par_iter()
        .map(|place| {
            let tallied = portal.sets(place.id).map(|set| {
                let collection = portal.collections.get(set.collection);
                (set.collection, tally::of(set, collection, &portal.clock))
            });
            tallied.collect()
        })
        .collect();
    let mut total = own.clone();
    // Parents stand before their children, so going backwards every place is complete when it is
    // merged into its parent.
    for place in portal.places.iter().rev() {
        let Some(parent) = place.parent else { continue };
        let (before, after) = total.split_at_mut(place.id.index());
        for (collection, tallies) in &after[0] {
            match before[parent.index()].get_mut(collection) {
                Some(sums) => sums.iter_mut().zip(tallies).for_each(|(sum, it)| sum.merge(it)),
                None => {
                    before[parent.index()].insert(*collection, tallies.clone());
                }
            }
        }
    }
    for (&(place, collection, field), sums) in portal.released() {
        let declared = &portal.collections.get(collection).figures;
        for (index, figure) in declared.iter().enumerate() {
            if figure.plain_sum() == Some(field) {
                add(own[place.index()].get_mut(&collection), index, sums.own);
                add(total[place.index()].get_mut(&collection), index, sums.total);
            }
        }
    }
    Figures { own, total }
}

/// Adds what may be said of the counts that are hidden to a sum of those that are shown.
fn add(tallies: Option<&mut Tallies>, index: usize, sum: Sum) {
    let Some(Tally::One(measured)) = tallies.and_then(|it| it.get_mut(index)) else { return };
    match sum {
        Sum::Exact(number) => measured.merge(&Measured::Sum(number)),
        Sum::Few(below) => *measured = Measured::Few(below),
        Sum::Withheld => *measured = Measured::Withheld,
    }
}

impl Figures {
    /// The figures of a collection's records at a place itself.
    pub fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.own.get(place.index())?.get(&collection)
    }

    /// The figures of a collection's records at a place and all places that lie in it.
    pub fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.total.get(place.index())?.get(&collection)
    }

    /// The collections with records at a place or below it.
    pub fn collections(&self, place: PlaceId) -> impl Iterator<Item = CollectionId> + '_ {
        self.total[place.index()].keys().copied()
    }
}
