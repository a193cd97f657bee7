//! What is known of the records and notices of each place, from build to build.

use std::{collections::HashMap, sync::Arc};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    disclosure::{
        equal_sets::{self, PersonList, PersonLists},
        facts::{NameSources, Rules, Withheld},
        notice_order,
        notice_summary::NoticeSummary,
        place_dates::PlaceDates,
        set_summary::SetSummary,
        withdrawals::Withdrawals,
        withdrawn::{NameHit, NamesAt},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, PlaceId, PlaceTree, RecordSet, TreeNode, notice::Article},
    source::Files,
};

/// What is known of the records and notices of each place.
pub type Summaries = PlaceTree<PlaceSummary>;

/// What is known of the records and notices of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceSummary {
    /// Its record sets, in the order of the catalog.
    pub sets: Vec<Arc<SetSummary>>,
    /// Its notices and lasting pages, posted or not, in the order of the catalog.
    pub notices: Vec<Arc<NoticeSummary>>,
    /// What is wrong with the days that the place itself says.
    dates: PlaceDates,
    /// The notices that are posted, by their index: pinned ones first, then the latest.
    pub(super) ranked: Vec<u32>,
    /// The same, the oldest first.
    pub(super) dated: Vec<u32>,
    /// The lasting pages that are posted, by their index, in the order of the menu.
    pub(super) menu: Vec<u32>,
    /// The fingerprint of its notices as lists show them, and of its lasting pages.
    pub(super) listed: Fingerprint,
    /// The fingerprint of those that the places in it show; zero if there are none.
    pub(super) headlines: Fingerprint,
    /// Of the place and of all places in it.
    pub(super) subtree: Subtree,
    /// The fingerprint of the names of persons who withdrew that all of it and of the places in it
    /// was compared with. Zero for none.
    compared: Fingerprint,
}

/// What the summaries of a place and of all places in it come to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Subtree {
    /// The fingerprint of all that is published.
    pub output: Fingerprint,
    /// The fingerprint of the notices as lists show them, and of the lasting pages.
    pub(super) listed: Fingerprint,
    /// The fingerprint of the notices that have a time; zero if there are none.
    pub(super) happening: Fingerprint,
    /// The fingerprint of what links from elsewhere find: which lists there are, and the notices.
    pub linked: Fingerprint,
    /// The fingerprint of the keys of personal data that pages may show.
    pub(super) keys: Fingerprint,
    /// The fingerprint of the names of persons who withdrew; zero if there are none.
    pub(super) withdrawn: Fingerprint,
    /// How many notices are posted.
    pub(super) posted: usize,
    /// How many records and notices are kept back.
    pub(super) withheld: usize,
    /// How many of them were withdrawn.
    pub(super) gone: usize,
    /// How many diagnostics there are.
    pub(super) diagnostics: usize,
    /// How many records and notices have names of persons who withdrew, each name once.
    pub(super) names: usize,
    /// The lists of persons of the place itself.
    pub(super) persons: PersonLists,
    /// How many lists of persons are like one of a place beside theirs, or around it.
    pub(super) equal: usize,
}

/// What was read of a place because its summary had to be made, as it is published.
pub(super) struct ReadContents<M> {
    /// By the index of the catalog, with what was measured of them.
    pub(super) sets: Vec<(usize, RecordSet, M)>,
    /// By the index of the catalog.
    pub(super) articles: Vec<(usize, Article)>,
}

impl<M> Default for ReadContents<M> {
    fn default() -> Self {
        Self { sets: Vec::new(), articles: Vec::new() }
    }
}

/// Brings the summaries up to date, and returns what was read for it, and who withdrew. Each record
/// set that is read is measured at once, while the processor has it at hand: that saves a pass over
/// all records.
///
/// Who withdrew is known once all places were summarised. What was read, or was compared with other
/// names, is then compared with the names of these persons, and summarised again if it has one. A
/// part of a portal leaves to the other parts what is theirs, but for texts that these compared with
/// other names than those near them: they did not know of somebody in a part of theirs.
pub(super) fn update<M: Send>(
    known: &mut Summaries,
    files: &Files<'_>,
    catalog: &Catalog,
    rules: Rules,
    clock: &Clock,
    measure: impl Fn(&RecordSet) -> M + Sync,
) -> (Vec<ReadContents<M>>, Withdrawals) {
    let around = catalog.surroundings().and(Fingerprint::of(&rules));
    let from = |place: PlaceId| {
        // A part is not kept for a next build, for which all files would be read.
        if catalog.part().is_some() {
            return Fingerprint::default();
        }
        let place = catalog.place(place);
        let contents = files.tree().folder(&place.folder).map(|folder| files.contents(folder));
        around.and(contents.unwrap_or_default())
    };
    let stale = catalog.stale(known, clock, from);
    let before = &*known;
    let make = |place: &PlaceId| {
        Maker { files, catalog, rules, clock, measure: &measure, known: before.get(*place) }
            .make(*place)
    };
    // Most places take about as long as any other.
    let made: Vec<(PlaceSummary, ReadContents<M>)> =
        stale.par_iter().with_min_len(4).map(make).collect();
    let mut read = HashMap::with_capacity(made.len());
    for (place, (summary, of_place)) in stale.iter().zip(made).rev() {
        // Its files were read, so their fingerprints cost nothing.
        put(known, catalog, *place, from(*place), summary, None);
        read.insert(*place, of_place);
    }
    let withdrawals = Withdrawals::new(withdrawn(known, catalog), catalog);
    let sources = NameSources { files, catalog, rules, clock };
    let names = known.get(PlaceId::ROOT).map(|root| root.subtree.withdrawn).unwrap_or_default();
    let is_others = |place: &PlaceId| {
        let near = || withdrawals.fingerprint_at(catalog, *place);
        catalog.part().is_some_and(|part| part.has_compared(*place, near))
    };
    let jobs: Vec<(PlaceId, ReadContents<M>)> = uncompared(known, catalog, names)
        .into_iter()
        .filter(|place| !is_others(place))
        .map(|place| (place, read.remove(&place).unwrap_or_default()))
        .collect();
    let before = &*known;
    let compare = |(place, read): (PlaceId, ReadContents<M>)| {
        let at = withdrawals.at(sources, place);
        let comparer = Comparer {
            files,
            catalog,
            rules,
            clock,
            measure: &measure,
            names: &at,
            compared: names,
        };
        (place, comparer.compare(place, before.get(place), read))
    };
    let compared: Vec<_> = jobs.into_par_iter().with_min_len(4).map(compare).collect();
    for (place, (summary, of_place)) in compared.into_iter().rev() {
        put(known, catalog, place, from(place), summary, Some(names));
        read.insert(place, of_place);
    }
    let mut read: Vec<(PlaceId, ReadContents<M>)> = read.into_iter().collect();
    read.sort_unstable_by_key(|(place, _)| *place);
    (read.into_iter().map(|(_, read)| read).collect(), withdrawals)
}

/// Puts the summary of a place, whose own part is given, in the tree. Those of the places in it are
/// there.
fn put(
    known: &mut Summaries,
    catalog: &Catalog,
    place: PlaceId,
    from: Fingerprint,
    mut summary: PlaceSummary,
    compared: Option<Fingerprint>,
) {
    let children: Vec<&TreeNode<PlaceSummary>> =
        catalog.place(place).children.iter().filter_map(|child| known.node(*child)).collect();
    let valid = children.iter().map(|child| child.valid).fold(summary.valid(), Validity::and);
    let subtrees: Vec<&Subtree> = children.iter().map(|child| &child.value.subtree).collect();
    summary.subtree = summary.subtree_with(&subtrees);
    let below = children.iter().map(|child| child.value.compared);
    let no_names = summary.compared_with().chain(below).all(|it| it == Fingerprint::default());
    summary.compared = match compared {
        Some(compared) => compared,
        None if no_names => Fingerprint::default(),
        // Some of it may have names masked that nobody withdraws any more.
        None => Fingerprint::of("uncompared"),
    };
    known.set(place, TreeNode { from, valid, value: summary });
}

/// The record sets from which somebody withdrew, by the index of the catalog.
fn withdrawn(known: &Summaries, catalog: &Catalog) -> Vec<(usize, Arc<SetSummary>)> {
    let places = walk(known, catalog, |it| it.subtree.withdrawn != Fingerprint::default());
    let of = |place: PlaceId| {
        let sets = known.get(place).into_iter().flat_map(|it| &it.sets);
        let sets = catalog.sets_of(place).zip(sets);
        sets.filter(|(_, set)| !set.facts.withdrawn.is_empty())
            .map(|(index, set)| (index, Arc::clone(set)))
    };
    places.into_iter().flat_map(of).collect()
}

/// The places of which something was not compared with these names, parents before children.
fn uncompared(known: &Summaries, catalog: &Catalog, names: Fingerprint) -> Vec<PlaceId> {
    walk(known, catalog, |it| it.compared != names)
}

/// The places whose summaries fulfil a condition that those above them fulfil, too.
fn walk(
    known: &Summaries,
    catalog: &Catalog,
    holds: impl Fn(&PlaceSummary) -> bool,
) -> Vec<PlaceId> {
    let mut found = Vec::new();
    let mut next: Vec<PlaceId> = catalog.places.first().map(|root| root.id).into_iter().collect();
    while let Some(place) = next.pop() {
        if known.get(place).is_some_and(&holds) {
            found.push(place);
            next.extend(&catalog.place(place).children);
        }
    }
    found.sort_unstable();
    found
}

/// Compares what a place says with the names of persons who withdrew.
struct Comparer<'a, F> {
    files: &'a Files<'a>,
    catalog: &'a Catalog,
    rules: Rules,
    clock: &'a Clock,
    measure: &'a F,
    names: &'a NamesAt,
    compared: Fingerprint,
}

impl<M, F: Fn(&RecordSet) -> M> Comparer<'_, F> {
    /// The summary of a place, compared, and what was read of it.
    fn compare(
        &self,
        place: PlaceId,
        known: Option<&PlaceSummary>,
        mut read: ReadContents<M>,
    ) -> (PlaceSummary, ReadContents<M>) {
        let (sets, notices) = known.map(|it| (&it.sets[..], &it.notices[..])).unwrap_or_default();
        let sets = self.catalog.sets_of(place).zip(sets);
        let sets = sets.map(|(index, set)| self.set(index, set, &mut read)).collect();
        let notices = self.catalog.notices_of(place).zip(notices);
        let mut notices: Vec<_> =
            notices.map(|(index, notice)| self.notice(index, notice, &mut read)).collect();
        set_apart(&mut notices);
        let dates = PlaceDates::of(self.files, self.catalog.place(place), self.clock);
        (PlaceSummary::new(self.catalog, place, dates, sets, notices), read)
    }

    fn set(
        &self,
        index: usize,
        known: &Arc<SetSummary>,
        read: &mut ReadContents<M>,
    ) -> Arc<SetSummary> {
        if known.compared == self.compared {
            return Arc::clone(known);
        }
        let of = &self.catalog.sets[index];
        let at = read.sets.iter().position(|(it, ..)| *it == index);
        let (mut summary, mut set, mut measured) = match at {
            Some(at) => {
                let (_, set, measured) = read.sets.swap_remove(at);
                (SetSummary::clone(known), set, Some(measured))
            }
            None if known.facts.silent || self.has_nothing(&known.names) => {
                let mut summary = SetSummary::clone(known);
                summary.compared = self.compared;
                return Arc::new(summary);
            }
            // Masked names cannot be told from what is read.
            None => {
                let read = SetSummary::read(self.files, self.catalog, of, self.rules, self.clock);
                (read.0, read.1, None)
            }
        };
        if summary.compare(&mut set, self.catalog, self.names, self.compared) {
            measured = Some((self.measure)(&set));
        }
        read.sets.extend(measured.map(|measured| (index, set, measured)));
        Arc::new(summary)
    }

    fn notice(
        &self,
        index: usize,
        known: &Arc<NoticeSummary>,
        read: &mut ReadContents<M>,
    ) -> Arc<NoticeSummary> {
        if known.compared == self.compared {
            return Arc::clone(known);
        }
        let of = &self.catalog.notices[index];
        let at = read.articles.iter().position(|(it, _)| *it == index);
        let (mut summary, article) = match at {
            Some(at) => (NoticeSummary::clone(known), Some(read.articles.swap_remove(at).1)),
            None if known.posted().is_none() || self.has_nothing(&known.names) => {
                (NoticeSummary::clone(known), None)
            }
            None => NoticeSummary::read(self.files, self.catalog, of, self.rules, self.clock),
        };
        match article {
            Some(mut article) => {
                summary.compare(&mut article, self.names, self.compared);
                read.articles.extend(at.map(|_| (index, article)));
            }
            None => summary.compared = self.compared,
        }
        Arc::new(summary)
    }

    /// There is nothing to look for, and nothing was found.
    fn has_nothing(&self, found: &[NameHit]) -> bool {
        found.is_empty() && self.names.is_empty()
    }
}

/// Gives notices whose addresses were made from others one of their own.
fn set_apart(notices: &mut [Arc<NoticeSummary>]) {
    for index in 0..notices.len() {
        if !notices[index].is_renamed() {
            continue;
        }
        let slugs = notices.iter().enumerate().filter(|(other, _)| *other != index);
        let slugs = slugs.filter_map(|(_, it)| it.posted()).map(|it| it.slug.clone());
        let slugs: Vec<String> = slugs.collect();
        let mut summary = NoticeSummary::clone(&notices[index]);
        summary.set_apart(|slug| slugs.iter().any(|it| it == slug));
        notices[index] = Arc::new(summary);
    }
}

/// Makes the summary of a place.
struct Maker<'a, F> {
    files: &'a Files<'a>,
    catalog: &'a Catalog,
    rules: Rules,
    clock: &'a Clock,
    measure: &'a F,
    known: Option<&'a PlaceSummary>,
}

impl<M, F: Fn(&RecordSet) -> M> Maker<'_, F> {
    fn make(&self, place: PlaceId) -> (PlaceSummary, ReadContents<M>) {
        let mut read = ReadContents::default();
        let sets = self.catalog.sets_of(place).enumerate();
        let sets = sets.map(|(at, index)| self.set(at, index, &mut read)).collect();
        let notices = self.catalog.notices_of(place).enumerate();
        let notices: Vec<_> =
            notices.map(|(at, index)| self.notice(at, index, &mut read)).collect();
        let dates = PlaceDates::of(self.files, self.catalog.place(place), self.clock);
        (PlaceSummary::new(self.catalog, place, dates, sets, notices), read)
    }

    fn set(&self, at: usize, index: usize, read: &mut ReadContents<M>) -> Arc<SetSummary> {
        let of = &self.catalog.sets[index];
        if let Some(known) = self.known {
            let key = SetSummary::key_of(self.files, self.catalog, of, self.rules);
            let is_same = |it: &&Arc<SetSummary>| it.key == key && it.valid.holds(self.clock);
            // Nearly always it is at the same index.
            let first = known.sets.get(at).filter(is_same);
            if let Some(same) = first.or_else(|| known.sets.iter().find(is_same)) {
                return Arc::clone(same);
            }
        }
        let (summary, set) = SetSummary::read(self.files, self.catalog, of, self.rules, self.clock);
        let measured = (self.measure)(&set);
        read.sets.push((index, set, measured));
        Arc::new(summary)
    }

    fn notice(&self, at: usize, index: usize, read: &mut ReadContents<M>) -> Arc<NoticeSummary> {
        let of = &self.catalog.notices[index];
        if let Some(known) = self.known {
            let key = NoticeSummary::key_of(self.files, self.catalog, of, self.rules);
            let is_same = |it: &&Arc<NoticeSummary>| it.key == key && it.valid.holds(self.clock);
            let first = known.notices.get(at).filter(is_same);
            if let Some(same) = first.or_else(|| known.notices.iter().find(is_same)) {
                return Arc::clone(same);
            }
        }
        let (summary, article) =
            NoticeSummary::read(self.files, self.catalog, of, self.rules, self.clock);
        read.articles.extend(article.map(|article| (index, article)));
        Arc::new(summary)
    }
}

impl PlaceSummary {
    /// The summary of a place's own records and notices.
    fn new(
        catalog: &Catalog,
        place: PlaceId,
        dates: PlaceDates,
        sets: Vec<Arc<SetSummary>>,
        notices: Vec<Arc<NoticeSummary>>,
    ) -> Self {
        let ranked = notice_order::ranked(&notices);
        let dated = notice_order::dated(&notices);
        let menu = notice_order::menu(&notices);
        let links = ranked.iter().chain(&menu).map(|index| notices[*index as usize].link);
        let ancestry = catalog.ancestry_fingerprint(place);
        let listed = Fingerprint::of_all(links.chain([ancestry]));
        let headlines = notice_order::headlines(&notices, &ranked);
        let headlines = headlines.map_or_else(Fingerprint::default, |links| links.and(ancestry));
        let (subtree, compared) = (Subtree::default(), Fingerprint::default());
        Self { sets, notices, dates, ranked, dated, menu, listed, headlines, subtree, compared }
    }

    /// The same with other records and notices, in the same order.
    pub(super) fn with(
        &self,
        sets: Vec<Arc<SetSummary>>,
        notices: Vec<Arc<NoticeSummary>>,
    ) -> Self {
        let Self { ranked, dated, menu, listed, headlines, compared, .. } = self;
        let (ranked, dated, menu) = (ranked.clone(), dated.clone(), menu.clone());
        let (listed, headlines, compared) = (*listed, *headlines, *compared);
        let subtree = self.subtree.clone();
        // What there is to say of them is found again for all places.
        let dates = PlaceDates { diagnostics: Vec::new(), valid: self.dates.valid };
        Self { sets, notices, dates, ranked, dated, menu, listed, headlines, subtree, compared }
    }

    /// What each of its records and notices was compared with.
    fn compared_with(&self) -> impl Iterator<Item = Fingerprint> {
        let sets = self.sets.iter().map(|set| set.compared);
        sets.chain(self.notices.iter().map(|notice| notice.compared))
    }

    /// Where it has names of persons who withdrew.
    pub(super) fn names(&self) -> impl Iterator<Item = &NameHit> {
        let sets = self.sets.iter().flat_map(|set| &set.names);
        sets.chain(self.notices.iter().flat_map(|notice| &notice.names))
    }

    fn valid(&self) -> Validity {
        let sets = self.sets.iter().map(|set| set.valid);
        sets.chain(self.notices.iter().map(|notice| notice.valid))
            .fold(self.dates.valid, Validity::and)
    }

    /// The diagnostics of its files.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let sets = self.sets.iter().flat_map(|set| &set.diagnostics);
        let own = self.dates.diagnostics.iter().chain(sets);
        own.chain(self.notices.iter().flat_map(|notice| &notice.diagnostics))
    }

    /// What is kept back of its records and notices.
    pub(super) fn withheld(&self) -> impl Iterator<Item = Withheld> {
        let sets = self.sets.iter().flat_map(|set| set.facts.withheld.iter().cloned());
        sets.chain(self.notices.iter().filter_map(|notice| notice.withheld()))
    }

    /// The keys of the personal data that its pages may show, by where they stand.
    pub(super) fn keys(&self) -> impl Iterator<Item = &[u64]> {
        let contacts = |set: &'_ Arc<SetSummary>| !set.facts.silent;
        let sets = self.sets.iter().flat_map(move |set| {
            let contacts = if contacts(set) { &set.facts.contacts[..] } else { &[] };
            [&set.known[..], contacts]
        });
        sets.chain(self.notices.iter().map(|notice| &notice.known[..]))
    }

    /// The keys of the mobile numbers that offices publish in its directories.
    pub(super) fn offices(&self) -> impl Iterator<Item = u64> {
        let shown = self.sets.iter().filter(|set| !set.facts.silent);
        shown.flat_map(|set| set.facts.offices.iter().copied())
    }

    fn subtree_with(&self, children: &[&Subtree]) -> Subtree {
        let all = |own: Fingerprint, of: fn(&Subtree) -> Fingerprint| {
            Fingerprint::of_all([own].into_iter().chain(children.iter().copied().map(of)))
        };
        let sets = self.sets.iter().map(|set| (set.collection, set.records, set.facts.silent));
        let texts = self.notices.iter().map(|notice| (notice.text, notice.posted().is_some()));
        let output =
            Fingerprint::of(&(sets.collect::<Vec<_>>(), self.listed, texts.collect::<Vec<_>>()));
        let silent: Vec<_> =
            self.sets.iter().map(|set| (set.collection, set.facts.silent)).collect();
        let posted: Vec<_> = self
            .notices
            .iter()
            .map(|notice| notice.posted().map(|it| (&it.slug, notice.text)))
            .collect();
        let happening =
            self.notices.iter().filter(|notice| notice.posted().is_some_and(Notice::has_time));
        let happening: Vec<Fingerprint> = happening.map(|notice| notice.link).collect();
        let is_calm = happening.is_empty()
            && children.iter().all(|child| child.happening == Fingerprint::default());
        let happening = Fingerprint::of(&(happening, self.listed));
        // Where somebody withdrew makes no difference to what is masked.
        let withdrawn = self.sets.iter().flat_map(|set| &set.facts.withdrawn);
        let withdrawn: Vec<_> = withdrawn.map(|person| person.names).collect();
        let nobody = withdrawn.is_empty()
            && children.iter().all(|child| child.withdrawn == Fingerprint::default());
        let withdrawn = Fingerprint::of(&withdrawn);
        let keys: (Vec<&u64>, Vec<u64>) =
            (self.keys().flatten().collect(), self.offices().collect());
        let count = |own: usize, of: fn(&Subtree) -> usize| {
            own + children.iter().copied().map(of).sum::<usize>()
        };
        let persons = self.persons();
        Subtree {
            output: all(output, |child| child.output),
            listed: all(self.listed, |child| child.listed),
            happening: if is_calm {
                Fingerprint::default()
            } else {
                all(happening, |child| child.happening)
            },
            linked: all(Fingerprint::of(&(silent, posted)), |child| child.linked),
            keys: all(Fingerprint::of(&keys), |child| child.keys),
            withdrawn: if nobody {
                Fingerprint::default()
            } else {
                all(withdrawn, |child| child.withdrawn)
            },
            posted: count(self.ranked.len(), |child| child.posted),
            withheld: count(self.withheld().count(), |child| child.withheld),
            gone: count(self.withheld().filter(Withheld::is_withdrawn).count(), |child| child.gone),
            diagnostics: count(self.diagnostics().count(), |child| child.diagnostics),
            names: count(self.names().count(), |child| child.names),
            equal: count(
                equal_sets::count(
                    [&persons].into_iter().chain(children.iter().map(|it| &it.persons)),
                ),
                |child| child.equal,
            ),
            persons,
        }
    }

    /// The lists of persons.
    fn persons(&self) -> PersonLists {
        let named = self.sets.iter().filter(|set| set.lists_persons && !set.facts.silent);
        let list = |set: &Arc<SetSummary>| PersonList {
            collection: set.collection,
            records: set.records,
            sketch: set.sketch.clone(),
        };
        named.map(list).collect()
    }
}
