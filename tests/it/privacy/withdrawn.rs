//! Names of persons who withdrew, in all else that a portal says.

use serde_json::Value;

use super::{deeds, portal};
use crate::{
    diagnostics,
    site::{self, Files},
};

const DECLARED: &str = "title: 好事\nview: directory\nbasis: office\nfields:\n  id: {type: text}\n  \
                        name: {type: person}\n  story: {type: markdown}\n  note: {type: text}\n  \
                        photo: {type: image}\n  link: {type: url}\n";

const BEFORE: &str = "2026-11-22";
const AFTER: &str = "2026-11-23";

/// A street with two communities, a compound in the first, and somebody who withdraws there.
fn town(more: &[(&str, &str)]) -> Files {
    let withdrawn = "- {id: gone, name: 王秀英, withdrawn: 2026-11-23}\n";
    let mut files = portal(&deeds(DECLARED, withdrawn));
    let place = |name: &str, level: &str| format!("name: {name}\nlevel: {level}\n").into_bytes();
    files.insert("content/anle/place.yaml".to_owned(), place("安乐", "community"));
    files.insert("content/xingfu/qu/place.yaml".to_owned(), place("小区", "compound"));
    let photo = diagnostics::files_of("image-metadata");
    let photo = &photo["content/xingfu/plain.png"];
    for (path, text) in more {
        let is_photo = path.ends_with(".png");
        let bytes = if is_photo { photo.clone() } else { text.as_bytes().to_vec() };
        files.insert((*path).to_owned(), bytes);
    }
    files
}

/// The pages at a moment, and the codes of what is told.
fn built(files: &Files, moment: &str) -> (Files, Vec<String>) {
    let (told, pages) = site::build_at(&site::memory(files), moment);
    let codes = told.iter().map(|it| format!("{} {}", it.code.name(), it.location.file));
    (pages, codes.filter(|it| !it.starts_with("missing-basis")).collect())
}

/// The text of a page whose path begins so, or of all pages there.
fn page(pages: &Files, start: &str) -> String {
    let pages = pages.iter().filter(|(path, _)| path.starts_with(start));
    let texts = pages.map(|(path, bytes)| format!("{path}\n{}", String::from_utf8_lossy(bytes)));
    texts.collect::<Vec<_>>().concat()
}

const STORY: &str = "- {id: x, name: 李明, story: \"和王&#31168;英、王<b>秀</b>英、王秀**英**、王秀\\n英来了\", \
                     note: 王秀英, link: \"https://a.cn/%E7%8E%8B%E7%A7%80%E8%8B%B1\"}\n";

#[test]
fn the_name_is_gone_at_its_place_above_it_and_below_it() {
    for place in ["content", "content/xingfu/qu"] {
        let file = format!("{place}/deeds.yaml");
        let files = town(&[(&file, STORY)]);
        let (pages, _) = built(&files, BEFORE);
        let text = page(&pages, place.strip_prefix("content").unwrap().trim_start_matches('/'));
        assert!(text.contains("&#31168;英") || text.contains("王秀英"), "{text}");
        let (pages, told) = built(&files, AFTER);
        let text = page(&pages, "");
        for left in ["秀", "英", "%E7%A7%80", "31168"] {
            assert!(!text.contains(left), "{place} {left}: {text}");
        }
        assert!(text.contains("王**"), "{text}");
        assert_eq!(told, [""; 0]);
    }
}

#[test]
fn a_name_in_two_cells_is_one() {
    let declared = "title: 名册\nview: directory\nfields:\n  family: {type: text, label: 姓}\n  \
                    given: {type: text, label: 名}\n  venue: {type: text}\n";
    let records =
        "- {family: 王, given: 秀英, venue: 甲}\n- {family: 小王, given: 秀英湖, venue: 乙}\n";
    let notice = "---\ntitle: 名册\ndate: 2026-11-20\n---\n\n| 姓 | 名 | 分 |\n| --- | --- | --- |\n\
                  | 王 | 秀英 | 9 |\n| 李 | **明** | 8 |\n";
    let files = [
        ("content/_collections/list.yaml", declared),
        ("content/xingfu/list.yaml", records),
        ("content/xingfu/notices/a.md", notice),
    ];
    let (pages, _) = built(&town(&files), BEFORE);
    assert!(page(&pages, "xingfu/list").contains("\"given\": \"秀英\""));
    let (pages, told) = built(&town(&files), AFTER);
    assert_eq!(told, [""; 0]);
    let list = page(&pages, "xingfu/list");
    assert!(list.contains("\"family\": \"王**\"") && !list.contains("\"秀英\""), "{list}");
    assert!(list.contains("小王") && list.contains("秀英湖"), "{list}");
    let notice = page(&pages, "xingfu/notices/a");
    assert!(!notice.contains("秀英") && notice.contains("王**"), "{notice}");
    assert!(notice.contains("明") && notice.matches("<tr>").count() == 3, "{notice}");
}

/// Names of other peoples, and two in one cell, with what else in a portal says them.
const OTHERS: [(&str, &[&str]); 7] = [
    (
        "买买提·艾山江",
        &["买买提·艾山江", "买买提•艾山江", "买买提 · 艾山江", "买买提．艾山江", "买买提艾山江"],
    ),
    ("阿依古丽", &["阿依古丽", "阿依 古丽", "阿<b>依</b>古丽"]),
    ("John Smith", &["John Smith", "JOHN SMITH", "John  Smith", "Ｊｏｈｎ Smith", "Smith John"]),
    ("王秀英、李建国", &["王秀英", "李建国", "王秀英和李建国"]),
    ("王秀英 李建国", &["王秀英", "李建国"]),
    ("王秀英\\\\李建国", &["王秀英", "李建国"]),
    ("王秀英+李建国", &["王秀英", "李建国"]),
];

#[test]
fn names_of_any_form_are_gone() {
    for (name, forms) in OTHERS {
        for form in forms {
            let gone = format!("- {{id: gone, name: \"{name}\", withdrawn: 2026-11-23}}\n");
            let notice =
                format!("---\ntitle: 通知\ndate: 2026-11-20\n---\n\n请找（{form}）办理。\n");
            let mut files = town(&[("content/xingfu/notices/a.md", &notice)]);
            files.insert("content/xingfu/deeds.yaml".to_owned(), gone.into_bytes());
            let (pages, _) = built(&files, BEFORE);
            let before = page(&pages, "xingfu/notices/a");
            assert!(before.contains("（") && !before.contains("（*"), "{name}: {before}");
            let (pages, _) = built(&files, AFTER);
            let text = page(&pages, "xingfu/").to_lowercase();
            for left in ["艾山江", "古丽", "smith", "ｏｈｎ", "秀英", "建国"] {
                assert!(!text.contains(left), "{name} {form}: {left} in {text}");
            }
        }
    }
}

#[test]
fn elsewhere_the_name_stays_and_is_told() {
    let files = town(&[("content/anle/deeds.yaml", "- {id: x, name: 王秀英, note: 王秀英}\n")]);
    let (pages, told) = built(&files, AFTER);
    assert!(page(&pages, "anle/").contains("\"name\": \"王秀英\""), "{}", page(&pages, "anle/"));
    assert_eq!(told, ["withdrawn-name content/anle/deeds.yaml"]);
    assert_eq!(built(&files, BEFORE).1, ["future-date content/xingfu/deeds.yaml"]);
    let reason = "allow: [name], allow_reason: 已核实是同名的另一个人";
    let record = format!("- {{id: x, name: 王秀英, {reason}}}\n");
    let (pages, told) = built(&town(&[("content/anle/deeds.yaml", &record)]), AFTER);
    assert!(page(&pages, "anle/").contains("王秀英"));
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_namesake_is_named_with_a_reason() {
    let record = |said: &str| format!("- {{id: x, name: 王秀英, note: 王秀英, {said}}}\n");
    let allowed = record("allow: [name], allow_reason: 同名");
    let (pages, told) = built(&town(&[("content/xingfu/qu/deeds.yaml", &allowed)]), AFTER);
    assert!(page(&pages, "xingfu/qu/").contains("\"note\": \"王秀英\""));
    assert_eq!(told, [""; 0]);
    for said in ["allow: [name]", "allow: [phone], allow_reason: 同名"] {
        let (_, told) = built(&town(&[("content/xingfu/qu/deeds.yaml", &record(said))]), AFTER);
        assert_eq!(told.len(), 1, "{told:?}");
    }
}

#[test]
fn who_withdrew_near_and_elsewhere_is_masked_without_a_word() {
    let withdrawn = "- {id: gone, name: 王秀英, withdrawn: 2026-11-23}\n";
    let files = town(&[
        ("content/anle/deeds.yaml", withdrawn),
        ("content/xingfu/qu/deeds.yaml", "- {id: x, name: 李明, note: 王秀英来了}\n"),
    ]);
    let (pages, told) = built(&files, AFTER);
    assert!(!page(&pages, "").contains('英'));
    assert_eq!(told, [""; 0]);
}

#[test]
fn the_target_of_a_link_is_an_address_whatever_it_looks_like() {
    let story =
        "- {id: x, name: 李明, story: \"[看](WangXiuying) [看][1]\\n\\n> [1]: Wang-Xiuying\"}\n";
    let (pages, told) = built(&town(&[("content/xingfu/qu/deeds.yaml", story)]), AFTER);
    let text = page(&pages, "").to_lowercase();
    assert!(text.contains("看") && !text.contains("xiuying"), "{text}");
    assert_eq!(told, [""; 0]);
}

const NOTICE: &str = "---\ntitle: 感谢王秀英\ndate: 2026-11-20\n---\n\n感谢王 秀英。![王秀英](wang-xiuying.png)\
                      ![合影](a.png \"王秀英\")<img src=\"a.png\" alt=\"王秀英\">[看](王秀英.png)\n";

#[test]
fn notices_pictures_and_their_addresses_say_no_name() {
    let folder = "content/xingfu/qu/notices";
    let files = town(&[
        (&format!("{folder}/2026-11-20-王秀英.md"), NOTICE),
        (&format!("{folder}/2026-11-20-wangxiuying.md"), NOTICE),
        (&format!("{folder}/wang-xiuying.png"), ""),
        (&format!("{folder}/王秀英.png"), ""),
        (&format!("{folder}/a.png"), ""),
        ("content/xingfu/qu/deeds.yaml", "- {id: x, photo: notices/WangXiuying.png}\n"),
        (&format!("{folder}/WangXiuying.png"), ""),
    ]);
    let (pages, told) = built(&files, BEFORE);
    assert!(pages.keys().any(|it| it.contains("wang-xiuying.png")), "{:?} {told:?}", pages.keys());
    let (pages, told) = built(&files, AFTER);
    let text = page(&pages, "").to_lowercase();
    for left in ["秀", "英", "xiuying", "%e7%a7%80"] {
        assert!(!text.contains(left), "{left}: {text}");
    }
    assert_eq!(told, [""; 0]);
    let notices = pages.keys().filter(|it| it.starts_with("xingfu/qu/notices/2026")).count();
    assert_eq!(notices, 2, "{:?}", pages.keys());
}

#[test]
fn quoted_lines_are_masked_as_pages_are() {
    let notice = "---\ntitle: 感谢\ndate: 2026-11-20\n---\n\n王秀英，[看](missing.md)\n";
    let files = town(&[("content/xingfu/qu/notices/2026-11-20-thanks.md", notice)]);
    let (told, _) = site::build_at(&site::memory(&files), AFTER);
    let quotes = told.iter().filter_map(|it| it.location.quote.as_ref());
    let quotes: Vec<&str> = quotes.map(|it| &*it.text).collect();
    assert_eq!(quotes, ["王**，[看](missing.md)"]);
}

#[test]
fn a_build_with_a_cache_finds_the_name_in_what_was_edited() {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &town(&[]));
    let build = |code| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
        command.env_clear().arg("--site").arg(folder.path());
        let output = command.args(["build", "--as-of", AFTER]).assert().code(code);
        String::from_utf8(output.get_output().stderr.clone()).unwrap()
    };
    assert!(!build(0).contains("withdrawn-name"));
    let edits = town(&[
        ("content/xingfu/qu/deeds.yaml", "- {id: x, note: 王秀英来了}\n"),
        ("content/anle/deeds.yaml", "- {id: x, note: 王秀英来了}\n"),
    ]);
    site::write(folder.path(), &edits);
    let told = build(0);
    assert!(told.contains("withdrawn-name") && told.contains("content/anle/deeds.yaml"), "{told}");
    assert!(told.contains("content/xingfu/deeds.yaml"), "{told}");
    let public = site::files_in(&folder.path().join("public"));
    assert!(page(&public, "xingfu/qu/").contains("王**来了"));
    assert!(!page(&public, "xingfu/").contains('英'));
}

#[test]
fn a_name_that_no_record_says_keeps_the_site_from_being_built() {
    let intro = "name: 幸福\nlevel: community\nintro: 网格长王秀英\n";
    let here = town(&[("content/xingfu/place.yaml", intro)]);
    let (_, told) = built(&here, AFTER);
    assert!(told.iter().any(|it| it.starts_with("withdrawn-name-in-output")), "{told:?}");
    // The index of the search has it, too, which nobody can mend at the settings.
    assert!(!told.iter().any(|it| it.ends_with("site.toml")), "{told:?}");
    assert_eq!(built(&here, BEFORE).1, ["future-date content/xingfu/deeds.yaml"]);
}

/// A namesake in another street is no reason to name the person here.
#[test]
fn who_is_named_elsewhere_is_named_there_alone() {
    let intro = "name: 幸福\nlevel: community\nintro: 网格长王秀英\n";
    let files = town(&[
        ("content/xingfu/place.yaml", intro),
        ("content/anle/deeds.yaml", "- {id: x, name: 王秀英, note: 王秀英}\n"),
    ]);
    let (_, told) = built(&files, AFTER);
    assert!(told.iter().any(|it| it.starts_with("withdrawn-name-in-output")), "{told:?}");
    let files = town(&[("content/anle/deeds.yaml", "- {id: x, name: 王秀英, note: 王秀英}\n")]);
    assert_eq!(built(&files, AFTER).1, ["withdrawn-name content/anle/deeds.yaml"]);
}

#[test]
fn the_report_lists_where_the_names_stand() {
    let files = town(&[
        ("content/anle/deeds.yaml", "- {id: x, name: 王秀英}\n"),
        ("content/deeds.yaml", "- {id: x, note: 王秀英}\n"),
        (
            "content/xingfu/qu/deeds.yaml",
            "- {id: x, note: 王秀英, allow: [name], allow_reason: 同名}\n",
        ),
    ]);
    let site = tempfile::tempdir().unwrap();
    site::write(site.path(), &files);
    let run = |more: &[&str]| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
        command.env_clear().arg("--site").arg(site.path());
        let output =
            command.args(["privacy-report", "--as-of", AFTER]).args(more).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let report: Value = serde_json::from_str(&run(&["--json"])).unwrap();
    let rows = report["names_withdrawn"].as_array().unwrap().iter();
    let rows: Vec<_> = rows.map(|it| format!("{} {}", it["file"], it["treatment"])).collect();
    assert_eq!(
        rows,
        [
            "\"content/deeds.yaml\" \"masked\"",
            "\"content/anle/deeds.yaml\" \"kept\"",
            "\"content/xingfu/qu/deeds.yaml\" \"allowed\"",
        ]
    );
    let table = run(&[]);
    assert!(
        table.contains(
            "| content/anle/deeds.yaml:1 | 照常公开：待核实 | content/xingfu/deeds.yaml:1 |"
        ),
        "{table}"
    );
    assert!(!table.contains("王秀英"), "{table}");
}
