//! What a page sees: its reads, and nothing else.

use crate::{
    artifact::{Link, Page, Read, Routes},
    clock::Clock,
    config::Config,
    disclosure::Portal,
    figures::{Figures, Listing, Listings, Tallies},
    schema::{
        Collection, CollectionId, Notice, Place, PlaceId, RecordSet,
        collection::Choice,
        notice::{Article, NoticeId},
    },
    source::SitePath,
};

/// All that pages are made from.
pub struct Published<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The public portal.
    pub portal: &'a Portal,
    /// Its figures.
    pub figures: &'a Figures,
    /// Its listings.
    pub listings: &'a Listings,
    /// Where content is published.
    pub routes: &'a Routes,
}

/// The parts of it that a page has declared to read. Asking for another part is a mistake in the
/// program, and ends it: a page that read more than it declares would not be rendered again when
/// that changes.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    published: &'a Published<'a>,
    pub(super) page: &'a Page,
    /// Of this page alone: it is told when it will be another one.
    clock: &'a Clock,
}

impl<'a> View<'a> {
    pub(super) fn new(published: &'a Published<'a>, page: &'a Page, clock: &'a Clock) -> Self {
        Self { published, page, clock }
    }

    fn declared(&self, read: Read) {
        assert!(
            self.page.reads.binary_search(&read).is_ok(),
            "the page {:?} reads {read:?} without declaring it",
            self.page.path
        );
    }

    pub(super) fn config(&self) -> &'a Config {
        self.declared(Read::Site);
        self.published.config
    }

    /// The language of the portal. It is not a read of its own: no page can do without.
    pub(super) fn language(&self) -> &'a str {
        &self.published.config.language
    }

    /// The words for levels of places, which are built in.
    pub(super) fn level(&self, index: u16) -> Option<&'a Choice> {
        self.published.portal.catalog.levels.get(usize::from(index))
    }

    pub(super) fn clock(&self) -> &'a Clock {
        self.declared(Read::Today);
        self.clock
    }

    /// There is a page of that collection over the place's subtree.
    pub(super) fn has_subtree(&self, place: PlaceId, collection: CollectionId) -> bool {
        self.declared(Read::Lists(place));
        self.published.routes.has_subtree(place, collection)
    }

    /// There is a list of the place's own notices, and one of those of its subtree.
    pub(super) fn has_notices(&self, place: PlaceId) -> (bool, bool) {
        self.declared(Read::Lists(place));
        let routes = self.published.routes;
        (routes.has_notices(place), routes.has_all_notices(place))
    }

    /// Where a link to a content file leads. The page has to tell of it.
    pub(super) fn link(&self, file: &SitePath, heading: bool) -> Link {
        self.declared(Read::Routes);
        Link::new(file, heading, self.published.routes, self.published.portal)
    }

    /// Every content file that may be published, for what an author may have meant.
    pub(super) fn files(&self) -> Vec<SitePath> {
        self.declared(Read::Routes);
        let portal = self.published.portal;
        let files = portal.catalog.files().map(|(file, _)| file);
        files.collect()
    }

    /// An address from a path. Only where the portal is published decides it.
    pub(super) fn url(&self, path: &str) -> String {
        self.published.routes.url(path)
    }

    pub(super) fn place(&self, id: PlaceId) -> &'a Place {
        self.declared(Read::Place(id));
        self.published.portal.place(id)
    }

    /// The places above, the root first, itself last.
    pub(super) fn ancestry(&self, id: PlaceId) -> Vec<&'a Place> {
        self.published.portal.ancestry(id).into_iter().map(|it| self.place(it)).collect()
    }

    pub(super) fn collection(&self, id: CollectionId) -> &'a Collection {
        self.declared(Read::Collection(id));
        self.published.portal.collections().get(id)
    }

    /// The collections that the page reads.
    pub(super) fn collections(&self) -> impl Iterator<Item = CollectionId> + use<'a> {
        self.page.reads.iter().filter_map(|it| match it {
            Read::Collection(id) => Some(*id),
            _ => None,
        })
    }

    pub(super) fn records(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<&'a RecordSet> {
        self.declared(Read::Records(place, collection));
        self.published.portal.set(place, collection)
    }

    /// The set of a record that the page is about.
    pub(super) fn record(
        &self,
        place: PlaceId,
        collection: CollectionId,
        index: u32,
    ) -> Option<&'a RecordSet> {
        self.declared(Read::Record(place, collection, index));
        self.published.portal.set(place, collection)
    }

    pub(super) fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Own(place, collection));
        self.published.figures.own(self.published.portal, place, collection)
    }

    pub(super) fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Total(place, collection));
        self.published.figures.total(self.published.portal, place, collection)
    }

    /// The place that a total or a listing speaks of. It belongs to the total or listing.
    pub(super) fn place_of_total(&self, id: PlaceId) -> &'a Place {
        self.published.portal.place(id)
    }

    /// How many places lie in a place.
    pub(super) fn places_in(&self, id: PlaceId) -> usize {
        self.declared(Read::Place(id));
        self.published.portal.catalog.count_below(id)
    }

    pub(super) fn listing(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Listing> {
        self.declared(Read::Listing(place, collection));
        self.published.listings.get(self.published.portal, place, collection)
    }

    /// The set of a listed record. It belongs to the listing.
    pub(super) fn listed(&self, place: PlaceId, collection: CollectionId) -> &'a RecordSet {
        let set = self.published.portal.set(place, collection);
        set.expect("a listing names records that there are")
    }

    /// The path of a record's own page, below that of the portal.
    pub(super) fn record_path(&self, set: &RecordSet, index: usize) -> String {
        crate::artifact::record_path(self.published.portal, set, index)
    }

    /// The notices of a place; of its whole subtree if `below`. Pinned ones first, then the latest.
    pub(super) fn notices(
        &self,
        place: PlaceId,
        below: bool,
    ) -> impl Iterator<Item = &'a Notice> + use<'a> {
        self.declared(if below { Read::AllNotices(place) } else { Read::Notices(place) });
        let portal = self.published.portal;
        let notices = portal.notices();
        let ids = if below { notices.below(place, &portal.catalog) } else { notices.at(place) };
        ids.iter().map(|it| notices.get(*it))
    }

    /// The notices posted at a place just before and after one of them.
    pub(super) fn neighbours(&self, place: PlaceId, id: NoticeId) -> [Option<&'a Notice>; 2] {
        self.declared(Read::Notices(place));
        let notices = self.published.portal.notices();
        let neighbours = notices.neighbours(id);
        [neighbours.older, neighbours.newer].map(|it| it.map(|it| notices.get(it)))
    }

    pub(super) fn notice(&self, id: NoticeId) -> (&'a Notice, &'a Article) {
        self.declared(Read::Notice(id));
        let article = self.published.portal.article(id);
        (self.published.portal.notices().get(id), article.expect("it was asked for"))
    }

    /// The notice that a link leads to, by its file: for the headings in it. Nothing in the second
    /// place if nobody has asked for its text yet.
    pub(super) fn linked_notice(&self, file: &SitePath) -> Option<(NoticeId, Option<&'a Article>)> {
        self.declared(Read::Routes);
        let id = self.published.portal.notice_in(file)?;
        Some((id, self.published.portal.article(id)))
    }
}
