//! Images of the content folder, without what a camera wrote into them.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, Table, View},
    diagnostic::{Code, Diagnostic, Location},
    image,
    schema::PlaceId,
    source::{self, CONTENT, SitePath, World as _},
};

/// The images that pages show. No others are published.
pub(super) struct ImageKind;

impl ArtifactKind for ImageKind {
    fn name(&self) -> &'static str {
        "image"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let images = sources.made.map(Table::images).unwrap_or_default();
        let image = |path: String| {
            let file = SitePath::new(CONTENT).join(&path);
            let id = sources.portal.catalog.image_id(&file)?;
            Some(Artifact {
                path,
                subject: Subject::Image(id),
                language: sources.config.language.as_str().into(),
                reads: vec![Read::Image(id)],
                source: Location::file(file),
            })
        };
        images.into_iter().filter_map(image).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Image(id) = artifact.subject else { return Err(artifact.unexpected()) };
        let (file, files) = view.image(id);
        let bytes = match files.read(file, source::MAX_FILE + 1) {
            Ok(bytes) if bytes.len() as u64 > source::MAX_FILE => {
                let diagnostic =
                    Diagnostic::error(Code::FileTooLarge, Location::file(file.clone()))
                        .arg("limit", format!("{} MB", source::MAX_FILE >> 20));
                return Err(diagnostic.help("split").into());
            }
            Ok(bytes) => bytes,
            Err(error) => return Err(source::unreadable(file, &error).into()),
        };
        let Ok(published) = image::publish(&bytes) else {
            let diagnostic = Diagnostic::error(Code::UnreadableImage, Location::file(file.clone()));
            return Err(diagnostic.help("replace").into());
        };
        if let Some(warning) = metadata(&bytes, file) {
            view.report(warning);
        }
        Ok(published.into_owned().into())
    }

    fn scan(&self) -> Scan {
        Scan::Nothing
    }

    fn is_derived(&self) -> bool {
        true
    }
}

/// What staff should know of a photo before others have its file.
fn metadata(bytes: &[u8], file: &SitePath) -> Option<Diagnostic> {
    let metadata = image::metadata(bytes);
    if !metadata.place && metadata.names.is_empty() {
        return None;
    }
    let names =
        if metadata.names.is_empty() { "none".to_owned() } else { metadata.names.join("、") };
    let diagnostic = Diagnostic::warning(Code::ImageMetadata, Location::file(file.clone()))
        .arg("place", if metadata.place { "yes" } else { "no" })
        .arg("names", names);
    Some(diagnostic.help("clean"))
}
