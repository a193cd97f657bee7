//! Notices.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Diagnostic, Location},
    fingerprint::Fingerprint,
    portal::{self, Rules, Why, Withheld},
    schema::{Frame, Notice, PlaceId, notice::Article},
    source::{Files, SitePath},
};

/// What is known of a notice.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoticeDigest {
    /// What it was made from.
    key: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
    /// The notice as it may be published, and why it is not posted. Nothing if it cannot be read.
    notice: Option<(Notice, Option<Why>)>,
    /// Its fingerprint as lists show it.
    pub link: Fingerprint,
    /// The fingerprint of its file.
    pub text: Fingerprint,
    /// The keys of the personal data that it holds.
    pub known: Vec<u64>,
    /// What there is to say of its file.
    pub diagnostics: Vec<Diagnostic>,
}

/// A digest, and the article if it had to be read for it.
pub type Fetched = (Arc<NoticeDigest>, Option<Article>);

/// The digest of every notice of the frame: those that are known stay if nothing has changed. Those
/// that are `of_frame` were made by the same frame and configuration.
pub fn notices(
    files: &Files<'_>,
    frame: &Frame,
    config: &Config,
    clock: &Clock,
    of_frame: bool,
    known: impl Fn(usize, &SitePath) -> Option<Arc<NoticeDigest>> + Sync,
) -> Vec<Fetched> {
    let rules = Rules::of(config);
    let digest = |(index, (place, file)): (usize, &(PlaceId, SitePath))| {
        let untouched = of_frame && files.are_untouched(|it| it == file);
        if untouched && let Some(digest) = known(index, file).filter(|it| it.valid.holds(clock)) {
            return (digest, None);
        }
        let around = frame.print_around_notice(*place).and(Fingerprint::of(&rules));
        let key = || around.and(files.print_all([file]));
        let same = |it: &Arc<NoticeDigest>| it.valid.holds(clock) && it.key == key();
        if let Some(digest) = known(index, file).filter(same) {
            return (digest, None);
        }
        let clock = clock.fork();
        let mut diagnostics = Vec::new();
        let decoded = frame.notice(files, *place, file).report(&mut diagnostics);
        let (notice, article, known) = match decoded {
            Some((notice, article, known)) => {
                (Some(portal::post_notice(notice, rules, &clock)), Some(article), known)
            }
            None => (None, None, Vec::new()),
        };
        let digest = NoticeDigest {
            key: key(),
            valid: clock.validity(),
            link: Fingerprint::of(&notice.as_ref().map(|(it, _)| it)),
            text: files.print(file),
            notice,
            known,
            diagnostics,
        };
        (Arc::new(digest), article)
    };
    frame.notices.par_iter().enumerate().with_min_len(8).map(digest).collect()
}

impl NoticeDigest {
    /// The fingerprint of all that is known of it.
    pub fn print(&self) -> Fingerprint {
        let why = self.notice.as_ref().map(|(_, why)| why);
        self.key.and(Fingerprint::of(&why)).and(self.link)
    }

    /// The notice, if it is posted.
    pub fn posted(&self) -> Option<&Notice> {
        self.notice.as_ref().filter(|(_, why)| why.is_none()).map(|(notice, _)| notice)
    }

    /// What is told of it if it is kept back.
    pub fn withheld(&self) -> Option<Withheld> {
        let (notice, why) = self.notice.as_ref()?;
        Some(Withheld {
            place: notice.place,
            collection: None,
            location: Location::file(notice.file.clone()),
            why: (*why)?,
        })
    }
}
