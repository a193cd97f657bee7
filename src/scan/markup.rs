//! The parts of HTML that stand between two characters: tags, comments, character references.
//!
//! This is no parser of HTML. It is asked at one `<`, `>`, `&` or `;` what stands there, forwards
//! or backwards, and looks a limited way, so the cost of one question is bounded; a broken tag is
//! text. Inline elements leave a number whole, blocks cut it; a comment counts as inline.

use memchr::{memchr, memchr3, memmem, memrchr, memrchr3};

/// Longer tags, and longer comments, are read as text. In bytes, as the two below.
const LONGEST_TAG: usize = 4096;

/// Longer drawings are read as text from here on.
const LONGEST_DRAWING: usize = 65536;

/// Longer character references are read as text.
const LONGEST_REFERENCE: usize = 24;

/// A tag or a comment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScannedTag {
    /// The index of its `<`.
    pub start: usize,
    /// The index behind its `>`.
    pub end: usize,
    /// Whether the text goes on behind it as if nothing were there.
    pub is_inline: bool,
}

/// The tag that begins at the `<` at `start`. None if no name follows (`a < b`), or its `>` is
/// missing or too far away: the `<` is text then. Start tags, end tags and `<!DOCTYPE>` are alike;
/// what is no known inline element is a block.
pub(crate) fn tag_at(bytes: &[u8], start: usize) -> Option<ScannedTag> {
    let reach = &bytes[start..bytes.len().min(start + LONGEST_TAG)];
    if reach.starts_with(b"<!--") {
        let end = memmem::find(&reach[4..], b"-->")? + start + 4 + 3;
        return Some(ScannedTag { start, end, is_inline: true });
    }
    let name = reach.get(1..)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    if !name.first().is_some_and(|it| it.is_ascii_alphabetic() || *it == b'!') {
        return None;
    }
    let length = name.iter().position(|it| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is_inline = is_inline(&name[..length]);
    let end = tag_end(reach)? + start;
    Some(ScannedTag { start, end, is_inline })
}

/// The index behind the `>` of the tag that the bytes begin with. A `>` in quotes does not end it:
/// `<a title="a > b">`. None if a quote or the tag stays open.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'>', b'"', b'\'', &tag[at..])?;
        match tag[at] {
            b'>' => return Some(at + 1),
            quote => at += 2 + memchr(quote, &tag[at + 1..])?,
        }
    }
}

/// The tag whose `>` is the last byte before `end`. The last `<` must begin a tag that ends there.
/// A tag with `<` in an attribute is therefore not seen from behind.
pub(super) fn tag_before(bytes: &[u8], end: usize) -> Option<ScannedTag> {
    let from = end.saturating_sub(LONGEST_TAG);
    let reach = &bytes[from..end];
    let start = if reach.ends_with(b"-->") {
        memmem::rfind(reach, b"<!--")?
    } else {
        memrchr(b'<', reach)?
    };
    tag_at(bytes, from + start).filter(|it| it.end == end)
}

/// Whether an element of that name leaves its text in the line. Names are compared without case;
/// `img` and `br` are no inline elements here, as readers see a gap there. Longer names than eight
/// letters are none.
fn is_inline(name: &[u8]) -> bool {
    let mut lower = [0; 8];
    let Some(lower) = lower.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"strong"
            | b"em"
            | b"b"
            | b"i"
            | b"span"
            | b"tspan"
            | b"textpath"
            | b"a"
            | b"wbr"
            | b"u"
            | b"s"
            | b"sub"
            | b"sup"
            | b"small"
            | b"mark"
            | b"code"
            | b"font"
            | b"big"
            | b"kbd"
            | b"samp"
            | b"var"
            | b"abbr"
            | b"cite"
            | b"q"
            | b"ins"
            | b"strike"
            | b"bdi"
            | b"bdo"
            | b"output"
            | b"acronym"
            | b"nobr"
    )
}

/// Whether the byte at `at` is in the value of an attribute that holds drawings or hashes: their
/// numbers are no text. `at` lies in the value if the last quote or `<` before it is the quote
/// behind `name=`. False for a drawing that is longer than the limit.
pub(super) fn is_drawing(bytes: &[u8], at: usize) -> bool {
    const NAMES: [&str; 9] =
        ["d", "points", "viewBox", "transform", "integrity", "srcset", "sizes", "values", "path"];
    let before = &bytes[at.saturating_sub(LONGEST_DRAWING)..at];
    let Some(quote) = memrchr3(b'"', b'\'', b'<', before) else { return false };
    let Some(name) = before[..quote].strip_suffix(b"=") else { return false };
    let start = name.iter().rposition(|it| !it.is_ascii_alphabetic()).map_or(0, |it| it + 1);
    let is_apart = start > 0 && name[start - 1].is_ascii_whitespace();
    is_apart && NAMES.iter().any(|it| name[start..].eq_ignore_ascii_case(it.as_bytes()))
}

/// The character of the reference that begins at the `&` at `start`, and the index behind it.
/// Decimal, hexadecimal and some named ones: `&#49;`, `&#x31;`, `&nbsp;`. The `;` of numbers may be
/// missing, as browsers read them then, too. None for other names, and for numbers that are no
/// character.
pub(crate) fn reference_at(bytes: &[u8], start: usize) -> Option<(char, usize)> {
    let reach = &bytes[start + 1..bytes.len().min(start + LONGEST_REFERENCE)];
    if let Some(digits) = reach.strip_prefix(b"#") {
        let (code, length) = code(digits)?;
        let end = start + 2 + length;
        return Some((char::from_u32(code)?, end + usize::from(bytes.get(end) == Some(&b';'))));
    }
    let length = memchr(b';', reach)?;
    let (_, char) = NAMED.iter().find(|(it, _)| it.as_bytes() == &reach[..length])?;
    Some((*char, start + 1 + length + 1))
}

/// The number behind `&#`, and its length. None without a digit, or if the number does not fit in
/// 32 bits.
fn code(digits: &[u8]) -> Option<(u32, usize)> {
    let (radix, skipped) =
        if matches!(digits.first(), Some(b'x' | b'X')) { (16, 1) } else { (10, 0) };
    let mut code = 0u32;
    let mut length = skipped;
    while let Some(digit) = digits.get(length).and_then(|it| char::from(*it).to_digit(radix)) {
        code = code.checked_mul(radix)?.checked_add(digit)?;
        length += 1;
    }
    (length > skipped).then_some((code, length))
}

/// The reference whose `;` is the last byte before `end`: its character, and the index of its `&`.
/// None if it would end elsewhere, so that a sentence with a `;` is no reference.
pub(super) fn reference_before(bytes: &[u8], end: usize) -> Option<(char, usize)> {
    let from = end.saturating_sub(LONGEST_REFERENCE);
    let start = from + memrchr(b'&', &bytes[from..end])?;
    let (char, reached) = reference_at(bytes, start)?;
    (reached == end).then_some((char, start))
}

/// The named references that can stand within a datum.
const NAMED: [(&str, char); 30] = [
    ("nbsp", '\u{a0}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("emsp13", '\u{2004}'),
    ("emsp14", '\u{2005}'),
    ("numsp", '\u{2007}'),
    ("puncsp", '\u{2008}'),
    ("thinsp", '\u{2009}'),
    ("ThinSpace", '\u{2009}'),
    ("hairsp", '\u{200a}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("hyphen", '\u{2010}'),
    ("dash", '\u{2010}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("minus", '\u{2212}'),
    ("middot", '\u{b7}'),
    ("centerdot", '\u{b7}'),
    ("bull", '\u{2022}'),
    ("commat", '@'),
    ("period", '.'),
    ("num", '#'),
    ("lowbar", '_'),
    ("plus", '+'),
    ("comma", ','),
    ("Tab", '\t'),
];
