//! A small site for the tests of this folder, and properties of the whole way.

use std::ops::Range;

use proptest::prelude::*;
use pulldown_cmark::Parser;

use super::*;

mod hard;

/// A site with a few files.
pub(super) struct Site;

impl Resolve for Site {
    fn link(&self, target: &str, _: Range<usize>) -> Resolution {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        match &*percent_decode(file) {
            "../yixin/honors.yaml" => Resolution::Url("/yixin/honors/".to_owned()),
            "停水.md" if heading.is_empty() => Resolution::Url("/notices/停水/".to_owned()),
            "停水.md" => Resolution::Broken(Broken::Heading {
                heading: heading.to_owned(),
                near: Some("时间".to_owned()),
            }),
            "no.md" | "b.md" => {
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

    fn may_load(&self, target: &str) -> bool {
        target.starts_with("https://a.cn/")
    }

    fn breaks(&self) -> Breaks {
        Breaks::Sentence
    }
}

/// A site without files that chooses what line ends are.
pub(super) struct WithBreaks(pub(super) Breaks);

impl Resolve for WithBreaks {
    fn link(&self, _: &str, _: Range<usize>) -> Resolution {
        Resolution::Keep
    }

    fn image(&self, _: &str) -> Resolution {
        Resolution::Keep
    }

    fn may_load(&self, _: &str) -> bool {
        false
    }

    fn breaks(&self) -> Breaks {
        self.0
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

/// The events without emphasis, with texts as one and without their delimiters.
fn without_emphasis<'e>(events: impl Iterator<Item = Event<'e>>) -> Vec<Event<'static>> {
    let mut all = Vec::new();
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) => text.push_str(&part.replace(['*', '~', '_'], "")),
            event if breaks::is_emphasis(&event) => {}
            event => {
                all.extend([Event::Text(std::mem::take(&mut text).into()), event.into_static()]);
            }
        }
    }
    all
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
    // No digit at its end: stars between digits are a mask.
    "1b",
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
    "甲", "乙", "丙丁", "王", "138", "，", "。", "：", "“", "”", "……", "（", "）", "《", "》",
    "　", "、", "１", "Ａ", "한", "かな", "𠮷", "😀", "☎️", "·",
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

/// Names with hidden letters beside what becomes a link, and text that is shorter than its source.
const HIDDEN: &[&str] = &[
    "王\u{fdd0}\u{fdd0}",
    "\u{fdd0}",
    "https://a.cn/b",
    "www.a.cn",
    "0431-82550001",
    "&amp;",
    "来了",
];

fn soup(pieces: &'static [&'static [&'static str]]) -> impl Strategy<Value = String> {
    let piece = prop::sample::select(pieces.concat());
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn western_text_is_the_parsers_own(source in soup(&[PIECES, HTML])) {
        let disguise = Disguise::new(&source);
        prop_assert_eq!(parse(&source, &disguise, Breaks::Sentence), plain_events(&source));
    }

    /// But for emphasis, the disguise changes nothing.
    #[test]
    fn chinese_text_is_the_parsers_own_but_for_emphasis(source in soup(&[PIECES, CHINESE, HTML])) {
        let disguise = Disguise::new(&source);
        prop_assert_eq!(disguise.text.len(), source.len());
        let ours = Parser::new_ext(&disguise.text, OPTIONS).map(|it| disguise.lift(it));
        prop_assert_eq!(without_emphasis(ours), without_emphasis(Parser::new_ext(&source, OPTIONS)));
    }

    #[test]
    fn anything_renders(source in soup(&[PIECES, CHINESE, HTML, HIDDEN])) {
        let rendered = render(&source, &Site);
        prop_assert_eq!(&rendered.headings, &headings(&source));
        for problem in rendered.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
        check_harmless(&rendered.html)?;
    }

    #[test]
    fn html_is_harmless(source in soup(&[HTML, &["甲", "x", "\n", "\n\n", " ", "**", "[a](b.md)"]])) {
        check_harmless(&render(&source, &Site).html)?;
    }

    #[test]
    fn inline_text_has_no_blocks(source in soup(&[PIECES, CHINESE, HIDDEN])) {
        let rendered = render_inline(&source, &Site);
        for block in ["<p>", "<ul", "<ol", "<h", "<table", "<pre", "<blockquote", "<section"] {
            prop_assert!(!rendered.html.contains(block), "{}", rendered.html);
        }
        for problem in rendered.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
    }
}

/// Reads the tags and looks for what may run.
fn check_harmless(html: &str) -> Result<(), TestCaseError> {
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        let is_known = raw::ELEMENTS.contains(&name) || matches!(name, "section" | "input");
        prop_assert!(is_known, "<{}>", tag);
        // Every value is between double quotes.
        let parts: Vec<&str> = tag.split('"').collect();
        for attribute in parts.chunks(2) {
            let name = attribute[0].trim_end_matches('=').trim();
            prop_assert!(!name.contains(" on") && !name.starts_with("on"), "<{}>", tag);
            prop_assert!(!name.contains("style"), "<{}>", tag);
            let value = attribute.get(1).unwrap_or(&"").to_lowercase();
            let is_program = matches!(name, "href" | "src") && value.starts_with("javascript");
            prop_assert!(!is_program, "<{}>", tag);
        }
    }
    Ok(())
}
