//! What one can subscribe to.

use serde::Serialize;
use tera::Value;

use crate::render::context::{Link, PlaceLink};

serialised!(Subscription, Code);

moved! {
    /// `subscribe.html`: how to subscribe to what happens and is posted at a place.
    pub struct SubscribePage {
        /// The place.
        pub place: PlaceLink,
        /// Calendars: that of the place, then those of its lists; may be empty.
        pub calendars: Vec<Subscription>,
        /// Feeds: those of the place, then those of its lists; may be empty.
        pub feeds: Vec<Subscription>,
        /// The same pages of the places right below.
        pub places: Vec<Link>,
        /// The address of the page as a code for cameras; null if it is too long for one.
        pub code: Option<Code>,
    }
}

/// A file that programs ask for again and again.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    /// The place or list that it is of.
    pub title: String,
    /// Its media type: `text/calendar`, `application/atom+xml`, `application/feed+json`.
    pub kind: &'static str,
    /// Its address.
    pub url: String,
    /// Its whole address.
    pub address: String,
    /// The address with which calendar programs subscribe; empty of a feed.
    pub webcal: String,
}

/// A code for cameras (QR code), to be drawn dark on white.
#[derive(Debug, Serialize)]
pub struct Code {
    /// Its width and height, with the blank margin, in modules.
    pub size: usize,
    /// The dark modules as an SVG path.
    pub path: String,
}
