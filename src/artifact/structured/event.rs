//! `Event`: a session of a schedule, or what a notice announces.

use jiff::{civil::Date, tz::TimeZone};
use serde::Serialize;
use tera::{Value, value::Key};

use super::Named;
use crate::{
    render::context::{NoticeLink, Record},
    schema::{Collection, DayTime, FieldType, Moment, role::Role},
};

/// Something that happens.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::artifact) struct Event<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    start_date: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    end_date: String,
    #[serde(rename = "eventStatus")]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Named<'a>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
}

/// What is told of something that happens.
#[derive(Debug, Clone)]
pub(in crate::artifact) struct Occasion {
    /// What it is called.
    pub name: String,
    /// When it happens.
    pub moment: Moment,
    /// It does not take place.
    pub is_cancelled: bool,
    /// Where; may be empty.
    pub venue: String,
    /// Its page; empty if it has none.
    pub url: String,
}

impl Occasion {
    /// A record of a schedule, as the page shows it; nothing of one without a day, of one that is
    /// called by several words, and of other collections. `title` is that of the collection.
    pub(in crate::artifact) fn of_record(
        declared: &Collection,
        title: &str,
        record: &Record,
        moment: Option<Moment>,
    ) -> Option<Self> {
        if declared.view.name() != "schedule" {
            return None;
        }
        let value = |index: usize| record.value(declared.fields[index].name);
        let words = |index: usize| value(index).and_then(words);
        let is_text = |index: &usize| declared.fields[*index].kind != FieldType::Markdown;
        let named = declared.roles.get(Role::Title).filter(|it| value(*it).is_some());
        let venue = declared.roles.get(Role::Venue).filter(is_text);
        let cancelled = declared.dating.as_ref().and_then(|dating| dating.cancelled);
        Some(Self {
            name: match named {
                None => title.to_owned(),
                Some(field) => Some(field).filter(is_text).and_then(words)?,
            },
            moment: moment?,
            is_cancelled: cancelled.and_then(value).is_some_and(Value::is_truthy),
            venue: venue.and_then(words).unwrap_or_default(),
            url: record.url.clone(),
        })
    }
}

impl Occasion {
    /// What a notice announces.
    pub(in crate::artifact) fn of_notice(notice: &NoticeLink, moment: Moment) -> Self {
        Self {
            name: notice.title.clone(),
            moment,
            is_cancelled: false,
            venue: notice.place.name.clone(),
            url: notice.url.clone(),
        }
    }
}

/// What a page shows for a value of words, and for a link; nothing of a list.
fn words(value: &Value) -> Option<String> {
    let title = || value.as_map()?.get(&Key::from("title"))?.as_str();
    value.as_str().or_else(title).map(str::to_owned)
}

impl<'a> Event<'a> {
    /// What is told of an occasion. `zone` is the portal's, `absolute` gives whole addresses.
    pub(in crate::artifact) fn new(
        it: &'a Occasion,
        zone: &TimeZone,
        absolute: impl Fn(&str) -> String,
    ) -> Self {
        let Moment { date, starts, until, ends } = it.moment;
        let last = until.unwrap_or(date);
        let is_one = last == date && ends.is_none();
        Self {
            kind: "Event",
            name: &it.name,
            start_date: written(date, starts, zone),
            end_date: if is_one { String::new() } else { written(last, ends, zone) },
            status: if it.is_cancelled { CANCELLED } else { SCHEDULED },
            location: (!it.venue.is_empty()).then_some(Named {
                kind: "Place",
                name: &it.venue,
                url: String::new(),
            }),
            url: if it.url.is_empty() { String::new() } else { absolute(&it.url) },
        }
    }
}

/// It takes place as it is told.
const SCHEDULED: &str = "https://schema.org/EventScheduled";

/// It does not take place.
const CANCELLED: &str = "https://schema.org/EventCancelled";

/// A day, or a time with its distance from UTC: `2026-11-28T09:30+08:00`. A time in the night
/// behind its day is one of the next day.
fn written(date: Date, time: Option<DayTime>, zone: &TimeZone) -> String {
    let whole = || date.to_string();
    let Some(time) = time else { return whole() };
    let seconds = i64::from(time.seconds());
    let moment = date.at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(seconds));
    let zoned = moment.ok().and_then(|it| it.to_zoned_datetime(zone.clone()).ok());
    zoned.map_or_else(whole, |it| it.strftime("%Y-%m-%dT%H:%M%:z").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn occasion(moment: Moment) -> Occasion {
        Occasion {
            name: "法律咨询".into(),
            moment,
            is_cancelled: false,
            venue: "活动室".into(),
            url: "/a/".into(),
        }
    }

    fn shown(occasion: &Occasion) -> serde_json::Value {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        serde_json::to_value(Event::new(occasion, &zone, |url| format!("https://a.cn{url}")))
            .unwrap()
    }

    #[test]
    fn sessions_have_hours_and_a_place() {
        let day = date(2026, 11, 28);
        let (starts, ends) = (DayTime::parse("9:30"), DayTime::parse("次日1:00"));
        let session = occasion(Moment { date: day, starts, until: Some(day), ends });
        assert_eq!(
            shown(&session),
            serde_json::json!({
                "@type": "Event",
                "name": "法律咨询",
                "startDate": "2026-11-28T09:30+08:00",
                "endDate": "2026-11-29T01:00+08:00",
                "eventStatus": "https://schema.org/EventScheduled",
                "location": {"@type": "Place", "name": "活动室"},
                "url": "https://a.cn/a/",
            })
        );
        let cancelled = Occasion { is_cancelled: true, ..session };
        assert_eq!(shown(&cancelled)["eventStatus"], "https://schema.org/EventCancelled");
    }

    #[test]
    fn whole_days_have_no_hours() {
        let day = date(2026, 11, 28);
        let one = Moment { date: day, starts: None, until: Some(day), ends: None };
        let shown_one = shown(&occasion(one));
        assert_eq!(shown_one["startDate"], "2026-11-28");
        assert!(shown_one.get("endDate").is_none());
        let two = Moment { until: Some(date(2026, 11, 30)), ..one };
        assert_eq!(shown(&occasion(two))["endDate"], "2026-11-30");
    }
}
