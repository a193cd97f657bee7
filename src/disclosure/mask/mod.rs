//! How personal values are shown when they are not shown whole.
//!
//! Text comes in and text goes out. What is not understood is hidden, so wherever a text can be
//! read in two ways less of it is shown. `person.rs`, `phone.rs` and `address.rs` know how such
//! values are written. `reading.rs` reads a text as its readers do, to compare it with names; on it
//! stands `traces.rs`, which takes the names of a record out of its texts. The short rules are here.

mod address;
mod hashed;
mod person;
mod phone;
pub mod reading;
mod traces;

pub use address::address;
pub(in crate::disclosure) use hashed::NameIndex;
pub use hashed::{HashedName, NameHash, NameSecret};
pub use person::person;
pub use phone::phone;
pub use traces::{Traces, hashed};

/// E-mail addresses without the names in them: `w***@example.cn`.
pub fn email(address: &str) -> String {
    let is_between = |ch: char| ch.is_whitespace() || ",，;；、/／|<>".contains(ch);
    let mut shown = String::new();
    for piece in address.trim().split_inclusive(is_between) {
        let one = piece.trim_end_matches(is_between);
        match one.rsplit_once('@') {
            Some((name, host)) => {
                // A name of one letter would be shown whole.
                let first = name.chars().next().filter(|it| it.len_utf8() < name.len());
                shown.extend(first);
                shown += "***@";
                shown += host;
            }
            None if one.is_empty() => {}
            None => shown += "***",
        }
        shown += &piece[one.len()..];
    }
    shown
}

/// Any other text: its first character and two stars; of one character only a star.
pub fn text(text: &str) -> String {
    let mut characters = text.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(_)) => format!("{first}**"),
        (Some(_), None) => "*".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    mod values;

    use proptest::prelude::*;

    use super::*;

    /// Cases in lines of `text → masked`, several of them with ` | ` between.
    pub(super) fn check(mask: impl Fn(&str) -> String, cases: &str) {
        for case in cases.split(['|', '\n']).filter(|it| !it.trim().is_empty()) {
            let (text, masked) = case.split_once('→').unwrap();
            assert_eq!(mask(text.trim()), masked.trim(), "{}", text.trim());
        }
    }

    #[test]
    fn emails_and_texts() {
        check(
            email,
            "wang.xy@example.cn → w***@example.cn | w@example.cn → ***@example.cn | @a.cn → ***@a.cn
             王秀英@example.cn → 王***@example.cn | 王秀英 → *** | a@b@c.cn → a***@c.cn | →
             ab@c.cn, de@f.cn;gh@i.cn → a***@c.cn, d***@f.cn;g***@i.cn
             王秀英 <wang@a.cn> → *** <w***@a.cn>",
        );
        check(text, "低保户 → 低** | 低保 → 低** | 低 → * | → | 220102199001011234 → 2**");
    }

    proptest! {
        #[test]
        fn anything_is_masked(
            words in "(王伟|欧阳|[A-Za-z]+|[0-9-]+|@|栋|室|·|[,、（）() ]|.){0,12}",
        ) {
            let _ = (email(&words), text(&words), crate::schema::phone::is_office_line(&words));
            prop_assert!(!address(&words).contains(char::is_numeric));
            prop_assert!(!phone(&words).contains(char::is_alphabetic) || words.contains('或'));
        }

        #[test]
        fn of_every_number_four_digits_are_hidden(number in "[0-9+][0-9 ()-]{3,20}(转[0-9]{1,4})?") {
            let shown = phone(&number).chars().filter(char::is_ascii_digit).count();
            let written = number.chars().filter(char::is_ascii_digit).count();
            prop_assert!(shown + written.min(4) <= written, "{}", phone(&number));
        }
    }
}
