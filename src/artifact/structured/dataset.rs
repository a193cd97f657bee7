//! `Dataset`: a list of records that is kept for its numbers.

use serde::Serialize;

use super::{ListSubject, Named, is_empty};

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
    /// What a list says; nothing of a collection whose records are no numbers.
    pub(in crate::artifact) fn new(
        list: &ListSubject<'a>,
        absolute: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let ListSubject { declared, language, place, url } = *list;
        matches!(declared.view.name(), "series" | "streaks" | "ledger").then(|| Self {
            kind: "Dataset",
            name: declared.title.get(language),
            description: declared.description.get(language),
            creator: super::office::named(place, absolute),
            spatial_coverage: &place.name,
            is_accessible_for_free: true,
            url,
        })
    }
}
