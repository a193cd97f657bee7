//! One line of YAML, read without its context.
//!
//! Where the parser has failed, the line still shows what its writer meant.

use std::ops::Range;

use crate::source::yaml::marks::closing_quote;
use crate::source::{Span, Text};

/// The longest word before a colon that is taken for a key, in characters.
const LONGEST_KEY: usize = 24;

/// Signs that are taken for the dash of a list item: of other scripts, longer, or rounder.
const DASHES: [char; 11] = ['－', '—', '–', '−', '‐', '‑', '﹣', '―', '•', '·', '●'];

/// What YAML takes for space. Other characters that look blank are letters to it.
const BLANKS: [char; 2] = [' ', '\t'];

/// A line without its end.
#[derive(Clone, Copy)]
pub(super) struct YamlLine<'a> {
    /// Where it starts in the whole file.
    pub(super) start: usize,
    /// Its text.
    pub(super) text: &'a str,
}

/// A `key:` at the beginning of a line.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// The colon.
    pub(super) colon: usize,
    /// The first byte of the value; the end of the line without one.
    pub(super) value: usize,
}

/// The lines of a part of a file.
pub(super) fn lines<'a>(
    content: &'a str,
    range: &Range<usize>,
) -> impl Iterator<Item = YamlLine<'a>> {
    let mut start = range.start;
    content[range.clone()].split_inclusive('\n').map(move |text| {
        let line = YamlLine { start, text: text.trim_end_matches(['\r', '\n']) };
        start += text.len();
        line
    })
}

/// Where a scalar failed to become a mapping, because its colons are full-width or have no space
/// after them: each such colon, and the help of [`Code::YamlSyntax`](crate::diagnostic::Code) for
/// it. To YAML such a scalar is text like any other; it is a mistake where a mapping is wanted.
pub fn broken_keys(text: &Text, scalar: Span) -> Vec<(Span, &'static str)> {
    let range = scalar.start as usize..scalar.end as usize;
    lines(&text.content, &range).filter_map(|it| it.broken_key()).collect()
}

impl<'a> YamlLine<'a> {
    /// How many spaces and tabs it starts with.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(BLANKS).len()
    }

    /// The first tab among them, in the whole file.
    pub(super) fn tab(&self) -> Option<usize> {
        self.text[..self.indent()].find('\t').map(|it| self.start + it)
    }

    /// Whether there is nothing but blanks or a comment.
    pub(super) fn is_empty(&self) -> bool {
        let text = &self.text[self.indent()..];
        text.is_empty() || text.starts_with('#')
    }

    /// From the first to the last letter.
    pub(super) fn content(&self) -> Span {
        self.since(self.start + self.indent())
    }

    /// Letters before the content that look like space and are none to YAML.
    pub(super) fn false_blanks(&self) -> Option<Span> {
        let start = self.start + self.indent();
        let rest = self.rest(start);
        let end = start + rest.len() - rest.trim_start().len();
        (end > start).then(|| Span::new(start, end))
    }

    /// From a byte of it to its last letter.
    pub(super) fn since(&self, at: usize) -> Span {
        Span::new(at, self.start + self.text.trim_end_matches(BLANKS).len())
    }

    /// The first byte after the indentation and the dashes of list items.
    pub(super) fn inner(&self) -> usize {
        let mut rest = &self.text[self.indent()..];
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start_matches(' ');
        }
        self.start + self.text.len() - rest.len()
    }

    /// The text from a byte of it, counted in the whole file.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at.saturating_sub(self.start)..).unwrap_or_default()
    }

    /// The column of its first key, or of its first letter without one.
    pub(super) fn column(&self) -> usize {
        self.key().map_or(self.indent(), |_| self.inner() - self.start)
    }

    /// The key it starts with.
    pub(super) fn key(&self) -> Option<Key> {
        let inner = self.inner();
        let text = self.rest(inner);
        let name = match text.chars().next()? {
            '"' | '\'' => closing_quote(text)? + 1,
            '#' => return None,
            _ => 0,
        };
        let is_end = |it: &usize| matches!(text.as_bytes().get(it + 1), None | Some(b' ' | b'\t'));
        let colon = text[name..].match_indices(':').map(|(it, _)| name + it).find(is_end)?;
        let commented = text[name..colon].contains(" #");
        let value = text[colon + 1..].trim_start_matches(BLANKS);
        let value = inner + text.len() - value.len();
        (!commented).then_some(Key { colon: inner + colon, value })
    }

    /// The name of the key that it starts with, as it is written.
    pub(super) fn key_name(&self) -> Option<&'a str> {
        let (inner, key) = (self.inner(), self.key()?);
        Some(self.rest(inner)[..key.colon - inner].trim_end_matches(BLANKS))
    }

    /// The first byte of the value: after the key, or after the dash.
    pub(super) fn value(&self) -> usize {
        self.key().map_or_else(|| self.inner(), |it| it.value)
    }

    /// Whether a block scalar follows.
    pub(super) fn opens_block(&self) -> bool {
        let value = self.rest(self.value());
        let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
        let rest = rest.trim_start_matches(|ch: char| ch.is_ascii_digit() || "+-".contains(ch));
        let rest = rest.trim_start_matches(BLANKS);
        rest.is_empty() || rest.starts_with('#')
    }

    /// Whether it starts with a dash.
    pub(super) fn is_item(&self) -> bool {
        self.text[self.indent()..].starts_with('-')
    }

    /// Whether it starts with a dash and a space, or has nothing but a dash.
    pub(super) fn begins_item(&self) -> bool {
        let rest = self.text[self.indent()..].strip_prefix('-');
        rest.is_some_and(|it| it.is_empty() || it.starts_with(BLANKS))
    }

    /// A dash without the space that makes it the start of a list item.
    pub(super) fn broken_dash(&self) -> Option<Span> {
        let dash = self.start + self.indent();
        let next = self.rest(dash).strip_prefix('-')?.chars().next()?;
        (next.is_alphabetic() || next == '\u{3000}').then(|| Span::new(dash, dash + 1))
    }

    /// What was meant to be the dash of a list item, and the help for it: another sign that looks
    /// like one, before a key, or a dash without its space.
    pub(super) fn broken_item(&self) -> Option<(Span, &'static str)> {
        let start = self.start + self.indent();
        let rest = self.rest(start).trim_start_matches(DASHES);
        let dashes = self.rest(start).len() - rest.len();
        if dashes == 0 {
            return self.broken_dash().map(|dash| (dash, "space"));
        }
        let key = YamlLine { start: start + dashes, text: rest.trim_start() };
        let is_key = key.key_name().is_some_and(is_key) || key.broken_key().is_some();
        is_key.then(|| (Span::new(start, start + dashes), "dash"))
    }

    /// The full-width colon, or the colon without a space, of a line that was meant to be
    /// `key: value`, and the help for it.
    pub(super) fn broken_key(&self) -> Option<(Span, &'static str)> {
        let inner = self.inner();
        let text = self.rest(inner);
        let (at, colon) = text.char_indices().find(|(_, it)| matches!(it, ':' | '：'))?;
        let (word, rest) = (text[..at].trim_end(), &text[at + colon.len_utf8()..]);
        let spaced = || colon == '：' && is_key(&word.replace(' ', ""));
        if !(is_key(word) || spaced()) {
            return None;
        }
        let span = Span::new(inner + at, inner + at + colon.len_utf8());
        if colon == '：' {
            return Some((span, "fullwidth-colon"));
        }
        let is_time = word.chars().all(|it| it.is_ascii_digit());
        let is_key = rest.is_empty() || rest.starts_with(BLANKS);
        (!is_time && !is_key && !rest.starts_with(['/', '\\'])).then_some((span, "space"))
    }
}

/// Returns whether a word may have been meant as a key: letters and digits of any script, `_` and
/// `-`, up to [`LONGEST_KEY`] of them. A sentence has blanks, commas or more letters.
fn is_key(word: &str) -> bool {
    let is_letter = |ch: char| ch.is_alphanumeric() || "_-".contains(ch);
    !word.is_empty() && word.chars().all(is_letter) && word.chars().count() <= LONGEST_KEY
}
