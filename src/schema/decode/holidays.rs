//! Reads files of holidays.
//!
//! ```yaml
//! 2026:
//!   off: [2026-01-01 to 2026-01-03, 2026-04-05]
//!   work: [2026-01-04]        # a Sunday that is worked instead
//! ```
//!
//! [`WorkingDays::built_in`] reads the years that were known when the program was made, and `parse`
//! further ones from a portal's own file of the same form, as the State Council's office announces
//! them late in the year before. A day is written as in a record, a range with `to`, `至`, `到` or
//! a tilde.
//!
//! Years stand alone: a portal's year replaces the built-in one whole. How days are counted by them
//! is in `period.rs`.

use jiff::{ToSpan, civil::Date};

use crate::{
    diagnostic::{Code, Diagnostic, enough},
    schema::{
        FieldType, Value,
        scalar::{self, Fault},
        working_days::WorkingDays,
    },
    source::{
        self, SitePath, Span, Text,
        reader::{MapReader, misshapen, shortened, wrong_type},
        yaml::{Node, NodeKind},
    },
};

/// The file of a portal's own years, beside its `site.toml`.
pub const FILE: &str = "holidays.yaml";

/// The same form as a portal's own file.
const BUILT_IN: &str = include_str!("../holidays.yaml");

/// The longest range of days. The longest holiday so far had ten; longer ranges are slips of the
/// finger, in a month or a year.
const LONGEST: usize = 40;

/// The words between the first and the last day of a range.
const TO: [&str; 6] = ["to", "至", "到", "～", "〜", "~"];

impl WorkingDays {
    /// The years that the program brings along. It reads them anew at each call.
    pub fn built_in() -> Self {
        let path = SitePath::new("holidays.yaml");
        let mut mistakes = Vec::new();
        let days = parse(&Text { path, content: BUILT_IN.to_owned() }, &mut mistakes);
        debug_assert_eq!(mistakes, [], "built-in holidays are tested to have no mistakes");
        days
    }
}

/// Reads holidays: `off` and `work` by year, each a list of days and ranges of days. Years and days
/// that cannot be read are reported and left out. The days of a year stand under that year.
///
/// A year with any mistake in it is known all the same, by the days that could be read; the
/// mistakes are errors, so nothing is published with it.
pub(crate) fn parse(text: &Text, sink: &mut Vec<Diagnostic>) -> WorkingDays {
    let mut mistakes = Vec::new();
    let mut days = WorkingDays::default();
    let node = source::read_yaml(text).report(&mut mistakes);
    let reader = node.as_ref().and_then(|node| MapReader::open(text, node, &mut mistakes));
    for entry in reader.as_ref().map_or(&[][..], MapReader::entries) {
        if enough(&text.path, &mut mistakes) {
            break;
        }
        if let Some(year) = year(&entry.key) {
            read_year(text, year, &entry.value, &mut days, &mut mistakes);
        } else {
            let place = text.locate(entry.key_span);
            mistakes.push(wrong_type(place, &entry.key, "year", &entry.key));
        }
    }
    sink.extend(mistakes);
    days
}

/// A year from a key; nothing for any other form, such as `2026年`. Keys are stricter than values,
/// as two forms of one year would be two keys.
fn year(key: &str) -> Option<i16> {
    if !key.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    match scalar::read(FieldType::Year, key) {
        Ok(Value::Year(year)) => Some(year),
        _ => None,
    }
}

/// Reads the days off and the working weekends of one year. `off` is required, `work` is not.
fn read_year(
    text: &Text,
    year: i16,
    node: &Node<'_>,
    days: &mut WorkingDays,
    sink: &mut Vec<Diagnostic>,
) {
    let Some(mut reader) = MapReader::open(text, node, sink) else { return };
    // A year without holidays does not exist: they were forgotten.
    let off = reader.require("off", sink);
    let work = reader.get("work");
    let mut read = |node: Option<&Node<'_>>, key| {
        node.map(|it| listed(text, it, (key, year), sink)).unwrap_or_default()
    };
    let (off, work) = (read(off, "off"), read(work, "work"));
    days.extend(year, off, work);
    reader.finish(sink);
}

/// The days of a list, or of a single day or range. `key` is what the list is called in messages.
fn listed(
    text: &Text,
    node: &Node<'_>,
    (key, year): (&str, i16),
    sink: &mut Vec<Diagnostic>,
) -> Vec<Date> {
    let nodes = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut days = Vec::new();
    for node in nodes {
        match &node.kind {
            _ if enough(&text.path, sink) => break,
            NodeKind::Scalar(word) => match range(word, year) {
                Ok(range) => days.extend(range),
                Err(fault) => sink.push(unreadable_day(text, node.span, key, word, &fault)),
            },
            _ => sink.extend(misshapen(text, node, "value")),
        }
    }
    days
}

/// `2026-01-01`, or the days of `2026-01-01 to 2026-01-03`, both included.
///
/// A fault for days out of order, of another year than `year`, or more than [`LONGEST`]; and for a
/// day that the calendar does not have.
fn range(text: &str, year: i16) -> Result<Vec<Date>, Fault> {
    let ends = TO.iter().find_map(|it| text.split_once(it));
    let (first, last) = ends.unwrap_or((text, text));
    let (first, last) = (scalar::date(first)?, scalar::date(last)?);
    let in_order = first <= last && first.year() == year && last.year() == year;
    let days = first.series(1.day()).take_while(|it| *it <= last);
    let days: Vec<Date> = days.take(LONGEST + 1).collect();
    if in_order && days.len() <= LONGEST { Ok(days) } else { Err(Fault::WrongType) }
}

/// The diagnostic of a day that is not written as a date, or does not exist in the calendar.
fn unreadable_day(text: &Text, span: Span, key: &str, word: &str, fault: &Fault) -> Diagnostic {
    let place = text.locate(span);
    if *fault != Fault::ImpossibleDate {
        return wrong_type(place, key, "date", word);
    }
    Diagnostic::error(Code::ImpossibleDate, place)
        .arg("value", shortened(word))
        .arg("type", "date")
        .arg("field", key)
        .help("form")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(content: &str) -> (WorkingDays, Vec<Diagnostic>) {
        let text = Text { path: SitePath::new("holidays.yaml"), content: content.to_owned() };
        let mut sink = Vec::new();
        (parse(&text, &mut sink), sink)
    }

    /// How many days of a year are worked.
    fn worked(days: &WorkingDays, year: i16) -> usize {
        let all = Date::constant(year, 1, 1).series(1.day()).take_while(|it| it.year() == year);
        all.filter(|it| days.is_working(*it)).count()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn built_in_years_have_no_mistakes() {
        let (days, mistakes) = read(BUILT_IN);
        assert_eq!(mistakes, []);
        assert_eq!(days, WorkingDays::built_in());
        for year in 2015..=2026 {
            let worked = worked(&days, year);
            assert!((246..=254).contains(&worked), "{year} has {worked} working days");
        }
        assert!(!days.knows(2014));
    }

    #[test]
    fn working_days() {
        let days = WorkingDays::built_in();
        let cases = [
            ("2026-01-02", false),
            ("2026-01-04", true),
            ("2026-01-05", true),
            ("2026-02-14", true),
            ("2026-02-17", false),
            ("2026-10-11", false),
            ("2020-01-31", false),
            ("2015-09-03", false),
            ("2015-09-06", true),
            // Nobody knows yet: Monday to Friday.
            ("2099-10-01", true),
            ("2099-10-03", false),
        ];
        for (date, expected) in cases {
            assert_eq!(days.is_working(day(date)), expected, "{date}");
        }
    }

    #[test]
    fn ways_to_write_a_range() {
        let forms = [
            "[2027-01-01 to 2027-01-03]",
            "[2027-01-01至2027-01-03]",
            "2027-01-01 ～ 2027-01-03",
            "[2027-01-01, 2027年1月2日到2027年1月3日]",
            "[2027/1/1~2027/1/3]",
            "\n    - 2027-01-03\n    - 2027-01-01 to 2027-01-02",
        ];
        for form in forms {
            let (days, mistakes) = read(&format!("2027:\n  off: {form}\n"));
            assert_eq!(mistakes, [], "{form}");
            assert!(!days.is_working(day("2027-01-01")), "{form}");
            assert_eq!(worked(&days, 2027), 260, "{form}");
        }
    }

    #[test]
    fn mistakes() {
        let cases = [
            ("- 2026-01-01", "[WrongShape]"),
            ("二〇二六: {off: [2026-01-01]}", "[WrongType]"),
            ("26: {off: [2026-01-01]}", "[WrongType]"),
            ("0000: {off: [2026-01-01]}", "[WrongType]"),
            ("2026: [2026-01-01]", "[WrongShape]"),
            ("2026:", "[WrongShape]"),
            ("2026: {work: [2026-01-04]}", "[MissingField]"),
            ("2026: {off: [2026-01-01], worked: [2026-01-04]}", "[UnknownField]"),
            ("2026: {off: [元旦]}", "[WrongType]"),
            ("2026: {off: [2026-02-30]}", "[ImpossibleDate]"),
            ("2026: {off: [2025-12-31 to 2026-01-01]}", "[WrongType]"),
            ("2026: {off: [2026-01-03 to 2026-01-01]}", "[WrongType]"),
            ("2026: {off: [2026-01-01 to 2026-02-10]}", "[WrongType]"),
            ("2026: {off: [2026-01-01 to 2026-02-09]}", "[]"),
            ("2026: {off: [[2026-01-01]]}", "[WrongShape]"),
            ("2026: {off: [2026-01-01], work: [2027-01-04]}", "[WrongType]"),
            ("# nothing yet", "[EmptyFile]"),
        ];
        for (content, expected) in cases {
            let codes: Vec<Code> = read(content).1.iter().map(|it| it.code).collect();
            assert_eq!(format!("{codes:?}"), expected, "{content}");
        }
    }

    #[test]
    fn a_year_given_again_is_replaced_whole() {
        let mut days = WorkingDays::built_in();
        days.take_over(read("2026: {off: [2026-01-01]}\n2027: {off: [2027-01-01]}").0);
        assert!(days.knows(2015) && days.knows(2027));
        assert!(days.is_working(day("2026-10-01")) && !days.is_working(day("2026-01-04")));
        days.extend(2026, [day("2026-05-01"), day("2027-01-04")], [day("2026-05-01")]);
        assert!(days.is_working(day("2026-01-01")) && days.is_working(day("2026-05-01")));
        assert!(days.is_working(day("2027-01-04")));
    }

    #[test]
    fn mistakes_are_told_up_to_a_number() {
        let content = format!("2026: {{off: [{}]}}", "明天, ".repeat(1000));
        assert!(read(&content).1.len() <= crate::diagnostic::MOST + 1);
    }

    proptest! {
        #[test]
        fn anything_can_be_read(
            start in prop::sample::select(vec!["", "2026: {off: [", "9999: {off: ["]),
            words in "([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|至| to |, |.){0,12}",
        ) {
            read(&format!("{start}{words}"));
            let _ = range(&words, 2026);
        }

        #[test]
        fn any_day_is_worked_or_not(days in -3_650_000i64..3_650_000) {
            let day = day("2026-01-01").saturating_add(days.days());
            let mut calendar = WorkingDays::built_in();
            calendar.extend(day.year(), [day], []);
            prop_assert!(!calendar.is_working(day));
        }
    }
}
