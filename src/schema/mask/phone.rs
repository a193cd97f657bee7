//! Telephone numbers.

use super::half_width;

/// What stands between telephone numbers.
const BETWEEN: [char; 8] = ['/', '、', ';', ',', '|', '\n', '或', '&'];

/// A telephone number, or several: 138****1234, 0431-****0001. Extensions are left out.
pub fn phone(number: &str) -> String {
    let number: String = number.trim().chars().map(half_width).collect();
    let mut shown = String::new();
    for piece in number.split_inclusive(BETWEEN) {
        let numbers = spaced_numbers(piece.trim_end_matches(BETWEEN));
        shown += &numbers.iter().map(|it| hidden_number(it)).collect::<Vec<_>>().join(" ");
        shown.extend(piece.chars().next_back().filter(|it| BETWEEN.contains(it)));
    }
    shown
}

/// Everybody may know every number of the text: landlines, 400 and 800, and numbers of services
/// such as 110 and 12345.
pub fn is_office_line(number: &str) -> bool {
    let number: String = number.trim().chars().map(half_width).collect();
    let known = |it: char| it.is_ascii_digit() || it.is_whitespace() || "+-()转#".contains(it);
    let numbers = number.split(BETWEEN).flat_map(spaced_numbers);
    let lines: Vec<bool> = numbers
        .filter(|it| !it.trim().is_empty())
        .map(|it| {
            let (_, digits) = national(without_extension(&it));
            let extension = digits_of(&it).len().saturating_sub(digits.len());
            extension <= 6 && matches!(Line::of(&digits), Line::Land(_) | Line::Service)
        })
        .collect();
    number.chars().all(|it| known(it) || BETWEEN.contains(&it))
        && !lines.is_empty()
        && lines.iter().all(|it| *it)
}

enum Line {
    Mobile,
    /// With an area code of so many digits.
    Land(usize),
    Service,
    Unknown,
}

impl Line {
    fn of(digits: &str) -> Self {
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

fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Numbers with spaces between; spaces may also part the digits of one.
fn spaced_numbers(text: &str) -> Vec<String> {
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

fn without_extension(number: &str) -> &str {
    let number = number.split(['转', '#', 'x', 'X', 'e', 'E']).next().unwrap_or_default();
    let parted = number.rsplit_once('-').filter(|(rest, extension)| {
        (1..=4).contains(&digits_of(extension).len())
            && matches!(Line::of(&national(rest).1), Line::Land(_) | Line::Mobile)
    });
    parted.map_or(number, |(rest, _)| rest)
}

/// The country's code, if it is China's, and the digits as they are dialled within it.
fn national(number: &str) -> (&'static str, String) {
    let digits = digits_of(number);
    let bare = number.trim_start_matches('(');
    let is_mobile = |it: &&str| matches!(Line::of(it), Line::Mobile);
    if let Some(rest) = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086")) {
        let rest = digits_of(rest);
        let known = rest.starts_with('0') || !matches!(Line::of(&rest), Line::Unknown);
        return ("+86 ", if known { rest } else { format!("0{rest}") });
    }
    match (digits.strip_prefix("86").filter(is_mobile), digits.strip_prefix('0').filter(is_mobile))
    {
        (Some(mobile), _) => ("+86 ", mobile.to_owned()),
        (_, Some(mobile)) => ("", mobile.to_owned()),
        _ => ("", digits),
    }
}

fn hidden_number(number: &str) -> String {
    let (country, digits) = national(without_extension(number));
    let stars = |shown: usize| "*".repeat(digits.len() - shown);
    match (Line::of(&digits), digits.len()) {
        (Line::Mobile, _) => format!("{country}{}****{}", &digits[..3], &digits[7..]),
        (Line::Land(0), _) => format!("****{}", &digits[4..]),
        (Line::Land(area), _) => {
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
