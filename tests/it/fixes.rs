//! `linli check --fix`: what is mended, what is shown of it, and what is left to people.

use std::fs;

use serde_json::Value;

use crate::{
    diagnostics::files_of,
    site::{self, Files},
};

/// Runs the program in a folder: what it prints, what it says, and its status.
fn run(site: &std::path::Path, args: &[&str]) -> (String, String, Option<i32>) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let command = command.current_dir(site).env_clear().args(["--lang", "en"]).args(args);
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

/// A site with these files in the place of its own.
fn site_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut all: Files = files_of("_base");
    all.extend(files.iter().map(|(path, content)| ((*path).to_owned(), (*content).into())));
    site::write(folder.path(), &all);
    folder
}

const HONORS: &str = "content/xingfu/honors.yaml";

const BROKEN: &str = "# 好人榜，三月\n- award：好邻居\n\tname: 王秀兰 # 楼长\n  dat: 20260305\n  \
                      citation: 事迹: 常年照顾老人\n\naward: 长山　好人\n  name: 李桂芳\n  \
                      date: 2026-03-06\n  citation: 义务理发\n";

const MENDED: &str = "# 好人榜，三月\n- award: 好邻居\n  name: 王秀兰 # 楼长\n  date: 2026-03-05\n  \
                      citation: \"事迹: 常年照顾老人\"\n\n- award: 长山好人\n  name: 李桂芳\n  \
                      date: 2026-03-06\n  citation: 义务理发\n";

#[test]
fn what_is_certain_is_shown_then_written() {
    let site = site_with(&[(HONORS, BROKEN)]);
    let read = || fs::read_to_string(site.path().join(HONORS)).unwrap();
    let (shown, said, status) = run(site.path(), &["check", "--fix"]);
    assert_eq!((read().as_str(), status), (BROKEN, Some(1)), "{shown}{said}");
    assert!(said.contains("--yes"), "{said}");
    let place = |line: usize| format!("{HONORS}:{line}\n");
    for line in [2, 3, 4, 5, 7] {
        assert!(shown.contains(&place(line)), "{line}: {shown}");
    }
    assert!(!shown.contains(&place(6)) && !shown.contains(&place(8)), "{shown}");
    // Neither names nor what was done is in a log.
    for word in ["王秀兰", "楼长", "照顾"] {
        assert!(!shown.contains(word), "{shown}");
    }
    let (again, said, status) = run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!((again, status), (shown, Some(0)), "{said}");
    assert_eq!(read(), MENDED);
    let (shown, _, status) = run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!((shown.lines().count(), status), (1, Some(0)), "{shown}");
}

#[test]
fn other_bytes_stay() {
    let windows = format!("\u{feff}{}", BROKEN.replace('\n', "\r\n"));
    let site = site_with(&[(HONORS, windows.as_str())]);
    let (shown, said, status) = run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!(status, Some(0), "{shown}{said}");
    let mended = format!("\u{feff}{}", MENDED.replace('\n', "\r\n"));
    assert_eq!(fs::read_to_string(site.path().join(HONORS)).unwrap(), mended);
}

#[test]
fn what_would_change_more_is_left_and_told() {
    // With the right name the value could not be read, and the second field would come twice.
    let honors = "- award: 好邻居\n  nmae: 王秀兰\n  name: 李桂芳\n  date: 2026-03-05\n  \
                  citation: 热心\n- award: 好邻居\n  name: 王秀英\n  dat: 明天\n  citation: 热心\n";
    let site = site_with(&[(HONORS, honors)]);
    let (shown, _, status) = run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!(fs::read_to_string(site.path().join(HONORS)).unwrap(), honors);
    assert_eq!(status, Some(1));
    for line in [2, 8] {
        assert!(shown.contains(&format!("{HONORS}:{line}: left")), "{shown}");
    }
    // Two fields on one line are no text with a colon in it.
    let honors = "basis: 本人同意，basis_reference: 同意书\nrecords: []\n";
    let site = site_with(&[(HONORS, honors)]);
    run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!(fs::read_to_string(site.path().join(HONORS)).unwrap(), honors);
}

#[test]
fn settings_articles_and_tables_are_mended() {
    let notice = "content/xingfu/notices/2026-11-20-water.md";
    let patrols = "content/xingfu/patrols.csv";
    let site = site_with(&[
        ("site.toml", "titel = “幸福街道”\n"),
        (notice, "---\ntitle：停水\ndate:2026-11-20\n---\n\n正文：在这里。\n"),
        (patrols, "日期,队伍,人数,时长,发现问题\n20260305,红袖标,12,2,0\n"),
    ]);
    let (shown, said, status) = run(site.path(), &["check", "--fix", "--yes"]);
    assert_eq!(status, Some(0), "{shown}{said}");
    let read = |path: &str| fs::read_to_string(site.path().join(path)).unwrap();
    assert_eq!(read("site.toml"), "title = \"幸福街道\"\n");
    assert_eq!(read(notice), "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n正文：在这里。\n");
    assert_eq!(read(patrols), "日期,队伍,人数,时长,发现问题\n2026-03-05,红袖标,12,2,0\n");
}

#[test]
fn programs_get_the_fixes() {
    let honors = "- award: 好邻居\n  name: 李桂芳\n  date: 20260306\n  citation: 热心\n";
    let site = site_with(&[(HONORS, honors)]);
    let fixes = |args: &[&str]| {
        let (out, ..) = run(site.path(), args);
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let told = fixes(&["check", "--format", "json"]);
    assert_eq!(told["diagnostics"][0]["fix"][0]["text"], "2026-03-06");
    let log = fixes(&["check", "--format", "sarif"]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let fixed: Vec<&Value> = results.iter().filter(|it| !it["fixes"].is_null()).collect();
    let region = &fixed[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert_eq!((fixed.len(), &region["startLine"]), (1, &Value::from(3)));
}

#[test]
fn of_two_slips_for_one_field_neither_is_mended() {
    let record = "- award: 好邻居\n  name: 王某某\n  dat: 2026-03-05\n  daet: 2026-03-06\n  citation: 事迹\n";
    let there = "- award: 好邻居\n  name: 李某某\n  date: 2026-03-05\n  daet: 2026-03-06\n  citation: 事迹\n";
    for content in [record, there] {
        let site = site_with(&[(HONORS, content)]);
        let (shown, said, status) = run(site.path(), &["check", "--fix", "--yes"]);
        assert_eq!(fs::read_to_string(site.path().join(HONORS)).unwrap(), content, "{shown}");
        assert_eq!(status, Some(1), "{said}");
    }
}

#[test]
fn a_rule_at_the_beginning_is_no_front_matter() {
    let notice = "content/xingfu/notices/2026-03-05-a.md";
    for content in
        ["---\n\n请居民注意：\n\n---\n\n停水\n", "---\n停水通知\n因检修停水。\n---\n物业\n"]
    {
        let site = site_with(&[(notice, content)]);
        let (shown, said, _) = run(site.path(), &["check", "--fix", "--yes"]);
        assert_eq!(fs::read_to_string(site.path().join(notice)).unwrap(), content, "{shown}");
        assert!(said.is_empty(), "{said}");
        let (shown, said, _) = run(site.path(), &["check"]);
        let told = shown + &said;
        assert!(told.contains("front-matter-missing") && !told.contains("yaml"), "{told}");
    }
}
