//! Files for the root of the site: `content/_root/`.

use linli::diagnostic::Severity;

use crate::{diagnostics, site};

/// What is told of a site with these files in `_root`, errors and warnings, and the site. `settings`
/// are lines of `site.toml`.
fn build(settings: &str, files: &[(&str, &[u8])]) -> (Vec<String>, site::Files) {
    let mut all = diagnostics::files_of("_base");
    all.insert("site.toml".to_owned(), format!("theme = \"default\"\n{settings}").into());
    for (path, bytes) in files {
        let folder = if path.starts_with("content/") { "" } else { "content/_root/" };
        all.insert(format!("{folder}{path}"), bytes.to_vec());
    }
    let (told, pages) = site::build(&site::memory(&all));
    let line = |it: &linli::diagnostic::Diagnostic| {
        let mark = if it.severity == Severity::Error { "" } else { "?" };
        let file = it.location.file.as_str().trim_start_matches("content/");
        format!("{mark}{:?} {file}", it.code)
    };
    (told.iter().map(line).collect(), pages)
}

/// An icon of one bitmap.
const ICON: &[u8] = b"\0\0\x01\0\x01\0\x01\x01\0\0\x01\0\x20\0\x30\0\0\0\x16\0\0\0\
    \x28\0\0\0\x01\0\0\0\x02\0\0\0\x01\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    abcd\0\0\0\0";

#[test]
fn they_are_published_as_they_are() {
    let files: [(&str, &[u8]); 7] = [
        ("CNAME", b"www.example.cn\n"),
        (".nojekyll", b""),
        (".well-known/security.txt", b"Contact: mailto:web@example.cn\n"),
        ("baidu_verify_code-a1.html", b"<!doctype html><title>a1</title>a1"),
        ("MP_verify_a1.txt", b"a1"),
        ("favicon.ico", ICON),
        ("search.xml", b"<?xml version=\"1.0\"?><OpenSearchDescription/>"),
    ];
    let (told, pages) = build("[organiser]\nemail = \"web@example.cn\"\n", &files);
    assert_eq!(told, Vec::<String>::new());
    for (path, bytes) in files {
        assert_eq!(pages[path], bytes, "{path}");
    }
    // What only looks like it is litter, as everywhere.
    let (_, pages) = build("", &[(".DS_Store", b"a"), ("a.txt~", b"a"), (".git/config", b"a")]);
    assert!(
        !pages.keys().any(|it| it.contains("DS_Store") || it.contains('~') || it.contains("git"))
    );
}

#[test]
fn texts_may_link_to_them() {
    let notice = "---\ntitle: 公约\n---\n\n[订阅](/feed.txt)，[没有](/feeds.txt)\n";
    let (told, pages) =
        build("", &[("feed.txt", b"a"), ("content/xingfu/rules.md", notice.as_bytes())]);
    assert_eq!(told, ["BadLink xingfu/rules.md"]);
    assert!(pages.is_empty() || pages.contains_key("feed.txt"));
}

#[test]
fn they_are_searched_as_all_else_is() {
    let leaks: [(&str, &[u8]); 4] = [
        ("a.txt", "身份证号11010519491231002X".as_bytes()),
        ("b.html", "<p>电话 138<b>0000</b>1234</p>".as_bytes()),
        ("c.txt", "王桂兰享受低保待遇。".as_bytes()),
        (".well-known/d.txt", "家住3栋2单元501室".as_bytes()),
    ];
    for (path, bytes) in leaks {
        let (told, _) = build("", &[(path, bytes)]);
        assert!(!told.is_empty() && told.iter().all(|it| it.ends_with(path)), "{path}: {told:?}");
        assert!(told.iter().any(|it| !it.starts_with('?')), "{path}: {told:?}");
    }
}

#[test]
fn programs_are_refused_unless_the_policy_allows_those_of_the_site() {
    for (path, text) in [
        ("a.html", "<p>好</p><script>alert(1)</script>"),
        ("a.html", "<p onclick=\"alert(1)\">好</p>"),
        ("a.html", "<a href=\"javascript:alert(1)\">好</a>"),
        ("a.html", "<iframe src=\"https://example.cn/\"></iframe>"),
        ("a.html", "{{<script>alert(1)</script>}}"),
        ("a", "<SCRIPT>alert(1)</SCRIPT>"),
        ("a.xml", "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>"),
        ("a.xml", "<?xml-stylesheet href=\"a.xsl\"?><a/>"),
        ("a.js", "alert(1)"),
        ("a.html", "<script src=\"a.js\"></script>"),
    ] {
        let (told, _) = build("", &[(path, text.as_bytes())]);
        assert_eq!(told, [format!("RootFile _root/{path}")], "{text}");
    }
    let allowed = "[security.csp]\nscript-src = [\"'self'\"]\n";
    let (told, pages) =
        build(allowed, &[("a.js", b"alert(1)"), ("b.html", b"<script src=\"a.js\"></script>")]);
    assert_eq!(told, Vec::<String>::new());
    assert!(pages.contains_key("a.js"));
}

#[test]
fn what_cannot_be_looked_into_is_refused() {
    for (path, bytes) in [
        ("a.pdf", &b"%PDF-1.4\n\xff\xff"[..]),
        ("a.docx", b"PK\x03\x04\xff\xfe"),
        ("a", b"\x00\xff"),
    ] {
        assert_eq!(build("", &[(path, bytes)]).0, [format!("RootFile _root/{path}")]);
    }
    for path in ["favicon.ico", "logo.png"] {
        let (told, _) = build("", &[(path, b"\x00\x00\x01\x00\x05")]);
        assert_eq!(told, [format!("UnreadableImage _root/{path}")]);
    }
    let (told, _) = build("", &[("content/xingfu/_root/CNAME", b"a")]);
    assert_eq!(told, ["?RootFile xingfu/_root"]);
}

#[test]
fn a_path_that_a_page_or_another_file_has_is_an_error() {
    let base = "base-url = \"https://example.cn\"\n";
    for path in [
        "index.html",
        "xingfu/index.html",
        "Xingfu/Index.html",
        "xingfu",
        "404.html",
        "assets/style.css",
        "assets",
        "sitemap.xml",
    ] {
        let (told, _) = build(base, &[(path, b"a")]);
        assert!(told.iter().any(|it| it.starts_with("PathConflict")), "{path}: {told:?}");
    }
    let (told, _) = build("", &[("sitemap.xml", b"<urlset/>")]);
    assert_eq!(told, Vec::<String>::new());
}
