//! Tables as workbooks (xlsx, ECMA-376), where a declaration asks for them: texts are texts in it, so
//! that a spreadsheet makes no number of `0431`, and dates are dates.
//!
//! It is the least that every spreadsheet reads: one sheet with a line of labels that stays in sight,
//! and texts in their cells. Nothing in it is a formula, so no text need be changed. The archive has
//! no time of its making: the same rows give the same bytes.
//!
//! The rows are those of the CSV beside it, which is searched for personal data.

use crate::{
    artifact::data::{
        cell::Cell,
        column::{Column, ColumnPart},
        csv::DELIMITER,
    },
    schema::FieldType,
    workbook::parts::{self, SheetPart, serial, text},
};

/// The most rows of a sheet, without that of the labels; further ones are on the next sheet.
const ROWS: usize = (1 << 20) - 1;

/// The indexes of cell formats in [`STYLES`].
const NUMBER: u8 = 0;
const TEXT: u8 = 1;
const DATE: u8 = 2;
const LABEL: u8 = 3;

/// Numbers as they are, texts, dates, and bold texts. `49` is the format of texts in every program.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"4\"><xf/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"164\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// The cells of a row.
pub(super) fn row(columns: &[Column<'_>], row: &[Cell<'_>]) -> String {
    row.iter().zip(columns).map(|(value, column)| cell(value, column)).collect()
}

/// A workbook of that title, of rows that [`row`] made.
pub(super) fn write(title: &str, columns: &[Column<'_>], rows: &[String]) -> Vec<u8> {
    let mut parts: Vec<&[String]> = rows.chunks(ROWS).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let name = parts::sheet_name(title);
    let sheet = |(number, rows): (usize, &[String])| SheetPart {
        name: if number == 1 { name.clone() } else { format!("{name} {number}") },
        is_hidden: false,
        xml: worksheet(columns, rows),
    };
    let sheets: Vec<SheetPart> = (1..).zip(parts).map(sheet).collect();
    parts::workbook(&sheets, STYLES, &[])
}

fn worksheet(columns: &[Column<'_>], rows: &[String]) -> String {
    let mut xml = String::from(
        "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" \
         topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>",
    );
    for (number, column) in (1..).zip(columns) {
        let width = width(column);
        let column =
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
        xml.push_str(&column);
    }
    xml.push_str("</cols><sheetData><row r=\"1\">");
    columns.iter().for_each(|column| xml.push_str(&text(LABEL, &column.label)));
    for (number, row) in (2..).zip(rows) {
        let begin = format!("</row><row r=\"{number}\">");
        xml.push_str(&begin);
        xml.push_str(row);
    }
    xml + "</row></sheetData>"
}

/// How wide a column is, in digits. A Chinese character is as wide as two.
fn width(column: &Column<'_>) -> u8 {
    match column.part {
        ColumnPart::PlacePath => 28,
        ColumnPart::Value(_, field) if field.several => 30,
        ColumnPart::Value(_, field) => match field.kind {
            FieldType::Markdown => 60,
            FieldType::Text | FieldType::Url | FieldType::Image => 30,
            FieldType::Person | FieldType::Phone | FieldType::Email | FieldType::Place => 18,
            _ => 12,
        },
        ColumnPart::PlaceName | ColumnPart::Label(..) => 20,
    }
}

/// A cell. Cells follow each other, so none has to say where it stands.
fn cell(cell: &Cell<'_>, column: &Column<'_>) -> String {
    match cell {
        Cell::Absent => "<c/>".to_owned(),
        Cell::Number(number) => format!("<c s=\"{NUMBER}\"><v>{number}</v></c>"),
        Cell::Boolean(truth) => format!("<c t=\"b\"><v>{}</v></c>", u8::from(*truth)),
        Cell::Code(code) => match serial(code).filter(|_| has_days(column)) {
            Some(day) => format!("<c s=\"{DATE}\"><v>{day}</v></c>"),
            None => text(TEXT, code),
        },
        Cell::Words(words) | Cell::Hidden(words) => text(TEXT, words),
        Cell::List(cells) => text(TEXT, &joined(cells)),
    }
}

/// Several values in a cell.
fn joined(cells: &[Cell<'_>]) -> String {
    let text = |cell: &Cell<'_>| match cell {
        Cell::Words(text) | Cell::Code(text) | Cell::Hidden(text) => text.to_string(),
        Cell::Number(number) => number.clone(),
        Cell::Boolean(truth) => truth.to_string(),
        Cell::Absent | Cell::List(_) => String::new(),
    };
    cells.iter().map(text).collect::<Vec<_>>().join(&format!("{DELIMITER} "))
}

/// It is a column of days.
fn has_days(column: &Column<'_>) -> bool {
    matches!(column.part, ColumnPart::Value(_, field) if field.kind == FieldType::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let column =
            Column { name: "a".to_owned(), label: "甲&".to_owned(), part: ColumnPart::PlaceName };
        let columns = [column];
        let rows = [row(&columns, &[Cell::Words("=1+1".into())])];
        assert_eq!(write("表", &columns, &rows), write("表", &columns, &rows));
    }
}
