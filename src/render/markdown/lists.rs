//! Lists that end at a line of its own.
//!
//! A line right below a list goes on with its last item, so `二、报名时间` and `联系电话：…` would become
//! a part of it, and the next list would go on with its numbers. But such a line, written at the
//! margin, begins something of its own. It ends all open lists, and is a paragraph:
//!
//! | source | page |
//! | --- | --- |
//! | `1. 甲⏎二、乙⏎1. 丙` | a list, a paragraph, another list from 1 on |
//! | `1. 甲⏎（1）乙` | one item of two lines: the mark is of a lower kind |
//!
//! Lists after the paragraph begin with the number that is written. Texts without Chinese have no such
//! lines, nor has a portal that joins all lines.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::render::markdown::{item_mark, placed::Placed};

/// Ends lists at lines of their own. Without such a line the events stay as they are.
pub(super) fn end<'e>(source: &str, events: Vec<Placed<'e>>) -> Vec<Placed<'e>> {
    if !events.iter().any(|(event, range)| *event == Event::SoftBreak && is_own(source, range)) {
        return events;
    }
    let mut ender = Ender { source, open: Vec::new(), inline: 0, detached: None, out: Vec::new() };
    ender.out.reserve(events.len() + 8);
    for (event, range) in events {
        ender.event(event, range);
    }
    ender.out
}

/// Whether a line begins something of its own behind a break.
fn is_own(source: &str, end_of_line: &Range<usize>) -> bool {
    let start = end_of_line.start;
    let next = source[start..].find('\n').map(|it| &source[start + it + 1..]);
    next.is_some_and(|line| item_mark::ends_list(line.lines().next().unwrap_or_default()))
}

/// Writes events anew.
struct Ender<'s, 'e> {
    source: &'s str,
    /// The blocks that the parser has open, from the outside.
    open: Vec<Block>,
    /// How many links and the like are open.
    inline: usize,
    /// The range of the paragraph behind a list that is being written, if one is.
    detached: Option<Range<usize>>,
    out: Vec<Placed<'e>>,
}

/// A block that the parser has open.
struct Block {
    end: TagEnd,
    /// It was ended before its end.
    is_ended: bool,
}

impl<'e> Ender<'_, 'e> {
    fn event(&mut self, event: Event<'e>, range: Range<usize>) {
        match &event {
            Event::Start(tag) if is_inline(tag) => self.inline += 1,
            Event::End(tag) if is_inline_end(*tag) => self.inline -= 1,
            Event::Start(tag) => return self.start(tag.clone(), range),
            Event::End(_) => return self.close(event, range),
            Event::SoftBreak if self.ends_list(&range) => return self.detach(&range),
            Event::Rule | Event::Html(_) => self.finish(),
            _ => {}
        }
        self.out.push((event, range));
    }

    /// Whether nothing but lists is open, and the line behind this break is none of theirs.
    fn ends_list(&self, range: &Range<usize>) -> bool {
        let is_list =
            |it: &Block| matches!(it.end, TagEnd::List(_) | TagEnd::Item | TagEnd::Paragraph);
        let in_list = self.open.iter().any(|it| it.end == TagEnd::Item && !it.is_ended);
        in_list && self.inline == 0 && self.open.iter().all(is_list) && is_own(self.source, range)
    }

    /// Ends all that is open, and begins a paragraph.
    fn detach(&mut self, range: &Range<usize>) {
        for block in self.open.iter_mut().rev().filter(|it| !it.is_ended) {
            block.is_ended = true;
            self.out.push((Event::End(block.end), range.clone()));
        }
        let paragraph = range.end..range.end;
        self.out.push((Event::Start(Tag::Paragraph), paragraph.clone()));
        self.detached = Some(paragraph);
    }

    /// Ends the paragraph behind a list.
    fn finish(&mut self) {
        if let Some(range) = self.detached.take() {
            self.out.push((Event::End(TagEnd::Paragraph), range));
        }
    }

    /// A block begins. An item of a list that was ended begins another, with the number that is
    /// written.
    fn start(&mut self, tag: Tag<'e>, range: Range<usize>) {
        self.finish();
        if let (Tag::Item, Some(list)) = (&tag, self.open.last_mut().filter(|it| it.is_ended)) {
            list.is_ended = false;
            let first = number(&self.source[range.clone()]);
            self.out.push((Event::Start(Tag::List(first)), range.clone()));
        }
        self.open.push(Block { end: tag.to_end(), is_ended: false });
        self.out.push((Event::Start(tag), range));
    }

    fn close(&mut self, event: Event<'e>, range: Range<usize>) {
        self.finish();
        if self.open.pop().is_none_or(|block| !block.is_ended) {
            self.out.push((event, range));
        }
    }
}

/// The number that an item begins with.
fn number(item: &str) -> Option<u64> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    item[..digits].parse().ok()
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::super::{
        render,
        tests::{WithBreaks, check},
    };
    use crate::config::Breaks;

    #[test]
    fn marks_of_a_higher_kind_end_lists() {
        check(
            "一、条件\n1. 年满60岁\n2. 居住\n二、时间\n1. 周一\n三、地点\n1. 居委会",
            "<p>一、条件</p>\n<ol>\n<li>年满60岁</li>\n<li>居住</li>\n</ol>\n<p>二、时间</p>\n\
             <ol>\n<li>周一</li>\n</ol>\n<p>三、地点</p>\n<ol>\n<li>居委会</li>\n</ol>",
        );
        check("- 甲\n（二）乙", "<ul>\n<li>甲</li>\n</ul>\n<p>（二）乙</p>");
        check(
            "- 甲\n\n- 乙\n第二，丙",
            "<ul>\n<li>\n<p>甲</p>\n</li>\n<li>\n<p>乙</p>\n</li>\n</ul>\n<p>第二，丙</p>",
        );
        check(
            "1. 甲\n注：乙\n2. 丙",
            "<ol>\n<li>甲</li>\n</ol>\n<p>注：乙</p>\n<ol start=\"2\">\n<li>丙</li>\n</ol>",
        );
    }

    #[test]
    fn labels_end_lists() {
        check(
            "- 甲\n- 乙\n**电话：**0431\n丙丁\n地点：戊\n- 己",
            "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n<p><strong>电话：</strong>0431\n丙丁<br />\n地点：戊</p>\n\
             <ul>\n<li>己</li>\n</ul>",
        );
        check(
            "- 甲\n  - 乙\n报名电话：1\n  - 丙\n- 丁\n\n戊",
            "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>\n<p>报名电话：1</p>\n\
             <ul>\n<li>丙</li>\n</ul>\n<ul>\n<li>丁</li>\n</ul>\n<p>戊</p>",
        );
    }

    #[test]
    fn lines_of_an_item_stay_in_it() {
        check("1. 甲\n（1）乙\n①丙", "<ol>\n<li>甲<br />\n（1）乙<br />\n①丙</li>\n</ol>");
        check("1. 甲\n   时间：乙", "<ol>\n<li>甲<br />\n时间：乙</li>\n</ol>");
        check("- 甲\n乙丙", "<ul>\n<li>甲乙丙</li>\n</ul>");
        check(
            "> - 甲\n二、乙",
            "<blockquote>\n<ul>\n<li>甲<br />\n二、乙</li>\n</ul>\n</blockquote>",
        );
        check("- **甲\n二、乙**", "<ul>\n<li><strong>甲<br />\n二、乙</strong></li>\n</ul>");
        check("- 甲\n一、二号楼", "<ul>\n<li>甲一、二号楼</li>\n</ul>");
        let joined = render("- 甲\n二、乙", &WithBreaks(Breaks::Join)).html;
        assert_eq!(joined, "<ul>\n<li>甲二、乙</li>\n</ul>\n");
    }

    #[test]
    fn blocks_behind_the_line_stand_alone() {
        check(
            "- 甲\n二、乙\n---\n丙",
            "<ul>\n<li>甲</li>\n</ul>\n<p>二、乙</p>\n<hr />\n<p>丙</p>",
        );
        check(
            "1. 甲\n二、乙\n   - 丙\n\n   丁\n2. 戊",
            "<ol>\n<li>\n<p>甲</p>\n</li>\n</ol>\n<p>二、乙</p>\n<ul>\n<li>丙</li>\n</ul>\n<p>丁</p>\n\
             <ol start=\"2\">\n<li>\n<p>戊</p>\n</li>\n</ol>",
        );
    }
}
