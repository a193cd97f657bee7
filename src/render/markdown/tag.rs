//! Tags of HTML, read as a browser reads them.
//!
//! A stricter reader could be shown something that it takes for text and a browser for a program.
//! So names end where a browser ends them, and values need no quotes.

/// A tag as written.
pub(in crate::render) struct HtmlTag<'h> {
    /// In lower case.
    pub(in crate::render) name: String,
    /// It is `</name>`.
    pub(super) is_end: bool,
    /// As written, also twice.
    pub(in crate::render) attributes: Vec<Attribute<'h>>,
    /// In bytes, from `<` to `>`.
    pub(in crate::render) length: usize,
}

/// An attribute of a tag.
pub(in crate::render) struct Attribute<'h> {
    /// In lower case.
    pub(in crate::render) name: String,
    /// Without its quotes; character references are not resolved. Empty if there is none.
    pub(in crate::render) value: &'h str,
    /// Where the value starts in the tag.
    pub(in crate::render) at: usize,
}

impl<'h> HtmlTag<'h> {
    /// Reads the tag at the beginning of `html`; nothing if it does not end.
    pub(in crate::render) fn parse(html: &'h str) -> Option<Self> {
        let is_end = html[1..].starts_with('/');
        let name_start = 1 + usize::from(is_end);
        let mut at = end_of(html, name_start, |ch| is_space(ch) || matches!(ch, '/' | '>'));
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
}

/// Reads an attribute and returns where it ends.
fn attribute<'h>(
    html: &'h str,
    start: usize,
    first: char,
    attributes: &mut Vec<Attribute<'h>>,
) -> Option<usize> {
    let name_end =
        end_of(html, start + first.len_utf8(), |ch| is_space(ch) || matches!(ch, '/' | '>' | '='));
    let name = html[start..name_end].to_ascii_lowercase();
    let equals = end_of(html, name_end, |it| !is_space(it));
    if !html[equals..].starts_with('=') {
        attributes.push(Attribute { name, value: "", at: name_end });
        return Some(name_end);
    }
    let at = end_of(html, equals + 1, |it| !is_space(it));
    let (at, end, after) = if let quote @ ('"' | '\'') = html[at..].chars().next()? {
        let end = at + 1 + html[at + 1..].find(quote)?;
        (at + 1, end, end + 1)
    } else {
        let end = end_of(html, at, |it| is_space(it) || it == '>');
        (at, end, end)
    };
    attributes.push(Attribute { name, value: &html[at..end], at });
    Some(after)
}

/// Where the first character from `start` on is that `is_end` accepts; else the end.
fn end_of(html: &str, start: usize, is_end: impl Fn(char) -> bool) -> usize {
    html[start..].find(is_end).map_or(html.len(), |it| start + it)
}

pub(super) fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}
