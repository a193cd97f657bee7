//! Pages that a public site owes its readers, made from settings and declarations.
//!
//! | page | what |
//! | --- | --- |
//! | `privacy/` | what of persons is published, how far, on which basis and until when |
//! | `accessibility/` | what is done so that everybody can use the pages, and whom to tell of a barrier |
//! | `site-map/` | the places, lists and lasting pages |
//!
//! A theme has each of them if it has its template, `[outputs]` switches it off, and a lasting page or
//! place of the same name at the root takes its place: who writes such a page knows more.

pub(super) mod page;

use crate::{
    artifact::Routes,
    render::{context::Statements, theme::Theme},
};

/// What a page states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Statement {
    /// What of persons is published.
    Privacy,
    /// What is done for everybody's use.
    Accessibility,
    /// What there is.
    SiteMap,
}

impl Statement {
    /// Its name in `[outputs]`, in its address and in that of its template.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::SiteMap => "site-map",
        }
    }

    /// The portal has it.
    fn is_there(self, theme: &Theme, routes: Routes<'_>) -> bool {
        let name = self.name();
        routes.config.has_output(name)
            && theme.has_template(&format!("{name}.html"))
            && !routes.portal.places().is_empty()
            && !routes.is_taken(name)
    }

    /// Its address; empty if the portal has none.
    fn url(self, theme: &Theme, routes: Routes<'_>) -> String {
        let url = || routes.url(&format!("{}/", self.name()));
        self.is_there(theme, routes).then(url).unwrap_or_default()
    }
}

/// Where every page finds them.
pub(super) fn statements(theme: &Theme, routes: Routes<'_>) -> Statements {
    Statements {
        privacy: Statement::Privacy.url(theme, routes),
        accessibility: Statement::Accessibility.url(theme, routes),
        site_map: Statement::SiteMap.url(theme, routes),
    }
}
