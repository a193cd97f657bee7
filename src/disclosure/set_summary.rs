//! What is known of a record set without reading it again.

use std::hash::Hash as _;

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::Diagnostic,
    disclosure::{conceal, disclose, facts::Facts, facts::Rules},
    fingerprint::{Fingerprint, FingerprintHasher},
    schema::{Catalog, CollectionId, Record, RecordSet, SetFiles},
    source::{Files, World},
};

/// What is known of a record set without reading it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetSummary {
    /// The fingerprint of all that it was made from, the moment apart.
    pub(super) key: Fingerprint,
    /// For which moments it holds.
    pub(super) valid: Validity,
    /// Of which collection.
    pub(super) collection: CollectionId,
    /// The fingerprint of the records as they are published.
    pub records: Fingerprint,
    /// What disclosure left beside them.
    pub facts: Facts,
    /// The keys of the personal data in its files.
    pub(super) known: Vec<u64>,
    /// Diagnostics of its files.
    pub(super) diagnostics: Vec<Diagnostic>,
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
        let (set, facts, clashes) = disclose(set, catalog, rules, &clock);
        diagnostics.extend(clashes);
        let collection = catalog.collections.get(of.collection);
        conceal::of_records(files, &set, &facts, collection, &mut diagnostics);
        let summary = Self {
            // The files were read just now.
            key: Self::key_of(files, catalog, of, rules),
            valid: clock.validity(),
            collection: of.collection,
            records: fingerprint(&set, catalog),
            facts,
            known,
            diagnostics,
        };
        (summary, set)
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
    ) -> Option<RecordSet> {
        let (set, _) = catalog.set(world, of).value;
        let (set, ..) = disclose(set, catalog, rules, &clock.fork());
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
