//! Open data: the records of each collection as tables that anybody may download.
//!
//! | path | holds | made |
//! | --- | --- | --- |
//! | `kaixuan/yixin/data/` | the page that says what there is (`page.rs`) | for each place with data |
//! | `kaixuan/yixin/data/honors.csv`, `.json` | the records of the place | for each record set |
//! | `kaixuan/yixin/data/datapackage.json` | what the columns are, for programs (`package.rs`) | for each place with data |
//! | `data/all/honors.csv`, `.json` | the records of all places | not in a preview |
//! | `kaixuan/data/all/honors.csv`, `.json` | the records of a street and all places in it | where the declaration says `data-at: street`, not in a preview |
//! | `….xlsx` | the same, where the declaration says `data: xlsx` | as these |
//! | `data/all/places.csv`, `.json` | all places | not in a preview |
//! | `data/all/datapackage.json` | what the columns are | beside these |
//!
//! Tables hold what may be published, and nothing else: they are made from the public portal, as
//! pages are, and searched for personal data as these are. A collection stays out with `data: false`
//! in its declaration, all of it with `data = false` in `[outputs]`.
//!
//! A table goes from records to [`Cell`](cell::Cell)s by `cell.rs`, with the columns of `column.rs`,
//! and from cells to bytes by `csv.rs`, `json.rs` or `xlsx.rs`.

mod against;
mod cell;
mod column;
mod csv;
mod field;
mod json;
mod made;
mod package;
mod page;
pub(in crate::artifact) mod part;
mod places;
mod words;
mod xlsx;

use std::borrow::Cow;

pub use self::{
    against::changed_columns,
    part::{DataFormat, DataPart, DataScope},
};
use self::{
    cell::{Cell, Rows},
    column::Column,
    part::{FOLDER, NAME, PACKAGE, TEMPLATE, formats, is_offered},
};
use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View, address::inside,
        page as pages,
    },
    config,
    diagnostic::Location,
    schema::{Collection, CollectionId, PlaceId},
    source::SitePath,
};

/// The data of the portal.
pub(super) struct DataKind;

impl ArtifactKind for DataKind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        match place {
            Some(place) => {
                let mut all = of_place(place, sources);
                all.extend(of_subtree(place, sources));
                all
            }
            None => of_places(sources),
        }
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Data(part) = artifact.subject else { return Err(artifact.unexpected()) };
        let bytes = match part {
            DataPart::Page(place) => return pages::make(view, |it| it.data_page(place)),
            DataPart::Package(scope) => package::write(view, scope).into_bytes(),
            DataPart::Records(scope, id, format) => records(view, scope, id, format)?,
            DataPart::Places(format) => {
                let columns = places::columns(view.language());
                let mut table = Table::new(format, "", &columns);
                places::rows(view).for_each(|row| table.push(&row));
                table.into_bytes()
            }
        };
        Ok(bytes.into())
    }

    fn scan(&self, artifact: &Artifact) -> Scan {
        match artifact.subject {
            Subject::Data(DataPart::Page(_)) => Scan::Html,
            // The same rows are searched as CSV, which is always beside these, or in the tables of
            // the places whose rows these are.
            Subject::Data(
                DataPart::Records(_, _, DataFormat::Xlsx | DataFormat::Json)
                | DataPart::Records(DataScope::Within(_), ..)
                | DataPart::Places(DataFormat::Json),
            ) => Scan::Nothing,
            _ => Scan::Text,
        }
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The page of a place's data, its package, and its tables.
///
/// The root has a page if any place has data: it explains the collections of all of them.
fn of_place(place: PlaceId, sources: &Sources<'_>) -> Vec<Artifact> {
    let own: Vec<CollectionId> = kept(place, sources).collect();
    let mut shown: Vec<CollectionId> = own.iter().copied().chain(within(place, sources)).collect();
    shown.sort_unstable();
    shown.dedup();
    let mut all = Vec::new();
    if !shown.is_empty() && sources.theme.has_template(TEMPLATE) {
        all.push(data_page(place, &shown, sources));
    }
    if own.is_empty() {
        return all;
    }
    let here = &sources.portal.place(place).path;
    let records = |id: &CollectionId| Read::Records(place, *id);
    let at = [Read::Place(place)];
    let reads = at.into_iter().chain(own.iter().map(records));
    let scope = DataScope::Own(place);
    let file = |name: &str| inside(here, &format!("{}{name}", scope.folder()));
    let package = file(PACKAGE);
    all.push(described(package, DataPart::Package(scope), &own, reads, sources));
    for id in own {
        let collection = sources.portal.collections().get(id);
        let source = sources.portal.catalog.set_index(place, id);
        let source = source.and_then(|set| sources.portal.catalog.sets[set].files.first());
        let source =
            source.map_or_else(|| collection.location.clone(), |it| Location::file(it.clone()));
        for format in formats(collection) {
            let path = file(&format!("{}.{}", collection.name, format.extension()));
            let part = DataPart::Records(scope, id, format);
            let mut table =
                described(path, part, &[id], at.into_iter().chain([records(&id)]), sources);
            table.reads.extend(linked(collection));
            table.source = source.clone();
            all.push(table);
        }
    }
    all
}

/// The package and the tables over a place and all places in it. A preview has none: such a table
/// costs the reading of all their records at each edit.
fn of_subtree(place: PlaceId, sources: &Sources<'_>) -> Vec<Artifact> {
    let ids: Vec<CollectionId> = within(place, sources).collect();
    if ids.is_empty() || sources.config.preview {
        return Vec::new();
    }
    let (scope, here) = (DataScope::Within(place), &sources.portal.place(place).path);
    let file = |name: &str| inside(here, &format!("{}{name}", scope.folder()));
    // Rows say what places are called, and the package of the root has a table of them.
    let named = [Read::Place(place), Read::AllPlaces];
    let records = ids.iter().map(|id| Read::AllRecords(place, *id)).chain(named);
    let mut all = vec![described(file(PACKAGE), DataPart::Package(scope), &ids, records, sources)];
    for id in ids {
        let collection = sources.portal.collections().get(id);
        for format in formats(collection) {
            let path = file(&format!("{}.{}", collection.name, format.extension()));
            let part = DataPart::Records(scope, id, format);
            let reads = [Read::AllRecords(place, id), Read::AllPlaces];
            let mut table = described(path, part, &[id], reads, sources);
            table.reads.extend(linked(collection));
            all.push(table);
        }
    }
    all
}

/// The table of all places, beside those over all of them.
fn of_places(sources: &Sources<'_>) -> Vec<Artifact> {
    if sources.config.preview || within(PlaceId::ROOT, sources).next().is_none() {
        return Vec::new();
    }
    let table = |format: DataFormat| {
        let folder = DataScope::Within(PlaceId::ROOT).folder();
        let path = format!("{folder}{}.{}", places::NAME, format.extension());
        described(path, DataPart::Places(format), &[], [Read::AllPlaces], sources)
    };
    [DataFormat::Csv, DataFormat::Json].map(table).into()
}

/// An artifact that reads `site.toml`, these declarations, and `reads`.
fn described(
    path: String,
    part: DataPart,
    collections: &[CollectionId],
    reads: impl IntoIterator<Item = Read>,
    sources: &Sources<'_>,
) -> Artifact {
    let declared = collections.iter().map(|id| Read::Collection(*id));
    let first = collections.first().map(|id| &sources.portal.collections().get(*id).location);
    let settings = || Location::file(SitePath::new(config::FILE));
    Artifact {
        path,
        subject: Subject::Data(part),
        language: sources.config.language.as_str().into(),
        reads: std::iter::once(Read::Site).chain(declared).chain(reads).collect(),
        source: first.cloned().unwrap_or_else(settings),
    }
}

/// The page of a place's data. It may count the records of all places in it, too.
fn data_page(place: PlaceId, shown: &[CollectionId], sources: &Sources<'_>) -> Artifact {
    let source = Location::file(sources.portal.place(place).folder.join("place.yaml"));
    let subject = Subject::Data(DataPart::Page(place));
    let mut page = sources.page(place, FOLDER, subject, source);
    for id in shown {
        let reads = [Read::Collection(*id), Read::Records(place, *id), Read::Listing(place, *id)];
        page.reads.extend(reads);
    }
    page
}

/// What a table reads beside its records: where those are published that they refer to.
fn linked(collection: &Collection) -> impl Iterator<Item = Read> + use<> {
    let has_links = collection.references().next().is_some();
    [Read::Today, Read::Routes].into_iter().filter(move |_| has_links)
}

/// The collections of which a place keeps records to download, in order.
fn kept(place: PlaceId, sources: &Sources<'_>) -> impl Iterator<Item = CollectionId> {
    let all = sources.portal.summaries(place).map(|(id, _)| id);
    all.filter(|id| is_offered(sources.portal.collections().get(*id)))
}

/// The collections of which a place offers its records with those of all places in it, in order.
fn within(place: PlaceId, sources: &Sources<'_>) -> impl Iterator<Item = CollectionId> {
    let all = sources.figures.collections(place);
    all.filter(move |id| is_within(sources, place, *id))
}

/// A place offers the records of a collection with those of all places in it: the root of each, others
/// where the declaration says so.
pub(in crate::artifact) fn is_within(
    sources: &Sources<'_>,
    place: PlaceId,
    id: CollectionId,
) -> bool {
    let collection = sources.portal.collections().get(id);
    let level = sources.portal.catalog.rank(place);
    let is_here = place == PlaceId::ROOT || level.is_some() && collection.downloads_at == level;
    is_offered(collection) && is_here
}

/// The records of a collection, over several places in the order of these.
///
/// Returns [`NotMade::Torn`] if a record set could not be read as it was summarised.
fn records(
    view: &View<'_>,
    scope: DataScope,
    id: CollectionId,
    format: DataFormat,
) -> Result<Vec<u8>, NotMade> {
    let collection = view.collection(id);
    let columns = &column::columns(collection, view.language());
    let rows = Rows { view, columns };
    let sets: Box<dyn Iterator<Item = _>> = match scope {
        DataScope::Own(place) => Box::new(std::iter::once(view.records(place, id))),
        DataScope::Within(place) => Box::new(view.all_records(place, id)),
    };
    let mut table = Table::new(format, collection.title.get(view.language()), columns);
    for set in sets {
        let set = set.ok_or(NotMade::Torn)?;
        rows.of(&set).for_each(|row| table.push(&row));
    }
    Ok(table.into_bytes())
}

/// A table as it is written, row by row.
enum Table<'r> {
    Csv(String),
    Json { keys: Vec<String>, out: Vec<u8> },
    Xlsx { title: &'r str, columns: &'r [Column<'r>], rows: Vec<String> },
}

impl<'r> Table<'r> {
    /// A table in a format, without rows. A workbook has a title.
    fn new(format: DataFormat, title: &'r str, columns: &'r [Column<'r>]) -> Self {
        match format {
            DataFormat::Csv => Self::Csv(csv::begin(columns)),
            DataFormat::Json => Self::Json { keys: json::keys(columns), out: Vec::new() },
            DataFormat::Xlsx => Self::Xlsx { title, columns, rows: Vec::new() },
        }
    }

    fn push(&mut self, row: &[Cell<'_>]) {
        match self {
            Self::Csv(out) => csv::row(out, row),
            Self::Json { keys, out } => json::row(out, keys, row),
            Self::Xlsx { columns, rows, .. } => rows.push(xlsx::row(columns, row)),
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Csv(out) => out.into_bytes(),
            Self::Json { out, .. } => json::end(out),
            Self::Xlsx { title, columns, rows } => xlsx::write(title, columns, &rows),
        }
    }
}
