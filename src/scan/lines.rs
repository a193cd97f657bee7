//! A text as lines, with what each is: a heading, a row of a table, an item of a list.
//!
//! Markdown, the HTML in it, and plain text are read alike. Tags and character references are read
//! as in `glyph`; a block tag ends the line, and a cell of an HTML table is one like those between
//! `|`. What stands before the text of a line (`#`, `>`, `-`, `1.`) is no part of it.
//!
//! ```text
//! ## 名单                            a heading of level 2
//! | 王秀英 | 620 |                   a row of two cells
//! <tr><td>王秀英<td>620</tr>         the same
//! 姓名,住址,金额                     a row, if some cell is a label of persons; so are the lines below
//! ```

use std::ops::Range;

use crate::{
    scan::{
        glyph::{Glyph, Source},
        markup::tag_at,
    },
    text::{fold::simplified, is_han},
};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A heading; the title of a notice has level 0.
    Heading(u8),
    /// A row of a table.
    Row,
    /// An item of a list.
    Item,
    /// Any other text.
    Text,
    /// Nothing.
    Blank,
}

/// A line of a text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its characters. Cells of a row are parted by one `|`.
    pub glyphs: Vec<Glyph>,
}

impl Line {
    /// A line of that kind.
    pub(super) fn new(kind: LineKind, glyphs: Vec<Glyph>) -> Self {
        Self { kind, glyphs }
    }

    /// The cells of a row, as ranges of its glyphs without blanks around; of any other line all of
    /// it. Cells at both ends that are empty do not count.
    pub(super) fn cells(&self) -> Vec<Range<usize>> {
        if self.kind != LineKind::Row {
            return vec![self.trimmed(0..self.glyphs.len())];
        }
        let mut cells = Vec::new();
        let mut start = 0;
        for at in 0..=self.glyphs.len() {
            if self.glyphs.get(at).is_none_or(|it| it.ch == '|') {
                cells.push(self.trimmed(start..at));
                start = at + 1;
            }
        }
        if self.glyphs.first().is_some_and(|it| it.ch == '|') {
            cells.remove(0);
        }
        cells
    }

    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let is_blank = |at: usize| matches!(self.glyphs[at].ch, ' ' | '\t' | '\r' | '*' | '_');
        while range.start < range.end && is_blank(range.start) {
            range.start += 1;
        }
        while range.start < range.end && is_blank(range.end - 1) {
            range.end -= 1;
        }
        range
    }

    /// The characters of a range, in their simplified forms.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        chars_of(&self.glyphs[range]).into_iter().collect()
    }
}

/// The lines of a text, in its order. `range` is the part of the text that is read; places are
/// those of the whole text.
pub(super) fn lines(text: &str, range: Range<usize>) -> Vec<Line> {
    let source = Source::markup(&text.as_bytes()[..range.end]);
    let mut lines = Vec::new();
    let mut line = Line::new(LineKind::Text, Vec::new());
    let mut at = range.start;
    while let Some(byte) = source.bytes.get(at) {
        match byte {
            b'\n' => {
                finish(&mut line, &mut lines);
                at += 1;
            }
            b'<' => match tag_at(source.bytes, at) {
                Some(tag) => {
                    if !tag.is_inline {
                        block(&source.bytes[at..tag.end], at, &mut line, &mut lines);
                    }
                    at = tag.end;
                }
                None => at += 1,
            },
            _ => {
                let Some(glyph) = source.next(at) else { break };
                // Only what has no width lies between, and tags behind it, which are looked at.
                let end =
                    source.bytes[at..glyph.end].iter().position(|it| matches!(it, b'\n' | b'<'));
                match end {
                    Some(end) if end > 0 && glyph.start > at => at += end,
                    _ => {
                        line.glyphs.push(glyph);
                        at = glyph.end;
                    }
                }
            }
        }
    }
    finish(&mut line, &mut lines);
    lines
}

/// What a block tag makes of the line: a cell goes on in it, all others end it.
fn block(tag: &[u8], at: usize, line: &mut Line, lines: &mut Vec<Line>) {
    let is_end = tag.get(1) == Some(&b'/');
    let name = &tag[if is_end { 2 } else { 1 }..];
    let length = name.iter().position(|it| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is = |other: &str| name[..length].eq_ignore_ascii_case(other.as_bytes());
    let end = at + tag.len();
    if is("td") || is("th") {
        if !is_end {
            line.kind = LineKind::Row;
            line.glyphs.push(Glyph { ch: '|', start: at, end });
        }
        return;
    }
    if is("img") {
        line.glyphs.push(Glyph { ch: ' ', start: at, end });
        return;
    }
    finish(line, lines);
    if is_end {
        return;
    }
    if is("li") {
        line.kind = LineKind::Item;
    } else if let [b'h' | b'H', level @ b'1'..=b'6'] = name[..length] {
        line.kind = LineKind::Heading(level - b'0');
    }
}

/// Ends a line, and begins the next.
fn finish(line: &mut Line, lines: &mut Vec<Line>) {
    let mut done = std::mem::replace(line, Line::new(LineKind::Text, Vec::new()));
    let length = done.glyphs.iter().rposition(|it| !it.ch.is_whitespace()).map_or(0, |it| it + 1);
    done.glyphs.truncate(length);
    if done.kind == LineKind::Text {
        strip_marks(&mut done);
    }
    if done.glyphs.iter().any(|it| is_emphasis(it.ch)) {
        drop_emphasis(&mut done.glyphs);
    }
    if done.glyphs.is_empty() {
        done.kind = LineKind::Blank;
    }
    lines.push(done);
}

fn is_emphasis(ch: char) -> bool {
    matches!(ch, '*' | '_')
}

/// Takes away marks of emphasis around Chinese characters, in a word that readers see as one:
/// `患*白血*病`. Masks stay: they have no partner (`王**，`), or a word for another name lies between
/// (`王**和李**`).
fn drop_emphasis(glyphs: &mut Vec<Glyph>) {
    let mut kept = Vec::with_capacity(glyphs.len());
    let mut rest = &glyphs[..];
    loop {
        let plain = rest.iter().take_while(|it| !is_emphasis(it.ch)).count();
        kept.extend_from_slice(&rest[..plain]);
        rest = &rest[plain..];
        let Some(first) = rest.first() else { break };
        let run = rest.iter().take_while(|it| it.ch == first.ch).count();
        let (mark, behind) = rest.split_at(run);
        let (words, behind) = behind.split_at(behind.iter().take_while(|it| is_han(it.ch)).count());
        let is_other = |it: &Glyph| matches!(it.ch, '和' | '与' | '及' | '同' | '跟');
        let closing = behind.iter().take_while(|it| it.ch == first.ch).count();
        if words.first().is_some_and(|it| !is_other(it)) && closing == run {
            kept.extend_from_slice(words);
            rest = &behind[closing..];
        } else {
            kept.extend_from_slice(mark);
            rest = &rest[run..];
        }
    }
    *glyphs = kept;
}

/// Finds out by its first characters what a line of Markdown is, and takes them away.
fn strip_marks(line: &mut Line) {
    let is_text = |it: &Glyph| !matches!(it.ch, ' ' | '\t' | '>');
    let mut at = line.glyphs.iter().position(is_text).unwrap_or(line.glyphs.len());
    // No mark is longer: `（十一）`, `######`.
    let begin = chars_of(&line.glyphs[at..line.glyphs.len().min(at + 8)]);
    let rest = &begin[..];
    let level = rest.iter().take_while(|it| **it == '#').count();
    if (1..=6).contains(&level) && rest.get(level).is_some_and(|it| *it == ' ') {
        line.kind = LineKind::Heading(u8::try_from(level).unwrap_or(6));
        at += level + 1;
    } else if let Some(length) = mark_of_item(rest) {
        line.kind = LineKind::Item;
        at += length;
    }
    if line.glyphs[at..].iter().any(|it| it.ch == '|') {
        line.kind = LineKind::Row;
    }
    while line.glyphs.get(at).is_some_and(|it| it.ch.is_whitespace()) {
        at += 1;
    }
    line.glyphs.drain(..at);
}

/// The length of what marks an item of a list: `- `, `1. `, `1、`, `（一）`, `①`.
fn mark_of_item(chars: &[char]) -> Option<usize> {
    let is_number = |it: &&char| it.is_ascii_digit() || "一二三四五六七八九十".contains(**it);
    match chars {
        ['-' | '*' | '+' | '·', ' ', ..] => Some(2),
        ['①'..='⑳', ..] => Some(1),
        ['(', rest @ ..] => {
            let digits = rest.iter().take_while(is_number).count();
            ((1..=3).contains(&digits) && rest.get(digits) == Some(&')')).then_some(digits + 2)
        }
        _ => {
            let digits = chars.iter().take_while(is_number).count();
            let sign = chars.get(digits)?;
            let is_sign = matches!(sign, '、' | ')')
                || *sign == '.' && chars.get(digits + 1).is_none_or(|it| !it.is_ascii_digit());
            ((1..=3).contains(&digits) && is_sign).then_some(digits + 1)
        }
    }
}

/// The characters of glyphs, in their simplified forms: all words that they are compared with are
/// written so.
pub(super) fn chars_of(glyphs: &[Glyph]) -> Vec<char> {
    glyphs.iter().map(|it| simplified(it.ch)).collect()
}
