//! Calendars that residents subscribe to (iCalendar, RFC 5545 and 7986).
//!
//! | path | has | exists if |
//! | --- | --- | --- |
//! | `kaixuan/yixin/calendar.ics` | all that happens at a place ([`agenda`]) | always |
//! | `kaixuan/yixin/legal-aid/calendar.ics` | the records of a list | its declaration says `calendar: true` |
//! | `coming.ics` beside each | what is to come of it, for phones that import a file once | as that |
//!
//! A file is there even while nothing happens: phones that subscribed ask for it for years. Events
//! stay for two years, cancelled ones too, so that nobody's calendar loses what was. Without
//! `base-url` there are none, as events have whole addresses.
//!
//! A file that is imported is never asked for again, and some phones take what is cancelled for
//! what takes place. So `coming.ics` has neither what is over nor what is cancelled.
//!
//! `extent.rs` decides what is in which. `event.rs` makes events of records and notices, `zone.rs` the rules of the time zone, `ical.rs`
//! the text of all, in the lines of `lines.rs`.

mod event;
mod extent;
mod ical;
mod lines;
mod zone;

use std::borrow::Cow;

use self::event::{Event, SetEvents};
pub(super) use self::extent::Extent;
pub(crate) use self::lines::Lines;
use crate::{
    artifact::{
        Artifact, ArtifactKind, ListPart, NotMade, Read, Scan, Sources, Subject, View, agenda,
        plain,
    },
    config::PortalId,
    schema::{Collection, CollectionId, PlaceId, RecordSet, SetFiles},
};

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
        let of_sets = sets
            .filter(asks)
            .flat_map(|set| Extent::ALL.map(|extent| of_set(set, extent, sources)));
        Extent::ALL
            .map(|extent| of_place(place, extent, sources))
            .into_iter()
            .chain(of_sets)
            .collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let identity = view.config().identity().ok_or_else(|| artifact.unexpected())?;
        let extent = Extent::of(artifact);
        let (place, list, mut events) = match artifact.subject {
            Subject::Place(place) => (view.place(place), None, events_at(view, extent, &identity)?),
            Subject::Records(place, id, _) => {
                let declared = view.collection(id);
                let set = view.records(place, id);
                let events = set.map(|set| of_records(view, extent, &identity, &set));
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

/// A calendar of a place.
fn of_place(place: PlaceId, extent: Extent, sources: &Sources<'_>) -> Artifact {
    let mut calendar = sources.file(place, extent.file(), Subject::Place(place));
    calendar.reads.extend(reads_of_place(place, sources));
    calendar
}

/// What tells what is on the calendar of a place.
pub(super) fn reads_of_place(place: PlaceId, sources: &Sources<'_>) -> Vec<Read> {
    let mut reads = vec![Read::Today];
    for place in agenda::scope(&sources.portal.catalog, place) {
        reads.push(Read::Agenda(place));
        reads.extend(agenda::collections(sources.portal, place).map(Read::Collection));
    }
    reads
}

/// A calendar of a record set.
fn of_set(set: &SetFiles, extent: Extent, sources: &Sources<'_>) -> Artifact {
    let (place, id): (PlaceId, CollectionId) = (set.place, set.collection);
    let rest = format!("{}/{}", sources.portal.collections().get(id).name, extent.file());
    let subject = Subject::Records(place, id, ListPart::Whole);
    let mut calendar = sources.file(place, &rest, subject);
    calendar.reads.extend([Read::Today, Read::Collection(id), Read::Records(place, id)]);
    calendar
}

/// The events at all places that the artifact reads.
///
/// Returns [`NotMade::Torn`] if records could not be read as they were summarised.
fn events_at(view: &View<'_>, extent: Extent, id: &PortalId) -> Result<Vec<Event>, NotMade> {
    let mut events = Vec::new();
    for place in view.agendas() {
        for collection in view.agenda_collections(place) {
            let set = view.agenda_records(place, collection).ok_or(NotMade::Torn)?;
            events.extend(of_records(view, extent, id, &set));
        }
        let notices = view.agenda_notices(place).filter(|notice| extent.has_notice(view, notice));
        events.extend(notices.filter_map(|notice| event::of_notice(view, id, notice)));
    }
    Ok(events)
}

/// The events of a record set.
fn of_records(view: &View<'_>, extent: Extent, id: &PortalId, set: &RecordSet) -> Vec<Event> {
    let declared = view.collection(set.collection);
    let events = SetEvents::new(view, id, declared, set);
    let keys = plain::keys(declared, set).into_iter().enumerate();
    let events = keys.filter_map(|(index, key)| {
        let moment = extent.moment(view, declared, &set.records[index])?;
        events.event(index, moment, &key)
    });
    events.collect()
}
