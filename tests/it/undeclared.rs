//! An artifact that reads what it has not declared is an error of the program, and not published.

use std::{borrow::Cow, collections::BTreeSet, convert::Infallible, sync::Mutex};

use linli::{
    Options,
    artifact::{
        Artifact, ArtifactKind, NotMade, PlannedArtifact, Read, Scan, Sources, Subject, View,
        plan::Artifacts,
    },
    build::{self, BuildState, Settings, Sink},
    diagnostic::{Code, Diagnostic, Location},
    output::OutPath,
    schema::PlaceId,
    source::{MemoryWorld, SitePath, Tree},
};

/// Its artifacts read the name of the root, declared or not.
struct Names;

impl ArtifactKind for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn plan(&self, _: Option<PlaceId>, _: &Sources<'_>) -> Vec<Artifact> {
        Vec::new()
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        Ok(view.place(PlaceId::ROOT).name.as_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }
}

/// Makes a small site with one artifact more, which has declared these reads. Returns the
/// diagnostics and the files.
fn made(reads: Vec<Read>) -> (Vec<Diagnostic>, BTreeSet<String>) {
    let world = MemoryWorld::new([("content/place.yaml", "name: 甲街道\nlevel: street\n")]);
    let settings = Settings::read(&world, &Options::default());
    let mut state = BuildState::default();
    let mut site = build::update(&world, Tree::take(&world), &settings, &mut state).value;
    let artifact = Artifact {
        path: "names.txt".to_owned(),
        subject: Subject::Portal,
        language: "zh-CN".into(),
        reads,
        source: Location::file(SitePath::new("content/place.yaml")),
    };
    let part = site.plan.parts.last_mut().unwrap();
    let Artifacts::New(artifacts) = &mut part.artifacts else { panic!("nothing was made before") };
    artifacts.push(PlannedArtifact { kind: &Names, artifact }.into());
    let written = Mutex::new(BTreeSet::new());
    let sink = Sink(|path: &OutPath, _: &[u8]| {
        written.lock().unwrap().insert(path.to_string());
        Ok::<_, Infallible>(())
    });
    let Ok(made) = build::make::make(&mut site, &mut state, &sink);
    (made.diagnostics, written.into_inner().unwrap())
}

#[test]
fn what_is_read_and_declared_is_published() {
    let (diagnostics, files) = made(vec![Read::Place(PlaceId::ROOT)]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(files.contains("names.txt"));
}

#[test]
fn what_is_read_undeclared_is_an_internal_error_and_not_published() {
    let (diagnostics, files) = made(vec![Read::Site]);
    let codes: Vec<Code> = diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::Internal]);
    assert!(!files.contains("names.txt"));
    assert!(files.contains("index.html"), "all else is made: {files:?}");
}
