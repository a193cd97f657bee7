//! One value of a mapping, read by its field.
//!
//! [`scalar`](crate::schema::scalar) knows how the text of each type is written. This file adds
//! what it cannot know: lists, choices, places and images, limits, and the diagnostics.
//!
//! ```text
//! field     written                   value
//! several   王秀兰、李明              [王秀兰, 李明]
//! several   [王秀兰, 李明]            the same
//! one       [王秀兰]                  王秀兰
//! one       [王秀兰, 李明]            absent, and an error
//! numbered  1-4栋, 6栋                [1栋, 2栋, 3栋, 4栋, 6栋]
//! phones    82550111 / 82550112       two numbers in a field for several, else an error
//! choice    好邻居                    its index, by value or label
//! place     kaixuan/yixin, 一心社区   its number, by path or name
//! image     ../photos/a.jpg           content/photos/a.jpg, if it is there
//! ```
//!
//! A value that is wrong is reported and absent, so that the record can be checked to its end. The
//! diagnostics are errors, but for those of drafts and internal fields, which their callers turn
//! into warnings.

use std::borrow::Cow;

use crate::{
    diagnostic::{Code, Diagnostic, enough, nearest, slip, with_near},
    schema::{
        Field, FieldType, Value,
        decode::{mistyped, surroundings::Surroundings},
        foreign_image, is_same_name, misspelt_day, numbered, phone,
        scalar::{self, Fault},
    },
    source::{
        SitePath, Span, Text,
        reader::{first_line, misshapen, respelt, shortened, too_many, unknown, wrong_type},
        yaml::{Node, NodeKind},
    },
};

/// Counts beyond this are a slip of the finger unless the declaration says otherwise (`max`).
const MAX_COUNT: i64 = 10_000_000;

/// The largest number of any type: fifteen digits, as many as [`crate::schema::Decimal`] reads
/// before the point.
const MAX_NUMBER: i64 = 999_999_999_999_999;

/// The most values that a field of one record may have. Each record stands in a group for each value
/// of the field that a figure is told apart by, so this bounds what one record adds to it.
const MAX_VALUES: usize = 1000;

/// What stands between the values of a cell.
const BETWEEN: [char; 6] = ['、', '；', ';', '，', ',', '\n'];

/// The texts of the values in a cell or line, as [`value`] reads them.
pub(crate) fn parts<'t>(written: &'t str, field: &Field) -> Vec<Cow<'t, str>> {
    if !field.several {
        return vec![Cow::Borrowed(written)];
    }
    written.split(BETWEEN).flat_map(|part| separate(part, field)).collect()
}

/// Reads the value of a field. Text of a field that takes several is split at commas, semicolons,
/// `、` and line ends, as staff write lists in one cell. A list of one is accepted for a field that
/// takes one value. More than [`MAX_VALUES`] are an error, and the value is absent. Empty parts and
/// items are dropped; if none is left the value is absent, so no list is empty. An item of a YAML
/// list is not split further.
pub(in crate::schema) fn value(
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
        NodeKind::Null => Value::Absent,
        NodeKind::Scalar(written) if !field.several => one(written, node.span, sink),
        NodeKind::Scalar(written) => {
            let mut values = Vec::new();
            for part in written.split(BETWEEN) {
                if enough(&text.path, sink) {
                    break;
                }
                for part in separate(part, field) {
                    let value = one(&part, node.span, sink);
                    if !add(&mut values, value, (text, node.span), field, sink) {
                        return Value::Absent;
                    }
                }
            }
            list(values)
        }
        NodeKind::List(items) if field.several => {
            let mut values = Vec::with_capacity(items.len().min(MAX_VALUES));
            for item in items {
                match &item.kind {
                    _ if enough(&text.path, sink) => break,
                    NodeKind::Scalar(written) => {
                        for part in ranges(written, field) {
                            let value = one(&part, item.span, sink);
                            if !add(&mut values, value, (text, item.span), field, sink) {
                                return Value::Absent;
                            }
                        }
                    }
                    NodeKind::Null => {}
                    _ => sink.extend(misshapen(text, item, "value")),
                }
            }
            list(values)
        }
        NodeKind::List(items) if items.len() == 1 => value(text, &items[0], field, around, sink),
        NodeKind::List(_) => {
            sink.push(
                Diagnostic::error(Code::SeveralValues, text.locate(first_line(text, node.span)))
                    .arg("field", field.name)
                    .help("one"),
            );
            Value::Absent
        }
        NodeKind::Map(_) => {
            sink.extend(misshapen(text, node, "value"));
            Value::Absent
        }
    }
}

/// The values of a part of a cell: telephone numbers are also separated by slashes and blanks, and
/// choices by slashes, unless one has a slash itself; a range of buildings is each of them.
fn separate<'t>(part: &'t str, field: &Field) -> impl Iterator<Item = Cow<'t, str>> {
    let slashes = ['/', '／', '|'];
    let parts = match field.kind {
        FieldType::Phone => phone::parts(part),
        FieldType::Choice if part.contains(slashes) && !is_choice(part.trim(), field) => {
            part.split(slashes).map(Cow::Borrowed).collect()
        }
        _ => Vec::new(),
    };
    let rest = parts.is_empty().then(|| ranges(part, field));
    rest.into_iter().flatten().chain(parts)
}

/// Whether a text is one of the choices of a field.
fn is_choice(text: &str, field: &Field) -> bool {
    field.choices.iter().any(|it| it.value == text || it.label.is(text))
}

/// Each thing that is named, in a field of things with numbers; any other text as it is.
fn ranges<'t>(written: &'t str, field: &Field) -> impl Iterator<Item = Cow<'t, str>> {
    let all = field.numbered.then(|| numbered::each(written));
    let whole = all.is_none().then_some(Cow::Borrowed(written));
    whole.into_iter().chain(all.into_iter().flatten().map(Cow::Owned))
}

/// Adds a value unless it is absent. `false`, and a diagnostic at the value, if there are
/// [`MAX_VALUES`] already.
fn add(
    values: &mut Vec<Value>,
    value: Value,
    (text, span): (&Text, Span),
    field: &Field,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    if value.is_absent() || field.numbered && values.contains(&value) {
        return true;
    }
    if values.len() == MAX_VALUES {
        let place = text.locate(first_line(text, span));
        sink.push(too_many(place, "values", field.name, MAX_VALUES));
        return false;
    }
    values.push(value);
    true
}

/// A list; absent rather than empty.
fn list(values: Vec<Value>) -> Value {
    if values.is_empty() { Value::Absent } else { Value::List(values.into()) }
}

/// Reads one value. One that cannot be read is reported, and absent.
///
/// The number of an identity card that cannot be read is the one exception: it is kept as written.
/// It is never published, but disclosure asks whether it is that of a minor, and takes a number
/// that it cannot read for one.
pub(in crate::schema) fn scalar(
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
        _ => number_or_text(text, word, span, field, around),
    };
    let read = read.and_then(|value| match mistyped::lost(text, &value, span, field) {
        Some(diagnostic) => Err(Box::new(diagnostic)),
        None => Ok(value),
    });
    if let Ok(value) = &read {
        sink.extend(mistyped::odd_number(text, value, span, field));
        sink.extend(mistyped::odd_day(text, value, span, field));
    }
    read.unwrap_or_else(|diagnostic| {
        let diagnostic = mistyped::explained(text, word, span, field).unwrap_or(*diagnostic);
        sink.push(mistyped::mended(text, diagnostic, word, span, field));
        // It is never published, but that there is one matters.
        match field.kind {
            FieldType::IdNumber => Value::Text(word.into()),
            _ => Value::Absent,
        }
    })
}

/// A value, or what is wrong with it. The diagnostic is boxed, as nearly all values are fine.
type ReadValue = Result<Value, Box<Diagnostic>>;

/// A value of a type that needs nothing but its text, within the field's limit.
///
/// Each fault of [`scalar`](crate::schema::scalar) has its message here. The limit holds for whole
/// numbers; amounts of money and the like have none but the digits that can be held.
fn number_or_text(
    text: &Text,
    word: &str,
    span: Span,
    field: &Field,
    around: Surroundings<'_>,
) -> ReadValue {
    let kind = field.kind;
    let named = |diagnostic: Diagnostic| Box::new(diagnostic.arg("field", field.name));
    let absurd = |limit: i64| {
        named(
            Diagnostic::error(Code::AbsurdCount, text.locate(span))
                .arg("value", shortened(word))
                .arg("limit", limit.to_string())
                .help("check"),
        )
    };
    let limit = field.max.or((kind == FieldType::Count).then_some(MAX_COUNT));
    let read = scalar::read_word(kind, word).or_else(|fault| match fault {
        Fault::Elsewhere(moment) => {
            let here = around.zone.to_datetime(moment);
            let is_day = kind == FieldType::Date;
            Ok(if is_day { Value::Date(here.date()) } else { Value::DateTime(here) })
        }
        fault => Err(fault),
    });
    let value = read.map_err(|fault| match fault {
        Fault::WrongType | Fault::Several | Fault::Elsewhere(_) => {
            let diagnostic = wrong_type(text.locate(span), field.name, kind.name(), word);
            let is_yearless = kind == FieldType::Date && misspelt_day::lacks_year(word);
            Box::new(if is_yearless { diagnostic.help("year") } else { diagnostic })
        }
        Fault::ImpossibleDate => named(
            Diagnostic::error(Code::ImpossibleDate, text.locate(span))
                .arg("value", shortened(word))
                .arg("type", kind.name())
                .help("form"),
        ),
        Fault::TooLarge => absurd(limit.unwrap_or(MAX_NUMBER)),
        Fault::TooPrecise => {
            let diagnostic = wrong_type(text.locate(span), field.name, kind.name(), word);
            Box::new(diagnostic.help("places"))
        }
        Fault::Negative => named(
            Diagnostic::error(Code::NegativeCount, text.locate(span))
                .arg("value", shortened(word))
                .help("zero"),
        ),
    })?;
    match (&value, limit) {
        (Value::Integer(number), Some(limit)) if *number > limit => Err(absurd(limit)),
        _ => Ok(value),
    }
}

/// The index of a choice, by its value or its label in any language.
///
/// Letters count as they are written, capitals too. If none fits, the message offers the nearest of
/// values and Chinese labels, or lists them.
fn choice(text: &Text, word: &str, span: Span, field: &Field) -> ReadValue {
    let index =
        field.choices.iter().position(|choice| choice.value == word || choice.label.is(word));
    match index.and_then(|it| u16::try_from(it).ok()) {
        Some(index) => Ok(Value::Choice(index)),
        None => {
            let choices =
                || field.choices.iter().map(|choice| (&*choice.value, choice.label.get("zh-CN")));
            let near = nearest(word, choices().flat_map(|(value, label)| [value, label]));
            let both: Vec<_> = choices().map(|(value, label)| named(value, label)).collect();
            let diagnostic = Diagnostic::error(Code::UnknownChoice, text.locate(span))
                .arg("value", word)
                .arg("field", field.name);
            let meant = slip(word, choices().flat_map(|(value, label)| [value, label]));
            let fix = meant.map(|it| respelt(text, span, word, it)).unwrap_or_default();
            Err(Box::new(with_near(diagnostic.fixed_by(fix), near, &both)))
        }
    }
}

/// A place, by its path or its name; by its name only if no other place has it.
///
/// A slash at either end of a path does not matter.
fn place(text: &Text, word: &str, span: Span, around: Surroundings<'_>) -> ReadValue {
    around.places.find(word).map(Value::Place).ok_or_else(|| {
        let known: Vec<&str> = around.places.names().collect();
        Box::new(unknown(Code::UnknownPlace, text.locate(span), word, &known))
    })
}

/// An image, by its path from the folder of the record's file. Only files that are there are
/// values, and only those that browsers show.
///
/// `..` is understood, but a path that leaves the site finds nothing. The name may be typed as
/// [`LooseFiles::find`](crate::schema::LooseFiles::find) finds it. If there is none, one of that
/// name in another folder is offered, or one of the same folder with nearly that name.
fn image(text: &Text, word: &str, span: Span, around: Surroundings<'_>) -> ReadValue {
    let folder = text.path.parent();
    let target = folder.resolve(&word.replace('\\', "/"));
    let found = target.as_ref().and_then(|it| around.loose.find(it));
    if let Some(path) = found.filter(|it| around.loose.images.contains(*it)) {
        return Ok(Value::Text(path.as_str().into()));
    }
    let location = text.locate(span);
    if let Some(file) = found {
        let kind = foreign_image(file).unwrap_or("file");
        let diagnostic = Diagnostic::error(Code::UnfitTarget, location).arg("target", word);
        return Err(Box::new(diagnostic.arg("kind", kind).help(kind)));
    }
    let images = &around.loose.images;
    let name = SitePath::new(word.replace('\\', "/"));
    let same = images.iter().filter(|image| is_same_name(image, &name));
    let elsewhere = target.as_ref().unwrap_or(&name).likest(same);
    let beside = images.iter().filter(|image| image.parent() == folder);
    let near = elsewhere.map(|it| it.seen_from(&folder));
    let near = near.or(nearest(word, beside.map(SitePath::name)).map(str::to_owned));
    let diagnostic = Diagnostic::error(Code::MissingImage, location)
        .arg("target", word)
        .arg("found", if elsewhere.is_some() { "elsewhere" } else { "no" });
    Err(Box::new(match near {
        Some(near) => diagnostic.arg("near", near).help("near"),
        None => diagnostic.help("copy"),
    }))
}

/// A name with its label, as messages list them: `award（荣誉）`; the name alone if both are the
/// same.
pub(in crate::schema) fn named(name: &str, label: &str) -> String {
    if name == label { name.to_owned() } else { format!("{name}（{label}）") }
}
