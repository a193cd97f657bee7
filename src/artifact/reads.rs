//! The fingerprints of what artifacts are made from.

use crate::{
    artifact::{Artifact, ListPart, Read, Routes, Sources, Subject, Table},
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId},
};

/// Any odd factor keeps the kinds of reads apart.
const ODD: u32 = 0x9e37_79b1;

/// The fingerprints of what artifacts read.
pub struct Reads<'a> {
    sources: Sources<'a>,
    config: Fingerprint,
    /// Of the theme, and of what it is given on every page.
    theme: Fingerprint,
    /// Of all declarations.
    collections: Fingerprint,
    /// Short ones of the names of collections.
    names: Vec<u32>,
}

impl<'a> Reads<'a> {
    /// The short fingerprint that names the read of the theme.
    pub(crate) const THEME: u32 = u32::wrapping_mul(15, ODD);

    /// The fingerprints of a site.
    pub fn new(sources: Sources<'a>) -> Self {
        let config = Fingerprint::of(sources.config);
        let catalog = &sources.portal.catalog;
        let routes = sources.routes();
        let has_root = !sources.portal.places().is_empty();
        let has_notices = has_root && routes.has_notices(PlaceId::ROOT);
        let has_all_notices = has_root && routes.has_all_notices(PlaceId::ROOT);
        let lists = Fingerprint::of(&(has_notices, has_all_notices));
        let names = catalog.collections.iter().map(|(_, it)| Fingerprint::of(&it.name).short());
        Self {
            sources,
            config,
            theme: sources.theme_fingerprint.and(config).and(lists),
            collections: catalog.collections_fingerprint(),
            names: names.collect(),
        }
    }

    /// The fingerprint of the theme and of what it is given on every page.
    pub fn theme(&self) -> Fingerprint {
        self.theme
    }

    /// The fingerprint of the value of a read. Zero for what is known to have changed by other
    /// means: moments, and where links lead.
    pub fn of(&self, read: Read) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        let notices = portal.notices();
        let found = match read {
            Read::Theme => Some(self.theme),
            Read::Site => Some(self.config),
            Read::Today | Read::Routes => None,
            Read::Lists(place) => Some(self.routes().fingerprint(place)),
            Read::Place(place) => Some(portal.catalog.place_fingerprint(place)),
            Read::Collection(id) => Some(portal.catalog.collection_fingerprint(id)),
            Read::Records(place, id) => portal.summary(place, id).map(|summary| summary.records),
            Read::Record(place, id, index) => figures
                .contents(place, id)
                .and_then(|contents| contents.records.get(index as usize))
                .map(|record| record.content),
            Read::Own(place, id) => figures.own_fingerprint(place, id),
            Read::Total(place, id) => figures.total_fingerprint(place, id),
            Read::Listing(place, id) => figures.listing_fingerprint(place, id),
            Read::Notices(place) => Some(notices.fingerprint(place)),
            Read::AllNotices(place) => Some(notices.fingerprint_below(place)),
            Read::Notice(id) => {
                let summary = notices.summary(id);
                Some(summary.text.and(summary.link))
            }
            Read::Pages => self.sources.made.map(Table::paths),
            Read::Image(id) => Some(portal.files().fingerprint(portal.catalog.image(id))),
            Read::Asset(index) => {
                self.sources.asset(index).map(|(_, bytes)| Fingerprint::of_bytes(bytes))
            }
        };
        found.unwrap_or_default()
    }

    fn routes(&self) -> Routes<'a> {
        self.sources.routes()
    }

    /// The short fingerprint of which read it is, whatever its value. Only the reads of one
    /// artifact have to differ.
    pub fn name(&self, read: Read) -> u32 {
        let at = |id: PlaceId| self.sources.portal.catalog.name_fingerprint(id);
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
            Read::Theme => (15, 0),
            Read::Pages => (16, 0),
            Read::Image(_) => (17, 0),
            Read::Asset(_) => (18, 0),
        };
        thing ^ u32::wrapping_mul(kind, ODD)
    }

    /// The fingerprint of an artifact of the kind of that name, and in short those of what it
    /// reads.
    pub fn of_artifact(&self, kind: &str, artifact: &Artifact) -> (Fingerprint, Vec<(u32, u32)>) {
        let part = match artifact.subject {
            Subject::Records(_, _, part)
            | Subject::Notices(_, part)
            | Subject::AllNotices(_, part) => Some(part),
            Subject::Part(number) => Some(ListPart::Chunk(0, 0, Some(number))),
            _ => None,
        };
        let value = |read: &Read| (self.name(*read), self.of(*read));
        let values: Vec<(u32, Fingerprint)> = artifact.reads.iter().map(value).collect();
        let reads = values.iter().map(|(name, value)| (*name, value.short())).collect();
        (Fingerprint::of(&(kind, part, values)), reads)
    }

    /// The fingerprint of what all artifacts depend on, wherever they stand.
    pub(super) fn everywhere(&self) -> Fingerprint {
        let switches = Fingerprint::of(&self.sources.config.outputs);
        let known = self.sources.portal.known_fingerprint();
        Fingerprint::of_all([self.theme, self.collections, switches, known])
    }

    /// The fingerprint of all that the artifacts of a place and of all places in it are made from,
    /// but for where links lead that leave its folder.
    pub(super) fn of_subtree(&self, id: PlaceId, everywhere: Fingerprint) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        Fingerprint::of_all([
            everywhere,
            portal.catalog.ancestry_fingerprint(id),
            portal.subtree(id).output,
            self.routes().links_fingerprint(id),
            figures.at(id).subtree_fingerprint(),
        ])
    }

    /// The fingerprint of all that the artifacts of a place are made from.
    pub(super) fn of_place(&self, id: PlaceId) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        let (catalog, notices, routes) = (&portal.catalog, portal.notices(), self.routes());
        let mut all = vec![
            self.theme,
            self.collections,
            catalog.ancestry_fingerprint(id),
            routes.fingerprint(id),
            figures.at(id).fingerprint(),
            notices.fingerprint(id),
        ];
        if id == PlaceId::ROOT || routes.has_all_notices(id) {
            all.push(notices.fingerprint_below(id));
        }
        all.extend(portal.summaries(id).map(|(_, summary)| summary.records));
        all.extend(notices.at(id).map(|notice| notices.summary(notice).text));
        for child in &portal.place(id).children {
            all.push(catalog.place_fingerprint(*child));
            all.push(routes.fingerprint(*child));
            all.push(figures.at(*child).fingerprint());
        }
        Fingerprint::of_all(all)
    }

    /// The fingerprint of all that the artifacts of the portal as a whole are made from.
    pub(super) fn of_portal(&self) -> Fingerprint {
        let root = self.sources.portal.places().first().map(|root| self.of_place(root.id));
        root.unwrap_or_default().and(self.theme)
    }
}
