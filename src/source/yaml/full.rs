//! Reads any YAML to a tree, from the events of `saphyr_parser`.
//!
//! The parser tells what stands where; [`Builder`] puts it together without recursion and keeps
//! the bounds. [`super::marks`] turns the parser's places into ours, and [`super::mistakes`] says
//! what is wrong when the parser gives up.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map},
    ops::Range,
};

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::{
    marks::Places,
    mistakes,
    node::{Entry, Kind, Node},
};
use crate::{
    diagnostic::{Checked, Code, Diagnostic},
    source::{Span, Text},
};

/// How deeply lists and mappings may be nested.
const MAX_DEPTH: usize = 64;

/// How many nodes may be copied, to remember what anchors stand for and to fill in aliases.
const MAX_COPIES: usize = 100_000;

/// Reads one document. There is no value if the text is empty or is not YAML.
pub(super) fn read<'a>(text: &'a Text, range: &Range<usize>) -> Checked<Option<Node<'a>>> {
    let mut builder = Builder::new(text, range);
    let value = match builder.read(&text.content[range.clone()]) {
        Ok(()) => builder.root,
        Err(mistake) => {
            builder.diagnostics.push(*mistake);
            None
        }
    };
    Checked { value, diagnostics: builder.diagnostics }
}

/// What stops the reading.
type Result<T = ()> = std::result::Result<T, Box<Diagnostic>>;

/// The tree while it grows.
struct Builder<'a> {
    text: &'a Text,
    places: Places<'a>,
    /// The lists and mappings that are not closed, outermost first.
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    documents: usize,
    /// What the anchors stand for, by the parser's numbers.
    anchors: HashMap<usize, Node<'a>>,
    copies: usize,
    /// Scalars, in which a line may start as it likes.
    scalars: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
}

/// A list or mapping of which the end has not come.
struct Open<'a> {
    anchor: usize,
    start: usize,
    /// Whether it stands in brackets.
    brackets: bool,
    inside: Inside<'a>,
}

enum Inside<'a> {
    List(Vec<Node<'a>>),
    Map { entries: Vec<Entry<'a>>, key: Option<(Cow<'a, str>, Span)> },
}

impl<'a> Builder<'a> {
    fn new(text: &'a Text, range: &Range<usize>) -> Self {
        Self {
            text,
            places: Places::new(&text.content, range),
            open: Vec::new(),
            root: None,
            documents: 0,
            anchors: HashMap::new(),
            copies: 0,
            scalars: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn read(&mut self, source: &'a str) -> Result {
        for event in Parser::new_from_str(source) {
            match event {
                Ok((event, marks)) => self.event(event, marks)?,
                Err(error) => {
                    let at = self.places.byte(error.marker());
                    return Err(mistakes::explain(
                        self.text,
                        self.places.range(),
                        at,
                        error.info(),
                    ));
                }
            }
        }
        mistakes::tab_outside(self.text, self.places.range(), &self.scalars)
    }

    fn event(&mut self, event: Event<'a>, marks: Marks) -> Result {
        match event {
            Event::DocumentStart(_) => self.start_document(marks),
            Event::Scalar(value, style, anchor, tag) => {
                let marked = anchor > 0 || tag.is_some();
                let node = self.scalar(value, style, marks, marked)?;
                self.finish(node, anchor)
            }
            Event::Alias(anchor) => self.alias(anchor, marks),
            Event::SequenceStart(anchor, tag) => {
                self.open(anchor, tag.is_some(), marks, Inside::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let inside = Inside::Map { entries: Vec::new(), key: None };
                self.open(anchor, tag.is_some(), marks, inside)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(marks),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn start_document(&mut self, marks: Marks) -> Result {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let start = self.places.byte(&marks.start);
        let mistake = self.syntax(Span::new(start, start + 3), "more than one document");
        Err(Box::new(mistake.help("documents")))
    }

    fn scalar(
        &mut self,
        value: Cow<'a, str>,
        style: ScalarStyle,
        marks: Marks,
        marked: bool,
    ) -> Result<Node<'a>> {
        let span = self.places.scalar(style, &value, &marks, marked);
        let plain = style == ScalarStyle::Plain;
        if plain && value.is_empty() && marked {
            // What a person means by `title: &通知` is text, and it would be lost without a word.
            let mistake = self.syntax(span, "an anchor or tag without a value");
            return Err(Box::new(mistake.help("at-sign")));
        }
        if self.wants_key() {
            if plain && value.is_empty() {
                return Err(Box::new(self.syntax(span, "a mapping key is empty")));
            }
        } else if plain {
            let kind = Kind::plain(self.places.borrow(span, value));
            return Ok(Node { span, kind });
        }
        self.scalars.push(span);
        Ok(Node { span, kind: Kind::Scalar(self.places.borrow(span, value)) })
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { inside: Inside::Map { key: None, .. }, .. }))
    }

    fn open(&mut self, anchor: usize, tag: bool, marks: Marks, inside: Inside<'a>) -> Result {
        let start = self.places.start(&marks, anchor > 0 || tag);
        let place = Span::new(start, start + 1);
        if self.wants_key() {
            return Err(Box::new(self.syntax(place, "a mapping key is a list or mapping")));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(self.too_deep(place));
        }
        let brackets = self.text.content[start..].starts_with(['[', '{']);
        self.open.push(Open { anchor, start, brackets, inside });
        Ok(())
    }

    fn close(&mut self, marks: Marks) -> Result {
        let open = self.open.pop().expect("the parser ends only what it started");
        let (inner, kind) = match open.inside {
            Inside::List(items) => {
                let ends = items.first().zip(items.last());
                let span = ends.map(|(first, last)| (first.span.start, last.span.end));
                (span, Kind::List(items))
            }
            Inside::Map { entries, .. } => {
                let entries = self.without_duplicates(entries);
                let ends = entries.first().zip(entries.last());
                let span = ends.map(|(first, last)| (first.key_span.start, last.value.span.end));
                (span, Kind::Map(entries))
            }
        };
        let span = match inner {
            Some((start, end)) if !open.brackets => Span { start, end },
            _ if open.brackets => Span::new(open.start, self.places.byte(&marks.start) + 1),
            _ => Span::new(open.start, open.start),
        };
        self.finish(Node { span, kind }, open.anchor)
    }

    /// Puts a finished node where it belongs.
    fn finish(&mut self, node: Node<'a>, anchor: usize) -> Result {
        self.places.passed(node.span);
        if anchor > 0 {
            self.charge(size(&node).nodes, node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            // A document of which nothing but its `---` is written is as empty as a file.
            self.root =
                (node.kind != Kind::Null || node.span.start < node.span.end).then_some(node);
            return Ok(());
        };
        match (&mut open.inside, node.kind) {
            (Inside::List(items), kind) => items.push(Node { span: node.span, kind }),
            (Inside::Map { entries, key }, kind) => match (key.take(), kind) {
                (Some((key, key_span)), kind) => {
                    let value = Node { span: node.span, kind };
                    entries.push(Entry { key, key_span, value });
                }
                (None, Kind::Scalar(text)) => *key = Some((text, node.span)),
                (None, _) => {
                    return Err(Box::new(self.syntax(node.span, "a mapping key is not text")));
                }
            },
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, marks: Marks) -> Result {
        let (start, end) = (self.places.byte(&marks.start), self.places.byte(&marks.end));
        let span = Span::new(start, end);
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Box::new(self.syntax(span, "an alias stands inside what it stands for")));
        };
        let size = size(node);
        if self.open.len() + size.depth > MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        let node = Node { span, kind: node.kind.clone() };
        self.charge(size.nodes, span)?;
        self.finish(node, 0)
    }

    fn charge(&mut self, nodes: usize, span: Span) -> Result {
        self.copies += nodes;
        if self.copies <= MAX_COPIES {
            return Ok(());
        }
        let mistake = Diagnostic::error(Code::TooManyAliases, self.text.locate(span));
        Err(Box::new(mistake.arg("limit", MAX_COPIES.to_string())))
    }

    /// Tells of every key that came before, and keeps the first of them.
    fn without_duplicates(&mut self, mut entries: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
        let mut first: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
        let mut again = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            match first.entry(&entry.key) {
                hash_map::Entry::Vacant(it) => {
                    it.insert(entry.key_span);
                }
                hash_map::Entry::Occupied(it) => {
                    let place = self.text.locate(entry.key_span);
                    let mistake = Diagnostic::error(Code::DuplicateKey, place)
                        .arg("key", &*entry.key)
                        .related(self.text.locate(*it.get()), "first");
                    self.diagnostics.push(mistake);
                    again.push(index);
                }
            }
        }
        let mut index = 0..;
        let mut again = again.into_iter().peekable();
        entries.retain(|_| again.next_if_eq(&index.next().expect("endless")).is_none());
        entries
    }

    fn too_deep(&self, span: Span) -> Box<Diagnostic> {
        mistakes::too_deep(self.text, span, MAX_DEPTH)
    }

    fn syntax(&self, span: Span, reason: &str) -> Diagnostic {
        mistakes::syntax(self.text, span, reason)
    }
}

struct Size {
    nodes: usize,
    depth: usize,
}

/// How many nodes there are in a tree, and how many lists and mappings inside each other.
fn size(node: &Node<'_>) -> Size {
    let whole = Size { nodes: 1, depth: 1 };
    let add = |whole: Size, part: Size| Size {
        nodes: whole.nodes + part.nodes,
        depth: whole.depth.max(part.depth + 1),
    };
    match &node.kind {
        Kind::Scalar(_) | Kind::Null => Size { nodes: 1, depth: 0 },
        Kind::List(items) => items.iter().map(size).fold(whole, add),
        Kind::Map(entries) => entries.iter().map(|it| size(&it.value)).fold(whole, add),
    }
}
