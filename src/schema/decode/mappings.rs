//! The mappings by which tables of other systems are content: those of `imports/` that say of which
//! `files` they are.
//!
//! ```text
//! imports/ping-an.toml            files = "巡查导出*.xlsx"
//! content/kaixuan/yixin/巡查导出3月.xlsx      ─▶ the patrols of yixin, each told at its own cell
//! ```

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Cell, Checked, Code, Diagnostic, Location, nearest, with_near},
    fingerprint::Fingerprint,
    schema::{
        Collection, Field, builtin,
        collection::field_called,
        mapping::{FOLDER, Mapping, UnknownValue},
    },
    source::{self, Files, Folder, SitePath, Text},
};

/// The fingerprint of all mappings of a site; that of nothing without any.
pub(in crate::schema) fn fingerprint(files: &Files<'_>) -> Fingerprint {
    let folder = files.tree().folder(&SitePath::new(FOLDER));
    let all: Vec<&SitePath> = folder.into_iter().flat_map(|it| mappings(it)).collect();
    if all.is_empty() { Fingerprint::default() } else { files.fingerprint_all(all) }
}

fn mappings(folder: &Folder) -> impl Iterator<Item = &SitePath> {
    folder.files.iter().filter(|it| it.has_extension("toml"))
}

/// Gives the lists the mappings by which files in the folders of places are read as their records. One
/// for imports alone is not looked at further.
pub(in crate::schema) fn add(
    files: &Files<'_>,
    all: &mut BTreeMap<String, Collection>,
    posting: &[Field],
    sink: &mut Vec<Diagnostic>,
) {
    let Some(folder) = files.tree().folder(&SitePath::new(FOLDER)) else { return };
    for file in mappings(folder) {
        let read = source::read(files, file).value.map(|text| Mapping::read(&text));
        let Some(Checked { value, diagnostics }) = read else { continue };
        let is_misnamed = diagnostics.iter().any(|it| it.code == Code::BadSetting);
        let is_for_imports = |it: &Mapping| it.files.is_empty() && !is_misnamed;
        if value.as_ref().is_some_and(is_for_imports) {
            continue;
        }
        sink.extend(diagnostics);
        let Some(mut mapping) = value else { continue };
        let found =
            all.values_mut().find(|it| it.name == mapping.list || it.title.is(&mapping.list));
        let Some(collection) = found else {
            let names: Vec<&str> = all.keys().map(String::as_str).collect();
            let near = nearest(&mapping.list, names.iter().copied());
            let unknown = Diagnostic::error(Code::UnknownCollection, mapping.location.clone());
            sink.push(with_near(unknown.arg("name", mapping.list), near, &names));
            continue;
        };
        for column in &mapping.columns {
            let is_field = [&collection.fields, posting]
                .iter()
                .any(|it| field_called(it, &column.field).is_some());
            if !is_field {
                let names: Vec<&str> = collection.fields.iter().map(|it| it.name).collect();
                let near = nearest(&column.field, names.iter().copied());
                let place = column.location.clone();
                let unknown = Diagnostic::error(Code::UndeclaredField, place);
                sink.push(with_near(unknown.arg("field", &*column.field), near, &names));
            }
        }
        mapping.list.clone_from(&collection.name);
        collection.mappings.push(mapping);
    }
}

/// The mapping by which a file is read.
pub(in crate::schema) fn of<'c>(
    collection: &'c Collection,
    file: &SitePath,
) -> Option<&'c Mapping> {
    collection.mappings.iter().find(|it| it.is_for(file))
}

/// The table of another system as its list reads it, and its cells that merged ones cover. Nothing if
/// none of its lines has any of the columns.
pub(in crate::schema) fn apply(
    mapping: &Mapping,
    collection: &Collection,
    (text, covered): (Text, Vec<u32>),
) -> Checked<Option<(Text, Vec<u32>)>> {
    let posting = &builtin::get().posting.fields;
    let is_field = |name: &str| {
        field_called(&collection.fields, name).or_else(|| field_called(posting, name)).is_some()
    };
    let mapped = mapping.apply(&text, is_field);
    let told = |kind: &'static str, names: String| {
        let place = Location::file(text.path.clone());
        let told = match kind {
            "none" => Diagnostic::error(Code::MappingColumns, place),
            _ => Diagnostic::warning(Code::MappingColumns, place),
        };
        let told = told.arg("kind", kind).arg("names", names).arg("mapping", mapping.file());
        told.related(Location::file(mapping.location.file.clone()), "mapping").help(kind)
    };
    let Some(mapped) = mapped else {
        let names: Vec<&str> = mapping.columns.iter().map(|it| it.name.as_str()).collect();
        return Checked { value: None, diagnostics: vec![told("none", names.join("、"))] };
    };
    let absent = &mapped.absent;
    let mut diagnostics =
        if absent.is_empty() { Vec::new() } else { vec![told("some", absent.join("、"))] };
    let mut unknown: BTreeMap<&str, Vec<&UnknownValue>> = BTreeMap::new();
    mapped.unknown.iter().for_each(|it| unknown.entry(&it.field).or_default().push(it));
    for (field, cells) in unknown {
        let shown = field_called(&collection.fields, field).map(|it| &collection.fields[it]);
        let label = shown.map_or(field, |it| it.label.get("zh-CN"));
        let told = told("values", label.to_owned());
        let told = told.arg("field", field).arg("count", cells.len().to_string());
        diagnostics.push(Diagnostic { location: place(&text.path, cells[0].cell), ..told });
    }
    let covered = mapped.moved(&text, &covered);
    let text = Text { path: text.path, content: mapped.content };
    Checked { value: Some((text, covered)), diagnostics }
}

/// Where a cell of a table is.
fn place(file: &SitePath, cell: Cell) -> Location {
    match file.sheet() {
        Some(_) => Location::cell(file.clone(), cell),
        None => {
            let line = u32::try_from(cell.row).unwrap_or(u32::MAX);
            Location { cell: Some(cell), ..Location::line(file.clone(), line) }
        }
    }
}

/// Takes from what is said of such a table what is not so in the file itself: how a line is written, and
/// what would mend it. Of CSV the columns of characters, too; the cell is right.
pub(in crate::schema) fn settle(collection: &Collection, diagnostics: &mut [Diagnostic]) {
    if collection.mappings.is_empty() {
        return;
    }
    for diagnostic in diagnostics {
        if of(collection, &diagnostic.location.file).is_some() {
            diagnostic.fix.clear();
        }
        for place in diagnostic.places_mut() {
            if of(collection, &place.file).is_none() {
                continue;
            }
            place.quote = None;
            if let (None, Some(range)) = (place.file.sheet(), &mut place.range) {
                range.start.column = 1;
                range.end = range.start;
            }
        }
    }
}
