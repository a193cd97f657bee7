//! Names and passwords in addresses: `https://user:password@example.cn/`.
//!
//! Whoever reads the page could use the password; and what stands before the `@` is often taken for
//! the site: `https://www.gov.cn@evil.example/` leads to `evil.example`. So no text of a site may
//! hold one, as a link or not.

use std::ops::Range;

/// Where names and passwords stand in the addresses of a text, each with its `@`.
///
/// An address begins with `://` behind a scheme. What ends its host ends the search: a slash, a
/// blank, a bracket, a quotation mark, a mark of Chinese punctuation.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let starts = memchr::memmem::find_iter(text.as_bytes(), b"://");
    let has_scheme = |at: &usize| text[..*at].ends_with(|it: char| it.is_ascii_alphanumeric());
    starts.filter(has_scheme).filter_map(|at| user(text, at + "://".len())).collect()
}

/// Where the name and password of an address stand, of which the host begins at a place.
pub fn user(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let authority = &rest[..rest.find(ends_host).unwrap_or(rest.len())];
    authority.rfind('@').map(|at| start..start + at + 1)
}

/// Whether an address that is to be followed has a name or password. It may be written as browsers
/// understand it: `//a@b`, `https:\\a@b`, `https:a@b`.
pub fn is_in(address: &str) -> bool {
    let address: String = address.chars().filter(|it| *it > ' ').collect();
    let (scheme, rest) = address.split_once(':').unwrap_or(("", &address));
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let rest = if is_web { rest } else { &address };
    let bare = rest.trim_start_matches(['/', '\\']);
    let is_network = is_web || rest.len() - bare.len() >= 2;
    !find(&address).is_empty() || is_network && user(bare, 0).is_some()
}

/// The text with stars for what stands before the `@`.
pub fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    for range in find(text).into_iter().rev() {
        masked.replace_range(range, "***@");
    }
    masked
}

fn ends_host(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || "/\\?#\"'<>()[]{}|^`，。；、！？（）《》“”‘’【】「」".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_texts() {
        for (text, expected) in [
            ("https://u:p@a.cn", "https://***@a.cn"),
            ("见 http://u@a.cn/b，ftp://u:p@b.cn。", "见 http://***@a.cn/b，ftp://***@b.cn。"),
            ("[甲](https://张三:密码@a.cn)", "[甲](https://***@a.cn)"),
            ("https://a.cn@b.cn@c.cn", "https://***@c.cn"),
            ("https://u:p%40x@a.cn:80", "https://***@a.cn:80"),
        ] {
            assert_eq!(masked(text), expected);
            assert!(is_in(text.trim_start_matches("见 ")) || !text.starts_with("http"), "{text}");
        }
        for text in [
            "https://a.cn/@b",
            "https://a.cn?c=d@e",
            "https://a.cn 邮箱 u@a.cn",
            "https://a.cn，u@a.cn",
            "(https://a.cn)u@a.cn",
            "mailto:u@a.cn",
            "://u@a.cn",
            "a@b.cn",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn addresses_as_browsers_read_them() {
        for address in
            ["//u@a.cn", "\\\\u:p@a.cn", "https:u@a.cn", "HTTPS:\\\\u@a.cn", "ht\ntps://u@a"]
        {
            assert!(is_in(address), "{address:?}");
        }
        for address in ["mailto:u@a.cn", "/u@a.cn", "u@a.cn", "a/b:u@c", "https:/a.cn/u@b", "tel:1"]
        {
            assert!(!is_in(address), "{address:?}");
        }
    }
}
