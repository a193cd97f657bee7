//! Tables: rows of cells under their labels, and what is written over several cells.
//!
//! A row is written as a line, `| 王秀英 | 620 |`. Cells that are left out stand there as empty ones,
//! so that each value stands under its label. What people read as one thing may fill several cells, as
//! `text::spread` tells; then the row is written once more, with that in the first of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    attachment::{Passage, contents::Writer},
    text::spread::{self, Cell, Spread},
};

/// The most empty cells that are written between two.
const MOST_EMPTY: usize = 64;

/// The most cells of a row: a sheet has no more columns.
const MOST_CELLS: usize = 16_384;

/// A table that is being written, row by row.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The labels of its columns, by column.
    labels: BTreeMap<usize, String>,
    /// The cells of the row, in order: their columns, and where their texts stand.
    cells: Vec<(usize, Range<usize>)>,
}

impl Table {
    /// Begins a cell of the row. Columns are counted from one. What is written from here on stands
    /// in the cell.
    pub(super) fn begin(&mut self, column: usize, passage: Passage, writer: &mut Writer) {
        if self.cells.len() == MOST_CELLS {
            self.end_row(writer);
        }
        let before = self.close(writer);
        let missing = column.saturating_sub(before + 1).min(MOST_EMPTY);
        writer.text(if before > 0 { " " } else { "" });
        (0..missing).for_each(|_| writer.text("| "));
        writer.begin(passage);
        writer.text("| ");
        self.cells.push((column.max(before + 1), writer.len()..writer.len()));
    }

    /// The column of the cell that is written; nothing before the first.
    pub(super) fn column(&self) -> Option<usize> {
        self.cells.last().map(|(column, _)| *column)
    }

    /// Writes the last cell again in the columns behind it.
    pub(super) fn repeat(&mut self, times: usize, passage: &Passage, writer: &mut Writer) {
        let Some((column, range)) = self.cells.last().cloned() else { return };
        let text = writer.text_of(range.start..writer.len()).to_owned();
        for next in 1..=times.min(MOST_EMPTY) {
            self.begin(column + next, passage.clone(), writer);
            writer.text(&text);
        }
    }

    /// Ends the row, unless it has no cells.
    pub(super) fn end_row(&mut self, writer: &mut Writer) {
        if self.cells.is_empty() {
            return;
        }
        self.close(writer);
        writer.text(" |\n");
        let cells = std::mem::take(&mut self.cells);
        let texts = cells.iter().map(|(column, range)| (*column, writer.text_of(range.clone())));
        let texts: Vec<(usize, &str)> = texts.collect();
        if self.labels.is_empty() && is_head(&texts) {
            self.labels = texts.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
            return;
        }
        let Some(joined) = joined(&texts, &self.labels) else { return };
        for ((column, range), text) in cells.into_iter().zip(joined) {
            let passage = writer.passage(range.start).cloned().unwrap_or(Passage::Elsewhere);
            self.begin(column, passage, writer);
            writer.text(&text);
        }
        self.close(writer);
        writer.text(" |\n");
        self.cells.clear();
    }

    /// Ends the last cell, and returns its column; zero if there is none.
    fn close(&mut self, writer: &Writer) -> usize {
        self.cells.last_mut().map_or(0, |(column, range)| {
            range.end = writer.len();
            *column
        })
    }
}

/// Whether a row is the head of its table: it has words only, and several.
fn is_head(cells: &[(usize, &str)]) -> bool {
    let is_label = |text: &str| !text.bytes().any(|it| it.is_ascii_digit());
    cells.len() > 1 && cells.iter().all(|(_, text)| is_label(text))
}

/// The texts of the cells of a row, with what fills several in the first of them; nothing if nothing
/// does.
fn joined(cells: &[(usize, &str)], labels: &BTreeMap<usize, String>) -> Option<Vec<String>> {
    let texts: BTreeMap<usize, &str> = cells.iter().copied().collect();
    let (first, last) = (cells.first()?.0, cells.last()?.0);
    let labelled = labels.range(first..=last).map(|(column, _)| *column);
    let columns: BTreeSet<usize> = texts.keys().copied().chain(labelled).collect();
    let cell = |column: usize| Cell {
        column,
        text: texts.get(&column).map_or("", |it| it.trim()),
        label: labels.get(&column).map_or("", |it| it.trim()),
    };
    let row: Vec<Cell<'_>> = columns.into_iter().map(cell).collect();
    let spreads = spread::spreads(&row);
    let of = |column: usize| {
        let begins = |it: &&Spread| row[it.cells.start].column == column;
        let is_in = |it: &Spread| row[it.cells.clone()].iter().any(|cell| cell.column == column);
        match spreads.iter().find(begins) {
            Some(spread) => spread.text.clone(),
            None if spreads.iter().any(is_in) => String::new(),
            None => texts[&column].trim().to_owned(),
        }
    };
    (!spreads.is_empty()).then(|| cells.iter().map(|(column, _)| of(*column)).collect())
}

/// The number of a column, counted from one, of the address of a cell: 28 of `AB7`. Zero without
/// letters.
pub(super) fn column_of(address: &str) -> usize {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters.fold(0, |sum, it| sum * 26 + usize::from(it.to_ascii_uppercase() - b'A') + 1)
}

/// The address of a cell by its column and row, counted from one: `AB7` of 28 and 7.
pub(super) fn address(mut column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let digit = u8::try_from((column - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        column = (column - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a table of these rows says, its cells parted by `|`.
    fn written(rows: &[&str]) -> String {
        let (mut writer, mut table) = (Writer::new(""), Table::default());
        for row in rows {
            for (column, text) in row.split('|').enumerate().filter(|(_, it)| !it.is_empty()) {
                table.begin(column + 1, Passage::Line(1), &mut writer);
                writer.cell(text);
            }
            table.end_row(&mut writer);
        }
        writer.finish().expect("it is little").text
    }

    #[test]
    fn values_stand_under_their_labels() {
        assert_eq!(
            written(&["甲|乙|丙", "1||3", "||3"]),
            "| 甲 | 乙 | 丙 |\n| 1 | | 3 |\n| | | 3 |\n"
        );
    }

    #[test]
    fn what_fills_several_cells_is_written_as_one() {
        for (rows, joined) in [
            (&["姓|名|电话", "王|秀英|1"][..], Some("| 王秀英 |  | 1 |")),
            (&["序号|姓名||金额", "1|王|秀英|6"], Some("| 1 | 王秀英 |  | 6 |")),
            (&["姓名|性别|民族", "王|女|汉"], None),
            (&["姓名|楼栋|单元|室", "王秀英|3|2|501"], Some("| 王秀英 | 3栋2单元501室 |  |  |")),
            (&["甲|3栋|2单元|501室"], Some("| 甲 | 3栋2单元501室 |  |  |")),
            (&["甲|3号楼|501室"], Some("| 甲 | 3号楼501室 |  |")),
            (&["小区|楼栋|单元|户数", "甲|3|2|501"], None),
            (&["姓名|家庭住址", "家庭住址：|幸福路88号"], Some("| 家庭住址：幸福路88号 |  |")),
            (&["姓名|电话||", "王秀英|138|1234|5678"], Some("| 王秀英 | 13812345678 |  |  |")),
            (&["小区|户数|人口|面积", "甲|138|1234|5678"], None),
            (&["姓名|电话", "甲|138|00138001"], Some("| 甲 | 13800138001 |  |")),
            (&["姓名|电话", "甲|138||0013|-|8001"], Some("| 甲 | 13800138001 | |  |  |  |")),
            (&["姓名|电话||楼号", "甲|138|00138001|3"], Some("| 甲 | 13800138001 |  | 3 |")),
            (&["138|00138001"], Some("| 13800138001 |  |")),
            (&["门牌|户号", "138|00138001"], None),
            (&["甲|110105|19491231|002X"], Some("| 甲 | 11010519491231002X |  |  |")),
            (&["1|1|0|1|0|5|1|9|4|9|1|2|3|1|0|0|2|X"], Some("| 11010519491231002X |")),
            (&["6222|0212|3456|7890|128"], Some("| 6222021234567890128 |")),
            (&["年|甲|乙", "2026|12|13"], None),
        ] {
            let written = written(rows);
            let again = written.lines().nth(rows.len()).map(|it| it.trim_end_matches("  |"));
            let again = again.map(str::to_owned);
            let expected = joined.map(|it| it.trim_end_matches("  |").to_owned());
            assert_eq!(again, expected, "{written}");
        }
    }

    #[test]
    fn cells_have_addresses() {
        for (text, column, row) in [("A1", 1, 1), ("Z9", 26, 9), ("AB7", 28, 7), ("XFD1", 16384, 1)]
        {
            assert_eq!(address(column, row), text);
            assert_eq!(column_of(text), column);
        }
    }
}
