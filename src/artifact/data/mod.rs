//! Open data: the records of each collection as tables that anybody may download.
//!
//! | path | holds | made |
//! | --- | --- | --- |
//! | `kaixuan/yixin/data/` | the page that says what there is (`page.rs`) | for each place with data |
//! | `kaixuan/yixin/data/honors.csv`, `.json` | the records of the place | for each record set |
//! | `kaixuan/yixin/data/datapackage.json` | what the columns are, for programs (`package.rs`) | for each place with data |
//! | `data/all/honors.csv`, `.json` | the records of all places | not in a preview |
//! | `….xlsx` | the same, where the declaration says `data: xlsx` | as these |
//! | `data/all/places.csv`, `.json` | all places | not in a preview |
//! | `data/all/datapackage.json` | what the columns are | not in a preview |
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
    part::{DataFormat, DataPart},
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
            Some(place) => of_place(place, sources),
            // Over all places a table costs the reading of all records at each edit.
            None if sources.config.preview => Vec::new(),
            None => of_portal(sources),
        }
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Data(part) = artifact.subject else { return Err(artifact.unexpected()) };
        let bytes = match part {
            DataPart::Page(place) => return pages::make(view, |it| it.data_page(place)),
            DataPart::Package(place) => package::write(view, place).into_bytes(),
            DataPart::Records(place, id, format) => records(view, place, id, format)?,
            DataPart::Places(format) => {
                let columns = places::columns(view.language());
                table(format, "", &columns, places::rows(view))
            }
        };
        Ok(bytes.into())
    }

    fn scan(&self, artifact: &Artifact) -> Scan {
        match artifact.subject {
            Subject::Data(DataPart::Page(_)) => Scan::Html,
            // The same rows are searched as CSV.
            Subject::Data(DataPart::Records(_, _, DataFormat::Xlsx)) => Scan::Nothing,
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
    let shown: Vec<CollectionId> =
        if place == PlaceId::ROOT { offered(sources).collect() } else { own.clone() };
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
    let file = |name: &str| inside(here, &format!("{FOLDER}{name}"));
    let package = file(PACKAGE);
    all.push(described(package, DataPart::Package(Some(place)), &own, reads, sources));
    for id in own {
        let collection = sources.portal.collections().get(id);
        let source = sources.portal.catalog.set_index(place, id);
        let source = source.and_then(|set| sources.portal.catalog.sets[set].files.first());
        let source =
            source.map_or_else(|| collection.location.clone(), |it| Location::file(it.clone()));
        for format in formats(collection) {
            let path = file(&format!("{}.{}", collection.name, format.extension()));
            let part = DataPart::Records(Some(place), id, format);
            let mut table =
                described(path, part, &[id], at.into_iter().chain([records(&id)]), sources);
            table.reads.extend(linked(collection));
            table.source = source.clone();
            all.push(table);
        }
    }
    all
}

/// The package over all places, and its tables.
fn of_portal(sources: &Sources<'_>) -> Vec<Artifact> {
    let offered: Vec<CollectionId> = offered(sources).collect();
    if offered.is_empty() {
        return Vec::new();
    }
    let file = |name: &str| format!("{FOLDER}all/{name}");
    let records = offered.iter().map(|id| Read::AllRecords(*id)).chain([Read::AllPlaces]);
    let package = described(file(PACKAGE), DataPart::Package(None), &offered, records, sources);
    let places = [DataFormat::Csv, DataFormat::Json].map(|format| {
        let path = file(&format!("{}.{}", places::NAME, format.extension()));
        described(path, DataPart::Places(format), &[], [Read::AllPlaces], sources)
    });
    let mut all = vec![package];
    all.extend(places);
    for id in offered {
        let collection = sources.portal.collections().get(id);
        for format in formats(collection) {
            let path = file(&format!("{}.{}", collection.name, format.extension()));
            let part = DataPart::Records(None, id, format);
            let reads = [Read::AllRecords(id), Read::AllPlaces];
            let mut table = described(path, part, &[id], reads, sources);
            table.reads.extend(linked(collection));
            all.push(table);
        }
    }
    all
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

/// The page of a place's data. That of the root counts the records of all places.
fn data_page(place: PlaceId, shown: &[CollectionId], sources: &Sources<'_>) -> Artifact {
    let source = Location::file(sources.portal.place(place).folder.join("place.yaml"));
    let subject = Subject::Data(DataPart::Page(place));
    let mut page = sources.page(place, FOLDER, subject, source);
    for id in shown {
        page.reads.extend([Read::Collection(*id), Read::Records(place, *id)]);
        if place == PlaceId::ROOT {
            page.reads.push(Read::Listing(place, *id));
        }
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

/// The collections of which any place has records to download, in order.
fn offered(sources: &Sources<'_>) -> impl Iterator<Item = CollectionId> {
    let all = sources.figures.collections(PlaceId::ROOT);
    all.filter(|id| is_offered(sources.portal.collections().get(*id)))
}

/// The records of a collection: of a place, or over all places in their order.
///
/// Returns [`NotMade::Torn`] if a record set could not be read as it was summarised.
fn records(
    view: &View<'_>,
    place: Option<PlaceId>,
    id: CollectionId,
    format: DataFormat,
) -> Result<Vec<u8>, NotMade> {
    let collection = view.collection(id);
    let columns = &column::columns(collection, view.language());
    let rows = Rows { view, columns };
    let sets: Box<dyn Iterator<Item = _>> = match place {
        Some(place) => Box::new(std::iter::once(view.records(place, id))),
        None => Box::new(view.all_records(id)),
    };
    let mut is_whole = true;
    let sets = sets.map_while(|set| {
        is_whole = set.is_some();
        set
    });
    let title = collection.title.get(view.language());
    let rows = sets.flat_map(|set| rows.of(&set).collect::<Vec<_>>());
    let bytes = table(format, title, columns, rows);
    if is_whole { Ok(bytes) } else { Err(NotMade::Torn) }
}

/// A table in a format.
fn table(
    format: DataFormat,
    title: &str,
    columns: &[Column<'_>],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Vec<u8> {
    match format {
        DataFormat::Csv => csv::write(columns, rows).into_bytes(),
        DataFormat::Json => json::write(columns, rows).into_bytes(),
        DataFormat::Xlsx => xlsx::write(title, columns, &rows.collect::<Vec<_>>()),
    }
}
