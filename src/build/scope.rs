//! What a build has to look at, because it may be another thing than it was.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::schema::{Catalog, PlaceId};

/// Places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// All of them.
    All,
    /// These, and with each those that it lies in.
    Only(BTreeSet<PlaceId>),
}

impl Scope {
    /// No place at all.
    pub const NONE: Self = Self::Only(BTreeSet::new());

    /// Adds a place and those that it lies in.
    pub fn add(&mut self, place: PlaceId, catalog: &Catalog) {
        let Self::Only(places) = self else { return };
        let way = std::iter::successors(Some(place), |it| catalog.place(*it).parent);
        // Where one is in it, those above are, too.
        way.take_while(|it| places.insert(*it)).for_each(drop);
    }

    /// Its places, each before those that lie in it. `count` is how many there are in all.
    pub fn places(&self, count: usize) -> Vec<PlaceId> {
        match self {
            Self::All => (0..).map(PlaceId).take(count).collect(),
            Self::Only(places) => places.iter().copied().collect(),
        }
    }
}

/// What may be another thing than it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Touched {
    /// What is recorded or posted at these places.
    pub scope: Scope,
    /// Something on which the pages of any place may depend: where a link leads, and which personal
    /// data may be shown.
    pub links: bool,
    /// Images.
    pub images: bool,
}

impl Touched {
    /// Anything.
    pub const ALL: Self = Self { scope: Scope::All, links: true, images: true };

    /// Nothing.
    pub const NONE: Self = Self { scope: Scope::NONE, links: false, images: false };

    /// Adds what else was touched.
    pub fn join(&mut self, other: &Self) {
        match (&mut self.scope, &other.scope) {
            (Scope::Only(all), Scope::Only(more)) => all.extend(more),
            (all, Scope::All) => *all = Scope::All,
            (Scope::All, _) => {}
        }
        self.links |= other.links;
        self.images |= other.images;
    }
}

/// Before anything is known, all of it is to be looked at.
impl Default for Touched {
    fn default() -> Self {
        Self::ALL
    }
}
