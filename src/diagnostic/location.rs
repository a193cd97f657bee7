//! Places in files, as people count them.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::diagnostic::SitePath;

/// A place in a file of the site, with the line that stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Location {
    /// The file, relative to the site.
    pub file: SitePath,
    /// Where in the file; the whole file if absent.
    pub range: Option<Range>,
    /// What stands there.
    pub quote: Option<Quote>,
}

/// The first line of a place, without its line end; of a very long line the part around the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Quote {
    /// The line.
    pub text: String,
    /// The column of its first character in the file: 1, unless the line is long.
    pub column: u32,
}

impl Deref for Quote {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Location {
    /// A whole file, or a folder.
    pub fn file(file: SitePath) -> Self {
        Self { file, range: None, quote: None }
    }

    /// Where a line begins, without what stands there.
    pub fn line(file: SitePath, line: u32) -> Self {
        let start = Position { line, column: 1 };
        Self { file, range: Some(Range { start, end: start }), quote: None }
    }
}

/// From the first character to the one after the last. It may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Range {
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// Line and column, both from 1; columns count Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}
