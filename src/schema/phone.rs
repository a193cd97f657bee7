//! What kind of line a telephone number belongs to.
//!
//! | number | line |
//! | --- | --- |
//! | `13800000000`, `+86 138 0000 0000` | a mobile phone, which is somebody's own |
//! | `0431-8255-0001`, `(010) 8888 6666`, `8255-0001` | a landline |
//! | `110`, `12345`, `95588`, `400-800-1234` | a service |
//! | `1380000` | unknown: a part of a number |
//!
//! Landlines and services belong to offices and are shown in full; how others are masked is in
//! `disclosure/mask/`. Extensions stand behind `转`, `#`, `x` or a last hyphen.

use crate::text::half_width;

/// What stands between telephone numbers.
pub(crate) const BETWEEN: [char; 8] = ['/', '、', ';', ',', '|', '\n', '或', '&'];

/// Everybody may know every number of the text: landlines, 400 and 800, and numbers of services
/// such as 110 and 12345.
///
/// Returns `false` for a text with one mobile number among others, with words in it, or with no
/// number at all. What stands behind a number and has more than six digits is no extension.
pub fn is_office_line(number: &str) -> bool {
    let number: String = number.trim().chars().map(half_width).collect();
    let known = |ch: char| ch.is_ascii_digit() || ch.is_whitespace() || "+-()转#".contains(ch);
    let numbers = number.split(BETWEEN).flat_map(spaced_numbers);
    let lines: Vec<bool> = numbers
        .filter(|it| !it.trim().is_empty())
        .map(|number| {
            let (_, digits) = national(without_extension(&number));
            let extension = digits_of(&number).len().saturating_sub(digits.len());
            extension <= 6
                && matches!(PhoneLine::of(&digits), PhoneLine::Land(_) | PhoneLine::Service)
        })
        .collect();
    number.chars().all(|it| known(it) || BETWEEN.contains(&it))
        && !lines.is_empty()
        && lines.iter().all(|it| *it)
}

/// What kind of line a number belongs to.
pub(crate) enum PhoneLine {
    /// A mobile phone: eleven digits, from 13 to 19.
    Mobile,
    /// With an area code of so many digits.
    Land(usize),
    /// A service: 400 and 800 with ten digits, and short numbers with 1 or 9.
    Service,
    /// None of them: a number of another country, a part of one, or none.
    Unknown,
}

impl PhoneLine {
    /// The line of the digits that are dialled within the country.
    ///
    /// Area codes have three digits in Beijing (010) and the largest cities (02x), four elsewhere.
    pub(crate) fn of(digits: &str) -> Self {
        let area = match digits.as_bytes() {
            [b'0', b'1', b'0', ..] | [b'0', b'2', _, ..] => 3,
            [b'0', b'3'..=b'9', _, _, ..] => 4,
            _ => 0,
        };
        let service = digits.starts_with("400") || digits.starts_with("800");
        match (digits.len() - area, &digits.as_bytes()[area..]) {
            (11, [b'1', b'3'..=b'9', ..]) if area == 0 => Self::Mobile,
            // The beginning of a mobile number is no number without an area.
            (7 | 8, [b'1', ..]) if area == 0 => Self::Unknown,
            (7 | 8, [b'1'..=b'9', ..]) => Self::Land(area),
            (10, _) if service => Self::Service,
            (3..=6, [b'1' | b'9', ..]) => Self::Service,
            _ => Self::Unknown,
        }
    }
}

/// The ASCII digits of a number, without what stands between.
pub(crate) fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Numbers with spaces between; spaces may also part the digits of one: `0431 8255 0001` is one,
/// `82550001 82550002` are two. A new one begins where both sides have seven digits.
pub(crate) fn spaced_numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for word in text.split_whitespace() {
        let number = numbers.last_mut().expect("there is one from the beginning");
        if digits_of(number).len() >= 7 && digits_of(word).len() >= 7 {
            numbers.push(word.to_owned());
        } else {
            number.push_str(word);
        }
    }
    numbers
}

/// A number without its extension. Up to four digits behind the last hyphen are one if a whole
/// number stands before: of `0431-82550001-12` the `12`, of `0431-8255-0001` nothing.
pub(crate) fn without_extension(number: &str) -> &str {
    let number = number.split(['转', '#', 'x', 'X', 'e', 'E']).next().unwrap_or_default();
    let parted = number.rsplit_once('-').filter(|(rest, extension)| {
        (1..=4).contains(&digits_of(extension).len())
            && matches!(PhoneLine::of(&national(rest).1), PhoneLine::Land(_) | PhoneLine::Mobile)
    });
    parted.map_or(number, |(rest, _)| rest)
}

/// The country's code, if it is China's, and the digits as they are dialled within it. `+86`,
/// `0086` and a bare `86` before a mobile number count, and the `0` that some dial before one is
/// taken away.
pub(crate) fn national(number: &str) -> (&'static str, String) {
    let digits = digits_of(number);
    let bare = number.trim_start_matches('(');
    let is_mobile = |it: &&str| matches!(PhoneLine::of(it), PhoneLine::Mobile);
    if let Some(rest) = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086")) {
        let rest = digits_of(rest);
        let known = rest.starts_with('0') || !matches!(PhoneLine::of(&rest), PhoneLine::Unknown);
        return ("+86 ", if known { rest } else { format!("0{rest}") });
    }
    match (digits.strip_prefix("86").filter(is_mobile), digits.strip_prefix('0').filter(is_mobile))
    {
        (Some(mobile), _) => ("+86 ", mobile.to_owned()),
        (_, Some(mobile)) => ("", mobile.to_owned()),
        _ => ("", digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_lines() {
        let yes = "0431-82550001|043182550001|（0431）8255 0001|010-62550001|82550001|8255001|110|119\
            |120|12345|12348|95598|4001234567|400-123-4567|800-820-8820|0431-12345|+86 431 82550001\
            |0431-82550001 转 2|0431-82550001-203|82550001、12345|82550001 82550002|０４３１－８２５５０００１";
        let no = "13812341234|+86 13812341234|013812341234|8613812341234|82550001、13812341234|13812341\
            |82550001 13812341234|612345|王伟 82550001|82550001转13812341234|||1|/|0431|1381234123\
            |+86 138 1234 1234|+1 212 555 0100|82550001 或 13812341234|138 1234 1234|12|+86";
        yes.split('|').for_each(|it| assert!(is_office_line(it), "{it}"));
        no.split('|').for_each(|it| assert!(!is_office_line(it), "{it}"));
    }
}
