//! The next and the latest records over many places.
//!
//! A [`Listing`] merges like a figure does: that of a place is made from its own record set and
//! the listings of the places that lie in it, so no record is looked at twice.
//!
//! For a collection of honours at a street with two communities, on 2026-03-05:
//!
//! ```text
//! 一心社区   2026-03-01  2026-02-11        own listing
//! 二街社区   2026-03-04  2025-12-30        own listing
//! 街道       2026-03-04  2026-03-01  2026-02-11  2025-12-30    merged
//! ```
//!
//! A listing holds at most as many records each way as a page can show. That is enough to merge:
//! the latest 50 of a subtree are among the latest 50 of each place in it. Equal days are ordered
//! by place and position, so the result does not depend on the order of merging.
//!
//! Only indexes and fingerprints are held. The records are read when a page shows them.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    config::Config,
    disclosure::record_fingerprint,
    fingerprint::Fingerprint,
    schema::{Catalog, Collection, Moment, PlaceId, RecordSet, RecordView, collection::Order},
};

/// How many records a page over a subtree lists each way.
///
/// So a page over the whole portal stays short, and reads at most 100 record sets for its records.
const SUBTREE: usize = 50;

/// A record of some place, by its index in the set.
///
/// The order of fields is the order of what is to come: by moment, then place, then position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Listed {
    /// When it happens; nothing in a list without dates.
    pub moment: Option<Moment>,
    /// Where.
    pub place: PlaceId,
    /// Its index in the record set.
    pub index: u32,
    /// The fingerprint of what it says. With it, a page is made again if a record that it shows
    /// says something else.
    pub content: Fingerprint,
}

/// Some records of a place and all places that lie in it.
///
/// Each record is in one of the two lists, if they have room for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listing {
    /// Those after the day of the build, and in a schedule those on it and those that go on; the next
    /// first.
    pub upcoming: Vec<Listed>,
    /// Those before, the latest first. In lists without dates: all, place by place.
    pub recent: Vec<Listed>,
    /// Those that may be objected to, the first whose period ends first. Such a record is in one of
    /// the other lists as well.
    pub closing: Vec<Listed>,
    /// How many records there are in all, listed or not.
    pub count: usize,
}

/// How many records of a collection are listed each way. It is the larger of what a place's page
/// and a page over a subtree show, as both use the same listing. Zero if there are no pages over
/// subtrees, the preview is switched off, and nothing of it happens at a time.
pub(super) fn limit(collection: &Collection, config: &Config) -> usize {
    // A page that says that nothing happens on a day has to know all of it.
    let is_whole = config.pages.subtrees || collection.happens();
    collection.preview.max(if is_whole { SUBTREE } else { 0 })
}

impl Listing {
    /// The fingerprint of what is listed, and of the places where it was recorded. The places
    /// belong to it as a listed record is shown with a link to its place.
    pub(super) fn fingerprint(&self, catalog: &Catalog) -> Fingerprint {
        let listed = self.upcoming.iter().chain(&self.recent).chain(&self.closing);
        let ancestries = listed.map(|listed| catalog.ancestry_fingerprint(listed.place));
        Fingerprint::of(self).and(Fingerprint::of_all(ancestries))
    }

    /// The fingerprint of what is ahead, and of the places where it was recorded.
    pub(super) fn ahead_fingerprint(&self, catalog: &Catalog) -> Fingerprint {
        let mut listed = self.upcoming.iter().chain(&self.closing).peekable();
        if listed.peek().is_none() {
            return Fingerprint::default();
        }
        let ancestries = listed.map(|listed| catalog.ancestry_fingerprint(listed.place));
        let listed = Fingerprint::of(&(&self.upcoming, &self.closing));
        listed.and(Fingerprint::of_all(ancestries))
    }

    /// What a place's page shows of it: what comes next of a schedule, the latest of others. At
    /// most `preview` of the declaration.
    pub fn preview(&self, collection: &Collection) -> Vec<Listed> {
        let schedule = collection.view == RecordView::Schedule;
        let shown = if schedule { &self.upcoming } else { &self.recent };
        shown.iter().take(collection.preview).copied().collect()
    }

    /// Adds the listing of another place, up to so many records each way.
    ///
    /// Associative and commutative with the same `limit`; the empty listing is the identity. Costs
    /// O(limit log limit).
    pub(super) fn merge(&mut self, other: &Self, limit: usize) {
        self.upcoming.extend_from_slice(&other.upcoming);
        self.upcoming.sort_unstable();
        self.upcoming.truncate(limit);
        self.recent.extend_from_slice(&other.recent);
        self.recent.sort_unstable_by_key(latest_first);
        self.recent.truncate(limit);
        if !other.closing.is_empty() {
            self.closing.extend_from_slice(&other.closing);
            self.closing.sort_unstable();
            self.closing.truncate(limit);
        }
        self.count += other.count;
    }
}

/// The sort key of `recent`: the latest first; of one moment by place and position. Records without
/// a date come last.
fn latest_first(listed: &Listed) -> (Reverse<Option<Moment>>, PlaceId, u32) {
    (Reverse(listed.moment), listed.place, listed.index)
}

/// The listing of a record set.
///
/// What counts as "to come" depends on the view: a flag raising on the 5th is still to come on the
/// 5th, an honour dated the 5th has been awarded. A directory has no dates, whatever its fields: it
/// lists the people in office, not events.
///
/// The clock is asked about every date that decides, so it knows when a record moves from one list
/// to the other. In a list with the newest first the search stops at `limit` past records: the
/// dates after those are past in any case.
pub(super) fn own(
    set: &RecordSet,
    collection: &Collection,
    limit: usize,
    catalog: &Catalog,
    clock: &Clock,
) -> Listing {
    let dated = collection.dating.is_some() && collection.view != RecordView::Directory;
    let count = set.records.len();
    if limit == 0 {
        return Listing { count, ..Listing::default() };
    }
    // There is one for every list of the portal.
    let recent = Vec::with_capacity(if dated { count.min(limit) } else { count });
    let closing = closing(set, limit, clock);
    let mut listing = Listing { upcoming: Vec::new(), recent, closing, count };
    let mut add = |index: usize| {
        let moment = if dated { collection.moment(&set.records[index]) } else { None };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let listed = Listed { moment, place: set.place, index, content: Fingerprint::default() };
        // What is recorded of today has happened; what a schedule has for today, or until a later
        // day, is to come.
        let to_come = moment.is_some_and(|moment| {
            if collection.view == RecordView::Schedule {
                !clock.is_past(moment.until.unwrap_or(moment.date))
            } else {
                !clock.reached(moment.date)
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
        (0..set.records.len()).take_while(|index| add(*index)).for_each(drop);
    } else {
        (0..set.records.len()).for_each(|index| {
            add(index);
        });
    }
    listing.upcoming.sort_unstable();
    listing.upcoming.truncate(limit);
    listing.recent.sort_unstable_by_key(latest_first);
    listing.recent.truncate(limit);
    let Listing { upcoming, recent, closing, .. } = &mut listing;
    for listed in upcoming.iter_mut().chain(recent).chain(closing) {
        let record = &set.records[listed.index as usize];
        listed.content = record_fingerprint(record, catalog, set.collection);
    }
    listing
}

/// The records of a set that may be objected to, by the last day of that, at most so many. Nearly
/// all records have no such day, which costs a look at each.
fn closing(set: &RecordSet, limit: usize, clock: &Clock) -> Vec<Listed> {
    let mut closing: Vec<Listed> = Vec::new();
    for (index, record) in (0..).zip(&set.records) {
        let posting = record.posting.as_deref();
        let Some(objection) = posting.and_then(|it| it.objection.as_ref()) else { continue };
        if clock.is_past(objection.until) {
            continue;
        }
        let date = objection.until;
        let moment = Moment { date, starts: None, until: Some(date), ends: None };
        let (moment, content) = (Some(moment), Fingerprint::default());
        closing.push(Listed { moment, place: set.place, index, content });
    }
    closing.sort_unstable();
    closing.truncate(limit);
    closing
}
