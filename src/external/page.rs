//! The title of a page of any site.

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

/// The most characters of a title; what is behind them tells no more.
const LONGEST: usize = 120;

/// How far from the beginning of a page its encoding is looked for, in bytes.
const HEAD: usize = 1024;

/// The title of a page, on one line. `kind` is its `Content-Type`. Nothing without a title, or with an
/// empty one.
pub(super) fn title(page: &[u8], kind: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = memmem::find(&lower, b"<title")?;
    let start = start + memchr::memchr(b'>', &lower[start..])? + 1;
    let end = start + memmem::find(&lower[start..], b"</title")?;
    let (text, _, _) = encoding(kind, &lower).decode(&page[start..end]);
    let words: Vec<&str> = text.split_whitespace().collect();
    let title: String = words.join(" ").chars().take(LONGEST).collect();
    (!title.is_empty()).then_some(title)
}

/// The encoding that the header or the page itself names; UTF-8 without.
fn encoding(kind: &str, page: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    let named = [kind.to_ascii_lowercase(), head.into_owned()].into_iter().find_map(|text| {
        let label = text.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|it: char| !it.is_ascii_alphanumeric() && !"-_".contains(it));
        Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
    });
    named.unwrap_or(UTF_8)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_read_in_their_encoding() {
        let read = |page: &[u8], kind: &str| title(page, kind).unwrap_or_default();
        assert_eq!(read("<TITLE id=a>\n 幸福\n社区 </TITLE>".as_bytes(), "text/html"), "幸福 社区");
        assert_eq!(read(b"<title>\xd0\xd2\xb8\xa3</title>", "text/html; charset=GBK"), "幸福");
        let meta = b"<meta charset=\"gb2312\"><title>\xd0\xd2\xb8\xa3</title>";
        assert_eq!(read(meta, "text/html"), "幸福");
        assert_eq!(read(b"<title> </title>", ""), "");
        assert_eq!(read(b"<title>a", ""), "");
        assert_eq!(read(b"no page", ""), "");
    }
}
