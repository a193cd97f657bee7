//! From the plan to bytes: artifacts are made, and handed to the output.
//!
//! [`make`] goes through the plan in these steps:
//!
//! 1. **Sort.** Of each planned place, artifacts that stay are told from those to be made. One is
//!    made if it is not in the table, if something that it reads has changed, if its time has come,
//!    if a link leads elsewhere, if it had diagnostics, or if its file is not there.
//! 2. **Make** those, on all cores, and search their bytes for personal data. Records and articles
//!    are read only for these.
//! 3. **Collect** the rows into a table, from the leaves to the root.
//! 4. **Derive** images, attachments, sitemap and the index of the search from that table, by steps 1 and 2.
//! 5. **Compare** the files of the old rows with those of the new ones: what is in none of the new
//!    rows is gone.
//!
//! The table is not replaced here: the caller does it by [`Made::remember`] once the site is to be
//! published.
//!
//! An artifact that could not be made has no row, so it counts as new next time. One that was made
//! but has diagnostics has a row that says so, and is made again at each build to repeat them.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use rayon::prelude::*;

use crate::{
    artifact::{
        self, Artifact, Bundle, NotMade, PlannedArtifact, Read, Reads, RebuildReason, Repeat, Row,
        Scan, Sources, Table, View,
        plan::{self, Artifacts, Planned},
    },
    build::{
        Site,
        gone::Gone,
        making::{Job, PlaceMaking},
        state::BuildState,
    },
    clock::Validity,
    diagnostic::{Code, Diagnostic},
    disclosure::{conceal, leak},
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath},
    render::Renderer,
    scan,
    schema::PlaceId,
};

/// The records of so many places are no burden on the memory.
const FEW: usize = 16;

/// Where the files of a site go.
///
/// There are outputs for a staging folder, the preview, memory, and for nothing at all. `keep` and
/// `write` are called from several threads at once, for each file once.
pub trait Output: Sync {
    /// Why a file cannot be written.
    type Error: Send;

    /// Finds out what is there, before anything is asked or written, and may do so on all threads. Once
    /// artifacts are made on these it must not: a thread that waits for others is given another
    /// artifact meanwhile, which could wait for what it is finding out itself.
    fn examine(&self) {}

    /// That file is there already, and stays. If not, it has to be written. Size and hash have to
    /// be those of the entry.
    fn keep(&self, file: &ManifestEntry) -> bool;

    /// All files of the site that was last published stay but these, as its manifest's fingerprint
    /// tells. If not, each has to be asked for. So an edit in a large site need not name every file
    /// that stays.
    fn keep_others(&self, _manifest: Fingerprint, _but: &HashSet<OutPath>) -> bool {
        false
    }

    /// Nobody else writes to it, so that what was put there needs not be looked for. Files of a
    /// bundle in which nothing changed are then not even asked for.
    fn is_own(&self) -> bool {
        false
    }

    /// The next build is to report the diagnostics of artifacts again, for which it makes these
    /// again.
    fn reports_again(&self) -> bool {
        true
    }

    /// Writes a file, and returns its size and hash. The path is that of no other file of the site.
    ///
    /// # Errors
    ///
    /// Returns why it cannot be written. The build ends with that.
    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, Self::Error>;
}

/// An output that has nothing, and hands on what is written.
///
/// The function gets path and bytes of every artifact.
#[derive(Debug)]
pub struct Sink<F>(pub F);

impl<E: Send, F: Fn(&OutPath, &[u8]) -> Result<(), E> + Sync> Output for Sink<F> {
    type Error = E;

    fn keep(&self, _: &ManifestEntry) -> bool {
        false
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, E> {
        (self.0)(path, bytes)?;
        Ok(ManifestEntry::of(path, bytes))
    }
}

/// The result of making a site.
#[derive(Debug)]
pub struct Made {
    /// How many pages were to be made. Those that could not be are among them.
    pub pages: usize,
    /// Diagnostics of the artifacts.
    pub diagnostics: Vec<Diagnostic>,
    /// The files of before that are none of the site any more. Each is in the output folder of the
    /// last build, and in no row of the table.
    pub gone: Vec<OutPath>,
    table: Table,
    theme: Fingerprint,
}

impl Made {
    /// Remembers what is in the output, once it is published. Without it the next build compares
    /// with the table before this one.
    pub fn remember(self, state: &mut BuildState) {
        state.theme = Some(self.theme);
        state.table = self.table;
    }
}

/// Makes the artifacts of a site that are not in the output as they should be.
///
/// It does not stop at artifacts with mistakes: these are in the result.
///
/// # Errors
///
/// Returns the first error of the output.
pub fn make<O: Output>(
    site: &mut Site<'_>,
    state: &mut BuildState,
    output: &O,
) -> Result<Made, O::Error> {
    let mut diagnostics = Vec::new();
    state.builds += 1;
    output.examine();
    if !site.plan.is_all && !keeps_others(site, state, output) {
        site.plan.add_others(&site.portal, &state.table);
    }
    let site = &*site;
    let sources = site.sources();
    let reads = Reads::new(sources);
    let build = state.builds;
    let before = state.table.clone();
    let round = MakeContext { reads: &reads, sources, table: &before, build, output };
    let parts: Vec<PlaceMaking> =
        site.plan.parts.par_iter().with_min_len(8).map(|planned| round.sort(planned)).collect();
    let jobs = || parts.iter().flat_map(|part| &part.jobs);
    let (count, pages) = (jobs().count(), jobs().filter(|job| job.artifact.is_page()).count());
    let renderer = renderer(site, &reads, count, state, &mut diagnostics);
    let bundles = round.make_all(parts, renderer.as_deref(), &mut diagnostics)?;

    let mut table = before.clone();
    let mut gone = Gone::default();
    for (planned, bundle) in site.plan.parts.iter().zip(bundles).rev() {
        gone.replace(before.bundle(planned.place), &bundle);
        match planned.place {
            Some(place) => table.set(&site.portal, place, planned.from, bundle),
            None => table.rest.portal = Some(bundle),
        }
    }
    let sources = Sources { made: Some(&table), ..sources };
    let derived = round.derived(sources, &mut diagnostics)?;
    let count = count + derived.1;
    gone.replace(before.rest.derived.as_ref(), &derived.0);
    gone.old.append(&mut table.rest.lost);
    table.rest.derived = Some(derived.0);
    table.claims = plan::claims_fingerprint(&site.portal);
    table.is_changed |= count > 0 || !gone.old.is_empty();
    let gone = gone.files();
    Ok(Made { pages, diagnostics, gone, table, theme: reads.theme() })
}

/// All files of places that were skipped stay. If the output cannot promise it as a whole, the plan
/// has to be completed by these places, and each file is asked for.
fn keeps_others<O: Output>(site: &Site<'_>, state: &BuildState, output: &O) -> bool {
    let parts = site.plan.parts.iter().filter_map(|part| state.table.bundle(part.place));
    let rows = parts.chain(&state.table.rest.derived).flat_map(|bundle| &bundle.rows);
    let files = rows.map(|row| row.file.path.clone());
    let but: HashSet<OutPath> = files.chain(state.table.rest.lost.iter().cloned()).collect();
    output.keep_others(state.manifest, &but)
}

/// The renderer of the theme; nothing if nothing has to be rendered, or if it has mistakes.
///
/// It may be that of the last build, as a theme with the same fingerprint renders the same. With a
/// theme that is new, it is compiled even if no page needs it, to report its mistakes.
fn renderer(
    site: &Site<'_>,
    reads: &Reads<'_>,
    count: usize,
    state: &mut BuildState,
    sink: &mut Vec<Diagnostic>,
) -> Option<Arc<Renderer>> {
    let theme = reads.theme();
    if site.theme.layers.is_empty() || (count == 0 && state.theme == Some(theme)) {
        return None;
    }
    if let Some((known, renderer)) = &state.renderer
        && *known == theme
    {
        return Some(Arc::clone(renderer));
    }
    let renderer = artifact::renderer(&site.theme, site.sources()).report(sink).map(Arc::new);
    // One with mistakes is made again, to report them again.
    state.renderer = renderer.clone().map(|renderer| (theme, renderer));
    renderer
}

/// What every artifact of a build is made with. `table` is that of the last build, `build` the
/// number of this one.
struct MakeContext<'a, O> {
    reads: &'a Reads<'a>,
    sources: Sources<'a>,
    table: &'a Table,
    build: u64,
    output: &'a O,
}

impl<O: Output> MakeContext<'_, O> {
    /// Tells the artifacts of a place that stay from those that have to be made.
    ///
    /// A bundle that is known needs only its files; if one is missing, its artifacts are planned
    /// after all, as a row does not say how it is made.
    fn sort(&self, planned: &Planned) -> PlaceMaking {
        let mut part = PlaceMaking::new(planned.place, planned.view, planned.valid);
        // A file can be kept only once, so each is asked for once.
        let mut staying = None;
        let artifacts = match &planned.artifacts {
            Artifacts::Known(bundle) => {
                let stays = |row: &Row| self.output.is_own() || self.output.keep(&row.file);
                let stay: Vec<bool> = bundle.rows.iter().map(stays).collect();
                if !stay.contains(&false) {
                    part.whole = Some(Arc::clone(bundle));
                    return part;
                }
                staying = Some(stay);
                let clock = self.sources.portal.clock.fork();
                plan::artifacts_of(self.sources, planned.place, &clock)
            }
            Artifacts::New(artifacts) => artifacts.clone(),
        };
        let known = self.table.bundle(planned.place).map_or(&[][..], |bundle| &bundle.rows);
        for artifact in artifacts {
            self.decide(artifact, known, staying.as_deref(), &mut part);
        }
        part
    }

    /// Puts an artifact among those that stay, or among those that have to be made.
    ///
    /// `known` are the rows of the last build for the same place, by path. `staying` has for each
    /// of them whether its file was kept already; `None` if nobody asked.
    fn decide(
        &self,
        artifact: Arc<PlannedArtifact>,
        known: &[Row],
        staying: Option<&[bool]>,
        part: &mut PlaceMaking,
    ) {
        let (fingerprint, reads) = self.reads.of_artifact(artifact.kind.name(), &artifact);
        let before = known.binary_search_by(|row| row.path().cmp(&artifact.path)).ok();
        let stays = |index: usize| match staying {
            Some(stay) => stay[index],
            None => self.output.keep(&known[index].file),
        };
        let due =
            before.map(|index| (index, due(self.sources, fingerprint, &reads, &known[index])));
        if let Some((index, Some(RebuildReason::Reported))) = due
            && let Some(repeat) = artifact.kind.repeat()
            && stays(index)
        {
            part.rows.push(known[index].clone());
            part.repeated.extend(self.repeated(&artifact, repeat));
            return;
        }
        let why = match due {
            None => RebuildReason::New,
            Some((_, Some(why))) => why,
            Some((index, None)) if !stays(index) => RebuildReason::Lost,
            Some((index, None)) => {
                part.rows.push(known[index].clone());
                return;
            }
        };
        part.jobs.push(Job { artifact, fingerprint, reads, why });
    }

    /// What is reported again of an artifact that stays.
    fn repeated(&self, artifact: &Artifact, repeat: Repeat) -> Vec<Diagnostic> {
        let view = View::new(self.sources, artifact, None);
        let result = repeat(artifact, &view);
        let mut diagnostics = view.into_notes().diagnostics;
        match result {
            Ok(()) => {}
            Err(NotMade::Wrong(diagnostic)) => diagnostics.push(*diagnostic),
            Err(NotMade::Torn) => self.sources.portal.files().tear(),
        }
        conceal::numbers(&mut diagnostics);
        diagnostics
    }

    /// Makes the artifacts of all parts.
    ///
    /// Returns one bundle for each part, in their order. All jobs go into one parallel loop,
    /// whatever place they are of: a place with many pages does not hold up the others. Once the
    /// last job of a place is done its records are freed.
    ///
    /// # Errors
    ///
    /// Returns an error of the output. Jobs that were not begun are left out then.
    fn make_all(
        &self,
        mut parts: Vec<PlaceMaking>,
        renderer: Option<&Renderer>,
        sink: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Arc<Bundle>>, O::Error> {
        let left: Vec<AtomicUsize> =
            parts.iter().map(|part| AtomicUsize::new(part.jobs.len())).collect();
        let mut jobs: Vec<(usize, Job)> = Vec::new();
        for (index, part) in parts.iter_mut().enumerate() {
            sink.append(&mut part.repeated);
            jobs.extend(std::mem::take(&mut part.jobs).into_iter().map(|job| (index, job)));
        }
        let make = |(index, job): (usize, Job)| {
            let made = self.make(job, parts[index].place, renderer)?;
            // Records are most of the memory of a first build. Pages of places above show some of
            // them, but come before. Those of few places may stay for the next moment.
            if left[index].fetch_sub(1, Relaxed) == 1
                && parts.len() > FEW
                && let Some(place) = parts[index].place
            {
                self.sources.portal.release(place);
            }
            Ok((index, made))
        };
        // What goes through the records of many places comes first, while these are at hand.
        let (wide, rest): (Vec<_>, Vec<_>) =
            jobs.into_iter().partition(|(_, job)| job.artifact.reads_widely());
        let mut done: Vec<(usize, Done)> = Vec::new();
        for jobs in [wide, rest] {
            done.extend(jobs.into_par_iter().map(&make).collect::<Result<Vec<_>, O::Error>>()?);
        }
        let mut rows: Vec<Vec<Row>> = parts.iter().map(|_| Vec::new()).collect();
        for (index, (row, diagnostics)) in done {
            rows[index].extend(row);
            sink.extend(diagnostics);
        }
        Ok(parts
            .into_iter()
            .zip(rows)
            .map(|(part, rows)| part.into_bundle(rows.into_iter()))
            .collect())
    }

    /// Makes the artifacts that are derived from others, and returns how many had to be made.
    ///
    /// `sources` have the table of the artifacts before. These never need the renderer.
    fn derived(
        &self,
        sources: Sources<'_>,
        sink: &mut Vec<Diagnostic>,
    ) -> Result<(Arc<Bundle>, usize), O::Error> {
        let reads = Reads::new(sources);
        let round = MakeContext {
            reads: &reads,
            sources,
            table: self.table,
            build: self.build,
            output: self.output,
        };
        let mut part = PlaceMaking::new(None, Fingerprint::default(), Validity::ALWAYS);
        let known = self.table.rest.derived.as_ref().map_or(&[][..], |bundle| &bundle.rows);
        for artifact in plan::derived(sources) {
            round.decide(artifact, known, None, &mut part);
        }
        let count = part.jobs.len();
        let bundle = round.make_all(vec![part], None, sink)?.pop();
        Ok((bundle.expect("a part gives a bundle"), count))
    }

    /// Makes an artifact of a place, or of the portal as a whole, looks for personal data in it, and
    /// writes it.
    ///
    /// No row is returned, and nothing is written, if
    ///
    /// - the theme cannot be rendered, which was reported before;
    /// - the artifact read something undeclared, or returned a diagnostic instead of bytes;
    /// - a file changed meanwhile: the build is torn, and is repeated;
    /// - its path is none that every system can hold.
    ///
    /// Personal data that may not be shown is a diagnostic, but the file is written: if that is an
    /// error, nothing is published.
    fn make(
        &self,
        job: Job,
        place: Option<PlaceId>,
        renderer: Option<&Renderer>,
    ) -> Result<Done, O::Error> {
        let (sources, artifact) = (self.sources, &job.artifact);
        // Without a renderer there were diagnostics of the theme.
        if renderer.is_none() && artifact.reads.contains(&Read::Theme) {
            return Ok((None, Vec::new()));
        }
        let view = View::new(sources, artifact, renderer);
        let bytes = artifact.kind.make(artifact, &view);
        let artifact::MakingNotes {
            files,
            has_image: _,
            links,
            found: noted,
            named: mut names,
            modified,
            lead,
            mut diagnostics,
            valid,
        } = view.into_notes();
        let bytes = match bytes {
            Ok(bytes) if !is_internal(&diagnostics) => bytes,
            Ok(_) => return Ok((None, diagnostics)),
            Err(NotMade::Wrong(diagnostic)) => {
                diagnostics.push(*diagnostic);
                return Ok((None, diagnostics));
            }
            Err(NotMade::Torn) => {
                sources.portal.files().tear();
                return Ok((None, diagnostics));
            }
        };
        let scan = artifact.kind.scan(artifact);
        let searched = scan.searched(&bytes);
        let mut found = match scan {
            Scan::Html | Scan::Xml => leak::keys(scan::html(&searched)),
            Scan::Text | Scan::Packed | Scan::Escaped => str::from_utf8(&searched)
                .map(|text| leak::keys(scan::text(text)))
                .unwrap_or_default(),
            Scan::Nothing => Vec::new(),
        };
        let known = sources.portal.known();
        let (file, source) = (artifact.file(), &artifact.source);
        diagnostics.extend(leak::check((known, sources.config.strict), &found, &file, source));
        found.extend(noted);
        let mut named = match scan {
            Scan::Nothing => Vec::new(),
            _ => sources.portal.names_on(place.unwrap_or(PlaceId::ROOT), &searched),
        };
        diagnostics.extend(leak::names(known, &named, &file, source));
        named.append(&mut names);
        conceal::numbers(&mut diagnostics);
        let Some(path) = out_path(artifact, &mut diagnostics) else {
            return Ok((None, diagnostics));
        };
        let file = self.output.write(&path, &bytes)?;
        let row = Row {
            fingerprint: job.fingerprint,
            valid,
            file,
            reads: job.reads,
            links,
            files,
            found,
            named,
            modified,
            lead,
            is_reported: !diagnostics.is_empty() && self.output.reports_again(),
            build: self.build,
            why: job.why,
        };
        Ok((Some(row), diagnostics))
    }
}

/// A row of the table if it was made, and its diagnostics.
type Done = (Option<Row>, Vec<Diagnostic>);

/// One of the diagnostics is a mistake of the program.
fn is_internal(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Internal)
}

/// Why an artifact that was made has to be made again, whatever became of its file; `None` if it
/// need not be. `linli explain` asks this without making anything.
pub(crate) fn why(
    sources: Sources<'_>,
    reads: &Reads<'_>,
    artifact: &PlannedArtifact,
    row: &Row,
) -> Option<RebuildReason> {
    let (fingerprint, reads) = reads.of_artifact(artifact.kind.name(), artifact);
    due(sources, fingerprint, &reads, row)
}

/// The same, from the fingerprint and the short reads that the artifact has at this build. The
/// cheap questions come first; links cost a lookup each.
fn due(
    sources: Sources<'_>,
    fingerprint: Fingerprint,
    reads: &[(u32, u32)],
    row: &Row,
) -> Option<RebuildReason> {
    if row.fingerprint != fingerprint {
        return Some(changed(row, reads));
    }
    if !row.valid.holds(&sources.portal.clock) {
        return Some(RebuildReason::Time);
    }
    if row.is_reported {
        return Some(RebuildReason::Reported);
    }
    (!row.is_settled(sources.routes(), sources.portal)).then_some(RebuildReason::Links)
}

/// Why an artifact is another one than it was.
///
/// A read counts as changed if its value is another, or if the artifact did not have it. If no read
/// but the theme's is another, and none is gone, it was the theme or the program.
fn changed(before: &Row, reads: &[(u32, u32)]) -> RebuildReason {
    let is_new = |read: &&(u32, u32)| !before.reads.contains(read);
    let changed = reads.iter().filter(is_new).map(|read| read.0);
    let changed: Vec<u32> = changed.filter(|name| *name != Reads::THEME).collect();
    let is_gone = |old: &(u32, u32)| reads.iter().all(|read| read.0 != old.0);
    let fewer = before.reads.iter().any(is_gone);
    if changed.is_empty() && !fewer {
        RebuildReason::Theme
    } else {
        RebuildReason::Changed(changed)
    }
}

/// The path of an artifact's file. One that no system can hold is an error.
fn out_path(artifact: &Artifact, sink: &mut Vec<Diagnostic>) -> Option<OutPath> {
    let file = artifact.file();
    OutPath::new(&file)
        .map_err(|fault| {
            sink.push(
                Diagnostic::error(Code::IllegalFileName, artifact.source.clone())
                    .arg("name", &file)
                    .arg("character", fault.to_string())
                    .help("rename"),
            );
        })
        .ok()
}
