//! By what the parts of one build are told from those of another.

use serde::{Deserialize, Serialize};

use crate::{
    build::Settings,
    disclosure::NameSecret,
    fingerprint::Fingerprint,
    schema::Catalog,
    source::{Files, SitePath, THEMES, Tree},
};

/// What all parts of a build have to have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    /// The moment, in seconds of the Unix epoch.
    pub(super) moment: i64,
    /// The fingerprint of `site.toml` and options.
    pub(super) settings: Fingerprint,
    /// The fingerprint of declarations and theme, and of paths and lengths of all files.
    pub(super) content: Fingerprint,
}

impl Run {
    /// That of these files.
    pub(super) fn of(settings: &Settings, files: &Files<'_>, catalog: &Catalog) -> Self {
        let tree = files.tree();
        let themes = tree.folder(&SitePath::new(THEMES));
        let themes = themes.map(|folder| files.fingerprint_all(folder.all_files()));
        let content =
            [Fingerprint::of_bytes(&tree.listing()), catalog.key(), themes.unwrap_or_default()];
        Self {
            moment: settings.clock.now().timestamp().as_second(),
            settings: Fingerprint::of(&(&settings.config, &settings.diagnostics)),
            content: Fingerprint::of_all(content),
        }
    }
}

/// What names of persons who withdrew are hashed with on each machine that has these files.
pub(super) fn secret(tree: &Tree) -> NameSecret {
    NameSecret::derived(&tree.listing())
}
