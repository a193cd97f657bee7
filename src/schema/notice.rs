//! Notices and lasting pages: Markdown articles with front matter.
//!
//! A lasting page says what holds until somebody changes it: what an office does, how to apply. It
//! is read, disclosed and searched as a notice is, and differs in where it is shown: in the menu of
//! its place, under an address of its own, and in no list by day.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    schema::{Moment, PlaceId, Posting},
    source::{SitePath, Text},
};

/// The folder of a place's notices.
pub(crate) const NOTICES: &str = "notices";

/// Which notice or lasting page: its index among the portal's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoticeId(pub u32);

/// A Markdown article of a place: a notice, or a lasting page.
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
    /// Whether it is of a day, or lasting.
    pub kind: ArticleKind,
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

/// What an article of a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArticleKind {
    /// A notice, posted on that day.
    Notice(Date),
    /// A lasting page. Those with the smallest number come first in the menu, those without one
    /// last.
    Page(Option<i64>),
}

/// The name of a notice or lasting page in its address: that of its file, or of its folder for an
/// `index.md`.
pub(crate) fn slug(file: &SitePath) -> String {
    let folder = file.parent();
    let is_named_after_folder = file.name() == "index.md" && folder.name() != NOTICES;
    if is_named_after_folder { folder.name().to_owned() } else { file.stem().to_owned() }
}

/// The file is a lasting page's: no folder of notices is above it.
pub(crate) fn is_page(file: &SitePath) -> bool {
    !file.parent().as_str().split('/').any(|folder| folder == NOTICES)
}

impl Notice {
    /// The day it was posted; none of a lasting page.
    pub fn date(&self) -> Option<Date> {
        match self.kind {
            ArticleKind::Notice(date) => Some(date),
            ArticleKind::Page(_) => None,
        }
    }

    /// It is a lasting page.
    pub fn is_page(&self) -> bool {
        matches!(self.kind, ArticleKind::Page(_))
    }

    /// It says when something happens, or until when anybody may object.
    pub fn has_time(&self) -> bool {
        self.happens.is_some() || self.posting.objection.is_some()
    }

    /// The place of a lasting page in the menu, if it has a number.
    pub fn order(&self) -> Option<i64> {
        match self.kind {
            ArticleKind::Notice(_) => None,
            ArticleKind::Page(order) => order,
        }
    }

    /// The path of its page below that of its place: `notices/2026-03-02-water/`, or `about/`.
    pub fn path(&self) -> String {
        self.path_as(&self.slug)
    }

    /// The path that it would have if it did not choose its name.
    pub(crate) fn former(&self) -> String {
        self.path_as(&slug(&self.file))
    }

    fn path_as(&self, slug: &str) -> String {
        match self.kind {
            ArticleKind::Notice(_) => format!("{NOTICES}/{slug}/"),
            ArticleKind::Page(_) => format!("{slug}/"),
        }
    }

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
    /// The first words of the body, once it was parsed: each feed that has the notice asks for them.
    pub first_words: OnceLock<String>,
}

impl Article {
    /// The Markdown after the front matter.
    pub fn body(&self) -> &str {
        &self.text.content[self.body..]
    }
}
