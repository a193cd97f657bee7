//! Which files of the last build are none of this one any more.

use std::{collections::HashSet, sync::Arc};

use crate::{artifact::Bundle, output::OutPath};

/// The files that a build replaces.
///
/// A page that moves from one place's bundle to another's is in both lists, and stays.
#[derive(Default)]
pub(super) struct Gone {
    pub(super) old: Vec<OutPath>,
    new: HashSet<OutPath>,
}

impl Gone {
    /// Notes that a bundle takes the place of another. One that stays as it is costs nothing.
    pub(super) fn replace(&mut self, old: Option<&Arc<Bundle>>, new: &Arc<Bundle>) {
        if old.is_some_and(|old| Arc::ptr_eq(old, new)) {
            return;
        }
        let files = |bundle: &Bundle| -> Vec<OutPath> {
            bundle.rows.iter().map(|row| row.file.path.clone()).collect()
        };
        self.old.extend(old.into_iter().flat_map(|old| files(old)));
        // A path that one place has no more, another may have.
        self.new.extend(files(new));
    }

    /// The files of old bundles that no new one has.
    pub(super) fn files(mut self) -> Vec<OutPath> {
        self.old.retain(|path| !self.new.contains(path));
        self.old
    }
}
