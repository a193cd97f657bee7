//! Builds that use what earlier ones left: the site is that of a build which uses nothing.
//!
//! A portal lies on a [desk](desk), [edits](edit) happen to it, and after each handful of them it
//! is built twice: where it was built before, and as a copy that never was.

pub(crate) mod desk;
mod edit;
mod served;
mod written;

use std::{
    fs,
    process::{Child, Stdio},
    thread,
    time::Instant,
};

use proptest::{collection::vec, prelude::*, sample};

use self::{
    desk::{Desk, Run},
    edit::Edit,
};
use crate::site::{self, Files};

/// Some edits, and the build after them.
#[derive(Debug, Clone)]
struct Step {
    /// Mistakes of the step before are taken back first.
    mends: bool,
    edits: Vec<Edit>,
    run: Run,
}

fn step() -> impl Strategy<Value = Step> {
    let edits = prop_oneof![1 => vec(edit::edit(), 0..1), 9 => vec(edit::edit(), 1..4)];
    (prop::bool::weighted(0.8), edits, run()).prop_map(|(mends, edits, run)| Step {
        mends,
        edits,
        run,
    })
}

fn run() -> impl Strategy<Value = Run> {
    let options = prop_oneof![
        8 => Just(vec![]),
        1 => Just(vec!["--drafts"]),
        1 => Just(vec!["--base-url", "https://x.example/sub"]),
        1 => Just(vec!["--fresh"]),
    ];
    let out = sample::select(&["public", "public", "public", "public", "other"]);
    (edit::moment(), options, out).prop_map(|(moment, options, out)| Run {
        moment,
        options,
        out,
        ..Run::default()
    })
}

proptest! {
    #![proptest_config(site::cases(9))]

    #[test]
    fn whatever_is_edited_the_site_is_as_if_built_anew(steps in vec(step(), 1..9)) {
        let desk = Desk::new();
        let status = desk.check(&Run::default()).status;
        let mut last = Outcome { status, good: desk.content(), harmed: false };
        for step in &steps {
            last = follow(&desk, step, last)?;
        }
    }
}

#[test]
fn every_edit_alone_is_seen() {
    // Few moments have as much posted.
    let run = Run { moment: "2026-11-24", ..Run::with("--drafts") };
    let desk = Desk::new();
    assert_eq!(desk.check(&run).status, 0);
    let mut good = desk.content();
    for edit in edit::each() {
        edit.apply(&desk);
        assert!(desk.content() != good, "{edit:?} does nothing");
        let told = desk.compare(&run, false).unwrap_or_else(|it| panic!("{edit:?}: {it}"));
        if told.status == 0 {
            good = desk.content();
        } else {
            // The next build has the mistake mended, and an edit besides.
            desk.replace(&good);
        }
    }
}

#[test]
fn every_moment_is_seen() {
    let desk = Desk::new();
    for moment in edit::MOMENTS.iter().chain(edit::MOMENTS.iter().rev().skip(1)) {
        assert_eq!(desk.check(&Run { moment, ..Run::default() }).status, 0);
    }
}

/// What came of the steps so far.
struct Outcome {
    status: i32,
    /// The last content that had no mistake.
    good: Files,
    /// The cache was harmed, which may be told.
    harmed: bool,
}

fn follow(desk: &Desk, step: &Step, last: Outcome) -> Result<Outcome, TestCaseError> {
    if step.mends && last.status != 0 {
        desk.replace(&last.good);
    }
    for edit in &step.edits {
        edit.apply(desk);
    }
    let harmed = last.harmed || step.edits.iter().any(|it| matches!(it, Edit::Cache(_)));
    let told = desk.compare(&step.run, harmed).map_err(TestCaseError::fail)?;
    let good = if told.status == 0 { desk.content() } else { last.good };
    Ok(Outcome { status: told.status, good, harmed })
}

const HONORS: &str = "content/heping/yixin/honors/2025.yaml";

#[test]
fn warnings_are_told_again() {
    let desk = Desk::new();
    let first = desk.check(&Run::default());
    assert!(first.lines.iter().any(|it| it.starts_with("warning[missing-basis]")), "{first:?}");
    assert!(first.lines.iter().any(|it| it.starts_with("warning[image-metadata]")), "{first:?}");
    assert_eq!(desk.check(&Run::default()), first);
    desk.edit(HONORS, "送饭三年", "送饭四年");
    assert_eq!(desk.check(&Run::default()), first);
    // Whoever builds next may read another language.
    let told = desk.check(&Run { language: "zh-CN", ..Run::default() });
    assert_eq!((told.status, told.lines.len()), (0, first.lines.len()), "{told:?}");
    // These are no errors.
    let quiet = desk.check(&Run::with("--quiet"));
    assert_eq!((quiet.status, quiet.lines), (0, Vec::new()));
}

#[test]
fn wrong_words_are_told_as_the_list_is_edited() {
    let desk = Desk::new();
    let list = desk.join("wording/words.csv");
    let told = |words: Option<&str>| {
        let _ = fs::remove_file(&list);
        if let Some(words) = words {
            fs::create_dir_all(desk.join("wording")).unwrap();
            fs::write(&list, format!("wrong,right,severity\n{words}\n")).unwrap();
        }
        let told = desk.check(&Run::default());
        let is_wording = |it: &&String| it.contains("[wording]");
        (told.status, told.lines.iter().filter(is_wording).count())
    };
    assert_eq!(told(None), (0, 0));
    let (status, count) = told(Some("送饭三年,送了三年饭,"));
    assert!(status == 0 && count > 0, "{status} {count}");
    assert_eq!(told(Some("送饭三年,送了三年饭,")), (0, count));
    assert_eq!(told(Some("送饭三年,送了三年饭,error")), (1, count));
    assert_eq!(told(Some("送饭三年了,送了三年饭,error")), (0, 0));
    assert_eq!(told(None), (0, 0));
}

#[test]
fn names_of_who_withdrew_are_told_again_whatever_else_is_edited() {
    let desk = Desk::new();
    let run = Run { moment: "2026-12-01", ..Run::default() };
    let named =
        |it: &desk::Told| it.lines.iter().any(|it| it.starts_with("warning[withdrawn-name]"));
    let events = "content/xian/beimen/events.yaml";
    desk.edit(events, "元旦晚会", "和陈桂英过新年");
    assert!(named(&desk.check(&run)));
    desk.edit(HONORS, "送饭三年", "送饭四年");
    assert!(named(&desk.check(&run)));
    desk.edit(events, "和陈桂英过新年", "元旦晚会");
    assert!(!named(&desk.check(&run)));
}

#[test]
fn who_withdraws_is_gone_above_and_below_and_is_back_with_the_withdrawal() {
    let desk = Desk::new();
    let run = Run { moment: "2026-11-28", ..Run::default() };
    let shows = |path: &str| {
        let published = desk.published(&run);
        published.iter().any(|(it, bytes)| {
            it.starts_with(path) && String::from_utf8_lossy(bytes).contains("陈桂英")
        })
    };
    let records = "content/heping/yixin/honors/2026.yaml";
    desk.edit(records, ", withdrawn: 2026-12-01", "");
    desk.edit("content/heping/notices/2026-11-02-clean.md", "队员带队", "队员陈桂英带队");
    desk.edit("content/notices/2026-10-08-rules.md", "title: 公开办法", "title: 陈桂英公开办法");
    desk.edit(HONORS, "送饭三年", "和陈桂英送饭三年");
    let below = "content/heping/yixin/youyi/honors.yaml";
    desk.edit(below, "送饭三年", "陈桂英送饭三年");
    let places = ["notices/", "heping/notices/", "heping/yixin/honors/", "heping/yixin/youyi/"];
    for (edit, is_named) in [(None, true), (Some(("", ", withdrawn: 2026-11-20")), false)] {
        if let Some((from, to)) = edit {
            desk.edit(records, &format!("陈桂英扫雪{from}"), &format!("陈桂英扫雪{to}"));
        }
        desk.check(&run);
        for place in places {
            assert_eq!(shows(place), is_named, "{place}");
        }
    }
    desk.edit(records, ", withdrawn: 2026-11-20", "");
    desk.check(&run);
    assert!(places.into_iter().all(shows));
    // The day decides, with nothing edited.
    desk.edit(records, "陈桂英扫雪", "陈桂英扫雪, withdrawn: 2026-11-30");
    for (moment, is_named) in [("2026-11-29", true), ("2026-11-30", false), ("2026-11-29", true)] {
        desk.check(&Run { moment, ..Run::default() });
        assert!(places.into_iter().all(|place| shows(place) == is_named), "{moment}");
    }
}

#[test]
fn errors_are_told_until_they_are_mended() {
    let desk = Desk::new();
    let good = desk.content();
    desk.check(&Run::default());
    desk.edit(HONORS, "2025-03-05", "2025-02-30");
    desk.edit("content/heping/notices/2026-11-02-clean.md", "patrols.yaml", "patrol.yaml");
    desk.edit("themes/own/templates/section.html", "section.title", "section.titel");
    let wrong = desk.check(&Run::default());
    assert_eq!(wrong.status, 1);
    assert_eq!(desk.check(&Run::default()), wrong);
    desk.replace(&good);
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
fn what_was_lost_is_published_again() {
    let desk = Desk::new();
    desk.check(&Run::default());
    for path in ["index.html", "heping/yixin/index.html", "xian/responses/xa-2/index.html"] {
        let path = desk.join("public").join(path);
        let page = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(desk.check(&Run::default()).status, 0);
        fs::write(&path, &page[1..]).unwrap();
        assert_eq!(desk.check(&Run::default()).status, 0);
        fs::write(&path, [&page[..page.len() - 2], b"!\n"].concat()).unwrap();
        assert_eq!(desk.check(&Run::default()).status, 0);
    }
    fs::remove_dir_all(desk.join("public")).unwrap();
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
#[cfg(target_os = "linux")]
fn images_that_differ_in_case_alone_are_told_of() {
    let desk = Desk::new();
    assert_eq!(desk.check(&Run::default()).status, 0);
    let (photo, again) = ("content/heping/street.png", "content/heping/Street.png");
    fs::copy(desk.join(photo), desk.join(again)).unwrap();
    assert_eq!(desk.check(&Run::default()).status, 1);
    fs::remove_file(desk.join(again)).unwrap();
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
fn two_output_folders_take_turns() {
    let desk = Desk::new();
    let words = ["送饭三年", "扫雪五年", "修桥十年", "送饭三年", "扫雪五年", "修桥十年"];
    for (number, pair) in words.windows(2).enumerate() {
        // One of them is now and then two edits behind.
        let out = if number % 3 == 0 { "other" } else { "public" };
        assert_eq!(desk.check(&Run { out, ..Run::default() }).status, 0);
        desk.edit(HONORS, pair[0], pair[1]);
    }
}

#[test]
fn what_was_built_with_drafts_does_not_get_out() {
    let desk = Desk::new();
    let holds_draft =
        |it: &Files| it.contains_key("heping/yixin/youyi/notices/accounts/index.html");
    for (options, shown) in [(vec![], false), (vec!["--drafts"], true), (vec![], false)] {
        let run = Run { options, ..Run::default() };
        assert_eq!(desk.check(&run).status, 0);
        assert_eq!(holds_draft(&desk.published(&run)), shown);
    }
}

#[test]
fn nothing_that_builds_keep_is_published() {
    let desk = Desk::new();
    for run in [Run::default(), Run::with("--fresh"), Run::with("--drafts")] {
        desk.check(&run);
        let published = desk.published(&run);
        let stray =
            published.keys().find(|it| it.contains(".linli") && !it.ends_with("manifest.json"));
        assert_eq!(stray, None);
    }
    // Nor is it content.
    fs::create_dir_all(desk.join(".linli/content")).unwrap();
    fs::write(desk.join(".linli/content/honors.yaml"), "- {").unwrap();
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
fn a_cache_that_cannot_be_read_is_no_failure() {
    let desk = Desk::new();
    let cache = desk.join(".linli");
    let check = |what: &str| {
        let told = desk.compare(&Run::default(), true).unwrap_or_else(|it| panic!("{what}: {it}"));
        assert_eq!(told.status, 0);
    };
    check("no cache");
    for path in if cache.is_dir() { site::files_in(&cache) } else { Files::new() }.into_keys() {
        for garbage in ["", "{", "\u{b5}\u{b5}\u{b5}\u{b5}\u{b5}\u{b5}\u{b5}\u{b5}"] {
            fs::write(cache.join(&path), garbage).unwrap();
            check(&path);
        }
        fs::remove_file(cache.join(&path)).unwrap();
        check(&path);
    }
    let _ = fs::remove_dir_all(&cache);
    fs::write(&cache, "no folder").unwrap();
    check("a file for a folder");
}

#[test]
fn a_cache_goes_where_its_site_goes() {
    let desk = Desk::new();
    desk.check(&Run::default());
    let other = desk.twin();
    other.edit(HONORS, "送饭三年", "送饭四年");
    assert_eq!(other.check(&Run::default()).status, 0);
    // The cache of another site, even of the same words, does no harm.
    desk.edit(HONORS, "送饭三年", "扫雪五年");
    let (from, to) = (other.join(".linli"), desk.join(".linli"));
    for path in if from.is_dir() { site::files_in(&from) } else { Files::new() }.into_keys() {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::copy(from.join(&path), to.join(&path)).unwrap();
    }
    assert_eq!(desk.check(&Run::default()).status, 0);
}

/// A build that runs while the test goes on.
fn start(desk: &Desk, run: &Run) -> Child {
    let command = run.command(desk.path(), &desk.join(run.out));
    let mut again = std::process::Command::new(command.get_program());
    again.env_clear().args(command.get_args()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn what_is_edited_while_a_build_runs_is_seen_by_the_next() {
    const ROUNDS: u32 = 12;
    let desk = Desk::new();
    let begun = Instant::now();
    desk.build(&Run::default());
    let time = begun.elapsed();
    let mut text = "送饭三年".to_owned();
    for round in 0..ROUNDS {
        // The length stays the same, so that only the time of the edit tells of it.
        let next = format!("送饭{:02}年", round + 10);
        desk.edit(HONORS, "citation: ", "citation:  ");
        let mut running = start(&desk, &Run::default());
        thread::sleep(time * round / ROUNDS);
        desk.edit(HONORS, &text, &next);
        running.wait().unwrap();
        text = next;
        assert_eq!(desk.build(&Run::default()).status, 0);
        let published = desk.published(&Run::default());
        let page = String::from_utf8_lossy(&published["heping/yixin/honors/index.html"]);
        assert!(page.contains(&text), "round {round}: {text}");
        desk.edit(HONORS, "citation:  ", "citation: ");
    }
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
fn an_edit_right_after_a_build_is_seen() {
    let desk = Desk::new();
    desk.build(&Run::default());
    let mut text = "送饭三年".to_owned();
    for number in 10..30 {
        let next = format!("送饭{number:04}年");
        desk.edit(HONORS, &text, &next);
        assert_eq!(desk.build(&Run::default()).status, 0);
        let page = desk.join("public/heping/yixin/honors/index.html");
        assert!(fs::read_to_string(page).unwrap().contains(&next), "{next}");
        text = next;
    }
}

#[test]
fn builds_side_by_side_do_not_mix() {
    let desk = Desk::new();
    let runs = [
        Run::default(),
        Run { out: "other", ..Run::with("--drafts") },
        Run { out: "third", moment: "2027-01-01", ..Run::default() },
    ];
    for text in ["送饭三年", "扫雪五年", "修桥十年"].windows(2) {
        desk.edit(HONORS, text[0], text[1]);
        let running = runs.each_ref().map(|it| start(&desk, it));
        for mut it in running {
            assert_eq!(it.wait().unwrap().code(), Some(0));
        }
        for run in &runs {
            let (_, wanted) = desk.fresh(run);
            assert!(desk.published(run) == wanted, "{run:?}");
        }
        runs.iter().for_each(|it| drop(desk.check(it)));
    }
}
