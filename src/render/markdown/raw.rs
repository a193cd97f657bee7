//! HTML written inside Markdown, reduced to what a text may hold.
//!
//! [`clean`] writes each tag anew, with the attributes it knows, so links and images in HTML are
//! looked up like those of Markdown. Whether the tags fit together, and whether a browser would
//! read them otherwise, is for [`super::sanitize`].

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::Event;

use crate::render::markdown::{
    characters::numeric_reference,
    placed::Placed,
    resolve::{Problem, SiteImage, Wrong},
    source_set::{push_copies, push_mark, push_size},
    tag::{HtmlTag, is_space},
    targets::Targets,
    url::{push_attribute, push_url},
};

/// The elements that may stay, in order.
#[rustfmt::skip]
pub(super) const ELEMENTS: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
];

/// The elements that are left out and that readers would miss.
const EMBEDDED: &[&str] = &["audio", "embed", "iframe", "object", "video"];

/// The elements without an end.
pub(super) const VOID: &[&str] = &["br", "col", "hr", "img", "input", "wbr"];

/// The elements whose content nobody is to see.
const PROGRAMS: &[&str] = &["script", "style"];

/// Takes out what stands between `<script>` and `</script>` (or `style`) in a line of text, where
/// the parser takes it for Markdown.
pub(super) fn hide_programs(events: &mut Vec<Placed<'_>>) {
    let mut hidden = Vec::new();
    let mut index = 0;
    while index < events.len() {
        let length = program_length(&events[index..]);
        hidden.extend(std::iter::repeat_n(length > 0, length.max(1)));
        index += length.max(1);
    }
    let mut hidden = hidden.into_iter();
    events.retain(|_| hidden.next() != Some(true));
}

/// How many events a program takes that begins with the first; none if it does not end in the
/// same stretch of text.
fn program_length(events: &[Placed<'_>]) -> usize {
    let Some(name) = events.first().and_then(|it| program(&it.0, "<")) else { return 0 };
    let mut depth = 0;
    for (index, (event, _)) in events.iter().enumerate().skip(1) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            event if depth == 0 && program(event, "</") == Some(name) => return index + 1,
            event if program(event, "<").is_some() => return 0,
            _ => {}
        }
        if depth < 0 {
            return 0;
        }
    }
    0
}

/// Which program begins (`<`) or ends (`</`) here.
fn program(event: &Event<'_>, start: &str) -> Option<&'static str> {
    let Event::InlineHtml(html) = event else { return None };
    let name = html.strip_prefix(start)?.trim_end_matches('>');
    let name = name.split(is_space).next()?;
    PROGRAMS.iter().find(|it| name.eq_ignore_ascii_case(it)).copied()
}

/// Writes `html` without what may not stay: comments, unknown elements (not their content, unless
/// it is a program or a style), unknown attributes, dangerous addresses. `in_source` maps where a
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
        } else if !rest[1..].starts_with(|ch: char| ch == '/' || ch.is_ascii_alphabetic()) {
            out.push_str("&lt;");
            1
        } else if let Some(tag) = HtmlTag::parse(rest) {
            write(&tag, &mut out, |it| in_source(at + it), targets);
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
    if !PROGRAMS.contains(&name) {
        return 0;
    }
    let is_end = |at: usize| {
        html.as_bytes()[at + 2..]
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
    };
    html.match_indices("</").map(|it| it.0).find(|it| is_end(*it)).unwrap_or(html.len())
}

/// Writes a tag anew, if it may stay.
fn write(
    tag: &HtmlTag<'_>,
    out: &mut String,
    in_source: impl Fn(usize) -> usize,
    targets: &mut Targets<'_>,
) {
    // The page's title is its only heading of the first level.
    let name = if tag.name == "h1" { "h2" } else { tag.name.as_str() };
    if ELEMENTS.binary_search(&name).is_err() {
        if !tag.is_end && EMBEDDED.contains(&name) {
            let wrong = Wrong::Element { name: name.to_owned() };
            targets.problems.push(Problem { range: in_source(0)..in_source(tag.length), wrong });
        }
        return;
    }
    if tag.is_end {
        if !VOID.contains(&name) {
            out.extend(["</", name, ">"]);
        }
        return;
    }
    let start = out.len();
    out.extend(["<", name]);
    let mut image = None;
    for attribute in &tag.attributes {
        let place = in_source(attribute.at)..in_source(attribute.at + attribute.value.len());
        match (name, attribute.name.as_str()) {
            ("a", "href") => write_href(out, attribute.value, place, targets),
            ("img", "src") => {
                let is_sized = tag.attributes.iter().any(|it| is_size(&it.name));
                image = write_source(out, attribute.value, is_sized, place, targets).or(image);
            }
            (_, "align") => write_alignment(out, attribute.value),
            (element, name) if may_have(element, name) => {
                out.extend([" ", name, "=\""]);
                push_written(out, attribute.value);
                out.push('"');
            }
            _ => {}
        }
    }
    if name == "img" && image.is_none() {
        out.truncate(start);
    } else {
        out.push('>');
        image.iter().for_each(|image| push_mark(out, image));
    }
}

/// Whether an element keeps an attribute that holds no address. Everything that is not listed goes,
/// so what runs a program need not be known.
fn may_have(element: &str, attribute: &str) -> bool {
    match attribute {
        "lang" | "dir" | "title" => true,
        "alt" => element == "img",
        size if is_size(size) => element == "img",
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

/// Writes the address of a link like that of a link in Markdown; nothing if there must be no link.
fn write_href(out: &mut String, value: &str, place: Range<usize>, targets: &mut Targets<'_>) {
    if let Some(href) = targets.link(&resolve_references(value), place.clone(), place) {
        out.push_str(" href=\"");
        push_url(out, &href.url);
        out.push('"');
        out.push_str(href.rel());
    }
}

/// An attribute says how large an image is shown.
fn is_size(attribute: &str) -> bool {
    matches!(attribute, "width" | "height")
}

/// Writes the address of an image like that of an image in Markdown, with its size unless the author
/// gave one; nothing if it must not be shown.
fn write_source(
    out: &mut String,
    value: &str,
    is_sized: bool,
    place: Range<usize>,
    targets: &mut Targets<'_>,
) -> Option<SiteImage> {
    let value = resolve_references(value);
    let image = targets.image(&value, place)?;
    out.push_str(" src=\"");
    push_url(out, &image.url);
    out.push('"');
    if !is_sized {
        push_size(out, &image);
    }
    push_copies(out, &image);
    Some(image)
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

/// Resolves the references that addresses are written with: those that could hide a scheme, and
/// `&amp;`, which stands in every address with more than one argument.
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

#[cfg(test)]
mod tests {
    use super::super::{
        Wrong,
        tests::{check, check_problems},
    };

    #[test]
    fn what_stays() {
        check("甲<sub>2</sub><BR/>乙", "甲<sub>2</sub><br>乙");
        check("<ruby>汉<rp>(<rt>hàn</ruby>", "<ruby>汉<rp>(</rp><rt>hàn</rt></ruby>");
        check(
            "<details open class=x>\n<summary>甲</summary>\n\n**乙：**丙\n\n</details>",
            "<details open=\"\">\n<summary>甲</summary>\n<p><strong>乙：</strong>丙</p>\n</details>",
        );
        check(
            "<table><tr><td align=RIGHT colspan='2' style=\"color:red\">a < b &amp; c</table>",
            "<table><tbody><tr><td class=\"align-right\" colspan=\"2\">a &lt; b &amp; c</td></tr></tbody></table>",
        );
    }

    #[test]
    fn what_goes() {
        check("甲<!-- 乙 -->丙", "甲丙");
        check("<!-- 乙\n\n丙 -->\n\n丁", "丁");
        check("<script>\nalert(1)\n\n</script>", "");
        check("甲<script>a*b*[c](no.md)</SCRIPT >乙", "甲乙");
        check("甲<style>乙", "甲乙");
        check("甲<script>*乙</script>*", "甲<em>乙</em>");
        check("<div><style>a{}</style><font color=red>甲</font></div>", "<div>甲</div>");
        check(
            "甲<span onclick=a STYLE=b id=c title='\"d>'>乙</span>",
            "甲<span title=\"&quot;d&gt;\">乙</span>",
        );
        check("<iframe src=/a></iframe>\n<object data=b><svg><a>甲</a></svg>", "\n<a>甲</a>");
        check("<?php a ?>甲<!DOCTYPE html>", "甲");
        check("甲<b>\n\n<div a='<b>", "<p>甲<b></b></p><b>\n&lt;div a='&lt;b&gt;</b>");
    }

    #[test]
    fn unbalanced_tags_end_with_the_text() {
        check("</div></section>甲", "甲");
        check("<div><b>甲\n\n乙", "<div><b>甲\n<p>乙</p>\n</b></div>");
    }

    #[test]
    fn our_own_elements_survive() {
        let html = |source: &str| super::super::render(source, &super::super::tests::Site).html;
        let source = "## 甲[^1]\n\n|乙|\n|-:|\n|[丙](https://a.cn)|\n\n- [x] 丁\n\n```rust\n```\n\n\
            ![戊](gate.jpg)\n\n3. 己\n\n[^1]: 庚\n\n";
        let plain = html(source).replace(" />", ">").replace("/>", ">");
        assert_eq!(html(&format!("辛<br>\n\n{source}")), format!("<p>辛<br></p>\n{plain}"));
    }

    #[test]
    fn targets_are_looked_up() {
        check("<a href=\"../yixin/honors.yaml\">甲</a>", "<a href=\"/yixin/honors/\">甲</a>");
        check(
            "<figure>\n<img src='gate.jpg' alt=门 onerror=a>\n</figure>",
            "<figure>\n<img src=\"/media/gate.jpg\" loading=\"lazy\" alt=\"门\">\n</figure>",
        );
        check(
            "<a rel=x target=_blank href='https://a.cn/?a=1&amp;b=2'>甲</a>",
            "<a href=\"https://a.cn/?a=1&amp;b=2\" rel=\"noopener noreferrer\">甲</a>",
        );
    }

    #[test]
    fn dangerous_addresses_are_told() {
        let dangerous = || Wrong::Dangerous { scheme: "javascript".to_owned() };
        check("<a href=javascript:a>甲</a><img src=javascript:a>", "<a>甲</a>");
        check_problems(
            "> <div\n> ><a\n>  href=' java&#9;script:a'>",
            &[(" java&#9;script:a", dangerous())],
        );
        check_problems(
            "甲<a href=&#106avascript&colon;a>",
            &[("&#106avascript&colon;a", dangerous())],
        );
    }
}
