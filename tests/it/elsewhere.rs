//! Files of one record, and files that come from elsewhere.

use linli::diagnostic::{Code, Severity};

use crate::{diagnostics, site};

/// What is told, by code and line, of a file of a collection `counters` declared with these lines,
/// and all that is published.
fn build(declared: &str, file: &str, content: &str) -> (Vec<(Code, u32)>, String) {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    let declaration = format!(
        "title: 窗口\nsection: service\nfields:\n  name: {{type: text, required: true}}\n  \
         day: {{type: date}}\n{declared}"
    );
    add("content/_collections/counters.yaml", &declaration);
    add(&format!("content/xingfu/{file}"), content);
    let (told, pages) = site::build(&site::memory(&files));
    let line = |it: &linli::diagnostic::Diagnostic| it.location.range.map_or(0, |it| it.start.line);
    let told = told.iter().filter(|it| it.severity == Severity::Error);
    let told = told.map(|it| (it.code, line(it))).collect();
    let pages = pages.values().map(|it| String::from_utf8_lossy(it).into_owned());
    (told, pages.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_mapping_is_one_record() {
    let one = "name: 社保窗口\nday: 2026-03-05\n";
    let (told, pages) = build("", "counters.yaml", one);
    assert_eq!(told, []);
    assert!(pages.contains("社保窗口") && pages.contains("2026-03-05"));
    // What it says of its own publication holds, and its mistakes are told at their lines.
    let (told, pages) = build("", "counters.yaml", &format!("{one}draft: 是\n"));
    assert_eq!(told, []);
    assert!(!pages.contains("社保窗口"));
    let (told, _) = build("", "counters.yaml", "name: 社保窗口\nday: 某日\n");
    assert_eq!(told, [(Code::WrongType, 2)]);
    let (told, _) = build("", "counters.yaml", "name: 13800001234\n");
    assert_eq!(told, [(Code::PersonalData, 1)]);
}

#[test]
fn records_that_lack_their_dashes_are_no_record() {
    let two = "name: 社保窗口\nname: 医保窗口\n";
    assert_eq!(build("", "counters.yaml", two).0, [(Code::WrongShape, 1)]);
    // What has no field is no record either.
    assert_eq!(build("", "counters.yaml", "nmae: 社保窗口\n").0, [(Code::WrongShape, 1)]);
}

#[test]
fn what_comes_from_elsewhere_may_say_more() {
    let yaml = "total: 3\nrecords:\n- {id: 7, name: 社保窗口, operator: 王秀兰}\n";
    let csv = "id,name,operator\n7,社保窗口,王秀兰\n";
    for (file, content) in [("counters.yaml", yaml), ("counters.csv", csv)] {
        let (told, pages) = build("unknown: ignore\n", file, content);
        assert_eq!(told, [], "{file}");
        assert!(pages.contains("社保窗口"), "{file}");
        assert!(!pages.contains("王秀兰") && !pages.contains("operator"), "{file}");
        let (told, _) = build("", file, content);
        assert!(told.iter().all(|it| it.0 == Code::UnknownField) && told.len() >= 2, "{file}");
    }
    // A required field is missed all the same.
    let (told, _) = build("unknown: ignore\n", "counters.yaml", "- {id: 7}\n");
    assert_eq!(told, [(Code::MissingField, 1)]);
}

#[test]
fn what_would_keep_something_back_is_not_passed_over() {
    for slip in ["draf", "草搞", "publish-until", "撤回日", "发布起使", "未成年"] {
        let record = format!("- name: 社保窗口\n  {slip}: 2026-11-01\n");
        let (told, _) = build("unknown: ignore\n", "counters.yaml", &record);
        assert_eq!(told, [(Code::UnknownField, 2)], "{slip}");
        let table = format!("name,{slip}\n社保窗口,2026-11-01\n");
        let (told, _) = build("unknown: ignore\n", "counters.csv", &table);
        assert_eq!(told, [(Code::UnknownField, 1)], "{slip}");
    }
    let (told, _) = build("unknown: ignore\n", "counters.yaml", "- {name: 窗口, 发布时间: 1}\n");
    assert_eq!(told, [], "a warning, as tables from elsewhere may have it");
}

#[test]
fn what_is_ignored_is_not_quoted() {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    let fields = "fields: {day: {type: date}, note: {type: text}}";
    add("content/_collections/a.yaml", &format!("title: 甲\n{fields}\nunknown: ignore\n"));
    add("content/xingfu/a.csv", "day,note,owner\n2026-11-20,关门,李建国\n某日,开门,王秀兰\n");
    for language in linli::diagnostic::Language::ALL {
        let messages = linli::diagnostic::Messages::new(*language);
        let shown = site::shown(&site::check(&site::memory(&files)), &messages);
        assert!(shown.contains("开门") || shown.contains("wrong-type"), "{shown}");
        assert!(!shown.contains("王秀兰"), "{shown}");
    }
}
