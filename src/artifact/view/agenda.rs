//! What a view shows of the agendas of places.

use std::sync::Arc;

use crate::{
    artifact::{Read, View, agenda},
    schema::{CollectionId, Notice, PlaceId, RecordSet},
};

impl<'a> View<'a> {
    /// The places whose agendas the artifact reads, in order.
    pub(in crate::artifact) fn agendas(&self) -> impl Iterator<Item = PlaceId> + use<'a> {
        self.artifact.reads.iter().filter_map(|read| match read {
            Read::Agenda(place) => Some(*place),
            _ => None,
        })
    }

    /// The calendar of a place has nothing of what happens at the places in it.
    pub(in crate::artifact) fn has_narrow_calendar(&self, place: PlaceId) -> bool {
        let here = self.place(place);
        !here.children.is_empty() && self.sources.portal.catalog.is_area(place)
    }

    /// The collections of a place whose records happen.
    pub(in crate::artifact) fn agenda_collections(
        &self,
        place: PlaceId,
    ) -> impl Iterator<Item = CollectionId> + use<'a> {
        self.declared(Read::Agenda(place));
        agenda::collections(self.sources.portal, place)
    }

    /// Their records. Nothing if their files were written meanwhile.
    pub(in crate::artifact) fn agenda_records(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Arc<RecordSet>> {
        self.declared(Read::Agenda(place));
        self.sources.portal.records(place, collection)
    }

    /// The notices of a place that say when something happens, over or not.
    pub(in crate::artifact) fn agenda_notices(
        &self,
        place: PlaceId,
    ) -> impl Iterator<Item = &'a Notice> + use<'a> {
        self.declared(Read::Agenda(place));
        let notices = self.sources.portal.notices();
        agenda::notices(self.sources.portal, place).map(move |id| notices.get(id))
    }

    /// The address of the page that tells of a record: its own, or the list.
    pub(in crate::artifact) fn record_url(&self, set: &RecordSet, index: usize) -> String {
        let (collections, place) =
            (self.sources.portal.collections(), self.sources.portal.place(set.place));
        let collection = collections.get(set.collection);
        let rest = match collection.record_pages {
            Some(_) => self.record_path(set, index),
            None => format!("{}/", collection.name),
        };
        self.url(&crate::artifact::address::inside(&place.path, &rest))
    }
}
