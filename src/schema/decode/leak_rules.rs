//! What is a leak, by `site.toml`.

use crate::{config::Config, scan::Lexicon};

/// What is a leak, by the settings of a portal.
#[derive(Debug, Default)]
pub(in crate::schema) struct LeakRules {
    /// It is a warning, not an error.
    pub(in crate::schema) lenient: bool,
    /// The words beside which nobody may be named.
    pub(in crate::schema) lexicon: Lexicon,
}

impl LeakRules {
    /// The rules of a site.
    pub(in crate::schema) fn of(config: &Config) -> Self {
        let lexicon = Lexicon::with(config.sensitive.iter().cloned());
        Self { lenient: !config.strict, lexicon }
    }
}
