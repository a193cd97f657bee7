//! `GovernmentService`: what people can come to by appointment, such as legal advice.

use serde::Serialize;

use super::{ListSubject, Named, is_empty};
use crate::schema::role::Role;

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
    /// What a schedule offers; nothing if its sessions have no number to call.
    pub(in crate::artifact) fn new(
        list: &ListSubject<'a>,
        absolute: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let ListSubject { declared, language, place, url } = *list;
        (declared.view.name() == "schedule" && declared.roles.get(Role::Phone).is_some()).then(
            || Self {
                kind: "GovernmentService",
                name: declared.title.get(language),
                description: declared.description.get(language),
                operator: super::office::named(place, absolute),
                area_served: &place.name,
                url,
            },
        )
    }
}
