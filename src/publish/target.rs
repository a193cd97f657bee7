//! What a place to publish can do.

use crate::{
    output::{Hash, ManifestEntry, OutPath},
    publish::{Holder, Known, PublishError},
};

/// A place to which a site is sent. Its methods may be called from several threads at once, but for
/// [`lock`](Self::lock), [`begin`](Self::begin) and [`finish`](Self::finish).
pub trait Target: Sync {
    /// Keeps other publishers away until [`unlock`](Self::unlock). Who held it before and did not
    /// come to an end is returned, with the minutes since.
    ///
    /// # Errors
    ///
    /// Returns who else publishes there, or why that could not be found out.
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError>;

    /// Keeps others away for another while.
    fn renew(&self);

    /// Lets others publish again.
    fn unlock(&self);

    /// What is there.
    ///
    /// # Errors
    ///
    /// Returns an error if that cannot be read, or if the place is somebody else's.
    fn known(&self) -> Result<Known, PublishError>;

    /// All files that are there, whoever put them. Names that no file of a site can have are left out.
    ///
    /// # Errors
    ///
    /// Returns an error if they cannot be listed.
    fn found(&self) -> Result<Vec<OutPath>, PublishError>;

    /// Notes what is there; all of it or nothing is written.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written.
    fn remember(&self, known: &Known) -> Result<(), PublishError>;

    /// The new site takes the place of the old one in one step.
    fn is_whole(&self) -> bool;

    /// Each question costs a request: so where nothing changes, nothing is locked.
    fn is_far(&self) -> bool {
        false
    }

    /// How many files may be sent at the same time.
    fn at_once(&self) -> usize;

    /// There is no such file, for certain.
    fn is_absent(&self, path: &OutPath) -> bool;

    /// Which of these files are not there, as far as that is seen without reading them, and though a
    /// target that changes as a whole shall take them over.
    fn lacks(&self, files: &[ManifestEntry]) -> Vec<OutPath>;

    /// Prepares for the changes. A target that changes as a whole takes over these files.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be prepared; nothing was changed.
    fn begin(&self, stays: &[ManifestEntry]) -> Result<(), PublishError>;

    /// The bytes of a file that is there, where they cost nothing to read.
    fn bytes(&self, path: &OutPath) -> Option<Vec<u8>>;

    /// The bytes of a file that is there, though they cost something; nothing where too many were
    /// asked for.
    fn old(&self, path: &OutPath) -> Option<Vec<u8>> {
        self.bytes(path)
    }

    /// A file of which nothing is known is there already, with these bytes.
    fn has(&self, entry: &ManifestEntry, _: &[u8]) -> bool {
        self.bytes(&entry.path).is_some_and(|it| Hash::of(&it) == entry.blake3)
    }

    /// Puts a file in the place of what is there: before, there is the old one, afterwards the new
    /// one, and never a part.
    ///
    /// # Errors
    ///
    /// Returns an error if it could not be put; the old one is still there.
    fn put(&self, entry: &ManifestEntry, bytes: &[u8]) -> Result<(), PublishError>;

    /// Deletes a file, and the folders that are empty then. It is no error if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if it is still there.
    fn delete(&self, path: &OutPath) -> Result<(), PublishError>;

    /// All changes are made: a target that changes as a whole does so now.
    ///
    /// # Errors
    ///
    /// Returns an error if it could not; the old site is still there.
    fn finish(&self) -> Result<(), PublishError>;

    /// Compares all that is there with what should be, byte for byte; nothing if the target cannot.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read.
    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError>;
}

/// How a target compares with what was published.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many files there should be.
    pub files: usize,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that were not published.
    pub extra: Vec<String>,
}

impl Verified {
    /// All is as it was published.
    pub fn is_equal(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.extra.is_empty()
    }
}
