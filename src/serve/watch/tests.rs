//! The watching of a real folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::*;

const PARTS: &[&str] = &["content", "themes", "site.toml", "holidays.yaml"];

/// A site that is watched.
struct Folder {
    folder: TempDir,
    changes: Receiver<WatchedChange>,
}

impl Folder {
    fn new(files: &[&str]) -> Self {
        Self::watched(files, Watcher::new)
    }

    fn watched(files: &[&str], watch: fn(&Path, &[&str]) -> Result<Watcher, WatchError>) -> Self {
        let folder = TempDir::new().unwrap();
        let (sender, changes) = mpsc::channel();
        let site = Self { folder, changes };
        files.iter().for_each(|it| site.put(it));
        let mut watcher = watch(site.folder.path(), PARTS).unwrap();
        assert!(watcher.notice().is_none());
        thread::spawn(move || watcher.try_for_each(|it| sender.send(it)));
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), format!("{:?}", Instant::now())).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Waits until all these paths, or folders above them, were told.
    #[track_caller]
    fn hears(&self, expected: &[&str]) {
        let mut missing: Vec<&Path> = expected.iter().map(Path::new).collect();
        while !missing.is_empty() {
            let change = self.changes.recv_timeout(Duration::from_secs(20));
            match change.unwrap_or_else(|_| panic!("no change was reported of {missing:?}")) {
                WatchedChange::Paths(paths) => {
                    missing.retain(|it| !paths.iter().any(|path| it.starts_with(path)));
                }
                WatchedChange::Everything => return,
            }
        }
    }

    /// Nothing is told of what was done, though what is done now is told. Returns what was.
    #[track_caller]
    fn hears_only(&self, expected: &[&str]) {
        self.put("content/last.yaml");
        let mut heard = BTreeSet::new();
        while !heard.contains(Path::new("content/last.yaml")) {
            match self
                .changes
                .recv_timeout(Duration::from_secs(20))
                .expect("the last change is reported")
            {
                WatchedChange::Paths(paths) => heard.extend(paths),
                WatchedChange::Everything => panic!("everything is too much"),
            }
        }
        heard.remove(Path::new("content/last.yaml"));
        let heard: Vec<_> = heard.iter().map(|it| it.to_str().unwrap()).collect();
        assert_eq!(heard, expected);
    }

    /// Whether a file that is written now is told, again and again until it is.
    #[track_caller]
    fn is_seen(&self, path: &str) {
        self.put(path);
        self.hears(&[path]);
    }
}

#[test]
fn edits_are_told_once() {
    let site = Folder::new(&["content/a/x.yaml", "content/b.yaml", "site.toml"]);
    site.put("content/b.yaml");
    site.put("content/a/x.yaml");
    site.put("site.toml");
    site.put("content/b.yaml");
    let change = site.changes.recv_timeout(Duration::from_secs(20)).unwrap();
    let paths = ["content/a/x.yaml", "content/b.yaml", "site.toml"].map(PathBuf::from);
    assert_eq!(change, WatchedChange::Paths(paths.into()));
}

#[test]
fn other_files_of_the_folder_are_not_told() {
    let site = Folder::new(&["content/a.yaml", "public/index.html"]);
    site.put("public/index.html");
    site.put("public/b/index.html");
    site.put(".linli/preview/index.html");
    site.put(".git/index");
    site.put("README.md");
    fs::read(site.path("content/a.yaml")).unwrap();
    fs::read_dir(site.path("content")).unwrap().for_each(drop);
    site.hears_only(&[]);
}

#[test]
fn editors_leave_no_trace() {
    let site = Folder::new(&["content/a.yaml", "site.toml"]);
    for litter in ["content/.a.yaml.swp", "content/4913", "content/~$表.xlsx", "content/a.yaml~"] {
        site.put(litter);
        fs::remove_file(site.path(litter)).unwrap();
    }
    site.hears_only(&[]);
    // A save of Vim, and one in one step.
    site.rename("content/a.yaml", "content/a.yaml~");
    site.put("content/a.yaml");
    site.put(".site.toml.new");
    site.rename(".site.toml.new", "site.toml");
    site.hears_only(&["content/a.yaml", "site.toml"]);
}

#[test]
fn moves_and_removals_are_told() {
    let site = Folder::new(&["content/a/x.yaml", "content/a/y.yaml", "content/b.yaml"]);
    site.rename("content/b.yaml", "content/c.yaml");
    site.hears(&["content/b.yaml", "content/c.yaml"]);
    fs::remove_file(site.path("content/c.yaml")).unwrap();
    site.hears(&["content/c.yaml"]);
    site.rename("content/a", "content/d");
    site.hears(&["content/a", "content/d"]);
    site.is_seen("content/d/x.yaml");
    fs::remove_dir_all(site.path("content/d")).unwrap();
    site.hears(&["content/d"]);
}

#[test]
fn what_comes_is_told_and_seen() {
    let site = Folder::new(&["content/a.yaml"]);
    site.put("site.toml");
    site.hears(&["site.toml"]);
    site.is_seen("site.toml");
    site.put("content/new/deep/x.yaml");
    site.hears(&["content/new/deep/x.yaml"]);
    site.is_seen("content/new/deep/x.yaml");
    site.put("themes/own/templates/page.html");
    site.hears(&["themes"]);
    site.is_seen("themes/own/templates/page.html");
}

#[test]
fn a_folder_that_went_is_seen_when_it_is_back() {
    let site = Folder::new(&["content/a/x.yaml", "content/b.yaml"]);
    for _ in 0..3 {
        fs::remove_dir_all(site.path("content")).unwrap();
        site.hears(&["content"]);
        site.put("elsewhere/a/x.yaml");
        site.rename("elsewhere", "content");
        site.hears(&["content"]);
        site.is_seen("content/a/x.yaml");

        // Away and back, as the same folder.
        site.rename("content", "aside");
        site.hears(&["content"]);
        site.put("aside/a/x.yaml");
        site.rename("aside", "content");
        site.hears(&["content"]);
        site.is_seen("content/a/x.yaml");

        // At once.
        site.put("next/a/x.yaml");
        site.rename("content", "aside");
        site.rename("next", "content");
        fs::remove_dir_all(site.path("aside")).unwrap();
        site.hears(&["content"]);
        site.is_seen("content/a/x.yaml");
    }
}

#[test]
fn hundreds_of_files_are_told() {
    let site = Folder::new(&["content/a.yaml"]);
    let paths: Vec<String> =
        (0..600).map(|it| format!("content/{}/{}/x.yaml", it % 7, it % 50)).collect();
    paths.iter().for_each(|it| site.put(it));
    site.hears(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    for path in paths.iter().step_by(97) {
        site.is_seen(path);
    }
}

#[test]
fn changes_that_do_not_end_are_told_meanwhile() {
    let site = Folder::new(&["content/a.yaml"]);
    let start = Instant::now();
    let reported = loop {
        site.put("content/a.yaml");
        if site.changes.recv_timeout(QUIET / 4).is_ok() {
            break start.elapsed();
        }
        assert!(start.elapsed() < Duration::from_secs(20));
    };
    assert!(reported >= LONGEST, "{reported:?}");
}

#[test]
fn lost_signals_are_told_unless_nothing_changed() {
    let site = Folder::new(&["content/a.yaml"]);
    let mut watcher = Watcher::new(site.folder.path(), PARTS).unwrap();
    let lost = || Batch { is_lost: true, ..Batch::default() };
    assert_eq!(watcher.conclude(lost()), Some(WatchedChange::Everything));
    assert_eq!(watcher.conclude(lost()), None);
    site.put("content/b.yaml");
    assert_eq!(watcher.conclude(lost()), Some(WatchedChange::Everything));
    assert_eq!(watcher.conclude(lost()), None);
}

#[cfg(unix)]
#[test]
fn a_snapshot_follows_links_and_ends() {
    use std::os::unix::fs::symlink;
    let site = Folder::new(&["content/a.yaml", "site.toml", "elsewhere/b/c.yaml"]);
    symlink(site.path("elsewhere/b"), site.path("content/b")).unwrap();
    symlink(site.path("content"), site.path("content/circle")).unwrap();
    symlink("nowhere", site.path("content/broken")).unwrap();
    let watcher = Watcher::new(site.folder.path(), PARTS).unwrap();
    let before = Snapshot::take(&watcher.site);
    assert_eq!(before, Snapshot::take(&watcher.site));
    site.put("content/circle.yaml");
    let more = Snapshot::take(&watcher.site);
    assert_ne!(before, more);
    fs::write(site.path("elsewhere/b/c.yaml"), "longer than it was").unwrap();
    assert_ne!(more, Snapshot::take(&watcher.site));
}

#[test]
fn the_system_may_give_up() {
    let site = Folder::new(&["content/a.yaml"]);
    let mut watcher = Watcher::new(site.folder.path(), PARTS).unwrap();
    let exhausted = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    let batch = Batch { exhausted: Some(exhausted), ..Batch::default() };
    assert_eq!(watcher.conclude(batch), Some(WatchedChange::Everything));
    assert!(matches!(watcher.notice(), Some(WatchNotice::Polling { .. })));
    assert!(watcher.notice().is_none());
    site.put("content/b.yaml");
    let Some(WatchedChange::Paths(paths)) = watcher.next() else { panic!("files are reported") };
    assert!(paths.contains(&"content/b.yaml".into()), "{paths:?}");

    let refuse: OpenWatcher = |_, _| Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch));
    let mut watcher = Watcher::open(site.folder.path(), PARTS, refuse).unwrap();
    assert!(matches!(watcher.notice(), Some(WatchNotice::Polling { .. })));
}

#[test]
fn a_system_that_says_nothing_is_found_out() {
    let site = Folder::new(&["content/a.yaml"]);
    let mut watcher = Watcher::new(site.folder.path(), PARTS).unwrap();
    let soon = Duration::from_millis(10);
    watcher.silence = Some(Silence::new(&watcher.site, Duration::ZERO));
    // What the system tells of is no silence.
    site.put("content/b.yaml");
    let Some(WatchedChange::Paths(_)) = watcher.next() else { panic!("it is told") };
    thread::sleep(soon);
    assert_eq!(watcher.wait(soon), Waited::Nothing);
    assert!(watcher.notice().is_none());
    // Nobody sends into this channel.
    let (_sender, signals) = mpsc::channel();
    watcher.signals = signals;
    site.put("content/~$b.xlsx");
    thread::sleep(soon);
    assert_eq!(watcher.wait(soon), Waited::Nothing);
    site.put("content/c.yaml");
    // A busy machine may take its time to show the file.
    let waited = (0..200).map(|_| {
        thread::sleep(soon);
        watcher.wait(soon)
    });
    let found = waited.into_iter().find(|it| *it != Waited::Nothing);
    assert_eq!(found, Some(Waited::Change(WatchedChange::Everything)));
    assert!(matches!(watcher.notice(), Some(WatchNotice::Polling { .. })));
    site.put("content/d.yaml");
    let Some(WatchedChange::Paths(paths)) = watcher.next() else { panic!("files are polled") };
    assert!(paths.contains(&"content/d.yaml".into()), "{paths:?}");
}

#[test]
fn polling_sees_the_same() {
    let site = Folder::watched(&["content/a.yaml"], Watcher::polling);
    site.put("public/index.html");
    site.put("content/~$a.xlsx");
    site.put("content/b/x.yaml");
    site.hears(&["content/b/x.yaml"]);
    site.put("site.toml");
    site.hears(&["site.toml"]);
    fs::remove_dir_all(site.path("content")).unwrap();
    site.hears(&["content/a.yaml"]);
    site.put("content/c/x.yaml");
    site.hears(&["content/c/x.yaml"]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let missing = TempDir::new().unwrap().path().join("missing");
    let error = Watcher::new(&missing, PARTS).unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");
}
