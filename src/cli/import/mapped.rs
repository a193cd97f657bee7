//! A table that another system exports, made one of a list by `imports/NAME.toml`.

use crate::{
    cli::{
        context::{Context, Failure},
        import::table::Table,
        lists::{OpenedLists, chosen, posting},
        report,
    },
    diagnostic::Severity,
    schema::{
        Collection, CollectionId,
        collection::field_called,
        mapping::{FOLDER, Mapping, UnknownValue},
    },
    source::{self, SitePath, workbook},
};

/// A table of a list.
pub(super) struct Mapped<'w> {
    /// The table, as CSV.
    pub(super) table: Table<'w>,
    /// The list.
    pub(super) list: CollectionId,
    /// The sheet that it was.
    pub(super) sheet: Option<String>,
    /// What is told of it.
    pub(super) notes: Vec<String>,
}

/// So many cells are named of those with unknown values.
const MOST: usize = 8;

/// Rewrites a table. Nothing if the mapping has mistakes, which are told.
pub(super) fn table<'w>(
    context: &Context,
    lists: &OpenedLists<'_>,
    table: &Table<'w>,
    name: &str,
) -> Result<Option<Mapped<'w>>, Failure> {
    let read = Mapping::load(&lists.files, name);
    let mut diagnostics = read.diagnostics;
    let is_wrong = diagnostics.iter().any(|it| it.severity == Severity::Error);
    report::human(context, &mut diagnostics, false)?;
    let Some(mapping) = read.value.filter(|_| !is_wrong) else { return Ok(None) };
    let all: Vec<Collection> = lists.catalog.collections.iter().map(|(_, it)| it.clone()).collect();
    let chosen = chosen(context, &all, std::slice::from_ref(&mapping.list))?;
    let list = chosen.first().and_then(|it| lists.catalog.collections.find(&it.name));
    let refused = |id: &str, args: &[(&str, &str)]| Failure::Said(context.say(id, args));
    let file = table.path.name().to_owned();
    let Some(list) = list else { return Err(refused("import-no-list", &[("file", &file)])) };
    let declared = lists.catalog.collections.get(list);
    let sheet = sheet(table, &mapping);
    let source = sheet.as_ref().map_or_else(|| table.path.clone(), |it| table.path.with_sheet(it));
    let text = source::read(table, &source);
    let mut mistakes = text.diagnostics;
    report::human(context, &mut mistakes, false)?;
    let Some(text) = text.value else { return Ok(None) };
    let is_field = |name: &str| {
        field_called(&declared.fields, name).or_else(|| field_called(posting(), name)).is_some()
    };
    let mapping_file = format!("{FOLDER}/{name}.toml");
    let said = [("file", file.as_str()), ("mapping", mapping_file.as_str())];
    let Some(mapped) = mapping.apply(&text, is_field) else {
        return Err(refused("import-no-columns", &said));
    };
    let comma = context.say("comma", &[]);
    let note = |id: &str, columns: &[String]| {
        let columns = columns.join(&comma);
        let said = [("columns", columns.as_str()), ("mapping", mapping_file.as_str())];
        (!columns.is_empty()).then(|| context.say(id, &said))
    };
    let left_out = note("import-left-out", &mapped.left_out);
    let cell = |it: &UnknownValue| format!("{} {}", it.cell, it.field);
    let unknown: Vec<String> = mapped.unknown.iter().take(MOST).map(cell).collect();
    let notes = [
        left_out,
        note("import-absent-columns", &mapped.absent),
        note("import-unknown-values", &unknown),
    ];
    let notes = notes.into_iter().flatten().collect();
    let folder = table.path.parent();
    // Called after its list, which no mapping is looked for then.
    let path: SitePath = folder.join(&format!("{}.csv", declared.name));
    let table = Table { world: table.world, path, bytes: mapped.content.into_bytes() };
    Ok(Some(Mapped { table, list, sheet, notes }))
}

/// The sheet that a mapping means: the one that it names, or the first.
fn sheet(table: &Table<'_>, mapping: &Mapping) -> Option<String> {
    if !table.path.is_workbook() {
        return None;
    }
    let names = workbook::names(table, &table.path).value;
    mapping.sheet.clone().or_else(|| names.into_iter().next())
}
