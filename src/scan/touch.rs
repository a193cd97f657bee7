//! What the three bytes before a run of digits, or behind it, can mean.
//!
//! A meaning is a bit. Each byte keeps the bits of the meanings it agrees with; what all three keep
//! holds. So hardly any run costs a branch, although nearly every run touches something.
//!
//! For example 栋, which is `e6 a0 8b`, before a run: the first table has the bit of 栋 at `e6`,
//! the second at `a0`, the third at `8b`. The three entries have no other bit in common, so their
//! conjunction is that bit. Three loads and two operations answer all questions at once.
//!
//! A bit may be too generous, as bytes are compared and not characters; it must never miss
//! anything. The sweep looks closely afterwards. Near the ends of a text, line ends stand for
//! missing bytes.

/// Before a run: it is the number of a character reference. Two bits: `&#` before decimal digits,
/// `&#x` before hexadecimal ones.
pub(super) const REFERENCE: u32 = 0b11;
/// The end of a word for buildings: 栋, 幢, 座, 楼, 元.
pub(super) const BUILDING_BEFORE: u32 = 0b1_1111 << 2;
/// A tag. It ends there.
pub(super) const TAG_BEFORE: u32 = 1 << 7;
/// The end of the name of a compound: 园, 区, 苑, 里, 村, 城, 寓, 舍, 府.
pub(super) const COMPOUND_BEFORE: u32 = 0b1_1111_1111 << 23;

/// Behind a run: a point and two digits.
pub(super) const POINT: u32 = 1;
/// A tag, but for the end tags of the commonest blocks.
pub(super) const TAG: u32 = 0b11 << 1;
/// A word for buildings: 座, 弄, 门, 栋, 幢, 单, `#`.
pub(super) const BUILDING: u32 = 0b111_1111 << 3;
/// 号, which 楼 or 门 may follow.
pub(super) const NUMBER: u32 = 1 << 10;
/// 室.
pub(super) const ROOM: u32 = 1 << 11;
/// What means nothing in plain text.
pub(super) const MARKUP: u32 = TAG | 0b11 << 12;

/// The meanings before a run, of the three bytes there.
#[inline]
pub(super) fn before(bytes: [u8; 3]) -> u32 {
    agreed(&BEFORE, bytes)
}

/// The meanings behind a run, of the three bytes there. Beside the named ones, a meaning is that
/// digits may go on behind a sign or a wide character.
#[inline]
pub(super) fn behind(bytes: [u8; 3]) -> u32 {
    agreed(&BEHIND, bytes)
}

/// The bits that all three bytes have, each in the table of its place.
fn agreed(table: &TouchTable, [first, second, third]: [u8; 3]) -> u32 {
    table[0][usize::from(first)] & table[1][usize::from(second)] & table[2][usize::from(third)]
}

/// Three classes of bytes, each of ranges with both ends. `[b'0', b'9']` is every digit; a byte
/// belongs to the class if it is in any of the ranges.
type Classes<'a> = [&'a [[u8; 2]]; 3];

const ANY: &[[u8; 2]] = &[[0, 0xff]];
/// Behind a wide character, a tag or a reference.
const BORDER: &[[u8; 2]] = &[[0x80, 0xff], [b'>'; 2], [b';'; 2]];
const DIGIT: &[[u8; 2]] = &[[b'0', b'9']];
const LETTER: &[[u8; 2]] = &[[b'a', b'z'], [b'A', b'Z']];
const CAPITAL: &[[u8; 2]] = &[[b'A', b'Z']];
const JOINT: &[[u8; 2]] = &[[b' ', b' '], [b'-', b'-']];
const SIGN: &[[u8; 2]] = &[[b' '; 2], [b'-'; 2], [b'.'; 2]];
/// What inline elements begin with; `td`, `div`, `h2`, `li`, `p` and their like do not.
const INLINE: &[[u8; 2]] = &[
    [b'a', b'c'],
    [b'e', b'g'],
    [b'i', b'k'],
    [b'm', b'o'],
    [b'q', b's'],
    [b'u', b'z'],
    [b'A', b'Z'],
];
/// What must stand behind a sign for digits to go on: a sign, a tag, a wide character.
const ONWARD: &[[u8; 2]] = &[
    [b' ', b' '],
    [b'-', b'-'],
    [b'_', b'_'],
    [b'<', b'<'],
    [b'&', b'&'],
    [b'\t', b'\r'],
    [0xc2, 0xc2],
    [0xe2, 0xe3],
    [0xef, 0xef],
];

/// What has no name here are letters, and signs behind letters: of plates and of English words.
const BEFORE: TouchTable = TouchTable::EMPTY
    .with(1, [ANY, &[[b'&'; 2]], &[[b'#'; 2]]])
    .with(1 << 1, [&[[b'&'; 2]], &[[b'#'; 2]], &[[b'x'; 2], [b'X'; 2]]])
    .with_char(1 << 2, "栋")
    .with_char(1 << 3, "幢")
    .with_char(1 << 4, "座")
    .with_char(1 << 5, "楼")
    .with_char(1 << 6, "元")
    .with(TAG_BEFORE, [ANY, ANY, &[[b'>'; 2]]])
    // `Room 501`, `Rm.501`, `Apt #501`, `Room501`; in full width.
    .with(
        1 << 8,
        [ANY, LETTER, &[[b' '; 2], [b'.'; 2], [b'#'; 2], [b';'; 2], [b'm'; 2], [b't'; 2]]],
    )
    .with(1 << 9, [&[[0xbd; 2]], &[[0x81, 0x9a]], SIGN])
    // `京A1`, `京AB1`, `京ABC1`, `京Ａ1`; the tag or reference before may hold 京.
    .with(1 << 10, [ANY, BORDER, LETTER])
    .with(1 << 11, [BORDER, LETTER, LETTER])
    .with(1 << 12, [CAPITAL, CAPITAL, CAPITAL])
    .with(1 << 13, [&[[0xef; 2]], &[[0xbc; 2]], &[[0xa1, 0xba]]])
    // `京A 1`, `京Ａ 1`, `京A B1`, `京A BC1`; a tag or a reference may hold the letter.
    .with(1 << 14, [ANY, &[[b'A', b'Z'], [b'>'; 2]], SIGN])
    .with(1 << 15, [&[[0xbc; 2]], &[[0xa1, 0xba]], SIGN])
    .with(1 << 16, [&[[b'A', b'Z'], [b'>'; 2], [b';'; 2], [0x80, 0xff]], SIGN, CAPITAL])
    .with(1 << 17, [SIGN, CAPITAL, CAPITAL])
    // `京A·1`, `京A•1`, `京A・1`, a wide space or hyphen, a dash, a reference.
    .with(
        1 << 18,
        [ANY, &[[0xc2; 2], [0x80; 2], [0x83; 2]], &[[0xb7; 2], [0xa2; 2], [0xa7; 2], [0xbb; 2]]],
    )
    .with_char(1 << 19, "　")
    .with_char(1 << 20, "－")
    .with(1 << 21, [&[[0xe2; 2]], &[[0x80; 2]], &[[0x80, 0x95]]])
    .with(1 << 22, [ANY, DIGIT, &[[b';'; 2]]])
    .with_char(1 << 23, "园")
    .with_char(1 << 24, "区")
    .with_char(1 << 25, "苑")
    .with_char(1 << 26, "里")
    .with_char(1 << 27, "村")
    .with_char(1 << 28, "城")
    .with_char(1 << 29, "寓")
    .with_char(1 << 30, "舍")
    .with_char(1 << 31, "府");

const BEHIND: TouchTable = TouchTable::EMPTY
    .with(POINT, [&[[b'.'; 2]], DIGIT, DIGIT])
    .with(1 << 1, [&[[b'<'; 2]], &[[b'/'; 2]], INLINE])
    .with(1 << 2, [&[[b'<'; 2]], INLINE, ANY])
    .with_char(1 << 3, "座")
    .with_char(1 << 4, "弄")
    .with_char(1 << 5, "门")
    .with_char(1 << 6, "栋")
    .with_char(1 << 7, "幢")
    .with_char(1 << 8, "单")
    .with(1 << 9, [&[[b'#'; 2]], ANY, ANY])
    .with_char(NUMBER, "号")
    .with_char(ROOM, "室")
    // References and comments, and line ends, of HTML.
    .with(
        1 << 12,
        [&[[b'&'; 2], [b'<'; 2]], &[[b'#'; 2], [b'!'; 2], [b'a', b'z'], [b'A', b'Z']], ANY],
    )
    .with(1 << 13, [&[[b'\t', b'\r']], &[[b'\t', b' '], [b'0', b'9'], [b'<'; 2], [b'&'; 2]], ANY])
    .with(1 << 14, [JOINT, ONWARD, ANY])
    // A run ends before these only if its last digit is a wide one.
    .with(1 << 20, [JOINT, DIGIT, ANY])
    .with(1 << 15, [&[[b'_'; 2]], &[[b' '; 2], [b'-'; 2], [b'0', b'9']], ANY])
    // Spaces, dashes, middle dots, characters without width, full-width digits.
    .with(1 << 16, [&[[0xc2; 2]], &[[0xa0; 2], [0xad; 2], [0xb7; 2]], ANY])
    .with(
        1 << 17,
        [&[[0xe2; 2]], &[[0x80, 0x81], [0x88; 2]], &[[0x80, 0x95], [0xa0, 0xaf], [0xbf; 2]]],
    )
    .with(1 << 18, [&[[0xe3; 2]], &[[0x80; 2], [0x83; 2]], &[[0x80; 2], [0xbb; 2]]])
    .with(1 << 19, [&[[0xef; 2]], &[[0xbb, 0xbc]], &[[0x8d, 0x99], [0xbf; 2]]]);

/// The meanings that the first, the second and the third byte agree with.
struct TouchTable([[u32; 256]; 3]);

impl std::ops::Index<usize> for TouchTable {
    type Output = [u32; 256];

    fn index(&self, place: usize) -> &Self::Output {
        &self.0[place]
    }
}

impl TouchTable {
    /// No byte means anything.
    const EMPTY: Self = Self([[0; 256]; 3]);

    /// With the meaning of three bytes in a row. `meaning` has one bit. Where several are added for
    /// one bit, each byte would go with each other, so every row of three has a bit of its own.
    /// Evaluated by the compiler.
    const fn with(mut self, meaning: u32, classes: Classes<'_>) -> Self {
        let mut place = 0;
        while place < 3 {
            let mut range = 0;
            while range < classes[place].len() {
                let [first, last] = classes[place][range];
                let mut byte = first as usize;
                while byte <= last as usize {
                    self.0[place][byte] |= meaning;
                    byte += 1;
                }
                range += 1;
            }
            place += 1;
        }
        self
    }

    /// With the meaning of a character. It must have three bytes in UTF-8, as Chinese characters
    /// do; others end the compilation.
    const fn with_char(self, meaning: u32, char: &str) -> Self {
        let [first, second, third] = *char.as_bytes() else { panic!("it has three bytes") };
        self.with(meaning, [&[[first; 2]], &[[second; 2]], &[[third; 2]]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meanings without a name.
    const LETTERED: u32 = !(REFERENCE | BUILDING_BEFORE | TAG_BEFORE | COMPOUND_BEFORE);

    #[test]
    fn bytes_agree_on_meanings() {
        let of = |text: &str| *text.as_bytes().first_chunk().unwrap();
        for text in ["年", "。", "，", "</td>", " 人", ".5 "] {
            assert_eq!(behind(of(text)), 0, "{text}");
        }
        let words =
            [("座", BUILDING), ("栋", BUILDING), ("#楼", BUILDING), ("号", NUMBER), ("室", ROOM)];
        for (text, meaning) in
            words.into_iter().chain([("</b>", TAG), ("<b>", TAG), (".12", POINT)])
        {
            assert_ne!(behind(of(text)) & meaning, 0, "{text}");
        }
        assert_ne!(before(of("om ")), 0);
        assert_ne!(before(of("座")) & BUILDING_BEFORE, 0);
        assert_ne!(before(of("园")) & COMPOUND_BEFORE, 0);
        for text in ["吉A", "吉AB", "ABC", "A C", "Ａ", "/b>A"] {
            let bytes = text.as_bytes();
            let three = [b"  ", bytes].concat();
            assert_ne!(before(*three.last_chunk().unwrap()) & LETTERED, 0, "{text}");
        }
        for text in [" M", "年", "月", "：", "\"x", ": ", "，", "、"] {
            let three = [b"  ", text.as_bytes()].concat();
            assert_eq!(before(*three.last_chunk().unwrap()), 0, "{text}");
        }
    }
}
