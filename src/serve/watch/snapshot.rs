//! The state of the watched parts at a moment, to find changes for which the system sent no event.
//!
//! Two snapshots that are equal mean that nothing has to be built. A file that is written with the
//! same length within the resolution of its time is not seen.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    path::{Path, PathBuf},
    time::SystemTime,
};

use rustc_hash::FxHashMap;
use walkdir::WalkDir;

use crate::serve::watch::event::WatchedSite;

/// All files of the parts by their paths in the site, with their length and time. Paths are compared
/// by their bytes, not by their parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(FxHashMap<OsString, (u64, Option<SystemTime>)>);

impl Snapshot {
    /// Looks at every file, and reads none. Links are followed, but not in a circle; what cannot be
    /// looked at is left out, and litter. A system call for each file, so it is taken only when
    /// events were lost, or may be.
    pub(super) fn take(site: &WatchedSite) -> Self {
        let mut files = FxHashMap::default();
        for part in &site.parts {
            let entries = WalkDir::new(site.root.join(part)).follow_links(true);
            for entry in entries.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
                let Ok(metadata) = entry.metadata() else { continue };
                let Ok(path) = entry.path().strip_prefix(&site.root) else { continue };
                if !site.is_litter(path) {
                    let state = (metadata.len(), metadata.modified().ok());
                    files.insert(path.as_os_str().to_owned(), state);
                }
            }
        }
        Self(files)
    }

    /// A file is another one than it was, beside those that are known to be, or lie in a folder that
    /// is.
    pub(super) fn differs(&self, before: &Self, known: &BTreeSet<PathBuf>) -> bool {
        let is_known = |path: &Path| path.ancestors().any(|it| known.contains(it));
        let is_other = |path: &&OsString| self.0.get(*path) != before.0.get(*path);
        let paths = self.0.keys().chain(before.0.keys()).filter(is_other);
        paths.map(Path::new).any(|path| !is_known(path))
    }
}
