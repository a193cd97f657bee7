//! The form in which characters are compared.
//!
//! | written | compared as |
//! | --- | --- |
//! | 張, 歐, 爲 | 张, 欧, 为: the simplified form |
//! | 金 (U+F90A), ⼤ (U+2F24) | 金, 大 |
//! | `Ｗ`, `W`, `ẃ`, `w` + U+0301 | `w` |
//! | `•`, `・`, `．` | `·` |
//! | soft hyphen, zero-width space, variation selector | nothing |
//!
//! Simplified forms are those of `OpenCC`'s table of single characters. Where several are possible
//! the first is taken, on both sides of a comparison.

use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Calls `push` with the characters that a character is compared as: mostly one, of a mark none.
/// Two table look-ups for Chinese, none for ASCII and the usual full-width signs.
pub fn fold(ch: char, push: &mut impl FnMut(char)) {
    match ch {
        '\0'..='\x7f' => push(ch.to_ascii_lowercase()),
        FIRST..=LAST => push(simplified(ch)),
        '•' | '・' | '‧' | '∙' | '⋅' | 'ㆍ' | '･' | '．' => push('·'),
        '、' | '。' => push(ch),
        '！'..='～' => {
            let narrow = u8::try_from(u32::from(ch) - u32::from('！') + u32::from('!'));
            push(char::from(narrow.unwrap_or_default()).to_ascii_lowercase());
        }
        _ => {
            let form = DecomposingNormalizerBorrowed::new_nfkd();
            let parts = form.normalize_iter(std::iter::once(ch)).filter(|it| !is_mark(*it));
            parts.flat_map(char::to_lowercase).for_each(|it| push(simplified(it)));
        }
    }
}

const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// The groups of characters that are compared as one: the simplified form of each, and behind it the
/// others. They are in order of the simplified forms.
pub fn variants() -> impl Iterator<Item = &'static str> {
    include_str!("simplified.txt").split_whitespace()
}

/// The simplified form of a Chinese character; any other character itself.
pub(crate) fn simplified(ch: char) -> char {
    /// By the distance from [`FIRST`]; zero for a character that stays.
    static FORMS: LazyLock<Vec<u16>> = LazyLock::new(|| {
        let mut forms = vec![0; (FIRST..=LAST).count()];
        for group in variants() {
            let mut characters = group.chars();
            let form = characters.next().and_then(|it| u16::try_from(u32::from(it)).ok());
            for other in characters {
                if let Some(slot) = forms.get_mut(u32::from(other) as usize - FIRST as usize) {
                    *slot = form.unwrap_or(0);
                }
            }
        }
        forms
    });
    if !(FIRST..=LAST).contains(&ch) {
        return ch;
    }
    let form = FORMS[u32::from(ch) as usize - FIRST as usize];
    char::from_u32(u32::from(form)).filter(|it| *it != '\0').unwrap_or(ch)
}

/// Accents, vowel signs, joiners and other characters that are nothing by themselves.
pub(crate) fn is_mark(it: char) -> bool {
    let mark = matches!(it, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{64b}'..='\u{65f}')
        || matches!(it, '\u{f71}'..='\u{fbc}' | '\u{115f}'..='\u{11ff}' | '\u{17b4}' | '\u{17b5}')
        || matches!(it, '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
        || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(it, '\u{20d0}'..='\u{20ff}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(it, '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{ffa0}')
        || matches!(it, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}');
    mark || it.is_control() && !it.is_whitespace()
}
