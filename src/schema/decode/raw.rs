//! Records as they are written, by the fields of their collection: for what writes them somewhere
//! else, a workbook or another file.
//!
//! They are read as `sets.rs` reads them, from YAML, CSV or a sheet, but no value is understood.

use crate::{
    diagnostic::{Checked, Location},
    schema::{
        Collection, Field,
        collection::field_called,
        decode::{sets, sheet, stated},
        group::{self, WrittenGroup},
    },
    source::{self, SitePath, World, csv, yaml::NodeKind},
};

/// A record as it is written.
#[derive(Debug, Clone)]
pub(crate) struct RawRecord {
    /// The line on which it begins, as [`crate::schema::Record`] has it.
    pub(crate) line: u32,
    /// Where it stands.
    pub(crate) place: Location,
    /// What it says, in its order.
    pub(crate) values: Vec<RawValue>,
    /// Its groups.
    pub(crate) groups: Vec<WrittenGroup>,
}

/// A key of a record, with its value.
#[derive(Debug, Clone)]
pub(crate) struct RawValue {
    /// The key as it is written, or the name of the field for a part of a group.
    pub(crate) key: String,
    /// Which field it is: one of the collection, or behind those one that any record may have.
    pub(crate) field: usize,
    /// Its texts; none if nothing is written.
    pub(crate) texts: Vec<String>,
    /// It is a list.
    pub(crate) is_list: bool,
    /// Where the value stands.
    pub(crate) place: Location,
}

/// Reads the records of a file. `posting` are the fields that any record may have. What is no field,
/// and what is written in other ways than as a text or as a list of texts, is left out; then the
/// second value is false.
pub(crate) fn records(
    world: &dyn World,
    file: &SitePath,
    collection: &Collection,
    posting: &[Field],
) -> Checked<(Vec<RawRecord>, bool)> {
    let mut sink = Vec::new();
    let Some((text, covered)) = sets::text_of(world, file, collection).report(&mut sink) else {
        return Checked { value: (Vec::new(), true), diagnostics: sink };
    };
    let fields = &collection.fields;
    let node = if text.path.is_table() {
        let mut table = csv::parse(&text).report(&mut sink);
        sheet::settle(&text, &mut table, fields, posting, &covered, &mut sink);
        Some(table.rows)
    } else {
        source::read_yaml(&text).report(&mut sink)
    };
    let mut is_whole = true;
    let mut records = Vec::new();
    if let Some(mut node) = node {
        let parts = collection.parts();
        let (items, _) = stated::records(&node, fields).unwrap_or_default();
        let groups = items.iter().map(|it| group::written(it, &parts));
        let mut groups = if parts.is_empty() { Vec::new() } else { groups.collect() }.into_iter();
        group::unfold(&mut node, &parts);
        let (items, _) = stated::records(&node, fields).unwrap_or_default();
        let mut locator = source::Locator::new(&text);
        for item in items {
            locator.go_to(item.span.start as usize);
            let place = locator.locate(item.span);
            let mut values = Vec::new();
            for entry in item.as_map().unwrap_or_default() {
                let own = field_called(fields, &entry.key);
                let other = || field_called(posting, &entry.key).map(|it| fields.len() + it);
                let texts = match &entry.value.kind {
                    NodeKind::Null => Some((Vec::new(), false)),
                    NodeKind::Scalar(text) => Some((vec![text.trim_end().to_owned()], false)),
                    NodeKind::List(items) => {
                        let texts = items.iter().map(|it| it.as_str().map(str::to_owned));
                        texts.collect::<Option<Vec<_>>>().map(|texts| (texts, true))
                    }
                    NodeKind::Map(_) => None,
                };
                let (Some(field), Some((texts, is_list))) = (own.or_else(other), texts) else {
                    is_whole = false;
                    continue;
                };
                let place = locator.locate(entry.value.span);
                values.push(RawValue { key: entry.key.to_string(), field, texts, is_list, place });
            }
            let line = place.range.map_or(0, |range| range.start.line);
            let groups = groups.next().unwrap_or_default();
            records.push(RawRecord { line, place, values, groups });
        }
    }
    Checked { value: (records, is_whole), diagnostics: sink }
}
