//! Workbooks as content.
//!
//! A case is a folder in `tests/workbooks`, which `make.py` there makes: files that lie over those of
//! `tests/diagnostics/_base`. Its `expected.txt` has what is said of them, and the tables that they
//! came to. `UPDATE_EXPECT=1` writes it.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use linli::{
    diagnostic::{Code, Diagnostic, Language, Messages},
    source::SitePath,
};
use proptest::prelude::*;

use crate::{
    attachments::document,
    diagnostics::files_of,
    incremental::desk::{Desk, Run},
    site::{self, Files},
};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks")
}

/// The site of a case.
pub(crate) fn case(name: &str) -> Files {
    let mut files = files_of("_base");
    files.extend(site::files_in(&folder().join(name)));
    files.retain(|path, _| path != "expected.txt");
    files
}

/// What is said of a site, and the tables of its records.
fn came_to(files: &Files) -> String {
    let (told, written) = site::build(&site::memory(files));
    let mut all = site::shown(&told, &Messages::new(Language::ZhCn));
    let tables = written
        .iter()
        .filter(|(path, _)| path.starts_with("xingfu/data/") && path.ends_with(".csv"));
    for (path, bytes) in tables {
        let text = String::from_utf8_lossy(bytes);
        write!(all, "--- {path}\n{}", text.trim_start_matches('\u{feff}')).unwrap();
    }
    all.replace('\r', "")
}

#[test]
fn workbooks_are_read_as_offices_keep_them() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder()).unwrap().map(Result::unwrap) {
        if !entry.path().is_dir() {
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        let (path, came) = (entry.path().join("expected.txt"), came_to(&case(&name)));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &came).unwrap();
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != came {
            wrong.push(format!("{name}: expected\n{known}--- but it is\n{came}"));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECT=1 writes what is so now", wrong.join("\n"));
}

/// A workbook with these sheets: the name of each, and its rows as XML.
pub(crate) fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (mut listed, mut relations, mut files) = (String::new(), String::new(), Vec::new());
    for (number, (name, rows)) in (1..).zip(sheets) {
        write!(listed, "<sheet name=\"{name}\" r:id=\"r{number}\"/>").unwrap();
        let target = format!("worksheets/s{number}.xml");
        write!(relations, "<Relationship Id=\"r{number}\" Target=\"{target}\"/>").unwrap();
        files.push((format!("xl/{target}"), format!("<worksheet>{rows}</worksheet>")));
    }
    files.push(("xl/workbook.xml".into(), format!("<workbook>{listed}</workbook>")));
    let relations = format!("<Relationships>{relations}</Relationships>");
    files.push(("xl/_rels/workbook.xml.rels".into(), relations));
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    document(&files)
}

/// Rows of texts as the XML of a sheet.
pub(crate) fn rows(rows: &[Vec<&str>]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for row in rows {
        xml += "<row>";
        for cell in row {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            write!(xml, "<c t=\"inlineStr\"><is><t>{cell}</t></is></c>").unwrap();
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

const HEADER: [&str; 6] = ["日期", "队伍", "人数", "时长", "发现问题", "已处置"];

/// A sheet of patrols of these teams, one a day.
fn patrols(teams: &[&str]) -> String {
    let days: Vec<String> = (1..=teams.len()).map(|day| format!("2026-03-{day:02}")).collect();
    let mut all = vec![HEADER.to_vec()];
    let row = |(team, day)| vec![day, team, "8", "2", "1", "1"];
    all.extend(teams.iter().copied().zip(days.iter().map(String::as_str)).map(row));
    rows(&all)
}

fn with(path: &str, bytes: Vec<u8>) -> Files {
    let mut files = files_of("_base");
    files.insert(format!("content/xingfu/{path}"), bytes);
    files
}

fn told(files: &Files) -> Vec<Diagnostic> {
    site::check(&site::memory(files))
}

fn codes(files: &Files) -> BTreeSet<Code> {
    told(files).iter().map(|it| it.code).collect()
}

#[test]
fn a_workbook_is_what_its_csv_is() {
    let cells = [
        HEADER.to_vec(),
        vec!["2026-03-05", "红袖标", "12人", "2", "0", "0"],
        vec!["2026年3月6日", "红，袖\"标\"", "一", "2,5", "3", "4"],
        vec!["", "银龄", "13800001234", "", "1", "13900005678"],
        vec!["2026-03-05", "红袖标", "12", "2", "0", "0"],
    ];
    let csv: Vec<String> = cells
        .iter()
        .map(|row| {
            let cells = row.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\"")));
            cells.collect::<Vec<_>>().join(",")
        })
        .collect();
    let csv = with("patrols.csv", csv.join("\n").into_bytes());
    let book = with("patrols.xlsx", workbook(&[("巡防", &rows(&cells))]));
    let place = |it: &Diagnostic| (it.code, it.location.cell, it.args.clone(), it.help.clone());
    let (csv, book) = (told(&csv), told(&book));
    let places = |all: &[Diagnostic]| {
        let mut places: Vec<_> = all.iter().map(place).collect();
        places.sort();
        places
    };
    assert!(csv.len() > 4, "{csv:?}");
    assert_eq!(places(&csv), places(&book));
    assert!(book.iter().all(|it| it.location.file.sheet() == Some("巡防")));
}

#[test]
fn a_ledger_is_a_sheet_for_each_list() {
    let (one, two) = (patrols(&["红袖标"]), rows(&[vec!["甲"]]));
    // One that holds other sheets as well is attached to texts, unless its name says what it is.
    let ledger = |name: &str, second: &str| {
        codes(&with(name, workbook(&[("平安巡防", &one), (second, &two)])))
    };
    assert_eq!(ledger("登记.xlsx", "备忘"), BTreeSet::from([Code::UnknownFile]));
    assert_eq!(ledger("登记台账.xlsx", "备忘"), BTreeSet::from([Code::WorkbookSheets]));
    assert_eq!(ledger("登记.xlsx", "说明"), BTreeSet::new());
    assert_eq!(ledger("登记.xlsx", "_备忘"), BTreeSet::new());
    assert_eq!(ledger("登记.xlsx", "patrols"), BTreeSet::from([Code::TwoSources]));
    let mut files = with("登记.xlsx", workbook(&[("平安巡防", &one)]));
    assert!(came_to(&files).contains("2026-03-01,红袖标"), "{}", came_to(&files));
    // It is one source of the list.
    let header = format!("{}\n", HEADER.join(","));
    files.insert("content/xingfu/patrols/2025.csv".into(), header.clone().into());
    assert_eq!(codes(&files), BTreeSet::from([]));
    files.insert("content/xingfu/patrols.csv".into(), header.into());
    assert_eq!(codes(&files), BTreeSet::from([Code::TwoSources]));
}

#[test]
fn the_sheet_that_is_called_after_the_list_is_read() {
    let (one, two) = (patrols(&["红袖标"]), patrols(&["银龄"]));
    let files = with("patrols.xlsx", workbook(&[("旧", &one), ("平安巡防", &two)]));
    assert_eq!(codes(&files), BTreeSet::from([Code::CsvLeftOut]));
    let came = came_to(&files);
    assert!(came.contains("银龄") && !came.contains("红袖标"), "{came}");
    let files = with("patrols.xlsx", workbook(&[("甲", ""), ("乙", &two), ("丙", "")]));
    assert_eq!(codes(&files), BTreeSet::new());
}

#[test]
fn a_template_is_a_list_without_records() {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &files_of("_base"));
    for language in ["zh-CN", "en"] {
        let run = |args: &[&str]| {
            let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
            let command = command.current_dir(folder.path()).env_clear();
            command.args(["--lang", language]).args(args).output().unwrap()
        };
        let file = "content/xingfu/台账.xlsx";
        let made = run(&["template", "--place", "xingfu", "--file", file]);
        assert!(made.status.success(), "{made:?}");
        let again = run(&["template", "--file", file]);
        assert_eq!(again.status.code(), Some(2), "{again:?}");
        let checked = run(&["check", "--as-of", "2026-11-24", "--deny-warnings"]);
        assert!(checked.status.success(), "{checked:?}");
        let one = run(&["template", "patrols"]);
        assert!(one.status.success() && folder.path().join("patrols.xlsx").is_file(), "{one:?}");
        assert_eq!(run(&["template", "patrol"]).status.code(), Some(2));
        assert_eq!(run(&["template", "--place", "xinfu"]).status.code(), Some(2));
        for file in [file, "patrols.xlsx"] {
            fs::remove_file(folder.path().join(file)).unwrap();
        }
    }
}

/// What a command prints, and its status.
fn run(site: &Path, args: &[&str]) -> (String, Option<i32>) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let command = command.current_dir(site).env_clear().args(["--lang", "en"]).args(args);
    let output = command.output().unwrap();
    let (out, error) = (String::from_utf8_lossy(&output.stdout), &output.stderr);
    (format!("{out}{}", String::from_utf8_lossy(error)), output.status.code())
}

#[test]
fn what_is_exported_and_imported_touches_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let sample = site::sample();
    site::write(folder.path(), &sample);
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for path in sample.keys().filter(|it| it.ends_with("/place.yaml")) {
        let place = path.strip_prefix("content/").unwrap_or_default();
        places.extend(place.strip_suffix("/place.yaml"));
    }
    assert!(places.len() > 4, "{places:?}");
    for place in places {
        let (made, status) = run(folder.path(), &["export", "--place", place, "--file", "a.xlsx"]);
        assert_eq!(status, Some(0), "{place}: {made}");
        if made.contains("wrote 0 records") {
            fs::remove_file(folder.path().join("a.xlsx")).unwrap();
            continue;
        }
        let args = ["import", "a.xlsx", "--place", place, "--write", "--replace"];
        let (told, status) = run(folder.path(), &args);
        let is_elsewhere = told.contains("is kept in");
        assert!(status == Some(0) || is_elsewhere, "{place}: {told}");
        fs::remove_file(folder.path().join("a.xlsx")).unwrap();
        let after = site::files_in(folder.path());
        let changed: Vec<_> =
            sample.iter().filter(|(path, it)| after.get(*path) != Some(it)).collect();
        assert!(changed.is_empty(), "{place}: {:?}\n{told}", changed[0].0);
    }
}

#[test]
fn an_import_tells_what_changes_and_leaves_all_else() {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &files_of("_base"));
    let file = folder.path().join("content/xingfu/patrols.yaml");
    let before = "# 三月\n- 日期: 2026-03-01  # 周日\n  队伍: \"红袖标\"\n  人数: 8\n  时长: 2\n  发现问题: 1\n\n- {日期: 2026-03-09, 队伍: 夜鹰, 人数: 8, 时长: 2, 发现问题: 1}\n";
    fs::write(&file, before).unwrap();
    let all = [
        HEADER.to_vec(),
        vec!["2026/3/1", "红袖标", "9", "2.0", "1", "1"],
        vec!["2026-03-02", "银龄", "8", "2", "1", ""],
    ];
    fs::write(folder.path().join("a.xlsx"), workbook(&[("平安巡防", &rows(&all))])).unwrap();
    let (told, status) = run(folder.path(), &["import", "a.xlsx", "--place", "xingfu"]);
    assert_eq!(status, Some(0), "{told}");
    for line in [
        "changed: 2026/3/1 红袖标: Members C2: 8 → 9, Handled F2: (empty) → 1 (平安巡防!A2)",
        "new: 2026-03-02 银龄 (平安巡防!A3)",
        "not in the workbook: 2026-03-09 夜鹰 (content/xingfu/patrols.yaml:8)",
        "new 1, changed 1, the same 0, not in the workbook 1",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let (told, _) = run(folder.path(), &["import", "a.xlsx", "--place", "xingfu", "--write"]);
    let after = before
        .replace("人数: 8\n", "人数: 9\n")
        .replace("发现问题: 1\n\n", "发现问题: 1\n  handled: 1\n\n")
        + "\n- 日期: 2026-03-02\n  队伍: 银龄\n  人数: 8\n  时长: 2\n  发现问题: 1\n";
    assert_eq!(fs::read_to_string(&file).unwrap(), after, "{told}");
    let args = ["import", "a.xlsx", "--place", "xingfu", "--write", "--replace"];
    let (told, _) = run(folder.path(), &args);
    let written = fs::read_to_string(&file).unwrap();
    assert!(!written.contains("夜鹰") && written.contains("# 周日"), "{told}\n{written}");
    // What the program does not understand is told by its cell, and nothing is written.
    let wrong = rows(&[HEADER.to_vec(), vec!["三月", "银龄", "8", "2", "1", ""]]);
    fs::write(folder.path().join("a.xlsx"), workbook(&[("平安巡防", &wrong)])).unwrap();
    let (told, status) = run(folder.path(), &args);
    assert!(status == Some(1) && told.contains("平安巡防!A2"), "{told}");
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
    // A mark at the start of the file stays.
    let right = rows(&[HEADER.to_vec(), vec!["2026-03-02", "银龄", "7", "2", "1", ""]]);
    fs::write(folder.path().join("a.xlsx"), workbook(&[("平安巡防", &right)])).unwrap();
    fs::write(&file, format!("\u{feff}{written}")).unwrap();
    let (told, _) = run(folder.path(), &args[..5]);
    assert!(fs::read_to_string(&file).unwrap().starts_with('\u{feff}'), "{told}");
    // What was made for another place is not imported by mistake.
    run(folder.path(), &["export", "--place", "xingfu", "--file", "b.xlsx"]);
    fs::create_dir(folder.path().join("content/linju")).unwrap();
    fs::write(folder.path().join("content/linju/place.yaml"), "name: 邻居社区\nlevel: community\n")
        .unwrap();
    let (told, status) = run(folder.path(), &["import", "b.xlsx", "--place", "linju"]);
    assert!(status == Some(2) && told.contains("was made for xingfu"), "{told}");
    // Records that are kept in a workbook are edited there.
    fs::remove_file(&file).unwrap();
    fs::copy(folder.path().join("a.xlsx"), file.with_extension("xlsx")).unwrap();
    let (told, status) = run(folder.path(), &args);
    assert!(status == Some(0) && told.contains("the same 1"), "{told}");
}

#[test]
fn a_workbook_has_bounds() {
    let cell = |at: &str, text: &str| {
        format!("<row r=\"{}\"><c r=\"{at}\" t=\"str\"><v>{text}</v></c></row>", &at[3..])
    };
    let far = format!("<sheetData>{}</sheetData>", cell("XFD1048576", "末"));
    let many: Vec<String> = (0..300).map(|it| format!("表{it}")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    let wide: String = (1..3000).map(|row| cell(&format!("XFD{row}"), "宽")).collect();
    let text = "长".repeat(1 << 20);
    let long = format!("<si><t>{text}</t></si>");
    let shared = "<row><c t=\"s\"><v>0</v></c></row>".repeat(100);
    let deep = "<a>".repeat(1_000_000);
    let merges = "<mergeCell ref=\"A1:A1048576\"/>".repeat(1000);
    let merges = format!("{far}<mergeCells>{merges}</mergeCells>");
    for (name, bytes) in [
        ("far", workbook(&[("甲", &far)])),
        ("many", workbook(&many)),
        ("wide", workbook(&[("甲", &format!("<sheetData>{wide}</sheetData>"))])),
        ("deep", workbook(&[("甲", &deep)])),
        ("merges", workbook(&[("甲", &merges)])),
        ("bomb", workbook(&[("甲", &" ".repeat(100 << 20))])),
        (
            "shared",
            document(&[
                ("xl/workbook.xml", "<workbook><sheet name=\"甲\" r:id=\"r\"/></workbook>"),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<a><Relationship Id=\"r\" Target=\"worksheets/s.xml\"/></a>",
                ),
                ("xl/worksheets/s.xml", &shared),
                ("xl/sharedStrings.xml", &long),
            ]),
        ),
    ] {
        let told = told(&with("patrols.xlsx", bytes));
        let is_told = |it: &Diagnostic| {
            it.code == Code::WorkbookUnreadable
                || name == "far" && it.code == Code::UnknownField
                || name == "deep" && it.code == Code::EmptyFile
        };
        assert!(told.iter().any(is_told), "{name}: {told:?}");
    }
}

#[test]
fn what_a_program_leaves_beside_a_workbook_is_passed_over() {
    for name in ["~$patrols.xlsx", ".~patrols.xlsx", ".~lock.patrols.xlsx#"] {
        assert_eq!(codes(&with(name, b"x".to_vec())), BTreeSet::new(), "{name}");
    }
    let copy = with("patrols - 副本.xlsx", workbook(&[("巡防", &patrols(&["红袖标"]))]));
    assert_eq!(codes(&copy), BTreeSet::from([Code::CopiedFile]));
}

#[test]
fn personal_data_in_cells_is_told() {
    let all = [
        HEADER.to_vec(),
        vec!["2026-03-05", "联系李某13800001234", "12", "2", "0", "0"],
        vec!["2026-03-06", "110101199003070070", "12", "2", "0", "0"],
    ];
    let told = told(&with("patrols.xlsx", workbook(&[("巡防", &rows(&all))])));
    let cells: Vec<String> = told
        .iter()
        .filter(|it| matches!(it.code, Code::PersonalData | Code::IdNumber))
        .map(|it| it.location.shown_cell().unwrap())
        .collect();
    assert!(
        cells.contains(&"巡防!B2".to_owned()) && cells.contains(&"巡防!B3".to_owned()),
        "{told:?}"
    );
    let shown = site::shown(&told, &Messages::new(Language::En));
    assert!(!shown.contains("13800001234") && !shown.contains("19900307"), "{shown}");
    assert!(shown.contains("content/xingfu/patrols.xlsx:2:2 (巡防!B2)"), "{shown}");
}

#[test]
fn edits_of_workbooks_are_seen() {
    let desk = Desk::new();
    let run = Run::default();
    assert_eq!(desk.check(&run).status, 0);
    let place = desk.join("content/heping/yixin");
    let write = |name: &str, sheets: &[(&str, &str)]| {
        fs::write(place.join(name), workbook(sheets)).unwrap();
    };
    // Here patrols are declared otherwise.
    let header = vec!["日期", "队伍", "人数", "发现问题"];
    let first = vec!["2026-03-05", "红袖标", "8", "1"];
    let one = rows(&[header.clone(), first.clone()]);
    let two = rows(&[header, first, vec!["2026-03-06", "银龄", "8", "1"]]);
    let month =
        rows(&[vec!["月份", "类别", "受理", "调解成功"], vec!["2026-01", "人民调解", "3", "3"]]);
    let published = |desk: &Desk| site::files_in(&desk.join(run.out));
    let has = |desk: &Desk, word: &str| {
        let page = published(desk).get("heping/yixin/data/patrols.csv").cloned();
        page.is_some_and(|it| String::from_utf8_lossy(&it).contains(word))
    };
    for path in ["patrols.yaml", "patrols.csv", "mediation.yaml", "mediation.csv"] {
        fs::remove_file(place.join(path)).ok();
    }
    write("巡防和调解.xlsx", &[("巡逻", &one)]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(has(&desk, "红袖标") && !has(&desk, "银龄"));
    write("巡防和调解.xlsx", &[("巡逻", &two)]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(has(&desk, "银龄"));
    write("巡防和调解.xlsx", &[("巡逻", &two), ("矛盾调解", &month)]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(published(&desk).contains_key("heping/yixin/data/mediation.csv"));
    write("巡防和调解.xlsx", &[("矛盾调解", &month)]);
    write("patrols.xlsx", &[("Sheet1", &one)]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(has(&desk, "红袖标") && !has(&desk, "银龄"));
    write("patrols.xlsx", &[("Sheet1", &two)]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(has(&desk, "银龄"));
    write("patrols.xlsx", &[("一", &one), ("二", &two)]);
    assert_eq!(desk.check(&run).status, 1);
    fs::write(place.join("patrols.xlsx"), b"PK\x03\x04").unwrap();
    assert_eq!(desk.check(&run).status, 1);
    fs::remove_file(place.join("patrols.xlsx")).unwrap();
    assert_eq!(desk.check(&run).status, 0);
    assert!(!has(&desk, "红袖标"));
}

proptest! {
    #![proptest_config(site::cases(60))]

    #[test]
    fn no_bytes_are_too_odd(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        inner in "[<>/a-z=\" 0-9:A-F&;]{0,40}",
    ) {
        let cases = ["titled", "ledger", "damaged", "open-document"];
        for (path, mut bytes) in cases.iter().flat_map(|it| site::files_in(&folder().join(it))) {
            if !SitePath::new(&path).is_workbook() {
                continue;
            }
            let index = at.index(bytes.len());
            bytes[index] = byte;
            if is_cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let mut files = files_of("_base");
            files.insert(path, bytes);
            told(&files);
        }
        let sheet = format!("<sheetData><row r=\"1\"><c r=\"A1\" {inner}><v>{inner}</v></c>{inner}");
        told(&with("patrols.xlsx", workbook(&[("甲", &sheet)])));
    }
}
