//! The parts of a drawing that may be published, in their order.

use super::allowed::AttributeKind;

/// A part of what may be published.
pub(super) enum Piece {
    /// An element begins.
    Start(Tag),
    /// The last one that began ends.
    End(&'static str),
    /// A text, not escaped.
    Text(String),
    /// What may stay of a style sheet, not escaped.
    Sheet(String),
}

/// The start of an element.
pub(super) struct Tag {
    pub(super) name: &'static str,
    /// Their values are not escaped.
    pub(super) attributes: Vec<DrawnAttribute>,
}

/// An attribute that may be published.
pub(super) struct DrawnAttribute {
    pub(super) name: &'static str,
    pub(super) kind: AttributeKind,
    pub(super) value: String,
}

/// Whether a character may stand in a text: XML cannot hold all.
pub(super) fn is_letter(character: char) -> bool {
    matches!(character, '\t' | '\n')
        || !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}
