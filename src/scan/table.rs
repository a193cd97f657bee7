//! Tables: what the labels of their columns say of the cells.
//!
//! A table has lines (`| 姓名 | 金额 |`), or only a head whose labels are parted by a sign
//! (`姓名,金额`); then the lines below are rows as long as they have that sign.

use std::ops::Range;

use crate::scan::{
    glyph::Glyph,
    home,
    lexicon::Lexicon,
    lines::{Line, LineKind, chars_of},
    person::{self, Name, ends_with_role},
};

/// The head of a table.
pub(super) struct Head {
    /// The label of each column, and whether it is one of those who act for an office.
    columns: Vec<String>,
    /// What parts the cells of lines under it, if these are no rows of their own.
    pub sign: Option<char>,
    /// Which kind of sensitive word is among the labels.
    pub kind: Option<u16>,
}

impl Head {
    /// The head that a row is.
    pub(super) fn new(row: &Line, sign: Option<char>, lexicon: &Lexicon) -> Self {
        let columns = row.cells().into_iter().map(|it| row.text(it)).collect();
        let kind = lexicon.hits(&row.glyphs).first().map(|it| it.kind);
        Self { columns, sign, kind }
    }

    /// Somebody in this column acts for an office.
    pub(super) fn is_official(&self, column: usize) -> bool {
        let is_role = |it: &String| ends_with_role(&it.chars().collect::<Vec<_>>());
        let titled = ["职务", "职称", "岗位"];
        self.columns.get(column).is_some_and(is_role)
            || self.columns.iter().any(|it| titled.contains(&it.as_str()))
    }

    /// The names in columns of persons that are not among these, since rare characters are in them.
    pub(super) fn further_names(&self, line: &Line, names: &[Name]) -> Vec<Name> {
        let is_of_persons =
            |label: &String| PERSONS.split_whitespace().any(|word| label.ends_with(word));
        let cells = line.cells().into_iter().zip(&self.columns);
        let cells = cells.filter(|(_, label)| is_of_persons(label)).map(|(cell, _)| cell);
        let is_new = |cell: &Range<usize>| names.iter().all(|it| !cell.contains(&it.range.start));
        let is_name = |cell: &Range<usize>| person::is_name(&chars_of(&line.glyphs[cell.clone()]));
        let further = cells.filter(|cell| is_new(cell) && is_name(cell));
        further.map(|range| Name { range, is_entry: true }).collect()
    }

    /// The values of this column are addresses of homes.
    pub(super) fn is_home(&self, column: usize) -> bool {
        let is_person = |it: &String| PERSONS.split_whitespace().any(|word| it.contains(word));
        let column = self.columns.get(column).map_or("", |it| it);
        home::LABELS.iter().any(|it| column.contains(it))
            || column.contains("地址") && self.columns.iter().any(is_person)
    }
}

/// Labels of columns in which persons stand.
const PERSONS: &str = "姓名 申请人 承租人 租户 户主 业主 住户 队员 学生 儿童 患者 对象 人员 居民 老人 家长 当事人 被执行人 \
    收款人 领取人 受益人 失主 志愿者";

/// The line under the head of a table in Markdown.
pub(super) fn is_rule(line: &Line) -> bool {
    line.glyphs.iter().all(|it| matches!(it.ch, '|' | '-' | ':' | ' ' | '\t'))
}

/// What parts the labels of a line that is the head of a table without lines: `姓名,住址,金额`.
pub(super) fn head_sign(chars: &[char]) -> Option<char> {
    [',', '\t', ' ', '、'].into_iter().find(|sign| {
        let cells: Vec<String> = chars
            .split(|it| it == sign)
            .map(|it| it.iter().collect::<String>().trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        let is_label =
            |it: &String| PERSONS.split_whitespace().any(|word| it == word || it.ends_with("姓名"));
        cells.len() > 1
            && cells.iter().all(|it| it.chars().count() <= 8)
            && cells.iter().any(is_label)
    })
}

/// A line as a row whose cells are parted by that sign.
pub(super) fn split(line: &Line, sign: char) -> Line {
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(line.glyphs.len());
    for glyph in &line.glyphs {
        let is_sign = glyph.ch == sign;
        if is_sign && sign == ' ' && glyphs.last().is_some_and(|it| it.ch == '|') {
            continue;
        }
        glyphs.push(if is_sign { Glyph { ch: '|', ..*glyph } } else { *glyph });
    }
    Line::new(LineKind::Row, glyphs)
}
