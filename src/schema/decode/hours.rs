//! The hours of a session that were meant for the other half of the day.
//!
//! Staff write `2:00` and mean the afternoon. What is written without a word for the part of the day,
//! and without a zero before it, may be twelve hours later:
//!
//! | written | told |
//! | --- | --- |
//! | from `2:00`, from `2:00` to `4:30` | a warning: 14:00, 14:00—16:30? |
//! | from `8:00` to `5:00` | the error asks for 17:00 first |
//! | from `22:00` to `1:00` | the error speaks of the next day |

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    schema::DayTime,
};

/// A time, with the text that it was read from.
pub(super) type Written<'a> = (&'a str, DayTime);

/// Seconds in an hour.
const HOUR: u32 = 3600;

/// A warning about a session that begins in the night, as it is written, if nothing says so: at
/// `2:00`, but not at `02:00` or `凌晨2:00`.
pub(super) fn odd(
    starts: Written<'_>,
    ends: Option<Written<'_>>,
    place: impl FnOnce() -> Location,
) -> Option<Diagnostic> {
    let is_odd = (HOUR..6 * HOUR).contains(&starts.1.seconds());
    let meant = later(starts).filter(|_| is_odd)?;
    let diagnostic = Diagnostic::warning(Code::OddHour, place()).arg("value", starts.0.trim());
    let diagnostic = diagnostic.arg("meant", clock(meant));
    Some(match ends.and_then(later) {
        Some(until) => diagnostic.arg("until", clock(until)).help("both"),
        None => diagnostic.help("meant"),
    })
}

/// Says in the diagnostic of a session that ends before it starts what was probably meant: a later
/// time of the same day, one of the night, or the two times the other way round.
pub(super) fn advise(diagnostic: Diagnostic, starts: Written<'_>, ends: Written<'_>) -> Diagnostic {
    let is_night = starts.1.seconds() >= 12 * HOUR && ends.1.seconds() < 6 * HOUR;
    match meant(starts, ends) {
        Some(meant) => diagnostic.arg("meant", meant).help("later"),
        None => diagnostic.help(if is_night { "night" } else { "swap" }),
    }
}

/// The end that was probably meant by one before the start of its session: `17:00` of `8:00` to
/// `5:00`.
pub(super) fn meant(starts: Written<'_>, ends: Written<'_>) -> Option<String> {
    let is_backward = ends.1 <= starts.1;
    later(ends).filter(|it| is_backward && *it > starts.1.seconds()).map(clock)
}

/// The time twelve hours later, in seconds, if a time may have been meant so.
fn later((written, time): Written<'_>) -> Option<u32> {
    let written = written.trim();
    let is_bare = written.starts_with(|it: char| it.is_ascii_digit() && it != '0')
        && !written.ends_with(['M', 'm']);
    (is_bare && time.seconds() < 12 * HOUR).then(|| time.seconds() + 12 * HOUR)
}

/// A time of a day as people type it: `16:30`.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / HOUR, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn read(text: &str) -> Written<'_> {
        (text, DayTime::parse(text).unwrap())
    }

    fn place() -> Location {
        Location::file(SitePath::new("content/a.yaml"))
    }

    /// The advice, and the times in it.
    fn shown(diagnostic: &Diagnostic) -> String {
        let args = diagnostic.args.iter().filter(|it| it.0 == "meant" || it.0 == "until");
        let args = args.map(|it| it.1.clone());
        diagnostic.help.iter().map(ToString::to_string).chain(args).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn sessions_in_the_night() {
        for (starts, ends, expected) in [
            ("2:00", None, "meant 14:00"),
            ("2点半", None, "meant 14:30"),
            ("2:00", Some("4:30"), "both 14:00 16:30"),
            ("2:00", Some("16:30"), "meant 14:00"),
            ("02:00", Some("4:30"), ""),
            ("凌晨2:00", None, ""),
            ("2:00 AM", None, ""),
            ("6:00", Some("8:00"), ""),
            ("14:00", None, ""),
        ] {
            let found = odd(read(starts), ends.map(read), place);
            assert_eq!(
                found.as_ref().map(shown).unwrap_or_default(),
                expected,
                "{starts} {ends:?}"
            );
        }
    }

    #[test]
    fn sessions_that_run_backward() {
        for (starts, ends, expected) in [
            ("8:00", "5:00", "later 17:00"),
            ("14:00", "4:30", "later 16:30"),
            ("14:00", "09:30", "swap"),
            ("16:00", "上午8点", "swap"),
            ("22:00", "1:00", "night"),
            ("22:00", "22:00", "swap"),
        ] {
            let diagnostic = Diagnostic::error(Code::EndsBeforeStarts, place());
            assert_eq!(shown(&advise(diagnostic, read(starts), read(ends))), expected);
        }
    }
}
