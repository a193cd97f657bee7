//! Chinese text: how it is sorted, and how values are written.

use icu_collator::{
    Collator as IcuCollator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
};
use icu_locale_core::locale;

use crate::schema::{Field, FieldType, Value};

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

/// A number of which nothing is said, because small counts are part of it.
pub fn withheld(language: &str) -> &'static str {
    if language.starts_with("zh") { "不单列" } else { "not shown" }
}

/// A value as one line of text in a language: dates and times as in ISO 8601, choices by their
/// label, several values with `、` between. Absent and places, whose names the places know, are empty.
pub fn plain(value: &Value, field: &Field, language: &str) -> String {
    match value {
        Value::Absent | Value::Place(_) => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Few(below) => few(*below, language),
        Value::Decimal(number) if field.kind == FieldType::Money => format!("{number:.2}"),
        Value::Decimal(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Month(date) => date.strftime("%Y-%m").to_string(),
        Value::Year(year) => year.to_string(),
        Value::Time(time) => time.strftime("%H:%M").to_string(),
        Value::DateTime(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        Value::Choice(index) => field
            .choices
            .get(usize::from(*index))
            .map_or_else(String::new, |it| it.label.get(language).to_owned()),
        Value::List(values) => {
            let each: Vec<_> = values.iter().map(|it| plain(it, field, language)).collect();
            each.join("、")
        }
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
        names.sort_by_key(|it| collator.key(it));
        assert_eq!(names, ["阿明", "李四", "王五", "一心", "张三", "赵六"]);
    }
}
