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
    diagnostic::{Code, Diagnostic, Location, Severity, enough, nearest, slip, with_near},
    schema::{
        Field, Group, Value,
        collection::field_called,
        decode::{
            stated::Stated,
            surroundings::Surroundings,
            values::{named, value},
        },
        group::has_wide_signs,
        posting::Privacy,
    },
    source::{
        Span, Text,
        reader::{first_line, misshapen, respelt, too_many},
        yaml::{self, MapEntry, Node, NodeKind, RECORDS},
    },
    text::Localized,
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
            meant.extend(unknown_field(text, (entry, entries), fields, around.posting, sink));
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
            let required =
                || field.required || is_needed(field) && is_begun(index, fields, &values);
            if empty && required() && field.default.is_absent() && !meant.contains(&index) {
                sink.extend(missing(text, node, entries, (field, fields)));
            }
        }
    }
    for (index, field) in fields.iter().enumerate().filter(|it| !it.1.default.is_absent()) {
        let is_once = field.group.as_ref().is_none_or(|it| it.number == 0);
        let is_empty = values[index].as_ref().is_none_or(Value::is_absent);
        if is_empty && (is_once || is_begun(index, fields, &values)) {
            values[index] = Some(field.default.clone());
        }
    }
    let values = values.into_iter().map(|it| it.unwrap_or(Value::Absent)).collect();
    Some(Decoded { values, stated })
}

/// A part that each of several groups needs.
fn is_needed(field: &Field) -> bool {
    field.group.as_ref().is_some_and(|it| it.number > 0 && it.needed)
}

/// Whether something is written of the group that a field is a part of.
fn is_begun(index: usize, fields: &[Field], values: &[Option<Value>]) -> bool {
    let Some(group) = &fields[index].group else { return false };
    let is_part = |field: &Field| field.group.as_ref().is_some_and(|it| it.is_with(group));
    let mut own = fields.iter().zip(values).filter(|(field, _)| is_part(field));
    own.any(|(_, value)| value.as_ref().is_some_and(|it| !it.is_absent()))
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
                let outside = vec![outside(text, node, entry)];
                sink.extend(yaml::mended(text, &(0..text.content.len()), outside));
            }
            None if around.ignores_unknown => {
                sink.extend(withholding(text, entry, around.posting));
            }
            None => {
                let entries = node.as_map().unwrap_or_default();
                unknown_field(text, (entry, entries), around.posting, &[], sink);
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
            diagnostic.fix.clear();
            let quoting = |arg: &&mut (std::borrow::Cow<'static, str>, String)| {
                ["value", "target", "near"].contains(&&*arg.0)
            };
            diagnostic.args.iter_mut().filter(quoting).for_each(|arg| arg.1.replace_range(.., "…"));
        }
    }
    value
}

/// Reports a name that no field has, and returns the fields that were probably meant.
///
/// Names and Chinese labels of both lists are compared with the key, but only `fields` are listed
/// and can be returned: a slip in `publish_from` leaves no field missing. A field that another of the
/// `entries` says was not meant; nobody knows which of two slips was.
fn unknown_field(
    text: &Text,
    (entry, entries): (&MapEntry<'_>, &[MapEntry<'_>]),
    fields: &[Field],
    others: &[Field],
    sink: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let is_table = text.path.is_table();
    let field = |key: &str| field_called(fields, key).map(|it| &fields[it]);
    let zh = |label: &Localized| label.get("zh-CN").to_owned();
    if let Some((group, key)) = in_group(&entry.key, fields).filter(|_| !is_table) {
        let is_own = |it: &&Group| it.is_with(group);
        let parts: Vec<(usize, &Group)> = (0..)
            .zip(fields)
            .filter_map(|(at, it)| Some((at, it.group.as_ref().filter(is_own)?)))
            .collect();
        let named: Vec<_> =
            parts.iter().map(|it| (it.1.part.to_owned(), zh(&it.1.part_label))).collect();
        let before = entry.key.strip_suffix(key).unwrap_or_default();
        let beside = entries.iter().filter_map(|it| match field(&it.key) {
            Some(field) => field.group.as_ref().filter(is_own).map(|it| it.part),
            None => it.key.strip_prefix(before),
        });
        let near =
            report_unknown(text, (entry, key), (&named, &[]), &beside.collect::<Vec<_>>(), sink);
        let meant = near.and_then(|near| parts.get(near));
        return meant.map(|it| it.0).into_iter().collect();
    }
    // Whoever writes a mapping writes groups by their name, a table has a column for each part.
    let group = |field: &Field| field.group.clone().filter(|_| !is_table);
    let mut named: Vec<(String, String)> = fields
        .iter()
        .map(|it| match group(it) {
            Some(group) => (group.name.to_owned(), zh(&group.label)),
            None => (it.name.to_owned(), zh(&it.label)),
        })
        .collect();
    named.dedup();
    let posting: Vec<_> = others.iter().map(|it| (it.name.to_owned(), zh(&it.label))).collect();
    let beside = entries.iter().map(|it| match field(&it.key) {
        Some(field) => group(field).map_or(field.name, |it| it.name),
        None => &it.key,
    });
    let beside: Vec<&str> = beside.collect();
    let near = report_unknown(text, (entry, &entry.key), (&named, &posting), &beside, sink);
    let Some((name, _)) = near.and_then(|it| named.get(it)) else { return Vec::new() };
    let is_meant = |it: &Field| it.name == name || group(it).is_some_and(|it| it.name == name);
    (0..).zip(fields).filter(|it| is_meant(it.1)).map(|it| it.0).collect()
}

/// What a field is called, in declarations and by staff.
type FieldNames = (String, String);

/// Reports a name that is none of these, which have a name and a Chinese label each, and returns the
/// number of that which was probably meant. `more` may be meant as well, but are not listed; `beside` is
/// what else is said there.
fn report_unknown(
    text: &Text,
    (entry, key): (&MapEntry<'_>, &str),
    (listed, more): (&[FieldNames], &[FieldNames]),
    beside: &[&str],
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let all = || listed.iter().chain(more);
    let names = || all().flat_map(|it| [it.0.as_str(), it.1.as_str()]);
    let called = |name: &str| all().position(|it| it.0 == name || it.1 == name);
    let is_free = |name: &&str| !beside.iter().any(|it| called(it) == called(name));
    let near = nearest(key, names()).or_else(|| begun(key, names())).filter(is_free);
    let is_only = |name: &&str| {
        let is_like = |it: &&&str| {
            let near = nearest(it, names()).filter(|_| called(it).is_none());
            near.is_some_and(|near| called(near) == called(name))
        };
        beside.iter().filter(is_like).count() < 2
    };
    // A slip for what is there already is left to people by `check --fix`.
    let meant = slip(key, names()).filter(is_only);
    let fix = meant.map(|it| respelt(text, entry.key_span, key, it));
    let known: Vec<String> = listed.iter().map(|it| named(&it.0, &it.1)).collect();
    let diagnostic = Diagnostic::error(Code::UnknownField, text.locate(entry.key_span))
        .fixed_by(fix.unwrap_or_default());
    sink.push(with_near(diagnostic.arg("field", key), near, &known));
    near.and_then(called)
}

/// The only one of some names that begins with a Chinese word: `截止` of `截止日期`.
fn begun<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut begun = names.filter(|it| it.starts_with(word));
    let first = begun.next().filter(|_| !word.is_ascii() && word.chars().count() > 1)?;
    begun.all(|it| it == first).then_some(first)
}

/// The group in which a key stands that no part of it has, and the key as it is written: `phnoe` of
/// `contacts.2.phnoe`, as `group.rs` unfolds it.
fn in_group<'f, 'k>(key: &'k str, fields: &'f [Field]) -> Option<(&'f Group, &'k str)> {
    let (name, rest) = key.split_once('.')?;
    let called = fields.iter().filter_map(|it| it.group.as_ref()).filter(|it| it.is_called(name));
    for group in called {
        let number = format!("{}.", group.number);
        let part = if group.number == 0 { Some(rest) } else { rest.strip_prefix(&*number) };
        if let Some(part) = part {
            return Some((group, part));
        }
    }
    None
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
    let fix = slip(&entry.key, names.iter().copied());
    let fix = fix.map(|it| respelt(text, entry.key_span, &entry.key, it)).unwrap_or_default();
    let diagnostic = diagnostic.fixed_by(fix);
    Some(with_near(diagnostic.arg("field", &*entry.key), near, &names))
}

/// Reports a required field without a value. One that was written but cannot be read has been
/// reported already. A column that a table lacks is reported at its header, once for all rows.
fn missing(
    text: &Text,
    node: &Node<'_>,
    entries: &[MapEntry<'_>],
    (field, fields): (&Field, &[Field]),
) -> Option<Diagnostic> {
    let csv = text.path.is_table();
    let group = field.group.as_ref();
    let is_beside = |entry: &&MapEntry<'_>| {
        let of = field_called(fields, &entry.key).and_then(|it| fields[it].group.as_ref());
        of.zip(group).is_some_and(|(one, other)| one.is_with(other))
    };
    let beside = entries.iter().filter(|_| group.is_some()).find(is_beside);
    let (span, help) = match entries.iter().find(|entry| field.is_called(&entry.key)) {
        Some(entry) if !is_blank(&entry.value) => return None,
        Some(entry) if csv => (entry.value.span, "cell"),
        Some(entry) => (entry.key_span, "fill"),
        None if csv => (header_of(entries), "column"),
        None => (beside.map_or_else(|| first_line(text, node.span), |it| it.key_span), "add"),
    };
    let diagnostic = Diagnostic::error(Code::MissingField, text.locate(span))
        .arg("field", group.filter(|_| !csv && beside.is_some()).map_or(field.name, |it| it.part))
        .arg_by_language("label", |language| field.label.get(language).to_owned());
    Some(match help {
        "add" | "fill" if !field.choices.is_empty() => {
            let help = if help == "add" { "add-choice" } else { "fill-choice" };
            with_choices(diagnostic, field).help(help)
        }
        help => diagnostic.help(help),
    })
}

/// With the choices of a field, by their labels.
fn with_choices(diagnostic: Diagnostic, field: &Field) -> Diagnostic {
    diagnostic.arg_by_language("known", |language| {
        let labels: Vec<&str> = field.choices.iter().map(|it| it.label.get(language)).collect();
        labels.join(if language == "zh-CN" { "、" } else { ", " })
    })
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

/// What is said of a group that is not written as one, or of several: how to write it, in the words of
/// its fields, which are `parts`. Where full-width signs made one key of all of it, the line is not
/// quoted: it has the values.
fn misshapen_group(text: &Text, entry: &MapEntry<'_>, parts: &[&Field]) -> Vec<Diagnostic> {
    let groups = || parts.iter().filter_map(|it| it.group.as_ref());
    let most = groups().map(|it| usize::from(it.number)).max().unwrap_or(0);
    let example = |language: &str| {
        let label = |it: &Group| format!("{}: …", it.part_label.get(language));
        let labels: Vec<String> = groups().filter(|it| it.number < 2).map(label).collect();
        let (open, close) = if most > 0 { ("[{", "}]") } else { ("{", "}") };
        format!("{}: {open}{}{close}", entry.key, labels.join(", "))
    };
    let mistake = |node: &Node<'_>| match &node.kind {
        NodeKind::Map(inner) if inner.iter().any(has_wide_signs) => {
            let location = text.locate(first_line(text, node.span));
            let location = Location { quote: None, ..location };
            vec![Diagnostic::error(Code::YamlSyntax, location).help("braces")]
        }
        NodeKind::Map(_) | NodeKind::Null => Vec::new(),
        _ => misshapen(text, node, "mapping"),
    };
    let mistakes = match &entry.value.kind {
        NodeKind::List(items) if most > 0 => {
            let surplus = items.iter().filter(|it| it.kind != NodeKind::Null).nth(most);
            let location = surplus.map(|it| text.locate(first_line(text, it.span)));
            let told = location.map(|it| too_many(it, "several", &entry.key, most));
            items.iter().flat_map(mistake).chain(told).collect()
        }
        _ => mistake(&entry.value),
    };
    let advised = |mistake: Diagnostic| {
        let help = match mistake.code {
            Code::YamlSyntax if mistake.help.as_deref() == Some("braces") => "braces",
            Code::WrongShape => "group",
            _ => return mistake,
        };
        mistake.arg_by_language("group", example).help(help)
    };
    mistakes.into_iter().map(advised).collect()
}
