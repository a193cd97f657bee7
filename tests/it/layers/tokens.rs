//! Rust source as words and signs, without comments, texts and tests.

/// A word or sign of a source file. `::` is one sign; every other sign is one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// From 1.
    pub(super) line: usize,
}

/// The tokens of a source file. Comments, texts and characters are left out, and so is every item
/// under a `#[cfg(test)]`.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    without_tests(&all_tokens(source))
}

fn all_tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = skipped(rest).unwrap_or_else(|| {
            let length = if is_word(first) {
                rest.find(|it| !is_word(it)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(Token { text: &rest[..length], line });
            length
        });
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of what stands at the beginning and is no token: space, a comment, a text, a
/// character or the name of a lifetime.
fn skipped(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if first == '\'' {
        return Some(quote(rest));
    }
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let tail = rest.strip_prefix(prefix).unwrap_or_default();
        let raw = prefix.ends_with('r') && tail.trim_start_matches('#').starts_with('"');
        raw || tail.starts_with('"')
    })?;
    let tail = &rest[prefix.len()..];
    let length = if prefix.ends_with('r') { raw_text(tail) } else { plain_text(tail) };
    Some(prefix.len() + length)
}

/// Comments in blocks nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let tail = &rest[at..];
        depth = if tail.starts_with("/*") {
            depth + 1
        } else if tail.starts_with("*/") {
            depth - 1
        } else {
            let Some(next) = tail.chars().next() else { return at };
            at += next.len_utf8();
            continue;
        };
        at += 2;
        if depth == 0 {
            return at;
        }
    }
}

/// A character, or the name of a lifetime with its quotation mark.
fn quote(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let inner = at + escaped.len_utf8();
            inner + rest[inner..].find('\'').map_or(0, |it| it + 1)
        }
        (_, Some((at, '\''))) => at + 1,
        _ => 1 + rest[1..].find(|it| !is_word(it)).unwrap_or(rest.len() - 1),
    }
}

fn plain_text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == '"' && !escaped {
            return at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

fn raw_text(rest: &str) -> usize {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 1;
    rest[start..].find(&end).map_or(rest.len(), |it| start + it + end.len())
}

/// Leaves out every item under an attribute that asks for tests.
fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut left = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match attribute(&tokens[at..]) {
            Some((length, true)) => at += length + item(&tokens[at + length..]),
            Some((length, false)) => {
                left.extend_from_slice(&tokens[at..at + length]);
                at += length;
            }
            None => {
                left.push(tokens[at]);
                at += 1;
            }
        }
    }
    left
}

/// The length of an attribute at the beginning, and whether it is one that asks for tests.
fn attribute(tokens: &[Token<'_>]) -> Option<(usize, bool)> {
    let text = |at: usize| tokens.get(at).map(|it| it.text);
    if (text(0), text(1)) != (Some("#"), Some("[")) {
        return None;
    }
    let length = 1 + group(&tokens[1..]);
    let holds = |word: &str| tokens[..length].iter().any(|it| it.text == word);
    let asks = text(2) == Some("cfg") && holds("test") && !holds("not") && !holds("any");
    Some((length, asks))
}

/// The length of an item: up to its semicolon, or to the end of its first block.
fn item(tokens: &[Token<'_>]) -> usize {
    let mut at = 0;
    while let Some((length, _)) = attribute(&tokens[at..]) {
        at += length;
    }
    let words = ["use", "const", "static", "type", "let"];
    let head = tokens[at..].iter().take_while(|it| !["{", ";", "fn"].contains(&it.text));
    let to_semicolon = head.clone().any(|it| words.contains(&it.text))
        && tokens.get(at + head.count()).is_none_or(|it| it.text != "fn");
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" => return at + 1,
            "{" if !to_semicolon => return at + group(&tokens[at..]),
            "{" | "(" | "[" => at += group(&tokens[at..]),
            _ => at += 1,
        }
    }
    at
}

/// The length of a group, from its opening bracket to the closing one.
fn group(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> String {
        tokens(source).iter().map(|it| it.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_texts_are_no_tokens() {
        let cases = [
            ("use a::b; // use c", "use a :: b ;"),
            ("/* a /* b */ c */ d", "d"),
            (r#"x("a\"b", 'c', '\'', '"', b'd') y"#, "x ( , , , , b ) y"),
            (r##"r"a\" b r#"c"d"# e br"f" g"##, "b e g"),
            ("fn f<'a>(it: &'a str) {}", "fn f < > ( it : & str ) { }"),
            ("'好' \"居\\\\\" 民", "民"),
        ];
        for (source, expected) in cases {
            assert_eq!(texts(source), expected, "{source}");
        }
    }

    #[test]
    fn tests_are_left_out() {
        let cases = [
            ("#[cfg(test)] mod tests { use a::b; } c", "c"),
            ("#[cfg(test)] mod tests; c", "c"),
            ("#[cfg(test)] use a::{b, c}; d", "d"),
            ("#[cfg(test)] #[allow(x)] pub const fn f() -> [u8; 2] { [1, 2] } d", "d"),
            ("#[cfg(test)] const A: B = B { c: 1 }; d", "d"),
            ("#[cfg(not(test))] mod a; b", "# [ cfg ( not ( test ) ) ] mod a ; b"),
            ("#[cfg(all(test, unix))] impl A { fn b() {} } c", "c"),
        ];
        for (source, expected) in cases {
            assert_eq!(texts(source), expected, "{source}");
        }
    }

    #[test]
    fn lines_count_from_one() {
        let lines: Vec<usize> = tokens("a\n/*\n*/ b \"\n\" c").iter().map(|it| it.line).collect();
        assert_eq!(lines, [1, 3, 4]);
    }
}
