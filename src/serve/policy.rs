//! The policy of the preview, as a header.
//!
//! A page says in its head what it may load (`render/head.rs`). The preview says the same in a
//! header, with what the script that listens needs; the element would forbid that script, so it is
//! taken out of the answer. What is no page is a picture or a text, and runs nothing.

use crate::{config::policy::Policy, render::head};

/// The policy of all that is no page. A drawing that is opened by itself has styles in itself.
pub(super) const OF_FILES: &str = "default-src 'none'; img-src 'self' data:; media-src 'self'; \
                                   style-src 'unsafe-inline'; frame-ancestors 'self'";

/// What the script of the preview needs from the server: itself, its events, its style sheet.
const NEEDED: [&str; 3] = ["script-src", "connect-src", "style-src"];

/// Takes the policy out of a page, and returns that of the preview. A page without one has that of
/// the default theme.
pub(super) fn take(html: &mut Vec<u8>) -> String {
    let policy = taken(html).unwrap_or_else(|| Policy::default().text(None));
    let mut directives: Vec<String> = policy.split("; ").map(str::to_owned).collect();
    for name in NEEDED {
        let is_it = |it: &&mut String| it.split(' ').next() == Some(name);
        match directives.iter_mut().find(is_it) {
            Some(directive) if directive.split(' ').any(|it| it == "'self'") => {}
            Some(directive) => directive.push_str(" 'self'"),
            None => directives.push(format!("{name} 'self'")),
        }
    }
    directives.push("frame-ancestors 'self'".to_owned());
    directives.join("; ")
}

/// The policy in the first element that holds one. The element goes.
fn taken(html: &mut Vec<u8>) -> Option<String> {
    let start = memchr::memmem::find(html, head::POLICY.as_bytes())?;
    let from = start + head::POLICY.len();
    let end = from + memchr::memmem::find(&html[from..], b"\">")?;
    let policy = String::from_utf8(html[from..end].to_vec()).ok()?;
    html.drain(start..end + 2);
    Some(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_policy_in_the_header() {
        let elements =
            head::elements("default-src 'none'; script-src https://a.cn; base-uri 'none'");
        let mut html = format!("<head>{elements}</head>").into_bytes();
        let expected = "default-src 'none'; script-src https://a.cn 'self'; base-uri 'none'; \
                        connect-src 'self'; style-src 'self'; frame-ancestors 'self'";
        assert_eq!(take(&mut html), expected);
        let left = String::from_utf8(html).unwrap();
        assert_eq!(left, r#"<head><meta name="referrer" content="same-origin"></head>"#);
    }

    #[test]
    fn a_page_without_one_has_the_default() {
        let mut html = b"<p>".to_vec();
        let expected = "default-src 'none'; img-src 'self'; manifest-src 'self'; style-src 'self'; \
                        base-uri 'none'; form-action 'none'; script-src 'self'; \
                        connect-src 'self'; frame-ancestors 'self'";
        assert_eq!(take(&mut html), expected);
    }
}
