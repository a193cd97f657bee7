//! Levels of places that a portal adds.

use linli::diagnostic::Code;

use crate::{
    diagnostics,
    site::{self, Files},
};

const LEVELS: &str = "[[levels]]\nid = \"team\"\ntitle = \"村民小组\"\nbelow = \"village\"\n";

/// A village with a place of a level of its own, and these levels.
fn village(levels: &str) -> Files {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", &format!("theme = \"default\"\n{levels}"));
    add("content/xingfu/place.yaml", "name: 幸福村\nlevel: village\n");
    add("content/xingfu/yi/place.yaml", "name: 一组\nlevel: team\n");
    let declared = "title: 来访\nfields:\n  month: {type: month, required: true}\n  \
                    n: {type: count, required: true}\nsuppress: {below: 3, under: team}\n";
    add("content/_collections/visits.yaml", declared);
    for place in ["xingfu/yi", "xingfu/yi/lou"] {
        add(&format!("content/{place}/visits.yaml"), "- {month: 2026-10, n: 1}\n");
    }
    add("content/xingfu/yi/lou/place.yaml", "name: 一栋\nlevel: building\n");
    files
}

#[test]
fn pages_say_them_and_counts_are_hidden_below_them() {
    let (told, pages) = site::build(&site::memory(&village(LEVELS)));
    assert_eq!(told, []);
    let page = |path: &str| String::from_utf8(pages[path].clone()).unwrap();
    assert!(page("xingfu/yi/index.html").contains("村民小组"));
    assert!(!page("xingfu/yi/visits/index.html").contains("少于"));
    assert!(page("xingfu/yi/lou/visits/index.html").contains("少于"));
}

#[test]
fn what_lies_wrong_or_is_no_level_is_told() {
    let codes = |files: &Files| -> Vec<Code> {
        let (told, _) = site::build(&site::memory(files));
        told.into_iter().map(|it| it.code).collect()
    };
    let above = LEVELS.replace("below = \"village\"", "beside = \"street\"");
    assert_eq!(codes(&village(&above)), [Code::LevelOrder]);
    let unknown = codes(&village(""));
    assert_eq!(unknown, [Code::UnknownChoice, Code::UnknownChoice]);
}
