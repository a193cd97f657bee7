//! The content folder as files with positions.
//!
//! [`World`] is the one door to the outside: [`Disk`] opens it to a folder, [`MemoryWorld`] to
//! files held by a test. [`walk`] lists a folder, [`read()`] makes a file's bytes into [`Text`], and
//! [`yaml`] and [`csv`] make text into nodes with spans.

pub mod csv;
mod folder;
pub(crate) mod named;
pub(crate) mod names;
mod read;
pub(crate) mod reader;
mod text;
pub mod toml;
mod tree;
mod world;
pub mod yaml;

pub use crate::diagnostic::SitePath;
pub(crate) use folder::unreadable;
pub use folder::{Folder, walk};
pub use names::is_litter;
pub use read::{MAX_FILE, read, read_yaml};
pub use text::{Span, Text};
pub use tree::{CONTENT, Files, THEMES, Tree};
pub use world::{Disk, EntryKind, FolderEntry, MemoryWorld, Stamp, World};
