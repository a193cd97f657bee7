//! Markdown without its pictures.

use std::collections::HashMap;

/// A text without images if `all` of them are to go, and without the addresses of links that
/// `is_named` finds a name in: of those the words stay. O(length), if `is_named` is.
pub(super) fn without(text: &str, all: bool, is_named: impl Fn(&str) -> bool) -> String {
    let brackets = Brackets::new(text);
    let mut bare = String::with_capacity(text.len());
    // An address of that length is none, and those in one another would be read again and again.
    let is_named = |target: &str| target.len() > LONGEST || is_named(target);
    let mut at = 0;
    while let Some(found) = text[at..].find(['!', '[', '<']) {
        bare.push_str(&text[at..at + found]);
        at += found;
        let rest = &text[at..];
        let (kept, length) = match rest.as_bytes() {
            [b'!', b'[', ..] => match brackets.link(text, at + 1) {
                Some(link) if all || is_named(link.target) => ("", link.length + 1),
                _ => ("!", 1),
            },
            [b'[', ..] => match brackets.link(text, at) {
                Some(link) if is_named(link.target) => (link.words, link.length),
                _ => ("[", 1),
            },
            _ if all && is_image(rest) => ("", rest.find('>').map_or(rest.len(), |it| it + 1)),
            _ => (&rest[..1], 1),
        };
        bare.push_str(kept);
        at += length;
    }
    bare + &text[at..]
}

/// The most bytes of an address that a name is looked for in. In longer ones there could be any.
const LONGEST: usize = 4096;

struct PictureLink<'a> {
    words: &'a str,
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
            words: &text[start + 1..words],
            target: &text[words + 1..end],
            length: end - start,
        })
    }
}

fn is_image(tag: &str) -> bool {
    let name = tag[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    ["img", "picture", "source", "svg", "object", "image"]
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
            assert_eq!(without(text, true, |it| it.contains("王秀英")), expected, "{text}");
        }
    }

    #[test]
    fn brackets_in_brackets_cost_no_more() {
        for text in ["[".repeat(300_000), "[a](".repeat(100_000), "![".repeat(150_000)] {
            without(&text, false, |it| it.contains('王'));
        }
        let nested = "[a](".repeat(100_000) + &")".repeat(100_000);
        let start = std::time::Instant::now();
        let kept = without(&nested, false, |it| it.contains('王'));
        assert!(
            start.elapsed().as_secs() < 20 && !kept.contains("[a]([a]([a]"),
            "{:?}",
            start.elapsed()
        );
    }
}
