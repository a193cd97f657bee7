//! What only a real file system can hold.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
    path::PathBuf,
};

use linli::{diagnostic::Code, source::Disk};
use tempfile::TempDir;

use crate::{diagnostics, site};

/// The common base in a folder, and the folder of its only community.
fn base() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &diagnostics::files_of("_base"));
    let community = folder.path().join("content/xingfu");
    (folder, community)
}

/// The codes of what is said about a site, and the files that they are about.
fn told(site: &TempDir) -> Vec<(Code, String)> {
    let told = site::check(&Disk::new(site.path()).unwrap());
    told.into_iter().map(|it| (it.code, it.location.file.to_string())).collect()
}

#[test]
fn links_may_not_leave_the_site() {
    let (site, community) = base();
    let outside = tempfile::tempdir().unwrap();
    symlink(outside.path(), community.join("outside")).unwrap();
    symlink("/etc/hostname", community.join("honors.yaml")).unwrap();
    symlink("nowhere.yaml", community.join("patrols.yaml")).unwrap();
    symlink("..", community.join("up")).unwrap();
    symlink(".", community.join("here")).unwrap();
    let names = ["here", "honors.yaml", "outside", "patrols.yaml", "up"];
    let stray = |it: &str| (Code::SymlinkOutside, format!("content/xingfu/{it}"));
    assert_eq!(told(&site), names.map(stray));
}

#[test]
fn links_inside_the_site_are_followed() {
    let (site, community) = base();
    let other = site.path().join("content/hongqi");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("place.yaml"), "name: 红旗社区\nlevel: community\n").unwrap();
    symlink("../hongqi", community.join("hongqi")).unwrap();
    assert_eq!(told(&site), []);
    let (_, written) = site::build(&Disk::new(site.path()).unwrap());
    assert!(written.contains_key("xingfu/hongqi/index.html"));
}

#[test]
fn folders_that_link_to_each_other_have_an_end() {
    let (site, community) = base();
    let other = site.path().join("content/hongqi");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("place.yaml"), "name: 红旗社区\nlevel: community\n").unwrap();
    for name in ["a", "b", "c", "d", "e"] {
        symlink("../hongqi", community.join(name)).unwrap();
        symlink("../xingfu", other.join(name)).unwrap();
    }
    // Each of the ten links is followed once, and the five that are found behind it are not.
    let mut told = told(&site);
    // The places behind the links have one name.
    told.retain(|(code, _)| *code != Code::SameName);
    assert_eq!(told.len(), 50);
    assert!(told.iter().all(|(code, _)| *code == Code::SymlinkOutside), "{told:?}");
}

#[test]
fn what_is_no_file_is_told_of() {
    let (site, community) = base();
    let _socket = UnixListener::bind(community.join("honors.yaml")).unwrap();
    fs::write(community.join(OsStr::from_bytes(b"\xd2\xbb\xd0\xc4.yaml")), "[]").unwrap();
    let codes: Vec<_> = told(&site).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [Code::UnknownFile, Code::IllegalFileName]);
}
