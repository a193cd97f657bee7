//! What notices say beside their text, and where it is shown.

use std::collections::BTreeSet;

use linli::diagnostic::Code;

use crate::{diagnostics, site};

/// Pages of the default theme of a community with two compounds; the notices are those of the first.
fn pages(notices: &[(&str, &str)], moment: &str) -> site::Files {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    add("content/xingfu/east/place.yaml", "name: 东院\nlevel: compound\n");
    add("content/xingfu/west/place.yaml", "name: 西院\nlevel: compound\n");
    for (name, text) in notices {
        add(&format!("content/xingfu/east/notices/{name}.md"), text);
    }
    let (told, pages) = site::build_at(&site::memory(&files), moment);
    assert_eq!(told, []);
    pages
}

fn text(pages: &site::Files, path: &str) -> String {
    String::from_utf8(pages[path].clone()).unwrap()
}

/// A notice with these lines of front matter.
fn notice(title: &str, lines: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n{lines}---\n\n正文。\n")
}

#[test]
fn what_is_announced_is_among_what_comes_next_here_and_above() {
    let water = notice("停水", "happens: 2026-11-28 8:00-16:00\n");
    let heating = notice("检修", "happens: 2026-11-26 至 2026-12-01\n");
    let calm = notice("致谢", "");
    let notices = [("water", &*water), ("heating", &heating), ("calm", &calm)];
    let coming = |moment: &str, path: &str| {
        let page = text(&pages(&notices, moment), path);
        let part = page.split_once("id=\"coming\"").map_or("", |(_, rest)| rest);
        let part = part.split("</section>").next().unwrap_or_default().to_owned();
        let titles = ["停水", "检修", "致谢"]
            .into_iter()
            .filter_map(|it| Some((part.find(&format!(">{it}<"))?, it)));
        let mut titles: Vec<(usize, &str)> = titles.collect();
        titles.sort_unstable();
        titles.into_iter().map(|(_, title)| title).collect::<Vec<_>>()
    };
    for page in ["index.html", "xingfu/index.html", "xingfu/east/index.html"] {
        assert_eq!(coming("2026-11-25", page), ["检修", "停水"], "{page}");
        assert_eq!(coming("2026-11-29", page), ["检修"], "{page}");
        assert!(coming("2026-12-02", page).is_empty(), "{page}");
    }
    assert!(coming("2026-11-25", "xingfu/west/index.html").is_empty());
}

#[test]
fn a_notice_says_where_it_is_from_when_it_counts_and_what_was_corrected() {
    let lines = "source: 市自来水公司\nnumber: 宽社〔2026〕3号\nupdated: 2026-11-22\n\
                 change: 时间改了\nhappens: 2026-11-28 22:00 至 次日6:00\ntags: 停水、检修\n";
    let pages = pages(&[("water", &notice("停水", lines))], "2026-11-28");
    let page = text(&pages, "xingfu/east/notices/water/index.html");
    for words in [
        "来源：市自来水公司",
        "宽社〔2026〕3号",
        "时间改了",
        "2026-11-22",
        "22:00—次日06:00",
        "<b class=\"tag\">停水</b><b class=\"tag\">检修</b>",
        "<meta name=\"ContentSource\" content=\"市自来水公司\">",
        ">今天<",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(text(&pages, "xingfu/east/notices/index.html").contains(">更正<"));
}

#[test]
fn urgent_notices_stand_first_until_their_last_day() {
    let pinned = notice("置顶的", "pinned: 是\n");
    let urgent = notice("紧急的", "urgent: 是\nuntil: 2026-11-28\n");
    let all = [("a-pinned", &*pinned), ("b-urgent", &urgent)];
    let order = |moment: &str| {
        let page = text(&pages(&all, moment), "xingfu/east/notices/index.html");
        (page.find("紧急的"), page.find("置顶的"))
    };
    let (urgent, pinned) = order("2026-11-28");
    assert!(urgent.is_some() && urgent < pinned);
    assert_eq!(order("2026-11-29").0, None);
}

#[test]
fn who_withdrew_is_not_named_beside_the_text() {
    let lines = "source: 王芳\nnumber: 王芳1号\nchange: 王芳改的\ntags: 王芳\n";
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    add("content/xingfu/notices/a.md", &notice("停水", lines));
    add(
        "content/xingfu/honors.yaml",
        "- {award: 好邻居, name: 王芳, date: 2026-03-05, citation: 送饭。, basis: office, withdrawn: 2026-11-01}\n",
    );
    let (_, pages) = site::build(&site::memory(&files));
    let named = pages.iter().filter(|(_, page)| String::from_utf8_lossy(page).contains("王芳"));
    assert_eq!(named.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn notices_lie_in_folders_of_years_or_of_their_own() {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    let linked = |link: &str| notice("通知", "").replace("正文。", &format!("见[这里]({link})。"));
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>图</title><path d=\"M0 0\"/></svg>";
    add("site.toml", "theme = \"default\"\n");
    add("content/xingfu/notices/2026/11/water.md", &linked("../../feast/index.md"));
    add("content/xingfu/notices/feast/index.md", &linked("../2026/11/water.md"));
    add("content/xingfu/notices/feast/photos/a.svg", picture);
    add("content/xingfu/notices/index.md", &notice("目录", ""));
    add(
        "content/xingfu/notices/show/index.md",
        &notice("图", "").replace("正文。", "![图](a.svg)"),
    );
    add("content/xingfu/notices/show/a.svg", picture);
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    for (page, words) in [
        ("water", "href=\"/xingfu/notices/feast/\""),
        ("feast", "href=\"/xingfu/notices/water/\""),
        ("index", "目录"),
        ("show", "a.svg\""),
    ] {
        let shown = text(&pages, &format!("xingfu/notices/{page}/index.html"));
        assert!(shown.contains(words), "{page}: {shown}");
    }
}

#[test]
fn what_is_wrong_with_a_folder_of_notices_is_told() {
    let told = |paths: &[(&str, &str)]| {
        let mut files = diagnostics::files_of("_base");
        for (path, text) in paths {
            files.insert(format!("content/xingfu/notices/{path}"), (*text).into());
        }
        let told = site::check(&site::memory(&files));
        told.iter().map(|it| format!("{:?} {}", it.code, it.location.file)).collect::<Vec<_>>()
    };
    let water = notice("停水", "");
    let same = told(&[("2025/water.md", &water), ("2026/water.md", &water)]);
    assert_eq!(same, ["PathConflict content/xingfu/notices/2026/water.md"]);
    let beside = told(&[("a/index.md", &water), ("a/b.md", &water)]);
    assert_eq!(beside, ["UnknownFile content/xingfu/notices/a/b.md"]);
    let named = told(&[("13800001234/index.md", &water)]);
    assert_eq!(named, ["PersonalData content/xingfu/notices/13800001234/index.md"]);
}

#[test]
fn what_stands_beside_the_text_is_searched_like_it() {
    let told = |lines: &str| {
        let mut files = diagnostics::files_of("_base");
        files.insert("content/xingfu/notices/a.md".to_owned(), notice("停水", lines).into());
        site::check(&site::memory(&files)).iter().map(|it| it.code).collect::<Vec<_>>()
    };
    for key in
        ["source", "来源", "Source", "number", "change", "更正说明", "Correction", "tags", "标签"]
    {
        for (value, code) in [
            ("王芳13800138000", Code::PersonalData),
            ("11010519491231002X", Code::IdNumber),
            ("6222021234567890128", Code::BankCard),
            ("感谢低保户王芳", Code::SensitiveName),
        ] {
            let found = told(&format!("{key}: {value}\n"));
            assert!(found.contains(&code), "{key}: {value}: {found:?}");
        }
    }
}

#[test]
fn accounts_of_organisations_are_published_with_a_reason() {
    let built = |lines: &str| {
        let mut files = diagnostics::files_of("_base");
        let text = notice("募捐", lines).replace("正文", "账号：6222021234567890128");
        files.insert("content/xingfu/notices/a.md".to_owned(), text.into());
        let (told, pages) = site::build(&site::memory(&files));
        (told.iter().map(|it| it.code).collect::<Vec<_>>(), pages)
    };
    let (told, pages) = built("allow: [单位账号]\nallow_reason: 区慈善会的捐款账号\n");
    assert_eq!(told, []);
    assert!(text(&pages, "xingfu/notices/a/index.html").contains("6222021234567890128"));
    assert_eq!(built("").0, [Code::BankCard]);
    assert!(built("allow: [单位账号]\n").0.contains(&Code::BankCard));
    assert!(built("allow: [phone]\nallow_reason: 工作手机\n").0.contains(&Code::BankCard));
}

#[test]
fn names_that_look_the_same_are_one_address() {
    // A letter with a sign, and both by themselves, as a Mac writes it.
    for (one, other) in [("caf\u{e9}", "cafe\u{301}"), ("\u{ac00}", "\u{1100}\u{1161}")] {
        for below in ["notices/", "", "notices/2026/"] {
            let mut files = diagnostics::files_of("_base");
            let text = notice("停水", "");
            let text = if below.is_empty() { text.replace("date: 2026-11-20\n", "") } else { text };
            let path = |name: &str| format!("content/xingfu/{below}{name}.md");
            for name in [one, other] {
                files.insert(path(name), text.clone().into());
            }
            let told = site::check(&site::memory(&files));
            let told: Vec<_> = told.iter().filter(|it| it.code == Code::PathConflict).collect();
            assert_eq!(told.len(), 1, "{below}");
            let named = [&told[0].location, &told[0].related[0].0].map(|it| it.file.to_string());
            assert_eq!(BTreeSet::from(named), BTreeSet::from([one, other].map(path)));
            assert_eq!(told[0].help.as_deref(), Some("composed"));
        }
    }
}
