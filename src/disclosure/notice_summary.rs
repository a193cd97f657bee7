//! What is known of a notice without reading it again.

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::{Diagnostic, Location},
    disclosure::{
        conceal, disclose_notice,
        facts::{Rules, Withheld},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, PlaceId, notice::Article},
    source::{Files, SitePath},
};

/// What is known of a notice without reading it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoticeSummary {
    /// The fingerprint of all that it was made from, the moment apart.
    pub(super) key: Fingerprint,
    /// For which moments it holds.
    pub(super) valid: Validity,
    /// The notice as it may be published, or why it is not posted: what it says is then not kept.
    /// Nothing if it cannot be read.
    notice: Option<Result<Notice, Withheld>>,
    /// The fingerprint of the notice as lists show it.
    pub link: Fingerprint,
    /// The fingerprint of its file.
    pub text: Fingerprint,
    /// The keys of the personal data that it holds.
    pub(super) known: Vec<u64>,
    /// Diagnostics of its file.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl NoticeSummary {
    /// The fingerprint of all that the summary of a notice is made from now. It costs nothing for a
    /// file that was read before.
    pub(super) fn key_of(
        files: &Files<'_>,
        catalog: &Catalog,
        (place, file): &(PlaceId, SitePath),
        rules: Rules,
    ) -> Fingerprint {
        let around = catalog.notice_surroundings(*place).and(Fingerprint::of(&rules));
        around.and(files.fingerprint_all([file]))
    }

    /// Reads a notice: its summary, and its text.
    pub(super) fn read(
        files: &Files<'_>,
        catalog: &Catalog,
        of: &(PlaceId, SitePath),
        rules: Rules,
        clock: &Clock,
    ) -> (Self, Option<Article>) {
        let (place, file) = of;
        let clock = clock.fork();
        let mut diagnostics = Vec::new();
        let decoded = catalog.notice(files, *place, file).report(&mut diagnostics);
        let (notice, article, known) = match decoded {
            Some((notice, article, known)) => {
                let place = notice.place;
                let location = Location::file(notice.file.clone());
                let notice = match disclose_notice(notice, rules, &clock) {
                    (notice, None) => Ok(notice),
                    (_, Some(why)) => Err(Withheld { place, collection: None, location, why }),
                };
                (Some(notice), Some(article), known)
            }
            None => (None, None, Vec::new()),
        };
        let is_withheld = notice.as_ref().is_some_and(Result::is_err);
        conceal::of_notice(files, file, is_withheld, &mut diagnostics);
        let summary = Self {
            key: Self::key_of(files, catalog, of, rules),
            valid: clock.validity(),
            link: Fingerprint::of(&notice.as_ref().and_then(|notice| notice.as_ref().ok())),
            text: files.fingerprint(file),
            notice,
            known,
            diagnostics,
        };
        (summary, article)
    }

    /// The notice, if it is posted.
    pub fn posted(&self) -> Option<&Notice> {
        self.notice.as_ref()?.as_ref().ok()
    }

    /// Why it is not posted, if it is not.
    pub(super) fn withheld(&self) -> Option<Withheld> {
        self.notice.as_ref()?.as_ref().err().cloned()
    }
}
