//! The output folder as a whole: what is in it, and beside it, after whatever happened.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};

use rayon::prelude::*;
use tempfile::TempDir;

use super::{manifest, *};

/// A folder of its own for a test, with `public` as the output folder.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn stage(&self, files: &[(&str, &str)]) -> Stage {
        let stage = Stage::open(&self.out()).unwrap();
        for (path, text) in files {
            stage.write(&OutPath::new(path).unwrap(), text.as_bytes()).unwrap();
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

    /// All that is in the test's folder, by path, without the manifest.
    #[track_caller]
    fn check(&self, expected: &[(&str, &str)]) {
        let mut found = tree(self.folder.path());
        found.remove(&format!("public/{}", manifest::NAME));
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        assert_eq!(found, expected.iter().map(owned).collect());
    }

    fn refusal(&self) -> OutputError {
        let before = tree(self.folder.path());
        let refusal = Stage::open(&self.out()).unwrap_err();
        assert_eq!(tree(self.folder.path()), before, "a refused folder stays as it is");
        refusal
    }
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
        fs::read(site.out().join(manifest::NAME)).unwrap()
    };
    let write = |stage: &Stage, path: &str| {
        stage.write(&OutPath::new(path).unwrap(), path.as_bytes()).unwrap();
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
        let path = OutPath::new(path).unwrap();
        let refusal = stage.write(&path, b"2").unwrap_err();
        assert!(matches!(refusal, OutputError::Twice { path: it } if it == path));
    }
    assert!(stage.write(&OutPath::new("a/below").unwrap(), b"2").is_err());
}

#[test]
fn what_a_dead_build_left_is_cleared() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    site.put(".public.linli-new/half/written.html", "<");
    site.put(".public.linli-old/index.html", "older");
    site.put(".public.linli-lock", "");
    site.build(&[("index.html", "2")]);
    site.check(&[("public/index.html", "2")]);
}

#[test]
fn a_build_that_died_between_two_steps_is_undone() {
    let site = Site::new();
    site.build(&[("index.html", "old")]);
    fs::rename(site.out(), site.folder.path().join(".public.linli-old")).unwrap();
    site.put(".public.linli-new/index.html", "new");
    drop(site.stage(&[]));
    site.check(&[("public/index.html", "old")]);
}

#[test]
fn two_steps_do_what_one_does() {
    let site = Site::new();
    site.build(&[("index.html", "old")]);
    site.put("new/index.html", "new");
    let place = folder::Place::find(&site.out()).unwrap();
    swap::in_two_steps(&place, &site.folder.path().join("new")).unwrap();
    assert_eq!(fs::read_to_string(site.out().join("index.html")).unwrap(), "new");
    // The second step fails: there is no new folder any more.
    swap::clear(&place).unwrap();
    assert!(swap::in_two_steps(&place, &site.folder.path().join("new")).is_err());
    site.check(&[("public/index.html", "new")]);
}

#[test]
fn the_folder_above_is_made() {
    let site = Site::new();
    let stage = Stage::open(&site.out().join("deep/site/")).unwrap();
    stage.write(&OutPath::new("a").unwrap(), b"1").unwrap();
    stage.commit().unwrap();
    assert_eq!(fs::read(site.out().join("deep/site/a")).unwrap(), b"1");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn one_build_at_a_time() {
        let site = Site::new();
        let first = site.stage(&[("index.html", "1")]);
        let refusal = Stage::open(&site.out()).unwrap_err();
        assert!(matches!(refusal, OutputError::Busy { path } if path == site.out()));
        first.commit().unwrap();
        site.build(&[("index.html", "2")]);
        site.check(&[("public/index.html", "2")]);
    }

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_replaced() {
        let site = Site::new();
        fs::create_dir(site.folder.path().join("real")).unwrap();
        symlink("real", site.out()).unwrap();
        site.build(&[("index.html", "1")]);
        site.build(&[("index.html", "2")]);
        assert!(site.out().is_symlink());
        assert_eq!(fs::read_to_string(site.out().join("index.html")).unwrap(), "2");
        assert_eq!(fs::read_dir(site.folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_link_in_the_way_is_removed_and_not_followed() {
        let site = Site::new();
        site.put("letters/dear.txt", "dear");
        symlink("letters", site.folder.path().join(".public.linli-new")).unwrap();
        site.build(&[("index.html", "1")]);
        site.check(&[("letters/dear.txt", "dear"), ("public/index.html", "1")]);
    }

    #[test]
    fn the_folder_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let site = Site::new();
        site.build(&[]);
        fs::set_permissions(site.out(), fs::Permissions::from_mode(0o750)).unwrap();
        site.build(&[]);
        assert_eq!(fs::metadata(site.out()).unwrap().permissions().mode() & 0o777, 0o750);
    }

    #[test]
    fn a_name_that_is_no_unicode_is_foreign() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
        let site = Site::new();
        site.build(&[("\u{fffd}", "1")]);
        // Some file systems hold no such name.
        if fs::write(site.out().join(OsStr::from_bytes(b"\xff")), "dear").is_ok() {
            assert!(matches!(Stage::open(&site.out()), Err(OutputError::Foreign { .. })));
        }
    }

    #[test]
    fn a_link_to_nothing_is_refused() {
        let site = Site::new();
        symlink("nowhere", site.out()).unwrap();
        assert!(matches!(site.refusal(), OutputError::NotAFolder { .. }));
    }

    #[test]
    fn links_inside_are_foreign_and_not_followed() {
        let site = Site::new();
        site.put("letters/dear.txt", "dear");
        site.build(&[("index.html", "1")]);
        symlink("../letters", site.out().join("letters")).unwrap();
        assert!(
            matches!(site.refusal(), OutputError::Foreign { found, .. } if found == ["letters"])
        );
    }
}

/// Names the folder in which a copy of this program is to build until it is killed.
const VICTIM: &str = "LINLI_TEST_BUILD_UNTIL_KILLED";

/// The pages of a build: none is like that of another build, and their number changes too.
fn numbered(build: u32) -> BTreeMap<String, String> {
    let path = |it| format!("{}/{it}/index.html", it % 3);
    (0..20 + build % 5).map(|it| (path(it), format!("{build}\n"))).collect()
}

#[test]
fn builds_until_it_is_killed() {
    let Some(out) = env::var_os(VICTIM) else { return };
    io::stdout().write_all(b"building\n").unwrap();
    for build in 1.. {
        let stage = Stage::open(Path::new(&out)).unwrap();
        for (path, text) in numbered(build) {
            stage.write(&OutPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        stage.commit().unwrap();
    }
}

#[test]
fn a_killed_build_leaves_the_old_or_the_new_site_whole() {
    let site = Site::new();
    site.build(&[]);
    for round in 0..30 {
        let mut victim = Command::new(env::current_exe().unwrap())
            .args(["--exact", "output::tests::builds_until_it_is_killed", "--nocapture"])
            .env(VICTIM, site.out())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.as_mut().unwrap()).lines();
        assert!(lines.any(|it| it.unwrap().ends_with("building")));
        // Uneven steps, so that the rounds end at different moments of a build.
        thread::sleep(Duration::from_micros(round * 1_237 % 12_000));
        victim.kill().unwrap();
        assert_ne!(victim.wait().unwrap().code(), Some(101), "the build failed by itself");
        check_whole(&site.out());
    }
    site.build(&[("index.html", "after")]);
    site.check(&[("public/index.html", "after")]);
}

/// Checks that a folder holds one build, all of it, and nothing else.
#[track_caller]
fn check_whole(out: &Path) {
    let manifest = Manifest::read(out).unwrap().unwrap();
    let mut found = tree(out);
    found.remove(manifest::NAME).unwrap();
    let build = found.values().next().map_or(0, |it| it.trim().parse().unwrap());
    assert_eq!(found, if build == 0 { BTreeMap::new() } else { numbered(build) });
    let hashed =
        found.into_iter().map(|(path, text)| (path, blake3::hash(text.as_bytes()).to_string()));
    let listed = manifest.files().iter().map(|it| (it.path.to_string(), it.blake3.clone()));
    assert!(hashed.eq(listed));
}
