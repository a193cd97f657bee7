//! Files for machines: robots.txt, security.txt, the web manifest, headers, and the sitemap by the
//! rules of its schema.

use linli::diagnostic;
use quick_xml::{Reader, events::Event};

use crate::site::{self, Files};

/// A portal with these settings.
fn portal(settings: &str) -> Files {
    let files = [
        ("site.toml", settings),
        ("content/place.yaml", "name: 甲区\nlevel: district\n"),
        ("content/yi/place.yaml", "name: 乙街道\nlevel: street\n"),
        (
            "content/yi/notices/a&b.md",
            "---\ntitle: 停水\ndate: 2026-11-20\nupdated: 2026-11-21\n---\n周五停水。\n",
        ),
        ("content/yi/notices/c.md", "---\ntitle: 停电\ndate: 2026-11-19\n---\n周五停电。\n"),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

/// The files of the site. It must have no mistakes.
fn published(settings: &str) -> Files {
    let (diagnostics, files) = site::build(&site::memory(&portal(settings)));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:#?}");
    files
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    files.get(path).map_or("", |bytes| str::from_utf8(bytes).unwrap())
}

#[test]
fn search_engines_are_let_in_and_told_of_the_sitemap() {
    let files = published("base-url = \"https://a.cn\"\n");
    let expected = "User-agent: *\nDisallow:\n\nSitemap: https://a.cn/sitemap.xml\n";
    assert_eq!(text(&files, "robots.txt"), expected);
    assert_eq!(text(&published(""), "robots.txt"), "User-agent: *\nDisallow:\n");
    assert!(!published("base-url = \"https://a.cn/x\"\n").contains_key("robots.txt"));
    let files = published("base-url = \"https://a.cn\"\n[outputs]\nsitemap = false\n");
    assert_eq!(text(&files, "robots.txt"), "User-agent: *\nDisallow:\n");
    assert!(!published("[outputs]\nrobots = false\n").contains_key("robots.txt"));
}

#[test]
fn who_finds_a_weakness_knows_whom_to_tell() {
    let settings = "base-url = \"https://a.cn\"\n[security]\n\
                    contact = [\"info@a.cn\", \"https://a.cn/report\"]\nexpires = 2026-11-23\n";
    let files = published(settings);
    assert_eq!(
        text(&files, ".well-known/security.txt"),
        "Contact: mailto:info@a.cn\nContact: https://a.cn/report\n\
         Expires: 2026-11-24T00:00:00+08:00\nPreferred-Languages: zh-CN\n\
         Canonical: https://a.cn/.well-known/security.txt\n"
    );
    assert!(!published("").contains_key(".well-known/security.txt"));
    // The day after, it is an error.
    let (told, _) = site::build_at(&site::memory(&portal(settings)), "2026-11-24");
    let codes: Vec<&str> = told.iter().map(|it| it.code.name()).collect();
    assert_eq!(codes, ["security-expired"]);
}

#[test]
fn phones_have_a_name_and_an_icon_for_the_portal() {
    let files = published("title = \"甲区社区\"\nbase-url = \"https://a.cn/x\"\n");
    let manifest: serde_json::Value =
        serde_json::from_str(text(&files, "manifest.webmanifest")).unwrap();
    assert_eq!(manifest["name"], "甲区社区");
    assert_eq!(manifest["start_url"], "/x/");
    let icon = manifest["icons"][0]["src"].as_str().unwrap();
    assert!(icon.starts_with("/x/assets/favicon.svg?v="), "{icon}");
    assert!(files.contains_key("assets/favicon.svg"));
    for (icon, size) in [(1, 512), (2, 192), (3, 180)] {
        let icon = &manifest["icons"][icon];
        assert_eq!(icon["sizes"], format!("{size}x{size}"));
        let path = icon["src"].as_str().unwrap().strip_prefix("/x/").unwrap();
        let bytes = &files[path.split('?').next().unwrap()];
        // The size that a PNG says it has.
        let said = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert!(bytes.starts_with(b"\x89PNG") && (said(16), said(20)) == (size, size));
    }
    let home = text(&files, "index.html");
    assert!(home.contains("<link rel=\"manifest\" href=\"/x/manifest.webmanifest\">"));
    assert!(home.contains("manifest-src 'self'"));
    assert!(home.contains("<link rel=\"apple-touch-icon\" href=\"/x/icons/180.png\">"));
    let files = published("[outputs]\nmanifest = false\n");
    assert!(!text(&files, "index.html").contains("rel=\"manifest\""));
    assert!(!files.contains_key("manifest.webmanifest"));
    let files = published("[outputs]\nicon = false\n");
    assert!(!files.keys().any(|it| it.starts_with("icons/")));
    assert!(!text(&files, "index.html").contains("apple-touch-icon"));
}

/// What a page says that it may load.
fn policy(page: &str) -> &str {
    let rest = page.split_once("Content-Security-Policy\" content=\"").unwrap().1;
    rest.split_once('"').unwrap().0
}

/// The headers of each rule of `_headers`, as `path name: value`.
fn rules(headers: &str) -> Vec<String> {
    let (mut path, mut rules) = ("", Vec::new());
    for line in headers.lines() {
        match line.strip_prefix("  ") {
            Some(header) => rules.push(format!("{path} {header}")),
            None => path = line,
        }
    }
    rules
}

#[test]
fn hosts_send_the_policy_of_the_pages_types_and_times() {
    let settings = "base-url = \"https://a.cn/x\"\n[hosting]\nhosts = [\"nginx\", \"caddy\", \"cloudflare\"]\n\
                    [security.csp]\nimg-src = [\"https://b.cn\"]\n";
    let files = published(settings);
    let policy = format!("{}; frame-ancestors 'self'", policy(text(&files, "yi/index.html")));
    assert!(policy.contains("https://b.cn"));
    let rules = rules(text(&files, "_headers"));
    for rule in [
        &*format!("/x/* Content-Security-Policy: {policy}"),
        "/x/* X-Content-Type-Options: nosniff",
        "/x/* Referrer-Policy: same-origin",
        "/x/assets/* Cache-Control: public, max-age=31536000, immutable",
        // Names of shards change with what is in them; blocks have texts that may be withdrawn.
        "/x/search/o*.bin Cache-Control: public, max-age=31536000, immutable",
        "/x/search/r*.bin Cache-Control: public, max-age=31536000, immutable",
        "/x/search/manifest.json Cache-Control: no-cache",
        "/x/*.ics Content-Type: text/calendar; charset=utf-8",
        "/x/*.ics Access-Control-Allow-Origin: *",
        "/x/*.csv Access-Control-Allow-Origin: *",
        "/x/*.json Access-Control-Allow-Origin: *",
    ] {
        assert!(rules.iter().any(|it| it == rule), "{rule}");
    }
    // Cloudflare would put two values of one header together.
    let kept = rules.iter().filter(|rule| rule.starts_with("/x/* Cache-Control"));
    assert_eq!(kept.count(), 0);
    // It has no rule for what is gone.
    assert_eq!(text(&files, "_redirects"), "");

    let nginx = text(&files, "_hosting/nginx.conf");
    // What is the program's own is sent to nobody.
    assert!(
        nginx.contains("location ~ \"^/x/(\\\\.linli|_hosting/)\" {\n    return 404;"),
        "{nginx}"
    );
    let blocks = nginx.matches("location ").count() - 1;
    assert_eq!(
        nginx.matches(&format!("Content-Security-Policy \"{policy}\" always;")).count(),
        blocks
    );
    assert_eq!(nginx.matches("add_header Cache-Control").count(), blocks);
    for lines in [
        "error_page 404 410 /x/404.html;",
        "location ~ \"^/x/.*\\\\.ics$\" {\n    types { }\n    default_type \"text/calendar; charset=utf-8\";",
        "Cache-Control \"public, max-age=31536000, immutable\"",
        "location ~ \"^/x/search/[or][0-9].*\\\\.bin$\" {\n",
    ] {
        assert!(nginx.contains(lines), "{lines} of {nginx}");
    }
    assert_eq!(nginx.matches('{').count(), nginx.matches('}').count());

    let caddy = text(&files, "_hosting/Caddyfile");
    for line in [
        &*format!("header /x/* Content-Security-Policy \"{policy}\"\n"),
        "header /x/*.ics Content-Type \"text/calendar; charset=utf-8\"\n",
        "header /x/* ?Cache-Control \"public, max-age=300\"\n",
        "header /x/search/o*.bin Cache-Control \"public, max-age=31536000, immutable\"\n",
        "header /x/search/manifest.json Cache-Control \"no-cache\"\n",
    ] {
        assert!(caddy.contains(line), "{line} of {caddy}");
    }
    let none = published("");
    assert!(!none.keys().any(|path| path.starts_with('_')), "{:?}", none.keys());
}

/// Checks a sitemap by the rules of its schema: elements, their order and number, their texts.
fn check(xml: &str) -> Result<usize, String> {
    let (mut reader, mut open, mut seen) =
        (Reader::from_str(xml), Vec::new(), Vec::<String>::new());
    let (mut count, mut written) = (0, String::new());
    loop {
        match reader.read_event().map_err(|it| it.to_string())? {
            Event::Start(tag) => {
                open.push(tag.name().as_ref().to_owned());
                written.clear();
                match open.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                    ["urlset"] => {
                        let schema = tag.attributes().flatten().any(|it| {
                            it.key.as_ref() == "xmlns"
                                && &*it.value == "http://www.sitemaps.org/schemas/sitemap/0.9"
                        });
                        schema.then_some(()).ok_or("the namespace")?;
                    }
                    ["urlset", "url"] => seen.clear(),
                    ["urlset", "url", name] => seen.push(name.to_owned()),
                    _ => return Err(format!("{open:?}")),
                }
            }
            Event::End(_) => {
                match open.pop().as_deref() {
                    Some("url") => {
                        // A sequence: loc, then lastmod at most once.
                        if !["loc", "loc lastmod"].contains(&&*seen.join(" ")) {
                            return Err(format!("{seen:?}"));
                        }
                        count += 1;
                    }
                    Some("loc") if !(12..=2048).contains(&written.len()) => return Err(written),
                    Some("loc") if !written.starts_with("https://") => return Err(written),
                    Some("lastmod") if written.parse::<jiff::civil::Date>().is_err() => {
                        return Err(written);
                    }
                    _ => {}
                }
                written.clear();
            }
            Event::Text(text) => written.push_str(&text),
            Event::GeneralRef(_) => written.push('&'),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(count)
}

#[test]
fn the_sitemap_is_valid_and_has_the_days_of_the_content() {
    let files = published("base-url = \"https://a.cn\"\n");
    let sitemap = text(&files, "sitemap.xml");
    let pages = files.keys().filter(|path| path.ends_with("index.html")).count();
    assert_eq!(check(sitemap), Ok(pages));
    for line in [
        "<url><loc>https://a.cn/yi/notices/a&amp;b/</loc><lastmod>2026-11-21</lastmod></url>",
        "<url><loc>https://a.cn/yi/notices/c/</loc><lastmod>2026-11-19</lastmod></url>",
        "<url><loc>https://a.cn/yi/notices/</loc><lastmod>2026-11-21</lastmod></url>",
        "<url><loc>https://a.cn/yi/</loc></url>",
    ] {
        assert!(sitemap.contains(line), "{line} of {sitemap}");
    }
    let wrong = sitemap.replacen("<loc>", "<lastmod>2026-11-21</lastmod><loc>", 1);
    assert!(check(&wrong).is_err() && check(&sitemap.replace("2026-11-21", "21.11.")).is_err());
}
