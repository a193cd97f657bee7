//! What is said of references that name no record, or one of several.
//!
//! Only a file with a mistake is read again, for the line. The names that are offered are those of
//! posted records: what is not posted is not told, to nobody.

use rustc_hash::FxHashMap;

use crate::{
    diagnostic::{self, Code, Diagnostic, Location, MOST, Severity, nearest, with_near},
    disclosure::{
        Portal, conceal,
        references::{Reference, ReferencePlace},
    },
    schema::{
        Collection, CollectionId, Field, PlaceId, Record, RecordSet, SetFiles, Value, decode,
        group, posting::Privacy, reference::key_of,
    },
    source::{
        self, SitePath, Span, Text, World, csv,
        yaml::{Node, NodeKind},
    },
};

/// The diagnostics of references that name no record, or one of several, set by set.
pub fn reference_mistakes(portal: &Portal<'_>) -> Vec<Diagnostic> {
    let catalog = &portal.catalog;
    if !catalog.collections.has_references() {
        return Vec::new();
    }
    let sets = catalog.sets.iter().enumerate();
    sets.flat_map(|(index, of)| check_set(portal, index, of)).collect()
}

/// Those of a set, in the order of its records. Their lines show no more of values than pages do.
fn check_set(portal: &Portal<'_>, index: usize, of: &SetFiles) -> Vec<Diagnostic> {
    let summary = portal.set_summary(index);
    let collection = portal.collections().get(of.collection);
    let found = summary.references.named.iter().filter_map(|reference| {
        let to = collection.fields[usize::from(reference.field)].to?;
        let to = portal.collections().find(to)?;
        portal.collections().get(to).has_names().then_some(())?;
        let place = portal.referred(of.place, to, reference.key);
        (!matches!(place, ReferencePlace::At(_))).then_some((reference, to, place))
    });
    // One more tells that there are others.
    let wrong: Vec<_> = found.take(MOST + 1).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    // Of files that were written meanwhile nothing is said: the build begins anew.
    let Some(set) = portal.records_at(index) else { return Vec::new() };
    let mut checked =
        CheckedSet { portal, of, collection, set: &set, known: FxHashMap::default(), file: None };
    let told = wrong.into_iter().map(|(it, to, place)| checked.told(it, to, place));
    let mut diagnostics = diagnostic::first(told);
    conceal::of_records(portal.files(), &set, &summary.facts, collection, &mut diagnostics);
    diagnostics
}

/// A set with a mistake.
struct CheckedSet<'a, 'w> {
    portal: &'a Portal<'w>,
    of: &'a SetFiles,
    collection: &'a Collection,
    /// Its posted records.
    set: &'a RecordSet,
    /// How the posted records of other collections are named.
    known: FxHashMap<CollectionId, Vec<String>>,
    /// The file that was read last: which of them, and all references in it.
    file: Option<(u16, Vec<WrittenReference>)>,
}

/// A reference as it is written.
struct WrittenReference {
    line: u32,
    field: usize,
    words: String,
    place: Location,
}

impl CheckedSet<'_, '_> {
    /// The diagnostic of a reference. What an internal field says is not quoted.
    fn told(&mut self, reference: &Reference, to: CollectionId, at: ReferencePlace) -> Diagnostic {
        let (portal, of) = (self.portal, self.of);
        let field = &self.collection.fields[usize::from(reference.field)];
        let is_internal = field.privacy == Privacy::Internal;
        let (words, place) = self.written(reference);
        let title = &portal.collections().get(to).title;
        let mut diagnostic = Diagnostic::error(Code::UnknownReference, place)
            .arg("value", if is_internal { "…" } else { words.as_str() })
            .arg_by_language("collection", |language| title.get(language).to_owned());
        if reference.is_draft || is_internal {
            diagnostic.severity = Severity::Warning;
        }
        match at {
            ReferencePlace::Several(first, other) => diagnostic
                .arg("found", "several")
                .related(file_of(portal, first, to), "one")
                .related(file_of(portal, other, to), "other")
                .help("several"),
            _ => {
                let known = self.known.entry(to).or_insert_with(|| known(portal, of.place, to));
                let near = nearest(&words, known.iter().map(String::as_str));
                let near = near.filter(|_| !is_internal);
                let diagnostic = diagnostic.arg("found", "no");
                if known.is_empty() {
                    diagnostic.help("empty")
                } else {
                    with_near(diagnostic, near, known)
                }
            }
        }
    }

    /// The words of a reference, and where they stand. Where the file does not say them, since they
    /// are those of a cell above or of the declaration, it is the record, and its posted words.
    fn written(&mut self, reference: &Reference) -> (String, Location) {
        let path = &self.of.files[usize::from(reference.file)];
        if self.file.as_ref().is_none_or(|(file, _)| *file != reference.file) {
            let read = read(self.portal.files(), path, self.collection);
            self.file = Some((reference.file, read));
        }
        let all = self.file.iter().flat_map(|(_, all)| all);
        let mut all =
            all.filter(|it| it.line == reference.line && it.field == usize::from(reference.field));
        match all.find(|it| key_of(&it.words) == reference.key) {
            Some(it) => (it.words.clone(), it.place.clone()),
            None => (self.posted(reference), Location::line(path.clone(), reference.line)),
        }
    }

    /// The words of a reference in a posted record.
    fn posted(&self, reference: &Reference) -> String {
        let is_this = |it: &&Record| (it.file, it.line) == (reference.file, reference.line);
        let record = self.set.records.iter().find(is_this);
        let values = record.map_or(&[][..], |it| it.values[usize::from(reference.field)].each());
        let mut words = values.iter().filter_map(Value::as_text);
        words.find(|it| key_of(it) == reference.key).unwrap_or("…").to_owned()
    }
}

/// The first file with the records of a place.
fn file_of(portal: &Portal<'_>, place: PlaceId, collection: CollectionId) -> Location {
    let set = portal.catalog.set_index(place, collection).map(|index| &portal.catalog.sets[index]);
    let file = set.and_then(|set| set.files.first().cloned());
    Location::file(file.unwrap_or_else(|| portal.place(place).folder.clone()))
}

/// The names by which a place can mean posted records of a collection: those of the place itself and
/// of the places above first.
fn known(portal: &Portal<'_>, from: PlaceId, collection: CollectionId) -> Vec<String> {
    let declared = portal.collections().get(collection);
    let mut places = portal.catalog.ancestry(from);
    places.reverse();
    let rest = portal.places().iter().map(|place| place.id).filter(|it| !places.contains(it));
    let rest: Vec<PlaceId> = rest.collect();
    places.extend(rest);
    let words = |place: PlaceId| {
        let set = portal.records(place, collection);
        let words = set.iter().flat_map(|set| &set.records).map(|it| declared.key_words(it));
        let meant = ReferencePlace::At(place);
        let is_meant = |it: &String| portal.referred(from, collection, key_of(it)) == meant;
        words.flatten().filter(is_meant).collect::<Vec<_>>()
    };
    places.into_iter().flat_map(words).collect()
}

/// All references in a file. It is read and parsed again.
fn read(world: &dyn World, path: &SitePath, collection: &Collection) -> Vec<WrittenReference> {
    let Some((text, _)) = decode::text_of(world, path, collection).value else {
        return Vec::new();
    };
    let is_table = text.path.is_table();
    let node =
        if is_table { Some(csv::parse(&text).value.rows) } else { source::read_yaml(&text).value };
    let Some(mut node) = node else { return Vec::new() };
    group::unfold(&mut node, &collection.parts());
    let (records, _) = decode::records(&node, &collection.fields).unwrap_or_default();
    records.iter().flat_map(|item| in_record(&text, item, collection)).collect()
}

/// The references in a record.
fn in_record(text: &Text, item: &Node<'_>, collection: &Collection) -> Vec<WrittenReference> {
    let line = text.locate(item.span).range.map_or(0, |it| it.start.line);
    let mut all = Vec::new();
    for (field, declared, _) in collection.references() {
        let entries = item.as_map().unwrap_or_default().iter();
        for entry in entries.filter(|entry| declared.is_called(&entry.key)) {
            for (words, span) in words(&entry.value, declared) {
                all.push(WrittenReference { line, field, words, place: text.locate(span) });
            }
        }
    }
    all
}

/// The words of each reference in a value, and where they stand.
fn words(value: &Node<'_>, field: &Field) -> Vec<(String, Span)> {
    match &value.kind {
        NodeKind::Scalar(written) => {
            let parts = decode::parts(written, field);
            parts.into_iter().map(|it| (it.to_string(), value.span)).collect()
        }
        NodeKind::List(items) => {
            let scalars = items.iter().filter_map(|it| Some((it.as_str()?.to_owned(), it.span)));
            scalars.collect()
        }
        NodeKind::Null | NodeKind::Map(_) => Vec::new(),
    }
}
