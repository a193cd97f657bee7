//! What offices type, and what pages make of it.

use linli::diagnostic::Severity;

use crate::{diagnostics, site};

/// The page of the list of records of a register, in the default theme.
fn page(zone: &str, fields: &str, records: &str) -> String {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    add("site.toml", format!("theme = \"default\"\ntime-zone = \"{zone}\"\n"));
    add("content/_collections/register.yaml", format!("title: 登记\nfields:\n{fields}"));
    add("content/xingfu/register.yaml", records.to_owned());
    let (told, pages) = site::build_at(&site::memory(&files), "2026-11-01");
    assert!(told.is_empty(), "{told:?}");
    String::from_utf8(pages["xingfu/register/index.html"].clone()).unwrap()
}

#[test]
fn times_are_shown_as_they_were_meant() {
    let fields = "  a: {type: time}\n  b: {type: time}\n";
    let shown = page(
        "Asia/Shanghai",
        fields,
        "- {a: 中午11点半, b: 晚上12点}\n- {a: 22:00:00, b: 次日1:00}\n",
    );
    for time in ["11:30", "24:00", "22:00", "次日01:00"] {
        assert!(shown.contains(&format!("<time>{time}</time>")), "{time}: {shown}");
    }
}

#[test]
fn moments_of_other_clocks_are_those_of_the_portal() {
    let fields = "  a: {type: date}\n  b: {type: datetime}\n";
    let records = "- {a: \"2026-11-20T23:30:00Z\", b: \"2026-11-20T23:30:00Z\"}\n";
    for (zone, day, moment) in [
        ("Asia/Shanghai", "2026-11-21", "07:30"),
        ("Asia/Tokyo", "2026-11-21", "08:30"),
        ("UTC", "2026-11-20", "23:30"),
    ] {
        let shown = page(zone, fields, records);
        assert!(shown.contains(&format!("datetime=\"{day}\"")), "{zone}: {shown}");
        assert!(shown.contains(moment), "{zone}: {shown}");
    }
}

#[test]
fn extensions_are_shown_as_written_and_dialled() {
    let fields =
        "  desk: {type: phone, work: true}\n  desks: {type: phone, work: true, several: true}\n";
    let records = "- desk: 0431-82550111-8003\n- desk: 0431-82550111 转 8003\n\
                   - desks: 0431-82550112 / 12345，82550113 82550114\n";
    let shown = page("Asia/Shanghai", fields, records);
    for (number, written) in [
        ("043182550111;ext=8003", "0431-82550111-8003"),
        ("043182550111;ext=8003", "0431-82550111 转 8003"),
        ("043182550112", "0431-82550112"),
        ("12345", "12345"),
        ("82550113", "82550113"),
        ("82550114", "82550114"),
    ] {
        let link = format!("href=\"tel:{number}\"");
        assert!(shown.contains(&link), "{link}: {shown}");
        assert!(shown.contains(&format!("<b>{written}</b>")), "{written}: {shown}");
    }
}

#[test]
fn a_notice_is_posted_from_its_date_on() {
    let posted = |settings: &str, keys: &str, moment: &str| {
        let mut files = diagnostics::files_of("_base");
        let text = format!("---\ntitle: 停水\ndate: 2026-12-10\n{keys}---\n\n停水。\n");
        files.insert("site.toml".to_owned(), format!("theme = \"plain\"\n{settings}").into());
        files.insert("content/xingfu/notices/later.md".to_owned(), text.into());
        let (told, pages) = site::build_at(&site::memory(&files), moment);
        assert_eq!(told, [], "{settings} {keys}");
        pages.contains_key("xingfu/notices/later/index.html")
    };
    let at_once = "[notices]\nfrom-date = false\n";
    for (settings, keys, moment, expected) in [
        ("", "", "2026-12-09T23:59:59", false),
        ("", "", "2026-12-10", true),
        ("", "publish_from: 2026-11-20\n", "2026-11-20", true),
        ("", "publish_from: 2026-12-12 08:00\n", "2026-12-12T07:59", false),
        ("", "draft: 是\n", "2026-12-10", false),
        (at_once, "", "2026-11-28", true),
        (at_once, "publish_from: 2026-12-12\n", "2026-12-10", false),
    ] {
        assert_eq!(posted(settings, keys, moment), expected, "{settings} {keys} {moment}");
    }
}

#[test]
fn a_person_is_one_however_the_name_is_spaced() {
    let built = |records: &str, notice: &str| {
        let mut files = diagnostics::files_of("_base");
        let declared = "title: 好事\nfields:\n  name: {type: person}\n  story: {type: markdown}\n";
        files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
        files.insert("content/_collections/deeds.yaml".to_owned(), declared.into());
        files.insert("content/xingfu/deeds.yaml".to_owned(), records.into());
        let notice = format!("---\ntitle: 感谢{notice}\ndate: 2026-11-01\n---\n\n感谢{notice}。\n");
        files.insert("content/xingfu/notices/thanks.md".to_owned(), notice.into());
        let (told, pages) = site::build(&site::memory(&files));
        let errors = told.iter().filter(|it| it.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{told:?}");
        let pages = pages.into_iter().filter(|(path, _)| path.starts_with("xingfu/"));
        pages.map(|(path, page)| path + &String::from_utf8(page).unwrap()).collect::<String>()
    };
    let said = |text: &str| ["王芳", "王 芳", "王　芳"].map(|it| text.contains(it));
    for (records, notice) in [
        ("- {name: 王 芳, story: 王芳扶起老人，王 芳没留姓名。}\n", "邻居"),
        ("- {name: 王　芳, basis: office, withdrawn: 2026-03-05}\n", "王　芳"),
        ("- {name: 王芳, basis: office, withdrawn: 2026-03-05}\n", "王 芳"),
        ("- {name: 王 芳, basis: office, withdrawn: 2026-03-05}\n", "王芳"),
    ] {
        let pages = built(records, notice);
        let kept: Vec<&str> = pages.lines().filter(|line| said(line).contains(&true)).collect();
        assert!(kept.is_empty(), "{kept:#?}");
    }
}

#[test]
fn a_range_of_buildings_is_each_of_them() {
    let mut files = diagnostics::files_of("_base");
    let grids = "- {grid: 一网格, buildings: 1-4栋、6栋, chief: 王秀英, officer: 李敏, phone: 0431-82550111}\n\
                 - {grid: 二网格, buildings: [黑水路7号楼至9号楼, 甲栋], chief: 王秀英, officer: 李敏, phone: 0431-82550112}\n";
    files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
    files.insert("content/xingfu/grids.yaml".to_owned(), grids.into());
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    let shown = String::from_utf8(pages["xingfu/grids/index.html"].clone()).unwrap();
    for words in ["1、2、3、4、6栋", "黑水路7、8、9号楼", "甲栋", "<b>9</b>"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn numbers_of_a_name_have_the_unit_that_their_records_say() {
    let mut files = diagnostics::files_of("_base");
    let records = "- {name: 物业费收缴, period: 2025, value: 48, unit: 户}\n\
                   - {name: 物业费收缴, period: 2026, value: 95, unit: 户}\n\
                   - {name: 收缴率, period: 2026, part: 1, whole: 4}\n\
                   - {name: 志愿者, period: 2026, value: 7, unit: 人}\n\
                   - {name: 志愿者, period: 2025, value: 5}\n";
    files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
    files.insert("content/xingfu/indicators.yaml".to_owned(), records.into());
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    let numbers = [("25", "%"), ("7", "人"), ("95", "户")];
    // The page of a place has two of them.
    for (page, numbers) in
        [("xingfu/index.html", &numbers[..2]), ("xingfu/indicators/index.html", &numbers[..])]
    {
        let shown = String::from_utf8(pages[page].clone()).unwrap();
        for (number, unit) in numbers {
            let words =
                format!("<span class=\"big\">{number}</span><span class=\"unit\">{unit}</span>");
            assert!(shown.contains(&words), "{page} {words}: {shown}");
        }
        assert!(shown.contains("<span class=\"was\">5</span>"), "{page}: {shown}");
    }
}

#[test]
fn records_with_long_titles_of_one_beginning_have_addresses_of_their_own() {
    let title = "长".repeat(90);
    let records = format!(
        "- {{title: {title}, day: 2026-02-01}}\n- {{title: {title}, day: 2026-01-01}}\n\
         - {{title: 短, day: 2026-01-01}}\n"
    );
    let mut files = diagnostics::files_of("_base");
    let declared = "title: 登记\nrecord-pages: {slug: [title, day]}\nfields:\n  \
                    title: {type: text}\n  day: {type: date}\n";
    files.insert("content/_collections/register.yaml".to_owned(), declared.into());
    files.insert("content/xingfu/register.yaml".to_owned(), records.into());
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    let first = "长".repeat(80);
    let own = [first.clone(), format!("{first}-2026-02-01"), "短-2026-01-01".to_owned()];
    for address in own {
        assert!(pages.contains_key(&format!("xingfu/register/{address}/index.html")), "{address}");
    }
}

/// The page of a list of the built-in patrols, from a table.
fn patrols(table: &str) -> String {
    let mut files = diagnostics::files_of("_base");
    files.insert("site.toml".to_owned(), b"theme = \"default\"\n".to_vec());
    files.insert("content/xingfu/patrols.csv".to_owned(), table.as_bytes().to_vec());
    let (told, pages) = site::build_at(&site::memory(&files), "2026-11-01");
    assert!(told.iter().all(|it| it.severity == Severity::Warning), "{told:?}");
    let page = String::from_utf8(pages["xingfu/patrols/index.html"].clone()).unwrap();
    let (_, main) = page.split_once("<main").unwrap();
    main.split_once("</main>").unwrap().0.to_owned()
}

#[test]
fn tables_of_offices_are_those_of_programs() {
    let plain = patrols(
        "date,team,members,hours,found,handled\n\
         2026-03-05,红袖标,12,2,0,\n2026-03-05,夜鹰,11,2,1,\n2026-03-05,银龄,9,1.5,0,\n",
    );
    let rows = "2026/3/5,红袖标,12,2,0,-\n,夜鹰,11,2,1,/\n,银龄,9,1.5,0,无\n";
    let numbered = "1,2026-03-05,红袖标,12,2,0,—,雨\n2,,夜鹰,11,2,1,,\n3,,银龄,9,1.5,0,,\n";
    for table in [
        format!("日期,队伍,人数（人）,时长(小时),发现问题,已处置\n{rows}"),
        format!(
            "平安巡防登记表\n\n*日期,队 伍,\"人数\n（人）\",时长(小时),发现问题(件),已处置,,\n{rows}"
        ),
        format!(
            "sep=,\r\n序号,日期,队伍,人数,时长,发现问题,已处置,备注\n{numbered}合计,,,32,5.5,1,,\n"
        ),
        format!("日期,队伍,人数,时长,发现问题,已处置\n{rows}注：以上时长按半小时计,,,,,\n")
            .replace(',', "\t"),
    ] {
        assert_eq!(patrols(&table), plain, "{table}");
    }
}

#[test]
fn several_choices_may_have_slashes_between() {
    let fields = "  a: {type: choice, several: true, choices: [律师, 警官, 医/护]}\n";
    let shown = page("Asia/Shanghai", fields, "- a: 律师/警官\n- a: 医/护、警官\n");
    for word in ["律师", "警官", "医/护"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
}

#[test]
fn a_section_is_called_by_its_title() {
    let mut files = diagnostics::files_of("_base");
    files.insert("site.toml".to_owned(), b"theme = \"default\"\n".to_vec());
    let text =
        "---\n标题: 停水\n日期: 2026-10-20\n栏目: 服务善治\n置顶: 是\n---\n\n今晚八点停水。\n";
    files.insert("content/xingfu/notices/a.md".to_owned(), text.as_bytes().to_vec());
    let (told, pages) = site::build_at(&site::memory(&files), "2026-11-01");
    assert!(told.is_empty(), "{told:?}");
    let page = String::from_utf8(pages["sections/service/index.html"].clone()).unwrap();
    assert!(page.contains("停水"), "{page}");
}
