//! Checks of the fields that other parts of a declaration name.
//!
//! Each takes the word that names a field and where it stands, and returns an index of the
//! declaration's fields. Names count here, labels do not: a declaration is written once, and a
//! label may change.

use crate::{
    diagnostic::{Code, Diagnostic, enough, nearest, with_near},
    schema::{Field, FieldType, group::first_named, posting::Privacy},
    source::{
        Span, Text,
        reader::misshapen,
        yaml::{Node, NodeKind},
    },
};

/// Returns the index of a field that another part of the declaration names. A name that is not
/// declared is reported at `span`, with the nearest declared one.
pub(crate) fn field_named(
    text: &Text,
    fields: &[Field],
    word: &str,
    span: Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let index = fields.iter().position(|field| field.name == word);
    if index.is_none() {
        let known: Vec<&str> = fields.iter().map(|it| it.name).collect();
        let near = nearest(word, known.iter().copied());
        let diagnostic = Diagnostic::error(Code::UndeclaredField, text.locate(span));
        sink.push(with_near(diagnostic.arg("field", word), near, &known));
    }
    index
}

/// The indexes of fields that a key names, one or a list of them. Names that are not declared are
/// reported and left out. Fields that are never published are accepted: a key may need them. A
/// field may be named twice; it then counts twice. A part of several groups may be named without a
/// number, and is that of the first.
pub(super) fn fields_named(
    text: &Text,
    node: Option<&Node<'_>>,
    fields: &[Field],
    sink: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let Some(node) = node else { return Vec::new() };
    let nodes = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut indexes = Vec::new();
    for node in nodes {
        match &node.kind {
            _ if enough(&text.path, sink) => break,
            NodeKind::Scalar(word) => {
                let word =
                    first_named(fields.iter().filter_map(|it| it.group.as_ref()), word.trim());
                indexes.extend(field_named(text, fields, &word, node.span, sink));
            }
            _ => sink.extend(misshapen(text, node, "value")),
        }
    }
    indexes
}

/// Returns the index of a field that is published. Figures and dates are shown to everybody, so
/// they may not be made from a field that is internal; one is reported at `span`.
pub(crate) fn public_field(
    text: &Text,
    fields: &[Field],
    word: &str,
    span: Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let index = field_named(text, fields, word, span, sink)?;
    if fields[index].privacy == Privacy::Internal {
        sink.push(unfit(text, &fields[index], span, "").help("public"));
        return None;
    }
    Some(index)
}

/// The index of a public field of a fitting type, for a key that names a field. `wanted` is the
/// word by which the message calls the types that fit. Nothing, and no diagnostic, if the key is
/// not there.
pub(super) fn typed(
    text: &Text,
    fields: &[Field],
    word: Option<(&str, Span)>,
    fits: impl Fn(FieldType) -> bool,
    wanted: &'static str,
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let (word, span) = word?;
    let index = public_field(text, fields, word, span, sink)?;
    if fits(fields[index].kind) {
        return Some(index);
    }
    sink.push(unfit(text, &fields[index], span, wanted));
    None
}

/// The diagnostic of a field whose type does not fit its use. `wanted` names what would fit, as the
/// message's help knows it; a caller with another help sets its own.
pub(crate) fn unfit(text: &Text, field: &Field, span: Span, wanted: &'static str) -> Diagnostic {
    Diagnostic::error(Code::UnfitField, text.locate(span))
        .arg("field", field.name)
        .arg("type", field.kind.name())
        .arg("wanted", wanted)
        .help("wanted")
}
