//! Tables as JSON: a list of objects, a line each, with the names of the columns as keys.
//!
//! Numbers are exact and texts as they were written. What is not given is null; a number that is not
//! shown is the text that stands for it in all tables.

use crate::artifact::data::{cell::Cell, column::Column};

/// A table.
pub(super) fn write(columns: &[Column<'_>], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let keys: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let mut out = String::from("[");
    for (index, row) in rows.enumerate() {
        out.push_str(if index == 0 { "\n{" } else { ",\n{" });
        for (index, (key, cell)) in keys.iter().zip(&row).enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(key);
            out.push(':');
            value(&mut out, cell);
        }
        out.push('}');
    }
    out.push_str("\n]\n");
    out
}

fn value(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Absent => out.push_str("null"),
        Cell::Words(text) | Cell::Code(text) | Cell::Hidden(text) => out.push_str(&quoted(text)),
        Cell::Number(number) => out.push_str(number),
        Cell::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Cell::List(cells) => {
            out.push('[');
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                value(out, cell);
            }
            out.push(']');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
