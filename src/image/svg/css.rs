//! The style of a drawing: what stays of a style sheet, of declarations, of a value.
//!
//! ```text
//! @import url(//a.cn/b.css); /* 王芳 */ .a > path { fill: #fff; content: "王芳" }
//! .b { fill: \75 rl(https://a.cn/b) } .c { fill: url( "#d" ) } [data-x="王芳"] { fill: red }
//!
//! becomes
//!
//! .a > path{fill:#fff}.b{fill:none}.c{fill:url(#d)}
//! ```
//!
//! A sheet is written anew from what is understood. Comments and rules that begin with `@` go, and
//! so does every declaration whose property or value is not on the lists of
//! [`allowed`](super::allowed). Escapes are resolved before anything is judged; one that stands for
//! a sign with a meaning of its own (`\22`, `\29`) takes its declaration along.
//!
//! What comes out is the same when it goes in again.

use super::allowed;

/// Deeper brackets of a value are none that anybody writes.
const MAX_BRACKETS: usize = 16;

/// A style sheet with the rules that may stay, each without blanks around its parts.
pub(super) fn sheet(text: &str) -> String {
    let text = without_comments(text);
    let (mut out, mut rest) = (String::new(), text.trim_start());
    while !rest.is_empty() {
        let Some(open) = find(rest, &['{', ';']) else { break };
        let (head, after) = (rest[..open].trim(), &rest[open + 1..]);
        if rest[open..].starts_with(';') {
            // `@import …;`, or what belongs to no rule.
            rest = after.trim_start();
            continue;
        }
        let close = end_of_block(after);
        let body = declarations(&after[..close]);
        if is_selector(head) && !body.is_empty() {
            let head = head.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            out.extend([head.as_str(), "{", &body, "}"]);
        }
        rest = after.get(close + 1..).unwrap_or_default().trim_start();
    }
    out
}

/// The declarations that may stay, with semicolons between: `fill:red;stroke:none`.
pub(super) fn declarations(text: &str) -> String {
    let text = without_comments(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = find(rest, &[';']).unwrap_or(rest.len());
        if let Some((property, value)) = declaration(&rest[..end]) {
            if !out.is_empty() {
                out.push(';');
            }
            out.extend([property, ":", &value]);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    out
}

/// One declaration; nothing if it may not stay.
fn declaration(text: &str) -> Option<(&'static str, String)> {
    let (name, text) = text.split_once(':')?;
    let name = resolved(name.trim())?.to_ascii_lowercase();
    let property = allowed::property(&name)?;
    Some((property, value(property, text)?))
}

/// The value of a property, with one blank between its parts; nothing if it may not stay. It may
/// hold words, numbers, colours, the functions of the list, `url(#id)`, and names of fonts.
pub(super) fn value(property: &str, text: &str) -> Option<String> {
    let text = resolved(text)?;
    let has_names = property.starts_with("font");
    let (mut out, mut open) = (String::new(), 0);
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' | '\t' | '\n' | '\r' | '\x0c' => {
                out.push(' ');
                rest.len() - rest.trim_ascii_start().len()
            }
            '"' | '\'' if has_names => quoted(rest, first, &mut out)?,
            'a'..='z' | 'A'..='Z' | '_' | '-' => word(rest, &mut open, &mut out)?,
            ')' => {
                open = usize::checked_sub(open, 1)?;
                out.push(')');
                1
            }
            '0'..='9' | '.' | '+' | ',' | '%' | '#' | '*' | '!' => {
                out.push(first);
                1
            }
            // `12px/1.5`, but no address without a scheme.
            '/' if !rest.starts_with("//") => {
                out.push('/');
                1
            }
            letter if has_names && letter.is_alphanumeric() => {
                out.push(letter);
                letter.len_utf8()
            }
            _ => return None,
        };
        rest = &rest[length..];
    }
    let out = out.trim();
    (open == 0 && !out.is_empty()).then(|| out.to_owned())
}

/// Writes a word, or a function's name and bracket, or `url(#id)` as a whole; of an address that
/// leads out of the drawing nothing. Returns how many bytes it took; nothing for a function that may
/// not be called.
fn word(text: &str, open: &mut usize, out: &mut String) -> Option<usize> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let end = text.find(|it| !is_part(it)).unwrap_or(text.len());
    let name = &text[..end];
    if !text[end..].starts_with('(') {
        out.push_str(name);
        return Some(end);
    }
    if name.eq_ignore_ascii_case("url") {
        let close = end + text[end..].find(')')?;
        let is_last = text[close + 1..].trim().is_empty();
        match fragment(&text[end + 1..close]) {
            Some(fragment) => out.extend(["url(", fragment, ")"]),
            // What cannot be loaded is drawn by what follows it, or not at all.
            None if is_last => out.push_str("none"),
            None => {}
        }
        return Some(close + 1);
    }
    *open += 1;
    let may_call = allowed::has_function(&name.to_ascii_lowercase()) && *open <= MAX_BRACKETS;
    out.extend([name, "("]);
    may_call.then_some(end + 1)
}

/// The address of something in the drawing itself, with its `#` and without quotes.
fn fragment(text: &str) -> Option<&str> {
    let text = text.trim();
    let quote = |it| text.strip_prefix(it).and_then(|text| text.strip_suffix(it));
    let text = quote('"').or_else(|| quote('\'')).unwrap_or(text).trim();
    let is_sign = |it: char| it.is_whitespace() || it.is_control() || "\"'()\\#".contains(it);
    let id = text.strip_prefix('#')?;
    (!id.is_empty() && !id.contains(is_sign)).then_some(text)
}

/// Writes the quoted name of a font. Returns how many bytes it took.
fn quoted(text: &str, quote: char, out: &mut String) -> Option<usize> {
    let inside = &text[1..];
    let name = &inside[..inside.find(quote)?];
    let is_name = |it: char| it.is_alphanumeric() || " -_.,".contains(it);
    out.extend(["'", name, "'"]);
    name.chars().all(is_name).then_some(name.len() + 2)
}

/// Whether a selector holds nothing but names, classes, ids and what joins them.
fn is_selector(text: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || " \t\r\n.#*,>+~-_".contains(it);
    !text.is_empty() && text.chars().all(is_part)
}

/// The text with its escapes as the characters that they stand for: `\75 rl` is `url`. Nothing if
/// one stands for a sign with a meaning of its own, which would end what it stands in.
fn resolved(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (character, length) = if digits > 0 {
            let number = u32::from_str_radix(&rest[..digits], 16).ok()?;
            (char::from_u32(number)?, digits)
        } else {
            let character = rest.chars().next()?;
            (character, character.len_utf8())
        };
        if !(character.is_alphanumeric() || "-_ .".contains(character)) {
            return None;
        }
        out.push(character);
        rest = &rest[length..];
        if digits > 0 {
            rest = rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest);
        }
    }
    out.push_str(rest);
    Some(out)
}

/// The text with a blank for each comment, and for the marks by which old browsers hid a sheet.
fn without_comments(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("/*") {
        out.extend([&rest[..at], " "]);
        rest = rest[at + 2..].split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

/// Where the first of these signs stands, outside of quotes and brackets.
fn find(text: &str, signs: &[char]) -> Option<usize> {
    let (mut quote, mut open, mut escaped) = (None, 0_usize, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            it if quote == Some(it) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(character),
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            it if open == 0 && signs.contains(&it) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Where the block ends whose `{` stands before the text; its length if it does not end.
fn end_of_block(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(found) = find(&text[at..], &['{', '}']) {
        let is_end = text[at + found..].starts_with('}');
        if is_end && depth == 0 {
            return at + found;
        }
        depth = if is_end { depth - 1 } else { depth + 1 };
        at += found + 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(sheet(text), expected, "{text}");
        assert_eq!(sheet(expected), expected, "once more");
    }

    #[test]
    fn rules_of_real_drawings_stay() {
        check(
            "\n  .st0{fill:#FFFFFF;}\n .st1 { clip-path : url(#SVGID_2_) ; }\n",
            ".st0{fill:#FFFFFF}.st1{clip-path:url(#SVGID_2_)}",
        );
        check(
            ".cls-1,.cls-2>g path{font-family:\"Noto Sans CJK SC\", 微软雅黑,sans-serif;font-size:12px}",
            ".cls-1,.cls-2>g path{font-family:'Noto Sans CJK SC', 微软雅黑,sans-serif;font-size:12px}",
        );
        check(
            "#a{transform:rotate(-45deg) translate(2px,3%)}",
            "#a{transform:rotate(-45deg) translate(2px,3%)}",
        );
        check("a{font:bold 12px/1.5 '宋体'!important}", "a{font:bold 12px/1.5 '宋体'!important}");
        check("a{FILL:RGB(1, 2, 3)}", "a{fill:RGB(1, 2, 3)}");
        check("<!-- a{fill:red} -->", "a{fill:red}");
    }

    #[test]
    fn what_reaches_out_goes() {
        for text in [
            "@import 'https://a.cn/b.css';",
            "@import url(//a.cn/b.css);",
            "@\\69mport 'b.css';",
            "@font-face{font-family:a;src:url(https://a.cn/b.woff)}",
            "@media all{a{fill:url(https://a.cn/b#c)}}",
            "a{fill:url(https://a.cn/b#c)}",
            "a{fill:url(//a.cn/b#c)}",
            "a{fill:url('b.svg#c')}",
            "a{fill:\\75 rl(https://a.cn/b)}",
            "a{fill:u\\72l(b)}",
            "a{fill:url(#a\\29 \\3b x)}",
            "a{fill:UrL(data:image/png;base64,AAAA)}",
            "a{fill:src('b')}",
            "a{fill:image-set('b' 1x)}",
            "a{background:url(#a)}",
            "a{cursor:url(#a),auto}",
            "a{--b:url(//a.cn);fill:var(--b)}",
            "a{width:expression(alert(1))}",
            "a{fill:expression(alert(1))}",
            "a{behavior:url(#default#time2)}",
            "a{fill:red//a.cn}",
            "a{content:'王芳'}",
            "a{fill:'王芳'}",
            "a{fill:王芳}",
            "a{font-family:'王芳：13812345678'}",
            "a[data-name='王芳']{fill:red}",
            "a:hover{fill:red}",
            "a{b{fill:red}}",
            "/* 王芳 */",
            "王芳",
            "a{fill:calc(((((((((((((((((1)))))))))))))))))}",
        ] {
            let left = sheet(text);
            assert!(["", "a{fill:none}"].contains(&left.as_str()), "{text} became {left}");
        }
    }

    #[test]
    fn the_rest_stays_beside_it() {
        check("@import 'a';b{fill:red}", "b{fill:red}");
        check("@media print{b{fill:blue}}b{fill:red}", "b{fill:red}");
        check("b{x:1;fill:red;y:url(a;b);stroke:blue}", "b{fill:red;stroke:blue}");
        check("b/**/{fill:/* ; */red}", "b{fill:red}");
        check("b{fill:red", "b{fill:red}");
        check("b{fill:url(https://a.cn/b) blue}", "b{fill:blue}");
        check("b{font-family:\\5FAE\\8F6F}", "b{font-family:微软}");
        assert_eq!(
            declarations("fill:red; -inkscape-stroke:none;stroke : url( '#a' )"),
            "fill:red;stroke:url(#a)"
        );
    }
}
