//! The lists of a site, for commands that read or write them one by one.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
    sync::Arc,
};

use crate::{
    cli::context::{Context, Failure, OpenedSite},
    diagnostic::nearest,
    schema::{Catalog, Collection, Field, PlaceId, builtin, catalog::KnownCatalog},
    source::{Files, Tree},
};

/// A site whose lists are known.
pub(super) struct OpenedLists<'s> {
    pub(super) files: Files<'s>,
    pub(super) catalog: Arc<Catalog>,
}

impl<'s> OpenedLists<'s> {
    /// Finds out which lists there are. No record is read.
    pub(super) fn new(opened: &'s OpenedSite) -> Self {
        let files = Files::new(&opened.world, Tree::take(&opened.world));
        let known = &mut KnownCatalog::default();
        let catalog = Catalog::load(&files, &opened.settings.config, known).value;
        Self { files, catalog }
    }

    /// A place, by its folder in the content folder or by its name.
    pub(super) fn place(&self, context: &Context, wanted: &str) -> Result<PlaceId, Failure> {
        let folder = wanted.trim_matches('/');
        let folder = folder.strip_prefix("content").map_or(folder, |it| it.trim_start_matches('/'));
        let places = &self.catalog.places;
        let by_folder = places.iter().find(|it| it.folder.below_content() == folder);
        let found = by_folder.or_else(|| places.iter().find(|it| it.name == wanted));
        let none = || Failure::Said(context.say("no-such-place", &[("place", wanted)]));
        found.map(|it| it.id).ok_or_else(none)
    }
}

/// Writes a workbook, with these options, to a file that is not there yet: one that is may have been
/// filled in by somebody, and that is a failure.
pub(super) fn write_new(
    context: &Context,
    path: &Path,
    bytes: &[u8],
    mut options: OpenOptions,
) -> Result<(), Failure> {
    let file = options.write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let shown = path.display().to_string();
            Failure::Said(context.say("template-there", &[("file", &shown)]))
        }
        _ => Failure::at(path)(error),
    })?;
    file.write_all(bytes).map_err(Failure::at(path))
}

/// The fields that any record may have for its publication.
pub(super) fn posting() -> &'static [Field] {
    &builtin::get().posting.fields
}

/// The lists of these names or titles. A name that none has is a failure, with the nearest one.
pub(super) fn chosen<'c>(
    context: &Context,
    all: &'c [Collection],
    names: &[String],
) -> Result<Vec<&'c Collection>, Failure> {
    let mut chosen: Vec<&Collection> = Vec::new();
    for wanted in names {
        let found = all.iter().find(|it| it.name == *wanted || it.title.is(wanted));
        let Some(collection) = found else {
            let near = nearest(wanted, all.iter().map(|it| it.name.as_str()));
            let id = if near.is_some() { "no-collection-near" } else { "no-collection" };
            let said = [("name", wanted.as_str()), ("near", near.unwrap_or_default())];
            return Err(Failure::Said(context.say(id, &said)));
        };
        if chosen.iter().all(|it| it.name != collection.name) {
            chosen.push(collection);
        }
    }
    Ok(chosen)
}
