//! One file of the output: [`Artifact`], and what is said of it.
//!
//! An artifact is a plan, not bytes. A kind makes it in `plan`, the build compares the fingerprints
//! of its [`reads`](Artifact::reads) with those of the last build, and only then the same kind's
//! `make` turns it into bytes. What a page of honours may look like:
//!
//! ```text
//! path      kaixuan/yixin/honors/2024/
//! subject   Records(kaixuan/yixin, honors, Year(2024))
//! language  zh-CN
//! reads     Theme, Site, Today, Routes, Lists(…), Place(…), Collection(honors), Records(…), Own(…)
//! source    content/kaixuan/yixin/honors.yaml
//! ```

use std::{borrow::Cow, fmt, io::Read as _, sync::Arc};

use flate2::read::ZlibDecoder;

use crate::{
    artifact::{ListPart, Read, data::DataPart},
    diagnostic::{Code, Diagnostic, Location},
    scan,
    schema::{CollectionId, PlaceId, catalog::LooseId, notice::NoticeId},
};

/// One file of the output.
#[derive(Clone)]
pub struct Artifact {
    /// Its path below the portal's address: empty for the front page, `kaixuan/yixin/`, `404.html`.
    /// Not encoded. No two artifacts of a site have the same path, in capitals or not.
    pub path: String,
    /// What it is about. It tells `make` which page to build; the path is not parsed for that.
    pub subject: Subject,
    /// The language of its text, as `language` of `site.toml` gives it.
    pub language: Arc<str>,
    /// All that it is made from. The plan brings them in order, each once: [`super::View`] searches
    /// them.
    pub reads: Vec<Read>,
    /// The file or declaration that made it exist. Diagnostics of the artifact that have no better
    /// place point here.
    pub source: Location,
}

/// What an artifact is about. Indexes are those of the catalog, of the configuration and of the
/// theme.
///
/// An artifact is made by the kind that planned it, so `make` of each kind expects one variant and
/// returns an internal error for any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The portal as a whole.
    Portal,
    /// A place.
    Place(PlaceId),
    /// The records of a collection at a place, or a part of them. A record set has an artifact for
    /// each part of its list.
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
    /// An image of the content folder, or a file that is attached to a text.
    File(LooseId),
    /// A smaller copy of an image, so many pixels wide.
    Copy(LooseId, u32),
    /// A static file of the theme, by its index among the theme's files.
    Asset(u32),
    /// A part of a whole, by its number: of the sitemap, of which `0` is `sitemap.xml` itself, of the
    /// index of the search, and of the index of pages by pinyin.
    Part(u32),
    /// A file of the data.
    Data(DataPart),
}

/// How the bytes of an artifact are searched for personal data.
///
/// The search is the last one before publication. It finds what a template or the conversion of
/// Markdown put on a page although no content file shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    /// As a reader of the page sees them: the text between the tags and what attributes show.
    Html,
    /// The texts of a drawing, or of other XML.
    Xml,
    /// As plain text that is compressed with zlib.
    Packed,
    /// As plain text, if they are valid UTF-8. Other bytes, such as fonts, are not searched.
    Text,
    /// As plain text whose long lines are folded, with CR, LF and a blank, or in which a line break
    /// is written as `\n`: calendars, and texts in JSON.
    Escaped,
    /// Not at all: they hold nothing that was not searched before, or no text, as images.
    Nothing,
}

impl Scan {
    /// The bytes of an artifact as they are searched. What cannot be unpacked is searched as it is.
    pub(crate) fn searched(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Packed => {
                let mut unpacked = Vec::new();
                let read = ZlibDecoder::new(bytes).read_to_end(&mut unpacked);
                read.map_or(Cow::Borrowed(bytes), |_| Cow::Owned(unpacked))
            }
            Self::Escaped => scan::unescaped(bytes),
            _ => Cow::Borrowed(bytes),
        }
    }
}

/// Why an artifact has no bytes.
#[derive(Debug)]
pub enum NotMade {
    /// For this reason, which is reported. With an error nothing is published.
    Wrong(Box<Diagnostic>),
    /// A file that it is made from was written meanwhile: what was read before does not belong
    /// together, so the build has to begin anew.
    Torn,
}

impl From<Diagnostic> for NotMade {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Wrong(Box::new(diagnostic))
    }
}

impl Artifact {
    /// It goes through the records of a place and of all places in it.
    pub(crate) fn reads_widely(&self) -> bool {
        self.reads.iter().any(|read| matches!(read, Read::AllRecords(..)))
    }

    /// An internal error: the artifact was planned by another kind than it is made by.
    ///
    /// The user sees "internal error", the artifact and its subject, and is asked to report it.
    pub(crate) fn unexpected(&self) -> NotMade {
        Diagnostic::error(Code::Internal, self.source.clone())
            .arg("reason", format!("{self:?} is about {:?}", self.subject))
            .help("report")
            .into()
    }

    /// Its file in the output folder: a path that is empty or ends with a slash is a folder's
    /// `index.html`.
    ///
    /// | path | file |
    /// | --- | --- |
    /// | (empty) | `index.html` |
    /// | `kaixuan/honors/` | `kaixuan/honors/index.html` |
    /// | `404.html` | `404.html` |
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
