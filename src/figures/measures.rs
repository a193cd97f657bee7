//! All that is measured of a record set while it is in memory: tallies, listing, contents.
//!
//! Records are the bulk of a portal. They are measured while disclosure has them at hand, and by
//! then only `Measures` stays: they are handed to [`super::Figures::new`] by the index of their
//! record set. Those of record sets that did not have to be read are known from the last build.

use std::sync::{Mutex, PoisonError};

use crate::{
    clock::{Clock, Validity},
    config::Config,
    disclosure::Portal,
    figures::{Contents, Listing, Tallies, listing, tally},
    schema::{Catalog, CollectionId, PlaceId, RecordSet},
};

/// All that is measured of a record set.
#[derive(Debug, Default)]
pub struct Measures {
    pub(super) tallies: Tallies,
    pub(super) listing: Listing,
    pub(super) contents: Contents,
    /// For which moments they hold. A figure `this-year` holds until the year ends, a listing until
    /// its next record is due.
    pub(super) valid: Validity,
}

impl Measures {
    /// Measures a record set as it is published. `limit` is how many records are listed each way.
    /// It asks a fork of the clock, so that `valid` is that of this set alone. O(records) for each
    /// figure.
    pub fn new(set: &RecordSet, catalog: &Catalog, limit: usize, clock: &Clock) -> Self {
        let (collection, clock) = (catalog.collections.get(set.collection), clock.fork());
        let tallies = tally(set, collection, &clock);
        let listing = listing::own(set, collection, limit, catalog, &clock);
        let contents = Contents::new(set, collection, catalog);
        Self { tallies, listing, contents, valid: clock.validity() }
    }
}

/// How many records of each collection are listed each way, by the collection's index. They are the
/// same for all places, so they are found once for a build.
pub fn limits(catalog: &Catalog, config: &Config) -> Vec<usize> {
    catalog.collections.iter().map(|(_, collection)| listing::limit(collection, config)).collect()
}

/// What was measured of record sets while they were read. Each can be taken once, from any thread:
/// it is moved out, not copied.
pub(super) struct MeasuredSets(Vec<Mutex<Option<Measures>>>);

impl MeasuredSets {
    /// Measures by the index of their record sets, of which there are `count`.
    pub(super) fn new(measured: Vec<(usize, Measures)>, count: usize) -> Self {
        let mut all: Vec<Mutex<Option<Measures>>> = (0..count).map(|_| Mutex::default()).collect();
        for (index, measures) in measured {
            all[index] = Mutex::new(Some(measures));
        }
        Self(all)
    }

    /// The measures of a collection at a place. `None` if the set was not read in this build, if
    /// there is none, or if they were taken before.
    pub(super) fn take(
        &self,
        portal: &Portal<'_>,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Measures> {
        let index = portal.catalog.set_index(place, collection)?;
        self.0[index].lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
