//! Sensitive words that marks, tags or references part: readers see the word, who looks at the text
//! as it is written does not. So it is with words that the end of a line cuts in two, as pages join
//! the lines of a paragraph.

use memchr::{memchr2_iter, memchr3_iter};

use crate::{
    scan::{
        glyph::{Glyph, Source},
        lexicon::Lexicon,
        lines::{Line, LineKind},
    },
    text::is_han,
};

/// The signs of Markdown for emphasis, and the one that makes signs plain.
const MARKS: [char; 3] = ['*', '_', '\\'];

/// Whether marks, tags or references stand within sensitive words: `患*白血*病`. Most texts have no
/// such signs, or between words; of the others, only the lines with such signs are read.
pub(super) fn are_in(text: &str, lexicon: &Lexicon) -> bool {
    let bytes = text.as_bytes();
    let splits = |at: &usize| {
        let is_behind_word = text[..*at].chars().next_back().is_some_and(is_han);
        let behind = || text[*at..].trim_start_matches(MARKS).chars().next();
        let is_mark = MARKS.contains(&char::from(bytes[*at]));
        is_behind_word && (!is_mark || behind().is_some_and(|it| it > '\u{7f}'))
    };
    if text.match_indices('\n').any(|(at, _)| is_cut(text, at, lexicon)) {
        return true;
    }
    let is_tagged = text.contains('<');
    let signs = memchr3_iter(b'*', b'_', b'\\', bytes).chain(memchr2_iter(b'&', b'<', bytes));
    let mut read = 0..0;
    for at in signs.filter(splits) {
        // A tag may go on in the next line.
        if is_tagged {
            return is_split(text, lexicon);
        }
        if read.contains(&at) {
            continue;
        }
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        read = start..text[at..].find('\n').map_or(text.len(), |it| at + it);
        if is_split(&text[read.clone()], lexicon) {
            return true;
        }
    }
    false
}

/// Whether the end of a line at `end` stands within a sensitive word.
fn is_cut(text: &str, end: usize, lexicon: &Lexicon) -> bool {
    let before = text[..end].trim_end_matches([' ', '\r', '\\']);
    let after = text[end + 1..].trim_start_matches([' ', '\t', '　', '>']);
    let is_word = |ch: Option<char>| ch.is_some_and(is_han);
    is_word(before.chars().next_back())
        && is_word(after.chars().next())
        && lexicon.goes_over(before, after)
}

/// The lines with those made one between which a sensitive word goes on.
pub(super) fn joined(lines: Vec<Line>, lexicon: &Lexicon) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::with_capacity(lines.len());
    for mut line in lines {
        let last = all.last_mut().filter(|last| {
            matches!(last.kind, LineKind::Text | LineKind::Item)
                && line.kind == LineKind::Text
                && goes_over(&last.glyphs, &line.glyphs, lexicon)
        });
        match last {
            Some(last) => last.glyphs.append(&mut line.glyphs),
            None => all.push(line),
        }
    }
    all
}

/// Whether a sensitive word goes on from one line to the next.
fn goes_over(before: &[Glyph], after: &[Glyph], lexicon: &Lexicon) -> bool {
    let is_word = |glyph: Option<&Glyph>| glyph.is_some_and(|it| is_han(it.ch));
    let text = |glyphs: &[Glyph]| glyphs.iter().map(|it| it.ch).collect::<String>();
    is_word(before.last())
        && is_word(after.first())
        && lexicon.goes_over(
            &text(&before[before.len().saturating_sub(NEAR)..]),
            &text(&after[..after.len().min(NEAR)]),
        )
}

/// More characters than a sensitive word has.
const NEAR: usize = 8;

/// Whether a text has more sensitive words to its readers than as it is written.
fn is_split(text: &str, lexicon: &Lexicon) -> bool {
    let shown = Source::markup(text.as_bytes()).forward(0).map(|glyph| glyph.ch);
    let shown: String = shown.filter(|ch| !MARKS.contains(ch)).collect();
    lexicon.places(&shown).len() > lexicon.places(text).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_by_marks_tags_and_references() {
        for (text, expected) in [
            ("他患*白血*病", true),
            ("第一行\n他患白\\血病\n第三行", true),
            ("他患白<b>血</b>病", true),
            ("他患白<b\nclass=a>血</b>病", true),
            ("他患白&#x8840;病", true),
            ("他患白血病", false),
            ("请带**委托书**来", false),
            ("他患白\n血病", true),
            ("他患白血\r\n  病", true),
            ("> 他患白\n> 血病", true),
            ("他患白血病\n住院", false),
            ("公共信\n访接待", false),
            ("", false),
        ] {
            assert_eq!(are_in(text, &Lexicon::default()), expected, "{text}");
        }
    }
}
