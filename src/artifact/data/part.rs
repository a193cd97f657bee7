//! Which file of the data an artifact is, and what these files are called.

use crate::schema::{Collection, CollectionId, PlaceId, downloads::Downloads};

/// The name of the kind, and its key in `[outputs]`.
pub(in crate::artifact) const NAME: &str = "data";

/// The folder of a place's data, below that of its page.
pub(in crate::artifact) const FOLDER: &str = "data/";

/// The folder of tables over several places, below that of a place's data.
pub(super) const ALL: &str = "all/";

/// The template of its pages. A theme that has none gets no pages: the files are there all the same.
pub(in crate::artifact) const TEMPLATE: &str = "data.html";

/// The name of a package's file, as programs expect it.
pub(super) const PACKAGE: &str = "datapackage.json";

/// Records of a collection may be downloaded.
pub(in crate::artifact) fn is_offered(collection: &Collection) -> bool {
    collection.downloads != Downloads::None
}

/// Whose records a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataScope {
    /// Those that a place keeps.
    Own(PlaceId),
    /// Those of a place and of all places in it; of the root, those of the portal.
    Within(PlaceId),
}

impl DataScope {
    /// The place.
    pub fn place(self) -> PlaceId {
        match self {
            Self::Own(place) | Self::Within(place) => place,
        }
    }

    /// The folder of its files, below that of the place's page.
    pub(super) fn folder(self) -> String {
        match self {
            Self::Own(_) => FOLDER.to_owned(),
            Self::Within(_) => format!("{FOLDER}{ALL}"),
        }
    }
}

/// A file of the data: of a place, or over all places in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataPart {
    /// The page that says what there is.
    Page(PlaceId),
    /// `datapackage.json`.
    Package(DataScope),
    /// The records of a collection.
    Records(DataScope, CollectionId, DataFormat),
    /// The places.
    Places(DataFormat),
}

impl DataPart {
    /// The place that it is about: the root for what is about all of them.
    pub fn place(self) -> PlaceId {
        match self {
            Self::Page(place) => place,
            Self::Package(scope) | Self::Records(scope, ..) => scope.place(),
            Self::Places(_) => PlaceId::ROOT,
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFormat {
    /// Comma-separated values.
    Csv,
    /// A list of objects.
    Json,
    /// A workbook.
    Xlsx,
}

impl DataFormat {
    /// The end of its files' names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The formats of a collection's tables.
pub(super) fn formats(collection: &Collection) -> impl Iterator<Item = DataFormat> + use<> {
    let workbook = (collection.downloads == Downloads::Workbooks).then_some(DataFormat::Xlsx);
    [DataFormat::Csv, DataFormat::Json].into_iter().chain(workbook)
}
