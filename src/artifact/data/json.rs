//! Tables as JSON: a list of objects, a line each, with the names of the columns as keys.
//!
//! Numbers are exact and texts as they were written. What is not given is null; a number that is not
//! shown is the text that stands for it in all tables.

use crate::artifact::data::{cell::Cell, column::Column};

/// The keys of a table's objects, as JSON writes them.
pub(super) fn keys(columns: &[Column<'_>]) -> Vec<String> {
    let key = |column: &Column<'_>| {
        let mut key = Vec::new();
        quoted(&mut key, &column.name);
        key.push(b':');
        String::from_utf8(key).unwrap_or_default()
    };
    columns.iter().map(key).collect()
}

/// Adds the object of a row. The first is behind nothing.
pub(super) fn row(out: &mut Vec<u8>, keys: &[String], row: &[Cell<'_>]) {
    out.extend_from_slice(if out.is_empty() { b"[\n{" } else { b",\n{" });
    for (index, (key, cell)) in keys.iter().zip(row).enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(key.as_bytes());
        value(out, cell);
    }
    out.push(b'}');
}

/// Ends a table.
pub(super) fn end(mut out: Vec<u8>) -> Vec<u8> {
    out.extend_from_slice(if out.is_empty() { b"[\n]\n" } else { b"\n]\n" });
    out
}

fn value(out: &mut Vec<u8>, cell: &Cell<'_>) {
    match cell {
        Cell::Absent => out.extend_from_slice(b"null"),
        Cell::Words(text) | Cell::Code(text) | Cell::Hidden(text) => quoted(out, text),
        Cell::Number(number) => out.extend_from_slice(number.as_bytes()),
        Cell::Boolean(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
        Cell::List(cells) => {
            out.push(b'[');
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                value(out, cell);
            }
            out.push(b']');
        }
    }
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("writing to memory cannot fail");
}
