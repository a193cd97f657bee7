//! What links and images point at.
//!
//! Other sites, mail addresses and telephones stay as written. A `#heading` is checked against the
//! headings of the text itself. Everything else is resolved by the caller, through
//! [`Resolve`]. A scheme that is not known to be harmless is refused. What is wrong is
//! collected, never an error: the text is rendered to its end.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use crate::render::markdown::{
    headings::Heading,
    resolve::{Broken, Problem, Resolution, Resolve, SiteImage, Wrong},
    url::{self, UrlKind},
};
use crate::text::credentials;

/// Turns the targets of a source into addresses, and collects what is wrong with them.
pub(super) struct Targets<'r> {
    ids: HashSet<&'r str>,
    resolve: &'r dyn Resolve,
    pub(super) problems: Vec<Problem>,
}

/// An address for a link.
pub(super) struct Href<'t> {
    pub(super) url: Cow<'t, str>,
    /// It leads to another host.
    is_external: bool,
    /// It leads away from the site, which those who cannot see the mark are told by these words.
    pub(super) leaving: Option<String>,
    /// What stands behind the link; most often nothing.
    pub(super) note: String,
}

impl Href<'_> {
    /// The attribute that says what the other site is to this one; nothing for a link within it.
    pub(super) fn rel(&self) -> &'static str {
        match (self.is_external, &self.leaving) {
            (false, _) => "",
            (true, None) => " rel=\"noopener noreferrer\"",
            (true, Some(_)) => " rel=\"external noopener noreferrer\"",
        }
    }
}

impl<'r> Targets<'r> {
    /// For a text with these headings, and with these problems so far.
    pub(super) fn new(
        headings: &'r [Heading],
        resolve: &'r dyn Resolve,
        problems: Vec<Problem>,
    ) -> Self {
        let ids = headings.iter().map(|it| it.id.as_str()).collect();
        Self { ids, resolve, problems }
    }

    /// The address of a link; nothing if there must be no link. `place` is where the target is,
    /// `whole` the link as far as that is known.
    pub(super) fn link<'t>(
        &mut self,
        target: &'t str,
        place: Range<usize>,
        whole: Range<usize>,
    ) -> Option<Href<'t>> {
        if credentials::is_in(target) {
            return self.refuse(Wrong::Password, place);
        }
        let kind = url::kind(target);
        let is_external = kind == UrlKind::External;
        let url = match kind {
            UrlKind::External | UrlKind::Contact => Cow::Borrowed(target),
            UrlKind::Fragment => {
                self.check_fragment(target, place);
                Cow::Borrowed(target)
            }
            // An empty target is the page itself.
            UrlKind::Local if target.is_empty() => Cow::Borrowed(target),
            UrlKind::Local => {
                let wrong = |target, broken| Wrong::Link { target, broken };
                match self.resolve.link(target, whole) {
                    Resolution::File { url, note, wrong: broken } => {
                        let wrong = broken.map(|it| wrong(target.to_owned(), it));
                        let problem = wrong.map(|wrong| Problem { range: place, wrong });
                        self.problems.extend(problem);
                        return Some(Href {
                            url: Cow::Owned(url),
                            is_external,
                            leaving: None,
                            note,
                        });
                    }
                    found => self.local(found, target, place, wrong),
                }
            }
            UrlKind::Dangerous(scheme) => return self.refuse(refused(scheme), place),
            UrlKind::Disk => return self.unfit(target, "disk", place),
            UrlKind::Host => return self.unfit(target, "host", place),
        };
        let leaving = if is_external { self.resolve.leaving(target) } else { None };
        Some(Href { url, is_external, leaving, note: String::new() })
    }

    /// An image of this site or another; nothing if it must not be shown.
    pub(super) fn image(&mut self, target: &str, place: Range<usize>) -> Option<SiteImage> {
        if credentials::is_in(target) {
            return self.refuse(Wrong::Password, place);
        }
        match url::kind(target) {
            UrlKind::External => {
                if !self.resolve.may_load(target) {
                    self.problems.push(Problem { range: place, wrong: Wrong::Blocked });
                }
                Some(elsewhere(target.to_owned()))
            }
            UrlKind::Dangerous(scheme) => self.refuse(refused(scheme), place),
            UrlKind::Disk => self.unfit(target, "disk", place),
            UrlKind::Host => self.unfit(target, "host", place),
            UrlKind::Contact => None,
            UrlKind::Local | UrlKind::Fragment => match self.resolve.image(target) {
                Resolution::Image(image) => Some(image),
                found => {
                    let wrong = |target, broken| Wrong::Image { target, broken };
                    Some(elsewhere(self.local(found, target, place, wrong).into_owned()))
                }
            },
        }
    }

    /// The address of a target of this site. One that leads nowhere stays as written, and is a
    /// problem.
    fn local<'t>(
        &mut self,
        resolution: Resolution,
        target: &'t str,
        place: Range<usize>,
        wrong: impl FnOnce(String, Broken) -> Wrong,
    ) -> Cow<'t, str> {
        match resolution {
            Resolution::Keep => Cow::Borrowed(target),
            Resolution::Url(url)
            | Resolution::File { url, .. }
            | Resolution::Image(SiteImage { url, .. }) => Cow::Owned(url),
            Resolution::Broken(broken) => {
                self.problems
                    .push(Problem { range: place, wrong: wrong(target.to_owned(), broken) });
                Cow::Borrowed(target)
            }
        }
    }

    /// A `#heading` has to be one of the text.
    fn check_fragment(&mut self, target: &str, place: Range<usize>) {
        let heading =
            url::percent_decode(target.trim_start_matches(|ch: char| ch <= ' ' || ch == '#'));
        // Every page has a top, with or without a name.
        if heading.is_empty() || heading == "top" || self.ids.contains(&*heading) {
            return;
        }
        let broken = Broken::Heading { heading: heading.into_owned(), near: None };
        let wrong = Wrong::Link { target: target.to_owned(), broken };
        self.problems.push(Problem { range: place, wrong });
    }

    /// There is no address for what is not on the web.
    fn unfit<T>(&mut self, target: &str, kind: &'static str, place: Range<usize>) -> Option<T> {
        self.refuse(Wrong::Unfit { target: target.to_owned(), kind }, place)
    }

    /// There is no address for what may do harm.
    fn refuse<T>(&mut self, wrong: Wrong, place: Range<usize>) -> Option<T> {
        self.problems.push(Problem { range: place, wrong });
        None
    }
}

/// An image of which nothing but the address is known.
fn elsewhere(url: String) -> SiteImage {
    SiteImage { url, ..SiteImage::default() }
}

/// What is wrong with a scheme that is not let through.
fn refused(scheme: String) -> Wrong {
    if url::is_harmful(&scheme) {
        Wrong::Dangerous { scheme }
    } else {
        Wrong::Unsupported { scheme }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::{
        Broken, Resolution, Resolve, Wrong,
        tests::{check, check_problems},
    };
    use crate::config::Breaks;

    fn file(target: &str) -> Wrong {
        let near = Some("停水.md".to_owned());
        Wrong::Link { target: target.to_owned(), broken: Broken::File { near } }
    }

    fn heading(target: &str, heading: &str, near: Option<&str>) -> Wrong {
        let (heading, near) = (heading.to_owned(), near.map(str::to_owned));
        Wrong::Link { target: target.to_owned(), broken: Broken::Heading { heading, near } }
    }

    fn dangerous(scheme: &str) -> Wrong {
        Wrong::Dangerous { scheme: scheme.to_owned() }
    }

    #[test]
    fn files_are_looked_up() {
        check("[甲](../yixin/honors.yaml)", "<a href=\"/yixin/honors/\">甲</a>");
        check("[甲](停水.md)", "<a href=\"/notices/%E5%81%9C%E6%B0%B4/\">甲</a>");
        check("[甲](%E5%81%9C%E6%B0%B4.md)", "<a href=\"/notices/%E5%81%9C%E6%B0%B4/\">甲</a>");
        check("[甲](/about/ \"乙\")", "<a href=\"/about/\" title=\"乙\">甲</a>");
        check_problems("甲[乙](no.md)", &[("no.md", file("no.md"))]);
        check_problems("**甲：**乙[丙](<no.md> \"丁\")", &[("no.md", file("no.md"))]);
        check_problems("[甲][a]\n\n[a]: no.md", &[("[甲][a]", file("no.md"))]);
        check_problems(
            "[甲](停水.md#a)",
            &[("停水.md#a", heading("停水.md#a", "a", Some("时间")))],
        );
    }

    #[test]
    fn headings_of_the_text_are_looked_up() {
        check_problems("[甲](#时间) [乙](#%E6%97%B6%E9%97%B4) [丙](#) [丁](#top)\n## 时间", &[]);
        check_problems("[甲](#时间)\n# 地点", &[("#时间", heading("#时间", "时间", None))]);
    }

    /// A site that one leaves for `a.cn`.
    struct Leaving;

    impl Resolve for Leaving {
        fn link(&self, _: &str, _: Range<usize>) -> Resolution {
            Resolution::Keep
        }

        fn image(&self, _: &str) -> Resolution {
            Resolution::Keep
        }

        fn leaving(&self, target: &str) -> Option<String> {
            target.contains("a.cn").then(|| "（外）".to_owned())
        }

        fn may_load(&self, _: &str) -> bool {
            false
        }

        fn breaks(&self) -> Breaks {
            Breaks::Sentence
        }
    }

    #[test]
    fn other_sites() {
        let rel = "rel=\"noopener noreferrer\"";
        check("<https://a.cn/>", &format!("<a href=\"https://a.cn/\" {rel}>https://a.cn/</a>"));
        check("[甲](//a.cn)", &format!("<a href=\"//a.cn\" {rel}>甲</a>"));
        let leaving = |source: &str| super::super::render(source, &Leaving).html;
        assert_eq!(
            leaving("[甲](https://a.cn) [乙](//b.cn)"),
            format!(
                "<p><a href=\"https://a.cn\" rel=\"external noopener noreferrer\">甲<span class=\"sr\">（外）\
                 </span></a> <a href=\"//b.cn\" {rel}>乙</a></p>\n"
            )
        );
        assert_eq!(
            leaving("<a href='https://a.cn'>甲</a>"),
            "<p><a href=\"https://a.cn\" rel=\"external noopener noreferrer\">甲</a></p>\n"
        );
        check("<a@b.cn>", "<a href=\"mailto:a@b.cn\">a@b.cn</a>");
        check("[甲](tel:110)", "<a href=\"tel:110\">甲</a>");
    }

    #[test]
    fn dangerous_addresses_are_removed() {
        check("[甲**乙**](javascript:alert%281%29)", "甲<strong>乙</strong>");
        check("![甲](data:image/svg+xml,a)", "甲");
        for source in [
            "[甲](javascript:a)",
            "[甲](java&#x09;script:a)",
            "[甲](&#106;avascript&colon;a)",
            "[甲](<\u{1}JAVASCRIPT:a>)",
            "[甲]\n\n[甲]: javascript:a",
            "<javascript:a>",
            "![甲](javascript:a)",
        ] {
            check_scheme(source);
        }
        check_problems("[甲](vbscript:a)", &[("vbscript:a", dangerous("vbscript"))]);
    }

    #[track_caller]
    fn check_scheme(source: &str) {
        let rendered = super::super::render(source, &super::super::tests::Site);
        assert_eq!(rendered.problems[0].wrong, dangerous("javascript"), "{source}");
        assert!(!rendered.html.contains("href") && !rendered.html.contains("src"), "{source}");
    }

    #[test]
    fn passwords_are_refused() {
        check("[甲](https\\://u:p@a.cn)", "甲");
        for source in [
            "[甲](https\\://u:p@a.cn)",
            "[甲](//u:p@a.cn)",
            "[甲](https&colon;//u&commat;a.cn)",
            "<a href='https:u&#64;a.cn'>甲</a>",
            "![甲](\\\\\\\\u@a.cn/b.png)",
        ] {
            let rendered = super::super::render(source, &super::super::tests::Site);
            assert_eq!(rendered.problems[0].wrong, Wrong::Password, "{source}");
            assert!(!rendered.html.contains("a.cn"), "{source}: {}", rendered.html);
        }
    }

    #[test]
    fn images_of_other_sites() {
        check_problems("![甲](https://b.cn/c.png)", &[("https://b.cn/c.png", Wrong::Blocked)]);
    }

    #[test]
    fn images() {
        check(
            "![甲](gate.jpg \"乙\")",
            "<img src=\"/media/gate.jpg\" alt=\"甲\" title=\"乙\" loading=\"lazy\" />",
        );
        check(
            "![a **b** `c` [d](e)](https://a.cn/b.png)",
            "<img src=\"https://a.cn/b.png\" alt=\"a b c d\" loading=\"lazy\" />",
        );
        let missing = Wrong::Image { target: "no.jpg".into(), broken: Broken::File { near: None } };
        check_problems("[![甲](no.jpg)](停水.md)", &[("no.jpg", missing)]);
    }
}
