//! What files that are attached to a text say, so that it can be searched before they are published.
//!
//! [`look`] reads the bytes of a file by its [`AttachmentKind`]. The result is a text with the place
//! of each part of it in the file, and what of it readers do not see at once: hidden sheets,
//! comments, who wrote it. What cannot be looked into is said to be [`Opaque`]; somebody has to look
//! at such a file.
//!
//! ```text
//! docx, xlsx, pptx ──▶ archive ──▶ words, sheets, slides ─┐
//! odt, ods ──────────▶ archive ──▶ open_document ─────────┼──▶ Contents
//!                                  then rest              │
//! csv, txt ───────────────────────▶ plain ────────────────┘
//! ```
//!
//! What has cells is written by `table`, which also reads what fills several of them.

mod contents;
mod kind;
mod opaque;
mod open_document;
mod plain;
mod properties;
mod rest;
mod sheets;
mod slides;
mod table;
mod words;

#[cfg(test)]
mod tests;

use self::contents::Writer;
pub use self::{
    contents::{Contents, Passage, Trace},
    kind::AttachmentKind,
    opaque::Opaque,
};
use crate::package::archive::Archive;

/// The first digits of the hash of a file's bytes. Whoever writes them down says that it is this file
/// they looked at, and not what it is after the next edit.
pub fn short_fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(8).collect()
}

/// Reads what a file says. `name` is what it is called, without its extension: a list often says only
/// there what it is a list of.
///
/// # Errors
///
/// Returns why it cannot be known. Costs at most the reading of what `archive.rs` unfolds,
/// whatever the bytes are.
pub fn look(kind: AttachmentKind, name: &str, bytes: &[u8]) -> Result<Contents, Opaque> {
    let mut writer = Writer::new(name);
    match kind {
        AttachmentKind::Txt => plain::lines(bytes, &mut writer)?,
        AttachmentKind::Csv => plain::rows(bytes, &mut writer)?,
        AttachmentKind::Docx => document(bytes, words::read, &mut writer)?,
        AttachmentKind::Xlsx => document(bytes, sheets::read, &mut writer)?,
        AttachmentKind::Pptx => document(bytes, slides::read, &mut writer)?,
        AttachmentKind::Odt | AttachmentKind::Ods => {
            document(bytes, open_document::read, &mut writer)?;
        }
        AttachmentKind::Zip => return Err(Opaque::Archive),
        _ => return Err(Opaque::Kind),
    }
    writer.finish()
}

/// What a text says, line by line. `name` is what its file is called, without its extension.
///
/// # Errors
///
/// Returns that there is too much of it.
pub fn text(name: &str, text: &str) -> Result<Contents, Opaque> {
    let mut writer = Writer::new(name);
    plain::write_lines(text, &mut writer);
    writer.finish()
}

/// Reads the parts of a document: those that its reader knows, then all others.
fn document(
    bytes: &[u8],
    read: fn(&mut Archive<'_>, &mut Writer) -> Result<(), Opaque>,
    writer: &mut Writer,
) -> Result<(), Opaque> {
    let mut archive = Archive::open(bytes)?;
    read(&mut archive, writer)?;
    rest::read(&mut archive, writer)
}
