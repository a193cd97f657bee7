//! The command line: a file for each command, and the only place that prints.

mod build;
mod check;
mod explain;
mod localize;
mod new;
mod next_change;
mod privacy_report;
mod progress;
mod report;
mod serve;
mod shell;

use std::{ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::{
    BuildError,
    build::Settings,
    clock::Clock,
    config,
    diagnostic::{Language, Messages},
    source::Disk,
};

/// Publish what a neighbourhood office keeps in lists: checked, added up, as a website.
#[derive(Debug, Parser)]
#[command(name = "linli", version)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
struct Global {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The language of messages: zh-CN or en
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Language>,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small portal that can be built at once
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Build the site
    Build(build::Options),
    /// Tell of all mistakes, and write nothing
    Check(check::Options),
    /// Serve the site, and build it again whenever it is edited
    Serve(serve::Options),
    /// Tell when the site would change though nobody edits anything
    NextChange(next_change::Options),
    /// List every personal field that is published
    PrivacyReport(privacy_report::Options),
    /// Tell what a page is made from
    Explain(explain::Options),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// The folder
        dir: PathBuf,
    },
}

/// The moment that a site is read for.
#[derive(Debug, Args)]
struct AsOf {
    /// Build as of a date (2026-03-05) or moment (2026-03-05T08:00) instead of now
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// Use so many threads; all cores if not given
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Why a command did not do its work: nothing to do with the content.
#[derive(Debug)]
struct Failure(String);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// What came of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Exit status 0.
    Done,
    /// The content has errors: exit status 1.
    Wrong,
    /// The program has an error of its own: exit status 2.
    Internal,
}

/// What every command works with.
struct Context {
    global: Global,
    messages: Messages,
}

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
            // Help and version are printed by the same way as mistakes in the command.
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
            tell(&format!("linli: {reason}"));
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

/// A site's folder, opened: its configuration and the moment that it is read for.
struct Opened {
    world: Disk,
    settings: Settings,
}

impl Context {
    fn open(&self, moment: &AsOf, base_url: Option<&str>) -> Result<Opened, Failure> {
        let site = &self.global.site;
        let unreadable = |it| format!("{}: {it}", site.display());
        let world = Disk::new(site).map_err(unreadable)?;
        if !site.join(config::FILE).is_file() && !site.join("content").is_dir() {
            return Err(Failure(self.say("no-site", &[("folder", &site.display().to_string())])));
        }
        // One more than there are cores: while a thread waits for the disk, another computes.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = moment.jobs.unwrap_or(cores + 1).clamp(1, 256);
        // A second call in one process keeps the first pool; the program makes only one.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        let mut diagnostics = Vec::new();
        let mut config = config::read(&world).report(&mut diagnostics);
        if let Some(url) = base_url {
            let known = config::base_url(url);
            config.base_url = known.ok_or_else(|| self.say("bad-base-url", &[("url", url)]))?;
        }
        let clock = match &moment.as_of {
            None => Clock::system(&config.time_zone),
            Some(text) => Clock::parse(text, &config.time_zone)
                .ok_or_else(|| self.say("bad-as-of", &[("text", text)]))?,
        };
        Ok(Opened { world, settings: Settings { config, clock, diagnostics } })
    }

    /// Why a build could not do its work, in words.
    fn failure(&self, error: &BuildError) -> Failure {
        Failure(match error {
            BuildError::AlwaysEdited => self.say("always-edited", &[]),
            BuildError::OutputInSite(folder) => self.say("out-in-site", &[("folder", folder)]),
            error => error.to_string(),
        })
    }

    /// A sentence with a number in it.
    fn say_count(&self, id: &str, name: &str, count: usize) -> String {
        self.messages.text(id, &[(name, count.into())])
    }

    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.messages.text(id, &args)
    }
}

/// Writes what a command was asked for to standard output. A reader that has had enough of it
/// (`| head`) is no failure.
fn print(text: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Says a line on standard error. Where nobody listens there is nothing to say.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
