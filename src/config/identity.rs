//! What tells a portal apart from all others: `id` of `site.toml`.
//!
//! Entries of calendars and feeds are named by it. A subscriber's program knows an entry again by
//! that name alone, so the id has to stay when the portal moves to another address.
//!
//! ```toml
//! id = "xingfu.example.cn"                 # a domain name, or any word that nobody else has
//! id = "example.cn,2026-03/portals/xingfu" # one of several under a name, since that date
//! ```
//!
//! Without it, host and path of `base-url` take its place: `https://Example.cn:8080/portal` is
//! `example.cn/portal`. Write the id down before the portal moves.

use crate::config::links;

/// The date of an id that gives none, as a year. A tag has to have one (RFC 4151): it says when the
/// name was its owner's.
const SINCE: &str = "2026";

/// The id of a portal, in the parts of a tag address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PortalId {
    /// A domain name or word, in lower case.
    pub authority: String,
    /// When that was the portal's: a year, month or day.
    pub since: String,
    /// What tells it apart from others of that name: empty, or a path without slashes at its ends.
    pub path: String,
}

impl PortalId {
    /// Reads an id. Nothing if it has other characters than letters, digits, `-` and `.`, a date
    /// that is none, or a path with more than these, `_`, `~` and `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, path) = text.split_once('/').unwrap_or((text, ""));
        let (authority, since) = name.split_once(',').unwrap_or((name, SINCE));
        let is_plain = |ch: char| ch.is_ascii_alphanumeric() || "-.".contains(ch);
        let is_name = !authority.is_empty() && authority.chars().all(is_plain);
        let is_path = path.chars().all(|ch| is_plain(ch) || "_~/".contains(ch));
        (is_name && is_date(since) && is_path).then(|| Self {
            authority: authority.to_ascii_lowercase(),
            since: since.to_owned(),
            path: path.trim_matches('/').to_owned(),
        })
    }

    /// The id that follows from the address at which a portal is published; nothing if that is
    /// empty.
    pub(super) fn of_address(base_url: &str, base_path: &str) -> Option<Self> {
        let authority = links::host(base_url)?.to_lowercase();
        let path = base_path.trim_matches('/').to_owned();
        Some(Self { authority, since: SINCE.to_owned(), path })
    }

    /// The address that names something of the portal for ever (RFC 4151), and leads nowhere:
    /// `tag:example.cn,2026:portal/kaixuan/notices/water`. `what` is a path that is encoded
    /// already.
    pub fn tag(&self, what: &str) -> String {
        let Self { authority, since, path } = self;
        let slash = if path.is_empty() { "" } else { "/" };
        format!("tag:{authority},{since}:{path}{slash}{what}")
    }
}

/// A year, month or day: `2026`, `2026-03`, `2026-03-05`.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read() {
        for (text, tag) in [
            ("xingfu.example.cn", "tag:xingfu.example.cn,2026:a"),
            ("Linli-3F2a", "tag:linli-3f2a,2026:a"),
            ("example.cn,2027", "tag:example.cn,2027:a"),
            ("example.cn,2027-03/portals/x/", "tag:example.cn,2027-03:portals/x/a"),
            ("example.cn,2027-03-05/x_y", "tag:example.cn,2027-03-05:x_y/a"),
        ] {
            assert_eq!(PortalId::parse(text).map(|it| it.tag("a")).as_deref(), Some(tag), "{text}");
        }
        for text in [
            "",
            "幸福街道",
            "a b",
            "https://a.cn",
            "a.cn,",
            "a.cn,26",
            "a.cn,2026-13",
            "a.cn/?b",
            "a@b.cn",
        ] {
            assert_eq!(PortalId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_gives_one() {
        let id = PortalId::of_address("https://Example.cn:8080/portal", "/portal").unwrap();
        assert_eq!(id.tag("a"), "tag:example.cn,2026:portal/a");
        assert_eq!(PortalId::of_address("", ""), None);
    }
}
