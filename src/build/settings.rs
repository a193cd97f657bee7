//! How a site is built.
//!
//! [`Options`] come from the command line, [`Settings`] are what a build takes. Mistakes in
//! `site.toml` are kept in the settings: they are found once, and reported by each build.

use jiff::ZonedDateTime;

use crate::{
    clock::Clock,
    config::{self, Config},
    diagnostic::{self, Checked, Diagnostic},
    fingerprint::Fingerprint,
    source::World,
};

/// How a site is built, beside what its files say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The moment that it is built for; now if not given. In the portal's time zone; the moment
    /// decides, not only the day.
    pub as_of: Option<ZonedDateTime>,
    /// Where it will be published, in the place of what `site.toml` says: an absolute address.
    pub base_url: Option<String>,
    /// Drafts are shown, marked as such.
    pub drafts: bool,
    /// A site with warnings is not published.
    pub deny_warnings: bool,
}

/// What a site is built from beside its files: its configuration, and the moment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `site.toml`, with what the options change in it.
    pub config: Config,
    /// The moment. It stands still: a build that takes a minute sees one time only.
    pub clock: Clock,
    /// Diagnostics of `site.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// A site with warnings is not published.
    pub deny_warnings: bool,
}

impl Settings {
    /// Settings by which a site with warnings is published.
    pub fn new(config: Config, clock: Clock, diagnostics: Vec<Diagnostic>) -> Self {
        Self { config, clock, diagnostics, deny_warnings: false }
    }

    /// Reads the configuration of a site. A base URL that is none leaves that of `site.toml`.
    ///
    /// It never fails: what `site.toml` does not say, or says wrongly, has its default. Without
    /// `as_of` the moment is that of the system's clock, read once.
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
        Self { deny_warnings: options.deny_warnings, ..Self::new(config, clock, diagnostics) }
    }

    /// Whether these keep a site from being published.
    pub fn stops(&self, diagnostics: &[Diagnostic]) -> bool {
        let (errors, warnings) = diagnostic::count(diagnostics);
        errors > 0 || self.deny_warnings && warnings > 0
    }

    /// The fingerprint of all that they say, the moment apart.
    ///
    /// Diagnostics count, as a finished build repeats them, and so does whether warnings stop it.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(&self.config, &self.diagnostics, self.deny_warnings))
    }
}
