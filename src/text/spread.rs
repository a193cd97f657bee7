//! What people read as one thing, and what fills several cells of a row.
//!
//! | cells | as one | if |
//! | --- | --- | --- |
//! | `王`, `秀英` | `王秀英` | the labels are 姓 and 名, or only the first cell has one |
//! | `3`, `2`, `501` | `3栋2单元501室` | labels or values name what is below the street |
//! | `家庭住址`, `幸福路88号` | `家庭住址：幸福路88号` | the first is a label of homes |
//! | `1`, `1`, `0` … | `110…` | as long as an identity number, a card, a mobile number |
//! | `1380013`, `8001` under a label of telephones | `13800138001` | in whatever parts |
//! | `138`, `-`, `0013`, ``, `8001` | the same | there, too |
//! | `138`, `00138001` under nothing | the same | people part it so |
//! | `138`, `1234`, `5678` under 户数, 人口, 面积 | nothing | each is the number of something |
//!
//! A row is one of a sheet, of a table in Markdown, or a record with its fields.

use std::ops::Range;

use crate::text::is_han;

/// The most columns that anything fills: a number, a name, a home.
const MOST: usize = 24;

/// How many digits a mobile number has.
const MOBILE: usize = 11;

/// A cell of a row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cell<'c> {
    /// Its column. Cells of columns that follow each other stand side by side.
    pub(crate) column: usize,
    /// Its text, without blanks around.
    pub(crate) text: &'c str,
    /// The label of its column, without blanks around; empty if it has none.
    pub(crate) label: &'c str,
}

/// What fills several cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spread {
    /// The cells, by their indexes in the row.
    pub(crate) cells: Range<usize>,
    /// What they say together.
    pub(crate) text: String,
}

/// All in a row that fills several of its cells, which come in the order of their columns. A column
/// without a cell is none of a name, a home or a number that is parted by boxes.
pub(crate) fn spreads(cells: &[Cell<'_>]) -> Vec<Spread> {
    let row = Row { cells };
    let kinds = [Row::name, Row::home, Row::labelled, Row::mobile, Row::digits];
    let (mut spreads, mut at) = (Vec::new(), 0);
    while at < cells.len() {
        let found = kinds.iter().find_map(|kind| kind(&row, at));
        let count = found.as_ref().map_or(1, |(count, _)| *count);
        spreads.extend(found.map(|(count, text)| Spread { cells: at..at + count, text }));
        at += count.max(1);
    }
    spreads
}

/// Whether anything may fill several fields with these labels, whatever their values are.
pub(crate) fn may_fill<'l>(labels: impl Iterator<Item = &'l str>) -> bool {
    let (mut has_family, mut units, mut phones) = (false, 0, 0);
    for label in labels {
        has_family |= is_family(label);
        units += usize::from(UNITS.iter().any(|(_, words)| words.contains(&label)));
        phones += usize::from(is_phone(label));
    }
    has_family || units > 1 || phones > 1
}

/// Whether a number or a home may fill several cells of a row, written as a line, under the head of
/// its table. Most rows end here.
pub(crate) fn may_be_in(line: &str, head: &str) -> bool {
    let has_room = |text: &str| text.contains(['室', '房', '户', '门']);
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= MOBILE || digits > 1 && (has_room(line) || has_room(head))
}

/// A row of cells.
struct Row<'r> {
    cells: &'r [Cell<'r>],
}

impl<'r> Row<'r> {
    fn text(&self, at: usize) -> &'r str {
        self.cells.get(at).map_or("", |it| it.text)
    }

    /// The label of a cell; empty if it has none.
    fn label(&self, at: usize) -> &'r str {
        self.cells.get(at).map_or("", |it| it.label)
    }

    /// The cells from one on that stand side by side and are such, each by its index. No more than
    /// anything fills that people read as one.
    fn side_by_side(&self, from: usize, is_such: impl Fn(usize) -> bool) -> Range<usize> {
        let column = |at: usize| self.cells[at].column;
        let mut end = from;
        while end < self.cells.len().min(from + MOST)
            && (end == from || column(end) == column(end - 1) + 1)
            && is_such(end)
        {
            end += 1;
        }
        from..end
    }

    /// The name of a person from a cell on: how many cells it fills, and the name.
    fn name(&self, at: usize) -> Option<(usize, String)> {
        let is_short = |at: usize| {
            let text = self.text(at);
            (1..=3).contains(&text.chars().count()) && text.chars().all(is_han)
        };
        let is_family = is_family(self.label(at));
        let is_of_name = |it: usize| match (is_family, it - at) {
            (true, 1) => matches!(self.label(it), "" | "名" | "名字"),
            (_, 0) => true,
            _ => self.label(it).is_empty(),
        };
        let cells = self.side_by_side(at, |it| is_short(it) && is_of_name(it));
        let name: String = cells.clone().map(|it| self.text(it)).collect();
        let is_name = cells.len() > 1 && (2..=4).contains(&name.chars().count());
        is_name.then_some((cells.len(), name))
    }

    /// A home from a cell on: how many cells it fills, and the address.
    fn home(&self, at: usize) -> Option<(usize, String)> {
        let unit = |it: usize| unit_of(self.text(it), self.label(it));
        unit(at)?;
        let cells = self.side_by_side(at, |it| {
            unit(it).is_some_and(|own| it == at || unit(it - 1).is_some_and(|above| above < own))
        });
        let is_room = unit(cells.end - 1) == Some(UNITS.len() - 1);
        let part = |it: usize| {
            let (text, name) = (self.text(it), UNITS[unit(it)?].0);
            let is_bare = text.ends_with(|it: char| it.is_ascii_alphanumeric());
            Some(if is_bare { format!("{text}{name}") } else { text.to_owned() })
        };
        let home: Option<String> = cells.clone().map(part).collect();
        home.filter(|_| cells.len() > 1 && is_room).map(|home| (cells.len(), home))
    }

    /// A label of homes, and the address in the cell behind it.
    fn labelled(&self, at: usize) -> Option<(usize, String)> {
        let label = self.text(at).trim_end_matches([':', '：']);
        let value = self.text(at + 1);
        let is_address = value.bytes().any(|it| it.is_ascii_digit());
        (HOMES.contains(&label) && is_address).then(|| (2, format!("{label}：{value}")))
    }

    /// A mobile number from a cell on: how many cells it fills, and its digits. Cells between its
    /// parts may be left out or hold a sign.
    fn mobile(&self, at: usize) -> Option<(usize, String)> {
        let text = self.text(at);
        let may_begin =
            text.len() < MOBILE && matches!(text.as_bytes(), [b'1'] | [b'1', b'3'..=b'9', ..]);
        if !may_begin {
            return None;
        }
        let first = self.cells[at].column;
        let mut cells: Vec<(&str, &str)> = Vec::new();
        for cell in self.cells[at..].iter().take_while(|it| it.column < first + MOST) {
            cells.resize(cell.column - first, ("", ""));
            cells.push((cell.text, cell.label));
        }
        let is_number =
            |it: &Cell<'_>| !it.text.is_empty() && it.text.bytes().all(|it| it.is_ascii_digit());
        let before = at.checked_sub(1).map(|before| &self.cells[before]);
        let is_first = before.is_none_or(|it| it.column + 1 < first || !is_number(it));
        let (count, digits) = mobile(&cells, is_first)?;
        Some((self.cells[at..].partition_point(|it| it.column < first + count), digits))
    }

    /// A number from a cell on: how many cells it fills, and its digits.
    fn digits(&self, at: usize) -> Option<(usize, String)> {
        let is_part = |at: usize| {
            let text = self.text(at);
            let is_digit = |it: u8| it.is_ascii_digit() || matches!(it, b'X' | b'x');
            !text.is_empty() && text.bytes().all(is_digit)
        };
        // Most cells of a sheet end here.
        if !is_part(at) || !is_part(at + 1) {
            return None;
        }
        let cells = self.side_by_side(at, is_part);
        let is_first =
            at == 0 || !is_part(at - 1) || self.cells[at].column > self.cells[at - 1].column + 1;
        let lengths: Vec<usize> = cells.clone().map(|it| self.text(it).len()).collect();
        let count = identity(&lengths)
            .or_else(|| (is_first && is_number(&lengths)).then_some(cells.len()))?;
        Some((count, cells.take(count).map(|it| self.text(it)).collect()))
    }
}

/// How many parts of these lengths are together as long as an identity number. Whether it is one,
/// its check digit says.
fn identity(lengths: &[usize]) -> Option<usize> {
    let mut sum = 0;
    let count = lengths.iter().take_while(|it| {
        sum += **it;
        sum < 18
    });
    let count = count.count() + 1;
    (sum == 18 && count > 1 && count <= lengths.len()).then_some(count)
}

/// Parts of these lengths are those of a card or a mobile number with one digit in each, or of a card
/// in groups.
fn is_number(lengths: &[usize]) -> bool {
    let sum: usize = lengths.iter().sum();
    let is_boxes = lengths.iter().all(|it| *it == 1);
    let is_card = lengths.iter().rev().skip(1).all(|it| *it == 4) && lengths.last() <= Some(&4);
    is_boxes && sum == 11 || (is_boxes || is_card) && (16..=19).contains(&sum)
}

/// Labels behind which the address of somebody's home stands.
const HOMES: [&str; 12] = [
    "家庭住址",
    "家庭地址",
    "家庭详细住址",
    "住址",
    "现住址",
    "现居住地",
    "户籍地址",
    "户籍地",
    "户籍所在地",
    "居住地址",
    "居住地",
    "住所",
];

/// What an address says below the street, the large first: what is written behind the number, and
/// the labels of columns with such numbers.
const UNITS: [(&str, &[&str]); 4] = [
    ("栋", &["栋", "幢", "座", "楼", "楼栋", "楼号", "栋号", "幢号", "座号", "楼栋号", "楼座"]),
    ("单元", &["单元", "单元号", "门洞", "梯"]),
    ("层", &["层", "楼层", "层数"]),
    (
        "室",
        &["室", "房", "户", "室号", "房号", "房间", "房间号", "户号", "门牌", "门牌号", "户室号"],
    ),
];

/// Which of the [`UNITS`] a cell is the number of, by its own end or its label.
fn unit_of(text: &str, label: &str) -> Option<usize> {
    let stem = text.trim_end_matches(|it: char| !it.is_ascii_alphanumeric());
    let behind = &text[stem.len()..];
    let is_number =
        (1..=6).contains(&stem.len()) && stem.bytes().all(|it| it.is_ascii_alphanumeric());
    if !is_number || !stem.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let is_of = |words: &[&str]| {
        if behind.is_empty() { words.contains(&label) } else { is_own(words, behind) }
    };
    UNITS.iter().position(|(_, words)| is_of(words))
}

/// What stands behind a number in a cell is one of these.
fn is_own(words: &[&str], behind: &str) -> bool {
    words.contains(&behind) || behind == "号楼" && words.contains(&"楼")
}

/// A label is that of the first part of names.
fn is_family(label: &str) -> bool {
    matches!(label, "姓" | "姓氏")
}

/// The mobile number that begins in the first of these cells, each with its label, which stand side by
/// side: how many of them it fills, and its digits. `is_first`: no number stands in the cell before.
fn mobile(cells: &[(&str, &str)], is_first: bool) -> Option<(usize, String)> {
    let (_, label) = cells.first()?;
    let is_own = |own: &str| own.is_empty() || own == *label || is_phone(label) && is_phone(own);
    let (mut digits, mut lengths, mut count) = (String::new(), Vec::new(), 0);
    let own = cells.iter().take(MOST).enumerate().take_while(|(at, it)| *at == 0 || is_own(it.1));
    for (at, (text, _)) in own.filter(|(_, (text, _))| !SIGNS.contains(text)) {
        if digits.len() >= MOBILE || !text.bytes().all(|it| it.is_ascii_digit()) {
            break;
        }
        digits.push_str(text);
        lengths.push(text.len());
        count = at + 1;
    }
    let is_mobile = matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && digits.len() == MOBILE;
    let is_told = is_phone(label)
        || is_first
            && match lengths[..] {
                [3, 4, 4] => true,
                [7, 4] => label.is_empty(),
                [3, 8] => label.is_empty() && !is_day(&digits[3..]),
                _ => false,
            };
    (is_mobile && is_told && lengths.len() > 1).then_some((count, digits))
}

/// What stands in cells between the parts of a number.
const SIGNS: [&str; 10] = ["", "-", "－", "—", "–", "_", "/", ".", "·", "~"];

/// A label is that of telephones.
fn is_phone(label: &str) -> bool {
    ["电话", "手机", "联系方式", "联系号码"].iter().any(|it| label.contains(it))
}

/// Eight digits are a day of this century or the last.
fn is_day(digits: &str) -> bool {
    let (year, rest) = digits.split_at(4);
    let (month, day) = rest.split_at(2);
    ("1900".."2100").contains(&year) && ("01".."13").contains(&month) && ("01".."32").contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_several_cells() {
        let number = Some("13800138001");
        for (labels, cells, expected) in [
            ("电话", "138|00138001", number),
            ("电话", "1380013|8001", number),
            ("联系电话", "138|-|0013|-|8001", number),
            ("电话", "138||0013||8001", number),
            ("电话|电话|电话", "13|800138|001", number),
            ("电话|楼号", "138|00138001", None),
            ("电话||楼号", "138|00138001|3", number),
            ("手机号", "1|3|8|0|0|1|3|8|0|0|1", number),
            ("", "138|00138001", number),
            ("", "138|0013|8001", number),
            ("", "1380013|8001", number),
            ("", "138|20261120", None),
            ("", "13|800138001", None),
            ("", "138|0013|80012", None),
            ("", "128|00138001", None),
            ("", "13800138001", None),
            ("年龄", "138|00138001", None),
            ("门牌|户号", "138|00138001", None),
            ("户数|人口|面积", "138|1234|5678", None),
            ("金额", "1380013|8001", None),
        ] {
            let mut labels = labels.split('|');
            let cells = cells.split('|').enumerate();
            let cell =
                |(column, text)| Cell { column, text, label: labels.next().unwrap_or_default() };
            let cells: Vec<Cell<'_>> = cells.map(cell).collect();
            let found = Row { cells: &cells }.mobile(0).map(|(_, digits)| digits);
            assert_eq!(found.as_deref(), expected, "{cells:?}");
        }
        let texts = ["20", "138", "00138001"].into_iter().zip(0..);
        let cells: Vec<Cell<'_>> =
            texts.map(|(text, column)| Cell { column, text, label: "" }).collect();
        assert_eq!(Row { cells: &cells }.mobile(1), None);
    }
}
