//! What is posted at a moment, and what is kept back.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    clock::Clock,
    diagnostic::{Diagnostic, Location, Position, Range},
    portal::{
        Rules, Silent, Why, Withheld,
        clash::{self, Claim},
        privacy,
        privacy::Persons,
        windows,
        withdrawn::Withdrawn,
    },
    schema::{
        Collection, CollectionId, Collections, Notice, Place, PlaceId, Record, RecordSet,
        collection::Order,
    },
    source::SitePath,
};

/// Records and notices, told apart.
pub(super) struct Posted {
    /// Those that are posted, as they may be shown, by place.
    pub(super) sets: Vec<BTreeMap<CollectionId, RecordSet>>,
    pub(super) notices: Vec<Notice>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) silent: Vec<Silent>,
    pub(super) withdrawn: Vec<Withdrawn>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A record set, told apart.
struct Sorted {
    set: RecordSet,
    withheld: Vec<Withheld>,
    withdrawn: Vec<Withdrawn>,
    diagnostics: Vec<Diagnostic>,
}

impl Posted {
    /// Nothing yet, but the files that could not be read.
    pub(super) fn new(places: usize, unread: Vec<(SitePath, PlaceId)>) -> Self {
        Self {
            sets: vec![BTreeMap::new(); places],
            notices: Vec::new(),
            withheld: Vec::new(),
            silent: unread.into_iter().map(|(file, place)| Silent { file, place }).collect(),
            withdrawn: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Sorts record sets.
    pub(super) fn records(
        &mut self,
        sets: Vec<RecordSet>,
        (collections, places): (&Collections, &[Place]),
        persons: Persons<'_>,
        rules: Rules,
    ) {
        let sort = |set: RecordSet| {
            let (place, collection) = (set.place, collections.get(set.collection));
            sorted(set, collection, &places[place.index()], persons, rules)
        };
        let sorted: Vec<Sorted> = sets.into_par_iter().map(sort).collect();
        for Sorted { set, withheld, withdrawn, diagnostics } in sorted {
            // A list of which nothing is posted has no page, as if there were none.
            if set.records.is_empty() && !withheld.is_empty() {
                let silent = |file| Silent { file, place: set.place };
                self.silent.extend(set.files.into_iter().map(silent));
            } else {
                self.sets[set.place.index()].insert(set.collection, set);
            }
            self.withheld.extend(withheld);
            self.withdrawn.extend(withdrawn);
            self.diagnostics.extend(diagnostics);
        }
    }

    /// Sorts notices.
    pub(super) fn notices(&mut self, notices: Vec<Notice>, rules: Rules, clock: &Clock) {
        for mut notice in notices {
            let Some(why) = closed(&notice, rules, clock) else {
                let mut posting = std::mem::take(&mut notice.posting);
                let founded = posting.basis.is_some();
                if let Some(objection) = &mut posting.objection {
                    privacy::clean_phone(objection, founded);
                }
                notice.posting = posting.public(false).map(|it| *it).unwrap_or_default();
                self.notices.push(notice);
                continue;
            };
            let (place, collection) = (notice.place, None);
            self.silent.push(Silent { file: notice.file.clone(), place });
            let location = Location::file(notice.file);
            self.withheld.push(Withheld { place, collection, location, why });
        }
    }
}

fn sorted(
    mut set: RecordSet,
    collection: &Collection,
    place: &Place,
    persons: Persons<'_>,
    rules: Rules,
) -> Sorted {
    let mut claims = Vec::new();
    let (mut withheld, mut withdrawn) = (Vec::new(), Vec::new());
    if !privacy::is_plain(collection) || set.records.iter().any(|it| it.posting.is_some()) {
        let records = std::mem::take(&mut set.records);
        set.records.reserve(records.len());
        for mut record in records {
            let names = persons.withdrawn(collection, &record).into_iter();
            let place = |name| Withdrawn { name, location: location(&set, &record) };
            withdrawn.extend(names.map(place));
            let posting = record.posting.as_deref();
            let closed = posting.and_then(|it| windows::closed(it, rules.drafts, persons.clock));
            let here = || location(&set, &record);
            claims.extend(Claim::of(collection, &record, closed.is_none(), here));
            let kept = match closed {
                Some(why) => Err(why),
                None => persons.apply(collection, &mut record),
            };
            match kept {
                Ok(()) => set.records.push(record),
                Err(why) => withheld.push(Withheld {
                    place: set.place,
                    collection: Some(set.collection),
                    location: location(&set, &record),
                    why,
                }),
            }
        }
    }
    let diagnostics = clash::check(&claims, collection, place);
    order(&mut set, collection);
    Sorted { set, withheld, withdrawn, diagnostics }
}

/// Where a record stands.
pub(super) fn location(set: &RecordSet, record: &Record) -> Location {
    let position = Position { line: record.line, column: 1 };
    Location {
        file: set.files[usize::from(record.file)].clone(),
        range: Some(Range { start: position, end: position }),
        quote: None,
    }
}

/// Why a notice is not posted: besides its window it has a last day of its own.
fn closed(notice: &Notice, rules: Rules, clock: &Clock) -> Option<Why> {
    let posting = &notice.posting;
    let withdrawn = posting.withdrawn.filter(|it| clock.reached(*it)).map(Why::Withdrawn);
    let over = notice.until.filter(|it| clock.is_past(*it));
    let over = over.and_then(|it| it.tomorrow().ok()).map(|it| Why::Over(it.at(0, 0, 0, 0)));
    windows::closed(posting, rules.drafts, clock).or(withdrawn).or(over)
}

fn order(set: &mut RecordSet, collection: &Collection) {
    let moment = |it: &Record| collection.moment(it);
    match collection.order {
        Order::File => {}
        Order::Oldest => set.records.sort_by_cached_key(moment),
        Order::Newest => set.records.sort_by_cached_key(|it| std::cmp::Reverse(moment(it))),
    }
}
