//! What is known of a record set without reading it again.

use std::hash::Hash as _;

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    disclosure::{
        conceal,
        disclose::{disclose, withdrawn_names},
        equal_sets::Sketch,
        facts::{Facts, NameSources, PersonNames, Rules},
        references::References,
        withdrawn::{self, NameHit, NamesAt},
    },
    fingerprint::{Fingerprint, FingerprintHasher},
    schema::{Catalog, CollectionId, FieldType, Record, RecordSet, SetFiles},
    source::{Files, World},
};

/// What is known of a record set without reading it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetSummary {
    /// The fingerprint of all that it was made from, the moment apart.
    pub(super) key: Fingerprint,
    /// For which moments it holds.
    pub(super) valid: Validity,
    /// Of which collection.
    pub(super) collection: CollectionId,
    /// The fingerprint of the records as they are published.
    pub records: Fingerprint,
    /// They are several, and of persons.
    pub(super) lists_persons: bool,
    /// By what a list of persons is compared with others; nothing of a short one.
    pub(super) sketch: Option<Sketch>,
    /// What disclosure left beside them.
    pub facts: Facts,
    /// The keys of the personal data in its files.
    pub(super) known: Vec<u64>,
    /// Diagnostics of its files.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The fingerprint of the names that it was compared with, of persons who withdrew; zero if it
    /// was compared with none.
    pub(super) compared: Fingerprint,
    /// Where it has these names.
    pub(super) names: Vec<NameHit>,
    /// How others name its records, and which records of others it names.
    pub(super) references: References,
}

impl SetSummary {
    /// The fingerprint of all that a set's summary is made from now. It costs nothing for files
    /// that were read before.
    pub(super) fn key_of(
        files: &Files<'_>,
        catalog: &Catalog,
        of: &SetFiles,
        rules: Rules,
    ) -> Fingerprint {
        let around = catalog.set_surroundings(of).and(Fingerprint::of(&rules));
        around.and(files.fingerprint_all(&of.files))
    }

    /// Reads a record set: its summary, and the records as they are published.
    pub(super) fn read(
        files: &Files<'_>,
        catalog: &Catalog,
        of: &SetFiles,
        rules: Rules,
        clock: &Clock,
    ) -> (Self, RecordSet) {
        let clock = clock.fork();
        let mut diagnostics = Vec::new();
        let (set, known) = catalog.set(files, of).report(&mut diagnostics);
        let references = References::of(&set, catalog);
        let (set, facts, clashes) = disclose(set, catalog, rules, &clock);
        diagnostics.extend(clashes);
        let collection = catalog.collections.get(of.collection);
        conceal::of_records(files, &set, &facts, collection, &mut diagnostics);
        let lists_persons = set.records.len() > 1
            && collection.fields.iter().any(|it| it.kind == FieldType::Person);
        let summary = Self {
            // The files were read just now.
            key: Self::key_of(files, catalog, of, rules),
            valid: clock.validity(),
            collection: of.collection,
            records: fingerprint(&set, catalog),
            lists_persons,
            sketch: if lists_persons { Sketch::of(&set.records) } else { None },
            facts,
            known,
            diagnostics,
            compared: Fingerprint::default(),
            names: Vec::new(),
            references,
        };
        (summary, set)
    }

    /// The names of those who withdrew from it, person by person. A summary that was restored reads
    /// its files for them, once.
    pub(super) fn withdrawn_names(&self, sources: NameSources<'_>, of: &SetFiles) -> PersonNames {
        if let Some(names) = self.facts.names.get() {
            return PersonNames::clone(names);
        }
        let NameSources { files, catalog, rules, clock } = sources;
        let (set, _) = catalog.set(files, of).value;
        let collection = catalog.collections.get(self.collection);
        let names = withdrawn_names(&set, collection, rules, &clock.fork());
        let expected = self.facts.withdrawn.iter().map(|person| person.names);
        if names.iter().map(Fingerprint::of).eq(expected) {
            return PersonNames::clone(self.facts.names.get_or_init(|| names));
        }
        files.tear();
        PersonNames::default()
    }

    /// Takes the names of persons who withdrew out of the records, which are as they were read.
    /// Returns whether there were any to be masked. Names that stay may be on pages.
    pub(super) fn compare(
        &mut self,
        set: &mut RecordSet,
        catalog: &Catalog,
        names: &NamesAt,
        compared: Fingerprint,
    ) -> bool {
        self.names = names.in_records(set, catalog.collections.get(self.collection));
        self.compared = compared;
        self.known.extend(names.shown(&self.names));
        let masks = withdrawn::masks(&self.names);
        if masks {
            self.records = fingerprint(set, catalog);
            names.in_diagnostics(&mut self.diagnostics);
        }
        masks
    }

    /// Reads the records of which this is the summary, as they are published. Nothing if the files
    /// are not what they were when it was made.
    pub(super) fn records(
        &self,
        world: &dyn World,
        catalog: &Catalog,
        of: &SetFiles,
        rules: Rules,
        clock: &Clock,
        names: Option<&NamesAt>,
    ) -> Option<RecordSet> {
        let (set, _) = catalog.set(world, of).value;
        let (mut set, ..) = disclose(set, catalog, rules, &clock.fork());
        if let Some(names) = names {
            names.in_records(&mut set, catalog.collections.get(self.collection));
        }
        (fingerprint(&set, catalog) == self.records).then_some(set)
    }
}

/// The fingerprint of all records of a set as they are published.
fn fingerprint(set: &RecordSet, catalog: &Catalog) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    catalog.named_places_fingerprint(set.collection).hash(&mut hasher);
    for record in &set.records {
        (&record.values, &record.posting).hash(&mut hasher);
    }
    hasher.fingerprint()
}

/// The fingerprint of one record as it is published. One that names a place shows what that is
/// called.
pub(crate) fn record_fingerprint(
    record: &Record,
    catalog: &Catalog,
    collection: CollectionId,
) -> Fingerprint {
    let named_places = catalog.named_places_fingerprint(collection);
    Fingerprint::of(&(&record.values, &record.posting, named_places))
}
