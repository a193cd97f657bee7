//! What an artifact sees: its reads, and nothing else.
//!
//! Each method returns a value of the portal and first checks that the artifact declared the
//! [`Read`] that covers it. A page that reads `Own` of a place but declares only `Total` is thus
//! found the first time it is made, in any test, and not when a figure stays as it was.
//!
//! ```text
//! view.place(id)           needs  Read::Place(id)
//! view.records(id, c)      needs  Read::Records(id, c)
//! view.clock()             needs  Read::Today
//! view.language()          needs  nothing: it is part of the theme's fingerprint
//! ```
//!
//! The view also collects what making the artifact brings about: files to publish, links to watch,
//! diagnostics, and how long the result holds. The build takes these as [`MakingNotes`].

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    artifact::{
        Artifact, ContentLink, Lead, Read, Routes, SharedValues, Sources, Subject, address::inside,
        search::PlaceDocuments,
    },
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{self, Code, Diagnostic, MOST, Severity},
    figures::{Contents, Listing, Tallies},
    render::{Renderer, context::LastingLink, style},
    scan::DataKind,
    schema::{
        Collection, CollectionId, Notice, Place, PlaceId, RecordSet,
        catalog::LooseId,
        collection::Choice,
        notice::{Article, NoticeId},
    },
    source::{CONTENT, Files, SitePath},
};

/// The parts of the portal that an artifact has declared to read, and notes of what it did with
/// them. Reading another part is a mistake in the program: an artifact that read more than it
/// declares would not be made again when that changes. It is noted, and the artifact is not
/// published.
pub struct View<'a> {
    sources: Sources<'a>,
    artifact: &'a Artifact,
    /// Of this artifact alone: it knows when its answers will be others. A fork of the portal's.
    clock: Clock,
    renderer: Option<&'a Renderer>,
    notes: RefCell<MakingNotes>,
    /// The first read that was not declared.
    undeclared: OnceCell<Read>,
}

/// What an artifact did while it was made.
#[derive(Debug, Default)]
pub struct MakingNotes {
    /// The files that it shows or has attached, as paths below the content folder.
    pub files: Vec<String>,
    /// There is an image among them.
    pub has_image: bool,
    /// The personal data that it shows, beyond what is found in its bytes.
    pub found: Vec<(DataKind, u64)>,
    /// The keys of withdrawn names that it shows, beyond those in its bytes.
    pub named: Vec<u64>,
    /// The day on which what it shows was last changed, as far as the content says so.
    pub modified: Option<Date>,
    /// Where it leads, if it stands at an old address.
    pub lead: Option<Lead>,
    /// Where its links to content files lead, in order of the files.
    pub links: Vec<ContentLink>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// For which moments it is as it was made.
    pub valid: Validity,
}

impl<'a> View<'a> {
    /// What an artifact sees. Only pages need a renderer.
    pub fn new(
        sources: Sources<'a>,
        artifact: &'a Artifact,
        renderer: Option<&'a Renderer>,
    ) -> Self {
        let (notes, undeclared) = (RefCell::default(), OnceCell::new());
        let clock = sources.portal.clock.fork();
        Self { sources, artifact, clock, renderer, notes, undeclared }
    }

    /// What the artifact did, with an internal error if it read what it had not declared.
    pub fn into_notes(self) -> MakingNotes {
        let mut notes = self.notes.into_inner();
        notes.valid = self.clock.validity();
        notes.links.sort();
        notes.links.dedup();
        if let Some(read) = self.undeclared.get() {
            notes.diagnostics.push(
                Diagnostic::error(Code::Internal, self.artifact.source.clone())
                    .arg("reason", format!("{:?} reads {read:?} undeclared", self.artifact))
                    .help("report"),
            );
        }
        notes
    }

    /// Checks that the artifact declared a read, and notes it if not. Only the first is kept: it is
    /// enough to name the mistake, which is one of the program.
    ///
    /// The value is returned all the same, so `make` needs no way out. Costs O(log reads).
    fn declared(&self, read: Read) {
        if self.artifact.reads.binary_search(&read).is_err() {
            self.undeclared.get_or_init(|| read);
        }
    }

    /// Notes a diagnostic of the artifact, unless there are [enough](diagnostic::add).
    pub fn report(&self, diagnostic: Diagnostic) {
        diagnostic::add(&mut self.notes.borrow_mut().diagnostics, diagnostic);
    }

    /// So many diagnostics of a severity were noted that the next one would be dropped: nothing that
    /// only says more of a mistake need be looked for.
    pub fn reported_enough(&self, severity: Severity) -> bool {
        let diagnostics = &self.notes.borrow().diagnostics;
        diagnostics.iter().filter(|it| it.severity == severity).count() >= MOST
    }

    /// Notes that the artifact shows an image or has a file attached, by its path below the content
    /// folder. It will be published, too.
    pub fn show(&self, file: &str) {
        self.notes.borrow_mut().files.push(file.to_owned());
    }

    /// Notes that the artifact shows an image. True for the first one.
    fn show_image(&self, file: &str) -> bool {
        self.show(file);
        let is_first = !self.notes.borrow().has_image;
        self.notes.borrow_mut().has_image = true;
        is_first
    }

    /// Notes personal data and withdrawn names that are in the artifact, but not to be found in its
    /// bytes.
    pub fn note_found(&self, found: Vec<(DataKind, u64)>, named: Vec<u64>) {
        let mut notes = self.notes.borrow_mut();
        notes.found.extend(found);
        notes.named.extend(named);
    }

    /// The place on whose pages the artifact is. Nothing if the portal has no places.
    pub fn subject_place(&self) -> Option<PlaceId> {
        let has_places = !self.sources.portal.places().is_empty();
        has_places.then(|| self.own_place())
    }

    /// What the pages of the portal may load. It follows from `site.toml`, and from whether the theme
    /// has a page that searches: who declares [`Read::Pages`] need not declare the theme.
    pub(super) fn policy(&self) -> String {
        self.sources.theme.policy_text(self.config())
    }

    /// Notes a day on which something that the artifact shows was changed. The latest one counts.
    pub fn note_modified(&self, day: Option<Date>) {
        let modified = &mut self.notes.borrow_mut().modified;
        *modified = (*modified).max(day);
    }

    /// Notes that the artifact stands at an old address, and leads to a path; `below`: so does all
    /// that was below it.
    pub fn lead_to(&self, path: &str, below: bool) {
        self.notes.borrow_mut().lead = Some(Lead { to: path.to_owned(), below });
    }

    /// The path of the page of a place, notice or record.
    pub fn address_of(&self, subject: Subject) -> Option<String> {
        match subject {
            Subject::Place(id) => Some(inside(&self.place(id).path, "")),
            Subject::Notice(id) => {
                self.declared(Read::Notice(id));
                let notice = self.sources.portal.notices().get(id);
                Some(inside(&self.place(notice.place).path, &notice.path()))
            }
            Subject::Record(place, id, index) => {
                self.declared(Read::Record(place, id, index));
                let contents = self.sources.figures.contents(place, id)?;
                let address = &contents.records.get(index as usize)?.address;
                let name = &self.collection(id).name;
                Some(inside(&self.place(place).path, &format!("{name}/{address}/")))
            }
            _ => None,
        }
    }

    /// The artifact itself.
    pub fn artifact(&self) -> &'a Artifact {
        self.artifact
    }

    /// The theme, ready to render.
    pub fn renderer(&self) -> Option<&'a Renderer> {
        self.declared(Read::Theme);
        self.renderer
    }

    /// `site.toml`.
    pub fn config(&self) -> &'a Config {
        self.declared(Read::Site);
        self.sources.config
    }

    /// The language of the portal. It is not a read of its own: no page can do without.
    pub fn language(&self) -> &'a str {
        &self.sources.config.language
    }

    /// Values for templates that many pages share. They follow from declarations, and from the
    /// language.
    pub(super) fn shared(&self) -> &'a SharedValues {
        self.sources.shared
    }

    /// Drafts are shown. It is not a read of its own: every page differs then.
    pub fn shows_drafts(&self) -> bool {
        self.sources.config.drafts
    }

    /// The words for levels of places, which are built in.
    pub fn level(&self, index: u16) -> Option<&'a Choice> {
        self.sources.portal.catalog.levels.get(usize::from(index))
    }

    /// The clock of the artifact.
    pub fn clock(&self) -> &Clock {
        self.declared(Read::Today);
        &self.clock
    }

    fn routes(&self) -> Routes<'a> {
        self.sources.routes()
    }

    /// There is a page of that collection over the place's subtree.
    pub fn has_subtree(&self, place: PlaceId, collection: CollectionId) -> bool {
        self.declared(Read::Lists(place));
        self.routes().has_subtree(place, collection)
    }

    /// Whether there is a list of the place's own notices, and one of those of its subtree.
    pub fn has_notices(&self, place: PlaceId) -> (bool, bool) {
        self.declared(Read::Lists(place));
        (self.routes().has_notices(place), self.routes().has_all_notices(place))
    }

    /// The path that a link to a content file leads to. `heading`: the link names a heading.
    pub fn follow(&self, file: &SitePath, heading: bool) -> Option<String> {
        self.declared(Read::Routes);
        let link = ContentLink::new(file, heading, self.routes(), self.sources.portal);
        let path = link.path.clone();
        self.notes.borrow_mut().links.push(link);
        path
    }

    /// The content file that a target leads to although it is not published: one that is neither
    /// records nor a notice, or one in a folder that is left alone.
    pub fn unpublished(&self, file: &SitePath) -> Option<SitePath> {
        self.declared(Read::Routes);
        let (portal, is_content) = (self.sources.portal, file.inside(&SitePath::new(CONTENT)));
        let found = portal.catalog.find(file).map(|(file, _)| file);
        found.or_else(|| {
            is_content.filter(|_| portal.files().tree().has(file)).map(|_| file.clone())
        })
    }

    /// Every content file that may be published, for what an author may have meant.
    pub fn files(&self) -> Vec<SitePath> {
        self.declared(Read::Routes);
        self.sources.portal.catalog.files().map(|(file, _)| file).collect()
    }

    /// An address from a path. Only where the portal is published decides it.
    pub fn url(&self, path: &str) -> String {
        self.routes().url(path)
    }

    /// A whole address from a path. While it is unknown where the portal is published, it begins with
    /// the slash of the host.
    pub fn whole_url(&self, path: &str) -> String {
        self.config().absolute(&self.url(path))
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> &'a Place {
        self.declared(Read::Place(id));
        self.sources.portal.place(id)
    }

    /// Whom to call about something at a place: its office, one of those above, or the organiser.
    /// Nothing if nobody gives a number.
    pub(super) fn office_phone(&self, place: &Place) -> Option<String> {
        let above = |place: &&Place| place.parent.map(|id| self.named_place(id));
        let mut offices = std::iter::successors(Some(place), above);
        offices.find_map(|it| it.phone.clone()).or_else(|| self.config().organiser.phone.clone())
    }

    /// The places above, the root first, itself last. Each of them has to be declared.
    pub fn ancestry(&self, id: PlaceId) -> Vec<&'a Place> {
        let ids = self.sources.portal.catalog.ancestry(id);
        ids.into_iter().map(|id| self.place(id)).collect()
    }

    /// A declaration.
    pub fn collection(&self, id: CollectionId) -> &'a Collection {
        self.declared(Read::Collection(id));
        self.sources.portal.collections().get(id)
    }

    /// The collections that the artifact reads.
    pub fn collections(&self) -> impl Iterator<Item = CollectionId> + use<'a> {
        self.artifact.reads.iter().filter_map(|read| match read {
            Read::Collection(id) => Some(*id),
            _ => None,
        })
    }

    /// The records of a collection at a place. Nothing if there are none, or if their files were
    /// written meanwhile.
    ///
    /// They are read from disk and disclosed if they are not at hand, and shared until the place's
    /// pages are made.
    pub fn records(&self, place: PlaceId, collection: CollectionId) -> Option<Arc<RecordSet>> {
        self.declared(Read::Records(place, collection));
        self.sources.portal.records(place, collection)
    }

    /// The record set of a record that the artifact is about. Nothing as with [`Self::records`].
    pub fn record(
        &self,
        place: PlaceId,
        collection: CollectionId,
        index: u32,
    ) -> Option<Arc<RecordSet>> {
        self.declared(Read::Record(place, collection, index));
        self.sources.portal.records(place, collection)
    }

    /// The figures of a record set.
    pub fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Own(place, collection));
        self.sources.figures.own(place, collection)
    }

    /// What the pages of a record set are planned by.
    pub fn contents(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Contents> {
        self.declared(Read::Records(place, collection));
        self.sources.figures.contents(place, collection)
    }

    /// The figures of a collection over a place and all places in it.
    pub fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Total(place, collection));
        self.sources.figures.total(place, collection)
    }

    /// The place that a total, a listing or a list of notices names. It belongs to these.
    pub fn named_place(&self, id: PlaceId) -> &'a Place {
        self.sources.portal.place(id)
    }

    /// How many places lie in a place.
    pub fn places_in(&self, id: PlaceId) -> usize {
        self.declared(Read::Place(id));
        self.sources.portal.catalog.count_below(id)
    }

    /// The next and the latest records of a collection over a place and all places in it.
    pub fn listing(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Listing> {
        self.declared(Read::Listing(place, collection));
        self.sources.figures.listing(place, collection)
    }

    /// The record set of a listed record, which belongs to the listing. Nothing if its files were
    /// written meanwhile.
    pub fn listed(&self, place: PlaceId, collection: CollectionId) -> Option<Arc<RecordSet>> {
        self.sources.portal.records(place, collection)
    }

    /// The path of a record's own page, below that of its place.
    pub fn record_path(&self, set: &RecordSet, index: usize) -> String {
        let collection = self.sources.portal.collections().get(set.collection);
        let address = collection.address(&set.records[index]).unwrap_or_default();
        format!("{}/{}/", collection.name, address)
    }

    /// The notices of a place; of its whole subtree if `below`. Pinned ones first, then the latest.
    pub fn notices(
        &self,
        place: PlaceId,
        below: bool,
    ) -> impl Iterator<Item = &'a Notice> + use<'a> {
        self.declared(if below { Read::AllNotices(place) } else { Read::Notices(place) });
        let notices = self.sources.portal.notices();
        let (own, all) = if below {
            (None, Some(notices.below(place).iter().copied()))
        } else {
            (Some(notices.at(place)), None)
        };
        let ids = own.into_iter().flatten().chain(all.into_iter().flatten());
        ids.map(move |id| notices.get(id))
    }

    /// The lasting pages of a place, in the order of its menu.
    pub fn menu(&self, place: PlaceId) -> Vec<LastingLink> {
        self.declared(Read::Notices(place));
        self.routes().menu(place)
    }

    /// The lasting pages of a place and of all places in it that belong to a section, by its id. Those
    /// of the places in it are given with the name of theirs.
    pub fn section_menu(&self, place: PlaceId, section: &str) -> Vec<LastingLink> {
        self.declared(Read::AllNotices(place));
        let (catalog, routes) = (&self.sources.portal.catalog, self.routes());
        let menu = |id: PlaceId| {
            let name = if id == place { "" } else { &*catalog.place(id).name };
            let links = routes.menu(id).into_iter().filter(|link| link.section == section);
            links.map(|link| LastingLink { place: name.to_owned(), ..link })
        };
        catalog.subtree(place).into_iter().flat_map(menu).collect()
    }

    /// The notices posted at a place just before and after one of them.
    pub fn neighbours(&self, place: PlaceId, id: NoticeId) -> [Option<&'a Notice>; 2] {
        self.declared(Read::Notices(place));
        let notices = self.sources.portal.notices();
        let neighbours = notices.neighbours(id);
        [neighbours.older, neighbours.newer].map(|id| id.map(|id| notices.get(id)))
    }

    /// A notice or lasting page, and its text. No text if its file was written meanwhile.
    pub fn notice(&self, id: NoticeId) -> (&'a Notice, Option<Arc<Article>>) {
        self.declared(Read::Notice(id));
        (self.sources.portal.notices().get(id), self.sources.portal.article(id))
    }

    /// The text of the notice that a link leads to, by its file: for the headings in it.
    pub fn linked_notice(&self, file: &SitePath) -> Option<Arc<Article>> {
        self.declared(Read::Routes);
        self.sources.portal.article(self.sources.portal.notice_in(file)?)
    }

    /// The old addresses that lead on, in order, and where. Only derived artifacts have any.
    pub fn leads(&self) -> Vec<(String, Lead)> {
        self.declared(Read::Pages);
        self.sources.made.map(|table| table.leads(self.sources.portal)).unwrap_or_default()
    }

    /// The address of the theme's static file at that path of the output, if there is one.
    pub fn asset_url(&self, path: &str) -> Option<String> {
        self.declared(Read::Theme);
        let version = style::version(self.sources.theme.files().get(path)?);
        Some(format!("{}?v={version}", self.url(path)))
    }

    /// The bytes of a static file of the theme, by its path in the output.
    pub(in crate::artifact) fn theme_file(&self, path: &str) -> Option<&'a [u8]> {
        self.declared(Read::Theme);
        self.sources.theme.files().get(path).copied()
    }

    /// The addresses of all pages, in order, and the days on which they were last changed. Only
    /// derived artifacts have any.
    pub fn pages(&self) -> Vec<(String, Option<Date>)> {
        self.declared(Read::Pages);
        self.sources.made.map(|table| table.pages(self.sources.portal)).unwrap_or_default()
    }

    /// The bytes of a file of the index of the search.
    pub(super) fn search_file(&self, index: u32) -> Option<Vec<u8>> {
        self.declared(Read::Search(index));
        self.sources.search.file(index)
    }

    /// The letters under which pages have titles.
    pub(super) fn letters(&self) -> Vec<u8> {
        self.declared(Read::Letters);
        self.sources.search.letters()
    }

    /// What can be found of each place; the artifact shows what stands under a letter.
    pub(super) fn search_places(
        &self,
        letter: u8,
    ) -> impl Iterator<Item = &'a PlaceDocuments> + use<'a> {
        self.declared(Read::Letter(letter));
        self.sources.search.places()
    }

    /// An image of the content folder, or an attached file: its path, and the files to read it
    /// from.
    pub fn file(&self, id: LooseId) -> (&'a SitePath, &'a Files<'a>) {
        self.declared(Read::File(id));
        (self.sources.portal.catalog.loose_file(id), self.sources.portal.files())
    }

    /// A static file of the theme: its bytes.
    pub fn asset(&self, index: u32) -> Option<&'a [u8]> {
        self.declared(Read::Asset(index));
        self.sources.asset(index).map(|(_, bytes)| bytes)
    }
}

mod agenda;
mod ahead;
mod attached;
mod data;
mod pictures;
mod records;
#[cfg(test)]
mod tests;
