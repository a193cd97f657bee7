//! The next and the latest records over many places.
//!
//! A [`Listing`] merges like a figure does: that of a place is made from its own record set and
//! the listings of the places that lie in it, so no record is looked at twice.

use std::{cmp::Reverse, collections::BTreeMap};

use rayon::prelude::*;

use crate::{
    config::Config,
    portal::Portal,
    schema::{CollectionId, Moment, PlaceId, View, collection::Order},
};

/// How many records a page over a subtree lists each way.
const SUBTREE: usize = 50;

/// A record of some place, by its index in the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// When it happens; nothing in a list without dates.
    pub moment: Option<Moment>,
    /// Where.
    pub place: PlaceId,
    /// Its index in the record set.
    pub index: u32,
}

/// Some records of a place and all places that lie in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Those after the day of the build, and in a schedule those on it; the next first.
    pub upcoming: Vec<Listed>,
    /// Those before, the latest first. In lists without dates: all, place by place.
    pub recent: Vec<Listed>,
    /// How many records there are in all.
    pub count: usize,
}

/// A listing for each place and collection.
#[derive(Debug, Default)]
pub struct Listings {
    by_place: Vec<BTreeMap<CollectionId, Listing>>,
}

impl Listings {
    /// Lists every collection at every place, each way as many records as pages show of it.
    pub fn new(portal: &Portal, config: &Config) -> Self {
        let subtree = if config.pages.subtrees { SUBTREE } else { 0 };
        let limit = |it: CollectionId| portal.collections.get(it).preview.max(subtree);
        let mut by_place: Vec<BTreeMap<CollectionId, Listing>> =
            portal.places.par_iter().map(|place| own(portal, place.id, &limit)).collect();
        for place in portal.places.iter().rev() {
            let Some(parent) = place.parent else { continue };
            let (before, after) = by_place.split_at_mut(place.id.index());
            for (collection, listing) in &after[0] {
                before[parent.index()]
                    .entry(*collection)
                    .or_default()
                    .merge(listing, limit(*collection));
            }
        }
        Self { by_place }
    }

    /// The listing of a collection at a place.
    pub fn get(&self, place: PlaceId, collection: CollectionId) -> Option<&Listing> {
        self.by_place.get(place.index())?.get(&collection)
    }
}

impl Listing {
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

fn own(
    portal: &Portal,
    place: PlaceId,
    limit: &(impl Fn(CollectionId) -> usize + Sync),
) -> BTreeMap<CollectionId, Listing> {
    let mut listings = BTreeMap::new();
    for set in portal.sets(place) {
        let collection = portal.collections.get(set.collection);
        let dated = collection.dating.is_some() && collection.view != View::Directory;
        let mut listing = Listing { count: set.records.len(), ..Listing::default() };
        let limit = limit(set.collection);
        if limit == 0 {
            listings.insert(set.collection, listing);
            continue;
        }
        let mut add = |index: usize| {
            let moment = if dated { collection.moment(&set.records[index]) } else { None };
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let listed = Listed { moment, place, index };
            // What is recorded of today has happened; what a schedule has for today is to come.
            let to_come = moment.is_some_and(|it| {
                if collection.view == View::Schedule {
                    !portal.clock.is_past(it.date)
                } else {
                    !portal.clock.reached(it.date)
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
        listings.insert(set.collection, listing);
    }
    listings
}
