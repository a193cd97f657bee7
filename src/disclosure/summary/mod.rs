//! What is known of record sets and notices without reading them again.
//!
//! A digest holds all that the stages after `schema` need of a file as long as no page that shows
//! its text is rendered. It stays as long as what it was made from stays, and the moment does not
//! reach an answer of the clock that would be another one.

mod notices;
mod sets;

use std::{collections::BTreeSet, ops::Deref, sync::Arc};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use notices::{NoticeDigest, NoticeMaker};
pub use sets::{SetDigest, SetMaker};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    disclosure::Withheld,
    fingerprint::{Fingerprint, lazy::LazyTable},
};

/// What is known of some files.
pub trait Digest: Send + Sync + DeserializeOwned {
    /// What it was made from.
    fn key(&self) -> Fingerprint;

    /// How long the moment makes no difference.
    fn valid(&self) -> Validity;

    /// What there is to say of the files.
    fn diagnostics(&self) -> &[Diagnostic];

    /// What is not posted.
    fn withheld(&self) -> Vec<Withheld>;
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
    all: LazyTable<D>,
    /// Those with something to say.
    told: BTreeSet<usize>,
    /// Those with records that are not posted.
    withheld: BTreeSet<usize>,
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
        Self {
            all: LazyTable::default(),
            told: BTreeSet::new(),
            withheld: BTreeSet::new(),
            valid: Validity::ALWAYS,
        }
    }
}

impl<D> Clone for Digests<D> {
    fn clone(&self) -> Self {
        let Self { all, told, withheld, valid } = self;
        let (told, withheld) = (told.clone(), withheld.clone());
        Self { all: all.clone(), told, withheld, valid: *valid }
    }
}

impl<D> Deref for Digests<D> {
    type Target = LazyTable<D>;

    fn deref(&self) -> &LazyTable<D> {
        &self.all
    }
}

impl<D: Digest> Digests<D> {
    /// Brings digests up to date: all of them, or those at these indexes. One that is `known` stays
    /// if it would be made from the same, and would be the same at this moment.
    pub fn update<M: Maker<Digest = D>>(
        this: &mut Arc<Self>,
        which: Option<BTreeSet<usize>>,
        maker: &M,
        clock: &Clock,
        known: impl Fn(usize) -> Option<Arc<D>> + Sync,
    ) -> Vec<Made<D, M::Read>> {
        if which.as_ref().is_some_and(BTreeSet::is_empty) {
            return Vec::new();
        }
        let this = Arc::make_mut(this);
        let all = &this.all;
        let digest = |index: usize| {
            let same = |it: &Arc<D>| it.valid().holds(clock) && it.key() == maker.key(index);
            let known = || all.get(index).cloned().or_else(|| known(index));
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
                this.valid = Validity::ALWAYS;
                (0..maker.count()).into_par_iter().with_min_len(8).map(digest).collect()
            }
        };
        let mut made = Vec::new();
        for (index, digest, read) in found {
            this.valid = this.valid.and(digest.valid());
            note(&mut this.told, index, !digest.diagnostics().is_empty());
            note(&mut this.withheld, index, !digest.withheld().is_empty());
            let before = this.all.get(index).cloned();
            match &before {
                Some(before) if Arc::ptr_eq(before, &digest) => {}
                Some(_) => this.all.replace(index, digest),
                None => this.all.push(digest),
            }
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

    /// What is not posted of all files.
    pub fn withheld(&self) -> impl Iterator<Item = Withheld> {
        self.withheld.iter().flat_map(|it| self.all[*it].withheld())
    }

    /// All that is to be remembered of them beside the digests themselves.
    pub(crate) fn about(&self) -> (&BTreeSet<usize>, &BTreeSet<usize>, Validity) {
        (&self.told, &self.withheld, self.valid)
    }

    /// Digests of which that was remembered.
    pub(crate) fn of(
        all: LazyTable<D>,
        about: (BTreeSet<usize>, BTreeSet<usize>, Validity),
    ) -> Self {
        let (told, withheld, valid) = about;
        Self { all, told, withheld, valid }
    }
}

fn note(all: &mut BTreeSet<usize>, index: usize, is_one: bool) {
    if is_one {
        all.insert(index);
    } else {
        all.remove(&index);
    }
}
