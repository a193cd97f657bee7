//! Names that content gives itself in its address, and addresses at which it was found before.
//!
//! ```yaml
//! slug: winter-hours                       # in place of the name of the file
//! aliases:                                 # these lead here
//!   - /notices/2025/11/hours/
//!   - https://www.example.cn/art/2025/11/3/art_17_220.html
//! ```
//!
//! An old address is copied from a browser, so it may come with its host, and encoded. What
//! no file can answer is refused: a query, and kinds of files that servers do not send as pages.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    source::names::{is_device, is_forbidden},
    text,
};

/// An address at which something was found before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OldAddress {
    /// The path, as that of an artifact: `notices/2025/hours/`, `art/art_17_220.html`.
    pub path: Box<str>,
    /// The line that says so, from 1.
    pub line: u32,
}

/// The kinds of files that servers send as pages.
const PAGES: [&str; 3] = [".html", ".htm", ".shtml"];

/// The most bytes that a name may have in a file system.
const LONGEST: usize = 255;

/// Reads an old address as the path of an artifact; what is wrong with it as the name of the advice.
///
/// # Errors
///
/// | text | advice |
/// | --- | --- |
/// | `/list.html?id=3`, `/a/#top` | `query` |
/// | `/list.aspx`, `/a.pdf` | `kind` |
/// | `/`, `https://www.example.cn` | `home` |
/// | `/a//b/`, `/../a/`, `/a:b/`, `/.a/` | `name` |
pub fn parse(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let address = match text.split_once("://") {
        Some(("http" | "https", rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        _ => text,
    };
    if address.contains(['?', '#']) {
        return Err("query");
    }
    let decoded = percent_decode_str(address).decode_utf8().map_err(|_| "name")?;
    let path = decoded.strip_prefix('/').unwrap_or(&decoded);
    let path = path.strip_suffix('/').unwrap_or(path);
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => path,
    };
    if path.is_empty() {
        return Err("home");
    }
    if !path.split('/').all(is_name) {
        return Err("name");
    }
    match kind(path) {
        "" => Ok(format!("{path}/")),
        kind if PAGES.contains(&kind.to_ascii_lowercase().as_str()) => Ok(path.to_owned()),
        _ => Err("kind"),
    }
}

/// What says in a path of which kind a file is, with its dot; empty for a folder.
fn kind(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kind = name.rfind('.').map_or("", |at| &name[at..]);
    // What follows the dot of a date is none.
    let has_letter = kind.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    let is_kind =
        has_letter && kind.len() <= 6 && kind[1..].bytes().all(|it| it.is_ascii_alphanumeric());
    if is_kind { kind } else { "" }
}

/// Every file system can hold a file or folder of that name, and servers send it.
fn is_name(name: &str) -> bool {
    let is_whole = !name.is_empty() && !name.starts_with('.') && name.len() <= LONGEST;
    is_whole && !name.ends_with(['.', ' ']) && !name.contains(is_forbidden) && !is_device(name)
}

/// Reports a name for an address that is none, with one that is like it.
pub(crate) fn wrong_slug(slug: &str, location: Location) -> Option<Diagnostic> {
    let meant = text::slug(slug);
    if slug == meant && is_name(slug) {
        return None;
    }
    let diagnostic = Diagnostic::error(Code::BadAddress, location).arg("value", slug);
    let diagnostic = diagnostic.arg("reason", "slug");
    let is_like = !meant.is_empty() && is_name(&meant);
    let help = if is_like { "slug" } else { "letters" };
    Some(diagnostic.arg("meant", meant).help(help))
}

/// Reports an old address that no page can stand at. `reason` is the advice of [`parse`], or
/// `file` for what a whole file says, `no-page` for records without pages, `withdrawn` and
/// `taken` for what was that of something withdrawn, `twice` for one that is listed again, `encoded`
/// for one that spells personal data.
pub(crate) fn wrong(address: &str, reason: &'static str, location: Location) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::BadAddress, location).arg("value", address);
    diagnostic.arg("reason", reason).help(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn old_addresses() {
        for (text, expected) in [
            ("/a/b/", Ok("a/b/")),
            ("a/b", Ok("a/b/")),
            (" /a/index.html", Ok("a/")),
            ("/art/2025/11/3/art_17_220.html", Ok("art/2025/11/3/art_17_220.html")),
            ("/a.SHTML", Ok("a.SHTML")),
            ("https://www.a.cn:8080/a/", Ok("a/")),
            ("/%E9%80%9A%E7%9F%A5/", Ok("通知/")),
            ("/通知/2025.11.3/", Ok("通知/2025.11.3/")),
            ("/v1.0 草案/", Ok("v1.0 草案/")),
            ("", Err("home")),
            ("/", Err("home")),
            ("/index.html", Err("home")),
            ("http://a.cn", Err("home")),
            ("/list.html?id=3", Err("query")),
            ("/a/#b", Err("query")),
            ("/list.aspx", Err("kind")),
            ("/a.pdf", Err("kind")),
            ("/a//b/", Err("name")),
            ("/../a/", Err("name")),
            ("/a/.b/", Err("name")),
            ("/a:b/", Err("name")),
            ("/con/", Err("name")),
            ("/%FF/", Err("name")),
            ("ftp://a.cn/b/", Err("name")),
        ] {
            assert_eq!(parse(text).as_deref(), expected.as_ref().map(|it| *it), "{text}");
        }
    }

    #[test]
    fn names_in_addresses() {
        let wrong = |slug| {
            let told = wrong_slug(slug, Location::file(SitePath::new("a.md")))?;
            Some(told.args.into_iter().find(|(name, _)| *name == "meant")?.1)
        };
        for slug in ["winter-hours", "2026-033", "冬季供暖"] {
            assert_eq!(wrong(slug), None, "{slug}");
        }
        for (slug, meant) in [
            ("Winter Hours", "winter-hours"),
            ("a/b", "a-b"),
            ("a_b", "a-b"),
            ("..", ""),
            ("con", "con"),
        ] {
            assert_eq!(wrong(slug).as_deref(), Some(meant), "{slug}");
        }
    }
}
