//! Events from the build loop to the open pages, with what each page has not received yet.
//!
//! Each report has a number, and a version is the run and a number: `18f3a2-7`. A page carries the
//! version at which it was read, and is sent what has a higher number.
//!
//! ```text
//! build loop                      number   sent to a page read at 1
//! publish([a/index.html])         1
//! report([an error])              2        errors
//! publish([a/index.html, b.css])  3        changed: a/index.html, b.css; errors: none
//! ```

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::serve::{address, words::PreviewWords};

/// The state of a site that is built again and again: the build loop reports to it, the server
/// passes it on to open pages. Reporting never waits for a page.
#[derive(Debug)]
pub struct Live {
    root: PathBuf,
    base: String,
    words: &'static PreviewWords,
    /// Differs between runs of the program.
    run: String,
    state: watch::Sender<State>,
}

/// What has been reported. Every report gets a number, counted up from 1.
#[derive(Debug)]
struct State {
    now: u64,
    /// The latest changes of the site, oldest first.
    changes: VecDeque<LiveChange>,
    /// The number of the last change that is no longer among them. 0 if none was dropped. A page
    /// that knows less has missed one.
    forgotten: u64,
    /// The number of the errors. A page that has heard of it already is not told again.
    reported: u64,
    /// An array; empty if the site is built from the content as it is.
    errors: Value,
}

/// A new site took the place of the old one.
#[derive(Debug)]
struct LiveChange {
    number: u64,
    /// The event that is sent for it.
    event: String,
}

/// How many bytes of events are kept for pages that were not listening. At least the last change is
/// kept, however long it is.
const KEPT: usize = 1 << 20;

impl Live {
    /// The state before the first build. `root` is the output folder, which need not be there yet;
    /// `base` is where it stands on the server: `/portal`, or nothing. `language` is the tag of the
    /// language in which the pages show diagnostics.
    pub fn new(root: PathBuf, base: &str, language: &str) -> Self {
        let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let (state, _) = watch::channel(State {
            now: 0,
            changes: VecDeque::new(),
            forgotten: 0,
            reported: 0,
            errors: json!([]),
        });
        Self {
            root,
            base: address::encode_base(base),
            words: PreviewWords::of(language),
            run: format!("{:x}", age.as_nanos()),
            state,
        }
    }

    /// Another site stands in the folder. `changed` are the files that changed, came or went, as
    /// paths in the folder: `kaixuan/yixin/index.html`. There are no mistakes any more. A list
    /// without files is a report, too: the mistakes go, and no page is loaded again.
    pub fn publish(&self, changed: &[String]) {
        self.state.send_modify(|state| {
            state.now += 1;
            let (number, data) = (state.now, json!({ "changed": changed }));
            state.changes.push_back(LiveChange { number, event: self.event(number, &data) });
            state.forget();
            if !is_empty(&state.errors) {
                state.reported = number;
                state.errors = json!([]);
            }
        });
    }

    /// The content has mistakes, and the site stays as it is. `report` is an array of objects:
    ///
    /// | key | value |
    /// | --- | --- |
    /// | `severity`, `code`, `file`, `message` | texts |
    /// | `line`, `column` | where it is in the file, from 1; optional |
    /// | `end_line`, `end_column` | the character after the last; optional, else one is marked |
    /// | `quote` | the line; optional |
    /// | `quote_column` | the column of its first character; optional, else 1 |
    /// | `help` | what to write instead; optional |
    ///
    /// An empty array says that there are no mistakes any more.
    pub fn report(&self, report: Value) {
        self.state.send_modify(|state| {
            state.now += 1;
            state.reported = state.now;
            state.errors = report;
        });
    }

    /// The output folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where the site stands, without a `/` at its end.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The words in the language of the pages.
    pub(super) fn words(&self) -> &'static PreviewWords {
        self.words
    }

    /// What a page that is read now may hold.
    pub(super) fn version(&self) -> String {
        self.id(self.state.borrow().now)
    }

    /// Listens for a page of this version; without one, for a page as it is now. A version of
    /// another run, of the future, or that is none, has missed everything: the page is told to load
    /// itself again.
    pub(super) fn listen(self: &Arc<Self>, version: Option<&str>) -> Listener {
        let state = self.state.subscribe();
        let now = state.borrow().now;
        let number = |version: &str| -> Option<u64> {
            let (run, number) = version.split_once('-')?;
            number.parse().ok().filter(|number| run == self.run && *number <= now)
        };
        let seen = version.map_or(Some(now), number);
        Listener { live: Arc::clone(self), state, seen, is_new: true }
    }

    /// The id of an event, which a browser sends back when it reconnects. It names the run, so that
    /// ids of an earlier run are recognised.
    fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.run)
    }

    /// JSON has no line ends outside of texts, and escapes those within.
    fn event(&self, number: u64, data: &Value) -> String {
        format!("id: {}\ndata: {data}\n\n", self.id(number))
    }
}

impl State {
    /// Drops the oldest changes until all together have at most [`KEPT`] bytes. A page that missed
    /// one of them reloads.
    fn forget(&mut self) {
        let mut kept: usize = self.changes.iter().map(|it| it.event.len()).sum();
        while kept > KEPT
            && self.changes.len() > 1
            && let Some(oldest) = self.changes.pop_front()
        {
            kept -= oldest.event.len();
            self.forgotten = oldest.number;
        }
    }
}

/// A page that listens. However long it did not, the next news bring it up to date.
#[derive(Debug)]
pub(super) struct Listener {
    live: Arc<Live>,
    state: watch::Receiver<State>,
    /// What it has heard; nothing if it is of another run.
    seen: Option<u64>,
    is_new: bool,
}

impl Listener {
    /// The events since the last call; empty if there are none. The first call sends the
    /// diagnostics in any case, since a page does not know whether those it shows are still there.
    pub(super) fn news(&mut self) -> String {
        let state = self.state.borrow_and_update();
        let mut news = String::new();
        match self.seen.filter(|seen| *seen >= state.forgotten) {
            Some(seen) => {
                let unheard = state.changes.iter().filter(|change| change.number > seen);
                news.extend(unheard.map(|it| it.event.as_str()));
            }
            None => news += &self.live.event(state.now, &json!({ "changed": null })),
        }
        if self.is_new || self.seen.is_none_or(|seen| state.reported > seen) {
            let PreviewWords { language, title, close, .. } = self.live.words;
            let data = json!({
                "errors": state.errors,
                "version": self.live.id(state.reported),
                "words": { "language": language, "title": title, "close": close },
            });
            news += &self.live.event(state.now, &data);
        }
        self.seen = Some(state.now);
        self.is_new = false;
        news
    }

    /// Waits until there may be news; false if there will be none.
    pub(super) async fn wait(&mut self) -> bool {
        self.state.changed().await.is_ok()
    }
}

/// Whether there are no errors to show.
fn is_empty(errors: &Value) -> bool {
    errors.as_array().is_some_and(Vec::is_empty)
}
