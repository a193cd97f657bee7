//! What a place puts on calendars, and which places are on the calendar of one.
//!
//! A resident subscribes to where he or she lives, once, and wants all that happens there. So the
//! calendar of a place has what happens there, what the places above hold for everybody, and of a
//! community or anything smaller what happens in the places within:
//!
//! | calendar of | has what happens at |
//! | --- | --- |
//! | a compound | the district, the street, the community, the compound |
//! | a community | the district, the street, the community, all its compounds |
//! | a street | the district, the street |
//!
//! A street's calendar with the hours of all its communities would bury what it has to say, and
//! phones load the whole file each time. Its pages list what happens in them.

use crate::{
    config::Config,
    disclosure::Portal,
    fingerprint::Fingerprint,
    schema::{Catalog, CollectionId, PlaceId, notice::NoticeId},
};

/// The name of the kind of calendars, which switches them.
pub(super) const CALENDAR: &str = "calendar";

/// The places on the calendar of a place: those above, itself, and perhaps those within.
pub(super) fn scope(catalog: &Catalog, place: PlaceId) -> Vec<PlaceId> {
    let mut places = catalog.ancestry(place);
    if !catalog.is_area(place) {
        places.extend(catalog.subtree(place).into_iter().filter(|it| *it != place));
    }
    places
}

/// The portal has calendars: it is known at which address they are, and nobody switched them off.
pub(super) fn is_on(config: &Config) -> bool {
    !config.base_url.is_empty() && config.has_output(CALENDAR)
}

/// The collections of a place whose records are on calendars and posted, in order.
pub(super) fn collections<'p>(
    portal: &'p Portal<'_>,
    place: PlaceId,
) -> impl Iterator<Item = CollectionId> + use<'p> {
    let posted = portal.summaries(place).map(|(id, _)| id);
    posted.filter(|id| portal.collections().get(*id).happens())
}

/// The notices of a place that say when something happens.
pub(super) fn notices<'p>(
    portal: &'p Portal<'_>,
    place: PlaceId,
) -> impl Iterator<Item = NoticeId> + use<'p> {
    let notices = portal.notices();
    notices.at(place).filter(move |id| notices.get(*id).happens.is_some())
}

/// The fingerprint of all that a place puts on calendars, and of what these say of the place.
pub(super) fn fingerprint(portal: &Portal<'_>, place: PlaceId) -> Fingerprint {
    let sets = portal.summaries(place);
    let sets = sets.filter(|(id, _)| portal.collections().get(*id).happens());
    let sets = sets.map(|(_, summary)| summary.records);
    let notices = notices(portal, place).map(|id| portal.notices().summary(id).link);
    let own = portal.catalog.place_fingerprint(place);
    Fingerprint::of_all(sets.chain(notices).chain([own]))
}
