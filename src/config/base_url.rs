//! Where a portal is published.

use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::config::links;

/// What the names of pages end with.
const PAGES: [&str; 8] = [".html", ".htm", ".shtml", ".xhtml", ".php", ".asp", ".aspx", ".jsp"];

/// Returns an absolute address of `http` or `https` without a slash at its end and with single ones
/// within, or nothing for any other text.
///
/// Query, fragment, quotation marks, blanks, a name or password, and the file of a page are refused,
/// since pages append paths to it: `https://example.org/?a` and `https://example.org/index.html` are no
/// bases. Chinese domain names and paths are fine, and returned as they go over the line:
/// `https://xn--…`, `/%E7%A4%BE`.
pub fn base_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let bad = |ch: char| ch.is_whitespace() || ch.is_control() || "<>\"'?#\\".contains(ch);
    let host = rest.split('/').next().unwrap_or_default();
    let names: Vec<&str> = rest.split('/').filter(|it| !it.is_empty()).collect();
    let is_page = |name: &&str| PAGES.iter().any(|it| name.to_ascii_lowercase().ends_with(it));
    let is_page = names.iter().skip(1).any(is_page);
    if is_page || host.is_empty() || host.contains('@') || rest.contains(bad) {
        return None;
    }
    let scheme = &text[..text.len() - rest.len()];
    let path = names[1..].iter().map(|name| format!("/{}", utf8_percent_encode(name, CONTROLS)));
    Some(format!("{scheme}{}{}", links::ascii_host(host)?, path.collect::<String>()))
}
