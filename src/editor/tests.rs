//! Schemas are schemas, and say what the program says.

use jsonschema::Validator;
use serde_json::Value;

use super::*;
use crate::diagnostic::Language;

fn all(language: Language) -> Vec<EditorSchema> {
    let collections: Vec<Collection> = builtin::collections().cloned().collect();
    schemas(&collections, &Levels::default(), &[], &Messages::new(language))
}

fn validator(name: &str) -> Validator {
    let schemas = all(Language::ZhCn);
    let schema = &schemas.iter().find(|it| it.name == name).unwrap().schema;
    jsonschema::draft202012::new(schema).unwrap()
}

/// What an editor makes of YAML.
fn read(yaml: &str) -> Value {
    serde_json::to_value(serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap()).unwrap()
}

#[test]
fn schemas_are_valid() {
    for language in Language::ALL {
        for schema in all(*language) {
            assert!(jsonschema::draft202012::meta::is_valid(&schema.schema), "{}", schema.name);
            assert!(jsonschema::draft202012::new(&schema.schema).is_ok(), "{}", schema.name);
        }
    }
}

#[test]
fn right_records_are_valid_and_wrong_ones_are_not() {
    let honors = validator("honors");
    let right = "award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n  citation: 热心";
    for yaml in [
        format!("- {right}\n"),
        format!("records:\n- {right}\nbasis: consent\n"),
        "- 荣誉: 好邻居\n  姓名: 王秀兰\n  日期: 2026年3月5日\n  事迹: 热心\n  草稿: 是\n"
            .to_owned(),
        format!("- {right}\n  draft: true\n  photo:\n"),
        right.replace("\n  ", "\n"),
        "[]".to_owned(),
        "~".to_owned(),
    ] {
        let found: Vec<_> = honors.iter_errors(&read(&yaml)).map(|it| it.to_string()).collect();
        assert_eq!(found, Vec::<String>::new(), "{yaml}");
    }
    for yaml in [
        format!("- {}\n", right.replace("name", "nmae")),
        format!("- {}\n", right.replace("好邻居", "好邻里")),
        format!("- {}\n", right.replace("2026-03-05", "明天")),
        "- award: 好邻居\n".to_owned(),
        format!("records:\n- {right}\nbasis: 听说的\n"),
        "好邻居".to_owned(),
    ] {
        assert!(!honors.is_valid(&read(&yaml)), "{yaml}");
    }
    let patrols = validator("patrols");
    let patrol = "- date: 2026-03-05\n  team: 红袖标\n  members: 12\n  hours: 2\n  found: 0\n";
    assert!(patrols.is_valid(&read(patrol)));
    assert!(!patrols.is_valid(&read(&patrol.replace("12", "-1"))));
    assert!(!patrols.is_valid(&read(&patrol.replace("12", "十二人"))));
}

#[test]
fn files_of_a_site_are_valid() {
    let place = validator("place");
    assert!(place.is_valid(&read("name: 一心社区\nlevel: community\n电话: 0431-8255-0001\n")));
    assert!(!place.is_valid(&read("name: 一心社区\nlevle: community\n")));
    let notice = validator("notice");
    assert!(notice.is_valid(&read("标题: 停水\n日期: 2026-03-05\nurgent: true\n")));
    assert!(!notice.is_valid(&read("title: 停水\n")));
    let site = validator("site");
    let settings =
        |text: &str| serde_json::to_value(text.parse::<::toml::Table>().unwrap()).unwrap();
    let sample = settings(include_str!("../../site.toml"));
    let found: Vec<_> = site.iter_errors(&sample).map(|it| it.to_string()).collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(!site.is_valid(&settings("titel = \"甲\"\n")));
    assert!(!site.is_valid(&settings("[privacy]\nnames = \"all\"\n")));
}

/// The reader of `site.toml` knows every setting of the schema.
#[test]
fn every_setting_is_one() {
    use crate::{diagnostic::Code, source::MemoryWorld};
    let schema = &all(Language::En).into_iter().find(|it| it.name == "site").unwrap().schema;
    let mut settings = Vec::new();
    collect(schema, "", &mut settings);
    assert!(settings.len() > 40, "{settings:?}");
    for (table, key) in settings {
        let head = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
        let text = format!("{head}{key} = \"x\"\n");
        let world = MemoryWorld::new([("site.toml", text.clone())]);
        let told = crate::config::read(&world).diagnostics;
        assert!(told.iter().all(|it| it.code != Code::UnknownSetting), "{text}{told:#?}");
    }
}

fn collect(schema: &Value, table: &str, out: &mut Vec<(String, String)>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if table.is_empty() { key.clone() } else { format!("{table}.{key}") };
        let inner = inner["anyOf"].as_array().and_then(|it| it.last()).unwrap_or(inner);
        if inner["properties"].is_object() {
            collect(inner, &path, out);
        } else {
            out.push((table.to_owned(), key.clone()));
        }
    }
}

#[test]
fn editors_find_the_schemas() {
    let settings: Value = serde_json::from_str(&vscode(&all(Language::ZhCn), "s")).unwrap();
    assert_eq!(settings["yaml.schemas"]["s/honors.schema.json"][0], "content/**/honors.yaml");
    assert_eq!(
        comment("honors", ".vscode/schemas", 2),
        "# yaml-language-server: $schema=../../.vscode/schemas/honors.schema.json\n"
    );
}
