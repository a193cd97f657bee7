//! What is told of the records and notices of sites with mistakes, before anything is planned.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use super::{
    harness::{Known, TestPortal, check_portrait, nothing},
    portrait,
};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The texts of a folder, by their paths in it.
fn texts(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry")) {
        let name = format!("{prefix}{}", entry.file_name().to_str().expect("a name"));
        if entry.file_type().expect("a type").is_dir() {
            texts_in(&entry.path(), &name, texts);
        } else if !name.starts_with("expected.") {
            texts.insert(name, fs::read(entry.path()).expect("bytes"));
        }
    }
}

fn texts_in(folder: &Path, name: &str, all: &mut BTreeMap<String, Vec<u8>>) {
    texts(folder, &format!("{name}/"), all);
}

/// The lines that are quoted show no more of a value than pages do, and those who read them find what is
/// wrong all the same: so they are read here, line by line.
#[test]
fn what_is_told_of_records_and_notices() {
    let mut all = String::new();
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("cases")
        .map(|it| it.expect("a case").file_name().into_string().expect("a name"))
        .filter(|name| !name.starts_with(['_', '.']))
        .collect();
    names.sort();
    let mut base = BTreeMap::new();
    texts(&folder().join("_base"), "", &mut base);
    for name in names {
        let mut files = base.clone();
        texts(&folder().join(&name), "", &mut files);
        let told = TestPortal::with_files(files).at(
            "2026-11-23",
            &mut Known::default(),
            nothing,
            |built| portrait::messages(&built.disclosed),
        );
        if !told.is_empty() {
            writeln!(all, "#### {name}\n{told}").expect("a string takes all");
        }
    }
    check_portrait("told", &all);
}
