//! Addresses: their schemes, and how they are written in HTML.
//!
//! What an address may do is read from its scheme, as a browser reads it. Only schemes that are
//! known to be harmless pass: `http`, `https`, `mailto`, `tel`; a list of dangerous ones could be
//! incomplete.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What an address may do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UrlKind {
    /// A place of this site, to be looked up.
    Local,
    /// A heading of the same page.
    Fragment,
    /// Another site.
    External,
    /// A letter or a call.
    Contact,
    /// A file of somebody's computer or network: `C:\a.docx`, `\\server\a.docx`, `file:`.
    Disk,
    /// Another site, without the `https://` that would make it one: `www.a.cn`.
    Host,
    /// A scheme that is not let through, since it may run a program or read a file, in lower case.
    Dangerous(String),
}

/// Reads the address as a browser does, who skips control characters at the beginning and line
/// ends and tabs anywhere.
pub(super) fn kind(url: &str) -> UrlKind {
    let url = url.trim_start_matches(|ch: char| ch <= ' ');
    match scheme(url).as_deref() {
        Some("http" | "https") => UrlKind::External,
        Some("mailto" | "tel") => UrlKind::Contact,
        Some("file") => UrlKind::Disk,
        // No scheme has one letter; drives do.
        Some(scheme) if scheme.len() == 1 => UrlKind::Disk,
        Some(scheme) => UrlKind::Dangerous(scheme.to_owned()),
        None if url.starts_with('\\') => UrlKind::Disk,
        None if url.starts_with('#') => UrlKind::Fragment,
        None if is_network_path(url) => UrlKind::External,
        None if url.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("www.")) => UrlKind::Host,
        None => UrlKind::Local,
    }
}

/// Whether a scheme is known to run programs or read files. Others, such as `geo` and `weixin`, are
/// not let through either, but nobody who writes one means harm.
pub(super) fn is_harmful(scheme: &str) -> bool {
    let is_known = ["javascript", "vbscript", "livescript", "data", "file", "blob", "view-source"];
    is_known.contains(&scheme) || scheme.starts_with("ms-") || scheme.starts_with("search-ms")
}

/// The scheme in lower case; `None` of an address that is relative.
fn scheme(url: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in url.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')) {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// `//host`, with slashes or backslashes.
fn is_network_path(url: &str) -> bool {
    let mut start = url.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).take(2);
    [start.next(), start.next()].iter().all(|it| matches!(it, Some('/' | '\\')))
}

/// Resolves `%E4%B8%AD`; as it was if the result is no text.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// What an address cannot hold anywhere. A `%` stays: it is taken for the start of a byte that is
/// encoded already.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Writes an address as the value of an attribute: what an address cannot hold is percent-encoded,
/// what is so already stays.
pub(super) fn push_url(out: &mut String, url: &str) {
    for character in utf8_percent_encode(url, UNSAFE).flat_map(str::chars) {
        match character {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#x27;"),
            character => out.push(character),
        }
    }
}

/// Writes text as the value of an attribute.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let dangerous = |scheme: &str| UrlKind::Dangerous(scheme.to_owned());
        for (url, expected) in [
            ("../a.md", UrlKind::Local),
            ("通知：一.md", UrlKind::Local),
            ("a/b:c", UrlKind::Local),
            ("?a=b:c", UrlKind::Local),
            ("", UrlKind::Local),
            ("#a:b", UrlKind::Fragment),
            ("https://a.cn", UrlKind::External),
            ("HTTP:a", UrlKind::External),
            ("//a.cn", UrlKind::External),
            ("/\\a.cn", UrlKind::External),
            ("/\t/a.cn", UrlKind::External),
            ("mailto:a@b.cn", UrlKind::Contact),
            ("tel:110", UrlKind::Contact),
            ("javascript:alert(1)", dangerous("javascript")),
            ("\u{1} JaVa\tScRiPt\n:alert(1)", dangerous("javascript")),
            ("data:text/html,a", dangerous("data")),
            ("vbscript:a", dangerous("vbscript")),
            ("file:///etc/passwd", UrlKind::Disk),
            ("C:\\Users\\王\\表.docx", UrlKind::Disk),
            ("d:/表.docx", UrlKind::Disk),
            ("\\\\NAS\\表.docx", UrlKind::Disk),
            ("www.a.cn/b", UrlKind::Host),
            ("WWW.A.CN", UrlKind::Host),
            ("www/a.md", UrlKind::Local),
            ("ms-word:ofe|u|a", dangerous("ms-word")),
            ("ｊavascript:a", UrlKind::Local),
        ] {
            assert_eq!(kind(url), expected, "{url:?}");
        }
    }

    #[test]
    fn percent_encoding() {
        assert_eq!(percent_decode("%E6%97%b6间"), "时间");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff%4"), "%ff%4");
        let mut out = String::new();
        push_url(&mut out, "/时?a=1&b='%20 \"<\\^`");
        assert_eq!(out, "/%E6%97%B6?a=1&amp;b=&#x27;%20%20%22%3C%5C^%60");
        out.clear();
        push_url(&mut out, "!#$%()*+,-./09:;=?@AZ_az~[]{|}>\n\u{7f}");
        assert_eq!(out, "!#$%()*+,-./09:;=?@AZ_az~%5B%5D%7B%7C%7D%3E%0A%7F");
    }
}
