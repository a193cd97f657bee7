//! Ends of lines in the source: what readers see of them.
//!
//! A browser shows the end of a line as a space. Chinese has no spaces, so a break between two of
//! its characters is taken out; one beside a Latin word, or between Korean words, stays. But who
//! presses Enter at the end of a sentence, or before the next item of a list that they number
//! themselves, means a new line, and there it becomes one:
//!
//! | source | page |
//! | --- | --- |
//! | `甲乙⏎丙丁` | `甲乙丙丁` |
//! | `甲乙。⏎丙丁` | `甲乙。<br>丙丁` |
//! | `一、甲⏎二、乙`, `（1）甲⏎（2）乙`, `时间：九点⏎地点：广场` | a line for each |
//!
//! [`Breaks`] is the portal's choice. In headings every break is taken out or stays, so that their
//! names do not depend on it.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    config::Breaks,
    render::markdown::{
        characters::{is_shared_punctuation, is_unspaced},
        item_mark,
        placed::Placed,
    },
};

/// What becomes of the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Nothing is left.
    Joined,
    /// A new line begins.
    Line,
}

/// Makes new lines of soft breaks, or takes them out between Chinese characters, also across the
/// borders of emphasis and links.
pub(super) fn settle(events: &mut Vec<Placed<'_>>, breaks: Breaks) {
    let fates = fates(events, breaks);
    if fates.is_empty() {
        return;
    }
    for (index, _) in fates.iter().filter(|(_, fate)| *fate == Fate::Line) {
        events[*index].0 = Event::HardBreak;
    }
    let mut doomed = fates.iter().filter(|(_, fate)| *fate == Fate::Joined).peekable();
    let mut index = 0..;
    events.retain(|_| {
        let at = index.next().unwrap_or(usize::MAX);
        doomed.next_if(|(doomed, _)| *doomed == at).is_none()
    });
}

/// Of each soft break that does not stay, its index, in order.
fn fates(events: &[Placed<'_>], breaks: Breaks) -> Vec<(usize, Fate)> {
    let mut fates = Vec::new();
    let mut waiting = Vec::new();
    let mut before = Before::default();
    let mut in_heading = false;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) => {
                let rule = if in_heading { Breaks::Join } else { breaks };
                if let Some(fate) = before.fate(text, rule).filter(|_| !waiting.is_empty()) {
                    fates.extend(waiting.drain(..).map(|it| (it, fate)));
                }
                if before.read(text) {
                    waiting.clear();
                }
            }
            Event::SoftBreak => waiting.push(index),
            event if is_invisible(event) => {}
            event => {
                waiting.clear();
                before = Before::default();
                match event {
                    Event::Start(Tag::Heading { .. }) => in_heading = true,
                    Event::End(TagEnd::Heading(_)) => in_heading = false,
                    _ => {}
                }
            }
        }
    }
    fates
}

/// What the text before a break ends with.
#[derive(Debug, Default)]
struct Before {
    /// There is some.
    is_there: bool,
    /// Its last character is Chinese.
    is_chinese: bool,
    /// A sentence ends.
    is_sentence: bool,
}

impl Before {
    /// What becomes of a break before this text.
    fn fate(&self, next: &str, breaks: Breaks) -> Option<Fate> {
        let first = next.chars().find_map(is_chinese)?;
        let begins_line = match breaks {
            Breaks::All => true,
            Breaks::Join => false,
            Breaks::Sentence => {
                self.is_sentence
                    || (self.is_chinese || has_chinese(next)) && item_mark::begins(next)
            }
        };
        if self.is_there && begins_line {
            return Some(Fate::Line);
        }
        (self.is_chinese && first).then_some(Fate::Joined)
    }

    /// Goes on behind a text. Returns whether it says of which script it is, so that a break before
    /// it is settled.
    fn read(&mut self, text: &str) -> bool {
        self.is_sentence = ends_sentence(text);
        let Some(last) = text.chars().rev().find_map(is_chinese) else { return false };
        self.is_there = true;
        self.is_chinese = last;
        true
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(is_unspaced)
}

/// Whether a sentence, or what introduces a list, ends with a text. A mark of Western texts counts
/// behind a Chinese character.
fn ends_sentence(text: &str) -> bool {
    let mut back = text.trim_end().chars().rev().skip_while(|it| "”’\"')）】》」』".contains(*it));
    match back.next() {
        Some('。' | '！' | '？' | '；' | '：') => true,
        Some('!' | '?' | ';' | ':') => back.next().is_some_and(is_unspaced),
        _ => false,
    }
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
    use super::{
        super::tests::{WithBreaks, check},
        *,
    };

    #[test]
    fn between_chinese() {
        check("甲\n乙", "甲乙");
        check("甲，\n乙、\n（丙）", "甲，乙、（丙）");
        check("甲\r\n  乙", "甲乙");
        check("カタカナ\nひらがな", "カタカナひらがな");
        check("１２\n３", "１２３");
    }

    #[test]
    fn beside_western_or_korean() {
        check("甲\nabc\n乙", "甲\nabc\n乙");
        check("a\nb", "a\nb");
        check("甲,\n乙", "甲,\n乙");
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
    fn behind_sentences() {
        for mark in ["。", "！", "？", "；", "：", "。”", "？）", ":", ";"] {
            check(&format!("甲{mark}\n乙"), &format!("甲{mark}<br />\n乙"));
        }
        check("甲：\nabc", "甲：<br />\nabc");
        check("甲。\n**乙。**\n丙", "甲。<br />\n<strong>乙。</strong><br />\n丙");
        check("a:\n甲", "a:\n甲");
        check("a。\r\n\r\n乙。\n", "<p>a。</p>\n<p>乙。</p>");
        check("甲。\n- 乙：\n  丙\n", "<p>甲。</p>\n<ul>\n<li>乙：<br />\n丙</li>\n</ul>");
    }

    #[test]
    fn before_items() {
        for [one, two] in [
            ["一、甲", "二、乙"],
            ["（一）甲", "（十二）乙"],
            ["1、甲", "2、乙"],
            ["1.甲", "2.乙"],
            ["（1）甲", "(2)乙"],
            ["①甲", "②乙"],
            ["第一，甲", "第二，乙"],
            ["●甲", "●乙"],
            ["时间：九点", "地点：广场"],
        ] {
            check(&format!("{one}\n{two}"), &format!("{one}<br />\n{two}"));
        }
        check("甲乙\n2. 丙", "甲乙<br />\n2. 丙");
        check("甲乙\n**二、丙**", "甲乙<br />\n<strong>二、丙</strong>");
    }

    #[test]
    fn not_before_what_only_looks_so() {
        check("a\n2. b", "a\n2. b");
        check("共有甲\n3.5万元", "共有甲\n3.5万元");
        check("通知甲\n一、二号楼", "通知甲一、二号楼");
        check("在第\n一单元", "在第一单元");
        check("按照\n（试行）办法", "按照（试行）办法");
        check(
            "这是一句折行的话，后面说\n下面的时间和地点都已改过：请看",
            "这是一句折行的话，后面说下面的时间和地点都已改过：请看",
        );
    }

    #[test]
    fn as_the_portal_wants() {
        let html = |source: &str, breaks| {
            super::super::render(source, &WithBreaks(breaks)).html.trim_end().to_owned()
        };
        assert_eq!(html("甲。\n乙", Breaks::Join), "<p>甲。乙</p>");
        assert_eq!(html("甲\n乙\nc", Breaks::All), "<p>甲<br />\n乙<br />\nc</p>");
        assert_eq!(html("甲：\n乙\n===", Breaks::All), html("甲：\n乙\n===", Breaks::Join));
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
