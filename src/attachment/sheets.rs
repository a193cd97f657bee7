//! Workbooks of Excel and WPS (`.xlsx`).

use quick_xml::events::BytesStart;

use std::{cell::RefCell, collections::BTreeSet};

use crate::{
    attachment::{
        Opaque, Passage, Trace,
        contents::Writer,
        properties,
        table::{Table, address, column_of},
        words::refuse_embedded,
    },
    package::{
        archive::Archive,
        markup::{Piece, attribute, is_on, walk},
        relations::sheet_files,
        spans::Spans,
    },
};

/// Reads a workbook: the cells of its sheets row by row, comments and properties.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    let workbook = archive.required("xl/workbook.xml")?;
    refuse_embedded(archive, "xl/embeddings/")?;
    let files = sheet_files(archive)?;
    let shared = match archive.text("xl/sharedStrings.xml")? {
        Some(xml) => SharedTexts::read(&xml)?,
        None => SharedTexts::default(),
    };
    let mut read = Vec::new();
    for sheet in sheets_of(&workbook)? {
        let Some(file) = files.get(&sheet.relation) else { continue };
        let xml = archive.required(file)?;
        let read_sheet = cells(&xml, &sheet.name, &shared, writer)?;
        if sheet.is_hidden && read_sheet.has_data {
            writer.trace(Trace::Sheet(read_sheet.sheet));
        }
        read.push(file.clone());
    }
    // What no relation names may still be read by whoever unfolds the file.
    for file in archive.names("xl/worksheets/", ".xml") {
        if !read.contains(&file) && file.matches('/').count() == 2 {
            cells(&archive.required(&file)?, "?", &shared, writer)?;
        }
    }
    for text in shared.unused() {
        writer.begin(Passage::Elsewhere);
        writer.cell(text);
        writer.end_line();
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
struct ListedSheet {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The sheets of a workbook, in order.
fn sheets_of(xml: &str) -> Result<Vec<ListedSheet>, Opaque> {
    let mut sheets = Vec::new();
    walk(xml, |piece| {
        if let Piece::Open("sheet", tag) = piece {
            let text = |name| attribute(tag, name).unwrap_or_default();
            let is_hidden = text("state").to_lowercase().contains("hidden");
            sheets.push(ListedSheet { name: text("name"), relation: text("id"), is_hidden });
        }
    })?;
    Ok(sheets)
}

/// The texts that cells name by their number. One that no cell names any more is still in the file: what
/// was deleted with a program that keeps its texts.
#[derive(Default)]
struct SharedTexts {
    texts: Vec<String>,
    /// Those that a cell names.
    used: RefCell<BTreeSet<usize>>,
}

impl SharedTexts {
    fn read(xml: &str) -> Result<Self, Opaque> {
        let (mut texts, mut text, mut is_text) = (Vec::new(), String::new(), false);
        walk(xml, |piece| match piece {
            Piece::Open("t", _) => is_text = true,
            Piece::Close("t") => is_text = false,
            Piece::Text(part) if is_text => text.push_str(part),
            Piece::Close("si") => texts.push(std::mem::take(&mut text)),
            _ => {}
        })?;
        Ok(Self { texts, used: RefCell::default() })
    }

    /// The text with that number, for a cell.
    fn of_cell(&self, number: usize) -> Option<String> {
        let text = self.texts.get(number)?;
        self.used.borrow_mut().insert(number);
        Some(text.clone())
    }

    /// The texts that no cell has named so far.
    fn unused(&self) -> impl Iterator<Item = &str> {
        let used = self.used.borrow().clone();
        let unused =
            self.texts.iter().enumerate().filter(move |(number, _)| !used.contains(number));
        unused.map(|(_, text)| text.as_str())
    }
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
fn cells(
    xml: &str,
    name: &str,
    shared: &SharedTexts,
    writer: &mut Writer,
) -> Result<Sheet, Opaque> {
    let sheet = writer.begin_sheet(name);
    let mut reader = SheetReader { sheet, shared: Some(shared), ..SheetReader::default() };
    walk(xml, |piece| reader.take(&piece, writer))?;
    writer.end_line();
    if reader.is_unknown {
        Err(Opaque::Formulas)
    } else {
        Ok(Sheet { sheet, has_data: reader.has_data })
    }
}

/// A sheet that was read.
struct Sheet {
    /// Its number.
    sheet: usize,
    has_data: bool,
}

/// Where in a sheet the reading is.
#[derive(Default)]
struct SheetReader<'s> {
    sheet: usize,
    shared: Option<&'s SharedTexts>,
    hidden: Spans,
    row_is_hidden: bool,
    has_data: bool,
    /// A formula comes to what nobody knows.
    is_unknown: bool,
    table: Table,
    /// The row and column, counted from one.
    row: usize,
    column: usize,
    cell: Cell,
    /// What formulas of the row say in quotes.
    quoted: Vec<(String, String)>,
    part: Option<CellPart>,
}

/// A cell as it is written.
#[derive(Default)]
struct Cell {
    address: String,
    kind: String,
    value: String,
    formula: String,
}

/// What of a cell is read.
#[derive(Clone, Copy)]
enum CellPart {
    Value,
    Formula,
}

impl SheetReader<'_> {
    fn take(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("col", tag) if is_on(tag, "hidden") => {
                let number = |name| attribute(tag, name)?.parse().ok();
                self.hidden.add(number("min").unwrap_or(0), number("max").unwrap_or(0));
            }
            Piece::Open("row", tag) => self.begin_row(tag),
            Piece::Close("row") => self.end_row(writer),
            Piece::Open("c", tag) => self.begin_cell(tag),
            Piece::Open("v" | "t", _) => self.part = Some(CellPart::Value),
            Piece::Open("f", _) => self.part = Some(CellPart::Formula),
            Piece::Close("v" | "t" | "f") => self.part = None,
            Piece::Text(text) => match self.part {
                Some(CellPart::Value) => self.cell.value.push_str(text),
                Some(CellPart::Formula) => self.cell.formula.push_str(text),
                None => {}
            },
            Piece::Close("c") => self.end_cell(writer),
            _ => {}
        }
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) {
        self.row_is_hidden = is_on(tag, "hidden");
        self.row = attribute(tag, "r").and_then(|it| it.parse().ok()).unwrap_or(self.row + 1);
        self.column = 0;
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) {
        let text = |name| attribute(tag, name).unwrap_or_default();
        self.cell = Cell { address: text("r"), kind: text("t"), ..Cell::default() };
        // Some programs leave addresses out: each cell then follows the one before.
        self.column = match column_of(&self.cell.address) {
            0 => self.column + 1,
            column => column,
        };
        if self.cell.address.is_empty() {
            self.cell.address = address(self.column, self.row);
        }
    }

    /// Writes a cell, unless it is empty.
    fn end_cell(&mut self, writer: &mut Writer) {
        let Cell { address, kind, value, formula } = std::mem::take(&mut self.cell);
        self.is_unknown |= value.is_empty() && joins_texts(&formula);
        let quoted = formula.split('"').skip(1).step_by(2).filter(|it| it.chars().count() > 2);
        self.quoted.extend(quoted.map(|it| (address.clone(), it.to_owned())));
        let text = match kind.as_str() {
            "s" => value.parse().ok().and_then(|it| self.shared?.of_cell(it)),
            "str" | "inlineStr" | "e" | "b" => Some(value),
            _ => Some(number(&value)),
        };
        let Some(text) = text.filter(|it| !it.trim().is_empty()) else { return };
        if self.row_is_hidden {
            writer.trace(Trace::Rows(self.sheet));
        }
        if self.hidden.contains(u32::try_from(self.column).unwrap_or_default()) {
            writer.trace(Trace::Columns(self.sheet));
        }
        self.has_data = true;
        self.table.begin(self.column, Passage::Cell(self.sheet, address), writer);
        writer.cell(&text);
    }

    fn end_row(&mut self, writer: &mut Writer) {
        self.table.end_row(writer);
        for (address, text) in self.quoted.drain(..) {
            writer.begin(Passage::Cell(self.sheet, address));
            writer.cell(&text);
            writer.end_line();
        }
    }
}

/// A formula makes texts of others, so that what it comes to need not stand in any cell.
fn joins_texts(formula: &str) -> bool {
    const JOINING: [&str; 13] = [
        "&",
        "[",
        "CONCAT",
        "TEXT",
        "LOOKUP",
        "INDEX",
        "INDIRECT",
        "REPT",
        "MID(",
        "LEFT(",
        "RIGHT(",
        "REPLACE",
        "SUBSTITUTE",
    ];
    let formula = formula.to_ascii_uppercase();
    JOINING.iter().any(|it| formula.contains(it))
}

/// A number as a person reads it: all digits of `1.3800001234E+10` and of `13800001234.0`.
pub(super) fn number(text: &str) -> String {
    if let Some((whole, zeros)) = text.split_once('.')
        && zeros.bytes().all(|it| it == b'0')
    {
        return whole.to_owned();
    }
    let is_short = !text.contains(['e', 'E']);
    match text.parse::<f64>() {
        Ok(value) if !is_short && value.abs() < 1e18 && value.fract() == 0.0 => {
            format!("{value:.0}")
        }
        _ => text.to_owned(),
    }
}
