//! Lists of words, looked up by their first or last character.
//!
//! Texts are looked through for words of many lists, and nearly all characters begin none of them.
//! So a few bits say of each character whether a word may begin or end with it, before the words
//! are looked up.

use rustc_hash::FxHashMap;

/// Words that texts are compared with, each at most once for a place in the text.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    by_first: WordIndex,
    by_last: WordIndex,
}

/// Words by one of their characters.
#[derive(Debug)]
struct WordIndex {
    /// A bit for each character that has words, by the low bits of its code. Others share it.
    bits: [u64; 64],
    words: FxHashMap<char, Vec<Box<[char]>>>,
}

impl Default for WordIndex {
    fn default() -> Self {
        Self { bits: [0; 64], words: FxHashMap::default() }
    }
}

impl WordIndex {
    fn insert(&mut self, ch: char, word: Box<[char]>) {
        self.bits[ch as usize / 64 % 64] |= 1 << (ch as usize % 64);
        self.words.entry(ch).or_default().push(word);
    }

    /// The words of a character.
    fn of(&self, ch: char) -> &[Box<[char]>] {
        if self.bits[ch as usize / 64 % 64] & 1 << (ch as usize % 64) == 0 {
            return &[];
        }
        self.words.get(&ch).map_or(&[], |it| it)
    }
}

impl WordSet {
    /// The words of a list, which spaces part.
    pub(super) fn new(list: &str) -> Self {
        let mut set = Self::default();
        for word in list.split_whitespace() {
            let word: Box<[char]> = word.chars().collect();
            let (Some(first), Some(last)) = (word.first(), word.last()) else { continue };
            set.by_first.insert(*first, word.clone());
            set.by_last.insert(*last, word);
        }
        set
    }

    /// The characters of a list, each a word.
    pub(super) fn of_chars(list: &str) -> Self {
        let spaced: String = list.chars().flat_map(|it| [it, ' ']).collect();
        Self::new(&spaced)
    }

    /// Whether this character is one of the words.
    pub(super) fn has(&self, ch: char) -> bool {
        self.by_first.of(ch).iter().any(|it| it.len() == 1)
    }

    /// Whether a text is one of the words.
    pub(super) fn is(&self, text: &[char]) -> bool {
        self.begin(text).any(|length| length == text.len())
    }

    /// The lengths of the words that a text begins with.
    pub(super) fn begin(&self, text: &[char]) -> impl Iterator<Item = usize> {
        let words = text.first().map_or(&[][..], |it| self.by_first.of(*it));
        words.iter().filter(|it| text.starts_with(it)).map(|it| it.len())
    }

    /// Whether a text begins with one of the words.
    pub(super) fn begins(&self, text: &[char]) -> bool {
        self.begin(text).next().is_some()
    }

    /// Whether a text ends with one of the words.
    pub(super) fn ends(&self, text: &[char]) -> bool {
        let words = text.last().map_or(&[][..], |it| self.by_last.of(*it));
        words.iter().any(|it| text.ends_with(it))
    }

    /// Whether one of the words stands anywhere in a text.
    pub(super) fn is_in(&self, text: &[char]) -> bool {
        (0..text.len()).any(|at| self.begins(&text[at..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let words = WordSet::new("路 大街 街 大街口");
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(words.begin(&chars("大街口东")).collect::<Vec<_>>(), [2, 3]);
        assert!(words.ends(&chars("东大街")) && !words.ends(&chars("大街东")));
        assert!(words.is(&chars("大街")) && !words.is(&chars("大")) && !words.is(&chars("大街东")));
        assert!(words.is_in(&chars("在大街上")) && !words.is_in(&chars("大 接上")));
        assert!(words.has('街') && !words.has('大'));
    }
}
