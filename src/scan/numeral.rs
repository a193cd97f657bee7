//! Numbers of buildings and rooms, in digits, letters or Chinese numerals.
//!
//! | written | text | a room by itself |
//! | --- | --- | --- |
//! | `501`, `５０１` | `501` | yes |
//! | `五零一` | `501` | yes |
//! | `A3` | `a3` | no |
//! | `十二` | `12` | no |
//! | `1502B` | `1502b` | yes |
//! | `123456` | none: too long | |
//!
//! Glyphs are folded already (`glyph`), so only ASCII and Chinese digits occur.

use crate::scan::glyph::Glyph;

/// A number as it is written in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// In digits and lower-case letters: `501`, `a3`.
    pub text: String,
    /// How many glyphs it is written with.
    pub length: usize,
    /// Whether it can be the number of a room without a word that says so: three or four digits.
    pub is_full: bool,
}

/// The number that the glyphs begin with. Chinese numerals and digits are not mixed: the number
/// ends where the other kind begins. None if there is no number, if it has more than five glyphs
/// (seven in Chinese), or more than two letters; a word is no number, but `A` alone is.
pub(super) fn numeral(glyphs: &[Glyph]) -> Option<Numeral> {
    let chinese = glyphs.iter().take_while(|glyph| is_chinese(glyph.ch)).count();
    if chinese > 0 {
        let chars: Vec<char> = glyphs[..chinese].iter().map(|it| it.ch).collect();
        let text = arabic(&chars);
        let is_full = (3..=4).contains(&chinese) && text.len() == chinese;
        return (chinese <= 7).then_some(Numeral { text, length: chinese, is_full });
    }
    let length = glyphs.iter().take_while(|it| it.ch.is_ascii_alphanumeric()).count();
    let text: String = glyphs[..length].iter().map(|it| it.ch.to_ascii_lowercase()).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = length - digits;
    let is_number = (1..=5).contains(&length) && letters <= if digits == 0 { 1 } else { 2 };
    let is_full = (3..=4).contains(&digits) && letters <= 1;
    is_number.then_some(Numeral { text, length, is_full })
}

/// Whether a number can contain it.
pub(super) fn is_number(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || is_chinese(ch)
}

/// A Chinese digit, or 十 or 百; 千 and 万 are none.
pub(super) fn is_chinese(ch: char) -> bool {
    digit(ch).is_some() || matches!(ch, '十' | '百')
}

/// The value of a Chinese digit, in its everyday form or in that of banks (壹). None for 十 and 百.
pub(super) fn digit(ch: char) -> Option<u32> {
    Some(match ch {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// `二十三` is 23, `五零一` is 501. Digits in a row are read as they stand; with 十 or 百, a
/// missing digit before them is one: `十` is 10. Only Chinese numerals may be passed.
fn arabic(chars: &[char]) -> String {
    if chars.iter().all(|it| digit(*it).is_some()) {
        return chars.iter().filter_map(|it| char::from_digit(digit(*it)?, 10)).collect();
    }
    let (mut sum, mut last) = (0, None);
    for ch in chars {
        match (ch, digit(*ch)) {
            (_, Some(digit)) => last = Some(digit),
            ('百', _) => sum += last.take().unwrap_or(1) * 100,
            _ => sum += last.take().unwrap_or(1) * 10,
        }
    }
    (sum + last.unwrap_or(0)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_chinese_numerals() {
        for (text, number) in [
            ("五零一", "501"),
            ("十二", "12"),
            ("二十三", "23"),
            ("一百零五", "105"),
            ("三〇二", "302"),
            ("十", "10"),
        ] {
            assert_eq!(arabic(&text.chars().collect::<Vec<_>>()), number);
        }
    }
}
