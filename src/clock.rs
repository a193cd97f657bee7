//! The only clock: the moment that the site is built for.

use jiff::{Timestamp, ZonedDateTime, civil::Date, civil::DateTime, tz::TimeZone};

/// The moment of the build, in the portal's time zone.
#[derive(Debug, Clone)]
pub struct Clock {
    now: ZonedDateTime,
}

impl Clock {
    /// The system's clock, read once.
    pub fn system(zone: &TimeZone) -> Self {
        Self { now: Timestamp::now().to_zoned_datetime(zone.clone()) }
    }

    /// The clock of `--as-of`: a date (`2026-03-05`, its first moment), or a date and time
    /// (`2026-03-05T08:00`).
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let moment = match text.parse::<Date>() {
            Ok(date) if !text.contains(['T', ' ']) => date.at(0, 0, 0, 0),
            _ => text.parse::<DateTime>().ok()?,
        };
        Some(Self { now: moment.to_zoned_datetime(zone.clone()).ok()? })
    }

    /// The moment of the build.
    pub fn now(&self) -> &ZonedDateTime {
        &self.now
    }

    /// The day of the build.
    pub fn today(&self) -> Date {
        self.now.date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_and_times() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let read = |it| Clock::parse(it, &zone).map(|it| it.now().to_string());
        assert_eq!(read("2026-03-05").unwrap(), "2026-03-05T00:00:00+08:00[Asia/Shanghai]");
        assert_eq!(read("2026-03-05T08:30").unwrap(), "2026-03-05T08:30:00+08:00[Asia/Shanghai]");
        assert!(read("gestern").is_none() && read("2026-02-30").is_none());
    }
}
