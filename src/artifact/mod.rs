//! The files of the output: which there are, what each reads, and how its bytes are made.
//!
//! Everything in the output is an [`Artifact`] of a [`Kind`]. A kind is one file of this folder, with
//! `plan` and `make` side by side, and one line in [`KINDS`]. While it makes an artifact it sees the
//! portal through a [`View`] alone, which notes what the artifact reads without having declared it.
//! What was made is a [`Row`] of the [`Table`], which tells the next build what it need not make
//! again. `page/` has what kinds of pages share.

mod address;
mod asset;
mod image;
mod list;
mod not_found;
mod notice;
mod notice_list;
mod page;
mod parts;
mod place;
pub mod plan;
mod reads;
mod record;
mod row;
mod section;
mod sitemap;
mod subtree;
mod table;
mod view;

use std::{borrow::Cow, fmt, sync::Arc};

pub use address::{Routes, encode};
pub use page::renderer;
pub use parts::Part;
pub use plan::{Plan, Planned, Sources};
pub use reads::{Read, Reads};
pub use row::{Bundle, Link, Row, Why};
pub(crate) use table::Rest;
pub use table::{PlaceArtifacts, Table};
pub use view::{Notes, View};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    schema::{CollectionId, PlaceId, catalog::ImageId, notice::NoticeId},
};

/// The kinds of artifacts, in the order in which they are planned.
pub static KINDS: &[&dyn Kind] = &[
    &place::Places,
    &list::Lists,
    &record::Records,
    &subtree::Subtrees,
    &notice::Notices,
    &notice_list::NoticeLists,
    &section::Sections,
    &not_found::NotFound,
    &asset::Assets,
    &image::Images,
    &sitemap::Sitemap,
];

/// One file of the output.
#[derive(Clone)]
pub struct Artifact {
    /// How it is made.
    pub kind: &'static dyn Kind,
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

/// A kind of artifacts.
pub trait Kind: Sync {
    /// Its name: the key that switches it in `[outputs]` of `site.toml`, if it [can be
    /// switched](Self::is_optional).
    fn name(&self) -> &'static str;

    /// The artifacts of a place, or of the portal as a whole. Their reads need be in no order.
    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact>;

    /// Makes the bytes of an artifact from what the view shows.
    ///
    /// # Errors
    ///
    /// Returns why there are none: a diagnostic about the user's files, or the need to begin anew.
    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade>;

    /// How its bytes are searched for personal data.
    fn scan(&self) -> Scan {
        Scan::Html
    }

    /// It can be switched in `[outputs]` of `site.toml`.
    fn is_optional(&self) -> bool {
        false
    }

    /// It completes or lists other artifacts: it is planned for the portal as a whole, after all
    /// others were made.
    fn is_derived(&self) -> bool {
        false
    }
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
    Records(PlaceId, CollectionId, Part),
    /// A collection over a place and all places in it.
    Subtree(PlaceId, CollectionId),
    /// One record of a set, by its index.
    Record(PlaceId, CollectionId, u32),
    /// A section, by its index.
    Section(u32),
    /// A notice.
    Notice(NoticeId),
    /// The notices of a place, or a part of them.
    Notices(PlaceId, Part),
    /// The notices of a place and all places in it, or a part of them.
    AllNotices(PlaceId, Part),
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

    /// It is a page of HTML.
    pub fn is_page(&self) -> bool {
        self.kind.scan() == Scan::Html
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
        write!(f, "{} {:?}", self.kind.name(), self.path)
    }
}
