//! Record sets.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    config::Config,
    diagnostic::Diagnostic,
    figures::{self, Tallies},
    fingerprint::{Fingerprint, Printer},
    pages::{Contents, Listing, listing},
    portal::{self, Facts, Rules},
    schema::{CollectionId, Frame, Record, RecordSet, SetFiles},
    source::Files,
};

/// What is known of a record set.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDigest {
    /// What it was made from.
    key: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
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
    pub diagnostics: Vec<Diagnostic>,
}

/// A digest, and the records if they had to be read for it.
pub type Fetched = (Arc<SetDigest>, Option<RecordSet>);

/// The digest of every record set of the frame: those that are known, as `known` finds them, stay
/// if nothing has changed. Those that are `of_frame` were made by the same frame and configuration.
pub fn sets(
    files: &Files<'_>,
    frame: &Frame,
    config: &Config,
    clock: &Clock,
    of_frame: bool,
    known: impl Fn(usize, &SetFiles) -> Option<Arc<SetDigest>> + Sync,
) -> Vec<Fetched> {
    let rules = Rules::of(config);
    let limits: Vec<usize> =
        frame.collections.iter().map(|(_, it)| listing::limit(it, config)).collect();
    let digest = |(index, of): (usize, &SetFiles)| {
        let untouched = of_frame && files.are_untouched(|it| of.files.contains(it));
        if untouched && let Some(digest) = known(index, of).filter(|it| it.valid.holds(clock)) {
            return (digest, None);
        }
        let around = frame.print_around(of);
        let limit = limits[usize::from(of.collection.0)];
        let around = around.and(Fingerprint::of(&(rules, limit)));
        let key = || around.and(files.print_all(&of.files));
        let same = |it: &Arc<SetDigest>| it.valid.holds(clock) && it.key == key();
        if let Some(digest) = known(index, of).filter(same) {
            return (digest, None);
        }
        let (digest, set) = SetDigest::new(files, frame, of, rules, limit, clock);
        // Now that the files were read their fingerprints cost nothing.
        (Arc::new(SetDigest { key: key(), ..digest }), Some(set))
    };
    frame.sets.par_iter().enumerate().with_min_len(8).map(digest).collect()
}

impl SetDigest {
    /// What it was made from.
    pub fn key(&self) -> Fingerprint {
        self.key
    }

    /// These are the records that it was made of.
    pub fn is_of(&self, set: &RecordSet, frame: &Frame) -> bool {
        self.records == Fingerprint::of(&prints(set, frame, set.collection))
    }

    fn new(
        files: &Files<'_>,
        frame: &Frame,
        of: &SetFiles,
        rules: Rules,
        limit: usize,
        clock: &Clock,
    ) -> (Self, RecordSet) {
        let clock = clock.fork();
        let collection = frame.collections.get(of.collection);
        let mut diagnostics = Vec::new();
        let (set, known) = frame.set(files, of).report(&mut diagnostics);
        let (set, facts, told) = portal::post(set, frame, rules, &clock);
        diagnostics.extend(told);
        let prints = prints(&set, frame, of.collection);
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
fn prints(set: &RecordSet, frame: &Frame, collection: CollectionId) -> Vec<Fingerprint> {
    // A record that names another place shows what that is called.
    let names_places = frame.print_of_named_places(collection);
    let mut printer = Printer::default();
    let print = |it: &Record| {
        use std::hash::Hash as _;
        printer.clear();
        (&it.values, &it.posting, names_places).hash(&mut printer);
        printer.fingerprint()
    };
    set.records.iter().map(print).collect()
}
