//! What an office has to do in the next days: lists that are behind their cadence, what begins and
//! ends, what is posted or no longer, where objections end, and drafts.
//!
//! ```text
//! cadence: weekly     newest record      today        said
//!                     2026-11-20 (Fri)   2026-11-27   missing, by 2026-11-29 (Sun)
//!                     2026-11-20         2026-11-30   late, since 2026-11-30
//! ```
//!
//! A list that a place does not have at all is told where the others of its kind keep it: at least three of
//! four places of its level that lie in the same place, and two at least. Whatever only some keep is
//! nobody's duty.
//!
//! This is for the office and is no part of the site: it reads records as they are written, and says
//! of them when and where, and a title only of what readers see as well.

use std::collections::{BTreeMap, HashSet};

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use rayon::prelude::*;

use crate::{
    diagnostic::{Checked, Location},
    schema::{
        Catalog, Collection, CollectionId, DecodedRecords, FieldType, Notice, PlaceId, Posting,
        Record, RecordSet, cadence::Weekday, display, posting::Privacy,
    },
    source::{World, named::named},
};

named! {
    /// What is to be done, or happens.
    DueKind {
        /// A list whose period has gone by without a record.
        Late = "late",
        /// A list without a record of this period, which ends soon.
        Missing = "missing",
        /// A list that a place does not have, and the others of its kind keep.
        Absent = "absent",
        /// Something begins.
        Begins = "begins",
        /// Something ends.
        Ends = "ends",
        /// Something will be posted.
        Appears = "appears",
        /// Something will no longer be posted.
        Disappears = "disappears",
        /// The last day on which anybody may object.
        Objection = "objection",
        /// A draft waits.
        Draft = "draft",
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What it is.
    pub kind: DueKind,
    /// On which day, or since which; a draft and a list without any record have none.
    pub date: Option<Date>,
    /// Whose it is.
    pub place: PlaceId,
    /// Of which list; none of a notice.
    pub collection: Option<CollectionId>,
    /// What it is called, if readers see that.
    pub title: String,
    /// Where it stands.
    pub location: Location,
}

/// What is due within so many days from a moment, by kind, then day. `from_date` is whether notices are
/// posted from their date on.
pub fn due(
    world: &dyn World,
    decoded: &DecodedRecords,
    (now, days): (DateTime, u16),
    from_date: bool,
) -> Vec<Due> {
    let catalog = &*decoded.catalog;
    let last = now.date().checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
    let span = Days { now, last };
    let mut all: Vec<Due> =
        decoded.sets.iter().flat_map(|set| of_set(catalog, set, &span)).collect();
    let notices: Vec<Vec<Due>> = catalog
        .notices
        .par_iter()
        .map(|(place, file)| {
            let Checked { value, .. } = catalog.notice(world, *place, file);
            value
                .map(|(notice, ..)| of_notice(&notice, *place, &span, from_date))
                .unwrap_or_default()
        })
        .collect();
    all.extend(notices.into_iter().flatten());
    all.extend(absent(catalog, &decoded.sets));
    let order = |it: &Due| (it.kind as usize, it.date, it.location.clone());
    all.sort_by_key(order);
    all
}

/// The days that are looked at.
struct Days {
    now: DateTime,
    last: Date,
}

impl Days {
    fn has(&self, day: Date) -> bool {
        (self.now.date()..=self.last).contains(&day)
    }

    /// A moment that is still to come within these days.
    fn comes(&self, moment: DateTime) -> bool {
        moment > self.now && moment.date() <= self.last
    }

    /// What somebody says of a publication.
    fn of_posting(&self, posting: &Posting) -> Vec<(DueKind, Option<Date>)> {
        if posting.draft {
            return vec![(DueKind::Draft, None)];
        }
        if let Some(day) = posting.withdrawn {
            let is_ahead = self.comes(day.to_datetime(Time::midnight()));
            return if is_ahead { vec![(DueKind::Disappears, Some(day))] } else { Vec::new() };
        }
        let from = posting.from.filter(|it| self.comes(*it));
        let until = posting.until.filter(|it| self.comes(*it));
        let objection = posting.objection.as_ref().map(|it| it.until).filter(|it| self.has(*it));
        let from = from.map(|it| (DueKind::Appears, Some(it.date())));
        // The end of a day is written as that day.
        let last = |it: DateTime| {
            let day = it.date();
            if it.time() == Time::midnight() { day.yesterday().unwrap_or(day) } else { day }
        };
        let until = until.map(|it| (DueKind::Disappears, Some(last(it))));
        let objection = objection.map(|it| (DueKind::Objection, Some(it)));
        from.into_iter().chain(until).chain(objection).collect()
    }
}

/// It is posted now.
fn is_posted(posting: &Posting, now: DateTime) -> bool {
    !posting.draft
        && posting.withdrawn.is_none_or(|it| it > now.date())
        && posting.from.is_none_or(|it| it <= now)
        && posting.until.is_none_or(|it| it > now)
}

fn of_set(catalog: &Catalog, set: &RecordSet, days: &Days) -> Vec<Due> {
    let collection = catalog.collections.get(set.collection);
    let mut all = Vec::new();
    let due = |kind, date, title, location| Due {
        kind,
        date,
        place: set.place,
        collection: Some(set.collection),
        title,
        location,
    };
    if let Some((kind, date)) = behind(collection, &set.records, days) {
        let file = set.files.last().cloned();
        all.extend(file.map(|file| due(kind, date, String::new(), Location::file(file))));
    }
    let nothing = Posting::default();
    for record in &set.records {
        let Some(file) = set.files.get(usize::from(record.file)) else { continue };
        let location = Location::line(file.clone(), record.line);
        let posting = record.posting.as_deref().unwrap_or(&nothing);
        let title = || title(collection, record);
        let is_seen = is_posted(posting, days.now);
        for (kind, date) in days.of_posting(posting) {
            let title = if is_seen { title() } else { String::new() };
            all.push(due(kind, date, title, location.clone()));
        }
        let moment = collection.moment(record).filter(|_| is_seen);
        let is_cancelled = collection.dating.as_ref().is_some_and(|it| it.is_cancelled(record));
        let Some(moment) = moment.filter(|_| !is_cancelled) else { continue };
        if collection.happens() && days.has(moment.date) {
            all.push(due(DueKind::Begins, Some(moment.date), title(), location.clone()));
        }
        // A month is over by itself.
        let ends = moment.until.filter(|it| *it > moment.date && days.has(*it));
        let ends = ends.filter(|_| collection.happens());
        all.extend(ends.map(|it| due(DueKind::Ends, Some(it), title(), location.clone())));
    }
    all
}

/// The lists with a cadence that places do not have, where the others of their kind keep them.
fn absent(catalog: &Catalog, sets: &[RecordSet]) -> Vec<Due> {
    let of = |it: &RecordSet| (it.place, it.collection);
    let there: HashSet<(PlaceId, CollectionId)> = sets.iter().map(of).collect();
    let kept = sets.iter().filter(|it| !it.records.is_empty());
    let kept: HashSet<(PlaceId, CollectionId)> = kept.map(of).collect();
    let mut kinds: BTreeMap<(PlaceId, u16), Vec<PlaceId>> = BTreeMap::new();
    for place in &catalog.places {
        if let Some(parent) = place.parent {
            kinds.entry((parent, place.level)).or_default().push(place.id);
        }
    }
    let mut all = Vec::new();
    let dated =
        catalog.collections.iter().filter(|(_, it)| it.cadence.is_some() && it.dating.is_some());
    for (collection, _) in dated {
        for places in kinds.values() {
            let keepers = places.iter().filter(|it| kept.contains(&(**it, collection))).count();
            if keepers < 2 || keepers * 4 < places.len() * 3 {
                continue;
            }
            let without = places.iter().filter(|it| !there.contains(&(**it, collection)));
            all.extend(without.map(|place| Due {
                kind: DueKind::Absent,
                date: None,
                place: *place,
                collection: Some(collection),
                title: String::new(),
                location: Location::file(catalog.place(*place).folder.clone()),
            }));
        }
    }
    all
}

/// Whether a list is behind its cadence, or soon will be, and on which day.
fn behind(
    collection: &Collection,
    records: &[Record],
    days: &Days,
) -> Option<(DueKind, Option<Date>)> {
    let cadence = collection.cadence?;
    collection.dating.as_ref()?;
    let today = days.now.date();
    let is_draft = |it: &&Record| it.posting.as_ref().is_some_and(|it| it.draft);
    let there: Vec<Record> = records.iter().filter(|it| !is_draft(it)).cloned().collect();
    let Some((newest, _)) = collection.newest(&there) else {
        return Some((DueKind::Missing, None));
    };
    let from = cadence.behind_from(newest)?;
    if from <= today {
        return Some((DueKind::Late, Some(from)));
    }
    let end = from.yesterday().ok()?;
    let day = match cadence.on {
        Some(on) => {
            let monday = end.checked_sub(i64::from(end.weekday().to_monday_zero_offset()).days());
            let offset = Weekday::NAMES.iter().position(|it| *it == on.name())?;
            monday.ok()?.checked_add(i64::try_from(offset).ok()?.days()).ok()?
        }
        None => end,
    };
    (day <= days.last).then_some((DueKind::Missing, Some(day)))
}

/// What a record is called: its first choice or text that everybody may read and that names nobody.
fn title(collection: &Collection, record: &Record) -> String {
    let is_open = |index: &usize| {
        let field = &collection.fields[*index];
        matches!(field.kind, FieldType::Text | FieldType::Choice)
            && field.privacy == Privacy::Public
            && !record.values[*index].is_absent()
    };
    let first = (0..collection.fields.len()).find(is_open);
    let said = first.map(|it| display::plain(&record.values[it], &collection.fields[it], "zh-CN"));
    said.unwrap_or_default().chars().take(40).collect()
}

fn of_notice(notice: &Notice, place: PlaceId, days: &Days, from_date: bool) -> Vec<Due> {
    let mut posting = notice.posting.clone();
    if from_date && posting.from.is_none() {
        posting.from = notice.date().map(|it| it.to_datetime(Time::midnight()));
    }
    let is_seen = is_posted(&posting, days.now);
    let due = |(kind, date)| Due {
        kind,
        date,
        place,
        collection: None,
        title: if is_seen { notice.title.clone() } else { String::new() },
        location: Location::file(notice.file.clone()),
    };
    let mut all: Vec<Due> = days.of_posting(&posting).into_iter().map(due).collect();
    if is_seen {
        let happens = notice.happens.map(|it| it.date).filter(|it| days.has(*it));
        let until = notice.until.filter(|it| days.has(*it));
        all.extend(happens.map(|it| due((DueKind::Begins, Some(it)))));
        all.extend(until.map(|it| due((DueKind::Ends, Some(it)))));
    }
    all
}
