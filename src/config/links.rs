//! `[links]` of `site.toml`: where links may lead without further ado.

use std::hash::Hash;

use crate::{config::mistake::bad, diagnostic::Diagnostic, source::reader::MapReader};

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
        let outside = words(&mut reader, "outside", (is_path, "/bbs/"), sink);
        let allowed = words(&mut reader, "allow", (is_host, "www.example.cn"), sink);
        reader.finish(sink);
        Self { outside, allowed: allowed.iter().map(|it| it.to_lowercase()).collect() }
    }
}

/// The words of a list, or a single one, that are as they have to be. `example` is one to follow.
fn words(
    reader: &mut MapReader<'_>,
    key: &'static str,
    (fits, example): (impl Fn(&str) -> bool, &'static str),
    sink: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let text = reader.text;
    let Some(node) = reader.get(key) else { return Vec::new() };
    let mut words = Vec::new();
    for node in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        match reader.scalar(node, sink) {
            Some(word) if fits(word) => words.push(word.to_owned()),
            Some(_) => sink.push(bad(text, node.span, key, example)),
            None => {}
        }
    }
    words
}

/// `www.example.cn`, `*.example.cn`.
fn is_host(word: &str) -> bool {
    let name = word.strip_prefix("*.").unwrap_or(word);
    let is_sign = |it: char| it.is_whitespace() || "/:@?#*\\".contains(it);
    name.contains('.') && !name.starts_with('.') && !name.contains(is_sign)
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
    fn hosts_have_neither_scheme_nor_path() {
        assert!(is_host("www.gov.cn") && is_host("*.gov.cn") && is_host("长春.中国"));
        for word in ["https://gov.cn", "gov.cn/", "gov", "*gov.cn", "a.*.cn", "a.cn:80", ".cn"] {
            assert!(!is_host(word), "{word}");
        }
    }
}
