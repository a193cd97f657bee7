//! Pinyin: tokens of how titles and names are read, and the letter under which a title stands.
//!
//! What is typed as one word of letters may be a word, a reading or the first letters of one. The
//! last two have tokens of their own, which begin with a sign, so that they are mixed with nothing:
//!
//! | of 好邻居 | tokens |
//! | --- | --- |
//! | reading `haolinju` | `~hao`, `~aol`, `~oli`, …, `~nju`: every three letters; and `~ha`, `~li`, `~ju`: the first two of each syllable |
//! | first letters `hlj` | `^hl`, `^lj`, `^hlj`: every two, and every three |
//!
//! So a reading is found from any letter on: `linju` asks for `~lin` and `~nju`. Of a character with
//! several readings every one is taken beside every reading of its neighbours.
//!
//! Which characters a reading stands for is in a table of those that are found by it. A page loads it
//! to mark what was asked for by letters.

use std::collections::BTreeMap;

use crate::{
    artifact::search::tokens::{FIRST, Hash, LAST, TITLE, Tokens},
    disclosure::mask::reading::syllables,
};

/// How many letters there are, with the one for what begins with none.
pub(super) const LETTERS: u8 = 27;

/// The last of them: for figures, signs and other scripts.
const OTHER: u8 = LETTERS - 1;

/// So many readings of a character count, the usual ones.
const READINGS: usize = 4;

impl Tokens {
    /// Adds how the Chinese characters of a text are read. `place` is where it stands.
    pub(super) fn add_reading(&mut self, text: &str, place: u8) {
        let mut run: Vec<Vec<String>> = Vec::new();
        for ch in text.chars() {
            let read = if ch.is_ascii() { Vec::new() } else { syllables(ch) };
            if read.is_empty() {
                self.add_run(&run, place);
                run.clear();
            } else {
                self.read.push(ch);
                run.push(read);
            }
        }
        self.add_run(&run, place);
    }

    /// Adds how a title is read, with what it begins and ends with.
    pub(super) fn add_title_reading(&mut self, title: &str) {
        self.add_reading(title, TITLE);
        let read: Vec<Vec<String>> = title.chars().map(syllables).collect();
        if read.len() < 2 || read.iter().any(Vec::is_empty) {
            return;
        }
        let near = read.len().min(3);
        for syllables in combined(&read[..near]) {
            let letters: Vec<char> = syllables.concat().chars().take(3).collect();
            self.push(Hash::of(['~'].into_iter().chain(letters)), TITLE | FIRST);
            self.add_initials(&syllables, TITLE | FIRST);
        }
        for syllables in combined(&read[read.len() - near..]) {
            let letters: Vec<char> = syllables.concat().chars().collect();
            let last = &letters[letters.len().saturating_sub(3)..];
            self.push(Hash::of(['~'].into_iter().chain(last.iter().copied())), TITLE | LAST);
            self.add_initials(&syllables, TITLE | LAST);
        }
    }

    /// Three letters reach over three syllables at most.
    fn add_run(&mut self, run: &[Vec<String>], place: u8) {
        for at in 0..run.len() {
            for syllables in combined(&run[at..run.len().min(at + 3)]) {
                self.add_letters(&syllables, place);
                (2..=syllables.len()).for_each(|it| self.add_initials(&syllables[..it], place));
            }
        }
    }

    /// Adds the first two letters of the first syllable, and every three that begin in it.
    fn add_letters(&mut self, syllables: &[&str], place: u8) {
        let letters: Vec<char> = syllables.concat().chars().collect();
        let first = syllables.first().map_or(0, |it| it.len());
        let two = letters.get(..2).filter(|_| first > 1).into_iter();
        for letters in letters.windows(3).take(first).chain(two) {
            self.push(Hash::of(['~'].into_iter().chain(letters.iter().copied())), place);
        }
    }

    fn add_initials(&mut self, syllables: &[&str], place: u8) {
        let initials = syllables.iter().filter_map(|it| it.chars().next());
        self.push(Hash::of(['^'].into_iter().chain(initials)), place);
    }
}

/// The table of characters by their syllables: `chun春椿 ge戈葛`.
pub(super) fn table(characters: &str) -> String {
    let mut by_syllable = BTreeMap::<String, String>::new();
    for ch in characters.chars() {
        for syllable in syllables(ch).into_iter().take(READINGS) {
            by_syllable.entry(syllable).or_default().push(ch);
        }
    }
    let entries: Vec<String> = by_syllable.into_iter().map(|(it, of)| it + &of).collect();
    entries.join(" ")
}

/// Every way to read characters that have several readings.
fn combined(run: &[Vec<String>]) -> Vec<Vec<&str>> {
    let Some((last, before)) = run.split_last() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for read in combined(before) {
        all.extend(last.iter().take(READINGS).map(|it| [&read[..], &[it.as_str()]].concat()));
    }
    all
}

/// The letter under which a title stands, counted from `a`.
pub(super) fn letter(title: &str) -> u8 {
    let first = title.chars().find(|it| it.is_alphanumeric());
    let letter = first.and_then(|it| match it {
        'a'..='z' | 'A'..='Z' => Some(it.to_ascii_lowercase()),
        _ => syllables(it).first().and_then(|it| it.chars().next()),
    });
    let letter = letter.filter(char::is_ascii_lowercase);
    letter.map_or(OTHER, |it| u8::try_from(u32::from(it) - u32::from('a')).unwrap_or(OTHER))
}

/// How a letter is written in addresses: `a`, or `0` for the last.
pub(super) fn slug(letter: u8) -> char {
    if letter >= OTHER { '0' } else { char::from(b'a' + letter) }
}

/// How readers see it: `A`, or `#` for the last.
pub(super) fn shown(letter: u8) -> String {
    if letter >= OTHER { "#".to_owned() } else { slug(letter).to_ascii_uppercase().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of the readings of a text are these.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Tokens::new();
        tokens.add_reading(text, 0);
        let mut expected: Vec<_> = expected.iter().map(|it| Hash::of(it.chars())).collect();
        expected.sort_unstable();
        assert_eq!(*tokens.take(), *expected, "{text}");
    }

    #[test]
    fn readings() {
        check("邻居", &["~li", "~lin", "~inj", "~nju", "~ju", "~nji", "~ji", "^lj"]);
        let first = ["~sa", "~san", "~ang", "~ngu", "^sg", "^sgy"];
        let second = ["~gu", "~gua", "~uan", "~any", "~nyi", "^gy", "~yi"];
        check("三官一", &[&first[..], &second].concat());
        check("邻A居", &["~li", "~lin", "~ju", "~ji"]);
        check("2026", &[]);
        check("", &[]);
    }

    #[test]
    fn every_reading_counts() {
        // 单 is dan, chan or shan; 仇 is chou or qiu.
        let mut tokens = Tokens::new();
        tokens.add_reading("单位", 0);
        let tokens = tokens.take();
        for token in ["~dan", "~sha", "~anw", "^dw", "^sw"] {
            assert!(tokens.contains(&Hash::of(token.chars())), "{token}");
        }
    }

    #[test]
    fn characters_stand_by_their_syllables() {
        let mut tokens = Tokens::new();
        tokens.add_reading("葛春燕A戈春", 0);
        let read = tokens.take_read();
        assert_eq!(table(&read), "chun春 ge戈葛 yan燕");
        assert_eq!([table("单"), tokens.take_read()], ["chan单 dan单 shan单", ""]);
    }

    #[test]
    fn titles_stand_under_letters() {
        let under = |title: &str| shown(letter(title));
        let titles = ["一心社区", "“好人”榜", "Linli", "2026", "？"].map(under);
        assert_eq!(titles, ["Y", "H", "L", "#", "#"]);
        assert_eq!([slug(0), slug(25), slug(26)], ['a', 'z', '0']);
    }
}
