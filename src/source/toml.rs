//! TOML, as the same nodes that YAML gives.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    diagnostic::{Checked, Code, Diagnostic},
    source::{
        Span, Text,
        yaml::{Entry, Kind, Node},
    },
};

/// Reads TOML to a mapping. Numbers, dates and truth values keep their text.
pub fn parse(text: &Text) -> Checked<Option<Node<'_>>> {
    let (table, errors) = DeTable::parse_recoverable(&text.content);
    let diagnostics: Vec<_> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            Diagnostic::error(Code::TomlSyntax, text.locate(Span::new(span.start, span.end)))
                .arg("reason", error.message())
                .help("quote")
        })
        .collect();
    if !diagnostics.is_empty() {
        return Checked { value: None, diagnostics };
    }
    let node = Node { span: Span::new(0, text.content.len()), kind: mapping(table.into_inner()) };
    Checked::clean(Some(node))
}

fn mapping(table: DeTable<'_>) -> Kind<'_> {
    let mut entries: Vec<Entry<'_>> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: span(&key),
            key: key.into_inner(),
            value: node(value),
        })
        .collect();
    entries.sort_by_key(|it| it.key_span);
    Kind::Map(entries)
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = span(&value);
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Scalar(text),
        DeValue::Integer(number) => Kind::Scalar(Cow::Owned(number.as_str().to_owned())),
        DeValue::Float(number) => Kind::Scalar(Cow::Owned(number.as_str().to_owned())),
        DeValue::Boolean(truth) => {
            Kind::Scalar(Cow::Borrowed(if truth { "true" } else { "false" }))
        }
        DeValue::Datetime(moment) => Kind::Scalar(Cow::Owned(moment.to_string())),
        DeValue::Array(items) => Kind::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => mapping(table),
    };
    Node { span, kind }
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}
