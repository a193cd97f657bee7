//! Times of day, and how staff type them.
//!
//! A time counts from the beginning of its day and may lie in the night behind it: what begins at
//! 22:00 and goes on after midnight ends at `24:00` or `次日1:00` of that day.
//!
//! | written | time |
//! | --- | --- |
//! | `9:00`, `9点`, `9点半`, `9时30分`, `9:00:00` | 9:00 or 9:30 |
//! | `下午3:15`, `下午15:15`, `3:15 PM` | 15:15 |
//! | `中午11点半`, `中午1点` | 11:30, 13:00 |
//! | `凌晨12点`, `晚上12点` | 0:00, 24:00 |
//! | `次日1:00`, `第二天凌晨1点` | 1:00 of the next day |
//! | `上午15点`, `晚上3点`, `24:30` | none |
//!
//! A word says which hours it can be about ([`WORDS`]). Of the hours that a number can mean, that
//! which the word has is taken; a number of which the word has none is no time.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::narrow;

/// Seconds since the beginning of a day; from 24:00 on those of the night behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayTime(u32);

/// The words for the parts of a day, and the hours that each can be about. A word that begins with
/// another stands before it.
const WORDS: [(&str, [Range<u32>; 2]); 22] = [
    ("凌晨", [0..7, NONE]),
    ("清晨", [4..10, NONE]),
    ("清早", [4..10, NONE]),
    ("早晨", [4..12, NONE]),
    ("早上", [4..12, NONE]),
    ("早", [4..12, NONE]),
    ("上午", [0..13, NONE]),
    ("中午", [11..15, NONE]),
    ("正午", [11..15, NONE]),
    ("午间", [11..15, NONE]),
    ("下午", [12..24, NONE]),
    ("午后", [12..19, NONE]),
    ("傍晚", [16..21, NONE]),
    ("晚上", [17..25, NONE]),
    ("晚间", [17..25, NONE]),
    ("晚", [17..25, NONE]),
    ("夜里", [0..6, 19..25]),
    ("夜间", [0..6, 19..25]),
    ("深夜", [0..6, 19..25]),
    ("半夜", [0..6, 19..25]),
    ("AM", [0..12, NONE]),
    ("PM", [12..24, NONE]),
];

/// No further hours.
const NONE: Range<u32> = 0..0;

/// What is said of the day after.
const NEXT_DAY: [&str; 5] = ["次日", "翌日", "隔日", "第二天", "隔天"];

/// The seconds of a day.
const DAY: u32 = 24 * 60 * 60;

impl DayTime {
    /// Reads a time; nothing if it is none. Blanks and full-width signs do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let text = narrow(text);
        // Nearly all times begin with a digit, and say nothing of their part of the day.
        if text.starts_with(|ch: char| ch.is_ascii_digit()) && !text.ends_with(['M', 'm']) {
            return Self::of_day(&text, None);
        }
        let next_day = NEXT_DAY.iter().find_map(|word| text.strip_prefix(word));
        let (next_day, text) = (u32::from(next_day.is_some()), next_day.unwrap_or(&text));
        let text = text.to_ascii_uppercase();
        let spoken = WORDS.iter().find_map(|(word, hours)| {
            let is_letters = word.is_ascii();
            let rest = text.strip_prefix(word);
            let rest = rest.or_else(|| text.strip_suffix(word).filter(|_| is_letters));
            Some((hours, rest?))
        });
        let time = match spoken {
            Some((hours, rest)) => Self::of_day(rest, Some(hours))?,
            None => Self::of_day(&text, None)?,
        };
        Some(Self(time.0 + next_day * DAY))
    }

    /// The word for a part of the day in a text: `下午` of `2026-11-28 下午2点`.
    pub(in crate::schema) fn word_in(text: &str) -> Option<&'static str> {
        let mut words = WORDS.iter().map(|(word, _)| *word).filter(|word| !word.is_ascii());
        words.find(|word| text.contains(word))
    }

    /// A time without words; `hours` are those of the word that stood beside it.
    fn of_day(text: &str, hours: Option<&[Range<u32>; 2]>) -> Option<Self> {
        let (hour, rest) = text.split_once([':', '点', '时'])?;
        let is_colon = text.as_bytes().get(hour.len()) == Some(&b':');
        let (minute, second) =
            rest.split_once(if is_colon { ':' } else { '分' }).unwrap_or((rest, ""));
        let minute = match minute.trim_end_matches('分') {
            "" | "整" | "钟" if !is_colon => 0,
            "半" => 30,
            "一刻" => 15,
            "三刻" => 45,
            minute => two_digits(minute)?,
        };
        let (second, fraction) = second.split_once('.').unwrap_or((second, ""));
        let second = match second.trim_end_matches('秒') {
            "" => 0,
            second => two_digits(second)?,
        };
        let hour = two_digits(hour)?;
        let hour = match hours {
            None => hour,
            Some(hours) => {
                let has = |hour: &u32| hours.iter().any(|range| range.contains(hour));
                meant(hour).into_iter().find(has)?
            }
        };
        let is_last = hour == 24 && (hours.is_some() || (minute, second) == (0, 0));
        let is_fraction = fraction.bytes().all(|it| it.is_ascii_digit());
        ((hour < 24 || is_last) && minute < 60 && second < 60 && is_fraction)
            .then_some(Self((hour * 60 + minute) * 60 + second))
    }

    /// The seconds since the beginning of its day.
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// The time to the minute, in a language: `09:30`, `24:00`, and in the night behind its day
    /// `次日01:00`, `01:00 the next day`. Any language that is not Chinese gets the English words.
    pub fn written(self, language: &str) -> String {
        let is_next = self.0 > DAY;
        let minutes = if is_next { self.0 - DAY } else { self.0 } / 60;
        let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        match (is_next, language.starts_with("zh")) {
            (false, _) => clock,
            (true, true) => format!("次日{clock}"),
            (true, false) => format!("{clock} the next day"),
        }
    }
}

/// Whether a text says from when until when: `9:00-11:30`, `上午9点至11点半`.
pub(in crate::schema) fn is_range(text: &str) -> bool {
    const SIGNS: [char; 9] = ['-', '–', '—', '−', '~', '～', '〜', '至', '到'];
    let text = narrow(text);
    text.split_once(SIGNS).is_some_and(|(from, to)| {
        let to = DayTime::parse(to.trim_start_matches(SIGNS));
        let is_hour = from.ends_with(|ch: char| ch.is_ascii_digit()) && two_digits(from).is_some();
        to.is_some() && (is_hour || DayTime::parse(from).is_some())
    })
}

/// The hours that a number can mean on a clock of twelve or of 24 hours, in the order of preference.
fn meant(hour: u32) -> [u32; 3] {
    match hour {
        12 => [12, 24, 0],
        0..12 => [hour, hour + 12, hour],
        _ => [hour; 3],
    }
}

/// One or two digits.
fn two_digits(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, texts: &[&str]) {
        for text in texts {
            let found = DayTime::parse(text).map(|it| it.written("zh-CN"));
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn clocks() {
        check("09:00", &["9:00", "09:00", "9点", "９：００", "9点整", "9点钟", "9时", "9:00:00"]);
        check("09:30", &["9点半", "9:30", "9点30", "9时30分", "9点30分", "9时30分00秒"]);
        check("09:30", &["09:30:00.000", "9:30:15"]);
        check("00:00", &["0:00", "0点"]);
        check("24:00", &["24:00", "24点", "24:00:00"]);
        check(
            "",
            &["25:00", "24:30", "9", "9:60", "九点", "9:", "09:000", "9:00:60", "9:00:0a", "-9:00"],
        );
    }

    #[test]
    fn parts_of_the_day() {
        check("00:00", &["凌晨12点", "凌晨0点", "夜里0点", "12:00 AM"]);
        check("00:30", &["凌晨12点半"]);
        check("01:00", &["凌晨1点", "夜里1点", "半夜1点"]);
        check("05:30", &["清晨5点半"]);
        check("09:00", &["上午9点", "早上9点", "早9点", "9:00 am", "AM 9:00", "上午 9:00:00"]);
        check("11:30", &["中午11点半", "上午11:30"]);
        check("12:00", &["中午12点", "上午12点", "下午12点", "12:00pm"]);
        check("12:30", &["中午12点半"]);
        check("13:00", &["中午1点", "下午1点", "中午13:00"]);
        check("15:15", &["下午3:15", "下午3点一刻", "下午15:15", "3:15 PM"]);
        check("18:00", &["傍晚6点", "下午6点", "晚上6点"]);
        check("19:00", &["晚上7点", "晚7点", "夜里7点", "晚上19:00"]);
        check("23:00", &["夜里11点", "深夜11点", "晚上11点"]);
        check("24:00", &["晚上12点", "夜里12点", "晚上24点"]);
        check("次日00:30", &["晚上12点半", "次日0:30", "第二天凌晨12点半"]);
        check("", &["上午15点", "中午9点", "晚上3点", "清晨1点", "傍晚2点", "凌晨8点", "早上1点"]);
        check("", &["晚上25点", "下午24点", "上午", "晚上9"]);
    }

    #[test]
    fn nights() {
        check("次日01:00", &["次日1:00", "次日凌晨1点", "第二天1:00", "次日 01:00", "次日夜里1点"]);
        check("次日07:30", &["次日早上7点半"]);
        assert!(DayTime::parse("22:00") < DayTime::parse("24:00"));
        assert!(DayTime::parse("24:00") < DayTime::parse("次日1:00"));
        let later = DayTime::parse("次日1:00").unwrap();
        assert_eq!(later.written("en"), "01:00 the next day");
    }

    #[test]
    fn ranges() {
        for text in [
            "9:00-11:30",
            "上午9点至11点半",
            "9：00～11：30",
            "9:00——11:30",
            "9-11点",
            "下午2点到4点",
        ] {
            assert!(is_range(text), "{text}");
        }
        for text in ["9:00", "9:00-", "2026-03-05", "-9:00", "周一至周五"] {
            assert!(!is_range(text), "{text}");
        }
    }
}
