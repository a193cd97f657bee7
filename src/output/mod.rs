//! The last stage: bytes become the published folder, all of them or none.
//!
//! [`Stage::open`] refuses a folder that holds anything Linli did not write. [`Stage::write`] fills
//! a staging folder from any number of threads, and [`Stage::keep`] takes over what is published
//! already. [`Stage::commit`] completes the new site in a folder of its own, adds the [`Manifest`]
//! and lets the two folders change places in one step. Until that step the published folder is not
//! touched, so whatever ends the process leaves the old site whole.
//!
//! Then the old site is made the mirror of the new one (`mirror.rs`): the next build changes in it
//! what changes in the site, and has not to link all files that stay. [`Preview`] is for the
//! preview server, which needs no such promise. [`audit()`] compares all with the manifest.
//!
//! All of that lies in a workplace (`workplace.rs`), in the site's `.linli` or, where that is in
//! another file system, beside the output folder. There may be, while a build runs or after one was
//! killed:
//!
//! | name | what it is |
//! | --- | --- |
//! | `lock` | held by the one build that may write; freed by the system when it dies |
//! | `new` | the written files; without a mirror the whole new site, after the swap the old one before its removal |
//! | `next` | the mirror while it becomes the new site; after the swap, the old one while it becomes the mirror |
//! | `old` | the old site, where two folders cannot change places in one step |
//! | `mirror` | between builds, too: every published file under a second name |
//! | `stamps` | between builds, too: how the published files were left (`stamps.rs`) |
//!
//! | a build dies | it leaves |
//! | --- | --- |
//! | while it writes | the old site, its mirror and some files in `new` |
//! | while it takes the mirror | the old site, and a mirror without a manifest |
//! | while it completes the new site | the old site, and part of the new one in `new` or `next` |
//! | between the two steps, where there are two | no site; the old one in `old`, the new one in `new` |
//! | after the swap | the new site, and the old one or part of a mirror in `new`, `next` or `old` |
//! | after that | the new site and its mirror, without stamps, perhaps an empty tree in `new` |
//!
//! The next build puts `old` back if there is no site, and removes `new`, `next`, `old` and any
//! mirror whose manifest is not, byte for byte, the published one. A mirror's manifest is the last
//! that is written into it and the first that is removed.
//!
//! Nothing is forced to the disk (`fsync`): the promise covers the death of the process and a full
//! disk, not of the machine's power, since waiting for the disk would cost more than the whole
//! build and the next build mends all.
//!
//! What a caller may rely on: after [`Stage::commit`] returns a [`Summary`], the folder holds the
//! files of this build and the manifest, nothing else; after an error it holds what it held. The
//! order in which files were written, and by which thread, leaves no trace.

mod audit;
mod error;
mod files;
mod folder;
mod hash;
pub mod headers;
mod leftovers;
mod lock;
mod manifest;
mod mirror;
mod path;
mod preview;
pub mod private;
mod stage;
mod stamps;
mod swap;
mod system;
#[cfg(test)]
mod tests;
mod workplace;

pub use audit::{Audit, Difference, DifferenceKind, audit};
pub use error::OutputError;
pub use hash::Hash;
pub use manifest::{Manifest, ManifestEntry};
pub(crate) use path::folders_above;
pub use path::{OutPath, PathFault};
pub use preview::Preview;
pub use stage::{Stage, Summary};
pub(crate) use swap::discard;
pub(crate) use system::Abilities;
