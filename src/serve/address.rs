//! Which file an address means.
//!
//! An address is taken apart before it is decoded, so that nothing in it can turn into a `/`, and
//! decoded once. What is then no [`OutPath`] cannot be in the output folder on any system, and no
//! file is looked for: `..`, `\`, `C:`, device names and control characters end here.
//!
//! | address | file |
//! | --- | --- |
//! | `/` | `index.html` |
//! | `/kaixuan/yixin/` | `kaixuan/yixin/index.html` |
//! | `/%E9%80%9A%E7%9F%A5/`, `/通知/` | `通知/index.html` |
//! | `/a%20b`, `/a+b` | `a b`, `a+b` |
//! | `/a//b`, `/../a`, `/..%2fa`, `/a%5cb`, `/.git/config`, `/con` | none |
//!
//! Whether the file is there is not asked here; queries and fragments are cut off before.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::output::OutPath;

/// The path of an address, as names. Names are decoded; none is empty or begins with a dot. Of `/`
/// there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    names: Vec<String>,
    /// It ends in `/`.
    is_folder: bool,
}

impl Default for Address {
    /// The address `/`.
    fn default() -> Self {
        Self { names: Vec::new(), is_folder: true }
    }
}

impl Address {
    /// Takes the path of an address apart; nothing if no file can stand there. `path` begins with
    /// `/`, as it does in a request; a second one in a row leaves an empty name, so it is refused.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let names = |path: &str| path.split('/').map(decode).collect::<Option<Vec<_>>>();
        let (names, is_folder) = match path.strip_suffix('/') {
            Some(folder) => (names(folder)?, true),
            None if path.is_empty() => (Vec::new(), true),
            None => (names(path)?, false),
        };
        Some(Self { names, is_folder })
    }

    /// The address below `base`; nothing if it is elsewhere. With the base `/portal`, `/portal/a`
    /// becomes `/a`; `/portals/a` is elsewhere. Encoded letters make no difference.
    pub(super) fn below(mut self, base: &Self) -> Option<Self> {
        self.names.starts_with(&base.names).then(|| {
            self.names.drain(..base.names.len());
            self
        })
    }

    /// The file at the address, as a static host has it.
    pub(super) fn file(&self) -> Option<OutPath> {
        let path = self.names.join("/");
        let file = match (path.as_str(), self.is_folder) {
            ("", true) => "index.html".to_owned(),
            (_, true) => path + "/index.html",
            (_, false) => path,
        };
        OutPath::new(file).ok()
    }

    /// The page that would stand here if a `/` followed.
    pub(super) fn page_of_folder(&self) -> Option<OutPath> {
        (!self.is_folder).then(|| Self { is_folder: true, ..self.clone() }.file())?
    }

    /// It ends in `/`.
    pub(super) fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// The address, encoded. Parsing it gives the same address. It never begins with `//`, which
    /// browsers take for another host.
    pub(super) fn to_path(&self) -> String {
        let encode = |name: &String| utf8_percent_encode(name, UNSAFE).to_string();
        let names: Vec<String> = self.names.iter().map(encode).collect();
        let end = if self.is_folder && !names.is_empty() { "/" } else { "" };
        format!("/{}{end}", names.join("/"))
    }
}

/// The folder of what the server itself has to offer.
pub(super) const RESERVED: &str = "_linli";

/// Where a site stands on a server, as the beginning of addresses: without a `/` at its end.
/// `门户`, `/门户/` and `/%E9%97%A8%E6%88%B7` are written alike: what is encoded already stays.
pub(super) fn encode_base(base: &str) -> String {
    const UNSAFE_IN_PATH: &AsciiSet = &UNSAFE.remove(b'/').remove(b'%');
    match base.trim_matches('/') {
        "" => String::new(),
        base => format!("/{}", utf8_percent_encode(base, UNSAFE_IN_PATH)),
    }
}

/// What does not stand in an address as it is.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether a name may be served: those with a dot in front are hidden, but for the folder of files
/// that programs ask every site for (RFC 8615).
pub(super) fn is_visible(name: &str) -> bool {
    !name.starts_with('.') || name == ".well-known"
}

/// One name, if the output folder can have it and shows it.
fn decode(name: &str) -> Option<String> {
    let name = percent_decode_str(name).decode_utf8().ok()?;
    let is_name = !name.contains('/') && is_visible(&name) && OutPath::new(&name).is_ok();
    is_name.then(|| name.into_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(path: &str) -> Option<String> {
        Address::parse(path)?.file().map(|it| it.to_string())
    }

    #[test]
    fn addresses_mean_files() {
        for (path, expected) in [
            ("/", "index.html"),
            ("/a/", "a/index.html"),
            ("/a", "a"),
            ("/a/b.css", "a/b.css"),
            ("/%e9%80%9A%E7%9F%A5/", "通知/index.html"),
            ("/通知/", "通知/index.html"),
            ("/a%20b", "a b"),
            ("/100%25", "100%"),
            ("/%252e%252e/a", "%2e%2e/a"),
            ("/a+b", "a+b"),
        ] {
            assert_eq!(file(path).as_deref(), Some(expected), "{path}");
        }
    }

    /// No file is looked for at any of them.
    pub(in super::super) const ELSEWHERE: &[&str] = &[
        "",
        "a",
        "//",
        "//a",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/../",
        "/../secret.txt",
        "/a/../../secret.txt",
        "/a/./b",
        "/%2e%2e/secret.txt",
        "/%2E%2e%2fsecret.txt",
        "/.%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a%2f..%2f..%2fsecret.txt",
        "/a%2fb",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/a%5c..%5c..%5csecret.txt",
        "/%5c%5cserver%5cshare%5cx",
        "/C:/Windows/win.ini",
        "/C%3a/Windows/win.ini",
        "/c:%5cwindows",
        "/a.txt::$DATA",
        "/secret.txt%00.html",
        "/%00",
        "/a%0d%0ab",
        "/a%7f",
        "/%ff%fe",
        "/%c0%ae%c0%ae/secret.txt",
        "/%e0%80%ae",
        "/con",
        "/NUL.txt",
        "/a.",
        "/a%20",
        "/.linli-manifest.json",
        "/%2elinli-manifest.json",
        "/.LINLI-manifest.json",
        "/.git/config",
        "/a/.env",
    ];

    #[test]
    fn nothing_stands_elsewhere() {
        for path in ELSEWHERE {
            assert_eq!(Address::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_base_is_taken_off() {
        let base = Address::parse("/portal").unwrap();
        let below =
            |path: &str| Address::parse(path)?.below(&base)?.file().map(|it| it.to_string());
        assert_eq!(below("/portal/").as_deref(), Some("index.html"));
        assert_eq!(below("/portal/a/").as_deref(), Some("a/index.html"));
        assert_eq!(below("/port%61l/a").as_deref(), Some("a"));
        assert_eq!(below("/portal"), None);
        assert_eq!(below("/portals/a"), None);
        assert_eq!(below("/"), None);
    }

    #[test]
    fn a_base_is_written_in_one_way() {
        for (base, expected) in [
            ("", ""),
            ("/", ""),
            ("/portal/", "/portal"),
            ("portal", "/portal"),
            ("/门户/{a}", "/%E9%97%A8%E6%88%B7/%7Ba%7D"),
            ("/a%20b", "/a%20b"),
        ] {
            assert_eq!(encode_base(base), expected);
        }
    }

    proptest! {
        #[test]
        fn any_address_stays_inside(path in r"(/|%2[eEfF5]|%5c|\.|\\|%|:|[a-c]|[0-9A-F]|.){0,24}") {
            if let Some(address) = Address::parse(&path) {
                let inside = |path: OutPath| {
                    let names = path.as_str().split('/').collect::<Vec<_>>();
                    names.iter().all(|name| !name.is_empty() && !name.starts_with('.') && !name.contains('\\'))
                };
                prop_assert!(address.file().is_none_or(inside));
                prop_assert!(address.page_of_folder().is_none_or(inside));
                // What is written out again means the same.
                let again = address.to_path();
                prop_assert!(again.is_ascii() && !again.starts_with("//"));
                prop_assert_eq!(Address::parse(&again), Some(address));
            }
        }
    }
}
