//! What the three bytes before a run of digits, or behind it, can mean.
//!
//! A meaning is a bit. Each byte keeps the bits of the meanings it agrees with; what all three keep
//! holds. So hardly any run costs a branch, although nearly every run touches something.

/// Before a run: it is the number of a character reference.
pub(super) const REFERENCE: u16 = 1 | 1 << 1;
/// A letter and a sign, or the last letters of a word: `Room 501`.
pub(super) const WORD: u16 = 1 << 2;
/// 座.
pub(super) const BLOCK: u16 = 1 << 3;

/// Behind a run: a point and two digits.
pub(super) const POINT: u16 = 1;
/// A tag, but for the end tags of the commonest blocks.
pub(super) const TAG: u16 = 1 << 1 | 1 << 2;
/// 座, 弄, 门 or `#`.
pub(super) const BUILDING: u16 = 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6;
/// 室.
pub(super) const ROOM: u16 = 1 << 7;
/// What means nothing in plain text.
pub(super) const MARKUP: u16 = TAG | 1 << 8 | 1 << 9;

/// The meanings before a run, of the three bytes there.
#[inline]
pub(super) fn before(bytes: [u8; 3]) -> u16 {
    agreed(&BEFORE, bytes)
}

/// The meanings behind a run, of the three bytes there. Beside the named ones, a meaning is that
/// digits may go on behind a sign or a wide character.
#[inline]
pub(super) fn behind(bytes: [u8; 3]) -> u16 {
    agreed(&BEHIND, bytes)
}

fn agreed(table: &Table, [first, second, third]: [u8; 3]) -> u16 {
    table[0][usize::from(first)] & table[1][usize::from(second)] & table[2][usize::from(third)]
}

/// A class of bytes: ranges, both ends included.
type Class = &'static [[u8; 2]];

const ANY: Class = &[[0, 0xff]];
const LETTER: Class = &[[b'a', b'z'], [b'A', b'Z']];
/// What inline elements begin with; `td`, `div`, `h2`, `li`, `p` and their like do not.
const INLINE: Class =
    &[[b'a', b'c'], [b'e', b'g'], [b'i', b'k'], [b'm', b'o'], [b'q', b's'], [b'u', b'z'], [b'A', b'Z']];
/// What must stand behind a sign for digits to go on: a sign, a tag, a wide character.
const ONWARD: Class = &[
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

const BEFORE: Table = table(&[
    (1, [ANY, &[[b'&', b'&']], &[[b'#', b'#']]]),
    (1 << 1, [&[[b'&', b'&']], &[[b'#', b'#']], &[[b'x', b'x'], [b'X', b'X']]]),
    (WORD, [ANY, LETTER, &[[b' ', b' '], [b'.', b'.'], [b'#', b'#'], [b';', b';'], [b'm', b'm'], [b't', b't']]]),
    (BLOCK, [&[[0xe5, 0xe5]], &[[0xba, 0xba]], &[[0xa7, 0xa7]]]),
]);

const BEHIND: Table = table(&[
    (POINT, [&[[b'.', b'.']], &[[b'0', b'9']], &[[b'0', b'9']]]),
    (1 << 1, [&[[b'<', b'<']], &[[b'/', b'/']], INLINE]),
    (1 << 2, [&[[b'<', b'<']], INLINE, ANY]),
    (1 << 3, [&[[0xe5, 0xe5]], &[[0xba, 0xba]], &[[0xa7, 0xa7]]]),
    (1 << 4, [&[[0xe5, 0xe5]], &[[0xbc, 0xbc]], &[[0x84, 0x84]]]),
    (1 << 5, [&[[0xe9, 0xe9]], &[[0x97, 0x97]], &[[0xa8, 0xa8]]]),
    (1 << 6, [&[[b'#', b'#']], ANY, ANY]),
    (ROOM, [&[[0xe5, 0xe5]], &[[0xae, 0xae]], &[[0xa4, 0xa4]]]),
    // References and line ends of HTML, its comments too.
    (1 << 8, [&[[b'&', b'&'], [b'<', b'<']], &[[b'#', b'#'], [b'a', b'z'], [b'A', b'Z'], [b'!', b'!']], &[[b' ', b';'], [b'a', b'z'], [b'A', b'Z']]]),
    (1 << 9, [&[[b'\t', b'\r']], &[[b'0', b'9'], [b'<', b'<'], [b'&', b'&'], [b'\t', b' ']], ANY]),
    (1 << 10, [&[[b' ', b' '], [b'-', b'-']], ONWARD, ANY]),
    (1 << 11, [&[[b'_', b'_']], &[[b'0', b'9'], [b' ', b' '], [b'-', b'-']], ANY]),
    // The first bytes of spaces, dashes, middle dots, characters without width, full-width digits.
    (1 << 12, [&[[0xc2, 0xc2]], &[[0xa0, 0xa0], [0xad, 0xad], [0xb7, 0xb7]], ANY]),
    (1 << 13, [&[[0xe2, 0xe2]], &[[0x80, 0x81], [0x88, 0x88]], &[[0x80, 0x95], [0xa0, 0xaf], [0xbf, 0xbf]]]),
    (1 << 14, [&[[0xe3, 0xe3]], &[[0x80, 0x80], [0x83, 0x83]], &[[0x80, 0x80], [0xbb, 0xbb]]]),
    (1 << 15, [&[[0xef, 0xef]], &[[0xbb, 0xbc]], &[[0x8d, 0x99], [0xbf, 0xbf]]]),
]);

/// The meanings that the first, the second and the third byte agree with.
type Table = [[u16; 256]; 3];

/// The table of meanings, each with the classes of three bytes in a row.
const fn table(meanings: &[(u16, [Class; 3])]) -> Table {
    let mut table = [[0; 256]; 3];
    let mut index = 0;
    while index < meanings.len() {
        let (meaning, classes) = meanings[index];
        let mut place = 0;
        while place < 3 {
            table[place] = marked(table[place], meaning, classes[place]);
            place += 1;
        }
        index += 1;
    }
    table
}

const fn marked(mut bytes: [u16; 256], meaning: u16, class: Class) -> [u16; 256] {
    let mut index = 0;
    while index < class.len() {
        let mut byte = class[index][0] as usize;
        while byte <= class[index][1] as usize {
            bytes[byte] |= meaning;
            byte += 1;
        }
        index += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_agree_on_meanings() {
        let of = |text: &str| *text.as_bytes().first_chunk().unwrap();
        assert_eq!(behind(of("年")), 0);
        assert_eq!(behind(of("室")), ROOM);
        assert_eq!(behind(of("。")) | behind(of("，")) | behind(of("</td>")) | behind(of(" 人")), 0);
        for (text, meaning) in [("座", BUILDING), ("</b>", TAG), (".12", POINT), ("#楼", BUILDING)] {
            assert_ne!(behind(of(text)) & meaning, 0, "{text}");
        }
        assert_ne!(before(of("m 5")) | behind(of(" <b>")) | behind(of("１")), 0);
        assert_eq!(before(of("座")), BLOCK);
    }
}
