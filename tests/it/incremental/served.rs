//! Builds in one process, as the preview makes them: each knows what the one before found out, and
//! looks only at what was written since.
//!
//! What is [served](Served) lies in memory. After each handful of edits it is held against a build
//! that knows nothing.

use std::{
    sync::{
        Mutex,
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use linli::{
    Options,
    build::{self, BuildState, Output, Round, Settings, Target},
    clock::Clock,
    diagnostic::{self, Code, Diagnostic},
    output::{ManifestEntry, OutPath, OutputError, Summary},
    schema::holidays,
    source::{Disk, SitePath, Tree},
};
use proptest::{collection::vec, option, prelude::*};

use super::{
    HONORS,
    desk::{self, Desk, Run},
    edit::{self, Edit},
};
use crate::site::{self, Files};

/// Some edits, and the build after them.
#[derive(Debug, Clone)]
struct Step {
    /// Mistakes of the step before are taken back first.
    mends: bool,
    edits: Vec<Edit>,
    /// Nothing if it is that of the step before.
    run: Option<Run>,
}

fn step() -> impl Strategy<Value = Step> {
    // Most often a single one, after which files were written and none came or went.
    let edits = prop_oneof![
        1 => vec(edit(), 0..1),
        7 => vec(edit(), 1..2),
        2 => vec(edit(), 2..4),
    ];
    let run = option::weighted(0.3, super::run());
    (prop::bool::weighted(0.8), edits, run).prop_map(|(mends, edits, run)| Step {
        mends,
        edits,
        run,
    })
}

/// An edit of the content: there is no cache here, and no folder of what is published.
fn edit() -> impl Strategy<Value = Edit> {
    edit::edit()
        .prop_filter("it does nothing", |it| !matches!(it, Edit::Cache(_) | Edit::Published(_)))
}

proptest! {
    #![proptest_config(site::cases(9))]

    #[test]
    fn whatever_is_edited_it_is_served_as_if_built_anew(
        is_told_of in any::<bool>(),
        steps in vec(step(), 1..9),
    ) {
        let mut served = Served::new();
        if is_told_of {
            served.desk.edit(WATER, "不收费。", DANGEROUS);
        } else {
            clean_images(&served.desk);
        }
        served.check(&Run::default());
        let mut good = served.content.clone();
        let (mut run, mut is_wrong) = (Run::default(), false);
        for step in steps {
            if step.mends && is_wrong {
                served.desk.replace(&good);
            }
            step.edits.iter().for_each(|it| it.apply(&served.desk));
            run = step.run.unwrap_or(run);
            let built = served.compare(&run).map_err(|it| {
                TestCaseError::fail(format!("after {:?} with {run:?}: {it}", step.edits))
            })?;
            is_wrong = built.is_wrong();
            if !is_wrong {
                good = served.content.clone();
            }
        }
    }
}

/// Lists of places far above show the name, too, also where no other place has such records.
#[test]
fn a_place_of_another_name_has_it_on_all_pages() {
    let mut served = Served::new();
    clean_images(&served.desk);
    served.check(&Run::default());
    served.desk.edit("content/heping/yixin/place.yaml", "name: 一心社区", "name: 同心社区");
    assert!(!served.check(&Run::default()).is_wrong());
}

/// Nothing is published while it is gone, since pages link to it.
#[test]
fn a_place_that_went_and_came_back_is_published() {
    let mut served = Served::new();
    clean_images(&served.desk);
    served.check(&Run::default());
    let good = served.content.clone();
    Edit::RemovePlace(2989).apply(&served.desk);
    assert!(served.check(&Run::default()).is_wrong());
    served.desk.replace(&good);
    assert!(!served.check(&Run::default()).is_wrong());
}

/// A site that one process builds again and again.
struct Served {
    desk: Desk,
    state: BuildState,
    /// What the site was made from when it was last built.
    content: Files,
    /// What is in place.
    files: Files,
}

/// What a build came to.
struct Built {
    /// All that there is to say, sorted.
    diagnostics: Vec<Diagnostic>,
    /// How many pages were rendered.
    rendered: usize,
}

impl Built {
    fn is_wrong(&self) -> bool {
        is_wrong(&self.diagnostics)
    }

    fn tells(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|it| it.code == code)
    }
}

impl Served {
    /// The portal, never built.
    fn new() -> Self {
        let (content, files) = (Files::new(), Files::new());
        Self { desk: Desk::new(), state: BuildState::default(), content, files }
    }

    /// Builds what was edited, and holds the site against one that was built from nothing.
    fn check(&mut self, run: &Run) -> Built {
        self.compare(run).unwrap_or_else(|it| panic!("{it}"))
    }

    /// The same; an error says what is not as it should be.
    fn compare(&mut self, run: &Run) -> Result<Built, String> {
        let content = self.desk.content();
        let written = written(&self.content, &content);
        self.content = content;
        let built = self.build(run, written.as_deref());
        let (wanted, files) = anew(&self.desk, run);
        let told = &built.diagnostics;
        if *told != wanted {
            return Err(format!("of {written:?}, {told:#?} is told instead of {wanted:#?}"));
        }
        let differing = desk::differing(&self.files, &files);
        if built.is_wrong() || differing.is_empty() {
            return Ok(built);
        }
        Err(format!("of {written:?}, {differing:?} are not as they should be"))
    }

    /// Builds when these files were written, came or went; if nothing, anything may have happened.
    fn build(&mut self, run: &Run, written: Option<&[SitePath]>) -> Built {
        let Opened { world, settings } = Opened::new(&self.desk, run);
        let tree = match written {
            Some(written) => self.state.tree().refresh(&world, written),
            None => Tree::take(&world),
        };
        let target = Published { files: Mutex::new(std::mem::take(&mut self.files)) };
        let built = build::build_with(&world, &settings, tree, &mut self.state, &&target, &());
        let mut built = built.expect("nobody edits meanwhile");
        self.files = target.files.into_inner().unwrap();
        diagnostic::sort(&mut built.diagnostics);
        Built { diagnostics: built.diagnostics, rendered: built.made }
    }
}

/// A site as a run has it.
struct Opened {
    world: Disk,
    settings: Settings,
}

impl Opened {
    fn new(desk: &Desk, run: &Run) -> Self {
        let world = Disk::new(desk.path()).unwrap();
        let base_url = match run.options[..] {
            ["--base-url", url] => Some(url.to_owned()),
            _ => None,
        };
        let drafts = run.options.contains(&"--drafts");
        let mut settings =
            Settings::read(&world, &Options { base_url, drafts, ..Options::default() });
        settings.clock = Clock::parse(run.moment, &settings.config.time_zone).unwrap();
        Self { world, settings }
    }
}

/// What is published, in memory.
struct Published {
    files: Mutex<Files>,
}

/// A round of publishing: what is not in place is put there when all is well.
struct Putting<'a> {
    target: &'a Published,
    written: Mutex<Files>,
}

impl<'a> Target for &'a Published {
    type Round = Putting<'a>;

    fn open(&self) -> Result<Putting<'a>, OutputError> {
        Ok(Putting { target: self, written: Mutex::default() })
    }
}

impl Output for Putting<'_> {
    type Error = OutputError;

    fn keep(&self, file: &ManifestEntry) -> bool {
        let files = self.target.files.lock().unwrap();
        files.get(file.path.as_str()).is_some_and(|it| ManifestEntry::of(&file.path, it) == *file)
    }

    fn keep_others(
        &self,
        _: linli::fingerprint::Fingerprint,
        _: &std::collections::HashSet<OutPath>,
    ) -> bool {
        true
    }

    fn is_own(&self) -> bool {
        true
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        self.written.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok(ManifestEntry::of(path, bytes))
    }
}

impl Round for Putting<'_> {
    fn commit(self, gone: &[OutPath]) -> Result<Summary, OutputError> {
        let mut files = self.target.files.lock().unwrap();
        gone.iter().for_each(|it| drop(files.remove(it.as_str())));
        files.extend(self.written.into_inner().unwrap());
        Ok(Summary::unchanged(files.len(), linli::fingerprint::Fingerprint::default()))
    }
}

/// What a build tells that knows nothing, sorted, and its files.
fn anew(desk: &Desk, run: &Run) -> (Vec<Diagnostic>, Files) {
    let Opened { world, settings } = Opened::new(desk, run);
    site::build_by(&world, &settings)
}

/// The files that were written, came or went between two contents; nothing if something else
/// happened.
fn written(before: &Files, after: &Files) -> Option<Vec<SitePath>> {
    let is_watched = |it: &&str| {
        it.starts_with("content/") || it.starts_with("themes/") || *it == holidays::FILE
    };
    let differing = desk::differing(before, after);
    // Before the first build nothing is known.
    let is_all = !before.is_empty() && differing.iter().all(is_watched);
    is_all.then(|| differing.into_iter().map(SitePath::new).collect())
}

fn is_wrong(diagnostics: &[Diagnostic]) -> bool {
    diagnostic::count(diagnostics).0 > 0
}

const WATER: &str = "content/heping/yixin/notices/2026-11-10-water.md";

/// Words for that notice of which there is something to say, and which are published.
const DANGEROUS: &str = "[不收费](javascript:0)。";

/// Records of a place far from that of the honors and of the notice.
const EVENTS: &str = "content/xian/beimen/events.yaml";

/// Takes the images away of which there is something to say.
fn clean_images(desk: &Desk) {
    for path in [0, 3] {
        Edit::SetImage { path, image: 0 }.apply(desk);
    }
}

#[test]
fn one_citation_is_rendered_where_it_may_be_shown() {
    let mut served = Served::new();
    let all = served.check(&Run::default()).rendered;
    assert_eq!(served.check(&Run::default()).rendered, 0);
    served.desk.edit(HONORS, "送饭三年", "扫雪五年");
    let rendered = served.check(&Run::default()).rendered;
    assert!((1..=all / 8).contains(&rendered), "{rendered} of {all}");
    let page = String::from_utf8_lossy(&served.files["heping/yixin/honors/index.html"]);
    assert!(page.contains("扫雪五年"));
}

#[test]
fn what_is_edited_beside_a_mistake_is_served_once_that_is_mended() {
    let mut served = Served::new();
    served.check(&Run::default());
    served.desk.edit(HONORS, "2025-03-05", "2025-02-30");
    assert!(served.check(&Run::default()).is_wrong());
    served.desk.edit(EVENTS, "元旦晚会", "新年晚会");
    assert!(served.check(&Run::default()).is_wrong());
    served.desk.edit(HONORS, "2025-02-30", "2025-03-05");
    assert!(!served.check(&Run::default()).is_wrong());
    let page = String::from_utf8_lossy(&served.files["xian/beimen/events/index.html"]);
    assert!(page.contains("新年晚会"));
}

#[test]
fn what_there_is_to_say_of_a_page_is_told_again() {
    let mut served = Served::new();
    served.check(&Run::default());
    served.desk.edit(WATER, "不收费。", DANGEROUS);
    assert!(served.check(&Run::default()).tells(Code::DangerousUrl));
    served.desk.edit(EVENTS, "元旦晚会", "新年晚会");
    assert!(served.check(&Run::default()).tells(Code::DangerousUrl));
    // With this one nothing is published.
    served.desk.edit(WATER, "#费用", "#收费");
    assert!(served.check(&Run::default()).tells(Code::BadHeading));
    served.desk.edit(EVENTS, "新年晚会", "元旦晚会");
    assert!(served.check(&Run::default()).tells(Code::BadHeading));
    served.desk.edit(WATER, "#收费", "#费用");
    assert!(!served.check(&Run::default()).is_wrong());
    assert!(served.check(&Run::default()).tells(Code::DangerousUrl));
}

#[test]
fn what_names_somebody_who_withdrew_is_told_again() {
    let mut served = Served::new();
    let run = Run { moment: "2026-12-01", ..Run::default() };
    served.desk.edit(EVENTS, "元旦晚会", "和陈桂英过元旦");
    assert!(served.check(&run).tells(Code::WithdrawnName));
    served.desk.edit(HONORS, "送饭三年", "和陈桂英送饭三年");
    assert!(served.check(&run).tells(Code::WithdrawnName));
}

#[test]
fn links_are_looked_at_when_what_they_lead_to_is_edited() {
    const CLEAN: &str = "content/heping/notices/2026-11-02-clean.md";
    let mut served = Served::new();
    served.check(&Run::default());
    // The notice of a place below has a link to it.
    served.desk.edit(CLEAN, "## 负责", "## 分工");
    assert!(served.check(&Run::default()).tells(Code::BadHeading));
    served.desk.edit(WATER, "#负责", "#分工");
    assert!(!served.check(&Run::default()).is_wrong());
}

#[test]
fn what_is_posted_from_a_moment_on_appears_though_nobody_writes() {
    let mut served = Served::new();
    for (moment, is_posted) in [("2026-06-04T23:59", false), ("2026-06-05", true)] {
        let run = Run { moment, ..Run::default() };
        assert!(!served.check(&run).is_wrong());
        let page = String::from_utf8_lossy(&served.files["heping/yixin/honors/index.html"]);
        assert_eq!(page.contains("欧阳修远"), is_posted, "{moment}");
    }
}

#[test]
fn the_day_of_an_event_is_seen_though_nobody_writes() {
    let mut served = Served::new();
    served.check(&Run { moment: "2026-11-27", ..Run::default() });
    let before = served.files.clone();
    served.check(&Run { moment: "2026-11-28", ..Run::default() });
    assert!(served.files != before);
}

#[test]
fn an_image_is_served_as_it_was_written_last() {
    let mut served = Served::new();
    clean_images(&served.desk);
    assert!(!served.check(&Run::default()).tells(Code::ImageMetadata));
    for image in [1, 3, 1, 2] {
        Edit::SetImage { path: 0, image }.apply(&served.desk);
        served.check(&Run::default());
    }
}

#[test]
fn an_image_of_which_there_is_something_to_say_goes_with_what_shows_it() {
    let mut served = Served::new();
    assert!(served.check(&Run::default()).tells(Code::ImageMetadata));
    assert!(served.files.contains_key("xian/beimen/poster.png"));
    served.desk.edit(EVENTS, ", poster: poster.png", "");
    served.check(&Run::default());
    assert!(!served.files.contains_key("xian/beimen/poster.png"));
}

#[test]
fn an_image_stays_when_there_comes_to_be_something_to_say_of_it() {
    let mut served = Served::new();
    served.check(&Run::default());
    // The same picture, and beside it where it was taken: what is published stays the same.
    Edit::SetImage { path: 1, image: 2 }.apply(&served.desk);
    served.check(&Run::default());
    assert!(served.files.contains_key("heping/yixin/honors/face.png"));
}

/// The work on a small portal is never shared between threads.
#[test]
fn a_portal_that_threads_share_is_served_as_if_built_anew() {
    let (sender, receiver) = channel();
    let shared = thread::spawn(move || {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        threads.install(edit_old_notices);
        sender.send(()).unwrap();
    });
    match receiver.recv_timeout(Duration::from_secs(600)) {
        Ok(()) | Err(RecvTimeoutError::Disconnected) => shared.join().unwrap(),
        Err(RecvTimeoutError::Timeout) => panic!("it waits for itself"),
    }
}

fn edit_old_notices() {
    const COUNT: usize = 1_200;
    let path = |it: usize| format!("content/xian/beimen/notices/{it:04}.md");
    let mut served = Served::new();
    clean_images(&served.desk);
    let notice = |it: usize| {
        let words: Vec<String> = (0..9).map(|word| word_of(it * 9 + word)).collect();
        let (year, month, day) = (2022 + it / 360, it / 30 % 12 + 1, it % 28 + 1);
        let (title, text) = (&words[..2].concat(), &words[2..].join("，"));
        let date = format!("{year}-{month:02}-{day:02}");
        (path(it), format!("---\ntitle: {title}\ndate: {date}\n---\n\n{text}。\n").into_bytes())
    };
    site::write(served.desk.path(), &(0..COUNT).map(notice).collect());
    let all = served.check(&Run::default()).rendered;
    assert!(all > COUNT);
    for it in [3, COUNT / 2, COUNT - 1] {
        served.desk.edit(&path(it), "。", "，照常。");
        let built = served.check(&Run::default());
        assert!((1..=all / 8).contains(&built.rendered), "{} of {all}", built.rendered);
    }
    served.desk.edit(&path(0), "title: ", "title: 又是");
    served.check(&Run::default());
}

/// Two characters, others for each number below 1,600.
fn word_of(number: usize) -> String {
    let character = |index: usize| char::from_u32(0x4e8c + 7 * u32::try_from(index).unwrap());
    [number / 40 % 40, 40 + number % 40].into_iter().filter_map(character).collect()
}
