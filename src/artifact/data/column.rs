//! The columns of a collection's tables: the place, then the fields in the order in which they are
//! declared. What nobody may read has no column.
//!
//! A choice, a place and a reference have two columns: `award` and, with its label, `award.label`; of a
//! reference `project` and, with its address, `project.url`. No field has a dot in its name, and no
//! second column is called `path` or `name`, so no two columns are called alike.
//!
//! A choice has both columns also where each value is its label: one that gets a label in another
//! language, or another word, would put a column between those that programs know by their order.

use crate::{
    artifact::data::words::{Word, say},
    schema::{Collection, Field, FieldType, posting::Privacy},
};

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column<'d> {
    /// Its name in the first line of a table: `award.label`.
    pub(super) name: String,
    /// What readers call it.
    pub(super) label: String,
    /// What stands in it.
    pub(super) part: ColumnPart<'d>,
}

/// What stands in a column. Fields are those of the collection, with their index.
#[derive(Debug, Clone, Copy)]
pub(super) enum ColumnPart<'d> {
    /// The path of the place that keeps the record.
    PlacePath,
    /// Its name.
    PlaceName,
    /// What a field says.
    Value(usize, &'d Field),
    /// What stands beside it.
    Label(usize, &'d Field),
}

/// The columns of a collection's tables, at every place and over all of them.
pub(super) fn columns<'d>(collection: &'d Collection, language: &str) -> Vec<Column<'d>> {
    let place = |name: &str, word, part| Column {
        name: name.to_owned(),
        label: say(word, language).to_owned(),
        part,
    };
    let mut columns = vec![
        place("place.path", Word::PlacePath, ColumnPart::PlacePath),
        place("place.name", Word::PlaceName, ColumnPart::PlaceName),
    ];
    let fields = collection.fields.iter().enumerate();
    for (index, field) in fields.filter(|(_, field)| field.privacy != Privacy::Internal) {
        let (name, label) = (field.name.to_owned(), field.label.get(language).to_owned());
        columns.push(Column { name, label, part: ColumnPart::Value(index, field) });
        if let Some((end, word)) = beside(field) {
            let name = format!("{}.{end}", field.name);
            let label = format!("{}{}", field.label.get(language), say(word, language));
            columns.push(Column { name, label, part: ColumnPart::Label(index, field) });
        }
    }
    columns
}

/// How the name of a field's second column ends, if it has one, and what that has.
fn beside(field: &Field) -> Option<(&'static str, Word)> {
    match field.kind {
        FieldType::Choice => Some(("label", Word::Label)),
        FieldType::Place => Some(("label", Word::Name)),
        FieldType::Reference => Some(("url", Word::Address)),
        _ => None,
    }
}
