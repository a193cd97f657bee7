//! The persons of a portal who withdrew, and how their names are treated at each place.
//!
//! The record sets that they withdrew from are known by their summaries; names are read from those
//! when a text is to be searched for them, or when somebody asks where a person withdrew.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    disclosure::{
        facts::{NameSources, PersonNames},
        mask::{HashedName, NameIndex},
        set_summary::SetSummary,
        withdrawn::{NameHit, NameTreatment, NamesAt},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, PlaceId},
};

/// The persons of a portal who withdrew.
#[derive(Debug, Default)]
pub(super) struct Withdrawals {
    sets: Vec<WithdrawnSet>,
    /// All names, once a text is searched for them.
    all: OnceLock<Arc<NameIndex>>,
}

/// A record set from which somebody withdrew.
#[derive(Debug)]
struct WithdrawnSet {
    /// By the index of the catalog.
    index: usize,
    /// Its place, and those above it.
    ancestry: Vec<PlaceId>,
    place: PlaceId,
    summary: Arc<SetSummary>,
}

impl WithdrawnSet {
    fn names(&self, sources: NameSources<'_>) -> PersonNames {
        self.summary.withdrawn_names(sources, &sources.catalog.sets[self.index])
    }

    /// One place is the other, or lies in it. `ancestry` is that of the other place.
    fn is_near(&self, place: PlaceId, ancestry: &[PlaceId]) -> bool {
        self.ancestry.contains(&place) || ancestry.contains(&self.place)
    }
}

impl Withdrawals {
    /// Those of some record sets, by the index of the catalog. No names are read for it.
    pub(super) fn new(sets: Vec<(usize, Arc<SetSummary>)>, catalog: &Catalog) -> Self {
        let set = |(index, summary): (usize, Arc<SetSummary>)| {
            let place = catalog.sets[index].place;
            WithdrawnSet { index, ancestry: catalog.ancestry(place), place, summary }
        };
        Self { sets: sets.into_iter().map(set).collect(), all: OnceLock::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// Where the person of a name withdrew: nearest to a place, if several of that name did.
    fn location(&self, sources: NameSources<'_>, place: PlaceId, name: u64) -> Option<&Location> {
        let ancestry = sources.catalog.ancestry(place);
        let mut sets: Vec<&WithdrawnSet> = self.sets.iter().collect();
        sets.sort_by_key(|set| !set.is_near(place, &ancestry));
        sets.into_iter().find_map(|set| {
            let names = set.names(sources);
            let is_named = |names: &Vec<HashedName>| names.iter().any(|it| it.hash.key() == name);
            let person = names.iter().position(is_named)?;
            set.summary.facts.withdrawn.get(person).map(|person| &person.location)
        })
    }

    /// The fingerprint of the names that are masked at a place; zero if there are none.
    pub(super) fn fingerprint_at(&self, catalog: &Catalog, place: PlaceId) -> Fingerprint {
        if self.sets.is_empty() {
            return Fingerprint::default();
        }
        let ancestry = catalog.ancestry(place);
        let near = self.sets.iter().filter(|set| set.is_near(place, &ancestry));
        let persons = near.flat_map(|set| &set.summary.facts.withdrawn);
        let names: BTreeSet<Fingerprint> = persons.map(|person| person.names).collect();
        if names.is_empty() { Fingerprint::default() } else { Fingerprint::of(&names) }
    }

    /// The names as they are treated at a place.
    pub(super) fn at(&self, sources: NameSources<'_>, place: PlaceId) -> NamesAt {
        let ancestry = sources.catalog.ancestry(place);
        let near = self.sets.iter().filter(|set| set.is_near(place, &ancestry));
        let all = self.all.get_or_init(|| Arc::new(index(self.sets.iter(), sources)));
        let places =
            ancestry.iter().map(|place| sources.catalog.name_fingerprint(*place)).collect();
        NamesAt::new(index(near, sources), Arc::clone(all), places)
    }

    /// The warning of a name that stays and may be that of the person.
    pub(super) fn warning(
        &self,
        sources: NameSources<'_>,
        place: PlaceId,
        hit: &NameHit,
    ) -> Option<Diagnostic> {
        (hit.treatment == NameTreatment::Kept).then_some(())?;
        let help = match &hit.location.file {
            file if file.is_table() => "column",
            file if file.has_extension("md") => "remove",
            _ => "allow",
        };
        let warning = Diagnostic::warning(Code::WithdrawnName, hit.location.clone()).help(help);
        Some(match self.location(sources, place, hit.name) {
            Some(withdrawn) => warning.related(withdrawn.clone(), "withdrawn"),
            None => warning,
        })
    }

    /// A hit, with where the person withdrew.
    pub(super) fn row(&self, sources: NameSources<'_>, place: PlaceId, hit: &NameHit) -> NameRow {
        NameRow {
            location: hit.location.clone(),
            withdrawn: self.location(sources, place, hit.name).cloned(),
            treatment: hit.treatment,
        }
    }
}

/// A line of the list of names of persons who withdrew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    /// Where the name stands.
    pub location: Location,
    /// Where the person withdrew.
    pub withdrawn: Option<Location>,
    /// What is done with the name.
    pub treatment: NameTreatment,
}

/// The index of the names of those who withdrew from some sets.
fn index<'s>(sets: impl Iterator<Item = &'s WithdrawnSet>, sources: NameSources<'_>) -> NameIndex {
    let names: Vec<PersonNames> = sets.map(|set| set.names(sources)).collect();
    NameIndex::new(names.iter().flat_map(|names| names.iter().flatten()), sources.rules.secret)
}
