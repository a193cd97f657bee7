//! What disclosing a record set leaves beside its records.

use serde::{Deserialize, Serialize};

use crate::{
    config::{Config, Names},
    diagnostic::Location,
    disclosure::windows::WithheldReason,
    schema::{CollectionId, PlaceId, Record},
    source::SitePath,
};

/// What a portal publishes of what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// How much of names is shown.
    pub names: Names,
    /// Drafts are shown.
    pub drafts: bool,
}

impl Rules {
    /// The rules of a site.
    pub fn of(config: &Config) -> Self {
        Self { names: config.names, drafts: config.drafts }
    }
}

/// A record or notice that is not posted: where it stands, and why. Nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Where it would be posted.
    pub place: PlaceId,
    /// Its collection; nothing for a notice.
    pub collection: Option<CollectionId>,
    /// Where it stands.
    pub location: Location,
    /// Why.
    pub why: WithheldReason,
}

/// A name that somebody withdrew, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    pub(super) name: Box<str>,
    pub(super) location: Location,
}

/// What disclosing a record set leaves beside its records.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Nothing of it is posted: it has no page, as if there were no such list.
    pub silent: bool,
    /// What is kept back.
    pub withheld: Vec<Withheld>,
    /// Names of those who do not want to be named any more.
    pub withdrawn: Vec<Withdrawn>,
    /// The keys of the contacts that it publishes.
    pub contacts: Vec<u64>,
    /// The keys of the mobile numbers among them that are an office's.
    pub offices: Vec<u64>,
}

/// Where a record of a set with these files stands.
pub(crate) fn location(files: &[SitePath], record: &Record) -> Location {
    Location::line(files[usize::from(record.file)].clone(), record.line)
}
