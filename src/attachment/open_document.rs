//! Documents and workbooks of `LibreOffice` and others (`.odt`, `.ods`).

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use crate::{
    attachment::{
        Opaque, Passage, Trace,
        contents::Writer,
        properties,
        sheets::number,
        table::{Table, address},
    },
    package::{
        archive::Archive,
        markup::{Piece, attribute, walk},
        spans::Spans,
    },
};

/// With fewer characters a document that has pictures is pages that were photographed.
const FEWEST: usize = 30;

/// Reads the contents and properties of a document.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Opaque::Unreadable);
    }
    if archive.names("Object", "").iter().any(|it| it.ends_with("content.xml")) {
        return Err(Opaque::Embedded);
    }
    let xml = archive.required("content.xml")?;
    let mut reader = DocumentReader { hidden: hidden_styles(&xml)?, ..DocumentReader::default() };
    walk(&xml, |piece| reader.take(&piece, writer))?;
    writer.end_line();
    if let Some(styles) = archive.text("styles.xml")? {
        writer.begin(Passage::Margin);
        let mut reader = DocumentReader { is_margin: true, ..DocumentReader::default() };
        walk(&styles, |piece| reader.take(&piece, writer))?;
        writer.end_line();
    }
    if let Some(meta) = archive.text("meta.xml")? {
        properties::read(&meta, writer)?;
    }
    if !archive.names("Pictures/", "").is_empty() && writer.count(FEWEST) < FEWEST {
        return Err(Opaque::Pictures);
    }
    Ok(())
}

/// The styles of sheets that are not shown.
fn hidden_styles(xml: &str) -> Result<HashSet<String>, Opaque> {
    let (mut hidden, mut style) = (HashSet::new(), String::new());
    walk(xml, |piece| match piece {
        Piece::Open("style", tag) => style = attribute(tag, "name").unwrap_or_default(),
        Piece::Open("table-properties", tag)
            if attribute(tag, "display").is_some_and(|it| it == "false") =>
        {
            hidden.insert(style.clone());
        }
        _ => {}
    })?;
    Ok(hidden)
}

/// Where in a document the reading is.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
struct DocumentReader {
    hidden: HashSet<String>,
    /// It is a workbook: the names of its tables are those of sheets.
    is_workbook: bool,
    /// The number of the sheet, if it is one, and whether it is hidden.
    sheet: Option<(usize, bool)>,
    table: Table,
    row: usize,
    column: usize,
    /// How many of the same follow each other: rows, and columns.
    repeated: (usize, usize),
    row_is_hidden: bool,
    /// Hidden columns of the sheet, by number.
    columns: Spans,
    next_column: usize,
    /// The number in the cell, which it may show shorter.
    value: Option<String>,
    paragraphs: usize,
    /// How many paragraphs are open, one in the other.
    open: usize,
    in_comment: bool,
    /// The comments on cells of the row, each on a line.
    comments: String,
    /// All of it stands at the head or foot of pages.
    is_margin: bool,
}

impl DocumentReader {
    fn take(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("spreadsheet", _) => self.is_workbook = true,
            Piece::Open("table", tag) => self.begin_sheet(tag, writer),
            Piece::Close("table") => self.end_sheet(writer),
            Piece::Open("table-column", tag) => self.column_of_sheet(tag),
            Piece::Open("table-row", tag) => {
                self.end_row(writer);
                self.column = 0;
                self.repeated.0 = repeated(tag, "number-rows-repeated");
                self.row += 1;
                self.row_is_hidden = is_collapsed(tag);
            }
            Piece::Close("table-row") => {
                self.row += self.repeated.0 - 1;
                self.end_row(writer);
            }
            Piece::Open("table-cell" | "covered-table-cell", tag) => {
                self.column += 1;
                self.repeated.1 = repeated(tag, "number-columns-repeated");
                self.value = attribute(tag, "value").map(|it| number(&it));
            }
            Piece::Close("table-cell" | "covered-table-cell") => self.end_cell(writer),
            Piece::Open("p" | "h", _) => self.begin(writer),
            Piece::Close("p" | "h") => {
                self.open = self.open.saturating_sub(1);
                if self.sheet.is_none() {
                    writer.end_line();
                }
            }
            Piece::Open("tracked-changes", _) => writer.trace(Trace::Changes),
            Piece::Open("annotation", _) => {
                writer.trace(Trace::Comments);
                self.in_comment = true;
            }
            Piece::Close("annotation") => {
                self.in_comment = false;
                self.comments.push('\n');
            }
            Piece::Open("s" | "tab" | "line-break", _) => writer.text(" "),
            Piece::Text(text) if self.in_comment && self.sheet.is_some() => {
                self.comments.push_str(text);
            }
            Piece::Text(text) if self.open > 0 => writer.cell(text),
            _ => {}
        }
    }

    fn begin_sheet(&mut self, tag: &BytesStart<'_>, writer: &mut Writer) {
        self.end_sheet(writer);
        let is_hidden = attribute(tag, "style-name").is_some_and(|it| self.hidden.contains(&it));
        let name = attribute(tag, "name").unwrap_or_default();
        let sheet =
            if self.is_workbook { writer.begin_sheet(&name) } else { writer.add_sheet(&name) };
        self.sheet = Some((sheet, is_hidden));
        (self.row, self.next_column) = (0, 0);
        self.columns.clear();
    }

    /// Ends a row. Comments on its cells follow it.
    fn end_row(&mut self, writer: &mut Writer) {
        self.table.end_row(writer);
        let comments = std::mem::take(&mut self.comments);
        for comment in comments.lines().filter(|it| !it.is_empty()) {
            writer.begin(Passage::Comment);
            writer.cell(comment);
            writer.end_line();
        }
    }

    fn end_sheet(&mut self, writer: &mut Writer) {
        self.end_row(writer);
        (self.table, self.sheet) = (Table::default(), None);
    }

    fn column_of_sheet(&mut self, tag: &BytesStart<'_>) {
        let from = self.next_column + 1;
        self.next_column += repeated(tag, "number-columns-repeated");
        if is_collapsed(tag) {
            let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
            self.columns.add(number(from), number(self.next_column));
        }
    }

    /// Ends a cell, which may show less than the number that it has, or stand for several.
    fn end_cell(&mut self, writer: &mut Writer) {
        let value = self.value.take().filter(|it| it.len() >= FEWEST_DIGITS);
        if let Some(value) = value {
            if self.table.column() != Some(self.column) {
                self.begin_cell(writer);
            }
            writer.text(" ");
            writer.cell(&value);
        }
        let others = self.repeated.1 - 1;
        if let Some((sheet, _)) = self.sheet
            && self.table.column() == Some(self.column)
        {
            let passage = Passage::Cell(sheet, address(self.column, self.row));
            self.table.repeat(others, &passage, writer);
        }
        self.column += others;
    }

    /// Begins a paragraph, which in a sheet is what a cell shows.
    fn begin(&mut self, writer: &mut Writer) {
        self.open += 1;
        self.paragraphs += 1;
        if self.sheet.is_some() {
            if self.in_comment {
                self.comments.push(' ');
            } else if self.table.column() == Some(self.column) {
                writer.text(" ");
            } else {
                self.begin_cell(writer);
            }
            return;
        }
        if self.sheet.is_none() {
            writer.end_line();
        }
        writer.begin(match (self.in_comment, self.is_margin) {
            (true, _) => Passage::Comment,
            (_, true) => Passage::Margin,
            _ => Passage::Paragraph(self.paragraphs),
        });
    }

    fn begin_cell(&mut self, writer: &mut Writer) {
        let Some((sheet, is_hidden)) = self.sheet else { return };
        if is_hidden {
            writer.trace(Trace::Sheet(sheet));
        }
        if self.row_is_hidden {
            writer.trace(Trace::Rows(sheet));
        }
        if self.columns.contains(u32::try_from(self.column).unwrap_or(u32::MAX)) {
            writer.trace(Trace::Columns(sheet));
        }
        let cell = Passage::Cell(sheet, address(self.column, self.row));
        self.table.begin(self.column, cell, writer);
    }
}

/// A number with fewer digits is that of nobody.
const FEWEST_DIGITS: usize = 7;

/// How often something is repeated. The numbers of empty cells at the end of a sheet are large.
fn repeated(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|it| it.parse().ok()).map_or(1, |it: usize| it.clamp(1, 1 << 24))
}

/// A row or column that is not shown.
fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|it| it == "collapse" || it == "filter")
}
