//! `linli serve` as its user runs it: pages over HTTP, edits, mistakes.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};

use crate::{diagnostics, site};

/// Nothing takes longer, not even on a busy machine.
const SOON: Duration = Duration::from_secs(30);

const HONORS: &str = "content/xingfu/honors.yaml";

/// A preview that runs. Dropping it ends it.
struct Preview {
    child: Child,
    said: Receiver<String>,
    /// `127.0.0.1:40123`.
    address: String,
}

impl Preview {
    fn of(site: &Path) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_linli")), site)
    }

    fn run(mut linli: Command, site: &Path) -> Self {
        let mut child = linli
            .args(["--lang", "en", "--site"])
            .arg(site)
            .args(["serve", "--addr", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (say, said) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        let mut preview = Self { child, said, address: String::new() };
        let line = preview.line_with("serving http://");
        let address = line.strip_prefix("serving http://").unwrap().split('/').next().unwrap();
        address.clone_into(&mut preview.address);
        preview
    }

    /// Waits for a line on standard error.
    fn line_with(&self, words: &str) -> String {
        loop {
            let line = self.said.recv_timeout(SOON).unwrap_or_else(|_| panic!("no line {words}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    fn get(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn page(&self, path: &str) -> String {
        self.get(path, &self.address)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn honors(award: &str, story: &str) -> String {
    format!("- {{award: {award}, name: 王秀兰, date: 2026-03-05, citation: {story}}}\n")
}

/// A site with one honour, and its preview.
fn previewed() -> (tempfile::TempDir, Preview) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = diagnostics::files_of("_base");
    files.insert(HONORS.to_owned(), honors("好邻居", "送饭三年").into());
    // The theme that comes along shows what records say.
    files.retain(|path, _| !path.starts_with("themes/"));
    files.insert("site.toml".to_owned(), "title = \"幸福街道\"\n".into());
    site::write(folder.path(), &files);
    let preview = Preview::of(folder.path());
    (folder, preview)
}

#[test]
fn pages_follow_the_content() {
    let (folder, preview) = previewed();
    assert!(preview.page("/xingfu/honors/").contains("送饭三年"));
    assert!(preview.page("/nowhere/").starts_with("HTTP/1.1 404"));
    assert!(preview.page("/..%2f..%2fsite.toml").starts_with("HTTP/1.1 404"));
    assert!(preview.get("/", "evil.example").starts_with("HTTP/1.1 421"));

    fs::write(folder.path().join(HONORS), honors("好邻居", "修路灯")).unwrap();
    preview.line_with(" changed, ");
    assert!(preview.page("/xingfu/honors/").contains("修路灯"));

    fs::write(folder.path().join(HONORS), honors("好邻", "扫雪")).unwrap();
    preview.line_with("1 error;");
    assert!(preview.page("/xingfu/honors/").contains("修路灯"), "the last good site stays");

    fs::write(folder.path().join(HONORS), honors("好邻居", "扫雪")).unwrap();
    preview.line_with(" changed, ");
    assert!(preview.page("/xingfu/honors/").contains("扫雪"));
    assert!(!folder.path().join("public").exists(), "what is published is not touched");

    fs::remove_dir_all(folder.path().join(".linli")).unwrap();
    fs::write(folder.path().join(HONORS), honors("好邻居", "修路灯")).unwrap();
    preview.line_with(" changed, ");
    assert!(preview.page("/xingfu/honors/").contains("修路灯"));
    assert!(preview.page("/").starts_with("HTTP/1.1 200"), "all of it is there again");
}

#[test]
fn what_has_its_time_appears_without_an_edit() {
    let (folder, preview) = previewed();
    let soon = Timestamp::from_second(Timestamp::now().as_second() + 8).unwrap();
    let soon = soon.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ");
    let both = format!(
        "{}- {{award: 好邻居, name: 李建国, date: 2026-03-06, citation: 修路灯, publish_from: {soon}}}\n",
        honors("好邻居", "扫雪")
    );
    fs::write(folder.path().join(HONORS), both).unwrap();
    preview.line_with(" changed, ");
    assert!(!preview.page("/xingfu/honors/").contains("修路灯"));
    preview.line_with("its time has come");
    assert!(preview.page("/xingfu/honors/").contains("修路灯"));
}

#[test]
#[cfg(unix)]
fn a_file_that_an_editor_replaces_is_named_alone() {
    let (folder, preview) = previewed();
    for (from, to) in [("送饭三年", "修路灯"), ("修路灯", "扫雪")] {
        // It writes another file beside it, and gives that its name.
        let mut sed = Command::new("sed");
        sed.args(["-i", &format!("s/{from}/{to}/")]).arg(folder.path().join(HONORS));
        assert!(sed.status().unwrap().success());
        let line = preview.line_with(" changed, ");
        assert!(line.starts_with(&format!("{HONORS}: ")), "{line}");
        assert!(preview.page("/xingfu/honors/").contains(to));
    }
}

/// Clients that ask and do not read, that do not finish asking, and that listen without end.
#[cfg(unix)]
fn stuck(preview: &Preview, count: usize) -> Vec<TcpStream> {
    let large = format!("GET /assets/large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let events = large.replace("/assets/large.bin", "/_linli/events");
    let requests = [large.as_str(), &events, "GET / HT"];
    let stuck = (0..count).map(|number| {
        let mut stream = TcpStream::connect(&preview.address).unwrap();
        // One that has to go already is as good as stuck.
        let _ = stream.write_all(requests[number % 3].as_bytes());
        stream
    });
    stuck.collect()
}

#[test]
#[cfg(unix)]
fn stuck_clients_keep_nobody_waiting() {
    const CLIENTS: usize = 600;
    let (folder, _) = previewed();
    let own = folder.path().join("themes/own");
    fs::create_dir_all(own.join("static")).unwrap();
    fs::write(own.join("theme.toml"), "extends = \"default\"\n").unwrap();
    fs::write(own.join("static/large.bin"), vec![b'x'; 20_000_000]).unwrap();
    fs::write(folder.path().join("site.toml"), "theme = \"own\"\n").unwrap();
    // It may have far fewer files open than there are clients.
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 256; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_linli")]);
    let preview = Preview::run(limited, folder.path());
    let mut times = Vec::new();
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.extend(stuck(&preview, CLIENTS / 4));
        for _ in 0..10 {
            let start = Instant::now();
            assert!(preview.page("/xingfu/honors/").starts_with("HTTP/1.1 200"));
            times.push(start.elapsed());
        }
    }
    // Nobody waits until the stuck ones are given up.
    assert!(times.iter().all(|time| *time < Duration::from_secs(30)), "{times:?}");
    // Edits come through, to pages that listen as well.
    let mut page = TcpStream::connect(&preview.address).unwrap();
    page.set_read_timeout(Some(SOON)).unwrap();
    write!(page, "GET /_linli/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
    let mut heard = String::new();
    let mut until = |words: &str| {
        while !heard.contains(words) {
            let mut bytes = [0; 4096];
            let count = page.read(&mut bytes).unwrap();
            assert_ne!(count, 0, "{heard}");
            heard += &String::from_utf8_lossy(&bytes[..count]);
        }
    };
    until("\"errors\"");
    fs::write(folder.path().join(HONORS), honors("好邻居", "修路灯")).unwrap();
    until("xingfu/honors/index.html");
    assert!(preview.page("/xingfu/honors/").contains("修路灯"));
    drop(clients);
}
