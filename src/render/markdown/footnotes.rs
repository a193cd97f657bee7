//! Footnotes: numbered in the order of their first mention, gathered at the end.
//!
//! The parser leaves definitions where they were written and numbers none of them. Labels are
//! compared without case, of two definitions of one label the first counts, and a note may mention
//! other notes, which get the next numbers. Ids are `fn:N` for a note and `fnref:N`, `fnref:N-2` …
//! for its mentions, so no heading, whose id has no colon, can have the same.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Notes that are mentioned, by number, and what was said in them.
#[derive(Default)]
struct Footnotes<'e> {
    /// The definitions that have no number yet.
    defined: HashMap<String, Vec<Event<'e>>>,
    numbers: HashMap<String, usize>,
    /// By number minus one: the label, and how often it was mentioned.
    mentioned: Vec<(String, usize)>,
}

/// Moves the footnotes to the end. One that is never mentioned is left out.
pub(super) fn gather(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))) {
        return events;
    }
    let mut notes = Footnotes::default();
    let mut out = notes.take_definitions(events);
    notes.number(&mut out);
    let mut bodies = Vec::new();
    while let Some((label, _)) = notes.mentioned.get(bodies.len()) {
        let mut body = notes.defined.remove(label).unwrap_or_default();
        notes.number(&mut body);
        bodies.push(body);
    }
    if bodies.is_empty() {
        return out;
    }
    out.push(Event::Html("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n".into()));
    for (index, body) in bodies.into_iter().enumerate() {
        note(index + 1, notes.mentioned[index].1, body, &mut out);
    }
    out.push(Event::Html("</ol>\n</section>\n".into()));
    out
}

impl<'e> Footnotes<'e> {
    /// Takes the definitions out of the text and returns the rest.
    fn take_definitions(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let mut text = Vec::with_capacity(events.len());
        let mut open: Vec<(String, Vec<Event<'e>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push((label.to_lowercase(), Vec::new()));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, body)) = open.pop() {
                        self.defined.entry(label).or_insert(body);
                    }
                }
                event => open.last_mut().map_or(&mut text, |it| &mut it.1).push(event),
            }
        }
        text
    }

    /// Writes the mentions among the events.
    fn number(&mut self, events: &mut [Event<'e>]) {
        for event in events {
            let Event::FootnoteReference(label) = event else { continue };
            let label = label.to_lowercase();
            let number = *self.numbers.entry(label.clone()).or_insert_with(|| {
                self.mentioned.push((label, 0));
                self.mentioned.len()
            });
            let count = &mut self.mentioned[number - 1].1;
            *count += 1;
            let id = mention_id(number, *count);
            *event = Event::Html(
                format!(
                    "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\" \
                     role=\"doc-noteref\">{number}</a></sup>"
                )
                .into(),
            );
        }
    }
}

/// The id of a mention, by the number of the note and how many mentions of it there are so far.
fn mention_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref:{number}") } else { format!("fnref:{number}-{count}") }
}

/// One note, with a link back to each of its mentions at the end of its last paragraph.
fn note<'e>(number: usize, mentions: usize, mut body: Vec<Event<'e>>, out: &mut Vec<Event<'e>>) {
    let mut back = String::new();
    for count in 1..=mentions {
        let id = mention_id(number, count);
        let label = id.trim_start_matches("fnref:");
        back.extend([" <a href=\"#", &id, "\" class=\"footnote-backref\" role=\"doc-backlink\""]);
        back.extend([" aria-label=\"", label, "\">↩</a>"]);
    }
    let end = body.pop_if(|it| matches!(it, Event::End(TagEnd::Paragraph)));
    out.push(Event::Html(format!("<li id=\"fn:{number}\">\n").into()));
    out.append(&mut body);
    out.push(Event::Html(back.into()));
    out.extend(end);
    out.push(Event::Html("</li>\n".into()));
}

#[cfg(test)]
mod tests {
    use super::super::{render, tests::Site};

    /// Has these notes, each as its text with the ways back as `↩`.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let html = render(source, &Site).html;
        let notes: Vec<_> = html.split("<li id=\"fn:").skip(1).map(plain).collect();
        assert_eq!(notes, expected, "{html}");
    }

    /// Without tags, and without the number that is left of the first.
    fn plain(html: &str) -> String {
        let parts = html.split('<').skip(1).filter_map(|it| it.split_once('>'));
        parts.map(|it| it.1.trim()).collect()
    }

    #[test]
    fn in_the_order_of_mention() {
        check("甲[^b]乙[^a]\n\n[^a]: 一\n[^b]: 二", &["二↩", "一↩"]);
        check("甲[^a]\n\n[^a]: 一[^b]\n\n[^b]: 二[^a]", &["一2↩↩", "二1↩"]);
        check("甲[^a][^A]\n\n[^a]: 一\n\n    - 二", &["一二↩↩"]);
        check("甲\n\n[^a]: 一", &[]);
        check("甲[^a]", &[]);
    }

    #[test]
    fn ids_are_unique() {
        let html = render("甲[^a]乙[^a]丙[^b]\n\n[^a]: 一\n\n[^b]: 二\n", &Site).html;
        for id in ["fn:1", "fnref:1", "fnref:1-2", "fn:2", "fnref:2"] {
            assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{html}");
            assert_eq!(html.matches(&format!(" href=\"#{id}\"")).count().min(1), 1, "{html}");
        }
    }
}
