//! What artifacts are made from: [`Read`], the unit in which dependencies are declared.
//!
//! Each variant names a value that has a fingerprint of its own (`reads.rs`) and a method of the
//! view that returns it (`view.rs`). A finer unit makes fewer pages again, but costs a fingerprint
//! for each value.

use crate::schema::{CollectionId, PlaceId, catalog::LooseId, notice::NoticeId};

/// Something that an artifact is made from.
///
/// The order of variants is that of the reads of an artifact, and has no other meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// The theme, with what every page shows of the portal.
    Theme,
    /// `site.toml`.
    Site,
    /// The day of the build. It has no fingerprint: the artifact's clock knows when an answer
    /// changes.
    Today,
    /// Where the files are published that its texts link to. It has no fingerprint: each link of an
    /// artifact is kept and compared.
    Routes,
    /// Which lists a place has.
    Lists(PlaceId),
    /// What a place says of itself. Its own `place.yaml`, which places lie in it, and how many.
    Place(PlaceId),
    /// A declaration.
    Collection(CollectionId),
    /// A record set.
    Records(PlaceId, CollectionId),
    /// One record of a set, by its index.
    Record(PlaceId, CollectionId, u32),
    /// The figures of a record set.
    Own(PlaceId, CollectionId),
    /// The figures of a place and all places in it.
    Total(PlaceId, CollectionId),
    /// The next and the latest records of a place and all places in it.
    Listing(PlaceId, CollectionId),
    /// The records of a collection at all places.
    AllRecords(PlaceId, CollectionId),
    /// What all places say of themselves.
    AllPlaces,
    /// The titles of a place's notices. With all that a list shows of them, such as date and
    /// section.
    Notices(PlaceId),
    /// The titles of the notices of a place and all places in it.
    AllNotices(PlaceId),
    /// The titles of the notices of a place and all places in it that have a time.
    Happening(PlaceId),
    /// The titles of a place's notices that the places in it may show: the first of them, and those that
    /// have a time.
    Headlines(PlaceId),
    /// What is ahead in a record set, and whether there is one.
    Ahead(PlaceId, CollectionId),
    /// What a place puts on calendars: records and notices that happen, and whom to ask.
    Agenda(PlaceId),
    /// The text of a notice.
    Notice(NoticeId),
    /// The addresses of all pages.
    Pages,
    /// An image of the content folder, or a file that is attached to a text.
    File(LooseId),
    /// A file of the index of the search, by its index.
    Search(u32),
    /// The letters under which pages have titles.
    Letters,
    /// The titles of pages under a letter.
    Letter(u8),
    /// The words that texts must not say.
    Wording,
    /// A static file of the theme, by its index among the theme's files.
    Asset(u32),
}
