//! Days in forms that are not accepted, but can mean one day only.
//!
//! ```text
//! 20260305              2026-03-05
//! 2026。3。5, 2026 3 5   2026-03-05
//! 二〇二六年三月五日      2026-03-05
//! 3月5日, 26-3-5        nothing: the year is not said
//! ```

use jiff::civil::Date;

use crate::{schema::scalar, text::half_width};

/// What stands between year, month and day, beside the signs that are accepted.
const BETWEEN: [char; 10] = [' ', '\u{3000}', '、', '，', ',', '。', '．', '_', '\\', '·'];

/// Years in which a day of eight digits is believed.
const LIKELY: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The day that was meant, as it should be written. Nothing if it can be read as it is, or not at all.
pub(in crate::schema) fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    if text.chars().count() > 24 || scalar::date(text).is_ok() {
        return None;
    }
    let wide: String = text.chars().map(half_width).collect();
    let day = digits(&wide).or_else(|| parted(&wide)).or_else(|| in_words(text))?;
    LIKELY.contains(&day.year()).then(|| day.to_string())
}

/// A month and a day without a year: `11月3日`, `3.5`.
pub(in crate::schema) fn lacks_year(text: &str) -> bool {
    let text = text.trim();
    // A leap year, so that it is one of any year.
    text.len() <= 16
        && scalar::date(text).is_err()
        && [format!("2024年{text}"), format!("2024-{text}"), format!("2024.{text}")]
            .iter()
            .any(|it| scalar::date(it).is_ok())
}

/// Eight digits.
fn digits(text: &str) -> Option<Date> {
    let is_day = text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit());
    let [year, month, day] = [0..4, 4..6, 6..8].map(|it| text.get(it));
    is_day.then(|| scalar::date(&format!("{}-{}-{}", year?, month?, day?)).ok()).flatten()
}

/// Three numbers with one sign or blank, or several of one kind, between them.
fn parted(text: &str) -> Option<Date> {
    let text = text.trim_end_matches(BETWEEN);
    let mut between: Vec<&str> =
        text.split(|it: char| it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    between.dedup();
    let [sign] = *between else { return None };
    let is_sign = |it: char| BETWEEN.contains(&it) || "-/.".contains(it);
    let mut kinds = sign.chars().filter(|it| !it.is_whitespace());
    let first = kinds.next().unwrap_or('-');
    let is_one = sign.chars().all(is_sign) && kinds.all(|it| it == first);
    is_one.then(|| scalar::date(&text.replace(sign, "-")).ok()).flatten()
}

/// Han numerals with 年, 月 and 日.
fn in_words(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('年')?;
    let (month, day) = rest.trim_end_matches(['日', '号']).split_once('月')?;
    let year: Option<String> =
        year.chars().map(|it| numeral(it).map(|it| it.to_string())).collect();
    let year = year.filter(|it| it.len() == 4)?;
    scalar::date(&format!("{year}-{}-{}", below_hundred(month)?, below_hundred(day)?)).ok()
}

/// `三`, `十`, `十二`, `二十`, `三十一`.
fn below_hundred(text: &str) -> Option<u32> {
    let Some((tens, ones)) = text.split_once('十') else {
        let mut letters = text.chars();
        return letters.next().and_then(numeral).filter(|_| letters.next().is_none());
    };
    let part = |it: &str, nothing: u32| match it {
        "" => Some(nothing),
        _ => below_hundred(it).filter(|it| (1..10).contains(it)),
    };
    Some(part(tens, 1)? * 10 + part(ones, 0)?)
}

fn numeral(it: char) -> Option<u32> {
    let numerals = "〇一二三四五六七八九";
    let zero = if "零○0".contains(it) { Some(0) } else { None };
    zero.or_else(|| numerals.chars().zip(0..).find(|(numeral, _)| *numeral == it).map(|it| it.1))
}

#[cfg(test)]
mod tests {
    use super::{lacks_year, meant};

    #[test]
    fn days_without_a_year_are_known() {
        for text in ["11月3日", "3月5号", "11-3", "3/5", "2.29", " 11月3日 "] {
            assert!(lacks_year(text), "{text}");
        }
        for text in ["2026-11-3", "明天", "", "13月5日", "11月", "1", "9:00", "12.5元"] {
            assert!(!lacks_year(text), "{text}");
        }
    }

    #[test]
    fn a_day_that_can_mean_one_only_is_found() {
        for text in [
            "20260305",
            "２０２６０３０５",
            "2026 3 5",
            "2026。3。5",
            "2026、03、05",
            "2026,3,5",
            "2026_03_05",
            "2026--03--05",
            "2026-03-05。",
            "2026\\3\\5",
            "二〇二六年三月五日",
            "二零二六年三月五号",
        ] {
            assert_eq!(meant(text).as_deref(), Some("2026-03-05"), "{text}");
        }
        assert_eq!(meant("二〇二六年十二月三十一日").as_deref(), Some("2026-12-31"));
        for text in [
            "3月5日",
            "26-3-5",
            "2026-03-05",
            "2026/3/5",
            "20261305",
            "2026-3.5",
            "05032026",
            "2026 3",
            "明天",
            "",
            "82550111",
            "二六年三月五日",
            "2026-03 05",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
