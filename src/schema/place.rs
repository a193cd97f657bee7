//! Places, and how they nest.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use crate::{schema::OldAddress, source::SitePath};

/// Which place: its index among the portal's places, parents before children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// The place that all others lie in.
    pub const ROOT: Self = Self(0);

    /// Its index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A district, street, community, compound: a folder with a `place.yaml`.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which one it is.
    pub id: PlaceId,
    /// Its folder.
    pub folder: SitePath,
    /// Its path in addresses, from the root place: empty, or `kaixuan/yixin`. It is that of its
    /// folder, unless a place has a `slug`.
    pub path: String,
    /// Its name in addresses, in place of that of its folder.
    pub slug: Option<String>,
    /// The addresses at which it was found before.
    pub aliases: Vec<OldAddress>,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
    /// The places that lie in it, in the order in which they are shown.
    pub children: Vec<PlaceId>,
    /// What it is called.
    pub name: String,
    /// Its level, as the index of a choice of the field `level`.
    pub level: u16,
    /// Where its office is.
    pub address: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// When its office is open.
    pub hours: Option<String>,
    /// The day on which it last went through what it says of itself, and its lists without dates.
    pub updated: Option<Date>,
    /// What it says about itself, in Markdown.
    pub intro: Option<String>,
    /// Where it stands among its siblings; those without stand last.
    pub order: Option<i64>,
    /// A photo, as a file of the content folder.
    pub photo: Option<SitePath>,
}

/// Places by what a record may call them: the path of their folder or their name.
#[derive(Debug, Clone, Default)]
pub struct PlaceIndex {
    by_word: HashMap<String, Option<PlaceId>>,
    names: Vec<String>,
}

impl PlaceIndex {
    /// An index of these places. A name that two places share finds neither.
    pub(super) fn new(places: &[Place]) -> Self {
        let mut this = Self::default();
        for place in places {
            this.by_word
                .entry(place.name.clone())
                .and_modify(|it| *it = None)
                .or_insert(Some(place.id));
            this.names.push(place.name.clone());
        }
        let folder = |place: &Place| (place.folder.below_content().to_owned(), place.id);
        for (path, id) in places.iter().map(folder).filter(|(path, _)| !path.is_empty()) {
            this.by_word.insert(path.clone(), Some(id));
            this.names.push(path);
        }
        this
    }

    /// The place of that path or name.
    pub(super) fn find(&self, word: &str) -> Option<PlaceId> {
        self.by_word.get(word.trim_matches('/')).copied().flatten()
    }

    /// Every word that could be meant.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}
