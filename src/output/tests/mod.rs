//! The output folder as a whole: what is in it, beside it and in its workplace, after whatever
//! happened.

mod killed;
mod mirror;
mod preview;
#[cfg(unix)]
mod unix;
mod workplace;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use rayon::prelude::*;
use tempfile::TempDir;

use super::{path, *};

/// A folder of its own for a test, with `public` as the output folder.
struct Site {
    folder: TempDir,
    /// The workplace is in `.linli`, and not beside the output folder.
    is_inside: bool,
}

impl Site {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), is_inside: true }
    }

    /// One whose workplace is beside the output folder.
    fn beside() -> Self {
        Self { is_inside: false, ..Self::new() }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn open(&self) -> Result<Stage, OutputError> {
        Stage::open(&self.out(), self.is_inside.then(|| self.folder.path()))
    }

    /// The path of something in the workplace, from the test's folder.
    fn aside(&self, path: &str) -> String {
        if self.is_inside {
            format!(".linli/output/public/{path}")
        } else {
            format!(".public.linli-{path}")
        }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn stage(&self, files: &[(&str, &str)]) -> Stage {
        let stage = self.open().unwrap();
        for (path, text) in files {
            stage.write(&path_of(path), text.as_bytes()).unwrap();
        }
        stage
    }

    fn build(&self, files: &[(&str, &str)]) -> Summary {
        self.stage(files).commit().unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All that is in the test's folder, by path, without the manifest and what builds keep.
    #[track_caller]
    fn check(&self, expected: &[(&str, &str)]) {
        self.has_mirror();
        let mut found = tree(self.folder.path());
        found.remove(&format!("public/{}", path::MANIFEST));
        let (mirror, stamps) = (self.aside("mirror/"), self.aside("stamps"));
        let known = [".linli/.gitignore", ".linli/output/public/", &stamps];
        found.retain(|it, _| !it.starts_with(&mirror) && !known.contains(&it.as_str()));
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        assert_eq!(found, expected.iter().map(owned).collect());
    }

    /// Whether there is a mirror. If so, it has the published files under second names.
    #[track_caller]
    fn has_mirror(&self) -> bool {
        let mirror = self.at(&self.aside("mirror"));
        if !mirror.exists() {
            return false;
        }
        let files = tree(&mirror);
        assert_eq!(files, tree(&self.out()));
        let roots = [mirror, self.out()].map(|it| system::Root::open(&it).unwrap());
        for path in files.keys().filter(|it| *it != path::MANIFEST) {
            let [a, b] = roots.each_ref().map(|it| it.status(path).unwrap());
            assert_eq!(a, b, "{path}");
        }
        true
    }

    fn manifest(&self, folder: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.path().join(folder).join(path::MANIFEST)).ok()
    }

    fn refusal(&self) -> OutputError {
        let others = || {
            let mut files = tree(self.folder.path());
            files.retain(|it, _| !it.starts_with(".linli/"));
            files
        };
        let before = others();
        let refusal = self.open().unwrap_err();
        assert_eq!(others(), before, "a refused folder stays as it is");
        refusal
    }
}

fn path_of(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

/// The files below a folder; an empty folder is a path with `/` at its end.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !entry.file_type().unwrap().is_dir() {
            files.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
            continue;
        }
        let below = tree(&entry.path());
        if below.is_empty() {
            files.insert(format!("{name}/"), String::new());
        }
        files.extend(below.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
    }
    files
}

#[test]
fn a_first_build_makes_the_folder() {
    let site = Site::new();
    let summary = site.build(&[("index.html", "home"), ("a/b/index.html", "b")]);
    assert_eq!(
        (summary.files, summary.bytes, summary.changed.len(), summary.removed.len()),
        (2, 5, 2, 0)
    );
    assert!(summary.leftover.is_none());
    site.check(&[("public/a/b/index.html", "b"), ("public/index.html", "home")]);
}

#[test]
fn an_empty_folder_is_taken() {
    let site = Site::new();
    fs::create_dir(site.out()).unwrap();
    site.build(&[("index.html", "home")]);
    site.check(&[("public/index.html", "home")]);
}

#[test]
fn a_rebuild_leaves_exactly_its_own_files() {
    let site = Site::new();
    site.build(&[("index.html", "1"), ("old/index.html", "gone"), ("same", "=")]);
    let summary = site.build(&[("index.html", "2"), ("same", "="), ("new/index.html", "here")]);
    assert_eq!((summary.files, summary.changed.len(), summary.removed.len()), (3, 2, 1));
    site.check(&[
        ("public/index.html", "2"),
        ("public/new/index.html", "here"),
        ("public/same", "="),
    ]);
    site.build(&[]);
    site.check(&[]);
}

/// When a file of the site was written.
fn modified(site: &Site, path: &str) -> SystemTime {
    fs::metadata(site.out().join(path)).unwrap().modified().unwrap()
}

#[test]
fn what_is_the_same_is_not_written_again() {
    let site = Site::new();
    site.build(&[("index.html", "1"), ("a/same", "="), ("touched", "=")]);
    let before = ["index.html", "a/same"].map(|it| modified(&site, it));
    // Somebody edits a published file, and leaves its length as it was.
    thread::sleep(Duration::from_millis(20));
    site.put("public/touched", "!");
    site.build(&[("index.html", "2"), ("a/same", "="), ("touched", "="), ("new", "=")]);
    let after = ["index.html", "a/same"].map(|it| modified(&site, it));
    assert_eq!((after[0] > before[0], after[1] == before[1]), (true, true));
    site.check(&[
        ("public/a/same", "="),
        ("public/index.html", "2"),
        ("public/new", "="),
        ("public/touched", "="),
    ]);
}

#[test]
fn the_manifest_does_not_depend_on_the_order_of_writing() {
    let paths: Vec<_> = (0..200).map(|it| format!("{}/页{it}/index.html", it % 7)).collect();
    let build = |order: &dyn Fn(&Stage)| {
        let site = Site::new();
        let stage = site.stage(&[]);
        order(&stage);
        stage.commit().unwrap();
        fs::read(site.out().join(path::MANIFEST)).unwrap()
    };
    let write = |stage: &Stage, path: &str| {
        stage.write(&path_of(path), path.as_bytes()).unwrap();
    };
    let forward = build(&|stage| paths.iter().for_each(|it| write(stage, it)));
    let backward = build(&|stage| paths.iter().rev().for_each(|it| write(stage, it)));
    let parallel = build(&|stage| paths.par_iter().for_each(|it| write(stage, it)));
    assert_eq!(forward, backward);
    assert_eq!(forward, parallel);
}

#[test]
fn a_folder_of_others_is_refused() {
    let site = Site::new();
    site.put("public/letter.txt", "dear");
    let refusal = site.refusal();
    assert!(matches!(&refusal, OutputError::NotOurs { path } if *path == site.out()));
    site.put("public/.linli-manifest.json", r#"{"generator":"other","files":[]}"#);
    assert!(matches!(site.refusal(), OutputError::NotOurs { .. }));
}

#[test]
fn a_file_is_no_output_folder() {
    let site = Site::new();
    site.put("public", "text");
    assert!(matches!(site.refusal(), OutputError::NotAFolder { .. }));
}

#[test]
fn files_put_in_by_hand_are_never_lost() {
    let site = Site::new();
    site.build(&[("a/index.html", "a")]);
    site.put("public/CNAME", "example.org");
    site.put("public/.git/config", "");
    site.put("public/a/draft/letter.txt", "dear");
    let refusal = site.refusal();
    assert!(matches!(&refusal, OutputError::Foreign { found, .. }
        if *found == [".git", "CNAME", "a/draft"]));
    assert!(refusal.to_string().contains("a build would delete: `.git`, `CNAME`, `a/draft`; move"));
}

#[test]
fn litter_and_missing_files_do_not_matter() {
    let site = Site::new();
    site.put("public/.DS_Store", "");
    site.build(&[("a/index.html", "a"), ("b", "b")]);
    site.put("public/a/Thumbs.db", "");
    fs::remove_file(site.out().join("b")).unwrap();
    site.build(&[("c", "c")]);
    site.check(&[("public/c", "c")]);
}

#[test]
fn dropping_a_stage_leaves_no_trace() {
    let site = Site::new();
    drop(site.stage(&[("a/b", "1")]));
    site.check(&[]);
    site.build(&[("index.html", "1")]);
    drop(site.stage(&[("index.html", "2")]));
    site.check(&[("public/index.html", "1")]);
}

#[test]
fn a_path_is_written_once() {
    let site = Site::new();
    let stage = site.stage(&[("a", "1"), ("b/c", "1")]);
    for path in ["a", "b"] {
        let path = path_of(path);
        let refusal = stage.write(&path, b"2").unwrap_err();
        assert!(matches!(refusal, OutputError::Twice { path: it } if it == path));
    }
    assert!(stage.write(&path_of("a/below"), b"2").is_err());
}

#[test]
fn a_file_that_stays_is_not_written_too() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b/c", "1"), ("d", "1")]);
    let keep = |stage: &Stage, path| stage.keep(&ManifestEntry::of(&path_of(path), b"1"));
    let stage = site.stage(&[]);
    assert!(keep(&stage, "a") && !keep(&stage, "a"));
    for text in [b"1", b"2"] {
        let refusal = stage.write(&path_of("a"), text).unwrap_err();
        assert!(matches!(refusal, OutputError::Twice { path } if path == path_of("a")));
    }
    drop(stage);
    // The other way round, and above and below each other, it comes out at the end.
    for (path, kept) in [("a", "a"), ("b", "b/c"), ("d/e", "d")] {
        let stage = site.stage(&[(path, "2")]);
        assert!(keep(&stage, kept));
        let refusal = stage.commit().unwrap_err();
        assert!(matches!(refusal, OutputError::Twice { path: it } if it == path_of(path)));
        site.check(&[("public/a", "1"), ("public/b/c", "1"), ("public/d", "1")]);
    }
}

#[test]
fn only_what_is_published_as_it_is_can_stay() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]);
    site.put("public/b", "!!");
    fs::remove_file(site.out().join("c")).unwrap();
    let stage = site.stage(&[]);
    let keep = |path, text: &str| stage.keep(&ManifestEntry::of(&path_of(path), text.as_bytes()));
    assert!(!keep("a", "2") && !keep("b", "1") && !keep("c", "1") && !keep("e", "1"));
    assert!(keep("d", "1"));
    let summary = stage.commit().unwrap();
    assert_eq!((summary.files, summary.changed, summary.removed.len()), (1, vec![], 3));
    site.check(&[("public/d", "1")]);
}

#[test]
fn what_is_published_already_is_not_touched() {
    let site = Site::new();
    site.build(&[("a/b", "1"), ("c", "22")]);
    let folder = system::Root::open(&site.out()).unwrap();
    let before = (modified(&site, ""), modified(&site, path::MANIFEST));
    let stage = site.stage(&[("a/b", "1")]);
    assert!(stage.keep(&ManifestEntry::of(&path_of("c"), b"22")));
    assert!(!site.at(&site.aside("new")).exists());
    let summary = stage.commit().unwrap();
    assert_eq!((summary.files, summary.bytes), (2, 3));
    assert_eq!((summary.changed, summary.removed), (vec![], vec![]));
    assert_eq!((modified(&site, ""), modified(&site, path::MANIFEST)), before);
    let after = system::Root::open(&site.out()).unwrap();
    assert_eq!(after.status("").unwrap(), folder.status("").unwrap());
}

#[test]
fn what_a_dead_build_left_is_cleared() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    site.put(&site.aside("new/half/written.html"), "<");
    site.put(&site.aside("old/index.html"), "older");
    site.put(&site.aside("lock"), "");
    site.build(&[("index.html", "2")]);
    site.check(&[("public/index.html", "2")]);
}

#[test]
fn a_build_that_died_between_two_steps_is_undone() {
    let site = Site::new();
    site.build(&[("index.html", "old")]);
    fs::rename(site.out(), site.at(&site.aside("old"))).unwrap();
    site.put(&site.aside("new/index.html"), "new");
    drop(site.stage(&[]));
    site.check(&[("public/index.html", "old")]);
}

#[test]
fn two_steps_do_what_one_does() {
    let site = Site::new();
    site.build(&[("index.html", "old")]);
    site.put("new/index.html", "new");
    let place = folder::OutputFolder::find(&site.out()).unwrap();
    swap::in_two_steps(&place, &site.folder.path().join("new")).unwrap();
    assert_eq!(fs::read_to_string(site.out().join("index.html")).unwrap(), "new");
    // The second step fails: there is no new folder any more.
    swap::clear(&place.workplace).unwrap();
    assert!(swap::in_two_steps(&place, &site.folder.path().join("new")).is_err());
    site.check(&[("public/index.html", "new")]);
}

#[test]
fn the_folder_above_is_made() {
    let site = Site::new();
    let stage = Stage::open(&site.out().join("deep/site/"), None).unwrap();
    stage.write(&path_of("a"), b"1").unwrap();
    stage.commit().unwrap();
    assert_eq!(fs::read(site.out().join("deep/site/a")).unwrap(), b"1");
}
