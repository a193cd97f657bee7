//! The beginning of a text, without its form.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;

/// How many characters there are at most.
const LENGTH: usize = 200;

/// The first words of the paragraphs and lists, on one line, ended by `…` if there is more.
/// Headings, tables, code, images, footnotes and raw HTML are left out.
pub(super) fn summarize(events: &[Placed<'_>]) -> String {
    let mut text = String::new();
    let mut length = 0;
    let mut skipped = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(tag) if skipped > 0 || is_skipped(tag) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Text(part) | Event::Code(part) => {
                for c in part.chars() {
                    if !c.is_whitespace() {
                        length += 1;
                        text.push(c);
                    } else if !text.is_empty() && !text.ends_with(' ') {
                        length += 1;
                        text.push(' ');
                    }
                    if length > LENGTH {
                        text.pop();
                        text.truncate(text.trim_end().len());
                        text.push('…');
                        return text;
                    }
                }
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_))
                if !text.is_empty() && !text.ends_with(' ') =>
            {
                length += 1;
                text.push(' ');
            }
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn is_skipped(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Table(_)
            | Tag::Image { .. }
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
    )
}
