//! Names of persons who withdrew, where content still has them.
//!
//! A name may be that of somebody else, so nothing is taken out: staff are told.

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    portal::{Portal, posted::location},
    schema::{Notice, Record, RecordSet, Value},
    source::Span,
};

/// A name that somebody withdrew, and where.
#[derive(Debug)]
pub(super) struct Withdrawn {
    pub(super) name: Box<str>,
    pub(super) location: Location,
}

/// Tells of every record and notice that is posted and has one of the names.
pub(super) fn check(portal: &Portal, withdrawn: &[Withdrawn]) -> Vec<Diagnostic> {
    if withdrawn.is_empty() {
        return Vec::new();
    }
    let in_records = portal.places.par_iter().flat_map_iter(|place| {
        portal.sets(place.id).flat_map(|set| {
            set.records.iter().filter_map(|it| tell(it, set, withdrawn)).collect::<Vec<_>>()
        })
    });
    let mut told: Vec<Diagnostic> = in_records.collect();
    told.extend(portal.notices().filter_map(|(_, notice)| tell_notice(notice, withdrawn)));
    told
}

fn tell(record: &Record, set: &RecordSet, withdrawn: &[Withdrawn]) -> Option<Diagnostic> {
    let texts = record.values.iter().flat_map(Value::each).filter_map(Value::as_text);
    let named = |text: &str| withdrawn.iter().find(|it| text.contains(&*it.name));
    let found = texts.into_iter().find_map(named)?;
    Some(warning(location(set, record), found))
}

fn tell_notice(notice: &Notice, withdrawn: &[Withdrawn]) -> Option<Diagnostic> {
    let text = &notice.text.content;
    let (start, found) =
        withdrawn.iter().find_map(|it| text.find(&*it.name).map(|start| (start, it)))?;
    let place = notice.text.locate(Span::new(start, start + found.name.len()));
    Some(warning(place, found))
}

fn warning(place: Location, withdrawn: &Withdrawn) -> Diagnostic {
    Diagnostic::warning(Code::WithdrawnName, place)
        .related(withdrawn.location.clone(), "withdrawn")
        .help("remove")
}
