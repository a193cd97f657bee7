//! Chinese text: how it is sorted, and how values are written.

use std::borrow::Cow;

use icu_collator::{
    Collator as IcuCollator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
};
use icu_locale_core::locale;

/// Sorts as a Chinese dictionary does: by pinyin.
pub struct Collator(CollatorBorrowed<'static>);

impl Default for Collator {
    fn default() -> Self {
        Self::new()
    }
}

impl Collator {
    /// A collator.
    pub fn new() -> Self {
        let preferences = CollatorPreferences::from(&locale!("zh-CN"));
        let collator = IcuCollator::try_new(preferences, CollatorOptions::default());
        Self(collator.expect("the collation data of Chinese is compiled in"))
    }

    /// Bytes that compare as the texts sort.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        let Ok(()) = self.0.write_sort_key_to(text, &mut key);
        key
    }
}

/// A count of which no more is said than that it is small.
pub fn few(below: u16, language: &str) -> String {
    if language.starts_with("zh") {
        format!("少于 {below}")
    } else {
        format!("fewer than {below}")
    }
}

/// Stands for a number that is withheld because small counts are part of it.
pub fn withheld(language: &str) -> &'static str {
    if language.starts_with("zh") { "不单列" } else { "not shown" }
}

/// A sentence or name in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Localized(Vec<(String, String)>);

impl Localized {
    /// The same text in every language.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![(String::new(), text.into())])
    }

    /// Texts by language tag.
    pub fn new(texts: Vec<(String, String)>) -> Self {
        Self(texts)
    }

    /// The text in that language, in any other if it has none, empty if it has none at all.
    pub fn get(&self, language: &str) -> &str {
        let wanted = self.0.iter().find(|(tag, _)| tag == language);
        wanted.or(self.0.first()).map_or("", |(_, text)| text)
    }

    /// It is that text in some language.
    pub fn is(&self, text: &str) -> bool {
        self.0.iter().any(|(_, it)| it == text)
    }

    /// It says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, it)| it.is_empty())
    }
}

/// Full-width letters, digits and signs as their ASCII twins; spaces stay.
pub fn half_width(it: char) -> char {
    match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        '−' | '–' | '—' => '-',
        it => it,
    }
}

/// Full-width letters, digits and signs as their ASCII twins, and without spaces between.
pub fn narrow(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|it| it.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|it| !it.is_whitespace()).map(half_width).collect())
}

/// `true`, `yes`, `是` and their like.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "是" | "有" | "√" | "1" => Some(true),
        "false" | "no" | "否" | "无" | "×" | "0" => Some(false),
        _ => None,
    }
}

/// A name for an address, made from a record's words: letters and digits of any script stay, all
/// else becomes one `-`.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for character in words.chars().take(80) {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_addresses() {
        assert_eq!(slug("XY-2026/0012 号 "), "xy-2026-0012-号");
        assert_eq!(slug("//"), "");
    }

    #[test]
    fn sorts_by_pinyin() {
        let collator = Collator::new();
        let mut names = ["张三", "李四", "阿明", "赵六", "王五", "一心"];
        names.sort_by_key(|name| collator.key(name));
        assert_eq!(names, ["阿明", "李四", "王五", "一心", "张三", "赵六"]);
    }
}
