//! The content folder as files with positions.
//!
//! [`World`] is the one door to the outside: [`Disk`] opens it to a folder, [`Memory`] to files
//! held by a test. [`walk`] lists a folder, [`read`] makes a file's bytes into [`Text`], and
//! [`yaml`] and [`csv`] make text into nodes with spans.

pub mod csv;
mod files;
pub(crate) mod named;
pub(crate) mod names;
mod path;
mod read;
pub(crate) mod reader;
mod text;
pub mod toml;
mod walk;
mod world;
pub mod yaml;

pub use files::{Changes, File, Files, Seen, Survey};
pub use names::is_litter;
pub use path::SitePath;
pub use read::{MAX_FILE, read, read_yaml};
pub use text::{Span, Text};
pub(crate) use walk::unreadable;
pub use walk::{Folder, walk};
pub use world::{Disk, Entry, EntryKind, Memory, Stamp, World};
