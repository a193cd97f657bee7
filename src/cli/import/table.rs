//! The table that is imported.

use std::io;

use crate::source::{FolderEntry, SitePath, Stamp, World};

/// The files of a site, with one more: that which is imported, as if it lay in the folder of the place.
pub(super) struct Table<'w> {
    /// The files of the site.
    pub(super) world: &'w dyn World,
    /// Where it would lie.
    pub(super) path: SitePath,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

impl World for Table<'_> {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        self.world.list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        if *file != self.path {
            return self.world.read(file, limit);
        }
        let length = usize::try_from(limit).unwrap_or(usize::MAX).min(self.bytes.len());
        Ok(self.bytes[..length].to_vec())
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.world.stamp(file)
    }
}
