//! `linli publish`: what the public finds, what is told, and what a killed run leaves.

use std::{
    fs,
    path::Path,
    process::{Command as Process, Stdio},
    thread,
    time::{Duration, Instant},
};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::{
    diagnostics,
    site::{self, Files, TODAY},
};

pub(crate) const HONORS: &str = "content/xingfu/honors.yaml";

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

/// How often each kind of run is killed; `tests/kills.sh` sets more.
pub(crate) fn kills() -> u32 {
    std::env::var("LINLI_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(20)
}

/// Kills a run, and whatever it started, after a part of the time that a whole one takes.
pub(crate) fn kill_in(run: &mut std::process::Child, time: Duration, round: u32) {
    let part = f64::from(round) * 0.618_034 % 1.0;
    thread::sleep(time.mul_f64(part));
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(
        rustix::process::Pid::from_child(run),
        rustix::process::Signal::KILL,
    );
    let _ = run.kill();
    run.wait().unwrap();
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
fn a_killed_run_is_repaired_by_the_next() {
    const NEW: &str = "content/xingfu/notices/2026-11-21-new.md";
    for settings in ["", "switch = \"files\"\n"] {
        let desk = Desk::new(settings);
        let mut time = Duration::ZERO;
        for round in 0..kills() {
            // First the site of before, whole; then what is killed.
            let _ = fs::remove_file(desk.site().join(NEW));
            desk.edit(HONORS, &honors(&["王秀兰", "李明"]));
            told(&mut desk.publish(&[]), 0);
            desk.edit(HONORS, &honors(&["李明"]));
            desk.edit(NEW, "---\ntitle: 新\ndate: 2026-11-21\n---\n\n新的。\n");
            // So that most of the time goes to the target.
            let out = desk.site().join("public");
            build(&desk.site(), &out);
            let what = format!("{settings:?}, round {round}");
            kill_in(&mut spawn(&desk.site(), &[]), time, round);
            check(&desk.found(), &what);
            let begun = Instant::now();
            told(&mut desk.publish(&[]), 0);
            time = begun.elapsed();
            assert_eq!(desk.found(), desk.built(), "{what}");
        }
    }
}

fn build(site: &Path, out: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().args(["--lang", "en", "--site"]).arg(site);
    command.args(["build", "--as-of", TODAY, "--out"]).arg(out).assert().code(0);
}

/// Begins to publish, in a group of processes of its own.
fn spawn(site: &Path, args: &[&str]) -> std::process::Child {
    let mut command = Process::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.args(["--lang", "en", "--site"]).arg(site);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let command = command.args(["publish", "--as-of", TODAY]).args(args);
    command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_killed_way_back_brings_nothing_back_that_is_gone() {
    let desk = Desk::new("keep = 2\n");
    let notice = "content/xingfu/notices/2026-11-20-road.md";
    let text = |it: &str| format!("---\ntitle: road\ndate: 2026-11-20\n---\n\n{it}\n");
    desk.edit(notice, &text("修路一天。"));
    told(&mut desk.publish(&[]), 0);
    desk.edit(notice, &text("修路两天。"));
    desk.edit(HONORS, &honors(&["李明"]));
    told(&mut desk.publish(&[]), 0);
    let today = desk.found();
    let mut time = Duration::from_millis(500);
    for round in 0..kills() {
        kill_in(&mut spawn(&desk.site(), &["--rollback"]), time, round);
        check(&desk.found(), &format!("round {round}"));
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "round {round}");
        let begun = Instant::now();
        told(&mut desk.publish(&["--rollback"]), 0);
        time = begun.elapsed();
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "round {round}");
        told(&mut desk.publish(&[]), 0);
        assert_eq!(desk.found(), today, "round {round}");
    }
}

#[test]
fn a_killed_push_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::new("\n[publish.pages]\ngit = \"../pages.git\"\n");
    git(desk.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    let pages = desk.folder.path().join("pages.git");
    let tree = || git(&pages, &["rev-parse", "pages^{tree}"]);
    let (mut trees, mut time) = (Vec::new(), Duration::ZERO);
    for names in [&["王秀兰", "李明"][..], &["李明"]] {
        desk.edit(HONORS, &honors(names));
        let begun = Instant::now();
        told(&mut desk.publish(&["pages"]), 0);
        time = begun.elapsed();
        trees.push(tree());
    }
    for round in 0..kills() {
        let next = (round % 2) as usize;
        desk.edit(HONORS, &honors([&["王秀兰", "李明"][..], &["李明"]][next]));
        kill_in(&mut spawn(&desk.site(), &["pages"]), time, round);
        // Nobody kills a server, which is a process of the same group here.
        let _ = fs::remove_file(pages.join("refs/heads/pages.lock"));
        assert!(trees.contains(&tree()), "round {round}");
        told(&mut desk.publish(&["pages"]), 0);
        assert_eq!(tree(), trees[next], "round {round}");
        git(&pages, &["fsck", "--no-dangling"]);
        assert_eq!(git(&pages, &["rev-list", "--count", "--all"]).trim(), "1");
    }
}

/// What git says of a repository.
fn git(folder: &Path, args: &[&str]) -> String {
    let output = Process::new("git").current_dir(folder).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_branch_has_one_commit_with_the_site() {
    let desk = Desk::new("\n[publish.pages]\ngit = \"../pages.git\"\n");
    git(desk.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    let pages = desk.folder.path().join("pages.git");
    let files = || {
        let listed = git(&pages, &["ls-tree", "-r", "-z", "--name-only", "pages"]);
        let listed = listed.split('\0').filter(|it| !it.is_empty());
        let show = |path: &str| {
            let object = format!("pages:{path}");
            let shown = Process::new("git").current_dir(&pages).args(["show", &object]).output();
            (path.to_owned(), shown.unwrap().stdout)
        };
        listed.map(show).collect::<Files>()
    };
    let said = told(&mut desk.publish(&["pages"]), 0);
    assert!(said.contains("pages: ") && said.contains("in one step"), "{said}");
    let mut expected = desk.built();
    expected.insert(".nojekyll".to_owned(), Vec::new());
    assert_eq!(files(), expected);
    let first = git(&pages, &["rev-parse", "pages"]);
    assert!(told(&mut desk.publish(&["pages"]), 0).contains("pages: nothing to do"));
    assert_eq!(git(&pages, &["rev-parse", "pages"]), first);
    told(&mut desk.linli(&["verify", "pages"]), 0);
    // She withdraws: neither the branch nor its history has her name.
    desk.edit(HONORS, &honors(&["李明"]));
    told(&mut desk.publish(&["pages"]), 0);
    assert_eq!(has(&files(), "王秀兰"), [""; 0]);
    assert_eq!(git(&pages, &["rev-list", "--count", "--all"]).trim(), "1");
    let own = desk.site().join(".linli/publish/pages/repository");
    let objects = git(&own, &["cat-file", "--batch-all-objects", "--batch-check"]);
    let commits = objects.lines().filter(|it| it.contains(" commit "));
    assert_eq!(commits.count(), 1, "{objects}");
    // Another machine goes on; the first one notices that, and goes on as well.
    fs::remove_dir_all(desk.site().join(".linli")).unwrap();
    desk.edit(HONORS, &honors(&["李明", "赵强"]));
    told(&mut desk.publish(&["pages"]), 0);
    assert!(!has(&files(), "赵强").is_empty());
    // A commit that somebody amended has their work, and is left alone.
    let work = desk.folder.path().join("amended");
    git(desk.folder.path(), &["clone", "--quiet", "-b", "pages", "pages.git", "amended"]);
    fs::write(work.join("CNAME"), "x.example").unwrap();
    git(&work, &["add", "CNAME"]);
    let who = ["-c", "user.name=Linli", "-c", "user.email=linli@localhost"];
    let published = git(&pages, &["rev-parse", "pages"]);
    git(&work, &[&who[..], &["commit", "--quiet", "--amend", "--no-edit"]].concat());
    git(&work, &["push", "--quiet", "--force"]);
    assert!(told(&mut desk.publish(&["pages"]), 2).contains("did not publish"));
    git(&pages, &["update-ref", "refs/heads/pages", published.trim()]);
    // A branch with somebody's work is left alone.
    let work = desk.folder.path().join("work");
    git(desk.folder.path(), &["clone", "--quiet", "-b", "pages", "pages.git", "work"]);
    let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
    let commit = ["commit", "--quiet", "--allow-empty", "-m", "work"];
    git(&work, &[&who[..], &commit[..]].concat());
    git(&work, &["push", "--quiet"]);
    desk.edit(HONORS, &honors(&["李明"]));
    let said = told(&mut desk.publish(&["pages"]), 2);
    assert!(said.contains("did not publish"), "{said}");
    assert!(git(&pages, &["log", "--format=%s", "pages"]).starts_with("work"));
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

/// The script of the templates.
fn script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/ci/publish.sh")
}

#[test]
fn the_script_of_the_templates_publishes_when_it_is_due() {
    let desk = Desk::new("by = \"ci\"\n");
    let run = |args: &[&str]| {
        let mut command = Command::new("sh");
        command.arg(script()).args(args).arg(desk.site()).env("CI", "true");
        command.env("LINLI", env!("CARGO_BIN_EXE_linli")).env("LC_ALL", "en");
        command
    };
    assert!(told(&mut run(&[]), 0).contains("web: "));
    assert_eq!(desk.found(), desk.built());
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    // Something is edited.
    desk.edit(HONORS, &honors(&["李明"]));
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
    assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    // The moment has come.
    let due = desk.site().join(".linli/due");
    let edited = fs::metadata(&due).unwrap().modified().unwrap();
    fs::write(&due, "2026-01-01T00:00+08:00").unwrap();
    fs::File::options().write(true).open(&due).unwrap().set_modified(edited).unwrap();
    assert!(told(&mut run(&["--if-due"]), 0).contains("nothing to do"));
    // A mistake is told with its annotation, and the next run is due.
    desk.edit(HONORS, "- {award: 好邻居, name: 李明, date: 某日, citation: 送饭}\n");
    let output =
        run(&["--if-due"]).env("LINLI_FORMAT", "github").assert().code(1).get_output().clone();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("::error "));
    desk.edit(HONORS, &honors(&["李明"]));
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
}

#[test]
fn all_templates_run_the_script() {
    let folder = script().parent().unwrap().to_owned();
    let files = site::files_in(&folder);
    assert!(files.len() >= 7, "{:?}", files.keys());
    for (name, bytes) in files {
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("publish.sh") || name.ends_with(".timer"), "{name}");
        if name.ends_with(".yml") {
            let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
            assert!(read.is_mapping(), "{name}");
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["action.yml", ".github/workflows/release.yml"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert!(read.is_mapping(), "{name}");
        let script =
            if name == "action.yml" { "templates/ci/publish.sh" } else { "packaging/build.sh" };
        assert!(text.contains(script) && root.join(script).exists(), "{name}");
    }
    let checked = Process::new("sh").arg("-n").arg(script()).status().unwrap();
    assert!(checked.success());
}

/// A server of this test, which ends with it, and the settings by which ssh finds it; nothing where
/// there is no `sshd`.
struct Server {
    process: std::process::Child,
    settings: std::path::PathBuf,
}

impl Server {
    fn start(folder: &Path) -> Option<Self> {
        const SSHD: &str = "/usr/sbin/sshd";
        if !Path::new(SSHD).exists() {
            return None;
        }
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        for key in ["host", "user"] {
            let mut make = Process::new("ssh-keygen");
            make.args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)]);
            assert!(make.status().unwrap().success());
        }
        fs::copy(at("user.pub"), at("allowed")).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\n\
             PidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n\
             PasswordAuthentication no\nSubsystem sftp internal-sftp\n",
            at("host"),
            at("allowed")
        );
        fs::write(at("sshd_config"), settings).unwrap();
        let client = format!(
            "Host portal\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {}\n  \
             IdentitiesOnly yes\n  UserKnownHostsFile {}\n  StrictHostKeyChecking accept-new\n",
            at("user"),
            at("known")
        );
        fs::write(at("config"), client).unwrap();
        // As root it wants this folder.
        let _ = fs::create_dir("/run/sshd");
        let mut server = Process::new(SSHD);
        server.args(["-D", "-f", &at("sshd_config"), "-E", &at("log")]);
        let process = server.spawn().unwrap();
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not answer");
            thread::sleep(Duration::from_millis(50));
        }
        Some(Self { process, settings: folder.join("config") })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
fn a_server_is_reached_by_sftp() {
    let desk = Desk::new("");
    let Some(server) = Server::start(desk.folder.path()) else {
        eprintln!("skipped: there is no sshd; apt-get install openssh-server");
        return;
    };
    let www = desk.folder.path().join("www/portal");
    let target = format!("\n[publish.server]\nsftp = \"portal\"\nfolder = \"{}\"\n", www.display());
    let settings = fs::read_to_string(desk.site().join("site.toml")).unwrap();
    desk.edit("site.toml", &(settings + &target));
    let run = |args: &[&str], status: i32| {
        told(desk.linli(args).env("LINLI_SSH_CONFIG", &server.settings), status)
    };
    let publish = ["publish", "server", "--as-of", TODAY];
    let said = run(&publish, 0);
    assert!(said.contains("server: ") && said.contains("file by file"), "{said}");
    assert_eq!(desk.found(), desk.built());
    assert!(run(&publish, 0).contains("server: nothing to do"));
    run(&["verify", "server"], 0);
    // She withdraws, and a notice is over; a run that is killed is repaired by the next.
    desk.edit(HONORS, &honors(&["李明"]));
    fs::remove_file(desk.site().join("content/xingfu/notices/2026-10-20-water.md")).unwrap();
    for wait in [300, 900] {
        let mut command = Process::new(env!("CARGO_BIN_EXE_linli"));
        command.env("LINLI_SSH_CONFIG", &server.settings).arg("--site").arg(desk.site());
        let mut killed = command.args(publish).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(wait));
        killed.kill().unwrap();
        killed.wait().unwrap();
        check(&desk.found(), &format!("killed after {wait} ms"));
    }
    run(&publish, 0);
    assert_eq!(desk.found(), desk.built());
    assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
    // Of a target whose record is damaged nothing is known until somebody says so.
    let beside = desk.folder.path().join("www/.portal.linli/published.json");
    fs::write(beside, "x").unwrap();
    assert!(run(&publish, 2).contains("linli publish --adopt"));
    fs::create_dir_all(www.join("xingfu/old folder")).unwrap();
    fs::write(www.join("xingfu/old folder/李 1.html"), "x").unwrap();
    let files = desk.found().len();
    fs::create_dir_all(www.join("theirs")).unwrap();
    fs::write(www.join("theirs/a.txt"), "x").unwrap();
    let said = run(&["publish", "server", "--adopt", "--as-of", TODAY], 0);
    assert!(said.contains(&format!("({files})")) && said.contains("theirs/a.txt"), "{said}");
    run(&publish, 0);
    fs::remove_file(www.join("theirs/a.txt")).unwrap();
    assert_eq!(desk.found(), desk.built());
    // What somebody changed is told, and what is not there is no server.
    fs::write(www.join("index.html"), "x").unwrap();
    run(&["verify", "server"], 1);
    fs::remove_file(desk.folder.path().join("user")).unwrap();
    assert!(run(&publish, 2).contains("sftp failed"));
}
