//! The content folder as files with positions.
//!
//! [`World`] is the one door to the outside: [`Disk`] opens it to a folder, [`MemoryWorld`] to
//! files held by a test. [`walk`] lists a folder, [`read()`] makes a file's bytes into [`Text`], and
//! [`yaml`] and [`csv`] make text into nodes with spans.
//!
//! What stands where:
//!
//! | file | from → to |
//! | --- | --- |
//! | `world.rs` | the disk → names, stamps and bytes |
//! | `open.rs` | a name → an open file, or the error that there is none |
//! | `names.rs` | which names are passed over or refused |
//! | `folder.rs`, `tree.rs` | names and stamps → a [`Tree`], which shows what has changed |
//! | `read.rs`, `text.rs` | bytes → [`Text`]: UTF-8, with places for diagnostics |
//! | `refused.rs` | files that are too large or empty |
//! | `guard.rs` | what no text may hold: unseen characters, passwords in addresses |
//! | `workbook/` | bytes → a sheet as the text of a table |
//! | `yaml/`, `csv.rs`, `toml.rs` | text → nodes: scalars, lists, mappings, each with a [`Span`] |
//! | `reader.rs`, `named.rs` | nodes with known keys → values: `site.toml` and declarations |
//!
//! What the files mean is decided by `schema`: nothing here knows a place or a collection.

mod cell;
pub mod csv;
mod folder;
mod guard;
pub(crate) mod named;
pub(crate) mod names;
pub(crate) mod open;
mod read;
pub(crate) mod reader;
mod refused;
mod text;
pub mod toml;
mod tree;
pub(crate) mod workbook;
mod world;
pub mod yaml;

pub use crate::diagnostic::SitePath;
pub(crate) use cell::delimiter as table_delimiter;
pub use folder::{Folder, walk};
pub(crate) use folder::{now, unreadable};
pub use names::is_litter;
pub(crate) use names::{is_asked_for, is_litter_file, original};
pub use read::{read, read_if_there, read_yaml};
pub use refused::MAX_FILE;
pub(crate) use refused::empty;
pub use text::{Locator, Span, Text};
pub use tree::{CONTENT, Files, IMPORTS, Shape, THEMES, Tree, WORDING, WORDING_NAMES};
pub use world::{Disk, EntryKind, FolderEntry, MemoryWorld, Stamp, World};
