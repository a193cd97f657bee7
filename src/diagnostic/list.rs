//! Lists of diagnostics: their order, their number, and when there are enough.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::diagnostic::{Code, Diagnostic, Location, Severity, SitePath};

/// Puts diagnostics in the order in which they are shown: errors, then warnings, then notes, each by
/// file, line, column, then code. Says each of them once; so too a template's mistake, which comes up on
/// every page that is made from it.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.severity, &a.location, a.code.name(), &a.args).cmp(&(
            b.severity,
            &b.location,
            b.code.name(),
            &b.args,
        ))
    });
    diagnostics.dedup_by(|again, first| {
        again == first
            || first.code == Code::TemplateError
                && (&again.code, &again.location) == (&first.code, &first.location)
    });
}

/// How many diagnostics of one file are reported. Nobody reads more, and a file of millions of them
/// would fill the memory.
pub const MOST: usize = 200;

/// Whether a file has so many diagnostics that reading it stops. `sink` holds what
/// was said of this file alone.
pub fn enough(file: &SitePath, sink: &mut Vec<Diagnostic>) -> bool {
    if sink.len() < MOST {
        return false;
    }
    if !sink.iter().any(|it| it.code == Code::TooManyMistakes) {
        sink.push(
            Diagnostic::error(Code::TooManyMistakes, Location::file(file.clone()))
                .arg("limit", MOST.to_string())
                .help("first"),
        );
    }
    true
}

/// The codes of diagnostics with how often each is there, the most frequent first. Notes are not
/// counted.
pub fn by_code(diagnostics: &[Diagnostic]) -> Vec<(Code, usize)> {
    let mut counts: BTreeMap<&str, (Code, usize)> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|it| it.severity != Severity::Note) {
        let entry = counts.entry(diagnostic.code.name()).or_insert((diagnostic.code, 0));
        entry.1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}

/// How many errors and how many warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of =
        |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
