//! A text with what is to be taken out where, and put there.

use std::ops::Range;

use crate::{
    edit::{
        change::{NewValue, Refused},
        scalar::{self, Place},
    },
    source::{
        Span, Text,
        yaml::{Node, NodeKind, RECORDS},
    },
};

/// A text with what is to be changed in it.
pub(super) struct Editor<'a> {
    pub(super) content: &'a str,
    /// What ends a line of it.
    pub(super) line_end: &'static str,
    /// Its records.
    pub(super) records: &'a [Node<'a>],
    /// Where the list of records stands, if it is one of none: its brackets, or behind its key.
    pub(super) nothing: Option<Span>,
    /// The list is under a key.
    pub(super) is_headed: bool,
    /// What is put in place of what. Those of one place keep their order.
    pub(super) splices: Vec<(Range<usize>, String)>,
}

impl<'a> Editor<'a> {
    pub(super) fn new(text: &'a Text, node: Option<&'a Node<'a>>) -> Result<Self, Refused> {
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
    pub(super) fn has(&self, record: usize, key: &str) -> bool {
        let entries = self.records.get(record).and_then(Node::as_map).unwrap_or_default();
        entries.iter().any(|it| it.key == key)
    }

    /// Sets the value of a key.
    pub(super) fn set(
        &mut self,
        record: usize,
        key: &str,
        value: &NewValue,
    ) -> Result<(), Refused> {
        let record = self.records.get(record).ok_or(Refused::NoRecord)?;
        self.set_in(record, key, value)
    }

    /// Sets the value of a key of a mapping: of a record, or of a group in one.
    pub(super) fn set_in(
        &mut self,
        record: &Node<'_>,
        key: &str,
        value: &NewValue,
    ) -> Result<(), Refused> {
        let entries = record.as_map().ok_or(Refused::NoRecord)?;
        let is_braced = self.is_braced(record);
        let Some(entry) = entries.iter().find(|it| it.key == key) else {
            return self.add_key(record, is_braced, key, value);
        };
        let span = range(entry.value.span);
        if is_braced {
            let new = in_brackets(value);
            let gap = if self.content[..span.start].ends_with(':') { " " } else { "" };
            self.splices.push((span, format!("{gap}{new}")));
            return Ok(());
        }
        // Items of a list on lines of their own are many places.
        let is_list = matches!(&entry.value.kind, NodeKind::List(_) | NodeKind::Map(_));
        if is_list && !self.content[span.clone()].starts_with(['[', '{']) {
            // All lines of it go, but not what stands behind the colon.
            let start = self.line_end_at(entry.key_span.end as usize);
            let end = self.line_end_at(span.end);
            if *value != NewValue::Nothing || start > span.start {
                return Err(Refused::Form);
            }
            self.splices.push((start..end, String::new()));
            return Ok(());
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

    /// A mapping is written in braces.
    pub(super) fn is_braced(&self, mapping: &Node<'_>) -> bool {
        self.content.as_bytes().get(mapping.span.start as usize) == Some(&b'{')
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
            let new = format!("{comma}{gap}{key}: {}", in_brackets(value));
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
    pub(super) fn remove(&mut self, removed: &[usize], others_follow: bool) -> Result<(), Refused> {
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
    pub(super) fn add(&mut self, added: &[&[(String, NewValue)]]) -> Result<(), Refused> {
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
            new.push_str(if is_parted { self.line_end } else { "" });
            new.push_str(&self.item(&dash, column, values));
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

    /// Keys and values of a record or a group of a list, each on lines of their own, behind a dash with
    /// the blanks around it. Each line begins with a line end.
    pub(super) fn item(&self, dash: &str, column: usize, values: &[(String, NewValue)]) -> String {
        let mut new = String::new();
        for (index, (key, value)) in values.iter().enumerate() {
            let written = self.key(key, value, column);
            new.push_str(self.line_end);
            match index {
                0 => new.extend([dash, &written[column..]]),
                _ => new.push_str(&written),
            }
        }
        new
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
            NewValue::List(_) => (in_brackets(value), String::new()),
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
            NewValue::Group(values) => {
                let line = |(key, value): &(String, NewValue)| {
                    format!("{}{}", self.line_end, self.key(key, value, indent))
                };
                (String::new(), values.iter().map(line).collect())
            }
            NewValue::Groups(groups) => {
                let dash = format!("{}- ", " ".repeat(indent));
                let items = groups.iter().map(|it| self.item(&dash, indent + 2, it));
                (String::new(), items.collect())
            }
        }
    }

    /// The dash of a record with the blanks around it, from the beginning of its line. A record whose
    /// dash stands elsewhere, or which has none, is not edited.
    pub(super) fn dash(&self, record: &Node<'_>) -> Result<Range<usize>, Refused> {
        let start = record.span.start as usize;
        let line = self.line(start);
        let before = &self.content[line..start];
        let is_dash = before.trim() == "-" && before.ends_with(' ') && !before.contains('\t');
        if is_dash { Ok(line..start) } else { Err(Refused::Form) }
    }

    /// The column of a byte, from zero; what stands before it has to be blanks or a dash.
    pub(super) fn column(&self, byte: usize) -> Result<usize, Refused> {
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
    pub(super) fn line(&self, byte: usize) -> usize {
        self.content[..byte].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Where the line of a byte ends, before its line end.
    pub(super) fn line_end_at(&self, byte: usize) -> usize {
        let rest = &self.content[byte..];
        let line = rest.find('\n').map_or(rest, |at| &rest[..at]);
        byte + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// How long the line end is that begins here; nothing at the end of the text.
    pub(super) fn line_end_of(&self, end: usize) -> usize {
        let rest = &self.content[end..];
        if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
    }

    /// The text with its splices.
    pub(super) fn finish(mut self) -> String {
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

/// A value in brackets or braces.
pub(super) fn in_brackets(value: &NewValue) -> String {
    match value {
        NewValue::Nothing => "~".to_owned(),
        NewValue::Text(text) => scalar::line(text, Place::Brackets),
        NewValue::List(items) => {
            let items: Vec<_> = items.iter().map(|it| scalar::line(it, Place::Brackets)).collect();
            format!("[{}]", items.join(", "))
        }
        NewValue::Group(values) => {
            let entry = |(key, value): &(String, NewValue)| {
                format!("{}: {}", scalar::line(key, Place::Brackets), in_brackets(value))
            };
            format!("{{{}}}", values.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        NewValue::Groups(groups) => {
            let items = groups.iter().map(|it| in_brackets(&NewValue::Group(it.clone())));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
    }
}
