//! What a view shows of what is ahead, and of what the places above give to a place.

use crate::{
    artifact::{Read, View, inherited},
    figures::Listing,
    schema::{CollectionId, Notice, PlaceId},
};

impl<'a> View<'a> {
    /// People live in the places within it.
    pub(in crate::artifact) fn is_area(&self, place: PlaceId) -> bool {
        self.declared(Read::Place(place));
        self.sources.portal.catalog.is_area(place)
    }

    /// The collections of whose totals at a place the artifact reads, in order.
    pub(in crate::artifact) fn totalled(
        &self,
        place: PlaceId,
    ) -> impl Iterator<Item = CollectionId> + use<'a> {
        self.artifact.reads.iter().filter_map(move |read| match read {
            Read::Total(at, id) if *at == place => Some(*id),
            _ => None,
        })
    }

    /// The listings that the artifact reads, in order.
    pub(in crate::artifact) fn listings(
        &self,
    ) -> impl Iterator<Item = (PlaceId, CollectionId)> + use<'a> {
        self.artifact.reads.iter().filter_map(|read| match read {
            Read::Listing(place, id) => Some((*place, *id)),
            _ => None,
        })
    }

    /// A place has a page with its calendar.
    pub(in crate::artifact) fn has_month(&self, place: PlaceId) -> bool {
        self.declared(Read::Happening(place));
        inherited::has_calendar(place, &self.sources)
    }

    /// The record sets of which the artifact reads what is ahead, in order.
    pub(in crate::artifact) fn inherited(
        &self,
    ) -> impl Iterator<Item = (PlaceId, CollectionId)> + use<'a> {
        self.artifact.reads.iter().filter_map(|read| match read {
            Read::Ahead(place, id) => Some((*place, *id)),
            _ => None,
        })
    }

    /// The listing of a record set, of which no more may be shown than is ahead.
    pub(in crate::artifact) fn own_listing(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<&'a Listing> {
        self.declared(Read::Ahead(place, collection));
        self.sources.figures.own_listing(place, collection)
    }

    /// The places whose first notices the artifact reads, in order.
    pub(in crate::artifact) fn headlined(&self) -> impl Iterator<Item = PlaceId> + use<'a> {
        self.artifact.reads.iter().filter_map(|read| match read {
            Read::Headlines(place) => Some(*place),
            _ => None,
        })
    }

    /// The first notices of a place.
    pub(in crate::artifact) fn headlines(
        &self,
        place: PlaceId,
    ) -> impl Iterator<Item = &'a Notice> + use<'a> {
        self.declared(Read::Headlines(place));
        let notices = self.sources.portal.notices();
        notices.headlines(place).map(move |id| notices.get(id))
    }

    /// The notices of a place that have a time, over or not.
    pub(in crate::artifact) fn timed(&self, place: PlaceId) -> Vec<&'a Notice> {
        self.declared(Read::Headlines(place));
        let notices = self.sources.portal.notices();
        let all = notices.at(place).map(|id| notices.get(id));
        all.filter(|notice| notice.has_time()).collect()
    }

    /// The same with those of all places in it, in the order of the places.
    pub(in crate::artifact) fn timed_below(&self, place: PlaceId) -> Vec<&'a Notice> {
        self.declared(Read::Happening(place));
        let notices = self.sources.portal.notices();
        notices.happening(place).into_iter().map(|id| notices.get(id)).collect()
    }
}
