//! The files that a workbook is made of (xlsx, ECMA-376).
//!
//! Whoever writes a workbook makes the XML of its sheets and styles; all else is the same for each.
//! The archive has no time of its making: the same sheets give the same bytes.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use jiff::civil::Date;
use quick_xml::escape::escape;
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The most characters of a cell; of a longer text the beginning is shown.
const LENGTH: usize = 32_000;

/// A sheet of a workbook.
pub(crate) struct SheetPart {
    /// Its name.
    pub(crate) name: String,
    /// It is not shown.
    pub(crate) is_hidden: bool,
    /// What stands in `worksheet`.
    pub(crate) xml: String,
}

/// A workbook of these sheets, what stands in its `styleSheet`, and values by the names of its own
/// properties.
pub(crate) fn workbook(
    sheets: &[SheetPart],
    styles: &str,
    properties: &[(String, String)],
) -> Vec<u8> {
    let mut archive = Archive(ZipWriter::new(Cursor::new(Vec::new())));
    archive.add("[Content_Types].xml", &content_types(sheets.len(), !properties.is_empty()));
    let mut book = relationship(1, "officeDocument", "xl/workbook.xml");
    if !properties.is_empty() {
        book += &relationship(2, "custom-properties", "docProps/custom.xml");
        archive.add("docProps/custom.xml", &custom(properties));
    }
    archive.add("_rels/.rels", &relationships(&book));
    archive.add("xl/workbook.xml", &listed(sheets));
    let sheet =
        |number| relationship(number, "worksheet", &format!("worksheets/sheet{number}.xml"));
    let all: String = (1..=sheets.len()).map(sheet).collect();
    let style = relationship(sheets.len() + 1, "styles", "styles.xml");
    archive.add("xl/_rels/workbook.xml.rels", &relationships(&(all + &style)));
    archive.add("xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>"));
    for (number, sheet) in (1..).zip(sheets) {
        let xml = format!("<worksheet xmlns=\"{MAIN}\">{}</worksheet>", sheet.xml);
        archive.add(&format!("xl/worksheets/sheet{number}.xml"), &xml);
    }
    archive.0.finish().expect("memory takes all that is written").into_inner()
}

/// A cell with a text. Cells follow each other, so none has to say where it stands.
pub(crate) fn text(style: u8, text: &str) -> String {
    let shown: String = text.chars().take(LENGTH).collect();
    let shown = if shown.len() < text.len() { shown + "…" } else { shown };
    let shown = escape(plain(&shown)).into_owned();
    format!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{shown}</t></is></c>")
}

/// A day, written as `2026-03-05`, as spreadsheets count them. Before March 1900 they count wrongly.
pub(crate) fn serial(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok().filter(|_| day.len() == "2026-03-05".len())?;
    let days = (day - Date::constant(1899, 12, 30)).get_days();
    (days > 60).then_some(days)
}

/// The name of a sheet, without signs that names of sheets cannot have.
pub(crate) fn sheet_name(title: &str) -> String {
    let name: String = title.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(25).collect();
    if name.is_empty() { "1".to_owned() } else { name }
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

fn content_types(sheets: usize, has_properties: bool) -> String {
    let of = |part: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{part}.xml\" ContentType=\"{SHEET}.{kind}+xml\"/>")
    };
    let mut all: String =
        (1..=sheets).map(|it| of(&format!("worksheets/sheet{it}"), "worksheet")).collect();
    if has_properties {
        let kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
        let _ = write!(all, "<Override PartName=\"/docProps/custom.xml\" ContentType=\"{kind}\"/>");
    }
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
    let kind = format!("{OFFICE}/relationships/{kind}");
    format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

/// The sheets and their names.
fn listed(sheets: &[SheetPart]) -> String {
    let sheet = |(number, sheet): (usize, &SheetPart)| {
        let state = if sheet.is_hidden { " state=\"hidden\"" } else { "" };
        let name = escape(&sheet.name).into_owned();
        format!("<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>")
    };
    let all: String = (1..).zip(sheets).map(sheet).collect();
    let relations = format!("{OFFICE}/relationships");
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{relations}\"><sheets>{all}</sheets></workbook>")
}

/// What a workbook says of itself, as texts.
fn custom(properties: &[(String, String)]) -> String {
    // The format of properties that programs make up for themselves.
    const OWN: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
    let mut xml = format!(
        "<Properties xmlns=\"{OFFICE}/custom-properties\" xmlns:vt=\"{OFFICE}/docPropsVTypes\">"
    );
    // The first two numbers have a meaning of their own.
    for (number, (name, value)) in (2..).zip(properties) {
        let (name, value) = (escape(name.as_str()), escape(value.as_str()));
        let _ = write!(
            xml,
            "<property fmtid=\"{OWN}\" pid=\"{number}\" name=\"{name}\">\
             <vt:lpwstr>{value}</vt:lpwstr></property>"
        );
    }
    xml + "</Properties>"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_as_the_code_of_a_character() {
        assert_eq!(plain("a_x000D_b_x_xyz"), "a_x005F_x000D_b_x_xyz");
        assert_eq!(plain("_x甲"), "_x甲");
    }
}
