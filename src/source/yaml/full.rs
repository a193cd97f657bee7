//! Reads any YAML to a tree, from the events of `saphyr_parser`.
//!
//! The parser reports events with positions; [`Builder`] puts it together without recursion and
//! keeps the bounds. [`super::marks`] turns the parser's places into ours, and [`super::mistakes`]
//! says what is wrong when the parser gives up.
//!
//! ```text
//! - a: b     SequenceStart  MappingStart  Scalar a  Scalar b  MappingEnd  SequenceEnd
//! ```
//!
//! A scalar in a mapping is a key if none is waiting for its value, else that value. What YAML
//! allows and a record file has no use for is an error with its place, rather than a guess:
//!
//! - a second document, whose records would be dropped in silence;
//! - a key that is a list or mapping, or empty;
//! - an anchor or tag without a value (`title: &通知`), which was meant as text;
//! - a tab that indents, which the parser accepts here and there.
//!
//! Tags (`!!int`) are passed over: the declared type decides. Anchors and aliases are understood,
//! and bounded.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks};

use crate::source::yaml::{
    duplicates,
    marks::MarkCursor,
    mistakes,
    node::{MapEntry, Node, NodeKind},
};
use crate::{
    diagnostic::{Checked, Code, Diagnostic},
    source::{Span, Text},
};

/// How deeply lists and mappings may be nested. Later stages recurse over the tree, so this bounds
/// their stack.
const MAX_DEPTH: usize = 64;

/// How many nodes may be copied, to remember what anchors stand for and to fill in aliases. It
/// stops a "billion laughs", a few lines of aliases of aliases that grow tenfold each.
const MAX_COPIES: usize = 100_000;

/// Reads one document. There is no value if the text is empty.
///
/// Spans count from the start of the file. The first syntax error ends the reading, and is all there
/// is then. Repeated keys do not, so there may be a value and diagnostics.
pub(super) fn read<'a>(text: &'a Text, range: &Range<usize>) -> Result<Checked<Option<Node<'a>>>> {
    let mut builder = Builder::new(text, range);
    builder.read(&text.content[range.clone()])?;
    Ok(Checked { value: builder.root, diagnostics: builder.diagnostics })
}

/// What stops the reading: the one diagnostic to give.
pub(super) type Result<T = ()> = std::result::Result<T, Box<Diagnostic>>;

/// The tree while it grows. Its nodes borrow from the text where they can.
struct Builder<'a> {
    text: &'a Text,
    places: MarkCursor<'a>,
    /// The lists and mappings that are not closed, outermost first.
    open: Vec<OpenNode<'a>>,
    /// The finished tree; nothing until the outermost node is closed.
    root: Option<Node<'a>>,
    /// How many documents have begun.
    documents: usize,
    /// What the anchors stand for, by the parser's numbers.
    anchors: HashMap<usize, Node<'a>>,
    /// The nodes copied so far, against [`MAX_COPIES`].
    copies: usize,
    /// Keys, quoted texts and blocks, in the order of the file: within those of several lines, a
    /// line may start with a tab.
    scalars: Vec<Span>,
    /// What was reported and did not stop the reading.
    diagnostics: Vec<Diagnostic>,
}

/// A list or mapping of which the end has not come.
struct OpenNode<'a> {
    /// The parser's number of its anchor; 0 without one.
    anchor: usize,
    /// Its first byte, behind anchor and tag.
    start: usize,
    /// Whether it stands in brackets.
    brackets: bool,
    inside: Inside<'a>,
}

/// What was read of an open list or mapping so far.
enum Inside<'a> {
    /// The items that are finished.
    List(Vec<Node<'a>>),
    /// The entries that are finished, and the key whose value comes next.
    Map { entries: Vec<MapEntry<'a>>, key: Option<(Cow<'a, str>, Span)> },
}

impl<'a> Builder<'a> {
    /// A builder of the tree of one range of a text: a whole file, or the front matter of one.
    fn new(text: &'a Text, range: &Range<usize>) -> Self {
        Self {
            text,
            places: MarkCursor::new(&text.content, range),
            open: Vec::new(),
            root: None,
            documents: 0,
            anchors: HashMap::new(),
            copies: 0,
            scalars: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads the parser's events to the end or the first mistake. Tabs are looked for last, as only
    /// then it is known which lines are inside scalars.
    fn read(&mut self, source: &'a str) -> Result {
        mistakes::odd_directive(self.text, self.places.range())?;
        for event in Parser::new_from_str(source) {
            match event {
                Ok((event, marks)) => self.event(event, marks)?,
                Err(error) => return Err(self.failure(&error)),
            }
        }
        mistakes::tab_outside(self.text, self.places.range(), &self.scalars)
    }

    /// Explains an error of the parser, which names only where it stopped. Nesting in brackets has
    /// a bound of the parser's own, and gets the message of ours.
    fn failure(&mut self, error: &ScanError) -> Box<Diagnostic> {
        let at = self.places.byte(error.marker());
        if error.info() == "recursion limit exceeded" {
            return self.too_deep(self.places.letter(at));
        }
        mistakes::explain(self.text, self.places.range(), at, error.info())
    }

    /// Takes one event of the parser. `marks` is where it says that the event stands.
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

    /// Allows one document. A second one is an error: its records would be dropped in silence.
    fn start_document(&mut self, marks: Marks) -> Result {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let start = self.places.byte(&marks.start);
        let rest = &self.text.content[start..self.places.range().end];
        let line = rest.lines().next().unwrap_or_default().trim_end();
        let span = Span::new(start, start + line.len());
        let mistake = self.syntax(span, "more than one document");
        Err(Box::new(mistake.help("documents")))
    }

    /// A scalar with its span. It borrows from the text if it stands there as it is, which most do;
    /// only escapes and folded lines are copied.
    fn scalar(
        &mut self,
        value: Cow<'a, str>,
        style: ScalarStyle,
        marks: Marks,
        marked: bool,
    ) -> Result<Node<'a>> {
        let plain = style == ScalarStyle::Plain;
        if plain && value.is_empty() {
            return self.empty(marks, marked);
        }
        let span = self.places.scalar(style, &marks, marked);
        let value = self.places.borrow(span, value);
        if plain && !self.wants_key() {
            return Ok(Node { span, kind: NodeKind::plain(value) });
        }
        self.scalars.push(span);
        Ok(Node { span, kind: NodeKind::Scalar(value) })
    }

    /// The node of a value that is not written. It is an error as a key, or with an anchor or tag
    /// before it.
    fn empty(&mut self, marks: Marks, marked: bool) -> Result<Node<'a>> {
        let start = self.places.byte(&marks.start);
        if marked {
            // What a person means by `title: &通知` is text, and it would be lost without a word.
            let span = Span::new(start, self.places.byte(&marks.end));
            let mistake = self.syntax(span, "an anchor or tag without a value");
            return Err(Box::new(mistake.help("at-sign")));
        }
        if self.wants_key() {
            let span = self.places.letter(start);
            return Err(Box::new(self.syntax(span, "a mapping key is empty")));
        }
        let in_brackets = self.open.iter().any(|it| it.brackets);
        Ok(Node { span: self.places.empty(&marks, in_brackets), kind: NodeKind::Null })
    }

    /// Whether the innermost open node is a mapping that waits for a key.
    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(OpenNode { inside: Inside::Map { key: None, .. }, .. }))
    }

    /// Opens a list or mapping. The depth is limited, as later stages recurse over the tree.
    fn open(&mut self, anchor: usize, tag: bool, marks: Marks, inside: Inside<'a>) -> Result {
        let start = self.places.start(&marks, anchor > 0 || tag);
        let place = self.places.letter(start);
        if self.wants_key() {
            return Err(Box::new(self.syntax(place, "a mapping key is a list or mapping")));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(self.too_deep(place));
        }
        // A list under a key, without indentation, is said to start at its first item.
        let brackets = self.text.content[start..].starts_with(['[', '{'])
            && self.places.byte(&marks.end) > start;
        self.open.push(OpenNode { anchor, start, brackets, inside });
        Ok(())
    }

    /// Closes the innermost node. Outside of brackets its span reaches from its first child to its
    /// last: the parser's own end is on a later line.
    fn close(&mut self, marks: Marks) -> Result {
        let open = self.open.pop().expect("the parser ends only what it started");
        let (inner, kind) = match open.inside {
            Inside::List(items) => {
                let ends = items.first().zip(items.last());
                let span = ends.map(|(first, last)| (first.span.start, last.span.end));
                (span, NodeKind::List(items))
            }
            Inside::Map { entries, .. } => {
                let is_record = self.is_in_list() && !open.brackets;
                let entries =
                    duplicates::drop(self.text, entries, is_record, &mut self.diagnostics);
                let ends = entries.first().zip(entries.last());
                let span = ends.map(|(first, last)| (first.key_span.start, last.value.span.end));
                (span, NodeKind::Map(entries))
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
    ///
    /// A node with an anchor is remembered by a copy. Of a mapping it is the next key or the value
    /// of the key before; of no open node, the root.
    fn finish(&mut self, node: Node<'a>, anchor: usize) -> Result {
        self.places.passed(node.span);
        if anchor > 0 {
            self.charge(size(&node).nodes, node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            // A document of which nothing but its `---` is written is as empty as a file.
            self.root =
                (node.kind != NodeKind::Null || node.span.start < node.span.end).then_some(node);
            return Ok(());
        };
        match (&mut open.inside, node.kind) {
            (Inside::List(items), kind) => items.push(Node { span: node.span, kind }),
            (Inside::Map { entries, key }, kind) => match (key.take(), kind) {
                (Some((key, key_span)), kind) => {
                    let value = Node { span: node.span, kind };
                    entries.push(MapEntry { key, key_span, value });
                }
                (None, NodeKind::Scalar(text)) => *key = Some((text, node.span)),
                (None, _) => {
                    return Err(Box::new(self.syntax(node.span, "a mapping key is not text")));
                }
            },
        }
        Ok(())
    }

    /// Copies the node of an anchor. Anchors are known only once they are finished, so no node can
    /// hold itself.
    ///
    /// Its span is that of the alias, `*name`, since that is what a reader has to correct.
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

    /// Counts copied nodes against the limit, which stops files that grow without bounds by aliases
    /// of aliases.
    fn charge(&mut self, nodes: usize, span: Span) -> Result {
        self.copies += nodes;
        if self.copies <= MAX_COPIES {
            return Ok(());
        }
        let mistake = Diagnostic::error(Code::TooManyAliases, self.text.locate(span));
        Err(Box::new(mistake.arg("limit", MAX_COPIES.to_string()).help("write-out")))
    }

    /// Whether the innermost open node is a list.
    fn is_in_list(&self) -> bool {
        matches!(self.open.last(), Some(OpenNode { inside: Inside::List(_), .. }))
    }

    /// The diagnostic of nesting beyond [`MAX_DEPTH`].
    fn too_deep(&self, span: Span) -> Box<Diagnostic> {
        let mistake = Diagnostic::error(Code::TooDeep, self.text.locate(span));
        Box::new(mistake.arg("limit", MAX_DEPTH.to_string()).help("flatten"))
    }

    /// The diagnostic of a syntax error in this text.
    fn syntax(&self, span: Span, reason: &str) -> Diagnostic {
        mistakes::syntax(self.text, span, reason)
    }
}

/// What a copy of a tree costs.
struct Size {
    /// How many nodes there are. Text that is not borrowed counts as more of them.
    nodes: usize,
    /// How many lists and mappings are inside each other.
    depth: usize,
}

/// The cost of a copy, by a walk over the tree. Its depth is bounded, so it may recurse.
fn size(node: &Node<'_>) -> Size {
    let text = |written: &Cow<'_, str>| match written {
        Cow::Borrowed(_) => 0,
        Cow::Owned(text) => text.len() / 64,
    };
    let add = |whole: Size, part: Size| Size {
        nodes: whole.nodes + part.nodes,
        depth: whole.depth.max(part.depth + 1),
    };
    let whole = Size { nodes: 1, depth: 1 };
    match &node.kind {
        NodeKind::Null => Size { nodes: 1, depth: 0 },
        NodeKind::Scalar(it) => Size { nodes: 1 + text(it), depth: 0 },
        NodeKind::List(items) => items.iter().map(size).fold(whole, add),
        NodeKind::Map(entries) => {
            let keys = entries.iter().map(|entry| text(&entry.key)).sum::<usize>();
            let whole = Size { nodes: whole.nodes + keys, ..whole };
            entries.iter().map(|entry| size(&entry.value)).fold(whole, add)
        }
    }
}
