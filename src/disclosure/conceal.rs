//! Diagnostics quote the line that they are about, and logs of builds are read by everybody. So a
//! quoted line shows no more of a value than pages do, and neither do the words of the message:
//!
//! ```text
//! - name: 王桂兰              name: 王**
//!   phone: 138-1234-567       phone: ***-****-***
//!   citation: 每天送饭 # 张三   citation: 每天送饭 # **
//! ```
//!
//! Of a line, keys are shown, signs, and the values that are published as they are written. All else
//! becomes stars, one for each character, so that columns stay right. Of a value that could not be
//! decoded nobody knows how much of it pages would show, so its type decides: dates and choices are
//! shown, what may be about a person is not. Of a line that could not be parsed as much is shown as
//! stands before its first colon. Whoever sits at the computer with the file can have its lines
//! printed whole (`--show-values`), which are then read from the file.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

use crate::{
    config::Names,
    diagnostic::{Code, Diagnostic, Location, MOST, Severity},
    disclosure::{facts::Facts, mask::Traces},
    scan,
    schema::{
        Choice, Collection, Field, FieldType, Record, RecordSet, Value, builtin, decode, group,
        posting::Privacy,
    },
    source::{
        self, SitePath, Text, World,
        csv::{self, Table},
        yaml::{self, MapEntry, Node},
    },
    text,
};

/// Keys by which a record or notice says that it is not to be published now.
const WITHHOLDING: [&str; 4] = ["draft", "publish_from", "publish_until", "withdrawn"];

/// Conceals in the diagnostics of a record set what is not published of it. `set` is what disclosure
/// left of it. It costs nothing without diagnostics; else the files are read and parsed again.
pub(super) fn of_records(
    world: &dyn World,
    set: &RecordSet,
    facts: &Facts,
    collection: &Collection,
    diagnostics: &mut [Diagnostic],
) {
    for (index, path) in (0..).zip(&set.files) {
        let Some(text) = told_of(world, path, diagnostics) else { continue };
        let is_csv = path.is_table();
        let (mut node, header) = if is_csv {
            let Table { rows, header, .. } = csv::parse(&text).value;
            (Some(rows), header)
        } else {
            (source::read_yaml(&text).value, None)
        };
        let header = header.as_ref().and_then(Node::as_map).unwrap_or_default();
        let first = header.first().map_or(0, |entry| entry.key_span.start as usize);
        let mut shown = ShownParts::new(&text, is_csv.then_some(first));
        // A line of values in place of the header names no field.
        let is_header = header.iter().any(|entry| field(collection, &entry.key).is_some());
        for entry in header {
            if is_header {
                shown.key(entry);
            } else {
                shown.concealed.push((range(entry.key_span), entry.key.to_string()));
            }
        }
        let parts = collection.parts();
        if let Some(node) = &mut node {
            // The names of groups are keys, too.
            let records = decode::records(node, &[]).map_or(&[][..], |(records, _)| records);
            let entries = records.iter().flat_map(|item| item.as_map().unwrap_or_default());
            let is_group =
                |entry: &&MapEntry<'_>| parts.iter().any(|it| it.1.is_called(&entry.key));
            let own = node.as_map().unwrap_or_default().iter();
            own.chain(entries).filter(is_group).for_each(|entry| shown.key(entry));
            group::unfold(node, &parts);
        }
        if let Some(node) = &node {
            let records = decode::records(node, &collection.fields);
            let (records, is_headed) = records.unwrap_or((&[], true));
            for entry in node.as_map().filter(|_| is_headed).unwrap_or_default() {
                shown.key(entry);
                if entry.key == yaml::RECORDS && entry.value.as_list().is_some() {
                    continue;
                }
                shown.value(entry, &Fate::Unknown, stated(&entry.key), collection);
            }
            let told = shown.told_lines(diagnostics);
            for item in records {
                let (line, last) = (shown.line(item.span.start), shown.line(item.span.end));
                // Of a large file a few records are told of.
                if told.range(line..=last).next().is_none() {
                    continue;
                }
                let is_this = |record: &&Record| (record.file, record.line) == (index, line);
                let here = Location::line(path.clone(), line);
                let fate = match set.records.iter().find(is_this) {
                    Some(record) => Fate::Posted(record, hidden_names(item, record, collection)),
                    None if facts.withheld.iter().any(|it| it.location == here) => Fate::Withheld,
                    None => Fate::of(item),
                };
                shown.records.push(range(item.span));
                for entry in item.as_map().unwrap_or_default() {
                    shown.key(entry);
                    shown.value(entry, &fate, field(collection, &entry.key), collection);
                }
            }
        }
        shown.conceal(diagnostics);
    }
    leaks(diagnostics);
    numbers(diagnostics);
}

/// The same in the diagnostics of a notice. Of one that is not posted now no text is shown.
pub(super) fn of_notice(
    world: &dyn World,
    path: &SitePath,
    is_withheld: bool,
    diagnostics: &mut [Diagnostic],
) {
    if let Some(text) = told_of(world, path, diagnostics) {
        let mut shown = ShownParts::new(&text, None);
        let (front, body) = decode::front_matter::split(&text).unwrap_or_default();
        let node = yaml::parse(&text, front).value;
        let fate = node.as_ref().map_or(Fate::Unknown, Fate::of);
        let fate = if is_withheld { Fate::Withheld } else { fate };
        let declaration = &builtin::get().notice;
        for entry in node.iter().flat_map(|node| node.as_map().unwrap_or_default()) {
            shown.key(entry);
            shown.value(entry, &fate, field(declaration, &entry.key), declaration);
        }
        if !matches!(fate, Fate::Withheld) {
            shown.parts.push((body..text.content.len(), None));
        }
        shown.conceal(diagnostics);
    }
    leaks(diagnostics);
    numbers(diagnostics);
}

/// Quotes no line in which a name is an error for what is said beside it: it looks like any other
/// word. What is found by its form, [`numbers`] conceals.
fn leaks(diagnostics: &mut [Diagnostic]) {
    let of = |place: &Location| Some((place.file.clone(), place.range?.start.line));
    let is_leak =
        |it: &&Diagnostic| it.severity == Severity::Error && it.code == Code::SensitiveName;
    let lines: BTreeSet<_> =
        diagnostics.iter().filter(is_leak).filter_map(|it| of(&it.location)).collect();
    for place in diagnostics.iter_mut().flat_map(Diagnostic::places_mut) {
        if of(place).is_some_and(|line| lines.contains(&line)) {
            place.quote = None;
        }
    }
}

/// Conceals what looks like personal data, wherever it stands: telephone numbers, addresses and the
/// like. Of numbers that are published, too: who reads a log needs none of them. The stars of masked
/// names are shown as stars. Of places and settings names of persons are concealed as well: no field of
/// theirs is for one, so one that stands there is published by mistake, or not at all.
pub(crate) fn numbers(diagnostics: &mut [Diagnostic]) {
    let conceal = |text: &mut String| {
        for finding in scan::text(text).into_iter().rev() {
            let stars = stars(&text[finding.range.clone()]);
            text.replace_range(finding.range, &stars);
        }
        if let Cow::Owned(shown) = text::shown(text) {
            *text = shown;
        }
    };
    let is_of_settings = |it: &Location| matches!(it.file.name(), "place.yaml" | "site.toml");
    for diagnostic in diagnostics {
        if is_of_settings(&diagnostic.location) {
            diagnostic.args.iter_mut().for_each(|(_, value)| conceal_names(value));
        }
        let quotes = diagnostic.places_mut().filter(|it| is_of_settings(it));
        quotes.filter_map(|it| it.quote.as_mut()).for_each(|it| conceal_names(&mut it.text));
        diagnostic.args.iter_mut().for_each(|(_, value)| conceal(value));
        diagnostic
            .places_mut()
            .filter_map(|it| it.quote.as_mut())
            .for_each(|it| conceal(&mut it.text));
    }
}

/// Stars for what is made like the name of a person.
fn conceal_names(text: &mut String) {
    for range in scan::persons(text).into_iter().rev() {
        let stars = stars(&text[range.clone()]);
        text.replace_range(range, &stars);
    }
}

/// The file, if something in it is told.
fn told_of(world: &dyn World, path: &SitePath, diagnostics: &[Diagnostic]) -> Option<Text> {
    let is_told = |place: &Location| place.file == *path && place.range.is_some();
    let any = diagnostics.iter().any(|diagnostic| diagnostic.places().any(is_told));
    any.then(|| source::read(world, path).value).flatten()
}

/// The names that a message suggests are those of a declaration, not of content.
fn names_what_is_declared(code: Code) -> bool {
    use Code::{UnknownChoice, UnknownCollection, UnknownField, UnknownSection, UnknownSetting};
    matches!(
        code,
        UnknownChoice | UnknownCollection | UnknownField | UnknownSection | UnknownSetting
    )
}

/// What becomes of a record or notice.
enum Fate<'a> {
    /// It is published like this. These names that it says are not shown in full.
    Posted(&'a Record, Traces),
    /// It is not published now.
    Withheld,
    /// It could not be decoded.
    Unknown,
}

impl Fate<'_> {
    /// That of a mapping which could not be decoded.
    fn of(node: &Node<'_>) -> Self {
        let says = |key: &&str| {
            let mut entries = node.as_map().unwrap_or_default().iter();
            stated(key).is_some_and(|(_, field)| entries.any(|it| field.is_called(&it.key)))
        };
        let withholds = WITHHOLDING.iter().any(says);
        if withholds { Self::Withheld } else { Self::Unknown }
    }
}

/// The field of a collection, or of `posting.yaml`, that a key names, with its index if it is one of
/// the collection.
fn field<'a>(collection: &'a Collection, key: &str) -> Option<(Option<usize>, &'a Field)> {
    let own = collection.field(key).map(|index| (Some(index), &collection.fields[index]));
    own.or_else(|| stated(key))
}

/// The field of `posting.yaml` that a key names.
fn stated<'a>(key: &str) -> Option<(Option<usize>, &'a Field)> {
    let posting = &builtin::get().posting;
    posting.field(key).map(|index| (None, &posting.fields[index]))
}

/// The parts of a file that may be shown: keys, and values that are published; each with what is
/// shown in its place, if that is another text of the same length.
struct ShownParts<'a> {
    text: &'a Text,
    /// Where its lines begin.
    lines: Vec<usize>,
    /// Where the header begins, of a table.
    header: Option<usize>,
    parts: Vec<(Range<usize>, Option<Vec<char>>)>,
    records: Vec<Range<usize>>,
    /// Values of which not all is shown.
    concealed: Vec<(Range<usize>, String)>,
}

impl<'a> ShownParts<'a> {
    fn new(text: &'a Text, header: Option<usize>) -> Self {
        let (parts, records, concealed) = Default::default();
        let ends = text.content.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { text, lines, header, parts, records, concealed }
    }

    /// The line of a byte, from 1.
    fn line(&self, byte: u32) -> u32 {
        let before = self.lines.partition_point(|start| *start <= byte as usize);
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// The lines of the file in which something is told.
    fn told_lines(&self, diagnostics: &[Diagnostic]) -> BTreeSet<u32> {
        let told = diagnostics.iter().flat_map(Diagnostic::places);
        let told = told.filter(|place| place.file == self.text.path);
        told.filter_map(|place| place.range).map(|range| range.start.line).collect()
    }

    fn key(&mut self, entry: &MapEntry<'_>) {
        self.parts.push((range(entry.key_span), None));
    }

    /// Decides how much of a value is shown.
    fn value(
        &mut self,
        entry: &MapEntry<'_>,
        fate: &Fate<'_>,
        field: Option<(Option<usize>, &Field)>,
        collection: &Collection,
    ) {
        let range = range(entry.value.span);
        let raw = entry.value.as_str().unwrap_or_default();
        match field {
            Some((index, field)) if are_shown(index, field, &entry.value, fate, collection) => {
                self.parts.push((range, None));
            }
            None if is_plain(collection) && !matches!(fate, Fate::Withheld) => {
                self.parts.push((range, None));
            }
            field => {
                let masked = field.and_then(|(index, _)| match fate {
                    Fate::Posted(record, _) => record.values[index?].as_text().map(text::shown),
                    Fate::Withheld | Fate::Unknown => None,
                });
                let is_plain = self.text.content.get(range.clone()) == Some(raw);
                let masked = masked.map(|words| words.chars().collect::<Vec<char>>());
                let fits = masked.filter(|it| is_plain && it.len() == raw.chars().count());
                if fits.is_some() {
                    self.parts.push((range.clone(), fits));
                }
                self.concealed.push((range, raw.to_owned()));
                self.parts_of(&entry.value);
            }
        }
    }

    /// Notes the values in a list or mapping that is not shown.
    fn parts_of(&mut self, value: &Node<'_>) {
        let inner = value.as_list().unwrap_or_default().iter();
        for value in inner.chain(value.as_map().unwrap_or_default().iter().map(|it| &it.value)) {
            let raw = value.as_str().unwrap_or_default().to_owned();
            self.concealed.push((range(value.span), raw));
            self.parts_of(value);
        }
    }

    fn conceal(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            let mut raws: Vec<&str> = Vec::new();
            for place in diagnostic.places_mut().filter(|place| place.file == self.text.path) {
                raws.extend(self.quote(place));
            }
            if raws.len() > MOST {
                // Nobody looks for each of so many values in all that is said.
                diagnostic.args.iter_mut().for_each(|(_, value)| *value = stars(value));
                continue;
            }
            raws.retain(|raw| raw.chars().count() > 1);
            raws.sort_by_key(|raw| std::cmp::Reverse(raw.len()));
            // A picture may be called after the person whom it shows.
            for quote in diagnostic.places_mut().filter_map(|place| place.quote.as_mut()) {
                quote.text = without(&quote.text, &raws);
            }
            let is_declared = names_what_is_declared(diagnostic.code);
            for (name, value) in &mut diagnostic.args {
                // Without its language.
                let name = name.split('@').next().unwrap_or_default();
                if is_declared && matches!(name, "known" | "near") {
                    continue;
                }
                // Of a word that is cut short the rest is not there to be found.
                // What is meant by a word says it, too, in another form.
                let letters = letters(value);
                let is_cut = matches!(name, "value" | "words" | "meant")
                    && raws.iter().any(|raw| self::letters(raw).contains(&letters));
                if is_cut {
                    *value = stars(value);
                }
                *value = without(value, &raws);
            }
        }
    }

    /// Conceals the quoted line of a place, and returns the values of its record that nothing must
    /// show.
    fn quote(&self, place: &mut Location) -> Vec<&str> {
        let Some(position) = place.range.map(|range| range.start) else { return Vec::new() };
        let Some(&before) = self.lines.get(position.line as usize - 1) else { return Vec::new() };
        let rest = &self.text.content[before..];
        let line = before..before + rest.find('\n').unwrap_or(rest.len());
        if let Some(quote) = &mut place.quote {
            let skipped =
                rest.chars().take(quote.column as usize - 1).map(char::len_utf8).sum::<usize>();
            quote.text = self.masked(&quote.text, before + skipped, &line);
        }
        let records: Vec<_> = self.records.iter().filter(|it| text::overlap(it, &line)).collect();
        let touches = |value: &Range<usize>| {
            text::overlap(value, &line) || records.iter().any(|record| text::overlap(record, value))
        };
        let raws = self.concealed.iter().filter(|(range, _)| touches(range));
        raws.map(|(_, raw)| raw.as_str()).collect()
    }

    /// A part of a line with stars for what is not shown.
    fn masked(&self, quote: &str, start: usize, line: &Range<usize>) -> String {
        let in_value = self.concealed.iter().any(|(range, _)| text::overlap(range, line));
        let has_part = self.parts.iter().any(|(range, _)| text::overlap(range, line));
        let quoted = start..start + quote.len();
        let parts: Vec<_> =
            self.parts.iter().filter(|(range, _)| text::overlap(range, &quoted)).collect();
        let whole = &self.text.content[line.clone()];
        let is_comment = whole.trim_start().starts_with('#');
        // Nobody could tell what stands here.
        let key = match whole.find([':', '：']) {
            Some(colon) if !in_value && !has_part && !is_comment && self.header.is_none() => colon,
            // The columns of a table.
            _ if self.header.is_some_and(|it| line.contains(&it)) => whole.len(),
            _ => 0,
        };
        let mut masked = String::with_capacity(quote.len());
        for (at, character) in quote.char_indices().map(|(at, it)| (start + at, it)) {
            let part = parts.iter().find(|(range, _)| range.contains(&at));
            masked.push(match part {
                _ if at < line.start + key || is_sign(character) => character,
                Some((range, Some(other))) => {
                    let before = self.text.content[range.start..at].chars().count();
                    other.get(before).copied().unwrap_or('*')
                }
                Some((_, None)) => character,
                None => '*',
            });
        }
        masked
    }
}

/// All words of a value are shown as they are written. Of a mapping nobody knows what is meant.
fn are_shown(
    index: Option<usize>,
    field: &Field,
    value: &Node<'_>,
    fate: &Fate<'_>,
    collection: &Collection,
) -> bool {
    match value.as_list() {
        Some(values) if !values.is_empty() => {
            values.iter().all(|it| are_shown(index, field, it, fate, collection))
        }
        _ if value.as_map().is_some() => false,
        _ => is_shown(index, field, value.as_str().unwrap_or_default(), fate, collection),
    }
}

/// A value is shown as it is written. One that could not be decoded is absent from its record.
fn is_shown(
    index: Option<usize>,
    field: &Field,
    raw: &str,
    fate: &Fate<'_>,
    collection: &Collection,
) -> bool {
    use FieldType::{
        Count, Date, DateTime, Decimal, Image, Integer, Markdown, Money, Month, Percent, Period,
        Reference, Text, Time, Url, Year,
    };
    let is_number = matches!(field.kind, Integer | Count | Decimal | Percent | Money);
    let is_day = matches!(field.kind, Date | DateTime | Month | Year | Period | Time);
    let is_text =
        matches!(field.kind, Text | Markdown | Url | Image | Reference) || field.is_personal();
    let value = match (fate, index) {
        (Fate::Posted(record, _), Some(index)) => Some(&record.values[index]),
        _ => None,
    };
    match value {
        _ if field.privacy == Privacy::Internal => false,
        // A day of birth is never published.
        // Where columns are shifted, a name stands in that of dates.
        _ if (is_day || is_no_choice(field, raw)) && scan::may_be_name(raw) => false,
        _ if !is_number && !is_text => index.is_some() || field.name != "born",
        _ if matches!(fate, Fate::Withheld) => false,
        // Days and hours in the words of a notice.
        _ if std::ptr::eq(collection, std::ptr::from_ref(&builtin::get().notice))
            && field.name == "happens" =>
        {
            !scan::may_be_name(raw)
        }
        // Papers, and whom to ask: of them only what is said of an objection is published.
        // So are addresses that name nobody.
        None if index.is_none() => {
            let is_notice = std::ptr::eq(collection, std::ptr::from_ref(&builtin::get().notice));
            let is_address = matches!(field.name, "slug" | "aliases");
            let names_nobody = match fate {
                Fate::Posted(_, names) => !names.are_in_address(raw),
                Fate::Withheld | Fate::Unknown => is_notice,
            };
            field.name.starts_with("objection") || is_address && names_nobody
        }
        Some(Value::Text(text)) => **text == *raw,
        Some(Value::List(_)) if field.is_personal() => false,
        Some(value) if !value.is_absent() => !value.is_hidden(),
        // One that names somebody who is not shown is left out. Others could not be read.
        _ if matches!(field.kind, Image | Url) => match fate {
            Fate::Posted(_, names) => !names.are_in_address(raw),
            Fate::Withheld | Fate::Unknown => true,
        },
        _ if is_number => collection.publication.suppress.is_none(),
        _ => is_plain(collection),
    }
}

/// It is none of the words that a choice may be.
fn is_no_choice(field: &Field, raw: &str) -> bool {
    let is_one = |choice: &Choice| choice.value == raw || choice.label.is(raw);
    field.kind == FieldType::Choice && !field.choices.iter().any(is_one)
}

/// The names that a record says and that are not shown in full.
fn hidden_names(item: &Node<'_>, record: &Record, collection: &Collection) -> Traces {
    fn add(names: &mut Traces, value: &Node<'_>, shown: &Value) {
        let raw = value.as_str().unwrap_or_default();
        if !shown.each().iter().any(|it| it.as_text() == Some(raw)) {
            names.add(raw, Names::Masked);
        }
        value.as_list().unwrap_or_default().iter().for_each(|it| add(names, it, shown));
    }
    let mut names = Traces::default();
    for entry in item.as_map().unwrap_or_default() {
        let index = collection.field(&entry.key);
        let person = index.filter(|it| collection.fields[*it].kind == FieldType::Person);
        if let Some(index) = person {
            add(&mut names, &entry.value, &record.values[index]);
        }
    }
    names
}

/// Nothing that its records say is about a person, as far as is known.
fn is_plain(collection: &Collection) -> bool {
    let is_open = |field: &Field| field.privacy == Privacy::Public && !field.is_personal();
    !collection.ignores_unknown && collection.fields.iter().all(is_open)
}

/// A sign says nothing of a person.
fn is_sign(character: char) -> bool {
    character.is_whitespace() || "-:：,，;；.{}[]()（）\"'“”|>#*/@".contains(character)
}

/// A text with stars for these words.
fn without(text: &str, words: &[&str]) -> String {
    words.iter().fold(text.to_owned(), |text, word| text.replace(word, &stars(word)))
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

fn stars(text: &str) -> String {
    text.chars().map(|it| if is_sign(it) { it } else { '*' }).collect()
}

fn range(span: source::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
