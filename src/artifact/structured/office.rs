//! `Organization`: the office of a place, with what its page says of it.
//!
//! From the city down to the village it is a `GovernmentOffice`. A compound, a grid or a building
//! has no public office: what it has is an organisation at that place.

use serde::Serialize;

use super::{Named, is_empty, opening};
use crate::render::context::PlaceLink;

/// The office of a place.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::artifact) struct Office<'a> {
    #[serde(rename = "@type")]
    kind: &'static [&'static str],
    name: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    address: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    telephone: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opening_hours: Vec<String>,
    url: String,
}

impl<'a> Office<'a> {
    /// The office that a place's page tells of. `absolute` gives whole addresses.
    pub(in crate::artifact) fn new(
        place: &'a PlaceLink,
        absolute: impl Fn(&str) -> String,
    ) -> Self {
        let is_public = !matches!(&*place.level, "compound" | "grid" | "building");
        Self {
            kind: if is_public {
                &["GovernmentOffice"]
            } else {
                &["Organization", "CivicStructure"]
            },
            name: &place.name,
            address: &place.address,
            telephone: &place.phone,
            opening_hours: opening::hours(&place.hours),
            url: absolute(&place.url),
        }
    }
}

/// The office in a few words, for what it does.
pub(super) fn named(place: &PlaceLink, absolute: impl Fn(&str) -> String) -> Named<'_> {
    Named { kind: "Organization", name: &place.name, url: absolute(&place.url) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_says_what_its_page_says() {
        let place = |level: &str, hours: &str| PlaceLink {
            name: "一心街道".into(),
            level: level.into(),
            level_label: "街道".into(),
            url: "/yixin/".into(),
            address: "凯旋路".into(),
            phone: "0431-8255-0201".into(),
            hours: hours.into(),
        };
        let whole = |url: &str| format!("https://a.cn{url}");
        let street = place("street", "周一至周五 8:30—16:30");
        assert_eq!(
            serde_json::to_value(Office::new(&street, whole)).unwrap(),
            serde_json::json!({
                "@type": ["GovernmentOffice"],
                "name": "一心街道",
                "address": "凯旋路",
                "telephone": "0431-8255-0201",
                "openingHours": ["Mo-Fr 08:30-16:30"],
                "url": "https://a.cn/yixin/",
            })
        );
        let compound = serde_json::to_value(Office::new(&place("compound", ""), whole)).unwrap();
        assert_eq!(compound["@type"][0], "Organization");
        assert!(compound.get("openingHours").is_none());
    }
}
