//! Documents of Word and WPS (`.docx`).

use crate::{
    attachment::{Opaque, Passage, Trace, contents::Writer, properties, table::Table},
    package::{
        archive::Archive,
        markup::{Piece, attribute, is_on, walk},
    },
};

/// With fewer characters a document that has pictures is pages that were photographed.
const FEWEST: usize = 30;

/// Reads a document: its paragraphs and tables, what stands beside them, comments and properties.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    let body = archive.required("word/document.xml")?;
    refuse_embedded(archive, "word/embeddings/")?;
    paragraphs(&body, writer, None)?;
    for part in ["header", "footer", "footnotes", "endnotes"] {
        for name in archive.names(&format!("word/{part}"), ".xml") {
            paragraphs(&archive.required(&name)?, writer, Some(&Passage::Margin))?;
        }
    }
    if let Some(comments) = archive.text("word/comments.xml")? {
        let before = writer.count(usize::MAX);
        paragraphs(&comments, writer, Some(&Passage::Comment))?;
        if writer.count(usize::MAX) > before {
            writer.trace(Trace::Comments);
        }
    }
    if let Some(core) = archive.text("docProps/core.xml")? {
        properties::read(&core, writer)?;
    }
    let has_pictures = !archive.names("word/media/", "").is_empty();
    if has_pictures && writer.count(FEWEST) < FEWEST {
        return Err(Opaque::Pictures);
    }
    Ok(())
}

/// A document with other files in it is not looked into.
pub(super) fn refuse_embedded(archive: &Archive<'_>, folder: &str) -> Result<(), Opaque> {
    if archive.names(folder, "").is_empty() { Ok(()) } else { Err(Opaque::Embedded) }
}

/// Reads paragraphs and tables. They are counted, unless all of them are one `passage`.
fn paragraphs(xml: &str, writer: &mut Writer, passage: Option<&Passage>) -> Result<(), Opaque> {
    let mut reader = DocumentReader { passage, ..DocumentReader::default() };
    walk(xml, |piece| reader.take(&piece, writer))?;
    writer.end_line();
    Ok(())
}

/// Where in a document the reading is.
#[derive(Default)]
struct DocumentReader<'p> {
    /// What all of it is, if that is one part.
    passage: Option<&'p Passage>,
    /// How many paragraphs and rows there were.
    count: usize,
    /// How many rows are open: within one paragraphs do not end lines.
    rows: usize,
    table: Table,
    column: usize,
    /// In how many columns the cell stands.
    width: usize,
    is_text: bool,
}

impl DocumentReader<'_> {
    fn take(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("tbl", _) if self.rows == 0 => self.table = Table::default(),
            Piece::Open("tr" | "tc", _) | Piece::Close("tr" | "tc") => self.row(piece, writer),
            Piece::Open("gridSpan", tag) if self.rows == 1 => {
                let width = attribute(tag, "val").and_then(|it| it.parse().ok());
                self.width = width.unwrap_or(1).clamp(1, 64);
            }
            Piece::Open("p", _) if self.rows == 0 => self.begin(writer),
            Piece::Close("p") if self.rows == 0 => writer.end_line(),
            Piece::Open("t" | "delText" | "instrText", _) => self.is_text = true,
            Piece::Close("t" | "delText" | "instrText") => self.is_text = false,
            Piece::Open("tab" | "br" | "cr", _) | Piece::Close("p") => writer.text(" "),
            Piece::Open("ins" | "del" | "moveFrom", _) => writer.trace(Trace::Changes),
            Piece::Open("vanish", tag) if is_on(tag, "val") || attribute(tag, "val").is_none() => {
                writer.trace(Trace::Text);
            }
            Piece::Text(text) if self.is_text => writer.cell(text),
            _ => {}
        }
    }

    /// Begins and ends rows and cells. Those of a table within a cell are text of that cell.
    fn row(&mut self, piece: &Piece<'_>, writer: &mut Writer) {
        match piece {
            Piece::Open("tr", _) => {
                if self.rows == 0 {
                    self.begin(writer);
                    (self.column, self.width) = (0, 1);
                }
                self.rows += 1;
            }
            Piece::Close("tr") => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.table.end_row(writer);
                }
            }
            Piece::Open("tc", _) if self.rows == 1 => {
                self.column += std::mem::replace(&mut self.width, 1);
                self.table.begin(self.column, self.part(), writer);
            }
            _ if self.rows > 1 => writer.text(" "),
            _ => {}
        }
    }

    /// Begins a paragraph or a row.
    fn begin(&mut self, writer: &mut Writer) {
        self.count += 1;
        writer.end_line();
        writer.begin(self.part());
    }

    fn part(&self) -> Passage {
        self.passage.cloned().unwrap_or(Passage::Paragraph(self.count))
    }
}
