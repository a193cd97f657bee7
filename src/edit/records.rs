//! Changes of records as changes of a text: what is taken out where, and what is put there.

use std::collections::BTreeMap;

use crate::{
    edit::{
        change::{Change, NewValue, Refused},
        groups,
        splices::Editor,
    },
    source::{Text, yaml::Node},
};

/// The text of a file after changes, as far as its form allows.
pub(super) fn edited(
    text: &Text,
    node: Option<&Node<'_>>,
    changes: &[Change],
) -> Result<String, Refused> {
    let mut editor = Editor::new(text, node)?;
    // The last of several changes of one key.
    let mut sets: BTreeMap<(usize, &str), &NewValue> = BTreeMap::new();
    let mut order: Vec<(usize, &str)> = Vec::new();
    let (mut removed, mut added, mut in_groups) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Set(record, key, value) => {
                if sets.insert((*record, key), value).is_none() {
                    order.push((*record, key));
                }
            }
            Change::Remove(record) => removed.push(*record),
            Change::Add(values) => added.push(values.as_slice()),
            Change::Group(record, key, change) => in_groups.push((*record, key.as_str(), change)),
        }
    }
    removed.sort_unstable();
    removed.dedup();
    in_groups.retain(|it| !removed.contains(&it.0));
    // Keys that are there first: what is added behind the last stands behind its new value.
    let (there, absent): (Vec<_>, Vec<_>) =
        order.into_iter().partition(|(record, key)| editor.has(*record, key));
    let sets = |editor: &mut Editor<'_>, keys: Vec<(usize, &str)>| {
        let mut left = keys.into_iter().filter(|it| !removed.contains(&it.0));
        left.try_for_each(|it| editor.set(it.0, it.1, sets[&it]))
    };
    sets(&mut editor, there)?;
    groups::change(&mut editor, &in_groups)?;
    sets(&mut editor, absent)?;
    editor.remove(&removed, !added.is_empty())?;
    editor.add(&added)?;
    Ok(editor.finish())
}

/// The text of a file with one mapping after changes of its keys.
pub(super) fn edited_mapping(
    text: &Text,
    node: &Node<'_>,
    sets: &[(String, NewValue)],
) -> Result<String, Refused> {
    let records = std::slice::from_ref(node);
    let mut editor = Editor { records, nothing: None, ..Editor::new(text, None)? };
    for (key, value) in sets {
        editor.set(0, key, value)?;
    }
    Ok(editor.finish())
}
