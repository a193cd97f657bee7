//! What many pages are given alike: each value is made once in a build.
//!
//! A collection stands on the page of every place that has records of it, and on all pages of its
//! lists. Made for each of them, it took a fiftieth of a build.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tera::Value;

use crate::{
    artifact::parts::Entry,
    render::context::Collection,
    schema::{CollectionId, PlaceId},
};

/// An entry of a directory, as the pages of places below see it.
#[derive(Debug)]
pub(in crate::artifact) struct DirectoryEntry {
    /// What it is called.
    pub(in crate::artifact) title: String,
    /// The places that it names.
    pub(in crate::artifact) places: Vec<PlaceId>,
    /// The buildings that it names: what stands before the number, the number, and all from it on.
    pub(in crate::artifact) buildings: Vec<(String, u32, String)>,
    /// What its element is called.
    pub(in crate::artifact) anchor: String,
    /// Where it stands in its list.
    pub(in crate::artifact) entry: Entry,
}

/// A directory that pages of several places read.
type SharedDirectory = Arc<OnceLock<Option<Arc<Vec<DirectoryEntry>>>>>;

/// Values for templates which are the same on all pages of a build.
#[derive(Debug, Default)]
pub struct SharedValues {
    /// By the collection's id.
    collections: Vec<OnceLock<Value>>,
    /// By the place and the collection.
    directories: Mutex<HashMap<(PlaceId, CollectionId), SharedDirectory>>,
}

impl SharedValues {
    /// Those of a site with so many collections; none is made yet.
    pub fn new(collections: usize) -> Self {
        let collections = (0..collections).map(|_| OnceLock::new()).collect();
        Self { collections, directories: Mutex::default() }
    }

    /// A collection as templates see it. Returns a reference to the one value.
    pub(super) fn collection(&self, id: CollectionId, make: impl FnOnce() -> Collection) -> Value {
        match self.collections.get(usize::from(id.0)) {
            Some(shared) => shared.get_or_init(|| make().into()).clone(),
            None => make().into(),
        }
    }

    /// The entries of a directory. Nothing if they cannot be read.
    pub(in crate::artifact) fn directory(
        &self,
        key: (PlaceId, CollectionId),
        make: impl FnOnce() -> Option<Arc<Vec<DirectoryEntry>>>,
    ) -> Option<Arc<Vec<DirectoryEntry>>> {
        let mut all = self.directories.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Arc::clone(all.entry(key).or_default());
        drop(all);
        shared.get_or_init(make).clone()
    }
}
