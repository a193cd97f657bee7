//! Rooms that are asked to pay: `请501室缴费`, `501、502室尚未缴费`.
//!
//! In a notice on the door of a house everybody knows who lives in a room, so this tells whose debts are
//! due. A room alone is no home (`address`), and one to pay in is an office's:
//!
//! | text | told | why |
//! | --- | --- | --- |
//! | `请501室缴费` | 501室 | somebody asks the room itself |
//! | `501室住户尚未缴费` | 501室 | it is said to owe |
//! | `请到501室缴费`, `缴费请到社区501室` | none | somebody goes there |
//! | `501室缴费，502室盖章` | none | it is said what is done there |
//! | `501室缴费窗口`, `501室负责催缴` | none | an office |

use std::{ops::Range, sync::LazyLock};

use crate::scan::{
    glyph::Glyph,
    lines::chars_of,
    numeral::{is_number, numeral},
    words::WordSet,
};

/// So far behind a room is it said that it owes.
const REACH: usize = 16;

/// What stands before a room that somebody asks.
static ASKED: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("请 催 催缴 催促 催告 通知 提醒 敦促 告知 望"));

/// Who lives in a room.
static HOUSEHOLDS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("住户 业主 居民 户主 租户 租客 房主 家"));

/// What is said of those who have not paid.
static OWED: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("欠 未缴 未交 没缴 没交 催缴 补缴 补交 缴清 交清 拖欠"));

/// What anybody does who pays.
static PAID: LazyLock<WordSet> = LazyLock::new(|| WordSet::new("缴费 缴纳 交费 交纳 交钱 缴款"));

/// Behind these words a room is an office's.
static OFFICES: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new("负责 人员 同志 财务 会计 受理 代缴 代收 窗口 大厅 查询 咨询 业务 手续 服务")
});

/// A text without these characters asks nobody to pay.
pub(super) fn may_be_in(mut chars: impl Iterator<Item = char> + Clone) -> bool {
    chars.clone().any(|ch| matches!(ch, '缴' | '交' | '欠'))
        && chars.any(|ch| matches!(ch, '室' | '房' | '户' | '主' | '民'))
}

/// The first rooms in a sentence of which it says that they have to pay.
pub(super) fn rooms(line: &[Glyph]) -> Option<Range<usize>> {
    // Nearly all sentences end here, and take no memory.
    if !may_be_in(line.iter().map(|it| it.ch)) {
        return None;
    }
    let chars = chars_of(line);
    let begins = |at: &usize| *at == 0 || !is_number(chars[at - 1]);
    (0..chars.len()).filter(begins).find_map(|at| {
        let (end, behind) = list(line, &chars, at)?;
        owes(&chars[..at], &chars[behind..], end < behind).then_some(at..end)
    })
}

/// Where the rooms end that begin at a character, and the word for who lives there: `501、502室住户`.
fn list(line: &[Glyph], chars: &[char], at: usize) -> Option<(usize, usize)> {
    let mut end = at;
    let mut is_room = false;
    loop {
        let number = numeral(&line[end..]).filter(|it| it.is_full)?;
        end += number.length;
        if chars[end..].starts_with(&['号']) {
            end += 1;
        }
        if chars.get(end).is_some_and(|it| matches!(it, '室' | '房')) {
            (end, is_room) = (end + 1, true);
        }
        let goes_on = chars.get(end).is_some_and(|it| "、,和及与".contains(*it))
            && numeral(&line[end + 1..]).is_some_and(|it| it.is_full);
        if !goes_on {
            break;
        }
        end += 1;
    }
    let word = usize::from(chars.get(end) == Some(&'的') || chars.get(end) == Some(&'各'));
    let household = HOUSEHOLDS.begin(&chars[end + word..]).max().map(|it| it + word);
    (is_room || household.is_some()).then_some((end, end + household.unwrap_or(0)))
}

/// What stands before rooms and behind them says that they have to pay.
fn owes(before: &[char], behind: &[char], has_household: bool) -> bool {
    let is_mark = |it: &char| "*_ ".contains(*it);
    let before = &before[..before.iter().rposition(|it| !is_mark(it)).map_or(0, |it| it + 1)];
    let is_asked = ASKED.ends(before);
    let is_first = before.last().is_none_or(|it| ",;。!?:、".contains(*it));
    // What is said behind a comma is said of those who were asked.
    let ends = if is_asked || has_household { "。;:|!?()" } else { "。;:|!?(),、" };
    let reach = behind.iter().take_while(|it| !ends.contains(**it)).count().min(REACH);
    let clause = &behind[..reach];
    if OFFICES.is_in(clause) || !is_asked && !is_first {
        return false;
    }
    OWED.is_in(clause) || (is_asked || has_household) && PAID.is_in(clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::glyph::folded;

    fn told(text: &str) -> Option<String> {
        let glyphs = folded(text).into_iter().map(|ch| Glyph { ch, start: 0, end: 0 });
        let glyphs: Vec<Glyph> = glyphs.collect();
        rooms(&glyphs).map(|range| glyphs[range].iter().map(|it| it.ch).collect())
    }

    #[test]
    fn rooms_that_are_asked_to_pay_are_told() {
        for (text, rooms) in [
            ("请501室缴费", "501室"),
            ("请501室住户缴费", "501室"),
            ("请501住户尽快缴费", "501"),
            ("请501房业主于11月30日前缴纳物业费", "501房"),
            ("501、502室尚未缴费", "501、502室"),
            ("501室、502室及1203室欠缴物业费", "501室、502室及1203室"),
            ("请五〇一室补缴水费", "五〇一室"),
            ("催缴501号室物业费,请尽快缴纳", "501号室"),
            ("各位业主:501室拖欠物业费", "501室"),
            ("501室的业主尽快缴费", "501室"),
            ("提醒501室到物业交费", "501室"),
            ("请**501室**缴费", "501室"),
            ("请501室,欠费的尽快缴清", "501室"),
        ] {
            assert_eq!(told(text).as_deref(), Some(rooms), "{text}");
        }
    }

    #[test]
    fn rooms_to_pay_in_are_not() {
        for text in [
            "请到501室缴费",
            "缴费请到社区501室",
            "请到社区501室缴费",
            "501室缴费,502室盖章",
            "501室缴费窗口",
            "请501室工作人员缴纳保证金",
            "501室负责催缴",
            "地点:501室,请业主缴费",
            "缴费地点:501室,请尚未缴费的业主尽快缴清",
            "全小区320住户未缴费",
            "请501室业主开会",
            "请2026年前欠费的业主",
            "请50室欠费",
            "请12345室欠费",
            "请501欠费",
            "请A501室(财务室)欠缴的",
            "501室业主反映了一件事情,现在请各位没有来的都来一趟,把上次欠的",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
