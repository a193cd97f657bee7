//! What a cell with a number says, as people read it.
//!
//! A workbook stores days, times and shares as numbers; how they look is said by the format of the
//! cell alone. Days are written as records have them, whatever they look like:
//!
//! | number | format | says |
//! | --- | --- | --- |
//! | `46346` | `yyyy"年"m"月"d"日"`, `m/d/yy`, `m"月"d"日"` | `2026-11-20` |
//! | `46346.395833` | `yyyy-m-d h:mm` | `2026-11-20 09:30` |
//! | `46327` | `yyyy"年"m"月"` | `2026-11` |
//! | `0.395833` | `h:mm`, `上午/下午h"时"mm"分"` | `09:30` |
//! | `0.95` | `0%` | `95%` |
//! | `431`, `4318255` | `0000`, `0000-0000` | `0431`, `0431-8255` |
//! | `13800001234`, `0.30000000000000004` | any other | `13800001234`, `0.3` |
//! | `440104199001011230` | any other | `4.4E+17`: its last digits were lost when it was typed |

use jiff::{ToSpan, civil::Date};

/// How a cell shows its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    /// As a number.
    #[default]
    Plain,
    Date,
    DateTime,
    Month,
    Year,
    Time,
    Percent,
    /// With so many digits at least.
    Digits(u8),
    /// The same, with a hyphen before the last so many: `0000-00000000`.
    Parts(u8, u8),
}

impl NumberFormat {
    /// One of those that every workbook knows by its number; the first are the same everywhere, the
    /// others those of a Chinese system.
    pub(super) fn built_in(number: u32) -> Self {
        match number {
            9 | 10 => Self::Percent,
            14..=16 | 28..=31 | 51 | 53 | 54 | 58 => Self::Date,
            17 | 27 | 36 | 50 | 52 | 57 => Self::Month,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            22 => Self::DateTime,
            _ => Self::Plain,
        }
    }

    /// One that is spelt out: `yyyy"年"m"月"d"日"`. Only the part for positive numbers counts.
    pub(super) fn of(code: &str) -> Self {
        let letters = letters(code);
        let has = |sign: char| letters.contains(sign);
        let is_general = letters.starts_with("general") || letters.contains('@');
        if is_general {
            return Self::Plain;
        }
        let is_day = has('d') || letters.contains("aaa");
        let is_clock = has('h') || has('s');
        match (has('y') || has('e') && has('m'), is_day, is_clock) {
            (_, true, true) | (true, _, true) => Self::DateTime,
            (_, true, false) => Self::Date,
            (true, false, false) if has('m') => Self::Month,
            (true, false, false) => Self::Year,
            (false, false, true) => Self::Time,
            (false, false, false) if has('m') => Self::Date,
            _ if has('%') => Self::Percent,
            _ => match u8::try_from(letters.len()) {
                Ok(digits) if digits > 1 && letters.bytes().all(|it| it == b'0') => {
                    Self::Digits(digits)
                }
                _ => Self::parts(&letters).unwrap_or_default(),
            },
        }
    }

    /// One that shows digits in two parts.
    fn parts(letters: &str) -> Option<Self> {
        let (before, after) = letters.split_once('-')?;
        let count = |part: &str| {
            let is_digits = !part.is_empty() && part.bytes().all(|it| it == b'0');
            u8::try_from(part.len()).ok().filter(|_| is_digits)
        };
        Some(Self::Parts(count(before)?.checked_add(count(after)?)?, count(after)?))
    }
}

/// The letters and signs of a format that stand for something, in small letters.
fn letters(code: &str) -> String {
    let mut letters = String::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => drop(signs.by_ref().find(|it| *it == '"')),
            // A colour, a currency, a language; but hours that go on beyond 24.
            '[' => {
                let inner: String = signs.by_ref().take_while(|it| *it != ']').collect();
                let inner = inner.to_ascii_lowercase();
                let is_elapsed = !inner.is_empty() && inner.bytes().all(|it| b"hms".contains(&it));
                letters.push_str(if is_elapsed { &inner } else { "" });
            }
            '\\' => letters.extend(signs.next().filter(|it| *it == '-')),
            '_' | '*' => drop(signs.next()),
            ';' => break,
            sign => letters.extend(sign.to_lowercase()),
        }
    }
    letters.replace("am/pm", "").replace("a/p", "").replace("上午/下午", "")
}

/// The days from which the numbers of a workbook count.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Epoch {
    /// They count from 1904, as old programs for the Macintosh have it.
    pub(super) is_1904: bool,
}

impl Epoch {
    /// What a cell with a number says. A number that is none is left as it is.
    pub(super) fn said(self, number: &str, format: NumberFormat) -> String {
        let number = number.trim();
        // The commonest number needs no care.
        let is_plain = number.len() < 16 && number.bytes().all(|it| it.is_ascii_digit());
        if is_plain && format == NumberFormat::Plain {
            return number.to_owned();
        }
        match number.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                self.moment(value, format).unwrap_or_else(|| plain(value, format))
            }
            _ => number.to_owned(),
        }
    }

    /// The day or time that a number stands for, if its format is that of one.
    fn moment(self, value: f64, format: NumberFormat) -> Option<String> {
        const DAY: i32 = 24 * 60 * 60;
        if !(0.0..3_000_000.0).contains(&value) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and 3,000,000 days")]
        let seconds = (value * f64::from(DAY)).round() as i64;
        let (days, rest) = (seconds / i64::from(DAY), seconds % i64::from(DAY));
        let clock = |hours: i64, rest: i64| {
            let (minutes, seconds) = (rest / 60 % 60, rest % 60);
            let end = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
            format!("{hours:02}:{minutes:02}{end}")
        };
        let first =
            if self.is_1904 { Date::constant(1904, 1, 1) } else { Date::constant(1899, 12, 30) };
        let day = || first.checked_add(days.days()).ok();
        match format {
            NumberFormat::Date => Some(day()?.to_string()),
            NumberFormat::DateTime if rest == 0 => Some(day()?.to_string()),
            NumberFormat::DateTime => Some(format!("{} {}", day()?, clock(rest / 3600, rest))),
            NumberFormat::Month => Some(day()?.strftime("%Y-%m").to_string()),
            NumberFormat::Year => Some(day()?.strftime("%Y").to_string()),
            NumberFormat::Time => Some(clock(rest / 3600, rest)),
            NumberFormat::Plain
            | NumberFormat::Percent
            | NumberFormat::Digits(_)
            | NumberFormat::Parts(..) => None,
        }
    }
}

/// A number with the fifteen digits that spreadsheets have.
fn plain(value: f64, format: NumberFormat) -> String {
    let shown = |value: f64| {
        let digits = format!("{value:.14e}").parse().unwrap_or(value);
        // Minus nothing is nothing.
        if digits == 0.0 { "0".to_owned() } else { format!("{digits}") }
    };
    match format {
        NumberFormat::Percent => format!("{}%", shown(value * 100.0)),
        _ if value.abs() >= 1e15 => format!("{value:.1e}").replace('e', "E+"),
        NumberFormat::Digits(digits) if value >= 0.0 && value.fract() == 0.0 => {
            format!("{:0>width$}", shown(value), width = usize::from(digits))
        }
        NumberFormat::Parts(digits, after) if value >= 0.0 && value.fract() == 0.0 => {
            let digits = format!("{:0>width$}", shown(value), width = usize::from(digits));
            let (before, after) = digits.split_at(digits.len().saturating_sub(usize::from(after)));
            format!("{before}-{after}")
        }
        _ => shown(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_understood() {
        use NumberFormat::{Date, DateTime, Digits, Month, Parts, Percent, Plain, Time, Year};
        for (code, expected) in [
            ("General", Plain),
            ("G/通用格式", Plain),
            ("@", Plain),
            ("0.00", Plain),
            ("#,##0_ ", Plain),
            ("0.00E+00", Plain),
            ("0", Plain),
            ("[Red]0;[Blue]-0", Plain),
            ("\"第\"0\"号\"", Plain),
            ("0000", Digits(4)),
            ("0000-0000", Parts(8, 4)),
            ("000\\-00000000", Parts(11, 8)),
            ("0;-0", Plain),
            ("0-", Plain),
            ("0%", Percent),
            ("yyyy/m/d", Date),
            ("m/d/yy", Date),
            ("yyyy\"年\"m\"月\"d\"日\";@", Date),
            ("[$-804]aaaa", Date),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", Date),
            ("m\"月\"d\"日\"", Date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Date),
            ("yyyy\"年\"m\"月\"", Month),
            ("mmm-yy", Month),
            ("yyyy", Year),
            ("yyyy/m/d h:mm", DateTime),
            ("h:mm", Time),
            ("上午/下午h\"时\"mm\"分\"", Time),
            ("h:mm AM/PM", Time),
            ("[h]:mm:ss", Time),
        ] {
            assert_eq!(NumberFormat::of(code), expected, "{code}");
        }
    }

    #[test]
    fn numbers_are_said_as_people_read_them() {
        use NumberFormat::{Date, DateTime, Digits, Month, Parts, Percent, Plain, Time};
        for (number, format, expected) in [
            ("46346", Date, "2026-11-20"),
            ("46346.4", Date, "2026-11-20"),
            ("46346.395833333", DateTime, "2026-11-20 09:30"),
            ("46346", DateTime, "2026-11-20"),
            ("46327", Month, "2026-11"),
            ("0.395833333333333", Time, "09:30"),
            ("0.395949074", Time, "09:30:10"),
            ("0.95", Percent, "95%"),
            ("0.07", Percent, "7%"),
            ("0.485", Percent, "48.5%"),
            ("431", Digits(4), "0431"),
            ("43182550001", Parts(12, 8), "0431-82550001"),
            ("13800001234", Plain, "13800001234"),
            ("1.3800001234E+10", Plain, "13800001234"),
            ("13800001234.0", Plain, "13800001234"),
            ("0.30000000000000004", Plain, "0.3"),
            ("12.5", Plain, "12.5"),
            ("-0", Plain, "0"),
            ("-3", Plain, "-3"),
            ("440104199001011230", Plain, "4.4E+17"),
            ("4.40104199001011E+17", Plain, "4.4E+17"),
            ("999999999999999", Plain, "999999999999999"),
            ("-1", Date, "-1"),
            ("1e300", Date, "1.0E+300"),
            ("三", Plain, "三"),
        ] {
            assert_eq!(Epoch::default().said(number, format), expected, "{number} {format:?}");
        }
        assert_eq!(Epoch { is_1904: true }.said("44884", Date), "2026-11-20");
    }
}
