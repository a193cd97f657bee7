//! Records and collections as templates see them.
//!
//! Values come here after disclosure, so this file masks and hides nothing. It turns a typed value
//! into what a template can print, and says what the date makes of a record:
//!
//! ```text
//! - {award: 好邻居, name: 王**, date: 2026-03-05, citation: "送饭，见[公告](notices/a.md)"}
//!
//! award     "好邻居"                                    the label in the portal's language
//! name      "王**"                                      as disclosure left it
//! date      "2026-03-05"
//! citation  <p>送饭，见<a href="/…/notices/a/">…</p>    safe HTML
//! photo     none                                        not given
//! ```
//!
//! Internal fields are left out altogether: a template cannot tell that there are any.

use std::collections::BTreeMap;

use tera::{Map, Value as Shown};

use crate::{
    artifact::{
        NotMade,
        page::{PageBuilder, safe},
        parts::is_on_first,
        structured::Occasion,
    },
    clock::Clock,
    diagnostic::{Code, Diagnostic},
    disclosure::location,
    figures::Listed,
    fingerprint::Fingerprint,
    render::{
        context::{Collection, Field, Link, Objection, Posting, Record, Roles, Values},
        mentions::{SaidWords, Word},
    },
    schema::{
        self, Collection as Declared, CollectionId, Dating, FieldType, Moment, Place, PlaceId,
        RecordSet, RecordView, Value, display, numbered,
        posting::{ObjectionRule, Privacy},
        reference::key_of,
        role::Role,
    },
    text::Localized,
};

impl PageBuilder<'_, '_> {
    /// A collection as templates see it, in the portal's language. `fields` are those that records
    /// show, in the order of the declaration; so is the key, without what is internal.
    pub(in crate::artifact) fn collection(&self, id: CollectionId) -> Shown {
        let declared = self.view.collection(id);
        self.view.shared().collection(id, || self.written_out(declared))
    }

    fn written_out(&self, declared: &Declared) -> Collection {
        let language = self.view.language();
        let field = |field: &schema::Field| Field {
            name: field.name.to_string(),
            label: field.label.get(language).to_owned(),
            kind: field.kind.name(),
            unit: field.unit.get(language).to_owned(),
            group: field.group.as_ref().map_or("", |it| it.name),
            several: field.several,
            numeric: field.kind.is_number(),
        };
        let named =
            |index: Option<usize>| index.map_or("", |it| declared.fields[it].name).to_owned();
        let key = declared.key.iter().map(|index| &declared.fields[*index]);
        let role = |role| declared.roles.get(role).map(|it| field(&declared.fields[it]));
        let (dating, figure) = (declared.dating.as_ref(), declared.roles.figure);
        Collection {
            name: declared.name.clone(),
            title: declared.title.get(language).to_owned(),
            description: declared.description.get(language).to_owned(),
            icon: declared.icon.clone().unwrap_or_default(),
            section: declared.section.clone().unwrap_or_default(),
            view: declared.view.name(),
            fields: declared.fields.iter().filter(|it| is_public(it)).map(field).collect(),
            key: key.filter(|it| is_public(it)).map(|it| it.name).collect(),
            roles: Roles {
                title: role(Role::Title),
                summary: role(Role::Summary),
                kind: role(Role::Kind),
                person: role(Role::Person),
                picture: role(Role::Picture),
                phone: role(Role::Phone),
                venue: role(Role::Venue),
                number: role(Role::Number),
                figure: figure.map(|it| declared.figures[it].name.clone()).unwrap_or_default(),
            },
            date_field: named(dating.map(|it| it.date)),
            starts_field: named(dating.and_then(|it| it.starts)),
            ends_field: named(dating.and_then(|it| it.ends)),
            cancelled_field: named(dating.and_then(|it| it.cancelled)),
            until_field: named(dating.and_then(|it| it.until)),
            due_field: named(dating.and_then(|it| it.due)),
            cadence: declared.cadence.map_or("", |it| it.every.name()),
            cadence_on: declared.cadence.and_then(|it| it.on).map_or("", |it| it.name()),
            suppress_below: declared.publication.suppress.map_or(0, |it| it.below),
        }
    }

    /// A record of a set; `shows_place` if its place is shown with it.
    ///
    /// What depends on the day asks the artifact's clock: whether it is past, today, late. So the
    /// page is made again when the answer changes, and on no other day. It is asked only for what the
    /// templates say, which is in `words`. A record without a date is neither past nor today, and a
    /// period without end is not past.
    ///
    /// `url` is empty if the collection has no `record-pages`.
    pub(in crate::artifact) fn record(
        &self,
        set: &RecordSet,
        index: usize,
        shows_place: bool,
        words: SaidWords,
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
        let values = grouped(declared, values);
        let place = self.view.named_place(set.place);
        let rule = declared.publication.objection.as_ref();
        let posting = record.posting.as_deref().map(|posting| Posting {
            objection: posting.objection.as_ref().map(|it| self.objection(it, rule, place)),
            draft: posting.draft,
            masked: posting.masked,
        });
        let url = declared.record_pages.as_ref().map(|_| {
            let path = self.view.record_path(set, index);
            self.place_url(place, &path)
        });
        let url = url.unwrap_or_default();
        let standing = || self.standing(declared, place, record, index, &url);
        let link = words.given(Word::Link, standing);
        let is_past = || moment.is_some_and(|it| it.until.is_some_and(|last| clock.is_past(last)));
        let dating = declared.dating.as_ref();
        Record {
            values: Values(values),
            anchor: words.given(Word::Anchor, || anchor(declared, record)),
            link,
            url,
            place: shows_place.then(|| self.place_link(place)),
            date: moment.map(|it| it.date.to_string()).unwrap_or_default(),
            past: words.given(Word::Past, is_past),
            today: words.given(Word::Today, || moment.is_some_and(|it| clock.is_today(it.date))),
            state: words.given(Word::State, || dating.map_or("", |it| state(it, record, clock))),
            days_left: words.given(Word::DaysLeft, || {
                let days = dating.and_then(|it| days_left(it, record, clock));
                days.map_or_else(Shown::none, Shown::from)
            }),
            posting,
        }
    }

    /// Where a record stands: on its own page, `url`, else on the list of its place, at its element if
    /// that is sure to be on the first page. Empty in views whose records are lines of a table.
    fn standing(
        &self,
        declared: &Declared,
        place: &Place,
        record: &schema::Record,
        index: usize,
        url: &str,
    ) -> String {
        let anchor = if url.is_empty() { anchor(declared, record) } else { String::new() };
        if anchor.is_empty() {
            return url.to_owned();
        }
        let list = self.place_url(place, &format!("{}/", declared.name));
        if is_on_first(declared, index) { format!("{list}#{anchor}") } else { list }
    }

    /// The objection period of a record or notice (公示期), and whom to call.
    ///
    /// `state` is `early` before its first day, `open` from that day to the last, both included,
    /// and `over` afterwards. Without a first day it is open from the time of posting.
    ///
    /// Each of these is asked for a telephone number until one has it: the record, the rule of its
    /// collection (`rule`; `None` for notices), the place's office, the offices of the places
    /// above, and the organiser in `site.toml`.
    pub(in crate::artifact) fn objection(
        &self,
        objection: &schema::posting::Objection,
        rule: Option<&ObjectionRule>,
        place: &Place,
    ) -> Objection {
        let clock = self.view.clock();
        let language = self.view.language();
        let said = |words: fn(&ObjectionRule) -> &Localized| {
            rule.map_or_else(String::new, |rule| words(rule).get(language).to_owned())
        };
        let own = |it: &Option<Box<str>>| it.as_deref().map(str::to_owned);
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
                .or_else(|| self.view.office_phone(place))
                .unwrap_or_default(),
            outcome: said(|it| &it.after),
        }
    }

    /// What machines are told of a record of a schedule, as the page shows it.
    pub(in crate::artifact) fn occasion(
        &self,
        id: CollectionId,
        record: &Record,
        moment: Option<Moment>,
    ) -> Option<Occasion> {
        let declared = self.view.collection(id);
        Occasion::of_record(declared, declared.title.get(self.view.language()), record, moment)
    }

    /// The records of a listing, at most so many.
    ///
    /// The record's place is shown if it is not `here`. Returns [`NotMade::Torn`] if a record set
    /// cannot be read, or is shorter than the listing says: it was written meanwhile.
    pub(in crate::artifact) fn listed(
        &self,
        collection: CollectionId,
        listed: &[Listed],
        here: PlaceId,
        words: SaidWords,
    ) -> Result<Vec<Record>, NotMade> {
        let record = |listed: &Listed| {
            let set = self.view.listed(listed.place, collection);
            let set = set.filter(|set| (listed.index as usize) < set.records.len());
            let set = set.ok_or(NotMade::Torn)?;
            Ok(self.record(&set, listed.index as usize, listed.place != here, words))
        };
        listed.iter().map(record).collect()
    }

    /// What a record is called: its value of the field with that role, else the collection's title.
    pub(in crate::artifact) fn record_title(
        &self,
        declared: &Declared,
        record: &schema::Record,
    ) -> String {
        let title = declared.roles.get(Role::Title).map(|it| &record.values[it]);
        self.view.title_of(declared, title.unwrap_or(&Value::Absent))
    }

    /// What a value is called: its collection, its record, its field.
    fn value_title(&self, set: &RecordSet, index: usize, field: &schema::Field) -> String {
        let (declared, language) = (self.view.collection(set.collection), self.view.language());
        let record = self.record_title(declared, &set.records[index]);
        [declared.title.get(language), &record, field.label.get(language)].join(" ")
    }

    /// Reports that a picture which was generated by a program stands where readers take it for that
    /// of a person: in a record that is about one.
    fn check_portrait(&self, set: &RecordSet, index: usize, field: &schema::Field) {
        let (declared, record) = (self.view.collection(set.collection), &set.records[index]);
        let person = declared.roles.get(Role::Person).map(|it| &record.values[it]);
        if person.is_some_and(|it| !it.is_absent()) {
            let error = Diagnostic::error(Code::GeneratedPortrait, location(&set.files, record));
            let label = field.label.get(self.view.language());
            self.view.report(error.arg("field", label).help("replace"));
        }
    }

    /// The value of a field for templates.
    ///
    /// | value | template gets |
    /// | --- | --- |
    /// | absent | none |
    /// | Markdown | safe HTML; a mistake in it is reported at the record's line |
    /// | image | an [`Image`](crate::render::context::Image) |
    /// | place | a link |
    /// | reference | a link; none if that record is not posted |
    /// | integer, boolean | a number, true or false |
    /// | several | a list of these |
    /// | several with numbers | a list, those of one street together: `黑水路1、2号楼` |
    /// | decimal, date, choice, small count | text: `12.50` of money, `2026-03`, a label, `少于 5` |
    fn value(&self, set: &RecordSet, index: usize, field: &schema::Field, value: &Value) -> Shown {
        if let Some(to) = field.to {
            return self.references(self.view.named_place(set.place), to, value);
        }
        match value {
            Value::Absent => Shown::none(),
            Value::Text(words) => match field.kind {
                FieldType::Markdown => {
                    let file = &set.files[usize::from(set.records[index].file)];
                    let title = || self.value_title(set, index, field);
                    let location = |_| location(&set.files, &set.records[index]);
                    safe(&self.markdown(words, file, &title, location).html)
                }
                FieldType::Image => {
                    let image = self.image(words);
                    if !image.mark.is_empty() {
                        self.check_portrait(set, index, field);
                    }
                    Shown::from(image)
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
            Value::List(values) if field.numbered => {
                let texts = values.iter().filter_map(Value::as_text);
                Shown::from(numbered::folded(texts))
            }
            Value::List(values) => {
                let each = values.iter().map(|it| self.value(set, index, field, it));
                Shown::from(each.collect::<Vec<_>>())
            }
            value => Shown::from(display::plain(value, field, self.view.language())),
        }
    }
}

/// The values with those of each group once more, by the names that they have in it. Several groups are
/// a list of those of which a record says something.
fn grouped(
    declared: &Declared,
    mut values: Vec<(&'static str, Shown)>,
) -> Vec<(&'static str, Shown)> {
    let mut groups: BTreeMap<&'static str, BTreeMap<u16, Map>> = BTreeMap::new();
    for field in &declared.fields {
        let (Some(group), true) = (&field.group, is_public(field)) else { continue };
        let value = values.iter().find(|(name, _)| *name == field.name);
        let value = value.map_or_else(Shown::none, |(_, value)| value.clone());
        let numbered = groups.entry(group.name).or_default();
        numbered.entry(group.number).or_default().insert(group.part.into(), value);
    }
    let whole = |mut numbered: BTreeMap<u16, Map>| match numbered.remove(&0) {
        Some(once) => Shown::from(once),
        None => {
            let is_written = |parts: &Map| parts.values().any(|it| !it.is_none());
            let written = numbered.into_values().filter(is_written);
            Shown::from(written.map(Shown::from).collect::<Vec<_>>())
        }
    };
    values.extend(groups.into_iter().map(|(name, numbered)| (name, whole(numbered))));
    values
}

/// Readers know that there is such a field, though a record may have it masked or empty.
fn is_public(field: &schema::Field) -> bool {
    field.privacy != Privacy::Internal
}

/// The state of a record in templates.
///
/// | state | if |
/// | --- | --- |
/// | `cancelled` | its field `cancelled` says yes |
/// | `closed` | the period has an end |
/// | `late` | it has none, and the day by which it was due is past |
/// | `open` | it has none, and is not late or has no such day |
/// | (empty) | the collection has no periods |
///
/// A due day itself is not late. An end in the future counts as closed, too: only whether it is
/// given is asked.
fn state(dating: &Dating, record: &schema::Record, clock: &Clock) -> &'static str {
    if dating.is_cancelled(record) {
        return "cancelled";
    }
    let Some(until) = dating.until else { return "" };
    let due = dating.due.and_then(|field| record.values[field].as_date());
    match due {
        _ if !record.values[until].is_absent() => "closed",
        Some(due) if clock.is_past(due) => "late",
        _ => "open",
    }
}

/// How many days are left to a period that has not ended and should end on some day.
fn days_left(dating: &Dating, record: &schema::Record, clock: &Clock) -> Option<i32> {
    let (until, due) = (dating.until?, record.values[dating.due?].as_date()?);
    let is_open = record.values[until].is_absent() && !dating.is_cancelled(record);
    is_open.then(|| clock.days_until(due))
}

/// What the element of a record is called: its key in short, so that links to it stay right when
/// others come. Records without a key are known by all that they say.
pub(in crate::artifact) fn anchor(declared: &Declared, record: &schema::Record) -> String {
    if !matches!(declared.view, RecordView::Cards | RecordView::Directory | RecordView::Articles) {
        return String::new();
    }
    let key = declared.key_words(record).map(|words| key_of(&words));
    let known = key.unwrap_or_else(|| Fingerprint::of(&record.values));
    format!("r{:08x}", known.short())
}
