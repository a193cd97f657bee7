//! Feeds as Atom (RFC 4287).

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::entry::{Entry, Heading};

/// When a feed without entries was last changed.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// Writes a feed. The first entry is the one that changed last.
pub(super) fn write(heading: &Heading, entries: &[Entry]) -> String {
    let updated = entries.first().map_or(NEVER, |entry| entry.updated.as_str());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = escape(&heading.language);
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
    put(&mut xml, "id", &heading.id);
    put(&mut xml, "title", &heading.title);
    put(&mut xml, "updated", updated);
    link(&mut xml, "self", "application/atom+xml", &heading.url);
    link(&mut xml, "alternate", "text/html", &heading.page);
    for (kind, url) in &heading.others {
        link(&mut xml, "alternate", kind, url);
    }
    author(&mut xml, &heading.author);
    put(&mut xml, "generator", "Linli");
    entries.iter().for_each(|entry| self::entry(&mut xml, entry));
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, entry: &Entry) {
    xml.push_str("<entry>\n");
    put(xml, "id", &entry.id);
    put(xml, "title", &entry.title);
    put(xml, "published", &entry.published);
    put(xml, "updated", &entry.updated);
    link(xml, "alternate", "text/html", &entry.url);
    author(xml, &entry.author);
    for tag in &entry.tags {
        let _ = writeln!(xml, "<category term=\"{}\"/>", escape(tag));
    }
    if !entry.summary.is_empty() {
        put(xml, "summary", &entry.summary);
    }
    xml.push_str("</entry>\n");
}

/// Adds an element with a text.
fn put(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape(text));
}

fn link(xml: &mut String, relation: &str, kind: &str, url: &str) {
    let url = escape(url);
    let _ = writeln!(xml, "<link rel=\"{relation}\" type=\"{kind}\" href=\"{url}\"/>");
}

fn author(xml: &mut String, name: &str) {
    let _ = writeln!(xml, "<author><name>{}</name></author>", escape(name));
}
