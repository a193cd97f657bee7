//! Tables as workbooks (xlsx, ECMA-376), where a declaration asks for them: texts are texts in it, so
//! that a spreadsheet makes no number of `0431`, and dates are dates.
//!
//! It is the least that every spreadsheet reads: one sheet with a line of labels that stays in sight,
//! and texts in their cells. Nothing in it is a formula, so no text need be changed. The archive has
//! no time of its making: the same rows give the same bytes.
//!
//! The rows are those of the CSV beside it, which is searched for personal data.

use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use jiff::civil::Date;

use crate::{
    artifact::data::{
        cell::Cell,
        column::{Column, ColumnPart},
        csv::DELIMITER,
    },
    schema::FieldType,
};

/// The most rows of a sheet, without that of the labels; further ones are on the next sheet.
const ROWS: usize = (1 << 20) - 1;

/// The most characters of a cell; of a longer text the beginning is shown.
const LENGTH: usize = 32_000;

/// The indexes of cell formats in [`STYLES`].
const NUMBER: u8 = 0;
const TEXT: u8 = 1;
const DATE: u8 = 2;
const LABEL: u8 = 3;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

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

/// A workbook of that title.
pub(super) fn write(title: &str, columns: &[Column<'_>], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut parts: Vec<&[Vec<Cell>]> = rows.chunks(ROWS).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let sheets = parts.len();
    let mut archive = Archive(ZipWriter::new(Cursor::new(Vec::new())));
    archive.add("[Content_Types].xml", &content_types(sheets));
    let book = relationship(1, "officeDocument", "xl/workbook.xml");
    archive.add("_rels/.rels", &relationships(&book));
    archive.add("xl/workbook.xml", &workbook(title, sheets));
    let sheet =
        |number| relationship(number, "worksheet", &format!("worksheets/sheet{number}.xml"));
    let all: String = (1..=sheets).map(sheet).collect();
    let styles = relationship(sheets + 1, "styles", "styles.xml");
    archive.add("xl/_rels/workbook.xml.rels", &relationships(&(all + &styles)));
    archive.add("xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"));
    for (number, rows) in (1..).zip(parts) {
        archive.add(&format!("xl/worksheets/sheet{number}.xml"), &worksheet(columns, rows));
    }
    archive.0.finish().expect("memory takes all that is written").into_inner()
}

/// An archive in memory.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn add(&mut self, name: &str, xml: &str) {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let begun = self.0.start_file(name, options).map_err(std::io::Error::other);
        let written = begun.and_then(|()| self.0.write_all(format!("{HEAD}{xml}").as_bytes()));
        written.expect("memory takes all that is written");
    }
}

fn content_types(sheets: usize) -> String {
    let of = |part: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{part}.xml\" ContentType=\"{SHEET}.{kind}+xml\"/>")
    };
    let all: String =
        (1..=sheets).map(|it| of(&format!("worksheets/sheet{it}"), "worksheet")).collect();
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{all}</Types>",
        of("workbook", "sheet.main"),
        of("styles", "styles"),
    )
}

fn relationships(all: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn relationship(number: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

/// The sheets and their names: the title, without signs that names of sheets cannot have.
fn workbook(title: &str, sheets: usize) -> String {
    let name: String = title.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(25).collect();
    let sheet = |number: usize| {
        let name = if number == 1 { name.clone() } else { format!("{name} {number}") };
        let name = escape(if name.is_empty() { "1" } else { &name }).into_owned();
        format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")
    };
    let all: String = (1..=sheets).map(sheet).collect();
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{all}</sheets></workbook>")
}

fn worksheet(columns: &[Column<'_>], rows: &[Vec<Cell>]) -> String {
    let mut xml = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" \
         topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols><col min=\"1\" max=\"{}\" width=\"16\" customWidth=\"1\"/></cols><sheetData>",
        columns.len(),
    );
    xml.push_str("<row r=\"1\">");
    columns.iter().for_each(|column| xml.push_str(&text(LABEL, &column.label)));
    for (number, row) in (2..).zip(rows) {
        let begin = format!("</row><row r=\"{number}\">");
        xml.push_str(&begin);
        row.iter().zip(columns).for_each(|(value, column)| xml.push_str(&cell(value, column)));
    }
    xml + "</row></sheetData></worksheet>"
}

/// A cell. Cells follow each other, so none has to say where it stands.
fn cell(cell: &Cell, column: &Column<'_>) -> String {
    match cell {
        Cell::Absent => "<c/>".to_owned(),
        Cell::Number(number) => format!("<c s=\"{NUMBER}\"><v>{number}</v></c>"),
        Cell::Boolean(truth) => format!("<c t=\"b\"><v>{}</v></c>", u8::from(*truth)),
        Cell::Code(code) => match serial(code, column) {
            Some(day) => format!("<c s=\"{DATE}\"><v>{day}</v></c>"),
            None => text(TEXT, code),
        },
        Cell::Words(words) | Cell::Hidden(words) => text(TEXT, words),
        Cell::List(cells) => text(TEXT, &joined(cells)),
    }
}

/// Several values in a cell.
fn joined(cells: &[Cell]) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Words(text) | Cell::Code(text) | Cell::Number(text) | Cell::Hidden(text) => {
            text.clone()
        }
        Cell::Boolean(truth) => truth.to_string(),
        Cell::Absent | Cell::List(_) => String::new(),
    };
    cells.iter().map(text).collect::<Vec<_>>().join(&format!("{DELIMITER} "))
}

fn text(style: u8, text: &str) -> String {
    let shown: String = text.chars().take(LENGTH).collect();
    let shown = if shown.len() < text.len() { shown + "…" } else { shown };
    let shown = escape(plain(&shown)).into_owned();
    format!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{shown}</t></is></c>")
}

/// A text in which nothing is what spreadsheets read as the code of a character, `_x000D_`.
fn plain(text: &str) -> String {
    let parts = text.split("_x");
    let is_code = |part: &str| {
        let (code, rest) = part.split_at_checked(4).unwrap_or_default();
        code.len() == 4 && code.bytes().all(|it| it.is_ascii_hexdigit()) && rest.starts_with('_')
    };
    let mut out = String::new();
    for (index, part) in parts.enumerate() {
        out.push_str(match index {
            0 => "",
            _ if is_code(part) => "_x005F_x",
            _ => "_x",
        });
        out.push_str(part);
    }
    out
}

/// A day as spreadsheets count them, in a column of days. Before March 1900 they count wrongly.
fn serial(code: &str, column: &Column<'_>) -> Option<i32> {
    let ColumnPart::Value(_, field) = column.part else { return None };
    let day: Date = code.parse().ok().filter(|_| field.kind == FieldType::Date)?;
    let days = (day - Date::constant(1899, 12, 30)).get_days();
    (days > 60).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_as_the_code_of_a_character() {
        assert_eq!(plain("a_x000D_b_x_xyz"), "a_x005F_x000D_b_x_xyz");
        assert_eq!(plain("_x甲"), "_x甲");
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let rows = vec![vec![Cell::Words("=1+1".to_owned())]];
        let column =
            Column { name: "a".to_owned(), label: "甲&".to_owned(), part: ColumnPart::PlaceName };
        let columns = [column];
        assert_eq!(write("表", &columns, &rows), write("表", &columns, &rows));
    }
}
