//! Names of persons who withdrew, where content still has them.
//!
//! A name may be that of somebody else, so nothing is taken out: staff are told.

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    disclosure::posted::location,
    schema::{Record, RecordSet, Value, notice::Article},
    source::Span,
};
use serde::{Deserialize, Serialize};

/// A name that somebody withdrew, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    pub(super) name: Box<str>,
    pub(super) location: Location,
}

/// Tells of every record of a set that is posted and has one of the names.
pub(crate) fn check(set: &RecordSet, withdrawn: &[Withdrawn]) -> Vec<Diagnostic> {
    set.records.iter().filter_map(|it| tell(it, set, withdrawn)).collect()
}

fn tell(record: &Record, set: &RecordSet, withdrawn: &[Withdrawn]) -> Option<Diagnostic> {
    let texts = record.values.iter().flat_map(Value::each).filter_map(Value::as_text);
    let named = |text: &str| withdrawn.iter().find(|it| text.contains(&*it.name));
    let found = texts.into_iter().find_map(named)?;
    Some(warning(location(set, record), found))
}

/// Tells of a notice that has one of the names.
pub(crate) fn check_notice(article: &Article, withdrawn: &[Withdrawn]) -> Option<Diagnostic> {
    let text = &article.text.content;
    let (start, found) =
        withdrawn.iter().find_map(|it| text.find(&*it.name).map(|start| (start, it)))?;
    let place = article.text.locate(Span::new(start, start + found.name.len()));
    Some(warning(place, found))
}

fn warning(place: Location, withdrawn: &Withdrawn) -> Diagnostic {
    Diagnostic::warning(Code::WithdrawnName, place)
        .related(withdrawn.location.clone(), "withdrawn")
        .help("remove")
}
