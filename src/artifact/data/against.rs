//! Whether the columns of tables are still those of an earlier release, which programs of others read.
//!
//! The columns of then have to be the first ones of now, in the same order; what is new comes last.
//!
//! | then | now | told |
//! | --- | --- | --- |
//! | `a` `b` | `a` `b` `c` | nothing |
//! | `a` `b` | `a` | `b` is gone |
//! | `a` `b` | `a` `c` `b` | `c` came in between |
//! | `a` `b` | `b` `a` | `b` was moved |
//! | `a` a number | `a` a text | `a` says something else |
//!
//! A table is gone, too, once nobody has a record for it.

use serde::Deserialize;

use crate::{
    artifact::data::{
        column::{Column, columns},
        field::DataField,
        part::is_offered,
    },
    config,
    diagnostic::{Code, Diagnostic, Location},
    disclosure::Portal,
    schema::Collection,
    source::SitePath,
};

/// A package of an earlier release, as far as it is compared.
#[derive(Debug, Deserialize)]
struct Released {
    resources: Vec<ReleasedTable>,
}

#[derive(Debug, Deserialize)]
struct ReleasedTable {
    name: String,
    schema: ReleasedSchema,
}

#[derive(Debug, Deserialize)]
struct ReleasedSchema {
    fields: Vec<ReleasedField>,
}

#[derive(Debug, Deserialize)]
struct ReleasedField {
    name: String,
    /// Of a Table Schema: `integer`. A text if nothing is said.
    #[serde(rename = "type", default = "text")]
    kind: String,
}

fn text() -> String {
    "string".to_owned()
}

/// Warnings about columns that are gone, stand elsewhere or are of another type than in the
/// `datapackage.json` of an earlier release, and about tables that are gone. `None` if the bytes are
/// no package of tables.
pub fn changed_columns(package: &[u8], portal: &Portal<'_>) -> Option<Vec<Diagnostic>> {
    let released: Released = serde_json::from_slice(package).ok()?;
    let tables = released.resources.iter().filter(|it| it.name != super::places::NAME);
    let has_records = |collection: &Collection| {
        let id = portal.collections().find(&collection.name);
        let mut places = portal.places().iter();
        id.is_some_and(|id| places.any(|place| portal.summary(place.id, id).is_some()))
    };
    let told = |table: &ReleasedTable| {
        let collection = portal.collections().find(&table.name);
        let collection = collection.map(|id| portal.collections().get(id));
        changed(table, collection, has_records)
    };
    Some(tables.flat_map(told).collect())
}

fn changed(
    table: &ReleasedTable,
    collection: Option<&Collection>,
    has_records: impl Fn(&Collection) -> bool,
) -> Vec<Diagnostic> {
    let Some(collection) = collection.filter(|it| is_offered(it) && has_records(it)) else {
        let settings = Location::file(SitePath::new(config::FILE));
        let place = collection.map_or(settings, |it| it.location.clone());
        return vec![warning("table", place, &table.name, "")];
    };
    let now = columns(collection, "");
    let then = &table.schema.fields;
    let find = |name: &str| now.iter().find(|column| column.name == name);
    let gone = then.iter().filter(|it| find(&it.name).is_none()).map(|it| ("gone", &it.name));
    let is_other = |it: &&ReleasedField| {
        find(&it.name).is_some_and(|column| DataField::of(column, collection, "").kind() != it.kind)
    };
    let others = then.iter().filter(is_other).map(|it| ("type", &it.name));
    let told = gone.chain(moved(&now, then)).chain(others);
    told.map(|(kind, column)| of_column(kind, collection, column)).collect()
}

/// The first column that stands where another did: one that came in between, or was moved.
fn moved<'c>(
    now: &'c [Column<'_>],
    then: &'c [ReleasedField],
) -> Option<(&'static str, &'c String)> {
    let kept = then.iter().filter(|it| now.iter().any(|column| column.name == it.name));
    let mut pairs = now.iter().zip(kept);
    let (column, _) = pairs.find(|(column, it)| column.name != it.name)?;
    let is_known = then.iter().any(|it| it.name == column.name);
    Some((if is_known { "moved" } else { "inserted" }, &column.name))
}

fn of_column(kind: &'static str, collection: &Collection, column: &str) -> Diagnostic {
    warning(kind, collection.location.clone(), &collection.name, column)
}

fn warning(kind: &'static str, place: Location, table: &str, column: &str) -> Diagnostic {
    Diagnostic::warning(Code::DataColumns, place)
        .arg("kind", kind)
        .arg("table", table)
        .arg("column", column)
        .help(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::builtin;

    /// What is told of a table of patrols with these columns, as words.
    fn check(columns: &[&str], has_records: bool) -> Vec<String> {
        let patrols = builtin::collections().find(|it| it.name == "patrols").unwrap();
        let now = super::columns(patrols, "");
        let kind = |name: &str| {
            let column = now.iter().find(|it| it.name == name);
            column.map_or_else(text, |it| DataField::of(it, patrols, "").kind().to_owned())
        };
        let field = |it: &&str| {
            let (name, kind) =
                it.split_once(':').map_or((*it, kind(it)), |(a, b)| (a, b.to_owned()));
            ReleasedField { name: name.to_owned(), kind }
        };
        let fields = columns.iter().map(field).collect();
        let table = ReleasedTable { name: "patrols".to_owned(), schema: ReleasedSchema { fields } };
        let words = |it: &Diagnostic| {
            let values: Vec<&str> = it.args.iter().map(|(_, value)| value.as_str()).collect();
            values.join(" ")
        };
        changed(&table, Some(patrols), |_| has_records).iter().map(words).collect()
    }

    #[test]
    fn new_columns_come_last() {
        let told = |columns: &[&str]| check(columns, true);
        let start = ["place.path", "place.name", "date", "team"];
        assert_eq!(told(&start), [""; 0]);
        assert_eq!(
            told(&["place.path", "place.name", "date", "weather"]),
            ["gone patrols weather"]
        );
        let old = ["place.path", "place.name", "team", "date"];
        assert_eq!(told(&old), ["moved patrols date"]);
        let old = ["place.path", "place.name", "team", "members"];
        assert_eq!(told(&old), ["inserted patrols date"]);
        assert_eq!(told(&["place.path", "place.name", "date:string"]), ["type patrols date"]);
    }

    #[test]
    fn a_table_without_records_is_gone() {
        assert_eq!(check(&["place.path"], false), ["table patrols "]);
    }
}
