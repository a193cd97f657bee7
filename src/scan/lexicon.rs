//! The words of what must not be said of a named person without a basis: welfare, illness, debts.
//!
//! They are data, `sensitive.yaml`, to which a portal adds its own. A word of one kind may be part
//! of one that means something else (信访 and 信访接待): the longest counts, and those of the kind
//! `innocent` speak of nobody.

use std::{hash::Hash, sync::LazyLock};

use rustc_hash::FxHashMap;

use crate::{
    scan::glyph::Glyph,
    source::{SitePath, Text, yaml},
};

/// The kinds of words that are no attributes of a person: `innocent` ones mean nothing, and those
/// of homes are a matter of `home`.
const OTHER: [&str; 2] = ["innocent", "home"];

/// Sensitive words, and what kind of attribute each is.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// The names of the kinds.
    kinds: Vec<Box<str>>,
    /// Each word, with the index of its kind; by first character, the longest first.
    words: FxHashMap<char, Vec<(Box<str>, u16)>>,
    /// A bit for each character that a word begins with. Most characters begin none, and each
    /// character of a portal is looked up here.
    first: Box<[u64; 1024]>,
    /// A bit for each pair of characters that a word begins with, by [`pair`]. Words of one
    /// character have all of theirs.
    pairs: Box<[u64; 1024]>,
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

impl Default for Lexicon {
    /// The words that are built in. They are read once in the life of the program.
    fn default() -> Self {
        static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon::empty();
            lexicon.extend(built_in());
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
            first: Box::new([0; 1024]),
            pairs: Box::new([0; 1024]),
        }
    }

    fn extend(&mut self, words: impl IntoIterator<Item = (String, String)>) {
        for (kind, word) in words {
            let Some(first) = word.chars().next() else { continue };
            let known = self.kinds.iter().position(|it| **it == *kind);
            let index = known.unwrap_or_else(|| {
                self.kinds.push(kind.into());
                self.kinds.len() - 1
            });
            set(&mut self.first, first as usize);
            match word.chars().nth(1) {
                Some(second) => set(&mut self.pairs, pair(first, second)),
                None => (0..=u16::MAX)
                    .filter_map(|it| char::from_u32(it.into()))
                    .for_each(|second| set(&mut self.pairs, pair(first, second))),
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

    /// Whether the text has a sensitive word, as it is written: signs within one hide it. One pass
    /// at the speed of a table look-up for each character.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut chars = text.char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            if !has(&self.first, ch as usize) {
                continue;
            }
            let second = chars.peek().map_or('\0', |it| it.1);
            if !has(&self.pairs, pair(ch, second)) {
                continue;
            }
            let words = self.words.get(&ch).map_or(&[][..], |it| it);
            if words.iter().any(|(word, _)| text[at..].starts_with(&**word)) {
                return true;
            }
        }
        false
    }

    /// The sensitive words of a line, from left to right. Those of other kinds are left out, with what is
    /// part of them.
    pub(super) fn hits(&self, line: &[Glyph]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(glyph) = line.get(at) {
            let words =
                has(&self.first, glyph.ch as usize).then(|| self.words.get(&glyph.ch)).flatten();
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
