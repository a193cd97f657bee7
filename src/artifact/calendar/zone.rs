//! The rules of a time zone, as a calendar has to bring them along (`VTIMEZONE`).
//!
//! Each change of the clock in the years of the events is written down one by one, and the last one
//! before them. So the rules are right for any zone and any year, also where a country changed its
//! mind; no rule is put into a formula. China has not changed its clocks since 1991:
//!
//! ```text
//! BEGIN:VTIMEZONE
//! TZID:Asia/Shanghai
//! BEGIN:STANDARD
//! DTSTART:19910915T020000
//! TZOFFSETFROM:+0900
//! TZOFFSETTO:+0800
//! TZNAME:CST
//! END:STANDARD
//! END:VTIMEZONE
//! ```

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::lines::{Lines, date_time};

/// The name of a zone, and `UTC` for one that has none.
pub(super) fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// Writes the rules of a zone for the time between two moments of it.
pub(super) fn write(lines: &mut Lines, zone: &TimeZone, first: DateTime, last: DateTime) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", name(zone));
    let (first, last) = (moment(zone, first), moment(zone, last));
    match zone.preceding(first).next() {
        Some(change) => observance(lines, zone, change.timestamp()),
        None => always(lines, zone, first),
    }
    for change in zone.following(first).take_while(|change| change.timestamp() <= last) {
        observance(lines, zone, change.timestamp());
    }
    lines.put("END", "VTIMEZONE");
}

/// A moment of the zone on the line of time; the first or the last of all beyond its ends.
pub(super) fn moment(zone: &TimeZone, at: DateTime) -> Timestamp {
    let ends = if at.year() < 1970 { Timestamp::MIN } else { Timestamp::MAX };
    at.to_zoned_datetime(zone.clone()).map_or(ends, |zoned| zoned.timestamp())
}

/// What holds from a change of the clock on.
fn observance(lines: &mut Lines, zone: &TimeZone, change: Timestamp) {
    let before = Timestamp::from_second(change.as_second() - 1).unwrap_or(Timestamp::MIN);
    part(lines, zone, change, zone.to_offset(before));
}

/// What holds in a zone that had no change before a moment: since 1970, as far as anybody asks.
fn always(lines: &mut Lines, zone: &TimeZone, first: Timestamp) {
    let offset = zone.to_offset(first);
    let start = Timestamp::UNIX_EPOCH.as_second() - i64::from(offset.seconds());
    part(lines, zone, Timestamp::from_second(start).unwrap_or(Timestamp::UNIX_EPOCH), offset);
}

/// What holds from a moment on, at which the clock showed the time of another offset.
fn part(lines: &mut Lines, zone: &TimeZone, from: Timestamp, before: Offset) {
    let info = zone.to_offset_info(from);
    let kind = if info.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
    lines.put("BEGIN", kind);
    lines.put("DTSTART", &date_time(before.to_datetime(from)));
    lines.put("TZOFFSETFROM", &written(before));
    lines.put("TZOFFSETTO", &written(info.offset()));
    lines.put("TZNAME", info.abbreviation());
    lines.put("END", kind);
}

/// An offset: `+0800`, `-0330`, and with seconds as in times long ago `+080543`.
fn written(offset: Offset) -> String {
    let (seconds, sign) = (offset.seconds().abs(), if offset.is_negative() { '-' } else { '+' });
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}
