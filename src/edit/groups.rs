//! Changes of the groups in records: mappings under a key, and lists of them.
//!
//! ```text
//! contacts:                         contacts:
//!   - who: 王秀兰   # 组长            - who: 王秀兰   # 组长
//!     mobile: 82550111        ─▶        mobile: 82550112
//!                                   - who: 李敏
//! ```

use crate::{
    edit::{
        change::{GroupChange, NewValue, Refused},
        splices::{self, Editor},
    },
    source::yaml::{Node, NodeKind},
};

/// Makes changes of groups, each of the record with that number and of the group under that key.
/// What is set comes first, then what is taken out, then what is added behind it.
pub(super) fn change(
    editor: &mut Editor<'_>,
    changes: &[(usize, &str, &GroupChange)],
) -> Result<(), Refused> {
    let records = editor.records;
    let group = |(record, key): (usize, &str)| {
        let entries = records.get(record).and_then(Node::as_map).unwrap_or_default();
        let entry = entries.iter().find(|it| it.key == key);
        entry.map(|it| &it.value).ok_or(Refused::NoRecord)
    };
    let mut order: Vec<(usize, &str)> = Vec::new();
    for (record, key, change) in changes {
        if !order.contains(&(*record, key)) {
            order.push((*record, key));
        }
        let GroupChange::Set(at, part, value) = change else { continue };
        let node = group((*record, key))?;
        let node = match at {
            None => node,
            Some(at) => item(node, *at)?,
        };
        // The last of several changes of one key.
        let is_later = |other: &&(usize, &str, &GroupChange)| {
            (other.0, other.1) == (*record, *key)
                && matches!(other.2, GroupChange::Set(a, p, _) if (a, p) == (at, part))
        };
        if changes.iter().rfind(is_later).is_some_and(|last| std::ptr::eq(last.2, *change)) {
            editor.set_in(node, part, value)?;
        }
    }
    for of in order {
        let own = changes.iter().filter(|it| (it.0, it.1) == of);
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        for (_, _, change) in own {
            match change {
                GroupChange::Remove(at) => removed.push(*at),
                GroupChange::Add(values) => added.push(values.as_slice()),
                GroupChange::Set(..) => {}
            }
        }
        let node = group(of)?;
        if !removed.is_empty() && !added.is_empty() {
            return Err(Refused::Form);
        }
        if !removed.is_empty() {
            remove(editor, node, &removed)?;
        }
        if !added.is_empty() {
            add(editor, of, node, &added)?;
        }
    }
    Ok(())
}

fn item<'n>(node: &'n Node<'n>, at: usize) -> Result<&'n Node<'n>, Refused> {
    node.as_list().and_then(|items| items.get(at)).ok_or(Refused::NoRecord)
}

/// Takes groups out of a list.
fn remove(editor: &mut Editor<'_>, node: &Node<'_>, removed: &[usize]) -> Result<(), Refused> {
    let items = node.as_list().ok_or(Refused::NoRecord)?;
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let is_bracketed = editor.content[start..].starts_with('[');
    if is_bracketed {
        let kept = |at: &usize| !removed.contains(at);
        let Some(first) = (0..items.len()).find(kept) else {
            editor.splices.push((start..end, "~".to_owned()));
            return Ok(());
        };
        if first > 0 {
            let range = items[0].span.start as usize..items[first].span.start as usize;
            editor.splices.push((range, String::new()));
        }
        let mut before = first;
        for at in first + 1..=items.len() {
            let is_kept = at < items.len() && kept(&at);
            if (is_kept || at == items.len()) && at > before + 1 {
                let range = items[before].span.end as usize..items[at - 1].span.end as usize;
                editor.splices.push((range, String::new()));
            }
            if is_kept {
                before = at;
            }
        }
        return Ok(());
    }
    for at in removed {
        let item = items.get(*at).ok_or(Refused::NoRecord)?;
        let line = editor.dash(item)?.start;
        // With the line end before it, so that what is put behind the group stays on its own line.
        let start = editor.content[..line].strip_suffix('\n').ok_or(Refused::Form)?;
        let start = start.strip_suffix('\r').unwrap_or(start).len();
        let end = editor.line_end_at(item.span.end as usize);
        editor.splices.push((start..end, String::new()));
    }
    Ok(())
}

/// Adds groups behind those of a list, in the way in which the last is written.
fn add(
    editor: &mut Editor<'_>,
    (record, key): (usize, &str),
    node: &Node<'_>,
    added: &[&[(String, NewValue)]],
) -> Result<(), Refused> {
    let groups = || NewValue::Groups(added.iter().map(|it| it.to_vec()).collect());
    let in_brackets = || {
        let item = |it: &&[(String, NewValue)]| splices::in_brackets(&NewValue::Group(it.to_vec()));
        added.iter().map(item).collect::<Vec<_>>().join(", ")
    };
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    match &node.kind {
        NodeKind::Null => editor.set_in(&editor.records[record], key, &groups()),
        NodeKind::List(items) if editor.content[start..].starts_with('[') => {
            let new = in_brackets();
            match items.last() {
                Some(last) => {
                    let end = last.span.end as usize;
                    editor.splices.push((end..end, format!(", {new}")));
                }
                None => editor.splices.push((start..end, format!("[{new}]"))),
            }
            Ok(())
        }
        NodeKind::List(items) => {
            let last = items.last().ok_or(Refused::Form)?;
            let dash = editor.content[editor.dash(last)?].to_owned();
            let new: String = if editor.is_braced(last) {
                let line = |it: &&[(String, NewValue)]| {
                    let braces = splices::in_brackets(&NewValue::Group(it.to_vec()));
                    format!("{}{dash}{braces}", editor.line_end)
                };
                added.iter().map(line).collect()
            } else {
                let column = dash.chars().count();
                added.iter().map(|it| editor.item(&dash, column, it)).collect()
            };
            let end = editor.line_end_at(last.span.end as usize);
            editor.splices.push((end..end, new));
            Ok(())
        }
        NodeKind::Map(_) if editor.is_braced(node) => {
            let new = in_brackets();
            editor.splices.push((start..start, "[".to_owned()));
            editor.splices.push((end..end, format!(", {new}]")));
            Ok(())
        }
        NodeKind::Map(_) => {
            let column = editor.column(start)?;
            let line = editor.line(start);
            if editor.content[line..start].contains('-') {
                return Err(Refused::Form);
            }
            // Each line of it stands two further to the right, the first behind a dash.
            editor.splices.push((start..start, "- ".to_owned()));
            let last = editor.line_end_at(end);
            let inner = editor.content[start..last].match_indices('\n').map(|it| start + it.0 + 1);
            for at in inner {
                if !editor.content[at..editor.line_end_at(at)].trim().is_empty() {
                    editor.splices.push((at..at, "  ".to_owned()));
                }
            }
            let dash = format!("{}- ", " ".repeat(column));
            let new: String = added.iter().map(|it| editor.item(&dash, column + 2, it)).collect();
            editor.splices.push((last..last, new));
            Ok(())
        }
        NodeKind::Scalar(_) => Err(Refused::Form),
    }
}
