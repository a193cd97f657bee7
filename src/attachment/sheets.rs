//! Workbooks of Excel and WPS (`.xlsx`).

use std::collections::HashMap;

use crate::attachment::{
    Opaque, Passage, Trace,
    archive::Archive,
    contents::Writer,
    markup::{Piece, attribute, is_on, walk},
    properties,
    words::refuse_embedded,
};

/// Reads a workbook: the cells of its sheets row by row, comments and properties.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    let workbook = archive.required("xl/workbook.xml")?;
    refuse_embedded(archive, "xl/embeddings/")?;
    let relations = archive.text("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let files = relations_of(&relations)?;
    let shared = match archive.text("xl/sharedStrings.xml")? {
        Some(xml) => shared_texts(&xml)?,
        None => Vec::new(),
    };
    let mut read = Vec::new();
    for sheet in sheets_of(&workbook)? {
        let Some(file) = files.get(&sheet.relation) else { continue };
        let xml = archive.required(file)?;
        let has_data = cells(&xml, &sheet.name, &shared, writer)?;
        if sheet.is_hidden && has_data {
            writer.trace(Trace::Sheet(sheet.name));
        }
        read.push(file.clone());
    }
    // What no relation names may still be read by whoever unfolds the file.
    for file in archive.names("xl/worksheets/", ".xml") {
        if !read.contains(&file) && file.matches('/').count() == 2 {
            cells(&archive.required(&file)?, "?", &shared, writer)?;
        }
    }
    for name in archive.names("xl/comments", ".xml") {
        writer.begin(Passage::Comment);
        all_text(&archive.required(&name)?, writer)?;
        writer.trace(Trace::Comments);
    }
    if let Some(core) = archive.text("docProps/core.xml")? {
        properties::read(&core, writer)?;
    }
    let has_pictures = !archive.names("xl/media/", "").is_empty();
    if has_pictures && writer.count(1) == 0 { Err(Opaque::Pictures) } else { Ok(()) }
}

/// A sheet as the workbook lists it.
struct Sheet {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The sheets of a workbook, in order.
fn sheets_of(xml: &str) -> Result<Vec<Sheet>, Opaque> {
    let mut sheets = Vec::new();
    walk(xml, |piece| {
        if let Piece::Open("sheet", tag) = piece {
            let text = |name| attribute(tag, name).unwrap_or_default();
            let is_hidden = text("state").to_lowercase().contains("hidden");
            sheets.push(Sheet { name: text("name"), relation: text("id"), is_hidden });
        }
    })?;
    Ok(sheets)
}

/// The files that relations lead to, by the names of the relations.
fn relations_of(xml: &str) -> Result<HashMap<String, String>, Opaque> {
    let mut files = HashMap::new();
    walk(xml, |piece| {
        if let Piece::Open("Relationship", tag) = piece
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let file = match target.strip_prefix('/') {
                Some(file) => file.to_owned(),
                None => format!("xl/{target}"),
            };
            files.insert(id, file);
        }
    })?;
    Ok(files)
}

/// The texts that cells name by their number.
fn shared_texts(xml: &str) -> Result<Vec<String>, Opaque> {
    let (mut texts, mut text, mut is_text) = (Vec::new(), String::new(), false);
    walk(xml, |piece| match piece {
        Piece::Open("t", _) => is_text = true,
        Piece::Close("t") => is_text = false,
        Piece::Text(part) if is_text => text.push_str(part),
        Piece::Close("si") => texts.push(std::mem::take(&mut text)),
        _ => {}
    })?;
    Ok(texts)
}

/// All texts of comments, as one part.
fn all_text(xml: &str, writer: &mut Writer) -> Result<(), Opaque> {
    let mut is_text = false;
    walk(xml, |piece| match piece {
        Piece::Open("t" | "author", _) => is_text = true,
        Piece::Close("t" | "author") => is_text = false,
        Piece::Text(part) if is_text => writer.cell(part),
        Piece::Close("comment" | "p") => writer.end_line(),
        _ => {}
    })?;
    writer.end_line();
    Ok(())
}

/// Reads the cells of a sheet, and returns whether it has any. What stands in hidden rows and
/// columns is read, too, and noted.
fn cells(xml: &str, sheet: &str, shared: &[String], writer: &mut Writer) -> Result<bool, Opaque> {
    let mut reader = SheetReader { sheet, shared, ..SheetReader::default() };
    walk(xml, |piece| reader.take(&piece, writer))?;
    writer.end_line();
    Ok(reader.rows > 0)
}

/// Where in a sheet the reading is.
#[derive(Default)]
struct SheetReader<'s> {
    sheet: &'s str,
    shared: &'s [String],
    /// Hidden columns, from and up to, counted from one.
    hidden: Vec<(u32, u32)>,
    row_is_hidden: bool,
    /// How many rows had data.
    rows: usize,
    /// The row has data.
    in_row: bool,
    /// The address and type of the cell, and what it holds.
    address: String,
    kind: String,
    value: String,
    is_value: bool,
}

impl SheetReader<'_> {
    fn take(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("col", tag) if is_on(tag, "hidden") => {
                let number = |name| attribute(tag, name)?.parse().ok();
                self.hidden.push((number("min").unwrap_or(0), number("max").unwrap_or(0)));
            }
            Piece::Open("row", tag) => {
                self.row_is_hidden = is_on(tag, "hidden");
                self.in_row = false;
            }
            Piece::Close("row") if self.in_row => self.end_row(writer),
            Piece::Open("c", tag) => {
                self.address = attribute(tag, "r").unwrap_or_default();
                self.kind = attribute(tag, "t").unwrap_or_default();
                self.value.clear();
            }
            Piece::Open("v" | "t", _) => self.is_value = true,
            Piece::Close("v" | "t") => self.is_value = false,
            Piece::Text(text) if self.is_value => self.value.push_str(text),
            Piece::Close("c") => self.end_cell(writer),
            _ => {}
        }
    }

    /// Writes a cell, unless it is empty.
    fn end_cell(&mut self, writer: &mut Writer) {
        let text = match self.kind.as_str() {
            "s" => self.value.parse().ok().and_then(|it: usize| self.shared.get(it)).cloned(),
            "str" | "inlineStr" | "e" | "b" => Some(self.value.clone()),
            _ => Some(number(&self.value)),
        };
        let Some(text) = text.filter(|it| !it.trim().is_empty()) else { return };
        if self.row_is_hidden {
            writer.trace(Trace::Rows(self.sheet.to_owned()));
        }
        let column = column(&self.address);
        if self.hidden.iter().any(|(from, to)| (*from..=*to).contains(&column)) {
            writer.trace(Trace::Columns(self.sheet.to_owned()));
        }
        writer.begin(Passage::Cell(self.sheet.to_owned(), self.address.clone()));
        writer.text(if self.in_row { " | " } else { "| " });
        writer.cell(&text);
        self.in_row = true;
    }

    /// Ends a row; the first is the head of the table.
    fn end_row(&mut self, writer: &mut Writer) {
        writer.text(" |\n");
        self.rows += 1;
    }
}

/// The number of a column, counted from one, of the address of a cell: 28 of `AB7`. Zero without
/// letters.
fn column(address: &str) -> u32 {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters.fold(0, |sum, it| sum * 26 + u32::from(it.to_ascii_uppercase() - b'A') + 1)
}

/// A number as a person reads it: all digits of `1.3800001234E+10`.
pub(super) fn number(text: &str) -> String {
    let is_short = !text.contains(['e', 'E']);
    match text.parse::<f64>() {
        Ok(value) if !is_short && value.abs() < 1e18 && value.fract() == 0.0 => {
            format!("{value:.0}")
        }
        _ => text.to_owned(),
    }
}
