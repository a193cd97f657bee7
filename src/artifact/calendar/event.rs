//! Events: from a record or notice to what a calendar says of it.
//!
//! ```text
//! legal-aid.yaml at kaixuan/yixin            Event
//! date: 2026-12-08, starts: 9:00, ends: 11:00  →  9:00 to 11:00 of 8 December
//! service: 法律咨询                              →  what it is called
//! venue: 一心社区一楼议事厅                        →  where
//! booking: 0431-8255-0312                      →  预约电话：0431-8255-0312
//! cancelled: 是                                →  cancelled, and still there
//! ```

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};

use crate::{
    artifact::{View, address::inside, plain},
    config::PortalId,
    schema::{
        Collection, Dating, DayTime, Moment, Notice, Place, Record, RecordSet, Value, role::Role,
    },
};

/// Something that happens.
#[derive(Debug)]
pub(super) struct Event {
    /// What it is known by for ever: of the portal, the place, the list and the record's key. The
    /// title is not in it.
    pub(super) uid: String,
    /// Since when it is as it is, in the portal's time zone: the day of its last correction, else
    /// the moment of its posting, else the day on which it happens.
    pub(super) stamp: DateTime,
    /// The day of its last correction.
    pub(super) updated: Option<Date>,
    /// How often it was changed, if the record counts that.
    pub(super) revision: Option<i64>,
    /// When.
    pub(super) span: Span,
    /// What it is called.
    pub(super) title: String,
    /// Where.
    pub(super) venue: String,
    /// What else is known of it, in lines.
    pub(super) lines: Vec<String>,
    /// The whole address of the page that tells of it.
    pub(super) url: String,
    /// The place that holds it, and the whole address of its page.
    pub(super) organiser: (String, String),
    /// The list that it is of.
    pub(super) category: Option<String>,
    /// It does not take place.
    pub(super) is_cancelled: bool,
}

/// From when until when something happens, in the portal's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    /// Whole days: the first, and the one after the last.
    Days(Date, Date),
    /// A moment, and that at which it ends if somebody says so.
    Hours(DateTime, Option<DateTime>),
}

impl Event {
    /// By what events are sorted: when they begin, then what they are known by.
    pub(super) fn order(&self) -> (DateTime, &str) {
        (self.span.start(), &self.uid)
    }
}

impl Span {
    /// The span of a moment: nothing beyond the last day of the calendar. An end at or before the
    /// beginning is none. Hours on several days are one event from the first hour to the last.
    pub(super) fn of(moment: Moment) -> Option<Self> {
        let last = moment.until.unwrap_or(moment.date);
        let Some(starts) = moment.starts else {
            return Some(Self::Days(moment.date, last.max(moment.date).tomorrow().ok()?));
        };
        let starts = at(moment.date, starts)?;
        let ends = match moment.ends {
            Some(ends) => at(last, ends),
            None if last > moment.date => Some(last.tomorrow().ok()?.to_datetime(Time::midnight())),
            None => None,
        };
        Some(Self::Hours(starts, ends.filter(|it| *it > starts)))
    }

    /// Its first moment.
    pub(super) fn start(self) -> DateTime {
        match self {
            Self::Days(first, _) => first.to_datetime(Time::midnight()),
            Self::Hours(starts, _) => starts,
        }
    }

    /// Its last moment.
    pub(super) fn end(self) -> DateTime {
        match self {
            Self::Days(_, after) => after.to_datetime(Time::midnight()),
            Self::Hours(starts, ends) => ends.unwrap_or(starts),
        }
    }
}

/// A time of a day, which may lie in the night behind it.
fn at(day: Date, time: DayTime) -> Option<DateTime> {
    day.to_datetime(Time::midnight()).checked_add(i64::from(time.seconds()).seconds()).ok()
}

/// The records of a set as events. What all of these say alike is written once.
pub(super) struct SetEvents<'a, 'v> {
    view: &'a View<'v>,
    id: &'a PortalId,
    declared: &'a Collection,
    set: &'a RecordSet,
    place: &'a Place,
    organiser: (String, String),
    /// Whom to call about those that do not say so themselves.
    phone: Option<String>,
    /// The whole address of the list, if no record has a page of its own.
    list_url: Option<String>,
}

impl<'a, 'v> SetEvents<'a, 'v> {
    /// Of a set of that collection, in a portal of that id.
    pub(super) fn new(
        view: &'a View<'v>,
        id: &'a PortalId,
        declared: &'a Collection,
        set: &'a RecordSet,
    ) -> Self {
        let place = view.named_place(set.place);
        let (organiser, phone) = (organiser(view, place), phone(view, place));
        let list = declared.record_pages.is_none() && !set.records.is_empty();
        let list_url = list.then(|| view.config().absolute(&view.record_url(set, 0)));
        Self { view, id, declared, set, place, organiser, phone, list_url }
    }

    /// The event of the record of that index. `key` tells it apart from others of its set for ever.
    pub(super) fn event(&self, index: usize, moment: Moment, key: &str) -> Option<Event> {
        let Self { view, declared, set, place, .. } = *self;
        let record = &set.records[index];
        let field = |of: fn(&Dating) -> Option<usize>| {
            declared.dating.as_ref().and_then(of).map(|index| &record.values[index])
        };
        let updated = field(|it| it.updated).and_then(Value::as_date);
        let posted = record.posting.as_ref().and_then(|posting| posting.from);
        let span = Span::of(moment)?;
        let stamp = updated.map(midnight).or(posted).unwrap_or_else(|| midnight(moment.date));
        let mut lines = plain::lines(view, declared, record);
        if !has_phone(declared, record) {
            lines.extend(self.phone.clone());
        }
        let own_url = || view.config().absolute(&view.record_url(set, index));
        Some(Event {
            uid: uid(self.id, &[&place.path, &declared.name, key]),
            stamp,
            updated,
            revision: field(|it| it.revision).and_then(|it| match it {
                Value::Integer(number) => Some(*number),
                _ => None,
            }),
            span,
            title: plain::title(view, declared, record),
            venue: venue(view, declared, record, place),
            lines,
            url: self.list_url.clone().unwrap_or_else(own_url),
            organiser: self.organiser.clone(),
            category: Some(declared.title.get(view.language()).to_owned()),
            is_cancelled: declared.dating.is_some_and(|dating| dating.is_cancelled(record)),
        })
    }
}

/// The event of a notice that says when something happens; none of any other.
pub(super) fn of_notice(view: &View<'_>, id: &PortalId, notice: &Notice) -> Option<Event> {
    let (moment, place) = (notice.happens?, view.named_place(notice.place));
    let path = notice.path();
    let lines = notice.change.iter().cloned().chain(phone(view, place)).collect();
    Some(Event {
        uid: uid(id, &[&place.path, &path]),
        stamp: midnight(notice.updated.or(notice.date()).unwrap_or(moment.date)),
        updated: notice.updated,
        revision: None,
        span: Span::of(moment)?,
        title: notice.title.clone(),
        venue: place.name.clone(),
        lines,
        url: view.whole_url(&inside(&place.path, &path)),
        organiser: organiser(view, place),
        category: None,
        is_cancelled: false,
    })
}

/// The first moment of a day.
fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// 128 bits of what tells an event apart, and which portal's it is, as 32 letters: digits could be
/// taken for somebody's number.
fn uid(id: &PortalId, parts: &[&str]) -> String {
    let hash = blake3::hash(id.tag(&parts.join("\n")).as_bytes());
    let letters = hash.as_bytes()[..16].iter().flat_map(|byte| [byte >> 4, byte & 15]);
    letters.map(|half| char::from(b'a' + half)).collect()
}

/// Where a record is: what it says, with its place if that is not in it; else the place's address.
fn venue(view: &View<'_>, declared: &Collection, record: &Record, place: &Place) -> String {
    let venue = plain::venue(view, declared, record);
    let address = place.address.as_deref().filter(|_| venue.is_empty()).unwrap_or(&venue);
    if address.contains(&place.name) {
        address.to_owned()
    } else {
        format!("{} {address}", place.name).trim_end().to_owned()
    }
}

/// The record itself says whom to call.
fn has_phone(declared: &Collection, record: &Record) -> bool {
    let phone = declared.roles.get(Role::Phone);
    phone.is_some_and(|it| !record.values[it].is_absent())
}

/// Whom to call about what happens at a place, in a line.
fn phone(view: &View<'_>, place: &Place) -> Option<String> {
    let label = if view.language().starts_with("zh") { "电话" } else { "Phone" };
    view.office_phone(place).map(|phone| plain::labelled(view, label, &phone))
}

/// A place, and the whole address of its page.
fn organiser(view: &View<'_>, place: &Place) -> (String, String) {
    let slash = if place.path.is_empty() { "" } else { "/" };
    let url = view.url(&format!("{}{slash}", place.path));
    (place.name.clone(), view.config().absolute(&url))
}
