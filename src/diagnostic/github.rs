//! Diagnostics as GitHub workflow commands, which show up beside the lines of a change.
//!
//! One command is one line, so line breaks and the signs that divide a command are escaped: `data`
//! for the message, `property` for what stands before it. Related places are left out, since a
//! command has one place.

use std::io::{self, Write};

use crate::{
    diagnostic::{Diagnostic, Messages, Severity},
    text::characters::visible,
};

/// Writes one `::error` or `::warning` line per diagnostic.
pub fn render(
    diagnostics: &[Diagnostic],
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(diagnostic.location.file.file_str());
        write!(out, "::{command} file={file}{}", place(diagnostic))?;
        write!(out, ",title={}", property(diagnostic.code.name()))?;
        let help = messages.help(diagnostic).map(|it| format!("\n{it}")).unwrap_or_default();
        writeln!(out, "::{}", data(&format!("{}{help}", messages.message(diagnostic))))?;
    }
    Ok(())
}

/// The properties that say where. GitHub takes columns only on one line.
fn place(diagnostic: &Diagnostic) -> String {
    let Some(range) = diagnostic.location.shown_range() else { return String::new() };
    let (start, end) = (range.start, range.end);
    if start.line == end.line {
        let (line, column, end_column) = (start.line, start.column, end.column);
        format!(",line={line},col={column},endLine={line},endColumn={end_column}")
    } else {
        format!(",line={},endLine={}", start.line, end.line)
    }
}

/// Text for the message of a command. Nothing in it steers a terminal: logs are read there, too.
fn data(text: &str) -> String {
    let text: String =
        text.chars().map(|it| if matches!(it, '\r' | '\n') { it } else { visible(it) }).collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text for a property of a command, which a colon or comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, samples::samples};

    #[test]
    fn samples_as_commands() {
        let mut out = Vec::new();
        render(&samples(), &Messages::new(Language::ZhCn), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.lines().count(), samples().len());
        insta::assert_snapshot!(out);
    }
}
