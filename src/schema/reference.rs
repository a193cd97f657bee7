//! References: how a record names a record of another collection.
//!
//! ```yaml
//! # content/_collections/projects.yaml       # content/xingfu/projects.yaml
//! key: [number]                              - {number: 2026-033, title: 加装电梯}
//!
//! # content/_collections/meetings.yaml       # content/xingfu/meetings.yaml
//! fields:                                    - {project: 2026-033, date: 2026-03-05}
//!   project: {type: reference, to: projects}
//! ```
//!
//! A record is named by the values of its key, with a space between if there are several. Which one
//! is meant: that of the same place; else of the nearest place above that has one; else of any place,
//! if only one has it.
//!
//! Whatever is named stands in files of other people, and in their messages. So a key with a field
//! that is about a person, or is not published, cannot be named (`catalog/references.rs`).

use crate::{
    fingerprint::Fingerprint,
    schema::{Collection, Field, FieldType, Record, display, posting::Privacy},
};

impl Collection {
    /// Its fields that name records of other collections, with their indexes and the names of these
    /// collections.
    pub(crate) fn references(&self) -> impl Iterator<Item = (usize, &Field, &'static str)> {
        self.fields.iter().enumerate().filter_map(|(index, field)| Some((index, field, field.to?)))
    }

    /// How other records name a record; nothing if a part of its key is not given.
    pub(crate) fn key_words(&self, record: &Record) -> Option<String> {
        let value = |index: &usize| {
            let value = &record.values[*index];
            (!value.is_absent()).then(|| display::plain(value, &self.fields[*index], ""))
        };
        let values: Option<Vec<String>> = self.key.iter().map(value).collect();
        values.filter(|it| !it.is_empty()).map(|it| it.join(" "))
    }

    /// Its records can be named: else that is reported once, where a declaration refers to it.
    pub(crate) fn has_names(&self) -> bool {
        !self.key.is_empty() && self.unnameable().is_none()
    }

    /// The first field of the key by which its records cannot be named.
    pub(super) fn unnameable(&self) -> Option<&Field> {
        use FieldType::{Boolean, IdNumber, Image, Markdown, Place, Reference};
        let is_unfit = |field: &&Field| {
            let has_words =
                !matches!(field.kind, Boolean | IdNumber | Image | Markdown | Place | Reference);
            !has_words || field.several || field.is_personal() || field.privacy != Privacy::Public
        };
        self.key.iter().map(|index| &self.fields[*index]).find(is_unfit)
    }
}

/// What the words of a key are known by. Full-width characters and the number of spaces make no
/// difference.
pub(crate) fn key_of(words: &str) -> Fingerprint {
    let words: Vec<_> = words.split_whitespace().map(crate::text::narrow).collect();
    Fingerprint::of(&words)
}
