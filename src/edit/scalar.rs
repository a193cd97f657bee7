//! How YAML writes a text.

use crate::source::{SitePath, Text, yaml};

/// Where a text is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind a key or a dash on a line of its own.
    Line,
    /// In brackets or braces.
    Brackets,
}

/// A text on one line: as it is if that reads as the same text, else in quotes.
pub(super) fn line(text: &str, place: Place) -> String {
    if is_plain(text, place) { text.to_owned() } else { quoted(text) }
}

/// The lines of a block (`|`) that reads as this text, without their indentation. Nothing for a text
/// that needs quotes: one that begins or ends with blanks, or has what no line can have.
pub(super) fn block(text: &str) -> Option<Vec<&str>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let is_clean = |line: &&str| !line.contains(|it: char| it.is_control()) && !line.ends_with(' ');
    let is_block = lines.len() > 1
        && lines.iter().all(is_clean)
        && lines.first().is_some_and(|it| !it.is_empty() && !it.starts_with(' '))
        && lines.last().is_some_and(|it| !it.is_empty())
        && !text.contains('\u{feff}');
    is_block.then_some(lines)
}

/// A text reads as itself without quotes, by the only reader that matters.
fn is_plain(text: &str, place: Place) -> bool {
    if text.is_empty() || text.contains(['\n', '\r', '\t']) {
        return false;
    }
    let content = match place {
        Place::Line => format!("- k: {text}\n  l: m\n"),
        Place::Brackets => format!("- {{k: {text}, l: m}}\n"),
    };
    let file = Text { path: SitePath::new("a.yaml"), content };
    let read = yaml::parse(&file, 0..file.content.len());
    let value = read.value.as_ref().and_then(|it| it.as_list()?.first()?.get("k")?.as_str());
    read.diagnostics.is_empty() && value == Some(text)
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
