//! What artifacts are planned and made from.

use std::sync::Arc;

use crate::{
    artifact::{Artifact, Inspections, Read, Routes, SearchIndex, SharedValues, Subject, Table},
    clock::Clock,
    config::{self, Config},
    diagnostic::Location,
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    render::theme::Theme,
    schema::PlaceId,
    source::SitePath,
};

/// What artifacts are planned and made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The public portal.
    pub portal: &'a Portal<'a>,
    /// Its figures.
    pub figures: &'a Figures,
    /// The configuration.
    pub config: &'a Config,
    /// What can be found.
    pub search: &'a SearchIndex,
    /// What was found in attached files.
    pub inspections: &'a Inspections,
    /// The theme.
    pub theme: &'a Theme,
    /// Its fingerprint.
    pub theme_fingerprint: Fingerprint,
    /// What many pages are given alike.
    pub shared: &'a SharedValues,
    /// What was made before; for kinds that are
    /// [derived](crate::artifact::ArtifactKind::is_derived) from it. `None` while other artifacts
    /// are planned and made.
    pub made: Option<&'a Table>,
    /// The clock of the plan: it knows when there will be other artifacts. Without one, the
    /// portal's clock is asked.
    pub clock: Option<&'a Clock>,
}

impl<'a> Sources<'a> {
    /// Where content is published.
    pub fn routes(self) -> Routes<'a> {
        Routes::new(self.portal, self.figures, self.config)
    }

    /// A file of the portal as a whole at a path, with what it reads.
    pub(super) fn portal_file(self, path: &str, reads: Vec<Read>) -> Artifact {
        Artifact {
            path: path.to_owned(),
            subject: Subject::Portal,
            language: Arc::from(self.config.language.as_str()),
            reads,
            source: Location::file(SitePath::new(config::FILE)),
        }
    }

    /// The clock to ask how a list is cut into pages today.
    pub fn clock(self) -> &'a Clock {
        self.clock.unwrap_or(&self.portal.clock)
    }

    /// An artifact that shows the ancestors of a place, at a path below it. It reads the theme,
    /// `site.toml` and those ancestors, as every page does; the kind adds the rest.
    pub(super) fn page(
        self,
        place: PlaceId,
        rest: &str,
        subject: Subject,
        source: Location,
    ) -> Artifact {
        let mut page = self.file(place, rest, subject);
        page.reads.push(Read::Theme);
        Artifact { source, ..page }
    }

    /// A file at a path below that of a place, which is no page: it reads `site.toml` and the places
    /// above. It is there because the place is.
    pub(super) fn file(self, place: PlaceId, rest: &str, subject: Subject) -> Artifact {
        let at = self.portal.place(place);
        let mut reads = vec![Read::Site];
        reads.extend(self.portal.catalog.ancestry(place).into_iter().map(Read::Place));
        Artifact {
            path: super::address::inside(&at.path, rest),
            subject,
            language: Arc::from(self.config.language.as_str()),
            reads,
            source: Location::file(at.folder.join("place.yaml")),
        }
    }

    /// A static file of the theme by its index: its path in the output, and its bytes. `None` for
    /// an index beyond the last. Costs O(files of the theme).
    pub(super) fn asset(self, index: u32) -> Option<(String, &'a [u8])> {
        self.theme.files().into_iter().nth(index as usize)
    }
}
