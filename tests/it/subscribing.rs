//! Pages that say how to subscribe, and what all pages say of it in their heads.

use linli::diagnostic;

use crate::site::{self, Files};

const SITE: &str = "title = \"幸福区\"\nbase-url = \"https://x.example/p\"\n";

fn portal(settings: &str) -> Files {
    let session = "- {date: 2026-12-06, starts: 9:00, service: 法律咨询, official: 律师, \
                   provider: 服务站, venue: 议事厅}\n";
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n见[日历](/yi/calendar.ics)、\
                  [消息](/yi/feed.xml)、[怎么订](/yi/subscribe/)、[街道](/notices/feed.json)、\
                  [法律](/yi/legal-aid/calendar.ics)。\n";
    let files = [
        ("site.toml", settings),
        ("content/place.yaml", "name: 凯旋街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 一心社区\nlevel: community\n"),
        ("content/yi/legal-aid.yaml", session),
        ("content/yi/notices/b.md", notice),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

fn page(pages: &Files, path: &str) -> String {
    String::from_utf8(pages[path].clone()).unwrap()
}

#[test]
fn links_to_files_of_subscribers_are_checked() {
    let (told, pages) = site::build(&site::memory(&portal(SITE)));
    assert_eq!(told, []);
    let page = page(&pages, "yi/notices/b/index.html");
    for link in ["yi/calendar.ics", "yi/feed.xml", "yi/subscribe/", "notices/feed.json"] {
        assert!(page.contains(&format!("href=\"/p/{link}\"")), "{link}");
    }
    // Without an address there are none of them.
    let (told, _) = site::build(&site::memory(&portal("title = \"区\"\n")));
    assert_eq!(diagnostic::count(&told).0, 5, "{told:?}");
}

#[test]
fn every_page_names_what_its_place_and_list_have() {
    let (_, pages) = site::build(&site::memory(&portal(SITE)));
    let links = |path: &str| {
        let page = page(&pages, path);
        let links = page.split("<link rel=\"alternate\" ").skip(1);
        let url =
            |it: &str| it.split("href=\"/p/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        links.map(url).collect::<Vec<_>>().join(" ")
    };
    let own = "yi/calendar.ics yi/feed.xml yi/feed.json";
    assert_eq!(links("index.html"), "calendar.ics feed.xml feed.json");
    assert_eq!(links("yi/index.html"), own);
    assert_eq!(links("yi/notices/b/index.html"), own);
    assert_eq!(links("yi/legal-aid/index.html"), format!("{own} yi/legal-aid/calendar.ics"));
    let of_list = "<link rel=\"alternate\" type=\"text/calendar\" title=\"法律援助\" \
                   href=\"/p/yi/legal-aid/calendar.ics\">";
    assert!(page(&pages, "yi/legal-aid/index.html").contains(of_list));
}

#[test]
fn the_page_has_a_button_for_each_and_a_code() {
    let (_, pages) = site::build(&site::memory(&portal(SITE)));
    let text = page(&pages, "yi/subscribe/index.html");
    for wanted in [
        "订阅一心社区的日历和通知",
        "href=\"webcal://x.example/p/yi/calendar.ics\"",
        "href=\"/p/yi/calendar.ics\" download",
        "href=\"webcal://x.example/p/yi/legal-aid/calendar.ics\"",
        "href=\"/p/yi/feed.xml\"",
        "一般在一天以内",
        "<svg class=\"code\" viewBox=\"0 0 37 37\" role=\"img\"",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(page(&pages, "subscribe/index.html").contains("href=\"/p/yi/subscribe/\""));
    let link = "href=\"/p/yi/subscribe/\"";
    assert!(
        page(&pages, "yi/index.html").matches(link).count() == 2,
        "in the list and at the foot"
    );
    assert!(page(&pages, "yi/legal-aid/index.html").contains(link));
}

#[test]
fn it_can_be_switched_off() {
    let off = format!("{SITE}[pages]\nsubscribe = false\n");
    let nothing = format!("{SITE}[outputs]\ncalendar = false\nfeed = false\njson-feed = false\n");
    for settings in [off, nothing, "title = \"区\"\n".to_owned()] {
        let (_, pages) = site::build(&site::memory(&portal(&settings)));
        assert!(!pages.keys().any(|path| path.contains("subscribe")), "{settings}");
        let is_link = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("/subscribe/\"");
        let linking: Vec<_> = pages.iter().filter(|(_, it)| is_link(it)).map(|it| it.0).collect();
        // Only the notice, in which it is a mistake.
        assert!(linking.iter().all(|path| path.contains("notices/b/")), "{linking:?}");
    }
}
