//! Lists as readers enter them: how long pages are, what leads where, what is drawn.

use std::fmt::Write as _;

use linli::{
    build::{BuildState, next_change},
    source::MemoryWorld,
};

use crate::{diagnostics, site};

/// A site with one list at a place.
fn world(collection: &str, records: &str) -> MemoryWorld {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: String, text: &str| files.insert(path, text.into());
    add("site.toml".to_owned(), "theme = \"default\"\n");
    add(format!("content/xingfu/{collection}.yaml"), records);
    site::memory(&files)
}

/// The pages of the list, by what their addresses have after that of the list.
fn pages(collection: &str, records: &str, day: &str) -> Vec<(String, String)> {
    let (told, files) = site::build_at(&world(collection, records), day);
    assert_eq!(told, []);
    let list = format!("xingfu/{collection}/");
    let page = |(path, bytes): (String, Vec<u8>)| {
        let rest = path.strip_prefix(&list)?.strip_suffix("index.html")?.to_owned();
        Some((rest, String::from_utf8(bytes).unwrap()))
    };
    files.into_iter().filter_map(page).collect()
}

/// So many records, made of their number.
fn many(count: usize, record: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "- {{{}}}", record(number)).unwrap();
        text
    })
}

/// What stands behind a text in another, up to a quotation mark.
fn behind<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    text.split(mark).skip(1).filter_map(|it| it.split('"').next()).collect()
}

#[test]
fn a_long_year_has_several_pages_and_each_record_stands_on_one_of_them() {
    let patrol = |number: usize| {
        let (month, day) = (number / 20 % 12 + 1, number % 20 + 1);
        format!(
            "date: 2025-{month:02}-{day:02}, team: 第{number}队, members: 3, hours: 2, found: 0"
        )
    };
    let pages = pages("patrols", &many(230, patrol), "2026-03-05");
    let paths: Vec<&str> = pages.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["2025/", "2025/page/1/", "2025/page/2/", "2025/page/3/", ""]);
    for number in 0..230 {
        let team = format!("第{number}队<");
        let holding = pages.iter().filter(|(path, page)| !path.is_empty() && page.contains(&team));
        assert_eq!(holding.count(), 1, "{team}");
    }
    assert!(pages.iter().all(|(_, page)| page.len() < 60_000));
}

#[test]
fn a_list_that_says_nothing_of_pages_is_cut_all_the_same() {
    let grid = |number: usize| {
        let phone = format!("0431-8255-{:04}", 5000 + number);
        format!(
            "grid: 第{number}网格, buildings: [{number}号楼], chief: 王示例, officer: 李示例, phone: {phone}"
        )
    };
    let pages = pages("grids", &many(60, grid), "2026-03-05");
    assert_eq!(pages.len(), 6);
    // Every building leads to its entry, whichever page that is on.
    let (_, first) = pages.iter().find(|(path, _)| path.is_empty()).unwrap();
    let finder = first.split("class=\"finder ").nth(1).unwrap().split("</nav>").next().unwrap();
    let links = behind(finder, "href=\"");
    assert_eq!(links.len(), 60);
    for (number, link) in links.iter().enumerate() {
        let (page, anchor) = link.split_once('#').unwrap();
        let page = page.strip_prefix("/xingfu/grids/").unwrap_or_default();
        let (_, page) = pages.iter().find(|(path, _)| path == page).unwrap();
        let entry =
            page.split("<article").find(|it| it.contains(&format!("id=\"{anchor}\""))).unwrap();
        assert!(entry.contains(&format!("第{number}网格")), "{link}");
    }
}

#[test]
fn names_lead_to_what_was_done_from_the_list_and_from_those_above() {
    let honours = "- {award: 好邻居, name: 王示例, date: 2026-02-01, citation: 送饭, \
                   basis: consent, basis_reference: 示例1, basis_date: 2026-01-01}\n\
                   - {award: 最美家庭, name: 李示例, date: 2026-01-01, citation: 助人, \
                   basis: consent, basis_reference: 示例2, basis_date: 2026-01-01}\n";
    let (_, files) = site::build_at(&world("honors", honours), "2026-03-05");
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let list = page("xingfu/honors/index.html");
    let anchors = behind(&list, "<article class=\"honor\" id=\"");
    assert_eq!(anchors.len(), 2);
    for anchor in anchors {
        assert!(list.contains(&format!("href=\"#{anchor}\"")), "{list}");
        let above = page("honors/all/index.html");
        assert!(above.contains(&format!("href=\"/xingfu/honors/#{anchor}\"")), "{above}");
    }
}

#[test]
fn a_case_says_how_many_days_are_left_and_is_made_again_each_day() {
    let records = "- {number: A-1, reported: 2026-03-01, category: 其他, spot: 示例, \
                   department: 示例, due: 2026-03-06}\n";
    let shown = |day: &str| {
        let pages = pages("responses", records, day);
        pages.into_iter().filter(|(path, _)| path.is_empty() || path == "a-1/").map(|it| it.1)
    };
    for (day, expected) in
        [("2026-03-04", "还剩 2 天"), ("2026-03-06", "今天到期"), ("2026-03-09", "已超期 3 天")]
    {
        let pages: Vec<String> = shown(day).collect();
        assert_eq!(pages.len(), 2);
        assert!(pages.iter().all(|page| page.contains(expected)), "{day}");
    }
    let world = world("responses", records);
    let settings = site::settings(&world, "2026-03-04");
    let found = next_change::next(&world, &settings, &mut BuildState::default()).unwrap();
    assert_eq!(found.value.unwrap().at.date().to_string(), "2026-03-05");
}

#[test]
fn a_schedule_begins_with_the_weeks_of_what_is_to_come() {
    let session = |date: &str| {
        format!(
            "- {{date: {date}, starts: 09:00, service: 法律咨询, official: [律师], provider: 示例, venue: 示例}}\n"
        )
    };
    let records = ["2026-03-01", "2026-03-10", "2026-03-10"].map(session).concat();
    let records = records.replacen("starts: 09:00", "starts: 08:00", 2);
    let pages = pages("legal-aid", &records, "2026-03-05");
    let (_, page) = &pages[0];
    assert_eq!(behind(page, "<a href=\"#d"), ["2026-03-10"]);
    assert_eq!(behind(page, " id=\"d"), ["2026-03-10"]);
}
