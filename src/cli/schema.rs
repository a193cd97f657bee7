//! `linli schema`: JSON Schemas for editors, so that they complete and check while one types.
//!
//! Without `--out` they go to `.vscode/schemas/` of the site, and `.vscode/settings.json` is made if it
//! is not there. They are the site's own: a declaration that changes makes another schema, so the
//! command is run again then.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        fields,
        lists::OpenedLists,
        terminal::eprint_line,
    },
    config,
    diagnostic::Messages,
    edit,
    editor::{self, EditorSchema},
    schema::builtin,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder to write to; .vscode/schemas in the site's folder if not given
    #[arg(long = "out", value_name = "DIR")]
    schema_dir: Option<PathBuf>,
}

/// Where VS Code and this command keep them, from the folder of the site.
const FOLDER: &str = ".vscode/schemas";

/// Where VS Code looks for its settings.
const SETTINGS: &str = ".vscode/settings.json";

/// Writes the schemas. Those that are there are replaced; settings that are there are left alone.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let (collections, levels) = fields::declared(context)?;
    let site = &context.global.site;
    let is_site = site.join(config::FILE).is_file() || site.join("content").is_dir();
    let places = if is_site { places(context)? } else { Vec::new() };
    let schemas = editor::schemas(&collections, &levels, &places, &context.messages);
    let out = options.schema_dir.clone().unwrap_or_else(|| site.join(FOLDER));
    write(&out, &schemas)?;
    let shown = out.display().to_string();
    let count = schemas.len().to_string();
    eprint_line(&context.say("schemas-written", &[("folder", &shown), ("count", &count)]));
    if options.schema_dir.is_some() || !is_site {
        return Ok(Outcome::Done);
    }
    let settings = site.join(SETTINGS);
    if settings.exists() {
        eprint_line(&context.say("schemas-settings", &[("file", SETTINGS)]));
    } else {
        let text = editor::vscode(&schemas, FOLDER);
        edit::save::replace(&settings, text.as_bytes()).map_err(Failure::at(&settings))?;
    }
    Ok(Outcome::Done)
}

/// The words by which the places of a site are called.
fn places(context: &Context) -> Result<Vec<String>, Failure> {
    let opened = context.open(&AsOf::default(), None)?;
    let lists = OpenedLists::new(&opened);
    let words = lists.catalog.places.iter().flat_map(|it| {
        [it.folder.below_content().to_owned(), it.name.clone()]
            .into_iter()
            .filter(|it| !it.is_empty())
    });
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    Ok(words)
}

fn write(out: &Path, schemas: &[EditorSchema]) -> Result<(), Failure> {
    fs::create_dir_all(out).map_err(Failure::at(out))?;
    for schema in schemas {
        let path = out.join(format!("{}.schema.json", schema.name));
        let text = serde_json::to_string_pretty(&schema.schema)? + "\n";
        edit::save::replace(&path, text.as_bytes()).map_err(Failure::at(&path))?;
    }
    Ok(())
}

/// Writes the schemas and settings of a new portal.
pub(super) fn write_new(messages: &Messages, dir: &Path) -> Result<(), Failure> {
    let collections: Vec<_> = builtin::collections().cloned().collect();
    let schemas = editor::schemas(&collections, &config::Levels::default(), &[], messages);
    write(&dir.join(FOLDER), &schemas)?;
    let settings = dir.join(SETTINGS);
    fs::write(&settings, editor::vscode(&schemas, FOLDER)).map_err(Failure::at(&settings))
}

/// A file of a new portal, with a first line that says to editors which schema it has. `name` is its
/// path in the portal.
pub(super) fn with_schema(name: &str, text: String) -> String {
    let folders: Vec<&str> = name.split('/').collect();
    let Some(stem) = folders.last().and_then(|it| it.strip_suffix(".yaml")) else { return text };
    editor::comment(stem, FOLDER, folders.len() - 1) + &text
}
