//! The order of the folders of `src`, and of the files in them.
//!
//! A folder uses what lies below it in [`ORDER`], and no file uses itself by way of others: so
//! everything can be read, understood and changed from the bottom up. No compiler checks either.
//! [`tokens`] reads the source as words, [`graph`] finds which file uses which other.

mod graph;
mod tokens;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::Path,
    sync::LazyLock,
};

use crate::site;
use graph::{Crate, Use};

/// The folders and files of `src`, from the bottom to the top.
const ORDER: &[&str] = &[
    "fingerprint",
    "text",
    "diagnostic",
    "clock.rs",
    "package",
    "source",
    "attachment",
    "config",
    "output",
    "external",
    "publish",
    "scan",
    "image",
    "schema",
    "workbook",
    "editor",
    "edit",
    "disclosure",
    "figures",
    "render",
    "artifact",
    "build",
    "serve",
    "cli",
    "fuzzing",
    "lib.rs",
    "main.rs",
];

/// Folders and files that are not in order yet: what they use is not checked. It shall become
/// empty.
const UNFINISHED: &[&str] = &[];

/// The source files of the program, by their paths under `src`.
static SOURCES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let files = site::files_under(Path::new(env!("CARGO_MANIFEST_DIR")), "src").into_iter();
    let named = files.filter_map(|(path, bytes)| {
        let path = path.strip_prefix("src/")?.to_owned();
        path.ends_with(".rs").then_some((path, String::from_utf8(bytes).ok()?))
    });
    named.collect()
});

/// The program, and which of its files uses which.
static PROGRAM: LazyLock<(Crate, Vec<Use>)> = LazyLock::new(|| {
    let program = Crate::read(&SOURCES);
    let uses = program.uses();
    (program, uses)
});

/// The folder of `src` that a file lies in, or the file if it lies in none.
fn folder(file: &str) -> &str {
    file.split('/').next().unwrap_or(file)
}

/// How far up a file stands.
fn rank(file: &str) -> Option<usize> {
    ORDER.iter().position(|it| *it == folder(file))
}

fn is_unfinished(file: &str) -> bool {
    UNFINISHED.iter().any(|it| file == *it || file.starts_with(&format!("{it}/")))
}

/// Every use of a folder that stands above the user's.
fn upward(uses: &[Use]) -> Vec<String> {
    let rising = uses.iter().filter_map(|it| {
        let above = it.through.iter().find(|to| rank(to) > rank(&it.from))?;
        let Use { from, line, to, .. } = it;
        let (low, high) = (folder(from), folder(above));
        Some(format!("{from}:{line}: {low} uses {high}, which stands above it ({to})"))
    });
    rising.collect()
}

/// A shortest circle of each set of files that all use each other.
fn circles(uses: &[Use]) -> Vec<String> {
    let mut next: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in uses.iter().filter(|it| it.from != it.to && !it.only_exported) {
        next.entry(&it.from).or_default().entry(&it.to).or_insert(it.line);
    }
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for start in next.keys() {
        let Some(circle) = circle(start, &next) else { continue };
        if circle.iter().all(|(file, _)| !told.contains(file)) {
            let steps = circle.iter().map(|(file, line)| format!("{file}:{line}"));
            circles.push(format!("{} → {start}", steps.collect::<Vec<_>>().join(" → ")));
        }
        told.extend(circle.into_iter().map(|(file, _)| file));
    }
    circles
}

/// The shortest way from a file back to it: the files, and the lines on which each uses the next.
fn circle<'a>(
    start: &'a str,
    next: &BTreeMap<&'a str, BTreeMap<&'a str, usize>>,
) -> Option<Vec<(&'a str, usize)>> {
    let mut before: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(file) = waiting.pop_front() {
        for (to, line) in next.get(file).into_iter().flatten() {
            if !before.contains_key(to) {
                before.insert(to, (file, *line));
                waiting.push_back(to);
            }
        }
    }
    let mut way = vec![*before.get(start)?];
    while way.last()?.0 != start {
        way.push(*before.get(way.last()?.0)?);
    }
    way.reverse();
    Some(way)
}

#[test]
fn folders_use_what_lies_below_them() {
    let checked: Vec<Use> =
        PROGRAM.1.iter().filter(|it| !is_unfinished(&it.from)).cloned().collect();
    assert_eq!(upward(&checked), [""; 0]);
}

#[test]
fn no_file_uses_itself_by_way_of_others() {
    let is_checked = |it: &&Use| !is_unfinished(&it.from) && !is_unfinished(&it.to);
    let checked: Vec<Use> = PROGRAM.1.iter().filter(is_checked).cloned().collect();
    assert_eq!(circles(&checked), [""; 0]);
}

#[test]
fn every_folder_has_its_place() {
    let folders: BTreeSet<&str> = SOURCES.keys().map(|it| folder(it)).collect();
    assert_eq!(folders, ORDER.iter().copied().collect());
    let is_there =
        |it: &&&str| SOURCES.keys().any(|file| file == **it || file.starts_with(&format!("{it}/")));
    let gone: Vec<&&str> = UNFINISHED.iter().filter(|it| !is_there(it)).collect();
    assert_eq!(gone, [&""; 0]);
}

#[test]
fn few_files_stand_at_the_root() {
    let root: Vec<&String> = SOURCES.keys().filter(|it| !it.contains('/')).collect();
    assert!(root.len() <= 5, "{root:?}");
}

#[test]
fn the_whole_program_is_seen() {
    let (program, uses) = &*PROGRAM;
    let seen = program.files();
    // `lib.rs` has no module for what only tests use, and `main.rs` is a program of its own.
    let others = ["main", "tests", "samples", "agreement"];
    let is_other = |it: &str| it.split(['/', '.']).any(|name| others.contains(&name));
    let unseen: Vec<&String> = SOURCES.keys().filter(|it| !seen.contains(it.as_str())).collect();
    assert!(unseen.iter().all(|it| is_other(it)), "{unseen:?}");
    assert!(uses.len() > 1000, "only {} uses are seen", uses.len());
}

/// A made-up program of three folders.
const MADE_UP: [(&str, &str); 7] = [
    ("lib.rs", "pub mod scan; pub mod schema; pub mod clock; pub use schema::Record;"),
    ("clock.rs", "pub fn few() {}"),
    (
        "scan/mod.rs",
        "mod number; pub use number::Number;\nuse crate::clock;\nfn f() { clock::few() }",
    ),
    ("scan/number.rs", "pub struct Number;\n#[cfg(test)] mod tests { use crate::Record; }"),
    ("schema/mod.rs", "pub mod record; mod values; pub use record::{self as it, Record};"),
    ("schema/record.rs", "use crate::{scan::{self, Number}, clock::few};\npub struct Record;"),
    ("schema/values.rs", "//! crate::serve\nuse super::Record;\nfn f() { crate::scan::Number }"),
];

fn uses_of(files: &[(&str, &str)]) -> Vec<Use> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Crate::read(&files.collect()).uses()
}

#[test]
fn uses_are_followed_to_the_files_that_define() {
    let uses = uses_of(&MADE_UP);
    let shown = |it: &Use| format!("{}:{} {}", it.from, it.line, it.to);
    let direct: Vec<String> = uses.iter().filter(|it| !it.only_exported).map(shown).collect();
    assert_eq!(
        direct,
        [
            "scan/mod.rs:2 clock.rs",
            "scan/mod.rs:3 clock.rs",
            "schema/record.rs:1 clock.rs",
            "schema/record.rs:1 scan/mod.rs",
            "schema/record.rs:1 scan/number.rs",
            "schema/values.rs:2 schema/record.rs",
            "schema/values.rs:3 scan/number.rs",
        ]
    );
    assert_eq!(uses.len(), direct.len() + 3);
    assert_eq!((upward(&uses), circles(&uses)), (vec![], vec![]));
}

/// What is found when one file of the made-up program is another one.
fn with(path: &str, content: &str) -> (Vec<String>, Vec<String>) {
    let files = MADE_UP.map(|it| if it.0 == path { (path, content) } else { it });
    let uses = uses_of(&files);
    (upward(&uses), circles(&uses))
}

#[test]
fn upward_uses_are_found() {
    let told = |it: &str| vec![it.to_owned()];
    let (rising, _) = with("clock.rs", "\nuse crate::scan::Number;\npub fn few() {}");
    assert_eq!(
        rising,
        told("clock.rs:2: clock.rs uses scan, which stands above it (scan/number.rs)")
    );
    let (rising, _) = with("scan/number.rs", "pub struct Number(super::super::schema::Record);");
    let path = "scan/number.rs:1: scan uses schema, which stands above it (schema/record.rs)";
    assert_eq!(rising, told(path));
    let (rising, _) = with("scan/number.rs", "pub struct Number(crate::Record);");
    assert_eq!(
        rising,
        told(path).iter().map(|it| it.replace("uses schema", "uses lib.rs")).collect::<Vec<_>>()
    );
    // By way of a folder above, even if what is meant lies below.
    let (rising, _) = with("clock.rs", "pub fn few() { crate::scan::clock::few() }");
    assert_eq!(rising.len(), 1);
}

#[test]
fn circles_are_found() {
    let record = "use super::values::f;\npub struct Record;";
    let (_, found) = with("schema/record.rs", record);
    assert_eq!(found, ["schema/record.rs:1 → schema/values.rs:2 → schema/record.rs"]);
    // A parent that uses what it re-exports depends on its child.
    let (_, found) = with("scan/number.rs", "pub struct Number;\nfn f() { super::f() }");
    assert_eq!(found, [""; 0]);
    let parent = "mod number; pub use number::Number;\nfn f() { Number }";
    let files = [
        ("lib.rs", "mod scan;"),
        ("scan/mod.rs", parent),
        ("scan/number.rs", "pub struct Number;\nfn f() { super::f() }"),
    ];
    assert_eq!(circles(&uses_of(&files)), ["scan/mod.rs:1 → scan/number.rs:2 → scan/mod.rs"]);
}
