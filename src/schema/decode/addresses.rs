//! Old addresses, read from the values that list them.

use crate::{
    diagnostic::{Diagnostic, Location},
    scan,
    schema::{OldAddress, Value, claim, old_address},
    source::{Span, Text},
};

/// The old addresses that a value lists; `place` tells where each stands, by its words and how often
/// they were listed before. What is wrong is reported and left out, as is what is listed again.
pub(super) fn read(
    value: &Value,
    place: impl Fn(&str, usize) -> Location,
    sink: &mut Vec<Diagnostic>,
) -> Vec<OldAddress> {
    let mut read = Vec::<OldAddress>::new();
    let words: Vec<&str> = value.each().iter().filter_map(Value::as_text).collect();
    for (index, word) in words.iter().enumerate() {
        let before = words[..index].iter().filter(|it| *it == word).count();
        let location = place(word, before);
        let line = location.range.map_or(1, |range| range.start.line);
        match old_address::parse(word) {
            Ok(path) if read.iter().any(|it| claim(&it.path) == claim(&path)) => {
                sink.push(old_address::wrong(word, "twice", location));
            }
            Ok(path) if spells_data(word, &path) => {
                let location = Location { quote: None, ..location };
                sink.push(old_address::wrong("…", "encoded", location));
            }
            Ok(path) => read.push(OldAddress { path: path.into(), line }),
            Err(reason) => sink.push(old_address::wrong(word, reason, location)),
        }
    }
    read
}

/// An old address holds personal data in signs such as `%38`. What is not hidden is found where all of
/// the file is searched.
fn spells_data(word: &str, path: &str) -> bool {
    word.contains('%') && scan::text(word).is_empty() && !scan::text(path).is_empty()
}

/// Where a word of a value stands that was listed so often before: in the value, or all of it if it is
/// written otherwise there.
pub(super) fn place_in(text: &Text, value: Span, word: &str, before: usize) -> Location {
    let written = text.content.get(value.start as usize..value.end as usize).unwrap_or_default();
    let is_end = |it: Option<char>| it.is_none_or(|it| it.is_whitespace() || "[],'\"".contains(it));
    let is_whole = |at: usize| {
        is_end(written[..at].chars().next_back())
            && is_end(written[at + word.len()..].chars().next())
    };
    let mut whole = written.match_indices(word).map(|(at, _)| at).filter(|at| is_whole(*at));
    let start = whole.nth(before).map(|at| value.start as usize + at);
    text.locate(start.map_or(value, |start| Span::new(start, start + word.len())))
}
