//! What is known of record sets and notices without reading them again.
//!
//! A digest holds all that the stages after `schema` need of a file as long as no page that shows
//! its text is rendered. It stays as long as what it was made from stays, and the moment does not
//! reach an answer of the clock that would be another one.

mod notices;
mod sets;

use std::{collections::BTreeSet, ops::Deref, sync::Arc};

use rayon::prelude::*;

pub use notices::{NoticeDigest, NoticeMaker};
pub use sets::{SetDigest, SetMaker};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    fingerprint::Fingerprint,
};

/// What is known of some files.
pub trait Digest: Send + Sync {
    /// What it was made from.
    fn key(&self) -> Fingerprint;

    /// How long the moment makes no difference.
    fn valid(&self) -> Validity;

    /// What there is to say of the files.
    fn diagnostics(&self) -> &[Diagnostic];
}

/// Makes digests of one kind. Each has an index.
pub trait Maker: Sync {
    /// The kind.
    type Digest: Digest;

    /// What is read of the files besides.
    type Read: Send;

    /// How many there are.
    fn count(&self) -> usize;

    /// What a digest is made from now.
    fn key(&self, index: usize) -> Fingerprint;

    /// Makes a digest.
    fn make(&self, index: usize) -> (Self::Digest, Self::Read);
}

/// All digests of one kind, by their index.
#[derive(Debug)]
pub struct Digests<D> {
    all: Vec<Arc<D>>,
    /// Those with something to say.
    told: BTreeSet<usize>,
    /// How long the moment makes no difference to any of them.
    valid: Validity,
}

/// A digest that had to be made.
#[derive(Debug)]
pub struct Made<D, R> {
    /// Its index.
    pub index: usize,
    /// The one before, if that was kept at the same index.
    pub before: Option<Arc<D>>,
    /// What was read of its files besides.
    pub read: R,
}

impl<D> Default for Digests<D> {
    fn default() -> Self {
        Self { all: Vec::new(), told: BTreeSet::new(), valid: Validity::ALWAYS }
    }
}

impl<D> Clone for Digests<D> {
    fn clone(&self) -> Self {
        Self { all: self.all.clone(), told: self.told.clone(), valid: self.valid }
    }
}

impl<D> Deref for Digests<D> {
    type Target = [Arc<D>];

    fn deref(&self) -> &[Arc<D>] {
        &self.all
    }
}

impl<D: Digest> Digests<D> {
    /// Brings digests up to date: all of them, or those at these indexes. One that is `known` stays
    /// if it would be made from the same, and would be the same at this moment.
    pub fn update<M: Maker<Digest = D>>(
        &mut self,
        which: Option<BTreeSet<usize>>,
        maker: &M,
        clock: &Clock,
        known: impl Fn(usize) -> Option<Arc<D>> + Sync,
    ) -> Vec<Made<D, M::Read>> {
        let all = &self.all;
        let digest = |index: usize| {
            let same = |it: &Arc<D>| it.valid().holds(clock) && it.key() == maker.key(index);
            let known = || all.get(index).map(Arc::clone).or_else(|| known(index));
            match known().filter(same) {
                Some(digest) => (index, digest, None),
                None => {
                    let (digest, read) = maker.make(index);
                    (index, Arc::new(digest), Some(read))
                }
            }
        };
        let found: Vec<_> = match which {
            Some(which) => which.into_par_iter().map(digest).collect(),
            None => {
                self.valid = Validity::ALWAYS;
                (0..maker.count()).into_par_iter().with_min_len(8).map(digest).collect()
            }
        };
        let mut made = Vec::new();
        for (index, digest, read) in found {
            self.valid = self.valid.and(digest.valid());
            if digest.diagnostics().is_empty() {
                self.told.remove(&index);
            } else {
                self.told.insert(index);
            }
            let before = match self.all.get_mut(index) {
                Some(before) => Some(std::mem::replace(before, digest)),
                None => {
                    self.all.push(digest);
                    None
                }
            };
            made.extend(read.map(|read| Made { index, before, read }));
        }
        made
    }

    /// How long the moment makes no difference to any of them.
    pub fn valid(&self) -> Validity {
        self.valid
    }

    /// What there is to say of all files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.told.iter().flat_map(|it| self.all[*it].diagnostics())
    }
}
