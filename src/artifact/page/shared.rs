//! What many pages are given alike: each value is made once in a build.
//!
//! A collection stands on the page of every place that has records of it, and on all pages of its
//! lists. Made for each of them, it took a fiftieth of a build.

use std::sync::OnceLock;

use tera::Value;

use crate::{render::context::Collection, schema::CollectionId};

/// Values for templates which are the same on all pages of a build.
#[derive(Debug, Default)]
pub struct SharedValues {
    /// By the collection's id.
    collections: Vec<OnceLock<Value>>,
}

impl SharedValues {
    /// Those of a site with so many collections; none is made yet.
    pub fn new(collections: usize) -> Self {
        Self { collections: (0..collections).map(|_| OnceLock::new()).collect() }
    }

    /// A collection as templates see it. Returns a reference to the one value.
    pub(super) fn collection(&self, id: CollectionId, make: impl FnOnce() -> Collection) -> Value {
        match self.collections.get(usize::from(id.0)) {
            Some(shared) => shared.get_or_init(|| make().into()).clone(),
            None => make().into(),
        }
    }
}
