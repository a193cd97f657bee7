//! Reports changes of the files that a site is made from.
//!
//! The site's folder is watched for its own entries alone, and the parts that are folders whole: so
//! the output folder beside them is not seen, and a part that is missing is noticed when it comes.
//! `event` keeps what is about the site of the system's events, [`Watcher`] waits until it
//! is quiet, and `listener` listens for changes.
//!
//! Programs save a file in several steps, and a synchronisation brings hundreds. So changes are
//! gathered:
//!
//! ```text
//! 0 ms     content/a.yaml is written      a batch begins
//! 40 ms    content/b.md is renamed
//! 120 ms   quiet for 80 ms                Paths([content/a.yaml, content/b.md])
//! ```
//!
//! If it never gets quiet, the batch ends after half a second. That something changed says nothing
//! of how: the build compares the files itself.

mod event;
mod listener;
mod snapshot;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    error, fmt,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use self::{
    event::{Signal, WatchedSite},
    listener::FileListener,
    snapshot::Snapshot,
};

/// What changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchedChange {
    /// These, relative to the site, in order and each once. A folder stands for all that is in it:
    /// it came, went or was moved.
    Paths(Vec<PathBuf>),
    /// Too many paths to list; anything may have changed.
    Everything,
}

/// What the user should know of the watching.
#[derive(Debug)]
pub enum WatchNotice {
    /// The system reports no changes, for this reason, and the files are polled again and
    /// again.
    Polling {
        /// Why.
        cause: notify::Error,
        /// How often.
        every: Duration,
    },
}

/// The site's folder cannot be watched.
#[derive(Debug)]
pub struct WatchError {
    /// The folder.
    pub path: PathBuf,
    /// Why not.
    pub cause: notify::Error,
}

/// After so long without another change it is quiet.
const QUIET: Duration = Duration::from_millis(80);

/// Changes are reported after so long, even if it does not get quiet.
const LONGEST: Duration = Duration::from_millis(500);

/// More paths than this are everything.
const MANY: usize = 4096;

/// Watches what a site is made from. As an iterator it waits for the next change, and does not end
/// unless the system stops sending events. Dropping it ends the watching.
#[derive(Debug)]
pub struct Watcher {
    site: WatchedSite,
    listener: FileListener,
    signals: Receiver<Signal>,
    notice: Option<WatchNotice>,
    /// The parts as they were when signals were lost the last time.
    lost: Option<Snapshot>,
    /// Finds out whether the system tells of changes; nothing if files are polled anyway.
    silence: Option<Silence>,
}

/// Looks whether files change of which the system says nothing, as it does of those on another
/// computer.
#[derive(Debug)]
struct Silence {
    /// The parts as they were.
    before: Snapshot,
    /// What the system said of since.
    told: BTreeSet<PathBuf>,
    /// When they are looked at again.
    next: Instant,
    /// How long it is between two looks at least.
    every: Duration,
}

/// How often it is looked whether the system says nothing, at most: of a large site not so often that
/// it would take more than a fiftieth of the time.
const LOOKING: Duration = Duration::from_secs(5);
const SHARE: u32 = 50;

impl Watcher {
    /// Watches parts of a site, which are entries of its folder: `content`, `site.toml`. A part
    /// need not be there. `root` must be there; links in its path are resolved. If the system
    /// cannot report changes (too many folders for its limit, for example), or a file changes of
    /// which it says nothing, as on a network drive, files are polled, and [`Watcher::notice`] says
    /// so.
    pub fn new(root: &Path, parts: &[&str]) -> Result<Self, WatchError> {
        let mut watcher = Self::open(root, parts, FileListener::native)?;
        if watcher.notice.is_none() {
            watcher.silence = Some(Silence::new(&watcher.site, LOOKING));
        }
        Ok(watcher)
    }

    /// Polls the files from the start: for network drives, where the system sends no events of
    /// changes that another computer makes.
    pub fn polling(root: &Path, parts: &[&str]) -> Result<Self, WatchError> {
        Self::open(root, parts, FileListener::polling)
    }

    /// Opens a watcher with the given kind of listener, or else one that polls. Only if that fails,
    /// too, is it an error.
    fn open(root: &Path, parts: &[&str], listener: OpenWatcher) -> Result<Self, WatchError> {
        let error = |cause| WatchError { path: root.to_owned(), cause };
        let real = root.canonicalize().map_err(|cause| error(cause.into()))?;
        let parts = parts.iter().map(|part| (*part).to_owned()).collect();
        let site = WatchedSite { root: real, parts };
        let (sender, signals) = mpsc::channel();
        let (listener, notice) = match listener(&site, sender.clone()) {
            Ok(listener) => (listener, None),
            Err(cause) => {
                let listener = FileListener::polling(&site, sender).map_err(error)?;
                (listener, Some(WatchNotice::Polling { cause, every: listener::POLLING }))
            }
        };
        Ok(Self { site, listener, signals, notice, lost: None, silence: None })
    }

    /// Returns a warning for the user, once. To be called at the start and after each change.
    pub fn notice(&mut self) -> Option<WatchNotice> {
        self.notice.take()
    }

    /// Turns a batch of signals into a change, if it is one, and watches the folders that are new.
    /// None if nothing is left that the site is made from: signals were lost, but no file is other
    /// than it was when they were lost before.
    fn conclude(&mut self, batch: Batch) -> Option<WatchedChange> {
        let Batch { paths, folders, is_lost, exhausted } = batch;
        let parts = if is_lost { self.site.parts.iter().cloned().collect() } else { folders };
        let watching = exhausted.map_or(Ok(()), Err);
        let watching = watching.and_then(|()| self.listener.watch_again(&self.site, &parts));
        if let Err(cause) = watching {
            self.poll(cause);
            return Some(WatchedChange::Everything);
        }
        if is_lost {
            // A build reads every file. Where the system sends events of that too, reading can be
            // what there was too much of, and reporting a change would make the next build do it
            // again.
            let now = Some(Snapshot::take(&self.site));
            if self.lost != now {
                self.lost = now;
                return Some(WatchedChange::Everything);
            }
        }
        match paths.len() {
            0 => None,
            MANY.. => Some(WatchedChange::Everything),
            _ => Some(WatchedChange::Paths(paths.into_iter().collect())),
        }
    }

    /// Replaces the listener by one that polls, after the system had no room for more watches.
    /// Signals that the old one had sent are dropped; the caller reports that everything changed.
    fn poll(&mut self, cause: notify::Error) {
        let (sender, signals) = mpsc::channel();
        // If the site's folder cannot even be read, the builds say so.
        if let Ok(listener) = FileListener::polling(&self.site, sender) {
            (self.listener, self.signals, self.silence) = (listener, signals, None);
            self.notice = Some(WatchNotice::Polling { cause, every: listener::POLLING });
        }
    }
}

type OpenWatcher = fn(&WatchedSite, mpsc::Sender<Signal>) -> notify::Result<FileListener>;

/// What came of waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waited {
    /// Something changed.
    Change(WatchedChange),
    /// Nothing did, in all that time.
    Nothing,
    /// The system sends no more events.
    End,
}

impl Watcher {
    /// Waits for the next change, but no longer than that. A batch that begins in that time is
    /// completed, which takes half a second at most.
    pub fn wait(&mut self, longest: Duration) -> Waited {
        loop {
            let mut batch = Batch::default();
            match self.signals.recv_timeout(longest) {
                Ok(signal) => batch.add(signal),
                Err(RecvTimeoutError::Timeout) if self.finds_changes() => {
                    // What the system says of them may be on its way.
                    let Ok(signal) = self.signals.recv_timeout(LONGEST) else {
                        self.poll(notify::Error::generic("network drive"));
                        return Waited::Change(WatchedChange::Everything);
                    };
                    batch.add(signal);
                    batch.is_lost = true;
                }
                Err(RecvTimeoutError::Timeout) => return Waited::Nothing,
                Err(RecvTimeoutError::Disconnected) => return Waited::End,
            }
            let end = Instant::now() + LONGEST;
            let wait = || Some(end.checked_duration_since(Instant::now())?.min(QUIET));
            while let Some(wait) = wait()
                && let Ok(signal) = self.signals.recv_timeout(wait)
            {
                batch.add(signal);
            }
            if let Some(change) = self.conclude(batch) {
                if let Some(silence) = &mut self.silence {
                    silence.note(&change, &self.site);
                }
                return Waited::Change(change);
            }
        }
    }

    /// Files are others than they were, and the system did not say so yet. It is looked for only if
    /// it is time.
    fn finds_changes(&mut self) -> bool {
        let due = self.silence.as_mut().filter(|it| it.next <= Instant::now());
        due.is_some_and(|silence| silence.look(&self.site))
    }
}

impl Silence {
    fn new(site: &WatchedSite, every: Duration) -> Self {
        let (start, before) = (Instant::now(), Snapshot::take(site));
        let next = Instant::now() + every.max(start.elapsed() * SHARE);
        Self { before, told: BTreeSet::new(), next, every }
    }

    /// Notes what the system said.
    fn note(&mut self, change: &WatchedChange, site: &WatchedSite) {
        match change {
            WatchedChange::Paths(paths) => self.told.extend(paths.iter().cloned()),
            WatchedChange::Everything => *self = Self::new(site, self.every),
        }
    }

    /// Looks at all files, and returns whether one changed of which the system had not said.
    fn look(&mut self, site: &WatchedSite) -> bool {
        let now = Self::new(site, self.every);
        let before = std::mem::replace(self, now);
        self.before.differs(&before.before, &before.told)
    }
}

impl Iterator for Watcher {
    type Item = WatchedChange;

    fn next(&mut self) -> Option<WatchedChange> {
        loop {
            match self.wait(Duration::from_secs(3600)) {
                Waited::Change(change) => return Some(change),
                Waited::Nothing => {}
                Waited::End => return None,
            }
        }
    }
}

/// What happened until it got quiet.
#[derive(Debug, Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    /// The parts to look at again: they, or folders in them, are not what they were.
    folders: BTreeSet<String>,
    /// The system lost events: anything may have changed.
    is_lost: bool,
    /// The last failure to watch a further folder, if there was one.
    exhausted: Option<notify::Error>,
}

impl Batch {
    /// Adds a signal. Beyond [`MANY`] paths further ones are not kept: the batch stands for
    /// everything then.
    fn add(&mut self, signal: Signal) {
        match signal {
            Signal::Changed(path) if self.paths.len() < MANY => {
                self.paths.insert(path);
            }
            Signal::Changed(_) => {}
            Signal::Folder(part) => {
                self.folders.insert(part);
            }
            Signal::Lost => self.is_lost = true,
            Signal::Exhausted(cause) => self.exhausted = Some(cause),
        }
    }
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot watch {}: {}", self.path.display(), self.cause)
    }
}

impl error::Error for WatchError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.cause)
    }
}
