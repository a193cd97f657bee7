//! The driver of the flow, and what it remembers from build to build.
//!
//! [`update`] goes from the files to the plan, [`make`](make::make) from the plan to bytes, and
//! [`build`] over both to a [`Target`]: with any error in the content nothing is published. A first
//! build, one after an edit and one with a restored [`cache`] run the same code.

pub mod cache;
pub mod make;
pub mod next_change;
mod state;
mod target;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::ZonedDateTime;

pub use make::{Made, Output, Sink};
pub use state::BuildState;
pub use target::{Folder, Memory, Round, Target};

use crate::{
    artifact::{Plan, Sources, plan},
    clock::Clock,
    config::{self, Config},
    diagnostic::{Checked, Diagnostic, Severity},
    disclosure::{self, Portal},
    figures::Figures,
    fingerprint::Fingerprint,
    output::{OutputError, Summary},
    render::theme::Theme,
    source::{Files, Tree, World},
};

/// A site that has been read and planned.
#[derive(Debug)]
pub struct Site<'w> {
    /// `site.toml`.
    pub config: Config,
    /// What may be published.
    pub portal: Portal<'w>,
    /// Its figures.
    pub figures: Figures,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// The theme's fingerprint.
    pub theme_fingerprint: Fingerprint,
    /// Its artifacts.
    pub plan: Plan,
}

impl Site<'_> {
    /// What its artifacts are planned and made from.
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            portal: &self.portal,
            figures: &self.figures,
            config: &self.config,
            theme: &self.theme,
            theme_fingerprint: self.theme_fingerprint,
            made: None,
            clock: None,
        }
    }
}

/// How a site is built, beside what its files say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The moment that it is built for; now if not given.
    pub as_of: Option<ZonedDateTime>,
    /// Where it will be published, in the place of what `site.toml` says: an absolute address.
    pub base_url: Option<String>,
    /// Drafts are shown, marked as such.
    pub drafts: bool,
}

/// What a site is built from beside its files: its configuration, and the moment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `site.toml`, with what the options change in it.
    pub config: Config,
    /// The moment.
    pub clock: Clock,
    /// Diagnostics of `site.toml`.
    pub diagnostics: Vec<Diagnostic>,
}

impl Settings {
    /// Reads the configuration of a site. A base URL that is none leaves that of `site.toml`.
    pub fn read(world: &dyn World, options: &Options) -> Self {
        let Checked { value: mut config, diagnostics } = config::read(world);
        config.drafts = options.drafts;
        if let Some(url) = options.base_url.as_deref().and_then(config::base_url) {
            config.base_url = url;
        }
        let clock = match &options.as_of {
            Some(moment) => Clock::at(moment.clone()),
            None => Clock::system(&config.time_zone),
        };
        Self { config, clock, diagnostics }
    }

    /// The fingerprint of all that they say, the moment apart.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(&self.config, &self.diagnostics))
    }
}

/// The result of a build.
#[derive(Debug)]
pub struct Report {
    /// Every diagnostic. With an error among them nothing was published.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many of them were made; the others are as they were.
    pub made: usize,
    /// What is kept back of records and notices.
    pub withheld: Vec<disclosure::Withheld>,
    /// What changed in the output; nothing if it was not published.
    pub published: Option<Summary>,
    /// How long the stages took.
    pub times: Times,
}

/// How long the stages of a build took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// Reading and planning.
    pub read: Duration,
    /// Making the artifacts and writing them.
    pub made: Duration,
    /// Letting the new site take the place of the old one.
    pub published: Duration,
}

impl Times {
    /// How long all of it took.
    pub fn all(self) -> Duration {
        self.read + self.made + self.published
    }
}

/// Why a build could not do its work: nothing to do with the content.
#[derive(Debug)]
pub enum BuildError {
    /// The output could not be written.
    Output(OutputError),
    /// Somebody edits the files all the time.
    AlwaysEdited,
    /// The output folder is in the site's content or themes, or holds them: the folder.
    OutputInSite(String),
    /// The site's folder could not be read.
    Site(std::io::Error),
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::AlwaysEdited => f.write_str("the files are edited while they are read"),
            Self::OutputInSite(folder) => {
                write!(f, "{folder} is part of the site, or holds it")
            }
            Self::Site(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<OutputError> for BuildError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// Hears how far a build is.
pub trait Observer: Sync {
    /// So many artifacts have to be looked at.
    fn planned(&self, _count: usize) {}

    /// Another one was written.
    fn written(&self) {}
}

impl Observer for () {}

/// How often a build begins anew because somebody edits files while they are read.
const TRIES: usize = 5;

/// Reads a site and plans its artifacts. What `state` knows of earlier builds is not done again.
pub fn update<'w>(
    world: &'w dyn World,
    tree: Tree,
    settings: &Settings,
    state: &mut BuildState,
) -> Checked<Site<'w>> {
    let Settings { config, clock, diagnostics } = settings.clone();
    let mut diagnostics = diagnostics;
    let sink = &mut diagnostics;
    let files = Files::new(world, state.files(tree));
    let catalog = state.catalog(&files, &config).report(sink);
    let (theme, theme_fingerprint) = state.theme(&files, &config, &catalog, sink);
    let (summaries, keys) = state.disclosure();
    let portal = Portal::new(files, catalog, &config, clock, summaries, keys);
    sink.extend(portal.diagnostics());
    sink.extend(disclosure::check_withdrawn(&portal, state.withdrawn()));
    let figures = Figures::new(&portal, &config, state.figures());
    let plan = Plan::default();
    let mut site = Site { config, portal, figures, theme, theme_fingerprint, plan };
    site.plan = plan::plan(site.sources(), &state.table).report(sink);
    state.keep(site.portal.files());
    Checked { value: site, diagnostics }
}

/// Builds a site: all of it, or with any error in the content nothing.
///
/// # Errors
///
/// Returns an error if the target cannot be written, or if the site is edited all the time.
pub fn build<T: Target>(
    world: &dyn World,
    options: &Options,
    target: &T,
) -> Result<Report, BuildError> {
    let settings = Settings::read(world, options);
    let tree = Tree::take(world);
    build_with(world, &settings, tree, &mut BuildState::default(), target, &())
}

/// Finds the mistakes of a site, those on its pages too, and publishes nothing.
pub fn check<'w>(world: &'w dyn World, options: &Options) -> Checked<Site<'w>> {
    check_with(world, &Settings::read(world, options), &())
}

/// The same, with settings that were read before.
pub fn check_with<'w>(
    world: &'w dyn World,
    settings: &Settings,
    observer: &dyn Observer,
) -> Checked<Site<'w>> {
    let mut state = BuildState::default();
    let Checked { value: mut site, mut diagnostics } =
        update(world, Tree::take(world), settings, &mut state);
    observer.planned(site.plan.new_artifacts().count());
    let Ok(made) = make::make(&mut site, &mut state, &target::Nowhere { observer });
    diagnostics.extend(made.diagnostics);
    Checked { value: site, diagnostics }
}

/// Builds a site of which `state` knows what earlier builds found out.
///
/// # Errors
///
/// As [`build`].
pub fn build_with<T: Target>(
    world: &dyn World,
    settings: &Settings,
    mut tree: Tree,
    state: &mut BuildState,
    target: &T,
    observer: &dyn Observer,
) -> Result<Report, BuildError> {
    for _ in 0..TRIES {
        if let Some(report) = attempt(world, settings, tree, state, target, observer)? {
            return Ok(report);
        }
        // What was edited meanwhile is not known.
        tree = Tree::take(world);
    }
    Err(BuildError::AlwaysEdited)
}

/// One try. Nothing if files were edited while they were read.
fn attempt<T: Target>(
    world: &dyn World,
    settings: &Settings,
    tree: Tree,
    state: &mut BuildState,
    target: &T,
    observer: &dyn Observer,
) -> Result<Option<Report>, BuildError> {
    let start = Instant::now();
    let Checked { value: mut site, mut diagnostics } = update(world, tree, settings, state);
    let read = start.elapsed();
    observer.planned(site.plan.new_artifacts().count());
    // A target that cannot be opened is an error only if there is something to publish.
    let round = if has_error(&diagnostics) { None } else { Some(target.open()?) };
    let mut made = match &round {
        Some(round) => make::make(&mut site, state, &target::Observed { round, observer })?,
        None => {
            let Ok(made) = make::make(&mut site, state, &target::Nowhere { observer });
            made
        }
    };
    if site.portal.is_torn() {
        return Ok(None);
    }
    let rendered = start.elapsed();
    diagnostics.append(&mut made.diagnostics);
    let pages = made.pages;
    let mut published = None;
    if let Some(round) = round.filter(|_| !has_error(&diagnostics)) {
        let gone = std::mem::take(&mut made.gone);
        made.remember(state);
        // What became of it when it fails is not known.
        let summary = round.commit(&gone).inspect_err(|_| drop(state.forget_published()))?;
        state.manifest = summary.manifest;
        published = Some(summary);
    }
    let times = Times {
        read,
        made: rendered.saturating_sub(read),
        published: start.elapsed().saturating_sub(rendered),
    };
    let withheld = site.portal.withheld();
    Ok(Some(Report {
        diagnostics,
        pages: site.plan.count,
        made: pages,
        withheld,
        published,
        times,
    }))
}

fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Checks that an output folder neither is nor holds what the site is made from.
///
/// # Errors
///
/// Returns an error if it is or does, or if the site's folder cannot be read.
pub fn check_outside(site: &Path, out: &Path) -> Result<(), BuildError> {
    let site = site.canonicalize().map_err(BuildError::Site)?;
    let mut known = out.to_path_buf();
    // The folder may not be there yet, nor those above it.
    let existing = loop {
        match known.canonicalize() {
            Ok(path) => break path.join(out.strip_prefix(&known).unwrap_or(Path::new(""))),
            Err(_) if known.pop() => {}
            Err(_) => break std::env::current_dir().map_err(BuildError::Site)?.join(out),
        }
    };
    let within = |name: &str| existing.starts_with(site.join(name));
    if site.starts_with(&existing) || within("content") || within("themes") {
        return Err(BuildError::OutputInSite(out.display().to_string()));
    }
    Ok(())
}
