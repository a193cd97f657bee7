//! Sensitive words that marks, tags or references part: readers see the word, who looks at the text
//! as it is written does not.

use crate::{
    scan::{glyph::Source, lexicon::Lexicon},
    text::is_han,
};

/// The signs of Markdown for emphasis, and the one that makes signs plain.
const MARKS: [char; 3] = ['*', '_', '\\'];

/// Whether marks, tags or references stand within sensitive words: `患*白血*病`. Most texts have no
/// such signs, or between words; of the others, only the lines with such signs are read.
pub(super) fn are_in(text: &str, lexicon: &Lexicon) -> bool {
    let splits = |(at, sign): (usize, &str)| {
        let is_behind_word = text[..at].chars().next_back().is_some_and(is_han);
        let behind = || text[at..].trim_start_matches(MARKS).chars().next();
        is_behind_word && (!sign.starts_with(MARKS) || behind().is_some_and(|it| it > '\u{7f}'))
    };
    let is_tagged = text.contains('<');
    let mut read = 0;
    for (at, _) in text.match_indices(['*', '_', '\\', '&', '<']).filter(|it| splits(*it)) {
        // A tag may go on in the next line.
        if is_tagged {
            return is_split(text, lexicon);
        }
        if at < read {
            continue;
        }
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        read = text[at..].find('\n').map_or(text.len(), |it| at + it);
        if is_split(&text[start..read], lexicon) {
            return true;
        }
    }
    false
}

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
            ("患*白\n血*病", false),
            ("", false),
        ] {
            assert_eq!(are_in(text, &Lexicon::default()), expected, "{text}");
        }
    }
}
