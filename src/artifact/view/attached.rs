//! What an artifact sees of attached files, and of what they are searched for.

use std::io;

use rustc_hash::FxHashSet;

use crate::{
    artifact::{Read, View},
    scan::Lexicon,
    schema::{Notice, PlaceId},
    source::{SitePath, World as _},
};

impl View<'_> {
    /// The attached file that a link leads to, with its bytes; nothing if it leads to none. Of a
    /// file that is larger than attached files may be there are a few bytes more than that.
    pub(in crate::artifact) fn attached(
        &self,
        file: &SitePath,
    ) -> Option<(SitePath, io::Result<Vec<u8>>)> {
        self.declared(Read::Routes);
        let file = self.routes().attached(file)?;
        let limit = self.config().attachments.largest + 1;
        let bytes = self.sources.portal.files().read(&file, limit);
        Some((file, bytes))
    }

    /// The notice or lasting page in a file, which may say which attached files somebody looked at; nothing of any
    /// other file.
    pub(in crate::artifact) fn notice_in(&self, file: &SitePath) -> Option<&Notice> {
        self.declared(Read::Routes);
        let portal = self.sources.portal;
        Some(portal.notices().get(portal.notice_in(file)?))
    }

    /// A notice or lasting page of the place says that somebody looked at the file with that fingerprint.
    ///
    /// Whoever asks has something to report, and so is made again at each build: it need not read
    /// the notices.
    pub(in crate::artifact) fn is_checked(&self, place: PlaceId, fingerprint: &str) -> bool {
        let notices = self.sources.portal.notices();
        let mut all = notices.posted(place).map(|id| notices.get(id));
        all.any(|notice| notice.checked.as_ref().is_some_and(|it| it.has(fingerprint)))
    }

    /// The place in whose folder a file lies.
    pub(in crate::artifact) fn place_of(&self, file: &SitePath) -> PlaceId {
        self.sources.portal.catalog.place_of(file).unwrap_or(PlaceId::ROOT)
    }

    /// The keys of the personal data that may stand on pages. Whoever asks has to note the keys that
    /// count for it ([`View::note_found`]), and is made again when one of them is none of these.
    pub(in crate::artifact) fn known_data(&self) -> &FxHashSet<u64> {
        self.sources.portal.known()
    }

    /// The keys of the withdrawn names in a text of a place.
    pub(in crate::artifact) fn withdrawn_names(&self, place: PlaceId, text: &str) -> Vec<u64> {
        self.declared(Read::Place(place));
        self.sources.portal.names_on(place, text.as_bytes())
    }

    /// The words beside which nobody may be named.
    pub(in crate::artifact) fn lexicon(&self) -> &Lexicon {
        self.declared(Read::Site);
        self.sources.portal.catalog.lexicon()
    }
}
