//! A site that has been read and planned, before its artifacts are made.

use std::sync::Arc;

use crate::{
    artifact::{Plan, Sources},
    config::Config,
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    render::theme::Theme,
};

/// A site that has been read and planned.
#[derive(Debug)]
pub struct Site<'w> {
    /// `site.toml`.
    pub config: Config,
    /// What may be published.
    pub portal: Portal<'w>,
    /// Its figures.
    pub figures: Figures,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// The theme's fingerprint.
    pub theme_fingerprint: Fingerprint,
    /// Its artifacts.
    pub plan: Plan,
}

impl Site<'_> {
    /// What its artifacts are planned and made from.
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            portal: &self.portal,
            figures: &self.figures,
            config: &self.config,
            theme: &self.theme,
            theme_fingerprint: self.theme_fingerprint,
            made: None,
            clock: None,
        }
    }
}
