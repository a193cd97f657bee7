//! What a page may load and run: the Content Security Policy of every page.
//!
//! Everything is forbidden but what is listed. The default theme needs its own style sheets and
//! images; `[security]` in `site.toml` adds sources for a theme of one's own:
//!
//! ```toml
//! [security.csp]
//! img-src = ["https://tiles.example.cn"]
//! script-src = ["'self'"]
//! ```
//!
//! | source | of |
//! | --- | --- |
//! | `'self'` | any directive: files of the site |
//! | `https://a.example.cn`, `https://*.example.cn:8443/tiles/` | any directive |
//! | `wss://a.example.cn` | `connect-src` |
//! | `data:` | `img-src`, `font-src` |
//! | `'sha256-…'`, `'sha384-…'`, `'sha512-…'` | `script-src`, `style-src`: code in a page |
//!
//! There is no way to allow any code in a page (`'unsafe-inline'`): what somebody manages to smuggle
//! into a page would then run. A source holds no sign that ends it, a directive or a line, so the
//! policy may stand in a header and in an attribute as it is.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    diagnostic::{Code, Diagnostic},
    source::{reader::MapReader, yaml::NodeKind},
};

/// What pages say of themselves to those to whom a link leads: nothing but to this site.
pub const REFERRER: &str = "same-origin";

/// The directives to which sources can be added, sorted.
const DIRECTIVES: [&str; 10] = [
    "connect-src",
    "font-src",
    "form-action",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "script-src",
    "style-src",
    "worker-src",
];

/// What the default theme needs: its style sheet, its icon, the images of the content, and the web
/// manifest.
const DEFAULT: [&str; 3] = ["img-src", "manifest-src", "style-src"];

/// The sources that a site adds, by directive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Policy {
    added: BTreeMap<&'static str, Vec<String>>,
}

impl Policy {
    /// Reads `csp`: directives with their sources. What is wrong is reported and left out.
    pub(crate) fn read(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Self {
        let mut policy = Self::default();
        for directive in DIRECTIVES {
            let Some(node) = reader.get(directive) else { continue };
            let items = match &node.kind {
                NodeKind::List(items) => items.as_slice(),
                _ => std::slice::from_ref(node),
            };
            for item in items {
                let Some(source) = reader.scalar(item, sink) else { continue };
                if is_source(directive, source) {
                    policy.added.entry(directive).or_default().push(source.to_owned());
                } else {
                    sink.push(
                        Diagnostic::error(Code::BadSetting, reader.text.locate(item.span))
                            .arg("setting", directive)
                            .help("source"),
                    );
                }
            }
        }
        reader.finish(sink);
        policy
    }

    /// The same, with files and addresses of the site itself allowed by these directives.
    #[must_use]
    pub fn with_own(&self, directives: &[&'static str]) -> Self {
        let mut policy = self.clone();
        for directive in directives {
            let sources = policy.added.entry(directive).or_default();
            if !sources.iter().any(|it| it == "'self'") {
                sources.insert(0, "'self'".to_owned());
            }
        }
        policy
    }

    /// The policy as a header or meta element has it. `draft_style` is the hash of the style that
    /// marks drafts, if there is one.
    pub fn text(&self, draft_style: Option<&str>) -> String {
        let mut text = "default-src 'none'".to_owned();
        for directive in DIRECTIVES {
            let own = DEFAULT.contains(&directive).then_some("'self'");
            let style = draft_style.filter(|_| directive == "style-src");
            let added = self.sources(directive).iter().map(String::as_str);
            let added = added.filter(|it| *it != "'self'" || own.is_none());
            let sources: Vec<&str> = own.into_iter().chain(added).chain(style).collect();
            if !sources.is_empty() {
                write!(text, "; {directive} {}", sources.join(" ")).expect("a string takes all");
            }
        }
        text.push_str("; base-uri 'none'");
        if self.sources("form-action").is_empty() {
            text.push_str("; form-action 'none'");
        }
        text
    }

    /// Whether a site may add sources to a directive.
    pub fn can_add(directive: &str) -> bool {
        DIRECTIVES.contains(&directive)
    }

    /// Whether a page may load what stands at an address. An address without a scheme is one of
    /// this site; so is one that a template fills in, of which nothing is known.
    pub fn allows(&self, directive: &str, address: &str) -> bool {
        let sources = || self.sources(directive).iter();
        let address = address.trim();
        let Some((scheme, rest)) = split_scheme(address) else {
            return DEFAULT.contains(&directive) || sources().any(|it| it == "'self'");
        };
        if scheme == "data" {
            return sources().any(|it| it == "data:");
        }
        sources().any(|source| {
            split_scheme(source).is_some_and(|(wanted, source)| {
                (wanted == scheme || scheme.is_empty()) && matches_host(source, rest)
            })
        })
    }

    /// One that adds a source.
    #[cfg(test)]
    pub(crate) fn example() -> Self {
        Self { added: BTreeMap::from([("img-src", vec!["data:".to_owned()])]) }
    }

    fn sources(&self, directive: &str) -> &[String] {
        self.added.get(directive).map_or(&[], Vec::as_slice)
    }
}

/// The scheme of an address in lower case, and what follows it; an empty scheme for `//host`.
/// Nothing for an address of this site.
fn split_scheme(address: &str) -> Option<(String, &str)> {
    if let Some(rest) = address.strip_prefix("//") {
        return Some((String::new(), rest));
    }
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    scheme.chars().all(is_scheme).then(|| (scheme.to_ascii_lowercase(), rest))
}

/// Whether a source is that of an address. Both begin with the host; a source that ends in `/` is a
/// folder, one with a path that does not end so a file.
fn matches_host(source: &str, address: &str) -> bool {
    let split = |text: &str| -> (String, String) {
        let end = text.find(['/', '?', '#']).unwrap_or(text.len());
        (text[..end].to_ascii_lowercase(), text[end..].to_owned())
    };
    let ((wanted, path), (host, rest)) = (split(source), split(address));
    let is_host = match wanted.strip_prefix('*') {
        Some(end) => host.len() > end.len() && host.ends_with(end),
        None => host == wanted,
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    is_host && (path.is_empty() || rest == path || path.ends_with('/') && rest.starts_with(&path))
}

/// Whether a text is a source that a directive may have.
fn is_source(directive: &str, text: &str) -> bool {
    match text {
        "'self'" => true,
        "data:" => matches!(directive, "img-src" | "font-src"),
        text if text.starts_with('\'') => {
            matches!(directive, "script-src" | "style-src") && is_hash(text)
        }
        text => match text.split_once("://") {
            Some(("https", rest)) => is_host(rest),
            Some(("wss", rest)) => directive == "connect-src" && is_host(rest),
            _ => false,
        },
    }
}

/// `'sha256-…'`: the hash of a script or style, in Base64.
fn is_hash(text: &str) -> bool {
    let inside = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')).unwrap_or_default();
    let length = |name| match name {
        "sha256" => 44,
        "sha384" => 64,
        "sha512" => 88,
        _ => 0,
    };
    let is_part = |it: u8| it.is_ascii_alphanumeric() || b"+/=-_".contains(&it);
    inside
        .split_once('-')
        .is_some_and(|(name, hash)| hash.len() == length(name) && hash.bytes().all(is_part))
}

/// A host with a dot, or `localhost`; then perhaps a port and a path.
fn is_host(text: &str) -> bool {
    let (host, path) = text.split_at(text.find('/').unwrap_or(text.len()));
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let is_name = labels.split('.').all(is_label) && (labels.contains('.') || name == "localhost");
    let is_port = (1..=5).contains(&port.len()) && port.bytes().all(|it| it.is_ascii_digit());
    let is_path = |it: u8| it.is_ascii_alphanumeric() || b"/-._~%".contains(&it);
    is_name && is_port && path.bytes().all(is_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(added: &[(&'static str, &str)]) -> Policy {
        let mut policy = Policy::default();
        for (directive, source) in added {
            policy.added.entry(directive).or_default().push((*source).to_owned());
        }
        policy
    }

    #[test]
    fn the_default_is_what_the_default_theme_needs() {
        let expected = "default-src 'none'; img-src 'self'; manifest-src 'self'; style-src 'self'; base-uri 'none'; \
                        form-action 'none'";
        assert_eq!(Policy::default().text(None), expected);
    }

    #[test]
    fn sources_are_added() {
        let added = [
            ("style-src", "'self'"),
            ("script-src", "'self'"),
            ("img-src", "https://a.cn"),
            ("form-action", "https://b.cn"),
        ];
        let expected = "default-src 'none'; form-action https://b.cn; img-src 'self' https://a.cn; \
                        manifest-src 'self'; script-src 'self'; style-src 'self' 'sha256-x'; base-uri 'none'";
        assert_eq!(with(&added).text(Some("'sha256-x'")), expected);
    }

    #[test]
    fn what_is_needed_is_added_once() {
        let added = [("script-src", "'self'"), ("connect-src", "https://a.cn")];
        let policy = with(&added).with_own(&["connect-src", "form-action", "script-src"]);
        let expected = "default-src 'none'; connect-src 'self' https://a.cn; form-action 'self'; \
                        img-src 'self'; manifest-src 'self'; script-src 'self'; \
                        style-src 'self'; base-uri 'none'";
        assert_eq!(policy.text(None), expected);
    }

    #[test]
    fn directives_are_sorted() {
        assert!(DIRECTIVES.is_sorted());
    }

    #[test]
    fn sources() {
        let hash = format!("'sha256-{}='", "a".repeat(43));
        for (directive, source) in [
            ("img-src", "https://a.cn"),
            ("img-src", "https://*.a.cn:8443/b/c.png"),
            ("img-src", "https://xn--fiqs8s.cn"),
            ("img-src", "data:"),
            ("connect-src", "wss://a.cn"),
            ("script-src", "'self'"),
            ("script-src", &hash),
        ] {
            assert!(is_source(directive, source), "{directive} {source}");
        }
        for (directive, source) in [
            ("img-src", ""),
            ("img-src", "*"),
            ("img-src", "a.cn"),
            ("img-src", "https:"),
            ("img-src", "https://"),
            ("img-src", "https://cn"),
            ("img-src", "https://*"),
            ("img-src", "https://a.*.cn"),
            ("img-src", "http://a.cn"),
            ("img-src", "https://a.cn; script-src *"),
            ("img-src", "https://a.cn,https://b.cn"),
            ("img-src", "https://a.cn\nX-Header: b"),
            ("img-src", "https://a.cn\"><script>"),
            ("img-src", "https://a.cn/\u{202e}"),
            ("img-src", "https://u:p@a.cn"),
            ("img-src", "https://a.cn:x"),
            ("img-src", "https://a.cn:"),
            ("img-src", "https://中国.cn"),
            ("img-src", &hash),
            ("script-src", "'unsafe-inline'"),
            ("script-src", "'unsafe-eval'"),
            ("script-src", "'none'"),
            ("script-src", "'nonce-abc'"),
            ("script-src", "'sha256-abc'"),
            ("script-src", "data:"),
            ("img-src", "wss://a.cn"),
        ] {
            assert!(!is_source(directive, source), "{directive} {source}");
        }
    }

    #[test]
    fn what_a_page_may_load() {
        let policy = with(&[
            ("img-src", "https://a.cn"),
            ("img-src", "https://*.b.cn/maps/"),
            ("script-src", "'self'"),
        ]);
        for address in [
            "a.png",
            "/a.png",
            "https://a.cn/b.png",
            "HTTPS://A.CN?c",
            "//a.cn/b",
            "https://x.b.cn/maps/1.png?c",
        ] {
            assert!(policy.allows("img-src", address), "{address}");
        }
        for address in [
            "https://b.cn/maps/",
            "https://x.b.cn/1.png",
            "https://a.cn.evil.cn",
            "https://a.cn:8443/",
            "http://a.cn",
            "data:image/png,a",
        ] {
            assert!(!policy.allows("img-src", address), "{address}");
        }
        assert!(policy.allows("script-src", "/a.js") && !policy.allows("font-src", "/a.woff"));
    }
}
