//! The fingerprints of what pages read.

use std::hash::Hash as _;

use crate::{
    fingerprint::{Fingerprint, Printer},
    pages::{Kind, Page, Part, Read, Routes, Sources},
    schema::PlaceId,
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
}

impl<'a> Prints<'a> {
    /// The fingerprints of a site that is made with a theme.
    pub fn new(sources: Sources<'a>, routes: &'a Routes, theme: Fingerprint) -> Self {
        let config = Fingerprint::of_shown(sources.config);
        let frame = &sources.portal.frame;
        let collections = frame.collections.iter().map(|(id, _)| frame.print_of_collection(id));
        let theme = theme.and(config).and(routes.print(PlaceId::ROOT));
        Self { sources, routes, config, theme, collections: Fingerprint::of_all(collections) }
    }

    /// The fingerprint of what every page is made with.
    pub fn theme(&self) -> Fingerprint {
        self.theme
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
            Read::Place(place) => Some(portal.frame.print_of_place(place)),
            Read::Collection(id) => Some(portal.frame.print_of_collection(id)),
            Read::Records(place, id) => portal.digest(place, id).map(|it| it.records),
            Read::Record(place, id, index) => portal
                .digest(place, id)
                .and_then(|it| it.contents.records.get(index as usize))
                .map(|it| it.print),
            Read::Own(place, id) => figures.print_of_own(portal, place, id),
            Read::Total(place, id) => figures.print_of_total(place, id),
            Read::Listing(place, id) => listings.get(place, id).map(|it| it.print),
            Read::Notices(place) => Some(notices.print_at(place)),
            Read::AllNotices(place) => Some(notices.print_below(place)),
            Read::Notice(id) => {
                let digest = notices.digest(id);
                Some(digest.text.and(digest.link))
            }
        };
        found.unwrap_or_default()
    }

    /// The fingerprint of which thing a read is, whatever it came to.
    pub fn name(&self, read: Read) -> Fingerprint {
        let portal = self.sources.portal;
        let place = |id: PlaceId| portal.place(id).folder.as_str();
        let name = |id| portal.collections().get(id).name.as_str();
        let (kind, at, rest) = match read {
            Read::Site => ("site", "", ""),
            Read::Today => ("today", "", ""),
            Read::Routes => ("routes", "", ""),
            Read::Lists(at) => ("lists", place(at), ""),
            Read::Place(at) => ("place", place(at), ""),
            Read::Collection(id) => ("collection", "", name(id)),
            Read::Records(at, id) => ("records", place(at), name(id)),
            Read::Record(at, id, _) => ("record", place(at), name(id)),
            Read::Own(at, id) => ("own", place(at), name(id)),
            Read::Total(at, id) => ("total", place(at), name(id)),
            Read::Listing(at, id) => ("listing", place(at), name(id)),
            Read::Notices(at) => ("notices", place(at), ""),
            Read::AllNotices(at) => ("all-notices", place(at), ""),
            Read::Notice(id) => ("notice", portal.notices().get(id).file.as_str(), ""),
        };
        Fingerprint::of(&(kind, at, rest))
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
            reads.push((name.short(), print.short()));
        }
        (printer.fingerprint(), reads)
    }

    /// The fingerprint of all that the pages of a place read.
    pub(super) fn of_view(&self, id: PlaceId) -> Fingerprint {
        let Sources { portal, figures, listings, .. } = self.sources;
        let (frame, notices) = (&portal.frame, portal.notices());
        let mut printer = Printer::default();
        (self.theme, self.collections, frame.print_of_way(id)).hash(&mut printer);
        (self.routes.print(id), figures.print_at(id), listings.print(id)).hash(&mut printer);
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
            (frame.print_of_place(child), self.routes.print(child)).hash(&mut printer);
            figures.print_at(child).hash(&mut printer);
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
