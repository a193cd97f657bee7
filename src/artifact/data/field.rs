//! What a package says of a column: a field of a Table Schema, version 2.
//!
//! Only what holds of every row that may ever be published is a constraint: a text may be masked, and
//! a count not shown.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    artifact::data::{
        column::{Column, ColumnPart},
        csv::{self, DELIMITER},
        words::{self, Word, say},
    },
    schema::{Collection, Field, FieldType, collection::Choice, posting::Privacy},
};

/// A time of day, with the hours of the night behind it.
const CLOCK: &str = "[0-4][0-9]:[0-5][0-9]";

/// A month or a year.
const PERIOD: &str = "[0-9]{4}(-[0-9]{2})?";

/// A day, or a moment of it.
const MOMENT: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?";

/// A column, as a Table Schema has it.
#[derive(Debug, Serialize)]
pub(super) struct DataField {
    name: String,
    title: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<Category>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    constraints: Map<String, Value>,
}

/// One of the values of a choice.
#[derive(Debug, Serialize)]
struct Category {
    value: String,
    label: String,
}

impl DataField {
    /// A column of texts of which there is nothing more to say.
    pub(super) fn text(name: &str, title: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            kind: "string",
            description: String::new(),
            delimiter: None,
            categories: Vec::new(),
            constraints: Map::new(),
        }
    }

    /// Its type: `integer`.
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    /// The same of which every row says something.
    pub(super) fn required(mut self) -> Self {
        self.constraints.insert("required".to_owned(), true.into());
        self
    }

    /// A column of a collection's tables.
    pub(super) fn of(column: &Column<'_>, collection: &Collection, language: &str) -> Self {
        let plain = Self::text(&column.name, &column.label);
        let (ColumnPart::Value(_, field) | ColumnPart::Label(_, field)) = column.part else {
            return plain.required();
        };
        let is_label = matches!(column.part, ColumnPart::Label(..));
        let description = about(field, is_label, language);
        let delimiter = field.several.then_some(DELIMITER);
        let kind = if field.several { "list" } else { plain.kind };
        let plain = Self { kind, description, delimiter, ..plain };
        if is_label || field.several {
            return plain;
        }
        let category = |choice: &Choice| Category {
            value: csv::written(&choice.value).into_owned(),
            label: choice.label.get(language).to_owned(),
        };
        Self {
            kind: kind_of(field.kind),
            categories: field.choices.iter().map(category).collect(),
            constraints: constraints(field, collection),
            ..plain
        }
    }
}

/// The type of a column with single values.
fn kind_of(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Integer | FieldType::Count => "integer",
        FieldType::Decimal | FieldType::Percent | FieldType::Money => "number",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::Month => "yearmonth",
        FieldType::Year => "year",
        _ => "string",
    }
}

/// What somebody should know who reads the column.
fn about(field: &Field, is_label: bool, language: &str) -> String {
    let unit = field.unit.get(language);
    let is_picture = field.kind == FieldType::Image;
    let masked = if is_picture { Word::MaskedPicture } else { Word::Masked };
    let is_formula = |it: &Choice| csv::is_formula(&it.value);
    let is_written = is_written(field.kind)
        || field.kind == FieldType::Choice && (is_label || field.choices.iter().any(is_formula));
    let said = [
        (!unit.is_empty()).then(|| words::unit(unit, language)),
        (field.privacy == Privacy::Masked).then(|| say(masked, language).to_owned()),
        (field.kind == FieldType::Time).then(|| say(Word::Clock, language).to_owned()),
        field.several.then(|| say(Word::Several, language).to_owned()),
        is_written.then(|| say(Word::Formula, language).to_owned()),
    ];
    let between = if language.starts_with("zh") { "；" } else { "; " };
    said.into_iter().flatten().collect::<Vec<_>>().join(between)
}

/// Its texts are what somebody wrote, in no fixed form.
pub(super) fn is_written(kind: FieldType) -> bool {
    use FieldType::{Address, Email, Markdown, Person, Reference, Text, Url};
    matches!(kind, Text | Markdown | Person | Email | Url | Address | Reference)
}

/// What holds of every value.
fn constraints(field: &Field, collection: &Collection) -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, value: Value| drop(all.insert(name.to_owned(), value));
    if is_stated(field, collection) {
        add("required", true.into());
    }
    if field.kind == FieldType::Count {
        add("minimum", json!(0));
    }
    if let Some(max) = field.max.filter(|_| field.kind.is_number()) {
        add("maximum", json!(max));
    }
    let pattern = match field.kind {
        FieldType::Time => Some(CLOCK),
        FieldType::Period => Some(PERIOD),
        FieldType::DateTime => Some(MOMENT),
        _ => None,
    };
    if let Some(pattern) = pattern {
        add("pattern", pattern.into());
    }
    all
}

/// Every record says it, and all that it says is published as it stands.
pub(super) fn is_stated(field: &Field, collection: &Collection) -> bool {
    let is_shown = !field.kind.is_number() || collection.publication.suppress.is_none();
    let is_fixed = !is_written(field.kind) && field.kind != FieldType::Image && is_shown;
    field.required && field.privacy == Privacy::Public && !field.is_personal() && is_fixed
}
