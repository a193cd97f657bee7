//! What a workbook that was made from declarations says of itself, in its own properties:
//!
//! | name | value |
//! | --- | --- |
//! | `linli.honors` | what the declaration of `honors` was, in 32 signs |
//! | `linli.place` | the path of the place that it was made for |
//!
//! So a workbook that was made before a declaration was changed can be told.

use std::fmt::Write as _;

use crate::{fingerprint::Fingerprint, schema::Collection};

/// How the names of these properties begin.
const OWN: &str = "linli.";

/// The name of the place that a workbook was made for.
pub(crate) const PLACE: &str = "linli.place";

/// The property of a collection.
pub(crate) fn name(collection: &Collection) -> String {
    format!("{OWN}{}", collection.name)
}

/// What of a declaration a sheet shows: the names, types and choices of its fields, and which have to
/// be there. Labels may change: they are columns, which are read by their names.
pub(crate) fn value(collection: &Collection) -> String {
    let mut all = String::new();
    for field in &collection.fields {
        let label = field.label.get("zh-CN");
        let _ = write!(all, "{} {label} {} {}", field.name, field.kind.name(), field.required);
        for choice in &field.choices {
            let _ = write!(all, " {}", choice.value);
        }
        all.push('\n');
    }
    Fingerprint::of_bytes(all.as_bytes()).to_string()
}
