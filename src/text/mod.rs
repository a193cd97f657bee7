//! Chinese text: how it is sorted, and how values are written.
//!
//! [`characters`] knows those that nobody sees, [`credentials`] the passwords in addresses: what no
//! text of a site may hold; [`fold`](mod@fold) gives the form in which characters are compared,
//! `spread` reads the numbers that fill several cells. Nothing here depends on the portal. How whole
//! values are written is in `schema/display.rs`, how they are read in `schema/scalar.rs`.

pub mod characters;
pub mod credentials;
pub mod fold;
pub(crate) mod spread;

use std::{borrow::Cow, ops::Range};

use icu_collator::{
    Collator as IcuCollator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
};
use icu_locale_core::locale;

/// A Chinese character.
pub(crate) fn is_han(ch: char) -> bool {
    matches!(ch, '々' | '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(ch, '\u{20000}'..='\u{3ffff}')
}

/// Sorts as a Chinese dictionary does: by pinyin.
pub struct Collator(CollatorBorrowed<'static>);

impl Default for Collator {
    fn default() -> Self {
        Self::new()
    }
}

impl Collator {
    /// A collator of `zh-CN`, whose order is that of pinyin. Its data is compiled into the program,
    /// so it cannot fail.
    pub fn new() -> Self {
        let preferences = CollatorPreferences::from(&locale!("zh-CN"));
        let collator = IcuCollator::try_new(preferences, CollatorOptions::default());
        Self(collator.expect("the collation data of Chinese is compiled in"))
    }

    /// Returns bytes that compare as the texts sort. It allocates; whoever sorts makes each key
    /// once. Texts that Unicode holds to be the same have the same key, so an order that must be
    /// total needs a second criterion.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        let Ok(()) = self.0.write_sort_key_to(text, &mut key);
        key
    }
}

/// A count of which no more is said than that it is small: `少于 3`, `fewer than 3`. Any language
/// that is not Chinese gets the English words.
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

/// What stands behind a link to a file, so that a reader knows what opening it costs:
/// `（DOCX，24 KB）`. The size is as file managers show it, by 1024 bytes, and never too small.
pub fn file_note(kind: &str, bytes: u64, language: &str) -> String {
    let (kind, kilobytes) = (kind.to_uppercase(), bytes.div_ceil(1 << 10));
    let size = match kilobytes {
        ..1024 => format!("{kilobytes} KB"),
        _ => {
            let tenths = (kilobytes * 10).div_ceil(1 << 10);
            format!("{}.{} MB", tenths / 10, tenths % 10).replace(".0 ", " ")
        }
    };
    if language.starts_with("zh") {
        format!("（{kind}，{size}）")
    } else {
        format!(" ({kind}, {size})")
    }
}

/// What a sum says of the numbers that it leaves out because they are too small to be shown: how
/// many there are, and `below` which number they are. Without that they are just not shown.
pub fn left_out(count: u64, below: Option<u16>, language: &str) -> String {
    match (language.starts_with("zh"), below) {
        (true, Some(below)) => format!("不含少于 {below} 的 {count} 个数"),
        (true, None) => format!("不含不单列的 {count} 个数"),
        (false, Some(below)) => format!("without {count} below {below}"),
        (false, None) => format!("without {count} not shown"),
    }
}

/// How Markdown writes the star of a masked name. A star itself could make what follows bold, and
/// an escaped one would show its backslash wherever Markdown takes no escapes: in code, in HTML, in
/// addresses. So it is a character that Unicode leaves to programs (a noncharacter), without a
/// meaning in Markdown; [`shown`] and the renderer of Markdown make it a star.
pub const MASKED_STAR: char = '\u{FDD0}';

/// It as UTF-8.
const MASKED_STAR_BYTES: &[u8] = "\u{FDD0}".as_bytes();

/// A text as readers see it, where it may have come from Markdown: with stars for [`MASKED_STAR`].
pub fn shown(text: &str) -> Cow<'_, str> {
    // To look at all bytes is quicker than to look for the first, and hardly a text begins a character so.
    let begins = |(a, b): (&u8, &u8)| [*a, *b] == MASKED_STAR_BYTES[..2];
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let may_have = pairs.fold(false, |found, it| found | begins(it));
    if may_have && text.contains(MASKED_STAR) {
        Cow::Owned(text.replace(MASKED_STAR, "*"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a text has such a byte. It looks at all of them, which for short texts is quicker than to
/// look for the first.
pub fn has_byte(text: &str, is_sought: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | is_sought(byte))
}

/// Whether two ranges have bytes in common.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A sentence or name in several languages.
///
/// Pairs of a language tag and a text, in the order of the file. The tag is empty for a text that
/// is not translated: `title: 好人榜` rather than `title: {zh-CN: 好人榜, en: Honour roll}`.
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

    /// Returns the text of exactly that tag; else the first there is, in whatever language; else an
    /// empty text. `zh` does not find `zh-CN`.
    pub fn get(&self, language: &str) -> &str {
        let wanted = self.0.iter().find(|(tag, _)| tag == language);
        wanted.or(self.0.first()).map_or("", |(_, text)| text)
    }

    /// Returns whether it is that text in some language, letter by letter. Files may name a field
    /// by its label in any of them.
    pub fn is(&self, text: &str) -> bool {
        self.0.iter().any(|(_, it)| it == text)
    }

    /// Both texts with something between them, in each language that one of them has.
    #[must_use]
    pub fn joined(&self, other: &Self, between: &str) -> Self {
        let mut tags: Vec<&str> = self.0.iter().chain(&other.0).map(|(tag, _)| &**tag).collect();
        tags.sort_unstable();
        tags.dedup();
        let both = |tag: &str| format!("{}{between}{}", self.get(tag), other.get(tag));
        Self(tags.into_iter().map(|tag| (tag.to_owned(), both(tag))).collect())
    }

    /// It with a number behind it, `联系人2`; with a space behind letters that need one, `Contact 2`.
    #[must_use]
    pub fn numbered(&self, number: u16) -> Self {
        let both = |text: &str| {
            let space =
                if text.ends_with(|it: char| it.is_ascii_alphanumeric()) { " " } else { "" };
            format!("{text}{space}{number}")
        };
        Self(self.0.iter().map(|(tag, text)| (tag.clone(), both(text))).collect())
    }

    /// The text in each language that has one.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| &**text)
    }

    /// Returns whether it says nothing: there is no text, or all are empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, it)| it.is_empty())
    }
}

/// Full-width letters, digits and signs as their ASCII twins: `１` → `1`, `：` → `:`. The minus
/// sign and the dashes become `-`. All else stays, the ideographic space too.
pub fn half_width(it: char) -> char {
    match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        '−' | '–' | '—' => '-',
        it => it,
    }
}

/// Full-width letters, digits and signs as their ASCII twins, and no white space: ` ２０２６ 年` →
/// `2026年`. Text that is plain ASCII already, as nearly all numbers are, is borrowed.
pub fn narrow(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|it| it.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|it| !it.is_whitespace()).map(half_width).collect())
}

/// `true`, `yes`, `是` and their like, in capitals or not; nothing for any other word. The text
/// must be trimmed; full-width letters are not understood.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "是" | "有" | "√" | "1" => Some(true),
        "false" | "no" | "否" | "无" | "×" | "0" => Some(false),
        _ => None,
    }
}

/// How many characters of a record's words its address is made of.
pub const SLUG: usize = 80;

/// A name for an address, made from a record's words: letters and digits of any script stay, in
/// small letters, all else becomes one `-`.
///
/// ```text
/// 好邻居-王秀兰-2026-03-05   → 好邻居-王秀兰-2026-03-05
/// 3 号楼（B 座） Lift        → 3-号楼-b-座-lift
/// ```
///
/// Only the first [`SLUG`] characters count. It is empty if none of them is a letter or digit.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for character in words.chars().take(SLUG) {
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
