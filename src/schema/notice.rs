//! Notices: Markdown articles with front matter.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    schema::{Moment, PlaceId, Posting},
    source::{SitePath, Text},
};

/// Which notice: its index among the portal's notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoticeId(pub u32);

/// A Markdown article of a place.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Notice {
    /// Where it is posted.
    pub place: PlaceId,
    /// Its name in the address: that of its file, or of its folder.
    pub slug: String,
    /// The file.
    pub file: SitePath,
    /// Its title.
    pub title: String,
    /// The day it was posted.
    pub date: Date,
    /// The section it belongs to, by id.
    pub section: Option<String>,
    /// The last day it is posted.
    pub until: Option<Date>,
    /// It stands before the others.
    pub pinned: bool,
    /// Who wrote it, if not the place.
    pub source: Option<String>,
    /// Its number as a document: 宽社〔2026〕3号.
    pub number: Option<String>,
    /// The day it was last corrected.
    pub updated: Option<Date>,
    /// What was corrected.
    pub change: Option<String>,
    /// When that happens which it announces.
    pub happens: Option<Moment>,
    /// It stands before all others, until its last day.
    pub urgent: bool,
    /// What it is about, in a few words each.
    pub tags: Vec<String>,
    /// Which attached files somebody looked at, as the program cannot; nothing if nobody did.
    pub checked: Option<CheckedFiles>,
    /// When it may be published.
    pub posting: Posting,
}

/// The name of a notice in its address: that of its file, or of its folder for an `index.md`.
pub(crate) fn slug(file: &SitePath) -> String {
    let folder = file.parent();
    let is_named_after_folder = file.name() == "index.md" && folder.name() != "notices";
    if is_named_after_folder { folder.name().to_owned() } else { file.stem().to_owned() }
}

impl Notice {
    /// The texts of its front matter that readers see, but for the title.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let one = [&mut self.source, &mut self.number, &mut self.change];
        one.into_iter().flatten().chain(&mut self.tags)
    }
}

/// Files that somebody looked at before they were attached.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckedFiles {
    /// Who did.
    pub by: String,
    /// When.
    pub on: Date,
    /// The files, each with its [`short_fingerprint`](crate::attachment::short_fingerprint) among
    /// its words.
    pub files: Vec<String>,
}

impl CheckedFiles {
    /// The file with that fingerprint is among them.
    pub fn has(&self, fingerprint: &str) -> bool {
        let is_apart = |it: char| !it.is_ascii_alphanumeric();
        let mut words = self.files.iter().flat_map(|file| file.split(is_apart));
        words.any(|word| word.eq_ignore_ascii_case(fingerprint))
    }
}

/// What a notice says.
#[derive(Debug, Clone)]
pub struct Article {
    /// The whole file; the front matter is blank to the reader of the body.
    pub text: Text,
    /// Where in the file the body begins, in bytes.
    pub body: usize,
}

impl Article {
    /// The Markdown after the front matter.
    pub fn body(&self) -> &str {
        &self.text.content[self.body..]
    }
}
