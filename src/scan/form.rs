//! Forms: labels stand at the left, one below the other, and what is filled in beside each.
//!
//! ```text
//! | 姓名 | 王秀英 |        姓名：王秀英
//! | 类别 | 低保 |          类别：低保
//! | 金额 | 620元 |         金额：620元
//! ```
//!
//! A form is read as a table of one row: its labels are the head.

use crate::scan::{
    glyph::Glyph,
    lines::{Line, LineKind, chars_of},
    table::{self, is_rule},
};

/// Labels are no longer than this.
const LONGEST: usize = 10;

/// More lines below one another are no form.
const MOST: usize = 40;

/// The forms among lines, each as the head and the row of a table. One in which nobody's name is asked
/// for is left out.
pub(super) fn forms(lines: &[Line]) -> Vec<[Line; 2]> {
    let mut forms = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let fields: Vec<Vec<Field<'_>>> =
            rest.iter().take(MOST).map_while(|line| fields(line, rest[0].kind)).collect();
        let count = fields.len().max(1);
        let all: Vec<Field<'_>> = fields.into_iter().flatten().collect();
        let names_somebody = all.iter().any(|field| table::is_of_person(&chars_of(field.label)));
        if all.len() >= 2 && names_somebody {
            forms.push(as_table(&all));
        }
        rest = &rest[count..];
    }
    forms
}

/// Whether a line may be one of a form that is written as text.
pub(super) fn may_be_line(chars: &[char]) -> bool {
    let colon = chars.iter().take(LONGEST + 2).position(|it| matches!(it, ':' | '：'));
    colon.is_some_and(|at| at > 0 && at + 1 < chars.len())
}

/// What is filled in at a label.
struct Field<'l> {
    label: &'l [Glyph],
    value: &'l [Glyph],
}

/// The fields in a line of a form whose first line is of that kind; two may stand beside each other. A
/// rule of a table has none. Nothing for what is no line of the form.
fn fields(line: &Line, kind: LineKind) -> Option<Vec<Field<'_>>> {
    if line.kind != kind {
        return None;
    }
    let fields: Vec<Field<'_>> = match kind {
        LineKind::Row if is_rule(line) => return Some(Vec::new()),
        LineKind::Row => {
            let mut cells = line.cells();
            // What stands behind the last line of a row is no cell.
            cells.pop_if(|it| it.start == it.end);
            if !matches!(cells.len(), 2 | 4 | 6) {
                return None;
            }
            let pairs = cells.chunks_exact(2);
            let field = |pair: &[std::ops::Range<usize>]| Field {
                label: &line.glyphs[pair[0].clone()],
                value: &line.glyphs[pair[1].clone()],
            };
            pairs.map(field).collect()
        }
        LineKind::Text | LineKind::Item => {
            let at = line.glyphs.iter().take(LONGEST + 1).position(|it| it.ch == ':')?;
            vec![Field { label: &line.glyphs[..at], value: &line.glyphs[at + 1..] }]
        }
        LineKind::Heading(_) | LineKind::Blank => return None,
    };
    fields.iter().all(|field| is_label(field.label)).then_some(fields)
}

/// Whether these are the words of a label.
fn is_label(label: &[Glyph]) -> bool {
    let is_word =
        |it: &Glyph| it.ch.is_alphabetic() || matches!(it.ch, ' ' | '/' | '(' | ')' | '*');
    (1..=LONGEST).contains(&label.len())
        && label.iter().all(is_word)
        && label.iter().any(|it| it.ch.is_alphabetic())
}

/// The head and the row of a table with these fields. The labels stand nowhere.
fn as_table(fields: &[Field<'_>]) -> [Line; 2] {
    let (mut head, mut row) = (Vec::new(), Vec::new());
    for Field { label, value } in fields {
        head.extend(label.iter().filter(|it| it.ch != '*').map(|it| Glyph {
            ch: it.ch,
            start: 0,
            end: 0,
        }));
        head.push(Glyph { ch: '|', start: 0, end: 0 });
        row.extend(value.iter().copied().filter(|it| it.ch != '|'));
        let end = value.last().map_or(0, |it| it.end);
        row.push(Glyph { ch: '|', start: end, end });
    }
    [Line::new(LineKind::Row, head), Line::new(LineKind::Row, row)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::lines::lines;

    /// The forms in a text, as heads and rows.
    fn read(text: &str) -> Vec<String> {
        let words = |line: &Line| chars_of(&line.glyphs).into_iter().collect::<String>();
        let forms = forms(&lines(text, 0..text.len()));
        forms.iter().map(|[head, row]| format!("{} {}", words(head), words(row))).collect()
    }

    #[test]
    fn forms_are_tables_of_one_row() {
        assert_eq!(
            read("| 姓名 | 王秀英 |\n|---|---|\n| 类别 | 低保 |\n"),
            ["姓名|类别| 王秀英|低保|"]
        );
        assert_eq!(read("姓名：王秀英\n类别：低保\n\n又"), ["姓名|类别| 王秀英|低保|"]);
        assert_eq!(
            read("| 姓名 | 王秀英 | 性别 | 女 |\n| 类别 | 低保 | 金额 | 620 |"),
            ["姓名|性别|类别|金额| 王秀英|女|低保|620|"]
        );
        assert_eq!(read("类别：低保\n金额：620"), [""; 0]);
        assert_eq!(read("姓名：王秀英"), [""; 0]);
        assert_eq!(read("姓名：王秀英\n\n类别：低保"), [""; 0]);
        assert_eq!(read("| 姓名 | 类别 | 金额 |\n| 王秀英 | 低保 | 620 |"), [""; 0]);
        assert!(may_be_line(&['姓', '名', '：', '王']) && !may_be_line(&['姓', '名', '：']));
    }
}
