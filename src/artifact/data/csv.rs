//! Tables as CSV, as RFC 4180 has it: commas, quotes where they are needed, lines ended by CR LF.
//!
//! It begins with the byte order mark, without which Excel and WPS read UTF-8 as GBK. A spreadsheet
//! runs what begins like a formula, so an apostrophe stands before it in what somebody wrote, choices
//! among it; numbers, dates, paths and telephone numbers stay as they are. JSON has all of them unchanged.

use std::borrow::Cow;

use crate::{
    artifact::data::{cell::Cell, column::Column},
    text::has_byte,
};

/// Between the values of a cell with several.
pub(super) const DELIMITER: &str = ";";

/// What stands for it in a value of such a cell.
const INSTEAD: &str = "；";

/// With these a spreadsheet begins a formula, in half and full width.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A table: the names of the columns, then a line for each row.
pub(super) fn begin(columns: &[Column<'_>]) -> String {
    let mut out = String::from("\u{feff}");
    for (index, column) in columns.iter().enumerate() {
        begin_cell(&mut out, index);
        quoted(&mut out, &column.name);
    }
    out.push_str("\r\n");
    out
}

/// Adds the line of a row.
pub(super) fn row(out: &mut String, row: &[Cell<'_>]) {
    for (index, cell) in row.iter().enumerate() {
        begin_cell(out, index);
        match cell {
            Cell::Absent => {}
            Cell::Words(words) => quoted(out, &written(words)),
            Cell::Code(text) | Cell::Hidden(text) => quoted(out, text),
            Cell::Number(number) => quoted(out, number),
            Cell::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Cell::List(cells) => quoted(out, &several(cells)),
        }
    }
    out.push_str("\r\n");
}

fn begin_cell(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

/// Several values as one text.
fn several(cells: &[Cell<'_>]) -> String {
    let text = |cell: &Cell<'_>| match cell {
        Cell::Absent => String::new(),
        Cell::Words(words) => written(words).replace(DELIMITER, INSTEAD),
        Cell::Code(text) | Cell::Hidden(text) => text.replace(DELIMITER, INSTEAD),
        Cell::Number(number) => number.clone(),
        Cell::Boolean(truth) => truth.to_string(),
        Cell::List(cells) => several(cells).replace(DELIMITER, INSTEAD),
    };
    cells.iter().map(text).collect::<Vec<_>>().join(DELIMITER)
}

/// A spreadsheet would run a text.
pub(super) fn is_formula(words: &str) -> bool {
    words.starts_with(FORMULA)
}

/// What somebody wrote, as text that no spreadsheet runs.
pub(super) fn written(words: &str) -> Cow<'_, str> {
    if is_formula(words) { format!("'{words}").into() } else { words.into() }
}

fn quoted(out: &mut String, cell: &str) {
    let is_special = |byte: u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
    if has_byte(cell, is_special) || cell.starts_with(' ') || cell.ends_with(' ') {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::data::column::ColumnPart;

    fn table(rows: &[Vec<Cell<'_>>]) -> String {
        let names = ["a", "b"];
        let column = |name: &str| Column {
            name: name.to_owned(),
            label: String::new(),
            part: ColumnPart::PlaceName,
        };
        let mut out = begin(&names.map(column));
        rows.iter().for_each(|it| row(&mut out, it));
        out
    }

    fn words(text: &str) -> Cell<'_> {
        Cell::Words(text.into())
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text_in_texts_alone() {
        let number = |text: &str| Cell::Number(text.to_owned());
        let code = |text: &'static str| Cell::Code(text.into());
        let rows = vec![
            vec![words("=1+1"), number("-3.5")],
            vec![words("＠SUM"), code("+86 431 8255 0001")],
            vec![Cell::List(vec![words("-一"), words("二;三")]), Cell::Hidden("<5".into())],
        ];
        let expected =
            "\u{feff}a,b\r\n'=1+1,-3.5\r\n'＠SUM,+86 431 8255 0001\r\n'-一;二；三,<5\r\n";
        assert_eq!(table(&rows), expected);
    }

    #[test]
    fn any_text_is_read_back() {
        let texts = ["甲,乙", "他说：\"好\"", "一\n二", " 空 ", "", "三\r\n四", "\"", "<5"];
        let rows = texts.iter().map(|text| vec![words(text), Cell::Absent]);
        let written = table(&rows.collect::<Vec<_>>());
        let mut reader =
            csv::Reader::from_reader(written.trim_start_matches('\u{feff}').as_bytes());
        let read: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(read, texts);
    }
}
