//! The driver of the flow, and what it remembers from build to build.

pub mod cache;
pub mod next_change;
pub mod publish;
pub mod scope;
pub mod state;

use std::sync::Arc;

use crate::{
    artifact::{self, Plan, Sources},
    build::{
        publish::{Sink, publish},
        state::Memo,
    },
    clock::Clock,
    config::Config,
    diagnostic::{Checked, Diagnostic},
    disclosure::Portal,
    figures::{self, Figures, Listings},
    fingerprint::Fingerprint,
    output::OutPath,
    render::{required, theme::Theme},
    source::{Changes, World},
};

/// A site that has been read and planned.
#[derive(Debug)]
pub struct Site {
    /// `site.toml`.
    pub config: Config,
    /// What may be published.
    pub portal: Portal,
    /// Its figures.
    pub figures: Figures,
    /// Its next and latest records.
    pub listings: Listings,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// The theme's fingerprint.
    pub theme_print: Fingerprint,
    /// Its pages.
    pub plan: Plan,
}

impl Site {
    /// What its pages are planned by.
    pub fn sources(&self) -> Sources<'_> {
        let Self { portal, figures, listings, config, .. } = self;
        Sources { portal, figures, listings, config }
    }
}

/// Reads a site and plans its pages.
pub fn read(world: &dyn World, config: Config, clock: &Clock) -> Checked<Site> {
    update(world, config, clock, Changes::Anything, &mut Memo::default())
}

/// Reads of a site what is not known, and plans its pages.
pub fn update(
    world: &dyn World,
    config: Config,
    clock: &Clock,
    changes: Changes<'_>,
    memo: &mut Memo,
) -> Checked<Site> {
    let mut diagnostics = Vec::new();
    let sink = &mut diagnostics;
    let files = memo.look(world, changes).report(sink);
    let catalog = memo.catalog(&files, &config).report(sink);
    let (mut portal, touched) = memo.portal(&files, &catalog, &config, clock, sink);
    sink.extend(memo.withdrawn(&files, &mut portal, &touched));
    let figures = figures::merge(&portal, &touched.scope, memo.take_sums());
    let listings = Listings::new(&portal, &config, &touched.scope, memo.take_listings());
    let (theme, theme_print) = memo.theme(&files, &config.theme, sink);
    let theme = required::complete(theme, &config, &catalog).report(sink);
    let sources =
        Sources { portal: &portal, figures: &figures, listings: &listings, config: &config };
    let plan = artifact::plan(sources, theme_print, memo.pages()).report(sink);
    if files.is_torn() {
        portal.tear();
    }
    memo.keep(files, &figures, &listings);
    let site = Site { config, portal, figures, listings, theme, theme_print, plan };
    Checked { value: site, diagnostics }
}

/// Renders every page of a site that was [`read`] and hands each file of the output to `write`, from
/// many threads.
pub fn render<E: Send>(
    world: &dyn World,
    site: &mut Site,
    write: impl Fn(&OutPath, &[u8]) -> Result<(), E> + Sync,
) -> Result<Vec<Diagnostic>, E> {
    publish(world, site, &mut Memo::default(), &Sink(write)).map(|it| it.diagnostics)
}
