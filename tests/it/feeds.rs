//! Feeds: what is in them, as an independent reader finds it.

use feed_rs::{
    model::{Entry, Feed, FeedType},
    parser,
};
use linli::diagnostic;

use crate::site::{self, Files};

const SITE: &str = "title = \"幸福区\"\nbase-url = \"https://x.example/p\"\nid = \"x.example,2026\"\n\
                    [organiser]\nname = \"区办 & 街道\"\n";

/// A street with two communities.
fn portal(notices: &[(&str, &str)]) -> Files {
    let files = [
        ("site.toml", SITE.to_owned()),
        ("content/place.yaml", "name: 凯旋街道\nlevel: street\n".to_owned()),
        ("content/yi/place.yaml", "name: 一心社区\nlevel: community\n".to_owned()),
        ("content/er/place.yaml", "name: 二街社区\nlevel: community\n".to_owned()),
    ];
    let notices = notices.iter().map(|(path, text)| (*path, (*text).to_owned()));
    let files = files.into_iter().chain(notices);
    files.map(|(path, text)| (path.to_owned(), text.into())).collect()
}

fn notice(title: &str, date: &str, lines: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\n{lines}---\n\n周五**停水**，<请> & 存水。\n\n第二段。\n"
    )
}

fn published(files: &Files) -> Files {
    let (told, pages) = site::build(&site::memory(files));
    assert_eq!(diagnostic::count(&told).0, 0, "{told:?}");
    pages
}

/// A feed in both forms, of which the entries have to be the same.
fn feed(pages: &Files, folder: &str) -> Feed {
    let read = |file: &str| {
        let bytes = &pages[&format!("{folder}{file}")];
        parser::parse(&bytes[..]).unwrap_or_else(|error| panic!("{folder}{file}: {error}"))
    };
    let (atom, json) = (read("feed.xml"), read("feed.json"));
    assert_eq!((&atom.feed_type, &json.feed_type), (&FeedType::Atom, &FeedType::JSON));
    let said = |entry: &Entry| {
        let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|it| it.content.clone());
        let link = entry
            .links
            .iter()
            .find(|it| it.rel.as_deref() != Some("enclosure"))
            .map(|it| it.href.clone());
        let body = entry.content.as_ref().and_then(|it| it.body.clone()).or(text(&entry.summary));
        (
            entry.id.clone(),
            text(&entry.title),
            link,
            entry.published,
            entry.updated,
            body.unwrap_or_default(),
        )
    };
    let all = |feed: &Feed| feed.entries.iter().map(said).collect::<Vec<_>>();
    assert_eq!(all(&atom), all(&json));
    assert_eq!(atom.title.as_ref().unwrap().content, json.title.as_ref().unwrap().content);
    atom
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.as_str()).collect()
}

#[test]
fn a_place_has_its_notices_and_those_within() {
    let pages = published(&portal(&[
        ("content/notices/a.md", &notice("街道的", "2026-11-20", "pinned: 是\n")),
        ("content/yi/notices/b.md", &notice("一心的", "2026-11-22", "")),
        ("content/er/notices/c.md", &notice("二街的", "2026-11-21", "")),
        ("content/er/notices/d.md", &notice("明天的", "2026-11-24", "")),
    ]));
    assert_eq!(titles(&feed(&pages, "")), ["一心的", "二街的", "街道的"]);
    assert_eq!(titles(&feed(&pages, "notices/")), ["街道的"]);
    assert_eq!(titles(&feed(&pages, "yi/")), ["一心的"]);
    let feeds: Vec<_> = pages.keys().filter(|path| path.ends_with("feed.xml")).collect();
    assert_eq!(feeds, ["er/feed.xml", "feed.xml", "notices/feed.xml", "yi/feed.xml"]);
    let empty = published(&portal(&[]));
    assert!(feed(&empty, "yi/").entries.is_empty());
}

#[test]
fn an_entry_says_what_its_page_says() {
    let text = notice("停水 & 停电", "2026-11-20", "tags: 停水、检修\n");
    let pages = published(&portal(&[("content/yi/notices/停 水.md", &text)]));
    let feed = feed(&pages, "yi/");
    assert_eq!(feed.id, "tag:x.example,2026:yi/feed");
    assert_eq!(feed.title.unwrap().content, "一心社区 · 幸福区");
    assert_eq!(feed.language.as_deref(), Some("zh-CN"));
    assert_eq!(feed.authors[0].name.as_deref(), Some("区办 & 街道"));
    assert_eq!(feed.updated.unwrap().to_rfc3339(), "2026-11-19T16:00:00+00:00");
    let links: Vec<(&str, &str)> =
        feed.links.iter().map(|it| (it.rel.as_deref().unwrap(), it.href.as_str())).collect();
    assert_eq!(
        links,
        [
            ("self", "https://x.example/p/yi/feed.xml"),
            ("alternate", "https://x.example/p/yi/notices/"),
            ("alternate", "https://x.example/p/yi/feed.json"),
        ]
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.id, "tag:x.example,2026:yi/notices/%E5%81%9C%20%E6%B0%B4/");
    assert_eq!(entry.links[0].href, "https://x.example/p/yi/notices/%E5%81%9C%20%E6%B0%B4/");
    assert_eq!(entry.title.as_ref().unwrap().content, "停水 & 停电");
    assert_eq!(entry.summary.as_ref().unwrap().content, "周五停水，<请> & 存水。第二段。");
    assert_eq!(entry.authors[0].name.as_deref(), Some("一心社区"));
    let tags: Vec<&str> = entry.categories.iter().map(|it| it.term.as_str()).collect();
    assert_eq!(tags, ["停水", "检修"]);
}

#[test]
fn a_correction_is_told_of_the_same_entry() {
    let path = "content/yi/notices/b.md";
    let other = ("content/yi/notices/a.md", notice("别的", "2026-11-21", ""));
    let of = |lines: &str| {
        let text = notice("停水", "2026-11-20", lines);
        let pages = published(&portal(&[(path, &text), (other.0, &other.1)]));
        feed(&pages, "yi/")
    };
    let (before, after) = (of(""), of("updated: 2026-11-22\nchange: 改到周六\n"));
    assert_eq!(titles(&before), ["别的", "停水"]);
    assert_eq!(titles(&after), ["〔更正〕停水", "别的"]);
    let (old, new) = (&before.entries[1], &after.entries[0]);
    assert_eq!((&old.id, old.published), (&new.id, new.published));
    assert_eq!(new.updated.unwrap().to_rfc3339(), "2026-11-21T16:00:00+00:00");
    assert!(new.summary.as_ref().unwrap().content.starts_with("改到周六\n周五停水"));
    assert_eq!(after.updated, new.updated);
}

#[test]
fn ids_stay_when_the_portal_moves() {
    let text = notice("停水", "2026-11-20", "");
    let mut files = portal(&[("content/yi/notices/b.md", &text)]);
    let before = feed(&published(&files), "yi/");
    let moved = SITE.replace("https://x.example/p", "https://y.example");
    files.insert("site.toml".to_owned(), moved.into());
    let after = feed(&published(&files), "yi/");
    assert_eq!((&before.id, &before.entries[0].id), (&after.id, &after.entries[0].id));
    assert_ne!(before.entries[0].links, after.entries[0].links);
}

#[test]
fn a_feed_has_the_latest_fifty() {
    let notices: Vec<(String, String)> = (1..=60)
        .map(|day| {
            let date = format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
            (format!("content/yi/notices/n{day}.md"), notice(&format!("第{day}号"), &date, ""))
        })
        .collect();
    let notices: Vec<(&str, &str)> =
        notices.iter().map(|(path, text)| (&**path, &**text)).collect();
    let pages = published(&portal(&notices));
    let latest: Vec<String> = (11..=60).rev().map(|day| format!("第{day}号")).collect();
    assert_eq!(titles(&feed(&pages, "yi/")), latest);
    assert_eq!(titles(&feed(&pages, "")), latest);
}

#[test]
fn a_list_that_asks_has_feeds() {
    let list = "title: 公示\nfields:\n  name: {type: text, label: 项目}\n  day: {type: date, label: 日期}\n  \
                sum: {type: count, label: 金额, unit: 元}\n  fixed: {type: date, label: 更正}\n\
                date: {date: day, updated: fixed}\nkey: [name]\nview: ledger\nfeed: true\n";
    let mut files = portal(&[]);
    files.insert("content/_collections/works.yaml".to_owned(), list.into());
    let works = "- {name: 修路, day: 2026-11-02, sum: 300}\n- {name: 种树, day: 2026-11-01, fixed: 2026-11-05}\n";
    files.insert("content/yi/works.yaml".to_owned(), works.into());
    let feed = feed(&published(&files), "yi/works/");
    assert_eq!(titles(&feed), ["种树", "修路"]);
    assert_eq!(feed.entries[1].summary.as_ref().unwrap().content, "金额：300元");
    assert_eq!(feed.entries[1].links[0].href, "https://x.example/p/yi/works/");
    assert!(feed.entries[0].updated > feed.entries[0].published);
    assert_ne!(feed.entries[0].id, feed.entries[1].id);
}

#[test]
fn each_form_is_switched_off_by_itself() {
    let text = notice("停水", "2026-11-20", "");
    let mut files = portal(&[("content/yi/notices/b.md", &text)]);
    for (switch, kept) in [("feed", "json"), ("json-feed", "xml")] {
        let settings = format!("{SITE}[outputs]\n{switch} = false\n");
        files.insert("site.toml".to_owned(), settings.into());
        let pages = published(&files);
        let feeds = pages.keys().filter(|path| path.contains("feed."));
        assert!(feeds.clone().all(|path| path.ends_with(kept)) && feeds.count() == 4);
    }
    files.insert("site.toml".to_owned(), "title = \"区\"\n".into());
    assert!(!published(&files).keys().any(|path| path.contains("feed.")));
}

#[test]
fn what_is_withdrawn_is_gone() {
    let gone = notice("停水", "2026-11-20", "withdrawn: 2026-11-22\n");
    let over = notice("旧事", "2026-11-01", "until: 2026-11-10\n");
    let files = portal(&[("content/yi/notices/b.md", &gone), ("content/yi/notices/c.md", &over)]);
    let (_, pages) = site::build(&site::memory(&files));
    for folder in ["", "yi/"] {
        assert!(!titles(&feed(&pages, folder)).contains(&"旧事"));
    }
}
