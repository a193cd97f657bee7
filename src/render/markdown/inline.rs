//! One paragraph, whatever the text looks like.
//!
//! A field of a record is a line on a page, but `1. 甲` would become a list in it. So its lines are
//! made one, and a word before it, taken away afterwards, keeps it from beginning a block. Places
//! in the line are turned back into places in the source, where problems are shown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::render::markdown::{characters::is_unspaced, placed::Placed};

/// A word before the text, so that nothing in it begins a block.
const GUARD: &str = "x ";

/// A source on one line.
pub(super) struct InlineSource {
    /// The guard, then the source without its line breaks.
    pub(super) text: String,
    /// For each line: where it begins in the text, and in the source.
    lines: Vec<(usize, usize)>,
}

impl InlineSource {
    /// Joins the lines of a source: with a space, but not between characters that have none.
    pub(super) fn new(source: &str) -> Self {
        let mut text = GUARD.to_owned();
        let mut lines = Vec::new();
        let mut at = 0;
        for line in source.split_inclusive(['\n', '\r']) {
            let words = line.trim_matches([' ', '\t', '\n', '\r']);
            if !words.is_empty() {
                if !lines.is_empty() && !is_joined(&text, words) {
                    text.push(' ');
                }
                lines.push((text.len(), at + line.find(words).unwrap_or(0)));
                text.push_str(words);
            }
            at += line.len();
        }
        Self { text, lines }
    }

    /// Where a stretch of the text is in the source.
    pub(super) fn in_source(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let line = self.lines.partition_point(|line| line.0 <= at).saturating_sub(1);
            self.lines.get(line).map_or(0, |(start, source)| source + at.saturating_sub(*start))
        };
        place(range.start)..place(range.end)
    }
}

/// Takes the guard and the paragraph away.
pub(super) fn bare(events: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let is_paragraph = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
    };
    let mut events: Vec<_> = events.into_iter().filter(|event| !is_paragraph(&event.0)).collect();
    if let Some((Event::Text(text), _)) = events.first_mut() {
        *text = text.get(GUARD.len()..).unwrap_or_default().to_owned().into();
    }
    events
}

/// Whether two lines meet without a space.
fn is_joined(before: &str, after: &str) -> bool {
    let (before, after) = (before.chars().next_back(), after.chars().next());
    before.is_some_and(is_unspaced) && after.is_some_and(is_unspaced)
}

#[cfg(test)]
mod tests {
    use super::super::{render_inline, tests::Site};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(render_inline(source, &Site).html, expected);
    }

    #[test]
    fn no_blocks() {
        check("**甲：**乙", "<strong>甲：</strong>乙");
        check("1. 甲", "1. 甲");
        check("# 甲\n- 乙", "# 甲 - 乙");
        check("甲，\r\n乙\n\nabc\n", "甲，乙 abc");
        check("", "");
        check("甲<br>乙<div>丙", "甲<br>乙<div>丙</div>");
    }

    #[test]
    fn problems_are_where_they_were() {
        let source = "甲\n  乙 [丙](no.md)";
        let problems = render_inline(source, &Site).problems;
        assert_eq!(&source[problems[0].range.clone()], "no.md");
    }
}
