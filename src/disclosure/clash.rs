//! Records that will want one address once both are posted.
//!
//! Claims of what is posted already are reported by the plan of pages. These are reported today, so
//! that no build fails on a day on which nobody edited anything.

use std::collections::HashMap;

use jiff::civil::DateTime;

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    schema::{Collection, Place, Record},
};

/// A record with a page of its own.
pub(super) struct Claim {
    address: String,
    from: DateTime,
    until: DateTime,
    posted: bool,
    location: Location,
}

impl Claim {
    /// The claim of a record, if it has a page and is no draft.
    pub(super) fn of(
        collection: &Collection,
        record: &Record,
        posted: bool,
        location: impl FnOnce() -> Location,
    ) -> Option<Self> {
        let posting = record.posting.as_deref();
        if posting.is_some_and(|it| it.draft) {
            return None;
        }
        Some(Self {
            address: collection.address(record)?,
            from: posting.and_then(|it| it.from).unwrap_or(DateTime::MIN),
            until: posting.and_then(|it| it.until).unwrap_or(DateTime::MAX),
            posted,
            location: location(),
        })
    }
}

/// The diagnostics of claims that meet on some later day.
pub(super) fn check(claims: &[Claim], collection: &Collection, place: &Place) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, Vec<&Claim>> = HashMap::new();
    let mut diagnostics = Vec::new();
    for claim in claims {
        let others = seen.entry(&claim.address).or_default();
        let meets = |other: &&&Claim| {
            !(other.posted && claim.posted) && other.from < claim.until && claim.from < other.until
        };
        if let Some(first) = others.iter().find(meets) {
            let slash = if place.path.is_empty() { "" } else { "/" };
            let path = format!("/{}{slash}{}/{}/", place.path, collection.name, claim.address);
            diagnostics.push(
                Diagnostic::error(Code::PathConflict, claim.location.clone())
                    .arg("path", path)
                    .related(first.location.clone(), "other")
                    .help("rename"),
            );
        }
        others.push(claim);
    }
    diagnostics
}
