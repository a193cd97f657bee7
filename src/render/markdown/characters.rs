//! Which characters belong to Chinese and its neighbours.

/// A letter or punctuation mark of Chinese, Japanese or Korean: whatever is wide, and Hangul, but
/// no emoji. This is the "CJK character" of the amendments that
/// [`super::emphasis`] follows.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{2329}'..='\u{232A}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FFEE}'
        | '\u{16FE0}'..='\u{18DFF}'
        | '\u{1AFF0}'..='\u{1B2FF}'
        | '\u{1F200}'..='\u{1F2FF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// A character of a script that puts no spaces between words: [`is_cjk`] without Korean.
pub(super) fn is_unspaced(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{3130}'..='\u{318F}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{FFA0}'..='\u{FFDC}')
}

/// Punctuation that Chinese and Western texts write with one code: quotation marks, the dash, the
/// ellipsis, the middle dot. The text around them decides which is meant.
pub(super) fn is_shared_punctuation(c: char) -> bool {
    matches!(c,
        '·' | '\u{2010}'..='\u{2015}' | '‘' | '’' | '“' | '”' | '\u{2025}'..='\u{2027}'
        | '\u{22EF}' | '\u{2E3A}')
}

/// A mark that chooses a form of the character before it, but not the colourful one of an emoji.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}' | '\u{E0100}'..='\u{E01EF}')
}

/// Reads what follows `&#` in HTML, and returns the character and the rest.
pub(super) fn numeric_reference(text: &str) -> Option<(char, &str)> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let end = digits.find(|ch: char| !ch.is_digit(radix)).unwrap_or(digits.len());
    let character = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32)?;
    let rest = &digits[end..];
    Some((character, rest.strip_prefix(';').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_punctuation() {
        for c in "中〇々あアㄅ，。：；！？（）「」『』《》〈〉【】、～＋Ａ１𠀀".chars()
        {
            assert!(is_cjk(c) && is_unspaced(c), "{c}");
        }
        for c in "한ㄱ".chars() {
            assert!(is_cjk(c) && !is_unspaced(c), "{c}");
        }
        for c in "aé,.(—“”…·℃😀☎→①".chars() {
            assert!(!is_cjk(c), "{c}");
        }
    }
}
