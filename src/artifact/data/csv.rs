//! Tables as CSV, as RFC 4180 has it: commas, quotes where they are needed, lines ended by CR LF.
//!
//! It begins with the byte order mark, without which Excel and WPS read UTF-8 as GBK. A spreadsheet
//! runs what begins like a formula, so an apostrophe stands before it in what somebody wrote, choices
//! among it; numbers, dates, paths and telephone numbers stay as they are. JSON has all of them unchanged.

use crate::artifact::data::{cell::Cell, column::Column};

/// Between the values of a cell with several.
pub(super) const DELIMITER: &str = ";";

/// What stands for it in a value of such a cell.
const INSTEAD: &str = "；";

/// With these a spreadsheet begins a formula, in half and full width.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A table: the names of the columns, then a line for each row.
pub(super) fn write(columns: &[Column<'_>], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, columns.iter().map(|column| column.name.clone()));
    rows.for_each(|row| line(&mut out, row.iter().map(text)));
    out
}

/// A cell as text.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Words(words) => written(words),
        Cell::Code(text) | Cell::Number(text) | Cell::Hidden(text) => text.clone(),
        Cell::Boolean(truth) => truth.to_string(),
        Cell::List(cells) => {
            let texts: Vec<String> =
                cells.iter().map(|it| text(it).replace(DELIMITER, INSTEAD)).collect();
            texts.join(DELIMITER)
        }
    }
}

/// A spreadsheet would run a text.
pub(super) fn is_formula(words: &str) -> bool {
    words.starts_with(FORMULA)
}

/// What somebody wrote, as text that no spreadsheet runs.
pub(super) fn written(words: &str) -> String {
    if is_formula(words) { format!("'{words}") } else { words.to_owned() }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::data::column::ColumnPart;

    fn table(rows: Vec<Vec<Cell>>) -> String {
        let names = ["a", "b"];
        let column = |name: &str| Column {
            name: name.to_owned(),
            label: String::new(),
            part: ColumnPart::PlaceName,
        };
        write(&names.map(column), rows.into_iter())
    }

    fn words(text: &str) -> Cell {
        Cell::Words(text.to_owned())
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text_in_texts_alone() {
        let number = |text: &str| Cell::Number(text.to_owned());
        let code = |text: &str| Cell::Code(text.to_owned());
        let rows = vec![
            vec![words("=1+1"), number("-3.5")],
            vec![words("＠SUM"), code("+86 431 8255 0001")],
            vec![Cell::List(vec![words("-一"), words("二;三")]), Cell::Hidden("<5".to_owned())],
        ];
        let expected =
            "\u{feff}a,b\r\n'=1+1,-3.5\r\n'＠SUM,+86 431 8255 0001\r\n'-一;二；三,<5\r\n";
        assert_eq!(table(rows), expected);
    }

    #[test]
    fn any_text_is_read_back() {
        let texts = ["甲,乙", "他说：\"好\"", "一\n二", " 空 ", "", "三\r\n四", "\"", "<5"];
        let rows = texts.iter().map(|text| vec![words(text), Cell::Absent]);
        let written = table(rows.collect());
        let mut reader =
            csv::Reader::from_reader(written.trim_start_matches('\u{feff}').as_bytes());
        let read: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(read, texts);
    }
}
