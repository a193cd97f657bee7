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
//!
//! Of a group with `several: true` a record may have up to `max`, five without a word: each has fields
//! of its own, numbered from 1.
//!
//! ```yaml
//! # declared                                        # a record
//! contacts:                                         contacts:
//!   type: group                                     - {name: 王秀兰, phone: 0431-82550111}
//!   several: true                                   - {name: 李明, phone: 0431-82550112}
//!   …
//! ```
//!
//! | the second telephone | is |
//! | --- | --- |
//! | in declarations, the data, templates | `contacts.2.phone`; `contacts.phone` in a role or key is that of the first |
//! | for readers, and as a column of a table | `联系人2·电话` |
//! | as a column that an office has named | also `电话2`, `phone2`, `联系人·电话2`, `contacts2.phone` ([`column`]) |
//!
//! What a part requires, and its default, hold for the groups that are written.

use std::borrow::Cow;

use crate::{
    source::yaml::{MapEntry, Node, NodeKind, RECORDS},
    text::{Localized, half_width},
};

/// How many groups a record may have where `several` are declared without a `max`.
pub(super) const MOST: u16 = 5;

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
    /// Which of several groups of a record it is, from 1; 0 if a record has it once.
    pub number: u16,
    /// It has to be there wherever another part of its group is. Of a group that a record has once,
    /// [`crate::schema::Field::required`] says it.
    pub needed: bool,
}

/// The name and the group of a field, for each field that is a part of one.
pub(crate) type Parts<'f> = Vec<(&'static str, &'f Group)>;

impl Group {
    /// Whether that is its name, or its label in any language.
    pub fn is_called(&self, key: &str) -> bool {
        self.name == key || self.label.is(key)
    }

    /// What a field is called outside of its group: `联系人·姓名`, `联系人2·姓名`.
    pub(super) fn whole_label(&self) -> Localized {
        self.numbered_label().joined(&self.part_label, "·")
    }

    /// What a field is called of all groups of that name: `联系人·姓名`.
    pub fn common_label(&self) -> Localized {
        self.label.joined(&self.part_label, "·")
    }

    /// The name of a field outside of its group: `contact.name`, `contacts.2.name`.
    pub(crate) fn whole_name(&self) -> String {
        match self.number {
            0 => format!("{}.{}", self.name, self.part),
            number => format!("{}.{number}.{}", self.name, self.part),
        }
    }

    /// Another is a part of the very same group, not of another one of its name.
    pub(crate) fn is_with(&self, other: &Self) -> bool {
        self.name == other.name && self.number == other.number
    }

    /// Another is the same part of a group of that name.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.name == other.name && self.part == other.part
    }

    fn numbered_label(&self) -> Localized {
        match self.number {
            0 => self.label.clone(),
            number => self.label.numbered(number),
        }
    }

    /// Whether an office may have given that name to the column of the field.
    fn is_column(&self, column: &str) -> bool {
        let number = self.number.to_string();
        let is_part = |rest: &str| self.part == rest || self.part_label.is(rest);
        let is_dotted =
            |rest: &str| rest.strip_prefix(['.', '·', '・']).is_some_and(is_part) || is_part(rest);
        let labels = self.label.texts().chain([self.name]);
        let mut rests = labels.filter_map(|label| column.strip_prefix(label));
        let is_whole = |rest: &str| {
            rest.strip_prefix(&*number).is_some_and(is_dotted)
                || rest.strip_suffix(&*number).is_some_and(is_dotted)
                || self.number == 1 && is_dotted(rest)
        };
        column.strip_suffix(&*number).is_some_and(is_part) || rests.any(is_whole)
    }
}

/// Which of these parts a column of a table is, by a name that offices give it: `电话2`. Nothing if it
/// may be two of several groups. The parts of others are called by their own names alone.
pub(super) fn column<'g>(
    parts: impl Iterator<Item = (usize, &'g Group)>,
    name: &str,
) -> Option<usize> {
    let name: String = name.chars().filter(|it| !it.is_whitespace()).map(half_width).collect();
    let mut meant = parts.filter(|(_, it)| it.number > 0 && it.is_column(&name));
    let (first, _) = meant.next()?;
    meant.next().is_none().then_some(first)
}

/// The name of a field, where a part of several groups may be named without a number: that of the first.
pub(super) fn first_named<'g, 'w>(
    mut parts: impl Iterator<Item = &'g Group>,
    word: &'w str,
) -> Cow<'w, str> {
    let Some((group, part)) = word.split_once('.') else { return Cow::Borrowed(word) };
    let first = parts.find(|it| it.number == 1 && it.name == group && it.part == part);
    first.map_or(Cow::Borrowed(word), |it| Cow::Owned(it.whole_name()))
}

/// A group of a record, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenGroup {
    /// Its name.
    pub(crate) name: &'static str,
    /// The key that it is written under.
    pub(crate) key: String,
    /// It is a list.
    pub(crate) is_list: bool,
    /// What is written: where in the list, from zero, and under which key each part.
    pub(crate) items: Vec<(usize, Vec<(&'static str, String)>)>,
}

/// The groups of a record before [`unfold`].
pub(crate) fn written(record: &Node<'_>, parts: &Parts<'_>) -> Vec<WrittenGroup> {
    let entries = record.as_map().unwrap_or_default().iter();
    let groups = entries.filter_map(|entry| {
        let of = || parts.iter().map(|it| it.1).filter(|it| it.is_called(&entry.key));
        let name = of().next()?.name;
        let keys = |node: &Node<'_>| {
            let keys = node.as_map()?.iter().filter_map(|inner| {
                let part = of().find(|it| it.part == inner.key || it.part_label.is(&inner.key))?;
                Some((part.part, inner.key.to_string()))
            });
            Some(keys.collect())
        };
        let items = match &entry.value.kind {
            NodeKind::List(items) => {
                (0..).zip(items).filter_map(|(at, it)| Some((at, keys(it)?))).collect()
            }
            _ => keys(&entry.value).map(|it| (0, it)).into_iter().collect(),
        };
        let is_list = entry.value.as_list().is_some();
        Some(WrittenGroup { name, key: entry.key.to_string(), is_list, items })
    });
    groups.collect()
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

/// The same of one record. A group of which nothing is written is left out. What is not written as
/// groups are is left as it is: `misshapen_group` of `decode/record.rs` tells of it.
fn unfold_record(record: &mut Node<'_>, parts: &Parts<'_>) {
    let NodeKind::Map(entries) = &mut record.kind else { return };
    if !entries.iter().any(|entry| most(&entry.key, parts).is_some()) {
        return;
    }
    for entry in std::mem::take(entries) {
        let Some(most) = most(&entry.key, parts) else {
            entries.push(entry);
            continue;
        };
        match entry.value.kind {
            NodeKind::Null => {}
            NodeKind::Map(inner) if !inner.iter().any(has_wide_signs) => {
                let number = most.min(1);
                entries.extend(inner.into_iter().map(|it| named(&entry.key, number, it, parts)));
            }
            NodeKind::List(items) if fits(&items, most) => {
                let written = items.into_iter().filter_map(|it| match it.kind {
                    NodeKind::Map(inner) => Some(inner),
                    _ => None,
                });
                for (number, inner) in (1..).zip(written) {
                    let inner = inner.into_iter().map(|it| named(&entry.key, number, it, parts));
                    entries.extend(inner);
                }
            }
            _ => entries.push(entry),
        }
    }
}

/// Whether a list is groups that a record may have, at most so many. An empty item is none.
fn fits(items: &[Node<'_>], most: u16) -> bool {
    let is_group = |item: &&Node<'_>| match &item.kind {
        NodeKind::Map(inner) => !inner.iter().any(has_wide_signs),
        _ => false,
    };
    let written = items.iter().filter(|it| it.kind != NodeKind::Null);
    let (all, groups) = (written.clone().count(), written.filter(is_group).count());
    all == groups && all <= usize::from(most)
}

/// Whether a key holds more than a name, since the signs behind it are full-width:
/// `{姓名：王秀兰，电话：…}`. Such a group is left as it is written.
pub(super) fn has_wide_signs(part: &MapEntry<'_>) -> bool {
    part.key.contains('：')
}

/// How many groups of that name or label a record may have, 0 if it has it once. Nothing if no group
/// is called so.
fn most(key: &str, parts: &Parts<'_>) -> Option<u16> {
    let called = parts.iter().filter(|(_, group)| group.is_called(key));
    called.map(|(_, group)| group.number).max()
}

/// An entry of a group under the name of its field.
fn named<'a>(group: &str, number: u16, part: MapEntry<'a>, parts: &Parts<'_>) -> MapEntry<'a> {
    let is_meant = |(_, it): &&(&'static str, &Group)| {
        it.is_called(group)
            && it.number == number
            && (it.part == part.key || it.part_label.is(&part.key))
    };
    let key = match parts.iter().find(is_meant) {
        Some((name, _)) => Cow::Borrowed(*name),
        None if number == 0 => Cow::Owned(format!("{group}.{}", part.key)),
        None => Cow::Owned(format!("{group}.{number}.{}", part.key)),
    };
    MapEntry { key, ..part }
}
