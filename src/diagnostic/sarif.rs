//! Diagnostics as SARIF 2.1.0, for code-scanning services.
//!
//! Every log is valid by the schema of the standard; a test holds it against the schema. Codes are
//! the rules, so a service that knows a rule by its id keeps knowing it. Columns count Unicode
//! characters, which SARIF calls `unicodeCodePoints`; files are named relative to the folder
//! in which the command ran, or to the repository: whoever calls it sees to that.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Location, Messages, Range, Severity};

/// The base of all file addresses in a log, by the name that code scanning knows.
const ROOT: &str = "%SRCROOT%";

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Writes one log with one run. Only the rules that have results are described.
pub fn render(
    diagnostics: &[Diagnostic],
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut codes: Vec<Code> = diagnostics.iter().map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Linli",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code, messages)).collect::<Value>(),
            }},
            "language": messages.language().as_str(),
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": {
                "text": messages.text("base-folder", &[]),
            }}},
            "results": diagnostics.iter().map(|diagnostic| result(diagnostic, &codes, messages)).collect::<Value>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// What a code is about. It is the same for all its results, so it names no value.
fn rule(code: Code, messages: &Messages) -> Value {
    json!({ "id": code.name(), "shortDescription": { "text": messages.about(code) } })
}

/// A diagnostic. The help is a second line of the message. `codes` are the rules of the log, in
/// order.
fn result(diagnostic: &Diagnostic, codes: &[Code], messages: &Messages) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = messages.message(diagnostic);
    if let Some(help) = messages.help(diagnostic) {
        text = format!("{text}\n{help}");
    }
    let related = diagnostic.related.iter().enumerate().map(|(index, (location, _))| {
        json!({
            "id": index + 1,
            "physicalLocation": physical(location),
            "message": { "text": messages.related(diagnostic, index) },
        })
    });
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).ok(),
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical(&diagnostic.location) }],
        "relatedLocations": related.collect::<Value>(),
    });
    let fix = diagnostic.shown_fix().iter().map(|it| {
        json!({
            "deletedRegion": region(it.range),
            "insertedContent": { "text": it.text },
        })
    });
    let fix: Vec<Value> = fix.collect();
    if !fix.is_empty() {
        let file = artifact(&diagnostic.location);
        result["fixes"] = json!([{
            "artifactChanges": [{ "artifactLocation": file, "replacements": fix }],
        }]);
    }
    result
}

/// A place. Without a range it is the whole file, or a folder.
fn physical(location: &Location) -> Value {
    let artifact = artifact(location);
    let Some(range) = location.shown_range() else {
        return json!({ "artifactLocation": artifact });
    };
    json!({
        "artifactLocation": artifact,
        "region": region(range),
    })
}

fn artifact(location: &Location) -> Value {
    json!({ "uri": uri(location.file.file_str()), "uriBaseId": ROOT })
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

/// A path as a relative address: everything but unreserved characters and `/` is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.extend(
                [b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]].map(char::from),
            ),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, samples::samples};

    fn rendered(diagnostics: &[Diagnostic], language: Language) -> String {
        let mut out = Vec::new();
        render(diagnostics, &Messages::new(language), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn samples_in_sarif() {
        let log = rendered(&samples(), Language::ZhCn);
        insta::assert_snapshot!(log.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
    }

    #[test]
    fn logs_are_valid() {
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sarif-2.1.0.schema.json");
        // The pattern for languages has a stray bracket, which strict readers refuse.
        let schema = std::fs::read_to_string(schema).unwrap().replace("{2}]?$", "{2}$");
        let schema = serde_json::from_str(&schema).unwrap();
        let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        for language in Language::ALL {
            for diagnostics in [samples(), Vec::new()] {
                let log = serde_json::from_str(&rendered(&diagnostics, *language)).unwrap();
                let errors: Vec<_> = schema.iter_errors(&log).map(|it| it.to_string()).collect();
                assert_eq!(errors, Vec::<String>::new());
            }
        }
    }

    #[test]
    fn paths_become_addresses() {
        assert_eq!(uri("a b/空:%.yaml"), "a%20b/%E7%A9%BA%3A%25.yaml");
    }
}
