//! Words that YAML takes for a comment, although they were meant.
//!
//! `name: 幸福社区 #1` is to YAML a name and a comment, and the `#1` would be lost without a word.
//! A comment has a space after its `#`; where it has none, the words were probably meant.
//!
//! ```text
//! phone: 0431-8255-0001 #转二    reported
//! phone: 0431-8255-0001 # 转二   a comment
//! phone: 0431-8255-0001#转二     text, with the sign in it
//! ```

use crate::source::yaml::{Node, NodeKind};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::{Span, Text},
};

/// Reports words that stand behind a value as a comment without a space after its `#`.
///
/// It is a warning. Most files have no such `#`, which one search over the text shows; only others
/// are walked through. Lines of sharps (`##`) and `#!` are comments.
pub(super) fn lost_words(text: &Text, node: &Node<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let meant = |rest: &str| !rest.is_empty() && !rest.starts_with([' ', '#', '!', '\r', '\n']);
    let content = &text.content;
    let behind = |at: usize| content[..at].ends_with(' ') && meant(&content[at + 1..]);
    if content.match_indices('#').any(|(at, _)| behind(at)) {
        check(text, node, &meant, &mut diagnostics);
    }
    diagnostics
}

/// Looks behind each scalar and each value that is not written, from its end to the end of its
/// line.
fn check(
    text: &Text,
    node: &Node<'_>,
    meant: &impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match &node.kind {
        NodeKind::List(items) => {
            items.iter().for_each(|item| check(text, item, meant, diagnostics));
        }
        NodeKind::Map(entries) => {
            entries.iter().for_each(|entry| check(text, &entry.value, meant, diagnostics));
        }
        NodeKind::Scalar(_) | NodeKind::Null => {
            let end = node.span.end as usize;
            let line = text.content.get(end..).and_then(|it| it.lines().next());
            let line = line.unwrap_or_default();
            let comment = line.trim_start();
            let behind = comment.len() < line.len() && comment.starts_with('#');
            if behind && meant(&comment[1..]) {
                let start = end + line.len() - comment.len();
                let span = Span::new(start, start + comment.trim_end().len());
                diagnostics.push(
                    Diagnostic::warning(Code::LostWords, text.locate(span))
                        .arg("words", comment.trim_end())
                        .help("quote"),
                );
            }
        }
    }
}
