//! `linli serve` as its user runs it: pages over HTTP, edits, mistakes.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

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
        let mut child = Command::new(env!("CARGO_BIN_EXE_linli"))
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
