//! The notices and lasting pages that are posted.

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    disclosure::{
        NoticeSummary,
        notice_order::{HEADLINES, by_rank},
        summaries::{PlaceSummary, Summaries},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, PlaceId, notice::NoticeId},
};

/// The notices and lasting pages of a portal that are posted. The notices of a place come in two orders: as lists show
/// them, pinned ones first, then the latest; and by day.
#[derive(Clone, Copy)]
pub struct Notices<'a> {
    catalog: &'a Catalog,
    summaries: &'a Summaries,
    below: &'a [OnceLock<Below>],
}

/// The notices of a place and of all places in it.
#[derive(Debug, Default)]
pub(super) struct Below {
    ids: Vec<NoticeId>,
    /// How many of each year.
    years: BTreeMap<i16, usize>,
}

/// The notices of a place posted before and after one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one posted before.
    pub older: Option<NoticeId>,
    /// The one posted after.
    pub newer: Option<NoticeId>,
}

impl<'a> Notices<'a> {
    /// The notices that are posted by these summaries. `below` is filled on demand.
    pub(super) fn new(
        catalog: &'a Catalog,
        summaries: &'a Summaries,
        below: &'a [OnceLock<Below>],
    ) -> Self {
        Self { catalog, summaries, below }
    }

    fn of(self, place: PlaceId) -> &'a PlaceSummary {
        self.summaries.get(place).expect("every place was summarised")
    }

    /// A notice or lasting page.
    pub fn get(self, id: NoticeId) -> &'a Notice {
        self.summary(id).posted().expect("only what is posted has an id")
    }

    /// The summary of a notice or lasting page.
    pub fn summary(self, id: NoticeId) -> &'a NoticeSummary {
        let (place, _) = self.catalog.notices[id.0 as usize];
        let first = self.catalog.notices_of(place).start;
        &self.of(place).notices[id.0 as usize - first]
    }

    fn ids(
        self,
        place: PlaceId,
        indexes: &'a [u32],
    ) -> impl ExactSizeIterator<Item = NoticeId> + use<'a> {
        let first = self.catalog.notices_of(place).start;
        let first = u32::try_from(first).expect("notices are fewer than 2³²");
        indexes.iter().map(move |index| NoticeId(first + index))
    }

    /// The notices of a place, pinned ones first, then the latest.
    pub fn at(self, place: PlaceId) -> impl ExactSizeIterator<Item = NoticeId> + use<'a> {
        self.ids(place, &self.of(place).ranked)
    }

    /// The lasting pages of a place, in the order of its menu.
    pub fn pages(self, place: PlaceId) -> impl ExactSizeIterator<Item = NoticeId> + use<'a> {
        self.ids(place, &self.of(place).menu)
    }

    /// All of a place that has a page of its own: notices, then lasting pages.
    pub fn posted(self, place: PlaceId) -> impl Iterator<Item = NoticeId> + use<'a> {
        self.at(place).chain(self.pages(place))
    }

    /// How many notices a place has, and how many with those of all places in it.
    pub fn count(self, place: PlaceId) -> (usize, usize) {
        let summary = self.of(place);
        (summary.ranked.len(), summary.subtree.posted)
    }

    /// The notices of a place and of all places in it, pinned ones first, then the latest.
    pub fn below(self, place: PlaceId) -> &'a [NoticeId] {
        &self.all_below(place).ids
    }

    /// The notices of a place and of all places in it that have a time, in the order of the places.
    /// Places without any are not entered.
    pub fn happening(self, place: PlaceId) -> Vec<NoticeId> {
        let has_any = |place: &PlaceId| self.of(*place).subtree.happening != Fingerprint::default();
        let (mut all, mut open) = (Vec::new(), vec![place]);
        while let Some(place) = open.pop().filter(has_any) {
            all.extend(self.at(place).filter(|id| self.get(*id).has_time()));
            open.extend(self.catalog.place(place).children.iter().copied().filter(has_any));
        }
        all
    }

    /// The fingerprint of those; zero if there are none.
    pub fn fingerprint_happening(self, place: PlaceId) -> Fingerprint {
        self.of(place).subtree.happening
    }

    /// The notices of a place that the places in it may show: the first of them.
    pub fn headlines(self, place: PlaceId) -> impl Iterator<Item = NoticeId> + use<'a> {
        self.at(place).take(HEADLINES)
    }

    /// The fingerprint of those and of all that have a time; zero if there are none.
    pub fn fingerprint_headlines(self, place: PlaceId) -> Fingerprint {
        self.of(place).headlines
    }

    /// How many notices of a place and of all places in it there are of each year.
    pub fn years_below(self, place: PlaceId) -> &'a BTreeMap<i16, usize> {
        &self.all_below(place).years
    }

    fn all_below(self, place: PlaceId) -> &'a Below {
        self.below[place.index()].get_or_init(|| {
            let places = self.catalog.subtree(place).into_iter();
            let mut below =
                Below { ids: places.flat_map(|it| self.at(it)).collect(), ..Below::default() };
            below.ids.sort_by(|a, b| by_rank(self.get(*a)).cmp(&by_rank(self.get(*b))));
            for date in below.ids.iter().filter_map(|id| self.get(*id).date()) {
                *below.years.entry(date.year()).or_default() += 1;
            }
            below
        })
    }

    /// The fingerprint of a place's notices as lists show them, and of its lasting pages.
    pub fn fingerprint(self, place: PlaceId) -> Fingerprint {
        self.of(place).listed
    }

    /// The fingerprint of a place's lasting pages as menus show them.
    pub fn fingerprint_menu(self, place: PlaceId) -> Fingerprint {
        Fingerprint::of_all(self.pages(place).map(|id| self.summary(id).link))
    }

    /// The fingerprint of the notices of a place and of all places in it.
    pub fn fingerprint_below(self, place: PlaceId) -> Fingerprint {
        self.of(place).subtree.listed
    }

    /// The notices of the same place posted just before and after one of them.
    pub fn neighbours(self, id: NoticeId) -> Neighbours {
        let (place, _) = self.catalog.notices[id.0 as usize];
        let dated: Vec<NoticeId> = self.ids(place, &self.of(place).dated).collect();
        let Some(at) = dated.iter().position(|other| *other == id) else {
            return Neighbours::default();
        };
        let older = at.checked_sub(1).map(|at| dated[at]);
        Neighbours { older, newer: dated.get(at + 1).copied() }
    }

    /// The notice or lasting page in a file, by its index in the catalog, if it is posted.
    pub fn in_file(self, file: usize) -> Option<NoticeId> {
        let id = NoticeId(u32::try_from(file).ok()?);
        self.summary(id).posted().map(|_| id)
    }
}
