//! The marks of items that people number themselves: `一、`, `（二）`, `3.`, `④`, `第五，`, `●`, `时间：`.

/// What begins a note below something.
const NOTES: [&str; 4] = ["注：", "注:", "（注", "（备注"];

/// The most characters of a number in a mark.
const LONGEST_NUMBER: usize = 3;

/// The most characters of a label such as `联系电话：`.
const LONGEST_LABEL: usize = 6;

/// Whether a line begins with the mark of an item, and goes on.
pub(super) fn begins(line: &str) -> bool {
    // Two wide blanks begin a paragraph.
    if line.starts_with('\u{3000}') {
        return !line.trim().is_empty();
    }
    let line = line.trim_start();
    let Some(first) = line.chars().next() else { return false };
    match first {
        '注' | '（' if is_note(line) => true,
        '（' | '(' => bracketed(line).is_some_and(|rest| !rest.is_empty()),
        '第' => ordinal(line),
        '\u{2460}'..='\u{249B}' | '\u{3220}'..='\u{3229}' | '\u{2776}'..='\u{2793}' => true,
        first if is_bullet(first) => true,
        _ => numbered(line) || is_labelled(line),
    }
}

/// Whether a line at the margin, right below a list of Markdown, is no part of its last item: a note, a
/// label, or an item that Chinese digits number, which stand above `1.` and `-`.
pub(super) fn ends_list(line: &str) -> bool {
    let line = line.trim_start_matches('*');
    let number = line.strip_prefix(['（', '(', '第']).unwrap_or(line);
    match number.chars().next() {
        None | Some(' ' | '\t' | '\u{3000}') => false,
        Some(first) if is_numeral(first) => begins(line),
        _ => is_note(line) || is_labelled(line),
    }
}

/// A digit of Chinese numbers.
fn is_numeral(ch: char) -> bool {
    matches!(
        ch,
        '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百'
    )
}

/// A sign that stands before items.
fn is_bullet(ch: char) -> bool {
    matches!(ch, '●' | '•' | '◆' | '◇' | '■' | '▲' | '★' | '☆' | '※' | '○' | '►' | '➢' | '✓')
}

/// Whether a line begins a note below something.
fn is_note(line: &str) -> bool {
    NOTES.iter().any(|it| line.starts_with(it))
}

/// What is behind a number in brackets: `（二）`, `(3)`.
fn bracketed(line: &str) -> Option<&str> {
    let (_, rest) = number(line.get(first_length(line)..)?)?;
    rest.strip_prefix(['）', ')'])
}

/// `第一，`, `第二、`, `第三：`.
fn ordinal(line: &str) -> bool {
    let rest = line.strip_prefix('第').and_then(number);
    rest.is_some_and(|(_, rest)| rest.starts_with(['，', '、', '：', ',']))
}

/// `一、`, `1.`, `1、`, `1）`, not followed by another number: `一、二号楼` and `3.5` are no items.
fn numbered(line: &str) -> bool {
    let Some((number, rest)) = number(line) else { return false };
    let is_chinese = number.starts_with(is_numeral);
    let marks: &[char] =
        if is_chinese { &['、', '．', '.'] } else { &['、', '．', '.', '）', ')'] };
    let rest = rest.strip_prefix(marks);
    let is_number = |it: char| it.is_ascii_digit() || is_numeral(it);
    rest.is_some_and(|rest| rest.chars().next().is_some_and(|it| !is_number(it)))
}

/// A few Chinese letters and a colon.
fn is_labelled(line: &str) -> bool {
    let mut letters = 0;
    for ch in line.chars().filter(|it| *it != '\u{3000}') {
        match ch {
            '：' => return letters >= 2,
            '\u{4E00}'..='\u{9FFF}' if letters < LONGEST_LABEL => letters += 1,
            _ => return false,
        }
    }
    false
}

/// A short number at the beginning of a text, in one kind of digits, and what follows it.
fn number(text: &str) -> Option<(&str, &str)> {
    let is_chinese = text.starts_with(is_numeral);
    let is_arabic = |it: char| it.is_ascii_digit() || matches!(it, '０'..='９');
    let is_digit = |it| if is_chinese { is_numeral(it) } else { is_arabic(it) };
    let end = text.find(|it| !is_digit(it)).unwrap_or(text.len());
    let length = text[..end].chars().count();
    (1..=LONGEST_NUMBER).contains(&length).then(|| text.split_at(end))
}

/// The bytes of the first character.
fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
