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
        sink.push(more(file, Severity::Error));
    }
    true
}

/// Adds a diagnostic of a file, unless there are [`MOST`] of its severity; that there are more is then
/// said once. `sink` holds what was said of this file alone. So errors are told however many warnings
/// there are.
pub fn add(sink: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    let severity = diagnostic.severity;
    match sink.iter().filter(|it| it.severity == severity).count() {
        ..MOST => sink.push(diagnostic),
        MOST => sink.push(more(&diagnostic.location.file, severity)),
        _ => {}
    }
}

/// The first [`MOST`] of what was found in a file. If there are more, the last says so.
pub fn first(found: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = found.take(MOST + 1).collect();
    if found.len() > MOST {
        let last = &mut found[MOST];
        *last = more(&last.location.file, last.severity);
    }
    found
}

/// Says that more of that severity was found in a file than is told.
pub fn more(file: &SitePath, severity: Severity) -> Diagnostic {
    let kind = if severity == Severity::Error { "mistakes" } else { "warnings" };
    let more = Diagnostic::error(Code::TooManyMistakes, Location::file(file.clone()));
    let more = more.arg("kind", kind).arg("limit", MOST.to_string()).help("first");
    Diagnostic { severity, ..more }
}

/// The codes of diagnostics with how often each is there, the most frequent first. Notes are not
/// counted.
pub fn by_code(diagnostics: &[Diagnostic]) -> Vec<(Code, usize)> {
    let mut counts: BTreeMap<&str, (Code, usize, Severity)> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|it| it.severity != Severity::Note) {
        let first = (diagnostic.code, 0, diagnostic.severity);
        let entry = counts.entry(diagnostic.code.name()).or_insert(first);
        entry.1 += 1;
        if diagnostic.severity == Severity::Error {
            entry.2 = Severity::Error;
        }
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(_, count, severity)| (*severity != Severity::Error, Reverse(*count)));
    counts.into_iter().map(|(code, count, _)| (code, count)).collect()
}

/// How many errors and how many warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of =
        |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A diagnostic of that number.
    fn told(number: usize, severity: Severity) -> Diagnostic {
        let place = Location::line(SitePath::new("a.md"), u32::try_from(number).unwrap());
        Diagnostic { severity, ..Diagnostic::error(Code::BadLink, place) }
    }

    /// The severities of those that say that there are more.
    fn told_more(found: &[Diagnostic]) -> Vec<Severity> {
        let more = found.iter().filter(|it| it.code == Code::TooManyMistakes);
        more.map(|it| it.severity).collect()
    }

    #[test]
    fn what_is_left_out_is_said_once() {
        let mut sink = Vec::new();
        (0..MOST).for_each(|number| add(&mut sink, told(number, Severity::Warning)));
        assert_eq!((sink.len(), told_more(&sink)), (MOST, vec![]));
        (0..9).for_each(|number| add(&mut sink, told(number, Severity::Warning)));
        assert_eq!((sink.len(), told_more(&sink)), (MOST + 1, vec![Severity::Warning]));
        (0..2 * MOST).for_each(|number| add(&mut sink, told(number, Severity::Error)));
        assert_eq!(sink.len(), 2 * MOST + 2);
        assert_eq!(told_more(&sink), [Severity::Warning, Severity::Error]);
    }

    #[test]
    fn codes_of_errors_come_before_those_of_warnings() {
        let of = |code, severity| Diagnostic { code, ..told(1, severity) };
        let all = [
            of(Code::EmptyFile, Severity::Warning),
            of(Code::EmptyFile, Severity::Warning),
            of(Code::BadLink, Severity::Error),
            of(Code::Hidden, Severity::Note),
        ];
        assert_eq!(by_code(&all), [(Code::BadLink, 1), (Code::EmptyFile, 2)]);
    }

    #[test]
    fn the_first_are_told() {
        let all = |count| (0..count).map(|number| told(number, Severity::Warning));
        assert_eq!(first(all(MOST)), all(MOST).collect::<Vec<_>>());
        let found = first(all(MOST + 1));
        assert_eq!((found.len(), told_more(&found)), (MOST + 1, vec![Severity::Warning]));
        assert_eq!(first(all(10 * MOST)), found);
    }
}
