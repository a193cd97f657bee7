//! Record sets, read from their files.
//!
//! A set may stand in several files, YAML, CSV and workbooks, of one place:
//!
//! ```text
//! content/kaixuan/honors.yaml            one set: the honours of `kaixuan`
//! content/kaixuan/honors/2024.csv
//! content/kaixuan/honors/2025.yaml
//! ```
//!
//! A file is a list of records, or one record, or a mapping with a list under `records` and beside it
//! what holds for all of them. They are decoded one after the other, since keys have to be unique in all of
//! them; different sets are decoded in parallel by the caller.
//!
//! Each record goes through these steps: its values (`record.rs`), what contradicts itself in them
//! (`consistency.rs`), its publication (`stated.rs`, `posting.rs`), and persons without a basis.
//! Then the set is searched for what stands twice (`repeated.rs`).
//!
//! Reading stops at [`MOST`] mistakes of a file; the next file is read all the same. Diagnostics
//! quote lines as they are written: `disclosure` conceals what is not published, before anybody
//! reads them.

use crate::{
    diagnostic::{self, Checked, Code, Diagnostic, Location, MOST, Severity, enough},
    schema::{
        Collection, CollectionId, Field, PlaceId, Posting, Record, RecordSet,
        decode::{
            consistency, mappings,
            personal::{self, Found, ValueRules},
            posting,
            record::{self, Decoded},
            repeated::Written,
            sample, sheet, stated,
            surroundings::Surroundings,
        },
        group::{self, Parts},
        stamp,
    },
    source::{
        self, SitePath, Span, Text, World,
        csv::{self, Table},
        reader::{first_line, misshapen, missing},
        workbook,
        yaml::{Node, RECORDS},
    },
};

/// Reads the record set of a place and collection from its files, and the keys of the personal data
/// in them.
///
/// Records keep the order of the files, which are sorted by name, and of their lines. A file that
/// cannot be read is reported and has no records. For a collection without fields, which is one
/// whose declaration is broken, no file is opened.
pub(in crate::schema) fn read(
    world: &dyn World,
    (place, id, files): (PlaceId, CollectionId, &[SitePath]),
    collection: &Collection,
    around: Surroundings<'_>,
) -> Checked<(RecordSet, Vec<u64>)> {
    let set = |files, records| RecordSet { place, collection: id, files, records };
    if collection.fields.is_empty() {
        return Checked::clean((set(files.to_vec(), Vec::new()), Vec::new()));
    }
    let mut sink = Vec::new();
    let mut covered = Vec::new();
    let mut files = files.to_vec();
    let texts = files.iter_mut().map(|file| {
        let read = text_of(world, file, collection).report(&mut sink);
        let (text, cells) = read.map_or((None, Vec::new()), |(text, cells)| (Some(text), cells));
        if let Some(text) = &text {
            file.clone_from(&text.path);
        }
        covered.push(cells);
        text
    });
    let texts: Vec<Option<Text>> = texts.collect();
    let rules = &collection.publication;
    let mut reading = Reading {
        collection,
        around: Surroundings { ignores_unknown: collection.ignores_unknown, ..around },
        ruled: rules.from.is_some() || rules.until.is_some() || rules.objection.is_some(),
        parts: collection.parts(),
        personal: collection.fields.iter().any(Field::is_personal),
        records: Vec::new(),
        spans: Vec::new(),
        found: Found::new(around.leaks),
    };
    for (index, (text, covered)) in (0..).zip(texts.iter().zip(&covered)) {
        if let Some(text) = text {
            sink.extend(sample::check(text));
            sink.extend(reading.file((text, covered), index));
        }
    }
    let Reading { mut records, spans, found, .. } = reading;
    collection.set_apart(&mut records);
    let written = Written { collection, records: &records, spans: &spans, texts: &texts };
    written.check(&mut sink);
    sink.extend(found.diagnostics);
    mappings::settle(collection, &mut sink);
    Checked { value: (set(files, records), found.known), diagnostics: sink }
}

/// The text of a file of records, and its cells that merged ones cover. That of a workbook is the
/// text of the sheet that is called after the collection, or of its only one. The table of another
/// system is made one of the list.
pub(crate) fn text_of(
    world: &dyn World,
    file: &SitePath,
    collection: &Collection,
) -> Checked<Option<(Text, Vec<u32>)>> {
    let Some(mapping) = mappings::of(collection, file) else {
        return written_text(world, file, collection);
    };
    let mut diagnostics = Vec::new();
    let mut file = file.clone();
    if file.is_workbook() && file.sheet().is_none() {
        let sheet = mapping.sheet.clone();
        let first = || workbook::names(world, &file).value.into_iter().next();
        if let Some(sheet) = sheet.or_else(first) {
            file = file.with_sheet(&sheet);
        }
    }
    let read = if file.file().is_workbook() {
        let called: Vec<&str> = file.sheet().into_iter().collect();
        let sheet = workbook::of_collection(world, &file.file(), &called);
        let value = sheet.value.map(|it| (it.text, it.covered));
        Checked { value, diagnostics: sheet.diagnostics }
    } else {
        written_text(world, &file, collection)
    };
    let value = read
        .report(&mut diagnostics)
        .and_then(|table| mappings::apply(mapping, collection, table).report(&mut diagnostics));
    Checked { value, diagnostics }
}

/// The text of a file of records as it is written.
fn written_text(
    world: &dyn World,
    file: &SitePath,
    collection: &Collection,
) -> Checked<Option<(Text, Vec<u32>)>> {
    if !file.file().is_workbook() {
        let Checked { value, diagnostics } = source::read(world, file);
        return Checked { value: value.map(|text| (text, Vec::new())), diagnostics };
    }
    let title = |language| collection.title.get(language);
    let called = [collection.name.as_str(), title("en"), title("zh-CN")];
    let Checked { value, diagnostics } = workbook::of_collection(world, file, &called);
    let mut diagnostics = diagnostics;
    let value = value.map(|sheet| {
        let made_from = sheet.properties.get(&stamp::name(collection));
        if made_from.is_some_and(|it| *it != stamp::value(collection)) {
            let place = Location::file(sheet.text.path.clone());
            let told = Diagnostic::warning(Code::TemplateOutdated, place);
            diagnostics.push(told.arg("name", &*collection.name).help("again"));
        }
        (sheet.text, sheet.covered)
    });
    Checked { value, diagnostics }
}

/// A record set in the making.
///
/// `records` and `spans` go together, index by index.
struct Reading<'a> {
    /// The declaration of the records.
    collection: &'a Collection,
    /// What they are decoded against, with the keys that a record may have for its publication.
    around: Surroundings<'a>,
    /// The collection says when its records are posted.
    ruled: bool,
    /// Its fields that are parts of groups.
    parts: Parts<'a>,
    /// Its records speak of persons: a field of them is personal.
    personal: bool,
    /// The records of all files so far.
    records: Vec<Record>,
    /// Where each of them stands in its file.
    spans: Vec<Span>,
    /// The personal data in all files so far.
    found: Found<'a>,
}

impl Reading<'_> {
    /// Reads the records of a file, and returns its diagnostics alone: [`enough`] counts by file.
    ///
    /// Mistakes of form end it: without a list of records there is none. If a mapping looks like
    /// one with words for all records (`basis: office`) but has no `records`, that key is reported
    /// as missing.
    fn file(&mut self, (text, covered): (&Text, &[u32]), index: u16) -> Vec<Diagnostic> {
        let is_table = text.path.is_table();
        let Checked { value: mut node, mut diagnostics } =
            if is_table { self.table(text, covered) } else { source::read_yaml(text) };
        if let Some(node) = &mut node {
            group::unfold(node, &self.parts);
        }
        let Some(node) = &node else {
            self.look(text, None, (&[], &[]));
            return diagnostics;
        };
        let fields = &self.collection.fields;
        // Several records without their dashes have the same keys.
        let is_mixed = diagnostics.iter().any(|it| it.code == Code::DuplicateKey);
        let items = stated::records(node, fields)
            .filter(|(_, headed)| *headed || !is_mixed || node.as_list().is_some());
        let Some((items, headed)) = items else {
            self.look(text, Some(node), (&[], &[]));
            let says = |field: &Field| node.get(field.name).is_some();
            let mistakes = match node.get(RECORDS) {
                None if self.around.posting.iter().any(says) => {
                    let place = text.locate(first_line(text, node.span));
                    vec![missing(place, RECORDS, "records")]
                }
                list => {
                    diagnostics.retain(|it| it.code != Code::DuplicateKey);
                    misshapen(text, list.unwrap_or(node), "list")
                }
            };
            diagnostics.extend(mistakes);
            return diagnostics;
        };
        let header = headed.then(|| {
            let stated = record::header(text, node, fields, self.around, &mut diagnostics);
            stated::only_names(text, &stated, self.around, &mut diagnostics);
            let mut header = stated::posting(text, &stated, self.around, &mut diagnostics);
            let of = (&mut header, self.around);
            stated::no_address(text, &stated, of, "file", &mut diagnostics);
            header
        });
        self.records.reserve(items.len());
        let mut lines = Lines::new(&text.content);
        // Nothing is wrong with a record of whose persons less is shown: it does not count as a
        // mistake that makes reading on a waste of time.
        let mut unfounded = Vec::new();
        let (mut founded, mut official) = (Vec::new(), Vec::new());
        for item in items {
            if enough(&text.path, &mut diagnostics) {
                break;
            }
            let line = lines.at(item.span.start);
            let place = (index, line);
            let record = self.record(text, item, place, header.as_ref(), &mut diagnostics);
            let Some(record) = record else { continue };
            if self.personal && unfounded.len() <= MOST {
                let said = (&*record.values, record.posting.as_deref());
                posting::check(text, item, self.collection, said, self.around, &mut unfounded);
            }
            let basis = self.collection.basis(record.posting.as_deref());
            if personal::is_founded(basis) {
                founded.push(item.span.start);
            } else if basis.is_some() {
                official.push(item.span.start);
            }
            self.records.push(record);
            self.spans.push(item.span);
        }
        self.look(text, Some(node), (&founded, &official));
        diagnostics.extend(diagnostic::first(unfounded.into_iter()));
        diagnostics
    }

    /// Reads a table. The columns of one without rows are compared with the fields as those of a
    /// table with a row would be; one without a header is as empty as any file.
    fn table<'t>(&self, text: &'t Text, covered: &[u32]) -> Checked<Option<Node<'t>>> {
        let Checked { value: mut table, mut diagnostics } = csv::parse(text);
        let fields = &self.collection.fields;
        let posting = self.around.posting;
        sheet::settle(text, &mut table, fields, posting, covered, &mut diagnostics);
        let Table { rows, header, .. } = table;
        match header {
            None if diagnostics.is_empty() => diagnostics.push(source::empty(&text.path)),
            Some(header) if rows.as_list().is_some_and(<[_]>::is_empty) => {
                let mut found = Vec::new();
                record::decode(text, &header, fields, self.around, &mut found);
                // Cells that are empty are no mistake where there are none.
                found.retain(|it| it.help.as_deref() != Some("cell"));
                diagnostics.extend(found);
            }
            _ => {}
        }
        Checked { value: Some(rows), diagnostics }
    }

    /// Looks for personal data in a file. `founded` and `official` are the first bytes of its records
    /// with a basis, of either sort.
    fn look(
        &mut self,
        text: &Text,
        node: Option<&Node<'_>>,
        (founded, official): (&[u32], &[u32]),
    ) {
        let rules = ValueRules {
            fields: &self.collection.fields,
            posting: self.around.posting,
            title: self.collection.title.get("zh-CN"),
            founded,
            official,
        };
        self.found.values(text, node, rules);
    }

    /// Reads a record. A draft is not finished: what is wrong with it stops nothing.
    ///
    /// Most records say nothing of their publication, of most collections; these are told apart at
    /// once and get no posting.
    fn record(
        &self,
        text: &Text,
        item: &Node<'_>,
        (file, line): (u16, u32),
        header: Option<&Posting>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Record> {
        let before = diagnostics.len();
        let Decoded { values, stated } =
            record::decode(text, item, &self.collection.fields, self.around, diagnostics)?;
        consistency::name_end(self.collection, &mut diagnostics[before..]);
        consistency::check(text, item, self.collection, &values, diagnostics);
        // A value that could not be read was reported.
        if diagnostics[before..].iter().all(|it| it.severity != Severity::Error) {
            diagnostics.extend(consistency::nameless(text, item, self.collection, &values));
        }
        let silent = stated.is_empty() && header.is_none() && !self.ruled;
        let posting = if silent {
            None
        } else {
            let mut own = stated::posting(text, &stated, self.around, diagnostics);
            if self.collection.record_pages.is_none() {
                stated::no_address(text, &stated, (&mut own, self.around), "no-page", diagnostics);
            }
            stated::only_names(text, &stated, self.around, diagnostics);
            let place = (text, item.span);
            posting::complete(
                own,
                header,
                self.collection,
                &values,
                place,
                self.around,
                diagnostics,
            )
        };
        if posting.as_ref().is_some_and(|it| it.draft) {
            diagnostics[before..].iter_mut().for_each(|it| it.severity = Severity::Warning);
        }
        Some(Record { values, posting, file, line, apart: false })
    }
}

/// Line numbers of ever later places in a text. Each byte is looked at once, however many places,
/// where [`Text::locate`] would begin at the top each time.
struct Lines<'a> {
    content: &'a str,
    /// Up to where line ends were counted.
    byte: usize,
    /// The line of that byte.
    line: u32,
}

impl<'a> Lines<'a> {
    /// Starts at the first line.
    fn new(content: &'a str) -> Self {
        Self { content, byte: 0, line: 1 }
    }

    /// The line of a byte, counted from 1. Bytes have to be asked for in order; an earlier one gets
    /// the line of the last.
    fn at(&mut self, byte: u32) -> u32 {
        let byte = (byte as usize).max(self.byte);
        let newlines = self.content.as_bytes()[self.byte..byte].iter().filter(|it| **it == b'\n');
        self.line += u32::try_from(newlines.count()).unwrap_or(0);
        self.byte = byte;
        self.line
    }
}
