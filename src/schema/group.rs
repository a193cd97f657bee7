//! Groups of fields: what is said of one thing together, such as the contact of an office.
//!
//! ```yaml
//! # declared                                        # a record
//! contact:                                          contact:
//!   type: group                                       name: 王秀兰
//!   label: 联系人                                      电话: 0431-82550111
//!   fields:
//!     name: {type: person, label: 姓名}
//!     phone: {type: phone, label: 电话, work: true}
//! ```
//!
//! A group is a way to write fields, and no type: its parts are fields of the collection, called
//! `contact.name` and `联系人·姓名`. So a table has a column for each of them, and whatever is checked,
//! masked, searched, counted and shown of fields is of these. `unfold` makes the mapping of a record
//! the entries of these fields.

use std::borrow::Cow;

use crate::{
    source::yaml::{MapEntry, Node, NodeKind, RECORDS},
    text::Localized,
};

/// The group that a field is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its name in files: `contact`.
    pub name: &'static str,
    /// What readers and staff call it.
    pub label: Localized,
    /// The name of the field in it: `phone`.
    pub part: &'static str,
    /// What the field is called in it.
    pub part_label: Localized,
}

/// The name and the group of a field, for each field that is a part of one.
pub(crate) type Parts<'f> = Vec<(&'static str, &'f Group)>;

impl Group {
    /// Whether that is its name, or its label in any language.
    pub fn is_called(&self, key: &str) -> bool {
        self.name == key || self.label.is(key)
    }

    /// What a field is called outside of its group: `联系人·姓名`.
    pub(super) fn whole_label(&self) -> Localized {
        self.label.joined(&self.part_label, "·")
    }
}

/// Makes the mappings of groups entries of the records of a file. Without any part of a group it
/// costs nothing; a key in a group that no part has becomes one that no field has.
pub(crate) fn unfold(node: &mut Node<'_>, parts: &Parts<'_>) {
    if parts.is_empty() {
        return;
    }
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(|item| unfold_record(item, parts)),
        NodeKind::Map(entries) => match entries.iter_mut().find(|entry| entry.key == RECORDS) {
            Some(entry) => {
                let items = match &mut entry.value.kind {
                    NodeKind::List(items) => items.as_mut_slice(),
                    _ => &mut [],
                };
                items.iter_mut().for_each(|item| unfold_record(item, parts));
            }
            None => unfold_record(node, parts),
        },
        _ => {}
    }
}

/// The same of one record. A group of which nothing is written is left out.
fn unfold_record(record: &mut Node<'_>, parts: &Parts<'_>) {
    let NodeKind::Map(entries) = &mut record.kind else { return };
    if !entries.iter().any(|entry| is_group_key(&entry.key, parts)) {
        return;
    }
    for entry in std::mem::take(entries) {
        match entry.value.kind {
            NodeKind::Map(inner)
                if is_group_key(&entry.key, parts) && !inner.iter().any(has_wide_signs) =>
            {
                entries.extend(inner.into_iter().map(|part| named(&entry.key, part, parts)));
            }
            NodeKind::Null if is_group_key(&entry.key, parts) => {}
            _ => entries.push(entry),
        }
    }
}

/// Whether a key holds more than a name, since the signs behind it are full-width:
/// `{姓名：王秀兰，电话：…}`. Such a group is left as it is written.
fn has_wide_signs(part: &MapEntry<'_>) -> bool {
    part.key.contains('：')
}

/// Whether a group has that name or label.
fn is_group_key(key: &str, parts: &Parts<'_>) -> bool {
    parts.iter().any(|(_, group)| group.is_called(key))
}

/// An entry of a group under the name of its field.
fn named<'a>(group: &str, part: MapEntry<'a>, parts: &Parts<'_>) -> MapEntry<'a> {
    let is_meant = |(_, it): &&(&'static str, &Group)| {
        it.is_called(group) && (it.part == part.key || it.part_label.is(&part.key))
    };
    let key = match parts.iter().find(is_meant) {
        Some((name, _)) => Cow::Borrowed(*name),
        None => Cow::Owned(format!("{group}.{}", part.key)),
    };
    MapEntry { key, ..part }
}
