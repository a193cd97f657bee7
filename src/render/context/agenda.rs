//! What is ahead at a place, by day, and what is urgent.

use serde::Serialize;
use tera::Value;

use crate::render::context::{links::PlaceLink, notices::NoticeLink};

serialised!(Month);

moved! {
    /// A day, and what happens on it.
    pub struct AgendaDay {
        /// The day: `2026-11-28`.
        pub date: String,
        /// What happens; may be empty. What goes on for several days is given today and tomorrow, and
        /// else on its first day.
        pub coming: Vec<Coming>,
        /// How many more things happen.
        pub more: usize,
    }
}

moved! {
    /// Something that has a time: a record, or a notice.
    pub struct Coming {
        /// The record's collection, a [`Collection`](crate::render::context::Collection); null for a
        /// notice.
        pub collection: Value,
        /// The record, a [`Record`](crate::render::context::Record); null for a notice.
        pub record: Value,
        /// The notice, a [`NoticeLink`]; null for a record.
        pub notice: Value,
        /// It is the last day on which anybody may object to it.
        pub closes: bool,
        /// It is a record, and does not take place.
        pub cancelled: bool,
    }
}

moved! {
    /// An urgent notice, and whom to call.
    pub struct UrgentNotice {
        /// The notice.
        pub notice: NoticeLink,
        /// Where it is posted, if that is not the page's place.
        pub place: Option<PlaceLink>,
        /// Whom to call; may be empty.
        pub phone: String,
        /// The moment from which it is over: `2026-12-01T00:00:00+08:00`.
        pub ends: String,
    }
}

moved! {
    /// `month.html`: the calendar of a place.
    pub struct MonthPage {
        /// The place.
        pub place: PlaceLink,
        /// The day of the build: what is over on it is not listed.
        pub today: String,
        /// This month, and the next ones on which something happens.
        pub months: Vec<Month>,
        /// The days on which something happens, from that of the build on, with all of it: `more` is 0.
        /// What goes on is given for each of its days.
        pub days: Vec<AgendaDay>,
        /// More happens later than is listed.
        pub more: bool,
        /// The places within, if the calendar has nothing of what happens there.
        pub places: Vec<PlaceLink>,
    }
}

/// A month as a table.
#[derive(Debug, Serialize)]
pub struct Month {
    /// The month: `2026-11`.
    pub month: String,
    /// Its weeks, each with seven days from Monday on; null for days of other months.
    pub weeks: Vec<Vec<Option<MonthDay>>>,
}

/// A day in the table of its month.
#[derive(Debug, Serialize)]
pub struct MonthDay {
    /// Its number: 28.
    pub day: i8,
    /// The day: `2026-11-28`.
    pub date: String,
    /// How many things happen, as far as they are listed.
    pub count: usize,
    /// How many of these are cancelled.
    pub cancelled: usize,
}
