//! The name that was probably meant.

use crate::{diagnostic::Diagnostic, text::narrow};

/// Names longer than this are no slips of the finger, and slow to compare.
const LONGEST: usize = 60;

/// The candidate most like `name`, if one is alike enough to be offered as "did you mean": one
/// character in four may be wrong, and one in any name. So one wrong character of a short Chinese
/// name still finds it.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let count = |it: &str| it.chars().take(LONGEST + 1).count();
    let length = count(name);
    let alike = |candidate: &'a str| {
        let longest = length.max(count(candidate));
        if negations(name) != negations(candidate) {
            return None;
        }
        let allowed = (longest / 4).max(1);
        if longest > LONGEST || length.abs_diff(count(candidate)) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(name, candidate);
        (distance <= allowed && distance < longest).then_some((distance, candidate))
    };
    let alike = candidates.into_iter().filter_map(alike);
    alike.min_by_key(|(distance, _)| *distance).map(|(_, it)| it)
}

/// How often a name says no: `不同意` is no slip for `同意`.
fn negations(name: &str) -> usize {
    name.chars().take(LONGEST).filter(|it| "不未非无没否免勿莫別别".contains(*it)).count()
}

/// The one candidate that was meant for certain: it differs from `name` in nothing but blanks,
/// full-width forms and capitals, or else in one Latin letter of four or more. Nothing if several are
/// so alike. One Chinese character for another makes another word: `长春好人` is no slip for
/// `长山好人`.
pub(crate) fn slip<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = |it: &str| narrow(it).to_lowercase();
    let name = folded(name);
    let mut found: Option<(bool, &str)> = None;
    for candidate in candidates {
        let other = folded(candidate);
        let is_same = name == other;
        if !is_same && !is_one_letter(&name, &other) {
            continue;
        }
        match found {
            Some((known, it)) if known == is_same && it != candidate => return None,
            Some((true, _)) => {}
            _ => found = Some((is_same, candidate)),
        }
    }
    found.map(|(_, it)| it)
}

/// One Latin letter is wrong, missing, too many, or stands before its neighbour. A digit for another is
/// no slip, nor is one more or less.
fn is_one_letter(name: &str, other: &str) -> bool {
    let digits = |it: &str| {
        let mut digits: Vec<char> = it.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    other.is_ascii()
        && (4..=LONGEST).contains(&other.len())
        && other.len().abs_diff(name.chars().count()) <= 1
        && strsim::damerau_levenshtein(name, other) == 1
        && digits(name) == digits(other)
}

/// Suggests what was probably meant by an unknown word, or else lists the first twelve names,
/// and how many there are in all.
pub(crate) fn with_near(
    diagnostic: Diagnostic,
    near: Option<&str>,
    known: &[impl AsRef<str>],
) -> Diagnostic {
    let listed = |language: &str| {
        let comma = if language == "zh-CN" { "、" } else { ", " };
        let shown: Vec<&str> = known.iter().take(12).map(AsRef::as_ref).collect();
        let shown = shown.join(comma);
        if known.len() > 12 { format!("{shown} … ({})", known.len()) } else { shown }
    };
    let diagnostic = diagnostic.arg_by_language("known", listed);
    match near {
        Some(near) => diagnostic.arg("near", near).help("near"),
        None => diagnostic.help("known"),
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, slip};

    #[test]
    fn finds_what_was_meant() {
        let fields = ["award", "name", "date", "citation"];
        assert_eq!(nearest("awrad", fields), Some("award"));
        assert_eq!(nearest("dates", fields), Some("date"));
        assert_eq!(nearest("photograph", fields), None);
        assert_eq!(nearest("长山好八", ["长山好人", "好邻居"]), Some("长山好人"));
        assert_eq!(nearest("本人不同意", ["本人同意"]), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("2025-11-20-snow.md", ["2026-11-20-water.md"]), None);
        assert_eq!(nearest(&"x".repeat(1 << 20), [&*"x".repeat(1 << 20)]), None);
    }

    #[test]
    fn only_one_letter_is_a_slip() {
        let fields = ["award", "name", "date", "表彰日期", "长山好人", "本人同意", "line1"];
        for (written, meant) in [
            ("awrad", Some("award")),
            ("dat", Some("date")),
            ("Name", Some("name")),
            ("name\u{3000}", Some("name")),
            ("表 彰日期", Some("表彰日期")),
            ("表彰目期", None),
            ("长春好人", None),
            ("本人不同意", None),
            ("line2", None),
            ("awerd2", None),
            ("日期", None),
        ] {
            assert_eq!(slip(written, fields), meant, "{written}");
        }
        assert_eq!(slip("grid", ["grids", "griq"]), None);
        assert_eq!(slip("nam", ["name", "label", "name"]), Some("name"));
        assert_eq!(slip("甲方", ["乙方"]), None);
    }
}
