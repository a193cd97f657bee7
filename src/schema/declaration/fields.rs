//! The `fields` of a declaration.
//!
//! ```yaml
//! fields:
//!   name: {type: person, label: {zh-CN: 姓名, en: Name}, required: true}
//!   phone: {type: phone, work: true}
//!   award: {type: choice, choices: [好邻居, {value: star, label: 长山好人}]}
//!   remark: {type: text, allow: [plate], reason: 走失车辆的招领}
//! ```
//!
//! A field has a `type`, and may have `label`, `help`, `required`, `several`, `choices`, `default`,
//! `unit`, `max`, `privacy`, `work`, `allow` and `reason`. `numbered` texts name things by numbers:
//! `1-4栋` is four. Of a `unique` field no value stands in two records of a place. A number that is
//! made from others says from which: `total-of` its parts, or `share-of` its part and whole; one that
//! cannot be larger than another says so: `at-most: found`. That its
//! name and labels are no keys of `posting.yaml` is checked by the caller. A `reference` says `to` which
//! collection.
//!
//! A `group` has `fields` of its own, which are fields of the collection as well (`schema/group.rs`). With
//! `several: true` a record has up to `max` of them; it needs one if the group is `required`.
//!
//! Privacy is decided here, at the one place where type and purpose are known: what is about a
//! person's private life is masked unless the declaration says otherwise, and the number of an
//! identity card can never be published.
//!
//! | type | without `privacy` | may be |
//! | --- | --- | --- |
//! | phone, e-mail, postal address | masked; public with `work: true` | public, masked, internal |
//! | image | masked: gone if a person in the record is not shown | public, masked, internal |
//! | person, text | public; persons by their basis | public, masked, internal |
//! | identity card | internal | internal |
//! | any other | public | public, internal |

use std::{borrow::Cow, ops::Range};

use crate::{
    diagnostic::{Code, Diagnostic, enough},
    scan,
    schema::{
        Field, FieldType, Group, Value,
        collection::{Choice, lasting},
        declaration::checks::{fields_named, unfit},
        decode::{stated, surroundings::Surroundings, values},
        group::MOST,
        posting::Privacy,
    },
    source::{
        Text,
        reader::{
            MapReader, check_name, first_line, misshapen, missing, too_many, unknown, wrong_type,
        },
        yaml::{MapEntry, Node, NodeKind},
    },
    text::Localized,
};

/// More fields than any page could show. With the limits on choices and figures it keeps what is
/// made of each record in bounds.
const MAX_FIELDS: usize = 200;

/// More choices than anybody would look through.
const MAX_CHOICES: usize = 1000;

/// Reads the `fields` of a declaration, in the order in which they are written: pages show them in
/// that order. A field without a known type is reported and left out.
///
/// A name that cannot be one is reported, and the field is kept, so that what names it is not
/// reported as well. There is no need to look for a name twice: YAML has done so.
pub(in crate::schema) fn read(
    text: &Text,
    node: &Node<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let Some(reader) = MapReader::open(text, node, sink) else { return Vec::new() };
    let mut reading = Reading { text, fields: Vec::new(), related: Vec::new(), copies: Vec::new() };
    for entry in reader.entries() {
        if reading.is_full(entry, sink) {
            break;
        }
        match entry.value.get("type").and_then(Node::as_str).map(str::trim) {
            Some(GROUP) => reading.group(entry, sink),
            _ => reading.field(entry, None, sink),
        }
    }
    let Reading { mut fields, related, copies, .. } = reading;
    for (index, key, node) in related {
        let others = others(text, key, node, &fields, index, sink);
        let field = &mut fields[index];
        let known = if key == AT_MOST { &mut field.at_most } else { &mut field.made_of };
        known.extend(others);
    }
    copies.into_iter().for_each(|copies| copies.relate(&mut fields));
    fields
}

/// The fields of several groups: those of the first, by their indexes, and how many times they stand
/// behind it once more.
struct Copies {
    first: Range<usize>,
    more: usize,
}

impl Copies {
    /// What the numbers of the first group depend on, those of the others depend on as well: on those
    /// of their own group, or on a field that is in none.
    fn relate(self, fields: &mut [Field]) {
        let count = self.first.len();
        for (number, index) in
            (1..=self.more).flat_map(|it| self.first.clone().map(move |at| (it, at)))
        {
            let own = |it: &usize| it + if self.first.contains(it) { number * count } else { 0 };
            let made_of = fields[index].made_of.iter().map(own).collect();
            let at_most = fields[index].at_most.iter().map(own).collect();
            let copy = &mut fields[index + number * count];
            (copy.made_of, copy.at_most) = (made_of, at_most);
        }
    }
}

/// The word for a group where a field says its type.
const GROUP: &str = "group";

/// Fields that are being read.
struct Reading<'a> {
    text: &'a Text,
    fields: Vec<Field>,
    /// What says how a number depends on others: the number, the key and the names.
    related: Vec<(usize, &'static str, &'a Node<'a>)>,
    copies: Vec<Copies>,
}

impl<'a> Reading<'a> {
    /// No field more is read: there are too many, or too many mistakes.
    fn is_full(&self, next: &MapEntry<'_>, sink: &mut Vec<Diagnostic>) -> bool {
        if enough(&self.text.path, sink) {
            return true;
        }
        let is_full = self.fields.len() >= MAX_FIELDS;
        if is_full {
            sink.push(too_many(self.text.locate(next.key_span), "fields", "", MAX_FIELDS));
        }
        is_full
    }

    /// Reads one field, of a group or of none. Of a group it is given what `group` is for all parts.
    fn field(
        &mut self,
        entry: &'a MapEntry<'a>,
        group: Option<&Group>,
        sink: &mut Vec<Diagnostic>,
    ) {
        check_name(self.text, &entry.key, entry.key_span, sink);
        let Some(inner) = MapReader::open(self.text, &entry.value, sink) else { return };
        let part = lasting(&entry.key);
        let group = group.map(|it| Group { part, ..it.clone() });
        let name = group.as_ref().map_or(Cow::Borrowed(part), |it| Cow::Owned(it.whole_name()));
        let Some(mut field) = field(self.text, &name, part, inner, sink) else { return };
        if let Some(mut group) = group {
            group.part_label = field.label;
            field.label = group.whole_label();
            if group.number > 0 {
                // `needed` says of the group whether a record has to have one.
                let is_first_needed = std::mem::replace(&mut group.needed, field.required);
                field.required &= is_first_needed;
            }
            field.group = Some(group);
        }
        let index = self.fields.len();
        self.fields.push(field);
        let related = RELATED.iter().filter_map(|key| Some((index, *key, entry.value.get(key)?)));
        self.related.extend(related);
    }

    /// Reads a group: its parts are fields, of several groups once for each.
    fn group(&mut self, entry: &'a MapEntry<'a>, sink: &mut Vec<Diagnostic>) {
        let text = self.text;
        check_name(text, &entry.key, entry.key_span, sink);
        let Some(mut reader) = MapReader::open(text, &entry.value, sink) else { return };
        reader.get("type");
        let label = reader.localized("label", sink);
        let label = if label.is_empty() { Localized::plain(&*entry.key) } else { label };
        let most = if reader.flag("several", sink) { most(&mut reader, sink) } else { 0 };
        let group = Group {
            name: lasting(&entry.key),
            label,
            part: "",
            part_label: Localized::default(),
            number: most.min(1),
            needed: most > 0 && reader.flag("required", sink),
        };
        let parts = reader.require("fields", sink);
        let parts = parts.and_then(|node| MapReader::open(text, node, sink));
        if parts.as_ref().is_some_and(|it| it.entries().is_empty()) {
            sink.push(missing(text.locate(entry.key_span), "fields", "key"));
        }
        let first = self.fields.len();
        for part in parts.iter().flat_map(MapReader::entries) {
            if self.is_full(part, sink) {
                break;
            }
            self.field(part, Some(&group), sink);
        }
        // A group that has to be there is there if something is written of it.
        let own = &mut self.fields[first..];
        if group.needed && !own.iter().any(|it| it.required) {
            own.iter_mut().take(1).for_each(|it| it.required = true);
        }
        self.copy(first, most, entry, sink);
        reader.finish(sink);
    }

    /// Adds the fields from that one on once more for each other of several groups.
    fn copy(&mut self, first: usize, most: u16, entry: &MapEntry<'_>, sink: &mut Vec<Diagnostic>) {
        let parts = first..self.fields.len();
        let more = usize::from(most.saturating_sub(1));
        if parts.is_empty() || more == 0 {
            return;
        }
        if self.fields.len() + parts.len() * more > MAX_FIELDS {
            sink.push(too_many(self.text.locate(entry.key_span), "fields", "", MAX_FIELDS));
            return;
        }
        for number in 2..=most {
            let copies: Vec<Field> =
                self.fields[parts.clone()].iter().map(|it| of_number(it, number)).collect();
            self.fields.extend(copies);
        }
        self.copies.push(Copies { first: parts, more });
    }
}

/// How many of several groups a record may have, as the declaration says.
fn most(reader: &mut MapReader<'_>, sink: &mut Vec<Diagnostic>) -> u16 {
    let Some(most) = reader.number("max", sink) else { return MOST };
    match u16::try_from(most) {
        Ok(most) if most > 0 => most,
        _ => {
            let span = reader.get("max").map_or(reader.span, |it| it.span);
            sink.push(wrong_type(reader.text.locate(span), "max", "count", &most.to_string()));
            MOST
        }
    }
}

/// The field of the first of several groups for another one.
fn of_number(field: &Field, number: u16) -> Field {
    let mut field = Field { required: false, ..field.clone() };
    if let Some(group) = &mut field.group {
        group.number = number;
        field.name = lasting(&group.whole_name());
        field.label = group.whole_label();
    }
    field
}

/// The keys by which a number names others.
const RELATED: [&str; 3] = ["total-of", "share-of", AT_MOST];

/// The key by which a number names what it does not exceed.
const AT_MOST: &str = "at-most";

/// The fields that a number is made from, `total-of: [day, night]` or `share-of: [settled, accepted]`,
/// or that it does not exceed, `at-most: found`.
///
/// All must be numbers, and it cannot be one of them. A total has two parts or more, a share a part
/// and a whole.
fn others(
    text: &Text,
    key: &str,
    node: &Node<'_>,
    fields: &[Field],
    index: usize,
    sink: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let before = sink.len();
    let parts = fields_named(text, Some(node), fields, sink);
    let wrong = |field: &&usize| !fields[**field].kind.is_number();
    if let Some(field) = [index].iter().chain(&parts).find(wrong) {
        sink.push(unfit(text, &fields[*field], node.span, "number"));
    }
    let (enough, wanted) = match key {
        AT_MOST => (!parts.is_empty(), "larger-number"),
        "share-of" => (parts.len() == 2, "share-parts"),
        _ => (parts.len() >= 2, "total-parts"),
    };
    if sink.len() == before && (!enough || parts.contains(&index)) {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let written = text.content.get(start..end).unwrap_or_default();
        sink.push(wrong_type(text.locate(node.span), key, wanted, written));
    }
    parts
}

/// Reads one field, which stands under `key`. The default is read last, as its type and choices decide what it may be. It is
/// read without places and images, which a declaration does not know: a default that names one is
/// an error.
///
/// A choice without `choices` is reported at the field, and kept.
fn field(
    text: &Text,
    name: &str,
    key: &str,
    mut reader: MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Field> {
    reader.require("type", sink);
    let kind = reader.choice("type", FieldType::NAMES, FieldType::parse, sink);
    let label = reader.localized("label", sink);
    let choices =
        reader.get("choices").map(|it| choices(&reader, name, it, sink)).unwrap_or_default();
    let mut field = Field {
        name: lasting(name),
        label: if label.is_empty() { Localized::plain(key) } else { label },
        help: reader.localized("help", sink),
        kind: kind?,
        required: reader.flag("required", sink),
        several: reader.flag("several", sink),
        numbered: reader.flag("numbered", sink),
        unique: reader.flag("unique", sink),
        choices,
        default: Value::Absent,
        unit: reader.localized("unit", sink),
        max: reader.number("max", sink).and_then(|it| i64::try_from(it).ok()),
        privacy: Privacy::Public,
        by_type: false,
        work: reader.flag("work", sink),
        allow: allowed(&mut reader, sink),
        made_of: Vec::new(),
        at_most: Vec::new(),
        group: None,
        to: None,
    };
    field.to = to(&mut reader, &field, sink);
    // They are read when all fields are known.
    for key in RELATED {
        let _ = reader.get(key);
    }
    field.by_type = reader.get("privacy").is_none();
    field.privacy = privacy(&mut reader, &field, sink);
    if field.numbered && (field.kind != FieldType::Text || !field.several) {
        let span = reader.get("numbered").map_or(reader.span, |it| it.span);
        sink.push(unfit(text, &field, span, "").help("numbered"));
    }
    if field.kind == FieldType::Choice && field.choices.is_empty() {
        let place = text.locate(first_line(text, reader.span));
        sink.push(missing(place, "choices", "choices"));
    }
    if let Some((word, span)) = reader.word("default", sink) {
        let around = Surroundings::none();
        field.default = values::scalar(text, word, span, &field, around, sink);
    }
    reader.finish(sink);
    Some(field)
}

/// `to: projects`, the collection whose records a reference names. Whether there is one, and whether
/// its records can be named, is known when all declarations are read (`catalog/references.rs`).
fn to(
    reader: &mut MapReader<'_>,
    field: &Field,
    sink: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    if field.kind != FieldType::Reference {
        return None;
    }
    if reader.get("to").is_none() {
        let place = reader.text.locate(first_line(reader.text, reader.span));
        sink.push(missing(place, "to", "to"));
    }
    reader.word("to", sink).map(|(word, _)| lasting(word))
}

/// How far a field is published: as declared, or by its type.
///
/// Without a word about it, telephones, e-mail and postal addresses are masked unless they belong
/// to somebody's work; so are images, which may show a person. Types without a way to mask their
/// values can be public or internal only.
fn privacy(reader: &mut MapReader<'_>, field: &Field, sink: &mut Vec<Diagnostic>) -> Privacy {
    use FieldType::{Address, Email, IdNumber, Image, Person, Phone, Text};
    let default = match field.kind {
        IdNumber => Privacy::Internal,
        Phone | Email | Address if !field.work => Privacy::Masked,
        Image => Privacy::Masked,
        _ => Privacy::Public,
    };
    let Some(privacy) = reader.choice("privacy", Privacy::NAMES, Privacy::parse, sink) else {
        return default;
    };
    let fits = match privacy {
        Privacy::Internal => true,
        Privacy::Public => field.kind != IdNumber,
        Privacy::Masked => {
            matches!(field.kind, Person | Phone | Email | Address | Text | Image)
        }
    };
    if !fits {
        let span = reader.get("privacy").map_or(reader.span, |it| it.span);
        let help = if field.kind == IdNumber { "internal" } else { "maskable" };
        sink.push(unfit(reader.text, field, span, "").help(help));
    }
    privacy
}

/// `allow: [mobile]`, the kinds of personal data that the text of a field may hold, and the
/// `reason`.
///
/// A reason is required, so that readers of the declaration can judge it; the program does not.
/// The kind that is never allowed is the first of [`scan::DataKind::NAMES`].
fn allowed(reader: &mut MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Vec<scan::DataKind> {
    let reason = reader.word("reason", sink);
    let Some(node) = reader.get("allow") else { return Vec::new() };
    let nodes = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut kinds = Vec::new();
    for node in nodes {
        let Some(word) = reader.scalar(node, sink) else { continue };
        match stated::is_scanned(word) {
            Some(kind) => kinds.push(kind),
            None => {
                let place = reader.text.locate(node.span);
                let diagnostic =
                    unknown(Code::UnknownChoice, place, word, &scan::DataKind::NAMES[1..]);
                sink.push(diagnostic.arg("field", "allow"));
            }
        }
    }
    if reason.is_none() {
        sink.push(missing(reader.text.locate(first_line(reader.text, node.span)), "reason", "key"));
    }
    kinds
}

/// The choices of a field: words, or mappings of a `value` and its `label`. Records hold the index
/// of a choice, so records that are sorted by it have the order of this list. A choice that cannot
/// be read is reported and left out.
fn choices(
    reader: &MapReader<'_>,
    field: &str,
    node: &Node<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Choice> {
    let NodeKind::List(items) = &node.kind else {
        sink.extend(misshapen(reader.text, node, "list"));
        return Vec::new();
    };
    let mut choices: Vec<Choice> = Vec::new();
    for item in items {
        if enough(&reader.text.path, sink) {
            break;
        }
        if choices.len() == MAX_CHOICES {
            let place = reader.text.locate(first_line(reader.text, item.span));
            sink.push(too_many(place, "choices", field, MAX_CHOICES));
            break;
        }
        let choice = if let NodeKind::Scalar(word) = &item.kind {
            Some(Choice { value: word.trim().to_owned(), label: Localized::plain(word.trim()) })
        } else {
            MapReader::open(reader.text, item, sink).and_then(|mut inner| {
                inner.require("value", sink);
                let (value, _) = inner.word("value", sink)?;
                let label = inner.localized("label", sink);
                inner.finish(sink);
                let label = if label.is_empty() { Localized::plain(value) } else { label };
                Some(Choice { value: value.to_owned(), label })
            })
        };
        choices.extend(choice);
    }
    choices
}
