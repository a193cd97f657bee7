//! Characters that nobody sees, and what they hide.
//!
//! Some characters show nothing and change how their neighbours read: U+202E turns a line round, so
//! that one reads another address than a browser does; one of no width in a name keeps it from being
//! found. No text of a site may hold them ([`hidden`]), and nothing is printed with them ([`visible`]).
//!
//! Some scripts and signs need a few of them, and keep them there:
//!
//! | character | stays |
//! | --- | --- |
//! | U+200D zero width joiner | between parts of an emoji (👨‍👩‍👧), between letters that join |
//! | U+200C zero width non-joiner | between letters that join: Arabic, Uyghur, Indic scripts, Mongolian |
//! | U+200B zero width space | between letters of Thai, Lao, Burmese, Khmer, Dai, which have no spaces |
//! | variation selectors | one behind a character whose form it chooses (☎️, 葛󠄀) |
//! | Mongolian selectors and vowel separator | behind a letter of Mongolian |
//!
//! Marks of direction (U+200E, U+200F, U+061C, U+202A–202E, U+2066–2069) stay nowhere: browsers
//! order Arabic and Hebrew by themselves, and `<bdi>` sets a part of a text apart.

use std::ops::Range;

/// What no text may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The first of the characters.
    pub character: char,
}

/// The characters of a text that nobody sees, without those that a script needs. Such that stand
/// side by side are one. Nearly all texts have none, which costs a quick look at each byte.
pub fn hidden(text: &str) -> Vec<Hidden> {
    let mut found: Vec<Hidden> = Vec::new();
    if !looks_hidden(text.as_bytes()) {
        return found;
    }
    let mut before = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if is_unseen(character) && !is_needed(before, character, text[end..].chars().next()) {
            match found.last_mut() {
                Some(last) if last.range.end == at => last.range.end = end,
                _ => found.push(Hidden { range: at..end, character }),
            }
        }
        before = Some(character);
    }
    found
}

/// The hidden characters that are written in another way: with percent signs in an address
/// (`%E2%80%AE`), or as references of HTML (`&#x202e;`, `&rlm;`).
pub fn hidden_in_code(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    for at in memchr::memchr2_iter(b'%', b'&', text.as_bytes()) {
        if text.as_bytes()[at] == b'&' {
            let unseen = reference(&text[at..]).filter(|(character, _)| is_unseen(*character));
            found.extend(
                unseen.map(|(character, length)| Hidden { range: at..at + length, character }),
            );
            continue;
        }
        let starts_run = !text.as_bytes()[..at].ends_with(b"%") && !ends_in_byte(&text[..at]);
        if starts_run {
            found.extend(hidden_in_bytes(text, at));
        }
    }
    found
}

/// The character itself if it only shows itself, otherwise a sign for it. Control characters could
/// steer a terminal; invisible ones could hide or turn round what stands beside them. Line ends and
/// tabs are control characters, too.
pub fn visible(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        it if is_unseen(it) && !is_variation_selector(it) => '\u{fffd}',
        it => it,
    }
}

/// The text on one line, with signs for what could steer a terminal or hide something.
pub fn one_line(text: &str) -> String {
    let shown = |it: char| if matches!(it, '\t' | '\n' | '\r') { ' ' } else { visible(it) };
    text.chars().map(shown).collect()
}

/// Whether a character shows nothing. Tabs and line ends do not count, nor do spaces.
pub fn is_unseen(character: char) -> bool {
    matches!(character,
        '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}'
        // Of no width, or seen at the end of a line only.
        | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}'
        // Of direction, and other commands.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
        || is_variation_selector(character)
}

/// A mark that chooses a form of the character before it.
fn is_variation_selector(character: char) -> bool {
    matches!(character,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether an unseen character does what it is for, between these.
fn is_needed(before: Option<char>, character: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let between = |is: fn(char) -> bool| is(before) && after.is_some_and(is);
    match character {
        '\u{200d}' => between(is_joining) || is_emoji_part(before) && after.is_some_and(is_emoji),
        '\u{200c}' => between(is_joining),
        '\u{200b}' => between(is_unspaced),
        '\u{180b}'..='\u{180f}' => is_mongolian(before),
        '\u{fe0f}' if before.is_ascii() => before.is_ascii_digit() || "#*".contains(before),
        it if is_variation_selector(it) => {
            !before.is_ascii() && !before.is_whitespace() && !is_unseen(before)
        }
        _ => false,
    }
}

/// An emoji, or a part of one that a joiner may follow.
fn is_emoji_part(character: char) -> bool {
    is_emoji(character) || character == '\u{fe0f}'
}

fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{a9}' | '\u{ae}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// A letter of a script whose letters join, or change with what stands beside them.
fn is_joining(character: char) -> bool {
    matches!(character,
        '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17ff}' | '\u{a840}'..='\u{a8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
        || is_mongolian(character)
}

fn is_mongolian(character: char) -> bool {
    matches!(character, '\u{1800}'..='\u{180d}' | '\u{180f}'..='\u{18af}')
}

/// A letter of a script of the South-East that puts no spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17b3}'
        | '\u{17b6}'..='\u{17ff}' | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}'
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}')
}

/// Whether some bytes may hold an unseen character. Sometimes wrongly true, but quick: every byte
/// of every file passes here, and the compiler makes vector instructions of these loops.
#[expect(clippy::needless_bitwise_bool, reason = "branches keep loops from vector instructions")]
fn looks_hidden(bytes: &[u8]) -> bool {
    const BLOCK: usize = 4096;
    let single = |a: u8| a == 0x7f || a < b' ' && a != b'\t' && a != b'\n' && a != b'\r';
    let pair = |a: u8, b: u8| {
        (a == 0xc2) & ((b < 0xa0) | (b == 0xad))
            | (a == 0xcd) & (b == 0x8f)
            | (a == 0xd8) & (b == 0x9c)
            | (a == 0xe1) & ((b == 0x85) | (b == 0x9e) | (b == 0xa0))
            | (a == 0xe2) & (b == 0x81)
            | (a == 0xe3) & (b == 0x85)
            | (a == 0xef) & ((b == 0xb8) | (b >= 0xbb) & (b != 0xbc) & (b != 0xbd))
            | (a == 0xf0) & ((b == 0x9b) | (b == 0x9d))
            | (a == 0xf3) & (b == 0xa0)
    };
    // `“` and `—` stand in every text, so U+2000 to U+203F is looked at more closely.
    let triple = |a: u8, b: u8, c: u8| {
        (a == 0xe2) & (b == 0x80) & ((0x8b..=0x8f).contains(&c) | (0xa8..=0xae).contains(&c))
    };
    let from = |start: usize| &bytes[bytes.len().min(start)..];
    let blocks = || bytes.chunks(BLOCK).zip(from(1).chunks(BLOCK));
    bytes.chunks(BLOCK).any(|block| block.iter().fold(false, |found, it| found | single(*it)))
        || blocks().any(|(a, b)| a.iter().zip(b).fold(false, |found, (a, b)| found | pair(*a, *b)))
        || blocks().zip(from(2).chunks(BLOCK)).any(|((a, b), c)| {
            let letters = a.iter().zip(b).zip(c);
            letters.fold(false, |found, ((a, b), c)| found | triple(*a, *b, *c))
        })
}

/// Whether a text ends with a byte that is written with a percent sign.
fn ends_in_byte(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(rest) = bytes.len().checked_sub(3) else { return false };
    bytes[rest] == b'%' && bytes[rest + 1..].iter().all(u8::is_ascii_hexdigit)
}

/// The first hidden character among the bytes that are written with percent signs from a place on.
fn hidden_in_bytes(text: &str, start: usize) -> Option<Hidden> {
    let triplets = text.as_bytes()[start..].chunks_exact(3);
    let triplets = triplets.map_while(|it| {
        let digits = std::str::from_utf8(&it[1..]).ok().filter(|_| it[0] == b'%')?;
        digits.bytes().all(|it| it.is_ascii_hexdigit()).then_some(())?;
        u8::from_str_radix(digits, 16).ok()
    });
    let bytes: Vec<u8> = triplets.collect();
    let decoded = String::from_utf8_lossy(&bytes);
    // What is no text is longer than its bytes, so places in it mean nothing.
    let first = decoded.char_indices().find(|(_, it)| is_unseen(*it));
    let (at, character) = first.filter(|_| decoded.len() == bytes.len())?;
    let from = start + 3 * at;
    Some(Hidden { range: from..from + 3 * character.len_utf8(), character })
}

/// The character of a reference of HTML at the beginning of a text, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 16] = [
        ("&ApplyFunction;", '\u{2061}'),
        ("&InvisibleComma;", '\u{2063}'),
        ("&InvisibleTimes;", '\u{2062}'),
        ("&NegativeMediumSpace;", '\u{200b}'),
        ("&NegativeThickSpace;", '\u{200b}'),
        ("&NegativeThinSpace;", '\u{200b}'),
        ("&NegativeVeryThinSpace;", '\u{200b}'),
        ("&NoBreak;", '\u{2060}'),
        ("&ZeroWidthSpace;", '\u{200b}'),
        ("&af;", '\u{2061}'),
        ("&ic;", '\u{2063}'),
        ("&it;", '\u{2062}'),
        ("&lrm;", '\u{200e}'),
        ("&rlm;", '\u{200f}'),
        ("&shy;", '\u{ad}'),
        ("&zwj;", '\u{200d}'),
    ];
    if let Some(digits) = text.strip_prefix("&#") {
        let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (digits, 10),
        };
        let end = digits.find(|it: char| !it.is_digit(radix)).unwrap_or(digits.len());
        let character = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32)?;
        return Some((character, text.len() - digits.len() + end));
    }
    let (name, character) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
    Some((*character, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(Range<usize>, char)> {
        hidden(text).into_iter().map(|it| (it.range, it.character)).collect()
    }

    #[test]
    fn what_nobody_sees_is_found() {
        for character in [
            '\0',
            '\x1b',
            '\x7f',
            '\u{9b}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{206f}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e0041}',
            '\u{e0100}',
        ] {
            for (before, after) in [("", ""), ("a", "b"), ("王", ""), ("", "王"), (" ", " ")] {
                let text = format!("{before}{character}{after}");
                let range = before.len()..before.len() + character.len_utf8();
                let is_form = is_variation_selector(character) && before == "王";
                let expected = if is_form { vec![] } else { vec![(range, character)] };
                assert_eq!(places(&text), expected, "{text:?}");
            }
        }
        assert_eq!(
            places("一\u{202e}\u{200b}二\u{200b}"),
            [(3..9, '\u{202e}'), (12..15, '\u{200b}')]
        );
        let long = format!("{}\u{202e}", "一".repeat(5000));
        assert_eq!(places(&long), [(15000..15003, '\u{202e}')]);
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        for text in [
            "👨‍👩‍👧 🏳️‍🌈 ☎️ 1️⃣ 👩🏽‍🚒 ❤️‍🔥",
            "می‌خواهم",
            "क्‍ष",
            "ภาษา\u{200b}ไทย",
            "ᠮᠣᠩᠭᠣᠯ ᠤᠨ᠋ ᠠ᠎ᠠ",
            "葛\u{e0100} 神\u{fe00}",
            "“引号”——破折号…·　全角\u{a0}空格\t\r\n",
            "ئۇيغۇرچە",
            "בְּרֵאשִׁית",
        ] {
            assert!(places(text).is_empty(), "{text}");
        }
        for text in
            ["👨\u{200d}王", "王\u{200d}王", "ا\u{200c}a", "☎\u{fe0f}\u{fe0f}", "ไ\u{200b}a"]
        {
            assert_eq!(places(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn the_quick_look_misses_nothing() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32).filter(|it| is_unseen(*it)) {
            for text in
                [format!("{character}"), format!("a{character}"), format!("一{character}一")]
            {
                assert!(looks_hidden(text.as_bytes()), "{text:?}");
            }
        }
        assert!(!looks_hidden("“一”——二…，。、（三）：a~\t\r\n".as_bytes()));
    }

    #[test]
    fn other_forms_are_found() {
        let places = |text: &str| -> Vec<Range<usize>> {
            hidden_in_code(text).into_iter().map(|it| it.range).collect()
        };
        assert_eq!(places("a%E4%B8%80%e2%80%aEb").as_slice(), std::slice::from_ref(&(10..19)));
        assert_eq!(places("a?b=%1b%00").as_slice(), std::slice::from_ref(&(4..7)));
        assert_eq!(places("&#x202E;&#8206 &rlm;&zwj;"), [0..7, 8..14, 15..20, 20..25]);
        for text in ["100%", "%", "%E2", "%E4%B8%80", "a%0Ab", "%FF%E2%80%AE", "&amp;&#x4e00;&;&#;"]
        {
            assert!(places(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn nothing_that_steers_is_shown() {
        let shown: String = "a\x1b\u{9b}\u{202e}\n\u{7f}王☎️".chars().map(visible).collect();
        assert_eq!(shown, "a\u{241b}\u{fffd}\u{fffd}\u{240a}\u{2421}王☎️");
    }
}
