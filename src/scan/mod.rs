//! Finds personal data in what would be published.
//!
//! [`text()`] reads sources and file names, [`html`] rendered pages. Both `sweep` once over the
//! bytes for the few places where a datum can stand; `number`, `plate`, `address` and `email` then
//! read those places glyph by glyph (`glyph`), so that spaces, hyphens, full-width forms, tags and
//! character references make no difference. Where findings overlap, the stronger kind stays.
//!
//! | kind | found | not found, and why |
//! | --- | --- | --- |
//! | identity number | `11010519491231002X` | `…0021`: the check digit is wrong |
//! | bank card | `6222 0212 3456 7890 128` | `2026030512304500`: no issuer begins so |
//! | mobile phone | `+86 138-1234-5678`, `幺三八〇〇一三八〇〇〇` | `138****5678`: masked; `0431-82550001`: an office |
//! | plate | `吉A·12345` | `最新A4纸`: too few signs |
//! | home | `3栋2单元501室` | `3栋2单元`: nobody's alone; `活动室203室`: public |
//! | e-mail | `zhang.san@example.com` | `icon@2x.png`: a file |
//!
//! A datum is found by its form alone. Names of persons have none; [`exposed()`] finds those beside
//! which something sensitive stands, by the characters that names are made of (`person`), by words
//! that are data (`lexicon`), and by sentences, rows and headings (`lines`). A number without a check digit counts only in the groups in which people write it,
//! since staff stop reading a report that is mostly false.
//!
//! Words that an office does not want ([`WordingIndex`]) are looked for in texts as readers see them
//! (`shown`).
//!
//! The scanner only reports. Which kinds a field allows, and which data belong to an office,
//! `schema` and `disclosure` decide, by the kind and the key of a finding.

mod about;
mod address;
mod card;
mod chain;
mod cut;
mod email;
mod english;
mod exposed;
mod finding;
mod foreign;
mod form;
mod glyph;
mod han;
mod home;
mod identity;
mod lexicon;
mod lines;
mod listed;
pub(crate) mod markup;
mod names;
mod number;
mod numeral;
mod owing;
mod person;
mod plate;
mod record;
mod rows;
mod shown;
mod split_words;
mod sweep;
mod table;
mod touch;
mod traditional;
mod wording;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use std::{borrow::Cow, collections::BTreeMap};

use self::glyph::Source;
pub use self::{
    cut::cut,
    exposed::{Exposure, exposed},
    finding::{DataKind, Finding},
    lexicon::Lexicon,
    listed::{Subjects, listed},
    record::{LabelledText, RecordText, exposed_in_record},
    rows::{in_row, in_rows},
    shown::LineEnds,
    wording::{WordingIndex, WrongWord, is_seen},
};
pub(crate) use self::{
    home::{is_office, is_other_number},
    person::Begun,
};

/// The text of a file whose long lines are folded, and in which `\n`, `\,` and the like stand for
/// what they name, as [`text()`] has to read it.
pub fn unescaped(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\\') && memchr::memmem::find(bytes, b"\r\n ").is_none() {
        return Cow::Borrowed(bytes);
    }
    let (mut text, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = memchr::memchr2(b'\\', b'\r', rest) {
        text.extend_from_slice(&rest[..at]);
        rest = match &rest[at..] {
            [b'\r', b'\n', b' ', after @ ..] => after,
            [b'\\', escaped, after @ ..] => {
                text.push(if *escaped == b'n' { b'\n' } else { *escaped });
                after
            }
            [sign, after @ ..] => {
                text.push(*sign);
                after
            }
            [] => break,
        };
    }
    text.extend_from_slice(rest);
    Cow::Owned(text)
}

/// The personal data in YAML, CSV, Markdown, plain text or a file name, in the order of the text.
/// Ranges are at borders of characters. Cost: one pass; a text without digits is passed over at the
/// speed of a table look-up for each byte.
pub fn text(text: &str) -> Vec<Finding> {
    find(Source::plain(text.as_bytes()))
}

/// The keys of the data in a text by which somebody is to be reached: all but what nobody has a
/// reason to publish. For a field that is meant to hold a contact, `13812345678，zhang@example.com`
/// gives two keys; an identity number or a bank card in it gives none, so it is still reported
/// elsewhere.
pub fn contacts(contacts: &str) -> Vec<u64> {
    let harmless = text(contacts).into_iter().filter(|it| !it.kind.is_forbidden());
    harmless.map(|it| it.key).collect()
}

/// Whether a text is made like the name of a person, and not of words for days.
pub(crate) fn may_be_name(text: &str) -> bool {
    let chars: Vec<char> = text.trim().chars().collect();
    person::is_name(&chars) && !text.contains(|it| "天日周月年期时定".contains(it))
}

/// Whether a text has sensitive words that marks, tags or the ends of lines part.
pub(crate) fn is_split(text: &str, lexicon: &Lexicon) -> bool {
    split_words::are_in(text, lexicon)
}

/// What is made like names of persons in a text, from left to right.
pub(crate) fn persons(text: &str) -> Vec<std::ops::Range<usize>> {
    let glyphs: Vec<glyph::Glyph> = Source::plain(text.as_bytes()).forward(0).collect();
    let names = person::names(&glyphs, &[]).into_iter();
    names.map(|it| glyphs[it.range.start].start..glyphs[it.range.end - 1].end).collect()
}

/// Whether a short text, such as the name of a sheet, may hold a personal datum or name somebody.
pub(crate) fn may_name(text: &str) -> bool {
    !self::text(text).is_empty() || person::may_be_in(&glyph::folded(text))
}

/// How surely a line ends with the beginning of a name, so that stars behind it hide the rest. Cost:
/// that of a few characters.
pub(crate) fn begun_name(line: &str) -> Option<Begun> {
    let mut chars: Vec<char> = line.chars().rev().take(8).collect();
    chars.reverse();
    person::begun_name(&chars)
}

/// The keys of the mobile numbers in a text.
pub fn mobiles(numbers: &str) -> Vec<u64> {
    let mobile = text(numbers).into_iter().filter(|it| it.kind == DataKind::Mobile);
    mobile.map(|it| it.key).collect()
}

/// The personal data in HTML, in the order of the bytes: in texts as readers see them, and in the
/// values of attributes. Bytes that are no UTF-8 are part of no datum.
///
/// ```text
/// <p>138<b>1234</b>5678</p>            a phone
/// <td>138</td><td>1234</td>            none: cells are apart
/// <a href="tel:13812345678">           a phone
/// <path d="M138 1234 5678"/>           none: a drawing
/// ```
pub fn html(bytes: &[u8]) -> Vec<Finding> {
    find(Source::markup(bytes))
}

/// The key of a finding of that value. A value that is no datum of the kind has a key as well.
/// `key(Mobile, "+86 138-1234-5678")` and `key(Mobile, "13812345678")` are the same. A value of no
/// known form is compared by its letters and digits, in lower case.
pub fn key(kind: DataKind, value: &str) -> u64 {
    let found = text(value).into_iter().find(|it| it.kind == kind);
    found.map_or_else(|| glyph::hash(kind, glyph::plain(value)), |it| it.key)
}

/// Sweeps over a source, finds e-mail addresses in a second pass, and settles what overlaps.
fn find(source: Source<'_>) -> Vec<Finding> {
    let mut findings = sweep::sweep(source);
    email::find(source, &mut findings);
    han::find(source, &mut findings);
    if findings.len() > 1 { settle(findings) } else { findings }
}

/// The findings in order, without those that overlap a stronger, or else an earlier one. Of
/// findings of one kind that begin together the longest stays. Most texts have none that overlap,
/// and are only sorted; the rest is O(n log n).
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
