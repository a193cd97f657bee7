//! The public model: all that may ever be published.
//!
//! [`publish`] takes what staff wrote and keeps what residents may see at this moment. Everything
//! after it sees a [`Portal`] only.

mod clash;
mod pictures;
mod posted;
mod privacy;
mod report;
mod suppress;
mod windows;
mod withdrawn;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use report::{Row, report};
pub use suppress::{Released, Sum, Sums};
pub use windows::Why;

use crate::{
    clock::Clock,
    diagnostic::{Checked, Location},
    portal::{posted::Posted, privacy::Persons},
    schema::{
        CollectionId, Collections, Notice, Place, PlaceId, RecordSet, Records, collection::Choice,
        notice::NoticeId, posting::Names,
    },
    source::SitePath,
};

/// The public portal at a moment.
#[derive(Debug, Default)]
pub struct Portal {
    /// The moment that it is built for.
    pub clock: Clock,
    /// The collections that there are.
    pub collections: Collections,
    /// The words for the levels of places.
    pub levels: Vec<Choice>,
    /// The places, parents before children; the first is the root.
    pub places: Vec<Place>,
    /// Every image of the content folder.
    pub images: BTreeSet<SitePath>,
    sets: Vec<BTreeMap<CollectionId, RecordSet>>,
    notices: Vec<Notice>,
    notices_at: HashMap<PlaceId, Vec<NoticeId>>,
    notice_of: HashMap<SitePath, NoticeId>,
    silent: Vec<Silent>,
    neighbours: Vec<Neighbours>,
    released: Released,
    known: HashSet<u64>,
}

/// What a portal publishes of what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How much of names is shown.
    pub names: Names,
    /// Drafts are shown.
    pub drafts: bool,
}

/// A record or notice that is not posted: where it stands, and why. Nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Where it would be posted.
    pub place: PlaceId,
    /// Its collection; nothing for a notice.
    pub collection: Option<CollectionId>,
    /// Where it stands.
    pub location: Location,
    /// Why.
    pub why: Why,
}

/// A file of which nothing is posted: nothing else is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// The file.
    pub file: SitePath,
    /// Its place.
    pub place: PlaceId,
}

/// The notices of a place posted before and after one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one posted before.
    pub older: Option<NoticeId>,
    /// The one posted after.
    pub newer: Option<NoticeId>,
}

/// Keeps what may be published at this moment, each record set in the order in which it is shown,
/// and lists what is kept back.
pub fn publish(records: Records, rules: Rules, clock: &Clock) -> Checked<(Portal, Vec<Withheld>)> {
    let mut posted = Posted::new(records.places.len(), records.unread);
    let persons = Persons { names: rules.names, clock };
    posted.records(records.sets, (&records.collections, &records.places), persons, rules);
    posted.notices(records.notices, rules, clock);
    let Posted { mut sets, notices, withheld, silent, withdrawn, mut diagnostics } = posted;
    let released =
        suppress::hide(&mut sets, &records.places, &records.levels, &records.collections);
    let mut portal = Portal {
        clock: clock.clone(),
        collections: records.collections,
        levels: records.levels,
        places: records.places,
        images: records.images,
        sets,
        notices,
        silent,
        released,
        known: records.known,
        ..Portal::default()
    };
    portal.index();
    diagnostics.extend(withdrawn::check(&portal, &withdrawn));
    Checked { value: (portal, withheld), diagnostics }
}

/// Pinned notices first, then the latest; of one day by address.
pub fn by_rank(notice: &Notice) -> impl Ord + use<'_> {
    (!notice.pinned, std::cmp::Reverse(notice.date), &notice.slug, notice.place)
}

impl Portal {
    /// Finds out which notices are posted where, and one after the other.
    fn index(&mut self) {
        self.neighbours = vec![Neighbours::default(); self.notices.len()];
        for (id, notice) in (0..).map(NoticeId).zip(&self.notices) {
            self.notices_at.entry(notice.place).or_default().push(id);
            self.notice_of.insert(notice.file.clone(), id);
        }
        for ids in self.notices_at.values_mut() {
            let notice = |id: &NoticeId| &self.notices[id.0 as usize];
            ids.sort_by_key(|it| (notice(it).date, notice(it).file.clone()));
            for pair in ids.windows(2) {
                self.neighbours[pair[0].0 as usize].newer = Some(pair[1]);
                self.neighbours[pair[1].0 as usize].older = Some(pair[0]);
            }
            ids.sort_by(|a, b| by_rank(notice(a)).cmp(&by_rank(notice(b))));
        }
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.index()]
    }

    /// A notice.
    pub fn notice(&self, id: NoticeId) -> &Notice {
        &self.notices[id.0 as usize]
    }

    /// The notices of the same place posted just before and after.
    pub fn neighbours(&self, id: NoticeId) -> Neighbours {
        self.neighbours[id.0 as usize]
    }

    /// The notice in a file.
    pub fn notice_of(&self, file: &SitePath) -> Option<&Notice> {
        self.notice_of.get(file).map(|it| self.notice(*it))
    }

    /// The files of which nothing is posted.
    pub fn silent(&self) -> &[Silent] {
        &self.silent
    }

    /// The keys of the personal data that texts hold and may hold.
    pub fn known(&self) -> &HashSet<u64> {
        &self.known
    }

    /// What may be said of the sums that hold counts too small to be shown.
    pub fn released(&self) -> &Released {
        &self.released
    }

    /// All notices.
    pub fn notices(&self) -> impl Iterator<Item = (NoticeId, &Notice)> {
        (0..).map(NoticeId).zip(&self.notices)
    }

    /// The notices of a place, pinned ones first, then the latest.
    pub fn notices_at(&self, place: PlaceId) -> &[NoticeId] {
        self.notices_at.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The record set of a collection at a place.
    pub fn set(&self, place: PlaceId, collection: CollectionId) -> Option<&RecordSet> {
        self.sets.get(place.index())?.get(&collection)
    }

    /// The record sets of a place, by collection.
    pub fn sets(&self, place: PlaceId) -> impl Iterator<Item = &RecordSet> {
        self.sets[place.index()].values()
    }

    /// A place and all places that lie in it, each before its children.
    pub fn subtree(&self, place: PlaceId) -> Vec<PlaceId> {
        let mut ids = vec![place];
        let mut next = 0;
        while let Some(id) = ids.get(next) {
            ids.extend_from_slice(&self.place(*id).children);
            next += 1;
        }
        ids
    }

    /// The places that a place lies in, the root first, itself last.
    pub fn ancestry(&self, place: PlaceId) -> Vec<PlaceId> {
        let mut ids: Vec<_> =
            std::iter::successors(Some(place), |it| self.place(*it).parent).collect();
        ids.reverse();
        ids
    }
}
