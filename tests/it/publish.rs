//! `linli publish`: what the public finds, and what is told.

mod branch;
mod faults;
pub(crate) mod kills;
mod server;
mod templates;

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::{
    diagnostics,
    site::{self, Files, TODAY},
};

pub(crate) const HONORS: &str = "content/xingfu/honors.yaml";

/// A notice that is not there at first.
pub(crate) const NEW: &str = "content/xingfu/notices/2026-11-21-new.md";

/// A site that publishes to `www/portal` beside it.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) fn new(settings: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let mut files = diagnostics::files_of("_base");
        let text = format!(
            "title = \"幸福街道\"\ntheme = \"default\"\nbase-url = \"https://x.example\"\n\n\
             [publish.web]\nfolder = \"../www/portal\"\n{settings}"
        );
        files.insert("site.toml".to_owned(), text.into());
        for (name, month) in [("water", "10"), ("road", "11")] {
            let text = format!("---\ntitle: {name}\ndate: 2026-{month}-20\n---\n\n停水一天。\n");
            files.insert(format!("content/xingfu/notices/2026-{month}-20-{name}.md"), text.into());
        }
        files.insert(HONORS.to_owned(), honors(&["王秀兰", "李明"]).into());
        site::write(&desk.site(), &files);
        fs::create_dir_all(desk.folder.path().join("www")).unwrap();
        desk
    }

    /// The site of before: she is named, and nothing is new.
    pub(crate) fn go_back(&self) {
        let _ = fs::remove_file(self.site().join(NEW));
        self.edit(HONORS, &honors(&["王秀兰", "李明"]));
    }

    pub(crate) fn site(&self) -> std::path::PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn edit(&self, path: &str, text: &str) {
        fs::write(self.site().join(path), text).unwrap();
    }

    pub(crate) fn linli(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        // Targets may run git.
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path()).args(["--lang", "en", "--site"]).arg(self.site());
        command.args(args);
        command
    }

    pub(crate) fn publish(&self, args: &[&str]) -> Command {
        self.linli(&[&["publish", "--as-of", TODAY], args].concat())
    }

    /// All that the public finds.
    fn found(&self) -> Files {
        site::files_in(&self.folder.path().join("www/portal"))
    }

    /// All that was built, without its manifest.
    pub(crate) fn built(&self) -> Files {
        let mut built = site::files_in(&self.site().join("public"));
        built.retain(|path, _| !path.starts_with(".linli"));
        built
    }
}

/// Records that name these persons, with a basis.
pub(crate) fn honors(names: &[&str]) -> String {
    let record = |(at, name): (usize, &&str)| {
        format!(
            "- {{award: 好邻居, name: {name}, date: 2026-03-{:02}, citation: {name}送饭, \
             basis: 本人同意, basis_reference: 甲字 {at} 号, basis_date: 2026-01-01}}\n",
            at + 1
        )
    };
    names.iter().enumerate().map(record).collect()
}

pub(crate) fn told(command: &mut Command, status: i32) -> String {
    let assert = command.assert().code(status);
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

pub(crate) fn has(files: &Files, word: &str) -> Vec<String> {
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(word);
    files.iter().filter(|(_, bytes)| has(bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_folder_has_what_was_built_and_nothing_withdrawn() {
    for (settings, how) in [("", "in one step"), ("switch = \"files\"\n", "file by file")] {
        let desk = Desk::new(settings);
        let said = told(&mut desk.publish(&[]), 0);
        assert!(said.contains("web: ") && said.contains(how), "{said}");
        assert_eq!(desk.found(), desk.built());
        assert!(!has(&desk.found(), "王秀兰").is_empty());
        assert!(told(&mut desk.publish(&[]), 0).contains("web: nothing to do"));
        // She withdraws, and a notice is over.
        desk.edit(HONORS, &honors(&["李明"]));
        fs::remove_file(desk.site().join("content/xingfu/notices/2026-10-20-water.md")).unwrap();
        let plan = desk.publish(&["web", "--dry-run"]).assert().code(0).get_output().clone();
        let plan = String::from_utf8(plan.stdout).unwrap();
        assert!(plan.contains("- xingfu/notices/2026-10-20-water/index.html  (the site"), "{plan}");
        let is_deletion = |line: &&str| line.starts_with("- ");
        let after = plan.lines().skip_while(is_deletion);
        assert_eq!(after.filter(is_deletion).count(), 0, "{plan}");
        assert!(!has(&desk.found(), "王秀兰").is_empty());
        let purge = desk.folder.path().join("purge.txt");
        told(&mut desk.publish(&["--purge-file", purge.to_str().unwrap()]), 0);
        assert_eq!(desk.found(), desk.built());
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
        let purged = fs::read_to_string(purge).unwrap();
        assert!(
            purged.contains("https://x.example/xingfu/notices/2026-10-20-water/\n"),
            "{purged}"
        );
        assert!(purged.contains("https://x.example/xingfu/honors/\n"), "{purged}");
        // With an error in the content nothing is sent.
        desk.edit(HONORS, "- {award: 好邻居, name: 李明, date: 某日, citation: 送饭}\n");
        let before = desk.found();
        assert!(told(&mut desk.publish(&[]), 1).contains("wrong-type"));
        assert_eq!(desk.found(), before);
    }
}

#[test]
fn who_may_publish_where_is_told() {
    let desk = Desk::new("by = \"ci\"\n\n[publish.out]\nfolder = \"public\"\n");
    let said = told(&mut desk.publish(&["web"]), 2);
    assert!(said.contains("by CI alone"), "{said}");
    told(desk.publish(&["web"]).env("CI", "true"), 0);
    assert!(told(&mut desk.publish(&[]), 2).contains("web, out"));
    assert!(told(&mut desk.publish(&["wbe"]), 2).contains("no target wbe"));
    assert!(told(&mut desk.publish(&["out"]), 2).contains("output folder itself"));
    fs::remove_dir_all(desk.folder.path().join("www")).unwrap();
    told(desk.publish(&["web"]).env("CI", "1"), 2);
    assert!(!desk.folder.path().join("www").exists());
}

/// Every page has its theme files, and once anything is new, nothing withdrawn is left.
pub(crate) fn check(found: &Files, what: &str) {
    let is_page = |path: &str| path.ends_with(".html");
    for (path, bytes) in found.iter().filter(|(path, _)| is_page(path)) {
        let html = String::from_utf8_lossy(bytes);
        for asset in html.split("\"/assets/").skip(1) {
            let asset = asset.split(['"', '?']).next().unwrap();
            assert!(found.contains_key(&format!("assets/{asset}")), "{what}: {path}: {asset}");
        }
    }
    if found.contains_key("xingfu/notices/2026-11-21-new/index.html") {
        assert_eq!(has(found, "王秀兰"), [""; 0], "{what}");
    }
}

#[cfg(not(feature = "publish-s3"))]
#[test]
fn a_program_that_reaches_no_buckets_says_so() {
    let desk =
        Desk::new("\n[publish.oss]\ns3 = \"portal\"\nendpoint = \"https://oss.example.cn\"\n");
    let said = told(&mut desk.publish(&["oss"]), 2);
    assert!(said.contains("--features publish-s3"), "{said}");
}

#[test]
fn what_never_was_the_site_is_not_taken_over() {
    let desk = Desk::new("");
    let portal = desk.folder.path().join("www/portal");
    fs::create_dir_all(portal.join("docs")).unwrap();
    fs::write(portal.join("docs/thesis.txt"), "x").unwrap();
    fs::write(portal.join("index.html"), "x").unwrap();
    let said = told(&mut desk.publish(&["--adopt"]), 2);
    assert!(said.contains("docs/thesis.txt"), "{said}");
    told(&mut desk.publish(&[]), 2);
    assert_eq!(desk.found().len(), 2);
}

#[test]
fn an_earlier_build_comes_back_but_for_what_is_gone() {
    const HEPING: &str = "content/heping/notices/2026-11-01-well.md";
    let notice = |text: &str| format!("---\ntitle: 通知\ndate: 2026-11-01\n---\n\n{text}\n");
    let desk = Desk::new("");
    fs::create_dir_all(desk.site().join("content/heping/notices")).unwrap();
    desk.edit("content/heping/place.yaml", "name: 和平社区\nlevel: community\n");
    desk.edit(HEPING, &notice("周一修水井。"));
    told(&mut desk.publish(&[]), 0);
    let first = desk.found();
    desk.edit(HEPING, &notice("周二修水进。"));
    told(&mut desk.publish(&[]), 0);
    let second = desk.found();
    // Nothing is gone: the whole site comes back, but for what the search knows.
    let said = told(&mut desk.publish(&["--rollback"]), 0);
    assert!(said.contains("back to the build of 2026-11-23"), "{said}");
    let shown = |mut files: Files| {
        files.retain(|path, _| !path.starts_with("search/"));
        files
    };
    assert_eq!(shown(desk.found()), shown(first));
    assert_eq!(
        has(&desk.found(), "修水进"),
        has(&second, "修水进")
            .into_iter()
            .filter(|it| it.starts_with("search/"))
            .collect::<Vec<_>>()
    );
    told(&mut desk.publish(&[]), 0);
    assert_eq!(desk.found(), second);
    // She withdraws at another place, and the notice there is over.
    desk.edit(HONORS, &honors(&["李明"]));
    fs::remove_file(desk.site().join("content/xingfu/notices/2026-10-20-water.md")).unwrap();
    told(&mut desk.publish(&[]), 0);
    let kept = || site::files_in(&desk.site().join(".linli/publish/web"));
    assert_eq!(has(&kept(), "王秀兰"), [""; 0]);
    for ago in ["1", "2"] {
        told(&mut desk.publish(&["--rollback", ago]), 0);
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
        assert!(!desk.found().contains_key("xingfu/notices/2026-10-20-water/index.html"));
    }
    let page = &desk.found()["heping/notices/2026-11-01-well/index.html"];
    assert!(String::from_utf8_lossy(page).contains("周一修水井"));
    let said = told(&mut desk.publish(&["--rollback", "9"]), 2);
    assert!(said.contains("no such build to go back to: 3 kept"), "{said}");
    told(&mut desk.publish(&[]), 0);
    assert_eq!(desk.found(), desk.built());
}

#[test]
fn an_earlier_moment_is_not_published_over_a_later_one() {
    let desk = Desk::new("");
    desk.publish(&[]).assert().code(0);
    let earlier = ["publish", "--as-of", "2026-11-01"];
    let before = desk.found();
    let said = told(&mut desk.linli(&earlier), 2);
    assert!(said.contains("as of 2026-11-01 00:00"), "{said}");
    assert_eq!(desk.found(), before);
    desk.linli(&[&earlier[..], &["--dry-run"]].concat()).assert().code(0);
    desk.publish(&["--rollback", "0"]).assert().code(2);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_behind_a_link() {
    let desk = Desk::new("switch = \"files\"\n");
    desk.publish(&[]).assert().code(0);
    let (others, ours) = (desk.folder.path().join("others"), desk.folder.path().join("www/portal"));
    fs::create_dir(&others).unwrap();
    fs::write(others.join("index.html"), "somebody").unwrap();
    fs::remove_dir_all(ours.join("xingfu")).unwrap();
    std::os::unix::fs::symlink(&others, ours.join("xingfu")).unwrap();
    let said = told(&mut desk.publish(&["--all"]), 2);
    assert!(said.contains("xingfu is a link"), "{said}");
    let left = site::files_in(&others);
    assert_eq!(left, Files::from([("index.html".to_owned(), b"somebody".to_vec())]));
}

#[test]
fn what_differs_from_what_was_published_is_named() {
    let desk = Desk::new("");
    told(&mut desk.publish(&[]), 0);
    assert!(told(&mut desk.linli(&["verify"]), 0).contains("all as published"));
    let portal = desk.folder.path().join("www/portal");
    fs::write(portal.join("xingfu/index.html"), "<p>别的").unwrap();
    fs::write(portal.join("stray.html"), "").unwrap();
    fs::remove_file(portal.join("404.html")).unwrap();
    let verified = desk.linli(&["verify", "web"]).assert().code(1).get_output().clone();
    let listed = String::from_utf8(verified.stdout).unwrap();
    assert_eq!(listed, "missing: 404.html\nchanged: xingfu/index.html\nadded: stray.html\n");
    told(&mut desk.publish(&["--all"]), 0);
    let verified = desk.linli(&["verify"]).assert().code(1).get_output().clone();
    assert_eq!(String::from_utf8(verified.stdout).unwrap(), "added: stray.html\n");
}
