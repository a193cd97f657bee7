//! Numbers derived from records, and their sums over places.
//!
//! Each record set is measured once: its [`Tally`]s, its next and latest records ([`Listing`]) and
//! what its pages are planned by ([`Contents`]). Tallies and listings merge from each place to the
//! places that it lies in (`totals.rs`). There is no other way to total anything.
//!
//! | in | step | out |
//! | --- | --- | --- |
//! | a record set after disclosure | `measures.rs`: tallies, listing, contents | `Measures` |
//! | measures of a place's sets | `totals.rs`: own figures, each with its fingerprint | own |
//! | own, and the totals right below | `totals.rs`: merged | total |
//!
//! ```text
//! content/street/place.yaml
//! content/street/a/patrols.yaml   3 records, 40 people   own of a: 3, 40     total of a: 3, 40
//! content/street/b/patrols.yaml   2 records, 11 people   own of b: 2, 11     total of b: 2, 11
//!                                                        no own of street   total: 5, 51
//! ```
//!
//! Invariants: a total is the merge of a place's own figures and of the totals right below it, so
//! no number is counted twice. Only what disclosure left is measured: a figure is a function of what
//! residents see. Values of an earlier build are used if the fingerprint of what they were measured
//! from is the same and the clock gives the same answers.
//!
//! The sums of a chart are made here, too, from the records that the page shows (`series.rs`).
//!
//! How a figure looks on a page is decided in `artifact/page/figure.rs`.

mod contents;
mod listing;
mod measure;
mod measures;
mod referrers;
mod series;
mod tally;
#[cfg(test)]
mod tests;
mod totals;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

pub use contents::{Contents, LinkedRecord, RecordEntry, Years, year, years};
pub use listing::{Listed, Listing};
pub use measure::{Measured, Sample};
pub use measures::{Measures, limits};
pub use referrers::Referrer;
pub use series::{SeriesPoint, series};
pub use tally::{Group, MAX_GROUPS, Tallies, Tally, joined, of as tally};
pub use totals::PlaceFigures;

use crate::{
    clock::Validity,
    config::Config,
    diagnostic::Diagnostic,
    disclosure::Portal,
    figures::{
        referrers::Referrers,
        totals::{Own, Total},
    },
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, PlaceTree, TreeNode},
    source::reader,
};

/// The figures of every place: of its own records, and with those of all places in it.
///
/// It is immutable, and shares its values with what the build state keeps.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    places: PlaceTree<PlaceFigures>,
    /// Which records name which others.
    referrers: OnceLock<Arc<Referrers>>,
}

/// The figures of each place, from build to build. A node's fingerprint covers all record sets of
/// its subtree.
pub type KnownFigures = PlaceTree<PlaceFigures>;

impl Figures {
    /// Merges what is measured of every record set up the places. `known` are the figures of an
    /// earlier build, which are brought up to date; `measured` is what was measured of record sets
    /// while they were read, by their index in the catalog.
    ///
    /// Only places in whose subtree something changed are visited: their record sets are measured
    /// in parallel, then merged from the leaves to the root. On return `known` is complete, and the
    /// result is a copy that shares its nodes.
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
        let stale = catalog.stale(known, &portal.clock, from);
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
            let figures = PlaceFigures::new(portal, &limits, own, &children);
            let valid = children.iter().map(|child| child.valid);
            let valid = valid.fold(figures.valid(), Validity::and);
            known.set(place, TreeNode { from: from(place), valid, value: figures });
        }
        Self { places: known.clone(), referrers: OnceLock::new() }
    }

    /// The posted records that name the record of a place and collection with that key, the latest
    /// first. The first question looks at all records that name others.
    pub fn referrers(
        &self,
        portal: &Portal<'_>,
        named: (PlaceId, CollectionId, Fingerprint),
    ) -> &[Referrer] {
        let contents = |place, collection| self.contents(place, collection);
        self.referrers.get_or_init(|| Arc::new(Referrers::new(portal, contents))).of(named)
    }

    /// An error for each figure that comes to too many groups, at the declaration of its
    /// collection. Whatever is too much at some place is too much at the root.
    pub fn check(&self, portal: &Portal<'_>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if portal.places().is_empty() {
            return diagnostics;
        }
        for id in self.collections(PlaceId::ROOT) {
            let declared = portal.collections().get(id);
            let tallies = self.total(PlaceId::ROOT, id).into_iter().flatten();
            let too_many = declared.figures.iter().zip(tallies);
            let too_many = too_many.filter(|(_, tally)| **tally == Tally::TooMany);
            let place = || declared.location.clone();
            diagnostics.extend(
                too_many.map(|(it, _)| reader::too_many(place(), "groups", &it.name, MAX_GROUPS)),
            );
        }
        diagnostics
    }

    /// The figures of a place. It panics for a place of another portal.
    pub fn at(&self, place: PlaceId) -> &PlaceFigures {
        self.places.get(place).expect("every place was measured")
    }

    /// All that is known of a record set.
    fn own_of(&self, place: PlaceId, collection: CollectionId) -> Option<&Own> {
        self.at(place).own(collection)
    }

    /// All that is known of a collection over a subtree.
    fn total_of(&self, place: PlaceId, collection: CollectionId) -> Option<&Total> {
        self.at(place).total(collection)
    }

    /// The figures of a collection's records at a place itself. `None` if nothing of it is posted
    /// there.
    pub fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.own_of(place, collection).map(|own| &*own.figures.tallies)
    }

    /// The figures of a collection's records at a place and all places in it. `None` if nothing of
    /// it is posted in the whole subtree.
    pub fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&Tallies> {
        self.total_of(place, collection).map(|total| &*total.figures.tallies)
    }

    /// The next and the latest records of a collection at a place and all places in it.
    pub fn listing(&self, place: PlaceId, collection: CollectionId) -> Option<&Listing> {
        self.total_of(place, collection).map(|total| &*total.listing)
    }

    /// The next and the latest records of a collection at a place itself.
    pub fn own_listing(&self, place: PlaceId, collection: CollectionId) -> Option<&Listing> {
        self.own_of(place, collection).map(|own| &*own.listing)
    }

    /// The fingerprint of what is ahead in it.
    pub fn ahead_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.own_of(place, id).map(|own| own.ahead)
    }

    /// The collections with records at a place itself, in their order.
    pub fn own_collections(&self, place: PlaceId) -> impl Iterator<Item = CollectionId> + use<'_> {
        self.at(place).own_collections()
    }

    /// What the pages of a collection's records at a place are planned by. They are those of the
    /// place's own records; there is no total of them.
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

    /// The fingerprint of [`Self::own`]. It covers what the places named by the figures say of
    /// themselves.
    pub fn own_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.own_of(place, id).map(|own| own.figures.fingerprint)
    }

    /// The fingerprint of [`Self::total`].
    pub fn total_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.total_of(place, id).map(|total| total.figures.fingerprint)
    }

    /// The fingerprint of [`Self::listing`], with what the places of its records are called.
    pub fn listing_fingerprint(&self, place: PlaceId, id: CollectionId) -> Option<Fingerprint> {
        self.total_of(place, id).map(|total| total.listed)
    }
}
