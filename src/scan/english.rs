//! Homes in English: `Room 501, Unit 2, Building 3`, `Apt 501`.
//!
//! The word comes before the number, and the parts in any order, with commas or spaces between. A
//! home is an apartment by itself (`Apt 501`), or a room together with a building or a unit;
//! `Room 501` alone may be an office. The key is that of the same home in Chinese.

use crate::scan::{
    address::Home,
    finding::Finding,
    glyph::{BORDER, Glyph, Source},
    numeral::numeral,
};

/// The part that the number behind a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EnglishWord {
    Building,
    Unit,
    Floor,
    Room,
    /// A word for homes alone.
    Apartment,
}

/// The words in lower case. `No.` counts as a floor, which is in no key: it is read over.
const WORDS: [(&str, EnglishWord); 16] = [
    ("building", EnglishWord::Building),
    ("bldg", EnglishWord::Building),
    ("block", EnglishWord::Building),
    ("tower", EnglishWord::Building),
    ("unit", EnglishWord::Unit),
    ("entrance", EnglishWord::Unit),
    ("floor", EnglishWord::Floor),
    ("room", EnglishWord::Room),
    ("rm", EnglishWord::Room),
    ("apt", EnglishWord::Apartment),
    ("apartment", EnglishWord::Apartment),
    ("flat", EnglishWord::Apartment),
    ("no", EnglishWord::Floor),
    ("house", EnglishWord::Building),
    ("gate", EnglishWord::Unit),
    ("door", EnglishWord::Room),
];

/// The most glyphs that a home is read from.
const LONGEST: usize = 64;

/// The home whose first number stands at `at`, behind its word. Spaces, `.` and `#` may stand
/// between the number and its word. None if the letters before are not one of `WORDS` as a whole.
pub(super) fn at(source: Source<'_>, at: usize) -> Option<Finding> {
    let before = source.backward(at).take(13).skip_while(|it| is_sign(it.ch));
    let mut letters = [' '; 13];
    let (mut length, mut start) = (0, at);
    for letter in before.take_while(|it| it.ch.is_ascii_alphabetic()) {
        (letters[length], start) = (letter.ch.to_ascii_lowercase(), letter.start);
        length += 1;
    }
    WORDS.iter().find(|(it, _)| it.chars().rev().eq(letters[..length].iter().copied()))?;
    let glyphs: Vec<Glyph> =
        source.forward(start).take(LONGEST).take_while(|it| it.ch != BORDER).collect();
    read(&glyphs)
}

/// The home that the glyphs begin with. Stops at the first part that is no word with a number, or
/// comes a second time, and judges by what was read. The range ends with the last number.
fn read(glyphs: &[Glyph]) -> Option<Finding> {
    let mut home = Home::default();
    let mut room: Option<(EnglishWord, String)> = None;
    let (mut at, mut end) = (0, 0);
    while let Some((mark, length)) = word(&glyphs[at..]) {
        let behind = at + length;
        let gap = glyphs[behind..].iter().take(4).take_while(|it| is_sign(it.ch)).count();
        let Some(number) = numeral(&glyphs[behind + gap..]) else { break };
        // A word and its number without anything between are a home only as `Room501`.
        if gap == 0 && !number.is_full {
            break;
        }
        let length = number.length;
        match mark {
            EnglishWord::Building if home.building.is_none() => home.building = Some(number.text),
            EnglishWord::Unit if home.unit.is_none() => home.unit = Some(number.text),
            EnglishWord::Floor if home.floor.is_none() => home.floor = Some(number.text),
            EnglishWord::Room | EnglishWord::Apartment if room.is_none() => {
                room = Some((mark, number.text));
            }
            _ => break,
        }
        end = behind + gap + length;
        at = end
            + glyphs[end..]
                .iter()
                .take(3)
                .take_while(|glyph| glyph.ch == ',' || is_sign(glyph.ch))
                .count();
    }
    let (mark, room) = room?;
    let is_home = mark == EnglishWord::Apartment || home.building.is_some() || home.unit.is_some();
    is_home.then(|| home.finding(&room, glyphs[0].start, glyphs[end - 1].end))
}

/// The word that the glyphs begin with, and how many of them it has. In any case; a longer word
/// that begins like one of them is none.
fn word(glyphs: &[Glyph]) -> Option<(EnglishWord, usize)> {
    let letters = glyphs.iter().take(12).take_while(|it| it.ch.is_ascii_alphabetic());
    let word: String = letters.map(|it| it.ch.to_ascii_lowercase()).collect();
    let (_, mark) = WORDS.iter().find(|(it, _)| *it == word)?;
    Some((*mark, word.len()))
}

/// What may stand between a word and its number: `Rm.501`, `Apt #501`.
fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '.' | '#')
}
