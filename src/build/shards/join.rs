//! The parts of a portal as one site.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use crate::{
    build::{
        BuildState, Observer, Output, Report, Settings, Times,
        cache::{BUILD, Cache},
        cached::finished,
        check_outside,
        echoes::drop_echoes,
        make,
        shards::{
            ShardError,
            file::{self, Block, Kind, ShardFile},
            pass::{Begun, MissingParts, begin, take_over},
        },
        update,
    },
    diagnostic::{Checked, Severity},
    output::{ManifestEntry, OutPath, OutputError, Stage},
    schema::Part,
    source::World,
};

/// Publishes the parts in a folder as one site, with what covers the portal as a whole, which is
/// made here. With an error in the content nothing is published.
///
/// What the parts have told is not told again, but for errors.
///
/// # Errors
///
/// Returns an error if they are not of this build, if one is missing that may not be, if two of them
/// have made the same path, if the output cannot be written, or if the site was edited meanwhile.
pub fn join(
    world: &dyn World,
    settings: &Settings,
    (folder, missing): (&Path, MissingParts),
    (site, out): (&Path, &Path),
    observer: &dyn Observer,
) -> Result<Report, ShardError> {
    check_outside(site, out)?;
    let start = Instant::now();
    let Begun { mut state, tree, run, catalog } = begin(world, settings);
    let parts = file::read_all(folder, Kind::Part)?;
    let Some(first) = parts.first() else { return Err(ShardError::Missing(Vec::new())) };
    let cut = (first.label.cut, first.label.count);
    take_over(&mut state, &tree, (run, cut), (&parts, missing), &catalog)?;
    let files = files(&parts)?;
    let all = vec![true; catalog.places.len()];
    catalog.divide(Part { own: all.clone(), filled: all, compared: Vec::new(), portal: true });
    let Checked { value: mut built, mut diagnostics } = update(world, tree, settings, &mut state);
    diagnostics.retain(|it| it.severity == Severity::Error);
    let read = start.elapsed();
    let stage = Stage::open(out, Some(site))?;
    let output = Joined { stage: &stage, files, failed: Mutex::default(), observer };
    let mut made = make::make(&mut built, &mut state, &output)?;
    if let Some(failed) = output.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(failed.into());
    }
    if built.portal.is_torn() {
        return Err(ShardError::Edited);
    }
    let rendered = start.elapsed();
    diagnostics.append(&mut made.diagnostics);
    drop_echoes(&mut diagnostics);
    let published = if settings.stops(&diagnostics) { None } else { Some(stage.commit()?) };
    let times = Times {
        read,
        made: rendered.saturating_sub(read),
        published: start.elapsed().saturating_sub(rendered),
    };
    let (pages, withheld) = (built.plan.count, built.portal.withheld());
    let report = Report { diagnostics, pages, made: made.pages, withheld, published, times };
    made.remember(&mut state);
    remember(world, settings, site, &mut state, &report);
    // The system takes the memory back at once when the process ends.
    std::mem::forget((built, state));
    Ok(report)
}

/// Notes that the site is built, so that publishing it builds nothing. Nothing else of it goes into
/// the cache: what the parts have told would not be told again after an edit.
///
/// A cache that cannot be written costs a build.
fn remember(
    world: &dyn World,
    settings: &Settings,
    site: &Path,
    state: &mut BuildState,
    report: &Report,
) {
    let Some(published) = &report.published else { return };
    let finished = finished(world, settings, state, report);
    let mut built = BuildState::default();
    built.manifest = published.manifest;
    built.table.is_changed = true;
    let _ = Cache::new(site, BUILD).save(&mut built, finished);
}

/// Where the bytes of each path are.
type StoredFiles<'a> = HashMap<&'a str, (&'a ShardFile, Block)>;

/// Where the bytes of each artifact of the parts are.
fn files(parts: &[ShardFile]) -> Result<StoredFiles<'_>, ShardError> {
    let mut files = HashMap::new();
    for part in parts {
        for file in &part.files {
            if files.insert(file.path.as_str(), (part, file.block)).is_some() {
                return Err(OutputError::Twice { path: file.path.clone() }.into());
            }
        }
    }
    Ok(files)
}

/// The output folder, into which artifacts of the parts are copied. One whose bytes are not as they
/// were made is made again.
struct Joined<'a> {
    stage: &'a Stage,
    files: StoredFiles<'a>,
    failed: Mutex<Option<OutputError>>,
    observer: &'a dyn Observer,
}

impl Joined<'_> {
    fn copy(&self, entry: &ManifestEntry) -> Option<()> {
        let (part, block) = self.files.get(entry.path.as_str())?;
        let bytes = part.read(*block).ok()?;
        if ManifestEntry::of(&entry.path, &bytes) != *entry {
            return None;
        }
        if let Err(error) = self.stage.write(&entry.path, &bytes) {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(error);
        }
        Some(())
    }
}

impl Output for Joined<'_> {
    type Error = OutputError;

    fn examine(&self) {
        self.stage.inspect();
    }

    fn keep(&self, file: &ManifestEntry) -> bool {
        self.stage.keep(file) || self.copy(file).is_some()
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        self.observer.written();
        self.stage.write(path, bytes)
    }
}
