//! Chinese characters.

/// A Chinese character.
pub(super) fn is_han(it: char) -> bool {
    matches!(it, '々' | '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(it, '\u{20000}'..='\u{3ffff}')
}
