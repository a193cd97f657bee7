//! Records that are told twice, and values that stand twice where they may stand once.
//!
//! | declared | reported |
//! | --- | --- |
//! | `key: [name, date]` | each later record with the key of another, as an error |
//! | `key: [month]`, a month | the same, in words of months |
//! | a field with `unique: true` | each later record with values of another, as one warning |

use std::collections::BTreeMap;

use crate::{
    diagnostic::{self, Code, Diagnostic, Location, enough},
    schema::{Collection, Field, FieldType, Record, Value, display, numbered, posting::Privacy},
    source::{Span, Text, reader::first_line},
};

/// The records of a set, with where they stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    /// Their declaration.
    pub collection: &'a Collection,
    /// The records of all files.
    pub records: &'a [Record],
    /// Where each of them stands in its file.
    pub spans: &'a [Span],
    /// The files; nothing for one that could not be read, which has no records.
    pub texts: &'a [Option<Text>],
}

impl<'a> Written<'a> {
    /// Reports what stands twice in the set.
    pub(super) fn check(self, sink: &mut Vec<Diagnostic>) {
        for (first, again) in repeated(self.collection, self.records) {
            if enough(&self.text(again).path, sink) {
                break;
            }
            sink.push(self.twice(first, again));
        }
        // These are warnings: that there are too many must not keep a site from being built.
        let values = self.shared_values().into_iter();
        sink.extend(diagnostic::first(values.map(|values| self.shared(&values))));
    }

    /// The file of a record.
    fn text(self, index: usize) -> &'a Text {
        let file = usize::from(self.records[index].file);
        self.texts[file].as_ref().expect("the record was read from it")
    }

    /// The first line of a record.
    fn place(self, index: usize) -> Location {
        let text = self.text(index);
        text.locate(first_line(text, self.spans[index]))
    }

    /// The values of unique fields that stand in several records: all of a field that two records
    /// share, each with the first that has it.
    fn shared_values(self) -> Vec<Shared<'a>> {
        let mut shared = Vec::new();
        let fields = &self.collection.fields;
        let is_first = |it: &&Field| it.group.as_ref().is_none_or(|group| group.number < 2);
        for field in fields.iter().filter(|it| it.unique).filter(is_first) {
            // The same part of several groups is one.
            let is_same = |it: &Field| match (&it.group, &field.group) {
                (Some(one), Some(other)) => one.is_like(other),
                _ => it.name == field.name,
            };
            let same: Vec<usize> = (0..fields.len()).filter(|it| is_same(&fields[*it])).collect();
            let mut seen = BTreeMap::new();
            let mut pairs: BTreeMap<(usize, usize), Vec<&Value>> = BTreeMap::new();
            for (again, record) in self.records.iter().enumerate() {
                for value in same.iter().flat_map(|it| record.values[*it].each()) {
                    let first = *seen.entry(value).or_insert(again);
                    if first != again {
                        pairs.entry((again, first)).or_default().push(value);
                    }
                }
            }
            let pairs = pairs.into_iter();
            shared.extend(pairs.map(|((again, first), values)| Shared {
                field,
                values,
                first,
                again,
            }));
        }
        shared
    }

    /// The diagnostic of values that stand in two records. Those of an internal field are not
    /// quoted.
    fn shared(self, of: &Shared<'_>) -> Diagnostic {
        let label = |language: &str| of.field.label.get(language).to_owned();
        Diagnostic::warning(Code::ValueTwice, self.place(of.again))
            .arg_by_language("label", label)
            .arg_by_language("value", |language| of.shown(language))
            .related(self.place(of.first), "first")
            .help("check")
    }

    /// The diagnostic of a record whose key another has.
    ///
    /// A collection with one record a month, such as months without incidents, has a message of
    /// its own.
    fn twice(self, first: usize, again: usize) -> Diagnostic {
        let (fields, key) = (&self.collection.fields, &self.collection.key);
        let is_month = key.iter().all(|field| fields[*field].kind == FieldType::Month);
        let (code, name) =
            if is_month { (Code::MonthTwice, "month") } else { (Code::DuplicateRecord, "key") };
        let values = &self.records[again].values;
        let key = |language: &str| {
            let parts = key.iter().map(|field| shown(&values[*field], &fields[*field], language));
            parts.collect::<Vec<_>>().join(if language == "zh-CN" { "，" } else { ", " })
        };
        Diagnostic::error(code, self.place(again))
            .arg_by_language(name, key)
            .related(self.place(first), "first")
            .help("remove")
    }
}

/// Values of a unique field that two records have.
#[derive(Debug)]
struct Shared<'a> {
    field: &'a Field,
    values: Vec<&'a Value>,
    /// The record that has them first.
    first: usize,
    /// The other one.
    again: usize,
}

impl Shared<'_> {
    /// The values in a message: things with numbers of one street together.
    fn shown(&self, language: &str) -> String {
        if self.field.privacy == Privacy::Internal {
            return "…".to_owned();
        }
        let mut shown: Vec<String> =
            self.values.iter().map(|it| display::plain(it, self.field, language)).collect();
        if self.field.numbered {
            shown = numbered::folded(shown.iter().map(String::as_str));
        }
        shown.join("、")
    }
}

/// A value in a message; one of an internal field is not quoted.
fn shown(value: &Value, field: &Field, language: &str) -> String {
    if field.privacy == Privacy::Internal {
        return "…".to_owned();
    }
    display::plain(value, field, language)
}

/// Records with one natural key: the first that has it, and each later one.
///
/// Nothing for a collection without a key. A record of which a part of the key is absent is
/// compared with none: that the part is missing has been reported if it is required. Costs a sort
/// of indexes.
fn repeated(collection: &Collection, records: &[Record]) -> Vec<(usize, usize)> {
    let key = |index: usize| collection.key.iter().map(move |it| &records[index].values[*it]);
    let whole = |index: &usize| !key(*index).any(Value::is_absent);
    let candidates = if collection.key.is_empty() { 0 } else { records.len() };
    let mut order: Vec<usize> = (0..candidates).filter(whole).collect();
    // Most files are in the order of their keys, and sorting what is sorted costs one comparison
    // a record.
    order.sort_by(|a, b| key(*a).cmp(key(*b)));
    let groups = order.chunk_by(|a, b| key(*a).eq(key(*b)));
    groups.flat_map(|group| group[1..].iter().map(|again| (group[0], *again))).collect()
}
