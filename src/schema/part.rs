//! The part of a portal that a machine reads and makes, where several build it together.

use crate::{fingerprint::Fingerprint, schema::PlaceId};

/// Which places a build reads and makes, if these are not all. Each list is by place.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its artifacts are made.
    pub own: Vec<bool>,
    /// It has its records and articles. Another one is as if it had none.
    pub filled: Vec<bool>,
    /// The fingerprint of the names near it with which another part compared its texts.
    pub compared: Vec<Fingerprint>,
    /// What covers the portal as a whole is made.
    pub portal: bool,
}

impl Part {
    /// A place is made here.
    pub fn owns(&self, place: PlaceId) -> bool {
        self.own.get(place.index()).is_some_and(|it| *it)
    }

    /// A place has its records and articles.
    pub fn fills(&self, place: PlaceId) -> bool {
        self.filled.get(place.index()).is_some_and(|it| *it)
    }

    /// What is known of the texts of a place need not be compared with these names: another part
    /// does so, and what it masks there it has masked before.
    pub fn has_compared(&self, place: PlaceId, names: impl FnOnce() -> Fingerprint) -> bool {
        let compared = self.compared.get(place.index()).filter(|_| !self.owns(place));
        compared.is_some_and(|it| *it == names())
    }
}
