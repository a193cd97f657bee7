//! The words of what must not be said of a named person without a basis: welfare, illness, debts.
//!
//! They are data, `sensitive.yaml`, to which a portal adds its own. A word of one kind may be part
//! of one that means something else (信访 and 信访接待): the longest counts, and those of the kind
//! `innocent` speak of nobody.

use std::{hash::Hash, ops::Range, sync::LazyLock};

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::{
    scan::{glyph::Glyph, traditional::forms},
    source::{SitePath, Text, yaml},
};

/// The kind of words that speak of nobody.
const INNOCENT: &str = "innocent";

/// The kinds of words that are no attributes of a person: those of homes are a matter of `home`.
const OTHER: [&str; 2] = [INNOCENT, "home"];

/// Sensitive words, and what kind of attribute each is.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// The names of the kinds.
    kinds: Vec<Box<str>>,
    /// Each word, with the index of its kind; by first character, the longest first.
    words: FxHashMap<char, Vec<(Box<str>, u16)>>,
    /// A bit for each pair of characters that a word begins with, by [`pair`]. Nearly all pairs begin
    /// none, and each pair of a portal is looked up here.
    pairs: Box<[u64; 1024]>,
    /// A bit for each word of one character, by the low bits of its code. Others share it.
    single: u64,
    /// The words that begin with ASCII.
    ascii: Vec<memmem::Finder<'static>>,
}

/// A sensitive word in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its first character, as an index of the line's glyphs.
    pub start: usize,
    /// The one behind it.
    pub end: usize,
    /// Which kind, as an index of the lexicon's.
    pub kind: u16,
}

/// Whether one of the words, which stand in order, ends at a character.
pub(super) fn ends_at(hits: &[Hit], at: usize) -> bool {
    hits.get(hits.partition_point(|hit| hit.end < at)).is_some_and(|hit| hit.end == at)
}

/// Whether one of the words begins at a character.
pub(super) fn begins_at(hits: &[Hit], at: usize) -> bool {
    hits.get(hits.partition_point(|hit| hit.start < at)).is_some_and(|hit| hit.start == at)
}

/// Whether one of the words has a character of a range.
pub(super) fn overlaps(hits: &[Hit], range: &Range<usize>) -> bool {
    let next = hits.get(hits.partition_point(|hit| hit.end <= range.start));
    next.is_some_and(|hit| hit.start < range.end)
}

impl Default for Lexicon {
    /// The words that are built in. They are read once in the life of the program.
    fn default() -> Self {
        static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon::empty();
            let words = built_in().into_iter();
            lexicon.extend(words.flat_map(|(kind, word)| {
                let forms = forms(&word).into_iter().map(|form| (kind.clone(), form));
                forms.chain([(kind.clone(), word)]).collect::<Vec<_>>()
            }));
            lexicon
        });
        BUILT_IN.clone()
    }
}

/// The kinds and words of `sensitive.yaml`. A mistake in it, which no user can make, gives none.
fn built_in() -> Vec<(String, String)> {
    let content = include_str!("sensitive.yaml").to_owned();
    let text = Text { path: SitePath::new("sensitive.yaml"), content };
    let node = yaml::parse(&text, 0..text.content.len()).value;
    let kinds = node.as_ref().and_then(yaml::Node::as_map).unwrap_or_default();
    let words = kinds.iter().flat_map(|kind| {
        let words = kind.value.as_list().unwrap_or_default().iter();
        words.filter_map(|word| Some((kind.key.to_string(), word.as_str()?.to_owned())))
    });
    words.collect()
}

impl Lexicon {
    /// The built-in words and those of a portal, each with the name of its kind. A portal may name
    /// kinds of its own; a word that it repeats has the portal's kind.
    pub fn with(words: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut lexicon = Self::default();
        lexicon.extend(words);
        lexicon
    }

    fn empty() -> Self {
        Self {
            kinds: Vec::new(),
            words: FxHashMap::default(),
            pairs: Box::new([0; 1024]),
            single: 0,
            ascii: Vec::new(),
        }
    }

    fn extend(&mut self, words: impl IntoIterator<Item = (String, String)>) {
        for (kind, word) in words {
            let Some(first) = word.chars().next() else { continue };
            if first.is_ascii() && kind != INNOCENT {
                self.ascii.push(memmem::Finder::new(word.as_bytes()).into_owned());
            }
            let known = self.kinds.iter().position(|it| **it == *kind);
            let index = known.unwrap_or_else(|| {
                self.kinds.push(kind.into());
                self.kinds.len() - 1
            });
            match word.chars().nth(1) {
                Some(second) => set(&mut self.pairs, pair(first, second)),
                None => self.single |= 1 << (first as u32 % 64),
            }
            let same = self.words.entry(first).or_default();
            same.retain(|(it, _)| **it != *word);
            same.push((word.into(), u16::try_from(index).unwrap_or(u16::MAX)));
            same.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
    }

    /// The name of a kind.
    pub(super) fn kind(&self, index: u16) -> &str {
        self.kinds.get(usize::from(index)).map_or("", |it| it)
    }

    /// Where sensitive words begin in a text, in bytes and in order. They are found as they are
    /// written: signs within one hide it. Words that speak of nobody are left out, with what is part
    /// of them.
    ///
    /// One pass at the speed of a table look-up for each Chinese character.
    pub(crate) fn places(&self, text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        let mut places = self.ascii_places(bytes);
        let is_sorted = places.is_empty();
        // The character before and where it stands; NUL if no word can begin with it.
        let (mut before, mut start) = ('\0', 0);
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            let (ch, end) = if first.is_ascii() {
                (char::from(*first), at + 1)
            } else {
                let Some(ch) = wide_at(text, at) else { break };
                (ch, at + ch.len_utf8())
            };
            if has(&self.pairs, pair(before, ch)) || self.may_be_single(ch) {
                let pair = self.word_at(&text[start..], before).map(|word| (start, word));
                let found = pair.or_else(|| self.word_at(&text[at..], ch).map(|word| (at, word)));
                if let Some((place, (word, kind))) = found {
                    if self.kind(kind) != INNOCENT {
                        places.push(place);
                    }
                    (before, at) = ('\0', place + word.len());
                    continue;
                }
            }
            (before, start, at) = (ch, at, end);
            if first.is_ascii() {
                (before, at) = ('\0', end + ascii_length(&bytes[end..]));
            }
        }
        if !is_sorted {
            places.sort_unstable();
        }
        places
    }

    /// Where words that begin with ASCII stand, in order of the words.
    fn ascii_places(&self, text: &[u8]) -> Vec<usize> {
        self.ascii.iter().flat_map(|word| word.find_iter(text)).collect()
    }

    /// Whether a character may be a word. Sometimes wrongly true.
    #[inline]
    fn may_be_single(&self, ch: char) -> bool {
        self.single >> (ch as u32 % 64) & 1 != 0
    }

    /// The longest word that a text begins with, whose first character is given.
    fn word_at(&self, text: &str, first: char) -> Option<(&str, u16)> {
        let words = self.words.get(&first)?;
        let found = words.iter().find(|(word, _)| text.starts_with(&**word));
        found.map(|(word, kind)| (&**word, *kind))
    }

    /// Whether a sensitive word goes on from the end of a text to the beginning of another.
    pub(super) fn goes_over(&self, before: &str, after: &str) -> bool {
        const LONGEST: usize = 7;
        let near = before.char_indices().rev().take(LONGEST).last().map_or(0, |(at, _)| at);
        let end = after.char_indices().nth(LONGEST).map_or(after.len(), |(at, _)| at);
        let joined = format!("{}{}", &before[near..], &after[..end]);
        let seam = before.len() - near;
        // Of words that speak of nobody, which are longer, none is told.
        let word = |at: usize| {
            let first = joined[at..].chars().next()?;
            self.word_at(&joined[at..], first).map(|(word, kind)| (at + word.len(), kind))
        };
        let starts = joined.char_indices().map(|(at, _)| at).take_while(|at| *at < seam);
        let over = starts.filter_map(word).find(|(end, _)| *end > seam);
        over.is_some_and(|(_, kind)| !OTHER.contains(&self.kind(kind)))
    }

    /// Whether a sensitive word stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// The sensitive words of a line, from left to right. Those of other kinds are left out, with what is
    /// part of them.
    pub(super) fn hits(&self, line: &[Glyph]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(glyph) = line.get(at) {
            let second = line.get(at + 1).map_or('\0', |it| it.ch);
            let begins = has(&self.pairs, pair(glyph.ch, second)) || self.may_be_single(glyph.ch);
            let words = begins.then(|| self.words.get(&glyph.ch)).flatten();
            let here = |word: &str| {
                let mut glyphs = line[at..].iter().map(|it| it.ch);
                word.chars().all(|it| glyphs.next() == Some(it))
            };
            let found = words.and_then(|words| words.iter().find(|(word, _)| here(word)));
            let Some((word, kind)) = found else {
                at += 1;
                continue;
            };
            let end = bearer_end(line, at + word.chars().count());
            if !OTHER.contains(&self.kind(*kind)) {
                hits.push(Hit { start: at, end, kind: *kind });
            }
            at = end;
        }
        hits
    }
}

/// The character at a place. Those of three bytes, which Chinese texts are made of, are put together
/// here.
#[inline]
fn wide_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes()[at..] {
        [first @ 0xe0..=0xef, second, third, ..] => {
            let low = |byte: u8| u32::from(byte & 0x3f);
            char::from_u32(u32::from(first & 0x0f) << 12 | low(second) << 6 | low(third))
        }
        _ => text.get(at..)?.chars().next(),
    }
}

/// How many characters of ASCII a text begins with. Eight are looked at at once: most of a file of
/// records are keys, dates and blanks.
fn ascii_length(bytes: &[u8]) -> usize {
    const WIDE: u64 = 0x8080_8080_8080_8080;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let wide = u64::from_le_bytes(*chunk) & WIDE;
        if wide != 0 {
            return index * 8 + wide.trailing_zeros() as usize / 8;
        }
    }
    let rest = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
    chunks.len() * 8 + rest
}

/// The bit of two characters. Others may have it, too.
fn pair(first: char, second: char) -> usize {
    ((first as usize * 31) ^ second as usize) & 0xffff
}

/// Sets a bit; none beyond the end.
fn set(bits: &mut [u64; 1024], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// Whether a bit is set.
fn has(bits: &[u64; 1024], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
}

/// Where a word for those of whom the sensitive word is said ends, if one stands at `at`: a name
/// may follow it without a sign, as in 矫正人员马强.
fn bearer_end(line: &[Glyph], at: usize) -> usize {
    const BEARERS: [&str; 10] =
        ["人员", "对象", "家庭", "儿童", "学生", "老人", "群众", "居民", "户", "者"];
    let here = |word: &&&str| {
        let mut glyphs = line[at..].iter().map(|it| it.ch);
        word.chars().all(|it| glyphs.next() == Some(it))
    };
    BEARERS.iter().find(here).map_or(at, |word| at + word.chars().count())
}

/// Two lexicons with the same words are the same.
impl Hash for Lexicon {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let mut words: Vec<(&str, &str)> =
            self.words.values().flatten().map(|(word, kind)| (&**word, self.kind(*kind))).collect();
        words.sort_unstable();
        words.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are found, with those of a portal.
    fn found(text: &str) -> Vec<String> {
        let own = [("welfare", "AB补"), ("innocent", "欠一点"), ("debt", "租欠")];
        let own = own.map(|(kind, word)| (kind.to_owned(), word.to_owned()));
        let lexicon = Lexicon::with(own);
        let begin = |place: &usize| text[*place..].chars().take(2).collect();
        lexicon.places(text).iter().map(begin).collect()
    }

    #[test]
    fn words_are_found_as_they_are_written() {
        for (text, expected) in [
            ("", ""),
            ("2026年，无", ""),
            ("低保和信访，还有低保", "低保 信访 低保"),
            ("信访接待日", ""),
            ("信访接待后信访", "信访"),
            ("他欠，又欠", "欠， 欠"),
            ("欠一点没有，租欠了", "租欠"),
            ("感染 HIV，领AB补，HIV", "感染 HI AB HI"),
            ("abcdefgh低保abcdefg低保", "低保 低保"),
            ("😀低😀保低保😀", "低保"),
            ("低 保", ""),
        ] {
            assert_eq!(found(text).join(" "), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_are_found_wherever_they_stand(
            pieces in proptest::collection::vec(
                proptest::sample::select(&["低保", "信访", "接待", "欠", "残", "疾", "a", "保户 b", "😀", "é"][..]),
                0..16,
            ),
        ) {
            let text = pieces.concat();
            let lexicon = Lexicon::default();
            let mut expected = Vec::new();
            let mut at = 0;
            while let Some(first) = text[at..].chars().next() {
                match lexicon.word_at(&text[at..], first) {
                    Some((word, kind)) => {
                        if lexicon.kind(kind) != INNOCENT {
                            expected.push(at);
                        }
                        at += word.len();
                    }
                    None => at += first.len_utf8(),
                }
            }
            proptest::prop_assert_eq!(lexicon.places(&text), expected);
        }
    }

    #[test]
    fn lexicons_of_the_same_words_are_the_same() {
        let of = |words: &[(&str, &str)]| {
            let words = words.iter().map(|(kind, word)| ((*kind).to_owned(), (*word).to_owned()));
            crate::fingerprint::Fingerprint::of(&Lexicon::with(words))
        };
        let both = [("welfare", "甲补"), ("debt", "乙欠")];
        assert_eq!(of(&both), of(&[both[1], both[0]]));
        for other in [&both[..1], &[("welfare", "甲补"), ("illness", "乙欠")], &[]] {
            assert_ne!(of(&both), of(other), "{other:?}");
        }
    }

    #[test]
    fn ascii_is_passed_over() {
        let text = "0123456789abcdefghij";
        for length in 0..text.len() {
            let text = format!("{}一", &text[..length]);
            assert_eq!(ascii_length(text.as_bytes()), length);
        }
    }
}
