//! Names of persons in one form, so that a person is one however the name is typed.
//!
//! ```text
//! 王 芳, 王　芳        王芳: lists are aligned with blanks
//! 买买提•艾力          买买提·艾力
//! Ｊｏｈｎ  Smith      John Smith
//! ```

use std::borrow::Cow;

use crate::text::is_han;

/// A name without blanks between Chinese characters, with one blank between other words, letters of
/// usual width, and `·` for all dots that are typed for it. Most names are so already.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.chars().all(is_han) {
        return Cow::Borrowed(name);
    }
    let mut plain = String::with_capacity(name.len());
    let mut words = name.split_whitespace().peekable();
    while let Some(word) = words.next() {
        plain.extend(word.chars().map(usual));
        let next = words.peek().and_then(|it| it.chars().next());
        let is_inside = plain.chars().next_back().is_some_and(is_part) && next.is_some_and(is_part);
        if next.is_some() && !is_inside {
            plain.push(' ');
        }
    }
    Cow::Owned(plain)
}

/// Whether no blank belongs beside a character in a name.
fn is_part(ch: char) -> bool {
    is_han(ch) || usual(ch) == '·'
}

/// A character as it is usually typed.
fn usual(ch: char) -> char {
    match ch {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
            char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch)
        }
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
            ("王 小 芳（党员）", "王小芳（党员）"),
            ("买买提 • 艾力", "买买提·艾力"),
            ("阿不都．热合曼", "阿不都·热合曼"),
            ("Ｊｏｈｎ  Smith", "John Smith"),
            ("John 王", "John 王"),
            ("", ""),
        ] {
            assert_eq!(plain(name), expected, "{name}");
        }
    }
}
