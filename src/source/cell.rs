//! Where a byte of a table stands, as spreadsheets count: in which row and column.

use crate::diagnostic::{Cell, SitePath};

/// How many lines are looked at for what separates their cells.
const SAMPLE: usize = 20;

/// What separates cells, and how many bytes say so: `sep=;` in the first line does. Else it is the
/// sign that most of the first lines have, then the one that is there most often; the comma if there
/// is none. A sign that the words of one column have is not in the header. The cells of a sheet are
/// separated by commas.
pub(crate) fn delimiter(path: &SitePath, content: &str) -> (u8, usize) {
    if path.sheet().is_some() { (b',', 0) } else { written_delimiter(content) }
}

fn written_delimiter(content: &str) -> (u8, usize) {
    let first = content.lines().next().unwrap_or_default();
    if let Some(&[sign]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (sign, first.len());
    }
    let lines: Vec<&str> =
        content.lines().filter(|it| !it.trim().is_empty()).take(SAMPLE).collect();
    let count = |sign: &u8, line: &str| line.bytes().filter(|byte| byte == sign).count();
    let measure = |sign: &u8| {
        let counts = lines.iter().map(|line| count(sign, line));
        (counts.clone().filter(|it| *it > 0).count(), counts.sum::<usize>())
    };
    (*b"\t;,".iter().max_by_key(|it| measure(it)).unwrap_or(&b','), 0)
}

/// The cell in which a byte of a table stands. Lines within quotation marks are one row. Costs a pass
/// over what stands before.
pub(super) fn cell(path: &SitePath, content: &str, byte: usize) -> Cell {
    let bytes = content.as_bytes();
    CellCounter::new(delimiter(path, content).0).after(&bytes[..byte.min(bytes.len())]).cell
}

/// Counts cells up to a byte, and can go on from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellCounter {
    /// The cell that was reached.
    pub(super) cell: Cell,
    in_quotes: bool,
    delimiter: u8,
}

impl CellCounter {
    /// At the first cell of a table.
    pub(super) fn new(delimiter: u8) -> Self {
        Self { cell: Cell { row: 1, column: 0 }, in_quotes: false, delimiter }
    }

    /// Behind these bytes more.
    pub(super) fn after(mut self, bytes: &[u8]) -> Self {
        let row = &mut self.cell.row;
        for byte in bytes {
            match *byte {
                b'"' => self.in_quotes = !self.in_quotes,
                b'\n' if !self.in_quotes => (*row, self.cell.column) = (*row + 1, 0),
                byte if byte == self.delimiter && !self.in_quotes => self.cell.column += 1,
                _ => {}
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        for (content, place, expected) in [
            ("甲,乙\n1,2\n", "2", "B2"),
            ("甲;乙\n\"1;\n,3\";2\n", "2", "B2"),
            ("甲;乙\n\"1;\n,3\";2\n", "3", "A2"),
            ("甲\t乙\t丙\n\n1\t\t2", "2", "C3"),
            ("sep=;\n甲;乙", "乙", "B2"),
        ] {
            let (path, place) = (SitePath::new("a.csv"), content.find(place).unwrap());
            assert_eq!(cell(&path, content, place).to_string(), expected);
        }
    }
}
