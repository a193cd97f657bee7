//! The files of the output: which there are, what each reads, and how its bytes are made.
//!
//! Everything in the output is an [`Artifact`] of a [`ArtifactKind`]. A kind is one file of this
//! folder, with `plan` and `make` side by side, and one line in [`KINDS`]. While it makes an
//! artifact it sees the portal through a [`View`] alone, which notes what the artifact reads
//! without having declared it. What was made is a [`Row`] of the [`Table`], from which the next
//! build knows what it need not make again. `page/` has what kinds of pages share.

mod address;
#[expect(clippy::module_inception, reason = "an artifact is what this folder is about")]
mod artifact;
mod asset;
mod image;
mod kind;
mod list;
mod not_found;
mod notice;
mod notice_list;
mod page;
mod parts;
mod place;
pub mod plan;
mod read;
mod reads;
mod record;
mod registry;
mod row;
mod section;
mod sitemap;
mod sources;
mod subtree;
mod table;
mod view;

pub use address::{Routes, encode};
pub use artifact::{Artifact, NotMade, Scan, Subject};
pub use kind::ArtifactKind;
pub use page::renderer;
pub use parts::ListPart;
pub use plan::{Plan, Planned, PlannedArtifact};
pub use read::Read;
pub use reads::Reads;
pub use registry::KINDS;
pub use row::{Bundle, ContentLink, RebuildReason, Row};
pub use sources::Sources;
pub(crate) use table::Rest;
pub use table::{PlaceArtifacts, Table};
pub use view::{MakingNotes, View};
