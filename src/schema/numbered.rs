//! Things that have numbers, such as buildings: ranges of them, and lists of them in short.
//!
//! Staff write the buildings of a grid as ranges, and each of them counts:
//!
//! ```text
//! 1-4栋                    1栋 2栋 3栋 4栋
//! 1栋至4栋                 the same
//! 黑水路12号1—3号楼        黑水路12号1号楼 黑水路12号2号楼 黑水路12号3号楼
//! 4-1栋, 118栋1-3单元      no range: the first number is the larger; parts of one building
//! ```
//!
//! Readers get those of one street together: `黑水路1、2、3号楼`.

use crate::text::narrow;

/// What may stand between the first and the last number.
const BETWEEN: [char; 9] = ['-', '－', '‐', '–', '—', '~', '～', '至', '到'];

/// Behind numbers of parts of one building. A range of these is one building.
const PARTS: [&str; 5] = ["单元", "门", "室", "层", "户"];

/// More than any field holds.
const MANY: usize = 2000;

/// What stands between things that are named; blanks may, too.
const SEPARATORS: [char; 8] = ['、', '，', ',', '；', ';', '和', '及', '与'];

/// Each thing that a text names: `1-3栋和5栋 6栋`. Parts without numbers stay as they are.
pub(crate) fn each(text: &str) -> Vec<String> {
    let has_number = |part: &str| split(part).is_some();
    let parts: Vec<&str> = text.split(SEPARATORS).collect();
    if !parts.iter().all(|part| has_number(part)) {
        return vec![text.to_owned()];
    }
    let range = |text: &str| expanded(text).map(|range| range.take(MANY).collect::<Vec<_>>());
    let spaced = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.iter().all(|word| has_number(word)) {
            words
                .into_iter()
                .flat_map(|it| range(it).unwrap_or_else(|| vec![it.to_owned()]))
                .collect()
        } else {
            vec![part.trim().to_owned()]
        }
    };
    parts.into_iter().flat_map(|part| range(part).unwrap_or_else(|| spaced(part))).collect()
}

/// The texts that a range stands for, in order: two or more. Nothing for any other text. There may
/// be very many: `1-9999栋`.
pub(crate) fn expanded(text: &str) -> Option<impl Iterator<Item = String>> {
    let (first, last) = text.trim().split_once(BETWEEN)?;
    let (before, first, word) = split(first.trim_end())?;
    let (again, last, behind) = split(last.trim_start())?;
    let is_whole = (word.is_empty() || word == behind) && (again.is_empty() || again == before);
    let is_part = PARTS.iter().any(|it| behind.starts_with(it));
    let (first, last) = (number(first)?, number(last)?);
    (is_whole && !is_part && first < last)
        .then(move || (first..=last).map(move |number| format!("{before}{number}{behind}")))
}

/// Texts with those that differ by their number alone put together where they stand beside each
/// other: `1栋 2栋 甲栋` as `1、2栋 甲栋`.
pub(crate) fn folded<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let texts: Vec<&str> = texts.collect();
    let around = |text: &'t str| split(text).map(|(before, _, behind)| (before, behind));
    let is_alike = |a: &&'t str, b: &&'t str| around(a).is_some_and(|it| Some(it) == around(b));
    let together = |group: &[&'t str]| match around(group[0]) {
        Some((before, behind)) => {
            let digits = group.iter().filter_map(|text| split(text)).map(|(_, digits, _)| digits);
            format!("{before}{}{behind}", digits.collect::<Vec<_>>().join("、"))
        }
        None => group[0].to_owned(),
    };
    texts.chunk_by(is_alike).map(together).collect()
}

/// What a text names, for a list of many: what is before its first number, that number, and all from
/// it on. `黑水路12号1号楼` as `黑水路`, 12 and `12号1号楼`. A text without a number stands behind all.
pub(crate) fn named(text: &str) -> (&str, u32, &str) {
    let is_digit = |ch: char| ch.is_ascii_digit() || matches!(ch, '０'..='９');
    let Some(start) = text.find(is_digit) else { return ("", u32::MAX, text) };
    let (before, rest) = text.split_at(start);
    let digits = &rest[..rest.find(|ch| !is_digit(ch)).unwrap_or(rest.len())];
    (before.trim(), number(digits).unwrap_or(u32::MAX), rest)
}

/// What is before the last number of a text, its digits, and what is behind it.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let is_digit = |ch: char| ch.is_ascii_digit() || matches!(ch, '０'..='９');
    let (at, ch) = text.char_indices().rfind(|(_, ch)| is_digit(*ch))?;
    let end = at + ch.len_utf8();
    let start = text[..end].trim_end_matches(is_digit).len();
    Some((&text[..start], &text[start..end], &text[end..]))
}

/// The number of so many digits; nothing if there are more than six.
fn number(digits: &str) -> Option<u32> {
    let few = digits.chars().count() <= 6;
    few.then(|| narrow(digits).parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stand_for_each_of_their_numbers() {
        for (text, expected) in [
            ("1-4栋", "1栋 2栋 3栋 4栋"),
            ("1栋至3栋", "1栋 2栋 3栋"),
            ("１～３号楼", "1号楼 2号楼 3号楼"),
            (" 9 — 11 号楼 ", "9 号楼 10 号楼 11 号楼"),
            ("黑水路12号1-2号楼", "黑水路12号1号楼 黑水路12号2号楼"),
            ("甲1到甲2栋", "甲1栋 甲2栋"),
            ("1-2", "1 2"),
        ] {
            let expanded: Vec<String> = expanded(text).expect(text).collect();
            assert_eq!(expanded.join(" "), expected.to_owned(), "{text}");
        }
    }

    #[test]
    fn lists_name_each_of_their_things() {
        for (text, expected) in [
            ("12号楼 13号楼", "12号楼|13号楼"),
            ("1栋和2-3栋", "1栋|2栋|3栋"),
            ("10栋，11栋", "10栋|11栋"),
            ("9 — 10 号楼", "9 号楼|10 号楼"),
            ("平房 和大院", "平房 和大院"),
            ("", ""),
        ] {
            assert_eq!(each(text).join("|"), expected);
        }
    }

    #[test]
    fn things_are_listed_by_what_is_before_their_number() {
        assert_eq!(named("黑水路12号1号楼"), ("黑水路", 12, "12号1号楼"));
        assert_eq!(named("1栋"), ("", 1, "1栋"));
        assert_eq!(named("甲 ０２栋"), ("甲", 2, "０２栋"));
        assert_eq!(named("大院"), ("", u32::MAX, "大院"));
        assert_eq!(named("99999999999栋"), ("", u32::MAX, "99999999999栋"));
    }

    #[test]
    fn other_texts_are_no_ranges() {
        for text in [
            "",
            "-",
            "1栋",
            "4-1栋",
            "3-3栋",
            "118栋1-3单元",
            "1-3门",
            "1栋-4座",
            "甲1-乙4栋",
            "A-C栋",
            "1-4栋和6栋",
            "1-9999999栋",
        ] {
            assert!(expanded(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_range_of_many_is_not_made_at_once() {
        assert_eq!(expanded("1-999999栋").map(|it| it.take(3).count()), Some(3));
    }

    #[test]
    fn those_of_one_street_are_told_together() {
        for (texts, expected) in [
            ("1栋 2栋 3栋", "1、2、3栋"),
            ("黑水路1号楼 黑水路2号楼 光复路1号楼", "黑水路1、2号楼 光复路1号楼"),
            ("甲栋 1栋 甲栋 2栋", "甲栋 1栋 甲栋 2栋"),
            ("01栋", "01栋"),
            ("01栋 02栋", "01、02栋"),
            ("", ""),
        ] {
            assert_eq!(folded(texts.split_whitespace()).join(" "), expected);
        }
    }
}
