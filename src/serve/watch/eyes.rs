//! What looks at the files: the system, or else a thread that does so again and again.

use std::{collections::BTreeSet, fmt, path::Path, sync::mpsc::Sender, thread, time::Duration};

use notify::{
    Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind,
};

use crate::serve::watch::event::{Signal, Site};

/// How often files are looked at where the system does not tell of changes.
pub(super) const POLLING: Duration = Duration::from_secs(1);

/// How often a folder is looked at that changes meanwhile, and the pause between.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Looks at the parts of a site until it is dropped.
pub(super) struct Eyes {
    watcher: Box<dyn Watcher + Send>,
    kind: WatcherKind,
}

impl Eyes {
    /// Lets the system tell.
    pub(super) fn native(site: &Site, signals: Sender<Signal>) -> notify::Result<Self> {
        Self::open::<RecommendedWatcher>(site, signals)
    }

    /// Looks again and again.
    pub(super) fn polling(site: &Site, signals: Sender<Signal>) -> notify::Result<Self> {
        Self::open::<PollWatcher>(site, signals)
    }

    fn open<W: Watcher + Send + 'static>(
        site: &Site,
        signals: Sender<Signal>,
    ) -> notify::Result<Self> {
        let told = site.clone();
        let tell = move |event| {
            for signal in told.signals(event) {
                // Nobody listens any more when another pair of eyes has taken over.
                let _ = signals.send(signal);
            }
        };
        let watcher = W::new(tell, Config::default().with_poll_interval(POLLING))?;
        let mut eyes = Self { watcher: Box::new(watcher), kind: W::kind() };
        eyes.watcher.watch(&site.root, RecursiveMode::NonRecursive)?;
        for part in &site.parts {
            eyes.look_into(&site.root.join(part))?;
        }
        Ok(eyes)
    }

    /// Looks at parts that are other folders than they were, or have others in them.
    pub(super) fn look_again(
        &mut self,
        site: &Site,
        parts: &BTreeSet<String>,
    ) -> notify::Result<()> {
        for part in parts {
            let path = site.root.join(part);
            // A folder that was moved is still seen, under the name it had.
            let _ = self.watcher.unwatch(&path);
            self.look_into(&path)?;
        }
        Ok(())
    }

    /// Looks at all of a folder, if there is one. Files of the site's folder are seen already.
    fn look_into(&mut self, path: &Path) -> notify::Result<()> {
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

impl fmt::Debug for Eyes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Eyes").field("kind", &self.kind).finish_non_exhaustive()
    }
}
