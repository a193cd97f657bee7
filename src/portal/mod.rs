//! The public model: all that may ever be published.
//!
//! [`publish`] takes what staff wrote and keeps what residents may see at this moment. Everything
//! after it sees a [`Portal`] only.

mod privacy;
mod report;
mod suppress;
mod windows;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use report::{Row, report};
pub use suppress::{Released, Sum, Sums};
pub use windows::Why;

use rayon::prelude::*;

use crate::{
    clock::Clock,
    diagnostic::{Location, Position, Range},
    portal::privacy::Persons,
    schema::{
        Collection, CollectionId, Collections, Notice, Place, PlaceId, Record, RecordSet, Records,
        collection::{Choice, Order},
        notice::NoticeId,
        posting::Names,
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
pub fn publish(records: Records, rules: Rules, clock: &Clock) -> (Portal, Vec<Withheld>) {
    let mut sets = vec![BTreeMap::new(); records.places.len()];
    let persons = Persons { names: rules.names, clock };
    let collections = &records.collections;
    let published: Vec<_> = records
        .sets
        .into_par_iter()
        .map(|set| {
            let collection = collections.get(set.collection);
            let (mut set, hidden) = posted(set, collection, persons, rules.drafts);
            order(&mut set, collection);
            (set, hidden)
        })
        .collect();
    let mut withheld = Vec::new();
    let unread = records.unread.into_iter().map(|(file, place)| Silent { file, place });
    let mut silent: Vec<Silent> = unread.collect();
    for (set, hidden) in published {
        // A list of which nothing is posted has no page, as if there were none.
        if set.records.is_empty() && !hidden.is_empty() {
            silent.extend(set.files.into_iter().map(|file| Silent { file, place: set.place }));
        } else {
            sets[set.place.index()].insert(set.collection, set);
        }
        withheld.extend(hidden);
    }
    let released = suppress::hide(&mut sets, &records.places, &records.levels, collections);
    let mut notices = Vec::new();
    for notice in records.notices {
        match notice_closed(&notice, rules.drafts, clock) {
            None => notices.push(notice),
            Some(why) => {
                silent.push(Silent { file: notice.file.clone(), place: notice.place });
                let location = Location::file(notice.file);
                withheld.push(Withheld { place: notice.place, collection: None, location, why });
            }
        }
    }
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
    let portal = Portal {
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
        released,
        known: records.known,
    };
    (portal, withheld)
}

/// The records of a set that are posted, as they may be shown, and those that are kept back.
fn posted(
    mut set: RecordSet,
    collection: &Collection,
    persons: Persons<'_>,
    drafts: bool,
) -> (RecordSet, Vec<Withheld>) {
    let mut withheld = Vec::new();
    if privacy::is_plain(collection) && set.records.iter().all(|it| it.posting.is_none()) {
        return (set, withheld);
    }
    let records = std::mem::take(&mut set.records);
    set.records.reserve(records.len());
    for mut record in records {
        let posting = record.posting.as_deref();
        let closed = posting.and_then(|it| windows::closed(it, drafts, persons.clock));
        let kept = match closed {
            Some(why) => Err(why),
            None => persons.apply(collection, &mut record),
        };
        match kept {
            Ok(()) => set.records.push(record),
            Err(why) => {
                let line = record.line;
                let start = Position { line, column: 1 };
                let location = Location {
                    file: set.files[usize::from(record.file)].clone(),
                    range: Some(Range { start, end: start }),
                    quote: None,
                };
                let collection = Some(set.collection);
                withheld.push(Withheld { place: set.place, collection, location, why });
            }
        }
    }
    (set, withheld)
}

/// Why a notice is not posted: besides its window it has a last day of its own.
fn notice_closed(notice: &Notice, drafts: bool, clock: &Clock) -> Option<Why> {
    let posting = &notice.posting;
    let withdrawn = posting.withdrawn.filter(|it| clock.reached(*it)).map(Why::Withdrawn);
    let over = notice.until.filter(|it| clock.is_past(*it));
    let over = over.and_then(|it| it.tomorrow().ok()).map(|it| Why::Over(it.at(0, 0, 0, 0)));
    windows::closed(posting, drafts, clock).or(withdrawn).or(over)
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
