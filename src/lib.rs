//! Linli turns a folder of records and notices, kept by the staff of a neighbourhood office, into
//! the website of its public information.
//!
//! The flow has one direction, and a folder for each stage:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | the site's folder | files, text with positions |
//! | [`schema`] | files | a [`schema::Frame`], and each value as its declared type understands it |
//! | [`digest`] | records and notices, what may be published of them | what is known of them without reading them again |
//! | [`portal`] | digests, the [`clock`] | the public [`portal::Portal`] |
//! | [`figures`] | the portal | [`figures::Figures`], merged up the places |
//! | [`pages`] | the portal and its figures | a [`pages::Plan`]: which pages there are, what each reads |
//! | [`mod@render`] | the plan | bytes |
//! | [`output`] | bytes | the published folder, all of it or none |
//!
//! [`update`] goes from the first to the plan and [`publish`] over the rest; both tell of all
//! mistakes as [`diagnostic`]s. What they find out they leave in a [`Memo`], and the next time only
//! what has changed is done again: whether in the same process or, with a [`cache`], in another.
//! [`read`] and [`render()`] are the same with nothing known. What each command does with them
//! stands in [`cli`].

pub mod cache;
pub mod change;
pub mod cli;
pub mod clock;
pub mod config;
pub mod diagnostic;
pub mod digest;
pub mod figures;
pub mod fingerprint;
pub mod image;
mod memo;
pub mod output;
pub mod pages;
pub mod portal;
mod publish;
pub mod render;
pub mod rollup;
pub mod scan;
pub mod schema;
pub mod scope;
pub mod serve;
pub mod shelf;
pub mod source;
pub mod text;

use std::sync::Arc;

pub use memo::{Memo, survey};
pub use publish::{Output, Published, Sink, publish};

use crate::{
    clock::Clock,
    config::Config,
    diagnostic::{Checked, Diagnostic},
    figures::Figures,
    fingerprint::Fingerprint,
    output::OutPath,
    pages::{Listings, Plan, Sources},
    portal::Portal,
    render::theme::Theme,
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
    let frame = memo.frame(&files, &config).report(sink);
    let (mut portal, touched) = memo.portal(&files, &frame, &config, clock, sink);
    sink.extend(memo.withdrawn(&files, &mut portal, &touched));
    let figures = figures::merge(&portal, &touched.scope, memo.take_sums());
    let listings = Listings::new(&portal, &config, &touched.scope, memo.take_listings());
    let (theme, theme_print) = memo.theme(&files, &config.theme, sink);
    let sources =
        Sources { portal: &portal, figures: &figures, listings: &listings, config: &config };
    let plan = pages::plan(sources, theme_print, memo.pages()).report(sink);
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
