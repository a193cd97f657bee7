//! The beginning of a text, without its form.
//!
//! It becomes the description of a page, so it is plain text on one line.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::render::markdown::placed::Placed;

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
                if !text.is_empty() && !text.ends_with([' ', '。', '！', '？', '；', '：']) =>
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

/// Whether what is in this element reads badly without its form, or is no part of the text's
/// beginning.
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

#[cfg(test)]
mod tests {
    use super::super::{render, tests::Site};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(render(source, &Site).text, expected);
    }

    #[test]
    fn words_without_form() {
        check(
            "# 甲\n\n**乙：**丙\n丁`a`\n\n- [一](/)\n- [x] 二<b>三</b>[^1]\n\n[^1]: 四",
            "乙：丙丁a 一 二三",
        );
        check(
            "甲\n\n| 乙 |\n| - |\n| 丙 |\n\n```\n丁\n```\n\n![戊](a.png)<br>a\nb  \nc\n\n<p>己",
            "甲 a b c",
        );
        check("# 甲", "");
    }

    #[test]
    fn no_more_than_the_beginning() {
        check(&"甲".repeat(200), &"甲".repeat(200));
        check(&"甲".repeat(201), &format!("{}…", "甲".repeat(200)));
        check(&"a ".repeat(150), &format!("{}…", "a ".repeat(100).trim_end()));
    }
}
