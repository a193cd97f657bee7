//! Which files of the output are written, after an edit and without one.

use std::{collections::BTreeMap, fs, time::SystemTime};

use super::{
    HONORS,
    desk::{self, Desk, Run},
    edit::Edit,
};
use crate::site::Files;

const MANIFEST: &str = ".linli-manifest.json";

/// When each file that is published was written. The manifest always is.
fn times(desk: &Desk) -> BTreeMap<String, SystemTime> {
    let paths = desk.published(&Run::default()).into_keys().filter(|it| it != MANIFEST);
    let time = |it: &str| {
        let file = fs::metadata(desk.join("public").join(it)).unwrap();
        file.modified().unwrap()
    };
    paths.map(|it| (it.clone(), time(&it))).collect()
}

/// The files that are written because of an edit: those that become different, and no other.
fn written(desk: &Desk, edit: impl FnOnce(&Desk), run: &Run) -> Vec<String> {
    desk.check(&Run::default());
    let (before, files) = (times(desk), desk.published(&Run::default()));
    edit(desk);
    assert_eq!(desk.check(run).status, 0);
    let (after, published) = (times(desk), desk.published(&Run::default()));
    let is_written = |(path, time): &(String, SystemTime)| before.get(path) != Some(time);
    let written: Vec<String> = after.into_iter().filter(is_written).map(|it| it.0).collect();
    let mut differing = desk::differing(&files, &published);
    differing.retain(|it| published.contains_key(*it) && *it != MANIFEST);
    differing.sort_unstable();
    assert_eq!(written, differing);
    written
}

/// The pages that show some words.
fn showing(files: &Files, words: &str) -> Vec<String> {
    let shows = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(words);
    files.iter().filter(|(_, bytes)| shows(bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn one_citation_is_written_where_it_is_shown() {
    let desk = Desk::new();
    let written = written(&desk, |it| it.edit(HONORS, "送饭三年", "扫雪五年"), &Run::default());
    // Of the search those files that have its words, which are packed.
    let (search, written): (Vec<String>, _) =
        written.into_iter().partition(|it| it.starts_with("search/"));
    assert!(search.contains(&"search/manifest.json".to_owned()), "{search:?}");
    assert_eq!(written, showing(&desk.published(&Run::default()), "扫雪五年"));
    assert!(written.contains(&"heping/yixin/honors/index.html".to_owned()), "{written:?}");
    // No total changes, nor what the pages of the street and the district show of the last honors.
    let is_here = |it: &String| it.starts_with("heping/yixin/") || it.starts_with("data/all/");
    assert!(written.iter().all(is_here), "{written:?}");
}

#[test]
fn a_number_is_written_up_to_the_front_page() {
    let desk = Desk::new();
    let flags = "content/heping/flag-raising.csv";
    let written = written(&desk, |it| it.edit(flags, "02,120,", "02,121,"), &Run::default());
    assert!(written.contains(&"index.html".to_owned()), "{written:?}");
    assert!(written.iter().all(|it| !it.starts_with("xian/")), "{written:?}");
}

#[test]
fn what_says_nothing_writes_nothing() {
    let desk = Desk::new();
    let remark = |path: &str, at: &str| desk.edit(path, at, &format!("# 已核对\n{at}"));
    let nothing: Vec<String> = Vec::new();
    assert_eq!(written(&desk, |_| remark(HONORS, "records:"), &Run::default()), nothing);
    assert_eq!(written(&desk, |_| remark("site.toml", "theme"), &Run::default()), nothing);
    assert_eq!(written(&desk, |_| remark("content/place.yaml", "level"), &Run::default()), nothing);
    let declaration = "content/_collections/events.yaml";
    assert_eq!(written(&desk, |_| remark(declaration, "view"), &Run::default()), nothing);
    for hours in [0, -9, 9] {
        let touch = Edit::Touch { hours };
        assert_eq!(written(&desk, |it| touch.apply(it), &Run::default()), nothing);
    }
    assert_eq!(written(&desk, |_| (), &Run::with("--fresh")), nothing);
}

#[test]
fn time_that_changes_nothing_writes_nothing() {
    let desk = Desk::new();
    let run = |moment| Run { moment, ..Run::default() };
    let at = |moment| written(&desk, |_| (), &run(moment));
    assert_eq!(at("2026-11-23T07:59"), Vec::<String>::new());
    assert!(
        at("2026-11-23T08:00")
            .contains(&"heping/yixin/notices/2026-12-01-heat/index.html".to_owned())
    );
}

#[test]
fn an_image_is_written_where_it_is() {
    let desk = Desk::new();
    let image = Edit::SetImage { path: 0, image: 0 };
    let written = written(&desk, |it| image.apply(it), &Run::default());
    assert!(written.iter().any(|it| it.contains("street")), "{written:?}");
    assert!(
        written.iter().all(|it| it == "index.html" || it.starts_with("heping/")),
        "{written:?}"
    );
}
