//! Markdown as plain text: what a reader sees of it, without form.
//!
//! | Markdown | text |
//! | --- | --- |
//! | `见**[公告](a.md)**` | `见公告` |
//! | paragraphs, items, rows | a line each |
//! | `<!-- 待核实 -->`, images | nothing |
//!
//! A text holds no more than the page does. One with HTML in it is taken from what the page shows;
//! of any other the parser's events are enough, at a third of the cost.

use std::{borrow::Cow, ops::Range};

use memchr::memchr2;
use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    config::Breaks,
    render::markdown::{
        Resolution, Resolve, emphasis::Disguise, placed::Placed, read_words, render,
        summary::summarize,
    },
    scan::markup::{reference_at, tag_at},
    text,
};

/// What a reader sees of a text, all of it; lines of the text are those of its blocks. A text of
/// one line without a sign of Markdown, as most are, is not parsed.
pub fn plain(source: &str, breaks: Breaks) -> Cow<'_, str> {
    let line = source.trim();
    if is_plain(line) {
        return text::shown(line);
    }
    let disguise = Disguise::new(source);
    Cow::Owned(of_events(source, read_words(source, &disguise, breaks), breaks))
}

/// The same, and the first words of the text, as [`Rendered::text`](super::Rendered::text) has them: a
/// long text is parsed once for both.
pub fn plain_with_summary(source: &str, breaks: Breaks) -> (String, String) {
    let disguise = Disguise::new(source);
    let events = read_words(source, &disguise, breaks);
    let summary = summarize(&events);
    (of_events(source, events, breaks), summary)
}

fn of_events(source: &str, events: Vec<Placed<'_>>, breaks: Breaks) -> String {
    let is_html = |(event, _): &Placed<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    if events.iter().any(is_html) {
        lines(&seen(&render(source, &Unlinked(breaks)).html))
    } else {
        lines(&text::shown(&said(events)))
    }
}

/// Nothing in it can be form.
fn is_plain(source: &str) -> bool {
    let is_form = |it: u8| it < b' ' || b"*_[]<>&\\`|~!".contains(&it);
    let begins_block = |it: u8| it.is_ascii_digit() || b"#-+=".contains(&it);
    !source.bytes().any(is_form) && !source.bytes().next().is_some_and(begins_block)
}

/// The texts of events, but for those of images. Blocks end lines.
fn said(events: Vec<Placed<'_>>) -> String {
    let (mut text, mut images) = (String::new(), 0_usize);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::TaskListMarker(done) => text.push_str(if done { "☑ " } else { "☐ " }),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::Rule => text.push('\n'),
            Event::Start(tag) if !is_inline(tag.to_end()) => text.push('\n'),
            Event::End(end) if !is_inline(end) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// What follows stands in the same line.
fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// How signs of HTML are written in its texts.
const WRITTEN: [(&str, char); 4] = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];

/// The text between the tags. Blocks end lines.
fn seen(html: &str) -> String {
    let (bytes, mut text, mut at) = (html.as_bytes(), String::with_capacity(html.len()), 0);
    while let Some(next) = memchr2(b'<', b'&', &bytes[at..]).map(|it| at + it) {
        text.push_str(&html[at..next]);
        at = next + 1;
        let rest = &html[next..];
        let written = WRITTEN.iter().find(|(it, _)| rest.starts_with(it));
        let written = written.map(|(it, ch)| (*ch, next + it.len()));
        match (bytes[next], tag_at(bytes, next), written.or_else(|| reference_at(bytes, next))) {
            (b'<', Some(tag), _) => {
                let is_block = !tag.is_inline && !rest.starts_with("<img");
                let is_line = is_block || rest.starts_with("<br");
                text.push_str(if is_line { "\n" } else { "" });
                at = tag.end;
            }
            (b'&', _, Some((character, end))) => {
                text.push(character);
                at = end;
            }
            (sign, ..) => text.push(char::from(sign)),
        }
    }
    text.push_str(&html[at..]);
    text
}

/// Lines without blanks around; blank ones are left out.
fn lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Leaves all targets as they are: no text shows where a link leads.
struct Unlinked(Breaks);

impl Resolve for Unlinked {
    fn link(&self, _: &str, _: Range<usize>) -> Resolution {
        Resolution::Keep
    }

    fn image(&self, _: &str) -> Resolution {
        Resolution::Keep
    }

    fn may_load(&self, _: &str) -> bool {
        true
    }

    fn breaks(&self) -> Breaks {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown::summary;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(plain(source, Breaks::Sentence), expected);
    }

    #[test]
    fn what_a_reader_sees() {
        check("救起一名落水儿童。", "救起一名落水儿童。");
        check(" 见**[公告](a.md)**，<b>七</b>月<!-- 待核实 -->。 ", "见公告，七月。");
        check("# 甲\n\n- 一\n- 二 &amp; 三\n\n| 乙 |\n| - |\n| 丙 |", "甲\n一\n二 & 三\n乙\n丙");
        check("![图](a.png)甲 < 乙 & `a<b>`", "甲 < 乙 & a<b>");
        check("<p>己</p>\n\n<script>alert(1)</script>庚", "己\n庚");
        check(&format!("王{0}{0}", text::MASKED_STAR), "王**");
        check(&format!("**王{0}{0}**好", text::MASKED_STAR), "王**好");
        check("第一句。\n第二句。", "第一句。\n第二句。");
        check("10. 甲", "甲");
    }

    #[test]
    fn a_text_that_is_not_parsed_is_as_if_it_were() {
        for source in [
            "甲",
            "张三（男），62岁：热心。",
            "a b  c",
            "见 https://a.cn/b 。",
            "1",
            "电话0431-82550111",
        ] {
            let parsed = lines(&seen(&render(source, &Unlinked(Breaks::Sentence)).html));
            assert_eq!(plain(source, Breaks::Sentence), parsed, "{source}");
        }
    }

    #[test]
    fn the_first_words_are_those_of_the_page() {
        for source in [
            "\n\n# 题\n\n今晚停水，见[公告](a.md)。\n请**储水**。\n\n- 一\n- 二",
            "电话0431-82550111，邮箱a@b.cn\n\n| 甲 |\n| - |\n| 乙 |\n\n一\n二\n三",
            "1、甲\n2、乙\n\n<p>丙</p>丁<b>戊</b>",
            "    甲\n\n乙",
            "甲",
            "",
        ] {
            for breaks in [Breaks::Join, Breaks::Sentence, Breaks::All] {
                let (all, first) = plain_with_summary(source, breaks);
                assert_eq!(first, render(source, &Unlinked(breaks)).text, "{source}");
                assert_eq!(first, summary(source, breaks), "{source}");
                assert_eq!(all, plain(source, breaks), "{source}");
            }
        }
    }

    #[test]
    fn events_say_what_the_page_says() {
        for source in [
            "送饭，见[公告](notices/a.md)，**多**次",
            "好人\n好事\n\n# 题\n\n文",
            "| 甲 | 乙 |\n| - | - |\n| 丙 | 丁 |",
            "- 甲\n  - 乙\n- [x] 丙\n\n1. 丁",
            "> 甲\n\n---\n\n`a<b>` &amp; ![图](a.png)乙\\\n丙",
        ] {
            let parsed = lines(&seen(&render(source, &Unlinked(Breaks::Sentence)).html));
            assert_eq!(plain(source, Breaks::Sentence), parsed, "{source}");
        }
    }
}
