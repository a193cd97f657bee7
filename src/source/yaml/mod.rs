//! YAML, from a file's text to a tree with places.
//!
//! [`parse`] keeps scalars as text: what they mean is said by the declarations, so there is no
//! guessing here. The Norway problem (`no` as a truth value), octal numbers and dates do not exist.
//!
//! ```yaml
//! - date: 2026-03-05      # a list of one mapping, with two scalars: `2026-03-05` and `no`
//!   open: no
//! ```
//!
//! | step | file |
//! | --- | --- |
//! | refuse control characters | `mistakes.rs` |
//! | read the simple shape that nearly all record files have, in one quick pass | `plain.rs` |
//! | or else read any YAML 1.2, from the parser's events | `full.rs`, `marks.rs`, `duplicates.rs` |
//! | or else say what is wrong, in every record | `recover.rs`, `mistakes.rs`, `line.rs` |
//! | and what would mend it, where that is certain | `mend.rs` |
//! | look for comments that were meant as text | `comment.rs` |
//! | refuse what no text may hold, written with escapes | `source/guard.rs` |
//!
//! Both readers make the same tree (`node.rs`), which `agreement.rs` proves. Bounds on depth,
//! copies and diagnostics keep any file from taking more than its size allows.

#[cfg(test)]
mod agreement;
mod comment;
mod duplicates;
mod full;
mod line;
mod marks;
mod mend;
mod mistakes;
mod node;
mod plain;
mod recover;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use line::broken_keys;
pub(crate) use mend::mended;
pub use node::{MapEntry, Node, NodeKind, RECORDS};

use crate::{
    diagnostic::Checked,
    source::{Text, guard},
};

/// Reads the YAML in a range of bytes of a file: all of it, or its front matter. Spans count from
/// the start of the file.
///
/// There is no value if nothing is written (no diagnostic then), or if it is not YAML: then there is
/// a diagnostic for each mistake of syntax. A repeated key is reported, and the value is there with
/// the first of them. The range has to begin and end
/// between characters.
pub fn parse(text: &Text, range: Range<usize>) -> Checked<Option<Node<'_>>> {
    if let Some(mistake) = mistakes::control_character(text, &range) {
        return Checked { value: None, diagnostics: vec![mistake] };
    }
    let mut parsed = match plain::read(text, &range) {
        Some(node) => Checked::clean(Some(node)),
        None => read_fully(text, &range),
    };
    let dashed = parsed.value.as_ref().map(|root| recover::dashed_keys(text, root));
    if let Some(dashed) = dashed.filter(|it| !it.is_empty()) {
        return Checked { value: None, diagnostics: mended(text, &range, dashed) };
    }
    parsed.diagnostics = mended(text, &range, parsed.diagnostics);
    if let Some(node) = &parsed.value {
        parsed.diagnostics.extend(comment::lost_words(text, node));
        parsed.diagnostics.extend(guard::check_node(text, &range, node));
    }
    parsed
}

/// Reads any YAML, or finds all syntax mistakes of what is none.
fn read_fully<'a>(text: &'a Text, range: &Range<usize>) -> Checked<Option<Node<'a>>> {
    full::read(text, range).unwrap_or_else(|first| Checked {
        value: None,
        diagnostics: recover::all(text, range, *first),
    })
}

/// What the quick reader and the full one make of a text; `None` if the quick one leaves it to the
/// other. For `fuzzing`.
pub(crate) fn both(text: &Text) -> Option<(Node<'_>, Checked<Option<Node<'_>>>)> {
    let range = 0..text.content.len();
    if mistakes::control_character(text, &range).is_some() {
        return None;
    }
    Some((plain::read(text, &range)?, read_fully(text, &range)))
}
