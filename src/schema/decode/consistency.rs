//! Checks of a whole record: what no single value shows.
//!
//! The rules follow from the declaration, so a collection gets them by saying which fields are
//! dates, and which are part and whole of a figure:
//!
//! | declared | reported |
//! | --- | --- |
//! | `date: {date: begin, until: end}` | `end` before `begin` |
//! | `date: {date: day, starts: from, ends: to}` | `to` not after `from`, whatever the days; `24:00` and `次日1:00` are after `22:00` |
//! | the same | `from` is `2:00`, where 14:00 may be meant: a warning (`hours.rs`) |
//! | a figure with `measure: share` | its `part` larger than its `whole`, in one record |
//! | a field with `at-most: whole` | its number larger than that one |
//!
//! The others are errors. What is wrong over several records, such as a key that two have, is found by
//! `sets.rs`.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Code, Diagnostic},
    schema::{Collection, DayTime, Value, decode::hours, figure::Measure},
    source::{Text, reader::first_line, yaml::Node},
};

/// Says in the diagnostics of a record in which field the end of a session stands, if both times
/// were written in that of its start.
pub(in crate::schema) fn name_end(collection: &Collection, diagnostics: &mut [Diagnostic]) {
    let Some((starts, ends)) = collection.dating.as_ref().and_then(|it| it.starts.zip(it.ends))
    else {
        return;
    };
    let start = &collection.fields[starts];
    for diagnostic in diagnostics.iter_mut().filter(|it| it.code == Code::SeveralValues) {
        let is_start =
            diagnostic.args.iter().any(|(name, word)| name == "field" && start.is_called(word));
        if is_start && diagnostic.help.as_deref() == Some("range") {
            let label = |language: &str| collection.fields[ends].label.get(language).to_owned();
            *diagnostic = diagnostic.clone().arg_by_language("end", label).help("ends");
        }
    }
}

/// A record with a page of its own whose address would be empty: a field is not there, or has signs
/// alone.
pub(in crate::schema) fn nameless(
    text: &Text,
    node: &Node<'_>,
    collection: &Collection,
    values: &[Value],
) -> Option<Diagnostic> {
    let field = &collection.fields[*collection.record_pages.as_ref()?.first()?];
    if !collection.is_nameless(values) {
        return None;
    }
    let written = node.as_map().unwrap_or_default().iter().find(|it| field.is_called(&it.key));
    let span = written.map_or(first_line(text, node.span), |it| it.value.span);
    let diagnostic = Diagnostic::error(Code::MissingField, text.locate(span))
        .arg("field", field.name)
        .arg_by_language("label", |language| field.label.get(language).to_owned())
        .help("address");
    Some(diagnostic)
}

/// Reports a record that ends before it starts, and a part that is larger than its whole. Values
/// that are absent are compared with nothing.
///
/// `node` is the record as written, to point at its values. A pair of fields that several figures
/// use is checked once.
pub(in crate::schema) fn check(
    text: &Text,
    node: &Node<'_>,
    collection: &Collection,
    values: &[Value],
    sink: &mut Vec<Diagnostic>,
) {
    let span_of = |field: usize| {
        let field = &collection.fields[field];
        let entries = node.as_map().unwrap_or_default();
        let found = entries.iter().find(|entry| field.is_called(&entry.key));
        text.locate(found.map_or(node.span, |it| it.value.span))
    };
    let written = |field: usize| {
        let entries = node.as_map().unwrap_or_default();
        let found = entries.iter().find(|it| collection.fields[field].is_called(&it.key));
        found.and_then(|it| it.value.as_str()).unwrap_or_default()
    };
    let label =
        |field: usize, language: &str| collection.fields[field].label.get(language).to_owned();
    if let (Some(dating), Some(moment)) = (&collection.dating, collection.moment_of(values)) {
        let backwards = match (dating.until, dating.ends) {
            (Some(field), _) if moment.until.is_some_and(|it| it < moment.date) => {
                Some((field, dating.date))
            }
            (_, Some(field)) if moment.ends.is_some_and(|it| Some(it) <= moment.starts) => {
                dating.starts.map(|starts| (field, starts))
            }
            _ => None,
        };
        let read = |field: Option<usize>, time: Option<DayTime>| {
            field.zip(time).map(|(field, time)| (written(field), time))
        };
        let (starts, ends) = (read(dating.starts, moment.starts), read(dating.ends, moment.ends));
        if let Some((end, start)) = backwards {
            let diagnostic = Diagnostic::error(Code::EndsBeforeStarts, span_of(end))
                .arg_by_language("start", |it| label(start, it))
                .arg_by_language("end", |it| label(end, it))
                .related(span_of(start), "start");
            let hours = starts.zip(ends).filter(|_| Some(end) == dating.ends);
            sink.push(match hours {
                Some((starts, ends)) => hours::advise(diagnostic, starts, ends),
                None => diagnostic.help("swap"),
            });
        } else if let Some((field, starts)) = dating.starts.zip(starts) {
            sink.extend(hours::odd(starts, ends, || span_of(field)));
        }
    }
    let shares = collection.figures.iter().filter_map(|figure| match figure.measure {
        Measure::Share { part, whole } => Some((part, whole)),
        _ => None,
    });
    let fields = collection.fields.iter().enumerate();
    let bounds = fields.flat_map(|(part, it)| it.at_most.iter().map(move |whole| (part, *whole)));
    for (part, whole) in shares.chain(bounds).collect::<BTreeSet<_>>() {
        let numbers = (values[part].as_number(), values[whole].as_number());
        if let (Some(of_part), Some(of_whole)) = numbers
            && of_part > of_whole
        {
            sink.push(
                Diagnostic::error(Code::PartOverWhole, span_of(part))
                    .arg_by_language("part", |it| label(part, it))
                    .arg_by_language("whole", |it| label(whole, it))
                    .help("check"),
            );
        }
    }
}
