//! Places in files, as people count them.

use std::{fmt, ops::Deref};

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
    /// Of a table, the cell.
    pub cell: Option<Cell>,
}

/// A cell of a table, which is written as spreadsheets name it: `B3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Cell {
    /// From 1.
    pub row: usize,
    /// From 0.
    pub column: usize,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row)
    }
}

/// What spreadsheets call a column, counted from 0: `A`, `Z`, `AA`.
pub(crate) fn column_letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column_letters(more - 1)),
    }
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
    /// The range as it is shown: of a sheet the row and column of the cell, since that has no lines.
    pub fn shown_range(&self) -> Option<Range> {
        let range = self.range?;
        let Some(cell) = self.cell.filter(|_| self.file.sheet().is_some()) else {
            return Some(range);
        };
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        let start = Position { line: narrow(cell.row), column: narrow(cell.column + 1) };
        Some(Range { start, end: Position { column: start.column + 1, ..start } })
    }

    /// The cell as it is shown, of a sheet with its name: `B7`, `巡防!B7`. Of a sheet as a whole
    /// its name.
    pub fn shown_cell(&self) -> Option<String> {
        match (self.file.sheet(), self.cell) {
            (None, cell) => cell.map(|cell| cell.to_string()),
            (Some(sheet), Some(cell)) => Some(format!("{sheet}!{cell}")),
            (Some(sheet), None) => Some(sheet.to_owned()),
        }
    }

    /// A cell of a sheet, without what stands there.
    pub fn cell(sheet: SitePath, cell: Cell) -> Self {
        let line = u32::try_from(cell.row).unwrap_or(u32::MAX);
        Self { cell: Some(cell), ..Self::line(sheet, line) }
    }

    /// A whole file, or a folder.
    pub fn file(file: SitePath) -> Self {
        Self { file, range: None, quote: None, cell: None }
    }

    /// Where a line begins, without what stands there. Of a sheet it is the first cell of a row.
    pub fn line(file: SitePath, line: u32) -> Self {
        let start = Position { line, column: 1 };
        let cell = file.sheet().is_some().then_some(Cell { row: line as usize, column: 0 });
        Self { file, range: Some(Range { start, end: start }), quote: None, cell }
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

#[cfg(test)]
mod tests {
    use super::{Location, SitePath, column_letters};

    #[test]
    fn columns_have_letters() {
        let letters: Vec<_> = [0, 5, 25, 26, 51, 52, 702].map(column_letters).into();
        assert_eq!(letters, ["A", "F", "Z", "AA", "AZ", "BA", "AAA"]);
    }

    #[test]
    fn a_row_of_a_sheet_is_its_first_cell() {
        let book = SitePath::new("a/台账.xlsx");
        let row = Location::line(book.with_sheet("巡防"), 7);
        assert_eq!(row.shown_cell().as_deref(), Some("巡防!A7"));
        assert_eq!(Location::line(book, 7).shown_cell(), None);
    }
}
