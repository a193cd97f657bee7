//! Numbers derived from records, and their sums over places.
//!
//! A figure is [`declared`] by its collection, taken from each record set as a mergeable
//! [`Tally`], and merged from each place to the places it lies in. There is no other way to total
//! anything.

pub mod contents;
pub mod listing;
mod measure;
pub mod rollup;
mod tally;

use std::{collections::HashMap, sync::Arc};

pub use contents::{Contents, year, years};
pub use listing::{Listing, Listings};
pub use measure::{Measured, Sample};
pub use tally::{Tally, of as tally};

use crate::{
    build::scope::Scope,
    disclosure::{Portal, Sum},
    figures::rollup::{Node, Rollup},
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId},
};

/// The tallies of a collection's figures, in the order in which it declares them.
pub type Tallies = Vec<Tally>;

/// Every figure at every place: of the place alone, and with all places that lie in it.
#[derive(Debug, Default)]
pub struct Figures {
    own: HashMap<(PlaceId, CollectionId), Node<Tallies>>,
    total: HashMap<(PlaceId, CollectionId), Node<Tallies>>,
    /// Without what may be said of hidden counts.
    sums: Rollup<Tallies>,
}

/// Merges the figures of every record set up the places. `known` are the sums of an earlier build,
/// which stay but for those of the places in `scope`.
pub fn merge(portal: &Portal, scope: &Scope, known: Rollup<Tallies>) -> Figures {
    let own =
        |place: PlaceId| portal.digests(place).map(move |(id, _)| (id, own(portal, place, id)));
    let merge = |_, sums: &mut Tallies, more: &Tallies| {
        sums.iter_mut().zip(more).for_each(|(sum, it)| sum.merge(it));
    };
    let print = |id, it: &Tallies| print(portal, id, it, Fingerprint::of(it));
    let rules = Fingerprint::default();
    let sums = Rollup::new(portal.places(), scope, known, rules, own, merge, print);
    let mut figures = Figures { sums, ..Figures::default() };
    figures.add_hidden(portal);
    figures
}

/// The figures of a record set, without what is hidden.
fn own(portal: &Portal, place: PlaceId, collection: CollectionId) -> Node<Tallies> {
    let digest = portal.digest(place, collection).expect("the place has such records");
    let print = print(portal, collection, &digest.tallies, digest.tallied);
    Node { value: Arc::clone(&digest.tallies), print }
}

/// The fingerprint of tallies, with what the places that they name say of themselves.
fn print(
    portal: &Portal,
    collection: CollectionId,
    tallies: &Tallies,
    print: Fingerprint,
) -> Fingerprint {
    let next = |it: &Tally| match it {
        Tally::One(Measured::Next(Some((_, place)))) => vec![*place],
        Tally::Groups(groups) => {
            let next = groups.values().filter_map(|it| match it {
                Measured::Next(Some((_, place))) => Some(*place),
                _ => None,
            });
            next.collect()
        }
        Tally::One(_) => Vec::new(),
    };
    let named = portal.catalog.print_of_named_places(collection);
    let ways = tallies.iter().flat_map(next).map(|it| portal.catalog.print_of_way(it));
    ways.chain(named).fold(print, Fingerprint::and)
}

impl Figures {
    /// Adds what may be said of the counts that are hidden to the sums of those that are shown.
    fn add_hidden(&mut self, portal: &Portal) {
        for (&(place, collection, field), sums) in portal.released() {
            let declared = &portal.collections().get(collection).figures;
            for (index, figure) in declared.iter().enumerate() {
                if figure.plain_sum() != Some(field) {
                    continue;
                }
                if portal.digest(place, collection).is_some() {
                    let shown = || own(portal, place, collection);
                    let node = self.own.entry((place, collection)).or_insert_with(shown);
                    add(node, index, sums.own);
                }
                if let Some(sum) = self.sum(portal, place, collection) {
                    let node = self.total.entry((place, collection)).or_insert(sum);
                    add(node, index, sums.total);
                }
            }
        }
    }

    /// The figures of a collection's records at a place itself.
    pub fn own<'a>(
        &'a self,
        portal: &'a Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<&'a Tallies> {
        let digest = || portal.digest(place, collection).map(|it| &*it.tallies);
        self.own.get(&(place, collection)).map(|it| &*it.value).or_else(digest)
    }

    /// The figures of a collection's records at a place and all places that lie in it.
    pub fn total<'a>(
        &'a self,
        portal: &'a Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<&'a Tallies> {
        if let Some(total) = self.total.get(&(place, collection)) {
            return Some(&total.value);
        }
        match self.sums.at(place) {
            Some(sums) => sums.get(collection).map(|it| &*it.value),
            None => portal.digest(place, collection).map(|it| &*it.tallies),
        }
    }

    /// The sum of what is not hidden.
    fn sum(
        &self,
        portal: &Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Node<Tallies>> {
        match self.sums.at(place) {
            Some(sums) => sums.get(collection).cloned(),
            None => portal.digest(place, collection).map(|_| own(portal, place, collection)),
        }
    }

    /// The fingerprint of [`Self::own`].
    pub fn print_of_own(
        &self,
        portal: &Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Fingerprint> {
        portal.digest(place, collection)?;
        let known = self.own.get(&(place, collection)).map(|it| it.print);
        Some(known.unwrap_or_else(|| own(portal, place, collection).print))
    }

    /// The fingerprint of [`Self::total`].
    pub fn print_of_total(
        &self,
        portal: &Portal,
        place: PlaceId,
        collection: CollectionId,
    ) -> Option<Fingerprint> {
        let total = self.total.get(&(place, collection)).map(|it| it.print);
        total.or_else(|| self.sum(portal, place, collection).map(|it| it.print))
    }

    /// The collections with records at a place or below it.
    pub fn collections(&self, portal: &Portal, place: PlaceId) -> Vec<CollectionId> {
        match self.sums.at(place) {
            Some(sums) => sums.values().map(|it| it.0).collect(),
            None => portal.digests(place).map(|it| it.0).collect(),
        }
    }

    /// What is to be remembered of them.
    pub fn sums(&self) -> &Rollup<Tallies> {
        &self.sums
    }

    /// The fingerprint of all totals of a place.
    pub fn print_at(&self, portal: &Portal, place: PlaceId) -> Fingerprint {
        if let Some(sums) = self.sums.at(place)
            && self.total.is_empty()
            && self.own.is_empty()
        {
            return sums.print();
        }
        let all = self.collections(portal, place).into_iter().map(|id| {
            let own = self.own.get(&(place, id)).map(|it| it.print);
            Fingerprint::of(&(own, self.print_of_total(portal, place, id)))
        });
        Fingerprint::of_all(all)
    }
}

/// Adds what may be said of the counts that are hidden to a sum of those that are shown.
fn add(node: &mut Node<Tallies>, index: usize, sum: Sum) {
    node.print = node.print.and(Fingerprint::of(&(index, sum)));
    let tallies = Arc::make_mut(&mut node.value);
    let Some(Tally::One(measured)) = tallies.get_mut(index) else { return };
    match sum {
        Sum::Exact(number) => measured.merge(&Measured::Sum(number)),
        Sum::Few(below) => *measured = Measured::Few(below),
        Sum::Withheld => *measured = Measured::Withheld,
    }
}
