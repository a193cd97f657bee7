//! What a field takes, as staff are told it.

use crate::{
    diagnostic::Messages,
    schema::{Field, FieldType},
};

/// What a field takes: its choices, or its type and how that is written, and where a reference leads.
pub(crate) fn taken(field: &Field, messages: &Messages) -> String {
    let kind = field.kind.name();
    let name = messages.text("type-name", &[("type", kind.into())]);
    let choices: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
    if choices.is_empty() {
        let form = messages.text("type-form", &[("type", kind.into())]);
        let form = match field.to {
            Some(to) => messages.text("field-to", &[("form", form.into()), ("to", to.into())]),
            None => form,
        };
        messages.labelled(&name, &form)
    } else {
        messages.labelled(&name, &choices.join(&messages.text("comma", &[])))
    }
}

/// A value that a field can have.
pub(crate) fn example(field: &Field) -> &str {
    if let Some(choice) = field.choices.first() {
        return &choice.value;
    }
    match field.kind {
        FieldType::Text => "文字",
        FieldType::Choice | FieldType::Markdown => "写在这里的文字",
        FieldType::Integer | FieldType::Count => "12",
        FieldType::Decimal => "1.5",
        FieldType::Percent => "95",
        FieldType::Money => "1200",
        FieldType::Boolean => "是",
        FieldType::Date | FieldType::DateTime => "2026-03-05",
        FieldType::Month | FieldType::Period => "2026-03",
        FieldType::Year => "2026",
        FieldType::Time => "9:00",
        FieldType::Person => "王秀兰",
        FieldType::Phone => "0431-8255-0001",
        FieldType::Email => "yixin@example.cn",
        FieldType::Url => "https://example.cn/",
        FieldType::Image => "photo.jpg",
        FieldType::Place => "kaixuan/yixin",
        FieldType::Reference => "2026-033",
        FieldType::Address => "凯旋街道 12 号",
        FieldType::IdNumber => "11010519491231002X",
    }
}
