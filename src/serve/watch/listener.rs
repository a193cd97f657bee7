//! Listens for changes of files: to the events of the system, or else to a thread that polls.
//!
//! The site's folder is watched without what is in it, each part with all folders in it. A folder
//! that comes later has to be added by [`FileListener::watch_again`].

use std::{collections::BTreeSet, fmt, path::Path, sync::mpsc::Sender, thread, time::Duration};

use notify::{
    Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind,
};

use crate::serve::watch::event::{Signal, WatchedSite};

/// How often files are polled where the system reports no changes. Each time every file of the
/// parts is looked at.
pub(super) const POLLING: Duration = Duration::from_secs(1);

/// How many times a folder is listed again that changes meanwhile, and the pause between. Together
/// a fifth of a second.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Sends signals of changes in the parts of a site until it is dropped.
pub(super) struct FileListener {
    watcher: Box<dyn Watcher + Send>,
    kind: WatcherKind,
}

impl FileListener {
    /// Listens to the events of the operating system. Fails where the limit of the system is
    /// reached; a folder that changes meanwhile is tried again.
    pub(super) fn native(site: &WatchedSite, signals: Sender<Signal>) -> notify::Result<Self> {
        Self::open::<RecommendedWatcher>(site, signals)
    }

    /// Polls the files every [`POLLING`].
    pub(super) fn polling(site: &WatchedSite, signals: Sender<Signal>) -> notify::Result<Self> {
        Self::open::<PollWatcher>(site, signals)
    }

    /// Begins to watch with one kind of watcher. Signals are sent from a thread of its own.
    fn open<W: Watcher + Send + 'static>(
        site: &WatchedSite,
        signals: Sender<Signal>,
    ) -> notify::Result<Self> {
        let watched = site.clone();
        let send = move |event| {
            for signal in watched.signals(event) {
                // Nobody listens any more when another listener has taken over.
                let _ = signals.send(signal);
            }
        };
        let watcher = W::new(send, Config::default().with_poll_interval(POLLING))?;
        let mut listener = Self { watcher: Box::new(watcher), kind: W::kind() };
        listener.watcher.watch(&site.root, RecursiveMode::NonRecursive)?;
        for part in &site.parts {
            listener.watch_part(&site.root.join(part))?;
        }
        Ok(listener)
    }

    /// Looks at parts that are other folders than they were, or have others in them.
    pub(super) fn watch_again(
        &mut self,
        site: &WatchedSite,
        parts: &BTreeSet<String>,
    ) -> notify::Result<()> {
        for part in parts {
            let path = site.root.join(part);
            // A folder that was moved is still seen, under the name it had.
            let _ = self.watcher.unwatch(&path);
            self.watch_part(&path)?;
        }
        Ok(())
    }

    /// Looks at all of a folder, if there is one. Files of the site's folder are seen already. A
    /// missing one is no error: its coming is seen in the site's folder.
    fn watch_part(&mut self, path: &Path) -> notify::Result<()> {
        for _ in 0..TRIES {
            if !path.is_dir() {
                return Ok(());
            }
            match self.watcher.watch(path, RecursiveMode::Recursive) {
                // Something in it went meanwhile, and the rest was not looked at.
                Err(cause) if matches!(cause.kind, ErrorKind::PathNotFound) => thread::sleep(PAUSE),
                result => return result,
            }
        }
        Err(notify::Error::path_not_found().add_path(path.to_owned()))
    }
}

impl fmt::Debug for FileListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileListener").field("kind", &self.kind).finish_non_exhaustive()
    }
}
