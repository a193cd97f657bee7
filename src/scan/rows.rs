//! Mobile numbers that fill several cells of a table in Markdown.
//!
//! ```text
//! | 姓名 | 电话 |      |      |
//! | --- | --- | --- | --- |
//! | 王桂兰 | 138 | 0013 | 8001 |     a phone, from 138 to 8001
//! ```

use std::ops::Range;

use crate::{
    scan::finding::{DataKind, Finding},
    scan::glyph::hash,
    text::spread::{self, LabelledCell},
};

/// The mobile numbers in a part of a text that fill several cells of a row, in the order of the
/// text. Costs one pass at the speed of a search for `|`.
pub fn in_rows(text: &str, part: Range<usize>) -> Vec<Finding> {
    let (mut findings, mut labels) = (Vec::new(), Vec::new());
    let mut at = part.start;
    let mut is_table = false;
    while let Some(sign) = memchr::memchr(b'|', &text.as_bytes()[at..part.end]) {
        let start = text[at..at + sign].rfind('\n').map_or(at, |it| at + it + 1);
        let end = text[at + sign..part.end].find('\n').map_or(part.end, |it| at + sign + it);
        let cells = cells(text, start..end);
        if !is_table || start > at {
            let is_head = !cells.iter().any(|it| text[it.clone()].contains(is_digit));
            labels = if is_head { cells.clone() } else { Vec::new() };
        }
        let labelled = |(column, cell): (usize, &Range<usize>)| -> LabelledCell<'_> {
            (
                &text[cell.clone()],
                labels.get(column).map_or("", |it: &Range<usize>| &text[it.clone()]),
            )
        };
        let row: Vec<LabelledCell<'_>> = cells.iter().enumerate().map(labelled).collect();
        findings.extend(in_row(&row, &cells));
        (is_table, at) = (true, (end + 1).min(part.end));
    }
    findings
}

/// The numbers in a row, whose cells stand there.
fn in_row(row: &[LabelledCell<'_>], places: &[Range<usize>]) -> Vec<Finding> {
    let (mut findings, mut at) = (Vec::new(), 0);
    while at < row.len() {
        let is_first = at == 0 || !row[at - 1].0.ends_with(is_digit);
        let Some((count, digits)) = spread::mobile(&row[at..], is_first) else {
            at += 1;
            continue;
        };
        let range = places[at].start..places[at + count - 1].end;
        findings.push(Finding {
            kind: DataKind::Mobile,
            range,
            key: hash(DataKind::Mobile, digits),
        });
        at += count;
    }
    findings
}

fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit()
}

/// Where the cells of a line stand, without blanks and emphasis around.
fn cells(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let written = &text[line.clone()];
    let is_around = |it: char| it.is_whitespace() || matches!(it, '*' | '_' | '`');
    let mut start = line.start;
    let mut cells: Vec<Range<usize>> = Vec::new();
    for cell in written.split('|') {
        let left = cell.len() - cell.trim_start_matches(is_around).len();
        let trimmed = cell.trim_matches(is_around);
        let from = if trimmed.is_empty() { start } else { start + left };
        cells.push(from..from + trimmed.len());
        start += cell.len() + 1;
    }
    if written.trim_start().starts_with('|') {
        cells.remove(0);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_several_cells() {
        for (text, expected) in [
            ("|姓名|电话|||\n|--|--|--|--|\n|王桂兰|138|0013|8001|\n", &["138|0013|8001"][..]),
            ("| 姓名 | 电话 | |\n|--|--|--|\n| 王 | **138** | 00138001 |\n", &["138** | 00138001"]),
            ("甲\n\n|王桂兰|138|0013|8001|\n", &["138|0013|8001"]),
            (
                "|姓名|电话|电话|\n|--|--|--|\n|甲|1380013|8001|\n|乙|1390013|8002|",
                &["1380013|8001", "1390013|8002"],
            ),
            ("|小区|户数|人口|面积|\n|--|--|--|--|\n|甲|138|1234|5678|\n", &[]),
            ("|姓名|年龄|门牌|\n|--|--|--|\n|甲|138|00138001|\n", &[]),
            ("|门牌|户号|\n|--|--|\n|138|00138001|\n", &[]),
            ("|姓名|电话|\n|--|--|\n|甲|13800138001|\n", &[]),
            ("138 0013 8001", &[]),
        ] {
            let found = in_rows(text, 0..text.len());
            let found: Vec<&str> = found.into_iter().map(|it| &text[it.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
        let text = "|甲|138|0013|8001|";
        let key = crate::scan::key(DataKind::Mobile, "13800138001");
        assert_eq!(in_rows(text, 0..text.len())[0].key, key);
    }
}
