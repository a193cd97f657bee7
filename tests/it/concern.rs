//! What concerns people at a place: what the places above hold for everybody, what is urgent, and what
//! the next days bring.

use std::{collections::BTreeSet, convert::Infallible, sync::Mutex};

use linli::{
    build::{self, BuildState, Sink},
    output::OutPath,
    source::Tree,
};

use crate::site::{self, Files};

/// Days of a district, a street with two communities, and a compound in the first of these.
fn portal(more: &[(&str, &str)]) -> Files {
    let session = |day: &str, service: &str| {
        format!(
            "- {{date: {day}, starts: 9:00, service: {service}, official: 律师, provider: 服务站, \
             venue: 议事厅}}\n"
        )
    };
    let mut files = Files::new();
    let mut add = |path: &str, text: &str| drop(files.insert(path.to_owned(), text.into()));
    add("site.toml", "title = \"区\"\ntime-zone = \"Asia/Shanghai\"\n");
    for (path, name, level) in [
        ("content", "甲区", "district"),
        ("content/jie", "乙街道", "street"),
        ("content/jie/yi", "一社区", "community"),
        ("content/jie/er", "二社区", "community"),
        ("content/jie/yi/yuan", "小院", "compound"),
    ] {
        let phone = if path.ends_with("jie") { "phone: 0431-8255-0001\n" } else { "" };
        add(&format!("{path}/place.yaml"), &format!("name: {name}\nlevel: {level}\n{phone}"));
    }
    add("content/legal-aid.yaml", &session("2026-12-01", "法治讲座"));
    add("content/jie/legal-aid.yaml", &session("2026-11-24", "人民调解"));
    add("content/jie/yi/legal-aid.yaml", &session("2026-11-23", "法律咨询"));
    add("content/jie/er/legal-aid.yaml", &session("2026-11-23", "社区巡回法庭"));
    for (path, text) in more {
        add(path, text);
    }
    files
}

fn notice(title: &str, lines: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n{lines}---\n\n正文。\n")
}

/// The pages of a portal at a moment, without anything told.
fn pages(files: &Files, moment: &str) -> Files {
    let (told, pages) = site::build_at(&site::memory(files), moment);
    assert_eq!(told, []);
    pages
}

fn text(pages: &Files, path: &str) -> String {
    String::from_utf8(pages[path].clone()).unwrap()
}

/// The part of a page that begins with some text and ends with a section.
fn part(page: &str, begin: &str) -> String {
    let rest = page.split_once(begin).map_or("", |(_, rest)| rest);
    rest.split("</section>").next().unwrap_or_default().to_owned()
}

/// Which of these words a text has, in their order.
fn found<'w>(text: &str, words: &[&'w str]) -> Vec<&'w str> {
    words.iter().copied().filter(|word| text.contains(word)).collect()
}

const SERVICES: [&str; 4] = ["法治讲座", "人民调解", "法律咨询", "社区巡回法庭"];

#[test]
fn what_places_above_hold_is_on_the_pages_of_those_who_live_there() {
    let files = portal(&[]);
    let pages = pages(&files, "2026-11-23");
    let coming = |path: &str| part(&text(&pages, path), "id=\"coming\"");
    for path in ["jie/yi/yuan/index.html", "jie/yi/index.html"] {
        assert_eq!(found(&coming(path), &SERVICES), SERVICES[..3], "{path}");
    }
    let of_compound = coming("jie/yi/yuan/index.html");
    assert_eq!(found(&of_compound, &[">一社区<", ">乙街道<", ">甲区<"]).len(), 3);
    // A wide area shows what lies in it.
    assert_eq!(found(&coming("jie/index.html"), &SERVICES), SERVICES[1..]);
    assert_eq!(found(&coming("index.html"), &SERVICES), SERVICES);
}

#[test]
fn a_declaration_says_what_is_inherited() {
    let declared = include_str!("../../src/schema/builtin/legal-aid.yaml");
    let own = format!("{declared}\ninherited: false\n");
    let files = portal(&[("content/_collections/legal-aid.yaml", &own)]);
    let pages = pages(&files, "2026-11-23");
    let coming = part(&text(&pages, "jie/yi/index.html"), "id=\"coming\"");
    assert_eq!(found(&coming, &SERVICES), ["法律咨询"]);
}

#[test]
fn days_are_written_out_and_of_a_day_without_anything_it_is_said() {
    let files = portal(&[]);
    let quiet = "没有登记这一天";
    let day = |moment: &str, day: &str| {
        let page = text(&pages(&files, moment), "jie/yi/yuan/index.html");
        part(&page, &format!("id=\"d{day}\"")).split("id=\"d").next().unwrap().to_owned()
    };
    assert!(day("2026-11-23", "2026-11-23").contains("11月23日 星期一"));
    assert!(day("2026-11-23", "2026-11-23").contains("法律咨询"));
    assert!(day("2026-11-23", "2026-11-24").contains("人民调解"));
    assert!(day("2026-11-24", "2026-11-25").contains(quiet));
    assert!(day("2026-11-24", "2026-11-23").is_empty());
    assert!(day("2026-11-23", "2026-12-01").contains("法治讲座"));
}

#[test]
fn what_goes_on_is_on_each_of_the_next_days() {
    let water = notice("停水", "happens: 2026-11-22 至 2026-11-24\n");
    let objection = notice("选房方案", "objection_until: 2026-11-24\n");
    let more = [
        ("content/jie/yi/notices/water.md", &*water),
        ("content/jie/yi/notices/homes.md", &objection),
    ];
    let pages = pages(&portal(&more), "2026-11-23");
    let coming = part(&text(&pages, "jie/yi/yuan/index.html"), "id=\"coming\"");
    assert_eq!(coming.matches(">停水<").count(), 2, "{coming}");
    assert_eq!(found(&coming, &["公示最后一天", ">选房方案<"]).len(), 2);
    let month = text(&pages, "jie/yi/calendar/index.html");
    assert_eq!(month.matches(">停水<").count(), 2);
}

#[test]
fn urgent_notices_are_where_they_count() {
    let files = portal(&[(
        "content/jie/yi/notices/water.md",
        &notice("水管爆了", "urgent: 是\nuntil: 2026-11-24\nhappens: 2026-11-23 8:00-16:00\n"),
    )]);
    let before = pages(&files, "2026-11-23");
    let urgent = |pages: &Files, path: &str| part(&text(pages, path), "class=\"urgent\"");
    for path in ["index.html", "jie/yi/index.html", "jie/yi/yuan/index.html"] {
        let found = found(&urgent(&before, path), &["水管爆了", "tel:043182550001", "16:00"]).len();
        assert_eq!(found, 3, "{path}");
        assert!(
            urgent(&before, path).contains("data-ends=\"2026-11-25T00:00:00+08:00\""),
            "{path}"
        );
    }
    for path in ["jie/index.html", "jie/er/index.html"] {
        assert_eq!(urgent(&before, path), "", "{path}");
    }
    let file: serde_json::Value = serde_json::from_slice(&before["urgent.json"]).unwrap();
    assert_eq!(
        file["notices"][0],
        serde_json::json!({
            "title": "水管爆了",
            "url": "/jie/yi/notices/water/",
            "place": "jie/yi",
            "from": "一社区",
            "posted": "2026-11-20",
            "happens": "2026-11-23 08:00—16:00",
            "ends": "2026-11-25T00:00:00+08:00",
            "phone": "0431-8255-0001",
        })
    );
    let after = pages(&files, "2026-11-25");
    assert!(!text(&after, "jie/yi/index.html").contains("class=\"urgent\""));
    assert_eq!(text(&after, "urgent.json"), "{\"version\":1,\"notices\":[]}\n");
    // It is a switch, and without it there is no script for it.
    let mut files = files;
    files.insert("site.toml".to_owned(), "[outputs]\nurgent = false\nsearch = false\n".into());
    let without = site::build_at(&site::memory(&files), "2026-11-23").1;
    assert!(!without.contains_key("urgent.json"));
    assert!(!text(&without, "jie/yi/index.html").contains("script-src"));
    assert!(text(&before, "jie/yi/index.html").contains("connect-src 'self'"));
}

#[test]
fn notices_of_places_above_stand_behind_the_own_ones() {
    let files = portal(&[
        ("content/notices/district.md", &notice("区里的", "")),
        ("content/jie/yi/notices/own.md", &notice("自己的", "")),
        ("content/jie/er/notices/other.md", &notice("别处的", "")),
    ]);
    let pages = pages(&files, "2026-11-23");
    let sheet = |path: &str| part(&text(&pages, path), "class=\"sheet\"");
    let own = sheet("jie/yi/index.html");
    assert!(own.find("自己的") < own.find("区里的") && own.contains("区里的"), "{own}");
    assert!(!own.contains("别处的"));
    assert_eq!(found(&sheet("jie/yi/yuan/index.html"), &["自己的", "区里的", "别处的"]).len(), 2);
    assert!(!sheet("jie/index.html").contains("区里的"));
}

#[test]
fn who_is_to_be_called_is_a_link_where_a_place_has_no_directory() {
    let grid = "- {grid: 一网格, buildings: [1号楼], chief: 李兰, officer: 张英, phone: \
                0431-8255-0009}\n";
    let basis = "basis: {kind: office, reference: 任命, date: 2026-01-05}\n";
    let files = portal(&[("content/jie/yi/grids.yaml", grid)]);
    let (_, pages) = site::build_at(&site::memory(&files), "2026-11-23");
    let page = text(&pages, "jie/yi/yuan/index.html");
    assert!(page.contains("<a href=\"/jie/yi/grids/\">"), "{basis}{page}");
    assert!(!text(&pages, "jie/er/index.html").contains("/jie/yi/grids/"));
}

#[test]
fn days_of_a_month_lead_to_what_happens() {
    let pages = pages(&portal(&[]), "2026-11-23");
    for (path, services) in [
        ("jie/yi/yuan/calendar/index.html", &SERVICES[..3]),
        ("jie/yi/calendar/index.html", &SERVICES[..3]),
        ("jie/calendar/index.html", &SERVICES[..2]),
    ] {
        let page = text(&pages, path);
        assert!(page.len() < 60_000, "{path}");
        assert_eq!(found(&page, &SERVICES), services, "{path}");
        let all = |begin: &str| -> BTreeSet<String> {
            let all = page.split(begin).skip(1).map(|it| it[..10].to_owned());
            all.collect()
        };
        assert_eq!(all("href=\"#d"), all("<li id=\"d"), "{path}");
        assert_eq!(page.matches("<table class=\"month\">").count(), 2, "{path}");
    }
    assert!(text(&pages, "jie/yi/index.html").contains("href=\"/jie/yi/calendar/\""));
    // There is none where nothing has a time, or where it is switched off.
    let mut files = portal(&[]);
    files.retain(|path, _| !path.ends_with("legal-aid.yaml"));
    let calm = |pages: &Files| !pages.keys().any(|path| path.contains("calendar/"));
    assert!(calm(&site::build_at(&site::memory(&files), "2026-11-23").1));
    let mut files = portal(&[]);
    files.insert("site.toml".to_owned(), "[pages]\ncalendar = false\n".into());
    assert!(calm(&site::build_at(&site::memory(&files), "2026-11-23").1));
}

#[test]
fn a_long_calendar_is_cut() {
    let session = |(day, hour): (i32, i32)| {
        format!(
            "- {{date: 2026-12-{day:02}, starts: {hour}:00, service: 法律咨询, official: 律师, \
             provider: 区公共法律服务中心, venue: 一社区二楼大会议室}}\n"
        )
    };
    let moments = (1..=28).flat_map(|day| (8..14).map(move |hour| (day, hour)));
    let sessions: String = moments.map(session).collect();
    let files = portal(&[("content/jie/yi/legal-aid.yaml", &sessions)]);
    let pages = site::build_at(&site::memory(&files), "2026-11-23").1;
    let page = text(&pages, "jie/yi/calendar/index.html");
    assert!(page.len() < 60_000, "{}", page.len());
}

/// Builds on what earlier builds left: what is written now takes the place of what was.
fn build_on(state: &mut BuildState, files: &Files, moment: &str, pages: &mut Files) {
    let world = site::memory(files);
    let settings = site::settings(&world, moment);
    let mut site = build::update(&world, Tree::take(&world), &settings, state);
    let written = Mutex::new(std::mem::take(pages));
    let sink = Sink(|path: &OutPath, bytes: &[u8]| {
        written.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok::<_, Infallible>(())
    });
    let Ok(made) = build::make::make(&mut site.value, state, &sink);
    drop(site);
    made.remember(state);
    *pages = written.into_inner().unwrap();
}

#[test]
fn what_changes_above_is_seen_below() {
    let (mut state, mut pages) = (BuildState::default(), Files::new());
    let mut files = portal(&[("content/notices/district.md", &notice("区里的", ""))]);
    let grid = "- {grid: 一网格, buildings: [1号楼], chief: 李兰, officer: 张英, phone: \
                0431-8255-0009}\n";
    let urgent = "urgent: 是\nuntil: 2026-11-24\n";
    let street = "content/jie/legal-aid.yaml";
    let later = String::from_utf8(files[street].clone()).unwrap().replace("11-24", "11-25");
    let steps: [(&str, &str, Option<String>); 9] = [
        ("2026-11-23", "site.toml", Some("title = \"区\"\n".to_owned())),
        ("2026-11-23", street, Some(later)),
        ("2026-11-23", "content/notices/district.md", Some(notice("改了", ""))),
        ("2026-11-23", "content/jie/notices/fire.md", Some(notice("着火", urgent))),
        ("2026-11-23", "content/jie/yi/grids.yaml", Some(grid.to_owned())),
        ("2026-11-24", "content/jie/notices/w.md", Some(notice("停水", "happens: 2026-11-26\n"))),
        ("2026-11-25", "content/jie/place.yaml", Some("name: 丙街道\nlevel: street\n".to_owned())),
        ("2026-11-26", street, None),
        ("2026-11-27", "content/legal-aid.yaml", None),
    ];
    for (moment, path, text) in steps {
        match text {
            Some(text) => drop(files.insert(path.to_owned(), text.into())),
            None => drop(files.remove(path)),
        }
        build_on(&mut state, &files, moment, &mut pages);
        for (page, bytes) in site::build_at(&site::memory(&files), moment).1 {
            let (now, anew) = (pages.get(&page).map(Vec::as_slice), Some(bytes.as_slice()));
            assert!(now == anew, "{page} after {path} at {moment}");
        }
    }
}
