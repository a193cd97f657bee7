//! The content folder, decoded.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Severity, enough},
    schema::{
        Collection, CollectionId, Collections, FieldType, Notice, Place, PlaceId, Record,
        RecordSet, Value,
        builtin::{self, Builtin},
        declaration, layout,
        layout::{Layout, PlaceFiles},
        notice,
        place::PlaceIndex,
        reader::{first_line, misshapen},
        record::{self, Surroundings},
    },
    source::{self, Folder, SitePath, Span, Text, World, csv, yaml::Node},
};

/// All that the content folder says, each part as its declaration understands it.
#[derive(Debug, Default)]
pub struct Records {
    /// The collections that there are.
    pub collections: Collections,
    /// The words for the levels of places, by [`Place::level`].
    pub levels: Vec<crate::schema::collection::Choice>,
    /// The places, parents before children; the first is the root.
    pub places: Vec<Place>,
    /// The record sets, by place, then collection.
    pub sets: Vec<RecordSet>,
    /// The notices, by file.
    pub notices: Vec<Notice>,
    /// The files of notices that could not be read, and their places.
    pub unread: Vec<(SitePath, PlaceId)>,
    /// Every image of the content folder.
    pub images: BTreeSet<SitePath>,
}

/// Decodes the content folder. `sections` are the ids that a notice or collection may name.
pub fn decode(
    world: &dyn World,
    content: &Folder,
    sections: &[&str],
    order: PlaceOrder,
) -> Checked<Records> {
    let mut diagnostics = Vec::new();
    let sink = &mut diagnostics;
    let built_in = builtin::load();
    let collections = collections(world, content, built_in.collections.clone(), sections, sink);
    let named = collections.iter().map(|(_, it)| (it.name.as_str(), it.title.get("zh-CN")));
    let layout = layout::sort(content, &named.collect()).report(sink);
    let places = places(world, &layout, &built_in, order, sink);
    let index = PlaceIndex::new(&places);
    let around = Surroundings { places: &index, images: &layout.images };

    let sets = sets(world, &layout, &collections, around, sink);
    let (notices, unread) = notices(world, &layout, &built_in.notice, sections, around, sink);
    let level = built_in.place.field("level").map(|it| built_in.place.fields[it].choices.clone());
    let records = Records {
        collections,
        levels: level.unwrap_or_default(),
        places,
        sets,
        notices,
        unread,
        images: layout.images,
    };
    Checked { value: records, diagnostics }
}

/// How places are ordered that give no `order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaceOrder {
    /// By name, as a Chinese dictionary has it.
    #[default]
    Pinyin,
    /// By the name of their folder.
    Folder,
}

fn collections(
    world: &dyn World,
    content: &Folder,
    mut all: BTreeMap<String, Collection>,
    sections: &[&str],
    sink: &mut Vec<Diagnostic>,
) -> Collections {
    for file in layout::declarations(content) {
        let mut told = Vec::new();
        let text = source::read(world, &file).report(&mut told);
        let decoded = text.and_then(|it| declaration::decode(&it, sections).report(&mut told));
        must_not_be_empty(&mut told);
        sink.extend(told);
        // The declaration is what has to be mended: nothing is said of records that it tells of.
        let collection = decoded.unwrap_or_else(|| Collection::empty(file.stem()));
        all.insert(collection.name.clone(), collection);
    }
    Collections::new(all)
}

/// Without a word in it, a place or a collection cannot be published.
fn must_not_be_empty(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|it| it.code == Code::EmptyFile) {
        diagnostic.severity = Severity::Error;
    }
}

fn places(
    world: &dyn World,
    layout: &Layout,
    built_in: &Builtin,
    order: PlaceOrder,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Place> {
    let around = Surroundings { places: &PlaceIndex::default(), images: &layout.images };
    let read = |(id, files): (usize, &PlaceFiles)| {
        let mut diagnostics = Vec::new();
        let id = PlaceId(u32::try_from(id).expect("a site has fewer folders than 2³²"));
        let values = files.place.as_ref().and_then(|file| {
            let text = source::read(world, file).report(&mut diagnostics)?;
            let node = source::read_yaml(&text).report(&mut diagnostics)?;
            record::decode(&text, &node, &built_in.place.fields, around, &mut diagnostics)
        });
        must_not_be_empty(&mut diagnostics);
        let values = values.as_deref().unwrap_or_default();
        Checked { value: Place::new(id, &files.folder, values, &built_in.place), diagnostics }
    };
    let read: Vec<_> =
        layout.places.par_iter().enumerate().map(|(id, files)| read((id, files))).collect();
    let mut places: Vec<Place> = read.into_iter().map(|it| it.report(sink)).collect();
    nest(&mut places, layout, order);
    places
}

fn nest(places: &mut [Place], layout: &Layout, order: PlaceOrder) {
    let collator = crate::text::Collator::new();
    let keys: Vec<_> = places
        .iter()
        .map(|place| {
            let name = match order {
                PlaceOrder::Pinyin => collator.key(&place.name),
                PlaceOrder::Folder => place.path.clone().into_bytes(),
            };
            (place.order.is_none(), place.order, name, place.path.clone())
        })
        .collect();
    for (index, files) in layout.places.iter().enumerate() {
        let Some(parent) = files.parent else { continue };
        places[index].parent = Some(places[parent].id);
        let id = places[index].id;
        places[parent].children.push(id);
    }
    for place in places {
        place.children.sort_by(|a, b| keys[a.index()].cmp(&keys[b.index()]));
    }
}

fn sets(
    world: &dyn World,
    layout: &Layout,
    collections: &Collections,
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<RecordSet> {
    let mut jobs = Vec::new();
    for (place, files) in (0..).map(PlaceId).zip(&layout.places) {
        for (name, files) in &files.sets {
            let id = collections.find(name).expect("the layout knows no other collections");
            jobs.push((place, id, files));
        }
    }
    let decoded: Vec<_> = jobs
        .into_par_iter()
        .map(|(place, id, files)| set(world, place, id, collections.get(id), files, around))
        .collect();
    decoded.into_iter().map(|it| it.report(sink)).collect()
}

fn set(
    world: &dyn World,
    place: PlaceId,
    id: CollectionId,
    collection: &Collection,
    files: &[SitePath],
    around: Surroundings<'_>,
) -> Checked<RecordSet> {
    let set = |records| RecordSet { place, collection: id, files: files.to_vec(), records };
    if collection.fields.is_empty() {
        return Checked::clean(set(Vec::new()));
    }
    let mut sink = Vec::new();
    let mut records = Vec::new();
    let mut spans = Vec::new();
    let texts: Vec<Option<Text>> =
        files.iter().map(|it| source::read(world, it).report(&mut sink)).collect();
    for (index, text) in texts.iter().enumerate() {
        let Some(text) = text else { continue };
        let csv = text.path.has_extension("csv");
        let Checked { value: node, diagnostics: mut told } =
            if csv { csv::parse(text) } else { source::read_yaml(text) };
        let items = node.as_ref().and_then(Node::as_list);
        if let (Some(node), None) = (&node, items) {
            told.push(misshapen(text, node, "list"));
        }
        let items = items.unwrap_or_default();
        records.reserve(items.len());
        let mut lines = Lines::new(&text.content);
        for item in items {
            if enough(&text.path, &mut told) {
                break;
            }
            let Some(values) = record::decode(text, item, &collection.fields, around, &mut told)
            else {
                continue;
            };
            let file = u16::try_from(index).unwrap_or(u16::MAX);
            let record = Record { values, file, line: lines.at(item.span.start) };
            record::check(text, item, collection, &record, &mut told);
            records.push(record);
            spans.push(item.span);
        }
        sink.extend(told);
    }
    let text = |record: &Record| {
        texts[usize::from(record.file)].as_ref().expect("the record was read from it")
    };
    for (first, again) in repeated(collection, &records) {
        let (record, before) = (&records[again], text(&records[first]));
        if enough(&text(record).path, &mut sink) {
            break;
        }
        sink.push(twice(collection, record, text(record), spans[again], before, spans[first]));
    }
    Checked { value: set(records), diagnostics: sink }
}

/// Records with one natural key: the first that has it, and each later one.
fn repeated(collection: &Collection, records: &[Record]) -> Vec<(usize, usize)> {
    let key = |index: usize| collection.key.iter().map(move |it| &records[index].values[*it]);
    let whole = |it: &usize| !key(*it).any(Value::is_absent);
    let candidates = if collection.key.is_empty() { 0 } else { records.len() };
    let mut order: Vec<usize> = (0..candidates).filter(whole).collect();
    // Most files are in the order of their keys, and sorting what is sorted costs one comparison
    // a record.
    order.sort_by(|a, b| key(*a).cmp(key(*b)));
    let groups = order.chunk_by(|a, b| key(*a).eq(key(*b)));
    groups.flat_map(|it| it[1..].iter().map(|again| (it[0], *again))).collect()
}

fn twice(
    collection: &Collection,
    record: &Record,
    text: &Text,
    span: Span,
    first: &Text,
    first_span: Span,
) -> Diagnostic {
    let month = |it: &usize| collection.fields[*it].kind == FieldType::Month;
    let code =
        if collection.key.iter().all(month) { Code::MonthTwice } else { Code::DuplicateRecord };
    let key = |language: &str| {
        let shown =
            |it: &usize| crate::text::plain(&record.values[*it], &collection.fields[*it], language);
        let comma = if language == "zh-CN" { "，" } else { ", " };
        collection.key.iter().map(shown).collect::<Vec<_>>().join(comma)
    };
    let name = if code == Code::MonthTwice { "month" } else { "key" };
    Diagnostic::error(code, text.locate(first_line(text, span)))
        .arg_by_language(name, key)
        .related(first.locate(first_line(first, first_span)), "first")
        .help("remove")
}

/// Line numbers of ever later places in a text.
struct Lines<'a> {
    content: &'a str,
    byte: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(content: &'a str) -> Self {
        Self { content, byte: 0, line: 1 }
    }

    fn at(&mut self, byte: u32) -> u32 {
        let byte = (byte as usize).max(self.byte);
        let newlines = self.content.as_bytes()[self.byte..byte].iter().filter(|it| **it == b'\n');
        self.line += u32::try_from(newlines.count()).unwrap_or(0);
        self.byte = byte;
        self.line
    }
}

fn notices(
    world: &dyn World,
    layout: &Layout,
    declaration: &Collection,
    sections: &[&str],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Vec<Notice>, Vec<(SitePath, PlaceId)>) {
    let mut jobs = Vec::new();
    for (place, files) in (0..).map(PlaceId).zip(&layout.places) {
        jobs.extend(files.notices.iter().map(|file| (place, file)));
    }
    let decoded: Vec<_> = jobs
        .into_par_iter()
        .map(|(place, file)| {
            let mut diagnostics = Vec::new();
            let text = source::read(world, file).report(&mut diagnostics);
            let value = text.and_then(|text| {
                notice::decode(text, place, declaration, sections, around, &mut diagnostics)
            });
            Checked { value: value.ok_or_else(|| (file.clone(), place)), diagnostics }
        })
        .collect();
    let (mut notices, mut unread) = (Vec::new(), Vec::new());
    for decoded in decoded {
        match decoded.report(sink) {
            Ok(notice) => notices.push(notice),
            Err(file) => unread.push(file),
        }
    }
    (notices, unread)
}
