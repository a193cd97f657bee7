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
//! `disclosure/mask/`. Extensions stand behind `转`, `分机`, `ext.`, `#`, `x` or a last hyphen.

use std::borrow::Cow;

use crate::text::half_width;

/// What a text is that stands where a telephone number is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A number that can be dialled. Of those of other countries nothing more is known.
    One,
    /// Digits as of one number, but fewer or more than any has: `1380431000`.
    WrongLength,
    /// More than one number.
    Several,
    /// No number: it has other words or signs, fewer than three digits, or more than forty.
    None,
}

/// A longer text is no telephone number; so nobody looks for the numbers in a page of blanks.
const LONGEST: usize = 200;

/// Reads a telephone number. One without signs but hyphens is read without allocation.
pub fn reading(text: &str) -> Reading {
    if is_plain(text) {
        return Reading::One;
    }
    if text.len() > LONGEST {
        return Reading::None;
    }
    let text = canonical(text);
    let known = |ch: char| {
        ch.is_ascii_digit() || ch.is_whitespace() || "+-()转#".contains(ch) || BETWEEN.contains(&ch)
    };
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    if !(3..=40).contains(&count) || !text.chars().all(known) {
        return Reading::None;
    }
    let numbers: Vec<String> = numbers(&text).collect();
    let [number] = &*numbers else { return Reading::Several };
    let is_foreign = number.starts_with('+') && !number.starts_with("+86")
        || number.starts_with("00") && !number.starts_with("0086");
    let bare = without_extension(number);
    let (_, digits) = national(bare);
    match PhoneLine::of(&digits) {
        _ if digits_of(&number[bare.len()..]).len() > 6 => Reading::Several,
        _ if is_foreign => Reading::One,
        // No number is that long, but two landlines are.
        PhoneLine::Unknown if digits.len() >= 14 => Reading::Several,
        PhoneLine::Unknown => Reading::WrongLength,
        _ => Reading::One,
    }
}

/// Whether a text is a number of some line, in digits and hyphens alone. Nearly all are, and those
/// with an extension are not.
fn is_plain(text: &str) -> bool {
    let mut digits = [0; 12];
    let mut count = 0;
    for byte in text.bytes().filter(|byte| *byte != b'-') {
        match digits.get_mut(count) {
            Some(digit) if byte.is_ascii_digit() => *digit = byte,
            _ => return false,
        }
        count += 1;
    }
    let digits = std::str::from_utf8(&digits[..count]).unwrap_or_default();
    text.starts_with(|ch: char| ch.is_ascii_digit())
        && text.ends_with(|ch: char| ch.is_ascii_digit())
        && !matches!(PhoneLine::of(digits), PhoneLine::Unknown)
}

/// The numbers of a text, each as written but for blanks.
fn numbers(text: &str) -> impl Iterator<Item = String> {
    text.split(BETWEEN).flat_map(spaced_numbers).filter(|number| !number.is_empty())
}

/// The parts of a text that has several numbers; the text itself if it has one, or is too long.
pub(crate) fn parts(text: &str) -> Vec<Cow<'_, str>> {
    if is_plain(text)
        || text.len() > LONGEST
        || !text.contains(|ch: char| ch.is_whitespace() || BETWEEN.contains(&half_width(ch)))
    {
        return vec![Cow::Borrowed(text)];
    }
    let half: String = text.chars().map(half_width).collect();
    let parts: Vec<String> = numbers(&half).collect();
    if parts.len() < 2 {
        return vec![Cow::Borrowed(text)];
    }
    parts.into_iter().map(Cow::Owned).collect()
}

/// The first number of a text as it is dialled, with its extension as RFC 3966 writes it:
/// `0431-8255 0001 转 2` → `043182550001;ext=2`. Empty for a text without digits.
pub fn dialled(text: &str) -> String {
    let text = canonical(text);
    let Some(first) = numbers(&text).find(|it| !digits_of(it).is_empty()) else {
        return String::new();
    };
    let first = first.trim_start_matches(|ch: char| !ch.is_ascii_digit() && ch != '+');
    let number = without_extension(first);
    let extension = digits_of(&first[number.len()..]);
    let mut dialled: String =
        number.chars().filter(|ch| ch.is_ascii_digit() || *ch == '+').collect();
    if !extension.is_empty() {
        dialled += ";ext=";
        dialled += &extension;
    }
    dialled
}

/// A text in half-width signs, with `转` for each word that says that an extension follows.
fn canonical(text: &str) -> String {
    let mut half: String = text.trim().chars().map(half_width).collect();
    if !half.is_ascii() || half.contains(|ch: char| ch.is_ascii_alphabetic()) {
        half.make_ascii_lowercase();
        for word in ["转分机", "分机号", "分机", "extension", "ext.", "ext", "转转"] {
            half = half.replace(word, "转");
        }
    }
    half
}

/// What stands between telephone numbers.
pub(crate) const BETWEEN: [char; 8] = ['/', '、', ';', ',', '|', '\n', '或', '&'];

/// Everybody may know every number of the text: landlines, 400 and 800, and numbers of services
/// such as 110 and 12345.
///
/// Returns `false` for a text with one mobile number among others, with words in it, or with no
/// number at all. What stands behind a number and has more than six digits is no extension.
pub fn is_office_line(number: &str) -> bool {
    let number = canonical(number);
    let known = |ch: char| ch.is_ascii_digit() || ch.is_whitespace() || "+-()转#".contains(ch);
    let lines: Vec<bool> = numbers(&number)
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
    /// A service: 400 and 800 with ten digits, 1010 with eight, and short numbers with 1 or 9.
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
            (8, [b'1', b'0', b'1', b'0', ..]) if area == 0 => Self::Service,
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

/// A number without its extension, which is its beginning. Up to four digits behind the last hyphen
/// are one if a whole number stands before: of `0431-82550001-12` the `12`, of `0431-8255-0001`
/// nothing.
pub(crate) fn without_extension(number: &str) -> &str {
    let number = number.split(['转', '分', '#', 'x', 'X', 'e', 'E']).next().unwrap_or_default();
    let parted = number.rsplit_once('-').filter(|(rest, extension)| {
        let digits = national(rest).1;
        let is_whole = match PhoneLine::of(&digits) {
            PhoneLine::Land(_) | PhoneLine::Mobile => true,
            PhoneLine::Service => digits.len() == 10,
            PhoneLine::Unknown => false,
        };
        (1..=4).contains(&digits_of(extension).len()) && is_whole
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
            |0431-82550001 转 2|0431-82550001-203|82550001、12345|0431-82550001分机203|0431-82550001 ext. 203|10106666\
            |400-800-1234-5|82550001 82550002|０４３１－８２５５０００１";
        let no = "13812341234|+86 13812341234|013812341234|8613812341234|82550001、13812341234|13812341\
            |82550001 13812341234|612345|王伟 82550001|82550001转13812341234|||1|/|0431|1381234123\
            |+86 138 1234 1234|+1 212 555 0100|82550001 或 13812341234|138 1234 1234|12|+86";
        yes.split('|').map(str::trim).for_each(|it| assert!(is_office_line(it), "{it}"));
        no.split('|').for_each(|it| assert!(!is_office_line(it), "{it}"));
    }

    #[test]
    fn readings() {
        for (expected, texts) in [
            (
                Reading::One,
                "0431-82550111|043182550111|(0431)8255 0111|82550111|8255011|13804310001|138 0431 0001\
                |+86 138 0431 0001|0086-13804310001|0431-82550111-8003|0431-82550111转8003\
                |0431-82550111 转 8003|82550111分机8003|82550111 ext. 8003|82550111EXT8003\
                |0431-82550111转分机8003|82550111#12|12345|110|96123|95588|10086|400-800-1234\
                |4008001234|400-800-1234-5|10106666|0431-12345|+1 212 555 0100|０４３１－８２５５０１１１",
            ),
            (
                Reading::WrongLength,
                "1380431000|138043122|138043100011|0431-825501|0431825501112|43182550111|8255\
                |138-0431-000|8255011112",
            ),
            (
                Reading::Several,
                "82550111 82550112|82550111、82550112|0431-82550111/82550112|82550111 或 13804310001\
                |8255011182550112|82550111-82550112|82550111，12\
                |82550111转13804310001",
            ),
            (Reading::None, "请到窗口|12|a0431|82550111（王伟）|见公示栏"),
        ] {
            for text in texts.split('|').map(str::trim) {
                assert_eq!(reading(text), expected, "{text}");
            }
        }
    }

    #[test]
    fn parts_of_several() {
        assert_eq!(parts("0431-8255 0001 转 2"), ["0431-8255 0001 转 2"]);
        assert_eq!(parts("82550111/13804310001"), ["82550111", "13804310001"]);
        assert_eq!(parts("82550111 82550112"), ["82550111", "82550112"]);
    }

    #[test]
    fn dialling() {
        for (text, expected) in [
            ("0431-82550111-8003", "043182550111;ext=8003"),
            ("0431-82550111转8003", "043182550111;ext=8003"),
            ("0431-82550111 分机 8003", "043182550111;ext=8003"),
            ("0431-82550111转分机8003", "043182550111;ext=8003"),
            ("0431-82550111 ext. 8003", "043182550111;ext=8003"),
            ("400-800-1234-5", "4008001234;ext=5"),
            ("0431-8255-0111", "043182550111"),
            ("＋86 138 0431 0001；110", "+8613804310001"),
            ("82550111 82550112", "82550111"),
            ("电话：12345", "12345"),
            ("Tel: 0431-82550111", "043182550111"),
            ("见公示栏", ""),
        ] {
            assert_eq!(dialled(text), expected, "{text}");
        }
    }
}
