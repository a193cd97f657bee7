//! The mark on pages that show drafts. It is put on by the program, so that no theme can forget it.
//!
//! It works on the bytes of a finished page, whatever its theme: a notice that stays in view above
//! the content, with its style beside it, and a line that keeps search engines away.

use crate::render::head;

/// What keeps search engines away.
const ROBOTS: &str = "<meta name=\"robots\" content=\"noindex, nofollow\">";

/// How the mark looks.
const STYLE: &str = "[data-linli=draft]{position:sticky;top:0;z-index:9999;margin:0;\
                     padding:.5em 1em;background:repeating-linear-gradient(45deg,#fc0,#fc0 1em,\
                     #fd3 1em,#fd3 2em);color:#000;font-weight:bold;text-align:center}";

/// The hash of [`STYLE`], by which the page's policy allows it.
pub(crate) const STYLE_HASH: &str = "'sha256-djsjRGZK4v7RYpX4nk0K7Co1CHcK8gCwdFeos7JujH0='";

/// Marks a page, in Chinese if that is its language, else in English. Every page gets both marks,
/// also one without a head or body.
pub(crate) fn put(html: &mut Vec<u8>, language: &str) {
    let words = if language.starts_with("zh") {
        "草稿预览：含有未发布的内容，不得公开"
    } else {
        "Draft preview: holds what is not published, not for the public"
    };
    let mark = format!("<p role=\"note\" data-linli=\"draft\">{words}</p>");
    let style = format!("{ROBOTS}<style>{STYLE}</style>");
    // The body comes after the head, so its mark goes in first.
    let start = head::start(html);
    let body = head::after_tag(html, b"<body").unwrap_or(start).max(start);
    html.splice(body..body, mark.into_bytes());
    html.splice(start..start, style.into_bytes());
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_the_style() {
        assert_eq!(STYLE_HASH, format!("'sha256-{}'", STANDARD.encode(Sha256::digest(STYLE))));
    }

    #[test]
    fn every_page_is_marked() {
        for (html, start) in [
            (
                "<!doctype html><html><head><title>甲</title></head><body class=\"a\">乙</body></html>",
                "<!doctype html><html><head><meta name=\"robots\"",
            ),
            ("<HEAD >\n<BODY>乙", "<HEAD ><meta name=\"robots\""),
            ("<header>乙</header>", "<meta name=\"robots\""),
            ("<!doctype html><p>乙", "<!doctype html><meta name=\"robots\""),
            ("", "<meta name=\"robots\""),
        ] {
            let mut marked = html.as_bytes().to_vec();
            put(&mut marked, "zh-CN");
            let marked = String::from_utf8(marked).unwrap();
            assert!(marked.starts_with(start), "{marked}");
            assert!(marked.contains("草稿预览") && marked.contains("noindex"), "{marked}");
            if html.contains("body") {
                assert!(marked.contains("<body class=\"a\"><p role=\"note\""), "{marked}");
            }
        }
    }
}
