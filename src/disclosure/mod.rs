//! The public model: all that may ever be published.
//!
//! [`post`] takes a record set as staff wrote it and keeps what residents may see at this moment,
//! [`post_notice`] does so with a notice. Everything after it sees a [`Portal`] only.

mod clash;
pub(crate) mod leak;
pub mod mask;
mod notices;
mod pictures;
mod posted;
mod privacy;
mod report;
pub mod summary;
mod suppress;
mod windows;
pub(crate) mod withdrawn;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

pub use notices::{Neighbours, Notices};
pub use posted::{post, post_notice};
pub use report::{Row, report};
pub use suppress::{Counts, Released, Sum, Sums};
pub use windows::Why;
pub use withdrawn::Withdrawn;

use crate::{
    clock::Clock,
    config::{Config, Names},
    diagnostic::Location,
    disclosure::summary::{Digests, SetDigest},
    scan,
    schema::{
        Catalog, CollectionId, PlaceId, RecordSet, SetFiles,
        catalog::FileOf,
        notice::{Article, NoticeId},
    },
    source::{SitePath, World},
};

/// The public portal at a moment. It knows every record set and notice by its digest; of records
/// and articles it holds those that somebody [asked for](crate::disclosure::summary).
#[derive(Debug)]
pub struct Portal {
    /// The moment that it is built for.
    pub clock: Clock,
    /// Its declarations and places.
    pub catalog: Arc<Catalog>,
    /// As [`Catalog::sets`].
    digests: Arc<Digests<SetDigest>>,
    records: FxHashMap<usize, RecordSet>,
    notices: Arc<Notices>,
    articles: HashMap<NoticeId, Article>,
    whole: Whole,
    rules: Rules,
    /// A file was not what its digest was made from.
    torn: bool,
}

/// What a portal publishes of what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// How much of names is shown.
    pub names: Names,
    /// Drafts are shown.
    pub drafts: bool,
}

impl Rules {
    /// Those of a site.
    pub fn of(config: &Config) -> Self {
        Self { names: config.names, drafts: config.drafts }
    }
}

/// A record or notice that is not posted: where it stands, and why. Nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Where it would be posted.
    pub place: PlaceId,
    /// Its collection; nothing for a notice.
    pub collection: Option<CollectionId>,
    /// Where it stands.
    pub location: Location,
    /// Why.
    pub why: Why,
}

/// What publishing left of a record set, beside its records.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Nothing of it is posted.
    pub silent: bool,
    /// What is kept back.
    pub withheld: Vec<Withheld>,
    /// Names of those who do not want to be named any more.
    pub withdrawn: Vec<Withdrawn>,
    /// Its hidden counts, for each field of counts that are hidden when small.
    pub counts: Vec<Counts>,
    /// The keys of the contacts that it publishes.
    pub contacts: Vec<u64>,
}

impl Facts {
    /// Pages of other places find in it what they found in that one.
    pub(crate) fn is_same_abroad(&self, other: &Self) -> bool {
        let Self { silent, withheld: _, withdrawn: _, counts, contacts } = self;
        (silent, counts, contacts) == (&other.silent, &other.counts, &other.contacts)
    }
}

/// What only all record sets and notices together tell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Whole {
    released: Arc<Released>,
    known: Arc<FxHashSet<u64>>,
}

impl Portal {
    /// The portal of these record sets, in the order of the catalog, and notices. What they tell
    /// together may be known already.
    pub(crate) fn new(
        clock: Clock,
        catalog: Arc<Catalog>,
        digests: Arc<Digests<SetDigest>>,
        notices: Arc<Notices>,
        config: &Config,
        whole: Option<Whole>,
    ) -> Self {
        let whole = whole.unwrap_or_else(|| Whole::new(&catalog, &digests, &notices, config));
        Self {
            clock,
            catalog,
            digests,
            records: FxHashMap::default(),
            notices,
            articles: HashMap::new(),
            whole,
            rules: Rules::of(config),
            torn: false,
        }
    }

    /// The collections that there are.
    pub fn collections(&self) -> &crate::schema::Collections {
        &self.catalog.collections
    }

    /// The places, parents before children; the first is the root.
    pub fn places(&self) -> &[crate::schema::Place] {
        &self.catalog.places
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> &crate::schema::Place {
        self.catalog.place(id)
    }

    /// The notices that are posted.
    pub fn notices(&self) -> &Arc<Notices> {
        &self.notices
    }

    /// The notice in a content file, if it is posted.
    pub fn notice_in(&self, file: &SitePath) -> Option<NoticeId> {
        let Some(FileOf::Notice(index)) = self.catalog.file(file) else { return None };
        self.notices.in_file(index)
    }

    /// What a notice says, if somebody asked for it.
    pub fn article(&self, id: NoticeId) -> Option<&Article> {
        self.articles.get(&id)
    }

    /// The keys of the personal data that texts hold and may hold.
    pub fn known(&self) -> &FxHashSet<u64> {
        &self.whole.known
    }

    /// What may be said of the sums that hold counts too small to be shown.
    pub fn released(&self) -> &Released {
        &self.whole.released
    }

    /// The digest of a collection at a place, if anything of it is posted.
    pub fn digest(&self, place: PlaceId, collection: CollectionId) -> Option<&SetDigest> {
        let found = find(&self.catalog, place, collection)?;
        Some(&*self.digests[found]).filter(|it| !it.facts.silent)
    }

    /// The digests of a place's collections of which anything is posted, in their order.
    pub fn digests(&self, place: PlaceId) -> impl Iterator<Item = (CollectionId, &SetDigest)> {
        let all = self.catalog.sets_of(place);
        let all = all.map(|it| (self.catalog.sets[it].collection, &*self.digests[it]));
        all.filter(|(_, it)| !it.facts.silent)
    }

    /// Every digest, in the order of [`Catalog::sets`].
    pub(crate) fn all_digests(&self) -> &Arc<Digests<SetDigest>> {
        &self.digests
    }

    /// What all together tell.
    pub(crate) fn whole(&self) -> &Whole {
        &self.whole
    }

    /// The record set of a collection at a place, if somebody asked for it and anything of it is
    /// posted.
    pub fn set(&self, place: PlaceId, collection: CollectionId) -> Option<&RecordSet> {
        let found = find(&self.catalog, place, collection)?;
        self.records.get(&found).filter(|_| !self.digests[found].facts.silent)
    }

    /// Every record set of which anything is posted, by its index among those of the catalog.
    pub fn sets(&self) -> impl Iterator<Item = (usize, (&SetFiles, &SetDigest))> {
        let all = self.catalog.sets.iter().zip(self.digests.iter().map(|it| &**it)).enumerate();
        all.filter(|(_, (_, digest))| !digest.facts.silent)
    }

    /// The index of a record set among those of the catalog.
    pub fn index(&self, place: PlaceId, collection: CollectionId) -> Option<usize> {
        find(&self.catalog, place, collection)
    }

    /// A record set by its index, if it is at hand.
    pub fn held(&self, index: usize) -> Option<&RecordSet> {
        self.records.get(&index)
    }

    /// What is kept back.
    pub fn withheld(&self) -> Vec<Withheld> {
        self.digests.withheld().chain(self.notices.digests().withheld()).collect()
    }

    /// Reads the records and articles of these sets and notices that are not at hand.
    pub fn fetch(
        &mut self,
        world: &dyn World,
        sets: &BTreeSet<usize>,
        notices: &BTreeSet<NoticeId>,
    ) {
        let lacking: Vec<usize> =
            sets.iter().copied().filter(|it| !self.records.contains_key(it)).collect();
        let read = |index: usize| {
            let set = self.catalog.set(world, &self.catalog.sets[index]).value.0;
            let (set, ..) = post(set, &self.catalog, self.rules, &self.clock.fork());
            let is_same = self.digests[index].is_of(&set, &self.catalog);
            ((index, set), is_same)
        };
        let (sets, same): (Vec<_>, Vec<bool>) = lacking.into_par_iter().map(read).unzip();
        let lacking: Vec<NoticeId> =
            notices.iter().copied().filter(|it| !self.articles.contains_key(it)).collect();
        let read = |id: NoticeId| {
            let (place, file) = &self.catalog.notices[self.notices.file(id)];
            let read = self.catalog.notice(world, *place, file).value;
            (id, read.map(|(_, article, _)| article))
        };
        let articles: Vec<_> = lacking.into_par_iter().map(read).collect();
        self.torn |= same.contains(&false) || articles.iter().any(|it| it.1.is_none());
        let articles = articles.into_iter().filter_map(|(id, it)| Some((id, it?)));
        self.hold(sets, articles);
    }

    /// Remembers that a file changed after it had been looked at.
    pub(crate) fn tear(&mut self) {
        self.torn = true;
    }

    /// A file changed after it had been looked at: what was read does not belong together.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// Puts records and articles at hand.
    pub fn hold(
        &mut self,
        records: impl IntoIterator<Item = (usize, RecordSet)>,
        articles: impl IntoIterator<Item = (NoticeId, Article)>,
    ) {
        self.records.extend(records);
        self.articles.extend(articles);
    }

    /// The places that a place lies in, the root first, itself last.
    pub fn ancestry(&self, place: PlaceId) -> Vec<PlaceId> {
        let mut ids: Vec<_> =
            std::iter::successors(Some(place), |it| self.place(*it).parent).collect();
        ids.reverse();
        ids
    }
}

/// Which of the catalog's sets is that of a collection at a place.
fn find(catalog: &Catalog, place: PlaceId, collection: CollectionId) -> Option<usize> {
    catalog.sets_of(place).find(|it| catalog.sets[*it].collection == collection)
}

impl Whole {
    fn new(
        catalog: &Catalog,
        digests: &Digests<SetDigest>,
        notices: &Notices,
        config: &Config,
    ) -> Self {
        let counts = |place: PlaceId, collection: CollectionId| {
            let digest = find(catalog, place, collection).map(|it| &digests[it]);
            digest.map(|it| it.facts.counts.as_slice())
        };
        let released = suppress::release(catalog, counts);
        let known = known(catalog, digests, notices, config);
        Self { released: Arc::new(released), known: Arc::new(known) }
    }
}

/// What may stand on pages: it is published from a field that is there to hold it, or its file was
/// looked through and it was told of there.
fn known(
    catalog: &Catalog,
    digests: &Digests<SetDigest>,
    notices: &Notices,
    config: &Config,
) -> FxHashSet<u64> {
    let organiser = &config.organiser;
    let said = [&organiser.address, &organiser.phone, &organiser.email, &config.banner];
    let rules = catalog.collections.iter().filter_map(|(_, it)| it.publication.objection.as_ref());
    let said = said.into_iter().chain(rules.map(|it| &it.phone));
    let mut known: FxHashSet<u64> = said.flatten().flat_map(|it| scan::contacts(it)).collect();
    known.extend(catalog.known());
    for digest in digests.iter() {
        known.extend(&digest.known);
        known.extend(if digest.facts.silent { &[] } else { &digest.facts.contacts[..] });
    }
    known.extend(notices.digests().iter().flat_map(|it| &it.known));
    known
}
