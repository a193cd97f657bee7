//! Tables: what the labels of their columns say of the cells.
//!
//! A table has lines (`| 姓名 | 金额 |`), or only a head whose labels are parted by a sign
//! (`姓名,金额`); then the lines below are rows as long as they have that sign.

use std::{ops::Range, sync::LazyLock};

use crate::scan::{
    glyph::Glyph,
    home,
    lexicon::Lexicon,
    lines::{Line, LineKind, chars_of},
    names::ROLES,
    person::{self, Name},
    words::WordSet,
};

/// The head of a table.
pub(super) struct Head {
    /// The label of each column.
    columns: Vec<Vec<char>>,
    /// What parts the cells of lines under it, if these are no rows of their own.
    pub sign: Option<char>,
    /// Which kind of sensitive word is among the labels.
    pub kind: Option<u16>,
}

impl Head {
    /// The head that a row is.
    pub(super) fn new(row: &Line, sign: Option<char>, lexicon: &Lexicon) -> Self {
        let columns = row.cells().into_iter().map(|it| chars_of(&row.glyphs[it])).collect();
        let kind = lexicon.hits(&row.glyphs).first().map(|it| it.kind);
        Self { columns, sign, kind }
    }

    /// Somebody in this column acts for an office.
    pub(super) fn is_official(&self, column: usize) -> bool {
        let is_role = |it: &Vec<char>| ROLES.ends(it);
        let is_title = |it: &Vec<char>| matches!(it[..], ['职', '务' | '称'] | ['岗', '位']);
        self.columns.get(column).is_some_and(is_role) || self.columns.iter().any(is_title)
    }

    /// The names in columns of persons that are not among these, since rare characters are in them,
    /// or they fill two columns, 姓 and 名.
    pub(super) fn further_names(&self, line: &Line, names: &[Name]) -> Vec<Name> {
        let all = line.cells();
        let cells = all.iter().zip(&self.columns);
        let cells = cells.filter(|(_, label)| PERSONS.ends(label)).map(|(cell, _)| cell.clone());
        let in_two = self.columns.windows(2).zip(all.windows(2));
        let in_two = in_two.filter(|(labels, _)| is_name_in_two(labels));
        let in_two = in_two.map(|(_, cells)| cells[0].start..cells[1].end);
        let cells = cells.chain(in_two);
        let is_new = |cell: &Range<usize>| {
            let next = names.partition_point(|name| name.range.start < cell.start);
            names.get(next).is_none_or(|name| name.range.start >= cell.end)
        };
        let is_name = |cell: &Range<usize>| {
            let mut name = chars_of(&line.glyphs[cell.clone()]);
            name.retain(|it| !matches!(it, '|' | ' '));
            person::is_name(&name)
        };
        let further = cells.filter(|cell| is_new(cell) && is_name(cell));
        further.map(|range| Name { range, is_entry: true }).collect()
    }

    /// The values of this column are addresses of homes.
    pub(super) fn is_home(&self, column: usize) -> bool {
        let column = self.columns.get(column).map_or(&[][..], |it| it);
        let is_address = column.windows(2).any(|it| it == ['地', '址']);
        home::LABELS.is_in(column) || is_address && self.columns.iter().any(|it| PERSONS.is_in(it))
    }
}

/// Labels of columns in which persons stand.
static PERSONS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(
        "姓名 申请人 承租人 租户 户主 业主 住户 队员 学生 儿童 患者 对象 人员 居民 老人 家长 当事人 被执行人 \
    收款人 领取人 受益人 失主 志愿者",
    )
});

/// Whether a label is that of somebody's name.
pub(super) fn is_of_person(label: &[char]) -> bool {
    PERSONS.ends(label)
}

/// Two columns hold the parts of names.
fn is_name_in_two(labels: &[Vec<char>]) -> bool {
    let is_family = |it: &[char]| matches!(it, ['姓'] | ['姓', '氏']);
    matches!(labels, [one, other] if is_family(one) && matches!(other[..], ['名'] | ['名', '字']))
}

/// The line under the head of a table in Markdown.
pub(super) fn is_rule(line: &Line) -> bool {
    line.glyphs.iter().all(|it| matches!(it.ch, '|' | '-' | ':' | ' ' | '\t'))
}

/// What parts the labels of a line that is the head of a table without lines: `姓名,住址,金额`.
/// Nearly all lines are none, which the first label that is too long shows.
pub(super) fn head_sign(chars: &[char]) -> Option<char> {
    const LONGEST: usize = 8;
    [',', '\t', ' ', '、'].into_iter().find(|sign| {
        let cells = || chars.split(|it| it == sign).map(trimmed).filter(|it| !it.is_empty());
        cells().all(|it| it.len() <= LONGEST)
            && cells().nth(1).is_some()
            && cells().any(|it| PERSONS.is(it) || it.ends_with(&['姓', '名']))
    })
}

/// The characters without blanks around.
fn trimmed(chars: &[char]) -> &[char] {
    let Some(start) = chars.iter().position(|it| !it.is_whitespace()) else { return &[] };
    let end = chars.iter().rposition(|it| !it.is_whitespace()).map_or(0, |it| it + 1);
    &chars[start..end]
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
