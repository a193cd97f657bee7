//! Who hears how far a build is: progress for `cli`, without the build knowing how it is shown.
//!
//! The methods are called from the threads that make artifacts, so they must be quick. `()` hears
//! nothing.

use crate::output::OutPath;

/// Hears how far a build is.
pub trait Observer: Sync {
    /// So many artifacts have to be looked at. Called before any of them is made, and again if the
    /// build has to begin anew. Most of them may stay as they are.
    fn planned(&self, _count: usize) {}

    /// Another one was written. Those that stay are not counted.
    fn written(&self) {}

    /// A check made this file, which goes nowhere.
    fn rendered(&self, _path: &OutPath, _bytes: &[u8]) {}
}

impl Observer for () {}
