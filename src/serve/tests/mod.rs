//! The server as a whole: through its router, and over sockets.

mod files;
mod news;
mod safety;
mod sockets;

use std::{fs, path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, Response, StatusCode},
};
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::serve::{hosts::Hosts, live::Live, server};

/// How many pages may listen.
const STREAMS: usize = 200;

/// A site in a folder of its own.
struct Site {
    folder: TempDir,
    live: Arc<Live>,
    router: Router,
    stopping: watch::Sender<bool>,
}

/// An answer with all of its body.
struct Answer {
    status: StatusCode,
    head: Response<()>,
    body: Bytes,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        Self::at("", files)
    }

    fn at(base: &str, files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let live = Arc::new(Live::new(folder.path().join("public"), base, "zh-CN"));
        let hosts = Hosts::new([127, 0, 0, 1].into(), vec!["portal.test".to_owned()]);
        let (stopping, stopped) = watch::channel(false);
        let router = server::router(Arc::clone(&live), hosts, stopped, STREAMS);
        let site = Self { folder, live, router, stopping };
        files.iter().for_each(|(path, text)| site.put(&format!("public/{path}"), text));
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// What is answered to a method and an address, with headers as `name: value`.
    async fn ask(&self, line: &str, headers: &[&str]) -> Answer {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|it| it.starts_with("host:")) {
            request = request.header("host", "localhost:8080");
        }
        for header in headers {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let (head, body) = self.send(request.body(Body::empty()).unwrap()).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status, head: Response::from_parts(head, ()), body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[]).await
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.head.headers().get(name).map_or("", |it| it.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}
