//! Reads the shape that nearly all files have, quickly.
//!
//! ```text
//! file    = list | map             at the left margin, with blank lines and comments anywhere
//! list    = { "- " map }
//! map     = { key ":" value }      all keys in one column, none of them twice
//! key     = letters, digits, `_`, `-` and whatever is not ASCII
//! value   = nothing | text | "text" | 'text' | [ item, … ] | a block of `|`
//! ```
//!
//! At the first sign of anything else the [`PlainReader`] gives up, and [`super::full`] reads the
//! file instead: mappings or lists inside a value, text of several lines, escapes and doubled
//! quotation marks, folded blocks (`>`), anchors, tags, tabs where they might matter, and every
//! mistake. Where it does not give up it makes the same tree, place by place: being sure comes
//! before being complete. It reports nothing, and copies no text but that of blocks.
//!
//! Without it, the first build of a portal of 1,000 communities takes 1.6 times the processor time.

use std::{borrow::Cow, ops::Range};

use crate::source::yaml::node::{MapEntry, Node, NodeKind};
use crate::source::{Span, Text};

/// The longest key, in bytes. YAML itself ends at 1024 characters.
const LONGEST_KEY: usize = 256;

/// How many keys are compared with each other. Mappings with more are read elsewhere. Each key is
/// compared with all before it, so more would cost the square.
const MOST_KEYS: usize = 64;

/// Reads the text if it has the simple shape. Nothing is returned for any other, for text that is
/// not YAML, and for a file with nothing in it.
pub(super) fn read<'a>(text: &'a Text, range: &Range<usize>) -> Option<Node<'a>> {
    let text = &text.content[..range.end];
    let mut reader =
        PlainReader { text, bytes: text.as_bytes(), line: range.start, at: range.start };
    reader.skip_empty()?;
    match reader.byte(reader.at)? {
        b'-' => reader.list(),
        _ if reader.column() == 0 => reader.map(&[]).filter(|_| reader.at_end()),
        _ => None,
    }
}

/// A cursor. Its methods give nothing when the text is not of the simple shape.
struct PlainReader<'a> {
    /// The file up to the end of the range; nodes borrow from it.
    text: &'a str,
    /// The same as bytes. All signs that are looked for are ASCII, so cuts are between characters.
    bytes: &'a [u8],
    /// The start of the line.
    line: usize,
    /// The cursor, in bytes of the file.
    at: usize,
}

impl<'a> PlainReader<'a> {
    /// A list of mappings whose dashes are in the first column, up to the end of the text.
    fn list(&mut self) -> Option<Node<'a>> {
        let mut items: Vec<Node<'a>> = Vec::new();
        while !self.at_end() {
            if self.column() != 0 || !self.bytes[self.at..].starts_with(b"- ") {
                return None;
            }
            self.at = self.spaces(self.at + 1);
            let previous = items.last().and_then(Node::as_map).unwrap_or_default();
            let map = self.map(previous)?;
            items.push(map);
        }
        let span = Span { start: items.first()?.span.start, end: items.last()?.span.end };
        Some(Node { span, kind: NodeKind::List(items) })
    }

    /// A mapping whose first key is here, to the first line that starts in another column.
    ///
    /// `previous` are the entries of the record before. Most records have the same keys in the same
    /// order, so each key is first compared with the one expected there; while all are as expected
    /// none can be a repetition, and no two are compared with each other.
    fn map(&mut self, previous: &[MapEntry<'a>]) -> Option<Node<'a>> {
        let column = self.column();
        let mut entries: Vec<MapEntry<'a>> = Vec::with_capacity(previous.len().max(4));
        // Records of a list have the same keys, which have been compared with each other.
        let mut alike = true;
        loop {
            let start = self.at;
            let expected = previous.get(entries.len()).map(|it| &*it.key);
            let expected = expected.filter(|it| self.is_key(it));
            alike &= expected.is_some();
            let key = match expected {
                Some(expected) => &self.text[start..start + expected.len()],
                None => self.key()?,
            };
            if !alike && (entries.len() > MOST_KEYS || entries.iter().any(|entry| entry.key == key))
            {
                return None;
            }
            let key_span = Span::new(start, start + key.len());
            self.at = start + key.len() + 1;
            let value = self.value(column)?;
            entries.push(MapEntry { key: Cow::Borrowed(key), key_span, value });
            self.skip_empty()?;
            if self.at_end() || self.column() != column {
                break;
            }
        }
        let span =
            Span { start: entries.first()?.key_span.start, end: entries.last()?.value.span.end };
        Some(Node { span, kind: NodeKind::Map(entries) })
    }

    /// Whether the key here is the expected one.
    fn is_key(&self, expected: &str) -> bool {
        let end = self.at + expected.len();
        self.bytes[self.at..].starts_with(expected.as_bytes())
            && self.byte(end) == Some(b':')
            && self.is_blank(end + 1)
    }

    /// The key at the cursor, which stays: letters, digits, `_`, `-` and all that is not ASCII, up
    /// to [`LONGEST_KEY`] bytes. Anything else is left to the full reader.
    fn key(&self) -> Option<&'a str> {
        let is_word = |byte: &u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | 0x80..);
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(LONGEST_KEY).position(|it| !is_word(it))?;
        let colon = self.at + length;
        let good = length > 0 && self.byte(colon) == Some(b':') && self.is_blank(colon + 1);
        good.then(|| &self.text[self.at..colon])
    }

    /// What stands between a colon and the next line. The keys around it are in a column, to the
    /// right of which a block has to stand. The cursor is behind the colon, and then at the next
    /// line.
    fn value(&mut self, column: usize) -> Option<Node<'a>> {
        let colon = self.at;
        self.at = self.spaces(colon);
        let node = match self.bytes.get(self.at) {
            None | Some(b'\n' | b'\r' | b'#') => {
                Node { span: Span::new(colon, colon), kind: NodeKind::Null }
            }
            Some(b'|') => return self.literal(column),
            Some(b'[') => self.brackets()?,
            Some(b'"' | b'\'') => self.quoted()?,
            Some(_) => self.plain()?,
        };
        self.end_value()?;
        Some(node)
    }

    /// Goes past a comment and the end of the line. Nothing if the value goes on, as in `"a" b` or
    /// `"a"#b`.
    fn end_value(&mut self) -> Option<()> {
        self.at = self.spaces(self.at);
        let comment = self.byte(self.at) == Some(b'#') && self.bytes[self.at - 1] == b' ';
        if comment || self.is_line_end(self.at) { self.end_line() } else { None }
    }

    /// Plain text up to the end of the line. Nothing if a sign in it might mean something to YAML.
    ///
    /// A colon is text if no blank follows (`12:30`), a number sign if none stands before it
    /// (`a#b`).
    fn plain(&mut self) -> Option<Node<'a>> {
        let start = self.at;
        if !self.is_plain_start() {
            return None;
        }
        loop {
            self.at += plain_length(&self.bytes[self.at..]);
            match self.bytes.get(self.at) {
                Some(b':') if !self.is_blank(self.at + 1) => self.at += 1,
                Some(b'#') if self.bytes[self.at - 1] != b' ' => self.at += 1,
                None | Some(b'\n' | b'\r' | b'#') => break,
                Some(_) => return None,
            }
        }
        let end = self.before_spaces(self.at);
        let kind = NodeKind::plain(Cow::Borrowed(&self.text[start..end]));
        Some(Node { span: Span::new(start, end), kind })
    }

    /// Whether what is here can be nothing but plain text. A dash is, before a letter or digit of
    /// ASCII: `-5`.
    fn is_plain_start(&self) -> bool {
        match self.bytes[self.at] {
            b'-' => self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_alphanumeric),
            it if it.is_ascii_alphanumeric() || !it.is_ascii() => true,
            it => it > b' ' && !b"?:,[]{}#&*!|>'\"%@`".contains(&it),
        }
    }

    /// Quoted text on one line without escapes, so that it can be borrowed. Nothing for any other.
    fn quoted(&mut self) -> Option<Node<'a>> {
        let start = self.at;
        let quote = self.bytes[start];
        let rest = &self.bytes[start + 1..];
        let stops = |byte: &u8| *byte == quote || *byte < b' ' || *byte == b'\\' && quote == b'"';
        let end = start + 1 + rest.iter().position(stops)?;
        if self.bytes[end] != quote {
            return None;
        }
        self.at = end + 1;
        let kind = NodeKind::Scalar(Cow::Borrowed(&self.text[start + 1..end]));
        Some(Node { span: Span::new(start, end + 1), kind })
    }

    /// A list in brackets, on one line, of words and quoted texts.
    ///
    /// It may be empty. A comma at its end, or two in a row, are left to the full reader.
    fn brackets(&mut self) -> Option<Node<'a>> {
        let start = self.at;
        let mut items = Vec::new();
        self.at = self.spaces(start + 1);
        if self.byte(self.at)? != b']' {
            loop {
                items.push(self.item()?);
                self.at = self.spaces(self.at);
                match self.byte(self.at)? {
                    b',' => self.at = self.spaces(self.at + 1),
                    b']' => break,
                    _ => return None,
                }
            }
        }
        self.at += 1;
        Some(Node { span: Span::new(start, self.at), kind: NodeKind::List(items) })
    }

    /// An item of a list in brackets: plain text up to the comma or bracket, or quoted text.
    fn item(&mut self) -> Option<Node<'a>> {
        let start = self.at;
        if matches!(self.byte(start)?, b'"' | b'\'') {
            return self.quoted();
        }
        if !self.is_plain_start() {
            return None;
        }
        let stops = |byte: &u8| *byte < b' ' || b":,[]{}#".contains(byte);
        self.at += self.bytes[start..].iter().position(stops)?;
        let end = self.before_spaces(self.at);
        let kind = NodeKind::plain(Cow::Borrowed(&self.text[start..end]));
        Some(Node { span: Span::new(start, end), kind })
    }

    /// A literal block, whose lines are further to the right than a column.
    ///
    /// ```text
    /// intro: |            "一\n  二\n\n三\n"
    ///   一
    ///     二
    ///
    ///   三
    /// ```
    ///
    /// The first line, which may not be blank, gives the indentation that is taken off each. Line
    /// ends become `\n`, and there is one at the end, whatever follows (YAML 1.2, §8.1.1.2, clip).
    /// A sign behind the `|` (`|-`, `|2`) is left to the full reader.
    fn literal(&mut self, column: usize) -> Option<Node<'a>> {
        let start = self.at;
        self.at = self.spaces(start + 1);
        if !self.is_line_end(self.at) {
            return None;
        }
        self.end_line()?;
        let indent = self.spaces(self.at) - self.at;
        if indent <= column || self.is_line_end(self.at + indent) {
            return None;
        }
        let mut value = String::new();
        let (mut breaks, mut end) = (0, start);
        while !self.at_end() {
            let spaces = (self.spaces(self.at) - self.at).min(indent);
            self.at += spaces;
            if !self.is_line_end(self.at) {
                if spaces < indent {
                    self.at -= spaces;
                    break;
                }
                end = self.line_end()?;
                value.extend(std::iter::repeat_n('\n', breaks));
                value.push_str(&self.text[self.at..end]);
                breaks = 0;
            } else if self.at_end() {
                // Whether blanks before the end of the file are a line is a matter of opinion.
                return None;
            }
            breaks += 1;
            self.end_line()?;
        }
        value.push('\n');
        let written = self.text[start..end].trim_end_matches([' ', '\r', '\n']);
        let span = Span::new(start, start + written.len());
        Some(Node { span, kind: NodeKind::Scalar(Cow::Owned(value)) })
    }

    /// Goes past lines with nothing but blanks or a comment. The cursor is then at the first letter
    /// of a line, or at the end.
    fn skip_empty(&mut self) -> Option<()> {
        loop {
            self.line = self.at;
            self.at = self.spaces(self.at);
            match self.byte(self.at) {
                Some(b'\n' | b'\r' | b'#') => self.end_line()?,
                None | Some(_) => return Some(()),
            }
        }
    }

    /// Goes to the next line.
    fn end_line(&mut self) -> Option<()> {
        let end = self.line_end()?;
        self.at = match self.byte(end) {
            None => end,
            Some(b'\r') => end + 2,
            Some(_) => end + 1,
        };
        Some(())
    }

    /// Where the line ends. Nothing if a tab or another control character comes before.
    fn line_end(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|it| *it < b' ').unwrap_or(rest.len());
        self.is_line_end(self.at + length).then_some(self.at + length)
    }

    /// Where the spaces from a byte on end.
    fn spaces(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take_while(|it| **it == b' ').count()
    }

    /// The end of what stands before some spaces. Something else than spaces must stand there.
    fn before_spaces(&self, mut at: usize) -> usize {
        while self.bytes[at - 1] == b' ' {
            at -= 1;
        }
        at
    }

    /// The cursor's distance from the start of its line, in bytes.
    fn column(&self) -> usize {
        self.at - self.line
    }

    /// Returns whether all was read.
    fn at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// The byte there; nothing behind the end.
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Whether a line ends at a byte, by `\n`, `\r\n` or the end of the text.
    fn is_line_end(&self, at: usize) -> bool {
        match self.byte(at) {
            None | Some(b'\n') => true,
            Some(b'\r') => self.byte(at + 1) == Some(b'\n'),
            Some(_) => false,
        }
    }

    /// Whether a blank, a line end or the end of the text is at a byte: what has to follow a colon
    /// or dash.
    fn is_blank(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r'))
    }
}

/// How many bytes there are before the first control character, colon or number sign.
fn plain_length(bytes: &[u8]) -> usize {
    let found = bytes.iter().position(|byte| *byte < b' ' || matches!(byte, b':' | b'#'));
    found.unwrap_or(bytes.len())
}
