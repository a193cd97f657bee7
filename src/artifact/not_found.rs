//! The page for addresses that do not exist: `404.html`.
//!
//! Most web servers can be told to send a file with status 404; `404.html` in the root is the usual
//! name. The page leads back: it links to the places right below the root. It has no address of its
//! own, so the sitemap leaves it out ([`super::Row::has_address`]).

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
    },
    config,
    diagnostic::Location,
    render::context::NotFoundPage,
    schema::PlaceId,
    source::SitePath,
};

/// The page for addresses that do not exist, if `[pages] not-found` does not switch it off.
///
/// A portal without places has the page, too, without links.
pub(super) struct NotFoundKind;

impl ArtifactKind for NotFoundKind {
    fn name(&self) -> &'static str {
        "not-found"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() || !sources.config.pages.not_found {
            return Vec::new();
        }
        let mut reads = vec![Read::Theme, Read::Site];
        if let Some(root) = sources.portal.places().first() {
            reads.push(Read::Place(root.id));
            reads.extend(root.children.iter().map(|child| Read::Place(*child)));
        }
        vec![Artifact {
            path: "404.html".to_owned(),
            subject: Subject::Portal,
            language: sources.config.language.as_str().into(),
            reads,
            source: Location::file(SitePath::new(config::FILE)),
        }]
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        page::make(view, |builder| Ok(builder.not_found_page()))
    }
}

impl PageBuilder<'_, '_> {
    /// The context: a link to each place that the artifact declared to read. The root is left out,
    /// since every page links to it.
    fn not_found_page(&self) -> Page {
        let places = self.view.artifact().reads.iter().filter_map(|read| match read {
            Read::Place(id) if *id != PlaceId::ROOT => Some(*id),
            _ => None,
        });
        let places = places.map(|id| self.place_link(self.view.place(id))).collect();
        let title = self.say("not-found-title", &[]);
        let head = self.head("not-found", title, String::new(), "", Vec::new());
        page::filled(vec!["404.html".to_owned()], head, NotFoundPage { places })
    }
}
