//! What of a theme's templates the policy of the pages would block.
//!
//! Nothing that stands in a page itself is run: a policy that lets it run would run what somebody
//! smuggles into a page, too. So scripts and styles belong into files of `static/`, and what comes
//! from elsewhere into `[security]` of `site.toml`. Who wrote a theme is told so by file and line,
//! before readers see a page without it.
//!
//! | written in a template | told |
//! | --- | --- |
//! | `<script>…</script>`, `<style>…</style>` | code in the page |
//! | `style="…"`, `onclick="…"`, `href="javascript:…"` | code in the page |
//! | `<script src="…">`, `<img src="https://…">`, `<iframe>`, `<form>`, … | a source that is not allowed |
//!
//! Templates are read as they are written: `{{ … }}`, `{% … %}` and `{# … #}` are passed over, and
//! what they put into a tag is not known. An address that begins with one is taken for one of the
//! site.

use std::ops::Range;

use crate::{
    config::policy::Policy,
    diagnostic::{Code, Diagnostic, Location},
    render::{markdown::HtmlTag, theme::Theme},
    source::{Span, Text},
};

/// Which directive decides about an attribute of an element, and whether it may be another one.
const LOADED: [(&str, &str, &str); 19] = [
    ("audio", "src", "media-src"),
    ("embed", "src", "object-src"),
    ("form", "action", "form-action"),
    ("button", "formaction", "form-action"),
    ("input", "formaction", "form-action"),
    ("iframe", "src", "frame-src"),
    ("img", "src", "img-src"),
    ("img", "srcset", "img-src"),
    ("image", "href", "img-src"),
    ("input", "src", "img-src"),
    ("object", "data", "object-src"),
    ("script", "src", "script-src"),
    ("source", "src", "media-src"),
    ("source", "srcset", "img-src"),
    ("track", "src", "media-src"),
    ("use", "href", "img-src"),
    ("video", "poster", "img-src"),
    ("video", "src", "media-src"),
    ("base", "href", "base-uri"),
];

/// Tells of what the policy would block, template by template. All are warnings: the rest of the
/// page works.
pub(crate) fn check(theme: &Theme, policy: &Policy) -> Vec<Diagnostic> {
    let templates = theme.layers.iter().flat_map(|layer| layer.templates.values());
    templates.flat_map(|template| in_template(template, policy)).collect()
}

/// What would be blocked of one template, in the order of its text.
fn in_template(template: &Text, policy: &Policy) -> Vec<Diagnostic> {
    in_html(&without_engine(&template.content), template, policy)
}

/// Where a file that is no template has the first program that browsers would run, or loads one
/// that the policy does not allow. Styles are none; what turns data into pages may be.
pub(crate) fn code_in(file: &Text, policy: &Policy) -> Option<Location> {
    if let Some(at) = file.content.find("<?xml-stylesheet") {
        return Some(file.locate(Span::new(at, at + 16)));
    }
    let is_code = |it: &Diagnostic| {
        let what = it.args.first().map_or("", |(_, what)| what);
        match it.code {
            Code::InlineCode => what != "style",
            _ => matches!(what, "script-src" | "object-src" | "frame-src"),
        }
    };
    let found = in_html(&file.content, file, policy);
    found.into_iter().find(is_code).map(|it| it.location)
}

/// What would be blocked of markup in a file, in the order of its text.
fn in_html(html: &str, template: &Text, policy: &Policy) -> Vec<Diagnostic> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        at += next;
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |it| it + 3);
            continue;
        }
        let is_tag = rest[1..].starts_with(|it: char| it.is_ascii_alphabetic());
        let Some(tag) = is_tag.then(|| HtmlTag::parse(rest)).flatten() else {
            at += 1;
            continue;
        };
        found.extend(in_tag(&tag, at, template, policy));
        at += tag.length + length_of_code(&tag, &rest[tag.length..]);
    }
    found
}

/// What would be blocked of a tag that begins at byte `at`.
fn in_tag(tag: &HtmlTag<'_>, at: usize, template: &Text, policy: &Policy) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut say = |code, what: &str, range: Range<usize>| {
        let location = template.locate(Span::new(range.start, range.end));
        let help = match code {
            Code::InlineCode => "move",
            _ if Policy::can_add(what) => "allow",
            _ => "never",
        };
        found.push(Diagnostic::warning(code, location).arg("what", what).help(help));
    };
    let has = |name: &str| tag.attributes.iter().any(|it| it.name == name);
    // In XML the name may have a prefix.
    let is_script = tag.name.rsplit(':').next() == Some("script");
    let is_program = is_script && !has("src") && is_run(tag);
    if is_program || tag.name == "style" {
        say(Code::InlineCode, &tag.name, at..at + 1 + tag.name.len());
    }
    for attribute in &tag.attributes {
        let range = at + attribute.at..at + attribute.at + attribute.value.len();
        let compact = attribute.value.chars().filter(|it| *it > ' ');
        let compact = compact.collect::<String>().to_ascii_lowercase();
        if attribute.name == "style" || attribute.name.starts_with("on") {
            say(Code::InlineCode, &attribute.name, range);
        } else if compact.starts_with("javascript:") {
            say(Code::InlineCode, "javascript", range);
        } else if let Some(directive) = directive(tag, &attribute.name)
            && !policy.allows(directive, attribute.value)
        {
            say(Code::BlockedSource, directive, range);
        }
    }
    found
}

/// Whether a `script` is a program: data in JSON is not.
fn is_run(tag: &HtmlTag<'_>) -> bool {
    let kind = tag.attributes.iter().find(|it| it.name == "type").map_or("", |it| it.value);
    let kind = kind.trim().to_ascii_lowercase();
    kind.is_empty() || kind == "module" || kind.ends_with("javascript") || kind == "importmap"
}

/// The directive that decides about what an attribute loads; nothing if it loads nothing.
fn directive(tag: &HtmlTag<'_>, attribute: &str) -> Option<&'static str> {
    if tag.name == "link" && attribute == "href" {
        let rel = tag.attributes.iter().find(|it| it.name == "rel")?.value.to_ascii_lowercase();
        let has = |word: &str| rel.split_ascii_whitespace().any(|it| it == word);
        return match () {
            () if has("stylesheet") => Some("style-src"),
            () if has("icon") || has("apple-touch-icon") => Some("img-src"),
            () if has("manifest") => Some("manifest-src"),
            () if has("modulepreload") => Some("script-src"),
            () => None,
        };
    }
    LOADED.iter().find(|it| it.0 == tag.name && it.1 == attribute).map(|it| it.2)
}

/// The length of the code between the tags of a script or style, which is no HTML.
fn length_of_code(tag: &HtmlTag<'_>, rest: &str) -> usize {
    if !matches!(tag.name.as_str(), "script" | "style") {
        return 0;
    }
    let end = rest.to_ascii_lowercase().find(&format!("</{}", tag.name));
    end.unwrap_or(rest.len())
}

/// The template with blanks for what the engine reads, so that every byte stays where it is.
fn without_engine(template: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(template.len()), template);
    while let Some(at) = rest.find('{') {
        let end = match rest.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        let length = rest[at..].find(end).map_or(rest.len() - at, |it| it + 2);
        out.push_str(&rest[..at]);
        // Not blanks, which would end a value without quotes.
        out.extend(std::iter::repeat_n('_', length));
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config,
        render::theme,
        source::{MemoryWorld, SitePath},
    };

    /// What is told of a template: code, subject, and the line.
    #[track_caller]
    fn check_template(html: &str, expected: &[(Code, &str, u32)]) {
        let template = Text { path: SitePath::new("a.html"), content: html.to_owned() };
        let found = in_template(&template, &Policy::default());
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.code, it.args[0].1.as_str(), it.location.range.unwrap().start.line))
            .collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn code_in_a_page_is_told() {
        use Code::InlineCode;
        check_template("<script>a</script>", &[(InlineCode, "script", 1)]);
        check_template(
            "\n<SCRIPT type=module>'<style>'</SCRIPT>\n<style>a</style>",
            &[(InlineCode, "script", 2), (InlineCode, "style", 3)],
        );
        check_template(
            "<p style='a' onClick=b><a href=' java\nscript:c'>",
            &[(InlineCode, "style", 1), (InlineCode, "onclick", 1), (InlineCode, "javascript", 1)],
        );
        check_template(
            "{% if a < b %}<p {{ x }} style=\"width: {{ w }}px\">",
            &[(InlineCode, "style", 1)],
        );
        check_template("<!-- <script> --> {# <style> #} <script type='application/ld+json'>", &[]);
        check_template("<p class=\"{{ \"style='a'\" }}\">a < b <onclick> </script></style>", &[]);
    }

    #[test]
    fn sources_that_are_not_allowed_are_told() {
        use Code::BlockedSource;
        check_template(
            "<script src=\"{{ asset(path='a.js') }}\"></script>",
            &[(BlockedSource, "script-src", 1)],
        );
        check_template(
            "<img src={{a}}><img src='/b.png'><link rel=stylesheet href='{{ c }}'>",
            &[],
        );
        check_template(
            "<img src='https://a.cn/b.png'><link rel='icon' href=//a.cn>",
            &[(BlockedSource, "img-src", 1), (BlockedSource, "img-src", 1)],
        );
        check_template(
            "<iframe src='a'></iframe><form action='/b'><link rel=canonical href='https://a.cn'>",
            &[(BlockedSource, "frame-src", 1), (BlockedSource, "form-action", 1)],
        );
    }

    #[test]
    fn the_default_theme_is_clean() {
        let theme = theme::load(&MemoryWorld::default(), "default").value;
        assert!(theme.layers[0].templates.len() > 20);
        let config = config::read(&MemoryWorld::default()).value;
        assert_eq!(check(&theme, &theme.policy(&config)), []);
    }
}
