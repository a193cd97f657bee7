//! Values of the places, each beside the fingerprint of what it was made from.
//!
//! A stage that derives a value for each place keeps them in a [`PlaceTree`]. What a place's value
//! and those of all places in it were made from has one fingerprint. A walk from the root enters
//! only places whose fingerprint changed, so an edit costs the places above it,
//! however many others there are.

use std::sync::Arc;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    clock::{Clock, Validity},
    fingerprint::Fingerprint,
    fingerprint::lazy::LazyTable,
    schema::{Place, PlaceId},
};

/// A value for each place.
#[derive(Debug)]
pub struct PlaceTree<T> {
    nodes: LazyTable<TreeNode<T>>,
    /// A value was put in it since it was read or [settled](Self::settle).
    changed: bool,
}

/// The value of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct TreeNode<T> {
    /// The fingerprint of all that it and the values of the places in it were made from.
    pub from: Fingerprint,
    /// For which moments it and they hold.
    pub valid: Validity,
    /// The value.
    pub value: T,
}

impl<T> Default for PlaceTree<T> {
    fn default() -> Self {
        Self { nodes: LazyTable::default(), changed: false }
    }
}

impl<T> Clone for PlaceTree<T> {
    fn clone(&self) -> Self {
        Self { nodes: self.nodes.clone(), changed: self.changed }
    }
}

impl<T> PlaceTree<T> {
    /// A tree without values, for so many places.
    pub fn empty(places: usize) -> Self {
        Self { nodes: LazyTable::empty(places), changed: true }
    }

    /// For how many places it is.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// It is for no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same values for other places: `before` gives the place that was this one.
    ///
    /// A place for which there was none has no value, and is stale with those above it. Values move
    /// without being decoded.
    #[must_use]
    pub fn arranged(&self, places: &[Place], before: impl Fn(&Place) -> Option<PlaceId>) -> Self {
        let order = places.iter().map(|place| before(place).map(PlaceId::index));
        Self { nodes: self.nodes.arranged(order), changed: true }
    }

    /// The values of some places, for as many places.
    #[must_use]
    pub fn only(&self, is_one: impl Fn(PlaceId) -> bool) -> Self {
        let ids = (0..u32::MAX).map(PlaceId).take(self.len());
        let order = ids.map(|place| is_one(place).then_some(place.index()));
        Self { nodes: self.nodes.arranged(order), changed: true }
    }

    /// The values of several trees for the same places, each of which has those of others.
    #[must_use]
    pub fn joined(trees: Vec<Self>) -> Self {
        let tables: Vec<LazyTable<TreeNode<T>>> = trees.into_iter().map(|it| it.nodes).collect();
        Self { nodes: LazyTable::joined(&tables), changed: true }
    }

    /// Puts a place's value in the place of the one before.
    pub fn set(&mut self, place: PlaceId, node: TreeNode<T>) {
        self.nodes.replace(place.index(), Arc::new(node));
        self.changed = true;
    }

    /// A value was put in it since it was read or [settled](Self::settle).
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Notes that it is written as it is.
    pub fn settle(&mut self) {
        self.changed = false;
    }
}

impl<T: Serialize> PlaceTree<T> {
    /// The tree as bytes. Values that were read and not looked at stay as they were written.
    pub fn write(&self) -> postcard::Result<Vec<u8>> {
        self.nodes.write()
    }
}

impl<T: DeserializeOwned> PlaceTree<T> {
    /// A tree that was written by [`Self::write`], for so many places.
    pub fn read(bytes: Vec<u8>, places: usize) -> Option<Self> {
        let nodes = LazyTable::read(bytes)?;
        (nodes.len() == places).then_some(Self { nodes, changed: false })
    }

    /// The same, for any number of places.
    pub fn read_any(bytes: Vec<u8>) -> Option<Self> {
        Some(Self { nodes: LazyTable::read(bytes)?, changed: false })
    }

    /// The value of a place, with what it was made from.
    pub fn node(&self, place: PlaceId) -> Option<&TreeNode<T>> {
        self.nodes.get(place.index()).map(|node| &**node)
    }

    /// The value of a place.
    pub fn get(&self, place: PlaceId) -> Option<&T> {
        self.node(place).map(|node| &node.value)
    }

    /// The places whose values have to be made, parents before children: those whose fingerprint is
    /// not `from`, or whose value does not hold at this moment. Of a place that is none of them, no
    /// place in it is either, and none is looked at.
    pub fn stale(
        &self,
        places: &[Place],
        clock: &Clock,
        from: impl Fn(PlaceId) -> Fingerprint,
    ) -> Vec<PlaceId> {
        // A place that went and came back has no value, though what those above were made from is
        // what it was.
        let mut lacking = vec![false; places.len()];
        for place in places.iter().rev() {
            lacking[place.id.index()] |= !self.nodes.has(place.id.index());
            if let Some(parent) = place.parent.filter(|_| lacking[place.id.index()]) {
                lacking[parent.index()] = true;
            }
        }
        let mut stale = Vec::new();
        let mut next: Vec<PlaceId> = places.first().map(|root| root.id).into_iter().collect();
        while let Some(place) = next.pop() {
            let is_same = |node: &TreeNode<T>| node.valid.holds(clock) && node.from == from(place);
            if !lacking[place.index()] && self.node(place).is_some_and(is_same) {
                continue;
            }
            stale.push(place);
            next.extend(&places[place.index()].children);
        }
        // A place has a smaller number than those in it.
        stale.sort_unstable();
        stale
    }
}

#[cfg(test)]
mod tests;
