//! TOML, as the same nodes that YAML gives.
//!
//! Only `site.toml` and themes' settings are TOML. A reader of nodes need not know which of the two
//! it has; the messages differ by the file's extension (`reader.rs`).
//!
//! ```text
//! [organiser]         organiser: {name: "幸福街道"}
//! name = "幸福街道"   sections: [{id: "service"}]
//! [[sections]]
//! id = "service"
//! ```
//!
//! TOML has types, but the declared type decides here, too: `20` and `"20"` are the same scalar. A
//! value without anything does not exist in TOML, so no node is null.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, MOST, Replacement, enough},
    source::{
        IMPORTS, Span, Text, guard,
        yaml::{MapEntry, Node, NodeKind},
    },
};

/// Reads TOML to a mapping. Numbers, dates and truth values become their text.
///
/// With any syntax error there is no value, although the parser could go on: half of a file would
/// look as if the other settings had been left out. An empty file is an empty mapping.
pub fn parse(text: &Text) -> Checked<Option<Node<'_>>> {
    let (table, errors) = DeTable::parse_recoverable(&text.content);
    if !errors.is_empty() {
        return Checked { value: None, diagnostics: mistakes(text, &errors) };
    }
    let node = Node { span: Span::new(0, text.content.len()), kind: mapping(table.into_inner()) };
    let range = 0..text.content.len();
    Checked { diagnostics: guard::check_node(text, &range, &node), value: Some(node) }
}

/// The diagnostics of syntax errors: of each line the first, as the others come from it. At most
/// [`MOST`].
fn mistakes(text: &Text, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    // One line may have any number of them.
    for error in errors.iter().take(10 * MOST) {
        if enough(&text.path, &mut diagnostics) {
            break;
        }
        let mistake = mistake(text, error);
        let line = |diagnostic: &Diagnostic| diagnostic.location.range.map(|it| it.start.line);
        if diagnostics.iter().all(|diagnostic| line(diagnostic) != line(&mistake)) {
            diagnostics.push(mistake);
        }
    }
    diagnostics
}

/// The diagnostic of a syntax error, at the place that the parser names.
///
/// The help is guessed from what stands at that place and from the parser's words:
///
/// ```text
/// name = “幸福”   quotes   quotation marks that are none to TOML
/// name: "幸福"    equals   a colon for the equals sign
/// 颜色 = "红"     key      a key that needs quotation marks
/// name = 幸福     quote    text without quotation marks
/// ```
fn mistake(text: &Text, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let place = text.locate(Span::new(span.start, span.end));
    let rest = text.content.get(span.start..).unwrap_or_default();
    let help = match error.message() {
        "duplicate key" => {
            let key = text.content.get(span).unwrap_or_default();
            let diagnostic = Diagnostic::error(Code::DuplicateKey, place);
            return diagnostic.arg("key", key).help("remove");
        }
        _ if rest.starts_with(['“', '”', '‘', '’', '＂', '「']) => "quotes",
        _ if rest.starts_with([':', '：', '＝']) => "equals",
        reason if reason.contains("key with no value") => "equals",
        // In a mapping names are those of columns.
        reason if reason.contains("unquoted key") && text.path.parent().name() == IMPORTS => "name",
        reason if reason.contains("unquoted key") => "key",
        reason if reason.contains("quoted") || reason.contains("string") => "quote",
        _ => "parser",
    };
    let fix = mended(text, span.start, help).unwrap_or_default();
    let diagnostic = Diagnostic::error(Code::TomlSyntax, place).arg("reason", error.message());
    diagnostic.help(help).fixed_by(fix)
}

/// What would mend a mistake at that byte for certain: straight quotation marks, an equals sign, or
/// quotation marks around a text that goes to the end of its line.
fn mended(text: &Text, at: usize, help: &str) -> Option<Vec<Replacement>> {
    const CURLY: [char; 7] = ['“', '”', '‘', '’', '＂', '「', '」'];
    let start = text.content[..at].rfind('\n').map_or(0, |it| it + 1);
    let line = text.content[start..].lines().next()?;
    let replaced = |from: usize, to: usize, with: &str| {
        text.replacement(Span::new(start + from, start + to), with)
    };
    match help {
        "quotes" => {
            let marks: Vec<(usize, &str)> = line.match_indices(CURLY).collect();
            let [(first, a), (last, b)] = *marks else { return None };
            let is_whole = line[..first].trim_end().ends_with('=')
                && line[last + b.len()..].trim().is_empty()
                && !line.contains(['"', '\\']);
            let first = replaced(first, first + a.len(), "\"").filter(|_| is_whole);
            Some(vec![first?, replaced(last, last + b.len(), "\"")?])
        }
        "equals" => {
            let sign = line.find([':', '：', '＝'])?;
            let (key, rest) = line.split_at(sign);
            let value = rest.trim_start_matches([':', '：', '＝']);
            let is_key = |it: char| it.is_ascii_alphanumeric() || "_-.".contains(it);
            let is_whole = key.trim().chars().all(is_key) && !value.trim().is_empty();
            let before = if key.ends_with(' ') { "" } else { " " };
            let behind = if value.starts_with(' ') { "" } else { " " };
            let new = format!("{before}={behind}");
            Some(vec![replaced(sign, line.len() - value.len(), &new).filter(|_| is_whole)?])
        }
        "quote" => {
            let value = line.split_once('=').map(|it| it.1)?.trim();
            let from = line.len() - line.split_once('=')?.1.trim_start().len();
            let is_text = value.starts_with(char::is_alphabetic)
                && !value.contains(['"', '\'', '\\', '#', '[', ']', '{', '}', '=']);
            let first = replaced(from, from, "\"").filter(|_| is_text);
            Some(vec![first?, replaced(from + value.len(), from + value.len(), "\"")?])
        }
        _ => None,
    }
}

/// A table as a mapping, with keys in the order of the file. They are sorted by their places, as
/// the parser's table need not have that order.
fn mapping(table: DeTable<'_>) -> NodeKind<'_> {
    let mut entries: Vec<MapEntry<'_>> = table
        .into_iter()
        .map(|(key, value)| MapEntry {
            key_span: span(&key),
            key: key.into_inner(),
            value: node(value),
        })
        .collect();
    entries.sort_by_key(|it| it.key_span);
    NodeKind::Map(entries)
}

/// A value as a node: numbers and dates keep their text, since the declared type reads them.
fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = span(&value);
    let kind = match value.into_inner() {
        DeValue::String(text) => NodeKind::Scalar(text),
        DeValue::Integer(number) => NodeKind::Scalar(Cow::Owned(number.as_str().to_owned())),
        DeValue::Float(number) => NodeKind::Scalar(Cow::Owned(number.as_str().to_owned())),
        DeValue::Boolean(truth) => {
            NodeKind::Scalar(Cow::Borrowed(if truth { "true" } else { "false" }))
        }
        DeValue::Datetime(moment) => NodeKind::Scalar(Cow::Owned(moment.to_string())),
        DeValue::Array(items) => NodeKind::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => mapping(table),
    };
    Node { span, kind }
}

/// The parser's range of bytes as ours. Both count from the start of the file.
fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}
