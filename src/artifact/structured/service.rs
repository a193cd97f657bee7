//! `GovernmentService`: what people can come to by appointment, such as legal advice.

use serde::Serialize;

use super::{Named, is_empty};
use crate::render::context::{Collection, PlaceLink};

/// Sessions of a collection for which one can call.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::artifact) struct Service<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    description: &'a str,
    #[serde(rename = "serviceOperator")]
    operator: Named<'a>,
    area_served: &'a str,
    url: &'a str,
}

impl<'a> Service<'a> {
    /// What a schedule offers; nothing if its sessions have no number to call. `url` is the whole
    /// address of the list.
    pub(in crate::artifact) fn new(
        collection: &'a Collection,
        place: &'a PlaceLink,
        url: &'a str,
        absolute: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let operator = super::office::named(place, absolute);
        (collection.view == "schedule" && collection.roles.phone.is_some()).then_some(Self {
            kind: "GovernmentService",
            name: &collection.title,
            description: &collection.description,
            operator,
            area_served: &place.name,
            url,
        })
    }
}
