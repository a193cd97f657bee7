//! What templates are given of notices.

use serde::Serialize;
use tera::Value;

use crate::render::context::links::{LastingLink, Link, Objection, Part, PlaceLink};

serialised!(NoticeLink, Happening);

/// When something happens: a day, days, or hours.
#[derive(Debug, Clone, Serialize)]
pub struct Happening {
    /// The first day: `2026-11-28`.
    pub date: String,
    /// From when in it: `08:00`; empty if all day.
    pub starts: String,
    /// The last day; empty if it is the first.
    pub until: String,
    /// Until when in it; empty if it is not said.
    pub ends: String,
    /// It happens today, or goes on.
    pub today: bool,
    /// It is over.
    pub past: bool,
}

/// A notice in a list.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeLink {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The day it was posted.
    pub date: String,
    /// The last day it is posted; empty if it stays.
    pub until: String,
    /// It stands before the others.
    pub pinned: bool,
    /// It stands before all others, and says so.
    pub urgent: bool,
    /// When that happens which it announces; else null.
    pub happens: Option<Happening>,
    /// The day it was last corrected; may be empty.
    pub updated: String,
    /// It may be objected to, or could have been; else null.
    pub objection: Option<Objection>,
    /// It is a draft, shown because drafts are.
    pub draft: bool,
    /// Its section's title; may be empty.
    pub section: String,
    /// Where it is posted.
    pub place: PlaceLink,
}

moved! {
    /// `notice.html`: a notice.
    pub struct NoticePage {
        /// The place.
        pub place: PlaceLink,
        /// Its title, dates and section.
        pub notice: NoticeLink,
        /// Who wrote it, if not the place; may be empty.
        pub source: String,
        /// Its number as a document; may be empty.
        pub number: String,
        /// What was corrected; may be empty.
        pub change: String,
        /// What it is about.
        pub tags: Vec<String>,
        /// Its text as HTML. Headings begin at the second level.
        pub content: Value,
        /// Its headings of the second level, when there are at least three: a table of contents.
        pub contents: Vec<Link>,
        /// The notice posted after this one at the same place.
        pub newer: Option<Link>,
        /// The notice posted before this one at the same place.
        pub older: Option<Link>,
        /// The list it belongs to; empty if there is none.
        pub list_url: String,
    }
}

moved! {
    /// `page.html`: a lasting page.
    pub struct LastingPage {
        /// The place.
        pub place: PlaceLink,
        /// Its title.
        pub title: String,
        /// The day it was last changed; may be empty.
        pub updated: String,
        /// Who wrote it, if not the place; may be empty.
        pub source: String,
        /// Its section's title; may be empty.
        pub section: String,
        /// It may be objected to, or could have been; else null.
        pub objection: Option<Objection>,
        /// It is a draft, shown because drafts are.
        pub draft: bool,
        /// Its text as HTML. Headings begin at the second level.
        pub content: Value,
        /// Its headings of the second level, when there are at least three: a table of contents.
        pub contents: Vec<Link>,
        /// The lasting pages of the place, in order, this one among them.
        pub menu: Vec<LastingLink>,
    }
}

moved! {
    /// `notices.html`: a list of notices.
    pub struct NoticesPage {
        /// The place.
        pub place: PlaceLink,
        /// The notices on this page, pinned ones first, then the latest.
        pub notices: Vec<NoticeLink>,
        /// The list holds the notices of all places that lie in it, too.
        pub subtree: bool,
        /// The list of this place alone, or of all places that lie in it; empty if there is none.
        pub other_url: String,
        /// Pages of this list, if it has more than one: the first, the last, those around this one.
        pub parts: Vec<Part>,
        /// The title of this part; empty on the first page.
        pub part: String,
    }
}
