//! Data that the end of a line cuts in two. Pages join the lines of a paragraph, with a space or
//! without one.
//!
//! ```text
//! 电话138
//! 12345678。        readers see a mobile number
//! ```

use std::ops::Range;

use memchr::memchr_iter;

use crate::scan::{Finding, numeral::is_chinese, text as find};

/// The bytes of a line beside its end that are looked at: more than any datum has.
const NEAR: usize = 96;

/// How many characters beside the end of a line must have a digit among them.
const CLOSE: usize = 6;

/// The personal data in a part of a text that go on behind the end of a line. Nothing for a line behind
/// which none, a list, a heading or a table begins. Costs a look at a few characters for each line.
pub fn cut(text: &str, range: Range<usize>) -> Vec<Finding> {
    let ends = memchr_iter(b'\n', &text.as_bytes()[range.clone()]);
    ends.flat_map(|end| at_end(text, range.start + end, &range)).collect()
}

/// The data that the end of a line at `end` cuts. What is behind it is looked at first: lines of
/// records begin with keys, and many end with days.
fn at_end(text: &str, end: usize, range: &Range<usize>) -> Vec<Finding> {
    let after = text[end + 1..range.end].trim_start_matches([' ', '\t', '　', '>']);
    if !begins_with_digits(after) {
        return Vec::new();
    }
    let before = text[range.start..end].trim_end_matches([' ', '\t', '\r', '\\']);
    let before = &before[boundary(before, before.len().saturating_sub(NEAR))..];
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    if !before.chars().rev().take(CLOSE).any(is_digit) {
        return Vec::new();
    }
    let after = &after[..boundary(after, NEAR)];
    let after = after.split('\n').next().unwrap_or_default();
    let (start, rest) = (offset(text, before), offset(text, after));
    let joined = |sign: &str| -> Vec<Finding> {
        let (seam, behind) = (before.len(), before.len() + sign.len());
        let found = find(&format!("{before}{sign}{after}")).into_iter();
        let over = found.filter(|it| it.range.start < seam && it.range.end > behind);
        over.map(|it| Finding { range: start + it.range.start..rest + it.range.end - behind, ..it })
            .collect()
    };
    let found = joined("");
    if found.is_empty() { joined(" ") } else { found }
}

/// Whether a digit is near to the beginning of a line that goes on with a paragraph.
fn begins_with_digits(line: &str) -> bool {
    let is_other = |ch: char| matches!(ch, '-' | '*' | '+' | '#' | '|' | ':');
    let near = line.chars().take(CLOSE).take_while(|ch| *ch != '\n');
    !line.starts_with(is_other) && near.into_iter().any(is_digit)
}

/// Whether a character is a digit of any script. Most are letters of keys or Chinese characters, of
/// which few are.
fn is_digit(ch: char) -> bool {
    match ch {
        '0'..='9' => true,
        '\0'..='\u{7f}' => false,
        '\u{3400}'..='\u{9fff}' => is_chinese(ch),
        _ => ch.is_numeric() || is_chinese(ch),
    }
}

/// The first border of a character at a byte or behind it.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|it| text.is_char_boundary(*it)).unwrap_or(text.len())
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_go_on_behind_the_end_of_a_line() {
        for (text, expected) in [
            ("电话138\n12345678。", Some("138\n12345678")),
            ("电话13812\n345678。", Some("13812\n345678")),
            ("电话138 1234 \r\n  5678。", Some("138 1234 \r\n  5678")),
            ("> 电话138\n> 12345678。", Some("138\n> 12345678")),
            ("住3栋2单元\n501室。", Some("3栋2单元\n501室")),
            ("电话一三八一二三四\n五六七八。", Some("一三八一二三四\n五六七八")),
            ("电话13812345678\n9点以后", None),
            ("电话\n13812345678", None),
            ("电话138\n\n12345678", None),
            ("- 138\n- 12345678", None),
            ("共138\n户", None),
            ("2026\n2027", None),
        ] {
            let found = cut(text, 0..text.len());
            let found: Vec<&str> = found.into_iter().map(|it| &text[it.range]).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{text}");
        }
        // What stands outside of the range is not looked at.
        let text = "电话138\n12345678";
        assert!(cut(text, text.len() - 8..text.len()).is_empty());
    }
}
