//! Totals and percentages that are typed into the records of a collection that hides small counts.
//!
//! Who sees that day and night are "fewer than 3" and 5, and their total 6, knows that the first is 1.
//! A declaration says which fields are made from others (`total-of`, `share-of`), and then they are
//! withheld with them (`suppress.rs`). One that does not say so is found by its numbers: in each of at
//! least six records they come to what others come to. Fewer may do so by chance, and are believed of a
//! field that is called a total: then the first record tells, and a place has just one when it begins.
//! Of a percentage two are wanted, since one number in a hundred fits whatever it is.
//!
//! | month | day | night | total | share |
//! | --- | --- | --- | --- | --- |
//! | 2026-01 | 1 | 5 | 6 | 83 |
//! | 2026-02 | 4 | 0 | 4 | 0 |
//!
//! Columns that are zero throughout are no parts of anything. Zero is made from zeros whatever it is,
//! so at least three of the records must have another number.

use crate::{
    diagnostic::{Code, Diagnostic},
    disclosure::facts::location,
    schema::{Collection, Decimal, FieldType, RecordSet, Value},
};

/// So many records show that it is no chance, and so many of them with a number that is not zero.
const ENOUGH: Evidence = Evidence { records: 6, telling: 3 };
/// The same of a field that is called a total, and of one that is called a percentage of something.
const CALLED_TOTAL: Evidence = Evidence { records: 1, telling: 1 };
const CALLED_SHARE: Evidence = Evidence { records: 2, telling: 2 };
/// What totals are called.
const TOTALS: [&str; 10] =
    ["合计", "总计", "共计", "小计", "总数", "总量", "总额", "累计", "total", "sum"];
/// What percentages are called.
const SHARES: [&str; 8] = ["率", "占比", "比例", "比重", "百分比", "percent", "share", "rate"];
/// Of more columns only neighbours, pairs and all of them are tried: every choice among `n` columns
/// is 2ⁿ of them.
const ALL_CHOICES: usize = 10;

/// Reports each field that is made from others, and does not say so. Of a built-in collection that is
/// told at the records, since nobody sees its declaration. O(records × choices of columns).
pub(super) fn check(set: &RecordSet, collection: &Collection) -> Vec<Diagnostic> {
    let columns = columns(set, collection);
    let counts: Vec<&Column> = columns.iter().filter(|it| it.kind == FieldType::Count).collect();
    let mut diagnostics = Vec::new();
    for column in columns.iter().filter(|it| collection.fields[it.field].made_of.is_empty()) {
        let others: Vec<&Column> =
            counts.iter().copied().filter(|it| it.field != column.field).collect();
        let (key, parts) = match column.kind {
            FieldType::Count => ("total-of", total_of(column, &others)),
            _ => ("share-of", share_of(column, &others)),
        };
        diagnostics
            .extend(parts.map(|parts| diagnostic(set, collection, column.field, key, &parts)));
    }
    diagnostics
}

/// The numbers of a field, one for each record that gives it.
struct Column {
    field: usize,
    /// How much shows that its numbers are made from others.
    wanted: Evidence,
    kind: FieldType,
    numbers: Vec<Option<f64>>,
}

/// So many records that agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Evidence {
    records: usize,
    telling: usize,
}

impl Evidence {
    /// How much is wanted of a field of that type with such a name and labels.
    fn wanted(words: [&str; 3], kind: FieldType) -> Self {
        let is_called = |known: &[&str]| {
            words.iter().any(|word| {
                let word = word.to_lowercase();
                known.iter().any(|it| word.contains(it))
            })
        };
        let is_all = || words.iter().any(|it| it.starts_with('总'));
        match kind {
            FieldType::Count if is_called(&TOTALS) || is_all() => CALLED_TOTAL,
            FieldType::Percent if is_called(&SHARES) => CALLED_SHARE,
            _ => ENOUGH,
        }
    }
}

/// The columns of counts and percentages that can tell something.
fn columns(set: &RecordSet, collection: &Collection) -> Vec<Column> {
    let fields = collection.fields.iter().enumerate();
    let columns = fields
        .filter(|(_, field)| matches!(field.kind, FieldType::Count | FieldType::Percent))
        .map(|(index, field)| {
            let number = |value: &Value| value.as_number().map(Decimal::to_f64);
            let numbers = set.records.iter().map(|record| number(&record.values[index])).collect();
            let words = [field.name, field.label.get("zh-CN"), field.label.get("en")];
            let wanted = Evidence::wanted(words, field.kind);
            Column { field: index, wanted, kind: field.kind, numbers }
        });
    let tells = |column: &Column| {
        let other = column.numbers.iter().flatten().filter(|number| **number != 0.0);
        other.count() >= 1
    };
    columns.filter(tells).collect()
}

/// The columns that add up to a column.
fn total_of(column: &Column, others: &[&Column]) -> Option<Vec<usize>> {
    choices(others.len()).into_iter().find_map(|choice| {
        let chosen: Vec<&Column> = choice.iter().map(|index| others[*index]).collect();
        let sum = |record: usize| chosen.iter().map(|part| part.numbers[record]).sum();
        let parts = || chosen.iter().map(|part| part.field).collect();
        holds(column, sum, 0.0).then(parts)
    })
}

/// The columns of which it is the percentage, rounded or not.
fn share_of(column: &Column, others: &[&Column]) -> Option<Vec<usize>> {
    let pairs = others.iter().flat_map(|part| others.iter().map(move |whole| (part, whole)));
    pairs.filter(|(part, whole)| part.field != whole.field).find_map(|(part, whole)| {
        let share = |record: usize| {
            let (part, whole) = (part.numbers[record]?, whole.numbers[record]?);
            (whole != 0.0).then(|| part * 100.0 / whole)
        };
        holds(column, share, 0.5).then(|| vec![part.field, whole.field])
    })
}

/// The column is what is made of the others, give or take, in all records that have both; and those
/// are enough.
fn holds(column: &Column, made: impl Fn(usize) -> Option<f64>, off: f64) -> bool {
    let (mut records, mut telling) = (0, 0);
    for (record, number) in column.numbers.iter().enumerate() {
        let (Some(number), Some(made)) = (number, made(record)) else { continue };
        if (number - made).abs() > off {
            return false;
        }
        records += 1;
        telling += usize::from(*number != 0.0);
    }
    records >= column.wanted.records && telling >= column.wanted.telling
}

/// The choices of at least two of so many columns, the smallest first.
fn choices(columns: usize) -> Vec<Vec<usize>> {
    let mut choices: Vec<Vec<usize>> = if columns <= ALL_CHOICES {
        let chosen = |bits: usize| (0..columns).filter(|at| bits >> at & 1 == 1).collect();
        (0..1 << columns).map(chosen).collect()
    } else {
        let ends = (0..columns).flat_map(|from| (from + 1..columns).map(move |to| (from, to)));
        ends.flat_map(|(from, to)| [vec![from, to], (from..=to).collect()]).collect()
    };
    choices.retain(|choice| choice.len() >= 2);
    choices.sort_by_key(Vec::len);
    choices
}

fn diagnostic(
    set: &RecordSet,
    collection: &Collection,
    field: usize,
    key: &str,
    parts: &[usize],
) -> Diagnostic {
    let declared = &collection.location;
    let is_built_in = declared.file.as_str().is_empty();
    let place = if is_built_in { location(&set.files, &set.records[0]) } else { declared.clone() };
    let label =
        |field: usize, language: &str| collection.fields[field].label.get(language).to_owned();
    let labels = |language: &str| {
        let each: Vec<String> = parts.iter().map(|part| label(*part, language)).collect();
        each.join(if language.starts_with("zh") { "、" } else { ", " })
    };
    let names: Vec<&str> = parts.iter().map(|part| collection.fields[*part].name).collect();
    Diagnostic::warning(Code::TypedTotal, place)
        .arg_by_language("field", |language| label(field, language))
        .arg_by_language("parts", labels)
        .arg("name", collection.fields[field].name)
        .arg("key", format!("{key}: [{}]", names.join(", ")))
        .arg("kind", key)
        .help(if is_built_in { "delete" } else { "declare" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: usize, kind: FieldType, numbers: &[f64]) -> Column {
        let numbers = numbers.iter().copied().map(Some).collect();
        Column { field, wanted: ENOUGH, kind, numbers }
    }

    #[test]
    fn sums_and_shares_are_found() {
        let day = column(0, FieldType::Count, &[1.0, 4.0, 0.0, 2.0, 7.0, 3.0]);
        let night = column(1, FieldType::Count, &[5.0, 0.0, 2.0, 2.0, 1.0, 9.0]);
        let other = column(2, FieldType::Count, &[8.0, 1.0, 3.0, 3.0, 3.0, 1.0]);
        let total = column(3, FieldType::Count, &[6.0, 4.0, 2.0, 4.0, 8.0, 12.0]);
        let share = column(4, FieldType::Percent, &[17.0, 100.0, 0.0, 50.0, 87.5, 25.0]);
        let counts = [&day, &night, &other];
        assert_eq!(total_of(&total, &counts), Some(vec![0, 1]));
        assert_eq!(share_of(&share, &[&day, &other, &total]), Some(vec![0, 3]));
        assert_eq!(total_of(&other, &[&day, &night, &total]), None);
    }

    #[test]
    fn zeros_and_few_records_show_nothing() {
        let day = column(0, FieldType::Count, &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let night = column(1, FieldType::Count, &[0.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
        let total = column(2, FieldType::Count, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
        assert_eq!(total_of(&total, &[&day, &night]), None);
        let short = column(3, FieldType::Count, &[3.0; 5]);
        let half = column(4, FieldType::Count, &[1.5; 5]);
        assert_eq!(total_of(&short, &[&half, &half]), None);
    }

    #[test]
    fn what_is_called_a_total_needs_no_more_records() {
        let day = column(0, FieldType::Count, &[1.0]);
        let night = column(1, FieldType::Count, &[5.0]);
        let mut total = column(2, FieldType::Count, &[6.0]);
        assert_eq!(total_of(&total, &[&day, &night]), None);
        total.wanted = CALLED_TOTAL;
        assert_eq!(total_of(&total, &[&day, &night]), Some(vec![0, 1]));
        let off = column(1, FieldType::Count, &[6.0]);
        assert_eq!(total_of(&total, &[&day, &off]), None);
        // A percentage needs a second one that fits, and a record without it is none.
        let part = column(0, FieldType::Count, &[1.0, 3.0, 2.0]);
        let whole = column(1, FieldType::Count, &[8.0, 4.0, 8.0]);
        let mut share = column(2, FieldType::Percent, &[12.0, 75.0, 25.0]);
        share.wanted = CALLED_SHARE;
        share.numbers[2] = None;
        assert_eq!(share_of(&share, &[&part, &whole]), Some(vec![0, 1]));
        share.numbers[1] = None;
        assert_eq!(share_of(&share, &[&part, &whole]), None);
    }

    #[test]
    fn totals_are_known_by_what_they_are_called() {
        let wanted = |name, label, kind| Evidence::wanted([name, label, "x"], kind);
        for (name, label) in [("total", "x"), ("a", "人数合计"), ("a", "总户数"), ("Sum", "x")]
        {
            assert_eq!(wanted(name, label, FieldType::Count), CALLED_TOTAL, "{name} {label}");
            assert_eq!(wanted(name, label, FieldType::Percent), ENOUGH, "{name} {label}");
        }
        assert_eq!(wanted("a", "办结率", FieldType::Percent), CALLED_SHARE);
        assert_eq!(wanted("share", "x", FieldType::Percent), CALLED_SHARE);
        assert_eq!(wanted("a", "办结率", FieldType::Count), ENOUGH);
        assert_eq!(wanted("a", "白天", FieldType::Count), ENOUGH);
    }

    #[test]
    fn many_columns_are_tried_in_part() {
        assert_eq!(choices(3).len(), 4);
        assert!(choices(40).len() < 2000);
        assert!(choices(40).contains(&(0..40).collect()));
    }
}
