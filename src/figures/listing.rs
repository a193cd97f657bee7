//! The next and the latest records over many places.
//!
//! A [`Listing`] merges like a figure does: that of a place is made from its own record set and
//! the listings of the places that lie in it, so no record is looked at twice.

use std::{cmp::Reverse, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    build::scope::Scope,
    clock::Clock,
    config::Config,
    disclosure::{Portal, summary::SetDigest},
    figures::rollup::{Node, Rollup, print_of},
    fingerprint::Fingerprint,
    schema::{Collection, CollectionId, Moment, PlaceId, RecordSet, RecordView, collection::Order},
};

/// How many records a page over a subtree lists each way.
const SUBTREE: usize = 50;

/// A record of some place, by its index in the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Listed {
    /// When it happens; nothing in a list without dates.
    pub moment: Option<Moment>,
    /// Where.
    pub place: PlaceId,
    /// Its index in the record set.
    pub index: u32,
    /// The fingerprint of what it says.
    pub print: Fingerprint,
}

/// Some records of a place and all places that lie in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listing {
    /// Those after the day of the build, and in a schedule those on it; the next first.
    pub upcoming: Vec<Listed>,
    /// Those before, the latest first. In lists without dates: all, place by place.
    pub recent: Vec<Listed>,
    /// How many records there are in all.
    pub count: usize,
}

/// A listing for each place and collection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Listings(Rollup<Listing>);

impl Listings {
    /// Lists every collection at every place, each way as many records as pages show of it. `known`
    /// are the listings of an earlier build, which stay but for those of the places in `scope`.
    pub fn new(portal: &Portal, config: &Config, scope: &Scope, known: Self) -> Self {
        let merge = |id: CollectionId, sum: &mut Listing, more: &Listing| {
            sum.merge(more, limit(portal.collections().get(id), config));
        };
        // Every listed record shows where it was recorded.
        let print = |_, it: &Listing| {
            let ways = it.upcoming.iter().chain(&it.recent);
            let ways = ways.map(|it| portal.catalog.print_of_way(it.place));
            Fingerprint::of(it).and(Fingerprint::of_all(ways))
        };
        let limits = portal.collections().iter().map(|(_, it)| limit(it, config));
        let rules = Fingerprint::of(&limits.collect::<Vec<_>>());
        let own = |place: PlaceId| own_of(portal, place);
        Self(Rollup::new(portal.places(), scope, known.0, rules, own, merge, print))
    }

    /// The listing of a collection at a place.
    pub fn get<'a>(
        &'a self,
        portal: &'a Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<&'a Listing> {
        match self.0.at(place) {
            Some(rolled) => rolled.get(collection).map(|it| &*it.value),
            None => portal.digest(place, collection).map(|it| &*it.listing),
        }
    }

    /// Its fingerprint.
    pub fn print_of(
        &self,
        portal: &Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Fingerprint> {
        match self.0.at(place) {
            Some(rolled) => rolled.get(collection).map(|it| it.print),
            None => {
                let way = portal.catalog.print_of_way(place);
                portal.digest(place, collection).map(|it| node(it, way).print)
            }
        }
    }

    /// The fingerprint of all listings of a place.
    pub fn print_at(&self, portal: &Portal, place: PlaceId) -> Fingerprint {
        match self.0.at(place) {
            Some(rolled) => rolled.print(),
            None => {
                let own: Vec<_> = own_of(portal, place).collect();
                print_of(own.iter().map(|(id, it)| (*id, it)))
            }
        }
    }
}

/// The listings of the records of a place itself.
fn own_of(
    portal: &Portal,
    place: PlaceId,
) -> impl Iterator<Item = (CollectionId, Node<Listing>)> + use<'_> {
    let way = portal.catalog.print_of_way(place);
    portal.digests(place).map(move |(id, it)| (id, node(it, way)))
}

fn node(digest: &SetDigest, way: Fingerprint) -> Node<Listing> {
    Node { value: Arc::clone(&digest.listing), print: digest.listed.and(way) }
}

/// How many records of a collection are listed each way.
pub fn limit(collection: &Collection, config: &Config) -> usize {
    collection.preview.max(if config.pages.subtrees { SUBTREE } else { 0 })
}

impl Listing {
    /// What a place's page shows of it: what comes next of a schedule, the latest of others.
    pub fn preview(&self, collection: &Collection) -> Vec<Listed> {
        let schedule = collection.view == RecordView::Schedule;
        let shown = if schedule { &self.upcoming } else { &self.recent };
        shown.iter().take(collection.preview).copied().collect()
    }

    fn merge(&mut self, other: &Self, limit: usize) {
        self.upcoming.extend_from_slice(&other.upcoming);
        self.upcoming.sort_unstable();
        self.upcoming.truncate(limit);
        self.recent.extend_from_slice(&other.recent);
        self.recent.sort_unstable_by_key(latest_first);
        self.recent.truncate(limit);
        self.count += other.count;
    }
}

fn latest_first(listed: &Listed) -> (Reverse<Option<Moment>>, PlaceId, u32) {
    (Reverse(listed.moment), listed.place, listed.index)
}

/// The listing of a record set, whose records have these fingerprints.
pub fn own(
    set: &RecordSet,
    collection: &Collection,
    limit: usize,
    prints: &[Fingerprint],
    clock: &Clock,
) -> Listing {
    let dated = collection.dating.is_some() && collection.view != RecordView::Directory;
    let count = set.records.len();
    if limit == 0 {
        return Listing { count, ..Listing::default() };
    }
    // There is one for every list of the portal.
    let recent = Vec::with_capacity(if dated { count.min(limit) } else { count });
    let mut listing = Listing { upcoming: Vec::new(), recent, count };
    let mut add = |index: usize| {
        let moment = if dated { collection.moment(&set.records[index]) } else { None };
        let print = prints[index];
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let listed = Listed { moment, place: set.place, index, print };
        // What is recorded of today has happened; what a schedule has for today is to come.
        let to_come = moment.is_some_and(|it| {
            if collection.view == RecordView::Schedule {
                !clock.is_past(it.date)
            } else {
                !clock.reached(it.date)
            }
        });
        if to_come {
            listing.upcoming.push(listed);
            true
        } else {
            listing.recent.push(listed);
            listing.recent.len() < limit
        }
    };
    if dated && collection.order == Order::Newest {
        // The latest stand first, so the search ends when there are enough of them.
        (0..set.records.len()).take_while(|it| add(*it)).for_each(drop);
    } else {
        (0..set.records.len()).for_each(|it| {
            add(it);
        });
    }
    listing.upcoming.sort_unstable();
    listing.upcoming.truncate(limit);
    listing.recent.sort_unstable_by_key(latest_first);
    listing.recent.truncate(limit);
    listing
}
