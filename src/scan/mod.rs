//! Finds personal data in what would be published.
//!
//! [`text()`] reads sources and file names, [`html`] rendered pages. Both `sweep` once over the
//! bytes for the few places where a datum can stand; `number`, `plate`, `address` and `email` then
//! read those places glyph by glyph (`glyph`), so that spaces, hyphens, full-width forms, tags and
//! character references make no difference. Where findings overlap, the stronger kind stays.

mod address;
mod blocks;
mod card;
mod chain;
mod email;
mod english;
mod glyph;
mod identity;
mod markup;
mod number;
mod numeral;
mod plate;
mod sweep;
mod touch;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

use crate::scan::glyph::Source;

/// What a datum is. Earlier kinds are stronger: they stay where findings overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A resident identity number (GB 11643), of 18 or 15 digits.
    IdNumber,
    /// The number of a bank card.
    BankCard,
    /// A mobile phone number of mainland China.
    Mobile,
    /// A number plate.
    Plate,
    /// A home, down to the room.
    HomeAddress,
    /// An e-mail address.
    Email,
}

impl Kind {
    /// Every kind, the strongest first.
    pub const ALL: [Self; 6] =
        [Self::IdNumber, Self::BankCard, Self::Mobile, Self::Plate, Self::HomeAddress, Self::Email];

    /// The names, in the order of [`Kind::ALL`].
    pub const NAMES: [&'static str; 6] =
        ["id-number", "bank-card", "phone", "plate", "address", "email"];

    /// What files and messages call it.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Nobody has a reason to publish it.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::IdNumber | Self::BankCard)
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A datum that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Where it stands: bytes of what was scanned, without a country code before it.
    pub range: Range<usize>,
    /// The same for the same datum, however it is written. It is a plain hash: whoever knows the
    /// key of a phone number can find the number by trying them all.
    pub key: u64,
}

/// The personal data in YAML, CSV, Markdown, plain text or a file name, in the order of the text.
pub fn text(text: &str) -> Vec<Finding> {
    find(Source::plain(text.as_bytes()))
}

/// The keys of the data in a text by which somebody is to be reached: all but what nobody has a
/// reason to publish.
pub fn contacts(contacts: &str) -> Vec<u64> {
    let harmless = text(contacts).into_iter().filter(|it| !it.kind.is_forbidden());
    harmless.map(|it| it.key).collect()
}

/// The personal data in HTML, in the order of the bytes: in texts as readers see them, and in the
/// values of attributes. Bytes that are no UTF-8 are part of no datum.
pub fn html(bytes: &[u8]) -> Vec<Finding> {
    find(Source::markup(bytes))
}

/// The key of a finding of that value. A value that is no datum of the kind has a key as well.
pub fn key(kind: Kind, value: &str) -> u64 {
    let found = text(value).into_iter().find(|it| it.kind == kind);
    found.map_or_else(|| glyph::hash(kind, glyph::plain(value)), |it| it.key)
}

fn find(source: Source<'_>) -> Vec<Finding> {
    let mut findings = sweep::sweep(source);
    email::find(source, &mut findings);
    if findings.len() > 1 { settle(findings) } else { findings }
}

/// The findings in order, without those that overlap a stronger, or else an earlier one.
fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|it| it.range.start);
    if findings.windows(2).all(|it| it[0].range.end <= it[1].range.start) {
        return findings;
    }
    findings.sort_by_key(|it| (it.kind, it.range.start, usize::MAX - it.range.end));
    let mut settled = BTreeMap::<usize, Finding>::new();
    for finding in findings {
        let before = settled.range(..finding.range.end).next_back();
        if before.is_none_or(|(_, it)| it.range.end <= finding.range.start) {
            settled.insert(finding.range.start, finding);
        }
    }
    settled.into_values().collect()
}
