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
    schema::{Catalog, CollectionId, OldAddress, PlaceId, Record, claim},
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
    /// Where it would be found.
    pub addresses: WithheldAddresses,
}

/// The addresses of a record or notice that is not posted, as fingerprints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldAddresses {
    /// That of its page below its place's; nothing if it would have none.
    pub(super) own: Option<Fingerprint>,
    /// The one that it would have if it did not choose its name.
    pub(super) former: Option<Fingerprint>,
    /// Its old ones.
    pub(super) old: Box<[Fingerprint]>,
}

impl WithheldAddresses {
    /// The address of a page below its place's, the one that it would have if it did not choose its
    /// name, and its old ones.
    pub(super) fn new(own: Option<&str>, former: Option<&str>, old: &[OldAddress]) -> Self {
        let key = |path: &str| Fingerprint::of(&claim(path));
        let former = former.filter(|it| Some(*it) != own).map(key);
        Self { own: own.map(key), former, old: old.iter().map(|it| key(&it.path)).collect() }
    }
}

impl Withheld {
    /// It was withdrawn.
    pub(super) fn is_withdrawn(&self) -> bool {
        matches!(self.why, WithheldReason::Withdrawn(_))
    }
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
