//! `linli build`.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::Args;

use crate::{
    Site,
    cli::{AsOf, Context, Failure, Opened, Outcome, progress::Progress, report, tell},
    config::Config,
    diagnostic::{Diagnostic, Severity},
    output::{OutputError, Stage, Summary},
    portal::Withheld,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The output folder; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    moment: AsOf,
    /// Where the site will be published: `https://example.org/portal`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Show drafts, marked as such: never for the public
    #[arg(long)]
    drafts: bool,
    /// Use nothing of earlier builds
    #[arg(long)]
    fresh: bool,
}

/// Builds the site: all of it, or with any error in the content nothing.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let opened = context.open(&options.moment, options.base_url.as_deref())?;
    let out = options.out.clone().unwrap_or_else(|| context.global.site.join("public"));
    outside(context, &out)?;
    let config = Config { drafts: options.drafts, ..opened.config.clone() };
    let mut built = build(context, Opened { config, ..opened }, &out)?;
    let counted = report::human(context, &mut built.diagnostics)?;
    let Some(summary) = &built.published else {
        tell(&context.say("not-built", &[("errors", &counted.errors.to_string())]));
        return Ok(Outcome::Wrong);
    };
    if !context.global.quiet {
        let seconds = format!("{:.2}", start.elapsed().as_secs_f64());
        let pages = built.site.plan.pages.len().to_string();
        let (files, folder) = (summary.files.to_string(), out.display().to_string());
        let said = [
            ("pages", pages.as_str()),
            ("files", &files),
            ("folder", &folder),
            ("seconds", &seconds),
        ];
        tell(&context.say("built", &said));
        if let Some(said) = hidden(context, &built.site.withheld) {
            tell(&said);
        }
    }
    if context.global.verbose {
        let Times { read, rendered, swapped } = built.times;
        tell(&format!("read {read:?}, render and write {rendered:?}, swap {swapped:?}"));
    }
    if let Some(leftover) = &summary.leftover {
        tell(&format!("linli: {leftover}"));
    }
    // The process ends here: the system takes the memory back at once, record by record it would
    // take a while.
    std::mem::forget(built);
    Ok(Outcome::Done)
}

/// What came of a build.
pub(super) struct Built {
    pub(super) site: Site,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was published; nothing if the content has errors.
    pub(super) published: Option<Summary>,
    times: Times,
}

/// How long the parts of a build took.
struct Times {
    read: Duration,
    rendered: Duration,
    swapped: Duration,
}

/// Reads, renders and publishes a site. With any error in the content nothing is published.
pub(super) fn build(context: &Context, opened: Opened, out: &Path) -> Result<Built, Failure> {
    let start = Instant::now();
    let mut diagnostics = opened.diagnostics;
    let site = crate::read(&opened.world, opened.config, &opened.clock).report(&mut diagnostics);
    let read = start.elapsed();

    let progress = Progress::new(site.plan.pages.len(), context.global.quiet);
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let stage = if diagnostics.iter().any(is_error) { None } else { Some(Stage::open(out)?) };
    let told = crate::render(&opened.world, &site, |path, bytes| {
        progress.step();
        stage.as_ref().map_or(Ok::<_, OutputError>(()), |it| it.write(path, bytes))
    })?;
    progress.finish();
    let rendered = start.elapsed();
    diagnostics.extend(told);

    let stage = stage.filter(|_| !diagnostics.iter().any(is_error));
    let published = stage.map(Stage::commit).transpose()?;
    let swapped = start.elapsed().saturating_sub(rendered);
    let times = Times { read, rendered: rendered.saturating_sub(read), swapped };
    Ok(Built { site, diagnostics, published, times })
}

/// How much is kept back, and until when.
fn hidden(context: &Context, withheld: &[Withheld]) -> Option<String> {
    let count = withheld.len();
    let earliest = withheld.iter().filter_map(|it| it.why.until()).min();
    let then = withheld.iter().filter(|it| it.why.until().is_some_and(|it| Some(it) == earliest));
    let moment = earliest.map(|it| it.strftime("%Y-%m-%d %H:%M").to_string());
    let args = [
        ("count", count.into()),
        ("then", then.count().into()),
        ("moment", moment.clone().unwrap_or_default().into()),
    ];
    let id = if moment.is_some() { "hidden-until" } else { "hidden-now" };
    (count > 0).then(|| context.messages.text(id, &args))
}

/// The output folder must not be, or hold, what the site is made from.
pub(super) fn outside(context: &Context, out: &Path) -> Result<(), Failure> {
    let site = context.global.site.canonicalize()?;
    let mut known = out.to_path_buf();
    // The folder may not be there yet, nor those above it.
    let existing = loop {
        match known.canonicalize() {
            Ok(path) => break path.join(out.strip_prefix(&known).unwrap_or(Path::new(""))),
            Err(_) if known.pop() => {}
            Err(_) => break std::env::current_dir()?.join(out),
        }
    };
    let within = |name: &str| existing.starts_with(site.join(name));
    if site.starts_with(&existing) || within("content") || within("themes") {
        let folder = out.display().to_string();
        return Err(Failure(context.say("out-in-site", &[("folder", &folder)])));
    }
    Ok(())
}
