//! Which pages exist, and what each reads.
//!
//! [`plan`] goes over the public portal once. A [`Page`] is a kind with the ids it is about and
//! the list of its [`Read`]s; what it looks like is the business of `render`, which sees the reads
//! and nothing else.

mod bundle;
pub(crate) mod image;
mod kept;
pub(crate) mod page;
mod parts;
mod plan;
mod prints;
mod routes;
pub mod view;

pub use bundle::{Bundle, Link, Made, Why};
pub use kept::{Kept, Renewed};
pub use parts::{Part, parts_of, parts_of_years};
pub use plan::{Pages, Plan, Planned, Sources, pages_of, plan, record_location, record_path};
pub use prints::Prints;
pub use routes::{Routes, encode};

use crate::{
    diagnostic::Location,
    schema::{CollectionId, PlaceId, notice::NoticeId},
};

/// One output file of HTML.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its path below the portal's address: empty for the front page, `kaixuan/yixin/`, `404.html`.
    pub path: String,
    /// What it is about.
    pub kind: Kind,
    /// All that it is made from, in order, each once.
    pub reads: Vec<Read>,
    /// What made it exist.
    pub source: Location,
}

impl Page {
    /// Its file in the output folder.
    pub fn file(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }
}

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The portal's front page.
    Home,
    /// A place.
    Place(PlaceId),
    /// The records of a collection at a place, or a part of them.
    Collection(PlaceId, CollectionId, Part),
    /// A collection over a place and all places that lie in it.
    Subtree(PlaceId, CollectionId),
    /// One record, by its index in the set.
    Record(PlaceId, CollectionId, u32),
    /// A section, by its index in the configuration.
    Section(usize),
    /// A notice.
    Notice(NoticeId),
    /// The notices of a place, or a part of them.
    Notices(PlaceId, Part),
    /// The notices of a place and all places that lie in it, or a part of them.
    AllNotices(PlaceId, Part),
    /// For addresses that do not exist.
    NotFound,
}

/// Something that a page is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// `site.toml`.
    Site,
    /// The day of the build.
    Today,
    /// Where the files are published that its texts link to.
    Routes,
    /// Which lists a place has.
    Lists(PlaceId),
    /// What a place says of itself.
    Place(PlaceId),
    /// A declaration.
    Collection(CollectionId),
    /// A record set.
    Records(PlaceId, CollectionId),
    /// One record of a set, by its index.
    Record(PlaceId, CollectionId, u32),
    /// The figures of a record set.
    Own(PlaceId, CollectionId),
    /// The figures of a place and all places that lie in it.
    Total(PlaceId, CollectionId),
    /// The next and the latest records of a place and all places that lie in it.
    Listing(PlaceId, CollectionId),
    /// The titles of a place's notices.
    Notices(PlaceId),
    /// The titles of the notices of a place and all places that lie in it.
    AllNotices(PlaceId),
    /// The text of a notice.
    Notice(NoticeId),
}
