//! Images of the content folder, without what a camera wrote into them.
//!
//! A photo from a telephone may hold the place where it was taken, the owner's name and a small
//! picture of what was cut off. [`image::publish`] takes all of that out, and the result stands at
//! the path of the file below `content/`: `content/kaixuan/a.jpg` is published as `kaixuan/a.jpg`.
//!
//! Which images there are is known only after the pages were made (`loose.rs`). So the kind is
//! derived. An image that no page shows is not published: it may be there by mistake.
//!
//! | file | result |
//! | --- | --- |
//! | an image with metadata | published without, and a warning if it has a location or names |
//! | not an image, or damaged | an error that asks to replace it |
//! | larger than 32 MiB | an error; it is not read to its end |

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Scan, Sources, View, loose},
    diagnostic::{Code, Diagnostic, Location},
    image,
    schema::PlaceId,
    source::{self, SitePath},
};

/// The images that pages show. No others are published. In order of their paths, each once.
pub(super) struct ImageKind;

impl ArtifactKind for ImageKind {
    fn name(&self) -> &'static str {
        "image"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        loose::shown(sources, |loose, file| loose.images.contains(file), |_| Vec::new())
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let (file, bytes) = loose::read(artifact, view, source::MAX_FILE)?;
        published(&bytes, file, view)
    }

    fn scan(&self, artifact: &Artifact) -> Scan {
        if artifact.path.ends_with(".svg") { Scan::Xml } else { Scan::Nothing }
    }

    fn is_derived(&self) -> bool {
        true
    }
}

/// An image as it is published. What was in it is reported.
///
/// # Errors
///
/// Returns the diagnostic of a file that is no image, or a damaged one.
pub(super) fn published(
    bytes: &[u8],
    file: &SitePath,
    view: &View<'_>,
) -> Result<Cow<'static, [u8]>, NotMade> {
    let Ok(published) = image::publish(bytes) else {
        let diagnostic = Diagnostic::error(Code::UnreadableImage, Location::file(file.clone()));
        return Err(diagnostic.help("replace").into());
    };
    if let Some(warning) = metadata(bytes, file) {
        view.report(warning);
    }
    Ok(published.into_owned().into())
}

/// The warning that a photo in the content folder has a location or names in it. Returns `None` if
/// it has neither.
///
/// What is published has none of it. But the original is often in a repository that others can
/// read, so staff should clean the file itself.
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
