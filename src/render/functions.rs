//! The functions and filters that templates have beside those of the template language.
//!
//! | in a template | returns |
//! | --- | --- |
//! | `t(id="help", name=x)` | the theme's words of that id; its other arguments fill them |
//! | `asset(path="style.css")` | the address of a static file |
//! | `x \| day` | a date, month, year or moment as the theme writes it in full |
//! | `x \| short_day` | a date without its year |
//! | `x \| weekday` | the day of the week of a date or moment |
//! | `x \| number` | a number with its thousands grouped |
//! | `x \| leaves` | whether an address leads to a host that the portal does not name |
//! | `x \| unbroken` | a text as HTML, of which dates, times and telephone numbers are never broken over a line |
//! | `x \| tel` | the first telephone number of a text with its extension, for a `tel:` link |
//!
//! The functions fail on a name that the theme does not have, so that a slip is found when the site
//! is built. The filters never fail: what they cannot read they return as it is, since templates
//! apply them to fields that may be empty or hold words instead of a number.

use std::{collections::BTreeMap, sync::Arc};

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::Date;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::{
    config::links,
    render::{
        required::{FORMAT_DATE, FORMAT_DATE_SHORT, FORMAT_MONTH, FORMAT_YEAR, WEEKDAYS},
        words::Words,
    },
    schema::phone,
};

/// Adds them to a template engine. `assets` are the addresses of static files by name, `neighbours`
/// the hosts that are no other sites.
pub(crate) fn register(
    tera: &mut Tera,
    words: &Arc<Words>,
    assets: BTreeMap<String, String>,
    neighbours: Vec<String>,
) {
    let these = Arc::clone(words);
    tera.register_function("t", move |args: Kwargs, _: &State| words_of(&these, &args));
    tera.register_function("asset", move |args: Kwargs, _: &State| -> TeraResult<String> {
        let path = args.must_get::<&str>("path")?;
        let address = assets.get(path).cloned();
        address.ok_or_else(|| Error::message(format!("the theme has no static file {path}")))
    });
    let these = Arc::clone(words);
    tera.register_filter("day", move |text: &str, _: Kwargs, _: &State| long(&these, text));
    let these = Arc::clone(words);
    tera.register_filter("short_day", move |text: &str, _: Kwargs, _: &State| short(&these, text));
    let these = Arc::clone(words);
    tera.register_filter("weekday", move |text: &str, _: Kwargs, _: &State| weekday(&these, text));
    tera.register_filter("number", |value: Value, _: Kwargs, _: &State| {
        grouped(&value.to_string())
    });
    tera.register_filter("leaves", move |url: &str, _: Kwargs, _: &State| {
        links::leaves(&neighbours, url)
    });
    tera.register_filter("unbroken", |text: &str, _: Kwargs, _: &State| unbroken(text));
    tera.register_filter("tel", |text: &str, _: Kwargs, _: &State| phone::dialled(text));
}

/// The arguments of the template function `t`. A whole number stays a number, so that words can
/// choose the plural by it; everything else is text.
fn words_of(words: &Words, args: &Kwargs) -> TeraResult<String> {
    let id = args.must_get::<&str>("id")?;
    let mut fluent = FluentArgs::new();
    for (key, value) in args.iter() {
        let Some(name) = key.as_str().filter(|it| *it != "id") else { continue };
        fluent.set(
            name.to_owned(),
            match value.as_i64() {
                Some(number) => FluentValue::from(number),
                None => FluentValue::from(value.to_string()),
            },
        );
    }
    words
        .find(id, &fluent)
        .ok_or_else(|| Error::message(format!("the theme has no words for {id}")))
}

/// `2026-03-05`, `2026-03`, `2026` or `2026-03-05 09:00` as the theme writes dates; any other text
/// as it is.
pub(crate) fn long(words: &Words, text: &str) -> String {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let id = match date.len() {
        4 => FORMAT_YEAR,
        7 => FORMAT_MONTH,
        _ => FORMAT_DATE,
    };
    let written = written(words, id, date).unwrap_or_else(|| date.to_owned());
    if time.is_empty() { written } else { format!("{written} {time}") }
}

/// `2026-03-05` without its year; any other text as it is.
fn short(words: &Words, text: &str) -> String {
    written(words, FORMAT_DATE_SHORT, text).unwrap_or_else(|| text.to_owned())
}

/// A date by the words of that id, which are given as many of `$year`, `$month` and `$day` as the
/// date has. `None` if a part is no number, or if the theme has no such words.
fn written(words: &Words, id: &str, date: &str) -> Option<String> {
    let mut args = FluentArgs::new();
    let mut parts = date.split('-');
    for name in ["year", "month", "day"] {
        let Some(part) = parts.next() else { break };
        let number: u16 = part.parse().ok()?;
        // A year has no thousands to group. Months and days are numbers that words can select on.
        args.set(
            name,
            match name {
                "year" => FluentValue::from(number.to_string()),
                _ => FluentValue::from(number),
            },
        );
    }
    words.find(id, &args)
}

/// The day of the week; empty for what is no date, such as a month or nothing.
fn weekday(words: &Words, text: &str) -> String {
    let date = text.split([' ', 'T']).next().and_then(|it| it.parse::<Date>().ok());
    let day = |day: Date| usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    let id = date.map(|it| WEEKDAYS[day(it)]);
    id.and_then(|it| words.find(it, &FluentArgs::new())).unwrap_or_default()
}

/// `24122` as `24,122`; text that is no number as it is.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.len() < 4 || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut grouped = whole[..whole.len() - digits.len()].to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

/// A text as HTML, of which each date, time and telephone number, and each number with what it
/// counts of a home (`3号楼`), is in a `span` that is not broken over a line.
fn unbroken(text: &str) -> Value {
    const JOINED: &str = "年月日号楼时分点：:.—–-/";
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
        let run = &rest[start..];
        let is_in = |ch: char| ch.is_ascii_digit() || JOINED.contains(ch);
        let run = &run[..run.find(|ch| !is_in(ch)).unwrap_or(run.len())];
        let run = run.trim_end_matches(|ch: char| "：:.—–-/".contains(ch));
        push_escaped(&mut html, &rest[..start]);
        let is_one = run.chars().any(|ch| !ch.is_ascii_digit()) && run.chars().count() <= 20;
        if is_one {
            html.push_str("<span class=\"one\">");
        }
        html.push_str(run);
        if is_one {
            html.push_str("</span>");
        }
        rest = &rest[start + run.len()..];
    }
    push_escaped(&mut html, rest);
    Value::safe_string(&html)
}

fn push_escaped(html: &mut String, text: &str) {
    for ch in text.chars() {
        match ch {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(ch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_telephones_are_one() {
        for (text, expected) in [
            ("停水<通知>", "停水&lt;通知&gt;"),
            ("停水：11月25日，柳岸小区", "停水：<span class=\"one\">11月25日</span>，柳岸小区"),
            (
                "11月9日至2026年11月30日",
                "<span class=\"one\">11月9日</span>至<span class=\"one\">2026年11月30日</span>",
            ),
            (
                "周一 8:30—11:30，13:00。",
                "周一 <span class=\"one\">8:30—11:30</span>，<span class=\"one\">13:00</span>。",
            ),
            ("打0431-8255-0001-", "打<span class=\"one\">0431-8255-0001</span>-"),
            ("384 人，3号楼", "384 人，<span class=\"one\">3号楼</span>"),
            ("\"1\" & '2'", "&quot;1&quot; &amp; &#39;2&#39;"),
        ] {
            assert_eq!(unbroken(text).to_string(), expected);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (text, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("24122", "24,122"),
            ("-1234567.5", "-1,234,567.5"),
            ("2026-03-05", "2026-03-05"),
            ("一二三四", "一二三四"),
        ] {
            assert_eq!(grouped(text), expected);
        }
    }
}
