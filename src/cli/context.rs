//! What every command works with: the options common to all, and the site that is opened by them.
//!
//! A command returns [`Outcome`] or [`Failure`]. The first is about the content, the second about
//! the run: a folder that cannot be read, an argument that makes no sense. `mod.rs` turns both into
//! an exit status.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    build::{BuildError, Settings},
    cli::system,
    clock::Clock,
    config,
    diagnostic::{Language, Messages},
    output::OutputError,
    serve::watch::WatchError,
    source::Disk,
    text::credentials,
};

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The language of messages: zh-CN or en
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Say errors only, no warnings and no results
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Quote lines as they are written, with what is not published; on a terminal alone
    #[arg(long, global = true)]
    pub(super) show_values: bool,
}

/// The moment that a site is read for.
#[derive(Debug, Default, Args)]
pub(super) struct AsOf {
    /// Build as of a date (2026-03-05) or moment (2026-03-05T08:00) instead of now
    #[arg(long, value_name = "T")]
    pub(super) as_of: Option<String>,
    /// Use so many threads; all cores if not given
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// Why a command did not do its work: nothing to do with the content. `linli: ` is put before what
/// [`Failure::told`] says of it.
#[derive(Debug)]
pub(super) enum Failure {
    /// One sentence, in the reader's language where there is one.
    Said(String),
    /// The system refused, and on which file or folder, if that is known.
    System(Option<String>, io::Error),
    /// The output could not be written or read.
    Output(OutputError),
}

impl Failure {
    /// For `map_err`: the system refused something on a file or folder.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::System(Some(path.clone()), error)
    }

    /// What happened, in the reader's language.
    pub(super) fn told(&self, messages: &Messages) -> String {
        match self {
            Self::Said(said) => said.clone(),
            Self::System(None, error) => system::told(error, messages),
            Self::System(Some(path), error) => system::told_at(path, error, messages),
            Self::Output(error) => system::output(error, messages),
        }
    }
}

impl From<String> for Failure {
    fn from(said: String) -> Self {
        Self::Said(said)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::System(None, error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::System(None, error.into())
    }
}

impl From<WatchError> for Failure {
    fn from(error: WatchError) -> Self {
        Self::Said(error.to_string())
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// What came of a command. Warnings and notes are no matter of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Exit status 0.
    Done,
    /// The content has errors: exit status 1.
    Wrong,
    /// The program has an error of its own: exit status 2.
    Internal,
}

/// What every command works with. One for each run of the program.
pub(super) struct Context {
    pub(super) global: Global,
    pub(super) messages: Messages,
}

/// A site's folder, opened: its configuration and the moment that it is read for. Nothing of the
/// content is read yet. The diagnostics of `site.toml` are in the settings; each command reports
/// them with its own.
pub(super) struct OpenedSite {
    pub(super) world: Disk,
    pub(super) settings: Settings,
}

impl Context {
    /// Opens the folder of `--site`, reads `site.toml` and sets the clock.
    ///
    /// `base_url` replaces the one in `site.toml`; only `build` has it. Without `--as-of` the clock
    /// is that of the system, in the time zone of the site. A site without `site.toml` has default
    /// settings.
    ///
    /// The number of threads is set for the whole process, to one of 1 to 256; so this is called
    /// before any parallel work, and later calls in `linli serve` do not change it.
    ///
    /// Fails if the folder cannot be read or is no site, and for an address or a moment that is
    /// written wrongly:
    ///
    /// ```text
    /// linli: `next week` is no date: write 2026-03-05 or 2026-03-05T08:00
    /// ```
    pub(super) fn open(
        &self,
        moment: &AsOf,
        base_url: Option<&str>,
    ) -> Result<OpenedSite, Failure> {
        let site = &self.global.site;
        let world = Disk::new(site).map_err(Failure::at(site))?;
        if !site.join(config::FILE).is_file() && !site.join("content").is_dir() {
            return Err(Failure::Said(
                self.say("no-site", &[("folder", &site.display().to_string())]),
            ));
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
            config.base_url = known
                .ok_or_else(|| self.say("bad-base-url", &[("url", &credentials::masked(url))]))?;
        }
        let clock = match &moment.as_of {
            None => Clock::system(&config.time_zone),
            Some(text) => Clock::parse(text, &config.time_zone)
                .ok_or_else(|| self.say("bad-as-of", &[("text", text)]))?,
        };
        Ok(OpenedSite { world, settings: Settings::new(config, clock, diagnostics) })
    }

    /// Why a build could not do its work.
    pub(super) fn failure(&self, error: BuildError) -> Failure {
        match error {
            BuildError::AlwaysEdited => Failure::Said(self.say("always-edited", &[])),
            BuildError::OutputInSite(folder) => {
                Failure::Said(self.say("out-in-site", &[("folder", &folder)]))
            }
            BuildError::Output(error) => error.into(),
            BuildError::Site(error) => error.into(),
        }
    }

    /// A sentence with a number in it. `name` is what the message calls the number. A number, not a
    /// text, is passed on, so that Fluent can select the plural: 1 error, 2 errors.
    pub(super) fn say_count(&self, id: &str, name: &str, count: usize) -> String {
        self.messages.text(id, &[(name, count.into())])
    }

    /// A message in the user's language, with its arguments filled in. An id that has no message is
    /// returned itself.
    pub(super) fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.messages.text(id, &args)
    }
}
