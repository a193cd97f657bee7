//! Chinese names in Latin letters, as addresses and file names spell them.
//!
//! `zhang-san`, `ZhangSan`, `zhang1san1` and `sanzhang` are 张三. Every reading of a character
//! counts, since a surname is often read as it is nowhere else (仇 is qiu, 单 shan); ü may be
//! written `u`, `v` or `yu`. Initials are no name: `zs` stands for too many people.

use pinyin::ToPinyinMulti as _;

use crate::disclosure::mask::reading::glyphs::Glyph;

/// How many spellings of a name are listed at most. Names with more have several characters of many
/// readings each; the usual ones come first.
const MOST: usize = 64;

/// A syllable in plain letters, such as `zhuang`. It is copied instead of allocated, since the search
/// index asks for those of every title and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllable {
    letters: [u8; Syllable::LONGEST],
    length: u8,
}

impl Syllable {
    /// Room for the longest syllables, of six letters.
    const LONGEST: usize = 7;

    /// A reading with `ü` written as these letters. Accents are left out.
    fn of(reading: &str, spelt: &str) -> Self {
        let mut this = Self { letters: [0; Self::LONGEST], length: 0 };
        for ch in reading.chars() {
            match ch {
                'ü' => spelt.bytes().for_each(|letter| this.push(letter)),
                'ê' => this.push(b'e'),
                _ => u8::try_from(ch).into_iter().filter(u8::is_ascii).for_each(|it| this.push(it)),
            }
        }
        this
    }

    fn push(&mut self, letter: u8) {
        if let Some(slot) = self.letters.get_mut(usize::from(self.length)) {
            *slot = letter;
            self.length += 1;
        }
    }

    /// Its letters, which are ASCII.
    pub fn letters(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    /// Its letters as text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(self.letters()).unwrap_or_default()
    }
}

/// The syllables that a character may be read as, the usual one first.
pub fn syllables(ch: char) -> Vec<Syllable> {
    let mut all = Vec::new();
    for reading in ch.to_pinyin_multi().into_iter().flatten() {
        let reading = reading.plain();
        let spelt = if reading.contains('ü') { &["u", "v", "yu"][..] } else { &[""][..] };
        for syllable in spelt.iter().map(|spelt| Syllable::of(reading, spelt)) {
            if !all.contains(&syllable) {
                all.push(syllable);
            }
        }
    }
    all
}

/// A name as addresses spell it: for each character its syllables, the surname first and last.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::disclosure) struct Spelling(Vec<Vec<Vec<Syllable>>>);

impl Spelling {
    /// The spelling of a Chinese name in its folded form, with so many characters of surname.
    /// Nothing for a name with a character that has no reading.
    pub(in crate::disclosure) fn of(name: &[char], surname: usize) -> Option<Self> {
        let all: Vec<Vec<Syllable>> = name.iter().map(|it| syllables(*it)).collect();
        if all.len() < 2 || all.iter().any(Vec::is_empty) {
            return None;
        }
        let mut orders = vec![all.clone()];
        if surname > 0 && surname < all.len() {
            orders.push([&all[surname..], &all[..surname]].concat());
        }
        Some(Self(orders))
    }

    /// Where the name ends that is spelt from a glyph on; nothing if it is none.
    pub(in crate::disclosure) fn end(&self, glyphs: &[Glyph], at: usize) -> Option<usize> {
        if !glyphs.get(at)?.begins {
            return None;
        }
        self.0.iter().find_map(|order| spelt(glyphs, at, order))
    }

    /// All spellings, in letters without anything between.
    pub(in crate::disclosure) fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for order in &self.0 {
            let mut spellings = vec![String::new()];
            for syllables in order {
                let longer = |it: &String| {
                    syllables
                        .iter()
                        .map(|syllable| format!("{it}{}", syllable.as_str()))
                        .collect::<Vec<_>>()
                };
                spellings = spellings.iter().flat_map(longer).take(MOST).collect();
            }
            all.extend(spellings);
        }
        all.sort();
        all.dedup();
        all
    }
}

/// Where the syllables end that begin at a glyph, each in one of its readings. Behind the last one
/// no letter may go on.
fn spelt(glyphs: &[Glyph], at: usize, syllables: &[Vec<Syllable>]) -> Option<usize> {
    let Some((first, rest)) = syllables.split_first() else {
        return is_border(glyphs, at).then_some(at);
    };
    first.iter().find_map(|syllable| {
        let end = at + syllable.letters().len();
        let letters = glyphs.get(at..end)?.iter().map(|glyph| glyph.ch);
        if !letters.eq(syllable.as_str().chars()) {
            return None;
        }
        let between = glyphs[end..].iter().take(3).take_while(|glyph| is_between(glyph.ch));
        spelt(glyphs, if rest.is_empty() { end } else { end + between.count() }, rest)
    })
}

/// No letter of a word stands on both sides of where a glyph begins.
pub(in crate::disclosure) fn is_border(glyphs: &[Glyph], at: usize) -> bool {
    glyphs.get(at).is_none_or(|glyph| glyph.begins || !glyph.is_letter())
}

/// What stands between syllables: signs, and the numbers of tones.
pub(in crate::disclosure) fn is_between(it: char) -> bool {
    matches!(it, '-' | '.' | '+' | '\'' | '’' | '·' | ',' | '1'..='5')
}
