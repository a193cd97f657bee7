//! Whom to call at a place that has no directory of its own: those of the places above.
//!
//! A compound's page leads to the list of its community, and to the entry of each of its buildings:
//!
//! ```text
//! content/kaixuan/yixin/grids.yaml                      at 友谊花园小区
//! - {grid: 友谊花园网格, buildings: [友谊花园1号楼]}    1号楼 → kaixuan/yixin/grids/#r5d0c2f3a
//! - {grid: 北广场网格, buildings: [北广场1号楼]}        none of its buildings
//! ```
//!
//! A building belongs to a place if what stands before its number is the name of the place, or if
//! its record is of the place: by a field that names it, or by a title such as 友谊花园第二网格.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    artifact::{
        NotMade, Read, Sources, inherited,
        page::{DirectoryEntry, PageBuilder, anchor, numbered_field},
        parts::{entries, parts_of},
    },
    figures::year,
    render::context::{DirectoryLink, Link},
    schema::{
        Collection, CollectionId, Place, PlaceId, Record, RecordSet, RecordView, Value, numbered,
        posting::Privacy, role::Role,
    },
};

/// The most buildings that a place's page lists. Who has more goes by way of the list.
const MOST: usize = 60;

/// What a page of a place reads of directories above it.
pub(super) fn reads_above(place: PlaceId, sources: &Sources<'_>) -> Vec<Read> {
    if sources.portal.catalog.is_area(place) {
        return Vec::new();
    }
    let nearest =
        nearest(inherited::given(place, sources), |above| sources.portal.place(above).path.len());
    let collections = sources.portal.collections();
    let own: Vec<CollectionId> = sources.figures.collections(place).collect();
    let is_read = |id: &CollectionId| {
        let declared = collections.get(*id);
        !own.contains(id) && calls(declared) && numbered_field(declared).is_some()
    };
    let all = nearest.into_iter().filter(|(id, _)| is_read(id));
    all.map(|(id, above)| Read::Records(above, id)).collect()
}

/// Of each collection the nearest place that has it.
fn nearest(
    all: impl Iterator<Item = (PlaceId, CollectionId)>,
    depth: impl Fn(PlaceId) -> usize,
) -> BTreeMap<CollectionId, PlaceId> {
    let mut nearest: BTreeMap<CollectionId, PlaceId> = BTreeMap::new();
    for (above, id) in all {
        let place = nearest.entry(id).or_insert(above);
        *place = if depth(above) > depth(*place) { above } else { *place };
    }
    nearest
}

/// It says whom to call.
fn calls(declared: &Collection) -> bool {
    declared.view == RecordView::Directory && declared.roles.get(Role::Phone).is_some()
}

impl PageBuilder<'_, '_> {
    /// The directories of the places above that say whom to call where the place has none of its own:
    /// of each collection that of the nearest place, with the buildings of the place.
    ///
    /// Returns [`NotMade::Torn`] if one cannot be read.
    pub(super) fn directories_above(&self, place: &Place) -> Result<Vec<DirectoryLink>, NotMade> {
        let own: Vec<CollectionId> = self.view.totalled(place.id).collect();
        let depth = |it: PlaceId| self.view.named_place(it).path.len();
        let nearest = nearest(self.view.inherited(), depth).into_iter();
        let nearest =
            nearest.filter(|(id, _)| !own.contains(id) && calls(self.view.collection(*id)));
        nearest.map(|(id, above)| self.directory_above(place, id, above)).collect()
    }

    fn directory_above(
        &self,
        place: &Place,
        id: CollectionId,
        above: PlaceId,
    ) -> Result<DirectoryLink, NotMade> {
        let (declared, above) = (self.view.collection(id), self.view.place(above));
        let language = self.view.language();
        let url = self.place_url(above, &format!("{}/", declared.name));
        let title = self.titled(declared.title.get(language), &above.name, "");
        let Some(field) = numbered_field(declared) else {
            return Ok(DirectoryLink { title, url, label: String::new(), buildings: Vec::new() });
        };
        // This page reads the records, whichever page they are read for.
        let contents = self.view.contents(above.id, id).ok_or(NotMade::Torn)?;
        let make =
            || Some(Arc::new(directory(declared, &*self.view.records(above.id, id)?, field)));
        let entries = self.view.shared().directory((above.id, id), make).ok_or(NotMade::Torn)?;
        let parts = parts_of(declared, contents.count, &contents.years, self.view.clock());
        let link = |((_, title), entry): ((u32, &str), &DirectoryEntry)| {
            let part = parts.iter().find(|part| part.holds(entry.entry));
            let suffix = part.map(|part| part.suffix()).unwrap_or_default();
            Link { title: title.to_owned(), url: format!("{url}{suffix}#{}", entry.anchor) }
        };
        let buildings = buildings(place, &entries).into_iter().map(link).collect();
        let label = declared.fields[field].label.get(language).to_owned();
        Ok(DirectoryLink { title, url, label, buildings })
    }
}

/// All entries of a directory.
fn directory(declared: &Collection, set: &RecordSet, field: usize) -> Vec<DirectoryEntry> {
    let title = declared.roles.get(Role::Title);
    let is_public = |index: &usize| declared.fields[*index].privacy == Privacy::Public;
    let place = |value: &Value| match value {
        Value::Place(id) => Some(*id),
        _ => None,
    };
    let entry = |(entry, record): (_, &Record)| {
        let shown = (0..declared.fields.len()).filter(is_public);
        let texts = record.values[field].each().iter().filter_map(Value::as_text);
        let named = texts.map(numbered::named);
        DirectoryEntry {
            title: title.and_then(|it| record.values[it].as_text()).unwrap_or("").to_owned(),
            places: shown.flat_map(|it| record.values[it].each()).filter_map(place).collect(),
            buildings: named.map(|(a, n, b)| (a.to_owned(), n, b.to_owned())).collect(),
            anchor: anchor(declared, record),
            entry,
        }
    };
    let all = entries(set.records.iter().map(|record| year(declared, record)));
    all.zip(&set.records).map(entry).collect()
}

/// The buildings of a place among those of a directory, in the order of their numbers. None if there
/// are too many for its page.
fn buildings<'e>(
    place: &Place,
    entries: &'e [DirectoryEntry],
) -> BTreeMap<(u32, &'e str), &'e DirectoryEntry> {
    let mut found = BTreeMap::new();
    for entry in entries {
        let is_of = entry.places.contains(&place.id) || is_title_of(&place.name, &entry.title);
        for (before, number, rest) in &entry.buildings {
            if is_of && before.is_empty() || is_name(&place.name, before) {
                found.entry((*number, rest.as_str())).or_insert(entry);
            }
        }
    }
    if found.len() > MOST { BTreeMap::new() } else { found }
}

/// What a name has behind what everybody calls a compound.
const COMPOUND: &str = "小区";

/// Both are names of one place: `友谊花园` and `友谊花园小区`.
fn is_name(place: &str, name: &str) -> bool {
    !name.is_empty() && short(place) == short(name)
}

/// A name without what it has behind it.
fn short(name: &str) -> &str {
    name.strip_suffix(COMPOUND).filter(|it| !it.is_empty()).unwrap_or(name)
}

/// The title of an entry is the name of a place with a number at most: `友谊花园第二网格`, and not
/// `友谊花园二期网格`, which is of another compound.
fn is_title_of(place: &str, title: &str) -> bool {
    let Some(rest) = title.strip_prefix(short(place)) else { return false };
    let rest = rest.strip_prefix(COMPOUND).unwrap_or(rest);
    let rest = rest.strip_suffix("网格").unwrap_or(rest);
    rest.chars().all(|it| it.is_ascii_digit() || "第号一二三四五六七八九十".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_by_what_people_call_them() {
        for (place, name, is_same) in [
            ("友谊花园小区", "友谊花园", true),
            ("友谊花园", "友谊花园小区", true),
            ("友谊花园小区", "友谊花园小区", true),
            ("友谊花园小区", "友谊花园二期", false),
            ("友谊花园小区", "", false),
            ("小区", "小区", true),
        ] {
            assert_eq!(is_name(place, name), is_same, "{place} {name}");
        }
        for (title, is_of) in [
            ("友谊花园网格", true),
            ("友谊花园小区", true),
            ("友谊花园第2网格", true),
            ("友谊花园小区三网格", true),
            ("友谊花园二期网格", false),
            ("友谊花园东侧", false),
            ("北广场网格", false),
        ] {
            assert_eq!(is_title_of("友谊花园小区", title), is_of, "{title}");
        }
    }
}
