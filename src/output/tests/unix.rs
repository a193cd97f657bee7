//! Links, permissions and locks, which not all systems have.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn one_build_at_a_time() {
    let site = Site::new();
    let first = site.stage(&[("index.html", "1")]);
    let refusal = site.open().unwrap_err();
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
    let names = fs::read_dir(site.folder.path()).unwrap();
    assert_eq!(names.count(), 3, "the link, the folder and `.linli`");
}

#[test]
fn a_link_in_the_way_is_removed_and_not_followed() {
    let site = Site::new();
    site.put("letters/dear.txt", "dear");
    let new = site.at(&site.aside("new"));
    fs::create_dir_all(new.parent().unwrap()).unwrap();
    symlink(site.at("letters"), new).unwrap();
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
        assert!(matches!(site.open(), Err(OutputError::Foreign { .. })));
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
    assert!(matches!(site.refusal(), OutputError::Foreign { found, .. } if found == ["letters"]));
}
