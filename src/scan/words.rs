//! Lists of words, looked up by their first or last character.

use rustc_hash::FxHashMap;

/// Words that texts are compared with, each at most once for a place in the text.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    by_first: FxHashMap<char, Vec<Box<[char]>>>,
    by_last: FxHashMap<char, Vec<Box<[char]>>>,
}

impl WordSet {
    /// The words of a list, which spaces part.
    pub(super) fn new(list: &str) -> Self {
        let mut set = Self::default();
        for word in list.split_whitespace() {
            let word: Box<[char]> = word.chars().collect();
            let (Some(first), Some(last)) = (word.first(), word.last()) else { continue };
            set.by_first.entry(*first).or_default().push(word.clone());
            set.by_last.entry(*last).or_default().push(word);
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
        self.by_first.get(&ch).is_some_and(|words| words.iter().any(|it| it.len() == 1))
    }

    /// The lengths of the words that a text begins with.
    pub(super) fn begin(&self, text: &[char]) -> impl Iterator<Item = usize> {
        let words = text.first().and_then(|it| self.by_first.get(it)).map_or(&[][..], |it| it);
        words.iter().filter(|it| text.starts_with(it)).map(|it| it.len())
    }

    /// Whether a text ends with one of the words.
    pub(super) fn end(&self, text: &[char]) -> bool {
        let words = text.last().and_then(|it| self.by_last.get(it));
        words.is_some_and(|words| words.iter().any(|it| text.ends_with(it)))
    }
}
