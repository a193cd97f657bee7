//! The theme's words in the language of the portal.
//!
//! A word that a theme lacks in the portal's language comes from the theme that it extends; only
//! then from another language, so that a page shows a foreign word sooner than none.

use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, concurrent::FluentBundle};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, enough},
    render::theme::Theme,
    source::{Span, Text},
};

/// The most brackets that one message may open. The parser takes a turn inside itself for each one
/// in another, so that enough of them would end the program; more placeables than this no message
/// is filled with anyway.
const MAX_BRACKETS: usize = 100;

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
                match parse(text) {
                    Ok(resource) => bundle.add_resource_overriding(resource),
                    Err((resource, mistakes)) => {
                        diagnostics.extend(mistakes);
                        resource.into_iter().for_each(|it| bundle.add_resource_overriding(it));
                    }
                }
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

/// The messages of a file. With mistakes, which are bounded in number, those that can be read; none
/// if a message could be nested too deeply to be parsed.
fn parse(text: &Text) -> Result<FluentResource, (Option<FluentResource>, Vec<Diagnostic>)> {
    if let Some(bracket) = bracket_beyond(&text.content, MAX_BRACKETS) {
        let place = text.locate(Span::new(bracket, bracket + 1));
        let limit = MAX_BRACKETS.to_string();
        let mistake = Diagnostic::error(Code::TooDeep, place).arg("limit", limit).help("brackets");
        return Err((None, vec![mistake]));
    }
    FluentResource::try_new(text.content.clone()).map_err(|(resource, errors)| {
        let mut mistakes = Vec::new();
        for error in &errors {
            if enough(&text.path, &mut mistakes) {
                break;
            }
            let place = text.locate(Span::new(error.pos.start, error.pos.end));
            let mistake = Diagnostic::error(Code::ThemeText, place);
            mistakes.push(mistake.arg("reason", error.kind.to_string()).help("fix"));
        }
        (Some(resource), mistakes)
    })
}

/// The first bracket that one message has beyond `most`. Every `{` and `(` counts, whether it is
/// closed again or not: what is no bracket to the parser is counted as well, but no bracket is
/// missed. A message begins with a line `id =`; the parser never goes on past one, nor past a
/// comment.
fn bracket_beyond(content: &str, most: usize) -> Option<usize> {
    let (mut open, mut start) = (0, 0);
    for line in content.split_inclusive('\n') {
        if is_message(line) {
            open = 0;
        }
        if !line.starts_with('#') {
            let brackets = line.match_indices(['{', '(']);
            if let Some((at, _)) = brackets.clone().nth(most.saturating_sub(open)) {
                return Some(start + at);
            }
            open += brackets.count();
        }
        start += line.len();
    }
    None
}

/// Whether a line begins a message or term: `home = 首页`, `-brand = 邻里`.
fn is_message(line: &str) -> bool {
    let line = line.strip_prefix('-').unwrap_or(line);
    let id = line.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || "-_".contains(it));
    id.len() < line.len() && id.trim_start_matches(' ').starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_counted_by_message() {
        let many = |count: usize| "{ \"a\" }".repeat(count);
        for content in [
            format!("a = {}\nb = {}\n", many(60), many(60)),
            format!("a = {}\n# {}\n-b = {}\n", many(60), "{".repeat(200), many(60)),
            "a = （一）".repeat(200),
        ] {
            assert_eq!(bracket_beyond(&content, MAX_BRACKETS), None, "{content}");
        }
        for (content, expected) in [
            (format!("a = {}", "{".repeat(101)), 104),
            (format!("a = {{A({}", "A(".repeat(100)), 4 + 3 + 2 * 98 + 1),
            (format!("a =\n    b\n{}", "{\n".repeat(101)), 10 + 200),
            // Inside of a placeable a name may stand at the beginning of a line.
            (format!("a = {{\n{}", "A(\n".repeat(100)), 6 + 3 * 99 + 1),
        ] {
            assert_eq!(bracket_beyond(&content, MAX_BRACKETS), Some(expected), "{content}");
        }
    }

    /// What the parser is given at most, in whichever thread.
    #[test]
    fn as_many_brackets_as_are_allowed_are_parsed() {
        for content in [
            format!("a = {}1{}", "{".repeat(100), "}".repeat(100)),
            format!("a = {{ {}1{} }}", "A(".repeat(99), ")".repeat(99)),
            format!("a = {}", "{ 1 ->\n *[a] ".repeat(100)),
        ] {
            let content = content.clone();
            let thread = std::thread::Builder::new().stack_size(1 << 20);
            let parsed = thread.spawn(move || FluentResource::try_new(content).is_ok());
            let _ = parsed.unwrap().join().unwrap();
        }
    }
}
