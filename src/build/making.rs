//! The artifacts of a place while a build is made: those that stay, and those that have to be made.

use std::sync::Arc;

use crate::{
    artifact::{Bundle, PlannedArtifact, RebuildReason, Row},
    clock::Validity,
    diagnostic::Diagnostic,
    fingerprint::Fingerprint,
    schema::PlaceId,
};

/// The artifacts of a place on their way. Either `whole` is given, or `rows` and `jobs` together
/// are all artifacts.
pub(super) struct PlaceMaking {
    /// Of which place; nothing for those that belong to none.
    pub(super) place: Option<PlaceId>,
    pub(super) view: Fingerprint,
    pub(super) valid: Validity,
    /// All of them, if none has to be made.
    pub(super) whole: Option<Arc<Bundle>>,
    /// Those that stay.
    pub(super) rows: Vec<Row>,
    /// Those to be made.
    pub(super) jobs: Vec<Job>,
    /// What is said again of those that stay.
    pub(super) repeated: Vec<Diagnostic>,
}

/// An artifact to be made, with what its row needs: fingerprint, short reads and reason.
pub(super) struct Job {
    pub(super) artifact: Arc<PlannedArtifact>,
    pub(super) fingerprint: Fingerprint,
    pub(super) reads: Vec<(u32, u32)>,
    pub(super) why: RebuildReason,
}

impl PlaceMaking {
    /// Nothing decided yet.
    pub(super) fn new(place: Option<PlaceId>, view: Fingerprint, valid: Validity) -> Self {
        Self {
            place,
            view,
            valid,
            whole: None,
            rows: Vec::new(),
            jobs: Vec::new(),
            repeated: Vec::new(),
        }
    }

    /// The bundle of the place, by path: rows that stay, and those that were made. It holds as long
    /// as each of them does, and as the plan does.
    pub(super) fn into_bundle(self, made: impl Iterator<Item = Row>) -> Arc<Bundle> {
        if let Some(bundle) = self.whole {
            return bundle;
        }
        let mut rows = self.rows;
        rows.extend(made);
        rows.sort_by(|a, b| a.path().cmp(b.path()));
        let valid = rows.iter().fold(self.valid, |valid, row| valid.and(row.valid));
        Arc::new(Bundle { view: self.view, valid, rows })
    }
}
