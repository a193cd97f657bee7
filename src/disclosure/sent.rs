//! What one part of a portal tells the others, where several machines build it.
//!
//! It is what the public portal holds. A summary goes without the diagnostics of its files, which
//! quote them, and without the names of files that are not posted. Of a place in which there is one
//! whose records were not read, nothing is told: its texts may name who withdrew there. Such places are
//! few, and each part reads them itself.
//!
//! **Names of persons who withdrew.** Each part has to look for them in its own texts, and must not
//! read those of the others. So a part hands on the hashes that it found (`mask/hashed.rs`), without
//! the key: all parts derive the same one from the listing of the site's files, which whoever gets
//! the hashes alone does not have.

use serde::{Deserialize, Serialize};

use std::sync::Arc;

use crate::{
    diagnostic::{Diagnostic, Location},
    disclosure::{
        Summaries, facts::PersonNames, mask::HashedName, notice_summary::NoticeSummary,
        set_summary::SetSummary,
    },
    schema::{Catalog, PlaceId, TreeNode},
};

/// The summaries of the places that a catalog owns, as other parts get them.
pub fn sent(summaries: &Summaries, catalog: &Catalog) -> Summaries {
    let mut sent = Summaries::empty(summaries.len());
    let is_told = told(catalog);
    let own = catalog.places.iter().filter(|place| catalog.owns(Some(place.id)));
    for place in own.filter(|place| is_told[place.id.index()]) {
        let Some(node) = summaries.node(place.id) else { continue };
        let at = Location::file(place.folder.join("place.yaml"));
        let set = |set: &Arc<SetSummary>| {
            let mut set = SetSummary::clone(set);
            set.facts.withheld.iter_mut().for_each(|it| it.location = at.clone());
            judged_later(&mut set.diagnostics);
            Arc::new(set)
        };
        let notice = |notice: &Arc<NoticeSummary>| {
            let mut notice = NoticeSummary::clone(notice);
            notice.stand_at(&at);
            judged_later(&mut notice.diagnostics);
            Arc::new(notice)
        };
        let sets = node.value.sets.iter().map(set).collect();
        let notices = node.value.notices.iter().map(notice).collect();
        let value = node.value.with(sets, notices);
        sent.set(place.id, TreeNode { from: node.from, valid: node.valid, value });
    }
    sent
}

/// By place, whether its summary is told: the records of all places in it were read.
pub fn told(catalog: &Catalog) -> Vec<bool> {
    let mut told = vec![true; catalog.places.len()];
    for unread in catalog.places.iter().filter(|place| !catalog.fills(place.id)) {
        catalog.ancestry(unread.id).into_iter().for_each(|above| told[above.index()] = false);
    }
    told
}

/// Leaves the diagnostics of numbers that are no mistake if an office publishes them, which may be
/// one in another part. All others were told when the summary was made.
fn judged_later(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain(|it| !it.numbers.is_empty());
    diagnostics.iter_mut().flat_map(Diagnostic::places_mut).for_each(|it| it.quote = None);
}

/// The names of those who withdrew from a record set.
#[derive(Debug, Serialize, Deserialize)]
pub struct SentNames {
    place: PlaceId,
    /// By its index among those of the place.
    set: usize,
    /// Person by person.
    names: Vec<Vec<HashedName>>,
}

impl SentNames {
    /// The names that were read at some places.
    pub fn of(summaries: &Summaries, places: impl Iterator<Item = PlaceId>) -> Vec<Self> {
        let sets = places.flat_map(|place| {
            let sets = summaries.get(place).map(|it| &it.sets[..]).unwrap_or_default();
            let sets = sets.iter().enumerate();
            let sets = sets.filter(|(_, summary)| !summary.facts.withdrawn.is_empty());
            sets.filter_map(move |(set, summary)| {
                let names = summary.facts.names.get()?.to_vec();
                Some(Self { place, set, names })
            })
        });
        sets.collect()
    }

    /// Puts them where they are asked for.
    pub fn put(&self, summaries: &Summaries) {
        let set = summaries.get(self.place).and_then(|it| it.sets.get(self.set));
        if let Some(set) = set {
            // What was read here already is the same.
            let _ = set.facts.names.set(PersonNames::from(&self.names[..]));
        }
    }
}
