//! What is known of a notice or lasting page without reading it again.

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::{Code, Diagnostic, Location},
    disclosure::{
        conceal,
        disclose::{disclose_notice, far_date, future_dates},
        facts::{Rules, Withheld, WithheldAddresses},
        withdrawn::{self, NameHit, NamesAt},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, PlaceId, decode::front_matter, notice::Article},
    source::{Files, SitePath},
};

/// What is known of a notice or lasting page without reading it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// The fingerprint of its text as it is published.
    pub text: Fingerprint,
    /// The keys of the personal data that it holds.
    pub(super) known: Vec<u64>,
    /// Diagnostics of its file.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The fingerprint of the names that it was compared with, of persons who withdrew; zero if it
    /// was compared with none.
    pub(super) compared: Fingerprint,
    /// Where it has these names.
    pub(super) names: Vec<NameHit>,
    /// Its address is not the name of its file, which says such a name.
    is_renamed: bool,
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
                diagnostics.extend(dates_to_come(&notice, &article, &clock));
                let own = notice.path();
                let former = notice.former();
                let old = &notice.posting.aliases;
                let addresses = WithheldAddresses::new(Some(&own), Some(&former), old);
                let notice = match disclose_notice(notice, rules, &clock) {
                    (notice, None) => Ok(notice),
                    (_, Some(why)) => {
                        Err(Withheld { place, collection: None, location, why, addresses })
                    }
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
            compared: Fingerprint::default(),
            names: Vec::new(),
            is_renamed: false,
        };
        (summary, article)
    }

    /// Takes the names of persons who withdrew out of the notice and its text, which are as they
    /// were read. Names that stay may be on pages.
    pub(super) fn compare(
        &mut self,
        article: &mut Article,
        names: &NamesAt,
        compared: Fingerprint,
    ) {
        self.compared = compared;
        let Some(Ok(notice)) = &mut self.notice else { return };
        let slug = notice.slug.clone();
        self.names = names.in_notice(notice, article);
        self.is_renamed = notice.slug != slug;
        self.known.extend(names.shown(&self.names));
        if withdrawn::masks(&self.names) {
            self.link = Fingerprint::of(&Some(&*notice));
            self.text = self.text.and(Fingerprint::of(&article.text.content));
            names.in_diagnostics(&mut self.diagnostics);
        }
    }

    /// Gives a notice whose address was made from another name one that no other notice of its
    /// place has.
    pub(super) fn set_apart(&mut self, is_taken: impl Fn(&str) -> bool) {
        let Some(Ok(notice)) = &mut self.notice else { return };
        if !self.is_renamed || !is_taken(&notice.slug) {
            return;
        }
        let mut free = (2..).map(|number| format!("{}-{number}", notice.slug));
        if let Some(slug) = free.find(|slug| !is_taken(slug)) {
            notice.slug = slug;
            self.link = Fingerprint::of(&Some(&*notice));
        }
    }

    /// Its address is not the name of its file.
    pub(super) fn is_renamed(&self) -> bool {
        self.is_renamed
    }

    /// The notice, if it is posted.
    pub fn posted(&self) -> Option<&Notice> {
        self.notice.as_ref()?.as_ref().ok()
    }

    /// Lets one that is not posted stand somewhere else.
    pub(super) fn stand_at(&mut self, location: &Location) {
        if let Some(Err(withheld)) = &mut self.notice {
            withheld.location = location.clone();
        }
    }

    /// Why it is not posted, if it is not.
    pub(super) fn withheld(&self) -> Option<Withheld> {
        self.notice.as_ref()?.as_ref().err().cloned()
    }
}

/// Days that have not come and should have, or are far ahead. That somebody looked at attached files
/// on one is an error: nobody can have.
fn dates_to_come(notice: &Notice, article: &Article, clock: &Clock) -> Vec<Diagnostic> {
    let place = |field: &str| front_matter::place_of(&article.text, article.body, field);
    let mut found = future_dates(&notice.posting, clock, place);
    let checked = notice.checked.as_ref().map(|it| it.on);
    for (kind, field, day) in
        [("checked", "checked_on", checked), ("updated", "updated", notice.updated)]
    {
        let Some(day) = day.filter(|day| !clock.reached(*day)) else { continue };
        let diagnostic = match kind {
            "checked" => Diagnostic::error(Code::FutureDate, place(field)),
            _ => Diagnostic::warning(Code::FutureDate, place(field)),
        };
        found.push(diagnostic.arg("kind", kind).arg("date", day.to_string()).help(kind));
    }
    found.extend(notice.date().and_then(|day| far_date(day, clock, || place("date"))));
    found
}
