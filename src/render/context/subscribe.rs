//! What one can subscribe to.

use serde::Serialize;
use tera::Value;

use crate::render::context::{Link, PlaceLink};

serialised!(Subscription, CalendarLink, Code);

moved! {
    /// `subscribe.html`: how to subscribe to what happens and is posted at a place.
    pub struct SubscribePage {
        /// The place.
        pub place: PlaceLink,
        /// Calendars: that of the place, then those of its lists; may be empty.
        pub calendars: Vec<CalendarLink>,
        /// Feeds: those of the place and all in it, those of the place alone, then those of its lists;
        /// may be empty.
        pub feeds: Vec<Subscription>,
        /// The same pages of the places right below.
        pub places: Vec<Link>,
        /// What happens at these is on their calendars, and not on that of the place.
        pub narrow: bool,
        /// The address of the page as a code for cameras; null if it is too long for one.
        pub code: Option<Code>,
    }
}

/// A file that programs ask for again and again.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    /// The place or list that it is of.
    pub title: String,
    /// Of a place with others in it: `below` with what is posted at these, `alone` without; else
    /// empty.
    pub scope: &'static str,
    /// Its media type: `text/calendar`, `application/atom+xml`, `application/feed+json`.
    pub kind: &'static str,
    /// Its address.
    pub url: String,
    /// Its whole address.
    pub address: String,
}

/// A calendar: to subscribe to, or to import once.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarLink {
    /// The place or list that it is of.
    pub title: String,
    /// The address with which calendar programs subscribe.
    pub webcal: String,
    /// The same for programs that want a web address.
    pub address: String,
    /// The file with what is to come, to be imported.
    pub url: String,
    /// How many events that file has.
    pub coming: usize,
}

/// A code for cameras (QR code), to be drawn dark on white.
#[derive(Debug, Serialize)]
pub struct Code {
    /// Its width and height, with the blank margin, in modules.
    pub size: usize,
    /// The dark modules as an SVG path.
    pub path: String,
}
