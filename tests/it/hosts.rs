//! The files for web servers, read by the servers themselves. Where one is not installed its test says
//! so and passes.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::site::{self, Files};

/// A server that is stopped at the end.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Waits until it answers.
    fn start(mut command: Command, port: u16) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { child, port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "the server answers");
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// The head and the body of what it answers.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }
}

/// A portal below a path, with an old address and files for both servers.
fn portal() -> Files {
    let files = [
        (
            "site.toml",
            "title = \"甲区\"\nbase-url = \"https://a.cn/x\"\n[hosting]\nhosts = [\"nginx\", \"caddy\"]\n",
        ),
        ("content/place.yaml", "name: 甲区\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\naliases: [/old/]\n"),
        (
            "content/yi/notices/a.md",
            "---\ntitle: 停水\ndate: 2026-11-20\naliases: [/q/停水.html]\n---\n周五。\n",
        ),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

/// A port that nobody uses.
fn port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
fn caddy_serves_a_site_by_its_file() {
    if Command::new("caddy").arg("version").output().is_err() {
        eprintln!("skipped: there is no caddy; apt-get install caddy");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (told, pages) = site::build(&site::memory(&portal()));
    assert_eq!(told, []);
    for (path, bytes) in pages {
        let file = folder.path().join("x").join(&path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    fs::write(folder.path().join("x/.linli-manifest.json"), "{}").unwrap();
    let (port, root) = (port(), folder.path().display());
    let config = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\n:{port} {{\n\troot * {root}\n\
         \timport {root}/x/_hosting/Caddyfile\n\tfile_server\n}}\n"
    );
    let file = folder.path().join("Caddyfile");
    fs::write(&file, config).unwrap();
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
    command.env("HOME", folder.path()).env("XDG_DATA_HOME", folder.path());
    let server = Server::start(command, port);
    for (path, status, line) in [
        ("/x/", "200", "content-security-policy: default-src 'none'"),
        ("/x/", "200", "cache-control: public, max-age=300"),
        ("/x/search/manifest.json", "200", "cache-control: no-cache"),
        ("/x/yi/notices/a/", "200", "content-type: text/html; charset=utf-8"),
        ("/x/yi/calendar.ics", "200", "content-type: text/calendar; charset=utf-8"),
        ("/x/yi/notices/gone/", "410", "content-type: text/html; charset=utf-8"),
        ("/x/none/", "404", "content-type: text/html; charset=utf-8"),
        ("/x/q/%E5%81%9C%E6%B0%B4.html", "301", "location: /x/yi/notices/a/"),
        ("/x/old/", "301", "location: /x/yi/"),
        ("/x/old/notices/a/", "301", "location: /x/yi/notices/a/"),
        ("/x/.linli-manifest.json", "404", "x-content-type-options: nosniff"),
        ("/x/_hosting/nginx.conf", "404", "x-content-type-options: nosniff"),
    ] {
        let (head, _) = server.get(path);
        assert_eq!(head.split(' ').nth(1), Some(status), "{path}: {head}");
        assert!(head.contains(line), "{path}: {head}");
    }
    assert!(server.get("/x/none/").1.contains("甲区"));
}
