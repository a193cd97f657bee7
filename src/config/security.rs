//! `[security]` of `site.toml`: what pages may load, and who is told of a weakness.

use jiff::civil::Date;

use crate::{
    config::{mistake::bad, policy::Policy},
    diagnostic::{Diagnostic, Location},
    source::reader::MapReader,
};

/// Who is told of a weakness of the portal, as `security.txt` says it (RFC 9116).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecurityContact {
    /// Where to write to or to call, best first: `mailto:a@example.cn`, `https://…`, `tel:…`.
    pub contacts: Vec<String>,
    /// The last day on which that holds.
    pub expires: Date,
    /// Where the day stands.
    pub location: Location,
}

/// What a contact looks like, and a day.
const CONTACT: &str = "https://www.example.cn/lianxi/";
const DAY: &str = "2027-06-30";

/// Reads `[security]`: what pages may load, and who is told of a weakness. A contact without a day
/// is an error, as is a day without a contact.
pub(super) fn read(
    mut reader: MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Policy, Option<SecurityContact>) {
    let text = reader.text;
    let csp = reader.get("csp").and_then(|node| MapReader::open(text, node, sink));
    let policy = csp.map(|inner| Policy::read(inner, sink)).unwrap_or_default();
    let named = reader.get("contact");
    let mut contacts = Vec::new();
    for node in named.map_or(&[][..], |it| it.as_list().unwrap_or(std::slice::from_ref(it))) {
        match reader.scalar(node, sink).map(contact) {
            Some(Some(contact)) => contacts.push(contact),
            Some(None) => sink.push(bad(text, node.span, "contact", CONTACT)),
            None => {}
        }
    }
    let last = reader.word("expires", sink);
    let expires = last.and_then(|(day, span)| {
        let read = day.parse::<Date>().ok();
        if read.is_none() {
            sink.push(bad(text, span, "expires", DAY));
        }
        Some((read?, text.locate(span)))
    });
    match (named, last) {
        (Some(node), None) => sink.push(bad(text, node.span, "expires", DAY)),
        (None, Some((_, span))) => sink.push(bad(text, span, "contact", CONTACT)),
        _ => {}
    }
    reader.finish(sink);
    let contact = expires.filter(|_| !contacts.is_empty());
    let contact =
        contact.map(|(expires, location)| SecurityContact { contacts, expires, location });
    (policy, contact)
}

/// A contact as an address with its scheme; an address of e-mail may come without one. Nothing for
/// anything else.
fn contact(word: &str) -> Option<String> {
    let word = word.trim();
    let is_bad = |it: char| it.is_whitespace() || it.is_control() || !it.is_ascii();
    let schemes = ["https://", "mailto:", "tel:"];
    let rest = schemes.iter().find_map(|scheme| word.strip_prefix(scheme));
    let is_mail = rest.is_none() && word.contains('@') && !word.contains(':');
    if word.contains(is_bad) || rest.is_some_and(str::is_empty) {
        return None;
    }
    rest.map(|_| word.to_owned()).or_else(|| is_mail.then(|| format!("mailto:{word}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_addresses() {
        for (word, expected) in [
            ("info@a.cn", Some("mailto:info@a.cn")),
            ("mailto:info@a.cn", Some("mailto:info@a.cn")),
            ("https://a.cn/report", Some("https://a.cn/report")),
            ("tel:+86-431-8255-0001", Some("tel:+86-431-8255-0001")),
            ("http://a.cn/", None),
            ("0431-8255-0001", None),
            ("mailto:", None),
            ("info@a.cn\nExpires: 2099-01-01", None),
            ("办公室", None),
        ] {
            assert_eq!(contact(word).as_deref(), expected, "{word}");
        }
    }
}
