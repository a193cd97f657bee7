//! What an artifact sees of attached files, and of what they are searched for.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::{
    artifact::{
        Read, Subject, View,
        inspection::{self, Inspection},
    },
    disclosure::WithdrawnNames,
    fingerprint::Fingerprint,
    scan::Lexicon,
    schema::{Notice, PlaceId, Wording},
    source::{SitePath, Text, World as _},
};

impl View<'_> {
    /// What was found in the attached file that a link leads to; nothing if it leads to none, or to
    /// one that cannot be read.
    pub(in crate::artifact) fn attached(&self, file: &SitePath) -> Option<Arc<Inspection>> {
        self.declared(Read::Routes);
        let file = self.routes().attached(file)?;
        let (portal, limit) = (self.sources.portal, self.config().attachments.largest);
        let id = portal.catalog.loose_id(&file)?;
        self.sources.inspections.attached.get(id, || {
            let bytes = portal.files().read(&file, limit + 1).ok()?;
            Inspection::of(&file, &bytes, portal, limit)
        })
    }

    /// The attached file that a link leads to lists names of which it says nothing sensitive itself.
    /// `inspection` is what was found in it.
    pub(in crate::artifact) fn lists_names(
        &self,
        file: &SitePath,
        inspection: &Inspection,
    ) -> bool {
        let (portal, limit) = (self.sources.portal, self.config().attachments.largest);
        let look = || {
            let file = self.routes().attached(file)?;
            let bytes = portal.files().read(&file, limit + 1).ok()?;
            Some(inspection::lists_names(&file, inspection.kind, &bytes, self.lexicon()))
        };
        *inspection.lists_names.get_or_init(|| look().unwrap_or_default())
    }

    /// The words that say something sensitive of whoever is named beside them.
    pub(in crate::artifact) fn lexicon(&self) -> &Lexicon {
        self.declared(Read::Site);
        self.sources.portal.catalog.lexicon()
    }

    /// What was found in these bytes of a file. They are looked into if the file had others when it
    /// was.
    pub(in crate::artifact) fn inspection(
        &self,
        file: &SitePath,
        bytes: &[u8],
    ) -> Option<Arc<Inspection>> {
        let (portal, limit) = (self.sources.portal, self.config().attachments.largest);
        let id = portal.catalog.loose_id(file)?;
        let inspect = || Inspection::of(file, bytes, portal, limit);
        let found = self.sources.inspections.attached.get(id, inspect);
        let is_same = |it: &Arc<Inspection>| it.fingerprint == Fingerprint::of_bytes(bytes);
        found.filter(is_same).or_else(|| inspect().map(Arc::new))
    }

    /// What was found in a text that is published as it is.
    pub(in crate::artifact) fn inspection_of_text(&self, text: &Text) -> Inspection {
        self.declared(Read::Site);
        Inspection::of_text(text, self.sources.portal)
    }

    /// The notice or lasting page in a file, which may say which attached files somebody looked at;
    /// nothing of any other file.
    pub(in crate::artifact) fn notice_in(&self, file: &SitePath) -> Option<&Notice> {
        self.declared(Read::Routes);
        let portal = self.sources.portal;
        Some(portal.notices().get(portal.notice_in(file)?))
    }

    /// A notice or lasting page says that somebody looked at the file with that fingerprint. It may
    /// be one of any place: the file need not lie where the text does.
    ///
    /// Whoever asks has something to report, and so is made again at each build: it need not read
    /// the notices.
    pub(in crate::artifact) fn is_checked(&self, fingerprint: &str) -> bool {
        let notices = self.sources.portal.notices();
        let places = self.sources.portal.places().iter();
        let mut all = places.flat_map(|place| notices.posted(place.id)).map(|id| notices.get(id));
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

    /// The keys of the names that must not be named at a place, of these.
    pub(in crate::artifact) fn withdrawn_among(
        &self,
        place: PlaceId,
        names: &WithdrawnNames,
    ) -> Vec<u64> {
        self.declared(Read::Place(place));
        self.sources.portal.withdrawn_among(place, names)
    }

    /// The words that texts must not say.
    pub(in crate::artifact) fn wording(&self) -> &Wording {
        self.declared(Read::Wording);
        self.sources.portal.catalog.wording()
    }

    /// The place on whose pages the artifact is; the root if it is of the portal as a whole.
    pub(in crate::artifact) fn own_place(&self) -> PlaceId {
        match self.artifact.subject {
            Subject::Place(place)
            | Subject::Records(place, ..)
            | Subject::Subtree(place, _)
            | Subject::Record(place, ..)
            | Subject::Notices(place, _)
            | Subject::AllNotices(place, _) => place,
            Subject::Notice(id) => self.sources.portal.notices().get(id).place,
            Subject::File(id) | Subject::Copy(id, _) => {
                self.place_of(self.sources.portal.catalog.loose_file(id))
            }
            Subject::Data(part) => part.place(),
            Subject::Portal | Subject::Section(_) | Subject::Asset(_) | Subject::Part(_) => {
                PlaceId::ROOT
            }
        }
    }
}
