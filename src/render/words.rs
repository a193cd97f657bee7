//! The theme's words in the language of the portal.
//!
//! A word that a theme lacks in the portal's language comes from the theme that it extends; only
//! then from another language, so that a page shows a foreign word sooner than none.

use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, concurrent::FluentBundle};

use crate::{
    diagnostic::{Checked, Code, Diagnostic},
    render::theme::Theme,
    source::Span,
};

/// Finds words by id: in the portal's language in each theme of the chain, then in Chinese, then
/// in English.
pub(crate) struct Words {
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Words {
    /// The words of a theme. A file that is not well formed is an error for each mistake, and gives
    /// the words that can be read.
    ///
    /// Parses every file of words in these languages, some hundred lines for the default theme.
    pub(crate) fn new(theme: &Theme, language: &str) -> Checked<Self> {
        let mut bundles = Vec::new();
        let mut diagnostics = Vec::new();
        for language in [language, "zh-CN", "en"] {
            let Ok(tag) = language.parse() else { continue };
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            for layer in theme.layers.iter().rev() {
                let Some(text) = layer.words.get(language) else { continue };
                let resource = match FluentResource::try_new(text.content.clone()) {
                    Ok(resource) => resource,
                    Err((resource, errors)) => {
                        diagnostics.extend(errors.iter().map(|it| {
                            let place = text.locate(Span::new(it.pos.start, it.pos.end));
                            Diagnostic::error(Code::ThemeText, place)
                                .arg("reason", it.kind.to_string())
                                .help("fix")
                        }));
                        resource
                    }
                };
                bundle.add_resource_overriding(resource);
            }
            bundles.push(bundle);
        }
        Checked { value: Self { bundles }, diagnostics }
    }

    /// Whether there are words of that id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.message(id).is_some()
    }

    /// The words of that id; nothing if the theme has none.
    pub(crate) fn find(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let (bundle, message) = self.message(id)?;
        let pattern = message.value()?;
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    /// The first message of that id that has a value, and the bundle that formats it.
    fn message(&self, id: &str) -> Option<(&FluentBundle<FluentResource>, FluentMessage<'_>)> {
        let with_value = |it: &FluentMessage<'_>| it.value().is_some();
        self.bundles
            .iter()
            .find_map(|bundle| Some((bundle, bundle.get_message(id).filter(with_value)?)))
    }
}
