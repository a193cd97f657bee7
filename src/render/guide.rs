//! A page that shows the components of a theme, for those who make one: `linli build --style-guide`.
//!
//! It is a template that is put together from the files of the components: what a comment says of the
//! component below it, its arguments with their types, and an example if the comment ends with one:
//!
//! ```text
//! {# A word as a red seal.
//!
//!    Example: <ui.seal text="好邻居" /> #}
//! {% component ui.seal(text) %}
//! ```
//!
//! The example is compiled as a part of the page, so one that does not fit its component is told as any
//! mistake in a template is.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    render::theme::{THEMES, Theme},
    source::{SitePath, Text},
};

/// The name of the template.
pub(crate) const TEMPLATE: &str = "style-guide.html";

/// Where the files of components are.
const FOLDER: &str = "components/";

/// Adds the template, unless the theme brings one.
pub(crate) fn add(theme: &mut Theme) {
    if theme.layers.is_empty() || theme.has_template(TEMPLATE) {
        return;
    }
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for layer in theme.layers.iter().rev() {
        let texts = layer.templates.iter().filter(|(name, _)| name.starts_with(FOLDER));
        files.extend(texts.map(|(name, text)| (name.as_str(), text.content.as_str())));
    }
    let content = page(&files, theme.has_template("base.html"));
    let path = SitePath::new(format!("{THEMES}/{}/templates/{TEMPLATE}", theme.name()));
    theme.layers[0].templates.insert(TEMPLATE.to_owned(), Text { path, content });
}

/// The template of a page with these files.
fn page(files: &BTreeMap<&str, &str>, has_base: bool) -> String {
    let (start, end) = if has_base {
        ("{% extends \"base.html\" %}\n{% block main %}\n", "{% endblock main %}\n")
    } else {
        ("<!doctype html>\n<title>{{ page.title }}</title>\n", "")
    };
    let mut out =
        format!("{start}<header class=\"heading\"><h1>{{{{ page.title }}}}</h1></header>\n");
    for (name, content) in files {
        let components = components(content);
        if components.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<section class=\"part\">\n<h2>{}</h2>", plain(name));
        components.iter().for_each(|it| it.write(&mut out));
        out.push_str("</section>\n");
    }
    out.push_str(end);
    out
}

/// A component as its file describes it.
#[derive(Debug, PartialEq, Eq)]
struct Component<'a> {
    /// What it is called: `ui.seal`.
    name: &'a str,
    /// Its arguments, each as written: `text`, `most: integer = 99`.
    arguments: Vec<&'a str>,
    /// What the comment above it says; may be empty.
    about: &'a str,
    /// How it is called; may be empty.
    example: &'a str,
}

impl Component<'_> {
    fn write(&self, out: &mut String) {
        let Self { name, arguments, about, example } = self;
        let _ = writeln!(out, "<h3><code>{}</code></h3>\n<p>{}</p>", plain(name), plain(about));
        if !arguments.is_empty() {
            out.push_str("<dl class=\"facts\">\n");
            for argument in arguments {
                let (name, kind) = argument.split_once(':').unwrap_or((argument, ""));
                let (name, kind) = (plain(name.trim()), plain(kind.trim()));
                let _ = writeln!(out, "<div><dt><code>{name}</code></dt><dd>{kind}</dd></div>");
            }
            out.push_str("</dl>\n");
        }
        if !example.is_empty() {
            let _ = writeln!(out, "<pre tabindex=\"0\"><code>{}</code></pre>", plain(example));
            let _ = writeln!(out, "<div class=\"sheet\">{{{{ {example} }}}}</div>");
        }
    }
}

/// Text of a template as text of a page: with what has a meaning in either of them escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            _ => out.push(it),
        }
    }
    out
}

/// The components of a file, in its order.
fn components(content: &str) -> Vec<Component<'_>> {
    let mut found = Vec::new();
    let mut rest = content;
    while let Some((before, after)) = rest.split_once("{% component ") {
        let Some((name, arguments)) = after.split_once('(') else { break };
        let Some((arguments, body)) = closed(arguments) else { break };
        let comment = before.trim_end().strip_suffix("#}").and_then(|it| it.rsplit_once("{#"));
        let comment = comment.map_or("", |(_, comment)| comment.trim());
        let (about, example) = comment.split_once("Example: ").unwrap_or((comment, ""));
        let (about, example) = (about.trim(), example.trim());
        found.push(Component { name: name.trim(), arguments, about, example });
        rest = body;
    }
    found
}

/// The arguments up to the bracket that closes their list, and what follows it.
fn closed(text: &str) -> Option<(Vec<&str>, &str)> {
    let (mut depth, mut quote, mut from) = (0_usize, None, 0);
    let mut arguments = Vec::new();
    for (at, it) in text.char_indices() {
        match it {
            _ if quote == Some(it) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(it),
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => {
                arguments.push(text[from..at].trim());
                arguments.retain(|it: &&str| !it.is_empty());
                return Some((arguments, &text[at + 1..]));
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                arguments.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_read_with_what_is_said_of_them() {
        let content = "{# A seal.\n\n   Example: <ui.seal text=\"好\" /> #}\n\
            {% component ui.seal(text, most: integer = 99, list: array = [1, 2], end: string = \")\") -%}\n\
            {{ text }}\n{%- endcomponent ui.seal %}\n\n{% component a.b() %}{% endcomponent a.b %}\n";
        let component = |name, arguments: &[&'static str], about, example| Component {
            name,
            arguments: arguments.to_vec(),
            about,
            example,
        };
        let arguments =
            ["text", "most: integer = 99", "list: array = [1, 2]", "end: string = \")\""];
        let expected = [
            component("ui.seal", &arguments, "A seal.", "<ui.seal text=\"好\" />"),
            component("a.b", &[], "", ""),
        ];
        assert_eq!(components(content), expected);
        for broken in
            ["", "{% component ", "{% component a(", "{% component a(b, \"", "#}{% component a()"]
        {
            assert!(components(broken).len() < 2, "{broken}");
        }
    }

    #[test]
    fn what_is_said_is_no_template() {
        let files =
            BTreeMap::from([("components/a.html", "{# {{ b }} <i> #}{% component a.b(c) %}")]);
        let page = page(&files, true);
        assert!(page.contains("<p>&#123;&#123; b &#125;&#125; &lt;i></p>"), "{page}");
        assert!(page.starts_with("{% extends"), "{page}");
    }
}
