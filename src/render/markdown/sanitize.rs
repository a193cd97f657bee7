//! The last word on pages that hold HTML of their own.
//!
//! A tag that does not fit can swallow the rest of the page, so a text with raw HTML is read as a
//! browser reads it and written anew, all of it, the parser's own HTML included.
//!
//! That reader takes time and memory that may grow with the square of the input where tags are
//! nested or cross each other. So a text is checked first for being [tame](is_tame); one that is
//! not is shown with its tags as text.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::Event;

use crate::render::markdown::raw::{ELEMENTS, VOID};

/// How deeply elements may be nested.
const DEPTH: usize = 100;

/// How many tags there may be, times the tags that do not fit. A browser opens a tag that was not
/// closed again in every paragraph that follows.
const DISORDER: usize = 1 << 20;

/// The attributes of an image.
const IMAGE: [&str; 8] =
    ["src", "alt", "width", "height", "loading", "srcset", "sizes", "decoding"];

/// Whether there are tags from the source.
pub(super) fn has_raw_html(events: &[Event<'_>]) -> bool {
    events.iter().any(|event| matches!(event, Event::InlineHtml(html) if html.contains('<')))
}

/// Makes a whole of HTML whose tags are known but may not fit together. Ask [`is_tame`] first.
pub(super) fn sanitize(html: &str) -> String {
    RULES.clean(html).to_string()
}

/// What may stand in a text: the elements that raw HTML may have, with the attributes that the
/// parser and this folder write. Links keep the `rel` that they have got.
static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = ELEMENTS.iter().copied().chain(["section"]).collect();
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "rel", "role", "aria-label"])),
        ("col", HashSet::from(["span"])),
        ("colgroup", HashSet::from(["span"])),
        ("del", HashSet::from(["datetime"])),
        ("details", HashSet::from(["open"])),
        ("img", HashSet::from(IMAGE)),
        ("ins", HashSet::from(["datetime"])),
        ("li", HashSet::from(["value"])),
        ("ol", HashSet::from(["start", "reversed", "type"])),
        ("section", HashSet::from(["role"])),
        ("td", HashSet::from(["colspan", "rowspan", "data-label"])),
        ("th", HashSet::from(["colspan", "rowspan", "scope"])),
        ("time", HashSet::from(["datetime"])),
    ]);
    let mut builder = Builder::default();
    builder
        .tags(tags)
        .tag_attributes(attributes)
        // Raw HTML has lost its own by now; these are ours.
        .generic_attributes(HashSet::from(["class", "dir", "id", "lang", "title"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// Whether reading this HTML as a browser does takes no more than a sensible time and memory. It
/// is what the parser and [`super::raw`] wrote, so every `<` begins a tag.
pub(super) fn is_tame(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut count = 0;
    let mut strays = 0;
    for tag in html.split('<').skip(1) {
        count += 1;
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = &name[..end];
        if !is_end {
            while open.last().is_some_and(|it| is_ended_by(it, name)) {
                open.pop();
            }
            if !VOID.contains(&name) {
                open.push(name);
            }
            if open.len() > DEPTH {
                return false;
            }
        } else if let Some(at) = open.iter().rposition(|it| *it == name) {
            strays += open[at + 1..].iter().filter(|it| !is_ended_by(it, "/")).count();
            open.truncate(at);
        }
    }
    (strays + open.len()) * count <= DISORDER
}

/// Whether an element without an end tag ends where `next` begins, or (`/`) where its parent ends.
fn is_ended_by(element: &str, next: &str) -> bool {
    match element {
        "li" => matches!(next, "li" | "/"),
        "dt" | "dd" => matches!(next, "dt" | "dd" | "/"),
        "rt" | "rp" => matches!(next, "rt" | "rp" | "/"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot" | "/"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot" | "/"),
        "thead" | "tbody" | "tfoot" => matches!(next, "tbody" | "tfoot" | "/"),
        "p" => matches!(
            next,
            "/" | "p"
                | "div"
                | "ul"
                | "ol"
                | "dl"
                | "table"
                | "blockquote"
                | "pre"
                | "hr"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "figure"
                | "details"
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_tame;

    #[test]
    fn ordinary_html_is_tame() {
        let cells = "<tr><td>甲<td>乙".repeat(1000);
        assert!(is_tame(&format!("<table>{cells}</table>")));
        assert!(is_tame(&"<p>甲<br><ul><li>乙<li>丙</ul></b>".repeat(500)));
        assert!(is_tame(&format!("{}{}", "<div>".repeat(100), "</div>".repeat(100))));
    }

    #[test]
    fn explosive_html_is_not() {
        assert!(!is_tame(&"<div>".repeat(101)));
        assert!(!is_tame(&format!("{}{}", "<b>".repeat(90), "<p>甲</p>".repeat(10_000))));
        assert!(!is_tame(&"<b></i>".repeat(101)));
        assert!(!is_tame(&"<b><table><td></b></table>".repeat(10_000)));
    }
}
