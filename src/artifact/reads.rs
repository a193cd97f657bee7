//! The fingerprints of what artifacts are made from.
//!
//! [`Reads`] answers on four levels, from a single value to a whole subtree. A build goes from the
//! coarse to the fine, and stops where nothing changed:
//!
//! | question | method | compared with |
//! | --- | --- | --- |
//! | is all of this subtree as it was? | `of_subtree` | the node of the place tree |
//! | are those of this place as they were? | `of_place`, `of_portal` | [`super::Bundle::view`] |
//! | is this artifact as it was? | [`Reads::of_artifact`] | [`super::Row::fingerprint`] |
//! | which of its reads is another? | [`Reads::name`], [`Reads::of`] | [`super::Row::reads`] |
//!
//! The coarse ones have to cover whatever any kind may read there. A new read that they do not
//! cover would leave a page as it was although its content changed; `tests/it/incremental.rs`
//! compares builds to find that. Nothing here reads a record: all values are those of summaries,
//! figures and catalog.

use crate::{
    artifact::{Artifact, ListPart, Read, Routes, Sources, Subject, Table, agenda, feed, menu},
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, notice::NoticeId},
};

/// Any odd factor keeps the kinds of reads apart. This one is a prime near 2³² divided by the
/// golden ratio, as in Knuth's multiplicative hashing.
const ODD: u32 = 0x9e37_79b1;

/// The fingerprints of what artifacts read.
pub struct Reads<'a> {
    sources: Sources<'a>,
    config: Fingerprint,
    /// Of the theme, and of what it is given on every page.
    theme: Fingerprint,
    /// Of all declarations.
    collections: Fingerprint,
    /// Short ones of the names of collections. By the collection's id.
    names: Vec<u32>,
}

impl<'a> Reads<'a> {
    /// The short fingerprint that names the read of the theme. It is the same in all builds:
    /// [`Self::name`] gives it for [`Read::Theme`].
    pub(crate) const THEME: u32 = u32::wrapping_mul(15, ODD);

    /// The fingerprints of a site. Costs the hashing of the configuration and of the collections'
    /// names.
    pub fn new(sources: Sources<'a>) -> Self {
        let config = Fingerprint::of(sources.config);
        let catalog = &sources.portal.catalog;
        let routes = sources.routes();
        let has_root = !sources.portal.places().is_empty();
        let has_notices = has_root && routes.has_notices(PlaceId::ROOT);
        let has_all_notices = has_root && routes.has_all_notices(PlaceId::ROOT);
        let notices = sources.portal.notices();
        let pages = has_root.then(|| notices.fingerprint_menu(PlaceId::ROOT));
        let menu = (menu::menu(routes), menu::data_url(sources.theme, routes));
        let lists = Fingerprint::of(&(has_notices, has_all_notices, pages, menu));
        let addresses = catalog.addresses_fingerprint();
        let names = catalog.collections.iter().map(|(_, it)| Fingerprint::of(&it.name).short());
        Self {
            sources,
            config,
            theme: sources.theme_fingerprint.and(config).and(lists).and(addresses),
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
    ///
    /// A value that does not exist has the fingerprint zero, too, so it differs from any that does.
    pub fn of(&self, read: Read) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        let notices = portal.notices();
        let found = match read {
            Read::Theme => Some(self.theme),
            Read::Site => Some(self.config),
            Read::Today | Read::Routes => None,
            Read::Lists(place) => Some(self.routes().fingerprint(place)),
            // Pages of it are searched for names that are masked there.
            Read::Place(place) => {
                Some(portal.catalog.place_fingerprint(place).and(portal.names_fingerprint(place)))
            }
            Read::Collection(id) => Some(portal.catalog.collection_fingerprint(id)),
            Read::Records(place, id) => portal.summary(place, id).map(|summary| summary.records),
            Read::Record(place, id, index) => figures
                .contents(place, id)
                .and_then(|contents| contents.records.get(index as usize))
                .map(|record| record.content),
            Read::Own(place, id) => figures.own_fingerprint(place, id),
            Read::Total(place, id) => figures.total_fingerprint(place, id),
            Read::Listing(place, id) => figures.listing_fingerprint(place, id),
            Read::AllRecords(at, id) => Some(portal.records_fingerprint(at, id)),
            Read::AllPlaces => Some(portal.catalog.places_fingerprint()),
            Read::Notices(place) => Some(notices.fingerprint(place)),
            Read::AllNotices(place) => Some(notices.fingerprint_below(place)),
            Read::Happening(place) => Some(notices.fingerprint_happening(place)),
            Read::Headlines(place) => Some(notices.fingerprint_headlines(place)),
            Read::Ahead(place, id) => figures.ahead_fingerprint(place, id),
            Read::Agenda(place) => Some(agenda::fingerprint(portal, place)),
            Read::Notice(id) => {
                let summary = notices.summary(id);
                Some(summary.text.and(summary.link))
            }
            Read::Wording => Some(portal.catalog.wording_fingerprint()),
            Read::Pages => self.sources.made.map(Table::paths),
            Read::Search(index) => self.sources.search.fingerprint(index),
            Read::Letters => Some(Fingerprint::of(&self.sources.search.letters())),
            Read::Letter(letter) => Some(self.sources.search.letter_fingerprint(letter)),
            Read::File(id) => Some(portal.files().fingerprint(portal.catalog.loose_file(id))),
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
    /// artifact have to differ. Ids are indexes and shift when a place or collection comes or goes,
    /// so names go by folders, collection names and the files of notices, which stay. The index of a
    /// record, and which image or file it is, do not count: no artifact reads two of these.
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
            Read::Notice(id) => (14, self.file_name(id)),
            Read::Theme => (15, 0),
            Read::Pages => (16, 0),
            Read::File(_) => (17, 0),
            Read::Asset(_) => (18, 0),
            Read::Happening(place) => (19, at(place)),
            Read::Wording => (20, 0),
            Read::AllRecords(place, id) => (21, at(place) ^ of(id)),
            Read::AllPlaces => (22, 0),
            Read::Search(_) => (23, 0),
            Read::Letters => (24, 0),
            Read::Letter(letter) => (25, u32::from(letter)),
            Read::Agenda(place) => (26, at(place)),
            Read::Headlines(place) => (27, at(place)),
            Read::Ahead(place, id) => (28, at(place) ^ of(id)),
        };
        thing ^ u32::wrapping_mul(kind, ODD)
    }

    /// The short fingerprint of the file of a notice.
    fn file_name(&self, id: NoticeId) -> u32 {
        let file = &self.sources.portal.notices().get(id).file;
        Fingerprint::of_bytes(file.as_str().as_bytes()).short()
    }

    /// The fingerprint of the notices of a place's feeds, of which those of places within are no
    /// part of what else is read there.
    fn feeds(&self, place: PlaceId) -> Fingerprint {
        let portal = self.sources.portal;
        let is_on = feed::Form::ALL.into_iter().any(|form| form.is_on(self.sources.config));
        let latest = if is_on { feed::latest(portal, place, true) } else { Vec::new() };
        Fingerprint::of_all(latest.into_iter().map(|id| self.of(Read::Notice(id))))
    }

    /// The fingerprint of an artifact of the kind of that name, and in short those of what it
    /// reads.
    ///
    /// It covers the kind, the part of a list that it shows, and the names and values of all its
    /// reads, so an artifact that reads something else than before is another one, too. The part
    /// has to count by itself: all parts of a list read the same.
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
    ///
    /// That is: theme and configuration, declarations, the switches of `[outputs]`, and which
    /// personal data may be shown. If one of these changes, no place is skipped.
    pub(super) fn everywhere(&self) -> Fingerprint {
        let switches = Fingerprint::of(&self.sources.config.outputs);
        let known = self.sources.portal.known_fingerprint();
        Fingerprint::of_all([self.theme, self.collections, switches, known])
    }

    /// The fingerprint of all that the artifacts of a place and of all places in it are made from,
    /// but for where links lead that leave its folder.
    ///
    /// Costs a few lookups, whatever the size of the subtree.
    pub(super) fn of_subtree(&self, id: PlaceId, everywhere: Fingerprint) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        Fingerprint::of_all([
            everywhere,
            portal.catalog.ancestry_fingerprint(id),
            portal.subtree(id).output,
            portal.names_fingerprint(id),
            self.routes().links_fingerprint(id),
            figures.at(id).subtree_fingerprint(),
            self.agendas(portal.catalog.ancestry(id)),
            self.inherited(id),
        ])
    }

    /// The fingerprint of what the places above give to the pages of a place.
    fn inherited(&self, id: PlaceId) -> Fingerprint {
        let Sources { portal, figures, .. } = self.sources;
        let above = std::iter::successors(portal.place(id).parent, |it| portal.place(*it).parent);
        let given = above.map(|place| {
            let headlines = portal.notices().fingerprint_headlines(place);
            figures.at(place).inherited_fingerprint().and(headlines)
        });
        Fingerprint::of_all(given)
    }

    /// The fingerprint of what these places put on calendars; of nothing if there are none.
    fn agendas(&self, places: Vec<PlaceId>) -> Fingerprint {
        let is_on = agenda::is_on(self.sources.config);
        let places = places.into_iter().filter(|_| is_on);
        Fingerprint::of_all(places.map(|place| agenda::fingerprint(self.sources.portal, place)))
    }

    /// The fingerprint of all that the artifacts of a place are made from.
    ///
    /// It covers the places right below as well, whose names and totals stand on the place's page, and
    /// those below them, to which lists over places lead.
    /// Costs O(record sets + notices + places of these two levels) of the place.
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
            portal.names_fingerprint(id),
            self.agendas(agenda::scope(catalog, id)),
            self.inherited(id),
        ];
        let (own, below) = notices.count(id);
        if id == PlaceId::ROOT || below > own {
            all.extend([notices.fingerprint_below(id), self.feeds(id)]);
        }
        all.extend(portal.summaries(id).map(|(_, summary)| summary.records));
        all.extend(notices.posted(id).map(|notice| notices.summary(notice).text));
        for child in &portal.place(id).children {
            all.push(catalog.place_fingerprint(*child));
            all.push(routes.fingerprint(*child));
            all.push(figures.at(*child).fingerprint());
            // Lists over places lead to those of two levels.
            for within in &portal.place(*child).children {
                all.push(catalog.place_fingerprint(*within));
                all.push(routes.fingerprint(*within));
                all.push(figures.at(*within).fingerprint());
            }
        }
        Fingerprint::of_all(all)
    }

    /// The fingerprint of all that the artifacts of the portal as a whole are made from: what the
    /// root's page may show, the theme, the files for the root, all places with their records, and
    /// the titles of all pages.
    pub(super) fn of_portal(&self) -> Fingerprint {
        let portal = self.sources.portal;
        let root = portal.places().first().map(|root| {
            let all = [portal.catalog.places_fingerprint(), portal.subtree(root.id).output];
            self.of_place(root.id).and(Fingerprint::of_all(all))
        });
        let files = self.sources.portal.files();
        let of_root = files.fingerprint_all(&self.sources.portal.catalog.loose.root);
        let titles = self.sources.search.titles_fingerprint();
        root.unwrap_or_default().and(self.theme).and(of_root).and(titles)
    }
}
