//! The page that shows the components of the theme, for those who make one: `style-guide/`.
//!
//! It is there only for `linli build --style-guide` and `linli serve --style-guide`, and no page links to
//! it. Its template is put together from the files of the components (`render/guide.rs`).

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View, page},
    config,
    diagnostic::Location,
    render::guide,
    schema::PlaceId,
    source::SitePath,
};

/// The page of components.
pub(super) struct StyleGuideKind;

impl ArtifactKind for StyleGuideKind {
    fn name(&self) -> &'static str {
        "style-guide"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() || !sources.config.style_guide || sources.portal.places().is_empty() {
            return Vec::new();
        }
        vec![Artifact {
            path: "style-guide/index.html".to_owned(),
            subject: Subject::Portal,
            language: sources.config.language.as_str().into(),
            reads: vec![Read::Theme, Read::Site, Read::Place(PlaceId::ROOT)],
            source: Location::file(SitePath::new(config::FILE)),
        }]
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        page::make(view, |builder| {
            let is_chinese = view.config().language.starts_with("zh");
            let title = if is_chinese { "样式一览" } else { "Style guide" };
            let head = builder.head("style-guide", title.to_owned(), String::new(), "", Vec::new());
            Ok(page::filled(vec![guide::TEMPLATE.to_owned()], head, tera::Context::new()))
        })
    }
}
