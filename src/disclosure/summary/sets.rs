//! Record sets.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    config::Config,
    diagnostic::Diagnostic,
    disclosure::{
        self, Facts, Rules, Withheld,
        summary::{Digest, Maker},
    },
    figures::{self, Contents, Listing, Tallies, listing},
    fingerprint::{Fingerprint, Printer},
    schema::{Catalog, CollectionId, Record, RecordSet, SetFiles},
    source::Files,
};

/// What is known of a record set.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDigest {
    /// What it was made from.
    key: Fingerprint,
    /// How long the moment makes no difference.
    valid: Validity,
    /// The fingerprint of the records as they are published.
    pub records: Fingerprint,
    /// What publishing left beside them.
    pub facts: Facts,
    /// Its figures.
    pub tallies: Arc<Tallies>,
    /// Their fingerprint.
    pub tallied: Fingerprint,
    /// Its next and latest records.
    pub listing: Arc<Listing>,
    /// Their fingerprint.
    pub listed: Fingerprint,
    /// What the pages of its list are planned by.
    pub contents: Contents,
    /// Its fingerprint.
    pub planned: Fingerprint,
    /// The keys of the personal data in its files.
    pub known: Vec<u64>,
    /// What there is to say of its files.
    diagnostics: Vec<Diagnostic>,
}

/// Makes the digests of the catalog's record sets.
pub struct SetMaker<'a> {
    files: &'a Files<'a>,
    catalog: &'a Catalog,
    clock: &'a Clock,
    rules: Rules,
    /// By collection.
    limits: Vec<usize>,
}

impl<'a> SetMaker<'a> {
    /// One for these files at a moment.
    pub fn new(
        files: &'a Files<'a>,
        catalog: &'a Catalog,
        config: &Config,
        clock: &'a Clock,
    ) -> Self {
        let limits = catalog.collections.iter().map(|(_, it)| listing::limit(it, config)).collect();
        Self { files, catalog, clock, rules: Rules::of(config), limits }
    }
}

impl Maker for SetMaker<'_> {
    type Digest = SetDigest;
    type Read = RecordSet;

    fn count(&self) -> usize {
        self.catalog.sets.len()
    }

    fn key(&self, index: usize) -> Fingerprint {
        let of = &self.catalog.sets[index];
        let limit = self.limits[usize::from(of.collection.0)];
        let around = self.catalog.print_around(of).and(Fingerprint::of(&(self.rules, limit)));
        around.and(self.files.print_all(&of.files))
    }

    fn make(&self, index: usize) -> (SetDigest, RecordSet) {
        let of = &self.catalog.sets[index];
        let limit = self.limits[usize::from(of.collection.0)];
        let (files, catalog) = (self.files, self.catalog);
        let (digest, set) = SetDigest::new(files, catalog, of, self.rules, limit, self.clock);
        // Now that the files were read their fingerprints cost nothing.
        (SetDigest { key: self.key(index), ..digest }, set)
    }
}

impl Digest for SetDigest {
    fn key(&self) -> Fingerprint {
        self.key
    }

    fn valid(&self) -> Validity {
        self.valid
    }

    fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    fn withheld(&self) -> Vec<Withheld> {
        self.facts.withheld.clone()
    }
}

impl SetDigest {
    /// Pages of other places find in it what they found in that one: which personal data may be
    /// shown, whether there is a list, and which counts are hidden.
    pub fn is_same_abroad(&self, other: &Self) -> bool {
        self.known == other.known && self.facts.is_same_abroad(&other.facts)
    }

    /// These are the records that it was made of.
    pub fn is_of(&self, set: &RecordSet, catalog: &Catalog) -> bool {
        self.records == Fingerprint::of(&prints(set, catalog, set.collection))
    }

    fn new(
        files: &Files<'_>,
        catalog: &Catalog,
        of: &SetFiles,
        rules: Rules,
        limit: usize,
        clock: &Clock,
    ) -> (Self, RecordSet) {
        let clock = clock.fork();
        let collection = catalog.collections.get(of.collection);
        let mut diagnostics = Vec::new();
        let (set, known) = catalog.set(files, of).report(&mut diagnostics);
        let (set, facts, told) = disclosure::post(set, catalog, rules, &clock);
        diagnostics.extend(told);
        let prints = prints(&set, catalog, of.collection);
        let tallies = figures::tally(&set, collection, &clock);
        let listing = listing::own(&set, collection, limit, &prints, &clock);
        let contents = Contents::new(&set, collection, &prints);
        let digest = Self {
            key: Fingerprint::default(),
            records: Fingerprint::of(&prints),
            tallied: Fingerprint::of(&tallies),
            tallies: Arc::new(tallies),
            listed: Fingerprint::of(&listing),
            listing: Arc::new(listing),
            planned: Fingerprint::of(&contents),
            contents,
            facts,
            known,
            diagnostics,
            valid: clock.validity(),
        };
        (digest, set)
    }
}

/// The fingerprint of each record as it is published.
fn prints(set: &RecordSet, catalog: &Catalog, collection: CollectionId) -> Vec<Fingerprint> {
    // A record that names another place shows what that is called.
    let names_places = catalog.print_of_named_places(collection);
    let mut printer = Printer::default();
    let print = |it: &Record| {
        use std::hash::Hash as _;
        printer.clear();
        (&it.values, &it.posting, names_places).hash(&mut printer);
        printer.fingerprint()
    };
    set.records.iter().map(print).collect()
}
