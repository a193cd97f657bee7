//! Numbers derived from records, and their sums over places.
//!
//! Each record set is measured once: its [`Tally`]s, its next and latest records ([`Listing`]) and
//! what its pages are planned by ([`Contents`]). Tallies and listings merge from each place to the
//! places that it lies in (`totals.rs`). There is no other way to total anything.

mod contents;
mod listing;
mod measure;
mod measures;
mod tally;
mod totals;

use rayon::prelude::*;

pub use contents::{Contents, RecordEntry, Years, year, years};
pub use listing::{Listed, Listing};
pub use measure::{Measured, Sample};
pub use measures::{Measures, limits};
pub use tally::{Tallies, Tally, of as tally};
pub use totals::PlaceFigures;

use crate::{
    clock::Validity,
    config::Config,
    disclosure::Portal,
    figures::totals::{Own, Total},
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, PlaceTree, TreeNode},
};

/// The figures of every place: of its own records, and with those of all places in it.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    places: PlaceTree<PlaceFigures>,
}

/// The figures of each place, from build to build.
pub type KnownFigures = PlaceTree<PlaceFigures>;

impl Figures {
    /// Merges what is measured of every record set up the places. `known` are the figures of an
    /// earlier build, which are brought up to date; `measured` is what was measured of record sets
    /// while they were read, by their index in the catalog.
    pub fn new(
        portal: &Portal<'_>,
        config: &Config,
        known: &mut KnownFigures,
        measured: Vec<(usize, Measures)>,
    ) -> Self {
        let catalog = &portal.catalog;
        let limits = limits(catalog, config);
        let measured = measures::MeasuredSets::new(measured, catalog.sets.len());
        let around = Fingerprint::of(&limits)
            .and(catalog.collections_fingerprint())
            .and(catalog.places_fingerprint());
        let from = |place: PlaceId| around.and(portal.subtree(place).output);
        let stale = known.stale(portal.places(), &portal.clock, from);
        let before = &*known;
        let own = |place: &PlaceId| {
            PlaceFigures::own_of(portal, *place, &limits, before.get(*place), &measured)
        };
        let own: Vec<Vec<Own>> = stale.par_iter().with_min_len(4).map(own).collect();
        // The places in a place stand behind it.
        for (place, own) in stale.into_iter().zip(own).rev() {
            let children: Vec<&TreeNode<PlaceFigures>> = portal
                .place(place)
                .children
                .iter()
                .filter_map(|child| known.node(*child))
                .collect();
            let figures = PlaceFigures::new(portal, place, &limits, own, &children);
            let valid = children.iter().map(|child| child.valid);
            let valid = valid.fold(figures.valid(), Validity::and);
            known.set(place, TreeNode { from: from(place), valid, value: figures });
        }
        Self { places: known.clone() }
    }

    /// The figures of a place.
    pub fn at(&self, place: PlaceId) -> &PlaceFigures {
        self.places.get(place).expect("every place was measured")
    }

    fn own_of(&self, place: PlaceId, collection: CollectionId) -> Option<&Own> {
        self.at(place).own(collection)
    }

    fn total_of(&self, place: PlaceId, collection: CollectionId) -> Option<&Total> {
        self.at(place).total(collection)
    }

    /// The figures of a collection's records at a place itself.
    pub fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.own_of(place, collection).map(|own| &*own.shown.tallies)
    }

    /// The figures of a collection's records at a place and all places in it.
    pub fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.total_of(place, collection).map(|total| &*total.shown.tallies)
    }

    /// The next and the latest records of a collection at a place and all places in it.
    pub fn listing(&self, place: PlaceId, collection: CollectionId) -> Option<&Listing> {
        self.total_of(place, collection).map(|total| &*total.listing)
    }

    /// What the pages of a collection's records at a place are planned by.
    pub fn contents(&self, place: PlaceId, collection: CollectionId) -> Option<&Contents> {
        self.own_of(place, collection).map(|own| &own.contents)
    }

    /// The collections with records at a place or below it, in their order.
    pub fn collections(
        &self,
        place: PlaceId,
    ) -> impl ExactSizeIterator<Item = CollectionId> + use<'_> {
        self.at(place).collections()
    }

    /// The fingerprint of [`Self::own`].
    pub fn own_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.own_of(place, id).map(|own| own.shown.fingerprint)
    }

    /// The fingerprint of [`Self::total`].
    pub fn total_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.total_of(place, id).map(|total| total.shown.fingerprint)
    }

    /// The fingerprint of [`Self::listing`], with what the places of its records are called.
    pub fn listing_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.total_of(place, id).map(|total| total.listed)
    }
}
