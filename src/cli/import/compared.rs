//! What is compared: a list of a place, and its records.

use crate::{
    cli::{
        context::Context,
        lists::{OpenedLists, posting},
    },
    schema::{Collection, CollectionId, Field, PlaceId, Value, raw::RawRecord},
};

/// A list that is compared.
pub(super) struct Import<'i> {
    pub(super) context: &'i Context,
    pub(super) lists: &'i OpenedLists<'i>,
    pub(super) place: PlaceId,
    pub(super) id: CollectionId,
    pub(super) replaces: bool,
}

/// A record as it is understood, and as it is written.
pub(super) struct Read {
    /// The number of its file, and its own in that.
    pub(super) at: (usize, usize),
    pub(super) values: Box<[Value]>,
    pub(super) raw: RawRecord,
}

impl Import<'_> {
    pub(super) fn collection(&self) -> &Collection {
        self.lists.catalog.collections.get(self.id)
    }

    pub(super) fn field(&self, field: usize) -> &Field {
        let own = &self.collection().fields;
        own.get(field).unwrap_or_else(|| &posting()[field - own.len()])
    }

    pub(super) fn name(&self, field: usize) -> String {
        self.field(field).name.to_owned()
    }
}
