//! One value, read by its declared type.
//!
//! The type decides, never the look of the text: `0431`, `09:00` and `no` stay what was written
//! where text is declared. Dates, times and numbers are understood in the forms that staff type,
//! full-width digits and colons included.
//!
//! | type | accepted | refused |
//! | --- | --- | --- |
//! | date | `2026-03-05`, `2026/3/5`, `2026年3月5日`, `2026.3.5`, `2026-03-05 09:30:00`, `2026-03-05（周四）` | `3月5日`, `26-3-5`, `20260305`; `2026年2月30日` is impossible |
//! | time | `9:00`, `9点半`, `下午3:15`, `9时30分`, `次日1:00` (`day_time.rs`) | `九点`, `25:00`, `上午15点` |
//! | count | `1200`, `1,200`, `１２００` | `120人`, `1,20`, `一百`, `-1` |
//! | money | `1200.5`, `¥1,200.50`, `1200.5元` | `1.2万` |
//! | percent | `72.7`, `72.7%`, `72.70％` | |
//! | yes or no | `是`, `yes`, `√`, `1` | `也许` |
//! | identity card | `11010519491231002X` | one whose check digit (GB 11643) is wrong |
//!
//! A text is either a value, or a [`Fault`] that the caller turns into a message: nothing is
//! corrected in silence.

use std::{borrow::Cow, ops::RangeInclusive};

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

use crate::text::{boolean, credentials, narrow};
use crate::{
    scan,
    schema::{DayTime, Decimal, FieldType, Value, person_name, phone, phone::Reading},
};

/// Years beyond these are slips of the finger.
const YEARS: RangeInclusive<i16> = 1800..=2300;

/// Why a text is no value of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not written as that type is.
    WrongType,
    /// It is written as a date, but the calendar has no such day.
    ImpossibleDate,
    /// It is a moment of another clock than that of the portal, which the caller knows.
    Elsewhere(Timestamp),
    /// It is more than one telephone number.
    Several,
    /// It counts below zero.
    Negative,
    /// It is a number, but larger than any that can be held.
    TooLarge,
    /// It is a number, but with more places after the point than can be held.
    TooPrecise,
}

/// Reads a value of any type but [`FieldType::Choice`] and [`FieldType::Place`], whose words the
/// declaration and the content folder decide. Nothing but blanks is [`Value::Absent`]. Blanks at
/// both ends do not count. Names of persons get one form (`person_name.rs`); nothing else of a text is
/// changed.
pub fn read(kind: FieldType, text: &str) -> Result<Value, Fault> {
    match text.trim() {
        "" => Ok(Value::Absent),
        word => read_word(kind, word),
    }
}

/// Reads a value that is not empty and has no blanks at its ends; see [`read`].
pub(super) fn read_word(kind: FieldType, text: &str) -> Result<Value, Fault> {
    match kind {
        FieldType::Integer => integer(text).map(Value::Integer),
        FieldType::Count => match integer(text)? {
            number if number < 0 => Err(Fault::Negative),
            number => Ok(Value::Integer(number)),
        },
        FieldType::Decimal => decimal(text).map(Value::Decimal),
        FieldType::Percent => decimal(text.trim_end_matches(['%', '％'])).map(Value::Decimal),
        FieldType::Money => {
            let bare = text.trim_start_matches(['¥', '￥']).trim_end_matches('元');
            decimal(bare).map(Value::Decimal)
        }
        FieldType::Boolean => boolean(text).map(Value::Boolean).ok_or(Fault::WrongType),
        FieldType::Date => date(text)
            .or_else(|fault| match fault {
                Fault::WrongType => dated(text).map(|(day, _)| day),
                fault => Err(fault),
            })
            .map(Value::Date),
        FieldType::Month => month(text).map(Value::Month),
        FieldType::Year => year(text).map(Value::Year),
        FieldType::Period => year(text).map(Value::Year).or_else(|_| month(text).map(Value::Month)),
        FieldType::Time => DayTime::parse(text).map(Value::Time).ok_or(Fault::WrongType),
        FieldType::DateTime => moment(text),
        FieldType::IdNumber => checked(text, is_id_number),
        FieldType::Phone => match phone::reading(text) {
            Reading::One | Reading::WrongLength => Ok(Value::Text(text.into())),
            Reading::Several => Err(Fault::Several),
            Reading::None => Err(Fault::WrongType),
        },
        FieldType::Person => Ok(Value::Text(person_name::plain(text).into())),
        FieldType::Email => checked(text, is_email),
        FieldType::Url => checked(text, is_url),
        _ => Ok(Value::Text(text.into())),
    }
}

/// Text that is kept as written if it is of the right form.
fn checked(text: &str, is_valid: fn(&str) -> bool) -> Result<Value, Fault> {
    if is_valid(text) { Ok(Value::Text(text.into())) } else { Err(Fault::WrongType) }
}

/// A whole number, in digits of any width, perhaps with commas between thousands. A fault says
/// whether it is no number or only too large: `i64` is what can be held.
fn integer(text: &str) -> Result<i64, Fault> {
    // Nearly all are written as programs write them.
    text.parse().or_else(|_| {
        let narrow = narrow(text);
        let bare = ungrouped(&narrow);
        bare.parse().map_err(|_| if is_number(&bare) { Fault::TooLarge } else { Fault::WrongType })
    })
}

/// A decimal number; what was written decides whether one that cannot be held has too many digits
/// or is none.
fn decimal(text: &str) -> Result<Decimal, Fault> {
    if let Some(number) = Decimal::parse(text) {
        return Ok(number);
    }
    let narrow = narrow(text);
    let bare = ungrouped(&narrow);
    let (whole, fraction) = bare.split_once('.').unwrap_or((&bare, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    Decimal::parse(&bare).ok_or_else(|| match is_number(whole) && digits(fraction) {
        true if fraction.len() > 6 => Fault::TooPrecise,
        true => Fault::TooLarge,
        false => Fault::WrongType,
    })
}

/// Digits, perhaps with a sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

/// `1,234,567` without its commas, if they stand where thousands end. `1,20` stays as it is, and is
/// then no number.
fn ungrouped(text: &str) -> Cow<'_, str> {
    let whole = text.split('.').next().unwrap_or(text);
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().map_or(0, str::len);
    let grouped = text.contains(',') && (1..=3).contains(&first) && groups.all(|it| it.len() == 3);
    if grouped { Cow::Owned(text.replace(',', "")) } else { Cow::Borrowed(text) }
}

/// `2026-03-05`, `2026-3-5`, `2026/3/5`, `2026.3.5`, `2026年3月5日`. Full-width digits and signs as
/// well, and blanks anywhere. The order is always year, month, day.
pub fn date(text: &str) -> Result<Date, Fault> {
    let [year, month, day] = numbers(text, ['年', '月', '日', '号'])?;
    let in_range = YEARS.contains(&year);
    let day = Date::new(year, narrow_i8(month), narrow_i8(day)).ok();
    day.filter(|_| in_range).ok_or(Fault::ImpossibleDate)
}

/// A day, or a day and a time with a space or `T` between.
///
/// `2026-03-05 08:30`, `2026-03-05T8:30`, `2026年3月5日 8点半`. 24:00 is the first moment of the next
/// day.
fn moment(text: &str) -> Result<Value, Fault> {
    match date(text) {
        Ok(day) => return Ok(Value::Date(day)),
        Err(Fault::WrongType) => {}
        Err(fault) => return Err(fault),
    }
    let (day, time) = dated(text)?;
    Ok(match time {
        Some(time) => Value::DateTime(moment_of(day, time).ok_or(Fault::ImpossibleDate)?),
        None => Value::Date(day),
    })
}

/// The moment of a time that counts from the beginning of a day; nothing behind the last day of the
/// calendar.
fn moment_of(day: Date, time: DayTime) -> Option<DateTime> {
    let seconds = Span::new().try_seconds(time.seconds()).ok()?;
    day.to_datetime(Time::midnight()).checked_add(seconds).ok()
}

/// A day with the day of the week, a time, or both behind it, as people and spreadsheets write them:
///
/// ```text
/// 2026-11-20（周五）            the day
/// 2026-11-20（周四）            impossible: it is a Friday
/// 2026/11/20 0:00               the day and the time
/// 2026-11-20T09:30:00+08:00     elsewhere: the caller knows whose clock counts
/// ```
pub(super) fn dated(text: &str) -> Result<(Date, Option<DayTime>), Fault> {
    // No day is longer, whatever blanks are in it.
    const LONGEST: usize = 32;
    // What can stand within a day; blanks can, too, so each of them is tried.
    let is_end = |ch: char| !ch.is_numeric() && !"-/.年月－／．".contains(ch);
    let ends = text.char_indices().take(LONGEST).filter(|(_, ch)| is_end(*ch)).map(|(end, _)| end);
    let found = ends.map(|end| (date(&text[..end]), end)).find(|it| it.0 != Err(Fault::WrongType));
    let (day, end) = found.ok_or(Fault::WrongType)?;
    let day = day?;
    let rest = text[end..].trim_start();
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest).trim_start();
    let rest = after_weekday(day, rest)?.trim_start();
    if rest.is_empty() {
        return Ok((day, None));
    }
    let formal = rest.strip_prefix(['T', 'Ｔ']);
    let (clock, offset) = offset(formal.unwrap_or(rest), formal.is_some());
    let time = DayTime::parse(clock).ok_or(Fault::WrongType)?;
    if let Some(offset) = offset {
        let moment = moment_of(day, time).and_then(|it| offset.to_timestamp(it).ok());
        return Err(moment.map_or(Fault::ImpossibleDate, Fault::Elsewhere));
    }
    Ok((day, Some(time)))
}

/// What stands behind the day of the week, in brackets or not: `（周五）`, `星期五`, `(五)`. A fault
/// if it is not that of the day.
fn after_weekday(day: Date, text: &str) -> Result<&str, Fault> {
    const DAYS: [&[char]; 7] =
        [&['一'], &['二'], &['三'], &['四'], &['五'], &['六'], &['日', '天']];
    let bare = text.strip_prefix(['(', '（', '[', '【']);
    let word = bare.unwrap_or(text).trim_start();
    let named = ["星期", "礼拜", "周"].iter().find_map(|it| word.strip_prefix(it));
    let Some(name) = named.or(bare.map(|_| word)) else { return Ok(text) };
    let mut rest = name.chars();
    let sign = rest.next().ok_or(Fault::WrongType)?;
    let index = DAYS.iter().position(|it| it.contains(&sign)).ok_or(Fault::WrongType)?;
    if index != usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()) {
        return Err(Fault::ImpossibleDate);
    }
    let rest = rest.as_str();
    match bare {
        Some(_) => rest.trim_start().strip_prefix([')', '）', ']', '】']).ok_or(Fault::WrongType),
        None => Ok(rest),
    }
}

/// A time without its offset, and the offset: `Z`, `+08:00`, `+0800`, `+08`. Text without one, and
/// with one that no zone has, stays as it is. `-11:30` is an offset in a formal time alone: else it
/// says until when.
fn offset(text: &str, is_formal: bool) -> (&str, Option<Offset>) {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return (clock, Some(Offset::UTC));
    }
    let cut = text.rfind(|ch| ch == '+' || ch == '-' && is_formal);
    let parted = cut.map(|cut| text.split_at(cut));
    let read = parted.and_then(|(clock, offset)| {
        let digits: String = offset[1..].chars().filter(|it| *it != ':').collect();
        let number: i32 = digits.parse().ok().filter(|_| matches!(digits.len(), 2 | 4))?;
        let minutes =
            if digits.len() == 2 { number * 60 } else { number / 100 * 60 + number % 100 };
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        Some((clock, Some(Offset::from_seconds(sign * minutes * 60).ok()?)))
    });
    read.unwrap_or((text, None))
}

/// `2026-03`, `2026/3`, `2026年3月`; the month's first day.
fn month(text: &str) -> Result<Date, Fault> {
    let [year, month] = numbers(text, ['年', '月', '份', '份'])?;
    let in_range = YEARS.contains(&year);
    let day = Date::new(year, narrow_i8(month), 1).ok();
    day.filter(|_| in_range).ok_or(Fault::ImpossibleDate)
}

/// `2026`, `2026年`, `2026年度`.
fn year(text: &str) -> Result<i16, Fault> {
    let [year] = numbers(text, ['年', '度', '年', '度'])?;
    if YEARS.contains(&year) { Ok(year) } else { Err(Fault::ImpossibleDate) }
}

/// A number of two digits fits; any other becomes one that no calendar has.
fn narrow_i8(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// So many numbers with `-`, `/`, `.` or the signs of the calendar between; the first has four
/// digits, the others one or two.
fn numbers<const N: usize>(text: &str, signs: [char; 4]) -> Result<[i16; N], Fault> {
    let text = narrow(text);
    let bare = text.trim_end_matches(signs);
    let mut numbers = [0; N];
    let mut count = 0;
    for part in bare.split(|ch: char| "-/.".contains(ch) || signs.contains(&ch)) {
        let digits = if count == 0 { 4..=4 } else { 1..=2 };
        if count == N
            || !digits.contains(&part.len())
            || !part.bytes().all(|it| it.is_ascii_digit())
        {
            return Err(Fault::WrongType);
        }
        numbers[count] = part.parse().map_err(|_| Fault::WrongType)?;
        count += 1;
    }
    if count == N { Ok(numbers) } else { Err(Fault::WrongType) }
}

/// The text holds the number of an identity card and hardly anything else. The check digit counts,
/// where there is one, so a number with a slip of the finger is none.
fn is_id_number(text: &str) -> bool {
    let whole = |finding: &scan::Finding| finding.kind == scan::DataKind::IdNumber;
    scan::text(text).iter().any(whole) && narrow(text).len() <= 18 + 5
}

/// The day of birth that the number of an identity card holds: of 18 digits (GB 11643) the seventh
/// to the fourteenth; of the older form of 15 the seventh to the twelfth, in the twentieth century.
/// Nothing for other lengths and impossible days. The check digit is not looked at.
pub fn birth_date(number: &str) -> Option<Date> {
    let digits: String = narrow(number).chars().filter(char::is_ascii_alphanumeric).collect();
    let day = match digits.len() {
        18 => digits.get(6..14)?.to_owned(),
        15 => format!("19{}", digits.get(6..12)?),
        _ => return None,
    };
    Date::strptime("%Y%m%d", day).ok()
}

/// A name, `@`, and a host with a dot. Names in Chinese are accepted. It is a rule of thumb, and
/// knows less than RFC 5322: quoted names and hosts in brackets are refused.
fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let named = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
    let user_ok = |ch: char| ch.is_alphanumeric() || "._-+".contains(ch);
    !user.is_empty()
        && user.chars().all(user_ok)
        && host.contains('.')
        && host.split('.').all(named)
}

/// An absolute address of the web. Other schemes are refused: a link may not run a script. So are
/// names and passwords.
fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|domain| {
        domain.contains('.')
            && !credentials::is_in(text)
            && !domain.starts_with('.')
            && !domain.contains(|ch: char| ch.is_whitespace() || "<>\"".contains(ch))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: FieldType, expected: &str, texts: &[&str]) {
        for text in texts {
            let found = match read(kind, text) {
                Ok(Value::Date(it)) => it.to_string(),
                Ok(Value::Month(it)) => it.strftime("%Y-%m").to_string(),
                Ok(Value::Year(it)) => it.to_string(),
                Ok(Value::Time(it)) => it.written("zh-CN"),
                Ok(Value::DateTime(it)) => it.strftime("%Y-%m-%dT%H:%M").to_string(),
                Ok(Value::Integer(it)) => it.to_string(),
                Ok(Value::Decimal(it)) => it.to_string(),
                Ok(Value::Boolean(it)) => it.to_string(),
                Ok(Value::Text(it)) => it.into(),
                Ok(it) => format!("{it:?}"),
                Err(it) => format!("{it:?}"),
            };
            assert_eq!(found, expected, "{text} as {}", kind.name());
        }
    }

    #[test]
    fn text_stays_text() {
        for text in ["0431-8255", "09:00", "010", "no", "1e3", "~", "2026-03-05", "0x1F"] {
            check(FieldType::Text, text, &[text]);
        }
    }

    #[test]
    fn dates() {
        check(
            FieldType::Date,
            "2026-03-05",
            &[
                "2026-03-05",
                "2026-3-5",
                "2026/3/5",
                "2026年3月5日",
                "2026.3.5",
                "２０２６－０３－０５",
                "2026年3月5号",
                " 2026 年 3 月 5 日 ",
            ],
        );
        check(
            FieldType::Date,
            "ImpossibleDate",
            &["2026-02-30", "2026-13-01", "2026-0-1", "9999-01-01"],
        );
        check(
            FieldType::Date,
            "WrongType",
            &["3月5日", "26-3-5", "明天", "2026-03", "2026-03-05-06", "20260305", "2026-003-05"],
        );
        check(
            FieldType::Month,
            "2026-03",
            &["2026-03", "2026-3", "2026/3", "2026年3月", "2026年3月份"],
        );
        check(FieldType::Month, "ImpossibleDate", &["2026-13", "9999-12"]);
        check(FieldType::Year, "2026", &["2026", "2026年", "２０２６", "2026年度"]);
        check(FieldType::Period, "2008", &["2008", "2008年"]);
        check(FieldType::Period, "2026-03", &["2026-03"]);
    }

    #[test]
    fn days_with_more_behind_them() {
        check(
            FieldType::Date,
            "2026-11-20",
            &[
                "2026-11-20 09:30:00",
                "2026-11-20T09:30",
                "2026/11/20 0:00",
                "2026/11/20 0:00:00",
                "2026-11-20（周五）",
                "2026-11-20 (五)",
                "2026年11月20日星期五",
                "2026年11月20日（星期五）上午9点",
                "2026-11-20 周五 9:30",
                "2026-11-20下午3点",
                "2026 年 11 月 20 日 9:30",
                "2026-11-20 24:00",
            ],
        );
        check(FieldType::Date, "2026-11-22", &["2026-11-22（周日）", "2026-11-22 星期天"]);
        check(FieldType::Date, "ImpossibleDate", &["2026-11-20（周四）", "2026-02-30 09:30"]);
        check(
            FieldType::Date,
            "WrongType",
            &[
                "2026-11-20 上午",
                "2026-11-20（节）",
                "2026-11-20（周五",
                "2026-11-20T",
                "46346",
                "2026-11-20 9:00-11:30",
            ],
        );
        check(
            FieldType::Date,
            "Elsewhere(2026-11-20T01:30:00Z)",
            &[
                "2026-11-20T09:30:00+08:00",
                "2026-11-20T01:30:00Z",
                "2026-11-20T01:30:00.000Z",
                "2026-11-20 09:30+0800",
                "2026-11-19T18:30:00-07",
            ],
        );
        check(FieldType::DateTime, "Elsewhere(2026-11-20T01:30:00Z)", &["2026-11-20T01:30:00Z"]);
    }

    #[test]
    fn times() {
        check(FieldType::Time, "11:30", &["11:30", "中午11点半"]);
        check(FieldType::Time, "WrongType", &["上午15点", "9:00-11:30"]);
    }

    #[test]
    fn identity_cards() {
        check(FieldType::IdNumber, "11010519491231002X", &["11010519491231002X"]);
        check(FieldType::IdNumber, "WrongType", &["110105194912310021", "张三", "12"]);
        let born = Date::constant(1949, 12, 31);
        for number in ["11010519491231002X", "110105 19491231 002X", "110105491231002"] {
            assert_eq!(birth_date(number), Some(born), "{number}");
        }
        assert_eq!(birth_date("110105"), None);
    }

    #[test]
    fn moments() {
        check(
            FieldType::DateTime,
            "2026-03-05",
            &["2026-3-5", "2026年3月5日", "2026 年 3 月 5 日"],
        );
        check(
            FieldType::DateTime,
            "2026-03-05T08:30",
            &[
                "2026-03-05 08:30",
                "2026-03-05T8:30",
                "2026年3月5日 8点半",
                "2026年3月5日上午8点半",
                "2026-03-05 08:30:00",
                "2026-03-05（周四）8:30",
            ],
        );
        check(
            FieldType::DateTime,
            "2026-03-06T00:00",
            &["2026-03-05 24:00", "2026-03-05 晚上12点"],
        );
        check(FieldType::DateTime, "WrongType", &["2026-03-05 25:00", "8:30", "2026-03-05T"]);
        check(FieldType::DateTime, "ImpossibleDate", &["2026-02-30 08:30", "2026-02-30"]);
    }

    #[test]
    fn numbers_of_all_kinds() {
        check(FieldType::Count, "1200", &["1200", "1,200", "１２００", "+1200"]);
        check(FieldType::Count, "WrongType", &["120人", "1,20", "12.0", "1e3", "一百"]);
        check(FieldType::Count, "Negative", &["-1", "－1"]);
        check(
            FieldType::Count,
            "TooLarge",
            &["99999999999999999999", "99,999,999,999,999,999,999"],
        );
        check(FieldType::Decimal, "TooLarge", &["-1234567890123456.5"]);
        check(FieldType::Decimal, "TooPrecise", &["0.1234567"]);
        check(FieldType::Decimal, "WrongType", &["1.", ".5", "1.2.3", "1e3"]);
        check(FieldType::Integer, "-5", &["-5", "−5"]);
        check(FieldType::Percent, "72.7", &["72.7", "72.7%", "72.70％"]);
        check(FieldType::Money, "1200.5", &["1200.50", "¥1,200.50", "1200.5元"]);
        check(FieldType::Boolean, "true", &["是", "yes", "True", "√"]);
        check(FieldType::Boolean, "WrongType", &["也许", "2"]);
    }

    #[test]
    fn contacts() {
        check(FieldType::Phone, "0431-8255 0001 转 2", &["0431-8255 0001 转 2"]);
        check(FieldType::Phone, "WrongType", &["请到窗口", "12", "a0431"]);
        check(FieldType::Phone, "Several", &["82550111 82550112", "82550111、13800000000"]);
        check(FieldType::Email, "a.b@c-d.cn", &["a.b@c-d.cn"]);
        check(FieldType::Email, "WrongType", &["a@b", "a b@c.cn", "@c.cn", "a@.cn"]);
        check(
            FieldType::Url,
            "WrongType",
            &["javascript:alert(1)", "www.a.cn", "https://", "http://a b.cn"],
        );
    }
}
