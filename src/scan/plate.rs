//! Number plates.
//!
//! A plate is a province, a letter, and five signs: `吉A12345`. Those of new-energy cars have six
//! (`吉AD12345`); some end in a word (`京A1234警`). A space, a middle dot or a hyphen may stand
//! around the letter. I and O are in no plate, and at least one sign is a digit, so words in
//! capitals are none.
//!
//! The key is in capitals and without what stands between.

use crate::scan::{
    finding::{DataKind, Finding},
    glyph::{Glyph, Source, hash},
};

/// The plate whose first digit stands at `start`. Goes back over letters and signs to a province,
/// at most seven glyphs. None if something else comes first.
pub(super) fn before(source: Source<'_>, start: usize) -> Option<Finding> {
    let mut letter = None;
    for glyph in source.backward(start).take(7) {
        match glyph.ch {
            'A'..='Z' | 'a'..='z' => letter = Some(glyph.start),
            ' ' | '·' | '-' | '.' => {}
            ch if is_province(ch) => return at(source, letter?),
            _ => return None,
        }
    }
    None
}

/// The plate whose letter, the one behind the province, stands at `at`. None without a province
/// before it and a serial behind it. In small letters, as in `吉a12345`, four digits are wanted.
pub(super) fn at(source: Source<'_>, at: usize) -> Option<Finding> {
    let letter =
        source.next(at).filter(|glyph| is_sign(glyph.ch) && glyph.ch.is_ascii_alphabetic())?;
    let before = source.prev(letter.start)?;
    let province = match before.ch {
        ' ' | '·' | '-' => source.prev(before.start)?,
        _ => before,
    };
    if !is_province(province.ch) {
        return None;
    }
    let (serial, end) = serial(source, letter.end)?;
    let written: String = [province.ch, letter.ch].into_iter().chain(serial).collect();
    let normal = written.to_uppercase();
    let is_sure = !written.contains(|it: char| it.is_ascii_lowercase())
        || normal.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let key = hash(DataKind::Plate, normal);
    is_sure.then_some(Finding { kind: DataKind::Plate, range: province.start..end, key })
}

/// The signs behind the letter, and the end of the last. Five signs, six of a new-energy car, or
/// four and a mark. None if a further letter or digit follows: `川A123456789` is something else.
fn serial(source: Source<'_>, at: usize) -> Option<(Vec<char>, usize)> {
    let first = source.next(at)?;
    let at = match first.ch {
        ' ' | '·' | '-' | '.' => first.end,
        _ => at,
    };
    let glyphs: Vec<Glyph> = source.forward(at).take(7).collect();
    let length = glyphs.iter().take_while(|glyph| is_sign(glyph.ch)).count();
    let last = glyphs.get(length).map(|it| it.ch);
    let has_mark = length == 4 && last.is_some_and(|it| MARKS.contains(&it));
    let glyphs = &glyphs[..length + usize::from(has_mark)];
    let serial: Vec<char> = glyphs.iter().map(|it| it.ch).collect();
    let is_cut = !has_mark && last.is_some_and(|it| it.is_ascii_alphanumeric());
    let is_serial = has_mark || length == 5 || length == 6 && is_new_energy(&serial);
    let has_digit = serial.iter().any(char::is_ascii_digit);
    (is_serial && has_digit && !is_cut).then(|| (serial, glyphs[glyphs.len() - 1].end))
}

/// Plates of new-energy cars say so by their first sign or their last; the others are digits, but
/// for one. By GA 36 the letter is one of A to H, J and K. `serial` has six signs.
fn is_new_energy(serial: &[char]) -> bool {
    let says = |ch: char| matches!(ch.to_ascii_uppercase(), 'A'..='H' | 'J' | 'K');
    let digits = |it: &[char]| it.iter().filter(|it| it.is_ascii_digit()).count();
    says(serial[0]) && digits(&serial[2..]) == 4 || says(serial[5]) && digits(&serial[..5]) == 5
}

/// What can stand last instead of a sign: police, learners, trailers, border traffic.
const MARKS: [char; 7] = ['警', '学', '挂', '港', '澳', '试', '领'];

/// I and O are left out, in plates, for looking like 1 and 0.
fn is_sign(ch: char) -> bool {
    ch.is_ascii_alphanumeric() && !matches!(ch, 'I' | 'O' | 'i' | 'o')
}

/// The short name of a province, or 使 and 领 of embassies and consulates.
fn is_province(ch: char) -> bool {
    matches!(
        ch,
        '京' | '津'
            | '沪'
            | '渝'
            | '冀'
            | '豫'
            | '云'
            | '辽'
            | '黑'
            | '湘'
            | '皖'
            | '鲁'
            | '新'
            | '苏'
            | '浙'
            | '赣'
            | '鄂'
            | '桂'
            | '甘'
            | '晋'
            | '蒙'
            | '陕'
            | '吉'
            | '闽'
            | '贵'
            | '粤'
            | '青'
            | '藏'
            | '川'
            | '宁'
            | '琼'
            | '使'
            | '领'
    )
}
