//! Where sites are made, what is left there, and what happens to published files meanwhile.

use super::*;

/// Nothing is beside the output folder but what is named.
#[track_caller]
fn check_beside(site: &Site, expected: &[&str]) {
    let names = fs::read_dir(site.folder.path()).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = names.map(|it| it.into_string().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, expected);
}

const FILES: [(&str, &str); 5] = [("a/1", "1"), ("a/2", "="), ("b", "="), ("c", "="), ("d", "=")];

/// The same files, with one that differs.
fn changed(text: &'static str) -> [(&'static str, &'static str); 5] {
    let mut files = FILES;
    files[0].1 = text;
    files
}

#[test]
fn what_was_left_beside_the_folder_goes_when_sites_are_made_inside() {
    let beside = Site::beside();
    for text in ["1", "2", "3"] {
        beside.build(&changed(text));
    }
    beside.put(".public.linli-new/half", "<");
    assert!(beside.has_mirror());
    let site = Site { is_inside: true, ..beside };
    site.build(&changed("4"));
    check_beside(&site, &[".linli", "public"]);
    assert_eq!(fs::read_to_string(site.out().join("a/1")).unwrap(), "4");
}

#[test]
fn a_site_that_lies_beside_its_place_is_put_back() {
    let beside = Site::beside();
    beside.build(&FILES);
    fs::rename(beside.out(), beside.at(".public.linli-old")).unwrap();
    let site = Site { is_inside: true, ..beside };
    drop(site.stage(&[]));
    check_beside(&site, &[".linli", "public"]);
    assert_eq!(fs::read_to_string(site.out().join("a/1")).unwrap(), "1");
}

#[test]
fn what_builds_into_other_folders_left_goes_too() {
    let site = Site::new();
    let other = |path: &str| format!(".linli/output/other/{path}");
    let open_other = || Stage::open(&site.at("other"), Some(site.folder.path())).unwrap();
    let stage = open_other();
    stage.write(&path_of("a"), b"1").unwrap();
    stage.commit().unwrap();
    site.put(&other("new/half"), "<");
    site.put(&other("old/index.html"), "older");
    site.build(&FILES);
    assert_eq!(tree(&site.at(&other(""))).into_keys().collect::<Vec<_>>(), ["stamps"]);
    // What is at work stays.
    let stage = open_other();
    stage.write(&path_of("a"), b"2").unwrap();
    site.build(&changed("2"));
    assert!(site.at(&other("new/a")).exists());
    stage.commit().unwrap();
    assert_eq!(fs::read(site.at("other/a")).unwrap(), b"2");
    // There is no site, and the old one is still to be put back.
    fs::rename(site.at("other"), site.at(&other("old"))).unwrap();
    site.build(&changed("3"));
    assert!(site.at(&other("old/a")).exists());
    drop(open_other());
    assert_eq!(fs::read(site.at("other/a")).unwrap(), b"2");
    // Of a folder that nobody has any more nothing stays.
    fs::remove_dir_all(site.at("other")).unwrap();
    site.build(&changed("4"));
    assert!(!site.at(&other("")).exists());
}

#[test]
fn names_of_workplaces_lead_to_their_folders() {
    let site = Site::new();
    for out in ["public", "a/b", "发布/网 站", "100%", "%2F", "~", &"长".repeat(60)] {
        let place = site.at(out);
        fs::create_dir_all(&place).unwrap();
        drop(Stage::open(&place, Some(site.folder.path())).unwrap());
        // A name that led elsewhere would be of a folder that is gone, and removed.
        site.build(&FILES);
        site.build(&changed(out_text(out)));
    }
    let names = fs::read_dir(site.at(".linli/output")).unwrap().count();
    assert_eq!(names, 7, "one for each");
}

fn out_text(out: &str) -> &'static str {
    if out.len().is_multiple_of(2) { "2" } else { "3" }
}

#[test]
fn without_a_workplace_inside_there_is_one_beside() {
    let site = Site::new();
    site.put(".linli", "no folder");
    let stage = site.stage(&FILES);
    check_beside(&site, &[".linli", ".public.linli-lock", ".public.linli-new"]);
    stage.commit().unwrap();
    check_beside(&site, &[".linli", ".public.linli-stamps", "public"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_site_in_another_file_system_is_made_beside_its_place() {
    use std::os::unix::fs::{MetadataExt as _, symlink};
    let site = Site::new();
    let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else { return };
    let volume = |path: &Path| fs::metadata(path).unwrap().dev();
    if volume(elsewhere.path()) == volume(site.folder.path()) {
        return;
    }
    let out = elsewhere.path().join("public");
    for text in ["1", "2", "3"] {
        let stage = Stage::open(&out, Some(site.folder.path())).unwrap();
        for (path, text) in changed(text) {
            stage.write(&path_of(path), text.as_bytes()).unwrap();
        }
        stage.commit().unwrap();
        assert_eq!(fs::read_to_string(out.join("a/1")).unwrap(), text);
    }
    // And so it is if `.linli` is what lies elsewhere.
    fs::remove_dir_all(site.at(".linli")).unwrap();
    symlink(elsewhere.path(), site.at(".linli")).unwrap();
    let stage = site.stage(&FILES);
    assert!(site.at(".public.linli-new").exists());
    stage.commit().unwrap();
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    let site = Site::new();
    let linli = site.at(".linli");
    // One that others may enter is closed.
    fs::create_dir(&linli).unwrap();
    fs::set_permissions(&linli, fs::Permissions::from_mode(0o755)).unwrap();
    let stage = site.stage(&FILES);
    assert_eq!(mode(&site.at(&site.aside("lock"))), 0o600);
    stage.commit().unwrap();
    drop(Preview::open(&private::make(site.folder.path()).unwrap().join("preview")).unwrap());
    for folder in ["", "output", "output/public"] {
        assert_eq!(mode(&linli.join(folder)), 0o700, "{folder}");
    }
    for file in [".gitignore", "output/public/stamps", "preview/.linli-preview"] {
        assert_eq!(mode(&linli.join(file)), 0o600, "{file}");
    }
    // What is published is for everybody, as the user's other files are.
    site.put("mine", "");
    assert_eq!(mode(&site.out().join("b")), mode(&site.at("mine")));
}

#[test]
fn two_sites_do_not_build_into_one_folder_at_a_time() {
    let [site, other] = [Site::new(), Site::new()];
    site.build(&FILES);
    let stage = site.stage(&changed("2"));
    #[cfg(unix)]
    {
        let refusal = Stage::open(&site.out(), Some(other.folder.path())).unwrap_err();
        assert!(matches!(refusal, OutputError::Busy { path } if path == site.out()));
    }
    stage.commit().unwrap();
    drop(Stage::open(&site.out(), Some(other.folder.path())).unwrap());
}

/// Writes other bytes behind the back of the program: the length and the time stay as they were.
#[cfg(unix)]
fn forge(site: &Site, path: &str, is_replaced: bool) {
    let path = site.out().join(path);
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let target = if is_replaced { path.with_extension("forged") } else { path.clone() };
    fs::write(&target, "!").unwrap();
    fs::File::options().write(true).open(&target).unwrap().set_modified(modified).unwrap();
    fs::rename(target, path).unwrap();
}

#[cfg(unix)]
#[test]
fn what_was_changed_behind_the_back_is_written_again() {
    // With and without a mirror, right after the build and later.
    for builds in [1, 2, 3] {
        for (is_replaced, pause) in [(false, 0), (true, 0), (false, 70), (true, 70)] {
            for site in [Site::new(), Site::beside()] {
                let texts = ["1", "2", "3"];
                let mut manifest = crate::fingerprint::Fingerprint::default();
                for text in &texts[..builds] {
                    manifest = site.build(&changed(text)).manifest;
                }
                thread::sleep(Duration::from_millis(pause));
                assert!(site.open().unwrap().is_untouched(manifest));
                thread::sleep(Duration::from_millis(pause));
                forge(&site, "b", is_replaced);
                let stage = site.stage(&[]);
                assert!(!stage.is_untouched(manifest));
                drop(stage);
                let files = changed(texts[builds - 1]);
                site.build(&files);
                let published: Vec<_> =
                    files.iter().map(|it| (format!("public/{}", it.0), it.1)).collect();
                site.check(&published.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn what_was_copied_with_its_folder_stays() {
    let site = Site::new();
    let manifest = site.build(&FILES).manifest;
    // Another inode, another time of the last change; the same bytes and time of writing.
    for (path, _) in FILES {
        let path = site.out().join(path);
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        let copy = path.with_extension("copy");
        fs::copy(&path, &copy).unwrap();
        fs::File::options().write(true).open(&copy).unwrap().set_modified(modified).unwrap();
        fs::rename(copy, path).unwrap();
    }
    let before = modified(&site, "b");
    assert!(site.open().unwrap().is_untouched(manifest));
    site.build(&changed("2"));
    assert_eq!(modified(&site, "b"), before);
}

#[cfg(unix)]
#[test]
fn files_are_read_once_and_known_by_their_stamps_then() {
    let site = Site::new();
    let manifest = site.build(&FILES).manifest;
    fs::remove_file(site.at(&site.aside("stamps"))).unwrap();
    let known = || {
        let stage = site.open().unwrap();
        let previous = stage.place.examine().unwrap().unwrap();
        (0..FILES.len()).filter(|at| previous.intact(*at).unwrap().was_known).count()
    };
    thread::sleep(Duration::from_millis(70));
    assert_eq!(known(), 0);
    assert!(site.open().unwrap().is_untouched(manifest));
    assert_eq!(known(), FILES.len());
    // Stamps of another site, or damaged ones, are as good as none.
    let path = site.at(&site.aside("stamps"));
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        fs::write(&path, damaged).unwrap();
        assert_eq!(known(), 0, "{at}");
    }
}

/// A pipe that nobody writes to.
#[cfg(unix)]
fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn nothing_waits_for_a_pipe() {
    for (role, is_refused) in [
        ("lock", true),
        ("new", false),
        ("next", false),
        ("mirror", false),
        ("mirror/.linli-manifest.json", false),
        ("stamps", false),
        ("stamps.new", false),
    ] {
        let site = Site::new();
        for text in ["1", "2", "3"] {
            site.build(&changed(text));
        }
        let path = site.at(&site.aside(role));
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        }
        pipe(&path);
        match site.open() {
            Err(refusal) => {
                assert!(is_refused, "{role}: {refusal}");
                let told = refusal.to_string();
                assert!(told.contains(&path.display().to_string()), "{told}");
                assert!(told.contains("not a file"), "{told}");
            }
            Ok(stage) => {
                assert!(!is_refused, "{role}");
                drop(stage);
                site.build(&changed("4"));
                assert_eq!(fs::read_to_string(site.out().join("a/1")).unwrap(), "4", "{role}");
            }
        }
    }
    let site = Site::new();
    site.build(&FILES);
    pipe(&site.out().join(path::MANIFEST));
    assert!(matches!(site.open(), Err(OutputError::Io { path, .. })
        if path.ends_with(path::MANIFEST)));
    let site = Site::new();
    site.build(&FILES);
    pipe(&site.out().join("b"));
    site.build(&FILES);
    site.check(&FILES.map(|(path, text)| (published(path), text)));
}

/// The path of a file of [`FILES`], from the test's folder.
#[cfg(unix)]
fn published(path: &str) -> &'static str {
    ["public/a/1", "public/a/2", "public/b", "public/c", "public/d"]
        .into_iter()
        .find(|it| it.strip_prefix("public/") == Some(path))
        .unwrap()
}

#[test]
fn all_differences_are_found() {
    let site = Site::new();
    site.build(&FILES);
    assert_eq!(audit(&site.out()).unwrap(), Audit { files: 5, differences: Vec::new() });
    fs::remove_file(site.out().join("a/1")).unwrap();
    fs::remove_file(site.out().join("d")).unwrap();
    site.put("public/d/below", "");
    site.put("public/b", "!");
    site.put("public/a/Thumbs.db", "");
    site.put("public/e/f/g", "");
    fs::create_dir_all(site.out().join("empty/too")).unwrap();
    let found = audit(&site.out()).unwrap().differences;
    let found: Vec<_> = found.iter().map(|it| (it.path.as_str(), it.kind)).collect();
    assert_eq!(
        found,
        [
            ("a/1", DifferenceKind::Missing),
            ("b", DifferenceKind::Changed),
            ("d", DifferenceKind::Changed),
            ("d/below", DifferenceKind::Extra),
            ("e/f/g", DifferenceKind::Extra),
            ("empty/too", DifferenceKind::Extra),
        ]
    );
    fs::remove_file(site.out().join(path::MANIFEST)).unwrap();
    assert!(matches!(audit(&site.out()), Err(OutputError::NotOurs { .. })));
    assert!(matches!(audit(&site.at("nothing")), Err(OutputError::Missing { .. })));
}
