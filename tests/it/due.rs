//! `linli due`: what the office has to do.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{diagnostics::files_of, formats, site};

fn run(folder: &Path, args: &[&str]) -> String {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let command = command.current_dir(folder).env_clear().args(["--lang", "en", "due"]).args(args);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

const ROUNDS: &str = "title: {zh-CN: 巡查, en: Rounds}\ncadence: weekly on friday\nfields:\n  \
                      date: {type: date}\n  until: {type: date}\n  what: {type: text}\n  \
                      who: {type: person}\nview: schedule\ndate: {date: date, until: until}\n";

const RECORDS: &str = "- date: 2026-11-20\n  what: 看灯\n  who: 王秀兰\n\
                       - date: 2026-11-20\n  until: 2026-11-28\n  what: 看水\n\
                       - date: 2026-12-01\n  what: 看煤气\n  who: 李桂芳\n\
                       - date: 2026-12-02\n  what: 保密\n  draft: true\n\
                       - date: 2026-11-21\n  what: 秘密\n  publish_from: 2026-11-27\n";

fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut files = files_of("_base");
    let notice = |head: &str| format!("---\ntitle: 停水\ndate: 2026-11-01\n{head}---\n\n正文。\n");
    let notices = "content/xingfu/notices/2026-11-01";
    for (path, content) in [
        ("content/_collections/rounds.yaml".to_owned(), ROUNDS.to_owned()),
        ("content/xingfu/rounds.yaml".to_owned(), RECORDS.to_owned()),
        (format!("{notices}-a.md"), notice("happens: 2026-11-26\nuntil: 2026-11-27\n")),
        (format!("{notices}-b.md"), notice("objection_until: 2026-11-30\n")),
        (format!("{notices}-c.md"), notice("publish_until: 2026-11-29\n")),
        (format!("{notices}-d.md"), notice("draft: true\n")),
        (format!("{notices}-e.md"), notice("until: 2026-12-20\n")),
        // Not posted before its day.
        (format!("{notices}-f.md"), notice("").replace("11-01", "11-30")),
    ] {
        files.insert(path, content.into());
    }
    site::write(folder.path(), &files);
    folder
}

/// What is due at a day: kinds, days and lines.
fn due(folder: &Path, args: &[&str]) -> Vec<(String, Option<String>, Option<u64>)> {
    let told: Value = serde_json::from_str(&run(folder, args)).unwrap();
    let text = |it: &Value| it.as_str().map(str::to_owned);
    let items = told["due"].as_array().unwrap().iter();
    let items = items.filter(|it| it["place"] == "xingfu");
    items.map(|it| (text(&it["kind"]).unwrap(), text(&it["date"]), it["line"].as_u64())).collect()
}

#[test]
fn what_is_due_is_told() {
    let folder = office();
    let at = |day: &str, days: &str| {
        due(folder.path(), &["--as-of", day, "--days", days, "--format", "json"])
    };
    let item = |kind: &str, day: &str, line: Option<u64>| {
        (kind.to_owned(), (!day.is_empty()).then(|| day.to_owned()), line)
    };
    // The week of the newest record has gone by, and this one ends with the record of the 1st.
    let found = at("2026-11-25", "7");
    assert_eq!(
        found,
        [
            item("begins", "2026-11-26", None),
            item("begins", "2026-12-01", Some(7)),
            item("ends", "2026-11-27", None),
            item("ends", "2026-11-28", Some(4)),
            item("appears", "2026-11-27", Some(13)),
            item("appears", "2026-11-30", None),
            item("disappears", "2026-11-29", None),
            item("objection", "2026-11-30", None),
            item("draft", "", None),
            item("draft", "", Some(10)),
        ]
    );
    let of = |day: &str, kind: &str| {
        at(day, "3").into_iter().filter(|it| it.0 == kind).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-12-04", "late"), []);
    assert_eq!(of("2026-12-09", "missing"), [item("missing", "2026-12-11", None)]);
    assert_eq!(of("2026-12-07", "missing"), []);
    assert_eq!(of("2026-12-14", "late"), [item("late", "2026-12-14", None)]);
}

#[test]
fn what_is_due_says_no_names_and_nothing_of_drafts() {
    let folder = office();
    let args = ["--as-of", "2026-11-25"];
    let text = run(folder.path(), &args);
    for word in ["王秀兰", "李桂芳", "保密", "秘密"] {
        assert!(!text.contains(word), "{text}");
    }
    assert!(text.contains("看煤气") && text.contains("content/xingfu/rounds.yaml:7"), "{text}");
    let calendar = run(folder.path(), &[&args[..], &["--format", "ics"]].concat());
    assert!(calendar.lines().count() > 20 && calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count());
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261201\r\n"), "{calendar}");
    assert_eq!(calendar, run(folder.path(), &[&args[..], &["--format", "ics"]].concat()));
}

#[test]
fn the_form_for_programs_keeps_its_version() {
    let folder = office();
    let told = run(folder.path(), &["--as-of", "2026-11-25", "--format", "json"]);
    let value: Value = serde_json::from_str(&told).unwrap();
    formats::check("due", value["version"].as_u64().unwrap(), &formats::shape(&value));
}

#[test]
fn a_list_that_all_others_keep_is_told_where_it_is_not() {
    let folder = office();
    let place = |name: &str| {
        (format!("content/{name}/place.yaml"), format!("name: {name}\nlevel: community\n"))
    };
    let write = |(path, content): (String, String)| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let absent = || {
        let told: Value = serde_json::from_str(&run(folder.path(), &["--format", "json"])).unwrap();
        let items = told["due"].as_array().unwrap().iter().filter(|it| it["kind"] == "absent");
        items.map(|it| it["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let list = |name: &str| (format!("content/{name}/rounds.yaml"), RECORDS.to_owned());
    ["kaixuan", "xinyuan", "yixin"].into_iter().map(place).for_each(write);
    write(list("kaixuan"));
    // Two of four keep it: that may be as it should be.
    assert_eq!(absent(), [""; 0]);
    write(list("xinyuan"));
    assert_eq!(absent(), ["content/yixin"]);
    assert!(run(folder.path(), &[]).contains("content/yixin"));
    // A list that is there is not told twice.
    write(("content/yixin/rounds.yaml".to_owned(), "[]\n".to_owned()));
    assert_eq!(absent(), [""; 0]);
}
