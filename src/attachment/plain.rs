//! Text files and tables as text, in UTF-8 or as older programs write Chinese.
//!
//! | bytes | read as |
//! | --- | --- |
//! | with the mark of an encoding | that |
//! | with zeros | UTF-16, if it is that of words |
//! | UTF-8 | that |
//! | nearly all pairs are characters in use on the mainland | GB 18030 |
//! | nearly all are in the range of Big5 | that |
//! | any others | nothing: names in it could not be found |

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    attachment::{Opaque, Passage, contents::Writer, table::Table},
    text::{characters::one_line, is_han},
};

/// The most lines that are looked up one by one; what follows counts as the last.
const MOST_LINES: usize = 200_000;

/// Reads a text line by line.
pub(super) fn lines(bytes: &[u8], writer: &mut Writer) -> Result<(), Opaque> {
    write_lines(&decode(bytes)?, writer);
    Ok(())
}

/// Reads a table as text, row by row; line by line if it is none.
pub(super) fn rows(bytes: &[u8], writer: &mut Writer) -> Result<(), Opaque> {
    let text = decode(bytes)?;
    let Some(delimiter) = delimiter(&text) else {
        write_lines(&text, writer);
        return Ok(());
    };
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    let mut reader = reader.from_reader(text.as_bytes());
    let (mut record, mut table) = (ByteRecord::new(), Table::default());
    while reader.read_byte_record(&mut record).map_err(|_| Opaque::Unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(MOST_LINES).min(MOST_LINES);
        for (index, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            table.begin(index + 1, Passage::Line(line), writer);
            writer.cell(&String::from_utf8_lossy(cell));
        }
        table.end_row(writer);
    }
    Ok(())
}

/// What parts the cells of a table: the sign that the first line with any has most. Nothing if no
/// line has one.
fn delimiter(text: &str) -> Option<u8> {
    text.lines().find_map(|line| {
        let count = |sign: &u8| line.bytes().filter(|it| it == sign).count();
        b",;\t".iter().copied().filter(|sign| count(sign) > 0).max_by_key(count)
    })
}

/// Writes a text line by line.
pub(super) fn write_lines(text: &str, writer: &mut Writer) {
    for (index, line) in text.lines().enumerate() {
        if index < MOST_LINES {
            writer.begin(Passage::Line(index + 1));
        }
        writer.text(&one_line(line));
        writer.text("\n");
    }
}

/// The text of bytes.
fn decode(bytes: &[u8]) -> Result<String, Opaque> {
    if is_disguised(bytes) {
        return Err(Opaque::Disguised);
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| guessed(bytes)).ok_or(Opaque::Encoding)?;
    let (text, _, is_wrong) = encoding.decode(bytes);
    if is_wrong || text.contains('\0') {
        return Err(if marked.is_some() { Opaque::Unreadable } else { Opaque::Encoding });
    }
    Ok(text.into_owned())
}

/// The encoding of bytes without a mark.
fn guessed(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.contains(&0) {
        return [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_of_words(encoding, bytes));
    }
    if str::from_utf8(bytes).is_ok() {
        return Some(UTF_8);
    }
    let is_mainland =
        |[lead, trail]: [u8; 2]| matches!(lead, 0xa1..=0xa9 | 0xb0..=0xf7) && trail >= 0xa1;
    let is_traditional = |[lead, _]: [u8; 2]| matches!(lead, 0xa1..=0xc6);
    if is_mostly(bytes, 85, is_mainland) {
        return Some(GB18030);
    }
    is_mostly(bytes, 90, is_traditional).then_some(BIG5)
}

/// At least so many of a hundred pairs of bytes beyond ASCII are such.
fn is_mostly(bytes: &[u8], percent: usize, is_such: impl Fn([u8; 2]) -> bool) -> bool {
    let (mut all, mut such, mut at) = (0_usize, 0_usize, 0);
    while let Some(&lead) = bytes.get(at) {
        at += 1;
        if lead.is_ascii() {
            continue;
        }
        let trail = bytes.get(at).copied().unwrap_or_default();
        at += 1;
        all += 1;
        such += usize::from(is_such([lead, trail]));
    }
    such * 100 >= all * percent
}

/// In that encoding bytes are text as people write it: Chinese, letters, digits and signs.
fn is_of_words(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _, is_wrong) = encoding.decode(bytes);
    let is_word = |it: &char| {
        is_han(*it)
            || matches!(it, ' '..='~' | '\n' | '\r' | '\t' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    let all = text.chars().count();
    !is_wrong && text.chars().filter(is_word).count() * 100 >= all * 95
}

/// Bytes that begin as a document, an archive or a page does: their text is not what they say.
fn is_disguised(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 8] = [
        b"{\\rtf",
        b"%PDF",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"<!DOCTYPE",
        b"<html",
        b"<?xml",
        b"MIME-Version",
    ];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &&[u8]| {
        bytes.get(..with.len()).is_some_and(|first| first.eq_ignore_ascii_case(with))
    };
    BEGINNINGS.iter().any(begins)
}
