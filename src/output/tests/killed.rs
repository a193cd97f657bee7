//! Builds that end at any moment.

use std::{
    env,
    io::{self, BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
};

use super::*;

/// Names the folder in which a copy of this program is to build until it is killed.
const VICTIM: &str = "LINLI_TEST_BUILD_UNTIL_KILLED";

/// The pages of a build. Few differ from the build before, but their number, too. The first page
/// says which build it is.
fn numbered(build: u32) -> BTreeMap<String, String> {
    let path = |it: u32| format!("{}/{it}/index.html", it % 3);
    // The last build in which it was the page's turn.
    let changed = |it| if it == 0 { build } else { build.saturating_sub((build + it) % 8) };
    (0..40 + build % 3).map(|it| (path(it), format!("{}\n", changed(it)))).collect()
}

#[test]
fn builds_until_it_is_killed() {
    let Some(out) = env::var_os(VICTIM) else { return };
    io::stdout().write_all(b"building\n").unwrap();
    for build in 1.. {
        let stage = Stage::open(Path::new(&out), Path::new(&out).parent()).unwrap();
        for (path, text) in numbered(build) {
            stage.write(&path_of(&path), text.as_bytes()).unwrap();
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
            .args(["--exact", "output::tests::killed::builds_until_it_is_killed", "--nocapture"])
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
        let is_current = site.manifest("public") == site.manifest(&site.aside("mirror"));
        let beside = fs::read_dir(site.folder.path()).unwrap().count();
        assert_eq!(beside, 2, "there is nothing but the site and `.linli`");
        assert!(!is_current || site.has_mirror());
    }
    site.build(&[("index.html", "after")]);
    site.check(&[("public/index.html", "after")]);
}

/// Checks that a folder holds one build, all of it, and nothing else.
#[track_caller]
fn check_whole(out: &Path) {
    let (manifest, _) = Manifest::read(out).unwrap().unwrap();
    let mut found = tree(out);
    found.remove(path::MANIFEST).unwrap();
    let build = found.values().next().map_or(0, |it| it.trim().parse().unwrap());
    assert_eq!(found, if build == 0 { BTreeMap::new() } else { numbered(build) });
    let hashed =
        found.into_iter().map(|(path, text)| (path, blake3::hash(text.as_bytes()).to_string()));
    let listed = manifest.files().iter().map(|it| (it.path.to_string(), it.blake3.to_string()));
    assert!(hashed.eq(listed));
}

/// A site of two builds, and the files of the next. There is a mirror.
fn mirrored(site: Site) -> (Site, Vec<(&'static str, &'static str)>) {
    let mut files = vec![("a", "1"), ("b/c", "1"), ("d", "="), ("e/f", "=")];
    files.extend([("g", "="), ("h", "="), ("i", "="), ("j/k", "=")]);
    site.build(&files);
    files[0].1 = "2";
    site.build(&files);
    assert!(site.has_mirror());
    files[1].1 = "3";
    files.remove(2);
    (site, files)
}

/// Builds after something happened in the workplace, and then again.
#[track_caller]
fn check_after(what: &str, happen: impl Fn(&Site)) {
    for site in [Site::new(), Site::beside()] {
        check_site_after(mirrored(site), what, &happen);
    }
}

#[track_caller]
fn check_site_after(
    (site, files): (Site, Vec<(&'static str, &'static str)>),
    what: &str,
    happen: &impl Fn(&Site),
) {
    happen(&site);
    let published = |it: &(_, _)| (format!("public/{}", it.0), it.1);
    let expected: Vec<_> = files.iter().map(published).collect();
    let expected: Vec<_> = expected.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    // Once nothing changes, which clears up no less.
    drop(site.stage(&[]));
    let mut left = tree(site.folder.path()).into_keys().collect::<Vec<_>>();
    let known = ["public/".to_owned(), site.aside("mirror/"), site.aside("stamps")];
    left.retain(|it| it != ".linli/.gitignore" && !known.iter().any(|known| it.starts_with(known)));
    left.retain(|it| it != ".linli/output/public/");
    assert_eq!(left, [""; 0], "{what}");
    for _ in 0..2 {
        site.build(&files);
        site.check(&expected);
    }
    assert!(site.has_mirror(), "{what}");
}

#[test]
fn what_any_moment_leaves_is_cleared() {
    let at = |site: &Site, role: &str| site.at(&site.aside(role));
    let forget = |site: &Site| {
        fs::remove_file(at(site, "mirror").join(path::MANIFEST)).unwrap();
    };
    check_after("nothing", |_| {});
    check_after("writing", |site| site.put(&site.aside("new/b/c"), "3"));
    check_after("taking the mirror", |site| {
        site.put(&site.aside("new/b/c"), "3");
        forget(site);
    });
    check_after("changing the mirror", |site| {
        forget(site);
        fs::rename(at(site, "mirror"), at(site, "next")).unwrap();
        site.put(&site.aside("new/b/c"), "3");
        fs::rename(at(site, "new/b/c"), at(site, "next/b/c")).unwrap();
    });
    check_after("the manifest", |site| {
        forget(site);
        fs::rename(at(site, "mirror"), at(site, "next")).unwrap();
        site.put(&site.aside("next/.linli-manifest.json"), r#"{"generator":"#);
    });
    check_after("after the swap", |site| {
        fs::rename(at(site, "mirror"), at(site, "next")).unwrap();
        fs::create_dir_all(at(site, "new/b")).unwrap();
        site.put(&site.aside("next/withdrawn"), "dear");
    });
    check_after("with a mirror", |site| fs::create_dir_all(at(site, "new/b")).unwrap());
    check_after("between two steps", |site| fs::rename(site.out(), at(site, "old")).unwrap());
    check_after("while the stamps are written", |site| {
        fs::remove_file(at(site, "stamps")).unwrap();
        site.put(&site.aside("stamps.new"), "half");
    });
}

#[test]
fn a_mirror_of_another_site_is_removed() {
    for change in [
        |mirror: &Path| fs::write(mirror.join(path::MANIFEST), "{").unwrap(),
        |mirror: &Path| {
            let mut bytes = fs::read(mirror.join(path::MANIFEST)).unwrap();
            bytes.pop();
            fs::write(mirror.join(path::MANIFEST), bytes).unwrap();
        },
        |mirror: &Path| fs::remove_file(mirror.join(path::MANIFEST)).unwrap(),
        |mirror: &Path| {
            fs::remove_dir_all(mirror).unwrap();
            fs::write(mirror, "").unwrap();
        },
    ] {
        check_after("mirror", |site| change(&site.at(&site.aside("mirror"))));
    }
}
