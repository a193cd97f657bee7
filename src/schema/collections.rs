//! All collections of a portal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::schema::collection::Collection;

/// Which collection: its index in [`Collections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CollectionId(pub u16);

/// Every collection of the portal, by name.
#[derive(Debug, Clone, Default)]
pub struct Collections {
    all: Vec<Collection>,
    by_name: BTreeMap<String, CollectionId>,
    /// Those whose records others name.
    referred: BTreeSet<CollectionId>,
}

impl Collections {
    /// Collections in the order of their names.
    pub fn new(collections: BTreeMap<String, Collection>) -> Self {
        let mut this = Self::default();
        for (id, (name, collection)) in (0..).zip(collections) {
            this.by_name.insert(name, CollectionId(id));
            this.all.push(collection);
        }
        let named = this.all.iter().flat_map(Collection::references);
        this.referred = named.filter_map(|(_, _, to)| this.find(to)).collect();
        this
    }

    /// Records of other collections, or of the same, may name those of this one.
    pub fn is_referred(&self, id: CollectionId) -> bool {
        self.referred.contains(&id)
    }

    /// A collection names records of another.
    pub fn has_references(&self) -> bool {
        !self.referred.is_empty()
    }

    /// One of them.
    pub fn get(&self, id: CollectionId) -> &Collection {
        &self.all[usize::from(id.0)]
    }

    /// The collection of that name.
    pub fn find(&self, name: &str) -> Option<CollectionId> {
        self.by_name.get(name).copied()
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (CollectionId, &Collection)> {
        (0..).map(CollectionId).zip(&self.all)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
