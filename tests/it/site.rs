//! Sites for tests, in memory or on disk, and what the program makes of them.

use std::{collections::BTreeMap, convert::Infallible, fs, path::Path, sync::Mutex};

use linli::{
    Options,
    build::{self, BuildState, Settings, Sink},
    clock::Clock,
    diagnostic::{self, Diagnostic, Messages, human},
    output::OutPath,
    source::{MemoryWorld, Tree, World},
};
use proptest::test_runner::Config as ProptestConfig;

/// The day on which tests happen.
pub(crate) const TODAY: &str = "2026-11-23";

/// The words of the default theme, for themes of tests that extend none.
pub(crate) const WORDS: &str = include_str!("../../themes/default/i18n/zh-CN.ftl");

/// The files of a site by their path in it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a folder and those in it; of no folder none.
pub(crate) fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    if folder.exists() {
        collect(folder, "", &mut files);
    }
    files
}

/// Every file of one folder of a site, by its path in the site.
pub(crate) fn files_under(site: &Path, folder: &str) -> Files {
    let mut files = Files::new();
    collect(&site.join(folder), &format!("{folder}/"), &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes files into a folder.
pub(crate) fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The sample portal, with the theme that comes along.
pub(crate) fn sample() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = files_under(root, "content");
    files.insert("site.toml".to_owned(), fs::read(root.join("site.toml")).unwrap());
    files
}

/// Files as a world.
pub(crate) fn memory(files: &Files) -> MemoryWorld {
    MemoryWorld::new(files.iter().map(|(path, bytes)| (path, bytes.clone())))
}

/// Adds a theme, `bare`, whose pages are all that its templates are given, one thing after the
/// other.
pub(crate) fn add_bare_theme(files: &mut Files) {
    const LIST: &str = "place collection figures records count series months years weeks finder \
                        parts part all_url behind";
    const PLACE: &str = "place intro photo children sets set_index notices notices_url";
    const PAGES: [(&str, &str); 9] = [
        ("cards series schedule streaks directory ledger articles", LIST),
        ("home place", PLACE),
        ("subtree", "place collection figures rows upcoming recent more"),
        ("record", "place collection record list_url phone"),
        ("section", "section sets notices"),
        ("notice", "place notice content contents newer older list_url"),
        ("notices", "place notices subtree other_url parts part"),
        ("404", "places"),
        ("subscribe", "place calendars feeds places code"),
    ];
    files.insert("themes/bare/theme.toml".to_owned(), "name = \"bare\"\n".into());
    files.insert("themes/bare/i18n/zh-CN.ftl".to_owned(), WORDS.into());
    for (names, given) in PAGES {
        let all = ["site", "page"].into_iter().chain(given.split_whitespace());
        let all: Vec<String> = all.map(|it| format!("{it}: {{{{ {it} | safe }}}}")).collect();
        let text = all.join("\n");
        for name in names.split(' ') {
            files.insert(format!("themes/bare/templates/{name}.html"), text.clone().into());
        }
    }
}

/// All that there is to say about a site, sorted.
pub(crate) fn check(world: &dyn World) -> Vec<Diagnostic> {
    build(world).0
}

/// The same, and the files that a build would write.
pub(crate) fn build(world: &dyn World) -> (Vec<Diagnostic>, Files) {
    build_at(world, TODAY)
}

/// The same at another moment.
pub(crate) fn build_at(world: &dyn World, moment: &str) -> (Vec<Diagnostic>, Files) {
    build_by(world, &settings(world, moment))
}

/// The settings of a site at a moment.
pub(crate) fn settings(world: &dyn World, moment: &str) -> Settings {
    let mut settings = Settings::read(world, &Options::default());
    settings.clock = Clock::parse(moment, &settings.config.time_zone).unwrap();
    settings
}

/// The same with these settings. Pages are made though there are mistakes.
pub(crate) fn build_by(world: &dyn World, settings: &Settings) -> (Vec<Diagnostic>, Files) {
    let (mut state, mut diagnostics) = (BuildState::default(), Vec::new());
    let site = build::update(world, Tree::take(world), settings, &mut state);
    let mut site = site.report(&mut diagnostics);
    let written = Mutex::new(Files::new());
    let sink = Sink(|path: &OutPath, bytes: &[u8]| {
        written.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok::<_, Infallible>(())
    });
    let Ok(made) = build::make::make(&mut site, &mut state, &sink);
    diagnostics.extend(made.diagnostics);
    diagnostic::sort(&mut diagnostics);
    (diagnostics, written.into_inner().unwrap())
}

/// What a person at a terminal reads.
pub(crate) fn shown(diagnostics: &[Diagnostic], messages: &Messages) -> String {
    let mut out = Vec::new();
    let look = human::TerminalStyle { colour: false, width: 100 };
    human::render(diagnostics, messages, look, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// How long a property is tried: so many cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(count),
        failure_persistence: None,
        max_shrink_time: 30_000,
        ..ProptestConfig::default()
    }
}
