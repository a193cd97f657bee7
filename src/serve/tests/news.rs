//! What open pages are told.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time;

use super::*;

/// A page that is open.
struct Page {
    body: Body,
    heard: String,
}

impl Site {
    async fn open(&self, version: Option<&str>, header: Option<&str>) -> Page {
        let query = version.map(|it| format!("?version={it}")).unwrap_or_default();
        let mut request = Request::builder().uri(format!("/_linli/events{query}"));
        request = request.header("host", "localhost:1").header("origin", "http://localhost:1");
        if let Some(last) = header {
            request = request.header("last-event-id", last);
        }
        let response = self.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Page { body: response.into_body(), heard: String::new() }
    }

    /// The version that a page is given.
    async fn version(&self) -> String {
        let page = self.get("/").await;
        let (_, rest) = page.text().split_once("data-version=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    fn changed(&self, files: &[&str]) {
        self.live.publish(&files.iter().map(|&it| it.to_owned()).collect::<Vec<_>>());
    }
}

impl Page {
    /// The next event, with its id.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.heard = rest;
                if let Some((id, data)) = event.split_once("\ndata: ") {
                    let id = id.strip_prefix("id: ").unwrap().to_owned();
                    return Some((id, serde_json::from_str(data).unwrap()));
                }
                continue;
            }
            let frame = time::timeout(Duration::from_secs(20), self.body.frame()).await;
            let frame = frame.expect("there is an event")?.unwrap().into_data().unwrap();
            self.heard += std::str::from_utf8(&frame).unwrap();
        }
    }

    async fn changed(&mut self) -> Value {
        let mut news = self.next().await.unwrap().1;
        assert!(news.get("changed").is_some(), "{news}");
        news["changed"].take()
    }

    async fn errors(&mut self) -> Value {
        let mut news = self.next().await.unwrap().1;
        assert!(news.get("errors").is_some(), "{news}");
        news["errors"].take()
    }
}

#[tokio::test]
async fn pages_hear_what_changed() {
    let site = Site::new(&[("index.html", "")]);
    let version = site.version().await;
    let mut page = site.open(Some(&version), None).await;
    assert_eq!(page.errors().await, json!([]));
    site.changed(&["a/index.html", "通知/index.html"]);
    assert_eq!(page.changed().await, json!(["a/index.html", "通知/index.html"]));
    site.changed(&["style.css"]);
    let (id, news) = page.next().await.unwrap();
    assert_eq!(news, json!({ "changed": ["style.css"] }));
    assert_eq!(site.version().await, id);
}

#[tokio::test]
async fn pages_hear_of_mistakes() {
    let site = Site::new(&[("index.html", "")]);
    let mistakes = json!([{ "message": "a\nb </script> \u{2028}" }]);
    let mut early = site.open(None, None).await;
    early.errors().await;
    site.live.report(mistakes.clone());
    let (_, news) = early.next().await.unwrap();
    assert_eq!(news["errors"], mistakes);
    assert_eq!(news["words"]["title"], "内容有错误，网站还是原来的样子");
    // A page that comes late, and one that knows already: the same mistakes at the same version.
    for version in [None, Some(site.version().await)] {
        let mut late = site.open(version.as_deref(), None).await;
        let (_, again) = late.next().await.unwrap();
        assert_eq!(again, news);
    }
    site.changed(&["a.css"]);
    assert_eq!(early.changed().await, json!(["a.css"]));
    assert_eq!(early.errors().await, json!([]));
    // They are told to be gone once.
    site.changed(&["b.css"]);
    assert_eq!(early.changed().await, json!(["b.css"]));
    site.live.report(json!([]));
    assert_eq!(early.errors().await, json!([]));
}

#[tokio::test]
async fn pages_catch_up() {
    let site = Site::new(&[("index.html", "")]);
    let version = site.version().await;
    site.changed(&["a"]);
    let middle = site.version().await;
    site.changed(&["b"]);
    let mut first = site.open(Some(&version), None).await;
    assert_eq!(first.changed().await, json!(["a"]));
    assert_eq!(first.changed().await, json!(["b"]));
    let mut second = site.open(Some(&middle), None).await;
    assert_eq!(second.changed().await, json!(["b"]));
    // The browser asks again at the old address, and says what it heard last.
    let mut again = site.open(Some(&version), Some(&middle)).await;
    assert_eq!(again.changed().await, json!(["b"]));
    let mut current = site.open(Some(&site.version().await), None).await;
    assert_eq!(current.errors().await, json!([]));
}

#[tokio::test]
async fn pages_of_another_run_are_loaded_again() {
    let site = Site::new(&[("index.html", "")]);
    let version = site.version().await;
    let (run, _) = version.split_once('-').unwrap();
    for version in ["1-0", "x", "", "-", &format!("{run}-7"), &format!("{run}-x"), "%00"] {
        let mut page = site.open(Some(version), None).await;
        assert_eq!(page.changed().await, Value::Null, "{version}");
        assert_eq!(page.errors().await, json!([]));
    }
}

#[tokio::test]
async fn pages_that_lag_are_loaded_again() {
    let site = Site::new(&[("index.html", "")]);
    let mut slow = site.open(None, None).await;
    slow.errors().await;
    let long = "很长的名称/".repeat(1000);
    for _ in 0..200 {
        site.changed(&[&long]);
    }
    assert_eq!(slow.changed().await, Value::Null);
    site.changed(&["a"]);
    assert_eq!(slow.changed().await, json!(["a"]));
}

#[tokio::test]
async fn as_many_pages_listen_as_may() {
    let site = Site::new(&[("index.html", "")]);
    let version = site.version().await;
    let mut pages = Vec::new();
    for _ in 0..STREAMS + 100 {
        let mut page = site.open(None, None).await;
        page.errors().await;
        pages.push(page);
    }
    site.changed(&["a"]);
    // Those that came first have made place. They ask again, and miss nothing.
    for page in pages.drain(..100) {
        let mut page = page;
        while page.next().await.is_some() {}
        let mut again = site.open(Some(&version), None).await;
        assert_eq!(again.changed().await, json!(["a"]));
    }
    for page in &mut pages {
        assert_eq!(page.changed().await, json!(["a"]));
    }
    // Who is closed leaves its place to others.
    let mut page = pages.pop().unwrap();
    pages.clear();
    for _ in 0..STREAMS - 1 {
        pages.push(site.open(None, None).await);
    }
    site.changed(&["b"]);
    assert_eq!(page.changed().await, json!(["b"]));
}

#[tokio::test]
async fn the_end_of_the_server_is_the_end() {
    let site = Site::new(&[]);
    let mut page = site.open(None, None).await;
    page.errors().await;
    site.stopping.send_replace(true);
    assert_eq!(page.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn silence_is_broken() {
    let site = Site::new(&[]);
    let mut page = site.open(None, None).await;
    page.errors().await;
    let frame = page.body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(frame, ":\n\n");
}
