//! A build with the cache in the site's folder, as `linli build` runs it.
//!
//! There are three ways through [`build_cached`]:
//!
//! | cache | files and settings | what is done |
//! | --- | --- | --- |
//! | finished build | same stamps, output untouched | its report is returned; no file is read |
//! | usable | anything else | the state is restored, and a build makes what changed |
//! | missing, foreign, damaged | | a build from nothing, with the same result |
//!
//! A cache that is of no use, or cannot be written, is a [`CacheNote`] and never an error.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::{
    build::{
        BuildError, BuildState, Observer, Report, Settings, Target, Times,
        cache::{BUILD, Cache, Finished, Loaded, OpenedCache},
        check_outside,
        driver::build_site,
    },
    fingerprint::Fingerprint,
    output::{OutputError, Stage, Summary},
    source::{Tree, World},
};

/// What a build with a cache is to do.
#[derive(Debug)]
pub struct Cached<'a> {
    /// The site's folder.
    pub site: &'a Path,
    /// The output folder.
    pub out: &'a Path,
    /// Use nothing of earlier builds. The cache is written all the same.
    pub fresh: bool,
}

impl Cached<'_> {
    fn stage(&self) -> Result<Stage, OutputError> {
        Stage::open(self.out, Some(self.site))
    }
}

/// What should be known of the cache after a build. The site is right all the same.
#[derive(Debug)]
pub enum CacheNote {
    /// Another version of the program wrote it.
    Foreign(PathBuf),
    /// It is cut short, or not what was written.
    Damaged(PathBuf),
    /// It could not be read, for this reason: it is no file, for one.
    Unreadable(PathBuf, io::Error),
    /// It could not be written, for this reason.
    NotWritten(PathBuf, io::Error),
}

/// The output folder, which was opened before. Whether it is untouched is asked before the build,
/// which then goes on with the same lock. It is handed out once; a further try of the build opens
/// another one.
struct OpenedOutput<'a> {
    cached: &'a Cached<'a>,
    stage: Mutex<Option<Result<Stage, OutputError>>>,
}

impl Target for OpenedOutput<'_> {
    type Round = Stage;

    fn open(&self) -> Result<Stage, OutputError> {
        let first = self.stage.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A further try needs another one.
        first.unwrap_or_else(|| self.cached.stage())
    }
}

/// Builds a site into a folder with what the cache in the site's folder knows, and writes the
/// cache. Where nothing changed since the last build nothing is done: `made` of the report is zero
/// then, and its diagnostics are those of that build.
///
/// Notes on the cache are added to `notes`, also if the build fails.
///
/// # Errors
///
/// Returns an error if the folder is part of the site or cannot be written, or if the site is
/// edited all the time.
pub fn build_cached(
    world: &dyn World,
    settings: &Settings,
    cached: &Cached<'_>,
    observer: &dyn Observer,
    notes: &mut Vec<CacheNote>,
) -> Result<Report, BuildError> {
    check_outside(cached.site, cached.out)?;
    let cache = Cache::new(cached.site, BUILD);
    let known = if cached.fresh { None } else { known(&cache, notes) };
    let tree = Tree::take(world);
    let stage = cached.stage();
    let from = tree.stamps().map(|stamps| stamps.and(settings.fingerprint()));
    if let Some(known) = &known
        && let Some(report) = unchanged(known, from, settings, stage.as_ref().ok())
    {
        // The number of builds is nothing that a site depends on.
        let _ = cache.count(known.builds() + 1);
        return Ok(report);
    }
    let damaged = || CacheNote::Damaged(cache.path().to_owned());
    let restored = known.map(OpenedCache::state);
    if matches!(restored, Some(None)) {
        notes.push(damaged());
    }
    let mut state = restored.flatten().unwrap_or_default();
    let target = OpenedOutput { cached, stage: Mutex::new(Some(stage)) };
    let (report, site) = build_site(world, settings, tree, &mut state, &target, observer)?;
    let finished = finished(world, settings, &mut state, &report);
    if let Err(error) = cache.save(&mut state, finished) {
        notes.push(CacheNote::NotWritten(cache.path().to_owned(), error));
    }
    // The system takes the memory back at once when the process ends, record by record it would
    // take a while.
    std::mem::forget((site, state));
    Ok(report)
}

/// The index of the cache. One that cannot be used is noted, and is no obstacle.
///
/// A cache that does not exist is not worth a note.
fn known(cache: &Cache, notes: &mut Vec<CacheNote>) -> Option<OpenedCache> {
    let path = cache.path().to_owned();
    match cache.load() {
        Loaded::Known(known) => return Some(known),
        Loaded::Nothing => {}
        Loaded::Foreign => notes.push(CacheNote::Foreign(path)),
        Loaded::Damaged => notes.push(CacheNote::Damaged(path)),
        Loaded::Unreadable(error) => notes.push(CacheNote::Unreadable(path, error)),
    }
    None
}

/// The report of the last build, if nothing changed since.
///
/// "Nothing" is: the same stamps and settings, a moment at which all answers of the clock are the
/// same, and an output folder that nobody touched. Costs a system call for each published file.
/// `None` if one of these does not hold, or if the output could not be opened; the build then
/// reports why.
fn unchanged(
    known: &OpenedCache,
    from: Option<Fingerprint>,
    settings: &Settings,
    stage: Option<&Stage>,
) -> Option<Report> {
    let finished = known.finished.as_ref().filter(|finished| Some(finished.from) == from)?;
    let is_same = finished.valid.holds(&settings.clock)
        && stage.is_some_and(|stage| stage.is_untouched(known.manifest));
    is_same.then(|| Report {
        diagnostics: finished.diagnostics.clone(),
        pages: finished.pages,
        made: 0,
        withheld: finished.withheld.clone(),
        published: Some(Summary::unchanged(finished.files, known.manifest)),
        times: Times::default(),
    })
}

/// The result of a build for the next one. Nothing if it published nothing, or if a file is so
/// young that it may be written again unseen.
///
/// On file systems with coarse times a file can be edited twice within one stamp. Files that young
/// are looked at once more here, after the build; in most cases they are old enough by then.
pub(super) fn finished(
    world: &dyn World,
    settings: &Settings,
    state: &mut BuildState,
    report: &Report,
) -> Option<Finished> {
    let summary = report.published.as_ref()?;
    let stamps = state.tree.stamps().or_else(|| {
        let (tree, stamps) = state.tree.confirm(world);
        state.tree = tree;
        stamps
    });
    Some(Finished {
        from: stamps?.and(settings.fingerprint()),
        valid: settings.clock.fork().validity().until(state.validity().end()),
        pages: report.pages,
        files: summary.files,
        withheld: report.withheld.clone(),
        diagnostics: report.diagnostics.clone(),
    })
}
