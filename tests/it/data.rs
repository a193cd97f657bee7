//! The data that anybody may download: it is read back by other programs' readers, and holds what the
//! pages show.

use std::{collections::BTreeMap, io::Cursor};

use assert_cmd::Command;
use linli::{clock::Clock, diagnostic::Severity};
use quick_xml::events::Event;
use serde_json::Value;

use crate::site::{self, Files, TODAY};

/// The sample portal, as published. It must be without errors.
fn sample() -> Files {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = site::files_under(root, "content");
    files.insert("site.toml".to_owned(), std::fs::read(root.join("site.toml")).unwrap());
    built(&files)
}

fn built(files: &Files) -> Files {
    let (told, published) = site::build(&site::memory(files));
    let errors: Vec<_> = told.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    published
}

/// A portal with a street, a community in it, and a collection of theirs.
fn portal(settings: &str, declaration: &str, records: &str) -> Files {
    let files = [
        ("site.toml", settings),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\n"),
        ("content/_collections/register.yaml", declaration),
        ("content/yi/register.yaml", records),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

/// The names of the columns of a table, and its rows.
fn csv(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text);
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let columns = texts(reader.headers().unwrap());
    (columns, reader.records().map(|row| texts(&row.unwrap())).collect())
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// A cell of JSON as CSV has it.
fn as_csv(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(as_csv).collect::<Vec<_>>().join(";"),
        value => value.to_string(),
    }
}

/// The packages of a portal by the folder that they stand in, each with its tables by name.
fn packages(files: &Files) -> BTreeMap<&str, BTreeMap<String, Value>> {
    let packages = files.iter().filter_map(|(path, bytes)| {
        let folder = path.strip_suffix("datapackage.json")?;
        let package = json(bytes);
        let tables = package["resources"].as_array().unwrap().iter();
        let tables = tables.map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone()));
        Some((folder, tables.collect()))
    });
    packages.collect()
}

#[test]
fn every_table_is_as_its_package_says() {
    let files = sample();
    let packages = packages(&files);
    assert!(packages.len() > 5 && packages.contains_key("data/all/"), "{:?}", packages.keys());
    let mut tables = 0;
    for (folder, (name, table)) in
        packages.iter().flat_map(|(folder, all)| all.iter().map(move |it| (folder, it)))
    {
        let (columns, rows) = csv(&files[&format!("{folder}{name}.csv")]);
        let fields = table["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(columns, names, "{folder}{name}");
        assert_eq!(rows.len() as u64, table["rows"].as_u64().unwrap(), "{folder}{name}");
        let objects = json(&files[&format!("{folder}{name}.json")]);
        let objects = objects.as_array().unwrap();
        assert_eq!(objects.len(), rows.len(), "{folder}{name}");
        for (row, object) in rows.iter().zip(objects) {
            let object = object.as_object().unwrap();
            assert_eq!(object.len(), columns.len());
            let other: Vec<String> = columns.iter().map(|it| as_csv(&object[it])).collect();
            assert_eq!(*row, other, "{folder}{name}");
        }
        tables += 1;
    }
    let written = files.keys().filter(|path| path.contains("data/") && path.ends_with(".csv"));
    assert_eq!(written.count(), tables);
}

#[test]
fn tables_over_all_places_are_those_of_the_places_together() {
    let files = sample();
    let packages = packages(&files);
    for (name, _) in packages["data/all/"].iter().filter(|(name, _)| *name != "places") {
        let (columns, rows) = csv(&files[&format!("data/all/{name}.csv")]);
        let mut together: Vec<Vec<String>> = Vec::new();
        for folder in packages.keys().filter(|folder| **folder != "data/all/") {
            if let Some(own) = files.get(&format!("{folder}{name}.csv")) {
                let (own_columns, own) = csv(own);
                assert_eq!(own_columns, columns, "{folder}{name}");
                together.extend(own);
            }
        }
        let mut rows = rows;
        rows.sort();
        together.sort();
        assert_eq!(rows, together, "{name}");
        let (_, places) = csv(&files["data/all/places.csv"]);
        let is_place = |row: &Vec<String>| places.iter().any(|place| place[0] == row[0]);
        assert!(rows.iter().all(is_place), "{name}");
    }
}

/// The number of a figure on a page.
fn figure(page: &[u8], label: &str) -> Option<f64> {
    let page = str::from_utf8(page).unwrap();
    let (_, rest) = page.split_once(&format!("<dt>{label}</dt>"))?;
    let shown: String = rest.split('<').filter_map(|it| Some(it.split_once('>')?.1)).collect();
    let number = shown.trim_start().replace(',', "");
    number.split(|it: char| !it.is_ascii_digit() && it != '.').next()?.parse().ok()
}

#[test]
fn figures_are_made_from_the_rows() {
    let files = sample();
    let mut compared = 0;
    for (path, bytes) in &files {
        let Some((place, name)) = path.strip_suffix(".csv").and_then(|it| it.split_once("data/"))
        else {
            continue;
        };
        let (all, name) = match name.strip_prefix("all/") {
            Some(name) => ("all/", name),
            None => ("", name),
        };
        let (columns, rows) = csv(bytes);
        let sum = |column: &str| -> f64 {
            let index = columns.iter().position(|it| it == column).unwrap();
            rows.iter().filter_map(|row| row[index].parse::<f64>().ok()).sum()
        };
        let count = f64::from(u32::try_from(rows.len()).unwrap());
        let expected: Vec<(&str, f64)> = match name {
            "honors" => vec![("累计表彰", count)],
            "patrols" => vec![("巡防次数", count), ("巡防时长", sum("hours"))],
            _ => continue,
        };
        let page = &files[&format!("{place}{name}/{all}index.html")];
        for (label, number) in expected {
            let shown = figure(page, label).unwrap_or_else(|| panic!("{path}: {label}"));
            assert!((shown - number).abs() < 0.01, "{path}: {label} {shown} {number}");
            compared += 1;
        }
    }
    assert!(compared > 8, "{compared}");
}

const FIELDS: &str = "title: {zh-CN: 登记, en: Register}
description: 各种各样的内容
fields:
  text: {type: text, label: 文字}
  markdown: {type: markdown, label: 正文}
  integer: {type: integer, label: 整数, unit: 度}
  count: {type: count, label: 人数, required: true, max: 99}
  decimal: {type: decimal, label: 小数}
  percent: {type: percent, label: 比例}
  money: {type: money, label: 金额}
  boolean: {type: boolean, label: 是否, required: true}
  date: {type: date, label: 日期, required: true}
  month: {type: month, label: 月份}
  year: {type: year, label: 年份}
  period: {type: period, label: 时期}
  time: {type: time, label: 时间}
  datetime: {type: datetime, label: 时刻}
  choice: {type: choice, label: 状态, choices: [{value: open, label: {zh-CN: 办理中, en: Open}}]}
  person: {type: person, label: 姓名}
  phone: {type: phone, work: true, label: 电话}
  email: {type: email, work: true, label: 邮箱}
  url: {type: url, label: 网址}
  place: {type: place, label: 地点}
  address: {type: address, work: true, label: 地址}
  several: {type: text, several: true, label: 几个}
  secret: {type: text, privacy: internal, label: 内部}
date: date
key: [date]
";

const RECORD: &str = "- text: \"=1+1\"
  markdown: \"见**公告**，<b>好</b><!-- zqsecret -->。\"
  integer: -3
  count: 12
  decimal: 1.50
  percent: 95.5%
  money: 12.5
  boolean: 是
  date: 2026-03-05
  month: 2026-03
  year: 2026
  period: 2026-03
  time: 次日1:30
  datetime: 2026-03-05 9:30
  choice: open
  person: 王秀兰
  phone: \"+86 431-8255-0111\"
  email: a@example.cn
  url: https://example.cn/
  place: yi
  address: 凯旋街道 12 号
  several: [一, \"二;三\"]
  secret: zqsecret
  basis: office
";

/// Every column of a table of one row: its name, its cell in CSV and in JSON.
const CELLS: [(&str, &str, &str); 26] = [
    ("place.path", "/yi/", "\"/yi/\""),
    ("place.name", "乙社区", "\"乙社区\""),
    ("text", "'=1+1", "\"=1+1\""),
    ("markdown", "见公告，好。", "\"见公告，好。\""),
    ("integer", "-3", "-3"),
    ("count", "12", "12"),
    ("decimal", "1.5", "1.5"),
    ("percent", "95.5", "95.5"),
    ("money", "12.50", "12.50"),
    ("boolean", "true", "true"),
    ("date", "2026-03-05", "\"2026-03-05\""),
    ("month", "2026-03", "\"2026-03\""),
    ("year", "2026", "\"2026\""),
    ("period", "2026-03", "\"2026-03\""),
    ("time", "25:30", "\"25:30\""),
    ("datetime", "2026-03-05T09:30", "\"2026-03-05T09:30\""),
    ("choice", "open", "\"open\""),
    ("choice.label", "办理中", "\"办理中\""),
    ("person", "王秀兰", "\"王秀兰\""),
    ("phone", "+86 431-8255-0111", "\"+86 431-8255-0111\""),
    ("email", "a@example.cn", "\"a@example.cn\""),
    ("url", "https://example.cn/", "\"https://example.cn/\""),
    ("place", "/yi/", "\"/yi/\""),
    ("place.label", "乙社区", "\"乙社区\""),
    ("address", "凯旋街道 12 号", "\"凯旋街道 12 号\""),
    ("several", "一;二；三", "[\"一\",\"二;三\"]"),
];

#[test]
fn each_type_of_field_has_its_form() {
    let files = built(&portal("title = \"甲\"\n", FIELDS, RECORD));
    let (columns, rows) = csv(&files["yi/data/register.csv"]);
    assert_eq!(columns, CELLS.map(|(name, ..)| name));
    assert_eq!(rows, [CELLS.map(|(_, cell, _)| cell.to_owned()).to_vec()]);
    let cells = CELLS.map(|(name, _, cell)| format!("\"{name}\":{cell}"));
    let expected = format!("[\n{{{}}}\n]\n", cells.join(","));
    assert_eq!(String::from_utf8_lossy(&files["yi/data/register.json"]), expected);
    let secret = files.iter().find(|(_, bytes)| memchr::memmem::find(bytes, b"zqsecret").is_some());
    assert_eq!(secret.map(|(path, _)| path), None);
}

/// The cells of the first sheet of a workbook, and its XML.
fn workbook(bytes: &[u8]) -> (Vec<Vec<String>>, String) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        all += &std::io::read_to_string(archive.by_index(index).unwrap()).unwrap();
    }
    let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    let sheet = std::io::read_to_string(sheet).unwrap();
    let (mut rows, mut reader) = (Vec::new(), quick_xml::Reader::from_str(&sheet));
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "row" => rows.push(Vec::new()),
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "c" => {
                rows.last_mut().unwrap().push(String::new());
            }
            Event::Text(text) if !rows.is_empty() => {
                rows.last_mut().unwrap().last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return (rows, all),
            _ => {}
        }
    }
}

#[test]
fn a_workbook_has_texts_as_texts() {
    let files = built(&portal("", &format!("{FIELDS}data: xlsx\n"), RECORD));
    let bytes = &files["yi/data/register.xlsx"];
    let (rows, xml) = workbook(bytes);
    let cells = CELLS.map(|(name, cell, _)| match name {
        "text" => "=1+1",
        "boolean" => "1",
        // The day as spreadsheets count.
        "date" => "46086",
        "several" => "一; 二;三",
        _ => cell,
    });
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][..4], ["地点路径", "地点", "文字", "正文"]);
    assert_eq!(rows[1], cells);
    assert!(!xml.contains("zqsecret") && !xml.contains("<f>"), "{xml}");
    assert!(xml.contains("<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">+86 431"));
    assert_eq!(workbook(&files["data/all/register.xlsx"]).0, rows);
    let page = String::from_utf8_lossy(&files["yi/data/index.html"]);
    assert!(page.contains("href=\"/yi/data/register.xlsx\""), "{page}");
}

#[test]
fn a_street_offers_the_records_of_all_its_places_where_the_declaration_says_so() {
    let declaration = "title: 登记\nfields:\n  name: {type: text, required: true}\n";
    let built_with = |line: &str| {
        let mut files = portal("", &format!("{declaration}{line}"), "- name: 一\n- name: 二\n");
        let more = [
            ("content/place.yaml", "name: 市\nlevel: city\n"),
            ("content/jie/place.yaml", "name: 甲街道\nlevel: street\n"),
            ("content/jie/register.yaml", "- name: 三\n"),
            ("content/jie/bing/place.yaml", "name: 丙社区\nlevel: community\n"),
            ("content/jie/bing/register.yaml", "- name: 四\n- name: 五\n"),
            ("content/wu/place.yaml", "name: 戊街道\nlevel: street\n"),
        ];
        files.extend(more.map(|(path, text)| (path.to_owned(), text.into())));
        built(&files)
    };
    let files = built_with("data-at: street\n");
    let whole: Vec<&String> = files.keys().filter(|it| it.contains("data/all/register.")).collect();
    let folders = ["data/all/register.csv", "data/all/register.json", "jie/data/all/register.csv"];
    assert_eq!(whole[..3], folders);
    assert_eq!((whole.len(), whole[3].as_str()), (4, "jie/data/all/register.json"));
    let (_, rows) = csv(&files["jie/data/all/register.csv"]);
    let rows: Vec<(&str, &str)> = rows.iter().map(|it| (&*it[0], &*it[2])).collect();
    assert_eq!(rows, [("/jie/", "三"), ("/jie/bing/", "四"), ("/jie/bing/", "五")]);
    let package = json(&files["jie/data/all/datapackage.json"]);
    assert_eq!(
        (&package["title"], &package["resources"][0]["rows"]),
        (&"甲街道".into(), &3.into())
    );
    let page = String::from_utf8_lossy(&files["jie/data/index.html"]);
    for link in ["/jie/data/register.csv", "/jie/data/all/register.csv"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{page}");
    }
    let of = |page: &str| String::from_utf8_lossy(&files[page]).into_owned();
    assert!(of("jie/register/all/index.html").contains("href=\"/jie/data/#register\""));
    assert!(of("register/all/index.html").contains("href=\"/data/#register\""));
    let files = built_with("");
    assert!(!files.contains_key("jie/data/all/register.csv"));
    assert!(files.contains_key("data/all/register.csv"));
    let (told, _) =
        site::build(&site::memory(&portal("", &format!("{declaration}data-at: strait\n"), RECORD)));
    assert_eq!(told[0].code.name(), "unknown-choice");
}

#[test]
fn columns_that_are_not_as_they_were_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let files = portal("", FIELDS, RECORD);
    site::write(folder.path(), &files);
    let package = folder.path().join("old.json");
    let old = r#"{"resources": [{"name": "register", "schema": {"fields": [
        {"name": "place.path"}, {"name": "place.name"}, {"name": "weather"}, {"name": "markdown"}]}}]}"#;
    let run = |package: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.env_clear().args(["--lang", "zh-CN", "--site"]).arg(folder.path());
        command.args(["check", "--as-of", TODAY, "--against"]).arg(package);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    std::fs::write(&package, &built(&files)["data/all/datapackage.json"]).unwrap();
    let (status, said) = run(&package);
    assert!(status == Some(0) && !said.contains("data-columns"), "{said}");
    std::fs::write(&package, old).unwrap();
    let (status, said) = run(&package);
    assert_eq!(status, Some(0), "{said}");
    for told in ["以前有 weather 这一栏", "新的一栏 text 插在", "移到声明里各项的最后"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    // Nobody has a record any longer, though the declaration is there.
    std::fs::write(&package, &built(&files)["yi/data/datapackage.json"]).unwrap();
    std::fs::remove_file(folder.path().join("content/yi/register.yaml")).unwrap();
    let (status, said) = run(&package);
    assert!(status == Some(0) && said.contains("以前可以下载 register 的数据"), "{said}");
    std::fs::write(&package, "{}").unwrap();
    assert_eq!(run(&package).0, Some(2));
}

#[test]
fn a_package_says_what_the_columns_are() {
    let settings =
        "title = \"甲\"\nbase-url = \"https://a.example/p\"\n[data]\nlicence = \"CC-BY-4.0\"\n";
    let declaration = format!("{FIELDS}suppress: {{below: 5, under: community}}\n");
    let files = built(&portal(settings, &declaration, RECORD));
    let package = json(&files["yi/data/datapackage.json"]);
    assert_eq!(package["id"], "https://a.example/p/yi/data/datapackage.json");
    assert_eq!(package["homepage"], "https://a.example/p/yi/data/");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    let table = &package["resources"][0];
    assert_eq!(table["temporal"], serde_json::json!({"start": "2026-03-05", "end": "2026-03-05"}));
    let schema = &table["schema"];
    assert_eq!(schema["primaryKey"], serde_json::json!(["place.path", "date"]));
    let hidden: Vec<_> = schema["missingValues"].as_array().unwrap().iter().collect();
    assert_eq!(hidden[1], &serde_json::json!({"value": "<5", "label": "少于 5，不公布"}));
    let field = |name: &str| {
        schema["fields"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap().clone()
    };
    let choice = field("choice");
    assert_eq!(choice["categories"], serde_json::json!([{"value": "open", "label": "办理中"}]));
    for (name, kind) in [
        ("integer", "integer"),
        ("money", "number"),
        ("boolean", "boolean"),
        ("date", "date"),
        ("month", "yearmonth"),
        ("year", "year"),
        ("time", "string"),
        ("several", "list"),
    ] {
        assert_eq!(field(name)["type"], kind, "{name}");
    }
    assert_eq!(field("integer")["description"], "单位：度");
    // A count may be hidden, a name masked.
    assert_eq!(field("count")["constraints"], serde_json::json!({"minimum": 0, "maximum": 99}));
    assert_eq!(field("date")["constraints"], serde_json::json!({"required": true}));
}

#[test]
fn counts_that_are_too_small_are_no_numbers() {
    let declaration = "title: 登记\nfields:\n  month: {type: month, label: 月份, required: true}\n  \
                       count: {type: count, label: 人数}\nkey: [month]\n\
                       suppress: {below: 5, under: city}\n";
    let files = built(&portal(
        "",
        declaration,
        "- {month: 2026-01, count: 3}\n- {month: 2026-02, count: 0}\n",
    ));
    let (_, rows) = csv(&files["yi/data/register.csv"]);
    assert_eq!(rows.iter().map(|row| &*row[3]).collect::<Vec<_>>(), ["<5", "0"]);
    assert_eq!(json(&files["data/all/register.json"])[0]["count"], "<5");
}

/// Whether there are files with data of a collection, and a page of data.
fn has_data(files: &Files) -> (bool, bool) {
    let is_table = |path: &&String| path.contains("data/") && path.contains("register.");
    let is_page = |path: &&String| path.ends_with("data/index.html");
    (files.keys().any(|it| is_table(&it)), files.keys().any(|it| is_page(&it)))
}

#[test]
fn data_stays_out_where_somebody_says_so() {
    let of = |settings: &str, more: &str| {
        has_data(&built(&portal(settings, &format!("{FIELDS}{more}"), RECORD)))
    };
    assert_eq!(of("", ""), (true, true));
    assert_eq!(of("", "data: true\n"), (true, true));
    assert_eq!(of("", "data: false\n"), (false, false));
    assert_eq!(of("[outputs]\ndata = false\n", ""), (false, false));
}

#[test]
fn a_preview_has_no_files_over_all_places_and_says_so() {
    let world = site::memory(&portal("", FIELDS, RECORD));
    let mut settings = site::settings(&world, TODAY);
    settings.config.preview = true;
    settings.clock = Clock::parse(TODAY, &settings.config.time_zone).unwrap();
    let (_, files) = site::build_by(&world, &settings);
    assert!(files.contains_key("yi/data/register.csv"));
    assert!(!files.keys().any(|path| path.starts_with("data/all/")));
    let page = String::from_utf8_lossy(&files["data/index.html"]);
    let section = page.split("id=\"register\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains("运行 linli build") && !page.contains("data/all/"), "{page}");
    let (_, files) = site::build(&world);
    assert!(!String::from_utf8_lossy(&files["data/index.html"]).contains("预览里没有"));
}

#[test]
fn the_page_says_what_columns_and_figures_are_in_sight() {
    let settings =
        "title = \"甲\"\nbase-url = \"https://a.example/p\"\n[data]\nlicence = \"CC-BY-4.0\"\n";
    let declaration = "title: 登记\nfields:\n  day: {type: date, label: 日子, required: true}\n  \
                       name: {type: person, label: 姓名}\n  photo: {type: image, label: 照片}\n  off: {type: boolean, label: 暂停}\n\
                       date: day\nkey: [day]\nfigures:\n  year: {measure: count, when: this-year, where: {off: 否}, \
                       label: 今年}\n";
    let files = built(&portal(settings, declaration, "- {day: 2026-03-05}\n"));
    let page = String::from_utf8_lossy(&files["data/index.html"]);
    let (seen, folded) = page.split_once("<details>").unwrap();
    for wanted in [
        "<b>各列：</b>地点路径、地点、日子、姓名、照片、暂停</p>",
        "<dd>记录的条数，只算：没写“暂停”，只算当年的</dd>",
    ] {
        assert!(seen.contains(wanted), "{wanted}: {page}");
    }
    assert!(!folded.contains("</details>\n<details>"), "{page}");
    assert!(folded.contains("<td>图片的网址 姓名隐去的人没有照片</td>"), "{page}");
    assert!(
        page.contains("要注明来源") && page.contains("署名 4.0 国际许可协议（CC-BY-4.0）"),
        "{page}"
    );
    // At a place the way to what columns mean leads to the same list.
    let own = String::from_utf8_lossy(&files["yi/data/index.html"]);
    assert!(own.contains("href=\"/p/data/#register\">登记：各列的意思"), "{own}");
    let package = json(&files["yi/data/datapackage.json"]);
    let photo = &package["resources"][0]["schema"]["fields"][4];
    assert_eq!(
        (&photo["name"], &photo["description"]),
        (&"photo".into(), &"姓名隐去的人没有照片".into())
    );
}

#[test]
fn figures_lead_to_the_rows_that_they_are_made_from() {
    let files = sample();
    for (page, link) in [
        ("changshan/honors/index.html", "/changshan/data/#honors"),
        ("honors/all/index.html", "/data/#honors"),
    ] {
        let text = String::from_utf8_lossy(&files[page]);
        assert!(text.contains(&format!("class=\"source\"><a href=\"{link}\"")), "{page}: {link}");
    }
    // On pages of places the numbers are the links.
    let text = String::from_utf8_lossy(&files["kaixuan/index.html"]);
    assert!(text.contains("<dd><a href=\"/data/#honors\"><b>"), "{text}");
    let text = String::from_utf8_lossy(&files["index.html"]);
    assert!(text.contains("<a href=\"/data/#zero-incident\"><span class=\"big\">"), "{text}");
}
