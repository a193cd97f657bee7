//! One file of the output.

use std::{fmt, sync::Arc};

use crate::{
    artifact::{ListPart, Read},
    diagnostic::{Code, Diagnostic, Location},
    schema::{CollectionId, PlaceId, catalog::ImageId, notice::NoticeId},
};

/// One file of the output.
#[derive(Clone)]
pub struct Artifact {
    /// Its path below the portal's address: empty for the front page, `kaixuan/yixin/`, `404.html`.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
    /// The language of its text.
    pub language: Arc<str>,
    /// All that it is made from, in order, each once.
    pub reads: Vec<Read>,
    /// What made it exist.
    pub source: Location,
}

/// What an artifact is about. Indexes are those of the catalog, of the configuration and of the
/// theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The portal as a whole.
    Portal,
    /// A place.
    Place(PlaceId),
    /// The records of a collection at a place, or a part of them.
    Records(PlaceId, CollectionId, ListPart),
    /// A collection over a place and all places in it.
    Subtree(PlaceId, CollectionId),
    /// One record of a set, by its index.
    Record(PlaceId, CollectionId, u32),
    /// A section, by its index.
    Section(u32),
    /// A notice.
    Notice(NoticeId),
    /// The notices of a place, or a part of them.
    Notices(PlaceId, ListPart),
    /// The notices of a place and all places in it, or a part of them.
    AllNotices(PlaceId, ListPart),
    /// An image of the content folder.
    Image(ImageId),
    /// A static file of the theme, by its index among the theme's files.
    Asset(u32),
    /// A part of a file that is too long for one, by its number.
    Part(u32),
}

/// How the bytes of an artifact are searched for personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    /// As a reader of the page sees them.
    Html,
    /// As plain text, if they are text.
    Text,
    /// Not at all: they hold nothing that was not searched before.
    Nothing,
}

/// Why an artifact has no bytes.
#[derive(Debug)]
pub enum NotMade {
    /// For this reason.
    Wrong(Box<Diagnostic>),
    /// A file that it is made from was written meanwhile: the build has to begin anew.
    Torn,
}

impl From<Diagnostic> for NotMade {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Wrong(Box::new(diagnostic))
    }
}

impl Artifact {
    /// An internal error: the artifact was planned by another kind than it is made by.
    pub(crate) fn unexpected(&self) -> NotMade {
        Diagnostic::error(Code::Internal, self.source.clone())
            .arg("reason", format!("{self:?} is about {:?}", self.subject))
            .help("report")
            .into()
    }

    /// Its file in the output folder.
    pub fn file(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }
}

impl fmt::Debug for Artifact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.path)
    }
}
