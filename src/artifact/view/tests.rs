//! Reads that were declared, and others.

use super::*;
use crate::{
    artifact::{Inspections, SearchIndex, SharedValues, Subject},
    config,
    diagnostic::{Location, Severity},
    disclosure::{KnownKeys, Portal, Summaries},
    figures::{Figures, KnownFigures},
    fingerprint::Fingerprint,
    render::theme::Theme,
    schema::{Catalog, catalog::KnownCatalog},
    source::{MemoryWorld, Tree},
};

/// The notes of an artifact with these reads that does so much.
fn notes(reads: Vec<Read>, act: impl Fn(&View<'_>)) -> MakingNotes {
    let world = MemoryWorld::new([("content/place.yaml", "name: 甲街道\nlevel: street\n")]);
    let config = config::read(&world).value;
    let files = Files::new(&world, Tree::take(&world));
    let catalog = Catalog::load(&files, &config, &mut KnownCatalog::default()).value;
    let (mut summaries, mut keys) = (Summaries::empty(1), KnownKeys::default());
    let clock = Clock::default();
    let (portal, _) =
        Portal::new(files, catalog, &config, clock, &mut summaries, &mut keys, |_| ());
    let figures = Figures::new(&portal, &config, &mut KnownFigures::empty(1), Vec::new());
    let theme = Theme::default();
    let sources = Sources {
        portal: &portal,
        figures: &figures,
        config: &config,
        search: &SearchIndex::default(),
        inspections: &Inspections::default(),
        theme: &theme,
        theme_fingerprint: Fingerprint::default(),
        shared: &SharedValues::default(),
        made: None,
        clock: None,
    };
    let artifact = Artifact {
        path: "names.txt".to_owned(),
        subject: Subject::Portal,
        language: "zh-CN".into(),
        reads,
        source: Location::file(SitePath::new("content/place.yaml")),
    };
    let view = View::new(sources, &artifact, None);
    act(&view);
    view.into_notes()
}

#[test]
fn a_declared_read_is_no_mistake() {
    let reads = vec![Read::Site, Read::Place(PlaceId::ROOT)];
    let notes = notes(reads, |view| {
        assert_eq!(view.place(PlaceId::ROOT).name, "甲街道");
        assert_eq!(view.config().language, "zh-CN");
    });
    assert!(notes.diagnostics.is_empty(), "{:?}", notes.diagnostics);
}

#[test]
fn an_undeclared_read_is_an_internal_error_that_names_the_first() {
    let notes = notes(vec![Read::Site], |view| {
        let _ = (view.config(), view.place(PlaceId::ROOT), view.clock());
    });
    let [diagnostic] = &notes.diagnostics[..] else { panic!("{:?}", notes.diagnostics) };
    assert_eq!((diagnostic.code, diagnostic.severity), (Code::Internal, Severity::Error));
    assert_eq!(diagnostic.location.file.as_str(), "content/place.yaml");
    let reason = format!("{diagnostic:?}");
    assert!(reason.contains("/names.txt reads Place(PlaceId(0)) undeclared"), "{reason}");
}
