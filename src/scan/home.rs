//! Where somebody lives, by the words around it.
//!
//! `address` finds homes by their form, down to the room. Here are those that are homes because a
//! text says so (`住址：幸福路88号`), and those that are none because it is an office's
//! (`凯旋大厦B座1203室`).

use std::{ops::Range, sync::LazyLock};

use crate::scan::{glyph::Glyph, lines::chars_of, words::WordSet};

/// Words before an address at which somebody lives. They are in `sensitive.yaml`, too, as a text
/// without any of its words is not looked at.
static HOMES: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(
        "家住 住址 现住 住在 居住 家庭地址 户籍地 租住 暂住 住于 住所 租在 \
        搬到",
    )
});

/// Labels of columns that hold such addresses.
pub(super) static LABELS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("住址 房号 门牌 家庭地址 居住地 户籍地 住所 户室 室号 楼栋号"));

/// Words by which an address is one of an office, a shop, a meeting.
static OFFICES: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(
        "大厦 写字楼 办公 商务 商厦 广场 中心 会议室 活动室 服务站 工作站 \
        居委会 委员会 公司 医院 诊所 卫生 学校 幼儿园 窗口 大厅 警务室 派出所 \
        地点 事务所 机关 政务 园区 门店 药房 药店 银行 培训 议事厅 党群 驿站 \
        调解室 阅览室 图书 门市 教室 分局 法院 超市",
    )
});

/// Words behind a number that stand for something below the street.
const UNITS: &str = "号栋幢楼室组户弄门#座";

/// Whether a sentence speaks of one person, without a name.
pub(super) fn is_of_one(line: &[Glyph]) -> bool {
    static ONE: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(
            "女士 先生 大爷 大妈 大娘 奶奶 爷爷 阿姨 老人 老太太 同学 失主 本人 我 某 事主",
        )
    });
    ONE.is_in(&chars_of(line))
}

/// Whether a character stands in every word of [`HOMES`].
pub(super) fn is_sign(ch: char) -> bool {
    matches!(ch, '住' | '户' | '址' | '租' | '搬')
}

/// Whether a sentence gives an address as a form does, which is somebody's: `住址：幸福路88号`.
pub(super) fn is_labelled(line: &[Glyph]) -> bool {
    let words = line.iter().position(|it| it.ch == ':').unwrap_or(0);
    let mut label = chars_of(&line[..words]);
    label.retain(|it| !matches!(it, '*' | '_' | ' '));
    OWN.ends(&label)
}

/// Whether a cell is the label of such an address, which stands in the next: `| 家庭住址 | 幸福路88号 |`.
pub(super) fn is_label(cell: &[Glyph]) -> bool {
    let mut label = chars_of(cell);
    label.retain(|it| !matches!(it, '*' | '_' | ' ' | ':'));
    OWN.is(&label)
}

/// Whether a cell has the number of something below the street: `88号`.
pub(super) fn has_unit(cell: &[Glyph]) -> bool {
    last_unit(&chars_of(cell)).is_some()
}

/// Labels of the address of somebody's home.
static OWN: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("住址 家庭地址 家庭住址 户籍地 户籍地址 现住址 居住地 居住地址"));

/// The address in a sentence of which the sentence says that somebody lives there. It has a number
/// below the street.
pub(super) fn announced(line: &[Glyph]) -> Option<Range<usize>> {
    // Nearly all sentences end here.
    line.iter().find(|it| is_sign(it.ch))?;
    let chars = chars_of(line);
    let (word, length) =
        (0..chars.len()).find_map(|at| HOMES.begin(&chars[at..]).next().map(|it| (at, it)))?;
    let start = word + length;
    let reach = chars[start..].iter().take(30);
    let length = reach.take_while(|it| !matches!(it, '|' | '。')).count();
    let end = last_unit(&chars[start..start + length])? + start;
    Some(start..end)
}

/// Whether a cell whose label says that somebody lives there leads below the street.
pub(super) fn is_below_the_street(cell: &[Glyph]) -> bool {
    let is_masked = cell.iter().any(|it| it.ch == '*');
    !is_masked && cell.iter().any(|it| it.ch.is_ascii_digit())
}

/// Where the first stretch of numbers with a unit behind ends.
fn last_unit(chars: &[char]) -> Option<usize> {
    let is_number = |it: &char| it.is_ascii_digit() || "一二三四五六七八九十".contains(*it);
    let mut found = None;
    if let Some(end) = (0..chars.len()).find_map(|at| door(chars, at)) {
        return Some(end);
    }
    for at in 1..=chars.len() {
        let is_unit = chars.get(at).is_some_and(|it| UNITS.contains(*it) || *it == '单');
        if is_number(&chars[at - 1]) && is_unit {
            found = Some((at + 1).min(chars.len()));
        }
        if chars.get(at) == Some(&',') && found.is_some() {
            break;
        }
    }
    found
}

/// Where the numbers of a building, a unit and a room end that begin at a character: `3-2-501`.
fn door(chars: &[char], at: usize) -> Option<usize> {
    if at > 0 && (chars[at - 1].is_ascii_alphanumeric() || "-.".contains(chars[at - 1])) {
        return None;
    }
    let digits = |from: usize| chars[from..].iter().take_while(|it| it.is_ascii_digit()).count();
    let (building, second) = (digits(at), at + digits(at) + 1);
    let is_parted = |at: usize| chars.get(at - 1) == Some(&'-');
    let unit = chars.get(second).map(|_| digits(second)).filter(|_| is_parted(second))?;
    let third = second + unit + 1;
    let room = chars.get(third).map(|_| digits(third)).filter(|_| is_parted(third))?;
    let end = third + room;
    let goes_on = chars.get(end).is_some_and(|it| it.is_ascii_alphanumeric() || *it == '-');
    let fits = (1..=3).contains(&building) && (1..=2).contains(&unit) && (3..=4).contains(&room);
    (fits && !goes_on).then_some(end)
}

/// Whether the number at a range of bytes is one of something else than a telephone: a word for
/// that stands right before it, or is the label of its column in a table of Markdown.
pub(crate) fn is_other_number(text: &str, range: Range<usize>) -> bool {
    const OTHERS: [&str; 22] = [
        "许可证号",
        "证号",
        "证书号",
        "证书编号",
        "订单号",
        "单号",
        "编号",
        "序列号",
        "流水号",
        "票号",
        "发票号",
        "合同号",
        "批号",
        "条形码",
        "条码",
        "准考证号",
        "学号",
        "工号",
        "设备号",
        "表号",
        "户号",
        "备案号",
    ];
    let before = &text[..range.start];
    let is_sign = |it: char| ":： 　为是|｜*`(（“\"".contains(it);
    let word = before.trim_end_matches(is_sign);
    if before.len() - word.len() <= 12 && OTHERS.iter().any(|it| word.ends_with(it)) {
        return true;
    }
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let column = before[line..].matches('|').count();
    if column == 0 {
        return false;
    }
    // In a longer table the label is not found, and the number is taken for a telephone's.
    let opens = |row: &str| row.trim_start().starts_with('|');
    let is_row = |it: &&str| it.contains('|') && opens(it) == opens(&before[line..]);
    let rows = before[..line].lines().rev().take(500).take_while(is_row);
    let label = rows.last().and_then(|head| head.split('|').nth(column)).unwrap_or_default();
    OTHERS.iter().any(|it| label.trim().ends_with(it))
}

/// Whether the address at a range of bytes is that of an office: a word for one stands in the same
/// clause, and none for a home.
pub(crate) fn is_office(text: &str, range: Range<usize>) -> bool {
    let is_end = |it: char| "，。；！？,;!?\n|｜".contains(it);
    let before = &text[..range.start];
    let before = before.rfind(is_end).map_or(before, |it| &before[it..]);
    let behind = &text[range.end..];
    let behind = behind.find(is_end).map_or(behind, |it| &behind[..it]);
    let parts: [Vec<char>; 2] = [before, behind].map(|it| it.chars().collect());
    let has = |words: &WordSet| parts.iter().any(|it| words.is_in(it));
    has(&OFFICES) && !has(&HOMES) && !before.contains('家')
}
