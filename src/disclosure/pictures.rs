//! Markdown without its pictures.

/// A text without images if `all` of them are to go, and without the addresses of links that
/// `is_named` finds a name in: of those the words stay.
pub(super) fn without(text: &str, all: bool, is_named: impl Fn(&str) -> bool) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['!', '[', '<']) {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let (kept, length) = match rest.as_bytes() {
            [b'!', b'[', ..] => match link(&rest[1..]) {
                Some(link) if all || is_named(link.target) => ("", link.length + 1),
                _ => ("!", 1),
            },
            [b'[', ..] => match link(rest) {
                Some(link) if is_named(link.target) => (link.words, link.length),
                _ => ("[", 1),
            },
            _ if all && is_image(rest) => ("", rest.find('>').map_or(rest.len(), |it| it + 1)),
            _ => (&rest[..1], 1),
        };
        bare.push_str(kept);
        rest = &rest[length..];
    }
    bare + rest
}

struct PictureLink<'a> {
    words: &'a str,
    target: &'a str,
    /// Of all of it, in bytes.
    length: usize,
}

/// A link or image that begins with its bracket: `[words](target)`, `[words][name]` or `[words]`
/// alone, whose target stands elsewhere.
fn link(text: &str) -> Option<PictureLink<'_>> {
    let words = closed(text, b'[', b']')?;
    let after = &text[words + 1..];
    let end = match after.as_bytes().first() {
        Some(b'(') => closed(after, b'(', b')')? + 1,
        Some(b'[') => closed(after, b'[', b']')? + 1,
        _ => 0,
    };
    Some(PictureLink { words: &text[1..words], target: &after[..end], length: words + 1 + end })
}

/// Where the bracket closes that a text begins with.
fn closed(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == open => depth += 1,
            _ if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
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
        ] {
            assert_eq!(without(text, true, |it| it.contains("王秀英")), expected, "{text}");
        }
    }
}
