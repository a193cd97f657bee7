//! Whether the columns of tables are still those of an earlier release, which programs of others read.
//!
//! The columns of then have to be the first ones of now, in the same order; what is new comes last.
//!
//! | then | now | told |
//! | --- | --- | --- |
//! | `a` `b` | `a` `b` `c` | nothing |
//! | `a` `b` | `a` | `b` is gone |
//! | `a` `b` | `a` `c` `b` | `c` is in the way |
//! | `a` `b` | `b` `a` | `b` was moved |

use serde::Deserialize;

use crate::{
    artifact::data::{column::columns, part::is_offered},
    config,
    diagnostic::{Code, Diagnostic, Location},
    schema::{Collection, Collections},
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
}

/// Warnings about columns that are gone or stand elsewhere than in the `datapackage.json` of an earlier
/// release, and about tables that are gone. `None` if the bytes are no package of tables.
pub fn changed_columns(package: &[u8], collections: &Collections) -> Option<Vec<Diagnostic>> {
    let released: Released = serde_json::from_slice(package).ok()?;
    let tables = released.resources.iter().filter(|it| it.name != super::places::NAME);
    Some(tables.flat_map(|table| changed(table, collections)).collect())
}

fn changed(table: &ReleasedTable, collections: &Collections) -> Vec<Diagnostic> {
    let collection = collections.find(&table.name).map(|id| collections.get(id));
    let Some(collection) = collection.filter(|it| is_offered(it)) else {
        let settings = Location::file(SitePath::new(config::FILE));
        let place = collection.map_or(settings, |it| it.location.clone());
        return vec![warning("table", place, &table.name, "")];
    };
    let now: Vec<String> = columns(collection, "").into_iter().map(|it| it.name).collect();
    let then = table.schema.fields.iter().map(|it| it.name.as_str());
    let (kept, gone): (Vec<&str>, Vec<&str>) =
        then.partition(|name| now.iter().any(|it| it == name));
    let told = |kind, column: &str| of_column(kind, collection, column);
    let moved = now.iter().zip(&kept).find(|(now, then)| now != *then).map(|(now, _)| now);
    let gone = gone.into_iter().map(|name| told("gone", name));
    gone.chain(moved.map(|name| told("moved", name))).collect()
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
    use std::collections::BTreeMap;

    use super::*;
    use crate::schema::builtin;

    /// What is told of tables with these columns, as words.
    fn check(table: &str, columns: &[&str]) -> Vec<String> {
        let all = builtin::collections().map(|it| (it.name.clone(), it.clone()));
        let collections = Collections::new(all.collect::<BTreeMap<_, _>>());
        let fields: Vec<_> = columns.iter().map(|it| serde_json::json!({"name": it})).collect();
        let package = serde_json::json!({
            "resources": [{"name": table, "schema": {"fields": fields}}],
        });
        let told = changed_columns(package.to_string().as_bytes(), &collections).unwrap();
        let words = |it: &Diagnostic| {
            let values: Vec<&str> = it.args.iter().map(|(_, value)| value.as_str()).collect();
            values.join(" ")
        };
        told.iter().map(words).collect()
    }

    const START: [&str; 4] = ["place.path", "place.name", "date", "team"];

    #[test]
    fn new_columns_come_last() {
        assert_eq!(check("patrols", &START), [""; 0]);
        assert_eq!(check("places", &["path"]), [""; 0]);
        let old = ["place.path", "place.name", "date", "weather"];
        assert_eq!(check("patrols", &old), ["gone patrols weather"]);
        let old = ["place.path", "place.name", "team", "date"];
        assert_eq!(check("patrols", &old), ["moved patrols date"]);
        let old = ["place.path", "place.name", "team", "members"];
        assert_eq!(check("patrols", &old), ["moved patrols date"]);
        assert_eq!(check("lost", &START), ["table lost "]);
    }

    #[test]
    fn what_is_no_package_is_told_apart() {
        let none = Collections::default();
        assert!(changed_columns(b"{}", &none).is_none());
        assert!(changed_columns(b"[", &none).is_none());
        assert!(changed_columns(b"{\"resources\": []}", &none).is_some());
    }
}
