//! The house rules of the source that no compiler knows.

use std::{collections::BTreeSet, path::Path};

use linli::schema::builtin;

use crate::site;

/// The text files of a folder of the repository: path and content.
fn texts(folder: &str) -> Vec<(String, String)> {
    let files = site::files_under(Path::new(env!("CARGO_MANIFEST_DIR")), folder).into_iter();
    files.filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
}

#[test]
fn files_fit_a_head() {
    for (path, text) in texts("src") {
        let lines = text.lines().count();
        assert!(lines <= 600, "{path} has {lines} lines: it holds more than one thing");
    }
}

#[test]
fn folders_are_not_deep() {
    for (path, _) in texts("src").iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(path.matches('/').count() <= 4, "{path}");
    }
}

#[test]
fn nothing_is_left_to_do() {
    for (path, text) in texts("src") {
        for word in ["todo!", "unimplemented!", "dbg!", "TODO", "FIXME", "XXX", "HACK"] {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn files_say_what_they_are_for() {
    for (path, text) in texts("src").iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(text.starts_with("//! "), "{path} does not begin with its purpose");
    }
}

#[test]
fn every_declaration_is_built_in() {
    let folder = "src/schema/builtin/";
    let names = texts(folder.trim_end_matches('/'));
    let files =
        names.iter().filter_map(|(path, _)| path.strip_prefix(folder)?.strip_suffix(".yaml"));
    let known = builtin::DECLARATIONS
        .iter()
        .map(|(name, _)| *name)
        .chain(["place", "notice", "page", "posting"]);
    assert_eq!(files.collect::<BTreeSet<_>>(), known.collect::<BTreeSet<_>>());
}

#[test]
fn no_computer_is_named() {
    let places = [concat!("/wo", "rk/"), concat!("/ho", "me/")];
    for folder in ["src", "themes", "content", "tests", "benches"] {
        for (path, text) in texts(folder) {
            for place in places {
                assert!(!text.contains(place), "{path} names {place}");
            }
        }
    }
}

/// A promise whose test went would be a promise no more.
#[test]
fn tests_of_promises_are_there() {
    let model = texts("docs").into_iter().find(|(path, _)| path.ends_with("threat-model.md"));
    let (_, model) = model.expect("the threat model");
    let tests = texts("tests/it");
    let named = model.split('`').skip(1).step_by(2).filter_map(|word| word.split_once("::"));
    let mut count = 0;
    for (file, test) in named {
        let is_there = |(path, text): &(String, String)| {
            path.contains(&format!("/{file}")) && text.contains(&format!("fn {test}("))
        };
        assert!(tests.iter().any(is_there), "{file}::{test}");
        count += 1;
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn all_printing_goes_through_one_file() {
    for (path, text) in texts("src").iter().filter(|(path, _)| path.ends_with(".rs")) {
        let is_door = path == "src/cli/terminal.rs" || path.contains("/tests/");
        // The bar of progress draws itself, and holds nothing but numbers.
        let is_bar = path == "src/cli/progress.rs";
        for way in ["stdout()", "stderr()", "println!", "eprint!", ".print()"] {
            let is_comment = |line: &&str| line.trim_start().starts_with("//");
            let found = text.lines().filter(|it| !is_comment(it)).any(|line| line.contains(way));
            assert!(!found || is_door || is_bar, "{path} prints by {way}");
        }
    }
}

/// A thread that waits for others is given another artifact to make meanwhile. If that needs what is
/// being put together, the thread waits for itself: so no artifact is made by several.
#[test]
fn artifacts_are_made_by_one_thread_each() {
    // What is planned, and known of the search, before any is made.
    let before = ["plan.rs", "search/known.rs", "search/order.rs"];
    let before = before.map(|file| format!("src/artifact/{file}"));
    let folders = ["src/artifact", "src/render", "src/image", "src/scan"];
    let sources: Vec<_> = folders.into_iter().flat_map(texts).collect();
    let has =
        |text: &str| ["par_", "rayon::join", "rayon::scope"].iter().any(|it| text.contains(it));
    let found = sources.iter().filter(|(_, text)| has(text)).map(|(path, _)| path);
    assert_eq!(found.collect::<Vec<_>>(), before.iter().collect::<Vec<_>>());
}
