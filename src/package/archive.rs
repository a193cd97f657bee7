//! The files within a document, which is a ZIP archive, within bounds.
//!
//! A few thousand bytes can unfold to any size. So no more than [`MOST_BYTES`] are unfolded of one
//! document, in no more than [`MOST_FILES`] files, whatever the archive says of itself.

use std::{
    collections::HashSet,
    io::{Cursor, Read as _},
};

use zip::ZipArchive;

use crate::package::BrokenPackage;

/// The most bytes that are unfolded of one document. Sheets with a hundred thousand rows have less.
const MOST_BYTES: u64 = 96 << 20;

/// The most files that a document is made of.
const MOST_FILES: usize = 4096;

/// A document as an archive.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unfolded.
    left: u64,
    /// The names of the files that were read.
    read: HashSet<String>,
}

impl<'b> Archive<'b> {
    /// Opens a document. One that is locked by a password is no archive.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, BrokenPackage> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BrokenPackage::Damaged)?;
        if zip.len() > MOST_FILES {
            return Err(BrokenPackage::TooMuch);
        }
        Ok(Self { zip, left: MOST_BYTES, read: HashSet::new() })
    }

    /// The names of its files that begin and end like this, sorted.
    pub(crate) fn names(&self, begin: &str, end: &str) -> Vec<String> {
        let names = self.zip.file_names().flatten();
        let names = names.filter(|it| it.starts_with(begin) && it.ends_with(end));
        let mut names: Vec<String> = names.map(Into::into).collect();
        // Numbers in order: `slide10.xml` comes behind `slide9.xml`.
        names.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        names
    }

    /// There is a file of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of a file; nothing if there is none of that name. Reading one again is not counted.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, BrokenPackage> {
        if self.zip.index_for_name(name).is_none() {
            return Ok(None);
        }
        let is_new = self.read.insert(name.to_owned());
        let file = self.zip.by_name(name).map_err(|_| BrokenPackage::Damaged)?;
        let mut text = Vec::new();
        let limit = if is_new { self.left + 1 } else { MOST_BYTES };
        let read = file.take(limit).read_to_end(&mut text);
        let length = read.map_err(|_| BrokenPackage::Damaged)? as u64;
        let counted = if is_new { length } else { 0 };
        self.left = self.left.checked_sub(counted).ok_or(BrokenPackage::TooMuch)?;
        String::from_utf8(text).map(Some).map_err(|_| BrokenPackage::Damaged)
    }

    /// Somebody asked for the file.
    pub(crate) fn was_read(&self, name: &str) -> bool {
        self.read.contains(name)
    }

    /// All files, by their names and sizes as the archive says them.
    pub(crate) fn files(&mut self) -> Vec<(String, u64)> {
        let files = (0..self.zip.len()).filter_map(|index| {
            let file = self.zip.by_index_raw(index).ok()?;
            Some((file.name().ok()?.into_owned(), file.size()))
        });
        files.collect()
    }

    /// The text of a file without which the document is none.
    pub(crate) fn required(&mut self, name: &str) -> Result<String, BrokenPackage> {
        self.text(name)?.ok_or(BrokenPackage::Damaged)
    }
}
