//! What editors are given: schemas of a site's own lists, by which its files are valid.

use std::{collections::BTreeMap, fs, path::Path};

use jsonschema::Validator;
use serde_json::Value;

use crate::site;

fn run(folder: &Path, args: &[&str]) -> String {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let command = command.current_dir(folder).env_clear().args(["--lang", "zh-CN"]).args(args);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The schemas in a folder, by their names.
fn schemas(folder: &Path) -> BTreeMap<String, Validator> {
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap());
    let schema = |file: fs::DirEntry| {
        let name = file.file_name().into_string().unwrap();
        let name = name.strip_suffix(".schema.json").unwrap().to_owned();
        let schema: Value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        (name, jsonschema::draft202012::new(&schema).unwrap())
    };
    files.map(schema).collect()
}

/// The schema of a file of records, a place or an article, and its YAML.
fn parts<'c>(path: &str, content: &'c str) -> Option<(String, &'c str)> {
    let names: Vec<&str> = path.split('/').collect();
    let (name, folders) = names.split_last()?;
    if let Some(stem) = name.strip_suffix(".yaml") {
        let is_year = stem.starts_with(|it: char| it.is_ascii_digit());
        let list = if is_year { folders.last()? } else { stem };
        return Some((list.to_owned(), content));
    }
    name.strip_suffix(".md")?;
    let kind = if folders.contains(&"notices") { "notice" } else { "page" };
    let front = content.strip_prefix("---\n")?.split("\n---\n").next()?;
    Some((kind.to_owned(), front))
}

#[test]
fn the_sample_is_valid_by_its_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let sample = site::sample();
    site::write(folder.path(), &sample);
    run(folder.path(), &["schema", "--out", "schemas"]);
    assert!(!folder.path().join(".vscode").exists());
    let schemas = schemas(&folder.path().join("schemas"));
    let (mut seen, mut wrong) = (0, Vec::new());
    for (path, bytes) in sample.iter().filter(|it| it.0.starts_with("content/")) {
        let content = String::from_utf8_lossy(bytes);
        let Some((name, yaml)) = parts(path, &content).filter(|_| !path.contains("/_")) else {
            continue;
        };
        let Some(schema) = schemas.get(&name) else { panic!("{path}: no schema {name}") };
        let value: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
        let value = serde_json::to_value(value).unwrap();
        wrong.extend(schema.iter_errors(&value).map(|it| format!("{path}: {it}")));
        seen += 1;
        // A name that nobody declared is wrong everywhere.
        let unknown = yaml.replacen(": ", "不知道: ", 1);
        if let Ok(value) = serde_yaml::from_str::<serde_yaml::Value>(&unknown) {
            let value = serde_json::to_value(value).unwrap();
            assert!(value.is_null() || !schema.is_valid(&value), "{path}: {unknown}");
        }
    }
    assert!(seen > 60, "{seen}");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_new_portal_is_ready_for_editors() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["new", "portal"]);
    let portal = folder.path().join("portal");
    let schemas = schemas(&portal.join(".vscode/schemas"));
    let honors = fs::read_to_string(portal.join("content/xingfu/honors.yaml")).unwrap();
    let first = honors.lines().next().unwrap();
    let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
    assert!(portal.join("content/xingfu").join(schema).exists(), "{schema}");
    let value: serde_yaml::Value = serde_yaml::from_str(&honors).unwrap();
    assert!(schemas["honors"].is_valid(&serde_json::to_value(value).unwrap()));
    let settings = portal.join(".vscode/settings.json");
    let known = fs::read_to_string(&settings).unwrap();
    serde_json::from_str::<Value>(&known).unwrap();
    // What somebody set stays.
    fs::write(&settings, "{}").unwrap();
    let told = run(&portal, &["schema"]);
    assert!(told.contains("settings.json"), "{told}");
    assert_eq!(fs::read_to_string(&settings).unwrap(), "{}");
    fs::remove_file(&settings).unwrap();
    run(&portal, &["schema"]);
    assert_eq!(fs::read_to_string(&settings).unwrap(), known);
    run(&portal, &["check", "--deny-warnings"]);
}
