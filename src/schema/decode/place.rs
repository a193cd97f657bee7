//! A place from the values of its `place.yaml`.
//!
//! Parent, children and order come from the folders, and are set by the catalog.
//!
//! A place is made even of nothing: without a `place.yaml`, or with one that cannot be read, it has
//! its folder's name and the first level. The diagnostics of that are errors, so it is never
//! published.

use crate::{
    diagnostic::{Diagnostic, Location},
    schema::{Collection, OldAddress, Place, PlaceId, Value, decode::addresses, old_address},
    source::{SitePath, Text, yaml::Node},
};

/// The old addresses of a place. What is wrong with them was [reported](check_addresses) when they
/// were read.
fn aliases(value: &Value, folder: &SitePath) -> Vec<OldAddress> {
    let file = Location::file(folder.join("place.yaml"));
    addresses::read(value, |_, _| file.clone(), &mut Vec::new())
}

/// Reports what is wrong with the addresses in a `place.yaml` with these values.
pub(in crate::schema) fn check_addresses(
    text: &Text,
    node: &Node<'_>,
    (values, declaration): (&[Value], &Collection),
    sink: &mut Vec<Diagnostic>,
) {
    let stated = |name: &str| {
        let index = declaration.field(name)?;
        let entry = node.as_map()?.iter().find(|it| declaration.field(&it.key) == Some(index))?;
        Some((values.get(index)?, entry.value.span))
    };
    if let Some((value, span)) = stated("slug")
        && let Some(slug) = value.as_text()
    {
        let is_root = text.path.parent().below_content().is_empty();
        let wrong = || old_address::wrong_slug(slug, text.locate(span));
        let root = || old_address::wrong(slug, "root", text.locate(span));
        sink.extend(if is_root { Some(root()) } else { wrong() });
    }
    if let Some((value, span)) = stated("aliases") {
        addresses::read(value, |word, before| addresses::place_in(text, span, word, before), sink);
    }
}

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
            updated: value("updated").and_then(Value::as_date),
            intro: text("intro"),
            order: match value("order") {
                Some(Value::Integer(order)) => Some(*order),
                _ => None,
            },
            photo: text("photo").map(SitePath::new),
            slug: text("slug").filter(|_| !folder.below_content().is_empty()),
            aliases: value("aliases").map(|it| aliases(it, folder)).unwrap_or_default(),
        }
    }
}
