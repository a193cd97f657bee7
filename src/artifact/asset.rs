//! Static files of the theme: style sheets, scripts, fonts.
//!
//! Each is published below `assets/`, whether a template refers to it or not. Pages and style sheets
//! link to them with a part of their hash (`render/style.rs`), so browsers may cache them for ever. Of
//! a file that several layers of the theme have, that of the topmost layer is published.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    diagnostic::Location,
    render::theme::THEMES,
    schema::PlaceId,
    source::SitePath,
};

/// The static files of the theme, as they are.
///
/// They belong to the portal as a whole: `plan` returns nothing for a place. The index in
/// [`Subject::Asset`] counts the theme's files in order of their paths.
pub(super) struct AssetKind;

impl ArtifactKind for AssetKind {
    fn name(&self) -> &'static str {
        "asset"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() {
            return Vec::new();
        }
        let asset = |(index, path): (u32, String)| Artifact {
            path,
            subject: Subject::Asset(index),
            language: sources.config.language.as_str().into(),
            reads: vec![Read::Asset(index)],
            source: Location::file(SitePath::new(THEMES)),
        };
        (0..).zip(sources.theme.files().into_keys()).map(asset).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Asset(index) = artifact.subject else { return Err(artifact.unexpected()) };
        view.asset(index).map(Cow::Borrowed).ok_or(NotMade::Torn)
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }
}
