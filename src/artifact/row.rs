//! What is known of artifacts that were made.
//!
//! A [`Row`] is what a build has to know of an artifact so that the next one need not make it:
//! fingerprints of what went in, and where its links led; size and hash of what came out; and what
//! has to be said or checked of it again. The bytes themselves are in the output folder. A
//! [`Bundle`] has the rows of one place.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    artifact::{
        Routes,
        reference::{RecordLink, RecordReferrers},
    },
    clock::Validity,
    disclosure::Portal,
    fingerprint::Fingerprint,
    output::ManifestEntry,
    scan,
    source::SitePath,
};

/// The artifacts of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// The fingerprint of all that they are made from, but for where their links lead.
    pub view: Fingerprint,
    /// For which moments they are as they were made.
    pub valid: Validity,
    /// The artifacts, by path. No two have the same path. Artifacts that could not be made have no
    /// row.
    pub rows: Vec<Row>,
}

/// An artifact that was made: a row of the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// The fingerprint of all that it is made from, but for where its links lead.
    pub fingerprint: Fingerprint,
    /// For which moments it is as it was made.
    pub valid: Validity,
    /// Its file.
    pub file: ManifestEntry,
    /// The short fingerprints of its reads: which read each is, and that of its value. They serve
    /// `linli explain` and [`RebuildReason`]; the decision is made by `fingerprint`.
    #[serde(with = "reads")]
    pub reads: Vec<(u32, u32)>,
    /// Where its links to content files lead, in order of the files. Links that lead nowhere are
    /// among them.
    pub links: Vec<ContentLink>,
    /// The files that it shows or has attached, as paths below the content folder.
    pub files: Vec<String>,
    /// The personal data that it shows, by kind and key. [`Portal::known`] has the keys that may be
    /// shown.
    pub found: Vec<(scan::DataKind, u64)>,
    /// The keys of the names on it that persons withdrew, here or near.
    pub named: Vec<u64>,
    /// The day on which what it shows was last changed, as far as the content says so.
    pub modified: Option<Date>,
    /// Where it leads, if it stands at an old address: then it is no page.
    pub lead: Option<Lead>,
    /// There are diagnostics of it: it is made again at each build, to report them again.
    pub is_reported: bool,
    /// At which build it was made, counted from the first.
    pub build: u64,
    /// Why it was made then.
    pub why: RebuildReason,
}

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lead {
    /// The path of the page.
    pub to: String,
    /// What was below it stands below that page now: a place was renamed or moved.
    pub below: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContentLink {
    /// To what.
    pub target: LinkTarget,
    /// The path that shows it; nothing if it is not there, and for referrers.
    pub path: Option<String>,
    /// The fingerprint of what is told of it: of the notice whose headings it was compared with, of
    /// the image or attached file whose size is told, of what records are called. `None` for any other link.
    pub content: Option<Fingerprint>,
}

/// What a link names. Places and collections go by folder and name: their numbers shift.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LinkTarget {
    /// A content file, or an address of the portal: that begins with a slash.
    File(SitePath),
    /// The record of a collection that a place means by a key.
    Record(SitePath, String, Fingerprint),
    /// All records that name the one of a place and collection with that key.
    Referrers(SitePath, String, Fingerprint),
}

/// Why an artifact was made.
///
/// If several hold, the first found is given: reads, then time, diagnostics, links, and last the
/// file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RebuildReason {
    /// It was not known.
    New,
    /// These of its reads had changed, by the first of their short fingerprints.
    Changed(Vec<u32>),
    /// Its template, the theme or the program had changed.
    Theme,
    /// A link led elsewhere, or personal data on it may no longer be shown.
    Links,
    /// Its time had come.
    Time,
    /// There were diagnostics of it.
    Reported,
    /// Its file was missing, or somebody had edited it.
    Lost,
}

impl Bundle {
    /// Nothing that its artifacts are made from has changed, nor where their links lead. Costs a
    /// comparison for each link and for each piece of personal data; no artifact is planned.
    pub fn is_same(&self, view: Fingerprint, routes: Routes<'_>, portal: &Portal<'_>) -> bool {
        self.view == view
            && self.valid.holds(&portal.clock)
            && self.rows.iter().all(|row| row.is_settled(routes, portal))
    }

    /// The artifacts of several bundles, none of which has a path of another, as one whose view
    /// nobody asks for.
    pub fn joined(bundles: &[Arc<Self>]) -> Self {
        let mut rows: Vec<Row> = bundles.iter().flat_map(|it| it.rows.iter().cloned()).collect();
        rows.sort_by(|a, b| a.path().cmp(b.path()));
        let valid = rows.iter().fold(Validity::ALWAYS, |valid, row| valid.and(row.valid));
        Self { view: Fingerprint::default(), valid, rows }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.rows.iter().filter(|row| row.is_page()).count()
    }

    /// For which moments it need not be looked at: for none if an artifact has diagnostics.
    pub fn holds(&self) -> Validity {
        if self.rows.iter().any(|row| row.is_reported) { Validity::NEVER } else { self.valid }
    }
}

impl Row {
    /// Its path, as of [`super::Artifact::path`].
    pub fn path(&self) -> &str {
        let file = self.file.path.as_str();
        file.strip_suffix("index.html").unwrap_or(file)
    }

    /// What lists of all artifacts say of it.
    pub(super) fn listed(&self) -> (&str, Option<Date>, Option<&Lead>) {
        (self.path(), self.modified, self.lead.as_ref())
    }

    /// It is a page of HTML.
    pub fn is_page(&self) -> bool {
        self.file.path.as_str().ends_with(".html") && self.lead.is_none()
    }

    /// It is a page that readers are sent to: not the one for addresses that do not exist.
    pub fn has_address(&self) -> bool {
        self.file.path.as_str().ends_with("index.html") && self.lead.is_none()
    }

    /// Its links lead where they led, it has no diagnostics, and what it shows of persons may be
    /// shown.
    pub fn is_settled(&self, routes: Routes<'_>, portal: &Portal<'_>) -> bool {
        !self.is_reported
            && self.found.iter().all(|(_, key)| portal.known().contains(key))
            && self.named.iter().all(|key| portal.known().contains(key))
            && self.links.iter().all(|link| link.is_same(routes, portal))
    }
}

impl ContentLink {
    /// Where a link to a content file leads, and to one of its headings if `heading`. Costs a
    /// lookup in the catalog; no file is read but an image or attached one that was not read before.
    pub fn new(file: &SitePath, heading: bool, routes: Routes<'_>, portal: &Portal<'_>) -> Self {
        // Addresses begin with a slash, files do not.
        if let Some(address) = file.as_str().strip_prefix('/') {
            let path = routes.of_address(address);
            return Self { target: LinkTarget::File(file.clone()), path, content: None };
        }
        let notice = portal.notice_in(file).filter(|_| heading);
        let text = notice.map(|notice| portal.notices().summary(notice).text);
        let told = || routes.attached(file).or_else(|| routes.image(file));
        let attached = || Some(portal.files().fingerprint(&told()?));
        let target = LinkTarget::File(file.clone());
        Self { target, path: routes.of_file(file), content: text.or_else(attached) }
    }

    /// Where a link leads to the record of a collection that a place means by a key.
    pub fn to_record(target: LinkTarget, found: Option<&RecordLink<'_>>) -> Self {
        let path = found.map(|it| it.path.clone());
        Self { target, path, content: found.map(|it| it.fingerprint) }
    }

    /// What names a record.
    pub fn to_referrers(target: LinkTarget, found: &RecordReferrers<'_>) -> Self {
        Self { target, path: None, content: Some(found.fingerprint()) }
    }

    /// It leads to an image or attached file, whose contents count.
    pub fn is_attached(&self) -> bool {
        let is_file = |path: &str| !path.is_empty() && !path.ends_with('/');
        self.content.is_some() && self.path.as_deref().is_some_and(is_file)
    }

    /// It leads out of a folder, or tells something of what it leads to.
    pub fn leaves(&self, folder: &SitePath) -> bool {
        match &self.target {
            LinkTarget::File(file) => file.inside(folder).is_none() || self.is_attached(),
            LinkTarget::Record(..) | LinkTarget::Referrers(..) => true,
        }
    }

    /// It leads where it led.
    pub fn is_same(&self, routes: Routes<'_>, portal: &Portal<'_>) -> bool {
        let (target, clock) = (self.target.clone(), &portal.clock);
        let now = match &self.target {
            LinkTarget::File(file) => Self::new(file, self.content.is_some(), routes, portal),
            LinkTarget::Record(from, to, key) => {
                Self::to_record(target, routes.referred(from, to, *key, clock).as_ref())
            }
            LinkTarget::Referrers(place, of, key) => {
                Self::to_referrers(target, &routes.referrers(place, of, *key, clock))
            }
        };
        *self == now
    }
}

/// Reads as bytes: they are most of what is kept of a page, and no number in them is small.
///
/// Each read takes eight bytes: name and fingerprint, little-endian. A length that is no multiple
/// of eight is an error.
mod reads {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(
        reads: &[(u32, u32)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes = reads
            .iter()
            .flat_map(|(name, fingerprint)| [name.to_le_bytes(), fingerprint.to_le_bytes()]);
        serializer.serialize_bytes(&bytes.flatten().collect::<Vec<u8>>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(u32, u32)>, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (pairs, odd) = numbers.as_chunks::<2>();
        if !rest.is_empty() || !odd.is_empty() {
            return Err(D::Error::invalid_length(bytes.len(), &"pairs of numbers"));
        }
        let number = |it: [u8; 4]| u32::from_le_bytes(it);
        Ok(pairs.iter().map(|[name, fingerprint]| (number(*name), number(*fingerprint))).collect())
    }
}
