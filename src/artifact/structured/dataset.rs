//! `Dataset`: a list of records that is kept for its numbers.

use serde::Serialize;

use super::{Named, is_empty};
use crate::render::context::{Collection, PlaceLink};

/// The records of a collection at a place, or at a place and all places in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::artifact) struct Dataset<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    description: &'a str,
    creator: Named<'a>,
    spatial_coverage: &'a str,
    is_accessible_for_free: bool,
    url: &'a str,
}

impl<'a> Dataset<'a> {
    /// What a list says; nothing of a collection whose records are no numbers. `url` is the whole
    /// address of the list.
    pub(in crate::artifact) fn new(
        collection: &'a Collection,
        place: &'a PlaceLink,
        url: &'a str,
        absolute: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let creator = super::office::named(place, absolute);
        matches!(collection.view, "series" | "streaks" | "ledger").then_some(Self {
            kind: "Dataset",
            name: &collection.title,
            description: &collection.description,
            creator,
            spatial_coverage: &place.name,
            is_accessible_for_free: true,
            url,
        })
    }
}
