//! Markdown without its pictures, and without addresses that name somebody.

use std::collections::HashMap;

use crate::scan::markup::tag_at;

/// A text without images if `all` of them are to go, and without the addresses of links, images and
/// tags that `is_named` finds a name in: of links the words stay. O(length), if `is_named` is.
///
/// An address cannot be masked: what is left of it would lead nowhere, which is a mistake that keeps
/// a site from being built.
pub(super) fn without(text: &str, all: bool, is_named: &dyn Fn(&str) -> bool) -> String {
    let brackets = Brackets::new(text);
    let mut bare = String::with_capacity(text.len());
    // An address of that length is none, and those in one another would be read again and again.
    let is_named = |target: &str| target.len() > LONGEST || is_named(target);
    // Links of which the words stay: where those end, and where the link does.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    loop {
        let limit = open.last().map_or(text.len(), |(words, _)| *words);
        let Some(found) = text.get(at..limit).and_then(|it| it.find(['!', '[', '<'])) else {
            bare.push_str(text.get(at..limit).unwrap_or_default());
            let Some((_, end)) = open.pop() else { return bare };
            at = at.max(end);
            continue;
        };
        bare.push_str(&text[at..at + found]);
        at += found;
        let rest = &text[at..];
        let (kept, length) = match rest.as_bytes() {
            [b'!', b'[', ..] => match brackets.link(text, at + 1) {
                Some(link) if all || is_named(link.target) => ("", link.length + 1),
                _ => ("!", 1),
            },
            [b'[', ..] => match brackets.link(text, at) {
                Some(link) if is_named(link.target) => {
                    open.push((at + 1 + link.words, at + link.length));
                    ("", 1)
                }
                Some(link) if begins_line(&bare) && defines(rest, &link, &is_named) => {
                    ("", rest.find('\n').unwrap_or(rest.len()))
                }
                _ => ("[", 1),
            },
            [b'<', ..] => {
                let (kept, length) = tag(rest, all, &is_named);
                bare.push_str(&kept);
                ("", length)
            }
            _ => (&rest[..1], 1),
        };
        bare.push_str(kept);
        at += length;
    }
}

/// The most bytes of an address that a name is looked for in. In longer ones there could be any.
const LONGEST: usize = 4096;

struct PictureLink<'a> {
    /// How many bytes its words have.
    words: usize,
    target: &'a str,
    /// Of all of it, in bytes.
    length: usize,
}

/// For each opening bracket of a text the one that closes it.
struct Brackets(HashMap<usize, usize>);

impl Brackets {
    /// Pairs square brackets with square ones and round ones with round ones, whatever stands
    /// between. One behind a backslash closes nothing, and is closed as if it were not counted.
    fn new(text: &str) -> Self {
        let mut pairs = HashMap::new();
        for (open, close) in [(b'[', b']'), (b'(', b')')] {
            // Those that are open, and whether they count.
            let mut waiting: Vec<(usize, bool)> = Vec::new();
            let mut escaped = false;
            for (at, byte) in text.bytes().enumerate() {
                if byte == open {
                    waiting.push((at, !escaped));
                } else if byte == close && !escaped {
                    while let Some((start, counts)) = waiting.pop() {
                        pairs.insert(start, at);
                        if counts {
                            break;
                        }
                    }
                }
                escaped = byte == b'\\' && !escaped;
            }
        }
        Self(pairs)
    }

    /// A link or image whose first bracket is at `start`: `[words](target)`, `[words][name]` or
    /// `[words]` alone, whose target stands elsewhere.
    fn link<'t>(&self, text: &'t str, start: usize) -> Option<PictureLink<'t>> {
        let words = *self.0.get(&start)?;
        let end = match text.as_bytes().get(words + 1) {
            Some(b'(' | b'[') => self.0.get(&(words + 1))? + 1,
            _ => words + 1,
        };
        Some(PictureLink {
            words: words - start - 1,
            target: &text[words + 1..end],
            length: end - start,
        })
    }
}

/// Nothing stands before it but what blocks begin with.
fn begins_line(bare: &str) -> bool {
    let before = bare.trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

/// It says where links of that name lead, `[name]: target`, and that names somebody.
fn defines(text: &str, link: &PictureLink<'_>, is_named: &dyn Fn(&str) -> bool) -> bool {
    let target = text[link.length..].strip_prefix(':');
    target.and_then(|it| it.lines().next()).is_some_and(is_named)
}

/// What stays of the tag that a text begins with, and how long it was. A picture goes whole, of
/// another tag with such an address the name of the element stays. What is no tag is text.
fn tag(text: &str, all: bool, is_named: &dyn Fn(&str) -> bool) -> (String, usize) {
    if all && is_image(text) {
        return (String::new(), text.find('>').map_or(text.len(), |it| it + 1));
    }
    let Some(tag) = tag_at(text.as_bytes(), 0) else { return ("<".to_owned(), 1) };
    let whole = &text[..tag.end];
    let mut words = whole.split(|ch: char| ch.is_whitespace() || "<>=\"'".contains(ch));
    if whole.starts_with("<!") || !words.any(|word| is_address(word) && is_named(word)) {
        return ("<".to_owned(), 1);
    }
    let name = whole[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    // `<https://…>` is a link, too.
    let is_element =
        whole[1 + name..].starts_with(|ch: char| ch.is_whitespace() || "/>".contains(ch));
    let stays = is_element && !is_image(whole);
    (if stays { format!("<{}>", &whole[1..=name]) } else { String::new() }, tag.end)
}

fn is_address(word: &str) -> bool {
    word.contains(['.', '/', '%', '@', '#', ':', '&'])
}

fn is_image(tag: &str) -> bool {
    let name = tag[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    ["img", "picture", "source", "svg", "object", "image", "embed", "video", "iframe"]
        .iter()
        .any(|it| tag[1..=name].eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_go_and_words_stay() {
        for (text, expected) in [
            ("好！![王](p.png)来了", "好！来了"),
            ("![a [b] c](p(1).png \"t\") d", " d"),
            ("![a][photo] ![photo]", " "),
            ("甲<IMG src=p.png>乙<b>丙</b>", "甲乙<b>丙</b>"),
            ("[见这里](王秀英.md)和[那里](b.md)", "见这里和[那里](b.md)"),
            ("3 < 5, a ! b, [ ], !", "3 < 5, a ! b, [ ], !"),
            ("![open", "![open"),
            ("<img", ""),
            (r"[a \] b](王秀英.md) \[c](王秀英.md)", r"a \] b \c"),
        ] {
            assert_eq!(without(text, true, &|it| it.contains("王秀英")), expected, "{text}");
        }
    }

    #[test]
    fn addresses_with_a_name_go_wherever_they_stand() {
        for (text, expected) in [
            ("<a class=\"b\" href='王秀英.md'>见</a>", "<a>见</a>"),
            ("<img src=a.png alt=王秀英>", "<img src=a.png alt=王秀英>"),
            ("见<https://a.cn/王秀英>。", "见。"),
            ("[![照](王秀英.png)文](王秀英.md)", "文"),
            ("[甲][1]\n\n[1]: 王秀英.png\n[2]: b.png", "[甲][1]\n\n\n[2]: b.png"),
            ("[[甲](a.md)乙 [丙](王秀英.md)](王秀英.md)丁", "[甲](a.md)乙 丙丁"),
            ("[甲[乙](王秀英](王秀英.md) 丙)丁", "甲乙丁"),
            ("> [1]: 王秀英.png\n文[1]: 王秀英.png", "> \n文[1]: 王秀英.png"),
        ] {
            assert_eq!(without(text, false, &|it| it.contains("王秀英")), expected, "{text}");
        }
    }

    #[test]
    fn brackets_in_brackets_cost_no_more() {
        for text in ["[".repeat(300_000), "[a](".repeat(100_000), "![".repeat(150_000)] {
            without(&text, false, &|it| it.contains('王'));
        }
        let nested = "[a](".repeat(100_000) + &")".repeat(100_000);
        let start = std::time::Instant::now();
        let kept = without(&nested, false, &|it| it.contains('王'));
        assert!(
            start.elapsed().as_secs() < 20 && !kept.contains("[a]([a]([a]"),
            "{:?}",
            start.elapsed()
        );
    }
}
