//! Calendars that residents subscribe to (iCalendar, RFC 5545 and 7986).
//!
//! | path | has | exists if |
//! | --- | --- | --- |
//! | `kaixuan/yixin/calendar.ics` | all that happens at a place ([`agenda`]) | always |
//! | `kaixuan/yixin/legal-aid/calendar.ics` | the records of a list | its declaration says `calendar: true` |
//!
//! A file is there even while nothing happens: phones that subscribed ask for it for years. Events
//! stay for two years, cancelled ones too, so that nobody's calendar loses what was. Without
//! `base-url` there are none, as events have whole addresses.
//!
//! `event.rs` makes events of records and notices, `zone.rs` the rules of the time zone, `ical.rs`
//! the text of all, in the lines of `lines.rs`.

mod event;
mod ical;
mod lines;
mod zone;

use std::borrow::Cow;

use jiff::ToSpan as _;

use self::event::Event;
use crate::{
    artifact::{
        Artifact, ArtifactKind, ListPart, NotMade, Read, Scan, Sources, Subject, View, agenda,
        plain,
    },
    config::PortalId,
    schema::{Collection, CollectionId, Moment, PlaceId, RecordSet, SetFiles},
};

/// The file, in the folder of its place or list.
pub(super) const FILE: &str = "calendar.ics";

/// How many years events stay that are over.
const YEARS: i64 = 2;

/// A calendar for each place, and for each record set of a collection that asks for it.
pub(super) struct CalendarKind;

impl ArtifactKind for CalendarKind {
    fn name(&self) -> &'static str {
        agenda::CALENDAR
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place.filter(|_| agenda::is_on(sources.config)) else {
            return Vec::new();
        };
        let catalog = &sources.portal.catalog;
        let sets = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        let asks = |set: &&SetFiles| asks(catalog.collections.get(set.collection));
        let of_sets = sets.filter(asks).map(|set| of_set(set, sources));
        [of_place(place, sources)].into_iter().chain(of_sets).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let identity = view.config().identity().ok_or_else(|| artifact.unexpected())?;
        let (place, list, mut events) = match artifact.subject {
            Subject::Place(place) => (view.place(place), None, events_at(view, &identity)?),
            Subject::Records(place, id, _) => {
                let declared = view.collection(id);
                let set = view.records(place, id);
                let events = set.map(|set| of_records(view, &identity, &set).collect());
                (view.place(place), Some(declared), events.unwrap_or_default())
            }
            _ => return Err(artifact.unexpected()),
        };
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        let title = list.map(|list| list.title.get(view.language()));
        let heading = ical::Heading {
            title: title.into_iter().chain([place.name.as_str()]).collect::<Vec<_>>().join(" · "),
            about: view.config().title.get(view.language()).to_owned(),
            source: view.whole_url(&artifact.path),
            zone: &view.config().time_zone,
            organiser: view.config().organiser.email.as_deref(),
        };
        Ok(ical::write(&heading, &events).into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Escaped
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The declaration asks for a calendar of the list alone.
pub(super) fn asks(collection: &Collection) -> bool {
    collection.calendar == Some(true)
}

/// The calendar of a place.
fn of_place(place: PlaceId, sources: &Sources<'_>) -> Artifact {
    let portal = sources.portal;
    let mut calendar = sources.file(place, FILE, Subject::Place(place));
    calendar.reads.push(Read::Today);
    for place in agenda::scope(&portal.catalog, place) {
        calendar.reads.push(Read::Agenda(place));
        calendar.reads.extend(agenda::collections(portal, place).map(Read::Collection));
    }
    calendar
}

/// The calendar of a record set.
fn of_set(set: &SetFiles, sources: &Sources<'_>) -> Artifact {
    let (place, id): (PlaceId, CollectionId) = (set.place, set.collection);
    let rest = format!("{}/{FILE}", sources.portal.collections().get(id).name);
    let subject = Subject::Records(place, id, ListPart::Whole);
    let mut calendar = sources.file(place, &rest, subject);
    calendar.reads.extend([Read::Today, Read::Collection(id), Read::Records(place, id)]);
    calendar
}

/// The events at all places that the artifact reads.
///
/// Returns [`NotMade::Torn`] if records could not be read as they were summarised.
fn events_at(view: &View<'_>, id: &PortalId) -> Result<Vec<Event>, NotMade> {
    let mut events = Vec::new();
    for place in view.agendas() {
        for collection in view.agenda_collections(place) {
            let set = view.agenda_records(place, collection).ok_or(NotMade::Torn)?;
            events.extend(of_records(view, id, &set));
        }
        let notices = view.agenda_notices(place);
        let kept = notices.filter(|notice| notice.happens.is_some_and(|it| is_kept(view, it)));
        events.extend(kept.filter_map(|notice| event::of_notice(view, id, notice)));
    }
    Ok(events)
}

/// The events of a record set that are to come, or were not too long ago.
fn of_records(view: &View<'_>, id: &PortalId, set: &RecordSet) -> impl Iterator<Item = Event> {
    let declared = view.collection(set.collection);
    let keys = plain::keys(declared, set).into_iter().enumerate();
    keys.filter_map(move |(index, key)| {
        let moment = declared.moment(&set.records[index]).filter(|it| is_kept(view, *it))?;
        event::of_record(view, id, (declared, set, index), moment, &key)
    })
}

/// What happens then is on calendars still.
fn is_kept(view: &View<'_>, moment: Moment) -> bool {
    let last = moment.until.unwrap_or(moment.date);
    !view.clock().is_past(last.saturating_add(YEARS.years()))
}
