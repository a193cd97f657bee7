//! The forms that other programs read, and their versions.
//!
//! `tests/formats` holds a description of every version of every form: the keys of a full sample,
//! and the types of their values. If what the program writes has another description, the test
//! fails until the form's version is raised. `UPDATE_EXPECT=1 cargo test --test it formats`
//! describes a version that has no file yet; it never changes one that has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use linli::diagnostic::{Language, Messages, json};
use serde_json::{Value, json};

use crate::{diagnostics::files_of, site};

/// The description of a value: each path in it with the types that stand there, as a JSON object.
/// The items of a list share one path, `files[]`. Order and number of items make no difference.
pub(crate) fn shape(value: &Value) -> String {
    let mut types = BTreeMap::new();
    walk(value, "", &mut types);
    let types: BTreeMap<_, _> = types
        .iter()
        .map(|(path, types)| (path, types.iter().copied().collect::<Vec<_>>().join(" | ")))
        .collect();
    serde_json::to_string_pretty(&types).unwrap() + "\n"
}

fn walk(value: &Value, path: &str, types: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    types.entry(path.to_owned()).or_default().insert(name);
    match value {
        Value::Array(items) => items.iter().for_each(|it| walk(it, &format!("{path}[]"), types)),
        Value::Object(fields) => {
            for (key, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                walk(value, &format!("{path}{dot}{key}"), types);
            }
        }
        _ => {}
    }
}

/// Holds the form of a sample against the description of its version. The sample must have every
/// key and every type that there can be.
pub(crate) fn check(form: &str, version: u64, shape: &str) {
    let file = format!("tests/formats/{form}-{version}.json");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
    if std::env::var_os("UPDATE_EXPECT").is_some() && !path.exists() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, shape).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        known, shape,
        "version {version} of {form} is another form than {file} has: raise the version, and add \
         the description of the new one with UPDATE_EXPECT=1"
    );
}

/// A value that carries its version.
fn check_versioned(form: &str, bytes: &[u8]) {
    let value: Value = serde_json::from_slice(bytes).unwrap();
    check(form, value["version"].as_u64().unwrap(), &shape(&value));
}

#[test]
fn diagnostics_keep_the_form_of_their_version() {
    let mut told = site::check(&site::memory(&files_of("tab")));
    // What concerns a whole file has no place, and not everything has a help.
    let mut bare = told[0].clone();
    (bare.help, bare.location.range) = (None, None);
    told.push(bare);
    let mut out = Vec::new();
    json::render(&told, &Messages::new(Language::En), &mut out).unwrap();
    check_versioned("diagnostics", &out);
}

#[test]
fn manifests_keep_the_form_of_their_version() {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &files_of("_base"));
    let mut linli = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    linli.args(["build", "--quiet", "--site"]).arg(folder.path()).assert().success();
    let manifest = fs::read(folder.path().join("public/.linli-manifest.json")).unwrap();
    check_versioned("manifest", &manifest);
}

#[test]
fn shapes_join_the_items_of_lists() {
    let value = json!({ "a": [{ "b": 1 }, { "b": null, "c": true }], "d": [] });
    let expected = json!({
        "": "object",
        "a": "array",
        "a[]": "object",
        "a[].b": "null | number",
        "a[].c": "boolean",
        "d": "array",
    });
    assert_eq!(serde_json::from_str::<Value>(&shape(&value)).unwrap(), expected);
}
