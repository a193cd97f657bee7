//! Trees of random files after random edits, held against trees that know nothing.

use std::{collections::BTreeMap, fs, path::Path, thread, time::Duration};

use proptest::{collection::vec, prelude::*, sample};

use super::*;
use crate::source::Disk;

/// Names of files and folders: texts, others, litter, and some that no system should hold.
const NAMES: &[&str] =
    &["a", "b", "place.yaml", "c.md", "d.png", "~$c.md", ".git", "e:f.yaml", "com1"];

/// Long enough that a stamp taken now is trusted.
const SETTLING: Duration = Duration::from_millis(70);

#[derive(Debug, Clone)]
enum Edit {
    /// A file is written, with the folders that it lies in.
    Write(String, u8),
    /// A file that is there is written again.
    Again(sample::Index, u8),
    /// A file or folder is removed.
    Remove(String),
    /// A file or folder gets another name.
    Rename(String, String),
}

/// Some edits, and the look at the site after them.
#[derive(Debug, Clone)]
struct Step {
    edits: Vec<Edit>,
    /// A while passes before and after the edits: all stamps are trusted.
    waits: bool,
    /// Of a folder that came or went, what lies in it is named, too.
    names_all: bool,
}

fn path() -> impl Strategy<Value = String> {
    let tops = prop_oneof![6 => Just("content"), 1 => Just("themes")];
    let inside = (tops, vec(sample::select(NAMES), 1..5));
    prop_oneof![
        20 => inside.prop_map(|(top, names)| format!("{top}/{}", names.join("/"))),
        1 => Just("holidays.yaml".to_owned()),
        1 => Just("content".to_owned()),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        // Of one length, so that only the time of an edit tells of it.
        6 => (path(), 0..3u8).prop_map(|(path, content)| Edit::Write(path, content)),
        6 => (any::<sample::Index>(), 0..3u8).prop_map(|(at, content)| Edit::Again(at, content)),
        1 => path().prop_map(Edit::Remove),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (vec(edit(), 0..5), any::<bool>(), any::<bool>()).prop_map(|(edits, waits, names_all)| Step {
        edits,
        waits,
        names_all,
    })
}

fn text(content: u8) -> String {
    format!("name: {content}\n")
}

impl Edit {
    /// One that the system refuses does nothing.
    fn apply(&self, site: &Path) {
        let _ = match self {
            Self::Write(path, content) => {
                let path = site.join(path);
                let _ = fs::create_dir_all(path.parent().unwrap());
                fs::write(path, text(*content))
            }
            Self::Again(at, content) => {
                let files = found(site).into_iter().filter(|(_, bytes)| bytes.is_some());
                let files: Vec<String> = files.map(|(path, _)| path).collect();
                if files.is_empty() {
                    return;
                }
                fs::write(site.join(&files[at.index(files.len())]), text(*content))
            }
            Self::Remove(path) => {
                let path = site.join(path);
                if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
            }
            Self::Rename(from, to) => fs::rename(site.join(from), site.join(to)),
        };
    }
}

/// What lies at each path of a site: the bytes of a file, nothing of a folder.
type Found = BTreeMap<String, Option<Vec<u8>>>;

fn found(site: &Path) -> Found {
    let mut all = Found::new();
    let mut next = vec![String::new()];
    while let Some(folder) = next.pop() {
        for entry in fs::read_dir(site.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.file_type().unwrap().is_dir() {
                next.push(path.clone());
                all.insert(path, None);
            } else {
                all.insert(path, Some(fs::read(entry.path()).unwrap()));
            }
        }
    }
    all
}

/// The paths at which something was written, came or went.
fn written(before: &Found, after: &Found, names_all: bool) -> Vec<SitePath> {
    let all = before.keys().chain(after.keys().filter(|path| !before.contains_key(*path)));
    let differing: Vec<&String> =
        all.filter(|path| before.get(*path) != after.get(*path)).collect();
    let holder = |path: &str| path.rsplit_once('/').map(|it| it.0.to_owned());
    let is_implied = |path: &str| {
        holder(path).is_some_and(|folder| differing.iter().any(|other| **other == folder))
    };
    let named = differing.iter().filter(|path| names_all || !is_implied(path));
    named.map(|path| SitePath::new(path.as_str())).collect()
}

fn shape(path: &SitePath) -> Shape {
    if path.name() == "place.yaml" { Shape::Content } else { Shape::Name }
}

/// All that a tree says of a folder and of those in it, but for stamps.
fn described(files: &Files<'_>, folder: &Folder, all: &mut Vec<String>) {
    let fingerprints = [files.structure(folder, shape), files.contents(folder)];
    let content: Vec<Fingerprint> =
        folder.files.iter().map(|path| files.fingerprint(path)).collect();
    let (path, names, mistakes) = (&folder.path, &folder.files, &folder.diagnostics);
    all.push(format!("{path:?} {names:?} {content:?} {fingerprints:?} {mistakes:?}"));
    folder.folders.iter().for_each(|below| described(files, below, all));
}

fn description(world: &Disk, tree: &Tree) -> Vec<String> {
    let mut all = Vec::new();
    described(&Files::new(world, tree.clone()), &tree.root, &mut all);
    all
}

/// The files of a tree, and the fingerprints of their bytes.
fn contents(world: &Disk, tree: &Tree) -> Vec<(SitePath, Fingerprint)> {
    let files = Files::new(world, tree.clone());
    let all = tree.root.all_files().into_iter();
    all.map(|path| (path.clone(), files.fingerprint(path))).collect()
}

fn folders(folder: &Arc<Folder>) -> Vec<Arc<Folder>> {
    let below = folder.folders.iter().flat_map(folders);
    [Arc::clone(folder)].into_iter().chain(below).collect()
}

/// Whether a folder is the same in both, for each in the first in and above which nothing was
/// written.
fn shared(old: &Tree, new: &Tree, written: &[SitePath]) -> Result<(), TestCaseError> {
    for folder in old.root.folders.iter().flat_map(folders) {
        let path = folder.path.as_ref().unwrap();
        let concerns =
            |it: &SitePath| it == path || it.inside(path).is_some() || path.inside(it).is_some();
        if !written.iter().any(concerns) {
            let is_same = new.folder(path).is_some_and(|other| Arc::ptr_eq(other, &folder));
            prop_assert!(is_same, "{path:?} is another folder");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        max_shrink_time: 30_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_known_makes_no_difference(
        first in vec((path(), 0..3u8), 0..12),
        steps in vec(step(), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        first.iter().for_each(|(path, content)| Edit::Write(path.clone(), *content).apply(site));
        let world = Disk::new(site).unwrap();
        let mut old = Tree::take(&world);
        description(&world, &old);
        for step in steps {
            if step.waits {
                thread::sleep(SETTLING);
                old = Tree::take(&world).adopt(&old);
                description(&world, &old);
            }
            let before = found(site);
            step.edits.iter().for_each(|edit| edit.apply(site));
            if step.waits {
                thread::sleep(SETTLING);
            }
            let after = found(site);
            let written = written(&before, &after, step.names_all);

            let wanted = description(&world, &Tree::take(&world));
            let refreshed = old.refresh(&world, &written);
            shared(&old, &refreshed, &written)?;
            prop_assert_eq!(&description(&world, &refreshed), &wanted, "refreshed of {:?}", written);
            let adopted = Tree::take(&world).adopt(&old);
            prop_assert_eq!(&description(&world, &adopted), &wanted, "adopted");
            let restored = Tree::take(&world);
            let is_same = restored.restore(&old.write().unwrap());
            prop_assert_eq!(&description(&world, &restored), &wanted, "restored");
            if is_same {
                prop_assert_eq!(contents(&world, &old), contents(&world, &restored));
            }
            old = refreshed;
        }
    }
}

#[test]
fn where_nothing_was_written_folders_stay_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["content/a/b/c.md", "content/a/d.png", "themes/b/c.md"] {
        Edit::Write(path.to_owned(), 0).apply(folder.path());
    }
    thread::sleep(SETTLING);
    let world = Disk::new(folder.path()).unwrap();
    let old = Tree::take(&world);
    let new = Tree::take(&world).adopt(&old);
    shared(&old, &new, &[]).unwrap();
    Edit::Write("content/a/d.png".to_owned(), 1).apply(folder.path());
    let written = [SitePath::new("content/a/d.png")];
    for new in [Tree::take(&world).adopt(&old), old.refresh(&world, &written)] {
        for (path, is_same) in [("content/a/b", true), ("themes", true), ("content/a", false)] {
            let [old, new] = [&old, &new].map(|tree| tree.folder(&SitePath::new(path)).unwrap());
            assert_eq!(Arc::ptr_eq(old, new), is_same, "{path}");
        }
    }
}
