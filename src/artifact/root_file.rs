//! Files for the root of the site: `content/_root/CNAME` is published as `CNAME`.
//!
//! Hosts and search engines ask for files of names that no page has: `CNAME`, `.nojekyll`,
//! `.well-known/…`, `favicon.ico`, a proof that the site is somebody's. Texts and images can stand
//! there, and no others, since all of it is searched as what is attached to a text is.
//!
//! | file | result |
//! | --- | --- |
//! | text in UTF-8 | as it is, once it was searched |
//! | text with a program in it, or a `.js` that `[security.csp]` does not allow | an error |
//! | an image, an icon | published as those of pages are |
//! | any other | an error: nobody can look into it |
//! | one whose path a page or another file has | an error (`plan.rs`) |

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View, attachment::report,
        image, loose,
    },
    diagnostic::{Code, Diagnostic, Location},
    render::blocked,
    schema::PlaceId,
    source::{self, SitePath, Text},
};

/// The files of `content/_root/`.
pub(super) struct RootFileKind;

impl ArtifactKind for RootFileKind {
    fn name(&self) -> &'static str {
        "root-file"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() {
            return Vec::new();
        }
        let catalog = &sources.portal.catalog;
        let artifact = |(path, file): (&str, &SitePath)| {
            let id = catalog.loose_id(file)?;
            Some(Artifact {
                path: path.to_owned(),
                subject: Subject::File(id),
                language: sources.config.language.as_str().into(),
                reads: vec![Read::Site, Read::Wording, Read::Place(PlaceId::ROOT), Read::File(id)],
                source: Location::file(file.clone()),
            })
        };
        catalog.loose.root_paths().filter_map(artifact).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let (file, bytes) = loose::read(artifact, view, source::MAX_FILE)?;
        if is_image(file) {
            return image::published(&bytes, &artifact.path, (file, view));
        }
        let Ok(content) = str::from_utf8(&bytes) else {
            return Err(wrong("opaque", Location::file(file.clone())).into());
        };
        let text = Text { path: file.clone(), content: content.to_owned() };
        if let Some(code) = code_in(&text, &artifact.path, view) {
            return Err(wrong("script", code).into());
        }
        report(&view.inspection_of_text(&text), file, view);
        Ok(bytes.into())
    }

    fn scan(&self, artifact: &Artifact) -> Scan {
        let file = SitePath::new(&artifact.path);
        match () {
            () if file.has_extension("svg") => Scan::Xml,
            () if is_image(&file) => Scan::Nothing,
            // What tags part is one for readers.
            () if content_is_markup(&file) => Scan::Html,
            () => Scan::Nothing,
        }
    }
}

/// Where a program begins that browsers would run. One in a file of its own is allowed if the
/// policy of the pages allows those of the site.
fn code_in(text: &Text, path: &str, view: &View<'_>) -> Option<Location> {
    let policy = &view.config().policy;
    if ["js", "mjs"].iter().any(|it| text.path.has_extension(it)) {
        let is_allowed = policy.allows("script-src", path);
        return (!is_allowed).then(|| Location::file(text.path.clone()));
    }
    blocked::code_in(text, policy)
}

fn wrong(reason: &'static str, place: Location) -> Diagnostic {
    Diagnostic::error(Code::RootFile, place).arg("reason", reason).help(reason)
}

/// It is published as an image, by its extension.
pub(super) fn is_image(file: &SitePath) -> bool {
    ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "ico"]
        .iter()
        .any(|it| file.has_extension(it))
}

/// Browsers read it as a page, by its extension.
fn content_is_markup(file: &SitePath) -> bool {
    ["html", "htm", "xhtml", "xml"].iter().any(|it| file.has_extension(it))
}
