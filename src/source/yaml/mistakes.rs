//! Says what is wrong with text that is not YAML, for people who do not know YAML.
//!
//! The parser reports where it stopped, which is often a line too late. [`explain`] looks at the
//! lines around that place for the mistakes that people make, in the order of how sure one can be:
//!
//! | written | help | underlined |
//! | --- | --- | --- |
//! | a tab that indents a line | `spaces` | the tab |
//! | `title: 通知: 停水` | `colon` | the value |
//! | `name：张三` | `fullwidth-colon` | the colon |
//! | `name:张三`, `-张三` | `space` | the colon, the dash |
//! | `－ name: 张三` | `dash` | the sign that is no dash |
//! | `name: "张三` | `quote` | from the quotation mark |
//! | `name: @张三` | `at-sign` | the value |
//! | a line one column too far to the right | `indent` | the line |
//! | such a line, with a key that the record has already | `record` | the line |
//! | a list item that is not below the others | `align` | the line |
//! | a list item where keys are | `under` | the line |
//! | such an item, with a key that stands above it | `first` | the line that begins the record above |
//! | text that is not indented | `paragraph`; below a `\|` `block` | the line |
//! | a line that begins with a full-width space | `wide-space` | the space |
//! | a line that begins with another sign that looks blank | `control` | the sign |
//! | `rooms: [3号楼, 4号楼` | `bracket` | from the bracket |
//!
//! [`super::recover`] asks again for each piece of the file. The help is an attribute of the message `yaml-syntax`, or of `tab`. Without a clue the parser's
//! place is underlined, and its words are the only hint. The lists below hold those words: with
//! another version of the parser they may have to change, which the tests of this folder show.
//!
//! Some text that the parser accepts is refused here as well, since it cannot be what was meant:
//! control characters, tabs that indent, and odd directives.

use std::ops::Range;

use crate::source::yaml::{
    line::{YamlLine, lines},
    marks::closing_quote,
    node::RECORDS,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::{Span, Text},
};

/// Characters with a meaning of their own at the start of a value. Brackets that open are not here:
/// a value may start with them.
const SIGNS: [char; 11] = ['@', '`', '%', '*', '&', '!', '|', '>', ',', ']', '}'];

/// What the parser says when a line starts in the wrong column.
const INDENTATION: [&str; 6] = [
    "while parsing a block mapping, did not find expected key",
    "while parsing a block collection, did not find expected '-' indicator",
    "did not find expected <document start>",
    "block sequence entries are not allowed in this context",
    "wrongly indented line in block scalar",
    "invalid indentation",
];

/// What the parser says when a quotation mark is missing.
const QUOTES: [&str; 4] = [
    "while scanning a quoted scalar, found unexpected end of stream",
    "while scanning a quoted scalar, found unexpected document indicator",
    "invalid indentation in quoted scalar",
    "invalid trailing content after double-quoted scalar",
];

/// Where to look, and the help to give. Without a help the message has the parser's reason alone.
type Clue = (Span, Option<&'static str>);

/// The diagnostic of text that is not YAML. `reason` is for people who know YAML.
pub(super) fn syntax(text: &Text, span: Span, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, text.locate(span)).arg("reason", reason)
}

/// Finds a character that does not show and has no business in a text file.
///
/// Tabs and line ends are allowed; the other controls (U+0000 to U+001F, U+007F to U+009F) and a
/// byte order mark inside the file are not. They come with text that is copied from elsewhere; the
/// diagnostic has the character's number, as it does not show.
pub(super) fn control_character(text: &Text, range: &Range<usize>) -> Option<Diagnostic> {
    let part = &text.content[range.clone()];
    if !looks_controlled(part.as_bytes()) {
        return None;
    }
    let (at, control) = part.char_indices().find(|(_, it)| is_control(*it))?;
    let span = Span::new(range.start + at, range.start + at + control.len_utf8());
    let reason = format!("control character U+{:04X}", u32::from(control));
    Some(syntax(text, span, &reason).help("control"))
}

/// Finds a tab that indents a line outside the given scalars.
///
/// `scalars` have to be in the order of the file; within them a line may start as it likes. Blank
/// lines and comments may have tabs, too. YAML forbids tabs in indentation (1.2, §6.1), but parsers
/// differ in what they let pass.
pub(super) fn tab_outside(
    text: &Text,
    range: &Range<usize>,
    scalars: &[Span],
) -> Result<(), Box<Diagnostic>> {
    if !text.content[range.clone()].contains('\t') {
        return Ok(());
    }
    let mut scalars = scalars.iter().peekable();
    for line in lines(&text.content, range) {
        while scalars.next_if(|scalar| (scalar.end as usize) < line.start).is_some() {}
        let inside = scalars.peek().is_some_and(|scalar| (scalar.start as usize) < line.start);
        if let Some(tab) = line.tab().filter(|_| !inside && !line.is_empty()) {
            return Err(Box::new(tab_at(text, tab)));
        }
    }
    Ok(())
}

/// Finds a directive (`%YAML`) with letters that the parser miscounts. Nobody writes one. So a line
/// like `%甲` at the top was meant as text.
pub(super) fn odd_directive(text: &Text, range: &Range<usize>) -> Result<(), Box<Diagnostic>> {
    let mut head = lines(&text.content, range)
        .take_while(|line| line.is_empty() || line.text.starts_with('%'))
        .filter(|it| it.text.starts_with('%'));
    match head.find(|it| !it.text.is_ascii()) {
        Some(line) => {
            let mistake = syntax(text, line.content(), "a directive is not ASCII");
            Err(Box::new(mistake.help("at-sign")))
        }
        None => Ok(()),
    }
}

/// Says why the parser stopped `at` a byte of the file, giving its `reason`.
///
/// There is always an answer. It looks at all lines of the range, which is done once for a file.
pub(super) fn explain(
    text: &Text,
    range: &Range<usize>,
    at: usize,
    reason: &str,
) -> Box<Diagnostic> {
    if let Some(tab) = tab(text, range, at, reason) {
        return Box::new(tab_at(text, tab));
    }
    let scene = Scene::new(text, range, at);
    let (span, help) = scene.clue(reason).unwrap_or_else(|| (scene.default_span(), None));
    let mistake = syntax(text, span, reason);
    Box::new(Diagnostic { help: help.map(Into::into), ..mistake })
}

/// The diagnostic of a tab.
fn tab_at(text: &Text, tab: usize) -> Diagnostic {
    Diagnostic::error(Code::Tab, text.locate(Span::new(tab, tab + 1))).help("spaces")
}

/// The tab that is to blame: one that indents a line, or the one that the parser speaks of.
///
/// Tabs inside a block (`|`) are text: its lines are further to the right than the key that opens
/// it. A tab elsewhere is to blame only if the parser's reason speaks of it.
fn tab(text: &Text, range: &Range<usize>, at: usize, reason: &str) -> Option<usize> {
    let mut block = None;
    for line in lines(&text.content, range).filter(|it| !it.is_empty()) {
        let spaces = line.text.len() - line.text.trim_start_matches(' ').len();
        if block.is_some_and(|it| spaces > it) {
            continue;
        }
        if let Some(tab) = line.tab() {
            return Some(tab);
        }
        block = line.opens_block().then(|| line.column());
    }
    let speaks = reason.contains("tab") || reason.ends_with("valid YAML whitespace");
    let before = text.content[range.start..at].rfind('\t').map(|it| range.start + it);
    before.filter(|_| speaks)
}

/// Whether some bytes may hold a control character. Sometimes wrongly true, but quick: every byte
/// of every file passes here, and the compiler makes vector instructions of these loops. Of a
/// character of several bytes it looks at the first two only.
fn looks_controlled(bytes: &[u8]) -> bool {
    let single =
        |byte: u8| byte == 0x7F || byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r';
    let pair = |a: u8, b: u8| a == 0xC2 && b < 0xA0 || a == 0xEF && b == 0xBB;
    let next = &bytes[bytes.len().min(1)..];
    let mut singles = bytes.chunks(4096);
    let mut pairs = singles.clone().zip(next.chunks(4096));
    singles.any(|block| block.iter().fold(false, |found, it| found | single(*it)))
        || pairs.any(|(a, b)| a.iter().zip(b).fold(false, |found, (a, b)| found | pair(*a, *b)))
}

/// Returns whether a character does not show and has no business in a text file.
fn is_control(it: char) -> bool {
    matches!(it, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FEFF}')
}

/// The lines around the place where the parser stopped.
struct Scene<'a> {
    /// All lines of the range.
    lines: Vec<YamlLine<'a>>,
    /// The line of the place, or the last one with content before it.
    here: usize,
    /// Where the parser stopped, in bytes of the file.
    at: usize,
}

impl<'a> Scene<'a> {
    /// The scene of a byte at which the parser stopped. If it stopped in or before an empty line,
    /// `here` is the last line with content above.
    fn new(text: &'a Text, range: &Range<usize>, at: usize) -> Self {
        let lines: Vec<_> = lines(&text.content, range).collect();
        let after = lines.partition_point(|line| line.start <= at);
        let content = lines[..after].iter().rposition(|it| !it.is_empty());
        Self { here: content.unwrap_or(0), lines, at }
    }

    /// The clue that fits the parser's reason; nothing if no mistake is recognised.
    ///
    /// Some reasons name one mistake. The others are said of many, so the lines are looked through
    /// for a sign, a wrong column, and a bracket that stays open, in this order.
    fn clue(&self, reason: &str) -> Option<Clue> {
        let line = self.lines.get(self.here)?;
        match reason {
            "mapping values are not allowed in this context" => self.extra_colon(line),
            "simple key expect ':'" | "simple key expected" => self.no_colon(),
            "comment intercepting the multiline text" => {
                let below = self.here + 1..self.lines.len();
                let next = below.into_iter().find(|it| !self.lines[*it].is_empty())?;
                Some(self.misplaced(next))
            }
            _ if QUOTES.contains(&reason) => self.quote(line),
            _ if reason.starts_with("unexpected character") => {
                Some((line.since(self.at), Some("at-sign")))
            }
            _ => self
                .sign(line)
                .or_else(|| self.indentation().filter(|_| INDENTATION.contains(&reason)))
                .or_else(|| self.open_bracket()),
        }
    }

    /// From the place to the end of the line; the whole line if there is nothing.
    fn default_span(&self) -> Span {
        let Some(line) = self.lines.get(self.here) else {
            return Span::new(self.at, self.at);
        };
        let content = line.content();
        if (content.start..content.end).contains(&Span::new(self.at, self.at).start) {
            line.since(self.at)
        } else {
            content
        }
    }

    /// A second colon in the line, or a first one where no key can be.
    ///
    /// `title: 通知: 停水` has two. With one colon only, the mistake is above: a key without its
    /// colon, a dash without its space, or a text that the keys follow. Else the line stands in the
    /// wrong column.
    fn extra_colon(&self, line: &YamlLine<'a>) -> Option<Clue> {
        let key = line.key()?;
        if key.colon < self.at {
            return Some((line.since(key.value), Some("colon")));
        }
        if let Some(broken) = self.broken_key(self.here, line.indent()) {
            return Some(broken);
        }
        Some(self.blamed(self.here))
    }

    /// The clue of a line that is not where the parser expects it. If a broken dash or text is above
    /// it, that is to blame.
    fn blamed(&self, at: usize) -> Clue {
        let above = self.lines[..at].iter().rposition(|it| !it.is_empty());
        match above.and_then(|above| self.lines[above].broken_item()) {
            Some((dash, help)) => (dash, Some(help)),
            None => self.misplaced(above.filter(|above| self.is_stray_text(*above)).unwrap_or(at)),
        }
    }

    /// Whether a line is text that belongs to no key: it is no further to the right than the key
    /// above, or at the top and not less indented than the key below.
    fn is_stray_text(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let keyed = self.lines[..at].iter().rfind(|it| it.key().is_some());
        let is_out = match keyed {
            Some(keyed) => line.indent() <= keyed.column(),
            None => line.indent() >= self.lines[self.here].indent(),
        };
        line.key().is_none() && !line.begins_item() && is_out
    }

    /// A line among keys that is none.
    ///
    /// It may be a broken key, the rest of a sentence that began above and is not indented, or just
    /// a word.
    fn no_colon(&self) -> Option<Clue> {
        let line = self.lines.get(self.here)?;
        let at_line_start = line.content().start as usize == self.at;
        let below = if at_line_start { self.here } else { self.here + 1 };
        let at = self.lines[..below].iter().rposition(|it| !it.is_empty())?;
        let broken = self.broken_key(below, line.indent());
        let is_text = line.key().is_none();
        let clue = || if is_text { self.misplaced(at) } else { self.blamed(at) };
        Some(broken.unwrap_or_else(clue))
    }

    /// The first line that was meant to have a key, of the lines above one that have none. Lines
    /// further to the right belong to something else.
    fn broken_key(&self, below: usize, indent: usize) -> Option<Clue> {
        let lines = &self.lines[..below];
        let keyed = lines.iter().rposition(|it| it.key().is_some());
        let mut keyless = lines[keyed.map_or(0, |it| it + 1)..].iter();
        let broken = |other: &YamlLine<'a>| other.broken_key().filter(|_| other.indent() <= indent);
        keyless.find_map(broken).map(|(span, help)| (span, Some(help)))
    }

    /// A quoted value that goes on after its quotation mark, or never ends.
    ///
    /// The first kind is `'don't'`, which ends at its second quotation mark. Of the second the last
    /// unclosed one above is taken, since the parser stops at the end of the file.
    fn quote(&self, line: &YamlLine<'a>) -> Option<Clue> {
        let quoted = |other: &YamlLine<'a>| other.rest(other.value()).starts_with(['"', '\'']);
        let closed = |other: &YamlLine<'a>| {
            closing_quote(other.rest(other.value())).map(|end| other.value() + end)
        };
        if quoted(line) && closed(line).is_some_and(|end| end < self.at) {
            return Some((line.since(line.value()), Some("quote")));
        }
        let unclosed = |other: &&YamlLine<'a>| quoted(other) && closed(other).is_none();
        let line = self.lines[..=self.here].iter().rfind(unclosed)?;
        Some((line.since(line.value()), Some("quote")))
    }

    /// A value that starts with a character of meaning, or a key that does.
    ///
    /// A bracket counts if something follows behind its partner: `[急]停水: 3 日`.
    fn sign(&self, line: &YamlLine<'a>) -> Option<Clue> {
        let start = if self.at <= line.inner() { line.inner() } else { line.value() };
        let value = line.rest(start);
        let sign = value.chars().next()?;
        let closing = match sign {
            '[' => value.rfind(']'),
            '{' => value.rfind('}'),
            _ => None,
        };
        let goes_on = closing.is_some_and(|end| {
            let rest = value[end + 1..].trim_start();
            !rest.is_empty() && !rest.starts_with('#')
        });
        let found = self.at >= start && (SIGNS.contains(&sign) || goes_on);
        found.then(|| (line.since(start), Some("at-sign")))
    }

    /// A line that starts in the wrong column, or a dash without its space.
    fn indentation(&self) -> Option<Clue> {
        let line = &self.lines[self.here];
        if self.at > line.inner() {
            return None;
        }
        let dash = line.broken_item().map(|(dash, help)| (dash, Some(help)));
        dash.or_else(|| Some(self.blamed(self.here)))
    }

    /// The clue of a line that is not where it has to be: what it was meant to be says what has to be
    /// done. If it is indented with something that only looks blank, such as a full-width space,
    /// that is underlined.
    fn misplaced(&self, at: usize) -> Clue {
        let line = &self.lines[at];
        if let Some(span) = line.false_blanks() {
            let is_wide = line.rest(span.start as usize).starts_with('\u{3000}');
            return (span, Some(if is_wide { "wide-space" } else { "control" }));
        }
        let is_listed = self.lines[..at].iter().any(YamlLine::begins_item);
        if let Some(first) = self.first_record(at).filter(|_| !is_listed) {
            return (self.lines[first].content(), Some("first"));
        }
        let help = if line.begins_item() {
            if is_listed { "align" } else { "under" }
        } else if self.is_below_block(at) {
            "block"
        } else if line.key().is_none() {
            "paragraph"
        } else if is_listed && self.is_in_record(at) {
            "record"
        } else {
            "indent"
        };
        (line.content(), Some(help))
    }

    /// The line that begins the first record, without the dash that the next one has at this line: the
    /// two have a key in common.
    fn first_record(&self, at: usize) -> Option<usize> {
        if !self.lines[at].begins_item() || !self.is_in_record(at) {
            return None;
        }
        let above = &self.lines[..at];
        let under = above.iter().rposition(|it| it.key_name() == Some(RECORDS));
        let from = under.map_or(0, |it| it + 1);
        (from..at).find(|it| above[*it].key().is_some())
    }

    /// Whether the nearest line above that has a key, or is an item, opens a block.
    fn is_below_block(&self, at: usize) -> bool {
        let mut above = self.lines[..at].iter().rev();
        let opens = above.find(|it| it.key().is_some() || it.begins_item());
        self.lines[at].key().is_none() && opens.is_some_and(YamlLine::opens_block)
    }

    /// Whether the record above a line has the line's key.
    fn is_in_record(&self, at: usize) -> bool {
        let start = self.lines[..at].iter().rposition(YamlLine::begins_item).unwrap_or(0);
        let name = self.lines[at].key_name();
        self.lines[start..at].iter().any(|it| it.key_name() == name)
    }

    /// A value that opens a bracket and does not close it in the lines before this place.
    fn open_bracket(&self) -> Option<Clue> {
        let brackets = ['[', '{'];
        let opening = |line: &YamlLine<'a>| {
            let starts = [line.inner(), line.value()];
            starts.into_iter().find(|start| line.rest(*start).starts_with(brackets))
        };
        let before = self.lines.partition_point(|line| line.start + line.text.len() <= self.at);
        let (line, start) =
            self.lines[..before].iter().rev().find_map(|line| Some((line, opening(line)?)))?;
        let between = self.lines[..before].iter().filter(|it| it.start >= line.start);
        let text: Vec<_> = between.map(|it| it.text).collect();
        let count = |these: [char; 2]| text.iter().flat_map(|it| it.matches(these)).count();
        let open = count(['[', '{']) > count([']', '}']);
        open.then(|| (line.since(start), Some("bracket")))
    }
}
