//! The fingerprints of what pages read.

use std::hash::Hash as _;

use crate::{
    artifact::{Kind, Page, Part, Read, Routes, Sources},
    fingerprint::{Fingerprint, Printer},
    schema::{CollectionId, PlaceId},
};

/// Tells the fingerprint of each thing that a page may read.
pub struct Prints<'a> {
    sources: Sources<'a>,
    routes: &'a Routes,
    config: Fingerprint,
    /// Of the theme, and of what it is given on every page.
    theme: Fingerprint,
    /// Of all declarations.
    collections: Fingerprint,
    /// Short ones of the names of collections.
    names: Vec<u32>,
}

impl<'a> Prints<'a> {
    /// The fingerprints of a site that is made with a theme.
    pub fn new(sources: Sources<'a>, routes: &'a Routes, theme: Fingerprint) -> Self {
        let config = Fingerprint::of_shown(sources.config);
        let catalog = &sources.portal.catalog;
        let collections = catalog.collections.iter().map(|(id, _)| catalog.print_of_collection(id));
        let theme = theme.and(config).and(routes.print(PlaceId::ROOT));
        let names = catalog.collections.iter().map(|(_, it)| Fingerprint::of(&it.name).short());
        Self {
            sources,
            routes,
            config,
            theme,
            collections: Fingerprint::of_all(collections),
            names: names.collect(),
        }
    }

    /// The fingerprint of what every page is made with.
    pub fn theme(&self) -> Fingerprint {
        self.theme
    }

    /// The fingerprint of what the pages of every place depend on.
    pub(super) fn around(&self) -> Fingerprint {
        self.theme.and(self.collections)
    }

    /// The fingerprint of something that a page reads.
    pub fn of(&self, read: Read) -> Fingerprint {
        let Sources { portal, figures, listings, .. } = self.sources;
        let notices = portal.notices();
        let found = match read {
            Read::Site => Some(self.config),
            // When these change is known by other means.
            Read::Today | Read::Routes => None,
            Read::Lists(place) => Some(self.routes.print(place)),
            Read::Place(place) => Some(portal.catalog.print_of_place(place)),
            Read::Collection(id) => Some(portal.catalog.print_of_collection(id)),
            Read::Records(place, id) => portal.digest(place, id).map(|it| it.records),
            Read::Record(place, id, index) => portal
                .digest(place, id)
                .and_then(|it| it.contents.records.get(index as usize))
                .map(|it| it.print),
            Read::Own(place, id) => figures.print_of_own(portal, place, id),
            Read::Total(place, id) => figures.print_of_total(portal, place, id),
            Read::Listing(place, id) => listings.print_of(portal, place, id),
            Read::Notices(place) => Some(notices.print_at(place)),
            Read::AllNotices(place) => Some(notices.print_below(place)),
            Read::Notice(id) => {
                let digest = notices.digest(id);
                Some(digest.text.and(digest.link))
            }
        };
        found.unwrap_or_default()
    }

    /// The short fingerprint of which thing a read is, whatever it came to. Only the reads of one
    /// page have to be told apart.
    pub fn name(&self, read: Read) -> u32 {
        let at = |id: PlaceId| self.sources.portal.catalog.print_of_name(id);
        let of = |id: CollectionId| self.names[usize::from(id.0)].rotate_left(16);
        let (kind, thing) = match read {
            Read::Site => (1, 0),
            Read::Today => (2, 0),
            Read::Routes => (3, 0),
            Read::Lists(place) => (4, at(place)),
            Read::Place(place) => (5, at(place)),
            Read::Collection(id) => (6, of(id)),
            Read::Records(place, id) => (7, at(place) ^ of(id)),
            Read::Record(place, id, _) => (8, at(place) ^ of(id)),
            Read::Own(place, id) => (9, at(place) ^ of(id)),
            Read::Total(place, id) => (10, at(place) ^ of(id)),
            Read::Listing(place, id) => (11, at(place) ^ of(id)),
            Read::Notices(place) => (12, at(place)),
            Read::AllNotices(place) => (13, at(place)),
            Read::Notice(_) => (14, 0),
        };
        // Any odd factor keeps the kinds apart.
        thing ^ u32::wrapping_mul(kind, 0x9e37_79b1)
    }

    /// The fingerprint of a page, and in short those of what it reads.
    pub fn of_page(&self, page: &Page) -> (Fingerprint, Vec<(u32, u32)>) {
        let mut printer = Printer::default();
        self.theme.hash(&mut printer);
        part(page.kind).hash(&mut printer);
        let mut reads = Vec::with_capacity(page.reads.len());
        for read in &page.reads {
            let (name, print) = (self.name(*read), self.of(*read));
            (name, print).hash(&mut printer);
            reads.push((name, print.short()));
        }
        (printer.fingerprint(), reads)
    }

    /// The fingerprint of all that the pages of a place read.
    pub(super) fn of_view(&self, id: PlaceId) -> Fingerprint {
        let Sources { portal, figures, listings, .. } = self.sources;
        let (catalog, notices) = (&portal.catalog, portal.notices());
        let mut printer = Printer::default();
        (self.theme, self.collections, catalog.print_of_way(id)).hash(&mut printer);
        (self.routes.print(id), figures.print_at(portal, id), listings.print_at(portal, id))
            .hash(&mut printer);
        notices.print_at(id).hash(&mut printer);
        if id == PlaceId::ROOT || self.routes.has_all_notices(id) {
            notices.print_below(id).hash(&mut printer);
        }
        for (id, digest) in portal.digests(id) {
            (id, digest.records, digest.tallied, digest.planned).hash(&mut printer);
        }
        for notice in notices.at(id) {
            notices.digest(*notice).text.hash(&mut printer);
        }
        for child in &portal.place(id).children {
            let child = *child;
            (catalog.print_of_place(child), self.routes.print(child)).hash(&mut printer);
            figures.print_at(portal, child).hash(&mut printer);
        }
        printer.fingerprint()
    }

    /// The fingerprint of all that the pages of the portal as a whole read.
    pub(super) fn of_portal(&self) -> Fingerprint {
        if self.sources.portal.places().is_empty() {
            return self.theme;
        }
        self.of_view(PlaceId::ROOT)
    }
}

/// Which part of a list a page shows.
fn part(kind: Kind) -> Option<Part> {
    match kind {
        Kind::Collection(_, _, part) | Kind::Notices(_, part) | Kind::AllNotices(_, part) => {
            Some(part)
        }
        _ => None,
    }
}
