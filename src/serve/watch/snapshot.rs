//! The state of the watched parts at a moment, to find changes for which the system sent no event.
//!
//! Two snapshots that are equal mean that nothing has to be built. A file that is written with the
//! same length within the resolution of its time is not seen.

use std::{path::PathBuf, time::SystemTime};

use walkdir::WalkDir;

use crate::serve::watch::event::WatchedSite;

/// All files of the parts, with their length and time. Sorted, so that the order of the file system
/// does not matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Snapshot {
    /// Looks at every file, and reads none. Links are followed, but not in a circle; what cannot be
    /// looked at is left out. A system call for each file, so it is taken only when events were
    /// lost.
    pub(super) fn take(site: &WatchedSite) -> Self {
        let mut files = Vec::new();
        for part in &site.parts {
            let entries = WalkDir::new(site.root.join(part)).follow_links(true);
            for entry in entries.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
                let Ok(metadata) = entry.metadata() else { continue };
                let modified = metadata.modified().ok();
                files.push((entry.into_path(), metadata.len(), modified));
            }
        }
        files.sort_unstable();
        Self(files)
    }
}
