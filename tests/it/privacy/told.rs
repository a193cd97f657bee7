//! What the commands tell of persons and of what is not posted.

use std::{fs, path::Path};

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{deeds, portal};
use crate::site::{self, Files, TODAY};

/// A portal on disk of which only some is posted.
fn partly() -> TempDir {
    let declared = "title: 好事\nview: directory\nfields:\n  id: {type: text}\n  \
                    name: {type: person, required: true}\n  desk: {type: phone, work: true}\n  \
                    home: {type: phone, privacy: masked}\n";
    let records =
        "- {id: open, name: 王秀英, basis: office, desk: 0431-8255-0001, home: 13800138000}
- {id: draft, name: 李建国, basis: office, draft: 是}
- {id: early, name: 李建国, basis: office, publish_from: 2026-12-01 08:30}
- {id: over, name: 李建国, basis: office, publish_until: 2026-11-01}
- {id: withdrawn, name: 周敏, basis: office, withdrawn: 2026-11-23}
- {id: closing, name: 李建国, basis: office, publish_until: 2026-12-31}
- {id: masked, name: 李建国, names: masked}
";
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\nuntil: 2026-11-22\n---\n\n停水。\n";
    let draft = "---\ntitle: 停电\ndate: 2026-11-20\ndraft: 是\n---\n\n停电。\n";
    let mut files = portal(&deeds(declared, records));
    files.insert("site.toml".to_owned(), "title = \"幸福\"\n".into());
    files.insert("content/xingfu/notices/water.md".to_owned(), notice.into());
    files.insert("content/xingfu/notices/power.md".to_owned(), draft.into());
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &files);
    folder
}

fn linli(site: &Path, args: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command
        .env_clear()
        .current_dir(site)
        .arg("--site")
        .arg(site)
        .args(args)
        .args(["--as-of", TODAY]);
    let assert = command.assert().code(0);
    let [out, told] = [&assert.get_output().stdout, &assert.get_output().stderr];
    (String::from_utf8(out.clone()).unwrap(), String::from_utf8(told.clone()).unwrap())
}

#[test]
fn drafts_are_shown_on_request_and_marked() {
    let site = partly();
    linli(site.path(), &["build"]);
    let public = site::files_in(&site.path().join("public"));
    let told = |pages: &Files, word: &str| {
        let has = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(word);
        pages.iter().filter(|(path, bytes)| path.ends_with(".html") && has(bytes)).count()
    };
    assert_eq!((told(&public, "noindex"), told(&public, "data-linli=\"draft\"")), (0, 0));
    assert!(!public.contains_key("xingfu/notices/power/index.html"));
    linli(site.path(), &["build", "--drafts"]);
    let public = site::files_in(&site.path().join("public"));
    let pages = public.keys().filter(|it| it.ends_with(".html")).count();
    assert_eq!((told(&public, "noindex"), told(&public, "data-linli=\"draft\"")), (pages, pages));
    assert!(public.contains_key("xingfu/notices/power/index.html"));
    let list = String::from_utf8(public["xingfu/deeds/index.html"].clone()).unwrap();
    assert!(list.contains("draft") && !list.contains("early") && !list.contains("周敏"));
}

#[test]
fn what_is_not_posted_is_told_on_request() {
    let site = partly();
    let (_, told) = linli(site.path(), &["check", "--hidden"]);
    let file = "content/xingfu/deeds.yaml";
    let lines = [
        format!("草稿，没有发布\n  --> {file}:2:1"),
        format!("到 2026-12-01 08:30 才发布\n  --> {file}:3:1"),
        format!("发布期已于 2026-11-01 结束\n  --> {file}:4:1"),
        format!("本人已于 2026-11-23 撤回，不再公开\n  --> {file}:5:1"),
        "草稿，没有发布\n  --> content/xingfu/notices/power.md\n".to_owned(),
        "发布期已于 2026-11-22 结束\n  --> content/xingfu/notices/water.md\n".to_owned(),
    ];
    for line in &lines {
        assert!(told.contains(&format!("说明[hidden]：{line}")), "{line} is not in\n{told}");
    }
    assert_eq!(told.matches("[hidden]").count(), lines.len());
    assert!(told.contains("0 个错误，0 个警告"), "{told}");
    let (_, english) = linli(site.path(), &["check", "--hidden", "--lang", "en"]);
    for words in
        ["a draft, not posted", "posted from 2026-12-01 08:30 on", "withdrawn on 2026-11-23"]
    {
        assert!(english.contains(&format!("note[hidden]: {words}\n")), "{english}");
    }
    let (printed, _) = linli(site.path(), &["check", "--hidden", "--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    let place = |it: &Value| {
        (it["severity"].clone(), it["code"].clone(), it["file"].clone(), it["line"].clone())
    };
    let places: Vec<_> = report["diagnostics"].as_array().unwrap().iter().map(place).collect();
    let hidden = |file: &str, line: Value| (json!("note"), json!("hidden"), json!(file), line);
    let mut wanted: Vec<_> = (2..6).map(|it| hidden(file, json!(it))).collect();
    wanted.extend(
        ["power", "water"]
            .map(|it| hidden(&format!("content/xingfu/notices/{it}.md"), Value::Null)),
    );
    assert_eq!(places, wanted);
    assert_eq!((&report["errors"], &report["warnings"]), (&json!(0), &json!(0)));
    let (printed, told) = linli(site.path(), &["check"]);
    assert!(!printed.contains("hidden") && !told.contains("[hidden]"));
}

#[test]
fn a_build_says_how_much_is_not_posted() {
    let site = partly();
    let (_, told) = linli(site.path(), &["build"]);
    let line = "有 6 条记录和通知没有发布，最近的 1 条在 2026-12-01 08:30 发布";
    assert!(told.contains(line), "{told}");
    let (_, told) = linli(site.path(), &["build", "--lang", "en"]);
    assert!(
        told.contains(
            "6 records and notices are not posted; the next 1 will be on 2026-12-01 08:30"
        ),
        "{told}"
    );
    let file = site.path().join("content/xingfu/deeds.yaml");
    let records =
        fs::read_to_string(&file).unwrap().replace("publish_from: 2026-12-01 08:30", "draft: 是");
    fs::write(file, records).unwrap();
    let (_, told) = linli(site.path(), &["build"]);
    assert!(told.contains("有 6 条记录和通知没有发布，用 linli check --hidden 看是哪些"), "{told}");
}

#[test]
fn what_is_published_of_persons_is_listed() {
    let site = partly();
    let row =
        |field: &str, rule: &str, basis: Value, count: usize| json!([field, rule, basis, count]);
    let (printed, _) = linli(site.path(), &["privacy-report", "--json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        (&report["as_of"], &report["names"]),
        (&json!("2026-11-23T00:00+08:00"), &json!("full"))
    );
    let rows = report["fields"].as_array().unwrap().iter();
    let rows: Vec<Value> =
        rows.map(|it| json!([it["field"], it["rule"], it["basis"], it["count"]])).collect();
    let wanted = [
        row("name", "full", json!("office"), 2),
        row("name", "masked", Value::Null, 1),
        row("desk", "full", json!("office"), 1),
        row("home", "masked", Value::Null, 1),
    ];
    assert_eq!(rows, wanted);
    let (table, _) = linli(site.path(), &["privacy-report"]);
    for line in [
        "| 好事（deeds） | name（name） | 全部公开 | 2 | 履行职务 | 没有写截止 |",
        "| 好事（deeds） | home（home） | 部分隐去 | 1 | — | 没有写截止 |",
    ] {
        assert!(table.contains(line), "{table}");
    }
    assert!(!table.contains("王秀英") && !printed.contains("13800138000"));
    let (_, told) = linli(site.path(), &["privacy-report", "--format", "json"]);
    assert_eq!(told, "");
}
