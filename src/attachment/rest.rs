//! All in a document beside what its own reader asks for: charts, text boxes, diagrams, pivot tables,
//! properties, alternative texts, parts under unusual names.
//!
//! A document is a folder of many files, and any of them may say something. So what no reader asked
//! for is read without knowing what it means: every text in it, and the attributes that have words.
//! What is neither XML nor a picture, a font or the like is another file, which nobody looks into.

use crate::attachment::{
    Opaque, Passage,
    archive::Archive,
    contents::Writer,
    markup::{Piece, walk, words_of},
};

/// Files of these kinds say nothing.
const SILENT: [&str; 12] =
    ["odttf", "ttf", "otf", "fntdata", "png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "wdp"];

/// A picture of more bytes may be a page that was photographed; smaller ones are signs and lines.
const LARGEST_SIGN: u64 = 100 << 10;

/// Parts that only say how the document looks.
const FORMS: [&str; 8] = [
    "theme/",
    "styles.xml",
    "settings.xml",
    "fontTable.xml",
    "webSettings.xml",
    "manifest.xml",
    "[Content_Types].xml",
    "slideLayouts/",
];

/// Reads what was not read yet.
///
/// # Errors
///
/// Returns that other files are embedded, or that it has pictures that are large enough for text.
pub(super) fn read(archive: &mut Archive<'_>, writer: &mut Writer) -> Result<(), Opaque> {
    for (name, size) in archive.unread() {
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        let is_settings = name.to_ascii_lowercase().contains("printersettings");
        match extension.as_str() {
            _ if name.ends_with('/') || name == "mimetype" || is_settings => {}
            "xml" | "rels" | "vml" | "rdf" => {
                if !FORMS.iter().any(|form| name.contains(form)) {
                    part(&archive.required(&name)?, writer)?;
                }
            }
            it if SILENT.contains(&it) && !name.to_ascii_lowercase().contains("thumbnail") => {
                if size > LARGEST_SIGN {
                    return Err(Opaque::Pictures);
                }
            }
            _ if name.to_ascii_lowercase().contains("thumbnail") => {}
            _ => return Err(Opaque::Embedded),
        }
    }
    Ok(())
}

/// Reads a part: its texts, and the attributes that have words, each on a line.
fn part(xml: &str, writer: &mut Writer) -> Result<(), Opaque> {
    writer.end_line();
    writer.begin(Passage::Elsewhere);
    walk(xml, |piece| match piece {
        Piece::Open(_, tag) => {
            for words in words_of(tag) {
                writer.end_line();
                writer.cell(&words);
                writer.end_line();
            }
        }
        Piece::Text(text) => writer.cell(text),
        // Runs (`r`, `t`) go on in the next one, all else ends.
        Piece::Close("r" | "t" | "rPr" | "span") => {}
        Piece::Close(_) => writer.end_line(),
    })?;
    writer.end_line();
    Ok(())
}
