//! The trait of a kind of artifacts: how they are planned, and how they are made.
//!
//! A kind is a struct without fields in a file of its own, and a line in the registry. The build
//! calls it in two steps, of which the second is skipped for all artifacts that are as they were:
//!
//! 1. `plan` lists the artifacts of a place, with all that each reads. It must be quick: it sees
//!    figures and summaries, and reads no record.
//! 2. `make` returns the bytes of one of them. It sees only what `plan` declared.
//!
//! `plan` runs on several threads at once, one call for a place; so does `make`.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, NotMade, Scan, Sources, View},
    config::Config,
    schema::PlaceId,
};

/// Reports again what was said of an artifact. The errors are those of [`ArtifactKind::make`].
pub type Repeat = fn(&Artifact, &View<'_>) -> Result<(), NotMade>;

/// A kind of artifacts.
///
/// Same input, same bytes: neither method may depend on the order of calls, on time or on anything
/// beside its arguments.
pub trait ArtifactKind: Sync {
    /// Its name: the key that switches it in `[outputs]` of `site.toml`, if it [can be
    /// switched](Self::is_optional).
    fn name(&self) -> &'static str;

    /// The artifacts of a place, or of the portal as a whole. Their reads need be in no order.
    ///
    /// `place` is `None` for the portal as a whole. A kind returns an empty list for the one of the
    /// two that it has nothing for. If the answer depends on the date, it asks
    /// [`Sources::clock()`], which remembers until when the plan holds.
    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact>;

    /// Makes the bytes of an artifact from what the view shows. They may be borrowed from it, so
    /// that a static file is not copied.
    ///
    /// # Errors
    ///
    /// Returns why there are none: a diagnostic about the user's files, or the need to begin anew.
    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade>;

    /// How to report again what was said of an artifact that is as it was, at less cost than making
    /// it. Only for artifacts that have no links. `None`: it is made again to that end.
    fn repeat(&self) -> Option<Repeat> {
        None
    }

    /// How its bytes are searched for personal data. A kind of pages need not say anything.
    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Html
    }

    /// An artifact of it is a page that readers are sent to.
    fn is_page(&self, artifact: &Artifact) -> bool {
        self.scan(artifact) == Scan::Html
    }

    /// The paths that a [derived](Self::is_derived) kind may take, so that nothing else does.
    fn reserved(&self, _: &Config) -> Vec<&'static str> {
        Vec::new()
    }

    /// It can be switched in `[outputs]` of `site.toml`. A key there that names no such kind is an
    /// error. Pages are switched in `[pages]`, by their own `plan`.
    fn is_optional(&self) -> bool {
        false
    }

    /// It completes or lists other artifacts: it is planned for the portal as a whole, after all
    /// others were made. Only then `Sources::made` is given. A derived kind is planned at each
    /// build.
    fn is_derived(&self) -> bool {
        false
    }
}
