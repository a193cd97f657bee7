//! Tables: rows of cells under their labels, and what is written over several cells.
//!
//! A row is written as a line, `| 王秀英 | 620 |`. Cells that are left out stand there as empty ones,
//! so that each value stands under its label. What people read as one thing may fill several cells;
//! then the row is written once more, with that in the first of them:
//!
//! | cells | as one | if |
//! | --- | --- | --- |
//! | `王`, `秀英` | `王秀英` | the labels are 姓 and 名, or only the first cell has one |
//! | `1`, `1`, `0` … | `110…` | as long as an identity number, a card, a mobile number |
//! | `138`, `-`, `00138001` | `13800138001` | it is a mobile number, by `text::spread` |
//! | `3`, `2`, `501` | `3栋2单元501室` | labels or values name what is below the street |
//! | `家庭住址`, `幸福路88号` | `家庭住址：幸福路88号` | the first is a label of homes |

use std::{collections::BTreeMap, ops::Range};

use crate::{
    attachment::{Passage, contents::Writer},
    text::{
        is_han,
        spread::{self, LabelledCell},
    },
};

/// The most empty cells that are written between two.
const MOST_EMPTY: usize = 64;

/// The most cells of a row: a sheet has no more columns.
const MOST_CELLS: usize = 16_384;

/// No number, name or home fills as many cells.
const MOST_JOINED: usize = 24;

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
        let row = Row { cells: texts.collect(), labels: &self.labels };
        if self.labels.is_empty() && row.is_head() {
            self.labels = row.cells.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
            return;
        }
        let Some(joined) = row.joined() else { return };
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

/// A row: its cells by column, and the labels above them.
struct Row<'r> {
    cells: Vec<(usize, &'r str)>,
    labels: &'r BTreeMap<usize, String>,
}

impl Row<'_> {
    /// It has words only, and several: they are the labels of the rows below.
    fn is_head(&self) -> bool {
        let is_label = |text: &str| !text.bytes().any(|it| it.is_ascii_digit());
        self.cells.len() > 1 && self.cells.iter().all(|(_, text)| is_label(text))
    }

    /// The texts of the cells, with what fills several in the first of them; nothing if nothing
    /// does.
    fn joined(&self) -> Option<Vec<String>> {
        let mut joined: Vec<String> = Vec::new();
        let mut is_joined = false;
        while joined.len() < self.cells.len() {
            let at = joined.len();
            let kinds = [Row::name, Row::home, Row::labelled, Row::mobile, Row::digits];
            match kinds.iter().find_map(|kind| kind(self, at)) {
                Some((count, text)) => {
                    is_joined = true;
                    joined.push(text);
                    joined.extend((1..count).map(|_| String::new()));
                }
                None => joined.push(self.text(at).to_owned()),
            }
        }
        is_joined.then_some(joined)
    }

    fn text(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |(_, text)| text.trim())
    }

    /// The label of a cell; empty if it has none.
    fn label(&self, at: usize) -> &str {
        let label = self.cells.get(at).and_then(|(column, _)| self.labels.get(column));
        label.map_or("", |it| it.trim())
    }

    /// The cells from one on that stand side by side and are such, each by its index. No more than
    /// anything fills that people read as one.
    fn side_by_side(&self, from: usize, is_such: impl Fn(usize) -> bool) -> Range<usize> {
        let column = |at: usize| self.cells[at].0;
        let mut end = from;
        while end < self.cells.len().min(from + MOST_JOINED)
            && (end == from || column(end) == column(end - 1) + 1)
            && is_such(end)
        {
            end += 1;
        }
        from..end
    }

    /// The name of a person from a cell on: how many cells it fills, and the name.
    fn name(&self, at: usize) -> Option<(usize, String)> {
        let is_short = |at: usize| {
            let text = self.text(at);
            (1..=3).contains(&text.chars().count()) && text.chars().all(is_han)
        };
        let is_family = matches!(self.label(at), "姓" | "姓氏");
        let is_of_name = |it: usize| match (is_family, it - at) {
            (true, 1) => matches!(self.label(it), "" | "名" | "名字"),
            (_, 0) => true,
            _ => self.label(it).is_empty(),
        };
        let cells = self.side_by_side(at, |it| is_short(it) && is_of_name(it));
        let name: String = cells.clone().map(|it| self.text(it)).collect();
        let is_name = cells.len() > 1 && (2..=4).contains(&name.chars().count());
        is_name.then_some((cells.len(), name))
    }

    /// A home from a cell on: how many cells it fills, and the address.
    fn home(&self, at: usize) -> Option<(usize, String)> {
        let unit = |it: usize| unit_of(self.text(it), self.label(it));
        unit(at)?;
        let cells = self.side_by_side(at, |it| {
            unit(it).is_some_and(|own| it == at || unit(it - 1).is_some_and(|above| above < own))
        });
        let is_room = unit(cells.end - 1) == Some(UNITS.len() - 1);
        let part = |it: usize| {
            let (text, name) = (self.text(it), UNITS[unit(it)?].0);
            let is_bare = text.ends_with(|it: char| it.is_ascii_alphanumeric());
            Some(if is_bare { format!("{text}{name}") } else { text.to_owned() })
        };
        let home: Option<String> = cells.clone().map(part).collect();
        home.filter(|_| cells.len() > 1 && is_room).map(|home| (cells.len(), home))
    }

    /// A label of homes, and the address in the cell behind it.
    fn labelled(&self, at: usize) -> Option<(usize, String)> {
        let label = self.text(at).trim_end_matches([':', '：']);
        let value = self.text(at + 1);
        let is_address = value.bytes().any(|it| it.is_ascii_digit());
        (HOMES.contains(&label) && is_address).then(|| (2, format!("{label}：{value}")))
    }

    /// A mobile number from a cell on: how many cells it fills, and its digits. Cells between its
    /// parts may be left out or hold a sign.
    fn mobile(&self, at: usize) -> Option<(usize, String)> {
        if !spread::may_begin(self.text(at)) {
            return None;
        }
        let first = self.cells[at].0;
        let last = first + spread::MOST;
        let mut cells: Vec<LabelledCell<'_>> = vec![("", ""); spread::MOST];
        for (column, text) in self.cells[at..].iter().take_while(|it| it.0 < last) {
            cells[column - first].0 = text.trim();
        }
        for (column, label) in self.labels.range(first..last) {
            cells[column - first].1 = label.trim();
        }
        let is_number = |at: usize| self.text(at).bytes().all(|it| it.is_ascii_digit());
        let is_first = at == 0 || self.cells[at - 1].0 + 1 < first || !is_number(at - 1);
        let (count, digits) = spread::mobile(&cells, is_first)?;
        Some((self.cells[at..].partition_point(|it| it.0 < first + count), digits))
    }

    /// A number from a cell on: how many cells it fills, and its digits.
    fn digits(&self, at: usize) -> Option<(usize, String)> {
        let is_part = |at: usize| {
            let text = self.text(at);
            let is_digit = |it: u8| it.is_ascii_digit() || matches!(it, b'X' | b'x');
            !text.is_empty() && text.bytes().all(is_digit)
        };
        // Most cells of a sheet end here.
        if !is_part(at) || !is_part(at + 1) {
            return None;
        }
        let cells = self.side_by_side(at, is_part);
        let is_first = at == 0 || !is_part(at - 1) || self.cells[at].0 > self.cells[at - 1].0 + 1;
        let lengths: Vec<usize> = cells.clone().map(|it| self.text(it).len()).collect();
        let count = identity(&lengths)
            .or_else(|| (is_first && is_number(&lengths)).then_some(cells.len()))?;
        Some((count, cells.take(count).map(|it| self.text(it)).collect()))
    }
}

/// How many parts of these lengths are together as long as an identity number. Whether it is one,
/// its check digit says.
fn identity(lengths: &[usize]) -> Option<usize> {
    let mut sum = 0;
    let count = lengths.iter().take_while(|it| {
        sum += **it;
        sum < 18
    });
    let count = count.count() + 1;
    (sum == 18 && count > 1 && count <= lengths.len()).then_some(count)
}

/// Parts of these lengths are those of a card or a mobile number with one digit in each, or of a card
/// in groups.
fn is_number(lengths: &[usize]) -> bool {
    let sum: usize = lengths.iter().sum();
    let is_boxes = lengths.iter().all(|it| *it == 1);
    let is_card = lengths.iter().rev().skip(1).all(|it| *it == 4) && lengths.last() <= Some(&4);
    is_boxes && sum == 11 || (is_boxes || is_card) && (16..=19).contains(&sum)
}

/// Labels behind which the address of somebody's home stands.
const HOMES: [&str; 12] = [
    "家庭住址",
    "家庭地址",
    "家庭详细住址",
    "住址",
    "现住址",
    "现居住地",
    "户籍地址",
    "户籍地",
    "户籍所在地",
    "居住地址",
    "居住地",
    "住所",
];

/// What an address says below the street, the large first: what is written behind the number, and
/// the labels of columns with such numbers.
const UNITS: [(&str, &[&str]); 4] = [
    ("栋", &["栋", "幢", "座", "楼", "楼栋", "楼号", "栋号", "幢号", "座号", "楼栋号", "楼座"]),
    ("单元", &["单元", "单元号", "门洞", "梯"]),
    ("层", &["层", "楼层", "层数"]),
    (
        "室",
        &["室", "房", "户", "室号", "房号", "房间", "房间号", "户号", "门牌", "门牌号", "户室号"],
    ),
];

/// Which of the [`UNITS`] a cell is the number of, by its own end or its label.
fn unit_of(text: &str, label: &str) -> Option<usize> {
    let stem = text.trim_end_matches(|it: char| !it.is_ascii_alphanumeric());
    let behind = &text[stem.len()..];
    let is_number =
        (1..=6).contains(&stem.len()) && stem.bytes().all(|it| it.is_ascii_alphanumeric());
    if !is_number || !stem.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let is_of = |words: &[&str]| {
        if behind.is_empty() { words.contains(&label) } else { is_own(words, behind) }
    };
    UNITS.iter().position(|(_, words)| is_of(words))
}

/// What stands behind a number in a cell is one of these.
fn is_own(words: &[&str], behind: &str) -> bool {
    words.contains(&behind) || behind == "号楼" && words.contains(&"楼")
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
