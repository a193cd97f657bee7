//! The command line: a file for each command, and the only place that prints (`terminal`).
//!
//! | command | file | writes |
//! | --- | --- | --- |
//! | `new` | `new` | a small portal |
//! | `build` | `build` | the output folder, the cache |
//! | `check` | `check`; with `--fix`, `fix` | diagnostics; files that can be mended |
//! | `serve` | `serve` | the folder of the preview |
//! | `next-change` | `next_change` | a moment, or nothing |
//! | `privacy-report` | `privacy_report` | a table or JSON |
//! | `explain` | `explain`, `explain_code` | what is known of a page, or of a code |
//! | `fields` | `fields` | what can be written in a list |
//! | `export`, `import` | `export`, `import` | the records of a place as a workbook, and back |
//! | `due` | `due` | what the office has to do: a list, JSON or a calendar |
//! | `schema` | `schema` | schemas for editors |
//! | `template` | `template` | a workbook to fill in |
//! | `publish` | `publish` | the target |
//! | `verify` | `verify` | what differs at the target |
//! | `shards`; `build --shard` | `shards` | how a portal is divided; one site of its parts; a part |
//! | `completions`, `man` | `shell` | for shells and manuals |
//!
//! Results go to standard output; diagnostics, progress and what was done, to standard error. A
//! command decides nothing about the content: it reads options, calls `build` or a stage, and words
//! the result. Words are in `diagnostic/messages/cli-*.ftl`.

mod args;
mod base;
mod build;
mod check;
mod context;
mod due;
mod explain;
mod explain_code;
mod export;
mod external;
mod fields;
mod fix;
mod import;
mod listen;
mod lists;
mod localize;
mod new;
mod next_change;
mod privacy_report;
mod progress;
mod public;
mod publish;
mod publish_failed;
mod report;
mod schema;
mod serve;
mod shards;
mod shell;
mod system;
mod template;
mod terminal;
mod usage;
mod verify;

use std::{ffi::OsString, path::Path, process::ExitCode};

use clap::{CommandFactory, FromArgMatches};

use crate::{
    cli::{
        args::{Cli, Command},
        context::{Context, Failure, Outcome},
        terminal::eprint_line,
    },
    config,
    diagnostic::Messages,
    text::characters::one_line,
};

/// Runs the program: 0 if all went well, 1 if the content has errors, 2 if the command was misused
/// or the system failed.
///
/// The order matters: first the language, from the bare arguments, then the help in that language,
/// then the arguments themselves. `--help` and `--version` end with 0, a wrong option with 2. An
/// internal error of the program ends with 2 as well, so that 1 always means: the content is to be
/// corrected.
pub fn main() -> ExitCode {
    survive_limits();
    let args: Vec<OsString> = std::env::args_os().collect();
    let is_portal = || Path::new(config::FILE).is_file() || Path::new("content").is_dir();
    if cfg!(windows) && args.len() == 1 && is_portal() {
        return preview(&args);
    }
    started(&args)
}

/// The preview, for whoever opens the program by a double-click in the folder of a portal: the system
/// gives no arguments then, and closes the window when the program ends.
fn preview(args: &[OsString]) -> ExitCode {
    let messages = Messages::new(localize::language(args));
    eprint_line(&messages.text("double-click", &[]));
    let more = ["serve", "--open"].map(OsString::from);
    let code = started(&[args, &more].concat());
    terminal::wait_for_enter(&messages.text("double-click-end", &[]));
    code
}

/// Runs the program with these arguments.
fn started(args: &[OsString]) -> ExitCode {
    let messages = Messages::new(localize::language(args));
    let cli = match parse(args.iter().cloned(), &messages) {
        Ok(cli) => cli,
        Err(error) => {
            // Clap returns help and version as errors, like mistakes in the command. A mistake is
            // quoted, so what was typed is read once more as it can be shown.
            let shown = args.iter().map(|it| one_line(&it.to_string_lossy()).into());
            let error = parse(shown, &messages).err().unwrap_or(error);
            terminal::print_usage(&error, &messages);
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let context = Context { global: cli.global, messages };
    let messages = Messages::new(context.messages.language());
    match run(context, cli.command) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(1),
        Ok(Outcome::Internal) => ExitCode::from(2),
        Err(failure) => {
            eprint_line(&format!("linli: {}", failure.told(&messages)));
            ExitCode::from(2)
        }
    }
}

/// A file that would become larger than the user may have (`ulimit -f`) is then an error of writing,
/// which is told, and not the end of the program.
#[cfg(unix)]
fn survive_limits() {
    // Any handler will do, and where none can be set, all is as it was. Nobody asks the flag.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

#[cfg(not(unix))]
fn survive_limits() {}

/// Reads the arguments, or returns the error that says what is wrong with them.
fn parse(args: impl Iterator<Item = OsString>, messages: &Messages) -> Result<Cli, clap::Error> {
    let matches = localize::command(Cli::command(), messages).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

/// Runs one command.
fn run(context: Context, command: Command) -> Result<Outcome, Failure> {
    match command {
        // Its loop outlives this call.
        Command::Serve(options) => serve::run(context, options),
        Command::New { dir } => new::run(&context, &dir),
        Command::Build(options) if options.shard.is_some() => shards::build(&context, &options),
        Command::Build(options) => build::run(&context, &options),
        Command::Check(options) => check::run(&context, &options),
        Command::NextChange(options) => next_change::run(&context, &options),
        Command::PrivacyReport(options) => privacy_report::run(&context, &options),
        Command::Explain(options) => explain::run(&context, &options),
        Command::Fields(options) => fields::run(&context, &options),
        Command::Export(options) => export::run(&context, &options),
        Command::Import(options) => import::run(&context, &options),
        Command::Due(options) => due::run(&context, &options),
        Command::Schema(options) => schema::run(&context, &options),
        Command::Template(options) => template::run(&context, &options),
        Command::Publish(options) => publish::run(&context, &options),
        Command::Verify(options) => verify::run(&context, &options),
        Command::Shards(options) => shards::run(&context, &options),
        Command::Completions { shell } => shell::completions(&context, shell),
        Command::Man { dir } => shell::man(&context, &dir),
    }
}
