//! The state of the watched parts at a moment, to find changes for which the system sent no event.
//!
//! Two snapshots that are equal mean that nothing has to be built. A file that is written with the
//! same length within the resolution of its time is not seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::SystemTime,
};

use walkdir::WalkDir;

use crate::serve::watch::event::WatchedSite;

/// All files of the parts by their paths in the site, with their length and time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Snapshot {
    /// Looks at every file, and reads none. Links are followed, but not in a circle; what cannot be
    /// looked at is left out, and litter. A system call for each file, so it is taken only when
    /// events were lost, or may be.
    pub(super) fn take(site: &WatchedSite) -> Self {
        let mut files = BTreeMap::new();
        for part in &site.parts {
            let entries = WalkDir::new(site.root.join(part)).follow_links(true);
            for entry in entries.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
                let Ok(metadata) = entry.metadata() else { continue };
                let Ok(path) = entry.path().strip_prefix(&site.root) else { continue };
                if !site.is_litter(path) {
                    let state = (metadata.len(), metadata.modified().ok());
                    files.insert(path.to_owned(), state);
                }
            }
        }
        Self(files)
    }

    /// A file is another one than it was, beside those that are known to be, or lie in a folder that
    /// is.
    pub(super) fn differs(&self, before: &Self, known: &BTreeSet<PathBuf>) -> bool {
        let is_known = |path: &Path| path.ancestors().any(|it| known.contains(it));
        let is_new = |path: &Path| self.0.get(path) != before.0.get(path) && !is_known(path);
        self.0.keys().chain(before.0.keys()).any(|path| is_new(path))
    }
}
