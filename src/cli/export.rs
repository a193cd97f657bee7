//! `linli export`: the records of a place as a workbook, which `linli import` takes back.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        lists::{OpenedLists, chosen, posting, write_new},
        report,
        terminal::eprint_line,
    },
    diagnostic::{Diagnostic, Severity},
    output::private,
    schema::{CollectionId, raw},
    workbook::template::{self, Filled},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The lists: honors patrols; all that the place has if not given
    collections: Vec<String>,
    /// The place that it is for, by its folder: kaixuan/yixin
    #[arg(long, value_name = "FOLDER")]
    place: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes a workbook. A file that is there already is left alone, and that is a failure.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&AsOf::default(), None)?;
    let lists = OpenedLists::new(&opened);
    let place = lists.place(context, &options.place)?;
    let all: Vec<_> = lists.catalog.collections.iter().map(|(_, it)| it.clone()).collect();
    let chosen = chosen(context, &all, &options.collections)?;
    let posting = posting();
    let mut filled: BTreeMap<CollectionId, Filled<'_>> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for set in lists.catalog.sets.iter().filter(|it| it.place == place) {
        let collection = lists.catalog.collections.get(set.collection);
        if !chosen.is_empty() && chosen.iter().all(|it| it.name != collection.name) {
            continue;
        }
        let rows = filled.entry(set.collection);
        let rows = rows.or_insert_with(|| Filled { collection, rows: Vec::new() });
        for file in &set.files {
            let read = raw::records(&lists.files, file, collection, posting);
            let (records, _) = read.report(&mut diagnostics);
            rows.rows.extend(records);
        }
    }
    diagnostics.retain(|it| it.severity == Severity::Error);
    if !diagnostics.is_empty() {
        let places = diagnostics.iter_mut().flat_map(Diagnostic::places_mut);
        places.for_each(|place| place.quote = None);
        report::human(context, &mut diagnostics, false)?;
        return Ok(Outcome::Wrong);
    }
    let folder = &lists.catalog.place(place).folder;
    let named = (folder.below_content(), lists.catalog.place(place).name.as_str());
    let filled: Vec<Filled<'_>> = filled.into_values().collect();
    let bytes = template::export(&filled, posting, named, &context.messages);
    let path = options.file.clone().unwrap_or_else(|| {
        let name = folder.name();
        PathBuf::from(context.say("export-name", &[("place", name)]))
    });
    let shown = path.display().to_string();
    // It has what nobody else may read, too.
    write_new(context, &path, &bytes, private::options())?;
    let count: usize = filled.iter().map(|it| it.rows.len()).sum();
    let (lists, count) = (filled.len().to_string(), count.to_string());
    let said = [("file", &*shown), ("lists", &*lists), ("count", &*count)];
    eprint_line(&context.say("export-made", &said));
    Ok(Outcome::Done)
}
