//! `linli completions` and `linli man`: what packages of the program bring along. Both are made
//! from the command line as it is, with help in the language of `--lang`.

use std::{fs, path::Path};

use clap::CommandFactory;

use crate::cli::{
    Cli,
    context::{Context, Failure, Outcome},
    localize,
    terminal::{PrintForm, print},
};

/// Prints completions for a shell. To standard output, to be saved where the shell looks:
/// `linli completions bash > …`.
pub(super) fn completions(
    context: &Context,
    shell: clap_complete::Shell,
) -> Result<Outcome, Failure> {
    let mut command = localize::command(Cli::command(), &context.messages);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "linli", &mut script);
    print(&String::from_utf8_lossy(&script), PrintForm::Text)?;
    Ok(Outcome::Done)
}

/// Writes a manual page for the program and each of its commands. `linli.1`, `linli-build.1` and so
/// on. The folder is made if it is missing; pages of the same name in it are replaced.
pub(super) fn man(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let wrong = Failure::at(dir);
    fs::create_dir_all(dir).map_err(&wrong)?;
    let command = localize::command(Cli::command(), &context.messages);
    clap_mangen::generate_to(command, dir).map_err(&wrong)?;
    Ok(Outcome::Done)
}
