//! The files of the output: which there are, what each reads, and how its bytes are made.
//!
//! Everything in the output is an [`Artifact`] of a [`ArtifactKind`]. A kind is one file of this
//! folder, with `plan` and `make` side by side, and one line in [`KINDS`]. While it makes an
//! artifact it sees the portal through a [`View`] alone, which notes what the artifact reads
//! without having declared it. What was made is a [`Row`] of the [`Table`], from which the next
//! build knows what it need not make again. `page/` has what kinds of pages share.
//!
//! The way of an artifact through this folder:
//!
//! | step | where | from | to |
//! | --- | --- | --- | --- |
//! | 1. plan | `plan.rs`, `plan` of each kind | [`Sources`] | [`Plan`]: artifacts and their reads |
//! | 2. compare | `reads.rs`, `row.rs` | fingerprints | which artifacts have to be made |
//! | 3. make | `make` of the kind, `page/` | a [`View`] | bytes |
//! | 4. remember | `table.rs` | bytes that were written | a row of the [`Table`] |
//! | 5. derive | kinds that are derived | the table | images, sitemap, index of the search, as in 1 to 4 |
//!
//! Steps 1 and 2 cost an edit only the places that it touches: a place whose fingerprint is the
//! same is not planned, and neither are the places in it. `build/make.rs` drives steps 2 to 5; this
//! folder writes no file.
//!
//! Three invariants hold. An artifact that reads something undeclared is not published. No two
//! artifacts have the same path. Planning never reads a record or an article.

mod address;
mod agenda;
mod ahead;
#[expect(clippy::module_inception, reason = "an artifact is what this folder is about")]
mod artifact;
mod asset;
mod attachment;
mod calendar;
mod copies;
mod data;
mod directory;
mod feed;
mod hosting;
mod icon;
mod image;
mod inherited;
mod inspection;
mod kind;
mod lasting;
mod list;
mod loose;
mod manifest;
mod menu;
mod month;
mod named;
mod not_found;
mod notice;
mod notice_list;
mod page;
mod parts;
mod place;
mod plain;
pub mod plan;
mod reachable;
mod read;
mod reads;
mod record;
mod redirect;
mod reference;
mod registry;
mod robots;
mod root_file;
mod row;
mod search;
mod section;
mod security;
mod sitemap;
mod sources;
mod statement;
mod structured;
mod style_guide;
mod subscribe;
mod subtree;
mod table;
mod urgent;
mod view;

pub use address::{Routes, encode};
pub use artifact::{Artifact, NotMade, Scan, Subject};
pub(crate) use calendar::Lines as CalendarLines;
pub use data::{DataFormat, DataPart, DataScope, changed_columns};
pub use inspection::Inspections;
pub use kind::{ArtifactKind, Repeat};
pub use page::{SharedValues, renderer};
pub use parts::ListPart;
pub use plan::{Plan, Planned, PlannedArtifact};
pub use read::Read;
pub use reads::Reads;
pub use registry::KINDS;
pub use row::{Bundle, ContentLink, Lead, LinkTarget, RebuildReason, Row};
pub(crate) use search::KnownFiles;
pub use search::{KnownSearch, SearchIndex};
pub use sources::Sources;
pub(crate) use table::Rest;
pub use table::{PlaceArtifacts, Table};
pub use view::{MakingNotes, View};
