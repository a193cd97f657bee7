//! Files, pages and addresses.

use std::time::SystemTime;

use percent_encoding::NON_ALPHANUMERIC;

use super::*;

#[tokio::test]
async fn addresses_are_those_of_a_static_host() {
    let site = Site::new(&[
        ("index.html", "<p>首页"),
        ("a/index.html", "<p>甲"),
        ("通知/index.html", "<p>通知"),
        ("assets/style.css", "p{}"),
        ("empty/x.txt", ""),
    ]);
    for (path, status, text) in [
        ("/", 200, "<p>首页"),
        ("/index.html", 200, "<p>首页"),
        ("/a/", 200, "<p>甲"),
        ("/a/?x=1", 200, "<p>甲"),
        ("/a/index.html", 200, "<p>甲"),
        ("/%E9%80%9A%E7%9F%A5/", 200, "<p>通知"),
        ("/assets/style.css", 200, "p{}"),
        ("/assets/style.css?v=2", 200, "p{}"),
        ("/assets/style.css/", 404, ""),
        ("/assets/", 404, ""),
        ("/empty/", 404, ""),
        ("/A/", 404, ""),
        ("/b", 404, ""),
        ("/a/b/", 404, ""),
        ("/a//", 404, ""),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(status == 404 || answer.text().starts_with(text), "{path}");
    }
}

#[tokio::test]
async fn folders_get_their_slash() {
    let site = Site::new(&[("a/index.html", ""), ("通 知/b/index.html", ""), ("c/x.txt", "")]);
    for (path, target) in [
        ("/a", "/a/"),
        ("/a?q=1&r=%2F", "/a/?q=1&r=%2F"),
        ("/c", "/c/"),
        ("/%61", "/a/"),
        ("/%E9%80%9A%20%E7%9F%A5/b", "/%E9%80%9A%20%E7%9F%A5/b/"),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (307, target), "{path}");
    }
    for path in ["//a", "/\\a", "//evil.example/a", "/%2fevil.example"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_site_stands_at_its_base() {
    let site = Site::at("/portal", &[("index.html", "<p>"), ("a/index.html", "<p>")]);
    let answer = site.get("/?x").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, "/portal/"));
    assert_eq!(site.get("/portal").await.header("location"), "/portal/");
    assert_eq!(site.get("/portal/a").await.header("location"), "/portal/a/");
    let page = site.get("/portal/a/").await;
    assert!(page.text().contains(r#"src="/portal/_linli/live.js""#));
    assert_eq!(site.get("/portal/_linli/live.js").await.status, 200);
    for path in ["/a/", "/portals/", "/_linli/live.js", "/portal/b", "/index.html"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn headers_tell_what_it_is() {
    let site = Site::new(&[("a.html", "<p>"), ("b.csv", "一"), ("c", "")]);
    for (path, kind) in [
        ("/a.html", "text/html; charset=utf-8"),
        ("/b.csv", "text/csv; charset=utf-8"),
        ("/c", "application/octet-stream"),
        ("/d", "text/html; charset=utf-8"),
        ("/_linli/live.js", "text/javascript; charset=utf-8"),
        ("/_linli/live.css", "text/css; charset=utf-8"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; "));
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!((answer.header("etag"), answer.header("last-modified")), ("", ""));
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
    }
}

#[tokio::test]
async fn names_tell_the_type() {
    let types = [
        ("a.htm", "text/html; charset=utf-8"),
        ("style.CSS", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("data.json", "application/json"),
        ("feed.xml", "text/xml; charset=utf-8"),
        ("events.ics", "text/calendar; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.webmanifest", "application/manifest+json"),
        ("照片.avif", "image/avif"),
        ("a.jpeg", "image/jpeg"),
        ("logo.svg", "image/svg+xml"),
        ("favicon.ico", "image/x-icon"),
        ("a.woff2", "font/woff2"),
        ("a.mp4", "video/mp4"),
        ("a.pdf", "application/pdf"),
        ("表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];
    let site = Site::new(&types.map(|(name, _)| (name, "")));
    for (name, kind) in types {
        let path = format!("/{}", percent_encoding::utf8_percent_encode(name, NON_ALPHANUMERIC));
        assert_eq!(site.get(&path).await.header("content-type"), kind, "{name}");
    }
}

#[tokio::test]
async fn what_is_not_there_has_a_page() {
    let site = Site::new(&[("index.html", "")]);
    let answer = site.get("/b").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("这里没有网页"));
    let files = "data-files=\"[&quot;b&quot;,&quot;b/index.html&quot;,&quot;404.html&quot;]\"";
    assert!(answer.text().contains(files), "{}", answer.text());

    site.put("public/404.html", "<body>没有</body>");
    let answer = site.get("/..%2f").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().starts_with("<body>没有<script "));
    assert_eq!(site.get("/404.html").await.status, 200);
}

#[tokio::test]
async fn a_site_that_is_not_built_yet_has_pages() {
    let site = Site::new(&[]);
    let answer = site.get("/").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("live.js"));
}

#[tokio::test]
async fn a_head_is_that_of_the_answer() {
    let site = Site::new(&[("a.html", "<p>"), ("b.csv", "一"), ("d/index.html", "")]);
    for path in ["/a.html", "/b.csv", "/c", "/d", "/_linli/live.js"] {
        let whole = site.get(path).await;
        let head = site.ask(&format!("HEAD {path}"), &["range: bytes=0-0"]).await;
        assert_eq!(head.body.len(), 0, "{path}");
        assert_eq!(head.status, whole.status, "{path}");
        for name in ["content-length", "content-type", "location"] {
            assert_eq!(head.header(name), whole.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn nothing_can_be_sent() {
    let site = Site::new(&[("index.html", ""), ("a.txt", "")]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"] {
        for path in ["/", "/a.txt", "/_linli/live.js", "/_linli/events", "/b"] {
            let answer = site.ask(&format!("{method} {path}"), &[]).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow").replace(", ", ","), "GET,HEAD");
        }
    }
}

/// Two edits within what a clock can tell apart, of the same length.
#[tokio::test]
async fn what_a_browser_kept_is_not_asked() {
    let site = Site::new(&[]);
    let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for text in ["<p>一", "<p>二"] {
        for path in ["a.html", "b.csv"] {
            site.put(&format!("public/{path}"), text);
            let file = fs::File::options().write(true).open(site.path(&format!("public/{path}")));
            file.unwrap().set_modified(moment).unwrap();
            for known in [
                "if-none-match: *",
                "if-none-match: \"3b9aca00.00000000-6\"",
                "if-modified-since: Fri, 02 Jan 2099 00:00:00 GMT",
                "if-match: \"x\"",
                "if-unmodified-since: Thu, 01 Jan 1970 00:00:00 GMT",
            ] {
                let answer = site.ask(&format!("GET /{path}"), &[known]).await;
                assert_eq!(answer.status, 200, "{path} {known}");
                assert!(answer.text().starts_with(text), "{path} {known}");
            }
        }
    }
}

#[tokio::test]
async fn parts_are_sent() {
    let long: String =
        (0..200_000).flat_map(|it| format!("{it:06}").into_bytes()).map(char::from).collect();
    let site = Site::new(&[("a.html", "<p>"), ("b.csv", "0123456789"), ("c.txt", &long)]);
    let part = async |path: &str, range: &str, more: &str| {
        let range = format!("range: {range}");
        let headers: Vec<&str> =
            [range.as_str(), more].into_iter().filter(|it| !it.is_empty()).collect();
        let answer = site.ask(&format!("GET {path}"), &headers).await;
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
        let range = answer.header("content-range").to_owned();
        (answer.status.as_u16(), range, answer.text().to_owned())
    };
    let expected = |status, range: &str, text: &str| (status, range.to_owned(), text.to_owned());
    let b = async |range: &str| part("/b.csv", range, "").await;
    assert_eq!(b("bytes=2-4").await, expected(206, "bytes 2-4/10", "234"));
    assert_eq!(b("bytes=-2").await, expected(206, "bytes 8-9/10", "89"));
    assert_eq!(b("bytes=0-1,3-4").await, expected(200, "", "0123456789"));
    // A page is longer than its file, and another with each build.
    let page = site.get("/a.html").await;
    assert_eq!(part("/a.html", "bytes=0-1", "").await, expected(200, "", page.text()));
    assert_eq!(page.header("accept-ranges"), "");
    let answer = site.ask("GET /b.csv", &["range: bytes=10-"]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-range")), (416, "bytes */10"));

    // Whatever the rest is of that a browser has, it may be another file's.
    for known in ["\"x\"", "Fri, 02 Jan 2099 00:00:00 GMT"] {
        assert_eq!(part("/b.csv", "bytes=0-0", &format!("if-range: {known}")).await.0, 200);
    }

    let (_, range, text) = part("/c.txt", "bytes=300000-1100000", "").await;
    assert_eq!(range, "bytes 300000-1100000/1200000");
    assert_eq!(text, long[300_000..=1_100_000]);
    assert_eq!(site.get("/c.txt").await.text(), long);
}
