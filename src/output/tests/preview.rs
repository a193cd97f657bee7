//! The folder of a preview.

use std::io::Read as _;

use super::*;

/// A preview in `public` of a site's folder.
fn open(site: &Site, files: &[(&str, &str)]) -> Preview {
    let preview = Preview::open(&site.out()).unwrap();
    put(&preview, files);
    preview
}

fn put(preview: &Preview, files: &[(&str, &str)]) {
    for (path, text) in files {
        preview.put(&path_of(path), text.as_bytes()).unwrap();
    }
}

/// Checks what is in the folder, and what a summary says.
#[track_caller]
fn check(site: &Site, preview: &Preview, files: &[(&str, &str)], news: (&[&str], &[&str])) {
    let mut found = tree(&site.out());
    found.remove(super::super::path::PREVIEW).unwrap();
    let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
    assert_eq!(found, files.iter().map(owned).collect());
    let summary = preview.summary();
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    assert_eq!((summary.files, summary.bytes), (files.len(), bytes as u64));
    let paths = |it: &[&str]| it.iter().map(|it| path_of(it)).collect::<Vec<_>>();
    assert_eq!((summary.changed, summary.removed), (paths(news.0), paths(news.1)));
}

#[test]
fn a_preview_follows_the_site() {
    let site = Site::new();
    let preview = open(&site, &[("a/b/c", "1"), ("a/d", "1"), ("e", "1")]);
    check(
        &site,
        &preview,
        &[("a/b/c", "1"), ("a/d", "1"), ("e", "1")],
        (&["a/b/c", "a/d", "e"], &[]),
    );
    let before = modified(&site, "a/d");
    put(&preview, &[("a/d", "1"), ("e", "22")]);
    preview.remove(&path_of("a/b/c")).unwrap();
    preview.remove(&path_of("never")).unwrap();
    assert_eq!(modified(&site, "a/d"), before);
    check(&site, &preview, &[("a/d", "1"), ("e", "22")], (&["e"], &["a/b/c"]));
    check(&site, &preview, &[("a/d", "1"), ("e", "22")], (&[], &[]));
}

#[test]
fn a_file_is_replaced_in_one_step() {
    let site = Site::new();
    let preview = open(&site, &[("a", "old")]);
    let mut file = fs::File::open(site.out().join("a")).unwrap();
    put(&preview, &[("a", "new and longer")]);
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "old");
}

#[test]
fn a_file_becomes_a_folder_and_a_file_again() {
    let site = Site::new();
    let preview = open(&site, &[("a", "1")]);
    let refusal = preview.put(&path_of("a/b"), b"1").unwrap_err();
    assert!(matches!(refusal, OutputError::Twice { .. }));
    preview.remove(&path_of("a")).unwrap();
    put(&preview, &[("a/b", "1")]);
    let refusal = preview.put(&path_of("a"), b"1").unwrap_err();
    assert!(matches!(refusal, OutputError::Twice { .. }));
    preview.remove(&path_of("a/b")).unwrap();
    put(&preview, &[("a", "2")]);
    check(&site, &preview, &[("a", "2")], (&["a"], &["a/b"]));
}

#[test]
fn folders_come_and_go_at_the_same_time() {
    let site = Site::new();
    let preview = open(&site, &[]);
    (0..4_u32).into_par_iter().for_each(|thread| {
        for _ in 0..100 {
            let path = path_of(&format!("a/b/c/{thread}"));
            preview.put(&path, b"1").unwrap();
            preview.remove(&path).unwrap();
        }
    });
    let removed = ["a/b/c/0", "a/b/c/1", "a/b/c/2", "a/b/c/3"];
    check(&site, &preview, &[], (&[], &removed));
}

#[test]
fn what_linli_made_is_emptied() {
    let site = Site::beside();
    site.build(&[("a/b", "1"), ("c", "="), ("d", "="), ("e", "=")]);
    site.build(&[("a/b", "2"), ("c", "="), ("d", "="), ("e", "=")]);
    assert!(site.has_mirror());
    drop(open(&site, &[("f", "1")]));
    site.check(&[("public/.linli-preview", ""), ("public/f", "1")]);
    // A preview's folder may hold whatever one left that was killed.
    site.put("public/a/.linli-7", "half");
    drop(open(&site, &[]));
    site.check(&[("public/.linli-preview", "")]);
}

#[test]
fn what_others_made_is_refused() {
    let site = Site::new();
    let refusal = |site: &Site| {
        let before = tree(&site.out());
        let refusal = Preview::open(&site.out()).unwrap_err();
        assert_eq!(tree(&site.out()), before);
        refusal
    };
    site.put("public/letter.txt", "dear");
    assert!(matches!(refusal(&site), OutputError::NotOurs { .. }));
    fs::remove_file(site.out().join("letter.txt")).unwrap();
    site.build(&[("a", "1")]);
    site.put("public/letter.txt", "dear");
    assert!(matches!(refusal(&site), OutputError::Foreign { .. }));
    fs::remove_dir_all(site.out()).unwrap();
    drop(open(&site, &[]));
    assert!(matches!(site.refusal(), OutputError::NotOurs { .. }));
}

#[cfg(unix)]
#[test]
fn a_preview_has_its_folder_alone() {
    let site = Site::new();
    let _preview = open(&site, &[]);
    assert!(matches!(Preview::open(&site.out()), Err(OutputError::Busy { .. })));
    assert!(matches!(site.open(), Err(OutputError::Busy { .. })));
}
