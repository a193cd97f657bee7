//! A spreadsheet saved as CSV, as the same nodes that YAML gives.

use std::borrow::Cow;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::{
    diagnostic::{Checked, Code, Diagnostic},
    source::{
        Span, Text,
        yaml::{Entry, Kind, Node},
    },
};

/// Reads CSV with a header row to a list of mappings. Commas, semicolons or tabs separate cells,
/// whichever the header has most of. Empty cells are not given; empty rows are passed over.
pub fn parse(text: &Text) -> Checked<Option<Node<'_>>> {
    let delimiter = delimiter(&text.content);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.content.as_bytes());
    let mut diagnostics = Vec::new();
    let mut rows = Vec::new();
    let mut header: Option<Vec<(String, Span)>> = None;
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                diagnostics.push(syntax(text, &error));
                break;
            }
        }
        let start = record.position().map_or(0, |it| usize::try_from(it.byte()).unwrap_or(0));
        let spans = cell_spans(&text.content, start, delimiter);
        let cells = || record.iter().map(str::trim).zip(spans.iter().copied());
        if record.iter().all(|it| it.trim().is_empty()) {
            continue;
        }
        match &header {
            None => header = Some(cells().map(|(cell, span)| (cell.to_owned(), span)).collect()),
            Some(header) => {
                let extra = cells().skip(header.len()).find(|(cell, _)| !cell.is_empty());
                if let Some((_, span)) = extra {
                    diagnostics.push(
                        Diagnostic::error(Code::CsvRow, text.locate(span))
                            .arg("cells", record.len().to_string())
                            .arg("columns", header.len().to_string())
                            .help("comma"),
                    );
                }
                rows.push(row(header, cells()));
            }
        }
    }
    let span = Span::new(0, text.content.len());
    Checked { value: Some(Node { span, kind: Kind::List(rows) }), diagnostics }
}

fn row<'a>(
    header: &[(String, Span)],
    cells: impl Iterator<Item = (&'a str, Span)>,
) -> Node<'static> {
    let mut whole: Option<Span> = None;
    let mut entries = Vec::with_capacity(header.len());
    for ((name, key_span), (cell, span)) in header.iter().zip(cells) {
        let start = whole.map_or(span.start, |it| it.start);
        whole = Some(Span { start, end: span.end });
        if cell.is_empty() || name.is_empty() {
            continue;
        }
        entries.push(Entry {
            key: Cow::Owned(name.clone()),
            key_span: *key_span,
            value: Node { span, kind: Kind::Scalar(Cow::Owned(cell.to_owned())) },
        });
    }
    Node { span: whole.unwrap_or_default(), kind: Kind::Map(entries) }
}

fn delimiter(content: &str) -> u8 {
    let header = content.lines().next().unwrap_or_default();
    let count = |it: &u8| header.bytes().filter(|byte| byte == it).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Where the cells of the row that begins at `start` stand, quotes included, blanks around not.
fn cell_spans(content: &str, start: usize, delimiter: u8) -> Vec<Span> {
    let bytes = content.as_bytes();
    // The reader counts line ends to the row before when they are those of Windows.
    let start = start + bytes[start..].iter().take_while(|it| matches!(it, b'\n' | b'\r')).count();
    let mut spans = Vec::new();
    let (mut cell, mut quoted) = (start, false);
    for at in start..=bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b'\n');
        match byte {
            b'"' => quoted = !quoted,
            _ if at < bytes.len() && quoted => {}
            byte if byte == delimiter || matches!(byte, b'\n' | b'\r') => {
                let text = &content[cell..at];
                let from = cell + (text.len() - text.trim_start().len());
                spans.push(Span::new(from, cell + text.trim_end().len()));
                cell = at + 1;
                if byte != delimiter {
                    break;
                }
            }
            _ => {}
        }
    }
    spans
}

fn syntax(text: &Text, error: &csv::Error) -> Diagnostic {
    let at = match error.kind() {
        ErrorKind::Utf8 { pos: Some(position), .. } => position.byte(),
        _ => 0,
    };
    let at = usize::try_from(at).unwrap_or(0);
    Diagnostic::error(Code::CsvSyntax, text.locate(Span::new(at, at)))
        .arg("reason", error.to_string())
        .help("quote")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn check(content: &str, expected: &str) {
        let text = Text { path: SitePath::new("a.csv"), content: content.to_owned() };
        let parsed = parse(&text);
        let mut found = String::new();
        for row in parsed.value.iter().flat_map(|it| it.as_list().unwrap()) {
            for entry in row.as_map().unwrap() {
                let span = entry.value.span;
                let raw = &text.content[span.start as usize..span.end as usize];
                let value = entry.value.as_str().unwrap();
                found += &format!("{}={value}<{raw}> ", entry.key);
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
            "日期=2026-03-05<2026-03-05> 队伍=甲<甲> / 日期=2026-03-06<2026-03-06> /",
        );
        check("a;b\n1;\"x;\"\"y\nz\"\n2;3", "a=1<1> b=x;\"y\nz<\"x;\"\"y\nz\"> / a=2<2> b=3<3> /");
    }

    #[test]
    fn tells_of_rows_that_are_too_long() {
        check("a,b\n1,2,,\n1,2,3\n", "a=1<1> b=2<2> / a=1<1> b=2<2> / csv-row");
    }
}
