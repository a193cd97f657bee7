//! `linli new`: a small portal to begin with.
//!
//! Its files are those of `src/cli/new/`, embedded in the program: `site.toml`, a street with one
//! community in it, some records with comments in Chinese that explain them, a notice, and a
//! `.gitignore`. `linli check` finds no mistake in it. Beside them stands an example of each built-in
//! list, in `examples/`. Editors find schemas of all in `.vscode/`, and each file of records says which
//! is its own.

use std::{
    fs,
    hash::{BuildHasher as _, RandomState},
    path::Path,
};

use rust_embed::Embed;

use crate::{
    cli::{
        context::{Context, Failure, Outcome},
        fields, schema,
        terminal::eprint_line,
    },
    schema::{Collection, builtin},
};

/// The folder with an example of each built-in list, in the new portal. It is no content.
const EXAMPLES: &str = "examples";

/// The files of a new portal. Built with the program in every profile, so no file is looked for at
/// run time.
#[derive(Embed)]
#[folder = "src/cli/new/"]
struct PortalTemplate;

/// Makes a small portal that can be built at once. It needs nothing but the program. `dir` may be
/// missing, or an empty folder, and is made. A folder with anything in it, a hidden file too, is
/// left alone, and that is a failure: nobody's files are overwritten. If writing fails halfway,
/// what was written stays.
pub(super) fn run(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let shown = dir.display().to_string();
    let wrong = Failure::at(dir);
    if dir.exists() && fs::read_dir(dir).map_err(&wrong)?.next().is_some() {
        return Err(Failure::Said(context.say("not-empty", &[("folder", &shown)])));
    }
    for name in PortalTemplate::iter() {
        // Packages leave out files whose names begin with a dot.
        let path = dir.join(name.replace("gitignore", ".gitignore"));
        let parent = path.parent().unwrap_or(dir);
        fs::create_dir_all(parent).map_err(&wrong)?;
        let file = PortalTemplate::get(&name).expect("the name comes from the list of files");
        let text = String::from_utf8_lossy(&file.data).replace("NEW-ID", &new_id());
        let text = schema::with_schema(&name, text);
        fs::write(&path, text).map_err(&wrong)?;
    }
    let examples = dir.join(EXAMPLES);
    fs::create_dir_all(&examples).map_err(&wrong)?;
    for collection in builtin::collections() {
        let path = examples.join(format!("{}.yaml", collection.name));
        let name = format!("{EXAMPLES}/{}.yaml", collection.name);
        let example = schema::with_schema(&name, example(context, collection));
        fs::write(path, example).map_err(&wrong)?;
    }
    schema::write_new(&context.messages, dir)?;
    eprint_line(&context.say("made", &[("folder", &shown)]));
    Ok(Outcome::Done)
}

/// An id that no other portal has: eight hexadecimal digits by chance.
fn new_id() -> String {
    let chance = RandomState::new().hash_one(0_u8);
    format!("linli-{:08x}", chance >> 32)
}

/// An example of a list, with a line that says where it belongs.
fn example(context: &Context, collection: &Collection) -> String {
    let title = collection.title.get(context.messages.language().as_str());
    let head = context.say("example-head", &[("title", title), ("name", &collection.name)]);
    let lines = fields::example(collection, &context.messages);
    format!("# {head}\n\n{}\n", lines.join("\n"))
}
