//! Finds personal data in what would be published.
//!
//! [`text()`] reads sources and file names, [`html`] rendered pages. Both `sweep` once over the
//! bytes for the few places where a datum can stand; `number`, `plate`, `address` and `email` then
//! read those places glyph by glyph (`glyph`), so that spaces, hyphens, full-width forms, tags and
//! character references make no difference. Where findings overlap, the stronger kind stays.

mod address;
mod card;
mod chain;
mod email;
mod english;
mod finding;
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

use std::collections::BTreeMap;

pub use self::finding::{DataKind, Finding};
use self::glyph::Source;

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
pub fn key(kind: DataKind, value: &str) -> u64 {
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
    if findings.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start) {
        return findings;
    }
    findings
        .sort_by_key(|finding| (finding.kind, finding.range.start, usize::MAX - finding.range.end));
    let mut settled = BTreeMap::<usize, Finding>::new();
    for finding in findings {
        let before = settled.range(..finding.range.end).next_back();
        if before.is_none_or(|(_, it)| it.range.end <= finding.range.start) {
            settled.insert(finding.range.start, finding);
        }
    }
    settled.into_values().collect()
}
