//! The names of headings, for links to point at.
//!
//! Names follow from the text alone and in its order, so a link from another file stays right as
//! long as the heading and those of the same text before it do.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::render::markdown::placed::Placed;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 2 to 6: if the source uses `#`, which is the page's own title, all are moved down.
    pub level: u8,
    /// What follows `#` in a link to it: its text in lower case with hyphens for spaces, without
    /// punctuation, and numbered if it is not the first of its name.
    pub id: String,
    /// What it says, without form.
    pub text: String,
}

/// Gives every heading its id, and moves all down by one if the text uses the level of the page's
/// own title.
pub(super) fn name(events: &mut [Placed<'_>]) -> Vec<Heading> {
    let is_title = |placed: &Placed<'_>| {
        matches!(placed.0, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
    };
    let down = usize::from(events.iter().any(is_title));
    let mut ids = Ids::default();
    let mut headings = Vec::new();
    let mut start = None;
    let mut text = String::new();
    for index in 0..events.len() {
        match &mut events[index].0 {
            Event::Start(Tag::Heading { .. }) => {
                start = Some(index);
                text.clear();
            }
            Event::Text(part) | Event::Code(part) if start.is_some() => text.push_str(part),
            Event::SoftBreak | Event::HardBreak if start.is_some() => text.push(' '),
            Event::End(TagEnd::Heading(end_level)) => {
                let moved = lower(*end_level, down);
                *end_level = moved;
                let heading_id = ids.give(&text);
                if let Some(Event::Start(Tag::Heading { level, id, .. })) =
                    start.take().map(|it| &mut events[it].0)
                {
                    *level = moved;
                    *id = Some(heading_id.clone().into());
                }
                let level = u8::try_from(moved as usize).unwrap_or(6);
                headings.push(Heading { level, id: heading_id, text: text.trim().to_owned() });
            }
            _ => {}
        }
    }
    headings
}

/// A level further down, at most the sixth.
fn lower(level: HeadingLevel, down: usize) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + down).unwrap_or(HeadingLevel::H6)
}

/// Ids given so far.
#[derive(Default)]
struct Ids {
    given: HashSet<String>,
    /// How often each id was requested.
    counts: HashMap<String, usize>,
}

impl Ids {
    /// The text in lower case, spaces as hyphens, without punctuation; numbered if it is given.
    fn give(&mut self, text: &str) -> String {
        let slug = slug(text);
        let count = self.counts.entry(slug.clone()).or_default();
        let mut id = slug.clone();
        while !self.given.insert(id.clone()) {
            *count += 1;
            id = format!("{slug}-{count}");
        }
        id
    }
}

/// The text as a name. One of punctuation alone is `section`, since a name must not be empty.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            slug.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::super::{headings, tests::check};

    #[track_caller]
    fn check_ids(source: &str, expected: &[(u8, &str, &str)]) {
        let headings = headings(source);
        let found: Vec<_> = headings
            .iter()
            .map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ids_are_the_text_without_punctuation() {
        check_ids("## 时间、地点", &[(2, "时间地点", "时间、地点")]);
        check_ids("## **注意：**请 `a_b` 《Ｃ》", &[(2, "注意请-a_b-ｃ", "注意：请 a_b 《Ｃ》")]);
        check_ids("## Hello,  World-2", &[(2, "hello--world-2", "Hello,  World-2")]);
        check_ids("## ！？", &[(2, "section", "！？")]);
        check_ids("## [甲](/a) ![乙](b.png)", &[(2, "甲-乙", "甲 乙")]);
        check_ids("甲\n乙\n---", &[(2, "甲乙", "甲乙")]);
    }

    #[test]
    fn ids_are_unique() {
        check_ids(
            "## a\n## a\n## a-1\n## a",
            &[(2, "a", "a"), (2, "a-1", "a"), (2, "a-1-1", "a-1"), (2, "a-2", "a")],
        );
    }

    #[test]
    fn the_title_of_the_page_stays_the_only_one() {
        check("# 甲\n\n## 乙", "<h2 id=\"甲\">甲</h2>\n<h3 id=\"乙\">乙</h3>");
        check("## 甲\n\n#### 乙", "<h2 id=\"甲\">甲</h2>\n<h4 id=\"乙\">乙</h4>");
        check("# 甲\n###### 乙", "<h2 id=\"甲\">甲</h2>\n<h6 id=\"乙\">乙</h6>");
        check("<h1 id=a>甲</h1>", "<h2>甲</h2>");
    }
}
