//! Diagnostics as one JSON object, for scripts and editors.
//!
//! The form is a contract with programs of others, so it has a version. Messages and helps are in
//! the reader's language and may be reworded at any time; scripts should go by `code`, which is
//! stable.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Messages, Replacement, Severity, count};

/// The version of the form. A change that a reader of the form before would notice, such as another
/// key or type, raises it. `tests/formats` describes each version.
const VERSION: u32 = 2;

#[derive(Serialize)]
struct DiagnosticsJson<'a> {
    version: u32,
    diagnostics: Vec<DiagnosticJson<'a>>,
    errors: usize,
    warnings: usize,
}

/// Lines and columns count from 1, columns in characters; the end is the character after the last. Of
/// a workbook they are the rows and columns of the sheet.
/// What concerns a whole file has none of them.
#[derive(Serialize)]
struct DiagnosticJson<'a> {
    severity: Severity,
    code: &'static str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    message: String,
    help: Option<String>,
    /// What would mend it for certain, all of it together; empty if that cannot be said.
    fix: Vec<ReplacementJson<'a>>,
}

/// A stretch of a line, and what is to stand there instead.
#[derive(Serialize)]
struct ReplacementJson<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

/// Writes all diagnostics, indented, with a line end after the last brace.
pub fn render(
    diagnostics: &[Diagnostic],
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (errors, warnings) = count(diagnostics);
    let diagnostics = diagnostics.iter().map(|diagnostic| entry(diagnostic, messages)).collect();
    let report = DiagnosticsJson { version: VERSION, diagnostics, errors, warnings };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// A diagnostic with its words. Related places are left out; SARIF has them.
fn entry<'a>(diagnostic: &'a Diagnostic, messages: &Messages) -> DiagnosticJson<'a> {
    let range = diagnostic.location.shown_range();
    DiagnosticJson {
        severity: diagnostic.severity,
        code: diagnostic.code.name(),
        file: diagnostic.location.file.file_str(),
        line: range.map(|it| it.start.line),
        column: range.map(|it| it.start.column),
        end_line: range.map(|it| it.end.line),
        end_column: range.map(|it| it.end.column),
        message: messages.message(diagnostic),
        help: messages.help(diagnostic),
        fix: diagnostic.shown_fix().iter().map(replacement).collect(),
    }
}

fn replacement(fix: &Replacement) -> ReplacementJson<'_> {
    ReplacementJson {
        line: fix.range.start.line,
        column: fix.range.start.column,
        end_line: fix.range.end.line,
        end_column: fix.range.end.column,
        text: &fix.text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::diagnostic::{Language, samples::samples};

    fn rendered(diagnostics: &[Diagnostic]) -> String {
        let mut out = Vec::new();
        render(diagnostics, &Messages::new(Language::ZhCn), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn samples_in_json() {
        insta::assert_snapshot!(rendered(&samples()));
    }

    #[test]
    fn nothing_to_say_is_said() {
        let report: Value = serde_json::from_str(&rendered(&[])).unwrap();
        assert_eq!(
            report,
            serde_json::json!({ "version": 2, "diagnostics": [], "errors": 0, "warnings": 0 })
        );
    }
}
