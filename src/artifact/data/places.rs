//! The table of all places, which the tables over the whole portal refer to.

use std::borrow::Cow;

use crate::{
    artifact::{
        View,
        data::{
            cell::{Cell, place_path},
            column::{Column, ColumnPart},
            field::DataField,
            words::{Word, say},
        },
    },
    schema::Place,
};

/// The name of the table.
pub(super) const NAME: &str = "places";

/// Its columns: their names, and what each is called.
const COLUMNS: [(&str, Word); 7] = [
    ("path", Word::PlacePath),
    ("name", Word::PlaceName),
    ("level", Word::Level),
    ("parent", Word::Parent),
    ("address", Word::Office),
    ("phone", Word::Phone),
    ("hours", Word::Hours),
];

/// Its columns for a package.
pub(super) fn fields(language: &str) -> Vec<DataField> {
    let field = |(name, word): (&str, Word)| DataField::text(name, say(word, language));
    let is_given = |name: &str| ["path", "name", "level"].contains(&name);
    let all = COLUMNS.into_iter().map(|it| (it.0, field(it)));
    all.map(|(name, field)| if is_given(name) { field.required() } else { field }).collect()
}

/// Its columns for a table.
pub(super) fn columns(language: &str) -> Vec<Column<'static>> {
    let column = |(name, word): (&str, Word)| Column {
        name: name.to_owned(),
        label: say(word, language).to_owned(),
        part: ColumnPart::PlaceName,
    };
    COLUMNS.into_iter().map(column).collect()
}

/// A row for each place, parents before children.
pub(super) fn rows<'r>(view: &'r View<'_>) -> impl Iterator<Item = Vec<Cell<'r>>> {
    view.all_places().iter().map(|place| row(view, place))
}

fn row<'r>(view: &'r View<'_>, place: &'r Place) -> Vec<Cell<'r>> {
    let given = |it: &'r Option<String>| it.as_ref().map(|it| Cow::from(it.as_str()));
    let words = |it: &'r Option<String>| given(it).map_or(Cell::Absent, Cell::Words);
    let level = view.level(place.level).map_or("", |it| it.value.as_str());
    let parent = place.parent.map(|id| place_path(view.named_place(id)));
    vec![
        Cell::Code(place_path(place)),
        Cell::Words((&place.name).into()),
        Cell::Code(level.into()),
        parent.map_or(Cell::Absent, Cell::Code),
        words(&place.address),
        given(&place.phone).map_or(Cell::Absent, Cell::Code),
        words(&place.hours),
    ]
}
