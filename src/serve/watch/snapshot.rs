//! The parts of a site at a moment, to tell whether anything changed while nobody told.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::serve::watch::event::Site;

/// All files of the parts, with their length and time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(Vec<(PathBuf, u64, Option<SystemTime>)>);

/// Folders inside folders beyond this depth are not looked into: links may lead in a circle.
const DEPTH: usize = 32;

impl Snapshot {
    /// Looks at every file, and reads none.
    pub(super) fn take(site: &Site) -> Self {
        let mut snapshot = Self(Vec::new());
        for part in &site.parts {
            snapshot.add(&site.root.join(part), DEPTH);
        }
        snapshot.0.sort_unstable();
        snapshot
    }

    fn add(&mut self, path: &Path, depth: usize) {
        let Ok(metadata) = fs::metadata(path) else { return };
        if metadata.is_file() {
            self.0.push((path.to_owned(), metadata.len(), metadata.modified().ok()));
        } else if metadata.is_dir() && depth > 0 {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            entries.for_each(|it| self.add(&it.path(), depth - 1));
        }
    }
}
