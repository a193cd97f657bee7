//! The page that says which data a place has.

use serde::Serialize;
use tera::Value;

use crate::render::context::{Link, PlaceLink};

serialised!(DataTable, DataLicence);

moved! {
    /// `data.html`: the data of a place; on that of the root, of all places.
    pub struct DataPage {
        /// The place.
        pub place: PlaceLink,
        /// It is the root's: each of `tables` has what is said of all places, and its columns.
        pub whole: bool,
        /// It offers files over several places, but in a preview, where they are not made.
        pub preview: bool,
        /// The whole address of the page.
        pub address: String,
        /// On which terms the data may be used; null if nobody says so.
        pub licence: Option<DataLicence>,
        /// The description of the place's files for programs; empty if it has none.
        pub package_url: String,
        /// That of the files over all places; empty if there is none.
        pub whole_package_url: String,
        /// The files with all places; empty if there are none.
        pub places: Vec<Link>,
        /// The page that explains the columns: that of the root; empty on it.
        pub explained_url: String,
        /// The collections.
        pub tables: Vec<DataTable>,
    }
}

/// On which terms data may be used.
#[derive(Debug, Serialize)]
pub struct DataLicence {
    /// Its name in the list of SPDX, `CC-BY-4.0`; empty if it is none of those that are known.
    pub name: &'static str,
    /// What it is called, or the words of those who hold the rights.
    pub title: String,
    /// Where it stands; may be empty.
    pub url: String,
}

/// A collection on the page of a place's data.
#[derive(Debug, Serialize)]
pub struct DataTable {
    /// Its name in files: the id of its part of the page.
    pub name: String,
    /// What readers call it.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// How many records the place itself has.
    pub count: usize,
    /// The first day of these; empty without dates.
    pub from: String,
    /// The last day of these.
    pub until: String,
    /// The files with these, by format: `CSV`; empty if there are none.
    pub files: Vec<Link>,
    /// How many records all places have; only on the root's page.
    pub whole_count: usize,
    /// The files with these; empty if there are none.
    pub whole_files: Vec<Link>,
    /// What the columns are; only on the root's page.
    pub columns: Vec<DataColumn>,
    /// How the figures are made; only on the root's page.
    pub figures: Vec<DataFigure>,
    /// Counts below this one, zero apart, are not shown at small places; 0 if all are shown.
    pub suppress_below: u16,
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub struct DataColumn {
    /// Its name in the first line: `award.label`.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// The type of its field: `count`; empty of what stands beside one.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its cells may have several values.
    pub several: bool,
    /// Parts of its texts are hidden.
    pub masked: bool,
    /// What its numbers count; may be empty.
    pub unit: String,
    /// What may stand in it, if that is a list of words: `open: 办理中`.
    pub choices: Vec<String>,
}

/// How a figure is made.
#[derive(Debug, Serialize)]
pub struct DataFigure {
    /// What readers call it.
    pub label: String,
    /// What its number counts; may be empty.
    pub unit: String,
    /// How it is measured: `count`, `sum`, `mean`, `median`, `share`, `fraction`, `distinct`,
    /// `latest`, `change`, `next`, `streak`.
    pub measure: &'static str,
    /// Of what, by the labels of fields: `办结 ÷ 受理`. Of a streak the periods: `month`. Empty for
    /// whole records.
    pub of: String,
    /// What has to hold of the records that are counted, for `fraction` and `streak`.
    pub held: Vec<DataCondition>,
    /// The field by whose values it is told apart; empty if it is one number.
    pub by: String,
    /// Which records take part: `all`, `this-year`, `past`, `upcoming`, `current`.
    pub when: &'static str,
    /// What has to hold of these.
    pub filter: Vec<DataCondition>,
}

/// Something that has to hold of a field.
#[derive(Debug, Serialize)]
pub struct DataCondition {
    /// What readers call the field.
    pub field: String,
    /// `present`, `absent`, `is`, of what is yes or no `yes` or `no`, or of days `before`, `until`, `after`.
    pub test: &'static str,
    /// The value, or the other field; empty for the day of the page.
    pub value: String,
}
