//! What a page sees: its reads, and nothing else.

use crate::{
    clock::Clock,
    config::Config,
    figures::{Figures, Tallies},
    pages::{Listing, Listings, Page, Plan, Read, Routes},
    portal::{Portal, by_rank},
    schema::{
        Collection, CollectionId, Notice, Place, PlaceId, RecordSet, collection::Choice,
        notice::NoticeId,
    },
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
    /// Its pages.
    pub plan: &'a Plan,
}

/// The parts of it that a page has declared to read. Asking for another part is a mistake in the
/// program, and ends it: a page that read more than it declares would not be rendered again when
/// that changes.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    published: &'a Published<'a>,
    pub(super) page: &'a Page,
}

impl<'a> Sight<'a> {
    pub(super) fn new(published: &'a Published<'a>, page: &'a Page) -> Self {
        Self { published, page }
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
        self.published.portal.levels.get(usize::from(index))
    }

    pub(super) fn clock(&self) -> &'a Clock {
        self.declared(Read::Today);
        &self.published.portal.clock
    }

    pub(super) fn routes(&self) -> &'a Routes {
        self.declared(Read::Routes);
        &self.published.plan.routes
    }

    /// An address from a path. Only where the portal is published decides it.
    pub(super) fn url(&self, path: &str) -> String {
        self.published.plan.routes.url(path)
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
        self.published.portal.collections.get(id)
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

    pub(super) fn own(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Own(place, collection));
        self.published.figures.own(place, collection)
    }

    pub(super) fn total(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Tallies> {
        self.declared(Read::Total(place, collection));
        self.published.figures.total(place, collection)
    }

    /// The place that a total or a listing speaks of. It belongs to the total or listing.
    pub(super) fn place_of_total(&self, id: PlaceId) -> &'a Place {
        self.published.portal.place(id)
    }

    /// How many places lie in a place.
    pub(super) fn places_in(&self, id: PlaceId) -> usize {
        self.declared(Read::Place(id));
        self.published.portal.subtree(id).len() - 1
    }

    pub(super) fn listing(&self, place: PlaceId, collection: CollectionId) -> Option<&'a Listing> {
        self.declared(Read::Listing(place, collection));
        self.published.listings.get(place, collection)
    }

    /// The set of a listed record. It belongs to the listing.
    pub(super) fn listed(&self, place: PlaceId, collection: CollectionId) -> &'a RecordSet {
        let set = self.published.portal.set(place, collection);
        set.expect("a listing names records that there are")
    }

    /// The path of a record's own page, below that of the portal.
    pub(super) fn record_path(&self, set: &RecordSet, index: usize) -> String {
        crate::pages::record_path(self.published.portal, set, index)
    }

    pub(super) fn notices(&self, place: PlaceId) -> Vec<&'a Notice> {
        self.declared(Read::Notices(place));
        let ids = self.published.portal.notices_at(place);
        ids.iter().map(|it| self.published.portal.notice(*it)).collect()
    }

    /// The notices posted at a place just before and after one of them.
    pub(super) fn neighbours(&self, place: PlaceId, id: NoticeId) -> [Option<&'a Notice>; 2] {
        self.declared(Read::Notices(place));
        let neighbours = self.published.portal.neighbours(id);
        [neighbours.older, neighbours.newer].map(|it| it.map(|it| self.published.portal.notice(it)))
    }

    pub(super) fn all_notices(&self, place: PlaceId) -> Vec<&'a Notice> {
        self.declared(Read::AllNotices(place));
        let portal = self.published.portal;
        let ids = portal.subtree(place).into_iter().flat_map(|it| portal.notices_at(it));
        let mut notices: Vec<_> = ids.map(|it| portal.notice(*it)).collect();
        notices.sort_by(|a, b| by_rank(a).cmp(&by_rank(b)));
        notices
    }

    pub(super) fn notice(&self, id: NoticeId) -> &'a Notice {
        self.declared(Read::Notice(id));
        self.published.portal.notice(id)
    }

    /// The text of a notice that a link leads to, by its file: for the headings in it.
    pub(super) fn linked_notice(&self, file: &crate::source::SitePath) -> Option<&'a Notice> {
        self.declared(Read::Routes);
        self.published.portal.notice_of(file)
    }
}
