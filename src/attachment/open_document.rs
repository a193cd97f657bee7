//! Documents and workbooks of `LibreOffice` and others (`.odt`, `.ods`).

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use crate::attachment::{
    Opaque, Passage, Trace,
    archive::Archive,
    contents::Writer,
    markup::{Piece, attribute, walk},
    properties,
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
    /// The sheet, if it is one, and whether it is hidden.
    sheet: Option<(String, bool)>,
    row: usize,
    column: usize,
    /// How many of the same follow each other: rows, and columns.
    repeated: (usize, usize),
    row_is_hidden: bool,
    /// Hidden columns of the sheet, by number.
    columns: Vec<(usize, usize)>,
    next_column: usize,
    paragraphs: usize,
    /// How many paragraphs are open, one in the other.
    open: usize,
    in_comment: bool,
    in_row: bool,
    /// All of it stands at the head or foot of pages.
    is_margin: bool,
}

impl DocumentReader {
    fn take(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("table", tag) => self.begin_sheet(tag),
            Piece::Close("table") => self.sheet = None,
            Piece::Open("table-column", tag) => self.column_of_sheet(tag),
            Piece::Open("table-row", tag) => {
                (self.column, self.in_row) = (0, false);
                self.repeated.0 = repeated(tag, "number-rows-repeated");
                self.row += 1;
                self.row_is_hidden = is_collapsed(tag);
            }
            Piece::Close("table-row") => {
                self.row += self.repeated.0 - 1;
                if self.in_row {
                    writer.text(" |\n");
                }
            }
            Piece::Open("table-cell" | "covered-table-cell", tag) => {
                self.column += 1;
                self.repeated.1 = repeated(tag, "number-columns-repeated");
            }
            Piece::Close("table-cell" | "covered-table-cell") => {
                self.column += self.repeated.1 - 1;
            }
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
            Piece::Close("annotation") => self.in_comment = false,
            Piece::Open("s" | "tab" | "line-break", _) => writer.text(" "),
            Piece::Text(text) if self.open > 0 => writer.cell(text),
            _ => {}
        }
    }

    fn begin_sheet(&mut self, tag: &BytesStart<'_>) {
        let is_hidden = attribute(tag, "style-name").is_some_and(|it| self.hidden.contains(&it));
        self.sheet = Some((attribute(tag, "name").unwrap_or_default(), is_hidden));
        (self.row, self.next_column) = (0, 0);
        self.columns.clear();
    }

    fn column_of_sheet(&mut self, tag: &BytesStart<'_>) {
        let from = self.next_column + 1;
        self.next_column += repeated(tag, "number-columns-repeated");
        if is_collapsed(tag) {
            self.columns.push((from, self.next_column));
        }
    }

    /// Begins a paragraph, which in a sheet is what a cell shows.
    fn begin(&mut self, writer: &mut Writer) {
        self.open += 1;
        self.paragraphs += 1;
        let Some((sheet, is_hidden)) = self.sheet.clone().filter(|_| !self.in_comment) else {
            writer.end_line();
            writer.begin(match (self.in_comment, self.is_margin) {
                (true, _) => Passage::Comment,
                (_, true) => Passage::Margin,
                _ => Passage::Paragraph(self.paragraphs),
            });
            return;
        };
        if is_hidden {
            writer.trace(Trace::Sheet(sheet.clone()));
        }
        if self.row_is_hidden {
            writer.trace(Trace::Rows(sheet.clone()));
        }
        if self.columns.iter().any(|(from, to)| (*from..=*to).contains(&self.column)) {
            writer.trace(Trace::Columns(sheet.clone()));
        }
        writer.begin(Passage::Cell(sheet, format!("{}{}", letters(self.column), self.row)));
        writer.text(if self.in_row { " | " } else { "| " });
        self.in_row = true;
    }
}

/// How often something is repeated. The numbers of empty cells at the end of a sheet are large.
fn repeated(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|it| it.parse().ok()).map_or(1, |it: usize| it.clamp(1, 1 << 24))
}

/// A row or column that is not shown.
fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|it| it == "collapse" || it == "filter")
}

/// The letters of a column, counted from one: `AB` of 28.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let digit = u8::try_from((column - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}
