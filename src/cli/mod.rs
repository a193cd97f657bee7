//! The command line: a file for each command, and the only place that prints.

mod args;
mod build;
mod check;
mod context;
mod explain;
mod localize;
mod new;
mod next_change;
mod privacy_report;
mod progress;
mod report;
mod serve;
mod shell;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory, FromArgMatches};

use crate::{
    cli::{
        args::{Cli, Command},
        context::{Context, Failure, Outcome, eprint_line},
    },
    diagnostic::Messages,
};

/// Runs the program: 0 if all went well, 1 if the content has errors, 2 if the command was misused
/// or the system failed.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let messages = Messages::new(localize::language(&args));
    let command = localize::command(Cli::command(), &messages);
    let cli = command.try_get_matches_from(args).and_then(|it| Cli::from_arg_matches(&it));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) => {
            // Clap returns help and version as errors, like mistakes in the command.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let context = Context { global: cli.global, messages };
    match run(context, cli.command) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(1),
        Ok(Outcome::Internal) => ExitCode::from(2),
        Err(Failure(reason)) => {
            eprint_line(&format!("linli: {reason}"));
            ExitCode::from(2)
        }
    }
}

fn run(context: Context, command: Command) -> Result<Outcome, Failure> {
    match command {
        // Its loop outlives this call.
        Command::Serve(options) => serve::run(context, options),
        Command::New { dir } => new::run(&context, &dir),
        Command::Build(options) => build::run(&context, &options),
        Command::Check(options) => check::run(&context, &options),
        Command::NextChange(options) => next_change::run(&context, &options),
        Command::PrivacyReport(options) => privacy_report::run(&context, &options),
        Command::Explain(options) => explain::run(&context, &options),
        Command::Completions { shell } => shell::completions(&context, shell),
        Command::Man { dir } => shell::man(&context, &dir),
    }
}
