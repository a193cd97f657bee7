//! E-mail addresses.

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

/// Finds addresses by their `@`, bare or as a reference.
pub(super) fn find(source: Source<'_>, findings: &mut Vec<Finding>) {
    // Without references there is nothing to look for but the sign itself.
    let also = if source.is_markup { b'&' } else { b'@' };
    for at in memchr2_iter(b'@', also, source.bytes) {
        if source.bytes[at] == b'@' || matches!(source.bytes.get(at + 1), Some(b'#' | b'c')) {
            findings.extend(self::at(source, at));
        }
    }
}

/// The address whose `@` stands at `at`.
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

/// The top domain that a label is, or begins with where digits follow directly: `com138…`.
fn longest_top(label: &str) -> Option<&str> {
    let length = label.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(label.len());
    let top = &label[..length];
    let is_whole = length == label.len();
    (is_whole && length >= 2 || ["com", "cn", "net"].contains(&top)).then_some(top)
}

fn is_local(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '.' | '_' | '%' | '+' | '-')
}

fn is_host(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-')
}
