//! Which place belongs to which part.
//!
//! The places are cut in the order of the tree, each place before those in it: so the places of a
//! subtree stay together, but for those of the few places in which a cut goes.

use crate::{
    fingerprint::Fingerprint,
    schema::{Catalog, PlaceId},
    source::Tree,
};

/// What a place costs beside its files, in bytes: its own pages.
const PLACE: u64 = 4096;

/// Which place belongs to which part.
#[derive(Debug, Clone)]
pub struct Cut {
    /// How many parts there are.
    count: u32,
    /// By place, the number of its part, from 1.
    parts: Vec<u32>,
    /// By place, what it costs.
    weights: Vec<u64>,
}

impl Cut {
    /// Cuts a portal into parts that cost about the same. With more parts than places some have
    /// none.
    pub fn by_weight(catalog: &Catalog, tree: &Tree, count: u32) -> Self {
        let weights = weights(catalog, tree);
        let all: u128 = weights.iter().map(|it| u128::from(*it)).sum();
        let mut parts = vec![1; weights.len()];
        let mut before = 0_u128;
        let mut open: Vec<PlaceId> = catalog.places.first().map(|it| it.id).into_iter().collect();
        while let Some(place) = open.pop() {
            let weight = u128::from(weights[place.index()]);
            // The part in which the middle of the place lies.
            let at = (2 * before + weight) * u128::from(count) / (2 * all).max(1);
            parts[place.index()] = u32::try_from(at + 1).unwrap_or(count).min(count);
            before += weight;
            open.extend(catalog.place(place).children.iter().rev());
        }
        Self { count, parts, weights }
    }

    /// A cut by which each place belongs to the part of the number that is given, from 1.
    pub fn given(
        catalog: &Catalog,
        tree: &Tree,
        count: u32,
        part_of: impl Fn(PlaceId) -> u32,
    ) -> Self {
        let parts = catalog.places.iter().map(|it| part_of(it.id).clamp(1, count)).collect();
        Self { count, parts, weights: weights(catalog, tree) }
    }

    /// How many parts there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The number of the part of a place, from 1.
    pub fn part_of(&self, place: PlaceId) -> u32 {
        self.parts[place.index()]
    }

    /// How many places a part has, and what they cost.
    pub fn size(&self, part: u32) -> (usize, u64) {
        let weights = self.parts.iter().zip(&self.weights);
        let weights = weights.filter(|(of, _)| **of == part).map(|(_, weight)| *weight);
        (weights.clone().count(), weights.sum())
    }

    /// The same for the same cut.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(self.count, &self.parts))
    }
}

/// By place, the length of its records and articles, and what it costs beside them.
fn weights(catalog: &Catalog, tree: &Tree) -> Vec<u64> {
    let of = |place: PlaceId| {
        let sets = catalog.sets_of(place).flat_map(|set| &catalog.sets[set].files);
        let notices = catalog.notices_of(place).map(|notice| &catalog.notices[notice].1);
        PLACE + sets.chain(notices).map(|file| tree.length(file)).sum::<u64>()
    };
    catalog.places.iter().map(|place| of(place.id)).collect()
}
