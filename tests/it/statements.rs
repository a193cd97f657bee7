//! The pages that a portal owes its readers: how personal data is published, accessibility, and what
//! there is.

use crate::site::{self, Files};

const DECLARATION: &str = "title: 志愿服务\nview: directory\nbasis: office\nfields:\n  \
    name: {type: person, label: 姓名}\n  hours: {type: count, label: 时长}\n  \
    tel: {type: phone, label: 电话, work: true}\n  home: {type: address, label: 住址, privacy: masked}\n  \
    card: {type: id-number, label: 证件, privacy: internal}\n";

/// A portal with a street and a community that keeps two lists, of which one names persons.
fn portal(settings: &str, more: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    let settings = format!("title = \"甲区\"\ntheme = \"default\"\n{settings}");
    for (path, text) in [
        ("site.toml", settings.as_str()),
        ("content/place.yaml", "name: 甲区\nlevel: district\n"),
        ("content/yi/place.yaml", "name: 乙街道\nlevel: street\n"),
        ("content/yi/bing/place.yaml", "name: 丙社区\nlevel: community\n"),
        ("content/_collections/volunteers.yaml", DECLARATION),
        (
            "content/_collections/months.yaml",
            "title: 平安月\nview: directory\nfields:\n  cases: {type: count, label: 起数}\n",
        ),
        ("content/yi/bing/volunteers.yaml", "- name: 王建国\n  hours: 3\n"),
        ("content/yi/bing/months.yaml", "- cases: 0\n"),
    ]
    .iter()
    .chain(more)
    {
        files.insert((*path).to_owned(), (*text).into());
    }
    let (told, pages) = site::build_at(&site::memory(&files), "2026-11-28");
    let told: Vec<String> = told.iter().map(|it| format!("{:?}", it.code)).collect();
    assert_eq!(told, Vec::<String>::new());
    pages
}

fn text(pages: &Files, path: &str) -> String {
    String::from_utf8(pages[path].clone()).unwrap()
}

#[test]
fn what_is_published_of_persons_is_said() {
    let pages = portal("", &[]);
    let page = text(&pages, "privacy/index.html");
    let (_, table) = page.split_once("<tbody>").unwrap();
    let (table, _) = table.split_once("</tbody>").unwrap();
    assert!(table.contains("<a href=\"/volunteers/all/\">志愿服务</a>"), "{table}");
    for said in ["姓名：写全", "电话：办公用的，写全", "住址：隐去一部分", "履行职务", "一直公开"]
    {
        assert!(table.contains(said), "{said}: {table}");
    }
    // Lists that name nobody, and what is nobody's business, are left out.
    for other in ["平安月", "时长", "证件", "王建国"] {
        assert!(!table.contains(other), "{other}: {table}");
    }
    let page = text(&portal("[privacy]\nnames = \"surname\"\n", &[]), "privacy/index.html");
    assert!(page.contains("姓名：只写姓氏") && page.contains("电话：办公用的，写全"));
}

#[test]
fn the_site_map_has_places_and_lists() {
    let page = text(&portal("", &[]), "site-map/index.html");
    let (_, page) = page.split_once("<main").unwrap();
    for link in [
        "<a href=\"/yi/\">乙街道</a>",
        "<a href=\"/yi/bing/\">丙社区</a>",
        "<a href=\"/volunteers/all/\">志愿服务</a>",
        "<a href=\"/months/all/\">平安月</a>",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
}

#[test]
fn each_page_links_to_them() {
    let pages = portal("", &[]);
    for path in ["index.html", "yi/bing/index.html", "accessibility/index.html", "404.html"] {
        let page = text(&pages, path);
        for address in ["/privacy/", "/accessibility/", "/site-map/"] {
            assert!(page.contains(&format!("<a href=\"{address}\"")), "{path}: {address}");
        }
    }
}

#[test]
fn they_give_way() {
    let own = "---\ntitle: 隐私说明\n---\n\n我们写的。\n";
    let pages = portal(
        "[outputs]\nsite-map = false\n",
        &[
            ("content/privacy.md", own),
            ("content/accessibility/place.yaml", "name: 丁街道\nlevel: street\n"),
        ],
    );
    assert!(text(&pages, "privacy/index.html").contains("我们写的"));
    assert!(text(&pages, "accessibility/index.html").contains("丁街道"));
    assert!(!pages.contains_key("site-map/index.html"));
    let home = text(&pages, "index.html");
    assert!(!home.contains("href=\"/site-map/\"") && !home.contains("无障碍声明"));
}
