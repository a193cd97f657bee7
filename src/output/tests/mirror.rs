//! The mirror, after whatever was built and whatever others did.

use std::io;

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::{Index, select},
};

use super::*;

/// What others do between two builds.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Nothing,
    /// A published file gets other bytes, in place.
    Edit,
    /// A published file makes way for another.
    Replace,
    Delete,
    Litter,
    /// A file comes into the mirror.
    Foreign,
    /// A file of the mirror is gone.
    Hole,
    /// A file of the mirror makes way for another.
    Swindle,
    /// There is no mirror any more.
    NoMirror,
}

const DEEDS: [Deed; 9] = [
    Deed::Nothing,
    Deed::Edit,
    Deed::Replace,
    Deed::Delete,
    Deed::Litter,
    Deed::Foreign,
    Deed::Hole,
    Deed::Swindle,
    Deed::NoMirror,
];

impl Deed {
    /// Does it to the published file at `path`, or to its second name.
    fn happen(self, site: &Site, path: &str) {
        let mirror = site.at(&site.aside("mirror"));
        let (file, twin) = (site.out().join(path), mirror.join(path));
        let now = SystemTime::now();
        match self {
            Self::Nothing => {}
            // A clock may not have moved on since the build.
            Self::Edit => overwrite(&file, now + Duration::from_secs(1)),
            Self::Replace => {
                fs::remove_file(&file).unwrap();
                overwrite(&file, now + Duration::from_secs(1));
            }
            Self::Delete => fs::remove_file(file).unwrap(),
            Self::Litter => fs::write(file.with_file_name("Thumbs.db"), "").unwrap(),
            _ if !mirror.exists() => {}
            Self::Foreign => fs::write(twin.with_file_name("dear.txt"), "dear").unwrap(),
            Self::Hole => fs::remove_file(twin).unwrap(),
            Self::Swindle => {
                fs::remove_file(&twin).unwrap();
                // Only its folder tells of it.
                overwrite(&twin, SystemTime::UNIX_EPOCH + Duration::from_secs(1));
            }
            Self::NoMirror => fs::remove_dir_all(mirror).unwrap(),
        }
    }

    /// Whether the published file has to be written again.
    fn spoils(self) -> bool {
        matches!(self, Self::Edit | Self::Replace | Self::Delete)
    }
}

/// Writes other bytes of the same length as those of the test's sites.
fn overwrite(file: &Path, modified: SystemTime) {
    fs::write(file, "!").unwrap();
    fs::File::options().write(true).open(file).unwrap().set_modified(modified).unwrap();
}

type Files = BTreeMap<&'static str, &'static str>;

/// Some files that change, and more that do not.
fn files() -> impl Strategy<Value = Files> {
    const PATHS: [&str; 8] = ["a", "a/b", "a/b/c", "a/d", "a-b", "x/y/z", "x/y", "x"];
    btree_map(select(&PATHS[..]), select(&["1", "2"][..]), 0..5).prop_map(|mut files| {
        let paths: Vec<_> = files.keys().copied().collect();
        for path in &paths {
            let folder = format!("{path}/");
            if paths.iter().any(|it| it.starts_with(&folder)) {
                files.remove(path);
            }
        }
        files.extend([("k/1", "="), ("k/2", "="), ("k/3/4", "="), ("l/5", "="), ("l/6", "=")]);
        files.extend([("7", "="), ("8", "="), ("m/9", "="), ("m/10", "="), ("a!", "=")]);
        files
    })
}

fn build(site: &Site, files: &Files) -> Summary {
    site.build(&files.iter().map(|(path, text)| (*path, *text)).collect::<Vec<_>>())
}

/// Which file is at a path, and when it was written.
fn identities(site: &Site, files: &Files) -> BTreeMap<&'static str, impl PartialEq + use<>> {
    let root = system::Root::open(&site.out());
    let identity = |path: &&'static str| {
        let status = root.as_ref().unwrap().status(path).unwrap();
        (*path, (status.identity, status.modified))
    };
    files.keys().map(identity).collect()
}

/// Builds one site after the other in one folder, and checks after each that nothing tells of it.
fn check_builds(steps: Vec<(Files, Deed, Index)>) -> Result<(), TestCaseError> {
    let site = Site::new();
    let mut before = Files::new();
    for (count, (mut files, deed, at)) in steps.into_iter().enumerate() {
        // No build is like the one before.
        files.insert("count", if count % 2 == 0 { "0" } else { "1" });
        let known = identities(&site, &before);
        let target = (!before.is_empty()).then(|| *at.get(&before.keys().collect::<Vec<_>>()));
        let target = target.copied();
        if let Some(target) = target {
            deed.happen(&site, target);
        }
        let summary = build(&site, &files);

        let is_changed = |it: &&&str| before.get(*it) != files.get(*it);
        let paths = |it: Vec<&&'static str>| it.iter().map(|it| path_of(it)).collect::<Vec<_>>();
        let changed = files.keys().filter(is_changed).collect::<Vec<_>>();
        let removed = before.keys().filter(|it| !files.contains_key(*it)).collect::<Vec<_>>();
        let mut written = changed.len();
        prop_assert_eq!(&summary.changed, &paths(changed));
        prop_assert_eq!(&summary.removed, &paths(removed));
        prop_assert!(summary.leftover.is_none());

        let published: Vec<_> =
            files.iter().map(|it| (format!("public/{}", it.0), *it.1)).collect();
        site.check(&published.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>());
        let entries =
            files.iter().map(|it| ManifestEntry::of(&path_of(it.0), it.1.as_bytes())).collect();
        prop_assert!(site.manifest("public") == Some(Manifest::new(entries).to_bytes()));
        for (path, identity) in identities(&site, &files) {
            let is_spoilt = deed.spoils() && Some(path) == target;
            let is_same = before.get(path) == files.get(path) && !is_spoilt;
            written += usize::from(is_spoilt && before.get(path) == files.get(path));
            prop_assert_eq!(known.get(path) == Some(&identity), is_same, "{}", path);
        }
        if (written + summary.removed.len()) * 3 < files.len() {
            prop_assert!(site.has_mirror());
        }
        before = files;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_site_does_not_depend_on_the_builds_before(
        steps in vec((files(), select(&DEEDS[..]), any::<Index>()), 1..8)
    ) {
        check_builds(steps)?;
    }
}

/// A site with a mirror, and its files.
fn mirrored() -> (Site, Files) {
    let (site, mut files) =
        (Site::new(), Files::from([("a/1", "1"), ("a/2", "="), ("b/3/4", "=")]));
    files.extend([("b/5", "="), ("6", "=")]);
    build(&site, &files);
    files.insert("a/1", "2");
    build(&site, &files);
    assert!(site.has_mirror());
    (site, files)
}

#[test]
fn a_first_build_makes_no_mirror_and_a_great_change_none_either() {
    let site = Site::new();
    let mut files: Files = [("a", "1"), ("b", "1"), ("c", "1")].into();
    build(&site, &files);
    assert!(!site.has_mirror());
    files.insert("a", "2");
    build(&site, &files);
    assert!(!site.has_mirror());
}

#[test]
fn a_mirror_stays_whatever_changes() {
    let (site, files) = mirrored();
    build(&site, &files.keys().map(|it| (*it, "3")).collect());
    assert!(site.has_mirror());
    build(&site, &[("6/7", "1")].into());
    assert!(site.has_mirror());
    build(&site, &Files::new());
    assert!(site.has_mirror());
    site.check(&[]);
}

#[test]
fn files_put_in_by_hand_are_found_in_all_folders() {
    let (site, mut files) = mirrored();
    files.insert("c/8", "new");
    build(&site, &files);
    for folder in ["", "a/", "b/3/", "c/"] {
        let path = format!("{folder}dear.txt");
        site.put(&format!("public/{path}"), "dear");
        let refusal = site.refusal();
        assert!(matches!(refusal, OutputError::Foreign { found, .. } if found == [path.as_str()]));
        fs::remove_file(site.out().join(path)).unwrap();
    }
    build(&site, &files);
}

#[test]
fn files_put_in_during_a_build_are_not_published_later() {
    let (site, mut files) = mirrored();
    for text in ["3", "4", "5", "6"] {
        files.insert("a/1", text);
        let stage =
            site.stage(&files.iter().map(|(path, text)| (*path, *text)).collect::<Vec<_>>());
        site.put("public/b/3/dear.txt", "dear");
        stage.commit().unwrap();
        assert_eq!(tree(&site.out()).len(), files.len() + 1);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_with_a_false_date_is_looked_at() {
    let (site, _) = mirrored();
    site.put("public/b/dear.txt", "dear");
    let folder = fs::File::open(site.out().join("b")).unwrap();
    folder.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert!(matches!(site.refusal(), OutputError::Foreign { .. }));
}

#[cfg(unix)]
#[test]
fn folders_in_which_nothing_happened_need_no_reading() {
    let check = |site: &Site, folder: &str, young: &[&str]| {
        let folder = site.folder.path().join(folder);
        let since = folder::written(&folder.join(path::MANIFEST));
        let root = system::Root::open(&folder).unwrap();
        let (manifest, _) = Manifest::read(&folder).unwrap().unwrap();
        let folders = manifest.folders().into_iter().map(|it| it.path);
        let found = folders.filter(|it| !folder::is_untouched(&root, it, since));
        let found: Vec<_> = found.filter(|it| !young.contains(it)).collect();
        assert_eq!(found, [""; 0], "{}", folder.display());
    };
    let site = Site::new();
    let mut files: Files = [("a/1", "1"), ("a/2", "="), ("b/3/4", "="), ("c/5", "=")].into();
    let pause = || thread::sleep(Duration::from_millis(20));
    for (count, text) in ["2", "3", "4", "5", "6"].into_iter().enumerate() {
        let stage =
            site.stage(&files.iter().map(|(path, text)| (*path, *text)).collect::<Vec<_>>());
        pause();
        stage.commit().unwrap();
        // The clock may not have moved on since a folder changed in the commit. These are all
        // folders of the second build, which has no mirror yet.
        if count != 1 {
            check(&site, "public", &["", "a"]);
        }
        if count > 2 {
            check(&site, &site.aside("mirror"), &["", "a"]);
        }
        pause();
        files.insert("a/1", text);
    }
}

/// Builds with a file system that cannot do something, and checks that it is done without.
#[track_caller]
fn check_without(lose: impl Fn(&mut system::Abilities)) {
    let (site, mut files) = mirrored();
    for text in ["3", "4", "4"] {
        files.insert("a/1", text);
        files.insert(if text == "3" { "7" } else { "7/8" }, text);
        files.remove(if text == "4" { "7" } else { "7/8" });
        let list: Vec<_> = files.iter().map(|(path, text)| (*path, *text)).collect();
        let mut stage = site.stage(&list);
        lose(&mut stage.place.abilities);
        assert!(stage.commit().unwrap().leftover.is_none());
        let published: Vec<_> = list.iter().map(|it| (format!("public/{}", it.0), it.1)).collect();
        site.check(&published.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>());
        assert!(!site.has_mirror());
    }
}

fn refuse(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[test]
fn folders_that_cannot_be_exchanged_have_no_mirror() {
    check_without(|it| it.exchange = refuse);
}

#[test]
fn files_without_second_names_have_no_mirror() {
    check_without(|it| it.link = refuse);
}
