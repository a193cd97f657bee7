//! `linli build`.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use clap::Args;

use crate::{
    Memo, Output, Site,
    build::{
        cache::{self, Cache, Known, Loaded},
        state::Parts,
    },
    cli::{AsOf, Context, Failure, Opened, Outcome, progress::Progress, report, tell},
    config::Config,
    diagnostic::{Diagnostic, Severity},
    disclosure::Withheld,
    fingerprint::Fingerprint,
    output::{Entry, OutPath, OutputError, Stage, Summary},
    source::{Changes, Survey},
};

/// The name of the cache.
pub(super) const CACHE: &str = "build";

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
    let opened = Opened { config, ..opened };
    let cache = Cache::new(&context.global.site, CACHE);
    let (survey, (known, stage)) = rayon::join(
        || crate::survey(&opened.world),
        || {
            let known = || if options.fresh { None } else { known(context, &cache) };
            rayon::join(known, || Stage::open(&out))
        },
    );
    let from = from(&survey, &opened);
    if let Some(known) = &known
        && let Some(outcome) = known.outcome.as_ref().filter(|it| Some(it.from) == from)
        && outcome.valid.holds(&opened.clock)
        && stage.as_ref().is_ok_and(|it| it.is_untouched(known.manifest))
    {
        // The number of builds is nothing that a site depends on.
        let _ = cache.count(known.builds() + 1);
        report::human(context, &mut outcome.diagnostics.clone())?;
        let (pages, files) = (outcome.pages, outcome.files);
        done(context, &out, start, (pages, 0, files), &outcome.withheld);
        return Ok(Outcome::Done);
    }
    let mut memo = known.map_or_else(Memo::default, |it| memo(context, &cache, it));
    let stage = Mutex::new(Some(stage));
    // A further try needs another one.
    let open = || {
        let first = stage.lock().unwrap_or_else(PoisonError::into_inner).take();
        first.unwrap_or_else(|| Stage::open(&out))
    };
    let changes = Changes::Surveyed(survey);
    let mut built = build(context, &opened, changes, &mut memo, open)?;
    let counted = report::human(context, &mut built.diagnostics)?;
    let from = from.or_else(|| memo.confirm(&opened.world).map(|it| it.and(print(&opened))));
    let outcome = built.published.as_ref().zip(from).map(|(summary, from)| cache::Outcome {
        from,
        valid: memo.validity(&opened.clock),
        pages: built.site.plan.count,
        files: summary.files,
        withheld: built.site.portal.withheld(),
        diagnostics: built.diagnostics.clone(),
    });
    let saving = Instant::now();
    if let Err(error) = cache.save(&memo, built.parts.take(), outcome) {
        let path = cache.path().display().to_string();
        let said = [("path", path.as_str()), ("reason", &error.to_string())];
        tell(&context.say("cache-not-written", &said));
    }
    let saved = saving.elapsed();
    let Some(summary) = &built.published else {
        tell(&context.say("not-built", &[("errors", &counted.errors.to_string())]));
        return Ok(Outcome::Wrong);
    };
    let counts = (built.site.plan.count, built.rendered, summary.files);
    done(context, &out, start, counts, &built.site.portal.withheld());
    if context.global.verbose {
        let Times { read, rendered, swapped } = built.times;
        tell(&format!(
            "read {read:?}, render and write {rendered:?}, swap {swapped:?}, cache {saved:?}"
        ));
    }
    if let Some(leftover) = &summary.leftover {
        tell(&format!("linli: {leftover}"));
    }
    // The process ends here: the system takes the memory back at once, record by record it would
    // take a while.
    std::mem::forget((built, memo));
    Ok(Outcome::Done)
}

/// Says what was done: how many pages there are, how many of them were rendered, how many files.
fn done(
    context: &Context,
    out: &Path,
    start: Instant,
    (pages, rendered, files): (usize, usize, usize),
    withheld: &[Withheld],
) {
    if context.global.quiet {
        return;
    }
    let seconds = format!("{:.2}", start.elapsed().as_secs_f64());
    let (pages, files) = (pages.to_string(), files.to_string());
    let (rendered, folder) = (rendered.to_string(), out.display().to_string());
    let said = [
        ("pages", pages.as_str()),
        ("rendered", &rendered),
        ("files", &files),
        ("folder", &folder),
        ("seconds", &seconds),
    ];
    tell(&context.say("built", &said));
    if let Some(said) = hidden(context, withheld) {
        tell(&said);
    }
}

/// The fingerprint of all that a site is made from, the moment apart.
fn from(survey: &Survey, opened: &Opened) -> Option<Fingerprint> {
    survey.print().map(|it| it.and(print(opened)))
}

/// That of what the command says, and of `site.toml`.
fn print(opened: &Opened) -> Fingerprint {
    Fingerprint::of_shown(&(&opened.config, &opened.diagnostics))
}

/// What earlier builds found out. A cache that cannot be used is told of, and is no obstacle.
fn known(context: &Context, cache: &Cache) -> Option<Known> {
    let why = match cache.load() {
        Loaded::Known(known) => return Some(known),
        Loaded::Nothing => return None,
        Loaded::Foreign => "cache-foreign",
        Loaded::Damaged => "cache-damaged",
    };
    unusable(context, cache, why);
    None
}

/// All of it.
fn memo(context: &Context, cache: &Cache, known: Known) -> Memo {
    known.memo().unwrap_or_else(|| {
        unusable(context, cache, "cache-damaged");
        Memo::default()
    })
}

fn unusable(context: &Context, cache: &Cache, why: &str) {
    let path = cache.path().display().to_string();
    tell(&context.say(why, &[("path", &path)]));
}

/// What came of a build.
pub(super) struct Built {
    pub(super) site: Site,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many pages were rendered.
    pub(super) rendered: usize,
    /// What was published; nothing if the content has errors.
    pub(super) published: Option<Summary>,
    /// What the memo is after it, as bytes.
    parts: Option<Parts>,
    times: Times,
}

impl Built {
    /// How long all of it took.
    pub(super) fn took(&self) -> Duration {
        self.times.read + self.times.rendered + self.times.swapped
    }
}

/// How long the parts of a build took.
struct Times {
    read: Duration,
    rendered: Duration,
    swapped: Duration,
}

/// Where a build publishes a site.
pub(super) trait Target: Output<Error = OutputError> {
    /// Looks at what is published there, meanwhile.
    fn look(&self) {}

    /// Publishes what was kept and written, and nothing else. `gone` are files of before that are
    /// neither. Who keeps the memo has it as bytes meanwhile.
    fn commit(self, gone: &[OutPath], memo: &Memo)
    -> Result<(Summary, Option<Parts>), OutputError>;
}

impl Output for Stage {
    type Error = OutputError;

    fn keep(&self, file: &Entry) -> bool {
        Stage::keep(self, file)
    }

    fn keep_others(&self, manifest: Fingerprint, but: &HashSet<OutPath>) -> bool {
        Stage::keep_others(self, manifest, but)
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<Entry, OutputError> {
        Stage::write(self, path, bytes)
    }
}

impl Target for Stage {
    fn look(&self) {
        Stage::look(self);
    }

    fn commit(self, _: &[OutPath], memo: &Memo) -> Result<(Summary, Option<Parts>), OutputError> {
        let parts = || memo.is_new().then(|| memo.write().ok()).flatten();
        let (summary, parts) = rayon::join(|| Stage::commit(self), parts);
        Ok((summary?, parts))
    }
}

/// Takes a site that is not going to be published, for the mistakes on its pages.
struct Nowhere;

impl Output for Nowhere {
    type Error = OutputError;

    fn keep(&self, _: &Entry) -> bool {
        true
    }

    fn keep_others(&self, _: Fingerprint, _: &HashSet<OutPath>) -> bool {
        true
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<Entry, OutputError> {
        Ok(Entry::of(path, bytes))
    }
}

/// Counts the pages that are written.
struct Counted<'a, O>(&'a O, &'a Progress);

impl<O: Output> Output for Counted<'_, O> {
    type Error = O::Error;

    fn keep(&self, file: &Entry) -> bool {
        self.0.keep(file)
    }

    fn keep_others(&self, manifest: Fingerprint, but: &HashSet<OutPath>) -> bool {
        self.0.keep_others(manifest, but)
    }

    fn is_own(&self) -> bool {
        self.0.is_own()
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<Entry, O::Error> {
        self.1.step();
        self.0.write(path, bytes)
    }
}

/// How often a build begins anew because somebody edits files while they are read.
const TRIES: usize = 5;

/// Reads, renders and publishes a site, of which the memo knows what earlier builds found out. With
/// any error in the content nothing is published.
pub(super) fn build<T: Target>(
    context: &Context,
    opened: &Opened,
    mut changes: Changes<'_>,
    memo: &mut Memo,
    open: impl Fn() -> Result<T, OutputError>,
) -> Result<Built, Failure> {
    for _ in 0..TRIES {
        if let Some(built) = attempt(context, opened, changes, memo, &open)? {
            return Ok(built);
        }
        // What was edited meanwhile nobody has told of.
        changes = Changes::Anything;
    }
    Err(Failure(context.say("always-edited", &[])))
}

fn attempt<T: Target>(
    context: &Context,
    opened: &Opened,
    changes: Changes<'_>,
    memo: &mut Memo,
    open: impl Fn() -> Result<T, OutputError>,
) -> Result<Option<Built>, Failure> {
    let start = Instant::now();
    let mut diagnostics = opened.diagnostics.clone();
    let target = open();
    let (site, _) = rayon::join(
        || crate::update(&opened.world, opened.config.clone(), &opened.clock, changes, memo),
        || target.as_ref().map(Target::look),
    );
    let mut site = site.report(&mut diagnostics);
    let read = start.elapsed();

    let progress = Progress::new(site.plan.new_pages().count(), context.global.quiet);
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let target = if diagnostics.iter().any(is_error) { None } else { Some(target?) };
    let mut published = match &target {
        Some(it) => crate::publish(&opened.world, &mut site, memo, &Counted(it, &progress))?,
        None => crate::publish(&opened.world, &mut site, memo, &Counted(&Nowhere, &progress))?,
    };
    progress.finish();
    if site.portal.is_torn() {
        return Ok(None);
    }
    let rendered = start.elapsed();
    diagnostics.append(&mut published.diagnostics);

    let target = target.filter(|_| !diagnostics.iter().any(is_error));
    let count = published.rendered;
    let (mut summary, mut parts) = (None, None);
    if let Some(target) = target {
        let gone = std::mem::take(&mut published.gone);
        published.remember(memo);
        // What came of it when it fails nobody knows.
        let done = target.commit(&gone, memo).inspect_err(|_| drop(memo.take_pages()))?;
        memo.manifest = done.0.manifest;
        (summary, parts) = (Some(done.0), done.1);
    }
    let swapped = start.elapsed().saturating_sub(rendered);
    let times = Times { read, rendered: rendered.saturating_sub(read), swapped };
    Ok(Some(Built { site, diagnostics, rendered: count, published: summary, parts, times }))
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
