//! What disclosing a record set leaves beside its records.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    config::{Config, Names},
    diagnostic::Location,
    disclosure::{
        mask::{HashedName, NameSecret},
        windows::WithheldReason,
    },
    fingerprint::Fingerprint,
    schema::{Catalog, CollectionId, PlaceId, Record},
    source::{Files, SitePath},
};

/// What a portal publishes of what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// How much of names is shown.
    pub names: Names,
    /// Drafts are shown.
    pub drafts: bool,
    /// Notices that do not say from when are posted from their date on.
    pub from_date: bool,
    /// What names of persons who withdrew are hashed with.
    pub secret: NameSecret,
}

impl Rules {
    /// The rules of a site.
    pub fn of(config: &Config, secret: NameSecret) -> Self {
        Self {
            names: config.names,
            drafts: config.drafts,
            from_date: config.notices_from_date,
            secret,
        }
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
    /// The fingerprint of its address below that of its place; zero if it would have none. The
    /// address itself may spell a name.
    pub address: Fingerprint,
}

/// The fingerprint of the address of a record's page below that of its place.
pub(super) fn address(collection: &str, address: &str) -> Fingerprint {
    Fingerprint::of(&format!("{collection}/{address}/"))
}

/// What the names of persons who withdrew are read from.
#[derive(Clone, Copy)]
pub(super) struct NameSources<'a> {
    pub(super) files: &'a Files<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) rules: Rules,
    pub(super) clock: &'a Clock,
}

/// Somebody who withdrew: the fingerprint of the names, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    pub(super) names: Fingerprint,
    pub(super) location: Location,
}

/// The names of those who withdrew, person by person, as [`Facts::withdrawn`] has them.
pub(super) type PersonNames = Arc<[Vec<HashedName>]>;

/// What disclosing a record set leaves beside its records.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Nothing of it is posted: it has no page, as if there were no such list.
    pub silent: bool,
    /// What is kept back.
    pub withheld: Vec<Withheld>,
    /// Those who do not want to be named any more.
    pub withdrawn: Vec<Withdrawn>,
    /// Their names. No cache has them: what is restored from one reads them when they are asked for.
    #[serde(skip)]
    pub(super) names: OnceLock<PersonNames>,
    /// The keys of the contacts that it publishes.
    pub contacts: Vec<u64>,
    /// The keys of the mobile numbers among them that are an office's.
    pub offices: Vec<u64>,
}

/// Where a record of a set with these files stands.
pub(crate) fn location(files: &[SitePath], record: &Record) -> Location {
    Location::line(files[usize::from(record.file)].clone(), record.line)
}
