//! Pages that say how to subscribe, and what all pages say of it in their heads.

use linli::diagnostic;

use crate::site::{self, Files};

const SITE: &str = "title = \"幸福区\"\nbase-url = \"https://x.example/p\"\n";

fn portal(settings: &str) -> Files {
    let session = "- {date: 2026-12-06, starts: 9:00, service: 法律咨询, official: 律师, \
                   provider: 服务站, venue: 议事厅}\n";
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n见[日历](/yi/calendar.ics)、\
                  [消息](/yi/feed.xml)、[怎么订](/yi/subscribe/)、[街道](/notices/feed.json)、\
                  [法律](/yi/legal-aid/calendar.ics)、[下载](/yi/coming.ics)、\
                  [下载](/yi/legal-aid/coming.ics)。\n";
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
    for link in
        ["yi/calendar.ics", "yi/feed.xml", "yi/subscribe/", "notices/feed.json", "yi/coming.ics"]
    {
        assert!(page.contains(&format!("href=\"/p/{link}\"")), "{link}");
    }
    // Without an address there are none of them.
    let (told, _) = site::build(&site::memory(&portal("title = \"区\"\n")));
    assert_eq!(diagnostic::count(&told).0, 7, "{told:?}");
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
        "href=\"/p/yi/coming.ics\" download",
        "<code class=\"address\">https://x.example/p/yi/calendar.ics</code>",
        "href=\"webcal://x.example/p/yi/legal-aid/calendar.ics\"",
        "<code class=\"address\">https://x.example/p/yi/feed.xml</code>",
        "<b>订阅日历</b><span class=\"sr\">（一心社区日历）</span>",
        "<b>下载日历文件</b><span class=\"sr\">（法律援助日历）</span>",
        "一般在一天以内",
        "<svg class=\"code\" viewBox=\"0 0 37 37\" role=\"img\"",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // A feed that is opened shows its source: its address is for a reader of feeds.
    assert!(!text.contains("<a href=\"/p/yi/feed"), "{text}");
    assert!(page(&pages, "subscribe/index.html").contains("href=\"/p/yi/subscribe/\""));
    let link = "href=\"/p/yi/subscribe/\"";
    assert!(
        page(&pages, "yi/index.html").matches(link).count() == 2,
        "in the list and at the foot"
    );
    assert!(page(&pages, "yi/legal-aid/index.html").contains(link));
}

#[test]
fn who_lives_in_a_community_is_led_to_its_calendar() {
    let (_, pages) = site::build(&site::memory(&portal(SITE)));
    let front = page(&pages, "index.html");
    assert!(front.contains("href=\"/p/subscribe/\">选您住的地方，放进手机日历</a>"), "{front}");
    let text = page(&pages, "subscribe/index.html");
    let (places, calendars) = (text.find("选您住的地方</h2>"), text.find("<h2>日历</h2>"));
    assert!(places.unwrap() < calendars.unwrap(), "places first");
    assert!(text.contains("凯旋街道日历（不含所属各处的安排）"), "{text}");
    for (title, path) in [("凯旋街道和所属各处", "feed.xml"), ("凯旋街道自己", "notices/feed.xml")]
    {
        let said =
            format!("{title}的新消息</dt>\n<dd><code class=\"address\">https://x.example/p/{path}");
        assert!(text.contains(&said), "{said}: {text}");
    }
    let own = page(&pages, "yi/index.html");
    assert!(own.contains("href=\"/p/yi/subscribe/\">放进手机日历</a>"), "{own}");
    assert!(!page(&pages, "yi/subscribe/index.html").contains("选您住的地方"));
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
