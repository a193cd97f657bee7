//! What all kinds of pages link to, and the objection periods of records and notices.

use serde::Serialize;
use tera::Value;

serialised!(
    Link,
    Image,
    LastingLink,
    PlaceLink,
    Part,
    Objection,
    Referrers,
    PlaceEntry,
    TitleEntry
);

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// An image of the content folder.
#[derive(Debug, Clone, Serialize)]
pub struct Image {
    /// Words for those who do not see it; may be empty.
    pub title: String,
    /// The address of its largest copy.
    pub url: String,
    /// How wide that is, in pixels; 0 if it is not known.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// The addresses of all copies, as the attribute `srcset` wants them; empty if there is one.
    pub srcset: String,
    /// It is not the first image of its page: it need not be loaded before it comes into view.
    pub lazy: bool,
}

/// A lasting page in a menu.
#[derive(Debug, Clone, Serialize)]
pub struct LastingLink {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The section it belongs to, by id; empty if none.
    pub section: String,
    /// What its place is called, in a menu of several places; else empty.
    pub place: String,
}

/// A place in a few words.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceLink {
    /// What it is called.
    pub name: String,
    /// The id of its level: `community`.
    pub level: String,
    /// The word for its level: `社区`.
    pub level_label: String,
    /// Its page.
    pub url: String,
    /// Its office's address; empty if not given.
    pub address: String,
    /// Its telephone; empty if not given.
    pub phone: String,
    /// Its office hours; empty if not given.
    pub hours: String,
}

/// A place in an index, with its lists.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceEntry {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its lists.
    pub lists: Vec<Link>,
}

/// A page in an index.
#[derive(Debug, Clone, Serialize)]
pub struct TitleEntry {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The name of its place.
    pub place: String,
    /// The day that it is of, `2026-03-05`; empty if it is of none.
    pub date: String,
}

/// The days on which anybody may object to what is posted (公示期).
#[derive(Debug, Clone, Serialize)]
pub struct Objection {
    /// `open` on these days, before them `early`, after them `over`.
    pub state: &'static str,
    /// The first of them; empty if they begin as soon as it is posted.
    pub from: String,
    /// The last of them.
    pub until: String,
    /// What a reader has to do; may be empty.
    pub how: String,
    /// Whom to call; may be empty.
    pub phone: String,
    /// What it is called once they are over: `已确认`; may be empty.
    pub outcome: String,
}

/// A page among the pages of one list, or several that a page does not link one by one.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// What it holds: a year, or a number; `…` for several pages.
    pub title: String,
    /// Its address; of several pages that of the one in the middle.
    pub url: String,
    /// It is this page.
    pub current: bool,
    /// It stands for several pages, which have no links of their own here.
    pub gap: bool,
}

/// The records that refer to one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Referrers {
    /// The latest of them; at most so many as fit a page.
    pub records: Vec<Referrer>,
    /// How many there are.
    pub count: usize,
    /// The lists that have the others; none if all are shown.
    pub more: Vec<Link>,
}

/// A record that refers to another.
#[derive(Debug, Clone, Serialize)]
pub struct Referrer {
    /// What it is called.
    pub title: String,
    /// What its list is called.
    pub collection: String,
    /// When it happens: `2026-03-05` or `2026-03`; empty if it has no date.
    pub date: String,
    /// The place that has it; empty if that is the place of the page.
    pub place: String,
    /// Its page, or the list that shows it.
    pub url: String,
}
