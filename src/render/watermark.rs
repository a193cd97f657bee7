//! The mark on pages that show drafts. It is put on by the program, so that no theme can forget it.
//!
//! It works on the bytes of a finished page, whatever its theme: a notice that stays in view above
//! the content, with its style in itself, and a line that keeps search engines away.

/// What keeps search engines away.
const ROBOTS: &str = "<meta name=\"robots\" content=\"noindex, nofollow\">";

/// Marks a page, in Chinese if that is its language, else in English. Every page gets both marks,
/// also one without a head or body.
pub(crate) fn put(html: &[u8], language: &str) -> Vec<u8> {
    let words = if language.starts_with("zh") {
        "草稿预览：含有未发布的内容，不得公开"
    } else {
        "Draft preview: holds what is not published, not for the public"
    };
    let mark = format!(
        "<p role=\"note\" data-linli=\"draft\" style=\"position:sticky;top:0;z-index:9999;margin:0;\
         padding:.5em 1em;background:repeating-linear-gradient(45deg,#fc0,#fc0 1em,#fd3 1em,#fd3 2em);\
         color:#000;font-weight:bold;text-align:center\">{words}</p>"
    );
    let head = after_tag(html, b"<head");
    let body = after_tag(html, b"<body");
    let mut marked = Vec::with_capacity(html.len() + mark.len() + ROBOTS.len());
    // A page without these elements is marked at its beginning.
    let (head, body) = (head.unwrap_or(0), body.unwrap_or(0));
    let mut parts = [(head, ROBOTS), (body, mark.as_str())];
    parts.sort_by_key(|it| it.0);
    let mut from = 0;
    for (at, words) in parts {
        marked.extend_from_slice(&html[from..at]);
        marked.extend_from_slice(words.as_bytes());
        from = at;
    }
    marked.extend_from_slice(&html[from..]);
    marked
}

/// Where the first tag of that name ends; `None` if there is none. `name` comes with its `<`. A
/// longer name that begins the same, `<header>`, is another tag.
fn after_tag(html: &[u8], name: &[u8]) -> Option<usize> {
    let is_tag = |at: &usize| {
        let end = html.get(at + name.len());
        html[*at..at + name.len()].eq_ignore_ascii_case(name)
            && end.is_some_and(|it| it.is_ascii_whitespace() || *it == b'>')
    };
    let start = (0..html.len().saturating_sub(name.len())).find(is_tag)?;
    let end = html[start..].iter().position(|it| *it == b'>')?;
    Some(start + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_marked() {
        for (html, start) in [
            (
                "<!doctype html><html><head><title>甲</title></head><body class=\"a\">乙</body></html>",
                "<!doctype html><html><head><meta name=\"robots\"",
            ),
            ("<HEAD >\n<BODY>乙", "<HEAD ><meta name=\"robots\""),
            ("<header>乙</header>", "<meta name=\"robots\""),
            ("", "<meta name=\"robots\""),
        ] {
            let marked = String::from_utf8(put(html.as_bytes(), "zh-CN")).unwrap();
            assert!(marked.starts_with(start), "{marked}");
            assert!(marked.contains("草稿预览") && marked.contains("noindex"), "{marked}");
            if html.contains("body") {
                assert!(marked.contains("<body class=\"a\"><p role=\"note\""), "{marked}");
            }
        }
    }
}
