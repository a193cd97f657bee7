//! The plan of a site: its artifacts, place by place.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    ops::Deref,
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    artifact::{Artifact, ArtifactKind, Bundle, KINDS, Reads, Row, Scan, Sources, Table},
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location, nearest, with_near},
    disclosure::Portal,
    fingerprint::Fingerprint,
    schema::PlaceId,
    source::SitePath,
};

/// The artifacts of a site, but for those that are derived from others.
#[derive(Debug, Default)]
pub struct Plan {
    /// Those of the places that have to be looked at, parents before children, and last those of
    /// the portal as a whole.
    pub parts: Vec<Planned>,
    /// These are all places: nothing was skipped.
    pub is_all: bool,
    /// How many pages there are, in all places.
    pub count: usize,
}

/// The artifacts of a place, or of the portal as a whole.
#[derive(Debug)]
pub struct Planned {
    /// Which place; nothing for those of the portal as a whole.
    pub place: Option<PlaceId>,
    /// The fingerprint of all that they and those of the places in it are made from, but for where
    /// links lead that leave its folder.
    pub from: Fingerprint,
    /// The fingerprint of all that they are made from.
    pub view: Fingerprint,
    /// For which moments they are planned the same.
    pub valid: Validity,
    /// The artifacts.
    pub artifacts: Artifacts,
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
        self.kind.scan() == Scan::Html
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
pub fn plan(sources: Sources<'_>, table: &Table) -> Checked<Plan> {
    let reads = Reads::new(sources);
    let everywhere = reads.everywhere();
    let places = sources.portal.places();
    let from = |place: PlaceId| reads.of_subtree(place, everywhere);
    let stale = table.places.stale(places, &sources.portal.clock, |place| {
        // Of a place with a link that leads elsewhere, no fingerprint is the same.
        let moved = table.has_moved_links(place, sources.routes(), sources.portal);
        if moved { Fingerprint::default() } else { from(place) }
    });
    let part = |place: Option<PlaceId>| {
        let from = place.map(from).unwrap_or_default();
        planned(place, from, sources, &reads, table)
    };
    let mut parts: Vec<Planned> =
        stale.par_iter().with_min_len(16).map(|place| part(Some(*place))).collect();
    parts.push(part(None));
    let is_all = stale.len() == places.len();
    let mut diagnostics = unknown_outputs(sources.config);
    diagnostics.extend(conflicts(&parts, sources, table));
    let before = parts.iter().filter_map(|part| table.bundle(part.place));
    let before: usize = before.map(|bundle| bundle.pages()).sum();
    let now: usize = parts.iter().map(|part| part.artifacts.pages()).sum();
    let count = now + table.count(sources.portal).saturating_sub(before);
    Checked { value: Plan { parts, is_all, count }, diagnostics }
}

/// The artifacts of a place or of the portal. If the bundle of an earlier build is the same they
/// are not planned again, which is what makes an edit cost only the places that it touches.
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
pub fn artifacts_of(
    sources: Sources<'_>,
    place: Option<PlaceId>,
    clock: &Clock,
) -> Vec<Arc<PlannedArtifact>> {
    let sources = Sources { clock: Some(clock), ..sources };
    let kinds = KINDS.iter().filter(|kind| !kind.is_derived());
    in_order(kinds.flat_map(|kind| planned_by(*kind, place, &sources)).collect())
}

/// The artifacts that are derived from others, by path.
pub fn derived(sources: Sources<'_>) -> Vec<Arc<PlannedArtifact>> {
    let is_on =
        |kind: &&&dyn ArtifactKind| !kind.is_optional() || sources.config.has_output(kind.name());
    let kinds = KINDS.iter().filter(|kind| kind.is_derived()).filter(is_on);
    in_order(kinds.flat_map(|kind| planned_by(*kind, None, &sources)).collect())
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

/// Artifacts in the order of their paths, each with its reads in order, each once.
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
    fn pages(&self) -> usize {
        match self {
            Self::New(artifacts) => artifacts.iter().filter(|it| it.is_page()).count(),
            Self::Known(bundle) => bundle.pages(),
        }
    }

    fn paths(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::New(artifacts) => Box::new(artifacts.iter().map(|it| it.path.as_str())),
            Self::Known(bundle) => Box::new(bundle.rows.iter().map(Row::path)),
        }
    }
}

/// Errors for keys of `[outputs]` that name no kind which can be switched.
fn unknown_outputs(config: &Config) -> Vec<Diagnostic> {
    let optional = KINDS.iter().filter(|kind| kind.is_optional());
    let names: Vec<&str> = optional.map(|kind| kind.name()).collect();
    let unknown = config.outputs.iter().filter(|output| !names.contains(&output.name.as_str()));
    let error = |output: &crate::config::OutputSwitch| {
        let diagnostic = Diagnostic::error(Code::UnknownSetting, output.location.clone());
        let near = nearest(&output.name, names.iter().copied());
        with_near(diagnostic.arg("setting", &output.name), near, &names)
    };
    unknown.map(error).collect()
}

/// Errors for paths that two sources claim. Many file systems and servers take no notice of case.
fn conflicts(parts: &[Planned], sources: Sources<'_>, table: &Table) -> Vec<Diagnostic> {
    // What was published had none. No image has the path of a page.
    let is_moved = |part: &Planned| match &part.artifacts {
        Artifacts::New(artifacts) => table.bundle(part.place).is_none_or(|known| {
            let paths = artifacts.iter().map(|it| it.path.as_str());
            !paths.eq(known.rows.iter().map(Row::path))
        }),
        Artifacts::Known(_) => false,
    };
    let catalog = &sources.portal.catalog;
    let has_other_images = table.images != catalog.images_fingerprint();
    if !has_other_images && !parts.iter().any(is_moved) {
        return Vec::new();
    }
    let image = |file: &SitePath| file.below_content().to_lowercase();
    let images = catalog.images.iter().map(image);
    let planned: HashSet<Option<PlaceId>> = parts.iter().map(|part| part.place).collect();
    let others = sources.portal.places().iter().filter(|place| !planned.contains(&Some(place.id)));
    let others = others.filter_map(|place| table.bundle(Some(place.id)));
    let others = others.flat_map(|bundle| &bundle.rows).map(Row::path);
    let paths = parts.iter().flat_map(|part| part.artifacts.paths()).chain(others);
    let mut seen = HashSet::new();
    let mut all = paths.map(str::to_lowercase).chain(images);
    if all.all(|path| seen.insert(Fingerprint::of_bytes(path.as_bytes()))) {
        return Vec::new();
    }
    clashes(sources)
}

/// The same, with the sources: all artifacts are planned for it.
fn clashes(sources: Sources<'_>) -> Vec<Diagnostic> {
    let all = sources.portal.places().iter().map(|place| Some(place.id)).chain([None]);
    let clock = sources.portal.clock.fork();
    let artifacts: Vec<Arc<PlannedArtifact>> =
        all.flat_map(|place| artifacts_of(sources, place, &clock)).collect();
    let images = sources
        .portal
        .catalog
        .images
        .iter()
        .map(|file| (file.below_content(), Location::file(file.clone())));
    let mut claims: Vec<_> = artifacts
        .iter()
        .map(|artifact| (artifact.path.as_str(), artifact.source.clone()))
        .collect();
    claims.sort_by(|a, b| a.0.cmp(b.0));
    let mut seen: HashMap<String, Location> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (path, source) in claims.into_iter().chain(images) {
        if let Some(first) = seen.insert(path.to_lowercase(), source.clone()) {
            diagnostics.push(
                Diagnostic::error(Code::PathConflict, source)
                    .arg("path", format!("/{path}"))
                    .related(first, "other")
                    .help("rename"),
            );
        }
    }
    diagnostics
}
