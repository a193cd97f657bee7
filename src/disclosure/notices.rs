//! The notices that are posted.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

use crate::{
    disclosure::summary::{Digests, NoticeDigest},
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, PlaceId, notice::NoticeId},
};

/// The notices of a portal.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Notices {
    /// Of all, posted or not.
    #[serde(skip)]
    digests: Arc<Digests<NoticeDigest>>,
    /// Those that are posted.
    all: Vec<Posted>,
    /// By place: pinned ones first, then the latest.
    at: Vec<Vec<NoticeId>>,
    /// By place: those of it and of all places that lie in it, in that order, once they were asked
    /// for.
    #[serde(skip)]
    below: Vec<OnceLock<Below>>,
    /// By place: the fingerprint of those at it, and of those in all places that lie in it.
    prints: Vec<(Fingerprint, Fingerprint)>,
}

/// The notices of a place and of all places that lie in it.
#[derive(Debug, Default)]
struct Below {
    ids: Vec<NoticeId>,
    /// How many of each year.
    years: BTreeMap<i16, usize>,
}

/// A notice that is posted.
#[derive(Debug, Serialize, Deserialize)]
struct Posted {
    /// Its place among the files of notices.
    file: usize,
    neighbours: Neighbours,
}

/// The notices of a place posted before and after one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbours {
    /// The one posted before.
    pub older: Option<NoticeId>,
    /// The one posted after.
    pub newer: Option<NoticeId>,
}

/// Pinned notices first, then the latest; of one day by address.
fn by_rank(notice: &Notice) -> impl Ord + use<'_> {
    (!notice.pinned, Reverse(notice.date), &notice.slug, notice.place)
}

impl Notices {
    /// Finds out which notices are posted where, and one after the other. The digests are those of
    /// the catalog's notices, in its order.
    pub fn new(catalog: &Catalog, digests: Arc<Digests<NoticeDigest>>) -> Self {
        let at = vec![Vec::new(); catalog.places.len()];
        let mut this = Self { at, ..Self::default() }.with(digests);
        for (file, (place, _)) in catalog.notices.iter().enumerate() {
            if this.digests[file].posted().is_some() {
                let id = u32::try_from(this.all.len()).expect("files are fewer than 2³²");
                this.at[place.index()].push(NoticeId(id));
                this.all.push(Posted { file, neighbours: Neighbours::default() });
            }
        }
        for place in 0..this.at.len() {
            let mut ids = std::mem::take(&mut this.at[place]);
            ids.sort_by_key(|it| (this.get(*it).date, this.get(*it).file.clone()));
            for pair in ids.windows(2) {
                this.all[pair[0].0 as usize].neighbours.newer = Some(pair[1]);
                this.all[pair[1].0 as usize].neighbours.older = Some(pair[0]);
            }
            ids.sort_by(|a, b| by_rank(this.get(*a)).cmp(&by_rank(this.get(*b))));
            this.at[place] = ids;
        }
        this.prints = this.print(catalog);
        this
    }

    /// The same, of these digests.
    pub(crate) fn with(self, digests: Arc<Digests<NoticeDigest>>) -> Self {
        let below = std::iter::repeat_with(OnceLock::new).take(self.at.len()).collect();
        Self { digests, below, ..self }
    }

    fn print(&self, catalog: &Catalog) -> Vec<(Fingerprint, Fingerprint)> {
        let own = |place: PlaceId| {
            let links = self.at(place).iter().map(|it| self.digest(*it).link);
            Fingerprint::of_all(links.chain([catalog.print_of_way(place)]))
        };
        let own: Vec<_> = catalog.places.iter().map(|it| own(it.id)).collect();
        let mut prints: Vec<_> = own.iter().map(|it| (*it, *it)).collect();
        for place in catalog.places.iter().rev().filter(|it| !it.children.is_empty()) {
            let below = place.children.iter().map(|it| prints[it.index()].1);
            let all = Fingerprint::of_all(below.chain([own[place.id.index()]]));
            prints[place.id.index()].1 = all;
        }
        prints
    }

    /// All that are posted.
    pub fn iter(&self) -> impl Iterator<Item = (NoticeId, &Notice)> {
        (0..).map(NoticeId).take(self.all.len()).map(|it| (it, self.get(it)))
    }

    /// One of them.
    pub fn get(&self, id: NoticeId) -> &Notice {
        self.digest(id).posted().expect("only what is posted has an id")
    }

    /// Its digest.
    pub fn digest(&self, id: NoticeId) -> &NoticeDigest {
        &self.digests[self.file(id)]
    }

    /// Its index among the catalog's notices.
    pub fn file(&self, id: NoticeId) -> usize {
        self.all[id.0 as usize].file
    }

    /// Those of a place, pinned ones first, then the latest.
    pub fn at(&self, place: PlaceId) -> &[NoticeId] {
        self.at.get(place.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those of a place and of all places that lie in it, pinned ones first, then the latest.
    pub fn below(&self, place: PlaceId, catalog: &Catalog) -> &[NoticeId] {
        &self.all_below(place, catalog).ids
    }

    /// How many of those there are of each year.
    pub fn years_below(&self, place: PlaceId, catalog: &Catalog) -> &BTreeMap<i16, usize> {
        &self.all_below(place, catalog).years
    }

    fn all_below(&self, place: PlaceId, catalog: &Catalog) -> &Below {
        self.below[place.index()].get_or_init(|| {
            let all = catalog.subtree(place).into_iter().flat_map(|it| self.at(it));
            let mut below = Below { ids: all.copied().collect(), years: BTreeMap::new() };
            below.ids.sort_by(|a, b| by_rank(self.get(*a)).cmp(&by_rank(self.get(*b))));
            for id in &below.ids {
                *below.years.entry(self.get(*id).date.year()).or_default() += 1;
            }
            below
        })
    }

    /// The fingerprint of a place's notices as lists show them.
    pub fn print_at(&self, place: PlaceId) -> Fingerprint {
        self.prints[place.index()].0
    }

    /// The fingerprint of those of a place and all places that lie in it.
    pub fn print_below(&self, place: PlaceId) -> Fingerprint {
        self.prints[place.index()].1
    }

    /// Those of the same place posted just before and after.
    pub fn neighbours(&self, id: NoticeId) -> Neighbours {
        self.all[id.0 as usize].neighbours
    }

    /// The one in a file, by its index among the catalog's notices.
    pub fn in_file(&self, file: usize) -> Option<NoticeId> {
        let found = self.all.binary_search_by_key(&file, |it| it.file).ok()?;
        Some(NoticeId(u32::try_from(found).expect("files are fewer than 2³²")))
    }

    /// The digests of all, posted or not.
    pub(crate) fn digests(&self) -> &Arc<Digests<NoticeDigest>> {
        &self.digests
    }
}
