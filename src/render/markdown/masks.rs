//! Stars that stand for what is hidden: `138****1234`, `王**和李**`.
//!
//! To the parser two of them are the beginning and the end of bold text. But nobody emphasises half
//! a number, and hardly anybody a text that ends with a surname. So [`masks`] tells which runs of
//! stars are no emphasis:
//!
//! | run | a mask |
//! | --- | --- |
//! | between digits | if it is of three stars or more, and in Chinese text always |
//! | six stars or more, or four beside a digit | in Chinese text |
//! | between the parts of an address: `3栋**单元**室` | if the next one of its length is a mask, too |
//! | behind the beginning of a name | the same, or if what follows is in pairs without it |

use std::ops::Range;

use memchr::memchr2;

use crate::{
    render::markdown::characters::is_cjk,
    scan::{self, Begun},
};

/// The runs of stars of a source that hide something, in order.
pub(super) fn masks(source: &str) -> Vec<Range<usize>> {
    if memchr::memchr(b'*', source.as_bytes()).is_none() {
        return Vec::new();
    }
    let is_chinese = !source.is_ascii() && source.chars().any(is_cjk);
    let mut runs = runs(source, is_chinese);
    if runs.iter().any(|run| matches!(run.hides, Hides::Maybe | Hides::Likely)) {
        number_blocks(source, &mut runs);
        for block in runs.chunk_by_mut(|left, right| left.block == right.block) {
            for length in 1..=3 {
                let same = |it: &&mut Run| it.range.len() == length && it.hides != Hides::Surely;
                judge(&mut block.iter_mut().filter(same).collect::<Vec<_>>());
            }
        }
    }
    let masks = runs.into_iter().filter(|run| run.hides == Hides::Surely).map(|run| run.range);
    masks.filter(|mask| !hides_nothing(source, mask)).collect()
}

/// The most signs of a number on each side of a mask.
const LONGEST_NUMBER: usize = 40;

/// Whether a number is there to the last digit, with stars in it: `138**1234**5678`. As emphasis it
/// is one number on the page, where it is found.
fn hides_nothing(source: &str, mask: &Range<usize>) -> bool {
    let is_part = |it: &char| it.is_ascii_digit() || matches!(it, '*' | 'X' | 'x');
    let mut number: Vec<char> =
        source[..mask.start].chars().rev().take(LONGEST_NUMBER).take_while(is_part).collect();
    number.reverse();
    number.extend(source[mask.end..].chars().take(LONGEST_NUMBER).take_while(is_part));
    number.retain(|it| *it != '*');
    !scan::text(&number.into_iter().collect::<String>()).is_empty()
}

/// A run of stars that may be emphasis.
struct Run {
    range: Range<usize>,
    /// The number of the block that it stands in: no emphasis goes on in the next one. Zero until it
    /// is asked for.
    block: usize,
    hides: Hides,
}

/// How surely a run stands for what is hidden, by what is beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hides {
    /// Not.
    No,
    /// If the next one does.
    Maybe,
    /// If it is no end of emphasis.
    Likely,
    /// Whatever else there is.
    Surely,
}

/// All runs of stars with text beside them, but for escaped ones.
fn runs(source: &str, is_chinese: bool) -> Vec<Run> {
    let bytes = source.as_bytes();
    let mut runs = Vec::new();
    let (mut at, mut seen, mut line) = (0, 0, 0);
    while let Some(found) = memchr2(b'*', b'\\', &bytes[at..]) {
        let start = at + found;
        if bytes[start] == b'\\' {
            at =
                start + 1 + usize::from(bytes.get(start + 1).is_some_and(u8::is_ascii_punctuation));
            continue;
        }
        at = start + bytes[start..].iter().take_while(|it| **it == b'*').count();
        let range = start..at;
        line = memchr::memrchr(b'\n', &bytes[seen..start]).map_or(line, |end| seen + end + 1);
        seen = start;
        let before = source[line..start].chars().next_back().filter(|it| !it.is_whitespace());
        let after = source[at..].chars().next().filter(|it| !it.is_whitespace());
        if before.is_some() || after.is_some() {
            let hides = if is_chinese {
                in_chinese(&source[line..start], at - start, after)
            } else {
                between_digits(before, at - start, after, 3)
            };
            runs.push(Run { range, block: 0, hides });
        }
    }
    runs
}

/// Tells the blocks of runs apart, which are in the order of the source.
fn number_blocks(source: &str, runs: &mut [Run]) {
    let (mut seen, mut block) = (0, 0);
    for run in runs {
        for end in memchr::memchr_iter(b'\n', &source.as_bytes()[seen..run.range.start]) {
            block += usize::from(begins_block(&source[seen + end + 1..]));
        }
        (seen, run.block) = (run.range.start, block);
    }
}

/// Whether a line is the first of a paragraph, an item, a row or the like.
fn begins_block(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default().trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.is_empty()
        || line.starts_with(['#', '>', '|'])
        || ["- ", "* ", "+ "].iter().any(|it| line.starts_with(it))
        || digits > 0 && line[digits..].starts_with(['.', ')'])
}

/// Stars between digits, if there are so many.
fn between_digits(
    before: Option<char>,
    length: usize,
    after: Option<char>,
    at_least: usize,
) -> Hides {
    let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    let hides = length >= at_least && is_digit(before) && is_digit(after);
    if hides { Hides::Surely } else { Hides::No }
}

/// Stars in Chinese text. `line` is what stands before them on their line.
fn in_chinese(line: &str, length: usize, after: Option<char>) -> Hides {
    let before = line.chars().next_back();
    let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    if length >= 6 || length >= 4 && (is_digit(before) || is_digit(after)) {
        return Hides::Surely;
    }
    if between_digits(before, length, after, 1) == Hides::Surely
        || length == 1 && is_times(line, after)
    {
        return Hides::Surely;
    }
    let is_number = matches!(
        before,
        Some('栋' | '幢' | '座' | '楼' | '元' | '室' | '号' | '路' | '街' | '巷' | '弄' | '组')
    );
    let is_unit =
        matches!(after, Some('栋' | '幢' | '座' | '号' | '单' | '室' | '层' | '楼' | '户' | '弄'));
    if is_number && is_unit {
        return Hides::Likely;
    }
    match scan::begun_name(line) {
        Some(Begun::Apart) => Hides::Likely,
        Some(Begun::Joined) => Hides::Maybe,
        None => Hides::No,
    }
}

/// A star between numbers with their units: `3米*4米`.
fn is_times(line: &str, after: Option<char>) -> bool {
    let mut before = line.chars().rev();
    let unit = before.next().is_some_and(char::is_alphabetic);
    unit && before.next().is_some_and(|it| it.is_ascii_digit())
        && after.is_some_and(|it| it.is_ascii_digit())
}

/// Decides about the runs of one length in a block, in order. Emphasis goes in pairs: what is
/// neither an end of one nor hides something stays with the next.
fn judge(runs: &mut [&mut Run]) {
    let mut at = 0;
    let mut is_mask = false;
    while at < runs.len() {
        let hides = runs[at].hides;
        let next = runs.get(at + 1).map_or(Hides::No, |it| it.hides);
        let goes_on = hides >= Hides::Maybe && next == Hides::Likely;
        if is_mask || goes_on || hides == Hides::Likely && are_pairs(&runs[at + 1..]) {
            runs[at].hides = Hides::Surely;
            is_mask = next == Hides::Likely;
            at += 1;
        } else {
            at += 2;
        }
    }
}

/// Whether the runs up to the next one that likely hides something are ends of whole pairs.
fn are_pairs(runs: &[&mut Run]) -> bool {
    runs.iter().take_while(|it| it.hides != Hides::Likely).count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    /// Nothing in the paragraph is emphasised.
    #[track_caller]
    fn check_plain(source: &str) {
        check(source, source);
    }

    #[test]
    fn numbers() {
        check_plain("138****1234、139****5678");
        check_plain("138****1234, 139****5678");
        check_plain("电话138**1234，139**5678");
        check_plain("证号2201**********123X、2201**********1234");
        check_plain("证号************，证号************");
        check_plain("卡号尾数****1234和****5678");
        check("**电话138****1234**转", "<strong>电话138****1234</strong>转");
        check(
            "证号110105**19491231**002X，电话138**1234**5678",
            "证号110105<strong>19491231</strong>002X，电话138<strong>1234</strong>5678",
        );
        check("共**12**人，**3**户", "共<strong>12</strong>人，<strong>3</strong>户");
        check("于**2026年**和**2027年**", "于<strong>2026年</strong>和<strong>2027年</strong>");
    }

    #[test]
    fn products_are_no_masks_but_stay() {
        check_plain("面积3*4*5米");
        check_plain("长3米*4米*5米");
        check("5*6*78", "5<em>6</em>78");
    }

    #[test]
    fn names() {
        check_plain("王**和李**");
        check_plain("王*兰和李*明获奖");
        check_plain("表彰王**、李**、欧阳**等");
        check_plain("王秀*、李建*");
        check_plain("获奖者：王*兰、李*明，共2人");
        check("- 王**\n- 李**", "<ul>\n<li>王**</li>\n<li>李**</li>\n</ul>");
        check(
            "表彰**先进个人**：王**、李**等**10人**。",
            "表彰<strong>先进个人</strong>：王**、李**等<strong>10人</strong>。",
        );
        check("**获奖者：王*兰、李*明**", "<strong>获奖者：王*兰、李*明</strong>");
        check("王**等**3人**获奖", "王**等<strong>3人</strong>获奖");
        check(
            "[王**、李**](/王**、李**)",
            "<a href=\"/%E7%8E%8B**%E3%80%81%E6%9D%8E**\">王**、李**</a>",
        );
        check("`王**、李**`", "<code>王**、李**</code>");
    }

    #[test]
    fn addresses() {
        check_plain("3栋**单元**室");
        check_plain("幸福小区5号楼*单元*号");
    }

    #[test]
    fn emphasis_beside_surnames() {
        check("于**今日**停水", "于<strong>今日</strong>停水");
        check("方**可**入内，方**可**离开", "方<strong>可</strong>入内，方<strong>可</strong>离开");
        check("高**温**预警", "高<strong>温</strong>预警");
        check("**王**、**李**", "<strong>王</strong>、<strong>李</strong>");
        check("王**负责**，李**协助**", "王<strong>负责</strong>，李<strong>协助</strong>");
        check("**联系人：王**", "<strong>联系人：王</strong>");
    }

    #[test]
    fn a_source_that_has_the_stand_in() {
        check("\u{7f}王**和李**", "\u{7f}王<strong>和李</strong>");
    }
}
