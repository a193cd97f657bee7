//! One mapping, decoded by a collection's fields.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Code, Diagnostic},
    figures::declared::Measure,
    schema::{
        Collection, CollectionId, Field, FieldType, PlaceId, Value,
        place::PlaceIndex,
        reader::{first_line, missing, shortened, unknown, unknown_field, wrong_shape, wrong_type},
        scalar::{self, Fault},
    },
    source::{
        SitePath, Span, Text,
        yaml::{Kind, Node},
    },
};

/// Counts beyond this are a slip of the finger unless the declaration says otherwise.
const MAX_COUNT: i64 = 10_000_000;

/// One entry of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// A value for each field of the collection, in its order.
    pub values: Box<[Value]>,
    /// Which of the set's files it stands in.
    pub file: u16,
    /// The line of that file on which it begins, from 1.
    pub line: u32,
}

/// All records of a collection at a place, in the order of their files and lines.
#[derive(Debug, Clone)]
pub struct RecordSet {
    /// Where.
    pub place: PlaceId,
    /// Of what.
    pub collection: CollectionId,
    /// The files they stand in.
    pub files: Vec<SitePath>,
    /// The records.
    pub records: Vec<Record>,
}

/// What a value may speak of beside itself.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) places: &'a PlaceIndex,
    pub(super) images: &'a BTreeSet<SitePath>,
}

/// Decodes a mapping to a value for each field. What cannot be read is absent.
pub(super) fn decode(
    text: &Text,
    node: &Node<'_>,
    fields: &[Field],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Box<[Value]>> {
    let Kind::Map(entries) = &node.kind else {
        sink.push(wrong_shape(text.locate(node.span), "mapping", &node.kind));
        return None;
    };
    let mut values: Vec<Option<Value>> = vec![None; fields.len()];
    for (position, entry) in entries.iter().enumerate() {
        // Records mostly name their fields in the declared order.
        let expected = fields.get(position).is_some_and(|it| *it.name == *entry.key);
        let index = if expected { Some(position) } else { find(fields, &entry.key) };
        let Some(index) = index else {
            let known = fields.iter().flat_map(|it| [&*it.name, it.label.get("zh-CN")]);
            sink.push(unknown_field(text.locate(entry.key_span), &entry.key, known));
            continue;
        };
        if values[index].is_some() {
            sink.push(
                Diagnostic::error(Code::DuplicateKey, text.locate(entry.key_span))
                    .arg("key", entry.key.as_ref())
                    .help("remove"),
            );
            continue;
        }
        values[index] = Some(value(text, &entry.value, &fields[index], around, sink));
    }
    for (field, value) in fields.iter().zip(&values) {
        let given = entries.iter().any(|it| *it.key == *field.name || field.label.is(&it.key));
        let empty = value.as_ref().is_none_or(Value::is_absent);
        // A value that was written but cannot be read has been told of already.
        let unread = given && empty && !is_blank(entries, field);
        if field.required && empty && !unread && field.default.is_absent() {
            let place = text.locate(first_line(text, node.span));
            sink.push(missing(place, &field.name, field.label.get("zh-CN")));
        }
    }
    let defaulted = |(value, field): (Option<Value>, &Field)| match value {
        None | Some(Value::Absent) => field.default.clone(),
        Some(value) => value,
    };
    Some(values.into_iter().zip(fields).map(defaulted).collect())
}

fn find(fields: &[Field], key: &str) -> Option<usize> {
    let named = fields.iter().position(|it| *it.name == *key);
    named.or_else(|| fields.iter().position(|it| it.label.is(key)))
}

fn is_blank(entries: &[crate::source::yaml::Entry<'_>], field: &Field) -> bool {
    entries.iter().any(|it| {
        let named = *it.key == *field.name || field.label.is(&it.key);
        let blank = match &it.value.kind {
            Kind::Null => true,
            Kind::Scalar(text) => text.trim().is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Map(_) => false,
        };
        named && blank
    })
}

fn value(
    text: &Text,
    node: &Node<'_>,
    field: &Field,
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Value {
    let one = |written: &str, span: Span, sink: &mut Vec<Diagnostic>| {
        scalar(text, written, span, field, around, sink)
    };
    match &node.kind {
        Kind::Null => Value::Absent,
        Kind::Scalar(written) if !field.several => one(written, node.span, sink),
        Kind::Scalar(written) => {
            let parts = written.split(['、', '；', ';', '，', ',', '\n']);
            let values = parts.map(|it| one(it, node.span, sink)).filter(|it| !it.is_absent());
            list(values.collect())
        }
        Kind::List(items) if field.several => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                match &item.kind {
                    Kind::Scalar(written) => values.push(one(written, item.span, sink)),
                    Kind::Null => {}
                    kind => sink.push(wrong_shape(text.locate(item.span), "value", kind)),
                }
            }
            list(values.into_iter().filter(|it| !it.is_absent()).collect())
        }
        Kind::List(items) if items.len() == 1 => value(text, &items[0], field, around, sink),
        Kind::List(_) => {
            sink.push(
                Diagnostic::error(Code::SeveralValues, text.locate(first_line(text, node.span)))
                    .arg("field", &*field.name)
                    .help("one"),
            );
            Value::Absent
        }
        kind @ Kind::Map(_) => {
            sink.push(wrong_shape(text.locate(first_line(text, node.span)), "value", kind));
            Value::Absent
        }
    }
}

fn list(values: Vec<Value>) -> Value {
    if values.is_empty() { Value::Absent } else { Value::List(values.into()) }
}

/// Reads one value; of one that cannot be read it tells, and gives it as absent.
pub(super) fn scalar(
    text: &Text,
    written: &str,
    span: Span,
    field: &Field,
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Value {
    let word = written.trim();
    if word.is_empty() {
        return Value::Absent;
    }
    let read = match field.kind {
        FieldType::Choice => choice(text, word, span, field),
        FieldType::Place => place(text, word, span, around),
        FieldType::Image => image(text, word, span, around),
        kind => number_or_text(text, word, span, field, kind),
    };
    read.unwrap_or_else(|diagnostic| {
        sink.push(*diagnostic);
        Value::Absent
    })
}

type Read = Result<Value, Box<Diagnostic>>;

fn number_or_text(text: &Text, word: &str, span: Span, field: &Field, kind: FieldType) -> Read {
    let told = |diagnostic: Diagnostic| Box::new(diagnostic.arg("field", &*field.name));
    let value = scalar::read(kind, word).map_err(|fault| match fault {
        Fault::WrongType => Box::new(wrong_type(text.locate(span), &field.name, kind.name(), word)),
        Fault::ImpossibleDate => told(
            Diagnostic::error(Code::ImpossibleDate, text.locate(span))
                .arg("value", shortened(word))
                .arg("type", kind.name())
                .help("form"),
        ),
        Fault::Negative => told(
            Diagnostic::error(Code::NegativeCount, text.locate(span))
                .arg("value", shortened(word))
                .help("zero"),
        ),
    })?;
    let limit = field.max.or((kind == FieldType::Count).then_some(MAX_COUNT));
    match (&value, limit) {
        (Value::Integer(number), Some(limit)) if *number > limit => Err(told(
            Diagnostic::error(Code::AbsurdCount, text.locate(span))
                .arg("value", shortened(word))
                .arg("limit", limit.to_string())
                .help("check"),
        )),
        _ => Ok(value),
    }
}

fn choice(text: &Text, word: &str, span: Span, field: &Field) -> Read {
    let index = field.choices.iter().position(|it| it.value == word || it.label.is(word));
    match index.and_then(|it| u16::try_from(it).ok()) {
        Some(index) => Ok(Value::Choice(index)),
        None => {
            let known: Vec<&str> = field.choices.iter().map(|it| it.value.as_str()).collect();
            let diagnostic = unknown(Code::UnknownChoice, text.locate(span), word, &known);
            Err(Box::new(diagnostic.arg("field", &*field.name)))
        }
    }
}

fn place(text: &Text, word: &str, span: Span, around: Surroundings<'_>) -> Read {
    around.places.find(word).map(Value::Place).ok_or_else(|| {
        let known: Vec<&str> = around.places.names().collect();
        Box::new(unknown(Code::UnknownPlace, text.locate(span), word, &known))
    })
}

fn image(text: &Text, word: &str, span: Span, around: Surroundings<'_>) -> Read {
    let target = text.path.parent().resolve(word);
    match target.filter(|it| around.images.contains(it)) {
        Some(path) => Ok(Value::Text(path.as_str().into())),
        None => {
            let known: Vec<&str> = around.images.iter().map(SitePath::name).collect();
            let near = crate::schema::nearest(word.rsplit('/').next().unwrap_or(word), known);
            let diagnostic =
                Diagnostic::error(Code::MissingImage, text.locate(span)).arg("target", word);
            Err(Box::new(match near {
                Some(near) => diagnostic.arg("near", near).help("near"),
                None => diagnostic.help("copy"),
            }))
        }
    }
}

/// What can only be seen on a whole record: that it ends after it starts, and that no part is
/// larger than its whole.
pub(super) fn check(
    text: &Text,
    node: &Node<'_>,
    collection: &Collection,
    record: &Record,
    sink: &mut Vec<Diagnostic>,
) {
    let span_of = |field: usize| {
        let name = &collection.fields[field];
        let found = node.as_map().and_then(|entries| {
            entries.iter().find(|it| *it.key == *name.name || name.label.is(&it.key))
        });
        text.locate(found.map_or(node.span, |it| it.value.span))
    };
    if let (Some(dating), Some(moment)) = (&collection.dating, collection.moment(record)) {
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
                    .arg("start", collection.fields[start].label.get("zh-CN"))
                    .arg("end", collection.fields[end].label.get("zh-CN"))
                    .related(span_of(start), "start")
                    .help("swap"),
            );
        }
    }
    for figure in &collection.figures {
        if let Measure::Share { part, whole } = figure.measure {
            let numbers = (record.values[part].as_number(), record.values[whole].as_number());
            if let (Some(of_part), Some(of_whole)) = numbers
                && of_part > of_whole
            {
                sink.push(
                    Diagnostic::error(Code::PartOverWhole, span_of(part))
                        .arg("part", collection.fields[part].label.get("zh-CN"))
                        .arg("whole", collection.fields[whole].label.get("zh-CN"))
                        .help("check"),
                );
            }
        }
    }
}
