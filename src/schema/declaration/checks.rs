//! Checks of the fields that other parts of a declaration name.

use crate::{
    diagnostic::{Code, Diagnostic, nearest, with_near},
    schema::{Field, posting::Privacy},
    source::{Span, Text},
};

/// The index of a field that the declaration names elsewhere; tells of a name that is not declared.
pub(crate) fn field_named(
    text: &Text,
    fields: &[Field],
    word: &str,
    span: Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let index = fields.iter().position(|it| it.name == word);
    if index.is_none() {
        let known: Vec<&str> = fields.iter().map(|it| it.name).collect();
        let near = nearest(word, known.iter().copied());
        let diagnostic = Diagnostic::error(Code::UndeclaredField, text.locate(span));
        sink.push(with_near(diagnostic.arg("field", word), near, &known));
    }
    index
}

/// The same, of a field that anybody may see.
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

/// A field whose type does not fit what the declaration wants of it.
pub(crate) fn unfit(text: &Text, field: &Field, span: Span, wanted: &'static str) -> Diagnostic {
    Diagnostic::error(Code::UnfitField, text.locate(span))
        .arg("field", field.name)
        .arg("type", field.kind.name())
        .arg("wanted", wanted)
        .help("wanted")
}
