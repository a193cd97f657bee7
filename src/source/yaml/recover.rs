//! Finds all syntax mistakes of a file, not only the first.
//!
//! The parser stops where it no longer understands. [`all`] cuts the file into [`Piece`]s, one for
//! each record, and reads each by itself; in a piece that cannot be read it mends the lines of the
//! mistake and reads the piece again, until nothing is wrong any more:
//!
//! ```text
//! written            mended
//! name：张三         name: 三            the colon, and a space for the character behind it
//! title: 通知: 停水  title:              the value is taken out
//! －name: 张三       -                   the dash, without what follows it
//! \tname: 张三         name: 张三         a space for the tab
//! ```
//!
//! Lines that stand in the wrong column are taken out together and read as a piece of their own, so
//! that one slip is told once, and other slips in those lines are still found. A mended line keeps
//! its characters in their columns: places in a piece are places of the file.
//!
//! Nothing is published from what is mended. Each line is told of once, and a line that was mended
//! twice is taken out. What all this may read is bounded by the size of the file.

use std::{
    collections::BTreeSet,
    ops::{ControlFlow, Range},
};

use crate::source::yaml::{
    full,
    line::{self, YamlLine, lines},
    mistakes::syntax,
    node::{Node, RECORDS},
};
use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location, Position, enough},
    source::{Span, Text},
};

/// How many times the size of the file is read, beside [`LEAST_READ`].
const MOST_READ: usize = 4;

/// How many bytes may be read of a file of any size.
const LEAST_READ: usize = 1 << 20;

/// The diagnostics of a text that is not YAML, in the order of its lines. `first` is what the
/// parser stumbled over; it is the only one if the mistake is not one of syntax, or if nothing is
/// wrong with the pieces.
pub(super) fn all(text: &Text, range: &Range<usize>, first: Diagnostic) -> Vec<Diagnostic> {
    if !matches!(first.code, Code::YamlSyntax | Code::Tab) {
        return vec![first];
    }
    let mut recovery = Recovery {
        text,
        lines: lines(&text.content, range).collect(),
        told: BTreeSet::new(),
        found: Vec::new(),
        left: MOST_READ * range.len() + LEAST_READ,
    };
    recovery.run();
    match recovery.found {
        found if found.is_empty() => vec![first],
        mut found => {
            found.sort_by(|a, b| a.location.cmp(&b.location));
            found
        }
    }
}

/// The keys of a mapping that begin with a dash, where a list was meant: `-name: 张三`, `－name: 张三`.
/// To YAML such a key is like any other.
pub(super) fn dashed_keys(text: &Text, root: &Node<'_>) -> Vec<Diagnostic> {
    let keys = root.as_map().unwrap_or_default().iter();
    let dashed = keys.filter_map(|entry| {
        let start = entry.key_span.start as usize;
        let line = text.content[start..].lines().next().unwrap_or_default();
        YamlLine { start, text: line }.broken_item()
    });
    dashed.map(|(span, help)| syntax(text, span, "a dash in a key").help(help)).collect()
}

/// What is known of a file that is not YAML.
struct Recovery<'a> {
    text: &'a Text,
    /// The lines of the part that is read.
    lines: Vec<YamlLine<'a>>,
    /// The lines that have a diagnostic, counted from 0.
    told: BTreeSet<usize>,
    found: Vec<Diagnostic>,
    /// How many bytes may still be read.
    left: usize,
}

impl Recovery<'_> {
    /// Reads one piece after the other. Lines in a wrong column are a further piece.
    fn run(&mut self) {
        let mut pieces = pieces(self.text, &self.lines);
        pieces.reverse();
        while let Some(mut piece) = pieces.pop() {
            self.broken_item(&mut piece);
            let mut apart = Vec::new();
            while self.step(&mut piece, &mut apart).is_continue() {}
            pieces.append(&mut apart);
            if self.left == 0 || enough(&self.text.path, &mut self.found) {
                return;
            }
        }
    }

    /// Tells of the wrong dash before a piece, and takes out what stands behind it: where the keys
    /// below it have to be is then said by those keys.
    fn broken_item(&mut self, piece: &mut Piece) {
        let Some(at) = piece.first_line() else { return };
        let line = &self.lines[piece.start + at];
        if let Some((span, help)) = line.broken_item() {
            piece.lines[at] = dash_alone(line);
            let mistake = syntax(self.text, span, "not a dash and a space").help(help);
            self.tell(piece.start + at, mistake);
        }
    }

    /// Reads a piece and mends what is wrong with it: the first mistake. It breaks off if the piece is
    /// done with. What was taken out of it, to be read by itself, is added to `apart`.
    fn step(&mut self, piece: &mut Piece, apart: &mut Vec<Piece>) -> ControlFlow<()> {
        let text = Text { path: self.text.path.clone(), content: piece.lines.join("\n") };
        self.left = self.left.saturating_sub(text.content.len() + 1);
        if self.left == 0 {
            return ControlFlow::Break(());
        }
        let mistake = match full::read(&text, &(0..text.content.len())) {
            Ok(Checked { value, mut diagnostics }) => {
                diagnostics.extend(value.iter().flat_map(|root| broken_keys(&text, root)));
                self.tell_others(piece, diagnostics);
                return ControlFlow::Break(());
            }
            Err(mistake) => *mistake,
        };
        let line = line_of(&mistake).min(piece.lines.len() - 1);
        if !self.told.contains(&(piece.start + line)) {
            let place = self.place(piece, &mistake.location);
            self.tell(piece.start + line, Diagnostic { location: place, ..mistake.clone() });
        }
        if enough(&self.text.path, &mut self.found) {
            return ControlFlow::Break(());
        }
        piece.mend(line, &mistake, apart)
    }

    /// Tells of what is wrong with a piece that can be read, but for lines that were mended.
    fn tell_others(&mut self, piece: &Piece, others: Vec<Diagnostic>) {
        for other in others {
            let line = line_of(&other);
            if piece.mended[line] || enough(&self.text.path, &mut self.found) {
                continue;
            }
            let location = self.place(piece, &other.location);
            let places = other.related.iter();
            let related =
                places.map(|(at, label)| (self.place(piece, at), label.clone())).collect();
            self.tell(piece.start + line, Diagnostic { location, related, ..other });
        }
    }

    /// Adds the diagnostic of a line.
    fn tell(&mut self, line: usize, mistake: Diagnostic) {
        self.told.insert(line);
        self.found.push(mistake);
    }

    /// A place in a piece as one of the file.
    fn place(&self, piece: &Piece, location: &Location) -> Location {
        let Some(range) = location.range else { return location.clone() };
        let (start, end) = (self.byte(piece, range.start), self.byte(piece, range.end));
        self.text.locate(Span::new(start, end))
    }

    /// The byte of the file at a line and column of a piece.
    fn byte(&self, piece: &Piece, at: Position) -> usize {
        let line = self.lines[(piece.start + at.line as usize - 1).min(self.lines.len() - 1)];
        let mut characters = line.text.char_indices();
        let column = characters.nth(at.column as usize - 1);
        line.start + column.map_or(line.text.len(), |(byte, _)| byte)
    }
}

/// Lines of a file that are read by themselves.
struct Piece {
    /// The line of the file with which it begins, counted from 0.
    start: usize,
    /// Its lines, as they are mended so far.
    lines: Vec<String>,
    /// Which of them were mended.
    mended: Vec<bool>,
}

impl Piece {
    /// A piece with some lines of the file as they are.
    fn new(lines: &[YamlLine<'_>], range: Range<usize>) -> Self {
        let mended = vec![false; range.len()];
        let start = range.start;
        Self { start, lines: lines[range].iter().map(|it| it.text.to_owned()).collect(), mended }
    }

    /// One of its lines.
    fn line(&self, at: usize) -> YamlLine<'_> {
        YamlLine { start: 0, text: &self.lines[at] }
    }

    /// The first line with something in it.
    fn first_line(&self) -> Option<usize> {
        (0..self.lines.len()).find(|it| !self.line(*it).is_empty())
    }

    /// Mends a line, or takes it out with those that belong to it; what has to be read by itself is
    /// added to `apart`. It breaks off if the line was taken out before, or if the mistake is of no
    /// known kind: then there is no more to do.
    fn mend(&mut self, at: usize, mistake: &Diagnostic, apart: &mut Vec<Self>) -> ControlFlow<()> {
        let help = mistake.help.as_deref().unwrap_or_default();
        let is_out = self.line(at).is_empty() || self.lines[at].trim() == "-";
        if is_out || help.is_empty() {
            return ControlFlow::Break(());
        }
        let again = std::mem::replace(&mut self.mended[at], true);
        let is_first = self.first_line() == Some(at);
        match help {
            _ if again => self.take_out(at),
            "indent" | "record" | "align" if !is_first => {
                let end = self.run(at, help == "record");
                apart.push(self.split(at..end, help == "record"));
            }
            "first" => {
                let items = at + 1..self.lines.len();
                let end = items.into_iter().find(|it| self.line(*it).begins_item());
                apart.push(self.split(at..end.unwrap_or(at + 1), false));
            }
            "paragraph" | "block" if !is_first => self.take_text(at),
            "spaces" => self.lines[at] = self.lines[at].replace('\t', " "),
            "fullwidth-colon" | "space" => self.mend_colon(at, mistake),
            "colon" | "quote" | "at-sign" | "bracket" => self.take_value(at),
            _ => self.take_out(at),
        }
        ControlFlow::Continue(())
    }

    /// The end of the lines that stand in a wrong column with the line `at`: those that are not
    /// further to the left, up to one in the column of the record, or to the next dash. If they are a
    /// record without its dash, it goes to the end of the piece.
    fn run(&self, at: usize, is_record: bool) -> usize {
        let indent = self.line(at).indent();
        let column = self.first_line().map_or(0, |first| self.line(first).column().max(1));
        let belongs = |line: YamlLine<'_>| {
            let is_next = line.begins_item() && (line.indent() <= indent || line.indent() < column);
            let is_apart = line.indent() >= indent && line.indent() != column;
            line.is_empty() || (is_record || is_apart) && !is_next
        };
        let rest = (at + 1..self.lines.len()).find(|it| !belongs(self.line(*it)));
        rest.unwrap_or(self.lines.len())
    }

    /// Takes lines out as a piece of their own. If they are a record whose further lines are
    /// indented, its first line becomes a dash.
    fn split(&mut self, range: Range<usize>, is_record: bool) -> Self {
        let mended = vec![false; range.len()];
        let lines: Vec<String> = self.lines[range.clone()].iter_mut().map(std::mem::take).collect();
        let mut piece = Self { start: self.start + range.start, lines, mended };
        let below = (1..piece.lines.len()).find(|it| !piece.line(*it).is_empty());
        let is_deeper = |it: usize| piece.line(it).indent() > piece.line(0).indent();
        if is_record && below.is_some_and(is_deeper) {
            piece.lines[0] = dash_alone(&piece.line(0));
        }
        piece
    }

    /// Takes out a paragraph: the line and all below it that have neither key nor dash.
    fn take_text(&mut self, at: usize) {
        let is_text = |line: YamlLine<'_>| line.broken_item().is_none() && line.key().is_none();
        let end = (at + 1..self.lines.len()).find(|it| {
            let line = self.line(*it);
            !line.is_empty() && (line.is_item() || line.broken_key().is_some() || !is_text(line))
        });
        self.lines[at..end.unwrap_or(self.mended.len())].iter_mut().for_each(String::clear);
    }

    /// Writes a colon and a space for what was meant to be them.
    fn mend_colon(&mut self, at: usize, mistake: &Diagnostic) {
        let column = mistake.location.range.map_or(0, |it| it.start.column as usize - 1);
        let mut characters: Vec<char> = self.lines[at].chars().collect();
        match characters.get_mut(column) {
            Some(colon @ (':' | '：')) => *colon = ':',
            _ => return self.take_out(at),
        }
        if let Some(next) = characters.get_mut(column + 1) {
            *next = ' ';
        }
        self.lines[at] = characters.into_iter().collect();
    }

    /// Takes the value out of a line, or all of it if it has no key. Lines further to the right are
    /// part of a value that stands in brackets.
    fn take_value(&mut self, at: usize) {
        let line = self.line(at);
        let Some(key) = line.key() else { return self.take_out(at) };
        let (indent, brackets) = (line.column(), line.rest(key.value).starts_with(['[', '{']));
        self.lines[at].truncate(key.colon + 1);
        let below = at + 1..self.lines.len();
        let inside = |it: &usize| self.line(*it).indent() > indent || self.line(*it).is_empty();
        for line in below.take_while(inside).take_while(|_| brackets).collect::<Vec<_>>() {
            self.lines[line].clear();
        }
    }

    /// Takes out a line but for the dash of a list item.
    fn take_out(&mut self, at: usize) {
        let line = self.line(at);
        self.lines[at] = if line.is_item() { dash_alone(&line) } else { String::new() };
    }
}

/// The broken colons of a record that is text because of them.
fn broken_keys(text: &Text, root: &Node<'_>) -> Vec<Diagnostic> {
    let records = root.as_list().unwrap_or(std::slice::from_ref(root)).iter();
    let colons = records
        .filter(|record| record.as_str().is_some())
        .flat_map(|record| line::broken_keys(text, record.span));
    colons.map(|(span, help)| syntax(text, span, "text for a mapping").help(help)).collect()
}

/// The line of a diagnostic, counted from 0.
fn line_of(mistake: &Diagnostic) -> usize {
    mistake.location.range.map_or(0, |it| it.start.line as usize - 1)
}

/// A dash where the line begins.
fn dash_alone(line: &YamlLine<'_>) -> String {
    " ".repeat(line.indent()) + "-"
}

/// Cuts a file into its records, and what is around them. A file that is no list of records is one
/// piece, and so is one with anchors: another record may refer to them.
fn pieces(text: &Text, lines: &[YamlLine<'_>]) -> Vec<Piece> {
    let starts = if text.content.contains('&') { Vec::new() } else { starts(lines) };
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let head = 0..starts.first().copied().unwrap_or(lines.len());
    let records = starts.iter().zip(ends).map(|(start, end)| *start..end);
    let pieces = std::iter::once(head).chain(records).filter(|it| !it.is_empty());
    pieces.map(|range| Piece::new(lines, range)).collect()
}

/// The lines with which records begin, and the one behind the last record if the records stand
/// under a key.
fn starts(lines: &[YamlLine<'_>]) -> Vec<usize> {
    let begins = |line: &YamlLine<'_>| line.begins_item() || line.broken_item().is_some();
    let Some(first) = lines.iter().position(begins) else { return Vec::new() };
    let column = lines[first].indent();
    let is_key = |line: &YamlLine<'_>| !line.is_empty() && line.text != "---";
    let under = lines[..first].iter().rfind(|it| is_key(it));
    if under.is_some_and(|it| it.indent() > 0 || it.key_name() != Some(RECORDS)) {
        return Vec::new();
    }
    let starts = first..lines.len();
    let mut starts: Vec<usize> =
        starts.filter(|it| begins(&lines[*it]) && lines[*it].indent() <= column).collect();
    let last = starts.last().copied().unwrap_or(first);
    let is_behind =
        |line: &YamlLine<'_>| line.key().is_some() && line.indent() == 0 && under.is_some();
    starts.extend(lines[last..].iter().position(is_behind).map(|it| last + it));
    starts
}
