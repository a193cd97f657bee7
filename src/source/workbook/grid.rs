//! The cells of a sheet, as a text that is read like any table.
//!
//! Each row is a line of its own, empty ones too, so that the number of a line is that of the row:
//!
//! ```text
//!     A          B                  日期,队伍,说明
//! 1   日期       队伍    说明   →   2026-03-05,甲队,"门锁,已修"
//! 2   2026-3-5   甲队    门锁,已修
//! ```
//!
//! Cells are separated by commas and quoted as in CSV. A line break in a cell is `\r`, which the
//! reader of tables makes a line break again.
//!
//! What is hidden is left out: rows and columns that nobody sees are no part of what is published.
//! It is counted, so that it can be told.

use crate::package::{BrokenPackage, spans::Spans};

/// The most bytes of a sheet's text.
const MOST_BYTES: usize = 32 << 20;

/// The most cells that merged ones cover.
const MOST_MERGED: usize = 200_000;

/// The most cells of a sheet.
const MOST_CELLS: usize = 4_000_000;

/// Of so many rows the longest says how many cells each has at least, and how many at most.
const SAMPLE: usize = 20;
const WIDEST: u32 = 256;

/// The last row and column of any sheet.
const LAST: (u32, u32) = (1 << 20, 1 << 14);

/// The cells of a sheet while it is read. Rows and columns count from 1.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The texts of all cells, one after the other.
    texts: String,
    cells: Vec<GridCell>,
    /// Cells that are merged into one: the first row and column, the last.
    merged: Vec<[(u32, u32); 2]>,
    hidden_rows: Spans,
    hidden_columns: Spans,
}

/// A cell that says something.
#[derive(Debug, Clone, Copy)]
struct GridCell {
    row: u32,
    column: u32,
    /// Where its text ends, which begins at `start`.
    start: u32,
    end: u32,
}

/// A sheet as a text.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The text.
    pub(super) content: String,
    /// Where the cells stand that a cell above covers, by their first bytes, in order.
    pub(super) covered: Vec<u32>,
    /// How many rows were left out, and the first of them.
    pub(super) hidden_rows: Option<(usize, u32)>,
    /// The same of columns.
    pub(super) hidden_columns: Option<(usize, u32)>,
}

impl Grid {
    /// Adds a cell. Blank ones, and what no sheet has room for, are none.
    pub(super) fn cell(
        &mut self,
        (row, column): (u32, u32),
        text: &str,
    ) -> Result<(), BrokenPackage> {
        let text = text.trim();
        if text.is_empty() || row == 0 || column == 0 || row > LAST.0 || column > LAST.1 {
            return Ok(());
        }
        if self.texts.len() + text.len() > MOST_BYTES || self.cells.len() == MOST_CELLS {
            return Err(BrokenPackage::TooMuch);
        }
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        let start = narrow(self.texts.len());
        self.texts.push_str(text);
        self.cells.push(GridCell { row, column, start, end: narrow(self.texts.len()) });
        Ok(())
    }

    /// No cell that is shown says anything.
    pub(super) fn is_empty(&self) -> bool {
        let (rows, columns) = (&self.hidden_rows, &self.hidden_columns);
        let is_hidden = |it: &GridCell| rows.contains(it.row) || columns.contains(it.column);
        self.cells.iter().all(is_hidden)
    }

    /// Cells are merged, from the first to the last.
    pub(super) fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        self.merged.push([first, last]);
    }

    /// Rows are hidden, from one to another.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        self.hidden_rows.add(first, last);
    }

    /// Columns are hidden, from one to another.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.add(first, last);
    }

    /// Writes the cells as a text. Of two for one place the first counts.
    pub(super) fn write(mut self) -> Result<Written, BrokenPackage> {
        let mut written = Written::default();
        self.leave_out_hidden(&mut written);
        if !self.cells.is_sorted_by_key(|it| (it.row, it.column)) {
            self.cells.sort_by_key(|it| (it.row, it.column));
        }
        self.cells.dedup_by_key(|it| (it.row, it.column));
        let covered = self.covered()?;
        let mut covered = covered.as_slice();
        let mut cells = self.cells.as_slice();
        let last = cells.last().map_or(0, |it| it.row);
        written.content.reserve(self.texts.len() + 2 * cells.len());
        let width = self.width();
        for row in 1..=last {
            let in_row = cells.partition_point(|it| it.row == row);
            let covered_in_row = covered.partition_point(|it| it.0 == row);
            self.row(&cells[..in_row], &covered[..covered_in_row], width, &mut written)?;
            (cells, covered) = (&cells[in_row..], &covered[covered_in_row..]);
        }
        Ok(written)
    }

    /// How many cells a row has at least, so that an empty one at its end has a place.
    fn width(&self) -> u32 {
        let rows = self.cells.chunk_by(|a, b| a.row == b.row).take(SAMPLE);
        let width = rows.filter_map(|row| row.last()).map(|cell| cell.column).max();
        width.unwrap_or(0).min(WIDEST)
    }

    /// Takes out the cells of hidden rows and columns.
    fn leave_out_hidden(&mut self, written: &mut Written) {
        let (rows, columns) = (&self.hidden_rows, &self.hidden_columns);
        let mut last_row = 0;
        let mut hidden = Vec::new();
        self.cells.retain(|cell| {
            let (is_row, is_column) = (rows.contains(cell.row), columns.contains(cell.column));
            if is_row && cell.row != last_row {
                let (count, first) = written.hidden_rows.unwrap_or((0, cell.row));
                written.hidden_rows = Some((count + 1, first));
                last_row = cell.row;
            }
            if is_column && !is_row && !hidden.contains(&cell.column) && hidden.len() < 100 {
                hidden.push(cell.column);
            }
            !is_row && !is_column
        });
        let first = hidden.iter().min();
        written.hidden_columns = first.map(|first| (hidden.len(), *first));
    }

    /// The cells that one above covers, in order. Cells of titles, which are merged over several
    /// columns, are none of a column.
    fn covered(&self) -> Result<Vec<(u32, u32)>, BrokenPackage> {
        let last_row = self.cells.last().map_or(0, |it| it.row);
        let mut covered = Vec::new();
        for [first, last] in &self.merged {
            if first.1 != last.1 || first.1 > LAST.1 {
                continue;
            }
            for row in first.0.saturating_add(1)..=last.0.min(last_row) {
                if covered.len() == MOST_MERGED {
                    return Err(BrokenPackage::TooMuch);
                }
                covered.push((row, first.1));
            }
        }
        covered.sort_unstable();
        covered.dedup();
        Ok(covered)
    }

    /// Writes a row and the end of its line. An empty row has no covered cells: it is none.
    fn row(
        &self,
        cells: &[GridCell],
        covered: &[(u32, u32)],
        width: u32,
        written: &mut Written,
    ) -> Result<(), BrokenPackage> {
        let is_empty = cells.is_empty();
        let out = &mut written.content;
        let mut column = 1;
        let covered = if cells.is_empty() { &[] } else { covered };
        let mut covered = covered.iter().map(|it| it.1).peekable();
        let mut cells = cells.iter().peekable();
        while cells.peek().is_some() || covered.peek().is_some() {
            let next_cell = cells.peek().map_or(u32::MAX, |it| it.column);
            let next_covered = covered.peek().map_or(u32::MAX, |it| *it);
            let next = next_cell.min(next_covered);
            for _ in column..next {
                out.push(',');
            }
            column = next;
            if next_covered == next {
                covered.next();
            }
            if next_cell == next {
                if let Some(cell) = cells.next() {
                    quoted(&self.texts[cell.start as usize..cell.end as usize], out);
                }
            } else {
                written.covered.push(u32::try_from(out.len()).unwrap_or(u32::MAX));
            }
            if out.len() > MOST_BYTES {
                return Err(BrokenPackage::TooMuch);
            }
        }
        for _ in column..if is_empty { 0 } else { width } {
            out.push(',');
        }
        out.push('\n');
        Ok(())
    }
}

/// Writes the text of a cell, in quotation marks if it has what separates cells.
fn quoted(text: &str, out: &mut String) {
    if !text.contains([',', '"', '\n', '\r']) {
        out.push_str(text);
        return;
    }
    out.push('"');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => out.push_str("\"\""),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => out.push('\r'),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[(u32, u32, &str)]) -> Grid {
        let mut grid = Grid::default();
        cells.iter().for_each(|(row, column, text)| grid.cell((*row, *column), text).unwrap());
        grid
    }

    #[test]
    fn rows_are_lines() {
        let grid =
            grid(&[(2, 1, "日期"), (2, 3, "说明"), (4, 2, " a,\"b\" "), (4, 3, "一\r\n二\n三")]);
        assert_eq!(
            grid.write().unwrap().content,
            "\n日期,,说明\n\n,\"a,\"\"b\"\"\",\"一\r二\r三\"\n"
        );
    }

    #[test]
    fn what_is_hidden_is_left_out() {
        let mut grid = grid(&[(1, 1, "甲"), (1, 2, "乙"), (2, 1, "1"), (2, 2, "2"), (3, 1, "3")]);
        grid.hide_rows(2, 2);
        grid.hide_columns(2, 100);
        let written = grid.write().unwrap();
        assert_eq!(written.content, "甲\n\n3\n");
        assert_eq!(written.hidden_rows, Some((1, 2)));
        assert_eq!(written.hidden_columns, Some((1, 2)));
    }

    #[test]
    fn covered_cells_are_known() {
        let mut grid = grid(&[(1, 1, "甲"), (2, 1, "a"), (2, 2, "1"), (3, 2, "2"), (4, 1, "b")]);
        grid.merge((2, 1), (3, 1));
        grid.merge((4, 1), (4, 9));
        grid.merge((4, 3), (1 << 30, 3));
        let written = grid.write().unwrap();
        assert_eq!(written.content, "甲,\na,1\n,2\nb,\n");
        assert_eq!(written.covered, [9]);
    }

    #[test]
    fn sheets_have_bounds() {
        let mut grid = grid(&[(1 << 20, 1 << 14, "末"), (1 << 30, 1, "外"), (0, 0, "外")]);
        grid.merge((1, 1), (u32::MAX, 1));
        assert_eq!(grid.write().unwrap_err(), BrokenPackage::TooMuch);
        let grid = super::tests::grid(&[(1 << 20, 1 << 14, "末")]);
        assert_eq!(grid.write().unwrap().content.len(), (1 << 20) + (1 << 14) + 2);
        let mut grid = Grid::default();
        let wide = (1..=4000).try_for_each(|row| grid.cell((row, 1 << 14), "宽"));
        assert!(wide.is_ok() && grid.write().is_err());
    }
}
