//! Values without places, and the same changes made to them: what an edited file has to read as.

use crate::{
    edit::change::{Change, NewValue},
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
    let mut removed = Vec::new();
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
            Change::Add(_) => {}
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
    match value {
        NewValue::Nothing => Plain::Nothing,
        NewValue::Text(value) => text(value),
        NewValue::List(items) => Plain::List(items.iter().map(text).collect()),
    }
}
