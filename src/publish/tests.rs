//! Publications to folders: what is there afterwards, and at every moment in between.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use tempfile::TempDir;

use super::*;
use crate::{
    config::publish::Switch,
    output::{Manifest, ManifestEntry, OutPath, Stage},
};

type Site = BTreeMap<String, String>;

/// A site of before, in which 王秀兰 is named on three pages and in two files; its pages are made
/// for the theme `1`.
fn before() -> Site {
    site(
        "1",
        &[
            ("index.html", "王秀兰"),
            ("a/index.html", "李明"),
            ("a/honors/index.html", "王秀兰"),
            ("a/notices/wang/index.html", "王秀兰"),
            ("b/c/d/index.html", "赵"),
        ],
        &[
            ("a/data.csv", "王秀兰,李明\n"),
            ("search/o1.bin", "王秀兰"),
            ("search/manifest.json", "o1"),
        ],
    )
}

/// The site after she withdrew: with another theme, and a new notice.
fn after() -> Site {
    site(
        "2",
        &[
            ("index.html", "孙"),
            ("a/index.html", "李明"),
            ("a/honors/index.html", "李明"),
            ("a/notices/sun/index.html", "孙"),
            ("b/c/d/index.html", "赵"),
        ],
        &[("a/data.csv", "李明\n"), ("search/o2.bin", "孙"), ("search/manifest.json", "o2")],
    )
}

fn site(theme: &str, pages: &[(&str, &str)], files: &[(&str, &str)]) -> Site {
    let page = |(path, text): &(&str, &str)| {
        let html = format!("<link href=\"/assets/{theme}.css\"><p>{text}</p>");
        ((*path).to_owned(), html)
    };
    let mut site: Site = pages.iter().map(page).collect();
    site.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    site.insert(format!("assets/{theme}.css"), theme.to_owned());
    site
}

/// Folders for a site and its target.
struct Desk {
    folder: TempDir,
    switch: Switch,
}

impl Desk {
    fn new(switch: Switch) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("www")).unwrap();
        Self { folder, switch }
    }

    fn target(&self) -> FolderTarget {
        FolderTarget::open(&self.folder.path().join("www/portal"), Some(self.switch)).unwrap()
    }

    /// Puts a site into the output folder.
    fn build(&self, site: &Site) -> Manifest {
        let out = self.folder.path().join("public");
        let stage = Stage::open(&out, None).unwrap();
        for (path, text) in site {
            stage.write(&OutPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        stage.commit().unwrap();
        Manifest::read(&out).unwrap().unwrap().0
    }

    fn send(&self, site: &Site, target: &dyn Target) -> Result<Sent, PublishError> {
        let manifest = self.build(site);
        let out = self.folder.path().join("public");
        let shipment =
            Shipment { out: &out, manifest: &manifest, dry: false, all: false, kept: &|_| None };
        let sent = send(&shipment, target, &Silent)?;
        look(&sent, &manifest, target)?;
        Ok(sent)
    }

    /// All that the public finds.
    fn found(&self) -> Site {
        let mut found = Site::new();
        collect(&self.folder.path().join("www/portal"), "", &mut found);
        found
    }
}

fn collect(folder: &Path, prefix: &str, found: &mut Site) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

struct Silent;

impl Watcher for Silent {
    fn broke_lock(&self, _: &Holder, _: u64) {}
    fn planned(&self, _: u64) {}
    fn sent(&self, _: u64) {}
}

/// What is left of a site that a target holds: without files of the theme that stay for a while.
fn without(mut found: Site, leaving: &str) -> Site {
    found.remove(leaving);
    found
}

#[test]
fn a_folder_becomes_the_site() {
    for switch in [Switch::Whole, Switch::Files] {
        let desk = Desk::new(switch);
        let sent = desk.send(&before(), &desk.target()).unwrap();
        assert_eq!(sent.plan.count(), (9, 0));
        assert_eq!(desk.found(), before(), "{switch:?}");
        // Nothing to do, and nothing written.
        assert_eq!(desk.send(&before(), &desk.target()).unwrap().plan.count(), (0, 0));
        desk.send(&after(), &desk.target()).unwrap();
        assert_eq!(without(desk.found(), "assets/1.css"), after(), "{switch:?}");
        assert!(desk.found().contains_key("assets/1.css"));
        let known = desk.target().known().unwrap();
        assert!(desk.target().verify(&known).unwrap().unwrap().is_equal());
        // Nothing of the old site is left beside it.
        let mut beside = Site::new();
        collect(&desk.folder.path().join("www/.portal.linli"), "", &mut beside);
        assert_eq!(beside.keys().collect::<Vec<_>>(), ["published.json"]);
    }
}

#[test]
fn files_of_others_stay_or_are_told() {
    let desk = Desk::new(Switch::Files);
    let portal = desk.folder.path().join("www/portal");
    fs::create_dir(&portal).unwrap();
    fs::write(portal.join("theirs.html"), "x").unwrap();
    let open = |switch| FolderTarget::open(&portal, switch);
    assert!(matches!(open(None), Err(PublishError::Foreign { .. })));
    fs::remove_file(portal.join("theirs.html")).unwrap();
    desk.send(&before(), &desk.target()).unwrap();
    fs::write(portal.join("theirs.html"), "x").unwrap();
    assert!(matches!(open(Some(Switch::Whole)), Err(PublishError::Foreign { .. })));
    assert!(!open(None).unwrap().is_whole());
    desk.send(&after(), &desk.target()).unwrap();
    assert_eq!(desk.found()["theirs.html"], "x");
    let target = desk.target();
    let verified = target.verify(&target.known().unwrap()).unwrap().unwrap();
    assert_eq!(verified.extra, ["theirs.html"]);
}

#[test]
fn a_copy_of_an_output_folder_is_taken_over() {
    for switch in [Switch::Whole, Switch::Files] {
        let desk = Desk::new(switch);
        desk.build(&before());
        let (public, portal) =
            (desk.folder.path().join("public"), desk.folder.path().join("www/portal"));
        fs::rename(public, portal).unwrap();
        desk.send(&after(), &desk.target()).unwrap();
        assert_eq!(desk.found(), after());
    }
}

#[test]
fn a_target_of_which_nothing_is_known_is_taken_over() {
    for damage in ["", "{\"generator\":\"linli-publish\",\"version\":99}", "\0"] {
        let desk = Desk::new(Switch::Whole);
        desk.send(&before(), &desk.target()).unwrap();
        let portal = desk.folder.path().join("www/portal");
        fs::write(desk.folder.path().join("www/.portal.linli/published.json"), damage).unwrap();
        let opened = FolderTarget::open(&portal, None);
        assert!(matches!(opened, Err(PublishError::Damaged { .. })), "{opened:?}");
        let (target, _) = FolderTarget::unseen(&portal).unwrap();
        let found = target.found().unwrap();
        assert_eq!(found.len(), before().len());
        target.remember(&Known::of_uncertain(found)).unwrap();
        desk.send(&after(), &desk.target()).unwrap();
        assert_eq!(desk.found(), after());
    }
}

#[test]
fn what_somebody_removed_is_put_there_again() {
    let desk = Desk::new(Switch::Whole);
    desk.send(&before(), &desk.target()).unwrap();
    fs::remove_file(desk.folder.path().join("www/portal/b/c/d/index.html")).unwrap();
    let target = desk.target();
    let verified = target.verify(&target.known().unwrap()).unwrap().unwrap();
    assert_eq!(verified.missing, ["b/c/d/index.html"]);
    desk.send(&before(), &target).unwrap();
    assert_eq!(desk.found(), before());
}

#[test]
fn two_do_not_publish_at_once() {
    let desk = Desk::new(Switch::Files);
    let (one, two) = (desk.target(), desk.target());
    assert!(one.lock().unwrap().is_none());
    assert!(matches!(two.lock(), Err(PublishError::Held { .. })));
    assert!(matches!(desk.send(&before(), &two), Err(PublishError::Held { .. })));
    one.unlock();
    assert!(two.lock().unwrap().is_none());
    two.unlock();
    // Somebody who did not come to an end, on another machine, an hour ago.
    let lock = desk.folder.path().join("www/.portal.linli/lock");
    let held = r#"{"by":"wang@far","machine":"far","process":1,"since":1000,"until":2000}"#;
    fs::write(&lock, held).unwrap();
    let (holder, minutes) = two.lock().unwrap().unwrap();
    assert_eq!(holder.by, "wang@far");
    assert!(minutes > 1000);
    two.unlock();
    assert!(!lock.exists());
}

/// A target whose process ends before some call.
struct Dying<'t> {
    target: &'t FolderTarget,
    left: AtomicUsize,
    /// What is looked at after each call.
    after: &'t (dyn Fn() + Sync),
}

impl Dying<'_> {
    fn lives(&self) -> Result<(), PublishError> {
        if self.left.load(Relaxed) == 0 {
            return Err(PublishError::NoProgram { name: "killed" });
        }
        self.left.fetch_sub(1, Relaxed);
        Ok(())
    }

    fn step<T>(&self, call: impl FnOnce() -> Result<T, PublishError>) -> Result<T, PublishError> {
        self.lives()?;
        let done = call();
        (self.after)();
        done
    }
}

impl Target for Dying<'_> {
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        Ok(None)
    }
    fn renew(&self) {}
    fn unlock(&self) {}
    fn known(&self) -> Result<Known, PublishError> {
        self.target.known()
    }
    fn found(&self) -> Result<Vec<OutPath>, PublishError> {
        self.target.found()
    }
    fn remember(&self, known: &Known) -> Result<(), PublishError> {
        self.step(|| self.target.remember(known))
    }
    fn is_whole(&self) -> bool {
        self.target.is_whole()
    }
    fn at_once(&self) -> usize {
        1
    }
    fn is_absent(&self, path: &OutPath) -> bool {
        self.target.is_absent(path)
    }
    fn lacks(&self, files: &[ManifestEntry]) -> Vec<OutPath> {
        self.target.lacks(files)
    }
    fn begin(&self, stays: &[ManifestEntry]) -> Result<(), PublishError> {
        self.step(|| self.target.begin(stays))
    }
    fn bytes(&self, path: &OutPath) -> Option<Vec<u8>> {
        self.target.bytes(path)
    }
    fn put(&self, entry: &ManifestEntry, bytes: &[u8]) -> Result<(), PublishError> {
        self.step(|| self.target.put(entry, bytes))
    }
    fn delete(&self, path: &OutPath) -> Result<(), PublishError> {
        self.step(|| self.target.delete(path))
    }
    fn finish(&self) -> Result<(), PublishError> {
        self.step(|| self.target.finish())
    }
    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError> {
        self.target.verify(known)
    }
}

/// Checks what the public finds at some moment between two sites.
fn check(desk: &Desk, at: &str) {
    let found = desk.found();
    for (path, html) in found.iter().filter(|(path, _)| path.ends_with(".html")) {
        let theme = html.split("/assets/").nth(1).and_then(|it| it.split('"').next()).unwrap();
        assert!(found.contains_key(&format!("assets/{theme}")), "{at}: {path} has no {theme}");
    }
    // Once anything is new, nothing is left of what was withdrawn.
    let is_new = |text: &String| text.contains('孙') || text.contains("o2");
    if found.values().any(is_new) {
        let left: Vec<_> = found.iter().filter(|(_, text)| text.contains("王秀兰")).collect();
        assert!(left.is_empty(), "{at}: {left:?}");
    }
}

#[test]
fn a_run_that_ends_anywhere_keeps_both_promises_and_the_next_repairs() {
    for switch in [Switch::Whole, Switch::Files] {
        for calls in 0.. {
            let desk = Desk::new(switch);
            desk.send(&before(), &desk.target()).unwrap();
            let at = format!("{switch:?}, {calls} calls");
            let dying = |left: usize, site: &Site, after: &(dyn Fn() + Sync)| {
                let target = desk.target();
                let target = Dying { target: &target, left: AtomicUsize::new(left), after };
                desk.send(site, &target)
            };
            let is_whole = dying(calls, &after(), &|| check(&desk, &at)).is_ok();
            // The next ones die as well: one goes on, and one is for the site of before.
            let _ = dying(calls / 3, &after(), &|| check(&desk, &at));
            let _ = dying(calls / 2, &before(), &|| {});
            desk.send(&after(), &desk.target()).unwrap();
            assert_eq!(without(desk.found(), "assets/1.css"), after(), "{at}");
            if is_whole {
                assert!(calls > 5, "{calls}");
                break;
            }
        }
    }
}

#[test]
fn a_failed_deletion_ends_the_run() {
    let desk = Desk::new(Switch::Files);
    desk.send(&before(), &desk.target()).unwrap();
    // A folder in the place of what is to be deleted.
    let gone = desk.folder.path().join("www/portal/search/o1.bin");
    fs::remove_file(&gone).unwrap();
    fs::create_dir(&gone).unwrap();
    let failed = desk.send(&after(), &desk.target());
    assert!(matches!(failed, Err(PublishError::Stopped { .. })), "{failed:?}");
    assert!(!desk.found().contains_key("a/notices/sun/index.html"));
    fs::remove_dir(&gone).unwrap();
    desk.send(&after(), &desk.target()).unwrap();
    assert_eq!(without(desk.found(), "assets/1.css"), after());
}

#[test]
fn a_file_that_is_not_what_was_built_is_not_sent() {
    let desk = Desk::new(Switch::Files);
    let manifest = desk.build(&before());
    let out = desk.folder.path().join("public");
    fs::write(out.join("a/data.csv"), "王").unwrap();
    let shipment =
        Shipment { out: &out, manifest: &manifest, dry: false, all: false, kept: &|_| None };
    let failed = send(&shipment, &desk.target(), &Silent).map(|_| ());
    assert!(matches!(failed, Err(PublishError::Torn { .. })), "{failed:?}");
}
