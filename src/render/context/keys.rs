//! Maps with the same keys, thousands of times over.
//!
//! What a template is given of a record, a figure or a link has the same keys as that of the next, so
//! the map of the next begins as a copy of the first one's keys.

use std::sync::OnceLock;

use tera::{Map, Value};

/// The keys of maps, in their order.
#[derive(Debug, Default)]
pub struct Keys(OnceLock<Map>);

impl Keys {
    /// The keys of the map that is made first.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The map with these entries. It is fast if their names are those of the first map, in the same
    /// order. A key of the first map that has no entry is null.
    pub fn map(&self, entries: impl Iterator<Item = (&'static str, Value)>) -> Map {
        let Some(first) = self.0.get() else { return self.first(entries) };
        let mut map = first.clone();
        for (index, (name, value)) in entries.enumerate() {
            match map.get_index_mut(index) {
                Some((key, slot)) if key.as_str() == Some(name) => *slot = value,
                _ => drop(map.insert(name.into(), value)),
            }
        }
        map
    }

    fn first(&self, entries: impl Iterator<Item = (&'static str, Value)>) -> Map {
        let map: Map = entries.map(|(name, value)| (name.into(), value)).collect();
        self.0.get_or_init(|| map.keys().map(|key| (key.clone(), Value::none())).collect());
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(keys: &Keys, entries: &[(&'static str, i64)]) -> String {
        let entries = entries.iter().map(|(name, value)| (*name, Value::from(*value)));
        Value::from(keys.map(entries)).to_string()
    }

    #[test]
    fn every_map_has_its_own_values() {
        let keys = Keys::new();
        assert_eq!(map(&keys, &[("b", 1), ("a", 2)]), r#"{"b": 1, "a": 2}"#);
        assert_eq!(map(&keys, &[("b", 3), ("a", 4)]), r#"{"b": 3, "a": 4}"#);
    }

    #[test]
    fn other_keys_are_not_lost() {
        let keys = Keys::new();
        map(&keys, &[("b", 1), ("a", 2)]);
        assert_eq!(map(&keys, &[("a", 3), ("b", 4), ("c", 5)]), r#"{"b": 4, "a": 3, "c": 5}"#);
    }
}
