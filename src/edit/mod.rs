//! Changes to files of records that keep everything else as it is written.
//!
//! [`apply`] takes a file's text and some changes, and returns the text after them. Comments, the
//! order of keys, quotes, blank lines, line ends and the final one stay, byte for byte; a record that
//! is not named in a change is not touched.
//!
//! ```text
//! text ──▶ nodes with spans ──▶ splices ──▶ text ──▶ read again: is it just what was meant?
//! ```
//!
//! The last step is the guard: if the text does not read as the old one with the changes made to its
//! values, the edit is refused, and nobody's file is written. So what is not understood here is never
//! damaged: an anchor, a tag, a list of records in brackets.
//!
//! | file | from → to |
//! | --- | --- |
//! | `change.rs` | what changes there are, and why one is refused |
//! | `records.rs`, `splices.rs` | nodes, changes → splices |
//! | `groups.rs` | changes of groups in records → splices |
//! | `scalar.rs` | a text → how YAML writes it |
//! | `plain.rs` | nodes → values without places, to which the same changes are made |
//! | `moving.rs` | a record elsewhere in its file, or in another |
//! | `mapping.rs` | front matter, a place, `site.toml` |
//! | `third.rs` | whether a reader of other descent finds the same |
//! | `fixes.rs` | fixes of diagnostics → text, if it says just that |
//! | `save.rs` | bytes → a file, which is the old one or the new, whatever happens |

mod change;
pub mod fixes;
mod groups;
mod mapping;
mod moving;
mod plain;
mod records;
pub mod save;
mod scalar;
mod splices;
mod third;

#[cfg(test)]
mod tests;

pub use change::{Change, GroupChange, NewValue, Refused};
pub use mapping::{apply_to_mapping, apply_to_settings};
pub use moving::{moved, moved_between};

use crate::source::{Text, yaml};

/// The text after the changes. Numbers of records are those before all changes; of two changes of one
/// key the last counts. Costs two readings of the file, however many changes there are, and two more if
/// groups come or go beside other changes.
pub fn apply(text: &Text, changes: &[Change]) -> Result<String, Refused> {
    let is_set =
        |it: &&Change| matches!(it, Change::Set(..) | Change::Group(_, _, GroupChange::Set(..)));
    let is_group = |it: &Change| {
        matches!(it, Change::Group(_, _, GroupChange::Add(_) | GroupChange::Remove(_)))
    };
    if changes.iter().any(is_group) && changes.iter().any(|it| is_set(&it)) {
        // A mapping that becomes one of a list moves to the right, with the keys that were added to it.
        let (sets, others): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(is_set);
        let content = apply_together(text, &sets.into_iter().cloned().collect::<Vec<_>>())?;
        let between = Text { path: text.path.clone(), content };
        return apply_together(&between, &others.into_iter().cloned().collect::<Vec<_>>());
    }
    apply_together(text, changes)
}

/// The same, for changes that do not stand in each other's way.
fn apply_together(text: &Text, changes: &[Change]) -> Result<String, Refused> {
    let parsed = yaml::parse(text, 0..text.content.len());
    if !parsed.diagnostics.is_empty() {
        return Err(Refused::Broken);
    }
    let before = parsed.value.as_ref();
    let wanted = plain::changed(before, changes).ok_or(Refused::NoRecord)?;
    let content = records::edited(text, before, changes)?;
    let edited = Text { path: text.path.clone(), content };
    let read = yaml::parse(&edited, 0..edited.content.len());
    let is_meant = read.diagnostics.is_empty()
        && plain::of(read.value.as_ref()) == wanted
        && third::agrees(&edited.content, read.value.as_ref());
    if is_meant { Ok(edited.content) } else { Err(Refused::Form) }
}
