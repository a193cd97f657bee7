//! Changes of records as changes of a text: what is taken out where, and what is put there.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    edit::{
        change::{Change, NewValue, Refused},
        scalar::{self, Place},
    },
    source::{
        Span, Text,
        yaml::{Node, NodeKind, RECORDS},
    },
};

/// The text of a file after changes, as far as its form allows.
pub(super) fn edited(
    text: &Text,
    node: Option<&Node<'_>>,
    changes: &[Change],
) -> Result<String, Refused> {
    let mut editor = Editor::new(text, node)?;
    // The last of several changes of one key.
    let mut sets: BTreeMap<(usize, &str), &NewValue> = BTreeMap::new();
    let mut order: Vec<(usize, &str)> = Vec::new();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Set(record, key, value) => {
                if sets.insert((*record, key), value).is_none() {
                    order.push((*record, key));
                }
            }
            Change::Remove(record) => removed.push(*record),
            Change::Add(values) => added.push(values.as_slice()),
        }
    }
    removed.sort_unstable();
    removed.dedup();
    // Keys that are there first: what is added behind the last stands behind its new value.
    order.sort_by_key(|(record, key)| !editor.has(*record, key));
    for (record, key) in order.into_iter().filter(|(record, _)| !removed.contains(record)) {
        editor.set(record, key, sets[&(record, key)])?;
    }
    editor.remove(&removed, !added.is_empty())?;
    editor.add(&added)?;
    Ok(editor.finish())
}

/// The text of a file with one mapping after changes of its keys.
pub(super) fn edited_mapping(
    text: &Text,
    node: &Node<'_>,
    sets: &[(String, NewValue)],
) -> Result<String, Refused> {
    let records = std::slice::from_ref(node);
    let mut editor = Editor { records, nothing: None, ..Editor::new(text, None)? };
    for (key, value) in sets {
        editor.set(0, key, value)?;
    }
    Ok(editor.finish())
}

/// A text with what is to be changed in it.
struct Editor<'a> {
    content: &'a str,
    /// What ends a line of it.
    line_end: &'static str,
    /// Its records.
    records: &'a [Node<'a>],
    /// Where the list of records stands, if it is one of none: its brackets, or behind its key.
    nothing: Option<Span>,
    /// The list is under a key.
    is_headed: bool,
    /// What is put in place of what. Those of one place keep their order.
    splices: Vec<(Range<usize>, String)>,
}

impl<'a> Editor<'a> {
    fn new(text: &'a Text, node: Option<&'a Node<'a>>) -> Result<Self, Refused> {
        let content = text.content.as_str();
        let line_end = match content.find('\n') {
            Some(at) if content[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        let (list, is_headed) = match node {
            None => (None, false),
            Some(node) if node.as_map().is_some() => {
                (Some(entry(node, RECORDS).ok_or(Refused::NoRecord)?), true)
            }
            Some(node) => (Some(node), false),
        };
        let records = list.and_then(Node::as_list).unwrap_or_default();
        let nothing = if records.is_empty() { list.map(|it| it.span) } else { None };
        Ok(Self { content, line_end, records, nothing, is_headed, splices: Vec::new() })
    }

    /// A record has a key.
    fn has(&self, record: usize, key: &str) -> bool {
        let entries = self.records.get(record).and_then(Node::as_map).unwrap_or_default();
        entries.iter().any(|it| it.key == key)
    }

    /// Sets the value of a key.
    fn set(&mut self, record: usize, key: &str, value: &NewValue) -> Result<(), Refused> {
        let record = self.records.get(record).ok_or(Refused::NoRecord)?;
        let entries = record.as_map().ok_or(Refused::NoRecord)?;
        let is_braced = self.content.as_bytes().get(record.span.start as usize) == Some(&b'{');
        let Some(entry) = entries.iter().find(|it| it.key == key) else {
            return self.add_key(record, is_braced, key, value);
        };
        let span = range(entry.value.span);
        if is_braced {
            let new = self.in_brackets(value);
            let gap = if self.content[..span.start].ends_with(':') { " " } else { "" };
            self.splices.push((span, format!("{gap}{new}")));
            return Ok(());
        }
        // Items of a list on lines of their own are many places.
        let is_list = matches!(&entry.value.kind, NodeKind::List(_) | NodeKind::Map(_));
        if is_list && !self.content[span.clone()].starts_with(['[', '{']) {
            return Err(Refused::Form);
        }
        let indent = self.column(entry.key_span.start as usize)? + 2;
        let (first, rest) = self.written(value, indent);
        let key_end = entry.key_span.end as usize;
        // Blanks between the colon and the value stay if something follows them.
        let start = if first.is_empty() { self.colon(key_end, span.start) } else { span.start };
        let gap = if !first.is_empty() && self.content[..start].ends_with(':') { " " } else { "" };
        if rest.is_empty() {
            self.splices.push((start..span.end, format!("{gap}{first}")));
        } else {
            let end = self.line_end_at(span.end);
            self.splices.push((start..span.end, format!("{gap}{first}")));
            self.splices.push((end..end, rest));
        }
        Ok(())
    }

    /// Adds a key behind the last of a record.
    fn add_key(
        &mut self,
        record: &Node<'_>,
        is_braced: bool,
        key: &str,
        value: &NewValue,
    ) -> Result<(), Refused> {
        let entries = record.as_map().unwrap_or_default();
        if is_braced {
            let end = record.span.end as usize - 1;
            let before = self.content[..end].trim_end().len();
            let is_first = self.content[..before].ends_with('{');
            let comma = if is_first || self.content[..before].ends_with(',') { "" } else { "," };
            let gap = if is_first { "" } else { " " };
            let key = scalar::line(key, Place::Brackets);
            let new = format!("{comma}{gap}{key}: {}", self.in_brackets(value));
            self.splices.push((before..before, new));
            return Ok(());
        }
        let (first, last) = (entries.first(), entries.last());
        let (Some(first), Some(last)) = (first, last) else { return Err(Refused::Form) };
        let column = self.column(first.key_span.start as usize)?;
        let end = self.line_end_at((last.value.span.end as usize).max(last.key_span.end as usize));
        let new = format!("{}{}", self.line_end, self.key(key, value, column));
        self.splices.push((end..end, new));
        Ok(())
    }

    /// Takes records out, with their lines.
    fn remove(&mut self, removed: &[usize], others_follow: bool) -> Result<(), Refused> {
        if removed.is_empty() {
            return Ok(());
        }
        if removed.len() == self.records.len() && !others_follow {
            // What is left is a list with nothing in it.
            let first = self.records.first().ok_or(Refused::NoRecord)?;
            let start = self.dash(first)?.start;
            let nothing = if self.is_headed { "  []" } else { "[]" };
            self.splices.push((start..start, format!("{nothing}{}", self.line_end)));
        }
        for record in removed {
            let record = self.records.get(*record).ok_or(Refused::NoRecord)?;
            let start = self.dash(record)?.start;
            let end = self.line_end_at(record.span.end as usize);
            self.splices.push((start..end + self.line_end_of(end), String::new()));
        }
        Ok(())
    }

    /// Adds records behind all others, in the way in which the last is written.
    fn add(&mut self, added: &[&[(String, NewValue)]]) -> Result<(), Refused> {
        if added.is_empty() {
            return Ok(());
        }
        let last = self.records.last();
        let dash = last.map(|it| self.dash(it)).transpose()?;
        let dash = dash.map_or("- ", |it| &self.content[it]).to_owned();
        let column = dash.chars().count();
        let is_parted = self.is_parted();
        let mut new = String::new();
        for values in added {
            if values.is_empty() {
                return Err(Refused::Form);
            }
            for (index, (key, value)) in values.iter().enumerate() {
                let written = self.key(key, value, column);
                new.push_str(self.line_end);
                if index == 0 {
                    new.push_str(if is_parted { self.line_end } else { "" });
                    new.push_str(&dash);
                    new.push_str(&written[column..]);
                } else {
                    new.push_str(&written);
                }
            }
        }
        match (last, self.nothing) {
            (Some(last), _) => {
                let end = self.line_end_at(last.span.end as usize);
                let after = self.line_end_of(end);
                if after == 0 {
                    self.splices.push((end..end, new));
                } else {
                    let new = new[self.line_end.len()..].to_owned() + self.line_end;
                    self.splices.push((end + after..end + after, new));
                }
            }
            (None, Some(span)) if self.is_headed => {
                let start = self.content[..span.start as usize].trim_end().len();
                self.splices.push((start..span.end as usize, new));
            }
            (None, Some(span)) => {
                self.splices.push((range(span), new[self.line_end.len()..].to_owned()));
            }
            (None, None) => {
                let end = self.content.len();
                let new = &new[self.line_end.len()..];
                let is_open = !self.content.is_empty() && !self.content.ends_with('\n');
                let begin = if is_open { self.line_end } else { "" };
                self.splices.push((end..end, format!("{begin}{new}{}", self.line_end)));
            }
        }
        Ok(())
    }

    /// Records are parted by blank lines.
    fn is_parted(&self) -> bool {
        let [.., one, two] = self.records else { return false };
        let between = self.content.get(one.span.end as usize..two.span.start as usize);
        let lines = between.unwrap_or_default().split('\n').skip(1);
        lines.into_iter().any(|line| line.trim().is_empty())
    }

    /// A key and its value, indented: the first line too.
    fn key(&self, key: &str, value: &NewValue, column: usize) -> String {
        let (first, rest) = self.written(value, column + 2);
        let gap = if first.is_empty() { "" } else { " " };
        let key = scalar::line(key, Place::Line);
        format!("{}{key}:{gap}{first}{rest}", " ".repeat(column))
    }

    /// A value behind a key: what stands on its line, and the lines below.
    fn written(&self, value: &NewValue, indent: usize) -> (String, String) {
        match value {
            NewValue::Nothing => (String::new(), String::new()),
            NewValue::List(_) => (self.in_brackets(value), String::new()),
            NewValue::Text(text) => match scalar::block(text) {
                Some(lines) => {
                    let line = |line: &&str| match *line {
                        "" => self.line_end.to_owned(),
                        line => format!("{}{}{line}", self.line_end, " ".repeat(indent)),
                    };
                    ("|".to_owned(), lines.iter().map(line).collect())
                }
                None => (scalar::line(text, Place::Line), String::new()),
            },
        }
    }

    /// A value in brackets or braces.
    #[expect(clippy::unused_self, reason = "it reads as its neighbours")]
    fn in_brackets(&self, value: &NewValue) -> String {
        match value {
            NewValue::Nothing => "~".to_owned(),
            NewValue::Text(text) => scalar::line(text, Place::Brackets),
            NewValue::List(items) => {
                let items: Vec<_> =
                    items.iter().map(|it| scalar::line(it, Place::Brackets)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The dash of a record with the blanks around it, from the beginning of its line. A record whose
    /// dash stands elsewhere, or which has none, is not edited.
    fn dash(&self, record: &Node<'_>) -> Result<Range<usize>, Refused> {
        let start = record.span.start as usize;
        let line = self.line(start);
        let before = &self.content[line..start];
        let is_dash = before.trim() == "-" && before.ends_with(' ') && !before.contains('\t');
        if is_dash { Ok(line..start) } else { Err(Refused::Form) }
    }

    /// The column of a byte, from zero; what stands before it has to be blanks or a dash.
    fn column(&self, byte: usize) -> Result<usize, Refused> {
        let before = &self.content[self.line(byte)..byte];
        let is_blank = before.bytes().all(|it| matches!(it, b' ' | b'-'));
        if is_blank { Ok(before.len()) } else { Err(Refused::Form) }
    }

    /// Where the colon of a key ends.
    fn colon(&self, key: usize, value: usize) -> usize {
        let between = self.content.get(key..value).unwrap_or_default();
        between.find(':').map_or(value, |at| key + at + 1)
    }

    /// Where the line of a byte begins.
    fn line(&self, byte: usize) -> usize {
        self.content[..byte].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Where the line of a byte ends, before its line end.
    fn line_end_at(&self, byte: usize) -> usize {
        let rest = &self.content[byte..];
        let line = rest.find('\n').map_or(rest, |at| &rest[..at]);
        byte + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// How long the line end is that begins here; nothing at the end of the text.
    fn line_end_of(&self, end: usize) -> usize {
        let rest = &self.content[end..];
        if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
    }

    /// The text with its splices.
    fn finish(mut self) -> String {
        // What is put into one place keeps its order: keys of a record, then records.
        self.splices.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.content.len());
        let mut at = 0;
        for (range, new) in self.splices {
            if range.start >= at {
                out.push_str(&self.content[at..range.start]);
            }
            out.push_str(&new);
            at = at.max(range.end);
        }
        out.push_str(&self.content[at..]);
        out
    }
}

/// The value of a key, an empty one too.
fn entry<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    node.as_map()?.iter().find(|it| it.key == key).map(|it| &it.value)
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
