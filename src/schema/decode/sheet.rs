//! Tables as offices keep them, made the records that were meant.
//!
//! Between the reader of CSV, which knows no fields, and that of records, which knows no tables:
//!
//! | in the table | becomes |
//! | --- | --- |
//! | `人数（人）`, `*姓名`, a line break in a name | the column `人数`, `姓名`; another unit than the field's is an error |
//! | `电话2` where a list has several groups (`schema/group.rs`) | the column `联系人2·电话` |
//! | columns `序号`, `备注` that are no fields | left out, told once |
//! | rows `合计`, `总计`, `小计`; `填表人：…` below | left out, told once |
//! | `-`, `/`, `—`, `无` | an empty cell, unless it is one of the choices, yes or no |
//! | a header of two lines | an error, and no row is read (`header.rs`) |
//! | a column `示例` that is no field | left out, and so are the rows that say something in it |
//! | the header once more, or that of another table, below | an error, and no row is read from there on |
//! | cells below a merged one | its value, told once; see [`fill`] for when |
//! | the same in a workbook, which says what is merged | its value; see [`fill_covered`] |

use std::borrow::Cow;

use crate::{
    diagnostic::{Code, Diagnostic},
    schema::{Field, FieldType, collection::field_called, decode::header, group},
    source::{
        Span, Text,
        csv::Table,
        reader::first_line,
        yaml::{MapEntry, Node, NodeKind},
    },
    text::boolean,
};

/// The columns that offices add for themselves.
const OWN_COLUMNS: [&str; 8] = ["序号", "序", "行号", "备注", "附注", "No.", "NO", "No"];

/// The column in which a template says that a row is an example, in Chinese and English.
pub(crate) const EXAMPLE_COLUMNS: [&str; 2] = ["示例", "Example"];

/// What the first cell of a row says that adds up others.
const TOTALS: [&str; 5] = ["合计", "总计", "小计", "共计", "累计"];

/// How a line below a table begins that says who made it, or explains it.
const REMARKS: [&str; 10] =
    ["注：", "注:", "备注", "说明", "填表", "制表", "审核", "填报", "负责人签", "盖章"];

/// What people write into a cell for which there is nothing to write.
const NOTHING: [&str; 8] = ["-", "－", "—", "——", "–", "/", "无", "暂无"];

/// Makes a table that of the records that were meant. `others` are the fields that any record may
/// have for its publication, `covered` the cells of a sheet that a merged one covers, by their first
/// bytes, `sink` has what was said of this table. Costs a look at each cell.
pub(super) fn settle(
    text: &Text,
    table: &mut Table<'_>,
    fields: &[Field],
    others: &[Field],
    covered: &[u32],
    sink: &mut Vec<Diagnostic>,
) {
    if let Some(told) = header::second(text, table, fields, others) {
        // What else was said of it follows from this.
        *sink = vec![told];
        table.rows.kind = NodeKind::List(Vec::new());
        table.header = None;
        return;
    }
    if let NodeKind::List(rows) = &mut table.rows.kind
        && let Some((first, told)) = header::again(text, rows, fields)
    {
        rows.truncate(first);
        sink.push(told);
    }
    let Some(header) = table.header.as_mut().and_then(entries) else { return };
    let column = |entry: &MapEntry<'_>| Column::new(text, entry, fields, others, sink);
    let columns: Vec<Column<'_>> = header.iter().map(column).collect();
    leave_out_examples(text, header, &columns, &mut table.rows.kind, sink);
    leave_out_columns(text, header, &columns, sink);
    rename(header, &columns);
    let NodeKind::List(rows) = &mut table.rows.kind else { return };
    leave_out_rows(text, rows, sink);
    let mut rows: Vec<&mut Vec<MapEntry<'_>>> = rows.iter_mut().filter_map(entries).collect();
    for row in &mut rows {
        rename(row, &columns);
        empty(row, &columns);
    }
    let left = columns.iter().filter(|it| !it.is_own);
    for (index, field) in left.map(|it| it.field).enumerate() {
        if field.is_some_and(may_be_merged) {
            fill_covered(&mut rows, index, covered);
            // A workbook says which cells are merged; another empty one is just that.
            if text.path.sheet().is_none() {
                fill(text, &mut rows, index, sink);
            }
        }
    }
}

/// The cells of a row.
fn entries<'n, 't>(node: &'n mut Node<'t>) -> Option<&'n mut Vec<MapEntry<'t>>> {
    match &mut node.kind {
        NodeKind::Map(entries) => Some(entries),
        _ => None,
    }
}

/// A column of a table.
struct Column<'f> {
    /// Its name without what offices add to it, if they did.
    name: Option<String>,
    field: Option<&'f Field>,
    /// It is for the office alone.
    is_own: bool,
    /// It says that a row is an example.
    is_example: bool,
}

impl<'f> Column<'f> {
    /// Finds out which field a column is.
    fn new(
        text: &Text,
        entry: &MapEntry<'_>,
        fields: &'f [Field],
        others: &'f [Field],
        sink: &mut Vec<Diagnostic>,
    ) -> Self {
        let called = |name: &str| {
            let field = field_called(fields, name).map(|it| &fields[it]);
            field.or_else(|| field_called(others, name).map(|it| &others[it]))
        };
        if let Some(field) = called(&entry.key) {
            return Self { name: None, field: Some(field), is_own: false, is_example: false };
        }
        let whole: String = entry.key.chars().filter(|it| !it.is_whitespace()).collect();
        let whole = whole.trim_matches(['*', '＊', '：', ':']);
        let (name, unit) = in_brackets(whole);
        let marked = entry.key.trim_matches(|it: char| it.is_whitespace() || "*＊：:".contains(it));
        if let Some(field) = called(marked) {
            let name = Some(marked.to_owned());
            return Self { name, field: Some(field), is_own: false, is_example: false };
        }
        let found = called(whole).map(|field| (whole, field));
        let found = found.or_else(|| called(name).map(|field| (name, field)));
        let parts = (0..).zip(fields).filter_map(|(index, it)| Some((index, it.group.as_ref()?)));
        let of_group = || group::column(parts, whole).map(|it| (fields[it].name, &fields[it]));
        if let (None, Some((name, field))) = (found, of_group()) {
            let name = Some(name.to_owned());
            return Self { name, field: Some(field), is_own: false, is_example: false };
        }
        let Some((name, field)) = found else {
            let is_example = EXAMPLE_COLUMNS.contains(&name);
            let is_own = is_example || OWN_COLUMNS.contains(&name);
            return Self { name: None, field: None, is_own, is_example };
        };
        if name != whole && !is_unit_of(unit, field) {
            sink.push(other_unit(text, entry, unit, field));
        }
        let name = Some(name.to_owned());
        Self { name, field: Some(field), is_own: false, is_example: false }
    }
}

/// A name, and what stands in brackets behind it.
fn in_brackets(name: &str) -> (&str, &str) {
    let inner = name.strip_suffix(['）', ')']);
    inner.and_then(|it| it.split_once(['（', '('])).unwrap_or((name, ""))
}

/// Whether numbers of a field may be counted in a unit. Of a field without one, any may be meant
/// but a multiple such as `万元`.
fn is_unit_of(unit: &str, field: &Field) -> bool {
    let declared = [field.unit.get("zh-CN"), field.unit.get("en")];
    let is_plain = !unit.starts_with(['十', '百', '千', '万', '亿']);
    !field.kind.is_number()
        || declared.contains(&unit)
        || declared[0].is_empty() && is_plain
        || field.kind == FieldType::Percent && matches!(unit, "%" | "％")
}

/// The diagnostic of a column whose numbers are counted in another unit than those of its field.
fn other_unit(text: &Text, entry: &MapEntry<'_>, unit: &str, field: &Field) -> Diagnostic {
    Diagnostic::error(Code::CsvUnit, text.locate(entry.key_span))
        .arg("unit", unit)
        .arg("field", field.label.get("zh-CN"))
        .arg_by_language("declared", |language| match field.unit.get(language) {
            "" => "none".to_owned(),
            unit => unit.to_owned(),
        })
        .help("unit")
}

/// Takes out the rows that are examples. Of one, as a template has it, nothing is told; several may be
/// copies of it in which somebody wrote.
fn leave_out_examples(
    text: &Text,
    header: &[MapEntry<'_>],
    columns: &[Column<'_>],
    rows: &mut NodeKind<'_>,
    sink: &mut Vec<Diagnostic>,
) {
    let Some(at) = columns.iter().position(|it| it.is_example) else { return };
    let (NodeKind::List(rows), Some(key)) = (rows, header.get(at).map(|it| it.key_span)) else {
        return;
    };
    let is_example = |row: &Node<'_>| {
        let mut cells = row.as_map().unwrap_or_default().iter();
        cells.any(|it| it.key_span == key && it.value.as_str().is_some())
    };
    let spans: Vec<Span> = rows.iter().filter(|it| is_example(it)).map(|it| it.span).collect();
    rows.retain(|row| !is_example(row));
    if let [_, second, ..] = spans.as_slice() {
        sink.push(left_out(text, *second, "examples", &spans.len().to_string()));
    }
}

/// Tells of the columns that are for the office alone.
fn leave_out_columns(
    text: &Text,
    header: &[MapEntry<'_>],
    columns: &[Column<'_>],
    sink: &mut Vec<Diagnostic>,
) {
    let is_told = |column: &Column<'_>| column.is_own && !column.is_example;
    let own = header.iter().zip(columns).filter(|(_, column)| is_told(column));
    let own: Vec<&MapEntry<'_>> = own.map(|(entry, _)| entry).collect();
    let Some(first) = own.first() else { return };
    let names: Vec<&str> = own.iter().map(|it| &*it.key).collect();
    sink.push(left_out(text, first.key_span, "columns", &names.join("、")));
}

/// The diagnostic of what is not read.
fn left_out(text: &Text, span: Span, what: &'static str, names: &str) -> Diagnostic {
    Diagnostic::warning(Code::CsvLeftOut, text.locate(first_line(text, span)))
        .arg("what", what)
        .arg("names", names)
        .help(what)
}

/// Gives the cells of a row the names of their fields, without those of the office's own columns.
fn rename(row: &mut Vec<MapEntry<'_>>, columns: &[Column<'_>]) {
    if columns.iter().all(|it| it.name.is_none() && !it.is_own) {
        return;
    }
    let mut columns = columns.iter();
    row.retain_mut(|entry| {
        let Some(column) = columns.next() else { return true };
        if let Some(name) = &column.name {
            entry.key = Cow::Owned(name.clone());
        }
        !column.is_own
    });
}

/// Takes out the rows that add up others, and those that explain the table, and tells of them.
fn leave_out_rows(text: &Text, rows: &mut Vec<Node<'_>>, sink: &mut Vec<Diagnostic>) {
    for (what, is_one) in [("totals", is_total as fn(&Node<'_>) -> bool), ("remarks", is_remark)] {
        let spans: Vec<Span> = rows.iter().filter(|it| is_one(it)).map(|it| it.span).collect();
        if let Some(first) = spans.first() {
            rows.retain(|it| !is_one(it));
            let mut told = left_out(text, *first, what, &spans.len().to_string());
            // They name whoever filled in the table.
            told.location.quote = told.location.quote.filter(|_| what != "remarks");
            sink.push(told);
        }
    }
}

/// The cells of a row that say something.
fn words<'n>(row: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let entries = row.as_map().unwrap_or_default().iter();
    entries.filter_map(|entry| entry.value.as_str())
}

/// Whether a row adds up others: its first cell, or that behind a number, says so.
fn is_total(row: &Node<'_>) -> bool {
    words(row).take(2).any(|word| {
        let letters = word.chars().filter(|it| !it.is_whitespace() && !matches!(it, '：' | ':'));
        word.len() < 24 && TOTALS.contains(&&*letters.collect::<String>())
    })
}

/// Whether a row says something of the table itself.
fn is_remark(row: &Node<'_>) -> bool {
    let is_remark = |word: &str| REMARKS.iter().any(|it| word.starts_with(it));
    words(row).next().is_some_and(is_remark) && words(row).count() < 4
}

/// Makes cells empty that say that there is nothing.
fn empty(row: &mut [MapEntry<'_>], columns: &[Column<'_>]) {
    let left = columns.iter().filter(|it| !it.is_own);
    for (entry, column) in row.iter_mut().zip(left) {
        let is_nothing = entry.value.as_str().is_some_and(|word| {
            NOTHING.contains(&word) && !column.field.is_some_and(|field| may_say(field, word))
        });
        if is_nothing {
            entry.value.kind = NodeKind::Null;
        }
    }
}

/// Whether a word that often means nothing is a value of a field.
fn may_say(field: &Field, word: &str) -> bool {
    match field.kind {
        FieldType::Choice => field.choices.iter().any(|it| it.value == word || it.label.is(word)),
        FieldType::Boolean => boolean(word).is_some(),
        _ => false,
    }
}

/// Whether the value of a cell may hold for those below it: every record has to say it, and it is
/// no person, telephone or number, which nobody writes once for several.
fn may_be_merged(field: &Field) -> bool {
    use FieldType::{Choice, Date, DateTime, Month, Period, Place, Text, Year};
    field.required
        && !field.is_personal()
        && matches!(field.kind, Text | Choice | Date | DateTime | Month | Period | Place | Year)
}

/// Fills the cells of a column that a merged one covers, where the file says which these are.
fn fill_covered(rows: &mut [&mut Vec<MapEntry<'_>>], index: usize, covered: &[u32]) {
    if covered.is_empty() {
        return;
    }
    let mut above = String::new();
    for entry in rows.iter_mut().filter_map(|row| row.get_mut(index)) {
        let is_covered = || covered.binary_search(&entry.value.span.start).is_ok();
        match entry.value.as_str() {
            Some(word) => word.clone_into(&mut above),
            None if !above.is_empty() && is_covered() => {
                entry.value.kind = NodeKind::Scalar(Cow::Owned(above.clone()));
            }
            None => {}
        }
    }
}

/// Fills the cells of a column below merged ones, which programs write in the first row alone. A
/// column looks so if its first cell is filled, and at least two cells and a third of all are not:
/// one that is empty by itself was forgotten.
fn fill(
    text: &Text,
    rows: &mut [&mut Vec<MapEntry<'_>>],
    index: usize,
    sink: &mut Vec<Diagnostic>,
) {
    let is_empty = |row: &&mut Vec<MapEntry<'_>>| {
        row.get(index).is_none_or(|it| it.value.kind == NodeKind::Null)
    };
    let gaps = rows.iter().filter(|row| is_empty(row)).count();
    let looks_merged = gaps >= 2 && gaps * 3 >= rows.len();
    if !looks_merged || rows.first().is_none_or(is_empty) {
        return;
    }
    let first = rows.iter().find(|row| is_empty(row)).and_then(|row| row.get(index));
    if let Some(cell) = first {
        sink.push(merged(text, cell, gaps));
    }
    let mut above = String::new();
    for entry in rows.iter_mut().filter_map(|row| row.get_mut(index)) {
        match entry.value.as_str() {
            Some(word) => word.clone_into(&mut above),
            None => entry.value.kind = NodeKind::Scalar(Cow::Owned(above.clone())),
        }
    }
}

/// The diagnostic of a column whose cells were merged. `cell` is the first empty one.
fn merged(text: &Text, cell: &MapEntry<'_>, gaps: usize) -> Diagnostic {
    Diagnostic::warning(Code::CsvMerged, text.locate(cell.value.span))
        .arg("column", &*cell.key)
        .arg("count", gaps.to_string())
        .help("write")
}
