//! Records as plain text, for calendars and feeds.
//!
//! They say what the record's page says: public values as readers see them, without Markdown, and
//! without pictures and links, which a calendar cannot show.

use std::collections::HashMap;

use crate::{
    artifact::View,
    render::markdown,
    schema::{
        Collection, Dating, Field, FieldType, Record, RecordSet, Value, display, numbered,
        posting::Privacy, role::Role,
    },
};

/// What a record is called: its value with that role, else the collection's title.
pub(super) fn title(view: &View<'_>, collection: &Collection, record: &Record) -> String {
    let title = collection.roles.get(Role::Title);
    let title = title.map(|it| value(view, &collection.fields[it], &record.values[it]));
    let given = title.filter(|it| !it.is_empty());
    given.unwrap_or_else(|| collection.title.get(view.language()).to_owned())
}

/// What a record says of where it is; empty if nothing.
pub(super) fn venue(view: &View<'_>, collection: &Collection, record: &Record) -> String {
    let venue = collection.roles.get(Role::Venue);
    venue.map(|it| value(view, &collection.fields[it], &record.values[it])).unwrap_or_default()
}

/// What else a record says, a line for each field: `预约电话：0431-82550312`. Left out are the title,
/// the venue and the fields that say when it happens.
pub(super) fn lines(view: &View<'_>, collection: &Collection, record: &Record) -> Vec<String> {
    let dating: Vec<usize> = collection.dating.iter().flat_map(Dating::fields).collect();
    let roles = [Role::Title, Role::Venue].map(|role| collection.roles.get(role));
    let is_said = |index: usize| dating.contains(&index) || roles.contains(&Some(index));
    let fields = collection.fields.iter().enumerate().filter(|(index, _)| !is_said(*index));
    let lines = fields.filter_map(|(index, field)| {
        let (said, label) =
            (value(view, field, &record.values[index]), field.label.get(view.language()));
        match &record.values[index] {
            _ if said.is_empty() => None,
            Value::Boolean(_) => Some(label.to_owned()),
            _ => Some(labelled(view, label, &said)),
        }
    });
    lines.collect()
}

/// `电话：0431-82550312`, or `Phone: …` in languages other than Chinese.
pub(super) fn labelled(view: &View<'_>, label: &str, said: &str) -> String {
    let colon = if view.language().starts_with("zh") { "：" } else { ": " };
    format!("{label}{colon}{said}")
}

/// What tells each record of a set apart for ever: the values of its key, and how many records
/// before have the same. Of a list without a key it is all that a record says in public.
pub(super) fn keys(collection: &Collection, set: &RecordSet) -> Vec<String> {
    let all: Vec<usize> = (0..collection.fields.len()).collect();
    let key = if collection.key.is_empty() { &all } else { &collection.key };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let key_of = |record: &Record| {
        let plain =
            |index: &usize| display::plain(&record.values[*index], &collection.fields[*index], "");
        let words: Vec<String> = key.iter().map(plain).collect();
        let words = words.join("\n");
        let count = seen.entry(words.clone()).or_default();
        *count += 1;
        format!("{words}\n{count}")
    };
    set.records.iter().map(key_of).collect()
}

/// A value as readers see it, with its unit; empty for what is not shown, and for a no.
fn value(view: &View<'_>, field: &Field, value: &Value) -> String {
    let language = view.language();
    let is_left_out = matches!(field.kind, FieldType::Image | FieldType::Reference);
    if is_left_out || field.privacy == Privacy::Internal || value.is_absent() {
        return String::new();
    }
    match value {
        Value::Place(place) => view.named_place(*place).name.clone(),
        Value::Boolean(truth) => if *truth { "1" } else { "" }.to_owned(),
        Value::List(values) if field.numbered => {
            numbered::folded(values.iter().filter_map(Value::as_text)).join("、")
        }
        Value::Text(text) if field.kind == FieldType::Markdown => {
            markdown::plain(text, view.config().breaks).into_owned()
        }
        Value::Integer(_) | Value::Decimal(_) => {
            let unit = field.unit.get(language);
            format!("{}{unit}", display::plain(value, field, language))
        }
        value => display::plain(value, field, language),
    }
}
