//! `linli completions` and `linli man`.

use std::{fs, io, path::Path};

use clap::CommandFactory;

use crate::cli::{
    Cli,
    context::{Context, Failure, Outcome, print},
    localize,
};

/// Prints completions for a shell.
pub(super) fn completions(
    context: &Context,
    shell: clap_complete::Shell,
) -> Result<Outcome, Failure> {
    let mut command = localize::command(Cli::command(), &context.messages);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "linli", &mut script);
    print(&script)?;
    Ok(Outcome::Done)
}

/// Writes a manual page for the program and each of its commands.
pub(super) fn man(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let wrong = |error: io::Error| format!("{}: {error}", dir.display());
    fs::create_dir_all(dir).map_err(wrong)?;
    let command = localize::command(Cli::command(), &context.messages);
    clap_mangen::generate_to(command, dir).map_err(wrong)?;
    Ok(Outcome::Done)
}
