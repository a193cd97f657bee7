//! Of whom a sentence speaks: whether somebody who is named is the one of whom the sensitive word is
//! said, or acts for an office, is thanked, or helps.

use std::sync::LazyLock;

use crate::scan::{
    lexicon::{Hit, ends_at},
    lines::{Line, chars_of},
    names::{HELP, ROLES, THANKS, TITLES},
    person::Name,
    words::WordSet,
};

/// For each name of a line, whether its bearer acts for an office, or is thanked: a word for that
/// stands right before it, or before the first of several names in a row, or behind the last.
pub(super) fn officials(line: &Line, names: &[Name], hits: &[Hit]) -> Vec<bool> {
    let chars = chars_of(&line.glyphs);
    let mut acting = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |it| names[it].range.end);
        let gap = &chars[before..name.range.start];
        let goes_on = index > 0 && is_between_names(gap);
        // Who is called 低保户王秀英 is one, whatever else is said.
        let is_called = is_called(&chars, name, hits);
        acting.push(if goes_on { acting[index - 1] } else { !is_called && is_announced(gap) });
    }
    // 王芳、李明等12名志愿者: from the last name back.
    for index in (0..names.len()).rev() {
        let end = names[index].range.end;
        let next = names.get(index + 1).map_or(chars.len(), |it| it.range.start);
        let gap = &chars[end..next];
        let follows = index + 1 < names.len()
            && is_between_names(gap)
            && acting[index + 1]
            && !is_announced(gap);
        // 残疾人张建国担任志愿者 tells what he is, too.
        let is_called = is_called(&chars, &names[index], hits);
        acting[index] = (acting[index] || follows || is_titled(gap)) && !is_called;
    }
    acting
}

/// Whether a sensitive word, and what class of person it makes, stands right before a name:
/// 残疾人王秀英.
fn is_called(chars: &[char], name: &Name, hits: &[Hit]) -> bool {
    let before = &chars[..name.range.start];
    let class = before.iter().rev().take(3).take_while(|it| "人户者员".contains(**it)).count();
    (0..=class).any(|length| ends_at(hits, name.range.start - length))
}

/// Whether nothing but a sign of a list stands between two names.
pub(super) fn is_between_names(gap: &[char]) -> bool {
    gap.len() <= 3 && !gap.is_empty() && gap.iter().all(|it| "、,，和及与 /·".contains(*it))
}

/// Whether what stands before a name says that its bearer acts for an office or is thanked.
fn is_announced(before: &[char]) -> bool {
    let signs = before.iter().rev().take_while(|it| ":( 、-—\"“".contains(**it)).count();
    let words = &before[..before.len() - signs.min(3)];
    ROLES.ends(words) || THANKS.is_in(&words[words.len().saturating_sub(6)..])
}

/// Whether what stands behind a name does: 王芳律师, 王芳等三名志愿者, 王芳同志任社区矫正专干.
fn is_titled(behind: &[char]) -> bool {
    if is_appointed(behind) {
        return true;
    }
    let near = &behind[..behind.len().min(12)];
    let signs = near.iter().take_while(|it| "( ,".contains(**it)).count();
    let near = &near[signs..];
    let others = near.strip_prefix(&['等']).unwrap_or_default();
    let end = others.iter().position(|it| ",。、".contains(*it)).unwrap_or(others.len());
    ROLES.begins(near) || ROLES.is_in(&others[..end])
}

/// Whether somebody is said to hold an office.
fn is_appointed(behind: &[char]) -> bool {
    static HOLDS: LazyLock<WordSet> =
        LazyLock::new(|| WordSet::new("任 担任 兼任 现任 出任 当选 被聘为 聘为 受聘"));
    let title = TITLES.begin(behind).max().unwrap_or(0);
    let said = &behind[title..];
    let Some(verb) = HOLDS.begin(said).max() else { return false };
    let office = &said[verb..];
    let end = office.iter().position(|it| ",。、;".contains(*it)).unwrap_or(office.len());
    ROLES.is_in(&office[..end.min(16)])
}

/// So many characters from a name its sentence is looked at: a list that is longer is told at
/// another name.
pub(super) const REACH: usize = 200;

/// Whether the sensitive word is about the bearer of the name, as far as words between them say.
/// Of who acts for an office it is only if they say so: 王医生查出癌症.
pub(super) fn is_about(chars: &[char], name: &Name, hit: &Hit, acts: bool) -> bool {
    static OWN: LazyLock<WordSet> = LazyLock::new(|| WordSet::new("患 确诊 查出 诊断 罹患 拖欠"));
    if is_said(chars, name, hit) {
        return true;
    }
    if helps(chars, name, Some(hit)) {
        return false;
    }
    let end = name.range.end;
    let between = &chars[end..hit.start.clamp(end, chars.len().min(end + REACH))];
    // The word may be a part of the sensitive one: 王医生患癌症.
    let own: &[char] = if hit.start < end { &[] } else { &chars[hit.start..hit.end] };
    let is_own = OWN.is_in(between) || OWN.begins(own) && !own.contains(&'者');
    !acts || is_own && !is_for(between)
}

/// Whether a sentence says outright that the bearer of a name is what the sensitive word means, so
/// that no word of help in it counts: 张建国等3人为低保户, or that something is done for the bearer, who
/// is called by the word: 为低保户王大力办理了手续, 看望了患癌症的李红梅.
pub(super) fn is_said(chars: &[char], name: &Name, hit: &Hit) -> bool {
    if hit.start >= name.range.end {
        let between = &chars[name.range.end..hit.start];
        return is_copula(between) && ends_clause(&chars[hit.end.min(chars.len())..]);
    }
    if hit.end > name.range.start {
        return false;
    }
    let between = &chars[hit.end..name.range.start];
    let called = between.strip_suffix(&['的']);
    let noun = called.unwrap_or(between);
    if noun.len() > 8 || noun.iter().any(|it| ",。、;:|".contains(*it)) {
        return false;
    }
    let before = &chars[..hit.start];
    let before = before.strip_suffix(&['患']).unwrap_or(before);
    let is_done = HELP.ends(before)
        || before.strip_suffix(&['了']).is_some_and(|it| HELP.ends(it))
        || before.last().is_some_and(|it| "为给替向对帮".contains(*it));
    // 照顾残疾邻居的张丽 is who helps, 看望患癌症的李红梅 who is helped.
    let last = noun.last().or(chars[..hit.end].last());
    let is_somebody = last.is_some_and(|it| PERSONS.contains(*it));
    is_done && called.is_none_or(|_| !is_somebody)
}

/// What words for persons end with.
const PERSONS: &str = "户人者员童老亲居友属庭儿女母父妻夫子生众婆公爸妈爷奶孙媳伴哥姐弟妹戚邻民";

/// Whether nothing but 为 and who else is meant stands between a name and a word: 等3人均为.
fn is_copula(between: &[char]) -> bool {
    let Some(rest) = between.strip_suffix(&['为']).or_else(|| between.strip_suffix(&['是']))
    else {
        return false;
    };
    rest.len() <= 8
        && rest.iter().all(|it| {
            it.is_ascii_digit()
                || "等一二两三四五六七八九十百余多名位人户均都皆也系同夫妇妻".contains(*it)
        })
}

/// Whether a clause ends behind a sensitive word and what class of person it makes: 低保户。
fn ends_clause(behind: &[char]) -> bool {
    let class = behind.iter().take(4).take_while(|it| "户人员家庭者对象群众类".contains(**it));
    behind.get(class.count()).is_none_or(|it| ",。、;:!?()| 的".contains(*it))
}

/// Whether a word before somebody for whom something is done is in a text.
fn is_for(text: &[char]) -> bool {
    text.iter().any(|it| matches!(it, '为' | '给' | '替'))
}

/// Whether the bearer of a name helps others in its sentence. A word for that stands between the
/// name and the sensitive word, or right behind the name, or it is said of the bearer before the
/// name: 照顾残疾邻居的张丽.
pub(super) fn helps(chars: &[char], name: &Name, hit: Option<&Hit>) -> bool {
    let end = name.range.end;
    let until = match hit {
        Some(hit) if hit.start >= end => hit.end.min(end + REACH),
        _ => chars.len().min(end + 8),
    };
    let said = &chars[end..until];
    if HELP.is_in(said) {
        return true;
    }
    // 刘伟为糖尿病患者义诊: what is done for them stands behind them.
    let is_for = hit.is_some_and(|hit| hit.start >= end) && is_for(said);
    if is_for && HELP.is_in(&chars[until..chars.len().min(until + 12)]) {
        return true;
    }
    hit.filter(|hit| hit.end <= name.range.start).is_some_and(|hit| {
        let helped = HELP.is_in(&chars[hit.start.saturating_sub(8)..hit.start]);
        let between = &chars[hit.end.max(name.range.start.saturating_sub(REACH))..name.range.start];
        helped && between.contains(&'的')
    })
}
