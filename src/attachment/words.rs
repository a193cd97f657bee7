//! Documents of Word and WPS (`.docx`).

use crate::attachment::{
    Opaque, Passage, Trace,
    archive::Archive,
    contents::Writer,
    markup::{Piece, attribute, is_on, walk},
    properties,
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
    // How many tables are open: within a row paragraphs do not end lines.
    let (mut rows, mut count, mut is_text) = (0_usize, 0_usize, false);
    let mut begin = |writer: &mut Writer| {
        count += 1;
        writer.end_line();
        writer.begin(passage.cloned().unwrap_or(Passage::Paragraph(count)));
    };
    walk(xml, |piece| match piece {
        Piece::Open("p", _) if rows == 0 => begin(writer),
        Piece::Open("tr", _) => {
            if rows == 0 {
                begin(writer);
                writer.text("| ");
            }
            rows += 1;
        }
        Piece::Close("tr") => {
            rows = rows.saturating_sub(1);
            if rows == 0 {
                writer.end_line();
            }
        }
        Piece::Close("tc") => writer.text(" | "),
        Piece::Close("p") if rows == 0 => writer.end_line(),
        Piece::Open("t" | "delText" | "instrText", _) => is_text = true,
        Piece::Close("t" | "delText" | "instrText") => is_text = false,
        Piece::Open("tab" | "br" | "cr", _) | Piece::Close("p") => writer.text(" "),
        Piece::Open("ins" | "del" | "moveFrom", _) => writer.trace(Trace::Changes),
        Piece::Open("vanish", tag) if is_on(tag, "val") || attribute(tag, "val").is_none() => {
            writer.trace(Trace::Text);
        }
        Piece::Text(text) if is_text => writer.cell(text),
        _ => {}
    })?;
    writer.end_line();
    Ok(())
}
