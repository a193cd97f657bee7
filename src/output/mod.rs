//! The last stage: bytes become the published folder, all of them or none.
//!
//! [`Stage::open`] refuses a folder that holds anything Linli did not write, and makes a staging
//! folder beside it. [`Stage::write`] fills that from any number of threads. [`Stage::commit`]
//! adds the [`Manifest`] and lets the two folders change places in one step. Until that step the
//! published folder is not touched, so whatever ends the process leaves the old site whole.
//!
//! Beside a folder `public` there may be, while a build runs or after one was killed:
//!
//! | name | what it is |
//! | --- | --- |
//! | `.public.linli-lock` | held by the one build that may write; freed by the system when it dies |
//! | `.public.linli-new` | the staging folder; after the swap, the old site on its way out |
//! | `.public.linli-old` | the old site, where two folders cannot change places in one step |
//!
//! The next build clears away what a dead one left. Nothing is forced to the disk (`fsync`): the
//! promise covers the death of the process and a full disk, not of the machine's power, since
//! waiting for the disk would cost more than the whole build and the next build mends all.

mod error;
mod folder;
mod lock;
mod manifest;
mod path;
mod stage;
mod swap;
#[cfg(test)]
mod tests;

pub use error::OutputError;
pub use manifest::{Entry, Manifest};
pub use path::{OutPath, PathFault};
pub use stage::{Stage, Summary};
