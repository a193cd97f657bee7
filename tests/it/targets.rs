//! What links and images in texts lead to, however they are typed.

use linli::diagnostic::{self, Diagnostic};

use crate::site::{self, Files};

/// A community with a list, two notices and a few images; `text` is that of the first notice.
fn portal(text: &str) -> Files {
    let water = format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n\n{text}\n");
    let files = [
        ("site.toml", "title = \"甲街道\"\nbase-url = \"https://x.example/portal\"\n"),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\n"),
        (
            "content/yi/honors.yaml",
            "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭, basis: 本人同意, basis_reference: 甲字 1 号, basis_date: 2026-01-01, photo: Notices/GATE.JPG}\n",
        ),
        ("content/yi/notices/2026-11-20-water.md", &water),
        (
            "content/yi/notices/停电.md",
            "---\ntitle: 停电\ndate: 2026-11-21\n---\n\n## 时间\n\n周五。\n",
        ),
    ];
    let mut files: Files =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect();
    let png = site::files_in(std::path::Path::new("tests/it/incremental/images"));
    let png = png.into_iter().find(|(name, _)| name.ends_with(".png")).unwrap().1;
    for name in ["gate.jpeg", "现场 照片.PNG", "微信图片 (1).png", "caf\u{e9}.png", "a&b.png"]
    {
        files.insert(format!("content/yi/notices/{name}"), png.clone());
    }
    files
}

/// The diagnostics of a site with that text, and its page.
fn built(text: &str) -> (Vec<Diagnostic>, String, Files) {
    let (diagnostics, files) = site::build(&site::memory(&portal(text)));
    let page = files.get("yi/notices/2026-11-20-water/index.html");
    let page = page.map(|it| String::from_utf8(it.clone()).unwrap()).unwrap_or_default();
    (diagnostics, page, files)
}

#[test]
fn files_are_found_however_they_are_typed() {
    const POWER: &str = "/portal/yi/notices/%E5%81%9C%E7%94%B5/";
    const HONORS: &str = "/portal/yi/honors/";
    let rows = [
        ("停电.md", POWER.to_owned()),
        ("停电.MD", POWER.to_owned()),
        ("./停电.md", POWER.to_owned()),
        ("%E5%81%9C%E7%94%B5.md", POWER.to_owned()),
        ("停电.md?from=wechat", POWER.to_owned()),
        ("停电.md#时间", format!("{POWER}#%E6%97%B6%E9%97%B4")),
        ("..\\Notices\\停电.md", POWER.to_owned()),
        ("../honors.yml", HONORS.to_owned()),
        ("../Honors.YAML", HONORS.to_owned()),
        ("..\\honors.yaml", HONORS.to_owned()),
        ("../../YI/honors.yaml", HONORS.to_owned()),
        ("../", "/portal/yi/".to_owned()),
        ("../place.yml", "/portal/yi/".to_owned()),
        ("../../Yi/", "/portal/yi/".to_owned()),
    ];
    let lines = rows.iter().enumerate();
    let lines = lines.map(|(at, (typed, _))| format!("- [第{at}行]({typed})"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let (diagnostics, page, _) = built(&text);
    assert_eq!(diagnostic::count(&diagnostics), (0, 0), "{diagnostics:#?}");
    for (at, (typed, address)) in rows.iter().enumerate() {
        let link = format!("<a href=\"{address}\">第{at}行</a>");
        assert!(page.contains(&link), "{typed}: no {link} in\n{page}");
    }
}

#[test]
fn images_are_found_however_they_are_typed() {
    let rows = [
        ("gate.jpg", "gate.jpeg"),
        ("GATE.JPEG", "gate.jpeg"),
        ("gate.jpg?x=1", "gate.jpeg"),
        ("现场 照片.png", "%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.PNG"),
        ("现场%20照片.PNG", "%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.PNG"),
        ("微信图片 (1).png", "%E5%BE%AE%E4%BF%A1%E5%9B%BE%E7%89%87%20(1).png"),
        ("..\\notices\\微信图片 (1).PNG", "%E5%BE%AE%E4%BF%A1%E5%9B%BE%E7%89%87%20(1).png"),
        ("cafe\u{301}.png", "caf%C3%A9.png"),
        ("a&b.png", "a&amp;b.png"),
    ];
    let lines = rows.iter().enumerate();
    let lines = lines.map(|(at, (typed, _))| format!("![第{at}张]({typed})"));
    let text = lines.collect::<Vec<_>>().join("\n\n");
    let (diagnostics, page, files) = built(&text);
    assert_eq!(diagnostic::count(&diagnostics), (0, 0), "{diagnostics:#?}");
    for (at, (typed, name)) in rows.iter().enumerate() {
        let image = format!("<img src=\"/portal/yi/notices/{name}\" alt=\"第{at}张\"");
        assert!(page.contains(&image), "{typed}: no {image} in\n{page}");
    }
    for name in ["gate.jpeg", "现场 照片.PNG", "微信图片 (1).png", "caf\u{e9}.png", "a&b.png"]
    {
        assert!(files.contains_key(&format!("yi/notices/{name}")), "{name} is not published");
    }
}

#[test]
fn addresses_of_the_site_are_looked_up() {
    let rows = [
        ("/", "/portal/"),
        ("/yi/", "/portal/yi/"),
        ("/yi", "/portal/yi/"),
        ("/yi/honors/", "/portal/yi/honors/"),
        ("/portal/yi/honors/", "/portal/yi/honors/"),
        ("/yi/honors.yaml", "/portal/yi/honors/"),
        ("/honors/all/", "/portal/honors/all/"),
        ("/yi/notices/", "/portal/yi/notices/"),
        ("/notices/all/", "/portal/notices/all/"),
        ("/yi/notices/停电/#时间", "/portal/yi/notices/%E5%81%9C%E7%94%B5/#%E6%97%B6%E9%97%B4"),
        ("/sections/virtue/", "/portal/sections/virtue/"),
        ("/yi/notices/gate.jpg", "/portal/yi/notices/gate.jpeg"),
        ("/sitemap.xml", "/portal/sitemap.xml"),
        ("/bbs/thread-1", "/bbs/thread-1"),
    ];
    // The list of one year has no part for it.
    let wrong = [
        "/xiyi/",
        "/yi/nothing/",
        "/yi/honors/1999/",
        "/yi/honors/2026/",
        "/yi/notices/2026/",
        "/yi/notices/nothing/",
        "/bb/",
    ];
    let lines = rows.iter().map(|(typed, _)| *typed).chain(wrong);
    let lines = lines.enumerate().map(|(at, typed)| format!("- [第{at}行]({typed})"));
    let text = lines.collect::<Vec<_>>().join("\n") + "\n\n![门](/yi/notices/现场 照片.PNG)";
    let mut site = portal(&text);
    let settings = "title = \"甲街道\"\nbase-url = \"https://x.example//portal//\"\n\
                    [links]\noutside = [\"/bbs/\"]\n";
    site.insert("site.toml".to_owned(), settings.into());
    let (diagnostics, files) = site::build(&site::memory(&site));
    assert_eq!(diagnostic::count(&diagnostics), (wrong.len(), 0), "{diagnostics:#?}");
    let page = &files["yi/notices/2026-11-20-water/index.html"];
    let page = str::from_utf8(page).unwrap();
    for (at, (typed, address)) in rows.iter().enumerate() {
        let link = format!("<a href=\"{address}\">第{at}行</a>");
        assert!(page.contains(&link), "{typed}: no {link} in\n{page}");
        let path = address.trim_start_matches("/portal/").split('#').next().unwrap();
        let file = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
        let is_there = files.contains_key(&format!("{path}{file}"));
        let is_plain = path.is_ascii() && !path.contains('%') && !path.starts_with("/bbs");
        assert!(is_there || !is_plain, "{typed}: there is no {path}");
    }
    assert!(files.contains_key("yi/notices/现场 照片.PNG"));
}
