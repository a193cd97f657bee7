//! Who must not be answered, and what must not be shown.

use proptest::prelude::*;

use super::*;
use crate::serve::address::tests::ELSEWHERE;

fn guarded() -> Site {
    let site = Site::new(&[
        ("index.html", "<p>首页"),
        (".linli-manifest.json", "SECRET"),
        (".git/config", "SECRET"),
        ("a/.env", "SECRET"),
        ("a/b.txt", "open"),
        ("%2e%2e/secret.txt", "open"),
    ]);
    site.put("secret.txt", "SECRET");
    site.put("content/secret.txt", "SECRET");
    site
}

#[tokio::test]
async fn no_address_leads_outside() {
    let site = guarded();
    for path in ELSEWHERE.iter().filter(|it| it.parse::<axum::http::Uri>().is_ok()) {
        if !path.starts_with('/') {
            continue;
        }
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("SECRET"), "{path}");
    }
    assert_eq!(site.get("/%252e%252e/secret.txt").await.text(), "open");
    assert_eq!(site.get("/a/b.txt").await.text(), "open");
}

#[cfg(unix)]
#[tokio::test]
async fn links_do_not_lead_outside() {
    use std::os::unix::fs::symlink;
    let site = guarded();
    symlink(site.path("secret.txt"), site.path("public/out.txt")).unwrap();
    symlink(site.path("content"), site.path("public/out")).unwrap();
    symlink("../..", site.path("public/a/up")).unwrap();
    symlink(".linli-manifest.json", site.path("public/manifest.json")).unwrap();
    symlink("loop", site.path("public/loop")).unwrap();
    symlink("a/b.txt", site.path("public/in.txt")).unwrap();
    for path in ["/out.txt", "/out/secret.txt", "/a/up/secret.txt", "/manifest.json"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    assert_ne!(site.get("/loop").await.status, 200);
    assert_eq!(site.get("/in.txt").await.text(), "open");
}

/// Opening a pipe would never end.
#[cfg(unix)]
#[tokio::test]
async fn only_files_are_opened() {
    let site = guarded();
    let pipe = site.path("public/pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if made.is_ok_and(|it| it.success()) {
        assert_eq!(site.get("/pipe.txt").await.status, 404);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_itself_may_be_a_link() {
    let site = Site::new(&[]);
    site.put("real/a.txt", "open");
    std::os::unix::fs::symlink("real", site.path("public")).unwrap();
    assert_eq!(site.get("/a.txt").await.text(), "open");
}

#[tokio::test]
async fn other_names_are_refused() {
    let site = guarded();
    for path in ["/", "/_linli/live.js", "/_linli/events", "/nothing"] {
        for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "192.168.1.9"] {
            let answer = site.ask(&format!("GET {path}"), &[&format!("host: {host}")]).await;
            assert_eq!(answer.status, 421, "{host}");
            assert!(answer.header("content-type").starts_with("text/plain"));
            assert!(!answer.text().contains("首页"));
        }
    }
    let full = site.ask("GET http://evil.example/", &[]).await;
    assert_eq!(full.status, 421);
    let two = site.ask("GET /", &["host: localhost", "host: localhost"]).await;
    assert_eq!(two.status, 400);
    let none = Request::builder().uri("/").body(Body::empty()).unwrap();
    assert_eq!(site.send(none).await.status(), 400);
    for host in ["localhost", "127.0.0.1:1", "[::1]:8080", "portal.test", "PORTAL.test:80"] {
        assert_eq!(site.ask("GET /", &[&format!("host: {host}")]).await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn other_pages_do_not_listen() {
    let site = guarded();
    for header in [
        "origin: http://evil.example",
        "origin: http://localhost:3000",
        "origin: null",
        "sec-fetch-site: cross-site",
    ] {
        assert_eq!(site.ask("GET /_linli/events", &[header]).await.status, 403, "{header}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_path_is_answered(
        names in prop::collection::vec(
            prop_oneof![
                Just("..".to_owned()), Just("%2e%2e".to_owned()), Just("a".to_owned()),
                Just("secret.txt".to_owned()), Just("%2f".to_owned()), Just("%5c".to_owned()),
                Just("%00".to_owned()), Just("_linli".to_owned()), "[!-~]{0,6}",
            ],
            0..6,
        ),
    ) {
        let path = format!("/{}", names.join("/"));
        if path.parse::<axum::http::Uri>().is_ok_and(|it| !it.path().ends_with("/events")) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let answer = runtime.unwrap().block_on(async { guarded().get(&path).await });
            prop_assert!(!answer.text().contains("SECRET"));
            prop_assert!([200, 307, 404].contains(&answer.status.as_u16()), "{path}");
        }
    }
}
