//! Texts as glyphs: what is read, and the bytes it was written with.

use std::ops::Range;

use crate::{
    scan::markup::{reference_at, tag_at},
    text::{fold::fold, is_han},
};

/// A character in the form in which it is compared, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::disclosure) struct Glyph {
    /// The character.
    pub(in crate::disclosure) ch: char,
    /// A word of Latin letters may begin here: no letter touches it, or it is the capital in `aB`.
    pub(in crate::disclosure) begins: bool,
    /// How many bytes it was written with: those of a character, a reference or an escape.
    length: u8,
    start: u32,
}

impl Glyph {
    /// It is part of a word that is written in letters.
    pub(in crate::disclosure) fn is_letter(self) -> bool {
        self.ch.is_alphabetic() && !is_han(self.ch)
    }

    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    pub(super) fn end(self) -> usize {
        self.start() + usize::from(self.length)
    }
}

/// An annotation (ruby) to what stands before it.
#[derive(Debug)]
pub(super) struct Note {
    /// How many glyphs stand before it.
    pub(super) behind: usize,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// The glyphs of a text.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    /// In the order of the text. Characters that are nothing but form or space have none.
    pub(super) all: Vec<Glyph>,
    /// Annotations, in the order of the text.
    pub(super) notes: Vec<Note>,
    /// Tags, brackets and targets of links: what stays if a name around it goes.
    structure: Vec<Range<usize>>,
    /// Something that the source says has no glyph.
    pub(super) is_partial: bool,
    /// A space or the like stands before the next glyph.
    is_apart: bool,
    /// The last glyph was a small letter.
    is_small: bool,
}

/// Stands between blocks.
const BORDER: char = '\n';

impl Glyphs {
    /// What a page shows of a text.
    pub(super) fn shown(text: &str) -> Self {
        let mut glyphs = Self { all: Vec::with_capacity(text.len() / 2), ..Self::default() };
        let bytes = text.as_bytes();
        let (mut at, mut note) = (0, None);
        while let Some(ch) = text[at..].chars().next() {
            let end = at + ch.len_utf8();
            let before = at;
            at = match ch {
                '<' if let Some(tag) = tag_at(bytes, at) => {
                    glyphs.tag(text, at..tag.end, &mut note);
                    tag.end
                }
                '[' => glyphs.form(at..end),
                '!' if bytes.get(end) == Some(&b'[') => glyphs.form(at..end),
                ']' => glyphs.form(at..end + target(&bytes[end..])),
                '\\' if bytes.get(end).is_some_and(u8::is_ascii_punctuation) => {
                    glyphs.push(char::from(bytes[end]), at..end + 1);
                    end + 1
                }
                ch => glyphs.plain(text, ch, at),
            };
            if note.is_some() {
                // Readers see it above the line.
                glyphs.all.truncate(note_start(&glyphs, note));
            }
            debug_assert!(at > before);
        }
        glyphs.end_note(&mut note, text.len());
        glyphs
    }

    /// What the source of a text says, tags and targets included.
    pub(super) fn written(text: &str) -> Self {
        let mut glyphs = Self { all: Vec::with_capacity(text.len() / 2), ..Self::default() };
        let mut at = 0;
        while let Some(ch) = text[at..].chars().next() {
            at = match ch {
                '%' if let Some((ch, end)) = escape_at(text.as_bytes(), at) => {
                    glyphs.push(ch, at..end);
                    end
                }
                ch => glyphs.plain(text, ch, at),
            };
        }
        glyphs
    }

    /// A character that is no form, or a reference to one. Returns where to go on.
    fn plain(&mut self, text: &str, ch: char, at: usize) -> usize {
        let end = at + ch.len_utf8();
        match ch {
            '&' if let Some((ch, end)) = reference(text.as_bytes(), at) => {
                self.push(ch, at..end);
                return end;
            }
            // Signs of Markdown, and a backslash before none.
            '*' | '~' | '`' | '\\' => {}
            '_' => self.is_apart = true,
            // A name may fill two cells of a table, 姓 and 名. The cells stay.
            '|' => {
                self.is_apart = true;
                self.structure.push(at..end);
            }
            ch => self.push(ch, at..end),
        }
        end
    }

    fn push(&mut self, ch: char, range: Range<usize>) {
        if ch.is_whitespace() {
            self.is_apart = true;
            return;
        }
        let (Ok(start), Ok(length)) = (u32::try_from(range.start), u8::try_from(range.len()))
        else {
            return;
        };
        fold(ch, &mut |ch| {
            let touches = self.all.last().is_some_and(|it| it.is_letter());
            let begins = self.is_apart || !touches;
            self.all.push(Glyph { ch, begins, length, start });
            self.is_apart = false;
        });
        if let Some(last) = self.all.last_mut() {
            last.begins |= ch.is_ascii_uppercase() && self.is_small;
        }
        self.is_small = ch.is_lowercase();
    }

    /// Notes what stays whatever is changed. Returns where to go on.
    fn form(&mut self, range: Range<usize>) -> usize {
        self.is_partial |= range.len() > 1;
        let end = range.end;
        self.structure.push(range);
        end
    }

    /// A tag or comment.
    fn tag(&mut self, text: &str, range: Range<usize>, note: &mut Option<(usize, usize)>) {
        self.is_partial = true;
        let name = text[range.start + 1..range.end].trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name[..length].to_ascii_lowercase();
        self.end_note(note, range.start);
        let begins = !text[range.clone()].starts_with("</");
        if begins && matches!(&*name, "rt" | "rp") {
            *note = Some((self.all.len(), range.end));
        }
        if BLOCKS.contains(&&*name) {
            self.all.push(Glyph {
                ch: BORDER,
                begins: true,
                length: 1,
                start: u32::try_from(range.start).unwrap_or(u32::MAX),
            });
        }
        self.is_apart |= matches!(&*name, "br" | "img");
        self.structure.push(range);
    }

    fn end_note(&mut self, note: &mut Option<(usize, usize)>, end: usize) {
        if let Some((behind, start)) = note.take() {
            self.all.truncate(behind);
            self.notes.push(Note { behind, range: start..end });
        }
    }

    /// What stays of some bytes if a name there goes.
    pub(super) fn structure(&self, of: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let first = self.structure.partition_point(|range| range.start < of.start);
        self.structure[first..].iter().take_while(move |range| range.end <= of.end).cloned()
    }

    /// A sign of Markdown that some bytes have an odd number of times, so that it belongs to one
    /// outside.
    pub(super) fn lone_mark<'t>(&self, text: &'t str, of: Range<usize>) -> Option<&'t str> {
        let mut marks: Vec<&str> = Vec::new();
        let mut at = of.start;
        for range in self.structure(of.clone()).chain(std::iter::once(of.end..of.end)) {
            let piece = text.get(at..range.start).unwrap_or_default();
            let is_sign = |ch: char| matches!(ch, '*' | '~' | '`' | '_');
            for run in piece.split(|ch| !is_sign(ch)).filter(|run| !run.is_empty()) {
                match marks.iter().position(|it| *it == run) {
                    Some(pair) => drop(marks.remove(pair)),
                    None => marks.push(run),
                }
            }
            at = range.end;
        }
        marks.pop()
    }

    /// The glyphs of some bytes.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Glyph] {
        let first = self.all.partition_point(|glyph| glyph.start() < range.start);
        let length = self.all[first..].partition_point(|glyph| glyph.start() < range.end);
        &self.all[first..first + length]
    }
}

fn note_start(glyphs: &Glyphs, note: Option<(usize, usize)>) -> usize {
    note.map_or(glyphs.all.len(), |(behind, _)| behind)
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 32] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "main",
    "aside",
    "hr",
    "blockquote",
    "pre",
    "figure",
    "title",
    "option",
    "body",
];

/// How many bytes the target of a link has that stands behind its words: `(a.md)` or `[name]`.
fn target(bytes: &[u8]) -> usize {
    let close = match bytes.first() {
        Some(b'(') => b')',
        Some(b'[') => b']',
        _ => return 0,
    };
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(LONGEST_TARGET) {
        match byte {
            byte if *byte == bytes[0] => depth += 1,
            byte if *byte == close && depth == 1 => return at + 1,
            byte if *byte == close => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return 0,
            _ => {}
        }
    }
    0
}

/// Longer targets are read as text.
const LONGEST_TARGET: usize = 4096;

/// The character of a reference, and where it ends. Letters with accents count as the letters.
fn reference(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    const ACCENTS: [&[u8]; 12] = [
        b"acute", b"grave", b"circ", b"tilde", b"uml", b"caron", b"cedil", b"ring", b"macr",
        b"slash", b"breve", b"ogon",
    ];
    reference_at(bytes, at).or_else(|| {
        let letter = bytes.get(at + 1).filter(|it| it.is_ascii_alphabetic())?;
        let rest = &bytes[at + 2..];
        let named =
            |accent: &&&[u8]| rest.starts_with(accent) && rest.get(accent.len()) == Some(&b';');
        let accent = ACCENTS.iter().find(named)?;
        Some((char::from(*letter), at + 2 + accent.len() + 1))
    })
}

/// The character of a percent escape, and where it ends; an escape of an escape is read, too.
fn escape_at(bytes: &[u8], start: usize) -> Option<(char, usize)> {
    let mut decoded = [0; 4];
    let mut at = start;
    for length in 1..=4 {
        let (byte, end) = byte_at(bytes, at)?;
        decoded[length - 1] = byte;
        at = end;
        match str::from_utf8(&decoded[..length]) {
            Ok(text) => return Some((text.chars().next()?, at)),
            Err(error) if error.error_len().is_some() => return None,
            Err(_) => {}
        }
    }
    None
}

/// The byte of `%41` or `%2541`, and where it ends.
fn byte_at(bytes: &[u8], start: usize) -> Option<(u8, usize)> {
    let mut at = start + 1;
    (bytes.get(start) == Some(&b'%')).then_some(())?;
    while bytes[at..].starts_with(b"25")
        && bytes.get(at + 2..at + 4).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
    {
        at += 2;
    }
    let digit = |at: usize| bytes.get(at).and_then(|it| char::from(*it).to_digit(16));
    let byte = digit(at)? * 16 + digit(at + 1)?;
    Some((u8::try_from(byte).ok()?, at + 2))
}
