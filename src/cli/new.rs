//! `linli new`.

use std::{fs, path::Path};

use rust_embed::Embed;

use crate::cli::context::{Context, Failure, Outcome, eprint_line};

/// The files of a new portal.
#[derive(Embed)]
#[folder = "src/cli/new/"]
struct PortalTemplate;

/// Makes a small portal that can be built at once. It needs nothing but the program.
pub(super) fn run(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let shown = dir.display().to_string();
    let wrong = |error: std::io::Error| format!("{shown}: {error}");
    if dir.exists() && fs::read_dir(dir).map_err(wrong)?.next().is_some() {
        return Err(Failure(context.say("not-empty", &[("folder", &shown)])));
    }
    for name in PortalTemplate::iter() {
        // Packages leave out files whose names begin with a dot.
        let path = dir.join(name.replace("gitignore", ".gitignore"));
        let parent = path.parent().unwrap_or(dir);
        fs::create_dir_all(parent).map_err(wrong)?;
        let file = PortalTemplate::get(&name).expect("the name comes from the list of files");
        fs::write(&path, file.data).map_err(wrong)?;
    }
    eprint_line(&context.say("made", &[("folder", &shown)]));
    Ok(Outcome::Done)
}
