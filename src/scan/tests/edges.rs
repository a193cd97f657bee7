//! All that is found in the texts in `tests/corpus/edges.txt`, one in each line. Each stands at the edge of
//! a rule, whose change shows in `snapshots/`.

use std::fmt::Write as _;

use super::{documents::lines, pieces::wording};
use crate::scan::{
    Finding, LabelledText, Lexicon, LineEnds, RecordText, Subjects, WordingIndex, begun_name, cut,
    exposed, exposed_in_record, html, in_rows, is_office, is_other_number, is_seen, is_split, key,
    listed, may_be_name, may_name, persons, text, unescaped,
};

/// Something that is found in a text, by its place.
fn findings(out: &mut String, what: &str, value: &str, all: Vec<Finding>) {
    for it in all {
        let is_same = it.key == key(it.kind, &value[it.range.clone()]);
        let more = if is_same { "" } else { " (of another key)" };
        let more = if is_office(value, it.range.clone()) { " (of an office)" } else { more };
        let other = if is_other_number(value, it.range.clone()) { " (no phone)" } else { "" };
        write!(out, "{what}{} {}{more}{other}; ", it.kind.name(), &value[it.range]).unwrap();
    }
}

/// All that is found in a text whose first line is its title.
fn found(value: &str, lexicon: &Lexicon, wording: &WordingIndex) -> String {
    let whole = || 0..value.len();
    let mut out = String::new();
    findings(&mut out, "", value, text(value));
    findings(&mut out, "page: ", value, html(value.as_bytes()));
    findings(&mut out, "row: ", value, in_rows(value, whole()));
    findings(&mut out, "cut: ", value, cut(value, whole()));
    let title = 0..value.find('\n').unwrap_or(0);
    let body = title.end..value.len();
    for it in exposed(value, title.clone(), body.clone(), lexicon) {
        let attribute = it.attribute.as_deref().unwrap_or("home");
        write!(out, "{attribute}: {}; ", &value[it.range]).unwrap();
    }
    for it in listed(value, title.clone(), body, lexicon) {
        write!(out, "if listed: {}; ", &value[it]).unwrap();
    }
    let subjects = Subjects::of(&value[title], value, lexicon);
    if let Some(of_link) = subjects.of_link(value.len(), &[], lexicon) {
        write!(out, "link: {of_link}; ").unwrap();
    }
    for it in persons(value) {
        write!(out, "name: {}; ", &value[it]).unwrap();
    }
    for (what, ends) in [("word", LineEnds::Join), ("word of a line", LineEnds::Part)] {
        for it in wording.find(value, whole(), ends) {
            write!(out, "{what}: {}; ", &value[it.range]).unwrap();
        }
    }
    let is = [
        ("may name", may_name(value)),
        ("may be a name", may_be_name(value)),
        ("split", is_split(value, lexicon)),
        ("not seen", !is_seen(value)),
    ];
    is.iter().filter(|it| it.1).for_each(|it| write!(out, "{}; ", it.0).unwrap());
    if let Some(begun) = begun_name(value) {
        write!(out, "begins a name: {begun:?}; ").unwrap();
    }
    in_records(&mut out, value, lexicon);
    let plain = unescaped(value.as_bytes());
    if plain != value.as_bytes() {
        write!(out, "unescaped: {}; ", String::from_utf8_lossy(&plain)).unwrap();
    }
    out
}

/// The same of a record with a value for each cell or sentence.
fn in_records(out: &mut String, value: &str, lexicon: &Lexicon) {
    for title in ["工作记录", "低保名单"] {
        let mut end = 0;
        let values = value.split([' ', '|', '\n', '，']).map(|part| {
            let range = end..end + part.len();
            end = range.end + value[range.end..].chars().next().map_or(0, char::len_utf8);
            LabelledText { label: "内容", range }
        });
        let record = RecordText { title, values: values.collect(), known: vec!["李建国"] };
        for it in exposed_in_record(value, &record, &lexicon.places(value), lexicon) {
            let attribute = it.attribute.as_deref().unwrap_or("home");
            write!(out, "in {title} {attribute}: {}; ", &value[it.range]).unwrap();
        }
    }
}

#[test]
fn texts_at_the_edges_of_rules() {
    let lexicon = Lexicon::default();
    let wording = wording();
    let told = lines("edges.txt")
        .into_iter()
        .map(|line| format!("{line} ⇒ {}", found(&line, &lexicon, &wording)).replace('\n', "\\n"));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}
