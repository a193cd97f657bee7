//! Records and collections as templates see them.

use tera::Value as Shown;

use crate::{
    artifact::{
        NotMade,
        page::{PageBuilder, safe},
    },
    clock::Clock,
    disclosure::location,
    figures::Listed,
    render::context::{Collection, Field, Link, Objection, Posting, Record, Values},
    schema::{
        self, Collection as Declared, CollectionId, Dating, FieldType, Place, PlaceId, RecordSet,
        Value, display,
        posting::{ObjectionRule, Privacy},
    },
    text::Localized,
};

impl PageBuilder<'_, '_> {
    pub(in crate::artifact) fn collection(&self, id: CollectionId) -> Collection {
        let declared = self.view.collection(id);
        let language = self.view.language();
        let field = |it: &schema::Field| Field {
            name: it.name.to_string(),
            label: it.label.get(language).to_owned(),
            kind: it.kind.name(),
            unit: it.unit.get(language).to_owned(),
            several: it.several,
            numeric: it.kind.is_number(),
        };
        let date = declared.dating.as_ref().map(|it| declared.fields[it.date].name.to_string());
        Collection {
            name: declared.name.clone(),
            title: declared.title.get(language).to_owned(),
            description: declared.description.get(language).to_owned(),
            icon: declared.icon.clone().unwrap_or_default(),
            section: declared.section.clone().unwrap_or_default(),
            view: declared.view.name(),
            fields: declared.fields.iter().filter(|it| is_public(it)).map(field).collect(),
            date_field: date.unwrap_or_default(),
            suppress_below: declared.publication.suppress.map_or(0, |it| it.below),
        }
    }

    /// A record of a set; `shows_place` if its place is shown with it.
    pub(in crate::artifact) fn record(
        &self,
        set: &RecordSet,
        index: usize,
        shows_place: bool,
    ) -> Record {
        let declared = self.view.collection(set.collection);
        let record = &set.records[index];
        let clock = self.view.clock();
        let moment = declared.moment(record);
        let fields = declared.fields.iter().zip(&record.values);
        let values = fields
            .filter(|(field, _)| is_public(field))
            .map(|(field, value)| (field.name, self.value(set, index, field, value)))
            .collect();
        let place = self.view.named_place(set.place);
        let rule = declared.publication.objection.as_ref();
        let posting = record.posting.as_deref().map(|it| Posting {
            objection: it.objection.as_ref().map(|it| self.objection(it, rule, place)),
            draft: it.draft,
            masked: it.masked,
        });
        let url = declared.record_pages.as_ref().map(|_| {
            let path = self.view.record_path(set, index);
            self.place_url(place, &path)
        });
        Record {
            values: Values(values),
            url: url.unwrap_or_default(),
            place: shows_place.then(|| self.place_link(place)),
            date: moment.map(|it| it.date.to_string()).unwrap_or_default(),
            past: moment.is_some_and(|it| it.until.is_some_and(|last| clock.is_past(last))),
            today: moment.is_some_and(|it| clock.is_today(it.date)),
            state: declared.dating.as_ref().map_or("", |it| state(it, record, clock)),
            posting,
        }
    }

    /// What there is to say of the days on which anybody may object.
    pub(in crate::artifact) fn objection(
        &self,
        objection: &schema::posting::Objection,
        rule: Option<&ObjectionRule>,
        place: &Place,
    ) -> Objection {
        let clock = self.view.clock();
        let language = self.view.language();
        let said = |it: fn(&ObjectionRule) -> &Localized| {
            rule.map_or_else(String::new, |rule| it(rule).get(language).to_owned())
        };
        let own = |it: &Option<Box<str>>| it.as_deref().map(str::to_owned);
        let offices = std::iter::successors(Some(place), |it| {
            it.parent.map(|above| self.view.named_place(above))
        });
        let organiser = &self.view.config().organiser.phone;
        let office =
            || offices.into_iter().find_map(|it| it.phone.clone()).or_else(|| organiser.clone());
        let state = match objection.from {
            Some(from) if !clock.reached(from) => "early",
            _ if clock.is_past(objection.until) => "over",
            _ => "open",
        };
        Objection {
            state,
            from: objection.from.map(|it| it.to_string()).unwrap_or_default(),
            until: objection.until.to_string(),
            how: own(&objection.how).unwrap_or_else(|| said(|it| &it.how)),
            phone: own(&objection.phone)
                .or_else(|| rule.and_then(|it| it.phone.clone()))
                .or_else(office)
                .unwrap_or_default(),
            outcome: said(|it| &it.after),
        }
    }

    /// The records of a listing, at most so many.
    pub(in crate::artifact) fn listed(
        &self,
        collection: CollectionId,
        listed: &[Listed],
        here: PlaceId,
    ) -> Result<Vec<Record>, NotMade> {
        let record = |it: &Listed| {
            let set = self.view.listed(it.place, collection);
            let set = set.filter(|set| (it.index as usize) < set.records.len());
            let set = set.ok_or(NotMade::Torn)?;
            Ok(self.record(&set, it.index as usize, it.place != here))
        };
        listed.iter().map(record).collect()
    }

    fn value(&self, set: &RecordSet, index: usize, field: &schema::Field, value: &Value) -> Shown {
        match value {
            Value::Absent => Shown::none(),
            Value::Text(words) => match field.kind {
                FieldType::Markdown => {
                    let file = &set.files[usize::from(set.records[index].file)];
                    let html = self
                        .markdown(words, file, |_| location(&set.files, &set.records[index]))
                        .html;
                    safe(&html)
                }
                FieldType::Image => {
                    let url = self.image(words);
                    Shown::from(Link { title: String::new(), url })
                }
                _ => Shown::from(&**words),
            },
            Value::Integer(number) => Shown::from(*number),
            Value::Boolean(truth) => Shown::from(*truth),
            Value::Place(place) => {
                let place = self.view.named_place(*place);
                let url = self.place_url(place, "");
                Shown::from(Link { title: place.name.clone(), url })
            }
            Value::List(values) => {
                let each = values.iter().map(|it| self.value(set, index, field, it));
                Shown::from(each.collect::<Vec<_>>())
            }
            value => Shown::from(display::plain(value, field, self.view.language())),
        }
    }
}

/// Readers know that there is such a field.
fn is_public(field: &schema::Field) -> bool {
    field.privacy != Privacy::Internal
}

/// The field whose value names a record best: the first that takes words.
pub(in crate::artifact) fn record_title(
    declared: &Declared,
    record: &schema::Record,
    language: &str,
) -> String {
    let words = |kind| matches!(kind, FieldType::Text | FieldType::Person | FieldType::Choice);
    let fields = declared.fields.iter().zip(&record.values);
    let named = fields.clone().find(|(field, value)| words(field.kind) && !value.is_absent());
    let (field, value) = named.unwrap_or((&declared.fields[0], &record.values[0]));
    display::plain(value, field, language)
}

/// Whether a record is off, and whether a period is over or should be.
fn state(dating: &Dating, record: &schema::Record, clock: &Clock) -> &'static str {
    if dating.cancelled.is_some_and(|it| record.values[it] == Value::Boolean(true)) {
        return "cancelled";
    }
    let Some(until) = dating.until else { return "" };
    let due = dating.due.and_then(|it| record.values[it].as_date());
    match due {
        _ if !record.values[until].is_absent() => "closed",
        Some(due) if clock.is_past(due) => "late",
        _ => "open",
    }
}
