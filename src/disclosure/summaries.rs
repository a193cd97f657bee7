//! What is known of the records and notices of each place, from build to build.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    disclosure::{
        facts::{Rules, Withheld},
        notice_order,
        notice_summary::NoticeSummary,
        set_summary::SetSummary,
    },
    fingerprint::Fingerprint,
    schema::{Catalog, PlaceId, PlaceTree, RecordSet, TreeNode, notice::Article},
    source::Files,
};

/// What is known of the records and notices of each place.
pub type Summaries = PlaceTree<PlaceSummary>;

/// What is known of the records and notices of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceSummary {
    /// Its record sets, in the order of the catalog.
    pub sets: Vec<Arc<SetSummary>>,
    /// Its notices, posted or not, in the order of the catalog.
    pub notices: Vec<Arc<NoticeSummary>>,
    /// The notices that are posted, by their index: pinned ones first, then the latest.
    pub(super) ranked: Vec<u32>,
    /// The same, the oldest first.
    pub(super) dated: Vec<u32>,
    /// The fingerprint of its notices as lists show them.
    pub(super) listed: Fingerprint,
    /// Of the place and of all places in it.
    pub(super) subtree: Subtree,
}

/// What the summaries of a place and of all places in it come to.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Subtree {
    /// The fingerprint of all that is published.
    pub output: Fingerprint,
    /// The fingerprint of the notices as lists show them.
    pub(super) listed: Fingerprint,
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
    /// How many diagnostics there are.
    pub(super) diagnostics: usize,
}

/// What was read of a place because its summary had to be made.
pub(super) struct ReadContents<M> {
    /// By the index of the catalog, with what was measured of them.
    pub(super) sets: Vec<(usize, RecordSet, M)>,
    /// By the index of the catalog.
    pub(super) articles: Vec<(usize, Article)>,
}

/// Brings the summaries up to date, and returns what was read for it. Each record set that is read is
/// measured at once, while the processor has it at hand: that saves a pass over all records.
pub(super) fn update<M: Send>(
    known: &mut Summaries,
    files: &Files<'_>,
    catalog: &Catalog,
    rules: Rules,
    clock: &Clock,
    measure: impl Fn(&RecordSet) -> M + Sync,
) -> Vec<ReadContents<M>> {
    let around = catalog.surroundings().and(Fingerprint::of(&rules));
    let from = |place: PlaceId| {
        let place = catalog.place(place);
        let contents = files.tree().folder(&place.folder).map(|folder| files.contents(folder));
        around.and(contents.unwrap_or_default())
    };
    let stale = known.stale(&catalog.places, clock, from);
    let before = &*known;
    let make = |place: &PlaceId| {
        Maker { files, catalog, rules, clock, measure: &measure, known: before.get(*place) }
            .make(*place)
    };
    // Most places take about as long as any other.
    let made: Vec<(PlaceSummary, ReadContents<M>)> =
        stale.par_iter().with_min_len(4).map(make).collect();
    let mut read = Vec::with_capacity(made.len());
    let pairs = stale.iter().zip(made);
    for (place, (mut summary, of_place)) in pairs.rev() {
        let children: Vec<&TreeNode<PlaceSummary>> =
            catalog.place(*place).children.iter().filter_map(|child| known.node(*child)).collect();
        let own = summary.valid();
        let valid = children.iter().map(|child| child.valid).fold(own, Validity::and);
        let subtrees: Vec<&Subtree> = children.iter().map(|child| &child.value.subtree).collect();
        summary.subtree = summary.subtree_with(&subtrees);
        // Its files were read, so their fingerprints cost nothing.
        known.set(*place, TreeNode { from: from(*place), valid, value: summary });
        read.push(of_place);
    }
    read
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
        let mut read = ReadContents { sets: Vec::new(), articles: Vec::new() };
        let sets = self.catalog.sets_of(place).enumerate();
        let sets = sets.map(|(at, index)| self.set(at, index, &mut read)).collect();
        let notices = self.catalog.notices_of(place).enumerate();
        let notices: Vec<_> =
            notices.map(|(at, index)| self.notice(at, index, &mut read)).collect();
        let ranked = notice_order::ranked(&notices);
        let dated = notice_order::dated(&notices);
        let links = ranked.iter().map(|index| notices[*index as usize].link);
        let ancestry = self.catalog.ancestry_fingerprint(place);
        let listed = Fingerprint::of_all(links.chain([ancestry]));
        let subtree = Subtree::default();
        (PlaceSummary { sets, notices, ranked, dated, listed, subtree }, read)
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
    fn valid(&self) -> Validity {
        let sets = self.sets.iter().map(|set| set.valid);
        sets.chain(self.notices.iter().map(|notice| notice.valid))
            .fold(Validity::ALWAYS, Validity::and)
    }

    /// The diagnostics of its files.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let sets = self.sets.iter().flat_map(|set| &set.diagnostics);
        sets.chain(self.notices.iter().flat_map(|notice| &notice.diagnostics))
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
        let withdrawn: Vec<_> = self.sets.iter().flat_map(|set| &set.facts.withdrawn).collect();
        let nobody = withdrawn.is_empty()
            && children.iter().all(|child| child.withdrawn == Fingerprint::default());
        let withdrawn = Fingerprint::of(&withdrawn);
        let keys: (Vec<&u64>, Vec<u64>) =
            (self.keys().flatten().collect(), self.offices().collect());
        let count = |own: usize, of: fn(&Subtree) -> usize| {
            own + children.iter().copied().map(of).sum::<usize>()
        };
        Subtree {
            output: all(output, |child| child.output),
            listed: all(self.listed, |child| child.listed),
            linked: all(Fingerprint::of(&(silent, posted)), |child| child.linked),
            keys: all(Fingerprint::of(&keys), |child| child.keys),
            withdrawn: if nobody {
                Fingerprint::default()
            } else {
                all(withdrawn, |child| child.withdrawn)
            },
            posted: count(self.ranked.len(), |child| child.posted),
            withheld: count(self.withheld().count(), |child| child.withheld),
            diagnostics: count(self.diagnostics().count(), |child| child.diagnostics),
        }
    }
}
