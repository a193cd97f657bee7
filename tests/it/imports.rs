//! Tables that other systems export, and lists that are kept in tables.

use std::{fs, path::Path};

use linli::diagnostic::{Code, Language, Messages};

use crate::{
    diagnostics::files_of,
    incremental::desk::{Desk, Run},
    site::{self, Files},
    workbooks::{rows, workbook},
};

fn run(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let command = command.current_dir(folder).env_clear().args(["--lang", "en", "import"]);
    let output = command.args(args).args(["--place", "xingfu"]).output().unwrap();
    let (out, error) = (String::from_utf8_lossy(&output.stdout), &output.stderr);
    (format!("{out}{}", String::from_utf8_lossy(error)), output.status.code())
}

fn site_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut all = files_of("_base");
    all.extend(files.iter().map(|(path, content)| ((*path).to_owned(), (*content).into())));
    site::write(folder.path(), &all);
    folder
}

const PATROLS: &str = "content/xingfu/patrols.yaml";

const MAPPING: &str = "list = \"patrols\"\n\n[columns]\n\"巡查日期\" = \"date\"\n\"班组\" = \"team\"\n\
                       \"人员数\" = \"members\"\n\"时长(小时)\" = \"hours\"\n\"隐患数\" = \"found\"\n\n\
                       [values.team]\n\"01\" = \"红袖标\"\n\"02\" = \"银龄\"\n";

#[test]
fn a_table_of_another_system_is_imported_as_it_is() {
    let table = "平安平台导出,,,,,\n序号,巡查日期,班组,人员数,时长(小时),隐患数\n\
                 1,2026-03-05,01,12,2,0\n2,2026-03-06,02,9,2,一\n";
    let folder = site_with(&[("imports/ping-an.toml", MAPPING), ("导出/表.csv", table)]);
    let args = ["导出/表.csv", "--mapping", "ping-an", "--write"];
    let (told, status) = run(folder.path(), &args);
    // The cell is that of the file, which is named as it was given.
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("导出/表.csv:4:") && told.contains("(F4)"), "{told}");
    let right = table.replace('一', "1");
    fs::write(folder.path().join("导出/表.csv"), &right).unwrap();
    let (told, status) = run(folder.path(), &args);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("序号") && told.contains("new 2"), "{told}");
    let patrols = fs::read_to_string(folder.path().join(PATROLS)).unwrap();
    assert!(patrols.contains("team: 红袖标") && patrols.contains("team: 银龄"), "{patrols}");
    let (told, _) = run(folder.path(), &args);
    assert!(told.contains("the same 2"), "{told}");
    let (told, status) = run(folder.path(), &["导出/表.csv", "--mapping", "pingan"]);
    assert!(status != Some(0) && told.contains("imports/pingan.toml"), "{told}");
}

#[test]
fn mistakes_of_a_mapping_are_told_in_its_file() {
    let wrong = MAPPING.replace("[values.team]", "[values.tema]");
    let folder =
        site_with(&[("imports/a.toml", wrong.as_str()), ("a.csv", "巡查日期\n2026-03-05\n")]);
    let (told, status) = run(folder.path(), &["a.csv", "--mapping", "a"]);
    assert!(status == Some(1) && told.contains("imports/a.toml:10:"), "{told}");
}

#[test]
fn of_a_list_in_a_table_the_cells_are_told() {
    let kept = "日期,队伍,人数,时长,发现问题\n2026-03-05,红袖标,12,2,0\n2026-03-06,银龄,9,2,0\n";
    let folder = site_with(&[
        ("content/xingfu/patrols.csv", kept),
        (
            "patrols.csv",
            "队伍,日期,人数,时长,发现问题\n银龄,2026-03-06,10,2,0\n红袖标,2026-03-07,8,2,0\n",
        ),
    ]);
    let (told, status) = run(folder.path(), &["patrols.csv", "--write"]);
    assert!(told.contains("C3") && told.contains("9 → 10"), "{told}");
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("is kept in content/xingfu/patrols.csv"), "{told}");
    let after = fs::read_to_string(folder.path().join("content/xingfu/patrols.csv")).unwrap();
    assert_eq!(after, kept);
}

#[test]
fn a_corrected_day_is_hinted_at() {
    let folder = site_with(&[
        (PATROLS, "- date: 2026-03-05\n  team: 红袖标\n  members: 12\n  hours: 2\n  found: 3\n"),
        ("patrols.csv", "日期,队伍,人数,时长,发现问题\n2026-03-06,红袖标,12,2,3\n"),
    ]);
    let (told, status) = run(folder.path(), &["patrols.csv"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("look:") && told.contains(&format!("{PATROLS}:1")), "{told}");
}

#[test]
fn what_new_records_take_over_is_told() {
    let kept = "basis: statutory\nbasis_reference: 文〔2026〕1号\nbasis_date: 2026-01-05\nrecords:\n  \
                - award: 好邻居\n    name: 王秀兰\n    date: 2026-03-05\n    citation: 热心\n";
    let table =
        "荣誉,姓名,日期,事迹\n好邻居,王秀兰,2026-03-05,热心\n好邻居,李桂芳,2026-03-06,热心\n";
    let folder = site_with(&[("content/xingfu/honors.yaml", kept), ("honors.csv", table)]);
    let (told, status) = run(folder.path(), &["honors.csv"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(
        told.contains(
            "for new records holds, too, what stands at the beginning of content/xingfu/honors.yaml"
        ),
        "{told}"
    );
    assert!(!told.contains("missing-basis"), "{told}");
    // Of records that are there already nothing is said.
    fs::write(folder.path().join("honors.csv"), table.rsplit_once("好邻居").unwrap().0).unwrap();
    let (told, _) = run(folder.path(), &["honors.csv"]);
    assert!(told.contains("the same 1") && !told.contains("new records holds"), "{told}");
}

/// A list with groups: one contact of a window, and several of a building.
const WINDOWS: &str = "title: {zh-CN: 窗口, en: Counters}
section: service
view: directory
key: [name]
fields:
  name: {type: text, label: 名称, required: true}
  office:
    type: group
    label: 科室
    fields:
      room: {type: text, label: 房间}
      phone: {type: phone, label: 电话, work: true}
  contacts:
    type: group
    several: true
    max: 3
    label: 联系人
    fields:
      who: {type: text, label: 称呼, required: true}
      mobile: {type: phone, label: 手机, work: true}
";

const KEPT: &str = "# 三月\n- name: 社保\n  office:\n    房间: \"101\" # 一楼\n    phone: 0431-82550111\n  \
    联系人:\n  - {who: 王主任, 手机: 0431-82550111} # 组长\n  - who: 李干事\n- name: 民政\n  \
    office: {房间: 二楼}\n  联系人: {who: 张干事}\n- name: 残联\n";

/// What is told of a table of such a list, and its file then.
fn groups(kept: &str, table: &str) -> (String, String) {
    let folder = site_with(&[
        ("content/_collections/counters.yaml", WINDOWS),
        ("content/xingfu/counters.yaml", kept),
        ("counters.csv", table),
    ]);
    let (told, status) = run(folder.path(), &["counters.csv", "--write", "--replace"]);
    assert_eq!(status, Some(0), "{told}");
    let after = fs::read_to_string(folder.path().join("content/xingfu/counters.yaml")).unwrap();
    // What was imported is there, so a second time changes nothing.
    let (again, _) = run(folder.path(), &["counters.csv", "--write", "--replace"]);
    assert!(again.contains("new 0, changed 0"), "{again}");
    (told, after)
}

const COLUMNS: &str = "名称,科室·房间,科室·电话,联系人1·称呼,联系人1·手机,联系人2·称呼,联系人2·手机,联系人3·称呼,联系人3·手机\n";
const SAME: [&str; 3] = [
    "社保,101,0431-82550111,王主任,0431-82550111,李干事,,,\n",
    "民政,二楼,,张干事,,,,,\n",
    "残联,,,,,,,,\n",
];

#[test]
fn groups_are_imported_in_the_form_that_they_have() {
    let table = |rows: [&str; 3]| format!("{COLUMNS}{}", rows.concat());
    assert_eq!(groups(KEPT, &table(SAME)).1, KEPT);
    let [one, two, three] = SAME;
    let changed = "社保,102,0431-82550111,王主任,0431-82550112,李干事,0431-82550113,,\n";
    let (told, after) = groups(KEPT, &table([changed, two, three]));
    assert!(told.contains("101 → 102") && told.contains("E2"), "{told}");
    let expected = KEPT
        .replace("\"101\"", "\"102\"")
        .replace("手机: 0431-82550111", "手机: 0431-82550112")
        .replace("李干事\n", "李干事\n    手机: 0431-82550113\n");
    assert_eq!(after, expected.replace("\"102\"", "102"));
    // Groups and parts that were not there, in the words of the file.
    let changed = "民政,二楼,0431-82550115,张干事,,赵干事,0431-82550114,,\n";
    let (_, after) = groups(KEPT, &table([one, changed, "残联,三楼,,,,孙干事,,周干事,\n"]));
    let expected = KEPT
        .replace("{房间: 二楼}", "{房间: 二楼, phone: 0431-82550115}")
        .replace("{who: 张干事}", "[{who: 张干事}, {who: 赵干事, 手机: 0431-82550114}]");
    let added = "  office:\n    房间: 三楼\n  联系人:\n    - who: 孙干事\n    - who: 周干事\n";
    assert_eq!(after, format!("{expected}{added}"));
    // One is gone from the middle of a list, and what it held alone.
    let kept = KEPT.replace("- who: 李干事\n", "- who: 李干事\n  - who: 孙干事\n");
    let (_, after) = groups(
        &kept,
        &table([
            "社保,101,0431-82550111,王主任,0431-82550111,,,孙干事,\n",
            "民政,,,,,,,,\n",
            three,
        ]),
    );
    let expected = kept
        .replace("  - who: 李干事\n", "")
        .replace("{房间: 二楼}", "{房间: ~}")
        .replace("联系人: {who: 张干事}", "联系人:");
    assert_eq!(after, expected);
}

#[test]
fn new_records_have_groups_and_columns_that_are_not_there_stay() {
    let new = format!("{COLUMNS}{}低保,4,,钱干事,,,,,\n", SAME.concat());
    let added = "- name: 低保\n  office:\n    房间: 4\n  联系人:\n    - who: 钱干事\n";
    assert_eq!(groups(KEPT, &new).1, format!("{KEPT}{added}"));
    assert_eq!(
        groups("- name: 低保\n", &new.replace("低保,4", "住保,4")).1.matches("who").count(),
        5 - 1
    );
    // Without the columns of telephones nobody knows which of them move up.
    let few = "名称,联系人1·称呼,联系人2·称呼\n社保,王副主任,李干事\n民政,张干事,\n残联,,\n";
    assert_eq!(groups(KEPT, few).1, KEPT.replace("王主任", "王副主任"));
}

#[test]
fn what_was_exported_with_groups_is_the_same() {
    let folder = site_with(&[
        ("content/_collections/counters.yaml", WINDOWS),
        ("content/xingfu/counters.yaml", KEPT),
    ]);
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    let args = ["--lang", "en", "export", "counters", "--place", "xingfu", "--file", "a.xlsx"];
    command.current_dir(folder.path()).env_clear().args(args).assert().success();
    let (told, status) = run(folder.path(), &["a.xlsx", "--write", "--replace"]);
    assert!(status == Some(0) && told.contains("the same 3"), "{told}");
    let after = fs::read_to_string(folder.path().join("content/xingfu/counters.yaml")).unwrap();
    assert_eq!(after, KEPT);
}

/// A workbook as another system exports it: a title, and a row for each day with what was found.
fn exported(days: &[(&str, &str)]) -> Vec<u8> {
    let header = vec!["序号", "巡查日期", "班组", "人员数", "时长(小时)", "隐患数"];
    let mut all: Vec<Vec<&str>> = vec![vec!["平安平台导出"], header];
    all.extend(days.iter().map(|(day, found)| vec!["1", *day, "01", "12", "2", *found]));
    workbook(&[("导出数据", &rows(&all))])
}

/// The base site with a mapping for `巡查导出*`, and these files in the folder of a place.
fn mapped(files: &[(&str, Vec<u8>)]) -> Files {
    let mut all = files_of("_base");
    let mapping = format!("files = \"巡查导出*\"\n{MAPPING}");
    all.insert("imports/ping-an.toml".to_owned(), mapping.into());
    let files = files.iter().map(|(name, it)| (format!("content/xingfu/{name}"), it.clone()));
    all.extend(files);
    all
}

#[test]
fn tables_of_other_systems_are_content() {
    let check = |files: &Files| {
        let told = site::check(&site::memory(files));
        let codes: Vec<Code> = told.iter().map(|it| it.code).collect();
        (codes, site::shown(&told, &Messages::new(Language::En)))
    };
    let right = [("2026-03-05", "0"), ("2026-03-06", "1")];
    let files = mapped(&[("巡查导出3月.xlsx", exported(&right))]);
    let (told, made) = site::build(&site::memory(&files));
    assert!(told.is_empty(), "{told:?}");
    let table = String::from_utf8_lossy(&made["xingfu/data/patrols.csv"]).into_owned();
    assert!(table.contains("2026-03-06") && table.matches("红袖标").count() == 2, "{table}");
    // A mistake is told at its cell, in a row that is not shown as nobody wrote it so.
    let wrong = exported(&[("2026-03-05", "0"), ("2026-03-06", "一")]);
    let (codes, shown) = check(&mapped(&[("巡查导出3月.xlsx", wrong)]));
    assert_eq!(codes, [Code::WrongType], "{shown}");
    assert!(shown.contains("(导出数据!F4)") && !shown.contains("红袖标"), "{shown}");
    let csv = "序号,巡查日期,班组,人员数,时长(小时),隐患数\n1,2026-03-05,01,12,2,一\n";
    let (codes, shown) = check(&mapped(&[("巡查导出.csv", csv.into())]));
    assert_eq!(codes, [Code::WrongType], "{shown}");
    assert!(shown.contains("巡查导出.csv:2:1 (F2)"), "{shown}");
    // In the folder of the list there may be several.
    let (day, next) = (exported(&right[..1]), exported(&right[1..]));
    let parts = [("patrols/巡查导出1.xlsx", day.clone()), ("patrols/巡查导出2.xlsx", next.clone())];
    assert_eq!(check(&mapped(&parts)).0, []);
    // Else a list has one source.
    let other = "日期,队伍,人数,时长,发现问题\n2026-03-09,夜鹰,12,2,0\n";
    for beside in [("patrols.csv", other.into()), ("巡查导出2.xlsx", next)] {
        let (codes, shown) = check(&mapped(&[("巡查导出1.xlsx", day.clone()), beside]));
        assert_eq!(codes, [Code::TwoSources], "{shown}");
    }
    let csv = csv.replace('一', "1");
    let both = [("patrols.csv", other.into()), ("巡查导出.csv", csv.clone().into())];
    assert_eq!(check(&mapped(&both)).0, [Code::TwoSources]);
    let copies = [("巡查导出.csv", csv.clone().into()), ("巡查导出 - 副本.csv", csv.into())];
    assert_eq!(check(&mapped(&copies)).0, [Code::CopiedFile]);
}

#[test]
fn mappings_of_lists_and_fields_that_are_not_there_are_told() {
    let told = |from: &str, to: &str| {
        let mut files = mapped(&[]);
        let mapping = String::from_utf8(files["imports/ping-an.toml"].clone()).unwrap();
        assert!(mapping.contains(from));
        files.insert("imports/ping-an.toml".to_owned(), mapping.replace(from, to).into());
        let told = site::check(&site::memory(&files));
        let line = |it: &linli::diagnostic::Diagnostic| it.location.range.map(|it| it.start.line);
        told.iter().map(|it| (it.code, line(it))).collect::<Vec<_>>()
    };
    assert_eq!(told("list = \"patrols\"", "list = \"平安巡防\""), []);
    let list = told("list = \"patrols\"", "list = \"patrol\"");
    assert_eq!(list, [(Code::UnknownCollection, Some(2))]);
    assert_eq!(told("\"date\"", "\"dat\""), [(Code::UndeclaredField, Some(5))]);
    assert_eq!(told("files = \"巡查导出*\"", "files = \"a/b\""), [(Code::BadSetting, Some(1))]);
}

#[test]
fn edits_of_tables_of_other_systems_are_seen() {
    let desk = Desk::new();
    let run = Run::default();
    let place = desk.join("content/heping/yixin");
    for path in ["patrols.yaml", "patrols.csv"] {
        fs::remove_file(place.join(path)).ok();
    }
    let has = |word: &str| {
        let page =
            site::files_in(&desk.join(run.out)).get("heping/yixin/data/patrols.csv").cloned();
        page.is_some_and(|it| String::from_utf8_lossy(&it).contains(word))
    };
    let mapping = "list = \"patrols\"\nfiles = \"巡查*\"\n[columns]\n\"巡查日期\" = \"日期\"\n\"班组\" = \"队伍\"\n\
                   \"人员数\" = \"人数\"\n\"隐患数\" = \"发现问题\"\n[values.\"队伍\"]\n\"01\" = \"红袖标\"\n";
    let imports = desk.join("imports");
    fs::create_dir(&imports).unwrap();
    let write = |days: &[(&str, &str)]| fs::write(place.join("巡查.xlsx"), exported(days)).unwrap();
    write(&[("2026-03-05", "0")]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(!has("红袖标"));
    fs::write(imports.join("平安.toml"), mapping).unwrap();
    assert_eq!(desk.check(&run).status, 0);
    assert!(has("红袖标") && !has("2026-03-06"));
    write(&[("2026-03-05", "0"), ("2026-03-06", "0")]);
    assert_eq!(desk.check(&run).status, 0);
    assert!(has("2026-03-06"));
    fs::write(imports.join("平安.toml"), mapping.replace("红袖标", "银龄")).unwrap();
    assert_eq!(desk.check(&run).status, 0);
    assert!(has("银龄") && !has("红袖标"));
    fs::write(imports.join("平安.toml"), mapping.replace("巡查日期", "巡逻日期")).unwrap();
    assert_eq!(desk.check(&run).status, 1);
    fs::remove_file(imports.join("平安.toml")).unwrap();
    assert_eq!(desk.check(&run).status, 0);
    assert!(!has("银龄"));
}

#[test]
fn groups_of_a_list_in_a_table_are_told_by_their_cells() {
    let kept = "名称,联系人1·称呼,联系人2·称呼\n社保,王主任,李干事\n民政,张干事,\n";
    let folder = site_with(&[
        ("content/_collections/counters.yaml", WINDOWS),
        ("content/xingfu/counters.csv", kept),
        ("counters.csv", &kept.replace("李干事", "孙干事")),
    ]);
    let (told, status) = run(folder.path(), &["counters.csv", "--write"]);
    assert!(told.contains("C2：李干事 → 孙干事") || told.contains("C2: 李干事 → 孙干事"), "{told}");
    assert!(status == Some(1) && told.contains("changed 1, the same 1"), "{told}");
}
