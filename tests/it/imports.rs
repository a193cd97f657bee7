//! Tables that other systems export, and lists that are kept in tables.

use std::{fs, path::Path};

use crate::{diagnostics::files_of, site};

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
