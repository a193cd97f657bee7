//! Reading mappings whose keys are known: declarations, `site.toml`, and parts of them.
//!
//! A reader of a mapping opens it, requests each key by the type that it wants, and finishes:
//!
//! ```text
//! let mut reader = MapReader::open(text, node, sink)?;   anything but a mapping is reported
//! reader.require("title", sink);                         reports a missing key
//! let title = reader.localized("title", sink);           reports a wrong value, and goes on
//! let pinned = reader.flag("pinned", sink);
//! reader.finish(sink);                                   reports the keys that nobody requested
//! ```
//!
//! So the code that reads is the list of keys, and "did you mean" knows each of them. A mistake is
//! reported where it is found, and reading goes on with nothing or a default; whether the whole may
//! be used is decided by the caller.
//!
//! The same code reads YAML and TOML. Messages follow the file's extension: TOML has settings and
//! tables, YAML has fields and mappings. Records are not read here but by their declared fields
//! (`schema/decode/`).

use crate::{
    diagnostic::{Code, Diagnostic, Location, MOST, Replacement, enough, nearest, slip, with_near},
    source::{
        Span, Text,
        yaml::{self, MapEntry, Node, NodeKind},
    },
    text::Localized,
};

/// The diagnostic of more than `limit` of something: `values`, `fields`, `choices`, `figures`,
/// `groups`. `name` is the field or figure that has too many.
pub(crate) fn too_many(
    place: Location,
    kind: &'static str,
    name: &str,
    limit: usize,
) -> Diagnostic {
    Diagnostic::error(Code::TooMany, place)
        .arg("kind", kind)
        .arg("name", name)
        .arg("limit", limit.to_string())
        .help(kind)
}

/// A mapping being read: each requested key is a known one, and [`MapReader::finish`] reports the
/// others. One that is dropped without it accepts any key.
pub(crate) struct MapReader<'a> {
    /// The file, for the places of diagnostics.
    pub(crate) text: &'a Text,
    /// Where the whole mapping stands, for what is missing in it.
    pub(crate) span: Span,
    entries: &'a [MapEntry<'a>],
    /// The keys that were requested, in that order.
    known: Vec<&'static str>,
}

impl<'a> MapReader<'a> {
    /// Begins to read a mapping; anything else is a mistake, and gives nothing. A mapping may be
    /// empty.
    pub(crate) fn open(
        text: &'a Text,
        node: &'a Node<'a>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(entries) => {
                Some(Self { text, span: node.span, entries, known: Vec::new() })
            }
            _ => {
                sink.extend(misshapen(text, node, "mapping"));
                None
            }
        }
    }

    /// The entries, for mappings whose keys are names of their own, such as `fields` and `figures`.
    /// It makes no key known; such a mapping is not finished.
    pub(crate) fn entries(&self) -> &'a [MapEntry<'a>] {
        self.entries
    }

    /// The value of a key, if it is there and not empty: `key:` and `key: ~` are as good as not
    /// there. The key counts as known from here on.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'a Node<'a>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.value.kind, NodeKind::Null)).then_some(&entry.value)
    }

    /// The value of a key that has to be there, and a diagnostic without it. If some key is alike
    /// (`tilte`), that one is reported as unknown when the reading is finished, and nothing is said
    /// here: one mistake, one message.
    pub(crate) fn require(
        &mut self,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<&'a Node<'a>> {
        let node = self.get(key);
        let is_near =
            |entry: &MapEntry<'_>| nearest(&entry.key, [key]).is_some() && entry.key != key;
        if node.is_none() && !self.entries.iter().any(is_near) {
            let toml = self.text.path.has_extension("toml");
            let place = self.text.locate(first_line(self.text, self.span));
            sink.push(missing(place, key, if toml { "setting" } else { "key" }));
        }
        node
    }

    /// The text of a key, without blanks around, and where it stands. Nothing, and a diagnostic,
    /// for a list or mapping.
    pub(crate) fn word(
        &mut self,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<(&'a str, Span)> {
        let node = self.get(key)?;
        Some((self.scalar(node, sink)?, node.span))
    }

    /// The text of a node, without blanks around. It may be empty if it is quoted. Nothing, and a
    /// diagnostic, for any other node, an empty one too.
    pub(crate) fn scalar(&self, node: &'a Node<'a>, sink: &mut Vec<Diagnostic>) -> Option<&'a str> {
        match &node.kind {
            NodeKind::Scalar(text) => Some(text.trim()),
            _ => {
                sink.extend(misshapen(self.text, node, "value"));
                None
            }
        }
    }

    /// Yes or no, in the words of [`boolean`](crate::text::boolean); no when the key is not there,
    /// or has another word, which is reported.
    pub(crate) fn flag(&mut self, key: &'static str, sink: &mut Vec<Diagnostic>) -> bool {
        let Some((word, span)) = self.word(key, sink) else { return false };
        crate::text::boolean(word).unwrap_or_else(|| {
            let place = self.text.locate(span);
            sink.push(if self.text.path.has_extension("toml") {
                Diagnostic::error(Code::BadSetting, place).arg("setting", key).help("switch")
            } else {
                wrong_type(place, key, "boolean", word)
            });
            false
        })
    }

    /// A whole number from zero up, in ASCII digits. `1,000` and `１０` are reported: declarations
    /// are not read as kindly as records, which `schema/scalar.rs` reads.
    pub(crate) fn number(
        &mut self,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let (word, span) = self.word(key, sink)?;
        let number = word.parse().ok();
        if number.is_none() {
            sink.push(wrong_type(self.text.locate(span), key, "count", word));
        }
        number
    }

    /// One of some names. `parse` decides; `names` are what the message lists and compares with.
    pub(crate) fn choice<T>(
        &mut self,
        key: &'static str,
        names: &[&str],
        parse: impl Fn(&str) -> Option<T>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let (word, span) = self.word(key, sink)?;
        let choice = parse(word);
        if choice.is_none() {
            let location = self.text.locate(span);
            let fix = slip(word, names.iter().copied());
            let fix = fix.map(|it| respelt(self.text, span, word, it)).unwrap_or_default();
            let unknown = unknown(Code::UnknownChoice, location, word, names).fixed_by(fix);
            sink.push(unknown.arg("field", key));
        }
        choice
    }

    /// A text, or a mapping of texts by language: `好人榜`, or `{zh-CN: 好人榜, en: Honour roll}`.
    /// Empty when the key is not there or its value is a list. Any key is taken for a language.
    pub(crate) fn localized(&mut self, key: &'static str, sink: &mut Vec<Diagnostic>) -> Localized {
        let Some(node) = self.get(key) else { return Localized::default() };
        self.localized_node(node, sink)
    }

    /// The same, of a node. A language whose text is none is reported and left out.
    pub(crate) fn localized_node(
        &self,
        node: &'a Node<'a>,
        sink: &mut Vec<Diagnostic>,
    ) -> Localized {
        let NodeKind::Map(entries) = &node.kind else {
            return self.scalar(node, sink).map(Localized::plain).unwrap_or_default();
        };
        let mut texts = Vec::new();
        for entry in entries {
            if let Some(text) = self.scalar(&entry.value, sink) {
                texts.push((entry.key.to_string(), text.to_owned()));
            }
        }
        Localized::new(texts)
    }

    /// Reports the keys that were not requested, up to the number of mistakes that is enough for a
    /// file, each with the requested key that is most like it.
    pub(crate) fn finish(self, sink: &mut Vec<Diagnostic>) {
        let toml = self.text.path.has_extension("toml");
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            if enough(&self.text.path, sink) {
                return;
            }
            let place = self.text.locate(entry.key_span);
            let near = nearest(&entry.key, self.known.iter().copied());
            let (code, name) = if toml {
                (Code::UnknownSetting, "setting")
            } else {
                (Code::UnknownField, "field")
            };
            let diagnostic = Diagnostic::error(code, place).arg(name, &*entry.key);
            let meant = slip(&entry.key, self.known.iter().copied());
            let fix = meant.map(|it| respelt(self.text, entry.key_span, &entry.key, it));
            let diagnostic = diagnostic.fixed_by(fix.unwrap_or_default());
            sink.push(with_near(diagnostic, near, &self.known));
        }
    }
}

/// The first line of a span, for a mistake that is about the whole. Blanks at its end do not count.
/// To underline forty lines because a key is missing in them would help nobody.
pub(crate) fn first_line(text: &Text, span: Span) -> Span {
    let rest = &text.content[span.start as usize..span.end as usize];
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Span::new(span.start as usize, span.start as usize + rest[..length].trim_end().len())
}

/// Reports a name that cannot be one. Names become file names, parts of addresses and words of
/// templates. It goes on: the name is used as it is, so that other mistakes are found too.
pub(crate) fn check_name(text: &Text, name: &str, span: Span, sink: &mut Vec<Diagnostic>) {
    if !is_name(name) {
        sink.push(bad_name(text.locate(span), name).help("letters"));
    }
}

/// Small letters, digits, `-` and `_`, with a letter first: `flag-raising`, but not `Flags`, `2026`
/// or `好人榜`. Such names need no escapes in an address and differ on systems that take no notice
/// of case.
pub(crate) fn is_name(name: &str) -> bool {
    let letter =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    name.starts_with(|it: char| it.is_ascii_lowercase()) && name.bytes().all(letter)
}

/// A name that cannot be one.
pub(crate) fn bad_name(location: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadName, location).arg("name", name)
}

/// A word that is none of the known ones; the message speaks of it as `value`.
pub(crate) fn unknown(code: Code, location: Location, word: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(word, known.iter().copied());
    let diagnostic = Diagnostic::error(code, location).arg("value", word);
    with_near(diagnostic, near, known)
}

/// The right word in the place of the wrong one, which stands in that span. Nothing if it stands there
/// in another way, or twice, or if the right one would have to be quoted; and of a workbook, which is
/// no text.
pub(crate) fn respelt(text: &Text, span: Span, wrong: &str, right: &str) -> Vec<Replacement> {
    let is_plain = |it: char| it.is_alphanumeric() || "_-（）·".contains(it);
    let raw = text.content.get(span.start as usize..span.end as usize).unwrap_or_default();
    let mut places = raw.match_indices(wrong);
    let (place, other) = (places.next(), places.next());
    let is_moment = right.bytes().all(|it| it.is_ascii_digit() || b" :-".contains(&it));
    let is_plain = is_moment || right.chars().all(is_plain);
    let Some((at, _)) = place.filter(|_| other.is_none() && is_plain) else {
        return Vec::new();
    };
    if wrong.is_empty() || text.path.sheet().is_some() {
        return Vec::new();
    }
    let start = span.start as usize + at;
    text.replacement(Span::new(start, start + wrong.len()), right).into_iter().collect()
}

/// A key that has to be there and is not. `help` is the attribute of the message that says what to
/// add.
pub(crate) fn missing(location: Location, key: &str, help: &'static str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::MissingField, location);
    diagnostic.arg("field", key).arg("label", key).help(help)
}

/// A value that its type cannot read.
///
/// `kind` is the word by which messages know the type: that of a field's type, such as `count`, or
/// one of their own, such as `threshold`.
pub(crate) fn wrong_type(location: Location, field: &str, kind: &str, value: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongType, location)
        .arg("field", field)
        .arg("type", kind)
        .arg("value", shortened(value))
        .help("form")
}

/// A list, a mapping or a single value where another of them was wanted.
///
/// `wanted` is `mapping`, `list` or `value`; TOML calls the first a table. In YAML, text that only
/// lacks the right colons to be a mapping (`name：张三`) is reported as that, line by line, as it is
/// what went wrong.
pub(crate) fn misshapen(text: &Text, node: &Node<'_>, wanted: &'static str) -> Vec<Diagnostic> {
    let toml = text.path.has_extension("toml");
    let found = match &node.kind {
        NodeKind::Scalar(_) if !toml => {
            let colons = yaml::broken_keys(text, node.span).into_iter().take(MOST);
            let broken = |(colon, help): (Span, &'static str)| {
                Diagnostic::error(Code::YamlSyntax, text.locate(colon)).help(help)
            };
            let broken: Vec<_> = colons.map(broken).collect();
            if !broken.is_empty() {
                return yaml::mended(text, &(0..text.content.len()), broken);
            }
            "value"
        }
        NodeKind::Scalar(_) => "value",
        NodeKind::Null => "nothing",
        NodeKind::List(_) => "list",
        NodeKind::Map(_) if toml => "table",
        NodeKind::Map(_) => "mapping",
    };
    let (wanted, help) = match (toml, wanted, found) {
        (true, "mapping", _) => ("table", "toml-table"),
        (true, "list", _) => ("list", "toml-list"),
        (true, wanted, _) => (wanted, "toml-value"),
        (false, "mapping", "list") => (wanted, "dashes"),
        (false, "mapping", _) => (wanted, "record"),
        (false, wanted, _) => (wanted, wanted),
    };
    let diagnostic = Diagnostic::error(Code::WrongShape, text.locate(first_line(text, node.span)));
    vec![diagnostic.arg("wanted", wanted).arg("found", found).help(help)]
}

/// A value as a message can quote it: the first 40 characters of its first line, and `…` if there
/// is more.
pub(crate) fn shortened(value: &str) -> String {
    let line = value.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < value.trim_end().len() { format!("{short}…") } else { short }
}
