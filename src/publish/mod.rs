//! A finished output folder goes where residents read it.
//!
//! `send` compares what a target is known to hold with the new site, and does what differs, in an
//! order that keeps two promises at every moment, whatever ends the process:
//!
//! - what was withdrawn goes first, and nothing of it comes back;
//! - no page is there without the theme files that it was made for.
//!
//! | step | what is done | if it fails |
//! | --- | --- | --- |
//! | gone | files that the site no longer has are deleted, but for those of the theme | the run ends |
//! | less | changed files that no longer say something, but for pages, are replaced | the run ends |
//! | theme | new and changed files of the theme are put | the run ends |
//! | less | changed pages that no longer say something are replaced | the run ends |
//! | new | new files: pictures and data, then pages | the run ends |
//! | changed | all other changed files, the deepest first | the run ends |
//! | entrance | the front page, the sitemap, the manifest of the search | the run ends |
//! | rest | files of the theme that no page of the last builds needs are deleted | |
//!
//! A target that changes all at once (`Target::is_whole`) needs no order: the new site is put
//! together beside the old one, and takes its place in one step.
//!
//! | file | what it has |
//! | --- | --- |
//! | `target.rs` | what a target can do: the trait [`Target`] |
//! | `folder.rs` | a folder of the file system |
//! | `git.rs` | a branch of a repository |
//! | `sftp.rs` | a folder of a server |
//! | `s3/` | a bucket of whatever speaks S3, with the feature `publish-s3` |
//! | `plan.rs` | the steps, from what is there and what shall be |
//! | `losses.rs` | which changed files no longer say something |
//! | `known.rs` | what a target is known to hold, as a file |
//! | `lock.rs`, `holder.rs` | one publisher at a time, and who it is |
//! | `kept.rs` | earlier builds, and what of them may come back |
//!
//! What a target holds is known from a file beside it, never from listing it. Before the first
//! change that file says which paths are about to change; so whoever comes after a run that was
//! killed knows of which files nothing is known, and puts or deletes these again.

mod error;
mod folder;
mod git;
mod holder;
mod kept;
mod known;
mod lock;
mod losses;
mod plan;
#[cfg(feature = "publish-s3")]
mod s3;
mod send;
mod sftp;
mod target;
#[cfg(test)]
mod tests;

pub use error::{KeysFault, PublishError, StoreFault};
pub use folder::FolderTarget;
pub use git::GitTarget;
pub use holder::Holder;
pub use kept::{Kept, KeptBuild, Restored, Today};
pub use known::Known;
pub use plan::{Action, Plan, Reason, Step};
#[cfg(feature = "publish-s3")]
pub use s3::S3Target;
pub use send::{Sent, Shipment, Watcher, look, send};
pub use sftp::SftpTarget;
pub use target::{Target, Verified};
