//! The part of a portal that a catalog is used for, where several machines build it together.

use serde::de::DeserializeOwned;

use crate::{
    clock::Clock,
    fingerprint::Fingerprint,
    schema::{Catalog, Part, PlaceId, PlaceTree},
    source::SitePath,
};

impl Catalog {
    /// Makes it that of a part, once, before anything is read by it.
    pub fn divide(&self, part: Part) {
        // A second part would be a mistake of the caller; the first one stays.
        let _ = self.part.set(part);
    }

    /// The part that it is used for; nothing for all of a portal.
    pub fn part(&self) -> Option<&Part> {
        self.part.get()
    }

    /// The artifacts of a place are made; with nothing, those of the portal as a whole.
    pub fn owns(&self, place: Option<PlaceId>) -> bool {
        self.part().is_none_or(|part| place.map_or(part.portal, |place| part.owns(place)))
    }

    /// What a file of the site made exist is made: the place decides in whose folder it lies.
    pub fn owns_file(&self, file: &SitePath) -> bool {
        self.part().is_none_or(|part| match self.place_of(file) {
            Some(place) => part.owns(place),
            None => part.portal,
        })
    }

    /// The places whose values in a tree have to be made, as [`PlaceTree::stale`] finds them. For a
    /// part these are all: one that another part made of a place may know nothing of those in it.
    pub fn stale<T: DeserializeOwned>(
        &self,
        tree: &PlaceTree<T>,
        clock: &Clock,
        from: impl Fn(PlaceId) -> Fingerprint,
    ) -> Vec<PlaceId> {
        match self.part() {
            None => tree.stale(&self.places, clock, from),
            Some(_) => self.places.iter().map(|place| place.id).collect(),
        }
    }

    /// Records and articles of a place are read.
    pub fn fills(&self, place: PlaceId) -> bool {
        self.part().is_none_or(|part| part.fills(place))
    }
}
