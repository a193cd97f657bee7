//! References: links between records, both ways, and nothing of what is not posted.

use linli::diagnostic::{Code, Severity};

use crate::{diagnostics, site};

/// Projects, which have pages of their own.
const PROJECTS: &str = "title: 项目
section: service
fields:
  number: {type: text, label: 编号, required: true}
  name: {type: text, label: 名称, required: true}
key: [number]
roles: {title: name}
record-pages: true
";

/// Minutes of meetings, which have none.
const MINUTES: &str = "title: 会议
section: service
view: ledger
fields:
  topic: {type: text, label: 议题, required: true}
  date: {type: date, label: 日期, required: true}
  project: {type: reference, to: projects, label: 项目}
  others: {type: reference, to: projects, several: true, label: 其他项目}
date: date
page-size: year
";

/// A site with these files below `content/`, and with the declarations above unless they are among
/// them.
fn files(given: &[(&str, &str)]) -> site::Files {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: String, text: &str| files.insert(path, text.into());
    add("site.toml".to_owned(), "theme = \"default\"\n");
    add("content/_collections/projects.yaml".to_owned(), PROJECTS);
    add("content/_collections/minutes.yaml".to_owned(), MINUTES);
    add("content/xingfu/yiqu/place.yaml".to_owned(), "name: 一区\nlevel: grid\n");
    add("content/xingfu/erqu/place.yaml".to_owned(), "name: 二区\nlevel: grid\n");
    for (path, text) in given {
        add(format!("content/{path}"), text);
    }
    files
}

/// What is told of a site, as codes and lines of errors and the rest, and its pages.
fn build(given: &[(&str, &str)]) -> (Vec<(Code, u32)>, site::Files) {
    let (told, pages) = site::build(&site::memory(&files(given)));
    let line = |it: &linli::diagnostic::Diagnostic| it.location.range.map_or(0, |it| it.start.line);
    (told.iter().map(|it| (it.code, line(it))).collect(), pages)
}

/// The pages of a site without mistakes.
fn pages(given: &[(&str, &str)]) -> site::Files {
    let (told, pages) = build(given);
    assert_eq!(told, []);
    pages
}

fn page(pages: &site::Files, path: &str) -> String {
    let bytes = pages.get(&format!("{path}index.html"));
    let bytes = bytes.unwrap_or_else(|| panic!("{path} of {:?}", pages.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn records_link_to_each_other() {
    let pages = pages(&[
        (
            "xingfu/projects.yaml",
            "- {number: P-1, name: 加装电梯}\n- {number: P-2, name: 修路灯}\n- {number: P-3, name: 扫雪}\n",
        ),
        (
            "xingfu/minutes.yaml",
            "- {topic: 开工, date: 2026-03-05, project: P-1}\n\
             - {topic: 验收, date: 2026-04-05, project: Ｐ-1, others: P-2、P-3}\n",
        ),
    ]);
    let list = page(&pages, "xingfu/minutes/");
    assert_eq!(list.matches("<a href=\"/xingfu/projects/p-1/\">加装电梯</a>").count(), 2);
    let both =
        "<a href=\"/xingfu/projects/p-2/\">修路灯</a>、<a href=\"/xingfu/projects/p-3/\">扫雪</a>";
    assert!(list.contains(both), "{list}");
    let project = page(&pages, "xingfu/projects/p-1/");
    assert!(project.contains("相关记录（2）"), "{project}");
    // The latest first.
    let at = |topic| project.find(&format!("<a href=\"/xingfu/minutes/\">{topic}</a>")).unwrap();
    assert!(at("验收") < at("开工"), "{project}");
    assert!(project.contains("<time class=\"line-date\" datetime=\"2026-03-05\">"), "{project}");
    assert!(page(&pages, "xingfu/projects/p-2/").contains("相关记录（1）"));
    // Of two that nobody names it says nothing.
    let alone = self::pages(&[("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n")]);
    assert!(!page(&alone, "xingfu/projects/p-1/").contains("相关记录"));
}

#[test]
fn what_has_no_page_is_linked_on_the_part_of_its_year() {
    let declared = "title: 公告\nsection: service\nfields: {number: {type: text}, date: {type: date}}\n\
                    date: date\nkey: [number]\npage-size: year\n";
    let minutes = MINUTES.replace("to: projects", "to: bulletins");
    let many: String = (1..20)
        .map(|day| format!("- {{number: 今{day}, date: 2026-11-{day:02}}}\n"))
        .chain((1..20).map(|day| format!("- {{number: 去{day}, date: 2025-11-{day:02}}}\n")))
        .collect();
    let pages = pages(&[
        ("_collections/bulletins.yaml", declared),
        ("_collections/minutes.yaml", &minutes),
        ("xingfu/bulletins.yaml", &many),
        ("xingfu/minutes.yaml", "- {topic: 开工, date: 2026-03-05, project: 去3, others: [今4]}\n"),
    ]);
    let list = page(&pages, "xingfu/minutes/");
    assert!(list.contains("<a href=\"/xingfu/bulletins/2025/\">去3</a>"), "{list}");
    assert!(list.contains("<a href=\"/xingfu/bulletins/2026/\">今4</a>"), "{list}");
    assert!(page(&pages, "xingfu/bulletins/2025/").contains("去3"));
}

#[test]
fn the_nearest_record_is_meant() {
    let minutes = "- {topic: 开工, date: 2026-03-05, project: P-1}\n";
    let project = |name: &str| format!("- {{number: P-1, name: {name}}}\n");
    let (own, above, root, beside) =
        (project("自家的"), project("上级的"), project("全区的"), project("邻居的"));
    let all = [
        ("xingfu/yiqu/projects.yaml", own.as_str(), "/xingfu/yiqu/projects/p-1/\">自家的"),
        ("xingfu/projects.yaml", &above, "/xingfu/projects/p-1/\">上级的"),
        ("projects.yaml", &root, "/projects/p-1/\">全区的"),
        ("xingfu/erqu/projects.yaml", &beside, "/xingfu/erqu/projects/p-1/\">邻居的"),
    ];
    for first in 0..all.len() {
        let there = all[first..].iter().map(|(path, text, _)| (*path, *text));
        let given: Vec<_> = there.chain([("xingfu/yiqu/minutes.yaml", minutes)]).collect();
        let pages = pages(&given);
        let list = page(&pages, "xingfu/yiqu/minutes/");
        assert!(list.contains(&format!("<a href=\"{}</a>", all[first].2)), "{first}: {list}");
        let meant = all[first].2.split('"').next().unwrap().trim_start_matches('/');
        let related = page(&pages, meant).contains("相关记录（1）");
        assert!(related, "{meant}");
    }
}

#[test]
fn of_what_is_not_posted_nothing_is_shown() {
    let minutes = (
        "xingfu/minutes.yaml",
        "- {topic: 开工, date: 2026-03-05, project: 密甲, others: [密甲, P-2]}\n",
    );
    let hidden = [
        "draft: 是",
        "publish_from: 2026-12-31",
        "publish_until: 2026-01-31",
        "withdrawn: 2026-01-01",
    ];
    for why in hidden {
        let projects =
            format!("- {{number: 密甲, name: 秘密工程, {why}}}\n- {{number: P-2, name: 修路灯}}\n");
        let (told, pages) = build(&[("xingfu/projects.yaml", &projects), minutes]);
        assert!(told.iter().all(|it| it.0 != Code::UnknownReference), "{why}: {told:?}");
        for (path, bytes) in &pages {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("密甲") && !text.contains("秘密工程"), "{why}: {path}");
        }
        let list = page(&pages, "xingfu/minutes/");
        assert!(list.contains("<a href=\"/xingfu/projects/p-2/\">修路灯</a>"), "{why}: {list}");
    }
    // A record of another place with that key is not what was meant.
    let projects = "- {number: 密甲, name: 秘密工程, draft: 是}\n";
    let above = "- {number: 密甲, name: 另一个}\n";
    let pages =
        pages(&[("xingfu/projects.yaml", projects), ("projects.yaml", above), minutes_of("密甲")]);
    assert!(!page(&pages, "xingfu/minutes/").contains("另一个"));
    assert!(!page(&pages, "projects/密甲/").contains("相关记录"));
}

/// A record that names a project.
fn minutes_of(key: &'static str) -> (&'static str, &'static str) {
    let all = [("密甲", "- {topic: 开工, date: 2026-03-05, project: 密甲}\n")];
    let found = all.into_iter().find(|(known, _)| *known == key).unwrap();
    ("xingfu/minutes.yaml", found.1)
}

#[test]
fn what_refers_and_is_not_posted_is_not_listed() {
    let projects = ("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n");
    for why in ["draft: 是", "publish_from: 2026-12-31"] {
        let minutes = format!("- {{topic: 密谈, date: 2026-03-05, project: P-1, {why}}}\n");
        let (_, pages) = build(&[projects, ("xingfu/minutes.yaml", &minutes)]);
        let project = page(&pages, "xingfu/projects/p-1/");
        assert!(!project.contains("密谈") && !project.contains("相关记录"), "{why}");
    }
    let internal = MINUTES.replace("to: projects,", "to: projects, privacy: internal,");
    let minutes = "- {topic: 开工, date: 2026-03-05, project: P-1}\n";
    let pages = pages(&[
        projects,
        ("_collections/minutes.yaml", &internal),
        ("xingfu/minutes.yaml", minutes),
    ]);
    assert!(!page(&pages, "xingfu/minutes/").contains("加装电梯"));
    assert!(!page(&pages, "xingfu/projects/p-1/").contains("相关记录"));
}

#[test]
fn titles_are_masked_as_on_the_page_they_lead_to() {
    let declared = "title: 表彰\nsection: virtue\nfields:\n  number: {type: text}\n  name: {type: person}\n\
                    key: [number]\nroles: {title: name}\nrecord-pages: true\n";
    let (told, pages) = build(&[
        ("_collections/projects.yaml", declared),
        ("xingfu/projects.yaml", "- {number: P-1, name: 王秀兰}\n"),
        ("xingfu/minutes.yaml", "- {topic: 开会, date: 2026-03-05, project: P-1}\n"),
    ]);
    assert_eq!(told, [(Code::MissingBasis, 1)]);
    let list = page(&pages, "xingfu/minutes/");
    assert!(list.contains("<a href=\"/xingfu/projects/p-1/\">王**</a>"), "{list}");
    assert!(pages.values().all(|it| !String::from_utf8_lossy(it).contains("王秀兰")));
}

#[test]
fn of_many_that_refer_twenty_are_listed() {
    let minutes = |year: i16| -> String {
        let all = (1..=12).map(|month| {
            format!("- {{topic: 第{year}{month:02}次, date: {year}-{month:02}-01, project: P-1}}\n")
        });
        all.collect()
    };
    let pages = pages(&[
        ("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n"),
        ("xingfu/yiqu/minutes.yaml", &minutes(2024)),
        ("xingfu/erqu/minutes.yaml", &minutes(2025)),
    ]);
    let project = page(&pages, "xingfu/projects/p-1/");
    assert!(project.contains("相关记录（24）"), "{project}");
    assert_eq!(project.matches("<time class=\"line-date\"").count(), 20, "{project}");
    assert!(project.contains("第202405次") && !project.contains("第202404次"), "{project}");
    assert!(project.contains("<a href=\"/xingfu/minutes/all/\">更多：会议</a>"), "{project}");
    assert!(project.contains("二区"), "{project}");
}

#[test]
fn a_key_of_several_fields_is_written_with_spaces() {
    let declared = PROJECTS.replace("key: [number]", "key: [name, number]");
    let pages = pages(&[
        ("_collections/projects.yaml", &declared),
        ("xingfu/projects.yaml", "- {number: '1', name: 加装电梯}\n"),
        ("xingfu/minutes.yaml", "- {topic: 开工, date: 2026-03-05, project: 加装电梯  1}\n"),
    ]);
    let list = page(&pages, "xingfu/minutes/");
    assert!(list.contains(">加装电梯</a>"), "{list}");
}

#[test]
fn mistakes_in_drafts_stop_nothing() {
    let files = files(&[
        ("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n"),
        ("xingfu/minutes.yaml", "- {topic: 开工, date: 2026-03-05, project: P-7, draft: 是}\n"),
    ]);
    let (told, _) = site::build(&site::memory(&files));
    let told: Vec<_> = told.iter().map(|it| (it.code, it.severity)).collect();
    assert_eq!(told, [(Code::UnknownReference, Severity::Warning)]);
}

#[test]
fn of_collections_without_names_the_declaration_alone_is_told() {
    let declared = PROJECTS.replace("key: [number]\n", "").replace("record-pages: true\n", "");
    let (told, _) = build(&[
        ("_collections/projects.yaml", &declared),
        ("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n"),
        ("xingfu/minutes.yaml", "- {topic: 开工, date: 2026-03-05, project: P-1}\n"),
    ]);
    assert_eq!(told, [(Code::UnfitReference, 7), (Code::UnfitReference, 8)]);
}

#[test]
fn references_in_tables_are_told_by_their_cell() {
    let (told, _) = build(&[
        ("xingfu/projects.yaml", "- {number: P-1, name: 加装电梯}\n"),
        (
            "xingfu/minutes.csv",
            "议题,日期,项目,其他项目\n开工,2026-03-05,P-1,\n验收,2026-04-05,P-1,P-1、P-9\n",
        ),
    ]);
    assert_eq!(told, [(Code::UnknownReference, 3)]);
}
