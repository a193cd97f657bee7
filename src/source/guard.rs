//! What no text of a site may hold, wherever it stands: characters that nobody sees, and addresses
//! with a name or password.
//!
//! [`check`] is asked of every file that is read as text, before anything else is. So no stage
//! after it meets such a text, be it a field, a link, a setting or a comment. What is written in
//! another way (`"\\u202e"` in YAML or TOML) is found when it was read: [`check_node`].
//!
//! In the content, references of HTML (`&rlm;`) and percent signs (`%E2%80%AE`) count as well. The
//! templates of a theme may have them.

use std::{borrow::Cow, ops::Range};

use crate::{
    diagnostic::{Code, Diagnostic, SitePath, enough},
    source::{
        Span, Text,
        yaml::{Node, NodeKind},
    },
    text::{
        characters::{self, Hidden},
        credentials,
    },
};

/// The folder of themes, whose texts are those of programmers.
const THEMES: &str = "themes/";

/// What a file holds that no text may hold. All are errors.
pub(super) fn check(text: &Text) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (hidden, range) in hidden_in(&text.content, &text.path) {
        if enough(&text.path, &mut found) {
            return found;
        }
        found.push(hidden_character(text, hidden, range));
    }
    for range in credentials::find(&text.content) {
        if enough(&text.path, &mut found) {
            return found;
        }
        found.push(with_password(text, range));
    }
    found
}

/// The same for the texts of a tree that was read from a range of a file. Only what is not written
/// there as it is read is looked at, since [`check`] has seen the rest.
pub(super) fn check_node(text: &Text, range: &Range<usize>, node: &Node<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.content[range.clone()].contains('\\') {
        walk(text, node, &mut found);
    }
    found
}

fn walk(text: &Text, node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    match &node.kind {
        NodeKind::Scalar(Cow::Owned(words)) => scalar(text, words, node.span, found),
        NodeKind::Scalar(Cow::Borrowed(_)) | NodeKind::Null => {}
        NodeKind::List(items) => items.iter().for_each(|item| walk(text, item, found)),
        NodeKind::Map(entries) => {
            for entry in entries {
                if let Cow::Owned(words) = &entry.key {
                    scalar(text, words, entry.key_span, found);
                }
                walk(text, &entry.value, found);
            }
        }
    }
}

/// A text that was written in another way, at its place as a whole.
fn scalar(text: &Text, words: &str, span: Span, found: &mut Vec<Diagnostic>) {
    if enough(&text.path, found) {
        return;
    }
    let range = span.start as usize..span.end as usize;
    if let Some((hidden, _)) = hidden_in(words, &text.path).into_iter().next() {
        found.push(hidden_character(text, hidden, range));
    } else if !credentials::find(words).is_empty() {
        found.push(with_password(text, range));
    }
}

/// The hidden characters of a text, each with its place.
fn hidden_in(text: &str, path: &SitePath) -> Vec<(char, Range<usize>)> {
    let mut hidden = characters::hidden(text);
    if !path.as_str().starts_with(THEMES) {
        hidden.extend(characters::hidden_in_code(text));
    }
    hidden.into_iter().map(|Hidden { range, character }| (character, range)).collect()
}

fn hidden_character(text: &Text, character: char, range: Range<usize>) -> Diagnostic {
    let kind = match character {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "direction"
        }
        it if it.is_control() => "control",
        _ => "width",
    };
    let mut location = text.locate(Span::new(range.start, range.end));
    // It stands in any line, of which nobody knows yet what of it is published.
    location.quote = None;
    Diagnostic::error(Code::HiddenCharacter, location)
        .arg("kind", kind)
        .arg("character", format!("U+{:04X}", u32::from(character)))
        .help("delete")
}

/// The line is not quoted: it has the password.
fn with_password(text: &Text, range: Range<usize>) -> Diagnostic {
    let mut location = text.locate(Span::new(range.start, range.end));
    location.quote = None;
    Diagnostic::error(Code::UrlWithPassword, location).help("remove")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{MemoryWorld, read, read_yaml, toml};

    /// What is told of a file: code, line and column.
    fn told(path: &str, content: &str) -> Vec<(Code, u32, u32)> {
        let world = MemoryWorld::new([(path, content)]);
        let file = read(&world, &SitePath::new(path));
        let mut diagnostics = file.diagnostics;
        if let Some(text) = file.value {
            diagnostics.extend(match path.rsplit_once('.').unwrap().1 {
                "toml" => toml::parse(&text).diagnostics,
                _ => read_yaml(&text).diagnostics,
            });
        }
        let place = |it: &Diagnostic| it.location.range.unwrap().start;
        diagnostics.iter().map(|it| (it.code, place(it).line, place(it).column)).collect()
    }

    #[test]
    fn what_no_text_may_hold_is_told_at_its_place() {
        use Code::{HiddenCharacter, UrlWithPassword};
        for (path, content, expected) in [
            ("content/a.yaml", "a: 1\nb: 王\u{200b}芳", (HiddenCharacter, 2, 5)),
            ("content/a.yaml", "# \u{202e}", (HiddenCharacter, 1, 3)),
            ("content/a.yaml", "a: \"b\\u202ec\"", (HiddenCharacter, 1, 4)),
            ("content/a.yaml", "\"\\e[2J\": b", (HiddenCharacter, 1, 1)),
            ("content/a.yaml", "- a: [\"&#x202\\u0065;\"]", (HiddenCharacter, 1, 7)),
            ("content/a.yaml", "a: &rlm;", (HiddenCharacter, 1, 4)),
            ("content/a.yaml", "a: https://a.cn/%E2%80%AE", (HiddenCharacter, 1, 17)),
            ("content/a.csv", "a\nb\u{feff}", (HiddenCharacter, 2, 2)),
            ("content/a.md", "甲\u{1b}[31m", (HiddenCharacter, 1, 2)),
            ("site.toml", "a = \"\\u202E\"", (HiddenCharacter, 1, 5)),
            ("themes/a/i18n/en.ftl", "a = \u{200f}", (HiddenCharacter, 1, 5)),
            ("content/a.yaml", "a: https://u:p@a.cn", (UrlWithPassword, 1, 12)),
            ("content/a.md", "[甲](<https://u@a.cn>)", (UrlWithPassword, 1, 14)),
            ("content/a.yaml", "a: \"https:\\x2f/u@a.cn\"", (UrlWithPassword, 1, 4)),
            ("site.toml", "base-url = \"https://u:p@a.cn\"", (UrlWithPassword, 1, 21)),
        ] {
            assert_eq!(told(path, content), [expected], "{path}: {content:?}");
        }
        assert_eq!(told("themes/a/templates/a.yaml", "a: b &shy;"), []);
        assert_eq!(told("content/a.yaml", "a: \"\\u4e00\\t👨‍👩‍👧\""), []);
    }

    #[test]
    fn a_password_is_not_quoted() {
        let world = MemoryWorld::new([("content/a.yaml", "a: https://u:secret@a.cn")]);
        let found = read(&world, &SitePath::new("content/a.yaml")).diagnostics;
        assert_eq!(found.len(), 1);
        assert!(!format!("{found:?}").contains("secret"));
    }
}
