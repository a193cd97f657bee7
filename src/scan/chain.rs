//! Digits in a row with little between them.
//!
//! A chain is everything that can be one number, however it is spaced; `number` then looks for data
//! at the places where a group begins.
//!
//! ```text
//! 电话 138-1234 5678，      1 chain: 138, 1234, 5678, with signs before the second and third group
//! 138 1234 5678、139…      2 chains: 、 is no sign that stands within a number
//! x13812345678             1 chain, joined before: part of a token, so no phone
//! %2013812345678           the 20 belongs to an escaped space and is left out
//! ```

use crate::scan::glyph::{Glyph, Source};

/// What stands before a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing that readers see.
    None,
    /// Spaces, hyphens and their like.
    Sign,
    /// One point.
    Point,
}

/// A digit. `start` and `end` are its bytes in the source, which may be three of a full-width digit
/// or more of a reference (`&#49;`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Digit {
    /// 0 to 9, and 10 for X.
    pub value: u8,
    pub gap: Gap,
    pub start: usize,
    pub end: usize,
}

/// Digits with no more than a few signs between two. It has at least one digit unless all belong to
/// a percent escape.
#[derive(Debug)]
pub(super) struct Chain {
    pub digits: Vec<Digit>,
    /// Whether a letter or digit that readers see touches the first digit.
    pub is_joined_before: bool,
    /// Whether one touches the last.
    pub is_joined_after: bool,
    /// What words before say that it is. Asked of long chains only.
    pub called: Called,
}

/// What the words before a number say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// Nothing that is known here.
    Nothing,
    /// An identity number.
    Identity,
    /// What many have and nobody is: the number of an order, a taxpayer, a licence.
    Other,
}

/// Shorter chains are neither identity numbers nor cards, and nobody asks what they are called.
pub(super) const LONG: usize = 15;

/// Words for long numbers that are no person's and no account's. A telephone or account number is
/// never called so.
const OTHERS: &[&str] = &[
    "税号",
    "识别号",
    "税务登记",
    "信用代码",
    "机构代码",
    "订单",
    "单号",
    "流水号",
    "许可证",
    "执照",
    "备案",
    "条码",
    "条形码",
    "序列号",
    "档案号",
    "案号",
];

/// So many signs at most stand between two digits of a chain: ` - `.
pub(super) const WIDEST_GAP: usize = 3;

/// The chain whose first digit stands at `start`. Reads as far as digits go on, with gaps of up to
/// three signs or a single point. An X ends the chain, as the check digit of an identity number.
/// Tags within are passed over by the glyphs, and a block ends it.
pub(super) fn chain(source: Source<'_>, start: usize) -> Chain {
    let mut digits: Vec<Digit> = Vec::with_capacity(24);
    let mut gap = Gap::None;
    let mut signs = 0;
    let mut after = None;
    for Glyph { ch, start, end } in source.forward(start) {
        match ch {
            '0'..='9' => {
                digits.push(Digit { value: ch as u8 - b'0', gap, start, end });
                (gap, signs) = (Gap::None, 0);
            }
            'X' | 'x' if is_number_so_far(&digits) => {
                digits.push(Digit { value: 10, gap, start, end });
                after = source.next(end).map(|it| it.ch);
                signs = 0;
                break;
            }
            // (138)12345678
            ')' if signs == 0 && is_in_brackets(&digits) => {
                (gap, signs) = (Gap::Sign, 1);
            }
            ' ' | '-' | '_' | '·' if signs < WIDEST_GAP => {
                (gap, signs) = (Gap::Sign, signs + 1);
            }
            '.' if signs == 0 => (gap, signs) = (Gap::Point, WIDEST_GAP),
            ch => {
                after = Some(ch);
                break;
            }
        }
    }
    let is_joined_after = signs == 0 && after.is_some_and(|it| it.is_ascii_alphanumeric());
    let (skipped, is_joined_before) = before(source, start, &digits);
    digits.drain(..skipped);
    let is_long = digits.len() >= LONG;
    let called = if is_long { called(source, start) } else { Called::Nothing };
    Chain { digits, is_joined_before, is_joined_after, called }
}

/// What a word shortly before says that the number is.
pub(super) fn called(source: Source<'_>, start: usize) -> Called {
    let mut before: Vec<char> = source.backward(start).take(12).map(|it| it.ch).collect();
    before.reverse();
    let before: String = before.into_iter().collect();
    let has = |words: &[&str]| words.iter().any(|word| before.contains(word));
    match () {
        () if has(&["身份证", "公民身份", "身分证"]) => Called::Identity,
        () if has(OTHERS) => Called::Other,
        () => Called::Nothing,
    }
}

/// Whether the first digits are those that mobile numbers begin with, so that a bracket may part them
/// from the others.
fn is_in_brackets(digits: &[Digit]) -> bool {
    matches!(digits, [first, second, _] if first.value == 1 && second.value >= 3)
}

/// An X is a digit only where it can be the last of an identity number.
fn is_number_so_far(digits: &[Digit]) -> bool {
    digits.len() >= 17
}

/// How many digits belong to a `%20` before the chain, and whether a letter touches it. Percent
/// escapes are those of addresses: in `%E8%AF%9D138…` the digits begin behind an escape and touch
/// nothing. A point before the chain joins it if a digit stands before that: `3.14159265358`.
fn before(source: Source<'_>, start: usize, digits: &[Digit]) -> (usize, bool) {
    let bytes = source.bytes;
    let is_hex = |it: usize| bytes.get(it).is_some_and(u8::is_ascii_hexdigit);
    if start >= 1 && bytes[start - 1] == b'%' && is_hex(start) && is_hex(start + 1) {
        return (2.min(digits.len()), false);
    }
    if start >= 3 && bytes[start - 3] == b'%' && is_hex(start - 2) && is_hex(start - 1) {
        return (0, false);
    }
    let mut behind = source.backward(start).map(|it| it.ch);
    let is_joined = match behind.next() {
        Some('.') => behind.next().is_some_and(|it| it.is_ascii_digit()),
        Some(ch) => ch.is_ascii_alphanumeric() && !is_label(source, start),
        None => false,
    };
    (0, is_joined)
}

/// Whether the letters before are a word that announces a phone number: `Tel138…`. In any case, and
/// as a whole word: `Hotel138…` is none.
fn is_label(source: Source<'_>, start: usize) -> bool {
    const LABELS: [&str; 5] = ["tel", "phone", "mobile", "mob", "id"];
    let glyphs = source.backward(start).take(8).take_while(|it| it.ch.is_ascii_alphanumeric());
    let word: String = glyphs.map(|it| it.ch.to_ascii_lowercase()).collect();
    LABELS.iter().any(|it| it.chars().rev().eq(word.chars()))
}
