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
    artifact::search::tokens::{FIRST, Hash, LAST, TITLE, Token, Tokens},
    disclosure::mask::reading::{Syllable, syllables},
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
        let mut run: Vec<Vec<Syllable>> = Vec::new();
        for ch in text.chars() {
            let read = if ch.is_ascii() { Vec::new() } else { readings(ch) };
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
        let read: Vec<Vec<Syllable>> = title.chars().map(readings).collect();
        if read.len() < 2 || read.iter().any(Vec::is_empty) {
            return;
        }
        let near = read.len().min(3);
        each_reading(&read[..near], &mut |syllables| {
            let letters = Letters::of(syllables);
            let first = letters.all().get(..3).unwrap_or(letters.all());
            self.push(signed('~', first), TITLE | FIRST);
            self.push(initials(syllables), TITLE | FIRST);
        });
        each_reading(&read[read.len() - near..], &mut |syllables| {
            let letters = Letters::of(syllables);
            let last = &letters.all()[letters.all().len().saturating_sub(3)..];
            self.push(signed('~', last), TITLE | LAST);
            self.push(initials(syllables), TITLE | LAST);
        });
    }

    /// Three letters reach over three syllables at most.
    fn add_run(&mut self, run: &[Vec<Syllable>], place: u8) {
        for at in 0..run.len() {
            each_reading(&run[at..run.len().min(at + 3)], &mut |syllables| {
                self.add_letters(syllables, place);
                (2..=syllables.len()).for_each(|count| {
                    self.push(initials(&syllables[..count]), place);
                });
            });
        }
    }

    /// Adds the first two letters of the first syllable, and every three that begin in it.
    fn add_letters(&mut self, syllables: &[Syllable], place: u8) {
        let letters = Letters::of(syllables);
        let first = syllables.first().map_or(0, |it| it.letters().len());
        let two = letters.all().get(..2).filter(|_| first > 1);
        for part in letters.all().windows(3).take(first).chain(two) {
            self.push(signed('~', part), place);
        }
    }
}

/// The letters of at most three syllables.
struct Letters {
    all: [u8; 24],
    length: usize,
}

impl Letters {
    fn of(syllables: &[Syllable]) -> Self {
        let mut this = Self { all: [0; 24], length: 0 };
        for letter in syllables.iter().flat_map(Syllable::letters).take(this.all.len()) {
            this.all[this.length] = *letter;
            this.length += 1;
        }
        this
    }

    fn all(&self) -> &[u8] {
        &self.all[..self.length]
    }
}

/// The token of letters behind a sign.
fn signed(sign: char, letters: &[u8]) -> Token {
    let hash = Hash::EMPTY.with(sign);
    letters.iter().fold(hash, |hash, letter| hash.with(char::from(*letter))).token()
}

/// The token of the first letter of each syllable.
fn initials(syllables: &[Syllable]) -> Token {
    let letters = syllables.iter().filter_map(|it| it.letters().first());
    letters.fold(Hash::EMPTY.with('^'), |hash, letter| hash.with(char::from(*letter))).token()
}

/// How a character may be read, at most [`READINGS`] ways.
fn readings(ch: char) -> Vec<Syllable> {
    let mut all = syllables(ch);
    all.truncate(READINGS);
    all
}

/// Goes through every way to read at most three characters.
fn each_reading(run: &[Vec<Syllable>], with: &mut impl FnMut(&[Syllable])) {
    match run {
        [] => {}
        [a] => a.iter().for_each(|a| with(&[*a])),
        [a, b] => a.iter().for_each(|a| b.iter().for_each(|b| with(&[*a, *b]))),
        [a, b, c, ..] => a.iter().for_each(|a| {
            b.iter().for_each(|b| c.iter().for_each(|c| with(&[*a, *b, *c])));
        }),
    }
}

/// The table of characters by their syllables: `chun春椿 ge戈葛`.
pub(super) fn table(characters: &str) -> String {
    let mut by_syllable = BTreeMap::<String, String>::new();
    for ch in characters.chars() {
        for syllable in readings(ch) {
            by_syllable.entry(syllable.as_str().to_owned()).or_default().push(ch);
        }
    }
    let entries: Vec<String> = by_syllable.into_iter().map(|(it, of)| it + &of).collect();
    entries.join(" ")
}

/// The letter under which a title stands, counted from `a`.
pub(super) fn letter(title: &str) -> u8 {
    let first = title.chars().find(|it| it.is_alphanumeric());
    let letter = first.and_then(|it| match it {
        'a'..='z' | 'A'..='Z' => Some(it.to_ascii_lowercase()),
        _ => syllables(it).first().and_then(|it| it.as_str().chars().next()),
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
