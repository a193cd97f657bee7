//! Old addresses, read from the values that list them.

use crate::{
    diagnostic::{Diagnostic, Location},
    schema::{OldAddress, Value, old_address},
    source::{Span, Text},
};

/// The old addresses that a value lists; `place` tells where each stands. What is wrong is reported
/// and left out.
pub(super) fn read(
    value: &Value,
    place: impl Fn(&str) -> Location,
    sink: &mut Vec<Diagnostic>,
) -> Vec<OldAddress> {
    let mut read = Vec::new();
    for word in value.each().iter().filter_map(Value::as_text) {
        let location = place(word);
        let line = location.range.map_or(1, |range| range.start.line);
        match old_address::parse(word) {
            Ok(path) => read.push(OldAddress { path: path.into(), line }),
            Err(reason) => sink.push(old_address::wrong(word, reason, location)),
        }
    }
    read
}

/// Where a word of a value stands: in the value, or all of it if it is written otherwise there.
pub(super) fn place_in(text: &Text, value: Span, word: &str) -> Location {
    let written = text.content.get(value.start as usize..value.end as usize).unwrap_or_default();
    let start = written.find(word).map(|at| value.start as usize + at);
    text.locate(start.map_or(value, |start| Span::new(start, start + word.len())))
}
