//! What images and attached files have in common: they are published as long as a page shows them,
//! each at its path below the content folder.
//!
//! Which files these are is known only after the pages were made, from what they showed
//! ([`super::View::show`]).

use crate::{
    artifact::{Artifact, NotMade, Read, Sources, Subject, Table, View},
    diagnostic::{Code, Diagnostic, Location},
    schema::{LooseFiles, PlaceId},
    source::{self, CONTENT, SitePath, World as _},
};

/// An artifact for each file that a page shows and that is one of those. In order of their paths,
/// each once. `reads` are those beside the file itself, by the place in whose folder it lies and its
/// path.
pub(super) fn shown(
    sources: &Sources<'_>,
    is_one: impl Fn(&LooseFiles, &SitePath) -> bool,
    reads: impl Fn(PlaceId, &SitePath) -> Vec<Read>,
) -> Vec<Artifact> {
    let files = sources.made.map(Table::files).unwrap_or_default();
    let catalog = &sources.portal.catalog;
    let artifact = |path: String| {
        let file = SitePath::new(CONTENT).join(&path);
        let id = catalog.loose_id(&file).filter(|_| is_one(&catalog.loose, &file))?;
        let mut reads = reads(catalog.place_of(&file).unwrap_or(PlaceId::ROOT), &file);
        reads.push(Read::File(id));
        Some(Artifact {
            path,
            subject: Subject::File(id),
            language: sources.config.language.as_str().into(),
            reads,
            source: Location::file(file),
        })
    };
    files.into_iter().filter_map(artifact).collect()
}

/// It is a drawing by its name. Others are refused under such a name, and drawings under another.
pub(super) fn is_drawing(path: &str) -> bool {
    SitePath::new(path).has_extension("svg")
}

/// The file of an artifact, and its bytes.
///
/// # Errors
///
/// Returns the diagnostic of a file that is larger than the limit or cannot be read. Of one that is
/// larger no more is read than shows it.
pub(super) fn read<'v>(
    artifact: &Artifact,
    view: &View<'v>,
    limit: u64,
) -> Result<(&'v SitePath, Vec<u8>), NotMade> {
    let (Subject::File(id) | Subject::Copy(id, _)) = artifact.subject else {
        return Err(artifact.unexpected());
    };
    let (file, files) = view.file(id);
    let bytes = files.read(file, limit + 1).map_err(|error| source::unreadable(file, &error))?;
    if bytes.len() as u64 > limit {
        let diagnostic = Diagnostic::error(Code::FileTooLarge, Location::file(file.clone()))
            .arg("limit", format!("{} MB", limit >> 20));
        return Err(diagnostic.help("split").into());
    }
    Ok((file, bytes))
}
