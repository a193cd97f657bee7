//! Names of persons in one form, so that a person is one however the name is typed.
//!
//! ```text
//! 王 芳, 王　芳        王芳: lists are aligned with blanks
//! 买买提•艾力          买买提·艾力
//! Ｊｏｈｎ  Smith      John Smith
//! ```

use std::borrow::Cow;

use crate::text::{half_width, is_han};

/// The most characters of a name in which blanks may be for looks. Blanks in longer ones may stand
/// between persons: `王秀英 李建国`.
const LONGEST: usize = 4;

/// A name without blanks that are there for looks, with one blank between other words, letters of
/// usual width, and `·` for all dots that are typed for it. Most names are so already.
///
/// A blank beside a dot means nothing. One between Chinese characters does if it sets a single
/// character apart, in a name that is short enough to be that of one person.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.chars().all(is_han) {
        return Cow::Borrowed(name);
    }
    let is_short = name.chars().filter(|ch| is_han(*ch)).count() <= LONGEST;
    let usual = |word: &str| word.chars().map(usual).collect::<String>();
    let mut words = name.split_whitespace().map(usual);
    let mut plain = words.next().unwrap_or_default();
    let mut last = plain.clone();
    for word in words {
        let is_dot = plain.ends_with('·') || word.starts_with('·');
        let is_single =
            is_short && (ends_single(&last) && begins_han(&word) || begins_single(&word));
        let is_inside = is_single && plain.chars().next_back().is_some_and(is_han);
        if !is_dot && !is_inside {
            plain.push(' ');
        }
        plain.push_str(&word);
        last = word;
    }
    Cow::Owned(plain)
}

/// Whether a word begins with a Chinese character.
fn begins_han(word: &str) -> bool {
    word.chars().next().is_some_and(is_han)
}

/// Whether a word begins with one Chinese character, and not with two.
fn begins_single(word: &str) -> bool {
    begins_han(word) && !word.chars().nth(1).is_some_and(is_han)
}

/// Whether a word ends with one Chinese character, and not with two.
fn ends_single(word: &str) -> bool {
    let mut last = word.chars().rev();
    last.next().is_some_and(is_han) && !last.next().is_some_and(is_han)
}

/// A character as it is usually typed.
fn usual(ch: char) -> char {
    match ch {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => half_width(ch),
        '•' | '・' | '‧' | '∙' | '⋅' | 'ㆍ' | '･' | '．' => '·',
        ch => ch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_form() {
        for (name, expected) in [
            ("王芳", "王芳"),
            ("王 芳", "王芳"),
            (" 王\u{3000}\u{3000}芳 ", "王芳"),
            ("王 芳（党员）", "王芳（党员）"),
            ("买买提 • 艾力", "买买提·艾力"),
            ("阿不都．热合曼", "阿不都·热合曼"),
            ("Ｊｏｈｎ  Smith", "John Smith"),
            ("John 王", "John 王"),
            ("欧阳 锋", "欧阳锋"),
            ("王 秀英", "王秀英"),
            ("王秀英 李建国", "王秀英 李建国"),
            ("王芳  李明", "王芳 李明"),
            ("王 芳 李 明 赵", "王 芳 李 明 赵"),
            ("", ""),
        ] {
            assert_eq!(plain(name), expected, "{name}");
        }
    }
}
