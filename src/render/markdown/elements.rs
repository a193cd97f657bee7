//! The elements that differ from the parser's own HTML: links, images, tables, raw HTML.
//!
//! - Links to other sites get `rel="noopener noreferrer"`, and `external` if they leave the portal for
//!   one that it does not name; then words for those who do not see the mark. Links that may do harm
//!   lose the link and keep their text.
//! - Images have their size, so that nothing moves when they come, and load when they come into view,
//!   in the copy that fits (`source_set`). One that must not be shown is its description.
//! - Tables stand in a `div` that can be scrolled, and each cell has the title of its column, with which
//!   a narrow screen shows rows one below the other.
//! - Raw HTML is cut down to harmless elements (`raw`); whether its tags fit is for `sanitize`.

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Tag, TagEnd};

use crate::render::markdown::{
    placed::{self, Placed},
    raw,
    resolve::{Problem, Wrong},
    source_set::{push_copies, push_mark, push_size},
    targets::Targets,
    url::{push_attribute, push_url},
};

/// Writes those elements as [`Event::Html`], and raw HTML, made harmless, as
/// [`Event::InlineHtml`]; all else stays.
pub(super) fn write<'e>(
    source: &str,
    events: Vec<Placed<'e>>,
    targets: &mut Targets<'_>,
) -> Vec<Event<'e>> {
    let mut writer = Writer {
        source,
        targets,
        out: Vec::with_capacity(events.len()),
        links: Vec::new(),
        table: TableState::default(),
    };
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let alt = alt(&mut events);
                writer.image(&dest_url, &title, &alt, range);
            }
            Event::Start(Tag::HtmlBlock) => writer.html_block(&mut events),
            Event::InlineHtml(html) => {
                let html = raw::clean(&html, |it| range.start + it, writer.targets);
                writer.out.push(Event::InlineHtml(html.into()));
            }
            Event::Start(tag) => writer.start(tag, range),
            Event::End(tag) => writer.end(tag),
            Event::TaskListMarker(done) => writer.tick(done),
            event => {
                writer.table.label(&event);
                writer.out.push(event);
            }
        }
    }
    writer.out
}

/// The most bytes of a column's title that each of its cells repeats. What is longer is no title,
/// and would make a page many times as large as its source.
const LONGEST_LABEL: usize = 200;

/// Turns events into events, one step at a time.
struct Writer<'s, 't, 'r, 'e> {
    source: &'s str,
    targets: &'t mut Targets<'r>,
    out: Vec<Event<'e>>,
    /// For each open link that was written, what ends it, and stands behind it.
    links: Vec<Option<(Option<String>, String)>>,
    table: TableState,
}

/// Where in a table the writer is.
#[derive(Default)]
struct TableState {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The words of the head's cells: what a cell is about when rows are shown one by one.
    labels: Vec<String>,
}

impl<'e> Writer<'_, '_, '_, 'e> {
    /// Adds HTML of our own, which needs no cleaning.
    fn html(&mut self, html: impl Into<CowStr<'e>>) {
        self.out.push(Event::Html(html.into()));
    }

    /// A sign rather than a form's box: nobody can tick it, and every reader knows it. It stands in
    /// place of the dot of its item.
    fn tick(&mut self, done: bool) {
        let behind = self.out.len().saturating_sub(2);
        let item = self.out[behind..].iter_mut().find(|it| matches!(it, Event::Start(Tag::Item)));
        if let Some(item) = item {
            *item = Event::Html("<li class=\"tick\">".into());
        }
        self.html(if done { "☑ " } else { "☐ " });
    }

    /// The beginning of an element; of others than links and tables the parser writes it.
    fn start(&mut self, tag: Tag<'e>, range: Range<usize>) {
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(link_type, &dest_url, &title, range);
            }
            Tag::Table(alignments) => {
                self.table.alignments = alignments;
                self.table.labels.clear();
                self.html("<div class=\"table table-stack\"><table>");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => {
                if self.table.in_head {
                    self.table.labels.push(String::new());
                }
                self.html(self.table.cell());
            }
            tag => self.out.push(Event::Start(tag)),
        }
    }

    /// The end of an element that [`Self::start`] began. An image never comes here: it is read
    /// whole.
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some((leaving, note)) = self.links.pop().flatten() {
                    self.leave(leaving);
                    self.html("</a>");
                    if !note.is_empty() {
                        self.out.push(Event::Text(note.into()));
                    }
                }
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                self.table.column += 1;
                self.html(if self.table.in_head { "</th>" } else { "</td>" });
            }
            tag => self.out.push(Event::End(tag)),
        }
    }

    /// Begins a link, unless there must be none. `range` is the whole link in the source.
    fn link(&mut self, link_type: LinkType, target: &str, title: &str, range: Range<usize>) {
        let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
        let target = format!("{mail}{target}");
        let place = place(self.source, range.clone(), &target);
        let href = self.targets.link(&target, place, range);
        self.links.push(href.as_ref().map(|it| (it.leaving.clone(), it.note.clone())));
        let Some(href) = href else { return };
        let mut html = String::with_capacity(64);
        html.push_str("<a href=\"");
        push_url(&mut html, &href.url);
        push_title(&mut html, title);
        html.push('"');
        html.push_str(href.rel());
        html.push('>');
        self.html(html);
    }

    /// Says at the end of a link that it leaves the site.
    fn leave(&mut self, words: Option<String>) {
        if let Some(words) = words.filter(|it| !it.is_empty()) {
            self.html("<span class=\"sr\">");
            self.out.push(Event::Text(words.into()));
            self.html("</span>");
        }
    }

    /// Writes an image, or its description. `range` is the whole image in the source.
    fn image(&mut self, target: &str, title: &str, alt: &str, range: Range<usize>) {
        let known = self.targets.problems.len();
        let image = self.targets.image(target, place(self.source, range.clone(), target));
        if alt.trim().is_empty() && self.targets.problems.len() == known {
            self.targets.problems.push(Problem { range, wrong: Wrong::Undescribed });
        }
        let Some(image) = image else {
            self.out.push(Event::Text(alt.to_owned().into()));
            return;
        };
        let mut html = String::with_capacity(96);
        html.push_str("<img src=\"");
        push_url(&mut html, &image.url);
        html.push_str("\" alt=\"");
        push_attribute(&mut html, alt);
        push_title(&mut html, title);
        html.push('"');
        push_size(&mut html, &image);
        push_copies(&mut html, &image);
        html.push_str(" />");
        push_mark(&mut html, &image);
        self.html(html);
    }

    /// Reads a block of HTML, which comes line by line, to its end.
    fn html_block(&mut self, events: &mut impl Iterator<Item = Placed<'e>>) {
        let mut html = String::new();
        // Of each line, where in the HTML it begins and ends, and its bytes in the source.
        let mut lines: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for (event, range) in events {
            match event {
                Event::Html(line) | Event::Text(line) => {
                    lines.push((html.len()..html.len() + line.len(), range));
                    html.push_str(&line);
                }
                _ => break,
            }
        }
        let in_source = |at: usize| {
            let line = lines.partition_point(|line| line.0.start <= at).saturating_sub(1);
            let place = |(line, range): &(Range<usize>, Range<usize>)| {
                placed::in_source(self.source, &html[line.clone()], range, at - line.start)
            };
            lines.get(line).map_or(0, place)
        };
        let clean = raw::clean(&html, in_source, self.targets);
        if !clean.trim().is_empty() {
            self.out.push(Event::InlineHtml(clean.into()));
        }
    }
}

impl TableState {
    /// The tag that begins the next cell, with its alignment, and below the head with its column's
    /// title.
    fn cell(&self) -> String {
        let alignment = self.alignments.get(self.column).unwrap_or(&Alignment::None);
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"align-left\"",
            Alignment::Center => " class=\"align-center\"",
            Alignment::Right => " class=\"align-right\"",
        };
        if self.in_head {
            return format!("<th scope=\"col\"{class}>");
        }
        let mut html = format!("<td{class}");
        let is_short = |label: &&String| (1..=LONGEST_LABEL).contains(&label.len());
        if let Some(label) = self.labels.get(self.column).filter(is_short) {
            html.push_str(" data-label=\"");
            push_attribute(&mut html, label);
            html.push('"');
        }
        html.push('>');
        html
    }

    /// Keeps the words of the head.
    fn label(&mut self, event: &Event<'_>) {
        if let (true, Event::Text(text) | Event::Code(text), Some(label)) =
            (self.in_head, event, self.labels.last_mut())
        {
            label.push_str(text);
        }
    }
}

/// Where in a link its target is; all of the link if it cannot be found, as in `[text][name]`.
fn place(source: &str, range: Range<usize>, target: &str) -> Range<usize> {
    let link = source.get(range.clone()).unwrap_or_default();
    match link.rfind(target) {
        Some(at) if !target.is_empty() => range.start + at..range.start + at + target.len(),
        _ => range,
    }
}

/// Ends the attribute before, and begins the title; nothing without one.
fn push_title(html: &mut String, title: &str) {
    if !title.is_empty() {
        html.push_str("\" title=\"");
        push_attribute(html, title);
    }
}

/// Reads an image to its end; its content is the text for those who do not see it.
fn alt<'e>(events: &mut impl Iterator<Item = Placed<'e>>) -> String {
    let mut alt = String::new();
    let mut depth = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Site, check};

    #[test]
    fn tables() {
        check(
            "| 甲 | 乙 | 丙 | 丁 |\n| - | :- | :-: | -: |\n| 1 | **乙：**2 | `a\\|b` |",
            "<div class=\"table table-stack\"><table><thead><tr><th scope=\"col\">甲</th>\
             <th scope=\"col\" class=\"align-left\">乙</th>\
             <th scope=\"col\" class=\"align-center\">丙</th>\
             <th scope=\"col\" class=\"align-right\">丁</th></tr></thead><tbody>\n\
             <tr><td data-label=\"甲\">1</td>\
             <td class=\"align-left\" data-label=\"乙\"><strong>乙：</strong>2</td>\
             <td class=\"align-center\" data-label=\"丙\"><code>a|b</code></td>\
             <td class=\"align-right\" data-label=\"丁\"></td></tr>\n\
             </tbody></table></div>",
        );
    }

    #[test]
    fn long_titles_of_columns_are_not_repeated() {
        let html = |title: &str| {
            super::super::render(&format!("| {title} |\n| - |\n{}", "| 1 |\n".repeat(9)), &Site)
                .html
        };
        assert_eq!(html(&"甲".repeat(66)).matches("甲").count(), 66 * 10);
        assert_eq!(html(&"甲".repeat(67)).matches("甲").count(), 67);
    }

    #[test]
    fn tasks() {
        check(
            "- [x] 甲\n- [ ] 乙",
            "<ul>\n<li class=\"tick\">☑ 甲</li>\n<li class=\"tick\">☐ 乙</li>\n</ul>",
        );
    }
}
