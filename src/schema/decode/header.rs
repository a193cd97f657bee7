//! Tables whose header has two lines.
//!
//! Offices write units below the names of columns, or merge cells above them:
//!
//! | in the table | what stands below the header |
//! | --- | --- |
//! | `日期,队伍,人数` / `,,人` | units: columns of numbers and days have words without a digit |
//! | `基本情况,,巡防情况,` / `日期,队伍,人数,时长` | names: at least two cells name fields, more than above |
//!
//! No row can be read then, so one message tells of it instead of one for each cell. So it is with the
//! rows of a second table below the first, which has the header once more ([`again`]).

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    schema::{Field, collection::field_called},
    source::{
        Span, Text,
        csv::Table,
        yaml::{MapEntry, Node},
    },
};

/// How many names of columns are given as examples.
const FEW: usize = 3;

/// What is said of a table with a second line of header. `others` are the fields that any record may
/// have for its publication. Costs a look at two rows.
pub(super) fn second(
    text: &Text,
    table: &Table<'_>,
    fields: &[Field],
    others: &[Field],
) -> Option<Diagnostic> {
    let names_field = |cell: &str| is_name(cell, fields) || is_name(cell, others);
    let (first, last) = (table.below.first()?, table.below.last()?);
    let line = text.locate(Span { start: first.1.start, end: last.1.end });
    let named: Vec<&str> =
        table.below.iter().map(|it| &*it.0).filter(|it| names_field(it)).collect();
    let header = table.header.as_ref().and_then(Node::as_map).unwrap_or_default();
    let above = header.iter().filter(|entry| names_field(&entry.key)).count();
    let told = |kind: &'static str, words: &[&str], line: Location| {
        let row = line.cell.map_or(2, |cell| cell.row);
        let told = Diagnostic::error(Code::CsvTwoHeaders, line).arg("kind", kind);
        told.arg("row", row.to_string()).arg("words", words.join("、")).help(kind)
    };
    if named.len() >= 2 && named.len() > above {
        // The words are in the message. As values of a record they would be quoted as stars.
        let line = Location { quote: None, ..line };
        return Some(told("names", &named[..named.len().min(FEW)], line));
    }
    let entries = table.rows.as_list()?.first()?.as_map()?;
    let units = units(entries, fields)?;
    Some(told("units", &units, line))
}

/// Where a second table begins below a first one, by its number among the rows: a row names columns
/// as the header does, or stands below an empty one and has words without a digit where numbers or days
/// belong, twice at least. What stands alone above that row is the title of it.
pub(super) fn again(
    text: &Text,
    rows: &[Node<'_>],
    fields: &[Field],
) -> Option<(usize, Diagnostic)> {
    let is_header = |row: &Node<'_>| {
        let cells = row.as_map().unwrap_or_default().iter();
        let mut filled = cells.filter_map(|cell| Some((&*cell.key, cell.value.as_str()?)));
        // Nearly all rows end here.
        let Some(first) = filled.next() else { return false };
        let names = |(key, word): (&str, &str)| key == word;
        let rest: Vec<_> = filled.collect();
        let named = rest.iter().filter(|it| names(**it)).count() + usize::from(names(first));
        named >= 2 && named * 2 > rest.len()
    };
    let is_alone = |row: &&Node<'_>| {
        let cells = row.as_map().unwrap_or_default().iter();
        cells.filter(|cell| cell.value.as_str().is_some()).count() == 1
    };
    let titles = |at: usize| rows[..at].iter().rev().take_while(is_alone).count();
    // Between two rows an empty one, or more.
    let is_parted = |at: usize| {
        at > 0 && {
            let between = rows[at - 1].span.end as usize..rows[at].span.start as usize;
            text.content.get(between).is_some_and(|it| it.matches('\n').count() > 1)
        }
    };
    let is_other =
        |at: usize| is_other_header(&rows[at], fields) && (at - titles(at)..=at).any(is_parted);
    let at = (0..rows.len()).find(|at| is_header(&rows[*at]) || is_other(*at))?;
    let cells = rows[at].as_map().unwrap_or_default().iter();
    let words: Vec<&str> = cells.filter_map(|cell| cell.value.as_str()).take(FEW).collect();
    let line = text.locate(rows[at].span);
    let row = line.cell.map_or(0, |cell| cell.row).to_string();
    let told = Diagnostic::error(Code::CsvTwoHeaders, Location { quote: None, ..line });
    let told = told.arg("kind", "again").arg("row", row).arg("words", words.join("、"));
    Some((at - titles(at), told.help("again")))
}

/// Whether a row may be the header of another table: no digit, and words where numbers or days belong.
fn is_other_header(row: &Node<'_>, fields: &[Field]) -> bool {
    let cells = row.as_map().unwrap_or_default().iter();
    let filled = cells.filter_map(|cell| Some((&*cell.key, cell.value.as_str()?)));
    let mut wrong = 0;
    for (key, word) in filled {
        // Nearly all rows end here.
        if word.contains(char::is_numeric) {
            return false;
        }
        let field = field_called(fields, name_of(key)).map(|it| &fields[it]);
        let wants_digits = field.is_some_and(|it| it.kind.is_number() || it.kind.is_date());
        wrong += usize::from(wants_digits && is_unit(word));
    }
    wrong >= 2
}

/// The units in a row, if it has nothing but such: no digit, and words where numbers or days belong.
fn units<'r>(row: &'r [MapEntry<'_>], fields: &[Field]) -> Option<Vec<&'r str>> {
    let filled = row.iter().filter_map(|entry| Some((&*entry.key, entry.value.as_str()?)));
    let filled: Vec<(&str, &str)> = filled.collect();
    let wants_digits = |key: &str| {
        let field = field_called(fields, name_of(key)).map(|it| &fields[it]);
        field.is_some_and(|field| field.kind.is_number() || field.kind.is_date())
    };
    let is_digit = |it: char| it.is_numeric() || "〇零一二三四五六七八九十百千两".contains(it);
    if filled.iter().any(|(_, word)| word.contains(is_digit)) {
        return None;
    }
    let units = filled.iter().filter(|(key, word)| wants_digits(key) && is_unit(word));
    let mut units: Vec<&str> = units.map(|(_, word)| *word).collect();
    units.dedup();
    (!units.is_empty()).then_some(units)
}

/// Whether a word may be a unit: it has letters, and is short.
fn is_unit(word: &str) -> bool {
    word.contains(char::is_alphabetic) && word.chars().count() <= 8 && !NONE.contains(&word)
}

/// What people write where there is no number.
const NONE: [&str; 4] = ["无", "暂无", "没有", "不详"];

/// Whether a cell is the name of a column, whatever unit stands behind it.
fn is_name(cell: &str, fields: &[Field]) -> bool {
    !cell.is_empty() && field_called(fields, name_of(cell)).is_some()
}

/// The name of a column without a unit in brackets and signs around it.
fn name_of(cell: &str) -> &str {
    let name = cell.split(['（', '(']).next().unwrap_or_default();
    name.trim_matches(|it: char| it.is_whitespace() || "*＊：:".contains(it))
}
