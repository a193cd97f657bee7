//! The portals in `tests/portals`, and their disclosure at a moment.
//!
//! A file says at which moments, and what is asked of the portal at each; then its files, each behind
//! a line with its path:
//!
//! ```text
//! at: 2026-11-22, 2026-11-23T08:00
//! ask: 13812345678
//! === content/place.yaml
//! name: 甲街道
//! level: street
//! ```

use std::{fs, path::Path, sync::LazyLock};

use crate::{
    clock::Clock,
    config::{self, Config},
    diagnostic::Diagnostic,
    disclosure::{KnownKeys, NameSecret, Portal, Summaries, conceal, reference_mistakes},
    schema::{Catalog, RecordSet, catalog::KnownCatalog},
    source::{Files, MemoryWorld, Tree},
};

/// Holds a portrait against the one of that name, which lies beside the portals.
#[track_caller]
pub(crate) fn check_portrait(name: &str, portrait: &str) {
    insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "../../../tests/portals"}, {
        insta::assert_snapshot!(name, portrait);
    });
}

/// A portal.
pub(crate) struct TestPortal {
    /// What stands before its files, line by line: a word and what is said of it.
    head: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
}

/// What is kept from build to build.
pub(crate) struct Known {
    summaries: Option<Summaries>,
    keys: KnownKeys,
}

/// What the portals of one run hash names with, as what is kept from build to build does.
static SECRET: LazyLock<NameSecret> = LazyLock::new(NameSecret::default);

impl Default for Known {
    fn default() -> Self {
        Self { summaries: None, keys: KnownKeys::hashed_with(*SECRET) }
    }
}

impl Known {
    /// The summaries of the portal that was built last.
    pub(crate) fn summaries(&self) -> &Summaries {
        self.summaries.as_ref().expect("a portal was built")
    }
}

/// A portal at a moment.
pub(crate) struct Built<'a, M> {
    pub(crate) portal: Portal<'a>,
    pub(crate) config: &'a Config,
    /// What was measured of the record sets that were read, by their index.
    pub(crate) measured: Vec<(usize, M)>,
    /// What is told of names, declarations and places, as logs show it.
    pub(crate) told: Vec<Diagnostic>,
    /// What is told of records and notices.
    pub(crate) disclosed: Vec<Diagnostic>,
}

impl TestPortal {
    /// The one of that name.
    pub(crate) fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/portals").join(name);
        Self::of(&fs::read_to_string(path).expect("a portal of that name"))
    }

    pub(crate) fn of(text: &str) -> Self {
        let mut parts = text.split("=== ");
        let head = parts.next().unwrap_or_default().lines();
        let said = head.filter_map(|line| line.split_once(": "));
        let file = |part: &str| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            (path.to_owned(), text.as_bytes().to_vec())
        };
        Self {
            head: said.map(|(word, rest)| (word.to_owned(), rest.to_owned())).collect(),
            files: parts.map(file).collect(),
        }
    }

    /// What the head says of a word.
    pub(crate) fn said(&self, word: &str) -> impl Iterator<Item = &str> {
        self.head.iter().filter(move |it| it.0 == word).map(|it| it.1.as_str())
    }

    /// The moments that the head names.
    pub(crate) fn moments(&self) -> Vec<&str> {
        self.said("at").flat_map(|it| it.split(", ")).collect()
    }

    /// The same with another text in place of one that stands in its files.
    pub(crate) fn with(&self, text: &str, other: &str) -> Self {
        let replaced = |(path, content): &(String, Vec<u8>)| {
            let content = String::from_utf8(content.clone()).expect("a text");
            (path.clone(), content.replace(text, other).into_bytes())
        };
        let files: Vec<_> = self.files.iter().map(replaced).collect();
        assert!(files != self.files, "{text}");
        Self { head: self.head.clone(), files }
    }

    /// One of these files, of which nothing is asked.
    pub(crate) fn with_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { head: Vec::new(), files: files.into_iter().collect() }
    }

    /// Discloses it at a moment. `known` is of an earlier moment, or of other files.
    pub(crate) fn at<M: Send, T>(
        &self,
        moment: &str,
        known: &mut Known,
        measure: impl Fn(&RecordSet, &Catalog, &Config, &Clock) -> M + Sync,
        show: impl FnOnce(Built<'_, M>) -> T,
    ) -> T {
        let world = MemoryWorld::new(self.files.iter().map(|(path, text)| (path, text.clone())));
        let config = config::read(&world).value;
        let files = Files::new(&world, Tree::take(&world));
        let mut told = Vec::new();
        let catalog = Catalog::load(&files, &config, &mut KnownCatalog::default());
        let catalog = catalog.report(&mut told);
        let clock = Clock::parse(moment, &config.time_zone).expect("a moment");
        let places = catalog.places.len();
        let summaries = known.summaries.get_or_insert_with(|| Summaries::empty(places));
        let (of_sets, now) = (std::sync::Arc::clone(&catalog), clock.clone());
        let measure = |set: &RecordSet| measure(set, &of_sets, &config, &now);
        let (portal, measured) =
            Portal::new(files, catalog, &config, clock, summaries, &mut known.keys, measure);
        let mut disclosed = portal.diagnostics();
        disclosed.extend(reference_mistakes(&portal));
        for told in [&mut told, &mut disclosed] {
            conceal::numbers(told);
            portal.drop_offices(told);
        }
        show(Built { portal, config: &config, measured, told, disclosed })
    }
}

/// Measures nothing.
pub(crate) fn nothing(_: &RecordSet, _: &Catalog, _: &Config, _: &Clock) {}
