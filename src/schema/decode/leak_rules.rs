//! What texts must not say: what is a leak, by `site.toml`, and the words that the office does not want.

use crate::{config::Config, scan::Lexicon, schema::decode::wording::Wording};

/// What texts must not say, by the settings of a portal.
#[derive(Debug, Default)]
pub(in crate::schema) struct LeakRules {
    /// It is a warning, not an error.
    pub(in crate::schema) lenient: bool,
    /// The words beside which nobody may be named.
    pub(in crate::schema) lexicon: Lexicon,
    /// The words that are wrong.
    pub(in crate::schema) wording: Wording,
}

impl LeakRules {
    /// The rules of a site.
    pub(in crate::schema) fn of(config: &Config, wording: Wording) -> Self {
        let lexicon = Lexicon::with(config.sensitive.iter().cloned());
        Self { lenient: !config.strict, lexicon, wording }
    }
}
