//! `datapackage.json`: what the tables of a place, or of the portal, hold, for programs.
//!
//! It is a Data Package, version 2 (<https://datapackage.org>). It tells of the CSV files alone: JSON
//! has the same rows under the same names.

use serde::Serialize;

use crate::{
    artifact::{
        View,
        address::inside,
        data::{
            cell::{self, WITHHELD},
            column::{Column, columns},
            field::{DataField, is_stated},
            part::{DataScope, FOLDER},
            places,
            words::{self, Word, say},
        },
    },
    figures::Contents,
    schema::{Collection, CollectionId, FieldType, PlaceId},
};

/// Where the profile of a descriptor stands.
const PROFILES: &str = "https://datapackage.org/profiles/2.0";

#[derive(Debug, Serialize)]
struct Package {
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    homepage: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<PackageLicence>,
    sources: Vec<PackageSource>,
    resources: Vec<Resource>,
}

#[derive(Debug, Serialize)]
struct PackageLicence {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'static str,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
}

#[derive(Debug, Serialize)]
struct PackageSource {
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
}

#[derive(Debug, Serialize)]
struct Resource {
    name: String,
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    /// How many records it has.
    rows: usize,
    /// The days that the records are of.
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal: Option<Temporal>,
    schema: TableSchema,
}

#[derive(Debug, Serialize)]
struct Temporal {
    start: String,
    end: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    #[serde(rename = "$schema")]
    profile: String,
    fields: Vec<DataField>,
    missing_values: Vec<MissingValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Serialize)]
struct MissingValue {
    value: String,
    label: String,
}

#[derive(Debug, Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Debug, Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 1],
}

/// The package of the tables of a scope: as JSON, with what it says.
pub(super) fn write(view: &View<'_>, scope: DataScope) -> String {
    let (config, language) = (view.config(), view.language());
    let has_address = !config.base_url.is_empty();
    let address = |path: &str| if has_address { view.whole_url(path) } else { String::new() };
    let is_whole = scope == DataScope::Within(PlaceId::ROOT);
    let here = (!is_whole).then(|| view.place(scope.place()));
    let about = here.map_or("", |it| it.path.as_str());
    let title = here.map_or_else(|| config.title.get(language), |it| it.name.as_str());
    let office = config.organiser.name.clone();
    let source = |title: String, path: &str| PackageSource { title, path: address(path) };
    let mut sources: Vec<PackageSource> = office.map(|it| source(it, "")).into_iter().collect();
    sources.extend(here.map(|it| source(it.name.clone(), &inside(&it.path, ""))));
    let mut resources: Vec<Resource> =
        view.collections().map(|id| resource(view, scope, id)).collect();
    if is_whole {
        resources.insert(0, of_places(view));
    }
    let licence = config.licence.iter().map(|it| PackageLicence {
        name: it.name,
        title: it.title.clone(),
        path: it.url.clone(),
    });
    let package = Package {
        schema: format!("{PROFILES}/datapackage.json"),
        id: address(&view.artifact().path),
        title: title.to_owned(),
        homepage: address(&inside(about, FOLDER)),
        licenses: licence.collect(),
        sources,
        resources,
    };
    let text = serde_json::to_string_pretty(&package);
    text.expect("a package has texts and numbers alone") + "\n"
}

fn resource(view: &View<'_>, scope: DataScope, id: CollectionId) -> Resource {
    let (collection, language) = (view.collection(id), view.language());
    let contents: Vec<&Contents> = match scope {
        DataScope::Own(place) => view.contents(place, id).into_iter().collect(),
        DataScope::Within(place) => view.all_contents(place, id).collect(),
    };
    // The places have a table in the package of the portal.
    let has_places = scope == DataScope::Within(PlaceId::ROOT);
    let columns = columns(collection, language);
    let field = |column: &Column<'_>| DataField::of(column, collection, language);
    Resource {
        title: collection.title.get(language).to_owned(),
        description: collection.description.get(language).to_owned(),
        rows: contents.iter().map(|it| it.count).sum(),
        temporal: temporal(&contents),
        ..table(
            &collection.name,
            TableSchema {
                fields: columns.iter().map(field).collect(),
                missing_values: missing_values(collection, language),
                primary_key: primary_key(collection),
                foreign_keys: if has_places { vec![at_place("place.path")] } else { vec![] },
                ..TableSchema::empty()
            },
        )
    }
}

/// A resource of that name, of which nothing is known but its columns.
fn table(name: &str, schema: TableSchema) -> Resource {
    Resource {
        name: name.to_owned(),
        path: format!("{name}.csv"),
        kind: "table",
        title: String::new(),
        description: String::new(),
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        rows: 0,
        temporal: None,
        schema,
    }
}

impl TableSchema {
    fn empty() -> Self {
        Self {
            profile: format!("{PROFILES}/tableschema.json"),
            fields: Vec::new(),
            missing_values: Vec::new(),
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }
}

/// The table of all places.
fn of_places(view: &View<'_>) -> Resource {
    let language = view.language();
    let schema = TableSchema {
        fields: places::fields(language),
        missing_values: vec![not_given(language)],
        primary_key: vec!["path".to_owned()],
        foreign_keys: vec![ForeignKey {
            fields: ["parent"],
            reference: Reference { resource: "", fields: ["path"] },
        }],
        ..TableSchema::empty()
    };
    let title = say(Word::Places, language).to_owned();
    Resource { title, rows: view.all_places().len(), ..table(places::NAME, schema) }
}

/// What a column with the paths of places says: there are such places.
fn at_place(column: &'static str) -> ForeignKey {
    let reference = Reference { resource: places::NAME, fields: ["path"] };
    ForeignKey { fields: [column], reference }
}

fn not_given(language: &str) -> MissingValue {
    MissingValue { value: String::new(), label: say(Word::NotGiven, language).to_owned() }
}

/// What stands in a cell that has no value, and why.
fn missing_values(collection: &Collection, language: &str) -> Vec<MissingValue> {
    let mut values = vec![not_given(language)];
    if let Some(rule) = collection.publication.suppress {
        let label = words::few(rule.below, language);
        values.push(MissingValue { value: cell::few(rule.below), label });
        let label = say(Word::Withheld, language).to_owned();
        values.push(MissingValue { value: WITHHELD.to_owned(), label });
    }
    values
}

/// The columns that no two rows share: the key of the collection, if it is published whole, and the
/// place.
fn primary_key(collection: &Collection) -> Vec<String> {
    let key = collection.key.iter().map(|index| &collection.fields[*index]);
    let is_whole = |kind| matches!(kind, FieldType::Text);
    let mut names = vec!["place.path".to_owned()];
    for field in key {
        let is_shown = is_stated(field, collection) || is_whole(field.kind) && field.required;
        if !is_shown || field.is_personal() || field.several {
            return Vec::new();
        }
        names.push(field.name.to_owned());
    }
    if collection.key.is_empty() { Vec::new() } else { names }
}

/// The first and the last day of all records.
fn temporal(contents: &[&Contents]) -> Option<Temporal> {
    let days = || contents.iter().filter_map(|it| it.days);
    let start = days().map(|(first, _)| first).min()?.to_string();
    let end = days().map(|(_, last)| last).max()?.to_string();
    Some(Temporal { start, end })
}
