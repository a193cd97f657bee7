//! Personal data that fills several cells of a table in Markdown, or several fields of a record.
//!
//! ```text
//! | 姓名 | 电话 |      |      | 楼栋 | 单元 | 室  |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | 王桂兰 | 138 | 0013 | 8001 | 3 | 2 | 501 |     a mobile number and a home
//! ```
//!
//! What fills them is written as one, by `text::spread`, and searched like any text.

use std::ops::Range;

use crate::{
    scan::finding::Finding,
    text::spread::{self, Cell, Spread},
};

/// The personal data in a part of a text that fills several cells of a row, in the order of the text.
/// Costs one pass at the speed of a search for `|`, and a count of digits in rows.
pub fn in_rows(text: &str, part: Range<usize>) -> Vec<Finding> {
    let (mut findings, mut head) = (Vec::new(), None);
    let mut at = part.start;
    while let Some(sign) = memchr::memchr(b'|', &text.as_bytes()[at..part.end]) {
        let sign = at + sign;
        let start = memchr::memrchr(b'\n', &text.as_bytes()[at..sign]);
        let start = start.map_or(at, |it| at + it + 1);
        let end = memchr::memchr(b'\n', &text.as_bytes()[sign..part.end]);
        let end = end.map_or(part.end, |it| sign + it);
        let line = &text[start..end];
        if head.is_none() || start > at {
            let is_head = !line.bytes().any(|it| it.is_ascii_digit());
            head = Some(if is_head { start..end } else { start..start });
        }
        let head = head.clone().unwrap_or_default();
        if spread::may_be_in(line, &text[head.clone()]) {
            findings.extend(in_line(text, start..end, head));
        }
        at = (end + 1).min(part.end);
    }
    findings
}

/// What a row says over several cells, under the head of its table, which may be empty.
fn in_line(text: &str, line: Range<usize>, head: Range<usize>) -> Vec<Finding> {
    let (places, labels) = (cells(text, line), cells(text, head));
    let label = |column: usize| labels.get(column).map_or("", |it| &text[it.clone()]);
    let values = places.iter().zip(0..).map(|(place, column)| (place.clone(), label(column)));
    in_row(text, &values.collect::<Vec<_>>())
}

/// The personal data in a text that fills several cells of a row. Of each cell: where it stands in
/// the text, and its label.
pub fn in_row(text: &str, values: &[(Range<usize>, &str)]) -> Vec<Finding> {
    let places = values.iter().enumerate();
    let row = places.map(|(column, (place, label))| {
        let is_around = |it: char| it.is_whitespace() || matches!(it, '"' | '\'');
        let text = text[place.clone()].trim_matches(is_around);
        Cell { column, text, label }
    });
    let row: Vec<Cell<'_>> = row.collect();
    let found = |spread: Spread| {
        let range = values[spread.cells.start].0.start..values[spread.cells.end - 1].0.end;
        let found = super::text(&spread.text).into_iter();
        found.map(move |it| Finding { range: range.clone(), ..it })
    };
    spread::spreads(&row).into_iter().flat_map(found).collect()
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
            ("|姓名|楼栋|单元|室|\n|--|--|--|--|\n|王桂兰|3|2|501|\n|李|3|2||", &["3|2|501"]),
            ("|甲|3号楼|**501室**|\n", &["3号楼|**501室"]),
            ("|小区|楼栋|单元|户数|\n|--|--|--|--|\n|甲|3|2|501|", &[]),
            ("|甲|110105|19491231|002X|\n", &["110105|19491231|002X"]),
            ("|姓名|电话|\n|--|--|\n|甲|13800138001|\n", &[]),
            ("138 0013 8001", &[]),
        ] {
            let found = in_rows(text, 0..text.len());
            let found: Vec<&str> = found.into_iter().map(|it| &text[it.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
        let text = "|甲|138|0013|8001|";
        let key = crate::scan::key(crate::scan::DataKind::Mobile, "13800138001");
        assert_eq!(in_rows(text, 0..text.len())[0].key, key);
    }
}
