//! The figures of a place, and how they merge up the places.
//!
//! For each collection a place has up to two sets of figures: its own, measured of its record set,
//! and the total, merged from its own and from the totals of the places right below.
//!
//! If only one place has records, its values are shared by all places above it, not copied.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Validity,
    disclosure::{Portal, SetSummary},
    figures::{
        Contents, Listing, Tallies, Tally, measure,
        measures::{MeasuredSets, Measures},
    },
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, TreeNode},
};

/// The figures of a place: of its own records, and with those of all places in it.
///
/// It is what the build state keeps of a place. Collections are in order of their ids in both
/// lists.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceFigures {
    /// Of its own record sets, in the order of the catalog. Silent ones have none. A silent set is
    /// one of which nothing is posted.
    own: Vec<Own>,
    /// By collection. It has each collection that the place or a place in it has.
    total: Vec<Total>,
    /// The fingerprint of all that pages of this place and of those around it show of it.
    fingerprint: Fingerprint,
    /// The fingerprint of that and of the same of all places in it.
    subtree: Fingerprint,
    /// The fingerprint of what the places in it show of its own records.
    inherited: Fingerprint,
}

/// The figures of a record set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Own {
    collection: CollectionId,
    /// The fingerprint of what they were measured from.
    from: Fingerprint,
    valid: Validity,
    pub(super) figures: FigureTallies,
    pub(super) listing: Arc<Listing>,
    listed: Fingerprint,
    /// The fingerprint of what is ahead, with the place where it is.
    pub(super) ahead: Fingerprint,
    pub(super) contents: Contents,
    planned: Fingerprint,
}

/// The figures of a collection over a place and all places in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Total {
    collection: CollectionId,
    pub(super) figures: FigureTallies,
    pub(super) listing: Arc<Listing>,
    pub(super) listed: Fingerprint,
}

/// Tallies and their fingerprint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FigureTallies {
    pub(super) tallies: Arc<Tallies>,
    pub(super) fingerprint: Fingerprint,
}

impl PlaceFigures {
    /// The figures of the record sets of a place. `known` are its figures of an earlier build: of
    /// record sets that are the same they stay. Those of the others are `measured` already, or else
    /// their records are read.
    ///
    /// A set that cannot be read gets empty figures. That has torn the build, so they are never
    /// shown.
    pub(super) fn own_of(
        portal: &Portal<'_>,
        place: PlaceId,
        limits: &[usize],
        known: Option<&Self>,
        measured: &MeasuredSets,
    ) -> Vec<Own> {
        let own = |(collection, summary): (CollectionId, &SetSummary)| {
            let limit = limits[usize::from(collection.0)];
            let around = portal.catalog.collection_fingerprint(collection);
            let from = summary.records.and(around).and(Fingerprint::of(&(place, limit)));
            // Their fingerprints have what the places say of themselves.
            let from = from.and(portal.catalog.ancestry_fingerprint(place));
            let same = known.and_then(|known| known.own(collection));
            let same = same.filter(|own| own.from == from && own.valid.holds(&portal.clock));
            same.cloned().unwrap_or_else(|| {
                let at_hand = measured.take(portal, place, collection);
                let measures = at_hand.unwrap_or_else(|| {
                    // Of a set whose files were written meanwhile there is nothing.
                    let set = portal.records(place, collection);
                    set.map(|set| Measures::new(&set, &portal.catalog, limit, &portal.clock))
                        .unwrap_or_default()
                });
                Own::new(portal, collection, from, measures)
            })
        };
        portal.summaries(place).map(own).collect()
    }

    /// Merges the figures of a place's own record sets with those of the places in it. `children`
    /// must be all places right below. O(collections × children), and the size of the merged values.
    pub(super) fn new(
        portal: &Portal<'_>,
        limits: &[usize],
        own: Vec<Own>,
        children: &[&TreeNode<Self>],
    ) -> Self {
        let mut collections: Vec<CollectionId> = own.iter().map(|it| it.collection).collect();
        collections.extend(children.iter().flat_map(|child| child.value.collections()));
        collections.sort_unstable();
        collections.dedup();
        let total = collections
            .into_iter()
            .map(|id| {
                let own = own.iter().find(|own| own.collection == id);
                let below: Vec<&Total> =
                    children.iter().filter_map(|child| child.value.total(id)).collect();
                merged(portal, id, own, &below, limits[usize::from(id.0)])
            })
            .collect();
        let mut figures = Self {
            own,
            total,
            fingerprint: Fingerprint::default(),
            subtree: Fingerprint::default(),
            inherited: Fingerprint::default(),
        };
        figures.inherited = figures.given(portal);
        figures.fingerprint = figures.all();
        let below = children.iter().map(|child| child.value.subtree);
        figures.subtree = Fingerprint::of_all([figures.fingerprint].into_iter().chain(below));
        figures
    }

    /// The fingerprint of all figures, and of what lists are planned by.
    fn all(&self) -> Fingerprint {
        let own = self.own.iter().map(|own| (own.collection, own.figures.fingerprint, own.planned));
        let total = self
            .total
            .iter()
            .map(|total| (total.collection, total.figures.fingerprint, total.listed));
        Fingerprint::of(&(own.collect::<Vec<_>>(), total.collect::<Vec<_>>()))
    }

    /// The fingerprint of what is ahead of its own record sets that are inherited, and of which they
    /// are; zero if there are none.
    fn given(&self, portal: &Portal<'_>) -> Fingerprint {
        let inherited = |own: &&Own| portal.collections().get(own.collection).inherited;
        let given = self.own.iter().filter(inherited).map(|own| (own.collection, own.ahead));
        let given: Vec<(CollectionId, Fingerprint)> = given.collect();
        if given.is_empty() { Fingerprint::default() } else { Fingerprint::of(&given) }
    }

    /// The figures of a record set of the place, if anything of it is posted.
    pub(super) fn own(&self, collection: CollectionId) -> Option<&Own> {
        self.own.iter().find(|own| own.collection == collection)
    }

    /// The figures of a collection over the subtree, if anything of it is posted there.
    pub(super) fn total(&self, collection: CollectionId) -> Option<&Total> {
        let found = self.total.binary_search_by_key(&collection, |total| total.collection);
        found.ok().map(|at| &self.total[at])
    }

    /// The collections with records at the place or below it, in their order.
    pub(super) fn collections(&self) -> impl ExactSizeIterator<Item = CollectionId> + use<'_> {
        self.total.iter().map(|total| total.collection)
    }

    /// The collections with records at the place itself, in their order.
    pub(super) fn own_collections(&self) -> impl Iterator<Item = CollectionId> + use<'_> {
        self.own.iter().map(|own| own.collection)
    }

    /// For which moments the figures of its own records hold.
    pub(super) fn valid(&self) -> Validity {
        self.own.iter().map(|own| own.valid).fold(Validity::ALWAYS, Validity::and)
    }

    /// The fingerprint of all that pages show of it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The fingerprint of all that pages show of it and of the places in it.
    pub fn subtree_fingerprint(&self) -> Fingerprint {
        self.subtree
    }

    /// The fingerprint of all that pages of the places in it show of its own records.
    pub fn inherited_fingerprint(&self) -> Fingerprint {
        self.inherited
    }
}

impl Own {
    /// Own figures from measures.
    fn new(
        portal: &Portal<'_>,
        collection: CollectionId,
        from: Fingerprint,
        measures: Measures,
    ) -> Self {
        let Measures { tallies, listing, contents, valid } = measures;
        let fingerprint = fingerprint(portal, collection, &tallies);
        Self {
            collection,
            from,
            valid,
            figures: FigureTallies { tallies: Arc::new(tallies), fingerprint },
            listed: listing.fingerprint(&portal.catalog),
            ahead: listing.ahead_fingerprint(&portal.catalog),
            listing: Arc::new(listing),
            planned: Fingerprint::of(&contents),
            contents,
        }
    }
}

/// The figures of a collection at a place, with those `below`.
///
/// Without records of its own and with one place below, or the other way round, there is nothing to
/// add up: the values are shared.
fn merged(
    portal: &Portal<'_>,
    collection: CollectionId,
    own: Option<&Own>,
    below: &[&Total],
    limit: usize,
) -> Total {
    let own = own.map(|own| (&own.figures, &own.listing, own.listed));
    let (figures, listing, listed) = match (own, below) {
        (Some((figures, listing, listed)), []) => (figures.clone(), Arc::clone(listing), listed),
        (None, [one]) => (one.figures.clone(), Arc::clone(&one.listing), one.listed),
        (own, below) => {
            let below = below.iter().map(|total| (&total.figures, &total.listing, total.listed));
            let (tallies, listing) = sum(own.into_iter().chain(below), limit);
            let fingerprint = fingerprint(portal, collection, &tallies);
            let listed = listing.fingerprint(&portal.catalog);
            (FigureTallies { tallies: Arc::new(tallies), fingerprint }, Arc::new(listing), listed)
        }
    };
    Total { collection, figures, listing, listed }
}

/// The tallies and the listing of several places. O(figures × places), and a merge of listings for
/// each place. Empty if there are none.
fn sum<'a>(
    all: impl Iterator<Item = (&'a FigureTallies, &'a Arc<Listing>, Fingerprint)>,
    limit: usize,
) -> (Tallies, Listing) {
    let (mut tallies, mut listing): (Option<Tallies>, Listing) = Default::default();
    for (figure, more, _) in all {
        match &mut tallies {
            None => (tallies, listing) = (Some(figure.tallies.to_vec()), Listing::clone(more)),
            Some(tallies) => {
                tallies.iter_mut().zip(&*figure.tallies).for_each(|(sum, more)| sum.merge(more));
                listing.merge(more, limit);
            }
        }
    }
    (tallies.unwrap_or_default(), listing)
}

/// The fingerprint of tallies, with what the places that they name say of themselves.
///
/// A figure `next` shows a link to a place, which has to follow when that place is renamed.
fn fingerprint(portal: &Portal<'_>, collection: CollectionId, tallies: &Tallies) -> Fingerprint {
    let next = |tally: &Tally| {
        let measured: Vec<&measure::Measured> = match tally {
            Tally::One(one) => vec![one],
            Tally::Groups(groups) => groups.values().collect(),
            Tally::TooMany => Vec::new(),
        };
        let place = |measured: &measure::Measured| match measured {
            measure::Measured::Next(Some((_, place))) => Some(*place),
            _ => None,
        };
        measured.into_iter().filter_map(place).collect::<Vec<_>>()
    };
    let named = portal.catalog.named_places_fingerprint(collection);
    let places = tallies.iter().flat_map(next);
    let ancestries = places.map(|place| portal.catalog.ancestry_fingerprint(place));
    ancestries.chain(named).fold(Fingerprint::of(tallies), Fingerprint::and)
}
