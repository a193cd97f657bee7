//! The name that was probably meant.

use crate::diagnostic::Diagnostic;

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
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let fields = ["award", "name", "date", "citation"];
        assert_eq!(nearest("awrad", fields), Some("award"));
        assert_eq!(nearest("dates", fields), Some("date"));
        assert_eq!(nearest("photograph", fields), None);
        assert_eq!(nearest("长山好八", ["长山好人", "好邻居"]), Some("长山好人"));
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("2025-11-20-snow.md", ["2026-11-20-water.md"]), None);
        assert_eq!(nearest(&"x".repeat(1 << 20), [&*"x".repeat(1 << 20)]), None);
    }
}
