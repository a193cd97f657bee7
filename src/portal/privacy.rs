//! What is shown of persons.

use jiff::{Span, civil::Date};

use crate::{
    clock::Clock,
    portal::windows::Why,
    schema::{
        Collection, Field, FieldType, Posting, Record, Value, mask,
        posting::{Exposure, Names, Privacy},
        scalar,
    },
};

/// The age from which a person is no minor, in years.
const OF_AGE: i32 = 18;

/// The portal's rules for persons, at a moment.
#[derive(Clone, Copy)]
pub(super) struct Persons<'a> {
    pub(super) names: Names,
    pub(super) clock: &'a Clock,
}

/// How a record's values are shown, and what has to change in its texts.
#[derive(Default)]
struct Shown {
    /// Names as they were written, and what stands in their place.
    renamed: Vec<(String, String)>,
    /// Somebody is not shown in full.
    partly: bool,
}

/// A collection has nothing that anybody would have to decide about.
pub(super) fn is_plain(collection: &Collection) -> bool {
    let plain = |it: &Field| !it.is_personal() && it.privacy == Privacy::Public;
    let picture = |it: &Field| it.kind == FieldType::Image && it.privacy == Privacy::Masked;
    collection.fields.iter().all(|it| plain(it) || picture(it))
}

impl Persons<'_> {
    /// The names of a record whose persons do not want to be named any more.
    pub(super) fn withdrawn(&self, collection: &Collection, record: &Record) -> Vec<Box<str>> {
        let day = record.posting.as_ref().and_then(|it| it.withdrawn);
        if !day.is_some_and(|it| self.clock.reached(it)) {
            return Vec::new();
        }
        let fields = collection.fields.iter().zip(&record.values);
        let persons = fields.filter(|(field, _)| field.kind == FieldType::Person);
        let names = persons.flat_map(|(_, value)| value.each()).filter_map(Value::as_text);
        names.filter(|it| it.chars().count() > 1).map(Into::into).collect()
    }

    /// Leaves of a record what may be shown.
    pub(super) fn apply(&self, collection: &Collection, record: &mut Record) -> Result<(), Why> {
        let posting = record.posting.take();
        let stated = posting.as_deref();
        let withdrawn = stated.and_then(|it| it.withdrawn).filter(|it| self.clock.reached(*it));
        let is_person = |it: &Field| it.required && it.kind == FieldType::Person;
        if let Some(day) = withdrawn.filter(|_| collection.fields.iter().any(is_person)) {
            return Err(Why::Withdrawn(day));
        }
        let minor = self.is_minor(collection, stated, record);
        let mut shown = Shown::default();
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            if value.is_absent() {
                continue;
            }
            let exposure = match self.exposure(collection, field, value, stated) {
                Exposure::Whole | Exposure::Masked(_)
                    if withdrawn.is_some() && field.is_personal() =>
                {
                    Exposure::Withheld
                }
                Exposure::Whole if minor && field.is_personal() => Exposure::Masked(Names::Masked),
                exposure => exposure,
            };
            show(field, value, exposure, &mut shown);
        }
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            match field.kind {
                FieldType::Image if shown.partly && field.privacy == Privacy::Masked => {
                    *value = Value::Absent;
                }
                FieldType::Text | FieldType::Markdown | FieldType::Url => {
                    rename(value, &shown.renamed);
                }
                _ => {}
            }
        }
        record.posting = match posting {
            None if !shown.partly => None,
            posting => posting.unwrap_or_default().public(shown.partly),
        };
        Ok(())
    }

    /// How much of a value is shown, age and withdrawal apart.
    pub(super) fn exposure(
        &self,
        collection: &Collection,
        field: &Field,
        value: &Value,
        posting: Option<&Posting>,
    ) -> Exposure {
        match collection.exposure(field, value, posting, self.names) {
            Exposure::NeedsBasis => Exposure::Masked(Names::Masked),
            exposure => exposure,
        }
    }

    /// The record is about somebody under age: it says so, or a day of birth does.
    pub(super) fn is_minor(
        &self,
        collection: &Collection,
        posting: Option<&Posting>,
        record: &Record,
    ) -> bool {
        let young = |born: Date| {
            let of_age = born.checked_add(Span::new().years(OF_AGE));
            of_age.is_ok_and(|it| !self.clock.reached(it))
        };
        let fields = collection.fields.iter().zip(&record.values);
        let numbered = fields
            .filter(|(field, _)| field.kind == FieldType::IdNumber)
            .filter_map(|(_, value)| scalar::birth_date(value.as_text()?));
        posting.is_some_and(|it| it.minor)
            || posting.and_then(|it| it.born).is_some_and(young)
            || numbered.into_iter().any(young)
    }
}

fn show(field: &Field, value: &mut Value, exposure: Exposure, shown: &mut Shown) {
    let names = match exposure {
        Exposure::Whole => return,
        Exposure::NeedsBasis => Names::Masked,
        Exposure::Masked(names) => names,
        Exposure::Withheld => {
            if field.kind == FieldType::Person {
                shown.partly = true;
                remember(value, Names::Surname, shown);
            }
            *value = Value::Absent;
            return;
        }
    };
    if field.kind == FieldType::Person {
        shown.partly = true;
        remember(value, names, shown);
    }
    *value = masked(value, field.kind, names);
}

fn remember(value: &Value, names: Names, shown: &mut Shown) {
    for name in value.each().iter().filter_map(Value::as_text) {
        shown.renamed.extend(mask::traces(name, names));
    }
}

fn masked(value: &Value, kind: FieldType, names: Names) -> Value {
    match value {
        Value::Text(text) => Value::Text(
            match kind {
                FieldType::Person => mask::person(text, names),
                FieldType::Phone => mask::phone(text),
                FieldType::Email => mask::email(text),
                FieldType::Address => mask::address(text),
                _ => mask::text(text),
            }
            .into(),
        ),
        Value::List(values) => {
            Value::List(values.iter().map(|it| masked(it, kind, names)).collect())
        }
        _ => Value::Absent,
    }
}

/// Takes names out of a text.
fn rename(value: &mut Value, renamed: &[(String, String)]) {
    match value {
        Value::Text(text) if renamed.iter().any(|(name, _)| text.contains(name.as_str())) => {
            let replaced = renamed
                .iter()
                .fold(text.to_string(), |text, (name, shown)| text.replace(name.as_str(), shown));
            *text = replaced.into();
        }
        Value::List(values) => values.iter_mut().for_each(|it| rename(it, renamed)),
        _ => {}
    }
}
