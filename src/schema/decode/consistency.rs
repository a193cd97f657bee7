//! Checks of a whole record: what no single value shows.
//!
//! The rules follow from the declaration, so a collection gets them by saying which fields are
//! dates, and which are part and whole of a figure:
//!
//! | declared | reported |
//! | --- | --- |
//! | `date: {date: begin, until: end}` | `end` before `begin` |
//! | `date: {date: day, starts: from, ends: to}` | `to` not after `from`, whatever the days |
//! | a figure with `measure: share` | its `part` larger than its `whole`, in one record |
//!
//! All are errors. What is wrong over several records, such as a key that two have, is found by
//! `sets.rs`.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Code, Diagnostic},
    schema::{Collection, Value, figure::Measure},
    source::{Text, yaml::Node},
};

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
        if let Some((end, start)) = backwards {
            sink.push(
                Diagnostic::error(Code::EndsBeforeStarts, span_of(end))
                    .arg_by_language("start", |it| label(start, it))
                    .arg_by_language("end", |it| label(end, it))
                    .related(span_of(start), "start")
                    .help("swap"),
            );
        }
    }
    let shares = collection.figures.iter().filter_map(|figure| match figure.measure {
        Measure::Share { part, whole } => Some((part, whole)),
        _ => None,
    });
    for (part, whole) in shares.collect::<BTreeSet<_>>() {
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
