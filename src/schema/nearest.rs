//! The name that was probably meant.

/// The candidate most like `name`, if one is alike enough to be offered as "did you mean". Short
/// Chinese names are compared by character, so one wrong character of three still finds it.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    candidates
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(name, it), it))
        .filter(|(distance, it)| {
            let longest = length.max(it.chars().count());
            *distance <= (longest / 3).max(1) && *distance < longest
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// Names for a message: the first twelve, and how many more there are.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names.iter().take(12).copied().collect::<Vec<_>>().join("、");
    if names.len() > 12 { format!("{shown} …（{}）", names.len()) } else { shown }
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
    }
}
