//! Files, pages and addresses.

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
        ("/assets", 404, ""),
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
    let site = Site::new(&[("a/index.html", ""), ("通 知/b/index.html", "")]);
    for (path, target) in [
        ("/a", "/a/"),
        ("/a?q=1&r=%2F", "/a/?q=1&r=%2F"),
        ("/%61", "/a/"),
        ("/%E9%80%9A%20%E7%9F%A5/b", "/%E9%80%9A%20%E7%9F%A5/b/"),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, target), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for path in ["//a", "/\\a", "//evil.example/a", "/%2fevil.example"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_site_stands_at_its_base() {
    let site = Site::at("/portal", &[("index.html", "<p>"), ("a/index.html", "<p>")]);
    let answer = site.get("/?x").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "/portal/?x"));
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
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        let caching = if path.starts_with("/_") { "no-store" } else { "no-cache" };
        assert_eq!(answer.header("cache-control"), caching);
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
    }
    assert_eq!(site.get("/_linli/x").await.header("cache-control"), "no-store");
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
        for name in ["content-length", "content-type", "etag", "last-modified", "location"] {
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

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let site = Site::new(&[("a.html", "<p>"), ("b.csv", "一二")]);
    for path in ["/a.html", "/b.csv"] {
        let first = site.get(path).await;
        let line = format!("GET {path}");
        for (name, value) in [("if-none-match", "etag"), ("if-modified-since", "last-modified")] {
            let header = format!("{name}: {}", first.header(value));
            let again = site.ask(&line, &[&header]).await;
            assert_eq!(again.status, 304, "{path} {name}");
            assert_eq!(again.header("etag"), first.header("etag"));
            assert!(again.body.is_empty() && again.header("content-type").is_empty());
        }
        assert!(first.header("etag").starts_with('"'));
        let other = site.ask(&line, &["if-none-match: \"x\""]).await;
        assert_eq!(other.status, 200);
    }
    // A page holds its version, so it is another with each.
    let known = site.get("/a.html").await.header("etag").to_owned();
    site.live.publish(&[]);
    let header = format!("if-none-match: {known}");
    assert_eq!(site.ask("GET /a.html", &[&header]).await.status, 200);
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
    assert_eq!(part("/a.html", "bytes=0-1", "").await.2, "<p");
    let answer = site.ask("GET /b.csv", &["range: bytes=10-"]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-range")), (416, "bytes */10"));

    let etag = site.get("/b.csv").await.header("etag").to_owned();
    let same = format!("if-range: {etag}");
    assert_eq!(part("/b.csv", "bytes=0-0", &same).await.0, 206);
    assert_eq!(part("/b.csv", "bytes=0-0", "if-range: \"x\"").await.0, 200);

    let (_, range, text) = part("/c.txt", "bytes=300000-1100000", "").await;
    assert_eq!(range, "bytes 300000-1100000/1200000");
    assert_eq!(text, long[300_000..=1_100_000]);
    assert_eq!(site.get("/c.txt").await.text(), long);
}
