//! Words beside which nobody may be named.

use crate::{
    config::mistake::bad,
    diagnostic::Diagnostic,
    source::{Text, reader::MapReader},
};

/// Reads `[privacy.sensitive]`, in which any key is a kind, and its value a word or a list of them.
/// A word without a letter is reported and left out: it would stand beside everything.
pub(super) fn read(
    text: &Text,
    reader: &MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let mut words = Vec::new();
    for entry in reader.entries() {
        let nodes = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
        for node in nodes {
            let Some(word) = reader.scalar(node, sink) else { continue };
            if word.contains(char::is_alphabetic) {
                words.push((entry.key.to_string(), word.to_owned()));
            } else {
                sink.push(bad(text, node.span, "sensitive", "[\"暖心卡\"]"));
            }
        }
    }
    words
}
