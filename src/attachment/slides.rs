//! Slides of `PowerPoint` and WPS (`.pptx`).

use crate::{
    attachment::{
        Opaque, Passage, Trace, contents::Writer, properties, table::Table, words::refuse_embedded,
    },
    package::{
        archive::Archive,
        markup::{Piece, attribute, walk},
    },
};

/// With fewer characters for each, slides are pictures.
const FEWEST: usize = 5;

/// Reads slides, the notes to them, comments and properties.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    archive.required("ppt/presentation.xml")?;
    refuse_embedded(archive, "ppt/embeddings/")?;
    let slides = archive.names("ppt/slides/slide", ".xml");
    for (index, name) in slides.iter().enumerate() {
        let number = index + 1;
        if slide(&archive.required(name)?, &Passage::Slide(number), writer)? {
            writer.trace(Trace::Slide(number));
        }
    }
    for name in archive.names("ppt/notesSlides/", ".xml") {
        slide(&archive.required(&name)?, &Passage::Margin, writer)?;
    }
    for name in archive.names("ppt/comments/", ".xml") {
        slide(&archive.required(&name)?, &Passage::Comment, writer)?;
        writer.trace(Trace::Comments);
    }
    if let Some(core) = archive.text("docProps/core.xml")? {
        properties::read(&core, writer)?;
    }
    let few = FEWEST * slides.len().max(1);
    if !archive.names("ppt/media/", "").is_empty() && writer.count(few) < few {
        return Err(Opaque::Pictures);
    }
    Ok(())
}

/// Reads a slide, which is that part, and returns whether it is hidden.
fn slide(xml: &str, part: &Passage, writer: &mut Writer) -> Result<bool, Opaque> {
    let (mut is_text, mut is_hidden, mut column) = (false, false, 0);
    let mut table = Table::default();
    writer.begin(part.clone());
    walk(xml, |piece| match piece {
        Piece::Open("sld", tag) => {
            is_hidden = attribute(tag, "show").is_some_and(|it| it == "0" || it == "false");
        }
        Piece::Open("t" | "text", _) => is_text = true,
        Piece::Close("t" | "text") => is_text = false,
        Piece::Open("tbl", _) => table = Table::default(),
        Piece::Open("tr", _) => {
            writer.end_line();
            column = 0;
        }
        Piece::Close("tr") => table.end_row(writer),
        Piece::Open("tc", _) => {
            column += 1;
            table.begin(column, part.clone(), writer);
        }
        Piece::Close("p") if table.column().is_none() => writer.end_line(),
        Piece::Close("p") | Piece::Open("br" | "tab", _) => writer.text(" "),
        Piece::Text(text) if is_text => writer.cell(text),
        _ => {}
    })?;
    table.end_row(writer);
    writer.end_line();
    Ok(is_hidden)
}
