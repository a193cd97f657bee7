//! What is shown of persons.

use std::borrow::Cow;

use jiff::{Span, civil::Date};

use crate::{
    clock::Clock,
    config::Names,
    disclosure::{
        mask::{self, Traces},
        pictures,
        windows::WithheldReason,
    },
    scan,
    schema::{
        Collection, Field, FieldType, Posting, Record, RecordSet, Value,
        posting::{Exposure, Objection, Privacy},
        scalar,
    },
    text::MASKED_STAR,
};

/// The age from which a person is no minor, in years.
const OF_AGE: i32 = 18;

/// How many birthdays of one record are looked at. Nearly every record has one person.
const BIRTHDAYS: usize = 4;

/// The keys of the contacts that a set publishes, which may stand on pages, and of the mobile
/// numbers among them that are an office's: those of fields about the work of somebody, and those
/// to call with an objection.
pub(super) fn contacts(set: &RecordSet, collection: &Collection) -> (Vec<u64>, Vec<u64>) {
    let (mut keys, mut offices) = (Vec::new(), Vec::new());
    let postings = set.records.iter().filter_map(|it| it.posting.as_ref());
    let objections = postings.filter_map(|it| it.objection.as_ref());
    for phone in objections.filter_map(|it| it.phone.as_deref()) {
        keys.extend(scan::contacts(phone));
        offices.extend(scan::mobiles(phone));
    }
    for (index, field) in collection.fields.iter().enumerate() {
        if matches!(field.kind, FieldType::Phone | FieldType::Email | FieldType::Address) {
            let values = set.records.iter().flat_map(|record| record.values[index].each());
            for value in values.filter_map(Value::as_text) {
                let found = scan::contacts(value);
                if field.work && field.kind == FieldType::Phone && !found.is_empty() {
                    offices.extend(scan::mobiles(value));
                }
                keys.extend(found);
            }
        }
    }
    (keys, offices)
}

/// The portal's rules for persons, at a moment.
#[derive(Clone, Copy)]
pub(super) struct Persons<'a> {
    pub(super) names: Names,
    pub(super) clock: &'a Clock,
}

/// How a record's values are shown, and what has to change in its texts.
#[derive(Default)]
struct Shown {
    /// Names that its texts must not say.
    traces: Traces,
    /// Somebody is not shown in full.
    partly: bool,
}

/// A collection has nothing that anybody would have to decide about.
pub(super) fn is_plain(collection: &Collection) -> bool {
    let plain = |field: &Field| !field.is_personal() && field.privacy == Privacy::Public;
    let picture =
        |field: &Field| field.kind == FieldType::Image && field.privacy == Privacy::Masked;
    collection.fields.iter().all(|field| plain(field) || picture(field))
}

impl Persons<'_> {
    /// The names of a record whose persons do not want to be named any more, as it gives them.
    pub(super) fn withdrawn<'r>(
        &self,
        collection: &Collection,
        record: &'r Record,
    ) -> Vec<&'r str> {
        let day = record.posting.as_ref().and_then(|it| it.withdrawn);
        if !day.is_some_and(|it| self.clock.reached(it)) {
            return Vec::new();
        }
        let fields = collection.fields.iter().zip(&record.values);
        let is_shown = |field: &Field| field.privacy != Privacy::Internal;
        let persons =
            fields.filter(|(field, _)| field.kind == FieldType::Person && is_shown(field));
        persons.flat_map(|(_, value)| value.each()).filter_map(Value::as_text).collect()
    }

    /// Leaves of a record what may be shown.
    ///
    /// Of a minor the clock notes when something else will be shown, not when that person comes of
    /// age: a name that is masked for another reason stays so on that day, and an archive of minors
    /// would have to be looked at on each of their birthdays.
    pub(super) fn apply(
        &self,
        collection: &Collection,
        record: &mut Record,
    ) -> Result<(), WithheldReason> {
        if !self.comes_of_age(collection, record) {
            return self.leave(collection, record);
        }
        let (stated, clock) = (record.clone(), self.clock.fork());
        let kept = Persons { clock: &clock, ..*self }.leave(collection, record);
        let mut next = clock.next();
        for _ in 0..BIRTHDAYS {
            let Some(moment) = &next else { return kept };
            let mut then = stated.clone();
            let clock = Clock::at(moment.clone());
            let kept_then = Persons { clock: &clock, ..*self }.leave(collection, &mut then);
            if kept_then != kept || then != *record {
                break;
            }
            next = clock.next();
        }
        if let Some(moment) = next {
            self.clock.changes_at(&moment);
        }
        kept
    }

    /// Somebody in a record is a minor whose age is known.
    fn comes_of_age(&self, collection: &Collection, record: &Record) -> bool {
        let clock = self.clock.fork();
        Persons { clock: &clock, ..*self }.is_minor(collection, record.posting.as_deref(), record);
        clock.next().is_some()
    }

    /// Leaves of a record what may be shown at this moment.
    fn leave(&self, collection: &Collection, record: &mut Record) -> Result<(), WithheldReason> {
        let mut posting = record.posting.take();
        let counting = self.counting(collection, posting.as_deref());
        let stated = counting.as_deref();
        let withdrawn = stated.and_then(|it| it.withdrawn).filter(|it| self.clock.reached(*it));
        if let Some(day) = withdrawn.filter(|_| is_about_persons(collection)) {
            return Err(WithheldReason::Withdrawn(day));
        }
        let minor = self.is_minor(collection, stated, record);
        let founded = collection.basis(stated).is_some() && !minor && withdrawn.is_none();
        let mut shown = Shown { partly: minor || withdrawn.is_some(), ..Shown::default() };
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            if value.is_absent() {
                continue;
            }
            let personal = field.is_personal();
            let exposure = match self.exposure(collection, field, value, stated) {
                _ if withdrawn.is_some() && personal => Exposure::Withheld,
                Exposure::Whole if minor && personal => Exposure::Masked(Names::Masked),
                exposure => exposure,
            };
            show(field, value, exposure, &mut shown);
        }
        drop(counting);
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            shown.clean(field, value);
        }
        if let Some(objection) = posting.as_mut().and_then(|it| it.objection.as_mut()) {
            shown.clean_objection(objection, founded);
        }
        record.posting = match posting {
            None if !shown.partly => None,
            posting => {
                let followed = collection.happens() || collection.feed;
                posting.unwrap_or_default().public(shown.partly, followed)
            }
        };
        Ok(())
    }

    /// What a record says of its publication, as it counts at this moment: a basis of a day that has
    /// not come is none.
    pub(super) fn counting<'p>(
        &self,
        collection: &Collection,
        posting: Option<&'p Posting>,
    ) -> Option<Cow<'p, Posting>> {
        let day = collection.basis(posting).and_then(|basis| basis.date);
        if day.is_none_or(|day| self.clock.reached(day)) {
            return posting.map(Cow::Borrowed);
        }
        let posting = posting.cloned().unwrap_or_default();
        Some(Cow::Owned(Posting { unfounded: true, ..posting }))
    }

    /// How much of a value is shown, age and withdrawal apart. `posting` is what [`Self::counting`]
    /// returned.
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
        let numbers = fields.filter(|(field, _)| field.kind == FieldType::IdNumber);
        let mut numbers = numbers.flat_map(|(_, value)| value.each()).filter_map(Value::as_text);
        posting.is_some_and(|it| it.minor)
            || posting.and_then(|it| it.born).is_some_and(young)
            // Of a number that cannot be read nobody knows whose it is.
            || numbers.any(|it| scalar::birth_date(it).is_none_or(young))
    }
}

/// Without its persons nothing is left of a record.
fn is_about_persons(collection: &Collection) -> bool {
    let mut persons = collection.fields.iter().filter(|field| field.kind == FieldType::Person);
    persons.clone().any(|it| it.required) || persons.next().is_none()
}

impl Shown {
    /// Takes names out of what stands beside them, and pictures of those who are not shown.
    fn clean(&self, field: &Field, value: &mut Value) {
        match field.kind {
            FieldType::Person | FieldType::Phone | FieldType::IdNumber => {}
            FieldType::Image if self.partly && field.privacy == Privacy::Masked => {
                *value = Value::Absent;
            }
            FieldType::Image | FieldType::Url => self.drop_named(value),
            FieldType::Markdown => self.clean_markdown(value),
            _ => self.rename(value),
        }
    }

    /// A path or address that says a name cannot be put right.
    fn drop_named(&self, value: &mut Value) {
        if value.each().iter().filter_map(Value::as_text).any(|it| self.traces.are_in_address(it)) {
            *value = Value::Absent;
        }
    }

    fn rename(&self, value: &mut Value) {
        match value {
            Value::Text(text) => {
                if let Some(renamed) = self.traces.remove(text, '*') {
                    *text = renamed.into();
                }
            }
            Value::List(values) => values.iter_mut().for_each(|value| self.rename(value)),
            _ => {}
        }
    }

    fn clean_markdown(&self, value: &mut Value) {
        match value {
            Value::Text(text) if self.partly || !self.traces.is_empty() => {
                let is_named = |it: &str| self.traces.are_in_address(it);
                let bare = pictures::without(text, self.partly, &is_named);
                let renamed = self.traces.remove(&bare, MASKED_STAR);
                *text = renamed.unwrap_or(bare).into();
            }
            Value::List(values) => values.iter_mut().for_each(|value| self.clean_markdown(value)),
            _ => {}
        }
    }

    /// How to object is read by everybody, too.
    fn clean_objection(&self, objection: &mut Objection, founded: bool) {
        if let Some(how) = &mut objection.how
            && let Some(renamed) = self.traces.remove(how, '*')
        {
            *how = renamed.into();
        }
        clean_phone(objection, founded);
    }
}

/// Masks the number of somebody who may not be named.
pub(super) fn clean_phone(objection: &mut Objection, founded: bool) {
    if let Some(phone) = &mut objection.phone
        && !founded
        && !crate::schema::phone::is_office_line(phone)
    {
        *phone = mask::phone(phone).into();
    }
}

fn show(field: &Field, value: &mut Value, exposure: Exposure, shown: &mut Shown) {
    let names = match exposure {
        Exposure::Whole => return,
        Exposure::NeedsBasis => Names::Masked,
        Exposure::Masked(names) => names,
        Exposure::Withheld => {
            if field.kind == FieldType::Person {
                // Who is never shown, nominators say, takes no picture away.
                shown.partly |= field.privacy != Privacy::Internal;
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
        shown.traces.add(name, names);
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
            Value::List(values.iter().map(|value| masked(value, kind, names)).collect())
        }
        _ => Value::Absent,
    }
}
