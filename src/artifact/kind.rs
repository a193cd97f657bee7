//! What a kind of artifacts has to bring.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, NotMade, Scan, Sources, View},
    schema::PlaceId,
};

/// A kind of artifacts.
pub trait ArtifactKind: Sync {
    /// Its name: the key that switches it in `[outputs]` of `site.toml`, if it [can be
    /// switched](Self::is_optional).
    fn name(&self) -> &'static str;

    /// The artifacts of a place, or of the portal as a whole. Their reads need be in no order.
    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact>;

    /// Makes the bytes of an artifact from what the view shows.
    ///
    /// # Errors
    ///
    /// Returns why there are none: a diagnostic about the user's files, or the need to begin anew.
    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade>;

    /// How its bytes are searched for personal data.
    fn scan(&self) -> Scan {
        Scan::Html
    }

    /// It can be switched in `[outputs]` of `site.toml`.
    fn is_optional(&self) -> bool {
        false
    }

    /// It completes or lists other artifacts: it is planned for the portal as a whole, after all
    /// others were made.
    fn is_derived(&self) -> bool {
        false
    }
}
