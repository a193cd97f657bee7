//! Telephone numbers.

use crate::{
    schema::phone::{BETWEEN, PhoneLine, national, spaced_numbers, without_extension},
    text::half_width,
};

/// A telephone number, or several: 138****1234, 0431-****0001. Extensions are left out.
pub fn phone(number: &str) -> String {
    let number: String = number.trim().chars().map(half_width).collect();
    let mut shown = String::new();
    for piece in number.split_inclusive(BETWEEN) {
        let numbers = spaced_numbers(piece.trim_end_matches(BETWEEN));
        shown += &numbers.iter().map(|number| hidden_number(number)).collect::<Vec<_>>().join(" ");
        shown.extend(piece.chars().next_back().filter(|it| BETWEEN.contains(it)));
    }
    shown
}

fn hidden_number(number: &str) -> String {
    let (country, digits) = national(without_extension(number));
    let stars = |shown: usize| "*".repeat(digits.len() - shown);
    match (PhoneLine::of(&digits), digits.len()) {
        (PhoneLine::Mobile, _) => format!("{country}{}****{}", &digits[..3], &digits[7..]),
        (PhoneLine::Land(0), _) => format!("****{}", &digits[4..]),
        (PhoneLine::Land(area), _) => {
            format!("{country}{}-****{}", &digits[..area], &digits[area + 4..])
        }
        // Five shown of eight would hide but three.
        (_, 9..) => format!("{}{}{}", &digits[..3], stars(5), &digits[digits.len() - 2..]),
        (_, 0) if !number.is_empty() => "*".to_owned(),
        _ => stars(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::check, *};

    #[test]
    fn phones() {
        check(
            phone,
            "13812341234 → 138****1234 | 138 1234 1234 → 138****1234 | 138-1234-1234 → 138****1234
             １３８１２３４１２３４ → 138****1234 | +86 138 1234 1234 → +86 138****1234
             （+86）13812341234 → +86 138****1234 | 8613812341234 → +86 138****1234
             0086-13812341234 → +86 138****1234 | 013812341234 → 138****1234
             0431-82550001 → 0431-****0001 | 043182550001 → 0431-****0001
             (0431) 8255 0001 → 0431-****0001 | 010-62550001 → 010-****0001
             +86 431 82550001 → +86 0431-****0001 | 0431-8255001 → 0431-****001
             82550001 → ****0001 | 8255001 → ****001
             0431-82550001转2 → 0431-****0001 | 0431-82550001-203 → 0431-****0001
             13812341234、0431-82550001 → 138****1234、0431-****0001
             13812341234/13912341235；82550001 → 138****1234/139****1235;****0001
             13812341234 13912341235 → 138****1234 139****1235 | 4001234567 → 400*****67
             110 → *** | 12345 → ***** | 1234567 → ******* | 12345678 → ********
             +1 212 555 0100 → 121******00 | 1381234123 → 138*****23
             王伟 → * | 王伟13812341234 → 138****1234 | → ",
        );
    }
}
