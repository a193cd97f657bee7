//! `SpecialAnnouncement`: a notice of a local body, with the day until which it is posted.

use serde::Serialize;

use super::{Named, is_empty};
use crate::render::context::NoticeLink;

/// A notice.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::artifact) struct Announcement<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    date_posted: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    date_modified: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    expires: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    category: &'a str,
    publisher: Named<'a>,
    spatial_coverage: &'a str,
    url: String,
}

impl<'a> Announcement<'a> {
    /// What a notice's page says of it. `absolute` gives whole addresses.
    pub(in crate::artifact) fn new(
        notice: &'a NoticeLink,
        absolute: impl Fn(&str) -> String,
    ) -> Self {
        Self {
            kind: "SpecialAnnouncement",
            name: &notice.title,
            date_posted: &notice.date,
            date_modified: &notice.updated,
            expires: &notice.until,
            category: &notice.section,
            spatial_coverage: &notice.place.name,
            url: absolute(&notice.url),
            publisher: super::office::named(&notice.place, absolute),
        }
    }
}
