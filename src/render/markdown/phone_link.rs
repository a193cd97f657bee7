//! Telephone numbers in a text, which a phone can dial.
//!
//! | in the text | dialled |
//! | --- | --- |
//! | `0431-8255-0001`, `（0431）82550001`, `138 0013 8000` | any with an area code, 400 and 800, mobile |
//! | `拨打110`, `热线12345` | a short one behind a word that says so |
//! | `8255-0001`, `编号 0431825500011`, `2026-11-28` | no |
//!
//! Whether a number may be published is not decided here: the text was searched before.

use std::ops::Range;

use crate::schema::phone::{self, PhoneLine};

/// The fewest digits of a number that needs no word before it.
const LONG: usize = 10;

/// The fewest digits of any number.
const SHORTEST: usize = 3;

/// The numbers of three digits that somebody answers.
const EMERGENCIES: [&str; 6] = ["110", "112", "114", "119", "120", "122"];

/// How other short numbers begin: of telephone companies, hotlines, banks and towns.
const SERVICES: [&str; 5] = ["10", "11", "12", "95", "96"];

/// Words behind which a short number is one to dial.
const WORDS: [&str; 6] = ["电", "热线", "拨", "打", "报警", "求助"];

/// How many characters before a short number are read for such a word.
const NEAR: usize = 4;

/// Whether a text may have a number: a few digits or more side by side. Costs one pass.
pub(super) fn may_be_in(text: &str) -> bool {
    text.as_bytes().windows(3).any(|it| it.iter().all(u8::is_ascii_digit))
}

/// The numbers in a text, in order, each with what is dialled: `043182550001`.
pub(super) fn phones(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut phones = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let digit = at + found;
        let start = start(text, digit);
        let end = end(bytes, digit);
        at = end;
        let is_short = end - digit < SHORTEST;
        if !is_short
            && !goes_on(text, start, end)
            && let Some(number) = number(text, start..end)
        {
            phones.push((start..end, number));
        }
    }
    phones
}

/// Where a number begins whose first digit stands at `digit`: with a bracket or a plus before it.
fn start(text: &str, digit: usize) -> usize {
    let before = text[..digit].chars().next_back();
    before.filter(|it| matches!(it, '(' | '（' | '+')).map_or(digit, |it| digit - it.len_utf8())
}

/// Where digits end between which stand single signs of telephone numbers.
fn end(bytes: &[u8], digit: usize) -> usize {
    const SIGNS: [&[u8]; 6] = [
        "-".as_bytes(),
        " ".as_bytes(),
        ")".as_bytes(),
        "）".as_bytes(),
        ") ".as_bytes(),
        "） ".as_bytes(),
    ];
    let mut end = digit;
    loop {
        end += bytes[end..].iter().take_while(|it| it.is_ascii_digit()).count();
        let is_before_digit = |sign: &&&[u8]| {
            let rest = &bytes[end..];
            rest.starts_with(sign) && rest.get(sign.len()).is_some_and(u8::is_ascii_digit)
        };
        match SIGNS.iter().find(is_before_digit) {
            Some(sign) => end += sign.len(),
            None => return end,
        }
    }
}

/// Whether a part of a text is part of something longer: of an address, a word, a number.
fn goes_on(text: &str, start: usize, end: usize) -> bool {
    let is_joined = |it: char| it.is_ascii_alphanumeric() || "-./_@%&=+#*×~～".contains(it);
    let is_behind = |it: char| it.is_ascii_alphanumeric() || "-/_@%&=+*×~～元年".contains(it);
    text[..start].chars().next_back().is_some_and(is_joined)
        || text[end..].chars().next().is_some_and(is_behind)
}

/// What is dialled for the number at a place of a text, if that is one.
fn number(text: &str, range: Range<usize>) -> Option<String> {
    let written = &text[range.clone()];
    let (_, digits) = phone::national(written);
    let is_number = match PhoneLine::of(&digits) {
        PhoneLine::Mobile => true,
        PhoneLine::Land(area) => area > 0,
        PhoneLine::Service if digits.len() >= LONG => true,
        PhoneLine::Service => {
            is_service(&digits)
                && written.len() == digits.len()
                && is_announced(&text[..range.start])
        }
        PhoneLine::Unknown => false,
    };
    if !is_number {
        return None;
    }
    let dialled = phone::dialled(written);
    // What stands behind a hyphen may be an extension, which is dialled later.
    let is_whole = dialled.split(';').next().is_some_and(|it| it.ends_with(&digits));
    is_whole.then_some(dialled)
}

/// Whether short digits are the number of a service that there is.
fn is_service(digits: &str) -> bool {
    match digits.len() {
        3 => EMERGENCIES.contains(&digits),
        _ => SERVICES.iter().any(|first| digits.starts_with(first)),
    }
}

/// Whether a word right before a short number says that it is one to dial.
fn is_announced(before: &str) -> bool {
    let near: Vec<char> = before.chars().rev().take(NEAR).collect();
    let near: String = near.into_iter().rev().collect();
    WORDS.iter().any(|word| near.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let phones = phones(text).into_iter();
        phones
            .map(|(range, number)| format!("{}={number}", &text[range]))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn numbers_to_dial() {
        for (text, expected) in [
            ("电话：0431-8255-0001。", "0431-8255-0001=043182550001"),
            (
                "请打043182550001，或400-800-1234",
                "043182550001=043182550001 400-800-1234=4008001234",
            ),
            ("（0431）82550001", "（0431）82550001=043182550001"),
            ("手机138 0013 8000", "138 0013 8000=13800138000"),
            ("+86 138 0013 8000", "+86 138 0013 8000=+8613800138000"),
            ("010-62550001、0431-82550002", "010-62550001=01062550001 0431-82550002=043182550002"),
            ("火警请拨打119，热线 12345", "119=119 12345=12345"),
            ("电话:110", "110=110"),
            ("0431-82550001", "0431-82550001=043182550001"),
        ] {
            assert_eq!(found(text), expected, "{text}");
            assert!(may_be_in(text), "{text}");
        }
    }

    #[test]
    fn other_numbers() {
        for text in [
            "2026-11-28",
            "8255-0001",
            "共110户，120元，119人",
            "编号 0431825500011",
            "220104000000123456",
            "http://a.cn/0431-82550001",
            "a0431-82550001b",
            "0123-82159801",
            "电费12345元",
            "12345678901234567890",
            "第110号",
            "电话138",
            "热线81234",
            "",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
