//! A text as readers see it, and where each part of it stands in its source.
//!
//! | in the source | seen |
//! | --- | --- |
//! | `登**录**`, `登<b>录</b>`, `` 登`录` `` | `登录` |
//! | `[登录](login.md)`, `![登录](login.png)` | `登录` |
//! | `<img alt="登录">` | `登录`, apart from what stands around it |
//! | a line's end between Chinese characters | nothing, as in a paragraph of Markdown |
//! | any other line's end within a paragraph | a space |
//! | a blank line, a block of HTML | a line's end |
//! | `ＡＰＰ`, characters without width | `APP`, nothing |
//!
//! It is made once for each text that is searched for words, so what most texts are made of is copied
//! without a look at each character.

use std::ops::Range;

use memchr::{memchr, memmem};

use crate::scan::{
    glyph::{BORDER, Source},
    markup::tag_at,
};

/// What the ends of lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// The text goes on behind them, unless a blank line follows.
    Join,
    /// They end a paragraph or a row.
    Part,
}

/// A text as readers see it.
#[derive(Debug)]
pub(super) struct Shown {
    /// What they see.
    pub(super) text: String,
    /// Where parts begin in it, and in the source: from there on both go on alike.
    places: Vec<(usize, usize)>,
}

impl Shown {
    /// What readers see of a part of a source.
    pub(super) fn of(source: &str, range: Range<usize>, ends: LineEnds) -> Self {
        let shown = Self { text: String::with_capacity(range.len()), places: Vec::new() };
        let bytes = &source.as_bytes()[..range.end];
        let mut writer = Writer { source: Source::markup(bytes), text: source, ends, shown };
        writer.write(range);
        writer.shown
    }

    /// The part of the source that a part of the text is written with.
    pub(super) fn in_source(&self, range: Range<usize>, source: &str) -> Range<usize> {
        let last = self.text[range.clone()].chars().next_back().map_or(0, char::len_utf8);
        let at = self.place(range.end - last);
        let length = source[at..].chars().next().map_or(0, char::len_utf8);
        self.place(range.start)..at + length
    }

    fn place(&self, byte: usize) -> usize {
        let after = self.places.partition_point(|(start, _)| *start <= byte);
        let (start, place) = after.checked_sub(1).map_or((0, 0), |it| self.places[it]);
        place + byte - start
    }
}

/// The longest target of a link that is passed over; a longer one is text.
const LONGEST_TARGET: usize = 4096;

struct Writer<'s> {
    source: Source<'s>,
    text: &'s str,
    ends: LineEnds,
    shown: Shown,
}

impl Writer<'_> {
    fn write(&mut self, range: Range<usize>) {
        let mut at = range.start;
        self.mark(at);
        while at < range.end {
            let plain = plain_length(&self.source.bytes[at..]);
            self.shown.text.push_str(&self.text[at..at + plain]);
            at += plain;
            if at < range.end {
                at = self.sign(at);
            }
        }
    }

    /// Notes that the text goes on at that place of the source.
    fn mark(&mut self, at: usize) {
        let length = self.shown.text.len();
        if let Some((start, place)) = self.shown.places.last().copied() {
            if start == length {
                self.shown.places.pop();
            } else if at - place == length - start {
                return;
            }
        }
        self.shown.places.push((length, at));
    }

    /// Reads what may be no plain character, and returns where it ends.
    fn sign(&mut self, at: usize) -> usize {
        let bytes = self.source.bytes;
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let end = match bytes[at] {
            b'*' | b'_' | b'~' | b'`' | b'[' => at + 1,
            b'!' if next == b'[' => at + 2,
            b'\\' if next.is_ascii_punctuation() => {
                self.mark(at + 1);
                self.shown.text.push(char::from(next));
                at + 2
            }
            b']' => self.target_end(at),
            b'\n' | b'\r' => self.line_end(at),
            b'<' => match tag_at(bytes, at) {
                Some(tag) if tag.is_inline => tag.end,
                Some(tag) => self.block(at..tag.end),
                None => self.glyph(at),
            },
            _ => self.glyph(at),
        };
        self.mark(end);
        end
    }

    /// Adds the character that readers see next.
    fn glyph(&mut self, at: usize) -> usize {
        let Some(glyph) = self.source.next(at) else { return self.source.bytes.len() };
        // Tags are looked at one by one, for what they say of themselves.
        let between = self.source.bytes[at..glyph.start.max(at)].iter().position(|it| *it == b'<');
        if let Some(tag) = between.filter(|it| *it > 0) {
            return at + tag;
        }
        self.mark(glyph.start);
        self.shown.text.push(glyph.ch);
        glyph.end
    }

    /// Behind a bracket that ends the words of a link, and its target. A bracket without a target is
    /// passed over alone.
    fn target_end(&self, at: usize) -> usize {
        let rest = &self.source.bytes[at + 1..];
        let rest = &rest[..rest.len().min(LONGEST_TARGET)];
        if rest.first() != Some(&b'(') {
            return at + 1;
        }
        let mut open = 0_usize;
        for (index, byte) in rest.iter().enumerate() {
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\n' => break,
                _ => {}
            }
            if open == 0 {
                return at + index + 2;
            }
        }
        at + 1
    }

    /// What the end of a line is, with the blanks and marks of quotations behind it.
    fn line_end(&mut self, at: usize) -> usize {
        let rest = &self.source.bytes[at..];
        let blank = rest.iter().take_while(|it| matches!(it, b'\n' | b'\r' | b' ' | b'\t' | b'>'));
        let length = blank.count();
        let lines = memchr::memchr_iter(b'\n', &rest[..length]).count();
        let words = self.shown.text.trim_end_matches([' ', '\t']).len();
        self.shown.text.truncate(words);
        while self.shown.places.pop_if(|(start, _)| *start > words).is_some() {}
        let is_wide = |it: Option<&u8>| it.is_some_and(|it| !it.is_ascii());
        let joins = is_wide(self.shown.text.as_bytes().last()) && is_wide(rest.get(length));
        if self.ends == LineEnds::Part || lines > 1 {
            self.border(at);
        } else if !joins {
            self.mark(at);
            self.shown.text.push(' ');
        }
        at + length
    }

    fn border(&mut self, at: usize) {
        self.mark(at);
        self.shown.text.push(BORDER);
    }

    /// A block of HTML, which ends what stands before it. The description of an image is a text of
    /// its own.
    fn block(&mut self, tag: Range<usize>) -> usize {
        self.border(tag.start);
        let html = &self.source.bytes[tag.clone()];
        let alt = memmem::find(html, b" alt=\"").map(|it| it + b" alt=\"".len());
        let alt = alt.and_then(|start| Some(start..start + memchr(b'"', &html[start..])?));
        if let Some(alt) = alt {
            self.mark(tag.start + alt.start);
            self.shown.text.push_str(&self.text[tag.start + alt.start..tag.start + alt.end]);
            self.border(tag.start + alt.end);
        }
        tag.end
    }
}

/// The bytes of characters that are seen as they are written: letters, digits, and from U+4000 to
/// U+9FFF. Of other characters the first byte is none of these.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_sign = matches!(byte, 0x20 | 0x22 | 0x2c | 0x2d | 0x3a);
        let is_letter = matches!(byte, 0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a);
        plain[byte] = is_sign || is_letter || matches!(byte, 0x80..=0xbf | 0xe4..=0xe9);
        byte += 1;
    }
    plain
};

/// How many bytes are seen as they are written, `、` and `。` among them, which most sentences have.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        at += rest.iter().position(|it| !PLAIN[usize::from(*it)]).unwrap_or(rest.len());
        match bytes[at..] {
            [0xe3, 0x80, 0x81 | 0x82, ..] => at += 3,
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(Shown::of(source, 0..source.len(), LineEnds::Join).text, expected);
    }

    #[test]
    fn is_what_readers_see() {
        check("登**录**", "登录");
        check("登<b>录</b>&nbsp;<!-- x -->甲", "登录 甲");
        check("`登`~~录~~_甲_\\*\\\\", "登录甲*\\");
        check("[登](a(1).md)录 ![门](x.jpg)", "登录 门");
        check("[甲] (乙) ](", "甲 (乙) (");
        check("ＡＰＰ\u{200b}，甲", "APP,甲");
        check("<p>甲</p>乙", "\n甲\n乙");
        check("甲<img src=\"x\" alt=\"乙\">丙", "甲\n乙\n丙");
        check("a < b & c", "a < b & c");
    }

    #[test]
    fn lines_go_on_within_a_paragraph() {
        check("登\n录", "登录");
        check("登  \r\n> 录", "登录");
        check("a\nb", "a b");
        check("甲\n- 乙", "甲 - 乙");
        check("登\n\n录", "登\n录");
        let parted = Shown::of("登\n录", 0..7, LineEnds::Part);
        assert_eq!(parted.text, "登\n录");
    }

    #[test]
    fn places_are_those_of_the_source() {
        let check = |source: &str, part: &str, expected: &str| {
            let shown = Shown::of(source, 0..source.len(), LineEnds::Join);
            let at = shown.text.find(part).unwrap();
            assert_eq!(&source[shown.in_source(at..at + part.len(), source)], expected);
        };
        check("甲**登**\n录乙", "登录", "登**\n录");
        check("甲　[登](x)录。", "登录", "登](x)录");
        check("甲  \n登录", "登录", "登录");
        check("\\*ＡＰＰ甲", "APP", "ＡＰＰ");
        check("<b>甲<i>乙</i></b>", "甲", "甲");
    }
}
