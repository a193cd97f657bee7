//! What the places above give to a place: which record sets, and what pages read of them.
//!
//! | page | reads of the places above | of its place |
//! | --- | --- | --- |
//! | of a district or street | their first notices | all that lies in it |
//! | of a community, compound … | their first notices, what is ahead in their own sets | all that lies in it |
//! | calendar of a district or street | as a community's page | what is ahead in its own sets |
//! | calendar of a community, compound … | as its page | what is ahead in all that lies in it |
//!
//! So a calendar has the [`scope`](super::agenda::scope) of the file that people subscribe to.

use crate::{
    artifact::{Read, Sources},
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId},
};

/// What a page of a place reads of the places above: urgent notices, and what they give to those who
/// live there.
pub(super) fn reads_above(place: PlaceId, sources: &Sources<'_>) -> Vec<Read> {
    let catalog = &sources.portal.catalog;
    let mut reads: Vec<Read> = catalog.ancestry(place).into_iter().map(Read::Headlines).collect();
    reads.retain(|read| *read != Read::Headlines(place));
    if !catalog.is_area(place) {
        let given = given(place, sources);
        reads.extend(given.flat_map(|(above, id)| [Read::Collection(id), Read::Ahead(above, id)]));
    }
    reads
}

/// What a page reads that has all that is ahead at a place, as its calendar does: at those above, and
/// of anything but a wide area at those within.
pub(super) fn reads_of_calendar(place: PlaceId, sources: &Sources<'_>) -> Vec<Read> {
    let catalog = &sources.portal.catalog;
    let mut reads: Vec<Read> = catalog.ancestry(place).into_iter().map(Read::Headlines).collect();
    let given = given(place, sources);
    reads.extend(given.flat_map(|(above, id)| [Read::Collection(id), Read::Ahead(above, id)]));
    if catalog.is_area(place) {
        let own = sources.figures.own_collections(place);
        reads.extend(own.flat_map(|id| [Read::Collection(id), Read::Ahead(place, id)]));
    } else {
        reads.retain(|read| *read != Read::Headlines(place));
        reads.push(Read::Happening(place));
        let all = sources.figures.collections(place);
        reads.extend(all.flat_map(|id| [Read::Collection(id), Read::Listing(place, id)]));
    }
    reads
}

/// The record sets of the places above that are inherited.
pub(super) fn given<'s>(
    place: PlaceId,
    sources: &'s Sources<'_>,
) -> impl Iterator<Item = (PlaceId, CollectionId)> + use<'s> {
    let (portal, figures) = (sources.portal, sources.figures);
    let above = std::iter::successors(portal.place(place).parent, |it| portal.place(*it).parent);
    let all = above.flat_map(|above| figures.own_collections(above).map(move |id| (above, id)));
    all.filter(|(_, id)| portal.collections().get(*id).inherited)
}

/// A place has a page with its calendar: something there or at a place above happens at a time, whenever that is.
pub(super) fn has_calendar(place: PlaceId, sources: &Sources<'_>) -> bool {
    let Sources { portal, figures, config, theme, .. } = sources;
    if !config.pages.calendar || !theme.has_template("month.html") {
        return false;
    }
    let (catalog, collections) = (&portal.catalog, portal.collections());
    let mut own = figures.collections(place);
    let mut above = given(place, sources);
    portal.notices().fingerprint_happening(place) != Fingerprint::default()
        || own.any(|id| collections.get(id).happens()) && !catalog.is_area(place)
        || figures.own_collections(place).any(|id| collections.get(id).happens())
        || above.any(|(_, id)| collections.get(id).happens())
}
