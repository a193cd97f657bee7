//! A place from the values of its `place.yaml`.
//!
//! Parent, children and order come from the folders, and are set by the catalog.
//!
//! A place is made even of nothing: without a `place.yaml`, or with one that cannot be read, it has
//! its folder's name and the first level. The diagnostics of that are errors, so it is never
//! published.

use crate::{
    schema::{Collection, Place, PlaceId, Value},
    source::SitePath,
};

impl Place {
    /// A place from its values, which are those of the built-in `declaration` of places, field by
    /// field. They are empty if there are none.
    pub(crate) fn new(
        id: PlaceId,
        folder: &SitePath,
        values: &[Value],
        declaration: &Collection,
    ) -> Self {
        let value = |name: &str| declaration.field(name).and_then(|it| values.get(it));
        let text = |name: &str| value(name).and_then(Value::as_text).map(str::to_owned);
        Self {
            id,
            folder: folder.clone(),
            path: folder.below_content().to_owned(),
            parent: None,
            children: Vec::new(),
            name: text("name").unwrap_or_else(|| folder.name().to_owned()),
            level: match value("level") {
                Some(Value::Choice(level)) => *level,
                _ => 0,
            },
            address: text("address"),
            phone: text("phone"),
            hours: text("hours"),
            intro: text("intro"),
            order: match value("order") {
                Some(Value::Integer(order)) => Some(*order),
                _ => None,
            },
            photo: text("photo").map(SitePath::new),
        }
    }
}
