//! HTML written inside Markdown, reduced to what a text may hold.
//!
//! [`clean`] writes each tag anew, with the attributes it knows, so links and images in HTML are
//! looked up like those of Markdown. Whether the tags fit together, and whether a browser would
//! read them otherwise, is for [`super::sanitize`].

use std::{borrow::Cow, ops::Range};

use super::{
    characters::numeric_reference,
    targets::Targets,
    url::{push_attribute, push_url},
};

/// The elements that may stay, in order.
pub(super) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// The elements without an end.
pub(super) const VOID: &[&str] = &["br", "col", "hr", "img", "input", "wbr"];

/// Writes `html` without what may not stay: comments, unknown elements (not their content, unless
/// it is a program or a style), unknown attributes, dangerous addresses. `in_source` tells where a
/// byte of `html` is in the source.
pub(super) fn clean(
    html: &str,
    in_source: impl Fn(usize) -> usize,
    targets: &mut Targets<'_>,
) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        out.push_str(&html[at..at + found]);
        at += found;
        let rest = &html[at..];
        at += if rest.starts_with("<!--") {
            length_to(rest, "-->")
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            length_to(rest, ">")
        } else if !rest[1..].starts_with(|it: char| it == '/' || it.is_ascii_alphabetic()) {
            out.push_str("&lt;");
            1
        } else if let Some(tag) = Tag::parse(rest) {
            tag.write(&mut out, |it| in_source(at + it), targets);
            tag.length + if tag.is_end { 0 } else { hidden_content(&tag.name, &rest[tag.length..]) }
        } else {
            // The tag does not end, so the rest is no HTML.
            out.push_str(&rest.replace('<', "&lt;"));
            rest.len()
        };
    }
    out.push_str(&html[at..]);
    out
}

/// The length of what goes to the end of `end`, or of all.
fn length_to(html: &str, end: &str) -> usize {
    html.find(end).map_or(html.len(), |it| it + end.len())
}

/// The length of an element's content if nobody is to see it.
fn hidden_content(name: &str, html: &str) -> usize {
    if !matches!(name, "script" | "style") {
        return 0;
    }
    let is_end = |at: usize| {
        html.as_bytes()[at + 2..]
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
    };
    html.match_indices("</").map(|it| it.0).find(|it| is_end(*it)).unwrap_or(html.len())
}

/// A tag as written.
struct Tag<'h> {
    /// In lower case.
    name: String,
    is_end: bool,
    attributes: Vec<Attribute<'h>>,
    length: usize,
}

struct Attribute<'h> {
    /// In lower case.
    name: String,
    value: &'h str,
    /// Where the value starts in the tag.
    at: usize,
}

impl<'h> Tag<'h> {
    /// Reads the tag at the beginning of `html`; nothing if it does not end.
    fn parse(html: &'h str) -> Option<Self> {
        let is_end = html[1..].starts_with('/');
        let name_start = 1 + usize::from(is_end);
        let mut at = end_of(html, name_start, |it| is_space(it) || matches!(it, '/' | '>'));
        let name = html[name_start..at].to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            at = end_of(html, at, |it| !is_space(it) && it != '/');
            match html[at..].chars().next()? {
                '>' => return Some(Self { name, is_end, attributes, length: at + 1 }),
                first => at = attribute(html, at, first, &mut attributes)?,
            }
        }
    }

    fn write(
        &self,
        out: &mut String,
        in_source: impl Fn(usize) -> usize,
        targets: &mut Targets<'_>,
    ) {
        // The page's title is its only heading of the first level.
        let name = if self.name == "h1" { "h2" } else { self.name.as_str() };
        if ELEMENTS.binary_search(&name).is_err() {
            return;
        }
        if self.is_end {
            if !VOID.contains(&name) {
                out.extend(["</", name, ">"]);
            }
            return;
        }
        let start = out.len();
        out.extend(["<", name]);
        let mut has_source = false;
        for attribute in &self.attributes {
            let place = in_source(attribute.at)..in_source(attribute.at + attribute.value.len());
            match (name, attribute.name.as_str()) {
                ("a", "href") => write_href(out, attribute.value, place, targets),
                ("img", "src") => has_source |= write_source(out, attribute.value, place, targets),
                (_, "align") => write_alignment(out, attribute.value),
                (element, name) if may_have(element, name) => {
                    out.extend([" ", name, "=\""]);
                    push_written(out, attribute.value);
                    out.push('"');
                }
                _ => {}
            }
        }
        if name == "img" && !has_source {
            out.truncate(start);
        } else {
            out.push('>');
        }
    }
}

/// Reads an attribute and returns where it ends.
fn attribute<'h>(
    html: &'h str,
    start: usize,
    first: char,
    attributes: &mut Vec<Attribute<'h>>,
) -> Option<usize> {
    let name_end =
        end_of(html, start + first.len_utf8(), |it| is_space(it) || matches!(it, '/' | '>' | '='));
    let name = html[start..name_end].to_ascii_lowercase();
    let equals = end_of(html, name_end, |it| !is_space(it));
    if !html[equals..].starts_with('=') {
        attributes.push(Attribute { name, value: "", at: name_end });
        return Some(name_end);
    }
    let at = end_of(html, equals + 1, |it| !is_space(it));
    let (at, end, after) = match html[at..].chars().next()? {
        quote @ ('"' | '\'') => {
            let end = at + 1 + html[at + 1..].find(quote)?;
            (at + 1, end, end + 1)
        }
        _ => {
            let end = end_of(html, at, |it| is_space(it) || it == '>');
            (at, end, end)
        }
    };
    attributes.push(Attribute { name, value: &html[at..end], at });
    Some(after)
}

fn end_of(html: &str, start: usize, is_end: impl Fn(char) -> bool) -> usize {
    html[start..].find(is_end).map_or(html.len(), |it| start + it)
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// Attributes without an address.
fn may_have(element: &str, attribute: &str) -> bool {
    match attribute {
        "lang" | "dir" | "title" => true,
        "alt" | "width" | "height" => element == "img",
        "start" | "reversed" | "type" => element == "ol",
        "value" => element == "li",
        "colspan" | "rowspan" => matches!(element, "td" | "th"),
        "scope" => element == "th",
        "span" => matches!(element, "col" | "colgroup"),
        "open" => element == "details",
        "datetime" => matches!(element, "time" | "del" | "ins"),
        _ => false,
    }
}

fn write_href(out: &mut String, value: &str, place: Range<usize>, targets: &mut Targets<'_>) {
    if let Some(href) = targets.link(&resolve_references(value), place) {
        out.push_str(" href=\"");
        push_url(out, &href.url);
        out.push_str(if href.is_external { "\" rel=\"noopener noreferrer\"" } else { "\"" });
    }
}

fn write_source(
    out: &mut String,
    value: &str,
    place: Range<usize>,
    targets: &mut Targets<'_>,
) -> bool {
    let value = resolve_references(value);
    let Some(url) = targets.image(&value, place) else { return false };
    out.push_str(" src=\"");
    push_url(out, &url);
    out.push_str("\" loading=\"lazy\"");
    true
}

/// Alignment is a class, as in tables of Markdown: the pages allow no style in attributes.
fn write_alignment(out: &mut String, value: &str) {
    let side = ["left", "center", "right"].into_iter().find(|it| value.eq_ignore_ascii_case(it));
    if let Some(side) = side {
        out.extend([" class=\"align-", side, "\""]);
    }
}

/// Writes a value that is HTML already, so its references stay.
fn push_written(out: &mut String, value: &str) {
    for (index, part) in value.split('&').enumerate() {
        if index > 0 {
            out.push('&');
        }
        push_attribute(out, part);
    }
}

/// Resolves the references that addresses are written with.
fn resolve_references(value: &str) -> Cow<'_, str> {
    const NAMED: &[(&str, char)] =
        &[("amp;", '&'), ("colon;", ':'), ("Tab;", '\t'), ("NewLine;", '\n'), ("sol;", '/')];
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut parts = value.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let named = NAMED.iter().find_map(|(name, c)| Some((*c, part.strip_prefix(name)?)));
        let numeric = || numeric_reference(part.strip_prefix('#')?);
        if let Some((c, rest)) = named.or_else(numeric) {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    Cow::Owned(out)
}
