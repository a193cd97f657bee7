//! The plan of a site: its artifacts, place by place.
//!
//! [`plan`] goes from the sources and the table of the last build to a [`Plan`]:
//!
//! 1. Places whose subtree's fingerprint is the same are skipped, with all places in them. They do
//!    not appear in the plan.
//! 2. Of a place that is not skipped, the fingerprint of its own artifacts is compared. If it is
//!    the same, they are taken over as a bundle, as in places above an edit that show none of it.
//! 3. Else its artifacts are planned by all kinds.
//! 4. Settings that name no kind, and paths that two sources claim, become errors.
//!
//! So an edit in a portal of a thousand places costs the places on the way from the root to it. On
//! a first build, with an empty table, all places are planned.
//!
//! Not here: whether an artifact has to be made (`build/make.rs`), and derived artifacts, which
//! need the finished table ([`derived`]).

use std::{
    collections::{HashMap, HashSet},
    fmt,
    ops::Deref,
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    artifact::{
        Artifact, ArtifactKind, Bundle, KINDS, Reads, Row, Sources, Subject, Table, copies, named,
        structured,
    },
    clock::{Clock, Validity},
    config::{self, Config},
    diagnostic::{Checked, Code, Diagnostic, Location, nearest, with_near},
    disclosure::Portal,
    fingerprint::Fingerprint,
    schema::{Collection, CollectionId, PlaceId, claim, composed, old_address},
    source::SitePath,
};

/// The artifacts of a site, but for those that are derived from others.
#[derive(Debug, Default)]
pub struct Plan {
    /// Those of the places that have to be looked at, parents before children, and last those of
    /// the portal as a whole.
    pub parts: Vec<Planned>,
    /// These are all places: nothing was skipped. Otherwise skipped places may still have to be
    /// looked at, if the output lost a file of theirs.
    pub is_all: bool,
    /// How many pages there are, in all places. Skipped ones are counted by the table; none is
    /// looked at for it.
    pub count: usize,
}

/// The artifacts of a place, or of the portal as a whole.
#[derive(Debug)]
pub struct Planned {
    /// Which place; nothing for those of the portal as a whole.
    pub place: Option<PlaceId>,
    /// The fingerprint of all that they and those of the places in it are made from, but for where
    /// links lead that leave its folder. Zero for those of the portal as a whole.
    pub from: Fingerprint,
    /// The fingerprint of all that they are made from. Unlike `from` it does not cover the places
    /// in it.
    pub view: Fingerprint,
    /// For which moments they are planned the same. A new year changes how lists are cut, for
    /// example.
    pub valid: Validity,
    /// The artifacts.
    pub artifacts: Artifacts,
}

impl Planned {
    /// Nothing is planned: another part of the portal makes it.
    fn nothing(place: Option<PlaceId>) -> Self {
        Self {
            place,
            from: Fingerprint::default(),
            view: Fingerprint::default(),
            valid: Validity::ALWAYS,
            artifacts: Artifacts::New(Vec::new()),
        }
    }
}

/// Artifacts that have to be looked at one by one, or that are as they were.
#[derive(Debug)]
pub enum Artifacts {
    /// Something that they are made from may be another.
    New(Vec<Arc<PlannedArtifact>>),
    /// Nothing is.
    Known(Arc<Bundle>),
}

/// An artifact, and the kind that planned it and will make it.
#[derive(Clone)]
pub struct PlannedArtifact {
    /// The kind.
    pub kind: &'static dyn ArtifactKind,
    /// The artifact. Its reads are in order, each once.
    pub artifact: Artifact,
}

impl Deref for PlannedArtifact {
    type Target = Artifact;

    fn deref(&self) -> &Artifact {
        &self.artifact
    }
}

impl fmt::Debug for PlannedArtifact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind.name(), self.artifact)
    }
}

impl PlannedArtifact {
    /// It is a page of HTML.
    pub fn is_page(&self) -> bool {
        self.kind.is_page(&self.artifact)
    }
}

impl Plan {
    /// The artifacts that have to be looked at one by one.
    pub fn new_artifacts(&self) -> impl Iterator<Item = &Arc<PlannedArtifact>> {
        self.parts.iter().flat_map(|part| match &part.artifacts {
            Artifacts::New(artifacts) => artifacts.as_slice(),
            Artifacts::Known(_) => &[],
        })
    }

    /// Adds the artifacts of all places that were skipped, which are as they were.
    ///
    /// It is called if the output cannot vouch for their files as a whole. The order of `parts` is
    /// kept. Costs the decoding of all bundles of a restored table.
    pub(crate) fn add_others(&mut self, portal: &Portal<'_>, table: &Table) {
        let planned: HashSet<Option<PlaceId>> = self.parts.iter().map(|part| part.place).collect();
        let others = portal.places().iter().filter(|place| !planned.contains(&Some(place.id)));
        let known = others.filter_map(|place| {
            let node = table.places.node(place.id)?;
            let bundle = Arc::clone(&node.value.bundle);
            let (from, view, valid) = (node.from, bundle.view, bundle.valid);
            let place = Some(place.id);
            Some(Planned { place, from, view, valid, artifacts: Artifacts::Known(bundle) })
        });
        self.parts.extend(known.collect::<Vec<_>>());
        self.parts.sort_by_key(|part| (part.place.is_none(), part.place));
        self.is_all = true;
    }
}

/// Decides which artifacts there are. Places in which nothing has changed since an earlier build
/// are skipped. Two artifacts at one path are an error that names both sources.
///
/// The plan is complete in spite of errors, so that the artifacts can be made and their own
/// mistakes be found in the same run.
pub fn plan(sources: Sources<'_>, table: &Table) -> Checked<Plan> {
    let reads = Reads::new(sources);
    let everywhere = reads.everywhere();
    let (catalog, places) = (&sources.portal.catalog, sources.portal.places());
    let from = |place: PlaceId| reads.of_subtree(place, everywhere);
    let stale = catalog.stale(&table.places, &sources.portal.clock, |place| {
        // Of a place with a link that leads elsewhere, no fingerprint is the same.
        let moved = table.has_moved_links(place, sources.routes(), sources.portal);
        if moved { Fingerprint::default() } else { from(place) }
    });
    let part = |place: Option<PlaceId>| {
        if !catalog.owns(place) {
            return Planned::nothing(place);
        }
        let from = place.map(from).unwrap_or_default();
        planned(place, from, sources, &reads, table)
    };
    let mut parts: Vec<Planned> =
        stale.par_iter().with_min_len(16).map(|place| part(Some(*place))).collect();
    parts.push(part(None));
    let is_all = stale.len() == places.len();
    let mut diagnostics = unknown_outputs(sources.config);
    // Of what all places have together, a part of a portal does not know.
    if catalog.owns(None) {
        diagnostics.extend(conflicts(&parts, sources, table));
        diagnostics.extend(named::lost(sources, |path| is_made(path, &parts, sources, table)));
    }
    let before = parts.iter().filter_map(|part| table.bundle(part.place));
    let before: usize = before.map(|bundle| bundle.pages()).sum();
    let now: usize = parts.iter().map(|part| part.artifacts.pages()).sum();
    let count = now + table.count(sources.portal).saturating_sub(before);
    Checked { value: Plan { parts, is_all, count }, diagnostics }
}

/// The artifacts of a place or of the portal. If the bundle of an earlier build is the same they
/// are not planned again, which is what makes an edit cost only the places that it touches.
///
/// The clock of the plan is a fork of its own: its questions say how long this place's plan holds,
/// not that of any other.
fn planned(
    place: Option<PlaceId>,
    from: Fingerprint,
    sources: Sources<'_>,
    reads: &Reads<'_>,
    table: &Table,
) -> Planned {
    let view = match place {
        Some(id) => reads.of_place(id),
        None => reads.of_portal(),
    };
    let known = table.bundle(place);
    if let Some(bundle) =
        known.filter(|bundle| bundle.is_same(view, sources.routes(), sources.portal))
    {
        let (valid, artifacts) = (bundle.valid, Artifacts::Known(Arc::clone(bundle)));
        return Planned { place, from, view, valid, artifacts };
    }
    let clock = sources.portal.clock.fork();
    let artifacts = Artifacts::New(artifacts_of(sources, place, &clock));
    Planned { place, from, view, valid: clock.validity(), artifacts }
}

/// The artifacts of a place, or of the portal as a whole, by path.
///
/// Derived kinds take no part. `clock` gets the questions that kinds ask of the date.
pub fn artifacts_of(
    sources: Sources<'_>,
    place: Option<PlaceId>,
    clock: &Clock,
) -> Vec<Arc<PlannedArtifact>> {
    let sources = Sources { clock: Some(clock), ..sources };
    let kinds = kinds(sources.config).filter(|kind| !kind.is_derived());
    in_order(kinds.flat_map(|kind| planned_by(kind, place, &sources)).collect())
}

/// The artifacts that are derived from others, by path. `sources` must have the finished table as
/// `made`. A part of a portal derives what is made from files of its places.
pub fn derived(sources: Sources<'_>) -> Vec<Arc<PlannedArtifact>> {
    let kinds = kinds(sources.config).filter(|kind| kind.is_derived());
    let planned = kinds.flat_map(|kind| planned_by(kind, None, &sources));
    let catalog = &sources.portal.catalog;
    in_order(planned.filter(|it| catalog.owns_file(&it.source.file)).collect())
}

/// The kinds of artifacts of a portal. Optional ones that `[outputs]` switches off are left out;
/// their files are then gone from the output.
fn kinds(config: &Config) -> impl Iterator<Item = &'static dyn ArtifactKind> {
    let is_on = |kind: &&dyn ArtifactKind| !kind.is_optional() || config.has_output(kind.name());
    KINDS.iter().copied().filter(is_on)
}

/// The artifacts of one kind, each with the kind that will make it.
fn planned_by(
    kind: &'static dyn ArtifactKind,
    place: Option<PlaceId>,
    sources: &Sources<'_>,
) -> Vec<PlannedArtifact> {
    let artifacts = kind.plan(place, sources).into_iter();
    artifacts.map(|artifact| PlannedArtifact { kind, artifact }).collect()
}

/// Artifacts in the order of their paths, each with its reads in order, each once. Rows of the
/// table and the reads of a view are found by binary search.
fn in_order(mut artifacts: Vec<PlannedArtifact>) -> Vec<Arc<PlannedArtifact>> {
    for artifact in &mut artifacts {
        artifact.artifact.reads.sort_unstable();
        artifact.artifact.reads.dedup();
        artifact.artifact.reads.shrink_to_fit();
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    artifacts.into_iter().map(Arc::new).collect()
}

impl Artifacts {
    /// How many pages of HTML are among them.
    fn pages(&self) -> usize {
        match self {
            Self::New(artifacts) => artifacts.iter().filter(|it| it.is_page()).count(),
            Self::Known(bundle) => bundle.pages(),
        }
    }

    /// The paths, in order.
    fn paths(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::New(artifacts) => Box::new(artifacts.iter().map(|it| it.path.as_str())),
            Self::Known(bundle) => Box::new(bundle.rows.iter().map(Row::path)),
        }
    }
}

/// Errors for keys of `[outputs]` that name no kind which can be switched.
///
/// The user sees the key, and the name that was probably meant or all that can be switched.
fn unknown_outputs(config: &Config) -> Vec<Diagnostic> {
    let optional = KINDS.iter().filter(|kind| kind.is_optional());
    let names: Vec<&str> = optional.map(|kind| kind.name()).chain([structured::NAME]).collect();
    let unknown = config.outputs.iter().filter(|output| !names.contains(&output.name.as_str()));
    let error = |output: &crate::config::OutputSwitch| {
        let diagnostic = Diagnostic::error(Code::UnknownSetting, output.location.clone());
        let near = nearest(&output.name, names.iter().copied());
        with_near(diagnostic.arg("setting", &output.name), near, &names)
    };
    unknown.map(error).collect()
}

/// An artifact has that path, in any place. Costs O(artifacts).
fn is_made(path: &str, parts: &[Planned], sources: Sources<'_>, table: &Table) -> bool {
    let planned: HashSet<Option<PlaceId>> = parts.iter().map(|part| part.place).collect();
    let others = sources.portal.places().iter().map(|place| Some(place.id));
    let others = others.filter(|place| !planned.contains(place));
    let others = others.filter_map(|place| table.bundle(place)).flat_map(|bundle| &bundle.rows);
    let mut paths = parts.iter().flat_map(|part| part.artifacts.paths());
    paths.any(|it| it == path) || others.map(Row::path).any(|it| it == path)
}

/// Errors for paths that two sources claim. Many file systems and servers take no notice of case,
/// so `Honors/` and `honors/` are one path here.
///
/// A conflict needs a path that came, and most edits bring none. So the paths of all new artifacts
/// are compared with those of the last build first, and only if one differs, or a file of the content
/// folder or an address of something withdrawn does, all paths of the site are gone through. Fingerprints of paths are collected, not the paths. Who
/// claims a path is asked only if two are the same.
fn conflicts(parts: &[Planned], sources: Sources<'_>, table: &Table) -> Vec<Diagnostic> {
    // What was published had none. No file has the path of a page.
    let is_moved = |part: &Planned| match &part.artifacts {
        Artifacts::New(artifacts) => table.bundle(part.place).is_none_or(|known| {
            let paths = artifacts.iter().map(|it| it.path.as_str());
            !paths.eq(known.rows.iter().map(Row::path))
        }),
        Artifacts::Known(_) => false,
    };
    let catalog = &sources.portal.catalog;
    let has_other_claims = table.claims != claims_fingerprint(sources.portal);
    if !has_other_claims && !parts.iter().any(is_moved) {
        return Vec::new();
    }
    let files = catalog.loose.publishable().map(SitePath::below_content);
    let copies = copies::rivals(&catalog.loose).map(|(file, _)| file.below_content());
    let files = files.chain(copies).chain(reserved(sources.config)).map(claim);
    let root = root_files(sources);
    let planned: HashSet<Option<PlaceId>> = parts.iter().map(|part| part.place).collect();
    let others = sources.portal.places().iter().filter(|place| !planned.contains(&Some(place.id)));
    let others = others.filter_map(|place| table.bundle(Some(place.id)));
    let others = others.flat_map(|bundle| &bundle.rows).map(Row::path);
    let paths = parts.iter().flat_map(|part| part.artifacts.paths()).chain(others);
    let mut seen = HashSet::new();
    let mut all = paths.map(claim).chain(files);
    let is_free = |path: &str| sources.portal.withdrawn_at(path, true).is_none();
    if all.all(|path| {
        is_free(&path)
            && within(&root, &path).is_none()
            && seen.insert(Fingerprint::of_bytes(path.as_bytes()))
    }) {
        return Vec::new();
    }
    clashes(sources)
}

/// The errors for conflicting paths, with both sources. All artifacts of the site are planned for
/// it, since a table does not keep what made an artifact exist.
fn clashes(sources: Sources<'_>) -> Vec<Diagnostic> {
    let all = sources.portal.places().iter().map(|place| Some(place.id)).chain([None]);
    let clock = sources.portal.clock.fork();
    let artifacts: Vec<Arc<PlannedArtifact>> =
        all.flat_map(|place| artifacts_of(sources, place, &clock)).collect();
    let files = sources.portal.catalog.loose.publishable();
    let files = files.map(|file| Claim::file(file.below_content(), file));
    let copies: Vec<_> = copies::rivals(&sources.portal.catalog.loose).collect();
    let copies = copies.iter().map(|(file, of)| Claim::file(file.below_content(), of));
    let files = copies.chain(files);
    let settings = SitePath::new(config::FILE);
    let derived = kinds(sources.config).filter(|kind| kind.is_derived());
    let reserved = derived.flat_map(|kind| {
        let paths = kind.reserved(sources.config).into_iter();
        paths.map(move |path| (path, kind))
    });
    let reserved =
        reserved.map(|(path, kind)| Claim { kind: Some(kind), ..Claim::file(path, &settings) });
    let root = root_files(sources);
    let mut claims: Vec<Claim<'_>> = artifacts.iter().map(|it| Claim::of(it)).collect();
    claims.sort_by(|a, b| a.path.cmp(b.path));
    let mut seen: HashMap<String, Claim<'_>> = HashMap::new();
    let mut diagnostics = Vec::new();
    for it in claims.into_iter().chain(files).chain(reserved) {
        let claim = claim(it.path);
        if let Some(gone) = sources.portal.withdrawn_at(it.path, it.is_old()) {
            diagnostics.push(it.taken(gone));
        }
        let folder = within(&root, &claim).and_then(|file| root.get(file));
        if let Some(file) = folder {
            diagnostics.push(Claim::file(it.path, file).conflict(&it, sources));
        }
        if let Some(first) = seen.insert(claim, it.clone()) {
            diagnostics.push(it.conflict(&first, sources));
        }
    }
    diagnostics
}

/// What takes a path.
#[derive(Clone)]
struct Claim<'a> {
    path: &'a str,
    source: Location,
    /// The kind of artifact that does; nothing for a file of the content folder.
    kind: Option<&'static dyn ArtifactKind>,
    /// The collection of the record whose page it is.
    record: Option<CollectionId>,
}

impl<'a> Claim<'a> {
    fn of(artifact: &'a PlannedArtifact) -> Self {
        let (kind, source) = (Some(artifact.kind), artifact.source.clone());
        let record = match artifact.subject {
            Subject::Record(_, id, _) => Some(id),
            _ => None,
        };
        Self { path: &artifact.path, source, kind, record }
    }

    fn file(path: &'a str, file: &SitePath) -> Self {
        Self { path, source: Location::file(file.clone()), kind: None, record: None }
    }

    /// It is an old address that leads on.
    fn is_old(&self) -> bool {
        self.kind.is_some_and(|kind| kind.name() == "redirect")
    }

    /// The error that the path was that of something that was withdrawn.
    fn taken(&self, gone: &Location) -> Diagnostic {
        let reason = if self.is_old() { "withdrawn" } else { "taken" };
        let diagnostic =
            old_address::wrong(&format!("/{}", self.path), reason, self.source.clone());
        diagnostic.related(gone.clone(), "gone")
    }

    /// The error that another one has the path, too. It says what to do about an old address, and
    /// about what the program makes of itself.
    fn conflict(self, first: &Self, sources: Sources<'_>) -> Diagnostic {
        let output = |it: &Self| it.kind.filter(|kind| kind.is_optional()).map(ArtifactKind::name);
        // Of an old address and what the program makes of itself, the one that has to change.
        let is_first = first.is_old() || output(&self).is_some() && !self.is_old();
        let (here, other) =
            if is_first { (&first.source, &self.source) } else { (&self.source, &first.source) };
        let are_old = [first.is_old(), self.is_old()];
        let output = output(&self).or_else(|| output(first));
        let (file, beside) = (here.file.as_str(), other.file.as_str());
        let looks_same = file != beside && composed(file) == composed(beside);
        let diagnostic = Diagnostic::error(Code::PathConflict, here.clone())
            .arg("path", format!("/{}", self.path))
            .related(other.clone(), "other");
        match output {
            _ if are_old == [true; 2] => diagnostic.help("aliases"),
            _ if are_old.contains(&true) => diagnostic.help("alias"),
            Some(output) => diagnostic.arg("output", output).help("output"),
            None if looks_same => diagnostic.help("composed"),
            None if self.record.is_some() && self.record == first.record => {
                let collections = &sources.portal.catalog.collections;
                let collection = self.record.map(|id| collections.get(id));
                diagnostic.arg_by_language("fields", |it| addressed(collection, it)).help("fields")
            }
            None => diagnostic.help("rename"),
        }
    }
}

/// The files for the root of the site by what they claim. They may be called like a folder.
fn root_files(sources: Sources<'_>) -> HashMap<String, &SitePath> {
    let files = sources.portal.catalog.loose.root_paths();
    files.map(|(path, file)| (claim(path), file)).collect()
}

/// The one of these files that would have to be a folder to hold a path.
fn within<'p>(files: &HashMap<String, &SitePath>, path: &'p str) -> Option<&'p str> {
    let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    if files.is_empty() { None } else { folders.find(|folder| files.contains_key(*folder)) }
}

/// The labels of the fields that the addresses of records are made of.
fn addressed(collection: Option<&Collection>, language: &str) -> String {
    let fields = collection.and_then(|it| Some((it, it.record_pages.as_ref()?)));
    let labels = fields.into_iter().flat_map(|(collection, indexes)| {
        indexes.iter().map(|index| collection.fields[*index].label.get(language))
    });
    labels.collect::<Vec<_>>().join(if language.starts_with("zh") { "、" } else { ", " })
}

/// The fingerprint of what claims paths beside artifacts: files of the content folder, and what was
/// withdrawn.
pub(crate) fn claims_fingerprint(portal: &Portal<'_>) -> Fingerprint {
    portal.catalog.loose_fingerprint().and(portal.gone_fingerprint())
}

/// The paths of what is planned when all else is made.
fn reserved(config: &Config) -> Vec<&'static str> {
    let derived = kinds(config).filter(|kind| kind.is_derived());
    derived.flat_map(|kind| kind.reserved(config)).collect()
}
