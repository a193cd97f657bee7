//! Diagnostics, as data.
//!
//! Every stage returns [`Checked`]: what it could make, and [`Diagnostic`]s. A
//! diagnostic holds no sentence: its [`Code`] names a message in `messages/LANGUAGE.ftl`, and its
//! arguments fill it. How it looks is decided in one file per format: [`human`] for a terminal,
//! [`json`], [`sarif`] and [`github`] for machines.

mod checked;
mod code;
mod data;
mod fix;
pub mod github;
pub mod human;
pub mod json;
mod language;
mod list;
mod location;
mod message;
mod nearest;
mod path;
#[cfg(test)]
mod samples;
pub mod sarif;

pub use checked::Checked;
pub use code::Code;
pub use data::{Diagnostic, Severity};
pub use fix::Replacement;
pub use language::{Language, UnknownLanguage};
pub use list::{MOST, add, by_code, count, enough, first, more, sort};
pub(crate) use location::column_letters;
pub use location::{Cell, Location, Position, Quote, Range};
pub use message::Messages;
pub use nearest::nearest;
pub(crate) use nearest::{slip, with_near};
pub use path::SitePath;
