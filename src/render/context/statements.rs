//! Pages that a public site owes its readers.

use serde::Serialize;
use tera::Value;

use crate::render::context::Link;

serialised!(PersonalList, MappedPlace);

/// Where the pages are; empty if the portal has none.
#[derive(Debug, Default, Serialize)]
pub struct Statements {
    /// What of persons is published.
    pub privacy: String,
    /// What is done so that everybody can use the pages.
    pub accessibility: String,
    /// Places, lists and lasting pages.
    pub site_map: String,
}

moved! {
    /// `privacy.html`: what of persons is published.
    pub struct PrivacyPage {
        /// The lists that have personal data.
        pub lists: Vec<PersonalList>,
    }
}

/// A list that has personal data.
#[derive(Debug, Serialize)]
pub struct PersonalList {
    /// What it is called.
    pub title: String,
    /// The list over all places; empty if there is none.
    pub url: String,
    /// Its fields about persons that are published.
    pub fields: Vec<PersonalField>,
    /// Why persons are named in it: `statutory` or `office`. Empty if each record says it.
    pub basis: &'static str,
    /// The law or paper that says so; may be empty.
    pub reference: String,
    /// Its records are taken down on a day that the declaration gives.
    pub ends: bool,
}

/// A field about persons.
#[derive(Debug, Serialize)]
pub struct PersonalField {
    /// What it is called.
    pub label: String,
    /// How far it is shown: `full`, `masked`, `surname`; `work` if it is an office's; `each` if it is
    /// shown in full where the record gives a basis, and else masked.
    pub rule: &'static str,
}

moved! {
    /// `site-map.html`: what there is.
    pub struct SiteMapPage {
        /// The places right below the root.
        pub places: Vec<MappedPlace>,
        /// The lists over all places.
        pub lists: Vec<Link>,
    }
}

/// A place of a site map.
#[derive(Debug, Serialize)]
pub struct MappedPlace {
    /// Its name.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The places in it.
    pub places: Vec<Link>,
}
