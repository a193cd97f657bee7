//! `linli template`: a workbook to fill in, made from the declarations.
//!
//! It knows the collections of the site, or those of the program outside of a site. What it writes
//! lies in the folder of a place as it is: one list by its name (`honors.xlsx`), several as a ledger.

use std::{
    fs::File,
    io::{self, Write as _},
    path::PathBuf,
};

use clap::Args;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        fields::declared,
        terminal::eprint_line,
    },
    config::Config,
    diagnostic::nearest,
    schema::{Catalog, Collection, catalog::KnownCatalog},
    source::{Files, Tree},
    workbook::template,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The lists: honors patrols; all of them if not given
    collections: Vec<String>,
    /// The place that it is for, by its folder: kaixuan/yixin
    #[arg(long, value_name = "FOLDER")]
    place: Option<String>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes a workbook. A file that is there already is left alone, and that is a failure: somebody may
/// have filled it in.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let (all, _) = declared(context)?;
    let mut chosen: Vec<&Collection> = Vec::new();
    for wanted in &options.collections {
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
    if options.collections.is_empty() {
        chosen.extend(all.iter());
    }
    let place = options.place.as_ref().map(|path| place(context, path)).transpose()?;
    let place = place.as_ref().map(|(path, name)| (path.as_str(), name.as_str()));
    let bytes = template::write(&chosen, place, &context.messages);
    let path = options.file.clone().unwrap_or_else(|| match chosen.as_slice() {
        [only] => PathBuf::from(format!("{}.xlsx", only.name)),
        _ => PathBuf::from(context.say("template-ledger", &[])),
    });
    let shown = path.display().to_string();
    let mut file = File::create_new(&path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Said(context.say("template-there", &[("file", &shown)]))
        }
        _ => Failure::at(&path)(error),
    })?;
    file.write_all(&bytes).map_err(Failure::at(&path))?;
    eprint_line(&context.say("template-made", &[("file", &shown)]));
    Ok(Outcome::Done)
}

/// The path and name of a place, by its folder in the content folder or by its name.
fn place(context: &Context, wanted: &str) -> Result<(String, String), Failure> {
    let opened = context.open(&AsOf::default(), None)?;
    let config: &Config = &opened.settings.config;
    let files = Files::new(&opened.world, Tree::take(&opened.world));
    let catalog = Catalog::load(&files, config, &mut KnownCatalog::default()).value;
    let folder = wanted.trim_matches('/');
    let folder = folder.strip_prefix("content").map_or(folder, |it| it.trim_start_matches('/'));
    let is_it = |path: &str, name: &str| path == folder || name == wanted;
    let found = catalog.places.iter().find(|it| is_it(it.folder.below_content(), &it.name));
    let found = found.map(|it| (it.folder.below_content().to_owned(), it.name.clone()));
    found.ok_or_else(|| Failure::Said(context.say("no-such-place", &[("place", wanted)])))
}
