//! A spreadsheet saved as CSV, as the same nodes that YAML gives.
//!
//! The first row names the columns, by field names or labels; each further row is a record:
//!
//! ```text
//! award,name,date            - award: 好邻居
//! 好邻居,王秀兰,2026-03-05     name: 王秀兰
//!                              date: 2026-03-05
//! ```
//!
//! Cells are quoted as in RFC 4180: `"3号楼,4号楼"`, with `""` for a quotation mark, and may hold
//! line ends. The `csv` crate takes rows apart; it does not say where a cell stands, so
//! `cell_spans` goes over each row a second time for the diagnostics. All spans are of the file, so
//! a message underlines the cell as it is written, quotation marks included.
//!
//! What programs and offices put around a table is passed over: `sep=;`, and lines of titles above the
//! header (`平安巡防登记表`, `填报单位：一心社区`). What needs the fields of a collection to be
//! understood, such as units in the header, is in `schema/decode/sheet.rs`.
//!
//! The encoding is no matter of this file: see `read.rs`, which also accepts GBK.

use std::{borrow::Cow, collections::BTreeSet};

use csv::{ReaderBuilder, StringRecord};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, column_letters, enough},
    source::{
        Span, Text,
        cell::{cell, delimiter},
        yaml::{MapEntry, Node, NodeKind},
    },
};

/// A table: its rows, and what its header says.
pub struct Table<'a> {
    /// A list of mappings, one for each row below the header; it may be empty.
    pub rows: Node<'a>,
    /// The columns as a mapping without values, for a table without rows. `None` without a header.
    pub header: Option<Node<'a>>,
    /// The cells of the first row below the header, whatever columns they are in.
    pub below: Vec<HeaderCell>,
}

/// Reads CSV with a header row to a list of mappings. Commas, semicolons or tabs separate cells,
/// whichever most of the first lines have. Cells are trimmed, empty ones are null, and empty rows are
/// passed over, before the header too.
///
/// After a quotation mark that is never closed the rest of the file is not read, since nobody knows
/// where its cells end.
pub fn parse(text: &Text) -> Checked<Table<'_>> {
    let (delimiter, skipped) = delimiter(&text.path, &text.content);
    let is_sheet = text.path.sheet().is_some();
    let content = &text.content[skipped..];
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(content.as_bytes());
    let mut table = CsvTable { text, unnamed: BTreeSet::new(), diagnostics: Vec::new() };
    let mut header: Option<Vec<HeaderCell>> = None;
    let mut above: Vec<Vec<HeaderCell>> = Vec::new();
    let mut rows = Vec::new();
    let mut below = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).expect("any UTF-8 is rows of some length") {
        let start = record.position().map_or(0, |it| usize::try_from(it.byte()).unwrap_or(0));
        let spans = match cell_spans(&text.content, skipped + start, delimiter) {
            Ok(spans) => spans,
            Err(quote) => {
                // All that follows is inside the quotation.
                table.report(Code::CsvSyntax, quote, "quote");
                break;
            }
        };
        let cells: Vec<(&str, Span)> = record.iter().map(str::trim).zip(spans).collect();
        if cells.iter().all(|(cell, _)| cell.is_empty()) {
            continue;
        }
        match &header {
            None if above.len() < MOST_TITLES && is_title(&cells, is_sheet) => {
                above.push(named(&cells));
            }
            None => header = Some(named(&cells)),
            Some(header) => {
                if below.is_empty() {
                    below = named(&cells);
                }
                rows.extend(table.row(header, &cells));
            }
        }
        if enough(&text.path, &mut table.diagnostics) {
            break;
        }
    }
    // A table of one column has no titles.
    if header.is_none() && !above.is_empty() {
        let names = above.remove(0);
        rows.extend(above.iter().filter_map(|cells| {
            let cells: Vec<(&str, Span)> = cells.iter().map(|(it, span)| (&**it, *span)).collect();
            table.row(&names, &cells)
        }));
        header = Some(names);
    }
    let span = Span::new(0, text.content.len());
    let list = Node { span, kind: NodeKind::List(rows) };
    let header = header.filter(|header| !header.is_empty()).map(|header| {
        let named = header.iter().filter(|(name, _)| !name.is_empty());
        let columns = named.map(|(name, span)| entry(name, *span, "", *span)).collect();
        let ends = (header.first(), header.last());
        let span =
            Span { start: ends.0.map_or(0, |it| it.1.start), end: ends.1.map_or(0, |it| it.1.end) };
        Node { span, kind: NodeKind::Map(columns) }
    });
    Checked { value: Table { rows: list, header, below }, diagnostics: table.diagnostics }
}

/// A cell of the header, or of the row below: what it says, and where.
pub type HeaderCell = (String, Span);

/// The most lines of titles above a header.
const MOST_TITLES: usize = 10;

/// The cells of a row up to the last that says something.
fn named(cells: &[(&str, Span)]) -> Vec<HeaderCell> {
    let mut named: Vec<_> = cells.iter().map(|(cell, span)| ((*cell).to_owned(), *span)).collect();
    while named.pop_if(|(name, _)| name.is_empty()).is_some() {}
    named
}

/// Whether a row has a title, or says who filled in the table, rather than names of columns: one
/// cell, or cells with a colon alone. Cells that full-width commas fuse are columns; those of a sheet
/// are never fused.
fn is_title(cells: &[(&str, Span)], is_sheet: bool) -> bool {
    let mut filled = cells.iter().map(|(cell, _)| *cell).filter(|it| !it.is_empty());
    let is_fused = |it: &str| !is_sheet && it.contains(['，', ',', ';', '\t']);
    let is_said = |it: &str| it.contains(['：', ':']) && !it.ends_with(['：', ':']);
    match (filled.next(), filled.next()) {
        (Some(only), None) => !is_fused(only),
        (Some(first), Some(second)) => is_said(first) && is_said(second) && filled.all(is_said),
        _ => false,
    }
}

/// A table being read, with the diagnostics so far.
struct CsvTable<'a> {
    /// The file, for the places of diagnostics.
    text: &'a Text,
    /// The columns without a name that were reported: once each, not for every row.
    unnamed: BTreeSet<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl CsvTable<'_> {
    /// Returns a record of the table.
    ///
    /// - Missing cells are null, as spreadsheets leave out empty cells at the end of a row.
    /// - A value in a column without a name is reported and dropped. Empty names at the end of the
    ///   header were taken away, so that a stray comma there is no column.
    /// - A value beyond the last column is an error; the record is made of the others.
    /// - Nothing is returned if cells are fused by a full-width comma (`好邻居，王秀兰`): the other
    ///   values would stand in wrong columns, and each be reported.
    fn row(&mut self, header: &[HeaderCell], cells: &[(&str, Span)]) -> Option<Node<'static>> {
        let is_sheet = self.text.path.sheet().is_some();
        let fused = cells.iter().find(|(cell, _)| !is_sheet && cell.contains('，'));
        if let Some((_, span)) = fused.filter(|_| cells.len() < header.len()) {
            self.wrong_length(cells.len(), header.len(), *span, "full-width");
            return None;
        }
        let mut whole: Option<Span> = None;
        let mut entries = Vec::with_capacity(header.len());
        let mut extra = None;
        for (column, &(cell, span)) in cells.iter().enumerate() {
            let start = whole.map_or(span.start, |it| it.start);
            whole = Some(Span { start, end: span.end });
            match header.get(column) {
                Some((name, key_span)) if !name.is_empty() => {
                    entries.push(entry(name, *key_span, cell, span));
                    if is_sheet {
                        break_lines(&mut entries);
                    }
                }
                _ if cell.is_empty() => {}
                Some((_, key_span)) => {
                    if self.unnamed.insert(column) {
                        self.report(Code::CsvHeader, *key_span, "name");
                    }
                }
                None if is_sheet => {
                    if self.unnamed.insert(column) {
                        self.report(Code::CsvHeader, span, "name");
                    }
                }
                None => extra = extra.or(Some(span)),
            }
        }
        let whole = whole.unwrap_or_default();
        let end = Span { start: whole.end, end: whole.end };
        let missing = header.iter().skip(cells.len()).filter(|(name, _)| !name.is_empty());
        entries.extend(missing.map(|(name, key_span)| entry(name, *key_span, "", end)));
        if let Some(span) = extra {
            self.wrong_length(cells.len(), header.len(), span, "comma");
        }
        Some(Node { span: whole, kind: NodeKind::Map(entries) })
    }

    /// Reports a row with more or fewer cells than there are columns. `span` is the cell to point
    /// at. Rows have numbers and columns letters, as in a spreadsheet.
    fn wrong_length(&mut self, cells: usize, columns: usize, span: Span, help: &'static str) {
        self.diagnostics.push(
            Diagnostic::error(Code::CsvRow, self.text.locate(span))
                .arg("cells", cells.to_string())
                .arg("columns", columns.to_string())
                .arg(
                    "row",
                    cell(&self.text.path, &self.text.content, span.start as usize).row.to_string(),
                )
                .arg("column", column_letters(columns))
                .help(help),
        );
    }

    /// Reports a mistake of the table itself.
    fn report(&mut self, code: Code, span: Span, help: &'static str) {
        self.diagnostics.push(Diagnostic::error(code, self.text.locate(span)).help(help));
    }
}

/// A cell as an entry of a mapping; an empty one is null. Key and value are copied: the reader's
/// buffer holds a cell only until the next row.
fn entry(name: &str, key_span: Span, cell: &str, span: Span) -> MapEntry<'static> {
    let kind = match cell {
        "" => NodeKind::Null,
        cell => NodeKind::Scalar(Cow::Owned(cell.to_owned())),
    };
    MapEntry { key: Cow::Owned(name.to_owned()), key_span, value: Node { span, kind } }
}

/// Makes the line breaks of the last cell what they are elsewhere. In the text of a sheet a line is
/// a row, so they are written otherwise there.
fn break_lines(entries: &mut [MapEntry<'_>]) {
    if let Some(NodeKind::Scalar(cell)) = entries.last_mut().map(|it| &mut it.value.kind)
        && cell.contains('\r')
    {
        *cell = Cow::Owned(cell.replace('\r', "\n"));
    }
}

/// Where a byte of a row stands.
///
/// The four states of a row's quoting, by RFC 4180. A quotation mark starts a quotation only as the
/// first byte of a cell, as the `csv` crate has it.
enum At {
    /// Before the first byte of a cell.
    Start,
    /// In a cell, or behind the quotation in it: a quotation mark is like any other character.
    Plain,
    /// In a quotation.
    Quoted,
    /// Behind a quotation mark that ends the quotation, unless another one follows.
    Closed,
}

/// Where the cells of the row that begins at `start` stand, quotes included, blanks around not.
/// Instead, the first line of a quotation that has no end. An empty cell has an empty span. The row
/// ends at the first line end outside a quotation, or with the text.
fn cell_spans(content: &str, start: usize, delimiter: u8) -> Result<Vec<Span>, Span> {
    let bytes = content.as_bytes();
    // The reader counts line ends to the row before when they are those of Windows.
    let start = start + bytes[start..].iter().take_while(|it| matches!(it, b'\n' | b'\r')).count();
    let mut spans = Vec::new();
    let (mut cell, mut at) = (start, At::Start);
    for index in start..=bytes.len() {
        let byte = bytes.get(index).copied();
        at = match (at, byte) {
            (At::Quoted, None) => {
                let line = content[cell..].lines().next().unwrap_or_default();
                return Err(Span::new(cell, cell + line.len()));
            }
            (At::Quoted, Some(b'"')) => At::Closed,
            (At::Quoted, _) | (At::Start | At::Closed, Some(b'"')) => At::Quoted,
            (_, byte) if byte == Some(delimiter) || matches!(byte, None | Some(b'\n' | b'\r')) => {
                let text = &content[cell..index];
                let from = cell + (text.len() - text.trim_start().len());
                spans.push(Span::new(from, cell + text.trim_end().len()));
                cell = index + 1;
                if byte != Some(delimiter) {
                    break;
                }
                At::Start
            }
            _ => At::Plain,
        };
    }
    Ok(spans)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::source::SitePath;

    fn check(content: &str, expected: &str) {
        let text = Text { path: SitePath::new("a.csv"), content: content.to_owned() };
        let parsed = parse(&text);
        let mut found = String::new();
        for row in parsed.value.rows.as_list().unwrap() {
            for entry in row.as_map().unwrap() {
                let span = entry.value.span;
                let raw = &text.content[span.start as usize..span.end as usize];
                let value = entry.value.as_str().unwrap_or("-");
                write!(found, "{}={value}<{raw}> ", entry.key).unwrap();
            }
            found += "/ ";
        }
        for diagnostic in parsed.diagnostics {
            found += diagnostic.code.name();
        }
        assert_eq!(found.trim(), expected);
    }

    #[test]
    fn reads_rows() {
        check(
            "日期,队伍\r\n2026-03-05, 甲\r\n\r\n,\r\n2026-03-06,\r\n",
            "日期=2026-03-05<2026-03-05> 队伍=甲<甲> / 日期=2026-03-06<2026-03-06> 队伍=-<> /",
        );
        check("a;b\n1;\"x;\"\"y\nz\"\n2;3", "a=1<1> b=x;\"y\nz<\"x;\"\"y\nz\"> / a=2<2> b=3<3> /");
        check("a,b\n3\"x\"\",4\n\"5\"x,6\n", "a=3\"x\"\"<3\"x\"\"> b=4<4> / a=5x<\"5\"x> b=6<6> /");
    }

    #[test]
    fn passes_over_what_stands_around_a_table() {
        let row = "日期=2026-03-05<2026-03-05> 人数=3<3> /";
        check("平安巡防登记表\n日期,人数\n2026-03-05,3\n", row);
        check(
            "平安巡防登记表,,\r\n\r\n填报单位：一心社区,填报日期：3月,\r\n日期,人数,\r\n2026-03-05,3,\r\n",
            row,
        );
        check("sep=;\r\n日期;人数\r\n2026-03-05;3\r\n", row);
        check("sep=\t\n日期\t人数\n2026-03-05\t3\n", row);
        check("姓名\n王芳\n李明\n", "姓名=王芳<王芳> / 姓名=李明<李明> /");
        check("日期，人数\n2026-03-05,3\n", "日期，人数=2026-03-05<2026-03-05> / csv-row");
    }

    #[test]
    fn separates_by_what_most_lines_have() {
        check("登记表\n甲\t乙\n1,2,3\t4\n5\t6\n", "甲=1,2,3<1,2,3> 乙=4<4> / 甲=5<5> 乙=6<6> /");
        check("甲;乙\n1,2;3,4\n", "甲=1,2<1,2> 乙=3,4<3,4> /");
        check("甲,乙\n1,a;b;c\n", "甲=1<1> 乙=a;b;c<a;b;c> /");
    }

    #[test]
    fn tells_of_rows_that_do_not_fit_the_header() {
        check("a,b,,\n1,2,,\n1,2,3\n", "a=1<1> b=2<2> / a=1<1> b=2<2> / csv-row");
        check("a,b\n1，2\n3，4,5\n", "a=3，4<3，4> b=5<5> / csv-row");
        check("a,,b\n1,2,3\n4,5\n", "a=1<1> b=3<3> / a=4<4> b=-<> / csv-header");
    }

    #[test]
    fn tells_of_quotations_without_an_end() {
        check("a,b\n1,2\n3,\"4\n5,6\n", "a=1<1> b=2<2> / csv-syntax");
    }
}
