//! The text of a calendar, by RFC 5545 and RFC 7986.
//!
//! Nothing here depends on the moment of the build: `DTSTAMP` is the event's own.
//! Durations are written as `PT12H`, since some phones refuse the whole file for `P1H`.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

use super::{
    event::{Event, Span},
    lines::{Lines, date_time},
    zone,
};

/// How often programs shall ask again. Most ask once a day, whatever is said here.
const REFRESH: &str = "PT12H";

/// What a calendar says of itself.
pub(super) struct Heading<'a> {
    /// What it is called.
    pub(super) title: String,
    /// Which portal it is of.
    pub(super) about: String,
    /// The whole address at which it is.
    pub(super) source: String,
    /// The time zone of its events.
    pub(super) zone: &'a TimeZone,
    /// The e-mail address of those who answer for it.
    pub(super) organiser: Option<&'a str>,
}

/// Writes a calendar. The events are in order.
pub(super) fn write(heading: &Heading<'_>, events: &[Event]) -> String {
    let mut lines = Lines::for_events(events.len());
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Linli//Linli//ZH");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", "PUBLISH");
    for name in ["NAME", "X-WR-CALNAME"] {
        lines.text(name, &heading.title);
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        lines.text(name, &heading.about);
    }
    lines.put("X-WR-TIMEZONE", zone::name(heading.zone));
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.put("X-PUBLISHED-TTL", REFRESH);
    lines.put("SOURCE;VALUE=URI", &heading.source);
    lines.put("COLOR", "firebrick");
    let (first, last) = bounds(events);
    zone::write(&mut lines, heading.zone, first, last);
    for event in events {
        self::event(&mut lines, heading, event);
    }
    lines.put("END", "VCALENDAR");
    lines.into_text()
}

/// The first and the last moment of the events; some moment if there are none.
fn bounds(events: &[Event]) -> (DateTime, DateTime) {
    let some = Date::constant(2000, 1, 1).to_datetime(Time::midnight());
    let first = events.iter().map(|event| event.span.start()).min();
    let last = events.iter().map(|event| event.span.end()).max();
    (first.unwrap_or(some), last.unwrap_or(some))
}

/// Writes an event.
fn event(lines: &mut Lines, heading: &Heading<'_>, event: &Event) {
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &event.uid);
    lines.put("DTSTAMP", &utc(heading.zone, event.stamp));
    if let Some(day) = event.updated {
        lines.put("LAST-MODIFIED", &utc(heading.zone, day.to_datetime(Time::midnight())));
    }
    if let Some(revision) = event.revision {
        lines.put("SEQUENCE", &revision.to_string());
    }
    span(lines, zone::name(heading.zone), event.span);
    lines.text("SUMMARY", &event.title);
    lines.text("LOCATION", &event.venue);
    let mut about = event.lines.join("\n");
    about.extend([if about.is_empty() { "" } else { "\n" }, &event.url]);
    lines.text("DESCRIPTION", &about);
    lines.put("URL", &event.url);
    let (name, page) = &event.organiser;
    let mail = heading.organiser.map(|mail| format!("mailto:{mail}"));
    let name = format!("ORGANIZER;CN=\"{}\"", name.replace(['"', '\r', '\n'], " "));
    lines.put(&name, mail.as_deref().unwrap_or(page));
    if let Some(category) = &event.category {
        lines.text("CATEGORIES", category);
    }
    lines.put("STATUS", if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    // A day in somebody's calendar is not taken by what happens in the neighbourhood.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("END", "VEVENT");
}

/// Writes from when until when an event is. The end of days is the one after the last.
fn span(lines: &mut Lines, zone: &str, span: Span) {
    match span {
        Span::Days(first, after) => {
            lines.put("DTSTART;VALUE=DATE", &first.strftime("%Y%m%d").to_string());
            lines.put("DTEND;VALUE=DATE", &after.strftime("%Y%m%d").to_string());
        }
        Span::Hours(starts, ends) => {
            lines.put(&format!("DTSTART;TZID={zone}"), &date_time(starts));
            if let Some(ends) = ends {
                lines.put(&format!("DTEND;TZID={zone}"), &date_time(ends));
            }
        }
    }
}

/// A moment of a zone as one of UTC: `20261128T060000Z`.
fn utc(zone: &TimeZone, at: DateTime) -> String {
    let moment: Timestamp = zone::moment(zone, at);
    format!("{}Z", date_time(Offset::UTC.to_datetime(moment)))
}
