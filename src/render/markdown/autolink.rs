//! Web addresses in a text become links, as GitHub's Markdown has it, and so do telephone numbers
//! (`phone_link.rs`).
//!
//! An address begins with `http://`, `https://` or `www.`, behind anything but a Latin letter, a
//! digit or a sign of another address. Chinese is written without spaces, so anything that is not
//! ASCII ends it: `详见https://www.a.cn/b。`, `（www.a.cn）`. The marks of a sentence at its end are
//! not part of it, nor is a bracket that was opened before.
//!
//! Nothing within a link, an image, code or HTML is one. E-mail addresses are not made links: most
//! are somebody's, and whoever publishes one for the public can write `<a@b.cn>`.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::render::markdown::{
    HtmlTag, phone_link,
    placed::{self, Placed},
};

/// The most bytes of an address; what follows stays text. Browsers send no longer ones.
const LONGEST: usize = 2048;

/// Makes links of the addresses and telephone numbers in the events of a source. Without any, it
/// costs a search for them.
pub(super) fn link<'e>(source: &str, events: Vec<Placed<'e>>) -> Vec<Placed<'e>> {
    let has = |it: &str| memmem::find(source.as_bytes(), it.as_bytes()).is_some();
    if !has("://") && !has("www.") && !has("WWW.") && !phone_link::may_be_in(source) {
        return events;
    }
    let mut linker = Linker::new(source, events.len());
    for (event, range) in events {
        match event {
            Event::Text(text) if !linker.is_closed() => linker.text.push(text, range),
            event => linker.other(event, range),
        }
    }
    linker.end_text();
    linker.out
}

/// Turns events into events.
struct Linker<'s, 'e> {
    source: &'s str,
    out: Vec<Placed<'e>>,
    /// The text since the last other event.
    text: TextRun<'e>,
    /// How many elements are open in which there are no links.
    closed: usize,
    /// An `<a>` of HTML is open.
    in_anchor: bool,
}

/// A text that the parser gives in parts.
#[derive(Default)]
struct TextRun<'e> {
    text: String,
    /// Of each part, where in the text it begins.
    parts: Vec<(usize, Placed<'e>)>,
}

impl<'e> TextRun<'e> {
    fn push(&mut self, part: CowStr<'e>, range: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(&part);
        self.parts.push((start, (Event::Text(part), range)));
    }

    /// Where a place of the text is in the source.
    fn in_source(&self, source: &str, at: usize) -> usize {
        let part = self.parts.partition_point(|part| part.0 <= at).saturating_sub(1);
        match self.parts.get(part) {
            Some((start, (Event::Text(text), range))) => {
                placed::in_source(source, text, range, at - start)
            }
            _ => 0,
        }
    }
}

impl<'s, 'e> Linker<'s, 'e> {
    fn new(source: &'s str, events: usize) -> Self {
        let (out, text) = (Vec::with_capacity(events), TextRun::default());
        Self { source, out, text, closed: 0, in_anchor: false }
    }

    fn is_closed(&self) -> bool {
        self.closed > 0 || self.in_anchor
    }

    fn other(&mut self, event: Event<'e>, range: Range<usize>) {
        self.end_text();
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                self.closed += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => self.closed -= 1,
            Event::InlineHtml(html) => {
                if let Some(tag) = HtmlTag::parse(html).filter(|it| it.name == "a") {
                    self.in_anchor = !tag.is_end;
                }
            }
            Event::End(TagEnd::Paragraph) => self.in_anchor = false,
            _ => {}
        }
        self.out.push((event, range));
    }

    /// Hands on the text, with links in it.
    fn end_text(&mut self) {
        let run = std::mem::take(&mut self.text);
        let targets = targets(&run.text);
        if targets.is_empty() {
            self.out.extend(run.parts.into_iter().map(|(_, part)| part));
            return;
        }
        let placed = |range: Range<usize>| {
            let text = Event::Text(run.text[range.clone()].to_owned().into());
            let place = |at: usize| run.in_source(self.source, at);
            (text, place(range.start)..place(range.end))
        };
        let mut done = 0;
        for (words, target) in targets {
            if done < words.start {
                self.out.push(placed(done..words.start));
            }
            done = words.end;
            let (text, range) = placed(words);
            self.out.push((Event::Start(tag(target)), range.clone()));
            self.out.push((text, range.clone()));
            self.out.push((Event::End(TagEnd::Link), range));
        }
        if done < run.text.len() {
            self.out.push(placed(done..run.text.len()));
        }
    }
}

/// The link to a target.
fn tag<'e>(target: String) -> Tag<'e> {
    Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: target.into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

/// What becomes a link in a text, in order, and where it leads. An address without a scheme is of
/// `http`, which every site understands.
fn targets(text: &str) -> Vec<(Range<usize>, String)> {
    let target = |range: Range<usize>| {
        let address = &text[range.clone()];
        let scheme = if address.contains("://") { "" } else { "http://" };
        (range, format!("{scheme}{address}"))
    };
    let phones = phone_link::phones(text).into_iter();
    let phones = phones.map(|(range, number)| (range, format!("tel:{number}")));
    let mut targets: Vec<_> = addresses(text).into_iter().map(target).chain(phones).collect();
    targets.sort_by_key(|(range, _)| range.start);
    // A number within an address is part of it.
    let mut end = 0;
    targets.retain(|(range, _)| {
        let is_apart = range.start >= end;
        end = end.max(range.end);
        is_apart
    });
    targets
}

/// The addresses in a text, in order.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut addresses = Vec::new();
    if memchr(b'.', bytes).is_none() {
        return addresses;
    }
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|it| b"hHwW".contains(it)) {
        let start = at + found;
        let goes_on = start > 0 && goes_on(bytes[start - 1]);
        match address(&bytes[start..]).filter(|_| !goes_on) {
            Some(length) => {
                addresses.push(start..start + length);
                at = start + length;
            }
            None => at = start + 1,
        }
    }
    addresses
}

/// Whether what follows this byte is still the same word or address.
fn goes_on(before: u8) -> bool {
    before.is_ascii_alphanumeric() || b"/.-_@%&=+".contains(&before)
}

/// The length of the address that a text begins with.
fn address(text: &[u8]) -> Option<usize> {
    let begins =
        |it: &&str| text.get(..it.len()).is_some_and(|t| t.eq_ignore_ascii_case(it.as_bytes()));
    let scheme = ["http://", "https://", "www."].into_iter().find(begins)?;
    let is_part = |it: &&u8| it.is_ascii_graphic() && !b"<>\"`\\^{|}".contains(it);
    let length = text.iter().take(LONGEST).take_while(is_part).count();
    let address = trimmed(&text[..length]);
    let host = if scheme == "www." { address } else { address.get(scheme.len()..)? };
    is_host(host).then_some(address.len())
}

/// An address without the marks of a sentence, and the brackets, that end behind it.
fn trimmed(mut address: &[u8]) -> &[u8] {
    let count = |address: &[u8], mark| memchr_iter(mark, address).count();
    while let Some((last, rest)) = address.split_last() {
        let is_outside = match last {
            b')' => count(address, b')') > count(address, b'('),
            b']' => count(address, b']') > count(address, b'['),
            last => b"?!.,:;*_~'([".contains(last),
        };
        if !is_outside {
            break;
        }
        address = rest;
    }
    address
}

/// Whether what an address names first is a domain or the number of a computer: parts with dots
/// between.
fn is_host(text: &[u8]) -> bool {
    let end = text.iter().position(|it| b"/?#:".contains(it)).unwrap_or(text.len());
    let mut parts = text[..end].split(|it| *it == b'.');
    let is_part = |it: &[u8]| {
        !it.is_empty()
            && it.iter().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'))
    };
    parts.clone().count() > 1 && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::super::{
        render,
        tests::{Site, check, check_problems},
    };

    /// Links of the source are these addresses, as `text` or `text=target`.
    #[track_caller]
    fn links(source: &str, expected: &str) {
        let html = render(source, &Site).html;
        let links = html.split("<a href=\"").skip(1).map(|it| {
            let (target, rest) = it.split_once('"').unwrap();
            let text = rest.split_once('>').unwrap().1.split_once("</a>").unwrap().0;
            if text == target { text.to_owned() } else { format!("{text}={target}") }
        });
        assert_eq!(links.collect::<Vec<_>>().join(" "), expected, "{source}: {html}");
    }

    #[test]
    fn beside_a_name_with_hidden_letters() {
        let name = format!("王{0}{0}来了", crate::text::MASKED_STAR);
        for (before, behind) in
            [("", "`- 甲\n[乙](c.md)"), ("- ", "\n-丙"), ("", ""), ("&amp;", "![")]
        {
            let source = format!("{before}{name}https://a.cn/b{behind}");
            let rendered = render(&source, &Site);
            assert!(
                rendered.html.contains("王**来了<a href=\"https://a.cn/b"),
                "{}",
                rendered.html
            );
            for problem in rendered.problems {
                assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
            }
        }
    }

    #[test]
    fn in_chinese_text() {
        check(
            "详见https://www.a.cn/b?c=1&d=2。",
            concat!(
                "详见<a href=\"https://www.a.cn/b?c=1&amp;d=2\" rel=\"noopener noreferrer\">",
                "https://www.a.cn/b?c=1&amp;d=2</a>。"
            ),
        );
        for (source, expected) in [
            ("网址:http://a.cn，电话", "http://a.cn"),
            ("（www.a.cn）", "www.a.cn=http://www.a.cn"),
            ("(https://a.cn/b)", "https://a.cn/b"),
            ("https://a.cn/b(c)；", "https://a.cn/b(c)"),
            ("【https://a.cn/】", "https://a.cn/"),
            ("《https://a.cn/b》", "https://a.cn/b"),
            ("请登录https://a.cn/b查询", "https://a.cn/b"),
            ("“https://a.cn/b”", "https://a.cn/b"),
            ("https://a.cn/b、https://a.cn/c", "https://a.cn/b https://a.cn/c"),
            ("**https://a.cn/b**", "https://a.cn/b"),
            ("https://a.cn/b_c_d*e", "https://a.cn/b_c_d*e"),
            ("| 甲 |\n| - |\n| https://a.cn/b |", "https://a.cn/b"),
            (
                "- https://a.cn/b\n- http://10.0.0.1:8080/c#d",
                "https://a.cn/b http://10.0.0.1:8080/c#d",
            ),
            ("https://a.cn/%E4%B8%AD%E6%96%87.html", "https://a.cn/%E4%B8%AD%E6%96%87.html"),
            ("HTTPS://A.cn/b", "HTTPS://A.cn/b"),
        ] {
            links(source, expected);
        }
    }

    #[test]
    fn telephone_numbers() {
        for (source, expected) in [
            ("电话0431-8255-0001，", "0431-8255-0001=tel:043182550001"),
            ("| 电话 |\n| - |\n| 0431-82550001 |", "0431-82550001=tel:043182550001"),
            ("见https://a.cn/0431-82550001", "https://a.cn/0431-82550001"),
            ("https://a.cn/b 0431-82550001", "https://a.cn/b 0431-82550001=tel:043182550001"),
            ("`0431-82550001` [0431-82550001](tel:1)", "0431-82550001=tel:1"),
            ("2026-11-28", ""),
        ] {
            links(source, expected);
        }
    }

    #[test]
    fn as_on_github() {
        for (source, expected) in [
            ("www.commonmark.org", "www.commonmark.org=http://www.commonmark.org"),
            (
                "Visit www.commonmark.org/help for more",
                "www.commonmark.org/help=http://www.commonmark.org/help",
            ),
            ("Visit www.commonmark.org.", "www.commonmark.org=http://www.commonmark.org"),
            (
                "www.google.com/search?q=Markup+(business))",
                "www.google.com/search?q=Markup+(business)=http://www.google.com/search?q=Markup+(business)",
            ),
            (
                "www.google.com/search?q=(business))+ok",
                "www.google.com/search?q=(business))+ok=http://www.google.com/search?q=(business))+ok",
            ),
            ("www.commonmark.org/he<lp", "www.commonmark.org/he=http://www.commonmark.org/he"),
            ("Anonymous FTP is at ftp://foo.bar.baz.", ""),
        ] {
            links(source, expected);
        }
    }

    #[test]
    fn no_links() {
        for source in [
            "`https://a.cn`",
            "    https://a.cn\n",
            "![https://a.cn](gate.jpg)",
            "http://",
            "https://localhost",
            "http://.cn http://a..cn",
            "xhttps://a.cn",
            "a@www.a.cn",
            "zhang@example.com",
        ] {
            links(source, "");
        }
        links("[https://a.cn/b](https://c.cn)", "https://a.cn/b=https://c.cn");
        links("<a href='https://c.cn'>https://a.cn/b</a>", "https://a.cn/b=https://c.cn");
        links("<https://a.cn/b>", "https://a.cn/b");
    }

    #[test]
    fn what_is_wrong_is_told_where_it_is() {
        check_problems("甲 http\\://u:p@a.cn", &[]);
    }
}
