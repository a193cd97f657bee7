//! Diagnostics of every shape, which all renderings are tested on.
//!
//! A rendering that shows these well shows all: full-width characters, a tab, a line longer than
//! the terminal, a place over several lines, at the end of a line, and in no line at all, a related
//! place, and characters that some form has to escape.

use crate::diagnostic::{Code, Diagnostic, Location, Replacement};
use crate::source::{SitePath, Span, Text};

/// The place of `marked` in a file with this content.
fn find(file: &str, content: &str, marked: &str) -> Location {
    let start = content.find(marked).expect("a sample marks a part of itself");
    text(file, content).locate(Span::new(start, start + marked.len()))
}

/// A file with this content.
fn text(file: &str, content: &str) -> Text {
    Text { path: SitePath::new(file), content: content.to_owned() }
}

/// All samples, in an order that does not change.
pub(super) fn samples() -> Vec<Diagnostic> {
    [in_line(), around_lines()].concat()
}

/// Places within one line.
fn in_line() -> Vec<Diagnostic> {
    let wide = find(
        "content/凯旋街道/place.yaml",
        "name: 凯旋街道\n# 联系方式：\n电　话: 0431-8255-0001\n",
        "电　话",
    );
    let tab = find("content/kaixuan/yixin/honors.yaml", "- award: 好邻居\n\tname: 王秀兰\n", "\t");
    let long = format!("- citation: {}得票 100% : 通过\n", "热心帮助邻里，".repeat(60));
    let long = find("content/kaixuan/yixin/honors.yaml", &long, " : ");
    let link = find(
        "content/kaixuan/notices/2026-03-02-water.md",
        "---\ntitle: 停水\n---\n\n[点这里](javascript:alert%281%29)\n",
        "javascript:alert%281%29",
    );
    vec![
        Diagnostic::error(Code::UnknownField, wide.clone())
            .arg("field", "电　话")
            .arg("near", "phone")
            .help("near")
            .fixed_by(vec![Replacement {
                range: wide.range.expect("it is in a line"),
                text: "phone".to_owned(),
            }]),
        Diagnostic::error(Code::Tab, tab).help("spaces"),
        Diagnostic::error(Code::YamlSyntax, long)
            .arg("reason", "mapping values are not allowed\nin this context, at 100%")
            .help("quote"),
        Diagnostic::warning(Code::DangerousUrl, link).arg("scheme", "javascript").help("scheme"),
    ]
}

/// Places that are no part of one line, and places in two files.
fn around_lines() -> Vec<Diagnostic> {
    let several = find(
        "content/kaixuan/yixin/patrols.yaml",
        "- date: 2026-03-05\n  members:\n    - 12\n    - 8\n  hours: 2\n",
        "- 12\n    - 8",
    );
    let end = text("content/kaixuan/yixin/patrols.yaml", "- date: 2026年3月5日\n");
    let end = end.locate(Span::new(22, 22));
    let first = find("content/a b/zero-incident/2025.yaml", "- month: 2026-02\n", "2026-02");
    let records = "- month: 2026-01\n".repeat(122) + "- month: 2026-02\n";
    let again = find("content/a b/zero-incident/2026.yaml", &records, "2026-02");
    vec![
        Diagnostic::error(Code::WrongShape, several)
            .arg("wanted", "value")
            .arg("found", "list")
            .help("value"),
        Diagnostic::error(Code::MissingField, end)
            .arg("field", "members")
            .arg("label", "人数")
            .help("add"),
        Diagnostic::error(Code::MonthTwice, again)
            .arg("month", "2026-02")
            .related(first, "first")
            .help("remove"),
        Diagnostic::error(
            Code::MissingPlace,
            Location::file(SitePath::new("content/kaixuan/友谊,100%")),
        )
        .arg("folder", "友谊,100%")
        .help("add"),
        Diagnostic::warning(Code::EmptyFile, Location::file(SitePath::new("content/空.yaml"))),
    ]
}
