//! What pages tell machines: meta elements and JSON-LD. Nothing of it is a secret to readers.

use std::path::Path;

use linli::diagnostic;
use serde_json::Value;

use crate::site::{self, Files};

/// The sample portal as it is published.
fn sample() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = site::files_under(root, "content");
    files.insert("site.toml".to_owned(), std::fs::read(root.join("site.toml")).unwrap());
    let (diagnostics, pages) = site::build(&site::memory(&files));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:?}");
    pages
}

#[test]
fn a_portal_need_not_tell_machines_anything() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = site::files_under(root, "content");
    let settings = std::fs::read_to_string(root.join("site.toml")).unwrap();
    let outputs = "[outputs]\nstructured-data = false\n";
    let settings = if settings.contains("[outputs]\n") {
        settings.replace("[outputs]\n", outputs)
    } else {
        format!("{settings}\n{outputs}")
    };
    files.insert("site.toml".to_owned(), settings.into_bytes());
    let (diagnostics, built) = site::build(&site::memory(&files));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:?}");
    assert!(pages(&built).count() > 100);
    assert_eq!(pages(&built).find(|(_, page)| page.contains("ld+json")), None);
}

/// The pages by their path, as text.
fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap()))
}

/// The content of the script with a page's data.
fn script(page: &str) -> Option<&str> {
    let rest = page.split_once("<script type=\"application/ld+json\">")?.1;
    Some(rest.split_once("</script>").unwrap().0)
}

/// The things that a page tells of, by their type.
fn things(page: &str) -> Vec<(String, Value)> {
    let Some(script) = script(page) else { return Vec::new() };
    let data: Value = serde_json::from_str(script).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let name = |it: &Value| match &it["@type"] {
        Value::Array(types) => types[0].as_str().unwrap().to_owned(),
        name => name.as_str().unwrap().to_owned(),
    };
    data["@graph"].as_array().unwrap().iter().map(|it| (name(it), it.clone())).collect()
}

/// What readers see of a page: the text between the tags of its body.
fn shown(page: &str) -> String {
    let body = page.split_once("<body").unwrap().1;
    let pieces = body.split('<').map(|it| it.split_once('>').map_or("", |(_, text)| text));
    let text = pieces.collect::<String>();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The values of an attribute.
fn has_attribute(page: &str, name: &str, value: &str) -> bool {
    page.contains(&format!("{name}=\"{value}\""))
}

/// A time as pages write it, with or without a zero before it.
fn shows_time(text: &str, time: &str) -> bool {
    text.contains(time) || text.contains(time.trim_start_matches('0'))
}

/// Whether a page shows a text that it tells machines under that key.
fn shows(page: &str, text: &str, key: &str, told: &str) -> bool {
    let relative = || told.replacen("https://kuancheng.example.org", "", 1);
    match key {
        "@type" | "@context" | "eventStatus" => true,
        "url" | "item" => {
            has_attribute(page, "href", &relative()) || has_attribute(page, "href", told)
        }
        "openingHours" => {
            let hours = told.split_once(' ').unwrap().1;
            hours.split('-').all(|time| shows_time(text, time))
        }
        "startDate" | "endDate" | "datePosted" | "dateModified" | "expires" => {
            let (day, time) = told.split_once('T').unwrap_or((told, ""));
            has_attribute(page, "datetime", day)
                || key == "endDate" && !time.is_empty() && shows_time(text, &time[..5])
        }
        _ => text.contains(told),
    }
}

/// Every text in some data, with the key that it stands under.
fn texts(data: &Value, key: &str, all: &mut Vec<(String, String)>) {
    match data {
        Value::String(text) => all.push((key.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|it| texts(it, key, all)),
        Value::Object(fields) => fields.iter().for_each(|(key, it)| texts(it, key, all)),
        _ => {}
    }
}

#[test]
fn machines_are_told_nothing_that_readers_do_not_see() {
    let (mut hidden, mut told) = (Vec::new(), std::collections::BTreeMap::new());
    for (path, page) in pages(&sample()) {
        let (text, mut all) = (shown(page), Vec::new());
        for (name, thing) in things(page) {
            texts(&thing, "", &mut all);
            *told.entry(name).or_insert(0) += 1;
        }
        let secrets = all.iter().filter(|(key, it)| !shows(page, &text, key, it));
        hidden.extend(secrets.map(|(key, it)| format!("{path}: {key} {it}")));
        assert!(script(page).is_none_or(|it| it.len() <= 2048), "{path}");
    }
    assert_eq!(hidden, Vec::<String>::new());
    let types = [
        "BreadcrumbList",
        "Dataset",
        "Event",
        "GovernmentOffice",
        "GovernmentService",
        "Organization",
        "SpecialAnnouncement",
    ];
    assert_eq!(told.keys().collect::<Vec<_>>(), types);
}

#[test]
fn a_cancelled_session_keeps_its_day() {
    let mut files = crate::diagnostics::files_of("_base");
    let session = "- {date: 2026-11-28, starts: 9:00, ends: 11:00, service: 法律咨询, official: 律师, \
                   provider: 服务站, venue: 活动室, booking: 0431-82550111, cancelled: 是}\n";
    files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
    files.insert("content/xingfu/legal-aid.yaml".to_owned(), session.into());
    let (_, pages) = site::build(&site::memory(&files));
    let page = str::from_utf8(&pages["xingfu/legal-aid/index.html"]).unwrap();
    let things = things(page);
    let names: Vec<&str> = things.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["BreadcrumbList", "GovernmentService", "Event"]);
    let event = &things[2].1;
    assert_eq!(event["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(event["startDate"], "2026-11-28T09:00+08:00");
    assert_eq!(event["endDate"], "2026-11-28T11:00+08:00");
    assert_eq!(event["location"]["name"], "活动室");
    assert_eq!(things[1].1["name"], "法律援助");
}

/// The content of a meta element.
fn meta<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let kind = if name.contains(':') { "property" } else { "name" };
    let rest = page.split_once(&format!("<meta {kind}=\"{name}\" content=\""))?.1;
    Some(rest.split_once('"').unwrap().0)
}

#[test]
fn pages_carry_the_meta_elements_of_public_sites() {
    let mut files = crate::diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add(
        "site.toml",
        "title = \"甲区社区\"\nbase-url = \"https://www.a.cn:8443/x\"\n[organiser]\nsite-code = \"2201030001\"\n",
    );
    add(
        "content/xingfu/notices/a.md",
        "---\ntitle: 停水\ndate: 2026-11-20\nupdated: 2026-11-21\nsection: service\nsource: 水务集团\n---\n\n周五停水。\n",
    );
    add("content/xingfu/about.md", "---\ntitle: 办事\nupdated: 2026-10-01\n---\n\n周五办事。\n");
    let (_, pages) = site::build(&site::memory(&files));
    let page = |path: &str| str::from_utf8(&pages[path]).unwrap();
    let notice = page("xingfu/notices/a/index.html");
    for (name, expected) in [
        ("SiteName", "甲区社区"),
        ("SiteDomain", "www.a.cn"),
        ("SiteIDCode", "2201030001"),
        ("ColumnName", "服务善治"),
        ("ArticleTitle", "停水"),
        ("PubDate", "2026-11-20 00:00"),
        ("ContentSource", "水务集团"),
        ("og:type", "article"),
        ("og:title", "停水"),
        ("og:site_name", "甲区社区"),
        ("og:url", "https://www.a.cn:8443/x/xingfu/notices/a/"),
        ("og:description", "周五停水。"),
        ("article:published_time", "2026-11-20"),
        ("article:modified_time", "2026-11-21"),
    ] {
        assert_eq!(meta(notice, name), Some(expected), "{name}");
    }
    let lasting = page("xingfu/about/index.html");
    assert_eq!(meta(lasting, "PubDate"), Some("2026-10-01 00:00"));
    assert_eq!(meta(lasting, "ColumnName"), None);
    assert_eq!(meta(page("xingfu/notices/index.html"), "ColumnName"), Some("通知公告"));
    let home = page("index.html");
    assert_eq!((meta(home, "og:type"), meta(home, "PubDate")), (Some("website"), None));
}
