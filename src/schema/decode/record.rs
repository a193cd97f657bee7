//! One mapping, decoded by a collection's fields.
//!
//! ```text
//! award: 好邻居            a field, by its name            values[0]
//! 姓名: 王秀兰             a field, by its label           values[1]
//! publish_from: 2026-3-5   no field, but of posting.yaml   stated
//! awrad: 好邻居            neither: `award` was meant      an error
//! ```
//!
//! A mapping's keys are names or labels of fields. Those that are neither may state something of
//! the record's own publication; the rest are mistakes. Every record of a portal goes through here:
//! in the common case, keys in the declared order, one name is compared for each key.
//!
//! One message for each mistake: a required field is not missing if an unknown key is probably
//! meant for it, nor if its value was written and cannot be read.

use crate::{
    diagnostic::{Code, Diagnostic, Location, Severity, enough, nearest, with_near},
    schema::{
        Field, Value,
        collection::field_called,
        decode::{
            stated::Stated,
            surroundings::Surroundings,
            values::{named, value},
        },
        posting::Privacy,
    },
    source::{
        Span, Text,
        reader::{first_line, misshapen},
        yaml::{MapEntry, Node, NodeKind, RECORDS},
    },
};

/// A mapping, decoded.
pub(in crate::schema) struct Decoded {
    /// A value for each field, in the order of the declaration.
    pub(in crate::schema) values: Box<[Value]>,
    /// What it says of its own publication, in the order of its keys. Places and declarations state
    /// nothing.
    pub(in crate::schema) stated: Vec<Stated>,
}

/// Decodes a mapping to a value for each field. What cannot be read is reported and absent; a field
/// that is not given has its default. Anything but a mapping is a mistake, and gives nothing.
///
/// If none of its keys is a field, only the keys are reported, and not what is required: such a
/// mapping is about something else. An empty one lacks every required field.
pub(in crate::schema) fn decode(
    text: &Text,
    node: &Node<'_>,
    fields: &[Field],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Decoded> {
    let NodeKind::Map(entries) = &node.kind else {
        sink.extend(misshapen(text, node, "mapping"));
        return None;
    };
    let mut values: Vec<Option<Value>> = vec![None; fields.len()];
    let mut stated: Vec<Stated> = Vec::new();
    let mut meant = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        // Records mostly name their fields in the declared order.
        let expected = fields.get(position).is_some_and(|it| it.name == entry.key);
        let index = if expected { Some(position) } else { field_called(fields, &entry.key) };
        let Some(index) = index else {
            if let Some(posting) = field_called(around.posting, &entry.key) {
                state(text, entry, posting, around, &mut stated, sink);
                continue;
            }
            let is_part = |it: &Field| it.group.as_ref().is_some_and(|it| it.is_called(&entry.key));
            let parts = fields.iter().enumerate().filter(|(_, field)| is_part(field));
            let before = meant.len();
            meant.extend(parts.map(|(index, _)| index));
            if meant.len() > before {
                let parts: Vec<_> = meant[before..].iter().map(|it| &fields[*it]).collect();
                sink.extend(misshapen_group(text, entry, &parts));
                continue;
            }
            if around.ignores_unknown {
                sink.extend(withholding(text, entry, around.posting));
                continue;
            }
            if enough(&text.path, sink) {
                break;
            }
            meant.extend(unknown_field(text, entry, fields, around.posting, sink));
            continue;
        };
        if values[index].is_some() {
            let first = entries.iter().find(|entry| fields[index].is_called(&entry.key));
            let first = first.map_or(node.span, |it| it.key_span);
            sink.push(twice(text, entry, first));
            continue;
        }
        values[index] = Some(guarded(text, entry, &fields[index], around, sink));
    }
    // A mapping with none of the fields is about something else: that its names are unknown says
    // enough, where that is said.
    if around.ignores_unknown || entries.is_empty() || values.iter().any(Option::is_some) {
        for (index, field) in fields.iter().enumerate() {
            let empty = values[index].as_ref().is_none_or(Value::is_absent);
            if field.required && empty && field.default.is_absent() && !meant.contains(&index) {
                sink.extend(missing(text, node, entries, field));
            }
        }
    }
    let defaulted = |(value, field): (Option<Value>, &Field)| match value {
        None | Some(Value::Absent) => field.default.clone(),
        Some(value) => value,
    };
    let values = values.into_iter().zip(fields).map(defaulted).collect();
    Some(Decoded { values, stated })
}

/// A key that is there again, by its name or its label.
fn twice(text: &Text, entry: &MapEntry<'_>, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateKey, text.locate(entry.key_span))
        .arg("key", entry.key.as_ref())
        .related(text.locate(first), "first")
        .help("remove")
}

/// Reads one thing that a record says of its own publication, and adds it to `stated`.
///
/// A value that is not written, or cannot be read, states nothing. A second key for the same thing
/// is reported and left out.
fn state(
    text: &Text,
    entry: &MapEntry<'_>,
    field: usize,
    around: Surroundings<'_>,
    stated: &mut Vec<Stated>,
    sink: &mut Vec<Diagnostic>,
) {
    if let Some(first) = stated.iter().find(|it| it.field == field) {
        sink.push(twice(text, entry, first.span));
        return;
    }
    let value = value(text, &entry.value, &around.posting[field], around, sink);
    if !value.is_absent() {
        stated.push(Stated { field, value, span: entry.value.span });
    }
}

/// Reads the mapping around the records of a file: all but the list of records itself is stated of
/// each of them.
///
/// ```yaml
/// basis: office        # stated of each record
/// records:
/// - name: 王秀兰
/// ```
///
/// A key that only a record may have belongs into one: `fields` are those of records.
pub(in crate::schema) fn header(
    text: &Text,
    node: &Node<'_>,
    fields: &[Field],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Stated> {
    let mut stated: Vec<Stated> = Vec::new();
    for entry in node.as_map().unwrap_or_default().iter().filter(|it| it.key != RECORDS) {
        match field_called(around.posting, &entry.key) {
            _ if enough(&text.path, sink) => break,
            Some(field) => state(text, entry, field, around, &mut stated, sink),
            None if field_called(fields, &entry.key).is_some() => {
                sink.push(outside(text, node, entry));
            }
            None if around.ignores_unknown => {
                sink.extend(withholding(text, entry, around.posting));
            }
            None => {
                unknown_field(text, entry, around.posting, &[], sink);
            }
        }
    }
    stated
}

/// A field of a record that stands beside the list of records. If the last record has it already,
/// it begins another one, whose dash was forgotten; else it is not indented.
fn outside(text: &Text, node: &Node<'_>, entry: &MapEntry<'_>) -> Diagnostic {
    let last = node.get(RECORDS).and_then(Node::as_list).and_then(<[_]>::last);
    let is_another = last.is_some_and(|it| it.get(&entry.key).is_some());
    let diagnostic = Diagnostic::error(Code::YamlSyntax, text.locate(entry.key_span));
    diagnostic.help(if is_another { "record" } else { "in-record" })
}

/// Reads a value. A mistake in an internal one is a warning, as it cannot harm the site, and
/// says nothing of the value: diagnostics end up in logs that more people see than the file.
fn guarded(
    text: &Text,
    entry: &MapEntry<'_>,
    field: &Field,
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Value {
    let before = sink.len();
    let value = value(text, &entry.value, field, around, sink);
    // The message names the field by its label if the editor wrote the label.
    for (name, word) in sink[before..].iter_mut().flat_map(|it| &mut it.args) {
        if (name == "field" || name == "name") && word == field.name {
            word.replace_range(.., &entry.key);
        }
    }
    if field.privacy == Privacy::Internal {
        for diagnostic in &mut sink[before..] {
            diagnostic.severity = Severity::Warning;
            let quoting = |arg: &&mut (std::borrow::Cow<'static, str>, String)| {
                ["value", "target", "near"].contains(&&*arg.0)
            };
            diagnostic.args.iter_mut().filter(quoting).for_each(|arg| arg.1.replace_range(.., "…"));
        }
    }
    value
}

/// Reports a name that no field has, and returns the field that was probably meant.
///
/// Names and Chinese labels of both lists are compared with the key, but only `fields` are listed
/// and can be returned: a slip in `publish_from` leaves no field missing.
fn unknown_field(
    text: &Text,
    entry: &MapEntry<'_>,
    fields: &[Field],
    others: &[Field],
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let names =
        fields.iter().chain(others).flat_map(|field| [field.name, field.label.get("zh-CN")]);
    let near = nearest(&entry.key, names);
    let both: Vec<_> =
        fields.iter().map(|field| named(field.name, field.label.get("zh-CN"))).collect();
    let diagnostic = Diagnostic::error(Code::UnknownField, text.locate(entry.key_span));
    sink.push(with_near(diagnostic.arg("field", &*entry.key), near, &both));
    near.and_then(|name| field_called(fields, name))
}

/// Fields that keep something back. What is written for one of them is not passed over, wherever
/// unknown names are.
const WITHHOLDING: [&str; 8] = [
    "publish_from",
    "publish_until",
    "draft",
    "withdrawn",
    "minor",
    "names",
    "objection_from",
    "objection_until",
];

/// Words of which the name of such a field is made.
const OF_WITHHOLDING: [&str; 9] =
    ["草稿", "撤回", "撤下", "发布", "截止", "未成年", "公开", "draft", "withdraw"];

/// Reports a name that is passed over, but was probably meant to keep something back: as an error if
/// it is a slip in that of such a field, as a warning if it has a word of them.
fn withholding(text: &Text, entry: &MapEntry<'_>, posting: &[Field]) -> Option<Diagnostic> {
    let fields = posting.iter().filter(|it| WITHHOLDING.contains(&it.name));
    let names: Vec<&str> =
        fields.flat_map(|field| [field.name, field.label.get("zh-CN")]).collect();
    let near = nearest(&entry.key, names.iter().copied());
    let has_word = || OF_WITHHOLDING.iter().any(|word| entry.key.contains(word));
    let diagnostic = match near {
        Some(_) => Diagnostic::error(Code::UnknownField, text.locate(entry.key_span)),
        None if has_word() => Diagnostic::warning(Code::UnknownField, text.locate(entry.key_span)),
        None => return None,
    };
    Some(with_near(diagnostic.arg("field", &*entry.key), near, &names))
}

/// Reports a required field without a value. One that was written but cannot be read has been
/// reported already. A column that a table lacks is reported at its header, once for all rows.
fn missing(
    text: &Text,
    node: &Node<'_>,
    entries: &[MapEntry<'_>],
    field: &Field,
) -> Option<Diagnostic> {
    let csv = text.path.is_table();
    let (span, help) = match entries.iter().find(|entry| field.is_called(&entry.key)) {
        Some(entry) if !is_blank(&entry.value) => return None,
        Some(entry) if csv => (entry.value.span, "cell"),
        Some(entry) => (entry.key_span, "fill"),
        None if csv => (header_of(entries), "column"),
        None => (first_line(text, node.span), "add"),
    };
    let diagnostic = Diagnostic::error(Code::MissingField, text.locate(span))
        .arg("field", field.name)
        .arg_by_language("label", |language| field.label.get(language).to_owned());
    Some(diagnostic.help(help))
}

/// The header of the table that a row is of.
fn header_of(row: &[MapEntry<'_>]) -> Span {
    let spans = row.iter().map(|entry| entry.key_span);
    let start = spans.clone().map(|it| it.start).min();
    Span { start: start.unwrap_or(0), end: spans.map(|it| it.end).max().unwrap_or(0) }
}

/// Returns whether nothing is written there: no value, blanks in quotation marks, or an empty list.
fn is_blank(node: &Node<'_>) -> bool {
    match &node.kind {
        NodeKind::Null => true,
        NodeKind::Scalar(text) => text.trim().is_empty(),
        NodeKind::List(items) => items.is_empty(),
        NodeKind::Map(_) => false,
    }
}

/// What is said of a group that is not written as one: how to write it, in the words of its fields.
/// Where full-width signs made one key of all of it, the line is not quoted: it has the values.
fn misshapen_group(text: &Text, entry: &MapEntry<'_>, parts: &[&Field]) -> Vec<Diagnostic> {
    let example = |language: &str| {
        let label = |field: &&Field| {
            let group = field.group.as_ref();
            group.map_or_else(String::new, |it| format!("{}: …", it.part_label.get(language)))
        };
        let labels: Vec<String> = parts.iter().map(label).collect();
        format!("{}: {{{}}}", entry.key, labels.join(", "))
    };
    let mistakes = match entry.value.kind {
        NodeKind::Map(_) => {
            let location = text.locate(first_line(text, entry.value.span));
            let location = Location { quote: None, ..location };
            vec![Diagnostic::error(Code::YamlSyntax, location).help("braces")]
        }
        _ => misshapen(text, &entry.value, "mapping"),
    };
    let advised = |mistake: Diagnostic| {
        let is_syntax =
            mistake.code == Code::YamlSyntax && mistake.help.as_deref() != Some("braces");
        let help = if mistake.code == Code::YamlSyntax { "braces" } else { "group" };
        if is_syntax { mistake } else { mistake.arg_by_language("group", example).help(help) }
    };
    mistakes.into_iter().map(advised).collect()
}
