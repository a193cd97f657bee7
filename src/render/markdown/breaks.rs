//! Line breaks between Chinese characters.
//!
//! A browser shows the end of a line as a space. Chinese has no spaces, so a break between two of
//! its characters is taken out; one beside a Latin word, or between Korean words, stays.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::render::markdown::{
    characters::{is_shared_punctuation, is_unspaced},
    placed::Placed,
};

/// Takes out the soft breaks between Chinese characters, also across the borders of emphasis and
/// links.
pub(super) fn join(events: &mut Vec<Placed<'_>>) {
    let mut doomed = Vec::new();
    let mut waiting = Vec::new();
    let mut after_chinese = false;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) => {
                let Some(first) = text.chars().find_map(is_chinese) else { continue };
                if first {
                    doomed.append(&mut waiting);
                }
                waiting.clear();
                after_chinese = text.chars().rev().find_map(is_chinese).unwrap_or(first);
            }
            Event::SoftBreak if after_chinese => waiting.push(index),
            event if is_invisible(event) => {}
            _ => {
                waiting.clear();
                after_chinese = false;
            }
        }
    }
    if doomed.is_empty() {
        return;
    }
    let mut doomed = doomed.into_iter().peekable();
    let mut index = 0..;
    events.retain(|_| doomed.next_if_eq(&index.next().unwrap_or(usize::MAX)).is_none());
}

/// Nothing for a mark that is Chinese beside Chinese and Western beside Western text.
fn is_chinese(c: char) -> Option<bool> {
    (!is_shared_punctuation(c)).then(|| is_unspaced(c))
}

/// Whether text continues across the event as if it were not there.
fn is_invisible(event: &Event<'_>) -> bool {
    is_emphasis(event)
        || matches!(
            event,
            Event::Start(Tag::Link { .. })
                | Event::End(TagEnd::Link)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
        )
}

/// Whether emphasis begins or ends here.
pub(super) fn is_emphasis(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn between_chinese() {
        check("甲\n乙", "甲乙");
        check("甲，\n乙。\n（丙）", "甲，乙。（丙）");
        check("甲\r\n  乙", "甲乙");
        check("カタカナ\nひらがな", "カタカナひらがな");
        check("１２\n３", "１２３");
    }

    #[test]
    fn beside_western_or_korean() {
        check("甲\nabc\n乙", "甲\nabc\n乙");
        check("a\nb", "a\nb");
        check("甲:\n乙", "甲:\n乙");
        check("한국\n사람", "한국\n사람");
        check("甲  \n乙", "甲<br />\n乙");
    }

    #[test]
    fn across_borders() {
        check("甲\n**乙**\n丙", "甲<strong>乙</strong>丙");
        check("*甲*\n[乙](/)", "<em>甲</em><a href=\"/\">乙</a>");
        check("甲<b>\n乙</b>", "甲<b>乙</b>");
        check("甲\n`乙`", "甲<code>乙</code>");
        check("甲\n`b`", "甲\n<code>b</code>");
        check(
            "![甲](gate.jpg)\n乙",
            "<img src=\"/media/gate.jpg\" alt=\"甲\" loading=\"lazy\" />\n乙",
        );
        check("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>");
    }

    #[test]
    fn shared_punctuation_follows_its_text() {
        check("甲\n“乙”\n丙——\n丁", "甲“乙”丙——丁");
        check("甲\n“abc”", "甲\n“abc”");
        check("a…\n“b”", "a…\n“b”");
    }

    #[test]
    fn not_in_code() {
        check("```\n甲\n乙\n```", "<pre><code>甲\n乙\n</code></pre>");
        check("`甲\n乙`", "<code>甲 乙</code>");
    }
}
