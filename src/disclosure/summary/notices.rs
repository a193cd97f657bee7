//! Notices.

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Diagnostic, Location},
    disclosure::{
        self, Rules, Why, Withheld,
        summary::{Digest, Maker},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Notice, notice::Article},
    source::Files,
};

/// What is known of a notice.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoticeDigest {
    /// What it was made from.
    key: Fingerprint,
    /// How long the moment makes no difference.
    valid: Validity,
    /// The notice as it may be published, and why it is not posted. Nothing if it cannot be read.
    notice: Option<(Notice, Option<Why>)>,
    /// Its fingerprint as lists show it.
    pub link: Fingerprint,
    /// The fingerprint of its file.
    pub text: Fingerprint,
    /// The keys of the personal data that it holds.
    pub known: Vec<u64>,
    /// What there is to say of its file.
    diagnostics: Vec<Diagnostic>,
}

/// Makes the digests of the catalog's notices.
pub struct NoticeMaker<'a> {
    files: &'a Files<'a>,
    catalog: &'a Catalog,
    clock: &'a Clock,
    rules: Rules,
}

impl<'a> NoticeMaker<'a> {
    /// One for these files at a moment.
    pub fn new(
        files: &'a Files<'a>,
        catalog: &'a Catalog,
        config: &Config,
        clock: &'a Clock,
    ) -> Self {
        Self { files, catalog, clock, rules: Rules::of(config) }
    }
}

impl Maker for NoticeMaker<'_> {
    type Digest = NoticeDigest;
    type Read = Option<Article>;

    fn count(&self) -> usize {
        self.catalog.notices.len()
    }

    fn key(&self, index: usize) -> Fingerprint {
        let (place, file) = &self.catalog.notices[index];
        let around = self.catalog.print_around_notice(*place).and(Fingerprint::of(&self.rules));
        around.and(self.files.print_all([file]))
    }

    fn make(&self, index: usize) -> (NoticeDigest, Option<Article>) {
        let (place, file) = &self.catalog.notices[index];
        let clock = self.clock.fork();
        let mut diagnostics = Vec::new();
        let decoded = self.catalog.notice(self.files, *place, file).report(&mut diagnostics);
        let (notice, article, known) = match decoded {
            Some((notice, article, known)) => {
                (Some(disclosure::post_notice(notice, self.rules, &clock)), Some(article), known)
            }
            None => (None, None, Vec::new()),
        };
        let digest = NoticeDigest {
            key: self.key(index),
            valid: clock.validity(),
            link: Fingerprint::of(&notice.as_ref().map(|(it, _)| it)),
            text: self.files.print(file),
            notice,
            known,
            diagnostics,
        };
        (digest, article)
    }
}

impl Digest for NoticeDigest {
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
        let withheld = self.notice.as_ref().and_then(|(notice, why)| {
            Some(Withheld {
                place: notice.place,
                collection: None,
                location: Location::file(notice.file.clone()),
                why: (*why)?,
            })
        });
        withheld.into_iter().collect()
    }
}

impl NoticeDigest {
    /// The notice, if it is posted.
    pub fn posted(&self) -> Option<&Notice> {
        self.notice.as_ref().filter(|(_, why)| why.is_none()).map(|(notice, _)| notice)
    }
}
