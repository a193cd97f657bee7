//! Turns the parser's places into ours.
//!
//! The parser counts characters, and its spans are made for tokens: that of a quoted scalar takes
//! in the comment after it, that of a block scalar leaves out the `|`, that of an empty value is
//! somewhere near. [`MarkCursor`] counts bytes of the whole file and gives spans to underline.
//!
//! ```text
//! written          the parser's span        ours
//! "张三"  # 本人   to the end of the line   "张三"
//! intro: |         the lines below          from the `|` to the last letter
//! name:            near the next key        empty, right after the colon
//! &x !t [a]        from the `&`             [a]
//! ```
//!
//! Everything that the tree holds goes through here, so a span can be cut out of the text and is
//! what an editor would mark.

use std::{borrow::Cow, ops::Range};

use saphyr_parser::{Marker, ScalarStyle, Span as Marks};

use crate::source::Span;

/// What separates tokens and may stand at the end of a line.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A cursor in the text. It moves from mark to mark, so all marks together cost one pass. A mark
/// before the cursor moves it back.
pub(super) struct MarkCursor<'a> {
    /// The whole file.
    content: &'a str,
    /// The part of it that is read, in bytes.
    range: Range<usize>,
    /// Where the cursor stands, in bytes of the file.
    byte: usize,
    /// The same in characters of the range, as the parser counts.
    index: usize,
    /// Where the last finished node ends.
    passed: usize,
}

impl<'a> MarkCursor<'a> {
    /// A cursor at the beginning of the range.
    pub(super) fn new(content: &'a str, range: &Range<usize>) -> Self {
        Self { content, range: range.clone(), byte: range.start, index: 0, passed: range.start }
    }

    /// The part of the file that is read.
    pub(super) fn range(&self) -> &Range<usize> {
        &self.range
    }

    /// Remembers that a node is finished.
    pub(super) fn passed(&mut self, span: Span) {
        self.passed = self.passed.max(span.end as usize);
    }

    /// The byte of a mark, in the whole file. A mark beyond the range is at its end.
    pub(super) fn byte(&mut self, mark: &Marker) -> usize {
        while self.index < mark.index() && self.byte < self.range.end {
            self.byte += 1;
            while !self.content.is_char_boundary(self.byte) {
                self.byte += 1;
            }
            self.index += 1;
        }
        while self.index > mark.index() && self.byte > self.range.start {
            self.byte -= 1;
            while !self.content.is_char_boundary(self.byte) {
                self.byte -= 1;
            }
            self.index -= 1;
        }
        self.byte
    }

    /// The span of the one character at a byte; empty at the end of the range.
    pub(super) fn letter(&self, at: usize) -> Span {
        let letter = self.content[at..self.range.end].chars().next();
        Span::new(at, at + letter.map_or(0, char::len_utf8))
    }

    /// The first byte of a node. If it is `marked`, an anchor or tag stands before it.
    pub(super) fn start(&mut self, marks: &Marks, marked: bool) -> usize {
        let start = self.byte(&marks.start);
        if marked { self.skip_properties(start) } else { start }
    }

    /// The span of a scalar that is written: a plain one without blanks around, a quoted one with
    /// its quotation marks. The end of a quotation is looked for in the text.
    pub(super) fn scalar(&mut self, style: ScalarStyle, marks: &Marks, marked: bool) -> Span {
        match style {
            ScalarStyle::Plain => Span::new(self.start(marks, marked), self.byte(&marks.end)),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let start = self.start(marks, marked);
                let end = closing_quote(&self.content[start..self.range.end]);
                Span::new(start, end.map_or(self.range.end, |it| start + it + 1))
            }
            ScalarStyle::Literal | ScalarStyle::Folded => self.block(marks),
        }
    }

    /// The place of a value that is not there: after the colon if there is one.
    ///
    /// In brackets a comma or closing bracket may follow the colon at once: `{a:, b: c}`. Without a
    /// colon, as after `? key`, the place is right behind what was read before.
    pub(super) fn empty(&mut self, marks: &Marks, in_brackets: bool) -> Span {
        let near = self.byte(&marks.start);
        let before = self.passed.min(near);
        let mut rest = self.content[near..self.range.end].chars();
        let ends = |ch: char| BLANKS.contains(&ch) || in_brackets && ",]}".contains(ch);
        // The mark may also be that of the next key, which may look like a colon: `:key`.
        let place = if rest.next() == Some(':') && rest.next().is_none_or(ends) {
            near + 1
        } else {
            before + self.content[before..near].trim_end_matches(BLANKS).len()
        };
        Span::new(place, place)
    }

    /// The value, borrowed from the text if it stands there just so. With escapes, doubled
    /// quotation marks or folded lines in it, it does not.
    pub(super) fn borrow(&self, span: Span, value: Cow<'a, str>) -> Cow<'a, str> {
        let written = &self.content[span.start as usize..span.end as usize];
        let quote = |ch: &char| matches!(ch, '"' | '\'');
        let bare = match written.chars().next().filter(quote) {
            Some(quote) => written.strip_prefix(quote).and_then(|it| it.strip_suffix(quote)),
            None => Some(written),
        };
        bare.filter(|it| *it == value).map_or(value, Cow::Borrowed)
    }

    /// The span of a block scalar, from its `|` or `>` to its last letter. The parser's mark is
    /// that of the text in it, so the sign is looked for behind the last finished node: past the
    /// colon, a dash, comments and the like. If something else comes first, the parser's span is
    /// taken.
    fn block(&mut self, marks: &Marks) -> Span {
        let (near, end) = (self.byte(&marks.start), self.byte(&marks.end));
        let mut start = self.skip_properties(self.passed);
        loop {
            let skip = match self.content.as_bytes()[start..end.max(start)].first() {
                Some(b':' | b'-' | b'?') => 1,
                Some(b'%') => self.line_length(start),
                Some(b'|' | b'>') => break,
                _ => return Span::new(near, end),
            };
            start = self.skip_properties(start + skip);
        }
        Span::new(start, start + self.content[start..end].trim_end_matches(BLANKS).len())
    }

    /// Goes past blanks, comments, anchors and tags.
    ///
    /// An anchor or tag ends at a blank, a comma or a bracket; a tag in angle brackets
    /// (`!<tag:a,b>`) at its `>`.
    fn skip_properties(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.content[at..self.range.end];
            let name_ends = |ch: char| BLANKS.contains(&ch) || ",[]{}".contains(ch);
            at += match rest.as_bytes().first() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => 1,
                Some(b'#') => self.line_length(at),
                Some(b'!') if rest.starts_with("!<") => {
                    rest.find('>').map_or(rest.len(), |it| it + 1)
                }
                Some(b'!' | b'&') => rest.find(name_ends).unwrap_or(rest.len()),
                _ => return at,
            };
        }
    }

    /// How many bytes there are before the end of the line.
    fn line_length(&self, at: usize) -> usize {
        let rest = &self.content[at..self.range.end];
        rest.find(['\r', '\n']).unwrap_or(rest.len())
    }
}

/// The byte at which the quotation ends that the text starts with; nothing if it does not. The
/// first byte, `"` or `'`, says which kind it is: in the one `\` escapes what follows, in the other
/// a quotation mark is doubled.
pub(super) fn closing_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            it if *it == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
}
