//! Values as readers see them in one line.
//!
//! Pages, addresses of records and messages write values by these rules. What a page shows in
//! another form, such as Markdown, images and links to places, is in `artifact/page/record.rs`.

use crate::{
    schema::{Field, FieldType, Value},
    text::{few, shown, withheld},
};

/// A value as one line of text in a language: dates and times as in ISO 8601 (but
/// those after midnight, see [`DayTime`](crate::schema::DayTime)), choices by their label, several values with `、` between. Absent and places, whose names the places know, are
/// empty. A choice of an index that the field does not have is empty.
pub fn plain(value: &Value, field: &Field, language: &str) -> String {
    match value {
        Value::Absent | Value::Place(_) => String::new(),
        Value::Text(text) => shown(text).into_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Few(below) => few(*below, language),
        Value::Withheld => withheld(language).to_owned(),
        Value::Decimal(number) if field.kind == FieldType::Money => format!("{number:.2}"),
        Value::Decimal(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Month(date) => date.strftime("%Y-%m").to_string(),
        Value::Year(year) => year.to_string(),
        Value::Time(time) => time.written(language),
        Value::DateTime(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        Value::Choice(index) => field
            .choices
            .get(usize::from(*index))
            .map_or_else(String::new, |it| it.label.get(language).to_owned()),
        Value::List(values) => {
            let each: Vec<_> = values.iter().map(|value| plain(value, field, language)).collect();
            each.join("、")
        }
    }
}
