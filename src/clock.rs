//! The only clock: the moment that the site is built for.
//!
//! Nobody reads the time from it. It answers one question, whether a day or moment has come, and
//! keeps the earliest one it had to say no to: until then no answer changes, and neither does the
//! site ([`Clock::next`]).

use std::sync::{
    Arc,
    atomic::{AtomicI32, AtomicI64, Ordering},
};

use jiff::{
    Span, Timestamp, ZonedDateTime,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// The moment of the build, in the portal's time zone. Copies share the record of what they were
/// asked.
#[derive(Debug, Clone)]
pub struct Clock {
    now: ZonedDateTime,
    today: Date,
    questions: Arc<Questions>,
}

/// The time in which nothing that was made from a clock's answers changes, in seconds of the Unix
/// epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// The requested moment. Nothing is known of the time before it.
    from: i64,
    /// The first moment at which an answer changes.
    until: i64,
}

/// Every moment.
impl Default for Validity {
    fn default() -> Self {
        Self::ALWAYS
    }
}

impl Validity {
    /// No moment makes a difference.
    pub const ALWAYS: Self = Self { from: i64::MIN, until: i64::MAX };

    /// It holds at no moment.
    pub const NEVER: Self = Self { from: i64::MAX, until: i64::MIN };

    /// It holds at a clock's moment.
    pub fn holds(self, clock: &Clock) -> bool {
        (self.from..self.until).contains(&clock.now.timestamp().as_second())
    }

    /// When both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), until: self.until.min(other.until) }
    }

    /// The same, but no longer than up to that moment, in seconds of the Unix epoch.
    #[must_use]
    pub fn until(self, end: Option<i64>) -> Self {
        Self { until: end.map_or(self.until, |it| it.min(self.until)), ..self }
    }

    /// The first moment at which it no longer holds, in seconds of the Unix epoch.
    pub fn end(self) -> Option<i64> {
        (self.until < i64::MAX).then_some(self.until)
    }
}

/// The earliest day and moment that a caller asked for and that had not come.
#[derive(Debug)]
struct Questions {
    /// A day as [`packed`].
    day: AtomicI32,
    /// Seconds of the Unix epoch.
    second: AtomicI64,
}

impl Default for Clock {
    fn default() -> Self {
        Self::at(ZonedDateTime::default())
    }
}

impl Clock {
    /// The system's clock, read once. Nothing else asks the system for the moment of a build.
    pub fn system(zone: &TimeZone) -> Self {
        Self::at(Timestamp::now().to_zoned_datetime(zone.clone()))
    }

    /// A clock that stands at a moment, without any question recorded.
    pub fn at(now: ZonedDateTime) -> Self {
        let questions =
            Questions { day: AtomicI32::new(i32::MAX), second: AtomicI64::new(i64::MAX) };
        Self { today: now.date(), now, questions: Arc::new(questions) }
    }

    /// The clock of `--as-of`: a date (`2026-03-05`, its first moment), or a date and time
    /// (`2026-03-05T08:00`). A time that a change of clocks skips is moved as the time zone's rules
    /// want. Nothing for any other text, or a day that does not exist (`2026-02-30`).
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let moment = match text.parse::<Date>() {
            Ok(date) if !text.contains(['T', ' ']) => date.at(0, 0, 0, 0),
            _ => text.parse::<DateTime>().ok()?,
        };
        Some(Self::at(moment.to_zoned_datetime(zone.clone()).ok()?))
    }

    /// The same moment, without any question recorded, so that what is made with it gets a
    /// [`validity`](Self::validity) of its own. A `clone` shares the record instead.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self::at(self.now.clone())
    }

    /// When the answers that were given hold.
    pub fn validity(&self) -> Validity {
        let next = self.next().map(|it| it.timestamp().as_second());
        Validity { from: self.now.timestamp().as_second(), until: next.unwrap_or(i64::MAX) }
    }

    /// The moment of the build, for what is said beside the site: the site itself only asks.
    pub fn now(&self) -> &ZonedDateTime {
        &self.now
    }

    /// The day of the build: tomorrow the answer is another one.
    pub fn today(&self) -> Date {
        self.reached(self.today.tomorrow().unwrap_or(Date::MAX));
        self.today
    }

    /// It is that day, or a later one.
    pub fn reached(&self, day: Date) -> bool {
        let reached = day <= self.today;
        if !reached {
            self.waits_for(day);
        }
        reached
    }

    /// It is a later day than that one.
    pub fn is_past(&self, day: Date) -> bool {
        let past = day < self.today;
        if !past && let Ok(next) = day.tomorrow() {
            self.waits_for(next);
        }
        past
    }

    /// How many days there are until a day: none on it, and fewer than none when it is past. The
    /// answer is another one tomorrow.
    pub fn days_until(&self, day: Date) -> i32 {
        if let Ok(tomorrow) = self.today.tomorrow() {
            self.waits_for(tomorrow);
        }
        self.today.until(day).map_or(0, |span| span.get_days())
    }

    /// It is that day.
    pub fn is_today(&self, day: Date) -> bool {
        self.reached(day) && !self.is_past(day)
    }

    /// A day lies more than a year ahead: most often its year is wrong.
    pub fn is_far(&self, day: Date) -> bool {
        // One of this year does not, and will not. Nearly all are.
        day.year() > self.today.year()
            && day.checked_sub(Span::new().years(1)).is_ok_and(|near| !self.reached(near))
    }

    /// It is the year of that day.
    pub fn is_this_year(&self, day: Date) -> bool {
        let first = day.first_of_year();
        match day.year().cmp(&self.today.year()) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => !self.is_past(day.last_of_year()),
            std::cmp::Ordering::Greater => self.reached(first),
        }
    }

    /// It is that moment of the portal's time zone, or a later one.
    pub fn reached_moment(&self, moment: DateTime) -> bool {
        let Ok(zoned) = moment.to_zoned_datetime(self.now.time_zone().clone()) else {
            return false;
        };
        let reached = zoned.timestamp() <= self.now.timestamp();
        if !reached {
            self.changes_at(&zoned);
        }
        reached
    }

    /// Notes that something will be another at that moment, as if it had been asked for. For who
    /// asked other clocks and knows which of their answers matter.
    pub fn changes_at(&self, moment: &ZonedDateTime) {
        self.questions.second.fetch_min(moment.timestamp().as_second(), Ordering::Relaxed);
    }

    fn waits_for(&self, day: Date) {
        let day = packed(day);
        // Nearly every question is about a day later than one that was asked for before.
        if day < self.questions.day.load(Ordering::Relaxed) {
            self.questions.day.fetch_min(day, Ordering::Relaxed);
        }
    }

    /// The first moment after this one at which an answer that was given would be another. Nothing
    /// when all answers stay.
    pub fn next(&self) -> Option<ZonedDateTime> {
        let zone = self.now.time_zone();
        let day = unpacked(self.questions.day.load(Ordering::Relaxed));
        let day = day.and_then(|it| it.to_zoned_datetime(zone.clone()).ok());
        let second = Timestamp::from_second(self.questions.second.load(Ordering::Relaxed)).ok();
        let moment = second.map(|it| it.to_zoned_datetime(zone.clone()));
        day.into_iter().chain(moment).min()
    }
}

/// A day as a number that grows from day to day.
fn packed(day: Date) -> i32 {
    (i32::from(day.year()) << 9) | (i32::from(day.month()) << 5) | i32::from(day.day())
}

/// The day of a packed number. Nothing for `i32::MAX`, which stands for "no question": its year
/// fits no calendar.
fn unpacked(number: i32) -> Option<Date> {
    let year = i16::try_from(number >> 9).ok()?;
    let part = |it: i32| i8::try_from(it).ok();
    Date::new(year, part((number >> 5) & 15)?, part(number & 31)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Clock {
        Clock::parse(text, &TimeZone::get("Asia/Shanghai").unwrap()).unwrap()
    }

    #[test]
    fn reads_dates_and_times() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let read = |it| Clock::parse(it, &zone).map(|it| it.now().to_string());
        assert_eq!(read("2026-03-05").unwrap(), "2026-03-05T00:00:00+08:00[Asia/Shanghai]");
        assert_eq!(read("2026-03-05T08:30").unwrap(), "2026-03-05T08:30:00+08:00[Asia/Shanghai]");
        assert!(read("gestern").is_none() && read("2026-02-30").is_none());
    }

    #[test]
    fn remembers_the_earliest_no() {
        let day = |day| Date::constant(2026, 3, day);
        let clock = clock("2026-03-05T08:00");
        let next = || clock.next().map(|it| it.datetime().to_string());
        assert_eq!(next(), None);
        assert!(clock.reached(day(5)) && clock.is_past(day(4)));
        assert_eq!(next(), None, "what has come stays so");
        assert!(clock.is_this_year(day(9)));
        assert_eq!(next().as_deref(), Some("2027-01-01T00:00:00"));
        assert!(!clock.reached(day(9)));
        assert_eq!(next().as_deref(), Some("2026-03-09T00:00:00"));
        assert!(!clock.reached(day(20)) && clock.is_today(day(5)));
        assert_eq!(next().as_deref(), Some("2026-03-06T00:00:00"));
        assert!(!clock.reached_moment(day(5).at(9, 30, 0, 0)));
        assert!(clock.reached_moment(day(5).at(8, 0, 0, 0)));
        assert_eq!(next().as_deref(), Some("2026-03-05T09:30:00"));
    }

    #[test]
    fn days_are_packed_in_order() {
        let days = [
            Date::MIN,
            Date::constant(-1, 12, 31),
            Date::constant(1, 1, 1),
            Date::constant(2026, 1, 31),
            Date::constant(2026, 2, 1),
            Date::constant(2026, 12, 31),
            Date::constant(2027, 1, 1),
            Date::MAX,
        ];
        assert!(days.is_sorted_by_key(|it| packed(*it)));
        assert!(days.iter().all(|day| unpacked(packed(*day)) == Some(*day)));
    }
}
