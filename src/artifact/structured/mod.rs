//! Structured data: what a page shows, once more for machines, as JSON-LD in the vocabulary of
//! [schema.org](https://schema.org).
//!
//! ```html
//! <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
//! {"@type":"BreadcrumbList","itemListElement":[…]},
//! {"@type":"GovernmentOffice","name":"一心街道","telephone":"0431-8255-0201",…}]}</script>
//! ```
//!
//! There is one file for each type. They are made from what the page's template is given, so they
//! hold nothing that disclosure took out, and a test compares them with what readers see. They
//! are put together in a [`Graph`](crate::render::context::Graph). To browsers a script of that type
//! is data, which no policy has to allow. `structured-data = false` in `[outputs]` leaves it out.

mod breadcrumbs;
mod dataset;
mod event;
mod notice;
mod office;
mod opening;
mod service;

use serde::Serialize;

use crate::{render::context::PlaceLink, schema::Collection};

pub(super) use self::{
    breadcrumbs::Breadcrumbs,
    dataset::Dataset,
    event::{Event, Occasion},
    notice::Announcement,
    office::Office,
    service::Service,
};

/// The key that switches it in `[outputs]`.
pub(super) const NAME: &str = "structured-data";

/// A text that is left out where it is empty.
fn is_empty(text: &&str) -> bool {
    text.is_empty()
}

/// A list of records that is told of.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListSubject<'a> {
    /// Its declaration.
    pub(super) declared: &'a Collection,
    /// The language of the page.
    pub(super) language: &'a str,
    /// Whose records they are.
    pub(super) place: &'a PlaceLink,
    /// The whole address of the list.
    pub(super) url: &'a str,
}

/// Something that has a name and perhaps a page: an office that answers for what is told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named<'a> {
    /// Its type.
    #[serde(rename = "@type")]
    kind: &'static str,
    /// What it is called.
    name: &'a str,
    /// Its address in the web.
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
}
