//! What a reader of other descent makes of an edited text.
//!
//! Our reader keeps every scalar as it is written; `serde_yaml` guesses types, so numbers and truth
//! values are compared by where they stand alone. What it does not read at all, or reads as another
//! list or mapping, is not written: other programs read these files, too.

use serde_yaml::Value;

use crate::source::yaml::{Node, NodeKind};

/// Both readers find the same in a text.
pub(super) fn agrees(content: &str, node: Option<&Node<'_>>) -> bool {
    match (serde_yaml::from_str::<Value>(content), node) {
        (Ok(value), Some(node)) => is_same(&value, node),
        (Ok(value), None) => value.is_null(),
        (Err(_), _) => false,
    }
}

fn is_same(value: &Value, node: &Node<'_>) -> bool {
    match (value, &node.kind) {
        (Value::Sequence(items), NodeKind::List(nodes)) => {
            items.len() == nodes.len()
                && items.iter().zip(nodes).all(|(it, node)| is_same(it, node))
        }
        (Value::Mapping(map), NodeKind::Map(entries)) => {
            map.len() == entries.len()
                && map.iter().zip(entries).all(|((key, value), entry)| {
                    key.as_str().is_none_or(|key| key == entry.key) && is_same(value, &entry.value)
                })
        }
        (Value::String(text), NodeKind::Scalar(own)) => {
            text.trim_end_matches('\n') == own.trim_end_matches('\n')
        }
        (Value::Null | Value::Bool(_) | Value::Number(_), NodeKind::Scalar(_) | NodeKind::Null)
        | (Value::Tagged(_), _) => true,
        _ => false,
    }
}
