//! All in a document, whatever its own reader made of it: charts, text boxes, diagrams, pivot tables,
//! properties, alternative texts, headers of sheets, prompts, parts under unusual names.
//!
//! A document is a folder of many files, and any of them may say something. So what no reader asked
//! for is read without knowing what it means: every text in it, and the attributes that have words.
//! Of what a reader did ask for, the attributes are read, and texts that are no contents: what is
//! printed at the edge of a sheet, what a cell accepts, what a field is made from. What is neither XML
//! nor a picture, a font or the like is another file, which nobody looks into.

use crate::{
    attachment::{Opaque, Passage, contents::Writer},
    package::{
        archive::Archive,
        markup::{Piece, walk, words_of},
    },
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
    for (name, size) in archive.files() {
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        let is_settings = name.to_ascii_lowercase().contains("printersettings");
        match extension.as_str() {
            _ if name.ends_with('/') || name == "mimetype" || is_settings => {}
            "xml" | "rels" | "vml" | "rdf" => {
                if !FORMS.iter().any(|form| name.contains(form)) {
                    let was_read = archive.was_read(&name) && !name.starts_with("docProps/");
                    part(&archive.required(&name)?, was_read, writer)?;
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

/// Elements of parts that a reader asks for whose texts it passes over.
const PASSED_OVER: [&str; 11] = [
    "oddHeader",
    "oddFooter",
    "evenHeader",
    "evenFooter",
    "firstHeader",
    "firstFooter",
    "formula",
    "formula1",
    "formula2",
    "definedName",
    "instrText",
];

/// Reads a part: its texts, and the attributes that have words, each on a line. Of one that `was_read`
/// only what its reader passes over.
fn part(xml: &str, was_read: bool, writer: &mut Writer) -> Result<(), Opaque> {
    writer.end_line();
    writer.begin(Passage::Elsewhere);
    let mut is_passed_over = !was_read;
    walk(xml, |piece| match piece {
        Piece::Open(element, tag) => {
            is_passed_over = !was_read || PASSED_OVER.contains(&element);
            // Names of sheets are titles, which the reader knows.
            let is_sheet = was_read && matches!(element, "sheet" | "table");
            for words in words_of(tag).into_iter().filter(|_| !is_sheet) {
                writer.end_line();
                writer.cell(&words);
                writer.end_line();
            }
        }
        Piece::Text(text) if is_passed_over => writer.cell(text),
        // Runs (`r`, `t`) go on in the next one, all else ends.
        Piece::Text(_) | Piece::Close("r" | "t" | "rPr" | "span") => {}
        Piece::Close(_) => {
            is_passed_over = !was_read;
            writer.end_line();
        }
    })?;
    writer.end_line();
    Ok(())
}
