//! When that happens which a notice announces: a day, days, or hours.
//!
//! ```text
//! 2026-11-28                        a day
//! 2026-11-28 至 2026-11-30          days
//! 2026-11-28 8:00—16:00             hours of a day
//! 2026年11月28日晚上10点到次日6点   the night behind it, too
//! 2026-11-28 22:00 至 2026-11-29 6:00
//! 2026-11-28 下午2点至4点           the word is of both hours
//! ```

use jiff::civil::Date;

use crate::{
    schema::{
        DayTime,
        scalar::{Fault, date, dated},
        value::Moment,
    },
    text::narrow,
};

/// What may stand between the beginning and the end.
const BETWEEN: [char; 9] = ['-', '–', '—', '~', '～', '－', '至', '到', '─'];

/// Reads when something happens; nothing if it is no day, ends before it begins, or has hours on one
/// side alone of several days.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = &text.trim().replace(" to ", "至");
    if let Some((date, starts)) = day(text) {
        return Some(Moment { date, starts, until: Some(date), ends: None });
    }
    let places = text.char_indices().filter(|(_, ch)| BETWEEN.contains(ch));
    places.into_iter().find_map(|(at, ch)| {
        let behind = text[at + ch.len_utf8()..].trim_start_matches(BETWEEN);
        between(text[..at].trim_end(), behind.trim_start())
    })
}

/// Why a text is no moment, as the name of the advice: `reversed` if it ends before it begins,
/// `weekday` if a day is not of the day of the week beside it.
pub(crate) fn fault(text: &str) -> Option<&'static str> {
    let text = &text.trim().replace(" to ", "至");
    let places = text.char_indices().filter(|(_, ch)| BETWEEN.contains(ch));
    let is_reversed = places.into_iter().any(|(at, ch)| {
        let behind = text[at + ch.len_utf8()..].trim_start_matches(BETWEEN).trim_start();
        moments(text[..at].trim_end(), behind).is_some_and(|(first, last)| last < first)
    });
    if is_reversed {
        return Some("reversed");
    }
    parse(&without_weekdays(text)).map(|_| "weekday")
}

/// The day in a text that the calendar does not have, as it is written.
pub(crate) fn impossible(text: &str) -> Option<&str> {
    let begins = |at: usize| !text[..at].ends_with(|it: char| it.is_ascii_digit());
    let starts = text.char_indices().filter(|(at, ch)| ch.is_ascii_digit() && begins(*at));
    let mut days = starts.filter_map(|(start, _)| {
        let rest = &text[start..];
        let ends = rest.char_indices().map(|(at, ch)| at + ch.len_utf8());
        let goes_on = |at: &usize| rest[*at..].starts_with(|it: char| it.is_ascii_digit());
        let mut days = ends.filter(|at| !goes_on(at)).take(LONGEST_DAY).map(|at| &rest[..at]);
        days.find(|it| date(it) != Err(Fault::WrongType))
    });
    days.find(|day| date(day) == Err(Fault::ImpossibleDate))
}

/// The most parts of a day: three numbers, signs and blanks.
const LONGEST_DAY: usize = 12;

/// A time of day, with the text that it is read from.
pub(crate) type Hour = (String, DayTime);

/// The hour at which it begins as it is written, with that at which it ends on the same day. What
/// ends before it begins has them, too.
pub(crate) fn hours(text: &str) -> Option<(Hour, Option<Hour>)> {
    let text = &text.trim().replace(" to ", "至");
    if let Some(starts) = clock(text) {
        return Some((starts, None));
    }
    let places = text.char_indices().filter(|(_, ch)| BETWEEN.contains(ch));
    places.into_iter().find_map(|(at, ch)| {
        let first = text[..at].trim_end();
        let last = text[at + ch.len_utf8()..].trim_start_matches(BETWEEN).trim_start();
        let starts = clock(first)?;
        let ends = hour(first, starts.1, last).map(|ends| (last.to_owned(), ends));
        (ends.is_some() || day(last).is_some()).then_some((starts, ends))
    })
}

/// The time behind a day, as it is written.
fn clock(text: &str) -> Option<Hour> {
    day(text)?.1?;
    let mut places = text.char_indices().map(|(at, _)| text.split_at(at));
    places.find_map(|(date, hour)| {
        let is_digit = |it: char| it.is_ascii_digit();
        let is_cut = date.ends_with(is_digit) && hour.starts_with(is_digit);
        let is_date = !is_cut && day(date.trim_end()).is_some_and(|it| it.1.is_none());
        let time = DayTime::parse(hour).filter(|_| is_date)?;
        Some((hour.trim().to_owned(), time))
    })
}

/// The hour at which something ends on the day of its beginning. A bare one is of the part of the
/// day that the beginning names, if it is later then: `下午2点至4点` ends at 16:00.
fn hour(first: &str, starts: DayTime, last: &str) -> Option<DayTime> {
    let last = narrow(last);
    let is_bare = last.starts_with(|it: char| it.is_ascii_digit());
    let word = DayTime::word_in(first).filter(|_| is_bare);
    let spoken = word.and_then(|word| DayTime::parse(&format!("{word}{last}")));
    spoken.filter(|ends| *ends > starts).or_else(|| DayTime::parse(&last))
}

/// A text without the days of the week in it.
fn without_weekdays(text: &str) -> String {
    let mut text = text.to_owned();
    for day in "一二三四五六日天".chars() {
        for word in ["星期", "礼拜", "周"].map(|it| format!("{it}{day}")) {
            for written in [format!("（{word}）"), format!("({word})"), word] {
                text = text.replace(&written, " ");
            }
        }
    }
    text
}

/// A day, perhaps with a time.
type DayAndTime = (Date, Option<DayTime>);

/// Two moments, of which the second may be an hour of the day of the first.
fn moments(first: &str, last: &str) -> Option<(DayAndTime, DayAndTime)> {
    let (date, starts) = day(first)?;
    let hour = || starts.map_or_else(|| DayTime::parse(last), |it| hour(first, it, last));
    let (until, ends) = day(last).or_else(|| Some((date, Some(hour()?))))?;
    Some(((date, starts), (until, ends)))
}

/// The time from a moment to another, which may be an hour of the same day.
fn between(first: &str, last: &str) -> Option<Moment> {
    let ((date, starts), (until, ends)) = moments(first, last)?;
    let is_whole = starts.is_some() == ends.is_some();
    let is_forward = (date, starts) < (until, ends);
    (is_whole && is_forward).then_some(Moment { date, starts, until: Some(until), ends })
}

/// Reads a day, perhaps with a time.
fn day(text: &str) -> Option<DayAndTime> {
    date(text).map(|day| (day, None)).or_else(|_| dated(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a moment in a row.
    fn shown(text: &str) -> Option<String> {
        let time = |time: Option<DayTime>| time.map_or("-".to_owned(), |it| it.written("zh-CN"));
        let moment = parse(text)?;
        let until = moment.until?;
        Some(format!("{} {} {until} {}", moment.date, time(moment.starts), time(moment.ends)))
    }

    #[test]
    fn days_and_hours_are_read() {
        for (text, expected) in [
            ("2026-11-28", "2026-11-28 - 2026-11-28 -"),
            ("2026年11月28日", "2026-11-28 - 2026-11-28 -"),
            ("2026-11-28（周六）8:00", "2026-11-28 08:00 2026-11-28 -"),
            ("2026-11-28 8:00-16:00", "2026-11-28 08:00 2026-11-28 16:00"),
            ("2026-11-28 上午8点——下午4点", "2026-11-28 08:00 2026-11-28 16:00"),
            ("2026年11月28日8:00至16:00", "2026-11-28 08:00 2026-11-28 16:00"),
            ("2026-11-28 下午2点至4点", "2026-11-28 14:00 2026-11-28 16:00"),
            ("2026-11-28（周六）上午9点到11:30", "2026-11-28 09:00 2026-11-28 11:30"),
            ("2026-11-28上午9点到15点", "2026-11-28 09:00 2026-11-28 15:00"),
            ("2026-11-28 中午11点半—1点", "2026-11-28 11:30 2026-11-28 13:00"),
            ("2026-11-28 晚上8点至12点", "2026-11-28 20:00 2026-11-28 24:00"),
            ("2026-11-28 22:00 至 次日6:00", "2026-11-28 22:00 2026-11-28 次日06:00"),
            ("2026-11-28 22:00 到 2026-11-29 6:00", "2026-11-28 22:00 2026-11-29 06:00"),
            ("2026-11-28 至 2026-11-30", "2026-11-28 - 2026-11-30 -"),
            ("2026-11-28 to 2026-11-30", "2026-11-28 - 2026-11-30 -"),
            ("2026-11-28~2026-11-30", "2026-11-28 - 2026-11-30 -"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_is_not_read() {
        for text in [
            "",
            "明天",
            "2026-02-30",
            "2026-11-28 16:00-8:00",
            "2026-11-30 至 2026-11-28",
            "2026-11-28 至 2026-11-28",
            "2026-11-28 8:00 至 2026-11-30",
            "2026-11-28 至 30",
            "至 2026-11-28",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn hours_are_found_as_they_are_written() {
        for (text, expected) in [
            ("2026-12-11 2:00", "2:00"),
            ("2026年12月1日2:00至4:30", "2:00 4:30"),
            ("2026-12-01（周二）下午2点—4点", "下午2点 4点"),
            ("2026-12-01 8:00-5:00", "8:00 5:00"),
            ("2026-12-01 22:00 至 2026-12-02 6:00", "22:00"),
            ("2026-12-01", ""),
            ("2026-12-01 至 2026-12-02", ""),
            ("2026-12-01 8:00-", ""),
        ] {
            let found = hours(text).map(|(starts, ends)| {
                std::iter::once(starts.0).chain(ends.map(|it| it.0)).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn days_that_are_not_in_the_calendar_are_found() {
        for (text, expected) in [
            ("2027-02-29", Some("2027-02-29")),
            ("2027年2月30日8:00至16:00", Some("2027年2月30")),
            ("2027-02-28 至 2027-02-29", Some("2027-02-29")),
            ("2027/13/1 8:00", Some("2027/13/1")),
            ("2027-02-28 至 2027-03-01", None),
            ("2027-02-28 25:00", None),
            ("明天", None),
            ("", None),
        ] {
            assert_eq!(impossible(text), expected, "{text}");
        }
    }

    #[test]
    fn faults_have_their_own_advice() {
        for (text, expected) in [
            ("2026-11-30 至 2026-11-28", Some("reversed")),
            ("2026-11-28 16:00-8:00", Some("reversed")),
            ("2026-11-28（周五）", Some("weekday")),
            ("2026-11-28星期五 8:00-16:00", Some("weekday")),
            ("2026-11-28 至 2026-11-30（周日）", Some("weekday")),
            ("明天", None),
            ("2026-02-30", None),
        ] {
            assert_eq!(fault(text), expected, "{text}");
        }
    }
}
