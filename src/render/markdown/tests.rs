//! A small site for the tests of this folder, and properties of the whole way.

use proptest::prelude::*;
use pulldown_cmark::Parser;

use super::*;

/// A site with a few files.
pub(super) struct Site;

impl Resolve for Site {
    fn link(&self, target: &str) -> Resolution {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        match &*percent_decode(file) {
            "../yixin/honors.yaml" => Resolution::Url("/yixin/honors/".to_owned()),
            "停水.md" if heading.is_empty() => Resolution::Url("/notices/停水/".to_owned()),
            "停水.md" => Resolution::Broken(Broken::Heading {
                heading: heading.to_owned(),
                near: Some("时间".to_owned()),
            }),
            file if file.ends_with(".md") => {
                Resolution::Broken(Broken::File { near: Some("停水.md".to_owned()) })
            }
            _ => Resolution::Keep,
        }
    }

    fn image(&self, target: &str) -> Resolution {
        match target {
            "gate.jpg" => Resolution::Url("/media/gate.jpg".to_owned()),
            _ => Resolution::Broken(Broken::File { near: None }),
        }
    }
}

/// Renders as the HTML between `<p>` and `</p>`, or all of it if there is more.
#[track_caller]
pub(super) fn check(source: &str, expected: &str) {
    let html = render(source, &Site).html;
    let html = html.trim_end();
    let paragraph = html.strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
    assert_eq!(paragraph.filter(|it| !it.contains("<p>")).unwrap_or(html), expected, "{source}");
}

/// Has these problems, each as the text it points at and what is wrong.
#[track_caller]
pub(super) fn check_problems(source: &str, expected: &[(&str, Wrong)]) {
    let problems = render(source, &Site).problems;
    let problems: Vec<_> = problems.into_iter().map(|it| (&source[it.range], it.wrong)).collect();
    assert_eq!(problems, expected, "{source}");
}

fn plain_events(source: &str) -> Vec<Placed<'_>> {
    Parser::new_ext(source, OPTIONS).into_offset_iter().collect()
}

fn our_events(source: &str) -> Vec<String> {
    let disguise = Disguise::new(source);
    parse(&disguise).into_iter().map(|it| format!("{it:?}")).collect()
}

/// Pieces that mean something in Markdown or HTML.
const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "```\n",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](/a)",
    "](b.md)",
    "[^1]",
    "[^1]: ",
    "[a]: /b\n",
    "<",
    ">",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "- [ ] ",
    "|",
    "\n| - |\n",
    "\n|:-:|-:|\n",
    "\n",
    "\n\n",
    "\n    ",
    "  \n",
    " ",
    "\t",
    "\r\n",
    "---\n",
    "===\n",
    "&amp;",
    "&#x41;",
    "&#xE000;",
    ":",
    ".",
    ",",
    "\"",
    "'",
    "a",
    "b1",
    "http://a.b",
    "<http://a.b>",
    "<a@b.cc>",
    "javascript:",
    "#a",
    "!",
    "\u{E000}",
    "é",
    "\u{301}",
    "\0",
];

const CHINESE: &[&str] = &[
    "甲", "乙", "丙丁", "，", "。", "：", "“", "”", "……", "（", "）", "《", "》", "　", "、", "１",
    "Ａ", "한", "かな", "𠮷", "😀", "☎️", "·",
];

const HTML: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<b title=x>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<script>",
    "</script>",
    "<style>",
    "<svg>",
    "<math>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>",
    "<a href=\"java&#9;script:alert(1)\" onclick=x>",
    "<!--",
    "-->",
    "<textarea>",
    "<select>",
    "<template>",
    "<plaintext>",
    "<input>",
    "<br>",
    "<details open>",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE",
    "<ruby>",
    "<rt>",
    " onload=x",
    " style='x'",
    "<iframe src=x>",
    "<a href=javascript&colon;x>",
    "<noscript>",
    "<title>",
    "<a id=x class=y>",
    "</a>",
    "<form>",
    "/>",
];

fn soup(pieces: &'static [&'static [&'static str]]) -> impl Strategy<Value = String> {
    let piece = prop::sample::select(pieces.concat());
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn western_text_is_the_parsers_own(source in soup(&[PIECES, HTML])) {
        let plain: Vec<_> = plain_events(&source).into_iter().map(|it| format!("{it:?}")).collect();
        prop_assert_eq!(our_events(&source), plain);
    }

    #[test]
    fn anything_renders(source in soup(&[PIECES, CHINESE, HTML])) {
        let rendered = render(&source, &Site);
        prop_assert_eq!(&rendered.headings, &headings(&source));
        for problem in rendered.problems {
            prop_assert!(problem.range.end <= source.len(), "{:?}", problem);
        }
        check_harmless(&rendered.html)?;
    }

    #[test]
    fn html_is_harmless(source in soup(&[HTML, &["甲", "x", "\n", "\n\n", " ", "**", "[a](b.md)"]])) {
        check_harmless(&render(&source, &Site).html)?;
    }
}

/// Reads the tags and looks for what may run.
fn check_harmless(html: &str) -> Result<(), TestCaseError> {
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default().to_lowercase();
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        let own = ["section", "input", "pre", "del"];
        prop_assert!(
            raw::ELEMENTS.contains(&name) || own.contains(&name) || name == "h1",
            "<{}>: {}",
            tag,
            html
        );
        for attribute in tag.split(' ').skip(1) {
            prop_assert!(
                !attribute.starts_with("on") && !attribute.starts_with("style"),
                "<{}>",
                tag
            );
            prop_assert!(!attribute.contains("=\"javascript:"), "<{}>", tag);
        }
    }
    Ok(())
}
