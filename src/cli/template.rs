//! `linli template`: a workbook to fill in, made from the declarations.
//!
//! It knows the collections of the site, or those of the program outside of a site. What it writes
//! lies in the folder of a place as it is: one list by its name (`honors.xlsx`), several as a ledger.

use std::{fs::OpenOptions, path::PathBuf};

use clap::Args;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        fields::declared,
        lists::{OpenedLists, chosen, posting, write_new},
        terminal::eprint_line,
    },
    workbook::template,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The lists: honors patrols; all that the place has not yet if not given
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
    let mut chosen = chosen(context, &all, &options.collections)?;
    let place = options.place.as_ref().map(|path| Place::find(context, path)).transpose()?;
    if options.collections.is_empty() {
        let kept = place.as_ref().map(|it| it.kept.as_slice()).unwrap_or_default();
        chosen.extend(all.iter().filter(|it| !kept.contains(&it.name)));
    }
    let named = place.as_ref().map(|it| (it.path.as_str(), it.name.as_str()));
    let bytes = template::write(&chosen, posting(), named, &context.messages);
    let path = options.file.clone().unwrap_or_else(|| match chosen.as_slice() {
        [only] => PathBuf::from(format!("{}.xlsx", only.name)),
        _ => PathBuf::from(context.say("template-ledger", &[])),
    });
    let shown = path.display().to_string();
    write_new(context, &path, &bytes, OpenOptions::new())?;
    let folder = place.map_or_else(|| "none".to_owned(), |it| it.folder);
    eprint_line(&context.say("template-made", &[("file", &shown), ("folder", &folder)]));
    Ok(Outcome::Done)
}

/// A place for which a workbook is made.
struct Place {
    /// Its path.
    path: String,
    name: String,
    /// Where its files are.
    folder: String,
    /// The lists that it has already: a second source of one is a mistake.
    kept: Vec<String>,
}

impl Place {
    fn find(context: &Context, wanted: &str) -> Result<Self, Failure> {
        let opened = context.open(&AsOf::default(), None)?;
        let lists = OpenedLists::new(&opened);
        let place = lists.catalog.place(lists.place(context, wanted)?);
        let sets = lists.catalog.sets.iter().filter(|it| it.place == place.id);
        let kept = sets.map(|it| lists.catalog.collections.get(it.collection).name.clone());
        Ok(Self {
            path: place.folder.below_content().to_owned(),
            name: place.name.clone(),
            folder: place.folder.as_str().to_owned(),
            kept: kept.collect(),
        })
    }
}
