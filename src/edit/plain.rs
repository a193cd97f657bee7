//! Values without places, and the same changes made to them: what an edited file has to read as.

use crate::{
    edit::change::{Change, GroupChange, NewValue},
    source::yaml::{Node, NodeKind, RECORDS},
};

/// A value of a file, whatever the way it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plain {
    Nothing,
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

/// What a file says.
pub(super) fn of(node: Option<&Node<'_>>) -> Plain {
    let Some(node) = node else { return Plain::Nothing };
    match &node.kind {
        NodeKind::Null => Plain::Nothing,
        // The last line end of a block is none of the text.
        NodeKind::Scalar(text) => Plain::Text(text.trim_end_matches('\n').to_owned()),
        NodeKind::List(items) => Plain::List(items.iter().map(|it| of(Some(it))).collect()),
        NodeKind::Map(entries) => {
            let entries = entries.iter().map(|it| (it.key.to_string(), of(Some(&it.value))));
            Plain::Map(entries.collect())
        }
    }
}

/// What a file has to say after the changes. Nothing if it has no such records.
pub(super) fn changed(node: Option<&Node<'_>>, changes: &[Change]) -> Option<Plain> {
    let mut all = of(node);
    if all == Plain::Nothing {
        all = Plain::List(Vec::new());
    }
    let records = match &mut all {
        Plain::List(records) => records,
        Plain::Map(entries) => {
            let records = entries.iter_mut().find(|(key, _)| key == RECORDS)?;
            if records.1 == Plain::Nothing {
                records.1 = Plain::List(Vec::new());
            }
            match &mut records.1 {
                Plain::List(records) => records,
                _ => return None,
            }
        }
        _ => return None,
    };
    let (mut removed, mut removed_groups) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Set(record, key, value) => {
                let Plain::Map(entries) = records.get_mut(*record)? else { return None };
                set(entries, key, value_of(value));
            }
            Change::Remove(record) => {
                records.get(*record)?;
                removed.push(*record);
            }
            Change::Group(record, key, change) => {
                let Plain::Map(entries) = records.get_mut(*record)? else { return None };
                let (_, value) = entries.iter_mut().find(|(name, _)| name == key)?;
                match change {
                    GroupChange::Set(at, part, new) => {
                        set(part_of(value, *at)?, part, value_of(new));
                    }
                    GroupChange::Remove(at) => {
                        matches!(value, Plain::List(items) if *at < items.len()).then_some(())?;
                        removed_groups.push((*record, key, *at));
                    }
                    GroupChange::Add(_) => {}
                }
            }
            Change::Add(_) => {}
        }
    }
    removed_groups.sort_unstable();
    removed_groups.dedup();
    for (record, key, at) in removed_groups.into_iter().rev() {
        let Plain::Map(entries) = records.get_mut(record)? else { return None };
        let (_, value) = entries.iter_mut().find(|(name, _)| name == key)?;
        let Plain::List(items) = value else { return None };
        drop(items.remove(at));
        // Nothing is left behind a key without its list.
        if items.is_empty() {
            *value = Plain::Nothing;
        }
    }
    for change in changes {
        if let Change::Group(record, key, GroupChange::Add(values)) = change {
            let Plain::Map(entries) = records.get_mut(*record)? else { return None };
            let (_, value) = entries.iter_mut().find(|(name, _)| name == key)?;
            let new = value_of(&NewValue::Group(values.clone()));
            *value = match std::mem::replace(value, Plain::Nothing) {
                Plain::List(mut items) => {
                    items.push(new);
                    Plain::List(items)
                }
                Plain::Nothing => Plain::List(vec![new]),
                one @ Plain::Map(_) => Plain::List(vec![one, new]),
                Plain::Text(_) => return None,
            };
        }
    }
    removed.sort_unstable();
    removed.dedup();
    removed.iter().rev().for_each(|record| drop(records.remove(*record)));
    for change in changes {
        if let Change::Add(values) = change {
            let entries = values.iter().map(|(key, value)| (key.clone(), value_of(value)));
            records.push(Plain::Map(entries.collect()));
        }
    }
    Some(all)
}

/// The keys of a group: of a mapping, or of one of a list.
fn part_of(value: &mut Plain, at: Option<usize>) -> Option<&mut Vec<(String, Plain)>> {
    let group = match (value, at) {
        (Plain::List(items), Some(at)) => items.get_mut(at)?,
        (value, None) => value,
        _ => return None,
    };
    match group {
        Plain::Map(entries) => Some(entries),
        _ => None,
    }
}

/// Gives a key another value, or adds it behind the others.
pub(super) fn set(entries: &mut Vec<(String, Plain)>, key: &str, value: Plain) {
    match entries.iter_mut().find(|(name, _)| name == key) {
        Some((_, old)) => *old = value,
        None => entries.push((key.to_owned(), value)),
    }
}

/// What a value reads as.
pub(super) fn value_of(value: &NewValue) -> Plain {
    let text = |text: &String| Plain::Text(text.trim_end_matches('\n').to_owned());
    let map = |values: &[(String, NewValue)]| {
        Plain::Map(values.iter().map(|(key, value)| (key.clone(), value_of(value))).collect())
    };
    match value {
        NewValue::Nothing => Plain::Nothing,
        NewValue::Text(value) => text(value),
        NewValue::List(items) => Plain::List(items.iter().map(text).collect()),
        NewValue::Group(values) => map(values),
        NewValue::Groups(groups) => Plain::List(groups.iter().map(|it| map(it)).collect()),
    }
}
