//! Text files and tables as text, in UTF-8 or as older programs write Chinese.

use crate::{
    attachment::{Opaque, Passage, contents::Writer},
    text::characters::one_line,
};

/// The most lines that are looked up one by one; what follows counts as the last.
const MOST_LINES: usize = 200_000;

/// Reads a text line by line.
pub(super) fn read(bytes: &[u8], writer: &mut Writer) -> Result<(), Opaque> {
    let text = decode(bytes).ok_or(Opaque::Unreadable)?;
    for (index, line) in text.lines().enumerate() {
        if index < MOST_LINES {
            writer.begin(Passage::Line(index + 1));
        }
        writer.text(&one_line(line));
        writer.text("\n");
    }
    Ok(())
}

/// The text of bytes: UTF-8, UTF-16 with its mark, or GBK. Nothing if they are none of these.
fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let (text, _, is_wrong) = encoding.decode(bytes);
    if !is_wrong {
        return Some(text.into_owned()).filter(|it| !it.contains('\0'));
    }
    let (text, _, is_wrong) = encoding_rs::GBK.decode(bytes);
    (!is_wrong && !text.contains('\0')).then(|| text.into_owned())
}
