//! How a figure is made, for readers: what of its declaration a page puts into words.

use std::borrow::Cow;

use crate::{
    render::context::{DataCondition, DataFigure},
    schema::{
        Collection, Field, Value, display,
        figure::{Condition, Day, Figure, Measure, Operand, Test},
    },
};

/// What is said of a figure of a collection.
pub(super) fn data_figure(figure: &Figure, collection: &Collection, language: &str) -> DataFigure {
    let fields = &*spoken(figure, collection);
    let label = |index: &usize| fields[*index].label.get(language).to_owned();
    let shown = |conditions: &[Condition]| {
        conditions.iter().map(|it| condition(it, fields, language)).collect()
    };
    let (measure, of) = match &figure.measure {
        Measure::Count(field) => ("count", field.as_ref().map(label).unwrap_or_default()),
        Measure::Sum(operand) => ("sum", formula(operand, fields, language)),
        Measure::Mean(operand) => ("mean", formula(operand, fields, language)),
        Measure::Median(operand) => ("median", formula(operand, fields, language)),
        Measure::Share { part, whole } => ("share", format!("{} ÷ {}", label(part), label(whole))),
        Measure::Fraction(_) => ("fraction", String::new()),
        Measure::Distinct(field) => ("distinct", label(field)),
        Measure::Latest(operand) => ("latest", formula(operand, fields, language)),
        Measure::Change(operand) => ("change", formula(operand, fields, language)),
        Measure::Next => ("next", String::new()),
        Measure::Streak(every, _) => ("streak", every.name().to_owned()),
    };
    let held = match &figure.measure {
        Measure::Fraction(conditions) | Measure::Streak(_, conditions) => conditions.as_slice(),
        _ => &[],
    };
    DataFigure {
        label: figure.label.get(language).to_owned(),
        unit: figure.unit.get(language).to_owned(),
        measure,
        of,
        held: shown(held),
        by: figure.by.as_ref().map(label).unwrap_or_default(),
        when: figure.when.name(),
        filter: shown(&figure.filter),
    }
}

/// The fields of a collection by the names that readers know. Where each of several groups counts, a
/// part of them is called without a number: 联系人·角色.
fn spoken<'c>(figure: &Figure, collection: &'c Collection) -> Cow<'c, [Field]> {
    if figure.each_group.is_empty() {
        return Cow::Borrowed(&collection.fields);
    }
    let mut fields = collection.fields.clone();
    for (first, _) in figure.each_group.iter().flatten() {
        if let Some(group) = &collection.fields[*first].group {
            fields[*first].label = group.common_label();
        }
    }
    Cow::Owned(fields)
}

/// The number that a record gives, as a formula of labels: `办结 − 受理`.
fn formula(operand: &Operand, fields: &[Field], language: &str) -> String {
    let label = |index: usize| fields[index].label.get(language);
    match operand {
        Operand::Field(field) => label(*field).to_owned(),
        Operand::Percentage(part, whole) => format!("{} ÷ {} × 100", label(*part), label(*whole)),
        Operand::Days(to, from) => format!("{} − {}", label(*to), label(*from)),
        Operand::First(operands) => {
            let all = operands.iter().map(|it| formula(it, fields, language));
            all.collect::<Vec<_>>().join(" / ")
        }
    }
}

/// What has to hold of a record.
fn condition(condition: &Condition, fields: &[Field], language: &str) -> DataCondition {
    let field = &fields[condition.field];
    let (test, value) = match &condition.test {
        Test::Present => ("present", String::new()),
        Test::Absent => ("absent", String::new()),
        Test::Is(Value::Boolean(true)) => ("yes", String::new()),
        Test::Is(Value::Boolean(false)) => ("no", String::new()),
        Test::Is(value) => ("is", display::plain(value, field, language)),
        Test::Before(day) => ("before", self::day(*day, fields, language)),
        Test::OnOrBefore(day) => ("until", self::day(*day, fields, language)),
        Test::After(day) => ("after", self::day(*day, fields, language)),
    };
    DataCondition { field: field.label.get(language).to_owned(), test, value }
}

/// The other day of a comparison by its label; empty for the day of the build.
fn day(day: Day, fields: &[Field], language: &str) -> String {
    match day {
        Day::Today => String::new(),
        Day::Field(field) => fields[field].label.get(language).to_owned(),
    }
}
