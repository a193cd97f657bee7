//! YAML, from a file's text to a tree with places.
//!
//! [`parse`] keeps scalars as text: what they mean is said by the declarations, so there is no
//! guessing here. Nearly all record files have one simple shape, which `plain.rs` reads in one
//! quick pass; whatever is outside it is read by `full.rs`. Both make the same tree (`node.rs`),
//! which `agreement.rs` proves. What is said about text that is not YAML is in `mistakes.rs`.

#[cfg(test)]
mod agreement;
mod comment;
mod full;
mod line;
mod marks;
mod mistakes;
mod node;
mod plain;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use node::{MapEntry, Node, NodeKind};

use crate::{
    diagnostic::Checked,
    source::{Span, Text},
};

/// Reads the YAML in a range of bytes of a file: all of it, or its front matter. Spans count from
/// the start of the file. There is no value if nothing is written, or if it is not YAML.
pub fn parse(text: &Text, range: Range<usize>) -> Checked<Option<Node<'_>>> {
    if let Some(mistake) = mistakes::control_character(text, &range) {
        return Checked { value: None, diagnostics: vec![mistake] };
    }
    let mut parsed = match plain::read(text, &range) {
        Some(node) => Checked::clean(Some(node)),
        None => full::read(text, &range),
    };
    if let Some(node) = &parsed.value {
        parsed.diagnostics.extend(comment::lost_words(text, node));
    }
    parsed
}

/// Where a scalar failed to become a mapping, because its colon is full-width or has no space
/// after it, and the help of [`Code::YamlSyntax`](crate::diagnostic::Code) for that. To YAML such
/// a scalar is text like any other; it is a mistake where a mapping is wanted.
pub fn broken_key(text: &Text, scalar: Span) -> Option<(Span, &'static str)> {
    let range = scalar.start as usize..scalar.end as usize;
    line::lines(&text.content, &range).find_map(|it| it.broken_key())
}
