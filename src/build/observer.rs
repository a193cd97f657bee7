//! Who hears how far a build is.

/// Hears how far a build is.
pub trait Observer: Sync {
    /// So many artifacts have to be looked at.
    fn planned(&self, _count: usize) {}

    /// Another one was written.
    fn written(&self) {}
}

impl Observer for () {}
