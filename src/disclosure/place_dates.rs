//! The day on which a place last went through what it says of itself, and that has not come.
//!
//! Pages say that day as the one they were last updated on, so a wrong year makes them lie.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, Validity},
    diagnostic::{Code, Diagnostic, Location},
    schema::{Place, builtin},
    source::{self, Files, SitePath},
};

/// What there is to say of the days in a `place.yaml`, and for which moments.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlaceDates {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) valid: Validity,
}

impl PlaceDates {
    /// Reads the file only if its day has not come.
    pub(super) fn of(files: &Files<'_>, place: &Place, clock: &Clock) -> Self {
        let clock = clock.fork();
        let day = place.updated.filter(|day| !clock.reached(*day));
        let diagnostics = day.map(|day| future(files, &place.folder, day));
        Self { diagnostics: diagnostics.into_iter().collect(), valid: clock.validity() }
    }
}

fn future(files: &Files<'_>, folder: &SitePath, day: Date) -> Diagnostic {
    let location = line(files, &folder.join("place.yaml"));
    let diagnostic = Diagnostic::warning(Code::FutureDate, location).arg("kind", "updated");
    diagnostic.arg("date", day.to_string()).help("updated")
}

/// Where the file says the day; the file alone if it cannot be read any more.
fn line(files: &Files<'_>, file: &SitePath) -> Location {
    let place = &builtin::get().place;
    let field = place.field("updated");
    let line = || {
        let text = source::read(files, file).value?;
        let node = source::read_yaml(&text).value?;
        let mut entries = node.as_map()?.iter();
        let entry = entries.find(|entry| field.is_some() && place.field(&entry.key) == field)?;
        Some(text.locate(entry.value.span))
    };
    line().unwrap_or_else(|| Location::file(file.clone()))
}
