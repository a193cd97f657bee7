//! What is known of pages that were rendered.

use serde::{Deserialize, Serialize};

use crate::{
    artifact::Routes, clock::Validity, disclosure::Portal, fingerprint::Fingerprint, output::Entry,
    scan, source::SitePath,
};

/// The pages of a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// The fingerprint of all that they are made from, but for where their links lead.
    pub view: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
    /// The pages, by path.
    pub pages: Vec<Made>,
}

/// A page that was rendered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Made {
    /// The fingerprint of all that it is made from, but for where its links lead.
    pub print: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
    /// Its file.
    pub file: Entry,
    /// The short fingerprints of its reads: what each is, and what it came to.
    #[serde(with = "reads")]
    pub reads: Vec<(u32, u32)>,
    /// Where its links to content files lead.
    pub links: Vec<Link>,
    /// Images that it shows, as paths below the portal's address.
    pub images: Vec<String>,
    /// The personal data that it shows.
    pub found: Vec<(scan::Kind, u64)>,
    /// There is something to say of it, which it is rendered again for.
    pub is_told_of: bool,
    /// At which build it was rendered, counted from the first.
    pub build: u64,
    /// Why it was rendered then.
    pub why: Why,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// To which content file.
    pub file: SitePath,
    /// The path that shows it; nothing if it is not there.
    pub path: Option<String>,
    /// The fingerprint of the notice whose headings it was compared with.
    pub headings: Option<Fingerprint>,
}

/// Why a page was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It was not known.
    New,
    /// These of its reads had changed, by the first of their short fingerprints.
    Changed(Vec<u32>),
    /// Its template, the theme or the program had changed.
    Theme,
    /// A link led elsewhere.
    Links,
    /// Its time had come.
    Time,
    /// There was something to say of it, or of personal data on it.
    Told,
    /// Its file was missing, or somebody had edited it.
    Lost,
}

impl Bundle {
    /// Nothing has changed that its pages are made from.
    pub(super) fn is_same(&self, view: Fingerprint, routes: &Routes, portal: &Portal) -> bool {
        self.view == view
            && self.valid.holds(&portal.clock)
            && self.pages.iter().all(|it| it.is_settled(routes, portal))
    }
}

impl Made {
    /// Its path.
    pub fn path(&self) -> &str {
        let file = self.file.path.as_str();
        file.strip_suffix("index.html").unwrap_or(file)
    }

    /// Its links lead where they led, and there is nothing to say of it.
    pub fn is_settled(&self, routes: &Routes, portal: &Portal) -> bool {
        !self.is_told_of
            && self.found.iter().all(|(_, key)| portal.known().contains(key))
            && self
                .links
                .iter()
                .all(|it| *it == Link::new(&it.file, it.headings.is_some(), routes, portal))
    }
}

impl Link {
    /// Where a link to a content file leads, and to one of its headings if `heading`.
    pub fn new(file: &SitePath, heading: bool, routes: &Routes, portal: &Portal) -> Self {
        let notice = portal.notice_in(file).filter(|_| heading);
        Self {
            file: file.clone(),
            path: routes.of_file(portal, file),
            headings: notice.map(|it| portal.notices().digest(it).text),
        }
    }
}

/// Reads as bytes: they are most of what is kept of a page, and no number in them is small.
mod reads {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(
        reads: &[(u32, u32)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes =
            reads.iter().flat_map(|(name, print)| [name.to_le_bytes(), print.to_le_bytes()]);
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
        Ok(pairs.iter().map(|[name, print]| (number(*name), number(*print))).collect())
    }
}
