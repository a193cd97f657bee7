//! What spreadsheets make of values.
//!
//! | cell | what happened |
//! | --- | --- |
//! | `#N/A`, `#REF!`, `#DIV/0!` | a formula failed |
//! | `######` | the column was too narrow to show the value |
//! | `1.39E+10` | a long number was rounded, and its digits are lost |
//! | `1月4日`, `4-Jan` | `1-4` was taken for a day |
//! | `2026/1/4`, `2026年1月4日`, `46026` | the same, in a column that names things by numbers |
//! | `46346`, `0.395833` | the number that stands for a day or time was saved instead of it |

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use crate::schema::FieldType;

/// A cell whose value is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::schema) enum Damage {
    /// The name of a mistake in a formula.
    Failed,
    /// Nothing but number signs.
    Narrow,
    /// A long number in scientific notation.
    Rounded,
}

impl Damage {
    /// What the spreadsheet did, if it left nothing but that. The first two bytes tell nearly all
    /// other texts.
    pub(in crate::schema) fn of(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [b'#', b'#', b'#', rest @ ..] => {
                rest.iter().all(|it| *it == b'#').then_some(Self::Narrow)
            }
            [b'#', ..] => FAILURES.contains(&text).then_some(Self::Failed),
            [b'0'..=b'9', b'.' | b'E', ..] => is_scientific(text).then_some(Self::Rounded),
            [b'E', b'r', b'r', b':', rest @ ..] => {
                (rest.len() == 3 && rest.iter().all(u8::is_ascii_digit)).then_some(Self::Failed)
            }
            _ => None,
        }
    }

    /// The word by which messages know it.
    pub(in crate::schema) fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Narrow => "narrow",
            Self::Rounded => "rounded",
        }
    }
}

/// What spreadsheet programs show where a formula failed.
const FAILURES: [&str; 12] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#GETTING_DATA",
];

/// `1.39E+10`, `1E+10`: what spreadsheets make of eleven digits or more. `1e3` is what people write.
fn is_scientific(text: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    text.split_once("E+").is_some_and(|(number, power)| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        digits(whole) && digits(fraction) && digits(power) && power.len() >= 2
    })
}

/// What was typed where a spreadsheet shows a day without a year: `1-4` for `1月4日` and `4-Jan`, `1-34`
/// for `Jan-34`. Nothing for other texts.
pub(in crate::schema) fn turned(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number = |it: &str| it.parse::<u8>().ok().filter(|_| it.len() <= 2 && !it.starts_with('+'));
    if let Some((month, day)) = text.strip_suffix('日').and_then(|it| it.split_once('月')) {
        let (month, day) = (number(month)?, number(day)?);
        return ((1..=12).contains(&month) && (1..=31).contains(&day))
            .then(|| format!("{month}-{day}"));
    }
    let (first, second) = text.split_once('-')?;
    let month = |name: &str| MONTHS.iter().position(|it| *it == name).map(|it| it + 1);
    let (month, other) = match month(first) {
        Some(month) => (month, number(second)?),
        None => (month(second)?, number(first)?),
    };
    Some(format!("{month}-{other}"))
}

/// What was typed where a spreadsheet shows or stores a whole day: `1-4` for `2026/1/4` and `46026`,
/// `1-34` for `2034/1/1`. Nothing for other texts, and for days before 2000 and after 2099. Where
/// people write days they are just that, so it is asked of names and numbers only.
pub(in crate::schema) fn turned_whole(text: &str) -> Option<String> {
    const MIDNIGHT: [&str; 4] = [" 0:00", " 00:00", " 0:00:00", " 00:00:00"];
    let text = MIDNIGHT.iter().find_map(|it| text.strip_suffix(it)).unwrap_or(text);
    let day = written_day(text).or_else(|| stored_day(text))?;
    let year = day.year();
    // No month has so many days, so the second number was taken for the year.
    let second = if day.day() == 1 && year > 2031 { year - 2000 } else { day.day().into() };
    (2000..2100).contains(&year).then(|| format!("{}-{second}", day.month()))
}

/// The day that a text writes with its year first.
fn written_day(text: &str) -> Option<Date> {
    let mut parts = text.strip_suffix('日').unwrap_or(text).split(['年', '月', '/', '-', '.']);
    let mut number = |most: usize| {
        let part = parts.next()?;
        let is_number = part.len() <= most && part.bytes().all(|it| it.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| is_number)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let day = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    parts.next().is_none().then_some(day)
}

/// The day that stands behind five digits.
fn stored_day(text: &str) -> Option<Date> {
    let is_number = text.len() == 5 && text.bytes().all(|it| it.is_ascii_digit());
    let days: i64 = text.parse().ok().filter(|_| is_number)?;
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

/// The day, moment or time that a spreadsheet stores as a number, as the type writes it: `46346` is
/// 2026-11-20. Nothing for other types, and for days before 1954 and after 2100.
pub(in crate::schema) fn stored(kind: FieldType, text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits =
        |it: &str, most: usize| it.len() <= most && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole, 5) || !digits(fraction, 17) {
        return None;
    }
    let part: f64 = format!("0.{fraction}0").parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and 1440")]
    let minutes = (part * 24.0 * 60.0).round() as i64;
    let clock = DateTime::ZERO.checked_add(minutes.minutes()).ok()?.strftime("%H:%M").to_string();
    if kind == FieldType::Time {
        return (matches!(whole, "" | "0") && minutes > 0).then_some(clock);
    }
    let days: i64 = whole.parse().ok().filter(|it| (20_000..73_416).contains(it))?;
    let day = Date::constant(1899, 12, 30).checked_add(days.days()).ok()?;
    match kind {
        FieldType::DateTime if !fraction.is_empty() => Some(format!("{day} {clock}")),
        FieldType::Date | FieldType::DateTime => Some(day.to_string()),
        FieldType::Month | FieldType::Period => Some(day.strftime("%Y-%m").to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage() {
        for (expected, texts) in [
            (Some(Damage::Failed), "#N/A|#REF!|#VALUE!|#DIV/0!|#NAME?|#NUM!|Err:502"),
            (Some(Damage::Narrow), "###|####|##########"),
            (Some(Damage::Rounded), "1.39E+10|1E+10|1.10105E+17|1.38043E+10"),
            (None, "#|##|#1|#N/A 号|# 标题|1.39|1e3|3E|12345|1.5E|E+10|Err:|0.5E+1|1.39E+10号|"),
        ] {
            texts.split('|').for_each(|it| assert_eq!(Damage::of(it), expected, "{it}"));
        }
    }

    #[test]
    fn numbers_that_became_days() {
        for (text, expected) in [
            ("1月4日", "1-4"),
            ("12月31日", "12-31"),
            ("4-Jan", "1-4"),
            ("Jan-34", "1-34"),
            ("Dec-01", "12-1"),
            ("13月4日", ""),
            ("1月32日", ""),
            ("1月4日晚", ""),
            ("2026年1月4日", ""),
            ("1-4", ""),
            ("4-Jan-26", ""),
            ("甲-Jan", ""),
        ] {
            assert_eq!(turned(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_became_whole_days() {
        for (text, expected) in [
            ("2026/1/4", "1-4"),
            ("2026-1-4", "1-4"),
            ("2026-01-04", "1-4"),
            ("2026.1.4", "1-4"),
            ("2026年1月4日", "1-4"),
            ("2026/1/4 0:00", "1-4"),
            ("2026/12/31 00:00:00", "12-31"),
            ("2034/1/1", "1-34"),
            ("46026", "1-4"),
            ("2026/13/4", ""),
            ("2026/2/30", ""),
            ("1999/1/4", ""),
            ("2026/1/4 9:30", ""),
            ("2026/1/4/5", ""),
            ("2026-1", ""),
            ("12/1/4", ""),
            ("2026年1-4栋", ""),
            ("4602", ""),
            ("460261", ""),
            ("46026栋", ""),
        ] {
            assert_eq!(turned_whole(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn stored_days_and_times() {
        for (kind, text, expected) in [
            (FieldType::Date, "46346", "2026-11-20"),
            (FieldType::Date, "46346.395833333", "2026-11-20"),
            (FieldType::DateTime, "46346.395833333", "2026-11-20 09:30"),
            (FieldType::Month, "46327", "2026-11"),
            (FieldType::Time, "0.395833333", "09:30"),
            (FieldType::Date, "2026", ""),
            (FieldType::Date, "20261120", ""),
            (FieldType::Date, "19999", ""),
            (FieldType::Date, "46346年", ""),
            (FieldType::Year, "46346", ""),
            (FieldType::Time, "9", ""),
            (FieldType::Time, "9.30", ""),
            (FieldType::Time, "0", ""),
        ] {
            assert_eq!(stored(kind, text).unwrap_or_default(), expected, "{text}");
        }
    }
}
