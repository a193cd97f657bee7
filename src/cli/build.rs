//! `linli build`: the site into a folder, with what earlier builds left in the cache.
//!
//! What it writes to standard error when all is well, the second line, shortened here, only if
//! something is kept back:
//!
//! ```text
//! built 412 pages (3 rendered), 530 files in public in 0.12 s
//! 2 records and notices are not posted; the next 1 will be on 2026-12-01 08:30; …
//! ```
//!
//! Standard output stays empty. With an error in the content nothing is published, the folder is as
//! it was, and the exit status is 1. Warnings are printed and stop nothing, but for
//! `--deny-warnings`. The work is done by
//! [`build_cached`]; here is what is said of it.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;

use crate::{
    build::{CacheNote, Cached, Report, build_cached},
    cli::{
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        progress::Bar,
        report::{self, Counted, outcome},
        system,
        terminal::eprint_line,
    },
    diagnostic::Diagnostic,
    disclosure::Withheld,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The output folder; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) made: MadeSite,
    /// Use nothing of earlier builds
    #[arg(long)]
    fresh: bool,
    /// Build one part of several, 3/8 for the third of eight
    #[arg(long, value_name = "N/M", requires = "as_of")]
    pub(super) shard: Option<String>,
    /// Write what is known of the part into a file, and no pages
    #[arg(long, value_name = "FILE", requires = "shard", conflicts_with = "summaries")]
    pub(super) summary: Option<PathBuf>,
    /// Make the part with the summaries of all parts in a folder; --out is then a file
    #[arg(long, value_name = "DIR", requires = "shard")]
    pub(super) summaries: Option<PathBuf>,
    /// Read what the parts would have read whose summaries are missing
    #[arg(long, requires = "summaries")]
    pub(super) allow_missing: bool,
}

/// What a site is made of beside its files.
#[derive(Debug, Args)]
pub(super) struct MadeSite {
    #[command(flatten)]
    moment: AsOf,
    /// Where the site will be published: `https://example.org/portal`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Show drafts, marked as such: never for the public
    #[arg(long)]
    drafts: bool,
    /// Add a page with the components of the theme: style-guide/
    #[arg(long)]
    style_guide: bool,
    /// Publish nothing if there are warnings, and end with 1
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

impl MadeSite {
    /// Opens the site with these options.
    pub(super) fn open(&self, context: &Context) -> Result<OpenedSite, Failure> {
        let mut opened = context.open(&self.moment, self.base_url.as_deref())?;
        opened.settings.config.drafts = self.drafts;
        opened.settings.config.style_guide = self.style_guide;
        opened.settings.deny_warnings = self.deny_warnings;
        Ok(opened)
    }
}

/// Builds the site: all of it, or with any error in the content nothing. In this order: notes on
/// the cache, diagnostics, the result. An old site that could not be removed is mentioned at the
/// end and is no failure. With `--verbose` the times of the stages follow.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let opened = options.made.open(context)?;
    let site = &context.global.site;
    let out = options.out.clone().unwrap_or_else(|| site.join("public"));
    let cached = Cached { site, out: &out, fresh: options.fresh };
    let (bar, mut notes) = (Bar::new(context.global.quiet), Vec::new());
    let built = build_cached(&opened.world, &opened.settings, &cached, &bar, &mut notes);
    bar.finish();
    for note in &notes {
        eprint_line(&noted(context, note));
    }
    let built = built.map_err(|error| context.failure(error))?;
    tell(context, &out, (start, options.made.deny_warnings), built)
}

/// Says what a build that began then came to.
pub(super) fn tell(
    context: &Context,
    out: &Path,
    (start, denied): (Instant, bool),
    mut built: Report,
) -> Result<Outcome, Failure> {
    let counted = report::human(context, &mut built.diagnostics, denied)?;
    let Some(summary) = &built.published else {
        not_built(context, &built.diagnostics, &counted);
        return Ok(outcome(&built.diagnostics, denied));
    };
    done(context, out, start, &built, summary.files);
    if context.global.verbose {
        let crate::build::Times { read, made, published } = built.times;
        eprint_line(&format!("read {read:?}, render and write {made:?}, swap {published:?}"));
    }
    if let Some(leftover) = &summary.leftover {
        eprint_line(&format!("linli: {leftover}"));
    }
    Ok(Outcome::Done)
}

/// Says that mistakes in the content keep it from being published.
pub(super) fn not_built(context: &Context, diagnostics: &[Diagnostic], counted: &Counted) {
    let (id, name, count) = match counted.errors {
        0 => ("not-denied", "warnings", counted.warnings),
        errors => ("not-built", "errors", errors),
    };
    eprint_line(&context.say_count(id, name, count));
    report::by_code(context, diagnostics);
}

/// What a build for a publication came to.
pub(super) enum Built {
    /// The output folder holds what the content says now.
    Done,
    /// It does not, and why is told.
    Not(Outcome),
}

/// Builds a site that is to be sent: as [`run`] does, without any option.
pub(super) fn build_for(
    context: &Context,
    opened: &OpenedSite,
    out: &Path,
) -> Result<Built, Failure> {
    let start = Instant::now();
    let site = &context.global.site;
    let (bar, mut notes) = (Bar::new(context.global.quiet), Vec::new());
    let cached = Cached { site, out, fresh: false };
    let built = build_cached(&opened.world, &opened.settings, &cached, &bar, &mut notes);
    bar.finish();
    for note in &notes {
        eprint_line(&noted(context, note));
    }
    let mut built = built.map_err(|error| context.failure(error))?;
    let counted = report::human(context, &mut built.diagnostics, false)?;
    let Some(summary) = &built.published else {
        eprint_line(&context.say_count("not-built", "errors", counted.errors));
        report::by_code(context, &built.diagnostics);
        return Ok(Built::Not(outcome(&built.diagnostics, false)));
    };
    done(context, out, start, &built, summary.files);
    Ok(Built::Done)
}

/// Says what was done: how many pages there are, how many of them were made, how many files.
/// Nothing with `--quiet`. The time is that of the whole command, reading of the configuration
/// included.
fn done(context: &Context, out: &Path, start: Instant, built: &Report, files: usize) {
    if context.global.quiet {
        return;
    }
    let seconds = format!("{:.2}", start.elapsed().as_secs_f64());
    let (pages, files) = (built.pages.to_string(), files.to_string());
    let (rendered, folder) = (built.made.to_string(), out.display().to_string());
    let said = [
        ("pages", pages.as_str()),
        ("rendered", &rendered),
        ("files", &files),
        ("folder", &folder),
        ("seconds", &seconds),
    ];
    eprint_line(&context.say("built", &said));
    if let Some(said) = hidden(context, &built.withheld) {
        eprint_line(&said);
    }
}

/// What should be known of the cache. The site is right in each case: a cache that cannot be used
/// costs time, and one that cannot be written costs it at the next build. With `--quiet` it is
/// said, too.
fn noted(context: &Context, note: &CacheNote) -> String {
    let shown = |path: &Path| path.display().to_string();
    match note {
        CacheNote::Foreign(path) => context.say("cache-foreign", &[("path", &shown(path))]),
        CacheNote::Damaged(path) => context.say("cache-damaged", &[("path", &shown(path))]),
        CacheNote::Unreadable(path, error) => {
            let reason = system::told(error, &context.messages);
            context.say("cache-unreadable", &[("path", &shown(path)), ("reason", &reason)])
        }
        CacheNote::NotWritten(path, error) => {
            let reason = system::told(error, &context.messages);
            context.say("cache-not-written", &[("path", &shown(path)), ("reason", &reason)])
        }
    }
}

/// How much is kept back, and until when. None if nothing is. `then` counts those that appear
/// together at the earliest moment. Drafts and what is over or withdrawn have no such moment; of
/// those alone only the number is said.
fn hidden(context: &Context, withheld: &[Withheld]) -> Option<String> {
    let count = withheld.len();
    let earliest = withheld.iter().filter_map(|it| it.why.until()).min();
    let then =
        withheld.iter().filter(|item| item.why.until().is_some_and(|it| Some(it) == earliest));
    let moment = earliest.map(|moment| moment.strftime("%Y-%m-%d %H:%M").to_string());
    let args = [
        ("count", count.into()),
        ("then", then.count().into()),
        ("moment", moment.clone().unwrap_or_default().into()),
    ];
    let id = if moment.is_some() { "hidden-until" } else { "hidden-now" };
    (count > 0).then(|| context.messages.text(id, &args))
}
