//! The public model: all that may ever be published.
//!
//! [`publish`] takes what staff wrote and keeps what residents may see at this moment. Everything
//! after it sees a [`Portal`] only.

mod windows;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    clock::Clock,
    schema::{
        Collection, CollectionId, Collections, Notice, Place, PlaceId, Record, RecordSet, Records,
        collection::{Choice, Order},
        notice::NoticeId,
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
    silent: Vec<(SitePath, PlaceId)>,
    neighbours: Vec<Neighbours>,
}

/// The notices of a place posted before and after one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one posted before.
    pub older: Option<NoticeId>,
    /// The one posted after.
    pub newer: Option<NoticeId>,
}

/// Keeps what may be published at this moment, each record set in the order in which it is shown.
pub fn publish(records: Records, clock: &Clock) -> Portal {
    let mut sets = vec![BTreeMap::new(); records.places.len()];
    for mut set in records.sets {
        let collection = set.collection;
        order(&mut set, records.collections.get(collection));
        sets[set.place.index()].insert(set.collection, set);
    }
    let (notices, withheld) = windows::posted(records.notices, clock);
    let mut silent = records.unread;
    silent.extend(withheld.into_iter().map(|it| (it.file, it.place)));
    let mut notices_at: HashMap<PlaceId, Vec<NoticeId>> = HashMap::new();
    for (id, notice) in (0..).map(NoticeId).zip(&notices) {
        notices_at.entry(notice.place).or_default().push(id);
    }
    let mut neighbours = vec![Neighbours::default(); notices.len()];
    for ids in notices_at.values_mut() {
        let notice = |id: &NoticeId| &notices[id.0 as usize];
        ids.sort_by_key(|it| (notice(it).date, notice(it).file.clone()));
        for pair in ids.windows(2) {
            neighbours[pair[0].0 as usize].newer = Some(pair[1]);
            neighbours[pair[1].0 as usize].older = Some(pair[0]);
        }
        ids.sort_by(|a, b| by_rank(&notices[a.0 as usize]).cmp(&by_rank(&notices[b.0 as usize])));
    }
    let notice_of =
        (0..).map(NoticeId).zip(&notices).map(|(id, it)| (it.file.clone(), id)).collect();
    Portal {
        clock: clock.clone(),
        collections: records.collections,
        levels: records.levels,
        places: records.places,
        images: records.images,
        sets,
        notices,
        notices_at,
        notice_of,
        silent,
        neighbours,
    }
}

/// Pinned notices first, then the latest; of one day by address.
pub fn by_rank(notice: &Notice) -> impl Ord + use<'_> {
    (!notice.pinned, std::cmp::Reverse(notice.date), &notice.slug, notice.place)
}

fn order(set: &mut RecordSet, collection: &Collection) {
    let moment = |it: &Record| collection.moment(it);
    match collection.order {
        Order::File => {}
        Order::Oldest => set.records.sort_by_cached_key(moment),
        Order::Newest => set.records.sort_by_cached_key(|it| std::cmp::Reverse(moment(it))),
    }
}

impl Portal {
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

    /// The files of notices that are not posted, and their places: nothing else is known of them.
    pub fn silent(&self) -> &[(SitePath, PlaceId)] {
        &self.silent
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
