//! Numbers written in Chinese digits, one for each digit: `一三八一二三四五六七八`, `幺三八〇〇…`.
//!
//! Nothing shorter than eleven digits is a datum, and each of them has three bytes. So no more than
//! one byte of sixteen is looked at until one is of a Chinese digit; the row around it is then read as
//! any other chain. Years (`二〇二六年`), ordinals and buildings are shorter; `十` ends a row.

use std::sync::LazyLock;

use crate::scan::{
    chain::{Called, Chain, Digit, Gap, LONG, WIDEST_GAP, called},
    finding::Finding,
    glyph::{Glyph, Source},
    number,
    numeral::digit,
};

/// How many bytes are passed over. In the shortest row are two places so far apart, of which at least
/// one is no sign between groups.
const STEP: usize = 16;

/// Adds the data in rows of Chinese digits.
pub(super) fn find(source: Source<'_>, findings: &mut Vec<Finding>) {
    let mut next = 0;
    for at in (0..source.bytes.len()).step_by(STEP) {
        let Some(start) = digit_around(source.bytes, at).filter(|start| *start >= next) else {
            continue;
        };
        let (row, end) = row(source, first(source, start));
        number::find(&row, findings);
        next = end;
    }
}

/// Where the Chinese digit begins to which a byte belongs. Bytes that begin no digit are most.
fn digit_around(bytes: &[u8], at: usize) -> Option<usize> {
    let start = (at.saturating_sub(2)..=at).rev().find(|it| bytes[*it] & 0xc0 != 0x80)?;
    let three = bytes.get(start..start + 3)?;
    if !ENDS.has(three) {
        return None;
    }
    value(str::from_utf8(three).ok()?.chars().next()?).map(|_| start)
}

/// Which second and third bytes the digits have, of three: hardly any other character has those of
/// one.
static ENDS: LazyLock<Ends> = LazyLock::new(|| {
    let mut ends = Ends([0; 64]);
    for code in '\u{3000}'..='\u{9fff}' {
        let mut bytes = [0; 3];
        if value(code).is_some() && code.encode_utf8(&mut bytes).len() == 3 {
            let (word, bit) = Ends::place(&bytes);
            ends.0[word] |= bit;
        }
    }
    ends
});

/// A bit for each second and third byte of a character: six bits of either count.
struct Ends([u64; 64]);

impl Ends {
    fn place(three: &[u8]) -> (usize, u64) {
        (usize::from(three[1] & 0x3f), 1 << (three[2] & 0x3f))
    }

    fn has(&self, three: &[u8]) -> bool {
        let (word, bit) = Self::place(three);
        three[0] >= 0xe0 && self.0[word] & bit != 0
    }
}

/// The value of a Chinese digit, as it is said of telephone numbers.
fn value(ch: char) -> Option<u8> {
    if ch == '幺' { Some(1) } else { digit(ch).and_then(|it| u8::try_from(it).ok()) }
}

fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '-' | '_' | '·')
}

/// Where the first digit of the row stands that has a digit at `at`.
fn first(source: Source<'_>, at: usize) -> usize {
    let (mut first, mut signs) = (at, 0);
    for glyph in source.backward(at) {
        if value(glyph.ch).is_some() {
            (first, signs) = (glyph.start, 0);
        } else if is_sign(glyph.ch) && signs < WIDEST_GAP {
            signs += 1;
        } else {
            break;
        }
    }
    first
}

/// The row that begins at `start`, and where it ends.
fn row(source: Source<'_>, start: usize) -> (Chain, usize) {
    let mut digits: Vec<Digit> = Vec::new();
    let (mut gap, mut signs, mut after) = (Gap::None, 0, None);
    for Glyph { ch, start, end } in source.forward(start) {
        if let Some(value) = value(ch) {
            digits.push(Digit { value, gap, start, end });
            (gap, signs) = (Gap::None, 0);
        } else if is_sign(ch) && signs < WIDEST_GAP {
            (gap, signs) = (Gap::Sign, signs + 1);
        } else {
            after = Some(ch).filter(|_| signs == 0);
            break;
        }
    }
    let end = digits.last().map_or(start, |it| it.end);
    let before = source.prev(start).map(|it| it.ch);
    let is_part =
        |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit() || "十百千万亿".contains(ch));
    let called = if digits.len() >= LONG { called(source, start) } else { Called::Nothing };
    let row = Chain {
        digits,
        is_joined_before: is_part(before),
        is_joined_after: is_part(after),
        called,
    };
    (row, end)
}
