//! A file's bytes as text.
//!
//! | bytes | result |
//! | --- | --- |
//! | none, or only blanks | a warning, and no text |
//! | UTF-8, with or without byte order mark | text, without the mark |
//! | GBK in a `.csv` file | text |
//! | GBK elsewhere | an error at the first character, which quotes the line as GBK |
//! | UTF-16 with its byte order mark | an error, also in a `.csv` file |
//! | any other | an error at the first byte that is not UTF-8 |
//! | more than [`MAX_FILE`] | an error |
//! | characters that nobody sees, addresses with a password | an error for each (`guard.rs`) |
//!
//! GBK is accepted only where people cannot choose: Excel and WPS write CSV so on a Chinese
//! Windows, while editors of YAML can be told. Line ends stay as they are, `\r\n` too.

use std::io;

use encoding_rs::{GBK, UTF_8};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    source::{
        SitePath, Span, Text, World,
        folder::unreadable,
        guard,
        refused::{self, MAX_FILE},
        workbook, yaml,
    },
};

/// Reads a text file: UTF-8 with or without byte order mark; in CSV also GBK, which Excel and WPS
/// write on a Chinese Windows. A file with nothing in it is a warning.
///
/// Without text, what went wrong is in the diagnostics: a file that is not there or may not be read
/// is an error as well. The path of a sheet is that of a table in a workbook.
pub fn read(world: &dyn World, path: &SitePath) -> Checked<Option<Text>> {
    if path.sheet().is_some() {
        return workbook::text(world, path);
    }
    text_of(path, world.read(path, MAX_FILE + 1))
}

/// The same, for a file that need not be there: of no file there is no text, and nothing to report.
pub fn read_if_there(world: &dyn World, path: &SitePath) -> Checked<Option<Text>> {
    match world.read(path, MAX_FILE + 1) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::clean(None),
        read => text_of(path, read),
    }
}

/// What was read, as text. One byte more than allowed is read, which shows that a file is too large
/// without reading all of it.
fn text_of(path: &SitePath, read: io::Result<Vec<u8>>) -> Checked<Option<Text>> {
    let read = read.map_err(|error| Box::new(unreadable(path, &error)));
    match read.and_then(|bytes| decode(path, bytes)) {
        Ok(text) if text.content.trim().is_empty() => {
            Checked { value: None, diagnostics: vec![refused::empty(path)] }
        }
        Ok(text) => match guard::check(&text) {
            found if found.is_empty() => Checked::clean(Some(text)),
            found => Checked { value: None, diagnostics: found },
        },
        Err(diagnostic) => Checked { value: None, diagnostics: vec![*diagnostic] },
    }
}

/// The YAML of a whole file. A file with nothing in it but comments is as empty as any.
pub fn read_yaml(text: &Text) -> Checked<Option<yaml::Node<'_>>> {
    let mut read = yaml::parse(text, 0..text.content.len());
    if read.value.is_none() && read.diagnostics.is_empty() {
        read.diagnostics.push(refused::empty(&text.path));
    }
    read
}

/// The text of a file, without a byte order mark.
fn decode(path: &SitePath, mut bytes: Vec<u8>) -> Result<Text, Box<Diagnostic>> {
    if bytes.len() as u64 > MAX_FILE {
        return Err(Box::new(refused::too_large(path)));
    }
    if let Some(kind) = spreadsheet(&bytes) {
        let diagnostic = Diagnostic::error(Code::SpreadsheetFile, Location::file(path.clone()))
            .arg("kind", kind)
            .help("save");
        return Err(Box::new(diagnostic));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    // Every byte of a portal is checked here, which this does with wide registers.
    if let Some(content) = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        return Ok(Text { path: path.clone(), content: content.into_owned() });
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let gbk = GBK.decode_without_bom_handling_and_without_replacement(&bytes);
    match gbk {
        Some(content) if !utf16 && path.has_extension("csv") => {
            Ok(Text { path: path.clone(), content: content.into_owned() })
        }
        _ if utf16 => Err(Box::new(bad_encoding(Location::file(path.clone()), "UTF-16", "utf16"))),
        gbk => Err(Box::new(not_utf8(path, &bytes, gbk.is_some()))),
    }
}

/// The kind of office file that has another name: a packed one, or one of old programs.
fn spreadsheet(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some("xlsx"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("xls"),
        _ => None,
    }
}

/// The diagnostic of a file that is not UTF-8, at the first byte that is none. What follows it is
/// shown as GBK if it may be that, so that the reader recognises the line.
fn not_utf8(path: &SitePath, bytes: &[u8], gbk: bool) -> Diagnostic {
    let valid = std::str::from_utf8(bytes).map_or_else(|it| it.valid_up_to(), str::len);
    let (start, rest) = bytes.split_at(valid);
    let rest = if gbk { GBK.decode(rest).0 } else { String::from_utf8_lossy(rest) };
    let content = String::from_utf8_lossy(start) + rest;
    let text = Text { path: path.clone(), content: content.into_owned() };
    let location = text.locate(Span::new(valid, valid));
    bad_encoding(location, if gbk { "GBK (ANSI)" } else { "" }, "utf8")
}

/// The diagnostic of a file in another encoding than UTF-8, which is named if it was recognised.
fn bad_encoding(location: Location, encoding: &str, help: &'static str) -> Diagnostic {
    Diagnostic::error(Code::BadEncoding, location).arg("encoding", encoding).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    fn check(path: &str, bytes: &[u8]) -> Result<String, Code> {
        let read = read(&MemoryWorld::new([(path, bytes)]), &SitePath::new(path));
        match read.value {
            Some(text) => Ok(text.content),
            None => Err(read.diagnostics[0].code),
        }
    }

    #[test]
    fn encodings() {
        assert_eq!(check("a.yaml", "\u{feff}名称: 甲".as_bytes()), Ok("名称: 甲".to_owned()));
        let gbk = b"\xc8\xd5\xc6\xda,1";
        assert_eq!(check("a.csv", gbk), Ok("日期,1".to_owned()));
        assert_eq!(check("a.yaml", gbk), Err(Code::BadEncoding));
        assert_eq!(check("a.csv", b"\xff\xfea\0"), Err(Code::BadEncoding));
        assert_eq!(check("a.csv", b"\x81"), Err(Code::BadEncoding));
        assert_eq!(check("a.yaml", b" \n"), Err(Code::EmptyFile));
    }
}
