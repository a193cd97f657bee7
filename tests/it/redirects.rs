//! Old addresses that lead on, names that content chooses for its address, and what stays gone.

use std::collections::BTreeMap;

use linli::diagnostic;

use crate::{
    incremental::desk::{Desk, Run},
    site::{self, Files},
};

const SITE: &str = "title = \"甲区\"\nbase-url = \"https://a.cn/x\"\n[hosting]\nhosts = [\"netlify\", \"nginx\", \"caddy\"]\n";

const RESPONSE: &str = "- {number: \"2026-1\", reported: 2026-03-01, category: 设施维修, spot: 3号楼, department: 物业, due: 2026-04-01, resolved: 2026-03-09, outcome: 已修好, slug: lamp, aliases: [/old/lamp.html]}\n";

/// A portal with old addresses of every kind.
fn portal() -> Files {
    let files = [
        ("site.toml", SITE),
        ("content/place.yaml", "name: 甲区\nlevel: district\n"),
        (
            "content/yi/place.yaml",
            "name: 乙街道\nlevel: street\nslug: yijie\naliases: [/乙/, https://old.cn/jiedao/yi/]\n",
        ),
        ("content/yi/bing/place.yaml", "name: 丙社区\nlevel: community\n"),
        (
            "content/yi/notices/a.md",
            "---\ntitle: 停水\ndate: 2026-11-20\nslug: water\naliases: /art/2026/11/20/art_1_2.html\n---\n周五停水。\n",
        ),
        (
            "content/yi/bing/about.md",
            "---\ntitle: 办事\nslug: services\naliases: [/bing/banshi/index.html]\n---\n周五办事。见[停水](../notices/a.md)。\n",
        ),
        ("content/yi/responses.yaml", RESPONSE),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

/// The files of the site. It must have no mistakes.
fn published(files: &Files) -> Files {
    let (diagnostics, files) = site::build(&site::memory(files));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:#?}");
    files
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} of {:?}", files.keys()));
    str::from_utf8(bytes).unwrap()
}

/// Where the pages at old addresses lead, by their files.
fn leads(files: &Files) -> BTreeMap<&str, &str> {
    let pages = files.iter().filter(|(path, _)| path.ends_with("html"));
    let lead = pages.filter_map(|(path, bytes)| {
        let page = str::from_utf8(bytes).unwrap();
        let (_, rest) = page.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
        Some((path.as_str(), rest.split_once('"').unwrap().0))
    });
    lead.collect()
}

#[test]
fn old_addresses_lead_to_the_pages() {
    let files = published(&portal());
    let expected = [
        ("art/2026/11/20/art_1_2.html", "/x/yijie/notices/water/"),
        ("bing/banshi/index.html", "/x/yijie/bing/services/"),
        ("jiedao/yi/index.html", "/x/yijie/"),
        ("old/lamp.html", "/x/yijie/responses/lamp/"),
        ("乙/index.html", "/x/yijie/"),
    ];
    assert_eq!(leads(&files), BTreeMap::from(expected));
    for (_, address) in expected {
        let file = format!("{}index.html", address.strip_prefix("/x/").unwrap());
        assert!(files.contains_key(&file), "{file}");
    }
    let page = text(&files, "old/lamp.html");
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://a.cn/x/yijie/responses/lamp/\">")
    );
    assert!(page.contains("Content-Security-Policy") && page.contains("noindex"));
    assert!(
        text(&files, "yijie/bing/services/index.html").contains("href=\"/x/yijie/notices/water/\"")
    );
    // They are no pages: neither searched nor listed.
    let sitemap = text(&files, "sitemap.xml");
    assert!(sitemap.contains("/x/yijie/bing/services/") && !sitemap.contains("banshi"));
    assert!(sitemap.contains("water/</loc><lastmod>2026-11-20</lastmod>"));
}

#[test]
fn hosts_are_told_where_old_addresses_lead() {
    let files = published(&portal());
    let netlify = text(&files, "_redirects");
    assert_eq!(
        netlify,
        "/x/art/2026/11/20/art_1_2.html /x/yijie/notices/water/ 301\n\
         /x/bing/banshi/ /x/yijie/bing/services/ 301\n\
         /x/jiedao/yi/ /x/yijie/ 301\n\
         /x/old/lamp.html /x/yijie/responses/lamp/ 301\n\
         /x/%E4%B9%99/ /x/yijie/ 301\n\
         /x/jiedao/yi/* /x/yijie/:splat 301\n\
         /x/%E4%B9%99/* /x/yijie/:splat 301\n\
         /x/notices/* /x/404.html 410\n\
         /x/:place1/notices/* /x/404.html 410\n"
    );
    let nginx = text(&files, "_hosting/nginx.conf");
    for lines in [
        "location = \"/x/old/lamp.html\" {\n    return 301 \"/x/yijie/responses/lamp/\";\n}\n",
        "location = \"/x/乙/\" {\n    return 301 \"/x/yijie/\";\n}\n",
        "location ^~ \"/x/乙/\" {\n    try_files $uri $uri/ @moved1;\n",
        "location @moved1 {\n    rewrite \"^/x/乙/(.*)$\" \"/x/yijie/$1\" permanent;\n}\n",
        "try_files $uri $uri/ =410;",
    ] {
        assert!(nginx.contains(lines), "{lines} of {nginx}");
    }
    let caddy = text(&files, "_hosting/Caddyfile");
    for lines in [
        "redir \"/x/乙/\" \"/x/yijie/\" 301\n",
        "@below1 {\n\tpath_regexp below1 \"^/x/乙/(.+)$\"\n\tnot file {path} {path}/index.html\n}\n\
         redir @below1 \"/x/yijie/{re.below1.1}\" 301\n",
        "error @gone 410\n",
    ] {
        assert!(caddy.contains(lines), "{lines} of {caddy}");
    }
}

#[test]
fn no_sign_of_an_old_address_is_read_by_caddy() {
    let mut files = portal();
    let notice = "---\ntitle: 停电\ndate: 2026-11-20\naliases: ['/q/{path}.html', /q/a%25b.html]\n---\n周五。\n";
    files.insert("content/yi/notices/b.md".to_owned(), notice.into());
    let files = published(&files);
    let caddy = text(&files, "_hosting/Caddyfile");
    for lines in [
        "@old4 path_regexp \"^/x/q/a\\%b\\.html$\"\nredir @old4 \"/x/yijie/notices/b/\" 301\n",
        "@old5 path_regexp \"^/x/q/\\{path\\}\\.html$\"\nredir @old5 \"/x/yijie/notices/b/\" 301\n",
    ] {
        assert!(caddy.contains(lines), "{lines} of {caddy}");
    }
}

#[test]
fn an_edit_of_an_address_is_seen_everywhere() {
    let (desk, run) = (Desk::new(), Run::default());
    let hosts = "[hosting]\nhosts = [\"cloudflare\", \"caddy\"]\n[pages]";
    desk.edit("site.toml", "[pages]", hosts);
    for (path, from, to) in [
        ("content/xian/place.yaml", "level: street", "level: street\nslug: anxi"),
        ("content/xian/place.yaml", "slug: anxi", "slug: anxi\naliases: [/xian/]"),
        ("content/notices/2026-10-08-rules.md", "pinned", "aliases: [/a.html, /b/]\npinned"),
        ("content/notices/2026-10-08-rules.md", "/b/", "/c/"),
        ("content/notices/2026-10-08-rules.md", "pinned", "slug: rules\npinned"),
        ("content/xian/responses.yaml", "outcome: 已修好", "outcome: 已修好, aliases: /d/"),
        ("content/xian/responses.yaml", "outcome: 已修好", "outcome: 已修好, slug: first"),
        ("content/xian/place.yaml", "slug: anxi", "slug: an-xi"),
        ("content/xian/place.yaml", "slug: an-xi\n", ""),
        ("content/xian/place.yaml", "\naliases: [/xian/]", ""),
    ] {
        desk.edit(path, from, to);
        assert_eq!(desk.check(&run).status, i32::from(to.is_empty() && from.contains("slug")));
    }
    let published = desk.published(&run);
    let expected = [
        ("a.html", "/notices/rules/"),
        ("c/index.html", "/notices/rules/"),
        ("d/index.html", "/xian/responses/first/"),
    ];
    assert_eq!(leads(&published), BTreeMap::from(expected));
}

#[test]
fn what_was_withdrawn_stays_gone() {
    let (desk, run) = (Desk::new(), Run::default());
    let (rules, about) = ("content/notices/2026-10-08-rules.md", "content/about.md");
    let old = "---\naliases: [/notices/2026-10-08-rules/]\ntitle";
    assert_eq!(desk.check(&run).status, 0);
    desk.edit(about, "---\ntitle", old);
    assert_eq!(desk.check(&run).status, 1, "it is the address of a page");
    desk.edit(rules, "pinned", "withdrawn: 2026-11-01\npinned");
    assert_eq!(desk.check(&run).status, 1, "it is the address of a withdrawn page");
    desk.edit(about, old, "---\ntitle");
    assert_eq!(desk.check(&run).status, 0);
}

/// Codes and files of the errors of a portal.
fn errors(files: &Files) -> Vec<String> {
    let told = site::check(&site::memory(files));
    let told = told.iter().filter(|it| it.severity == diagnostic::Severity::Error);
    told.map(|it| {
        let line = it.location.range.map_or(0, |range| range.start.line);
        let help = it.help.as_deref().unwrap_or_default();
        format!("{} {}:{line} {help}", it.code.name(), it.location.file)
    })
    .collect()
}

#[test]
fn no_address_of_something_withdrawn_comes_back() {
    let mut files = portal();
    let mut gone = |front: &str| {
        let text = format!("---\ntitle: 名单\ndate: 2026-11-02\n{front}---\n名单。\n");
        files.insert("content/yi/notices/gone.md".to_owned(), text.into());
        files.clone()
    };
    let withdrawn = gone("withdrawn: 2026-11-20\naliases: [/gone-alias.html, /乙/名单/]\n");
    let renamed = gone("withdrawn: 2026-11-20\nslug: gg\n");
    let posted = gone("slug: gg\n");
    let live = |files: &Files, front: &str, name: &str| {
        let mut files = files.clone();
        let text = format!("---\ntitle: 公告\ndate: 2026-11-03\n{front}\n---\n公告。\n");
        files.insert(format!("content/yi/notices/{name}.md"), text.into());
        errors(&files)
    };
    let alias = "bad-address content/yi/notices/live.md:4 withdrawn";
    for (files, front, expected) in [
        (&withdrawn, "aliases: [/gone-alias.html]", Some(alias)),
        (&withdrawn, "aliases: [/GONE-ALIAS.HTML]", Some(alias)),
        (&withdrawn, "aliases: [/乙/名单]", Some(alias)),
        (&withdrawn, "aliases: [/yijie/Notices/Gone/]", Some(alias)),
        (&withdrawn, "slug: gone", Some("bad-address content/yi/notices/live.md:0 taken")),
        (&withdrawn, "aliases: [/yijie/notices/other/]", None),
        (&renamed, "aliases: [/yijie/notices/gone/]", Some(alias)),
        (&renamed, "aliases: [/yijie/notices/gg/]", Some(alias)),
        (&renamed, "slug: gg", Some("bad-address content/yi/notices/live.md:0 taken")),
        // Nothing ever stood there.
        (&renamed, "slug: gone", None),
        (&posted, "aliases: [/yijie/notices/gone/]", None),
    ] {
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(live(files, front, "live"), expected, "{front}");
    }
    // Another place has its own addresses, and the front page of the street may be elsewhere.
    let mut moved = withdrawn.clone();
    let place = String::from_utf8(moved["content/yi/place.yaml"].clone()).unwrap();
    moved.insert("content/yi/place.yaml".to_owned(), place.replace("yijie", "yj").into());
    assert_eq!(live(&moved, "aliases: [/yijie/notices/gone/]", "live"), Vec::<String>::new());
    assert_eq!(live(&moved, "aliases: [/yj/notices/gone/]", "live"), [alias]);
    let record = RESPONSE.replace("slug: lamp,", "withdrawn: 2026-11-20, slug: lamp,");
    for (address, is_gone) in [
        ("yijie/responses/lamp/", true),
        ("yijie/responses/2026-1/", true),
        ("old/lamp.html", true),
        ("old/", false),
    ] {
        let mut files = portal();
        files.insert("content/yi/responses.yaml".to_owned(), record.clone().into());
        let told = live(&files, &format!("aliases: [/{address}]"), "live");
        assert_eq!(told.len(), usize::from(is_gone), "{address}: {told:?}");
    }
}

#[test]
fn what_is_withdrawn_later_takes_its_addresses_along() {
    let (desk, run) = (Desk::new(), Run::default());
    let (rules, about) = ("content/notices/2026-10-08-rules.md", "content/about.md");
    desk.edit(about, "---\ntitle", "---\naliases: [/rules/, /notices/old/]\ntitle");
    assert_eq!(desk.check(&run).status, 0);
    desk.edit(rules, "pinned", "withdrawn: 2026-11-01\npinned");
    assert_eq!(desk.check(&run).status, 0);
    desk.edit(rules, "withdrawn", "aliases: [/RULES/]\nwithdrawn");
    assert_eq!(desk.check(&run).status, 1);
    desk.edit(rules, "/RULES/", "/law/");
    assert_eq!(desk.check(&run).status, 0);
}

#[test]
fn an_old_address_is_written_once() {
    let mut files = portal();
    for (aliases, expected) in [
        ("\n  - /a/b/\n  - /a/\n  - /a/", vec!["bad-address content/yi/notices/a.md:8 twice"]),
        (" [/q/case.html, /Q/CASE.HTML]", vec!["bad-address content/yi/notices/a.md:5 twice"]),
        (" [/q/case.html, /q/]", vec![]),
    ] {
        let text = format!(
            "---\ntitle: 停水\ndate: 2026-11-20\nslug: water\naliases:{aliases}\n---\n周五。\n"
        );
        files.insert("content/yi/notices/a.md".to_owned(), text.into());
        assert_eq!(errors(&files), expected, "{aliases}");
    }
    // Two pages cannot both have had it.
    files.insert(
        "content/yi/notices/b.md".to_owned(),
        "---\ntitle: 停电\ndate: 2026-11-20\naliases: /Q/\n---\n周五。\n".into(),
    );
    assert_eq!(errors(&files).len(), 1);
    assert!(errors(&files)[0].ends_with(" aliases"), "{:?}", errors(&files));
}

#[test]
fn an_old_address_does_not_spell_a_name_that_is_not_shown() {
    let mut files = portal();
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add(
        "content/yi/notices/b.md",
        "---\ntitle: 表扬\ndate: 2026-11-20\naliases: [/王秀芳/, /ok/]\n---\n送饭。\n",
    );
    add(
        "content/yi/honors.yaml",
        "- {award: 好邻居, name: 王秀芳, date: 2026-03-05, citation: 送饭。, basis: office, withdrawn: 2026-11-01}\n",
    );
    let (_, files) = site::build(&site::memory(&files));
    assert!(files.contains_key("ok/index.html"));
    let names = |text: &str| text.contains("王秀芳") || text.contains("%E7%8E%8B%E7%A7%80");
    let named =
        files.iter().filter(|(path, bytes)| names(path) || names(&String::from_utf8_lossy(bytes)));
    assert_eq!(named.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}
