//! One value, read by its declared type.
//!
//! The type decides, never the look of the text: `0431`, `09:00` and `no` stay what was written
//! where text is declared. Dates, times and numbers are understood in the forms that staff type,
//! full-width digits and colons included.
//!
//! | type | accepted | refused |
//! | --- | --- | --- |
//! | date | `2026-03-05`, `2026/3/5`, `2026年3月5日`, `2026.3.5` | `3月5日`, `26-3-5`, `20260305`; `2026年2月30日` is impossible |
//! | time | `9:00`, `9点半`, `下午3:15`, `9时30分` | `九点`, `25:00` |
//! | count | `1200`, `1,200`, `１２００` | `120人`, `1,20`, `一百`, `-1` |
//! | money | `1200.5`, `¥1,200.50`, `1200.5元` | `1.2万` |
//! | percent | `72.7`, `72.7%`, `72.70％` | |
//! | yes or no | `是`, `yes`, `√`, `1` | `也许` |
//! | identity card | `11010519491231002X` | one whose check digit (GB 11643) is wrong |
//!
//! A text is either a value, or a [`Fault`] that the caller turns into a message: nothing is
//! corrected in silence.

use std::{borrow::Cow, ops::RangeInclusive};

use jiff::civil::{Date, Time};

use crate::text::{boolean, credentials, narrow};
use crate::{
    scan,
    schema::{Decimal, FieldType, Value},
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
    /// It counts below zero.
    Negative,
    /// It is a number, but larger than any that can be held.
    TooLarge,
    /// It is a number, but with more places after the point than can be held.
    TooPrecise,
}

/// Reads a value of any type but [`FieldType::Choice`] and [`FieldType::Place`], whose words the
/// declaration and the content folder decide. Nothing but blanks is [`Value::Absent`]. Blanks at
/// both ends do not count, and nothing else of a text is changed.
pub fn read(kind: FieldType, text: &str) -> Result<Value, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Absent);
    }
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
        FieldType::Date => date(text).map(Value::Date),
        FieldType::Month => month(text).map(Value::Month),
        FieldType::Year => year(text).map(Value::Year),
        FieldType::Period => year(text).map(Value::Year).or_else(|_| month(text).map(Value::Month)),
        FieldType::Time => time(text).map(Value::Time).ok_or(Fault::WrongType),
        FieldType::DateTime => moment(text),
        FieldType::IdNumber => checked(text, is_id_number),
        FieldType::Phone => checked(text, is_phone),
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
    let narrow = narrow(text);
    let bare = ungrouped(&narrow);
    bare.parse().map_err(|_| if is_number(&bare) { Fault::TooLarge } else { Fault::WrongType })
}

/// A decimal number; what was written decides whether one that cannot be held has too many digits
/// or is none.
fn decimal(text: &str) -> Result<Decimal, Fault> {
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
/// `2026-03-05 08:30`, `2026-03-05T8:30`, `2026年3月5日 8点半`. What is wrong with the day goes
/// first.
fn moment(text: &str) -> Result<Value, Fault> {
    let day = date(text);
    let cut = text.rfind(['T', 'Ｔ', '日', '号']).or(text.find(char::is_whitespace));
    let (Err(Fault::WrongType), Some(cut)) = (&day, cut) else { return day.map(Value::Date) };
    let length = text[cut..].chars().next().map_or(0, char::len_utf8);
    let day = date(&text[..cut])?;
    let time = time(&text[cut + length..]).ok_or(Fault::WrongType)?;
    Ok(Value::DateTime(day.to_datetime(time)))
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

/// `9:00`, `09:00`, `9点`, `9点半`, `9时30分`, each also after 上午, 中午, 下午 or 晚上. Afternoon
/// and evening add twelve hours to an hour before twelve: `下午3:15` is 15:15, `下午15:15` too.
pub fn time(text: &str) -> Option<Time> {
    let text = narrow(text);
    let (after_noon, text) =
        match ["上午", "早上", "中午", "下午", "晚上"].iter().position(|it| text.starts_with(it))
        {
            Some(word) => (word > 1, &text["上午".len()..]),
            None => (false, &*text),
        };
    let (hour, minute) = text.split_once([':', '点', '时'])?;
    let minute = match minute.trim_end_matches('分') {
        "" if !text.contains(':') => 0,
        "整" => 0,
        "半" => 30,
        "一刻" => 15,
        minute => two_digits(minute)?,
    };
    let hour = two_digits(hour)?;
    let hour = if after_noon && hour < 12 { hour + 12 } else { hour };
    Time::new(hour, minute, 0, 0).ok()
}

/// One or two digits.
fn two_digits(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Digits and the signs that stand between those of telephone numbers, of one or several. It is
/// loose on purpose: numbers of services have three digits, and extensions are written in many
/// ways.
fn is_phone(text: &str) -> bool {
    let narrow = narrow(text);
    let digits = narrow.bytes().filter(u8::is_ascii_digit).count();
    let known = |ch: char| ch.is_ascii_digit() || "+-()/,;、转".contains(ch);
    (3..=40).contains(&digits) && narrow.chars().all(known)
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
                Ok(Value::Time(it)) => it.strftime("%H:%M").to_string(),
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
    fn times() {
        check(
            FieldType::Time,
            "09:00",
            &["9:00", "09:00", "9点", "９：００", "上午9点", "9点整", "9时"],
        );
        check(FieldType::Time, "09:30", &["9点半", "9:30", "9点30", "9时30分", "9点30分"]);
        check(FieldType::Time, "15:15", &["15:15", "下午3:15", "下午3点一刻", "15点15分"]);
        check(FieldType::Time, "12:30", &["中午12点半"]);
        check(FieldType::Time, "WrongType", &["25:00", "9", "9:60", "九点", "9:", "09:000"]);
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
            &["2026-03-05 08:30", "2026-03-05T8:30", "2026年3月5日 8点半", "2026年3月5日上午8点半"],
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
        check(FieldType::Email, "a.b@c-d.cn", &["a.b@c-d.cn"]);
        check(FieldType::Email, "WrongType", &["a@b", "a b@c.cn", "@c.cn", "a@.cn"]);
        check(
            FieldType::Url,
            "WrongType",
            &["javascript:alert(1)", "www.a.cn", "https://", "http://a b.cn"],
        );
    }
}
