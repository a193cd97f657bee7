//! Persons in a record of whom something sensitive is said: it is read as a row of a table whose
//! cells have labels, and what is too long for a cell as a text below it.

use std::ops::Range;

use crate::{
    scan::{
        exposed::{Exposure, Reading, alone, is_of_nobody, label},
        glyph::{Glyph, Source, folded},
        lexicon::Lexicon,
        lines::{Line, LineKind, lines},
        split_words,
    },
    text::fold::simplified,
};

/// What everybody may read of a record.
#[derive(Debug, Clone, Default)]
pub struct RecordText<'a> {
    /// What the records are called.
    pub title: &'a str,
    /// The values, in their order.
    pub values: Vec<LabelledText<'a>>,
    /// Names that are masked or founded elsewhere: they are no matter of this.
    pub known: Vec<&'a str>,
}

/// A value of a record.
#[derive(Debug, Clone)]
pub struct LabelledText<'a> {
    /// What readers call it.
    pub label: &'a str,
    /// Where it stands: bytes of the whole text.
    pub range: Range<usize>,
}

/// The persons in a record of whom something sensitive is said. `places` is where sensitive words
/// begin in the text, in order.
pub fn exposed_in_record(
    text: &str,
    record: &RecordText<'_>,
    places: &[usize],
    lexicon: &Lexicon,
) -> Vec<Exposure> {
    let within = |range: &Range<usize>| {
        let from = places.partition_point(|place| *place < range.start);
        let until = places.partition_point(|place| *place < range.end);
        &places[from..until]
    };
    let told =
        || record.values.iter().map(|it| &it.range).filter(|range| !within(range).is_empty());
    let is_split =
        record.values.iter().any(|it| split_words::are_in(&text[it.range.clone()], lexicon));
    let is_under = is_split
        || lexicon.is_in(record.title)
        || record.values.iter().any(|it| lexicon.is_in(it.label));
    if !is_under && told().next().is_none() {
        return Vec::new();
    }
    if !is_under
        && (record.values.iter().all(|it| is_harmless_cell(&text[it.range.clone()]))
            || told().all(|range| is_harmless(text, range, within(range), lexicon)))
    {
        return Vec::new();
    }
    let mut all = vec![label(LineKind::Heading(0), &[record.title])];
    let labels: Vec<&str> = record.values.iter().map(|value| value.label).collect();
    all.push(label(LineKind::Row, &labels));
    let (mut row, mut long) = (Line::new(LineKind::Row, Vec::new()), Vec::new());
    for value in &record.values {
        match cell(text, &value.range) {
            Some(mut cell) => row.glyphs.append(&mut cell),
            None => long.extend(lines(text, value.range.clone())),
        }
        let at = value.range.end;
        row.glyphs.push(Glyph { ch: '|', start: at, end: at });
    }
    long.retain(|line| line.kind != LineKind::Blank);
    all.push(row);
    // A table in a text is none of the labels.
    all.push(Line::new(LineKind::Blank, Vec::new()));
    all.append(&mut long);
    if is_split {
        all = split_words::joined(all, lexicon);
    }
    let mut reading = Reading::new(lexicon, &all);
    let known = record.known.iter().map(|it| folded(it).into_iter().map(simplified).collect());
    reading.known.extend::<Vec<String>>(known.collect());
    reading.of(&all)
}

/// Whether a value has nobody in it, and no table: in that rare characters are names, too.
fn is_harmless_cell(value: &str) -> bool {
    is_of_nobody(value) && !value.contains('|')
}

/// Whether a value with sensitive words is one whose sentences speak of nobody, and of nothing but
/// themselves.
fn is_harmless(text: &str, value: &Range<usize>, places: &[usize], lexicon: &Lexicon) -> bool {
    if cell(text, value).is_some() {
        return false;
    }
    alone(text, value, places).is_some_and(|alone| {
        let parts: Vec<Line> = alone.into_iter().flat_map(|line| lines(text, line)).collect();
        Reading::new(lexicon, &parts).of(&parts).is_empty()
    })
}

/// A short value as a cell of its row: it is no item of a list, and may hold any sign.
fn cell(text: &str, value: &Range<usize>) -> Option<Vec<Glyph>> {
    let written = &text[value.clone()];
    if written.len() > 12 * SHORT || written.contains(['\n', '<', '&', '*', '_', '\\']) {
        let parts = lines(text, value.clone());
        let mut parts = parts.into_iter().filter(|line| line.kind != LineKind::Blank);
        let first = parts.next().filter(|line| line.glyphs.len() <= SHORT)?;
        return parts.next().is_none().then_some(first.glyphs);
    }
    let source = Source::markup(&text.as_bytes()[..value.end]);
    let mut glyphs = Vec::with_capacity(SHORT);
    for glyph in source.forward(value.start) {
        if glyphs.len() == SHORT {
            return None;
        }
        glyphs.push(glyph);
    }
    Some(glyphs)
}

/// A text of so many characters at most is a cell of its row; a longer one is read by sentences.
const SHORT: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_a_value_has_labels_of_its_own() {
        let text = "| 姓名 | 救助原因 |\n      |---|---|\n      | 尹苡 | 火灾 |";
        let lexicon = Lexicon::default();
        let values = vec![LabelledText { label: "内容", range: 0..text.len() }];
        let record = RecordText { title: "工作记录", values, known: Vec::new() };
        let found = exposed_in_record(text, &record, &lexicon.places(text), &lexicon);
        let found: Vec<&str> = found.into_iter().map(|it| &text[it.range]).collect();
        assert_eq!(found, ["尹苡"]);
    }
}
