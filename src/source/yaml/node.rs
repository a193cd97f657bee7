//! YAML as a tree with places.

use std::borrow::Cow;

use crate::source::Span;

/// The key of the records in a file that says something of all of them.
pub const RECORDS: &str = "records";

/// A value and where it stands.
///
/// The span of a scalar holds its quotes; that of a block scalar starts at its `|` or `>` and ends
/// with its last letter. A list or mapping reaches from the start of its first item or key to the
/// end of its last value, or from bracket to bracket. An empty value has an empty span, right
/// after the colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Where it stands in the whole file.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind<'a>,
}

/// What a value is. Types come later, from the declarations: a number is a scalar here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind<'a> {
    /// Text, without quotes and with escapes resolved. It may be empty only if it was quoted or
    /// a block.
    Scalar(Cow<'a, str>),
    /// Nothing, or an unquoted `~` or `null`.
    Null,
    /// Items in the order of the file.
    List(Vec<Node<'a>>),
    /// Entries in the order of the file. No key comes twice.
    Map(Vec<MapEntry<'a>>),
}

/// One key of a mapping, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEntry<'a> {
    /// The key's text, whatever it looks like: `~`, `null` and `<<` are ordinary keys.
    pub key: Cow<'a, str>,
    /// Where the key stands, with its quotes.
    pub key_span: Span,
    /// What follows the colon.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        let entry = self.as_map()?.iter().find(|it| it.key == key)?;
        Some(&entry.value)
    }

    /// The text of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Node<'a>]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn as_map(&self) -> Option<&[MapEntry<'a>]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        self.kind == NodeKind::Null
    }

    /// What it is, as messages name it: `scalar`, `null`, `list` or `map`.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Scalar(_) => "scalar",
            NodeKind::Null => "null",
            NodeKind::List(_) => "list",
            NodeKind::Map(_) => "map",
        }
    }
}

impl<'a> NodeKind<'a> {
    /// An unquoted scalar: `~` and `null` stand for nothing.
    pub(super) fn plain(text: Cow<'a, str>) -> Self {
        match text.as_bytes() {
            b"" | b"~" | b"null" => Self::Null,
            _ => Self::Scalar(text),
        }
    }
}
