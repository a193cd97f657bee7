//! A site that has been read and planned, before its artifacts are made.
//!
//! It is what [`super::update`] returns: enough to list pages, explain or count, and the input of
//! `make.rs`.

use std::sync::Arc;

use crate::{
    artifact::{Inspections, Plan, SearchIndex, SharedValues, Sources},
    config::Config,
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    render::theme::Theme,
};

/// A site that has been read and planned.
#[derive(Debug)]
pub struct Site<'w> {
    /// `site.toml`. With what options change in it.
    pub config: Config,
    /// What may be published.
    pub portal: Portal<'w>,
    /// Its figures.
    pub figures: Figures,
    /// What can be found.
    pub search: SearchIndex,
    /// What was found in attached files.
    pub inspections: Inspections,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// The theme's fingerprint.
    pub theme_fingerprint: Fingerprint,
    /// What many pages are given alike.
    pub shared: SharedValues,
    /// Its artifacts. Without those that are derived from others.
    pub plan: Plan,
}

impl Site<'_> {
    /// What its artifacts are planned and made from.
    ///
    /// They are references, so this costs nothing.
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            portal: &self.portal,
            figures: &self.figures,
            config: &self.config,
            search: &self.search,
            inspections: &self.inspections,
            theme: &self.theme,
            theme_fingerprint: self.theme_fingerprint,
            shared: &self.shared,
            made: None,
            clock: None,
        }
    }
}
