//! What an artifact sees of the portal's data: all records of a collection, all places, and which
//! pages tell of them.

use std::sync::Arc;

use crate::{
    artifact::{
        Read, View,
        address::inside,
        data::{
            is_within,
            part::{FOLDER, NAME, TEMPLATE, is_offered},
        },
    },
    figures::Contents,
    schema::{CollectionId, Place, PlaceId, RecordSet},
};

impl<'a> View<'a> {
    /// The records of a collection at a place and each place in it that has any. Nothing of one
    /// whose files were written meanwhile.
    pub(in crate::artifact) fn all_records(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> impl Iterator<Item = Option<Arc<RecordSet>>> + use<'a> {
        self.declared(Read::AllRecords(place, collection));
        self.sources.portal.all_records(place, collection)
    }

    /// What is known of these record sets without reading them.
    pub(in crate::artifact) fn all_contents(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> impl Iterator<Item = &'a Contents> + use<'a> {
        self.declared(Read::AllRecords(place, collection));
        let figures = self.sources.figures;
        let places = self.sources.portal.catalog.places_within(place);
        places.filter_map(move |place| figures.contents(place.id, collection))
    }

    /// All places, parents before children.
    pub(in crate::artifact) fn all_places(&self) -> &'a [Place] {
        self.declared(Read::AllPlaces);
        self.sources.portal.places()
    }

    /// Tables of a collection over a place and all places in it are made.
    pub(in crate::artifact) fn has_whole_table(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> bool {
        !self.config().preview && self.is_offered_within(place, collection)
    }

    /// A collection is offered over a place and all places in it, but for previews.
    pub(in crate::artifact) fn is_offered_within(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> bool {
        self.declared(Read::Collection(collection));
        is_within(&self.sources, place, collection)
    }

    /// The address of what a place's page of data says of a collection; empty if there is none. The
    /// page exists if the place has records of it, and that of the root if any place has.
    pub(in crate::artifact) fn data_url(&self, place: &Place, collection: CollectionId) -> String {
        let declared = self.collection(collection);
        let has_page = self.config().has_output(NAME) && self.sources.theme.has_template(TEMPLATE);
        if !has_page || !is_offered(declared) {
            return String::new();
        }
        format!("{}#{}", self.url(&inside(&place.path, FOLDER)), declared.name)
    }
}
