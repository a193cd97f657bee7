//! `linli check --external`, against a server on this machine.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use assert_cmd::Command;

use crate::site::{self, TODAY};

/// A server that answers any request with one of these pages, by path, and its port.
fn serve(pages: Arc<Mutex<Vec<(&'static str, &'static str)>>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let mut header = String::new();
            while reader.read_line(&mut header).is_ok_and(|it| it > 2) {
                header.clear();
            }
            let path = line.split(' ').nth(1).unwrap_or_default();
            let pages = pages.lock().unwrap();
            let page = pages.iter().find(|(known, _)| *known == path).map(|(_, it)| *it);
            let (status, body) = page.map_or(("404 Not Found", ""), |it| ("200 OK", it));
            let body = if line.starts_with("HEAD") { "" } else { body };
            let head = format!("HTTP/1.1 {status}\r\ncontent-type: text/html\r\n");
            let rest = format!("content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            let _ = stream.write_all((head + &rest).as_bytes());
        }
    });
    port
}

/// A site that links to these addresses.
fn site_with(links: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = "name: 幸福社区\nlevel: community\n";
    let links: Vec<String> = links.iter().map(|it| format!("[看]({it})")).collect();
    let notice = format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n\n{}\n", links.join("\n\n"));
    let files = [("content/place.yaml", place), ("content/notices/a.md", &notice)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    site::write(folder.path(), &files.into());
    folder
}

/// The status of a check, and what it tells: each code with its file and line.
fn check(site: &Path) -> (i32, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().args(["--lang", "en", "--site"]).arg(site);
    command.args(["check", "--external", "--as-of", TODAY, "--format", "github"]);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines = said.lines().filter(|it| it.contains("link") || it.contains("title"));
    (output.status.code().unwrap(), lines.map(str::to_owned).collect())
}

#[test]
fn other_sites_are_asked_and_remembered() {
    let pages = Arc::new(Mutex::new(vec![("/a", "<title>社区</title>")]));
    let port = serve(Arc::clone(&pages));
    let here = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let site = site_with(&[here("/a"), here("/gone")]);
    let (status, told) = check(site.path());
    assert_eq!((status, told.len()), (1, 1), "{told:?}");
    assert!(told[0].starts_with("::error") && told[0].contains("line=8"), "{told:?}");
    assert!(told[0].contains("answers 404"), "{told:?}");
    let report = fs::read_to_string(site.path().join(".linli/links.json")).unwrap();
    assert!(report.contains("社区"), "{report}");
    *pages.lock().unwrap() = vec![("/a", "<title>彩票</title>"), ("/gone", "")];
    let (status, told) = check(site.path());
    assert_eq!((status, told.len()), (0, 1), "{told:?}");
    assert!(told[0].contains("`社区`, and is now called `彩票`"), "{told:?}");
    assert_eq!(check(site.path()), (0, Vec::new()));
}

#[test]
fn no_network_is_no_dead_link() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site =
        site_with(&[format!("http://127.0.0.1:{port}/"), format!("http://127.0.0.1:{port}/b")]);
    assert_eq!(check(site.path()), (2, Vec::new()));
    assert!(!site.path().join(".linli/links.json").exists());
    // What is wrong with the content is told all the same.
    fs::write(site.path().join("content/notices/b.md"), "---\ntitle: 停电\n---\n").unwrap();
    let (status, told) = check(site.path());
    assert_eq!((status, told.len()), (2, 1), "{told:?}");
    assert!(told[0].contains("content/notices/b.md,line=2"), "{told:?}");
}
