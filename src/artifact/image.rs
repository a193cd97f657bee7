//! Images of the content folder, in the sizes that pages need, without what a camera wrote into them.
//!
//! A photo from a telephone may hold the place where it was taken, the owner's name and a small
//! picture of what was cut off. Of a JPEG or PNG, whatever it is called, only the pixels are published,
//! encoded anew ([`image::picture`]); of others [`image::publish`] takes all of that out. The words of
//! a drawing are searched like those of an attached file. The result
//! stands at the path of the file below `content/`: `content/kaixuan/a.jpg` is published as `kaixuan/a.jpg`, with smaller
//! copies beside it (`copies.rs`).
//!
//! Which images there are is known only after the pages were made (`loose.rs`). So the kind is
//! derived. An image that no page shows is not published: it may be there by mistake.
//!
//! | file | result |
//! | --- | --- |
//! | an image with metadata | published without, and a warning if it has a location or names |
//! | not an image, or damaged | an error that asks to replace it |
//! | an image that browsers do not show, or not under its name | an error that says how to save it |
//! | more pixels than are decoded | an error; it is not decoded |
//! | larger than 32 MiB | an error; it is not read to its end |

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Repeat, Scan, Sources, Subject, Table, View,
        attachment, copies,
        loose::{self, is_drawing},
    },
    diagnostic::{Code, Diagnostic, Location},
    image::{
        self,
        picture::{LARGEST, Picture, PictureForm},
    },
    package::markup::{self, Piece},
    schema::PlaceId,
    source::{self, SitePath, Text},
};

/// The images that pages show. No others are published. In order of their paths, each once.
pub(super) struct ImageKind;

impl ArtifactKind for ImageKind {
    fn name(&self) -> &'static str {
        "image"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let reads = |place, file: &SitePath| {
            let of_words = [Read::Site, Read::Wording, Read::Place(place)];
            if is_drawing(file.as_str()) { of_words.to_vec() } else { Vec::new() }
        };
        let mut all = loose::shown(sources, |loose, file| loose.images.contains(file), reads);
        all.extend(smaller(sources));
        all
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let (file, bytes) = loose::read(artifact, view, source::MAX_FILE)?;
        match (artifact.subject, copies::form(&artifact.path)) {
            (Subject::Copy(_, width), Some(form)) => copied(&bytes, width, form, (file, view)),
            _ => published(&bytes, &artifact.path, (file, view)),
        }
    }

    fn repeat(&self) -> Option<Repeat> {
        Some(|artifact, view| {
            let (file, bytes) = loose::read(artifact, view, source::MAX_FILE)?;
            if is_drawing(&artifact.path) {
                return published(&bytes, &artifact.path, (file, view)).map(|_| ());
            }
            metadata(&bytes, file).into_iter().for_each(|it| view.report(it));
            Ok(())
        })
    }

    fn scan(&self, artifact: &Artifact) -> Scan {
        if is_drawing(&artifact.path) { Scan::Xml } else { Scan::Nothing }
    }

    fn is_derived(&self) -> bool {
        true
    }
}

/// The smaller copies of the images that pages show.
fn smaller(sources: &Sources<'_>) -> Vec<Artifact> {
    let files = sources.made.map(Table::files).unwrap_or_default();
    let catalog = &sources.portal.catalog;
    let artifact = |path: String| {
        // A file of that name is an error, for which it must not be taken for a copy.
        if catalog.loose_id(&SitePath::new(source::CONTENT).join(&path)).is_some() {
            return None;
        }
        let (file, width) = copies::original(&path, &catalog.loose)?;
        let id = catalog.loose_id(&file)?;
        Some(Artifact {
            path,
            subject: Subject::Copy(id, width),
            language: sources.config.language.as_str().into(),
            reads: vec![Read::File(id)],
            source: Location::file(file),
        })
    };
    files.into_iter().filter_map(artifact).collect()
}

/// A copy of a picture, at most so many pixels wide.
fn copied(
    bytes: &[u8],
    width: u32,
    form: PictureForm,
    (file, view): (&SitePath, &View<'_>),
) -> Result<Cow<'static, [u8]>, NotMade> {
    let picture = view.decoded(file, bytes).ok_or_else(|| unfit(bytes, file))?;
    let copy = picture.copy(width, form).map_err(|_| unreadable(file, "broken"))?;
    Ok(copy.into())
}

/// The error for a picture that is not decoded: it has too many pixels, or is damaged.
fn unfit(bytes: &[u8], file: &SitePath) -> NotMade {
    let Some(picture) = Picture::of(bytes).filter(|it| it.is_too_large()) else {
        return unreadable(file, "broken");
    };
    let diagnostic = Diagnostic::error(Code::ImageTooLarge, Location::file(file.clone()))
        .arg("width", picture.width.to_string())
        .arg("height", picture.height.to_string());
    diagnostic.help("smaller").into()
}

/// The error for what is no image, a damaged one, or one that cannot be shown under its name.
fn unreadable(file: &SitePath, reason: &'static str) -> NotMade {
    let diagnostic = Diagnostic::error(Code::UnreadableImage, Location::file(file.clone()));
    diagnostic.arg("reason", reason).help(reason).into()
}

/// An image without metadata, for the path at which it is published: photos and pictures encoded anew
/// whatever they are called, others as they are stored. What was in it is reported.
///
/// # Errors
///
/// Returns the diagnostic of a file that is no image, or a damaged one.
pub(super) fn published(
    bytes: &[u8],
    path: &str,
    (file, view): (&SitePath, &View<'_>),
) -> Result<Cow<'static, [u8]>, NotMade> {
    if let Some(reason) = image::foreign(bytes, is_drawing(path)) {
        return Err(unreadable(file, reason));
    }
    let published = match Picture::of(bytes).filter(|it| it.is_decoded()) {
        Some(picture) => {
            let form = copies::form(path).unwrap_or_else(|| picture.form());
            copied(bytes, LARGEST, form, (file, view))?
        }
        None => {
            let published = image::publish(bytes).map_err(|_| unreadable(file, "broken"))?;
            published.into_owned().into()
        }
    };
    if is_drawing(path) {
        let text = Text { path: file.clone(), content: words(&published) };
        attachment::report(&view.inspection_of_text(&text), file, view);
    }
    metadata(bytes, file).into_iter().for_each(|it| view.report(it));
    Ok(published)
}

/// The words of a published drawing, those of each element on a line of their own, whether they are
/// drawn or hidden.
fn words(published: &[u8]) -> String {
    let (text, mut words) = (str::from_utf8(published).unwrap_or_default(), String::new());
    let read = markup::walk(text, |piece| match piece {
        Piece::Text(text) => words.push_str(text),
        // The parts of one text are drawn behind each other.
        Piece::Close(name) if name != "tspan" => words.push('\n'),
        Piece::Open(..) | Piece::Close(_) => {}
    });
    read.map_or_else(|_| text.to_owned(), |()| words)
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
