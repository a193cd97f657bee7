//! The sitemap: the addresses of all pages, as search engines read them.

use std::{fs, path::Path};

use linli::{
    Options,
    build::{self, BuildState, FolderTarget, Settings},
    diagnostic,
    source::{Disk, Tree},
};
use quick_xml::{Reader, events::Event};

use crate::site::{self, Files, TODAY};

const SITE: &str = "title = \"甲街道\"\nbase-url = \"https://x.example/a&b\"\n";

const HONORS: &str = "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭}\n";

const NOTICE: &str = "---\ntitle: 停水\ndate: 2026-11-20\n---\n周五停水。\n";

/// A portal with names that an address or XML cannot hold as they are.
fn portal() -> Files {
    let files = [
        ("site.toml", SITE),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\n"),
        ("content/yi/honors.yaml", HONORS),
        ("content/yi/notices/2026-11-20-停水&停电.md", NOTICE),
        ("content/bing/place.yaml", "name: 丙社区\nlevel: community\n"),
        ("content/bing/honors.yaml", HONORS),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

/// The files of the site. It must have no mistakes.
fn published(files: &Files) -> Files {
    let (diagnostics, files) = site::build(&site::memory(files));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:?}");
    files
}

/// The addresses of a sitemap, in the order in which they stand there.
fn addresses(xml: &[u8]) -> Vec<String> {
    let mut reader = Reader::from_str(str::from_utf8(xml).unwrap());
    let (mut open, mut all) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                open.push(tag.name().as_ref().to_owned());
                if open == ["urlset", "url", "loc"] {
                    all.push(String::new());
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if open.last().is_some_and(|it| it == "loc") => {
                all.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(name) => {
                let text =
                    quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap().into_owned();
                all.last_mut().unwrap().push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is left open");
    all
}

/// The address of a page's file, encoded byte by byte.
fn address(file: &str) -> String {
    let path = file.strip_suffix("index.html").unwrap();
    let encoded: String = path
        .bytes()
        .map(|byte| match byte {
            0x80.. | b' ' => format!("%{byte:02X}"),
            _ => char::from(byte).to_string(),
        })
        .collect();
    format!("https://x.example/a&b/{encoded}")
}

#[test]
fn it_has_the_addresses_of_all_pages() {
    let files = published(&portal());
    let is_page = |path: &&String| path.ends_with("index.html");
    let mut pages: Vec<&String> = files.keys().filter(is_page).collect();
    pages.sort_by_key(|path| path.strip_suffix("index.html").unwrap());
    let wanted: Vec<String> = pages.into_iter().map(|path| address(path)).collect();
    assert!(files.contains_key("404.html") && wanted.len() > 8, "{wanted:?}");
    assert!(
        wanted
            .iter()
            .any(|it| it.ends_with("/notices/2026-11-20-%E5%81%9C%E6%B0%B4&%E5%81%9C%E7%94%B5/")),
        "{wanted:?}"
    );
    assert_eq!(addresses(&files["sitemap.xml"]), wanted);
}

#[test]
fn its_addresses_are_escaped() {
    let text = String::from_utf8(published(&portal()).remove("sitemap.xml").unwrap()).unwrap();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns="));
    assert!(text.contains("<loc>https://x.example/a&amp;b/</loc>"), "{text}");
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn without_an_address_there_is_none() {
    let mut files = portal();
    files.insert("site.toml".to_owned(), "title = \"甲街道\"\n".into());
    assert!(!published(&files).contains_key("sitemap.xml"));
}

#[test]
fn with_drafts_there_is_none() {
    let world = site::memory(&portal());
    for drafts in [false, true] {
        let options = Options { drafts, ..Options::default() };
        let (_, files) = site::build_by(&world, &Settings::read(&world, &options));
        assert_eq!(files.contains_key("sitemap.xml"), !drafts);
    }
}

#[test]
fn where_it_is_switched_off_there_is_none() {
    let mut files = portal();
    files.insert("site.toml".to_owned(), format!("{SITE}\n[outputs]\nsitemap = false\n").into());
    assert!(!published(&files).contains_key("sitemap.xml"));
}

/// A site that is built into a folder again and again.
struct Site {
    folder: tempfile::TempDir,
    state: BuildState,
}

impl Site {
    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// Builds it. Returns its sitemap, and whether that was written.
    fn build(&mut self) -> (Vec<u8>, bool) {
        let world = Disk::new(self.path("site")).unwrap();
        let settings = site::settings(&world, TODAY);
        let target = FolderTarget { path: self.path("out") };
        let tree = Tree::take(&world);
        let report =
            build::build_with(&world, &settings, tree, &mut self.state, &target, &()).unwrap();
        let summary = report.published.unwrap_or_else(|| panic!("{:?}", report.diagnostics));
        let is_written = summary.changed.iter().any(|path| path.as_str() == "sitemap.xml");
        (fs::read(self.path("out/sitemap.xml")).unwrap(), is_written)
    }
}

#[test]
fn it_changes_when_a_page_comes_or_goes() {
    let mut site = Site { folder: tempfile::tempdir().unwrap(), state: BuildState::default() };
    site::write(&site.path("site"), &portal());
    let (first, _) = site.build();
    let write = |path: &Path, text: &str| fs::write(path, text).unwrap();

    write(&site.path("site/content/yi/honors.yaml"), &HONORS.replace("送饭", "扫雪"));
    let (edited, is_written) = site.build();
    assert!(!is_written && edited == first, "no page came or went");

    let notice = site.path("site/content/bing/notices/2026-11-21-fees.md");
    fs::create_dir(notice.parent().unwrap()).unwrap();
    write(&notice, NOTICE);
    let (more, is_written) = site.build();
    assert!(is_written);
    let added: Vec<String> =
        addresses(&more).into_iter().filter(|it| !addresses(&first).contains(it)).collect();
    let wanted = ["notices/", "notices/2026-11-21-fees/"]
        .map(|it| format!("https://x.example/a&b/bing/{it}"));
    assert_eq!(added, wanted);

    fs::remove_file(&notice).unwrap();
    let (again, is_written) = site.build();
    assert!(is_written && again == first);
}
