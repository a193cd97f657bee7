//! What readers see, one character at a time and in both directions.
//!
//! Full-width forms, dashes, spaces and middle dots come out as their ASCII or commonest twins.
//! Characters without width, and in HTML inline tags, are passed over.
//!
//! | in the source | glyph |
//! | --- | --- |
//! | `１`, `Ａ`, `＠` | `1`, `A`, `@` |
//! | em space, `　`, `&nbsp;` | space |
//! | `–`, `—`, `－` | `-` |
//! | `•`, `・` | `·` |
//! | soft hyphen, zero-width space | none |
//! | `<b>`, `<!-- … -->`, in HTML | none |
//! | `</td>`, in HTML | [`BORDER`] |
//! | a line end in HTML | space |
//! | a byte that is no UTF-8 | U+FFFD |
//!
//! Positions are bytes of the source, so a finding covers what was written, tags inside included.

use crate::{
    scan::{
        finding::DataKind,
        markup::{reference_at, reference_before, tag_at, tag_before},
    },
    text::half_width,
};

/// What separates what stands before it from what stands behind it: a line's end, a block tag.
pub(super) const BORDER: char = '\n';

/// A character and where it stands. `start..end` are the bytes it is written with, a whole
/// reference or tag for example; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub ch: char,
    pub start: usize,
    pub end: usize,
}

/// Bytes, and whether they are HTML. Copied freely: it is a slice and a flag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub bytes: &'a [u8],
    pub is_markup: bool,
}

impl<'a> Source<'a> {
    /// YAML, CSV, Markdown or a file name, in which `<` and `&` are characters like others.
    pub(super) fn plain(bytes: &'a [u8]) -> Self {
        Self { bytes, is_markup: false }
    }

    /// HTML, in which tags and character references are read as a browser does.
    pub(super) fn markup(bytes: &'a [u8]) -> Self {
        Self { bytes, is_markup: true }
    }

    /// The first glyph that begins at `at` or behind it. None at the end. `at` should be the border
    /// of a character: within one, its last bytes come out as U+FFFD. A `<` that begins no tag is a
    /// glyph itself.
    pub(super) fn next(self, mut at: usize) -> Option<Glyph> {
        loop {
            let glyph = self.char_at(at)?;
            match glyph.ch {
                '<' if self.is_markup => match tag_at(self.bytes, at) {
                    Some(tag) if tag.is_inline => at = tag.end,
                    Some(tag) => return Some(Glyph { ch: BORDER, start: at, end: tag.end }),
                    None => return Some(glyph),
                },
                '&' if self.is_markup => {
                    let (ch, end) = reference_at(self.bytes, at).unwrap_or(('&', glyph.end));
                    match fold(ch) {
                        Some(ch) => return Some(Glyph { ch, start: at, end }),
                        None => at = end,
                    }
                }
                ch => match fold(ch) {
                    Some(ch) => return Some(Glyph { ch: self.blank(ch), ..glyph }),
                    None => at = glyph.end,
                },
            }
        }
    }

    /// The last glyph that ends at `at` or before it. The mirror of [`Source::next`]. The two
    /// differ where a tag is broken, or the `;` of a reference is missing.
    pub(super) fn prev(self, mut at: usize) -> Option<Glyph> {
        loop {
            let glyph = self.char_before(at)?;
            match glyph.ch {
                '>' if self.is_markup => match tag_before(self.bytes, at) {
                    Some(tag) if tag.is_inline => at = tag.start,
                    Some(tag) => return Some(Glyph { ch: BORDER, start: tag.start, end: at }),
                    None => return Some(glyph),
                },
                ';' if self.is_markup => {
                    let (ch, start) =
                        reference_before(self.bytes, at).unwrap_or((';', glyph.start));
                    match fold(ch) {
                        Some(ch) => return Some(Glyph { ch, start, end: at }),
                        None => at = start,
                    }
                }
                ch => match fold(ch) {
                    Some(ch) => return Some(Glyph { ch: self.blank(ch), ..glyph }),
                    None => at = glyph.start,
                },
            }
        }
    }

    /// The glyphs from `at` on.
    pub(super) fn forward(self, mut at: usize) -> impl Iterator<Item = Glyph> {
        std::iter::from_fn(move || {
            let glyph = self.next(at)?;
            at = glyph.end;
            Some(glyph)
        })
    }

    /// The glyphs before `at`, the nearest first.
    pub(super) fn backward(self, mut at: usize) -> impl Iterator<Item = Glyph> {
        std::iter::from_fn(move || {
            let glyph = self.prev(at)?;
            at = glyph.start;
            Some(glyph)
        })
    }

    /// Lines of HTML flow together.
    fn blank(self, ch: char) -> char {
        if self.is_markup && matches!(ch, '\n' | '\r' | '\t') { ' ' } else { ch }
    }

    /// The character that begins at `at`, neither folded nor read as markup. None at the end.
    #[inline]
    fn char_at(self, at: usize) -> Option<Glyph> {
        let first = *self.bytes.get(at)?;
        if first < 0x80 {
            return Some(Glyph { ch: char::from(first), start: at, end: at + 1 });
        }
        let broken = Glyph { ch: char::REPLACEMENT_CHARACTER, start: at, end: at + 1 };
        let char =
            decoded(&self.bytes[at..]).map(|(ch, length)| Glyph { ch, end: at + length, ..broken });
        Some(char.unwrap_or(broken))
    }

    /// The character that ends at `at`. At most four bytes are looked at; if they are no character,
    /// the last one is U+FFFD.
    #[inline]
    fn char_before(self, at: usize) -> Option<Glyph> {
        let last = *self.bytes.get(at.checked_sub(1)?)?;
        if last < 0x80 {
            return Some(Glyph { ch: char::from(last), start: at - 1, end: at });
        }
        let broken = Glyph { ch: char::REPLACEMENT_CHARACTER, start: at - 1, end: at };
        let tail = self.bytes[..at].iter().rev().take(4).position(|it| *it & 0xc0 != 0x80);
        let start = at - 1 - tail.unwrap_or(0);
        let char = decoded(&self.bytes[start..at]).filter(|(_, length)| start + length == at);
        Some(char.map_or(broken, |(ch, _)| Glyph { ch, start, end: at }))
    }
}

/// The character that the bytes, which are no ASCII, begin with, and its length. None for what
/// UTF-8 forbids: overlong forms, surrogates, values beyond U+10FFFF, and a character that is cut.
fn decoded(bytes: &[u8]) -> Option<(char, usize)> {
    let (length, shortest) = match bytes[0] {
        0xc2..=0xdf => (2, 0x80),
        0xe0..=0xef => (3, 0x800),
        0xf0..=0xf4 => (4, 0x1_0000),
        _ => return None,
    };
    let mut code = u32::from(bytes[0]) & (0x7f >> length);
    for byte in bytes.get(1..length)? {
        if byte & 0xc0 != 0x80 {
            return None;
        }
        code = code << 6 | u32::from(byte & 0x3f);
    }
    let ch = char::from_u32(code).filter(|_| code >= shortest)?;
    Some((ch, length))
}

/// The commonest twin of a character; nothing for one that has no width. ASCII and Chinese
/// characters, which are nearly all, are decided first.
fn fold(ch: char) -> Option<char> {
    Some(match ch {
        '\0'..='\x7f' | '\u{4e00}'..='\u{9fff}' => ch,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            return None;
        }
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        '•' | '・' | '‧' | '∙' | '⋅' | '･' => '·',
        ch => half_width(ch),
    })
}

/// The characters of a text without markup, as readers see them.
pub(super) fn folded(text: &str) -> Vec<char> {
    text.chars().filter_map(fold).collect()
}

/// A text without what is only the manner of writing: letters and digits alone, in lower case.
pub(super) fn plain(text: &str) -> String {
    let folded = text.chars().filter_map(fold).filter(|it| it.is_alphanumeric());
    folded.flat_map(char::to_lowercase).collect()
}

/// The key of a datum (FNV-1a). `normal` is the datum in its one form: digits alone, capitals for
/// plates, lower case for addresses. The kind goes first, so that a phone and a card of the same
/// digits differ.
pub(super) fn hash(kind: DataKind, normal: impl AsRef<[u8]>) -> u64 {
    let bytes = kind.name().bytes().chain([0]).chain(normal.as_ref().iter().copied());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
