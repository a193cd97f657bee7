//! Lasting pages: where they are, where they are linked, and what is told of them.

use crate::{diagnostics, site};

const PICTURE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>图</title><path d=\"M0 0\"/></svg>";

/// The pages of the default theme of a community with these files in its folder, and of the root
/// with those that begin with a slash.
fn build(files: &[(&str, &str)]) -> (Vec<String>, site::Files) {
    let mut all = diagnostics::files_of("_base");
    all.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
    for (path, text) in files {
        let path = match path.strip_prefix('/') {
            Some(path) => format!("content/{path}"),
            None => format!("content/xingfu/{path}"),
        };
        all.insert(path, (*text).into());
    }
    let (told, pages) = site::build_at(&site::memory(&all), "2026-11-28");
    let place = |file: &str| file.trim_start_matches("content/").to_owned();
    let told = told.iter().map(|it| format!("{:?} {}", it.code, place(it.location.file.as_str())));
    (told.collect(), pages)
}

fn page(title: &str, lines: &str) -> String {
    format!("---\ntitle: {title}\n{lines}---\n\n正文。\n")
}

fn text(pages: &site::Files, path: &str) -> String {
    String::from_utf8(pages[path].clone()).unwrap()
}

/// The links of a page that stand in an element of that class, with their titles.
fn links(html: &str, class: &str) -> Vec<(String, String)> {
    let part = html.split_once(&format!("class=\"{class}\"")).map_or("", |(_, rest)| rest);
    let part = part.split("</nav>").next().unwrap_or_default();
    let links = part.split("<a href=\"").skip(1);
    let link = |it: &str| {
        let (url, rest) = it.split_once('"').unwrap();
        let title = rest.split_once('>').unwrap().1.split('<').next().unwrap();
        (url.to_owned(), title.to_owned())
    };
    links.map(link).collect()
}

#[test]
fn they_are_linked_in_order_from_their_place_and_from_each_other() {
    let shown = page("带图", "order: 1\n").replace("正文。", "![图](a.svg) 见[公约](../rules.md)");
    let (told, pages) = build(&[
        ("rules.md", &page("公约", "order: 2\nupdated: 2026-11-20\nsource: 居民议事会\n")),
        ("guide/index.md", &shown),
        ("guide/a.svg", PICTURE),
        ("zoo.md", &page("阿姨", "")),
        ("ant.md", &page("早市", "")),
        ("/about.md", &page("关于本站", "")),
    ]);
    assert_eq!(told, Vec::<String>::new());
    let menu: Vec<_> = [("guide", "带图"), ("rules", "公约"), ("zoo", "阿姨"), ("ant", "早市")]
        .map(|(name, title)| (format!("/xingfu/{name}/"), title.to_owned()))
        .into();
    for path in ["xingfu/index.html", "xingfu/rules/index.html", "xingfu/guide/index.html"] {
        assert_eq!(links(&text(&pages, path), "pages"), menu, "{path}");
    }
    let about = ("/about/".to_owned(), "关于本站".to_owned());
    for path in ["index.html", "about/index.html", "xingfu/rules/index.html", "xingfu/index.html"] {
        let links = links(&text(&pages, path), "sections");
        assert!(links.contains(&about), "{path}: {links:?}");
    }
    // Nothing else to turn to.
    assert!(links(&text(&pages, "about/index.html"), "pages").is_empty());
    let rules = text(&pages, "xingfu/rules/index.html");
    assert!(
        rules.contains("更新于 <time datetime=\"2026-11-20\">2026年11月20日</time>"),
        "{rules}"
    );
    assert!(rules.contains("来源：居民议事会"), "{rules}");
    let guide = text(&pages, "xingfu/guide/index.html");
    assert!(guide.contains("src=\"/xingfu/guide/a.svg\""), "{guide}");
    assert!(guide.contains("href=\"/xingfu/rules/\""), "{guide}");
    assert!(pages.contains_key("xingfu/guide/a.svg"));
}

#[test]
fn one_of_a_section_is_on_the_sections_page_and_leaves_the_menu_to_others() {
    let (told, pages) = build(&[("/guide.md", &page("办事指南", "section: 服务善治\n"))]);
    assert_eq!(told, Vec::<String>::new());
    let guide = vec![("/guide/".to_owned(), "办事指南".to_owned())];
    assert_eq!(links(&text(&pages, "sections/service/index.html"), "pages"), guide);
    assert_eq!(links(&text(&pages, "index.html"), "pages"), guide);
    assert!(links(&text(&pages, "sections/virtue/index.html"), "pages").is_empty());
    assert!(!links(&text(&pages, "index.html"), "sections").contains(&guide[0]));
}

#[test]
fn those_of_all_places_are_on_the_sections_page_with_their_place() {
    let service = page("办事指南", "section: service\n");
    let many: Vec<(String, String)> =
        (0..70).map(|it| (format!("p{it:02}.md"), page("流程", "section: virtue\n"))).collect();
    let mut files = vec![("/guide.md", &*service), ("guide.md", &*service)];
    files.extend(many.iter().map(|(path, text)| (&**path, &**text)));
    let (told, pages) = build(&files);
    assert_eq!(told, Vec::<String>::new());
    let link = |url: &str, title: &str| (url.to_owned(), title.to_owned());
    let expected = [link("/guide/", "办事指南"), link("/xingfu/guide/", "办事指南（幸福社区）")];
    let section = text(&pages, "sections/service/index.html");
    assert_eq!(links(&section, "pages"), expected);
    assert!(!section.contains("还有"), "{section}");
    // More are no menu: the pages of their places have them.
    let section = text(&pages, "sections/virtue/index.html");
    assert_eq!(links(&section, "pages").len(), 60);
    assert!(section.contains("还有 10 个"), "{section}");
    assert_eq!(links(&text(&pages, "xingfu/index.html"), "pages").len(), 71);
}

#[test]
fn they_are_no_notices() {
    let (_, pages) = build(&[
        ("rules.md", &page("公约", "")),
        ("notices/water.md", "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n停水。\n"),
    ]);
    let list = text(&pages, "xingfu/notices/index.html");
    assert!(list.contains("停水") && !list.contains("公约"), "{list}");
    assert!(!text(&pages, "notices/all/index.html").contains("公约"));
    // A list of none would be one more page that leads nowhere.
    let (_, pages) = build(&[("rules.md", &page("公约", ""))]);
    assert!(!pages.contains_key("xingfu/notices/index.html"));
}

#[test]
fn one_that_is_not_posted_is_nowhere_and_links_to_it_lead_to_its_place() {
    for hidden in ["publish_until: 2026-11-20\n", "publish_from: 2026-12-01\n", "draft: true\n"] {
        let linked = page("带路", "").replace("正文。", "见[公约](rules.md)。");
        let (told, pages) = build(&[("rules.md", &page("公约甲", hidden)), ("way.md", &linked)]);
        assert_eq!(told, Vec::<String>::new(), "{hidden}");
        assert!(!pages.contains_key("xingfu/rules/index.html"), "{hidden}");
        let way = text(&pages, "xingfu/way/index.html");
        assert!(way.contains("<a href=\"/xingfu/\">公约</a>"), "{way}");
        for (path, bytes) in &pages {
            assert!(!String::from_utf8_lossy(bytes).contains("公约甲"), "{hidden} {path}");
        }
    }
}

#[test]
fn what_is_wrong_is_told() {
    let rules = page("公约", "");
    let told = |files: &[(&str, &str)]| build(files).0;
    for (files, right) in [
        // A page has no date: what is of a day is a notice.
        (vec![("rules.md", &*page("公约", "date: 2026-11-20\n"))], "UnknownField xingfu/rules.md"),
        (vec![("rules.md", "没有开头的文字。\n")], "FrontMatterMissing xingfu/rules.md"),
        (vec![("rules.md", &*page("公约", "section: 别处\n"))], "UnknownSection xingfu/rules.md"),
        (vec![("rules.md", &*page("公约", "order: 第一\n"))], "WrongType xingfu/rules.md"),
        (vec![("index.md", &*rules)], "UnknownFile xingfu/index.md"),
        (vec![("README.md", "# 说明\n")], "UnknownFile xingfu/README.md"),
        (
            vec![("rules.md", &*rules), ("rules/index.md", &*rules)],
            "PathConflict xingfu/rules/index.md",
        ),
        (
            vec![("rules/index.md", &*rules), ("rules/b.md", &*rules)],
            "UnknownFile xingfu/rules/b.md",
        ),
        (vec![("guide/b.md", &*rules)], "MissingPlace xingfu/guide"),
        (
            vec![("/sitemap.xml.md", &*rules), ("/_root/sitemap.xml", "a")],
            "PathConflict sitemap.xml.md",
        ),
        (vec![("/404.html.md", &*rules)], "PathConflict 404.html.md"),
        (vec![("index.html.md", &*rules)], "PathConflict xingfu/index.html.md"),
        (
            vec![
                ("/assets/place.yaml", "name: 甲\nlevel: community\n"),
                ("/assets/style.css.md", &*rules),
            ],
            "PathConflict assets/style.css.md",
        ),
        (
            vec![("rules.md", &*rules), ("rules - 副本.md", &*rules)],
            "CopiedFile xingfu/rules - 副本.md",
        ),
        (vec![("13800001234.md", &*rules)], "PersonalData xingfu/13800001234.md"),
    ] {
        assert_eq!(told(&files).first().map(String::as_str), Some(right), "{files:?}");
    }
    let names = rules.replace("正文。", "王桂兰、李建军");
    assert_eq!(told(&[("rules.md", &names)]), Vec::<String>::new());
    for path in ["低保户.md", "低保户/index.md"] {
        assert_eq!(told(&[(path, &names)])[0], format!("SensitiveName xingfu/{path}"));
    }
    // A table beside an index is attached to its page.
    let linked = rules.replace("正文。", "[名单](a.csv)");
    assert_eq!(
        told(&[("about/index.md", &linked), ("about/a.csv", "楼,户数\n1,2\n")]),
        Vec::<String>::new()
    );
    let dirty = rules.replace("正文。", "李娜的电话是13800001234，身份证号11010519491231002X。");
    assert!(told(&[("rules.md", &dirty)]).iter().any(|it| it == "PersonalData xingfu/rules.md"));
}
