//! What is shown of persons, and when records are posted. What the commands tell of both stands in
//! `told`.

mod exposed;
mod owed;
mod told;
mod withdrawn;

use std::collections::BTreeMap;

use linli::diagnostic::Code;

use crate::{
    diagnostics,
    site::{self, Files, TODAY},
};

const MODES: [&str; 3] = ["full", "masked", "surname"];

/// The files of a portal with these in it, whose pages are all that templates are given.
fn portal(files: &[(&str, &str)]) -> Files {
    let mut all = diagnostics::files_of("_base");
    all.insert("site.toml".to_owned(), "theme = \"bare\"\n".into());
    site::add_bare_theme(&mut all);
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    all
}

/// A declaration with these lines in it, and its records.
fn deeds<'a>(declared: &'a str, records: &'a str) -> [(&'a str, &'a str); 2] {
    [("content/_collections/deeds.yaml", declared), ("content/xingfu/deeds.yaml", records)]
}

const PERSONS: &str = "title: 好事\nfields:\n  id: {type: text}\n  name: {type: person}\n  \
                       story: {type: text}\n  card: {type: id-number}\n";

/// What a page shows of each record, by its `id`: the text up to the next record.
fn shown(files: &Files, moment: &str) -> BTreeMap<String, String> {
    let (told, pages) = site::build_at(&site::memory(files), moment);
    assert_eq!(linli::diagnostic::count(&told).0, 0, "{told:?}");
    let Some(page) = pages.get("xingfu/deeds/index.html") else { return BTreeMap::new() };
    let page = std::str::from_utf8(page).unwrap();
    let page = page.lines().find(|it| it.starts_with("records: ")).unwrap();
    let record = |it: &str| {
        let (id, rest) = it.split_once('"').unwrap();
        (id.to_owned(), rest.to_owned())
    };
    page.split("\"id\": \"").skip(1).map(record).collect()
}

/// What is shown in place of `王秀英`.
fn name(mode: &str) -> &'static str {
    match mode {
        "full" => "\"name\": \"王秀英\"",
        "masked" => "\"name\": \"王**\"",
        _ => "\"name\": \"王某\"",
    }
}

#[test]
fn the_strictest_rule_for_names_counts() {
    for site in MODES {
        for declared in ["", "full", "masked", "surname"] {
            for file in ["", "masked"] {
                check_strictest(site, declared, file);
            }
        }
    }
}

fn check_strictest(site: &str, declared: &str, file: &str) {
    const OWN: [&str; 4] = ["", "full", "masked", "surname"];
    let line = |mode: &str| if mode.is_empty() { "" } else { "names: " }.to_owned() + mode + "\n";
    let record = |own: &str| {
        let said = line(own).replace("names", ", names");
        format!("- {{id: x{own}, name: 王秀英, story: 王秀英来了{}}}\n", said.trim_end())
    };
    let records = format!("basis: office\n{}records:\n{}", line(file), OWN.map(record).concat());
    let mut files = portal(&deeds(&format!("{}{PERSONS}", line(declared)), &records));
    let settings = format!("theme = \"bare\"\n[privacy]\nnames = \"{site}\"\n");
    files.insert("site.toml".to_owned(), settings.into());
    let shown = shown(&files, TODAY);
    for own in OWN {
        let rank = |mode: &&str| MODES.iter().position(|it| it == mode);
        let strictest = [site, declared, file, own].into_iter().max_by_key(rank).unwrap();
        let text = &shown[&format!("x{own}")];
        assert!(text.contains(name(strictest)), "{site} {declared} {file} {own}: {text}");
        assert_eq!(text.contains("王秀英来了"), strictest == "full", "{text}");
    }
}

#[test]
fn names_are_shown_where_there_is_a_basis() {
    let consent = "basis: consent, basis_reference: 同意书 3 号, basis_date: 2026-01-02";
    let law = "公开依据: 法定公开, 依据文号: 条例第十条, 依据日期: 2026年1月2日";
    let records = format!(
        "- {{id: none, name: 王秀英}}\n- {{id: office, name: 王秀英, basis: office}}\n\
         - {{id: consent, name: 王秀英, {consent}}}\n- {{id: law, name: 王秀英, {law}}}\n\
         - {{id: no-paper, name: 王秀英, basis: consent, basis_date: 2026-01-02}}\n\
         - {{id: no-date, name: 王秀英, basis: statutory, basis_reference: 条例}}\n"
    );
    let full = |declared: &str, records: &str| {
        let files = portal(&deeds(&format!("{declared}{PERSONS}"), records));
        let shown = shown(&files, TODAY).into_iter();
        shown
            .map(|(id, text)| (id, text.contains(name("full"))))
            .filter(|it| it.1)
            .map(|it| it.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(full("", &records), ["consent", "law", "office"]);
    // A paper that is not there is no reason, and lets no other one count.
    let all = ["consent", "law", "none", "office"];
    assert_eq!(full("basis: office\n", &records), all);
    assert_eq!(full("basis: {kind: statutory, reference: 条例第十条}\n", &records), all);
    let inner = records.replace("- {", "  - {");
    assert_eq!(full("", &format!("basis: office\nrecords:\n{inner}")), all);
    let table =
        "id,name,公开依据,依据文号,依据日期\na,王秀英,本人同意,同意书,2026-01-02\nb,王秀英,,,\n";
    let mut files = portal(&deeds(PERSONS, ""));
    files.remove("content/xingfu/deeds.yaml");
    files.insert("content/xingfu/deeds.csv".to_owned(), table.into());
    let shown = shown(&files, TODAY);
    assert!(shown["a"].contains(name("full")) && shown["b"].contains(name("masked")));
}

#[test]
fn a_basis_counts_from_its_day_on() {
    let records = "- id: a\n  name: 王秀英\n  basis: consent\n  basis_reference: 同意书9\n  \
                   basis_date: 2026-06-01\n";
    let files = portal(&deeds(PERSONS, records));
    for (moment, mode) in [("2026-05-31T23:59", "masked"), ("2026-06-01T00:00", "full")] {
        assert!(shown(&files, moment)["a"].contains(name(mode)), "{moment}");
        let (told, _) = site::build_at(&site::memory(&files), moment);
        assert_eq!(told.iter().any(|it| it.code == Code::FutureDate), mode == "masked", "{moment}");
    }
}

#[test]
fn a_number_that_is_masked_dials_nothing() {
    let declared = "title: 好事\nfields:\n  name: {type: text}\n  phone: {type: phone, privacy: public}\n  \
                    mail: {type: email, privacy: public}\n";
    let records = "- {name: 甲, phone: 13804312288, mail: zhang@example.cn}\n\
                   - {name: 乙, phone: 13804312288, mail: zhang@example.cn, basis: consent, \
                   basis_reference: 同意书9, basis_date: 2026-01-01}\n";
    let mut files = portal(&deeds(declared, records));
    files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
    let (_, pages) = site::build_at(&site::memory(&files), "2026-06-01");
    let links = |page: &str| -> Vec<String> {
        let links = page.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
        let links = links.filter(|it| it.starts_with("tel:") || it.starts_with("mailto:"));
        links.map(str::to_owned).collect()
    };
    let list = links(str::from_utf8(&pages["xingfu/deeds/index.html"]).unwrap());
    assert_eq!(list, ["tel:13804312288", "mailto:zhang@example.cn"]);
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let wrong: Vec<_> = links(str::from_utf8(page).unwrap())
            .into_iter()
            .filter(|it| it != "tel:13804312288" && it != "mailto:zhang@example.cn")
            .collect();
        assert_eq!(wrong, [] as [&str; 0], "{path}");
    }
}

/// What is drawn is read like a page.
#[test]
fn texts_of_drawings_are_searched() {
    let svg =
        |text: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{text}</text></svg>");
    let notice = "---\ntitle: 通知\ndate: 2026-11-02\n---\n\n![图](a.svg)\n";
    let told = |text: &str| {
        let drawing = svg(text);
        let files = portal(&[
            ("content/xingfu/notices/notice.md", notice),
            ("content/xingfu/notices/a.svg", &drawing),
        ]);
        let (told, _) = site::build_at(&site::memory(&files), "2026-11-23");
        told.into_iter().map(|it| it.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(told("办事指南"), [""; 0]);
    for text in ["电话13812345678", "110105<tspan>19491231002X</tspan>", "138&#49;2345678"] {
        assert_eq!(told(text), ["leak-in-attachment", "personal-data-in-output"], "{text}");
    }
}

#[test]
fn minors_are_masked_until_their_birthday() {
    let records = "- {id: said, name: 王秀英, minor: 是}\n- {id: born, name: 王秀英, born: 2008-11-24}\n\
                   - {id: leap, name: 王秀英, born: 2008-02-29}\n\
                   - {id: card, name: 王秀英, card: 11010520081124018X}\n\
                   - {id: digits, name: 王秀英, card: 110105200811240024}\n\
                   - {id: grown, name: 王秀英, card: 11010519491231002X, born: 1949-12-31}\n";
    let files = portal(&deeds(&format!("basis: office\n{PERSONS}"), records));
    let masked = |moment: &str| {
        let shown = shown(&files, moment).into_iter();
        shown.filter(|(_, text)| text.contains(name("masked"))).map(|it| it.0).collect::<Vec<_>>()
    };
    assert_eq!(masked("2026-02-27T23:59"), ["born", "card", "digits", "leap", "said"]);
    assert_eq!(masked("2026-11-23T23:59"), ["born", "card", "digits", "said"]);
    assert_eq!(masked("2026-11-24T00:00"), ["said"]);
    assert_eq!(masked("2099-01-01"), ["said"]);
}

#[test]
fn from_the_day_on_who_withdrew_is_not_named() {
    let records = "- {id: gone, name: 王秀英, story: 王秀英来了, basis: office, withdrawn: 2026-11-23}\n\
                   - {id: stays, name: 王秀英, basis: office}\n";
    let optional = portal(&deeds(PERSONS, records));
    let required = PERSONS.replace("name: {type: person}", "name: {type: person, required: true}");
    let required = portal(&deeds(&required, records));
    let [before, after] = ["2026-11-22T23:59", "2026-11-23T00:00"];
    for files in [&optional, &required] {
        assert!(shown(files, before)["gone"].contains(name("full")));
        // Whoever it is, at the same place nobody of that name is named.
        assert!(shown(files, after)["stays"].contains(name("masked")));
    }
    let gone = &shown(&optional, after)["gone"];
    assert!(!gone.contains('英') && gone.contains("王某来了"), "{gone}");
    assert!(!shown(&required, after).contains_key("gone"));
}

#[test]
fn every_type_has_its_mask() {
    let declared = "title: 好事\nfields:\n  id: {type: text}\n  name: {type: person}\n  \
                    phone: {type: phone}\n  mail: {type: email}\n  home: {type: address}\n  \
                    hint: {type: text, privacy: masked}\n";
    let records = "- {id: zh, name: 欧阳修远, phone: 13800138000, mail: wang.xy@example.cn, home: 幸福路 3 号楼 2 单元 501 室, hint: 低保户}\n\
                   - {id: en, name: Mary Wang, phone: 0431-8255-0001, mail: w@example.cn}\n";
    for (mode, zh, en) in [("masked", "欧阳**", "M. W."), ("surname", "欧阳某", "W.")] {
        for language in ["zh-CN", "en"] {
            let mut files = portal(&deeds(&format!("names: {mode}\n{declared}"), records));
            let settings = format!("theme = \"bare\"\nlanguage = \"{language}\"\n");
            files.insert("site.toml".to_owned(), settings.into());
            let shown = shown(&files, TODAY);
            let all = [
                (
                    &shown["zh"],
                    format!(
                        "\"name\": \"{zh}\", \"phone\": \"138****8000\", \"mail\": \"w***@example.cn\""
                    ),
                ),
                (&shown["zh"], "\"hint\": \"低**\"".to_owned()),
                (&shown["en"], format!("\"name\": \"{en}\"")),
                (&shown["en"], "\"mail\": \"***@example.cn\"".to_owned()),
            ];
            for (text, part) in all {
                assert!(text.contains(&part), "{part}: {text}");
            }
            assert!(!shown["zh"].contains("501") && !shown["en"].contains("8255"), "{shown:?}");
        }
    }
}

#[test]
fn offices_are_called_without_a_basis() {
    let declared = "title: 好事\nfields:\n  id: {type: text}\n  own: {type: phone, privacy: public}\n  \
                    desk: {type: phone, work: true, several: true}\n  \
                    where: {type: address, work: true}\n";
    let said = "own: 13800138000, where: 幸福路12号, desk";
    let records = format!(
        "- {{id: line, {said}: 0431-8255-0001}}\n- {{id: mobile, {said}: 13900139000}}\n\
         - {{id: both, {said}: '0431-8255-0001、13900139000'}}\n\
         - {{id: founded, {said}: 13900139000, basis: office}}\n"
    );
    let shown = shown(&portal(&deeds(declared, &records)), TODAY);
    let full = |id: &str, part: &str| shown[id].contains(part);
    assert!(full("line", "0431-8255-0001") && full("founded", "13900139000"), "{shown:?}");
    assert!(!full("mobile", "13900139000") && !full("both", "13900139000"), "{shown:?}");
    for id in ["line", "mobile", "both", "founded"] {
        assert!(full(id, "幸福路12号"), "{shown:?}");
        assert_eq!(full(id, "13800138000"), id == "founded", "{shown:?}");
    }
}

#[test]
fn objections_open_and_end_by_the_clock_alone() {
    let declared = "title: 好事\nfields:\n  id: {type: text}\n  day: {type: date}\ndate: day\n\
                    objection: {from: day, until: 5 working days after day, how: 到居委会, after: 已确认}\n";
    let records = "- {id: ruled, day: 2026-09-30}\n\
                   - {id: own, day: 2026-09-30, objection_until: 2026-10-01}\n";
    let files = portal(&deeds(declared, records));
    let states = |moment: &str| {
        let shown = shown(&files, moment);
        ["ruled", "own"].map(|id| {
            let states = ["early", "open", "over"];
            let state =
                states.into_iter().find(|it| shown[id].contains(&format!("\"state\": \"{it}\"")));
            state.unwrap_or_default()
        })
    };
    assert_eq!(states("2026-09-29T23:59"), ["early", "open"]);
    assert_eq!(states("2026-09-30T00:00"), ["open", "open"]);
    assert_eq!(states("2026-10-01T23:59"), ["open", "open"]);
    assert_eq!(states("2026-10-02T00:00"), ["open", "over"]);
    // The eighth, ninth, tenth (a Saturday that is worked), twelfth and thirteenth.
    assert_eq!(states("2026-10-13T23:59"), ["open", "over"]);
    assert_eq!(states("2026-10-14T00:00"), ["over", "over"]);
    let page = &shown(&files, TODAY)["ruled"];
    assert!(
        page.contains("2026-10-13") && page.contains("到居委会") && page.contains("已确认"),
        "{page}"
    );
}

#[test]
fn records_are_posted_by_the_calendar_and_by_working_days() {
    // About National Day, which in 2026 is off from the first to the seventh of October, for which
    // the Sunday 20 September and the Saturday 10 October are worked.
    let cases = [
        ("until: 5 working days after day", "2026-09-30", "", "2026-10-14"),
        ("until: 1 working day after day", "2026-10-09", "", "2026-10-11"),
        ("until: 5 days after day", "2026-09-30", "", "2026-10-06"),
        ("until: 1 month after day", "2026-08-31", "", "2026-10-01"),
        ("from: 3 working days before day", "2026-10-09", "2026-09-29", ""),
        ("from: 1 working day before day", "2026-09-21", "2026-09-20", ""),
        ("from: 1 week before day", "2026-10-08", "2026-10-01", ""),
        ("from: day, until: 10个工作日 after from", "2026-09-25", "2026-09-25", "2026-10-16"),
        ("until: 2 days after from", "2026-10-01", "", "2026-10-04"),
    ];
    for (rule, day, from, until) in cases {
        let declared = format!(
            "title: 好事\nfields:\n  id: {{type: text}}\n  day: {{type: date}}\ndate: day\nposting: {{{rule}}}\n"
        );
        let records = format!("- {{id: a, day: {day}}}\n");
        check_window(&portal(&deeds(&declared, &records)), rule, from, until);
    }
}

#[test]
fn a_portal_has_holidays_of_its_own() {
    let declared = "title: 好事\nfields:\n  id: {type: text}\n  day: {type: date}\ndate: day\n\
                    posting: {until: 5 working days after day}\n";
    let mut files = portal(&deeds(declared, "- {id: a, day: 2026-09-30}\n"));
    files.insert(
        "holidays.yaml".to_owned(),
        "2026:\n  off: [2026-10-01 至 2026-10-02]\n  work: 2026-10-04\n".into(),
    );
    // The fourth, fifth, sixth, seventh and eighth.
    check_window(&files, "own", "", "2026-10-09");
}

#[test]
fn of_two_windows_the_narrower_counts() {
    let file = "publish_from: 2026-10-05\npublish_until: 2026-10-20 12:00\nrecords:\n";
    let cases = [
        ("", "2026-10-05", ""),
        (", publish_from: 2026-10-01, publish_until: 2026-10-19", "2026-10-05", "2026-10-20"),
        (", publish_from: 2026-10-07, publish_until: 2027-01-01", "2026-10-07", ""),
        // What a record says of its end stands in place of what its collection says.
        (", publish_until: 2026-10-10", "2026-10-05", "2026-10-11"),
    ];
    let declared =
        "title: 好事\nfields:\n  id: {type: text}\nposting: {until: 3 days after from}\n";
    for (said, from, until) in cases {
        let records = format!("{file}  - {{id: a{said}}}\n");
        let files = portal(&deeds(declared, &records));
        check_window(&files, said, from, until);
        assert!(shown(&files, "2026-10-20T12:00").is_empty(), "{said}");
    }
}

/// A record is posted from the first moment of a day up to that of another.
fn check_window(files: &Files, rule: &str, from: &str, until: &str) {
    let eve = |day: &str| {
        let day: jiff::civil::Date = day.parse().unwrap();
        format!("{}T23:59:59", day.yesterday().unwrap())
    };
    for (day, begins) in [(from, true), (until, false)].into_iter().filter(|it| !it.0.is_empty()) {
        assert_eq!(shown(files, &eve(day)).contains_key("a"), !begins, "{rule}: eve of {day}");
        assert_eq!(shown(files, day).contains_key("a"), begins, "{rule}: {day}");
    }
}
