//! The fixes of diagnostics, made to a file's text and looked at before anybody writes it.
//!
//! A fix names stretches of lines ([`Replacement`]), so nothing else of the file can change. What it
//! means can: a dash in the wrong place makes one record two. So the new text is read by our own
//! reader, and compared with what was read before:
//!
//! | the file before | what has to hold |
//! | --- | --- |
//! | could be read | the same lists and mappings, and no other value or key but those that were replaced |
//! | had mistakes of syntax | no mistake but on lines that had one, and the mended lines begin with the key or dash that they show |

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, ops::Range};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Position, Replacement},
    schema::decode::front_matter,
    source::{
        Span, Text, csv, toml,
        yaml::{self, Node, NodeKind},
    },
};

/// A text after fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub content: String,
    /// What was replaced in the text before.
    pub made: Vec<Replacement>,
}

impl Fixed {
    /// The lines that are other ones now, from 1.
    pub fn lines(&self) -> BTreeSet<u32> {
        self.made.iter().map(|it| it.range.start.line).collect()
    }
}

/// Whether a mistake may keep a file from being read, so that nobody knows what else is in it.
pub fn is_syntax(code: Code) -> bool {
    use Code::{CsvSyntax, DuplicateKey, Tab, TomlSyntax, WrongShape, YamlSyntax};
    matches!(code, YamlSyntax | Tab | TomlSyntax | CsvSyntax | DuplicateKey | WrongShape)
}

/// The text after as many of the fixes as can be made together: of two that touch the same place the
/// first counts. Nothing if there is none.
pub fn fixed(content: &str, fixes: &[&[Replacement]]) -> Option<Fixed> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(content.match_indices('\n').map(|it| it.0 + 1)).collect();
    let mut made: Vec<(Range<usize>, &str)> = Vec::new();
    let mut all: Vec<Replacement> = Vec::new();
    for fix in fixes {
        let places = fix.iter().map(|it| {
            let range =
                byte(content, &starts, it.range.start)?..byte(content, &starts, it.range.end)?;
            (range.start <= range.end).then_some((range, it.text.as_str()))
        });
        let Some(places) = places.collect::<Option<Vec<_>>>() else { continue };
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start <= b.end && b.start <= a.end;
        if places.iter().any(|(place, _)| made.iter().any(|(other, _)| meets(place, other))) {
            continue;
        }
        made.extend(places);
        all.extend_from_slice(fix);
    }
    made.sort_by_key(|(range, _)| range.start);
    let mut edited = content.to_owned();
    for (range, text) in made.iter().rev() {
        edited.replace_range(range.clone(), text);
    }
    (edited != content).then_some(Fixed { content: edited, made: all })
}

/// The byte at a place; nothing if the text has no such place.
fn byte(content: &str, starts: &[usize], place: Position) -> Option<usize> {
    let start = *starts.get((place.line as usize).checked_sub(1)?)?;
    let rest = &content[start..];
    let line = rest.find('\n').map_or(rest, |it| &rest[..it]);
    let mut ends = line.char_indices().map(|it| it.0).chain([line.len()]);
    ends.nth((place.column as usize).checked_sub(1)?).map(|it| start + it)
}

/// Whether a text with fixes says what the one before said, but for what was meant to change.
/// `mistakes` are those of syntax that are told of the text before, with their lines.
pub fn is_meant(before: &Text, after: &Fixed, mistakes: &BTreeSet<(u32, Code)>) -> bool {
    let new = Text { path: before.path.clone(), content: after.content.clone() };
    let (Some(old_reading), Some(new_reading)) = (Reading::of(before), Reading::of(&new)) else {
        return false;
    };
    let lines = after.lines();
    if mistakes.is_empty() {
        return !old_reading.is_broken()
            && !new_reading.is_broken()
            && same_but(before, &old_reading, &new, &new_reading, &lines);
    }
    // Behind a mistake of a line there may be another of it.
    let known: BTreeSet<u32> =
        mistakes.iter().copied().chain(old_reading.places()).map(|it| it.0).collect();
    let is_less = new_reading.places().all(|(line, _)| known.contains(&line));
    is_less && (new_reading.is_broken() || begin_as_shown(&new, &new_reading, &lines))
}

/// A file as it is read.
struct Reading<'a> {
    node: Option<Node<'a>>,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    /// Nothing of a file that is neither records nor settings nor an article.
    fn of(text: &'a Text) -> Option<Self> {
        let path = &text.path;
        let Checked { value, diagnostics } = if path.has_extension("toml") {
            toml::parse(text)
        } else if path.is_table() {
            let table = csv::parse(text);
            let header = table.value.header.map(|it| vec![it, table.value.rows]);
            let span = Span::new(0, text.content.len());
            let whole = header.map(|it| Node { span, kind: NodeKind::List(it) });
            Checked { value: whole, diagnostics: table.diagnostics }
        } else if path.has_extension("md") {
            let (front, _) = front_matter::split(text).ok()?;
            yaml::parse(text, front)
        } else {
            yaml::parse(text, 0..text.content.len())
        };
        let mistakes = diagnostics.into_iter().filter(|it| is_syntax(it.code)).collect();
        Some(Self { node: value, mistakes })
    }

    /// It has mistakes of syntax.
    fn is_broken(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// On which lines which mistakes are.
    fn places(&self) -> impl Iterator<Item = (u32, Code)> {
        let line = |it: &Diagnostic| it.location.range.map_or(0, |range| range.start.line);
        self.mistakes.iter().map(move |it| (line(it), it.code))
    }
}

/// Two trees are of one shape, and say the same but on the given lines.
fn same_but(
    old_text: &Text,
    old: &Reading<'_>,
    new_text: &Text,
    new: &Reading<'_>,
    lines: &BTreeSet<u32>,
) -> bool {
    let (mut was, mut is) = (Vec::new(), Vec::new());
    old.node.iter().for_each(|it| words(it, &mut was));
    new.node.iter().for_each(|it| words(it, &mut is));
    let (was_line, is_line) = (LineOf::new(&old_text.content), LineOf::new(&new_text.content));
    was.len() == is.len()
        && was.iter().zip(&is).all(|(was, is)| {
            let line = was_line.of(was.1);
            line == is_line.of(is.1) && (was.0 == is.0 || was.2 == is.2 && lines.contains(&line))
        })
}

/// All that a tree says, in order: the words, where they begin, and of what kind they are.
fn words(node: &Node<'_>, out: &mut Vec<(String, u32, u8)>) {
    match &node.kind {
        NodeKind::Null => out.push((String::new(), node.span.start, 0)),
        NodeKind::Scalar(text) => out.push((text.to_string(), node.span.start, 1)),
        NodeKind::List(items) => {
            out.push((items.len().to_string(), 0, 2));
            items.iter().for_each(|it| words(it, out));
        }
        NodeKind::Map(entries) => {
            out.push((entries.len().to_string(), 0, 3));
            for entry in entries {
                out.push((entry.key.to_string(), entry.key_span.start, 4));
                words(&entry.value, out);
            }
        }
    }
}

/// In which line a byte is.
struct LineOf(Vec<usize>);

impl LineOf {
    fn new(content: &str) -> Self {
        Self(content.match_indices('\n').map(|it| it.0 + 1).collect())
    }

    fn of(&self, byte: u32) -> u32 {
        let before = self.0.partition_point(|it| *it <= byte as usize);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}

/// Each of some lines that looks like `key: value` or `- key: value` is read as one.
fn begin_as_shown(text: &Text, reading: &Reading<'_>, lines: &BTreeSet<u32>) -> bool {
    if text.path.has_extension("toml") || text.path.is_table() {
        return true;
    }
    let line_of = LineOf::new(&text.content);
    let mut said = Vec::new();
    reading.node.iter().for_each(|it| words(it, &mut said));
    let keyed: BTreeSet<u32> =
        said.iter().filter(|it| it.2 == 4).map(|it| line_of.of(it.1)).collect();
    let all: Vec<&str> = text.content.lines().collect();
    lines.iter().all(|line| {
        let shown = all.get(*line as usize - 1).copied().unwrap_or_default();
        let bare = shown.trim_start_matches([' ', '-']);
        let is_key = bare.split_once(": ").is_some_and(|(key, _)| {
            key.chars().all(|it| it.is_alphanumeric() || "_-".contains(it))
        });
        !is_key || keyed.contains(line)
    })
}
