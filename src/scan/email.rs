//! E-mail addresses.
//!
//! The address is read from its `@` outwards. A local part has at most 64 characters (RFC 5321);
//! the domain must end in a label of letters, which sorts out `pkg@1.2.3`, and not in the ending of
//! a file. Quoted local parts, and addresses with Chinese characters, are not found.

use memchr::memchr2_iter;

use crate::scan::{
    finding::{DataKind, Finding},
    glyph::{Glyph, Source, hash},
};

/// What file names end with; `icon@2x.png` is none of a person's.
const EXTENSIONS: [&str; 26] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "css", "js", "mjs", "ts", "htm",
    "html", "json", "xml", "pdf", "txt", "csv", "yaml", "yml", "toml", "woff", "ttf", "map",
    "service",
];

/// Finds addresses by their `@`, bare or as a reference. `&` is looked at for `&#64;` and
/// `&commat;` only, and only in HTML.
pub(super) fn find(source: Source<'_>, findings: &mut Vec<Finding>) {
    // Without references there is nothing to look for but the sign itself.
    let also = if source.is_markup { b'&' } else { b'@' };
    for at in memchr2_iter(b'@', also, source.bytes) {
        if source.bytes[at] == b'@' || matches!(source.bytes.get(at + 1), Some(b'#' | b'c')) {
            findings.extend(self::at(source, at));
        }
    }
}

/// The address whose `@` stands at `at`. None if there is no `@` exactly there. Points and hyphens
/// at both ends belong to the sentence: `zhang@example.com.` is found without them. The key is in
/// lower case.
pub(super) fn at(source: Source<'_>, at: usize) -> Option<Finding> {
    let sign = source.next(at).filter(|glyph| glyph.ch == '@' && glyph.start == at)?;
    let mut local: Vec<Glyph> =
        source.backward(at).take(64).take_while(|it| is_local(it.ch)).collect();
    while local.pop_if(|it| !it.ch.is_ascii_alphanumeric()).is_some() {}
    local.reverse();
    let start = local.first()?.start;
    let mut domain: Vec<Glyph> =
        source.forward(sign.end).take(254).take_while(|it| is_host(it.ch)).collect();
    while domain.pop_if(|it| !it.ch.is_ascii_alphanumeric()).is_some() {}
    let point = domain.iter().rposition(|it| it.ch == '.')?;
    let top: String = domain[point + 1..].iter().map(|it| it.ch.to_ascii_lowercase()).collect();
    let top = longest_top(&top)?;
    let is_host = domain[0].ch.is_ascii_alphanumeric() && !EXTENSIONS.contains(&top);
    let end = point + 1 + top.len();
    let chars =
        local.iter().chain([&sign]).chain(&domain[..end]).map(|it| it.ch.to_ascii_lowercase());
    let key = hash(DataKind::Email, chars.collect::<String>());
    let range = start..domain[end - 1].end;
    is_host.then_some(Finding { kind: DataKind::Email, range, key })
}

/// The top domain that a label is, or begins with where digits follow directly: `com138…`. `com`,
/// `cn` and `net` only, since others may be the beginning of a longer word. None if it has fewer
/// than two letters.
fn longest_top(label: &str) -> Option<&str> {
    let length = label.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(label.len());
    let top = &label[..length];
    let is_whole = length == label.len();
    (is_whole && length >= 2 || ["com", "cn", "net"].contains(&top)).then_some(top)
}

/// The characters of a local part without quotes that people use.
fn is_local(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '.' | '_' | '%' | '+' | '-')
}

/// The characters of a domain; it must begin with a letter or digit.
fn is_host(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-')
}
