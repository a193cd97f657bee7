//! `[links]` of `site.toml`: where links may lead without further ado.

use std::{borrow::Cow, hash::Hash, net::IpAddr};

use crate::{
    config::mistake::bad,
    diagnostic::{Code, Diagnostic},
    source::{Span, Text, reader::MapReader},
};

/// What is known of other sites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LinkRules {
    /// Where other sites of the same host begin, by their paths: links to these are not looked up.
    pub outside: Vec<String>,
    /// The hosts of other sites of which readers need not be told that they leave the portal.
    /// `*.example.cn` is all hosts below that one.
    pub allowed: Vec<String>,
}

impl LinkRules {
    /// Reads the settings. A path begins with a slash and is more than that, or it would be the whole
    /// portal; a host has neither scheme nor path.
    pub(super) fn read(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Self {
        let is_path = |it: &str| it.len() > 1 && it.starts_with('/') && !it.starts_with("//");
        let bad_path = |text: &Text, span, word: &str| {
            (!is_path(word)).then(|| bad(text, span, "outside", "/bbs/"))
        };
        let outside = words(&mut reader, "outside", bad_path, sink);
        let allowed = words(&mut reader, "allow", bad_host, sink);
        reader.finish(sink);
        Self { outside, allowed: allowed.iter().map(|it| it.to_lowercase()).collect() }
    }
}

/// The words of a list, or a single one, that are as they have to be. `fault` tells what is wrong with
/// one.
fn words(
    reader: &mut MapReader<'_>,
    key: &'static str,
    fault: impl Fn(&Text, Span, &str) -> Option<Diagnostic>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let text = reader.text;
    let Some(node) = reader.get(key) else { return Vec::new() };
    let mut words = Vec::new();
    for node in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        let Some(word) = reader.scalar(node, sink) else { continue };
        match fault(text, node.span, word) {
            Some(diagnostic) => sink.push(diagnostic),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// What is said of a word that is no host.
fn bad_host(text: &Text, span: Span, word: &str) -> Option<Diagnostic> {
    let (kind, meant) = host_fault(&word.to_lowercase())?;
    let diagnostic = Diagnostic::error(Code::BadHost, text.locate(span)).arg("kind", kind);
    Some(diagnostic.arg("value", word).arg("meant", meant).help(kind))
}

/// What is wrong with a word that should be a host, and the host that was meant, if one shows.
///
/// | written | kind | meant |
/// | --- | --- | --- |
/// | `https://gov.cn/a`, `gov.cn:80`, `a@gov.cn` | `address` | `gov.cn` |
/// | `gov.cn、example.cn`, `gov cn` | `several` | |
/// | `*gov.cn`, `www.*.cn`, `*.cn` | `star` | |
/// | `10.0.0.8`, `[::1]` | `number` | |
/// | `gov`, `.cn`, `a..cn` | `name` | |
fn host_fault(word: &str) -> Option<(&'static str, String)> {
    let wrong = |kind| Some((kind, String::new()));
    if word.trim().contains(|it: char| it.is_whitespace() || ",;，、；".contains(it)) {
        return wrong("several");
    }
    if word.starts_with('[') || word.trim_end_matches('/').parse::<IpAddr>().is_ok() {
        return wrong("number");
    }
    let meant = host_in(word);
    if meant != word {
        return match host_fault(&meant) {
            None => Some(("address", meant)),
            fault => fault,
        };
    }
    let name = word.strip_prefix("*.").unwrap_or(word);
    if name.contains('*') || name != word && !name.contains('.') {
        return wrong("star");
    }
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|it| it.is_alphanumeric() || "-_".contains(it))
    };
    let is_name = name.contains('.') && name.split('.').all(is_label);
    if is_name { None } else { wrong("name") }
}

/// The host of what somebody wrote, without scheme, user, port, path and full-width dots.
fn host_in(word: &str) -> String {
    let word = word.trim().replace(['。', '．', '｡'], ".").replace(['：', '／'], "");
    let rest = word.split_once("//").map_or(&*word, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    let host = rest.split(':').next().unwrap_or_default();
    host.trim_end_matches('.').to_lowercase()
}

/// The host of an address of the web, as it is written; nothing of any other target.
pub fn host(url: &str) -> Option<&str> {
    let scheme = url.split_once("//")?.0;
    if !["", "http:", "https:"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) {
        return None;
    }
    let rest = &url[scheme.len() + 2..];
    let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    Some(rest.split(':').next().unwrap_or_default())
}

/// A host, perhaps with a port, as it goes over the line: Chinese domain names in Punycode. Nothing if
/// it cannot be a name.
pub(super) fn ascii_host(host: &str) -> Option<Cow<'_, str>> {
    if host.is_ascii() {
        return Some(host.into());
    }
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let name = idna::domain_to_ascii(name).ok()?;
    Some(format!("{name}{port}").into())
}

/// Whether a link leads to none of these hosts, but to another.
pub fn leaves(neighbours: &[String], url: &str) -> bool {
    let Some(host) = host(url).map(str::to_lowercase) else { return false };
    let is_it = |known: &String| match known.strip_prefix('*') {
        Some(below) => host.ends_with(below),
        None => host == *known,
    };
    !neighbours.iter().any(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_leave_for_hosts_that_are_not_named() {
        let known = ["own.cn".to_owned(), "*.gov.cn".to_owned()];
        for url in ["https://other.cn/", "//other.cn", "http://gov.cn", "https://a.own.cn:8080/x"] {
            assert!(leaves(&known, url), "{url}");
        }
        for url in [
            "https://own.cn/a?b=//other.cn",
            "HTTPS://OWN.CN:443",
            "http://www.gov.cn#a",
            "//jl.gov.cn/",
            "mailto:a@other.cn",
            "/a//b",
            "a.md",
        ] {
            assert!(!leaves(&known, url), "{url}");
        }
    }

    #[test]
    fn what_is_no_host_is_told_by_its_kind() {
        for word in ["www.gov.cn", "*.gov.cn", "长春.中国", "Gov-1.CN", "*.a.b_c.cn"] {
            assert_eq!(host_fault(&word.to_lowercase()), None, "{word}");
        }
        for (word, kind, meant) in [
            ("https://www.gov.cn/a?b", "address", "www.gov.cn"),
            ("https:gov.cn//", "name", ""),
            ("gov.cn/", "address", "gov.cn"),
            ("a.cn:80", "address", "a.cn"),
            ("http://*.gov.cn", "address", "*.gov.cn"),
            ("a@gov.cn", "address", "gov.cn"),
            ("www。gov．cn", "address", "www.gov.cn"),
            (" gov.cn", "address", "gov.cn"),
            ("gov.cn.", "address", "gov.cn"),
            ("a.cn b.cn", "several", ""),
            ("a.cn、b.cn", "several", ""),
            ("*gov.cn", "star", ""),
            ("a.*.cn", "star", ""),
            ("*.cn", "star", ""),
            ("*", "star", ""),
            ("10.0.0.8", "number", ""),
            ("http://10.0.0.8:80/", "number", ""),
            ("[::1]", "number", ""),
            ("gov", "name", ""),
            (".cn", "name", ""),
            ("a..cn", "name", ""),
            ("", "name", ""),
        ] {
            let told = host_fault(word);
            assert_eq!(told, Some((kind, meant.to_owned())), "{word}");
        }
    }
}
