//! Of whom a sentence speaks: whether somebody who is named is the one of whom the sensitive word is
//! said, or acts for an office, is thanked, or helps.

use std::sync::LazyLock;

use crate::scan::{
    lexicon::{Hit, ends_at},
    lines::{Line, chars_of},
    names::{HELP, ROLES, THANKS},
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
        let is_called = ends_at(hits, name.range.start);
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
        acting[index] = acting[index] || follows || is_titled(gap);
    }
    acting
}

/// Whether nothing but a sign of a list stands between two names.
fn is_between_names(gap: &[char]) -> bool {
    gap.len() <= 3 && !gap.is_empty() && gap.iter().all(|it| "、,，和及与 /·".contains(*it))
}

/// Whether what stands before a name says that its bearer acts for an office or is thanked.
fn is_announced(before: &[char]) -> bool {
    let signs = before.iter().rev().take_while(|it| ":( 、-—\"“".contains(**it)).count();
    let words = &before[..before.len() - signs.min(3)];
    ROLES.ends(words) || THANKS.is_in(&words[words.len().saturating_sub(6)..])
}

/// Whether what stands behind a name does.
fn is_titled(behind: &[char]) -> bool {
    let near = &behind[..behind.len().min(12)];
    let signs = near.iter().take_while(|it| "( ,".contains(**it)).count();
    let near = &near[signs..];
    let others = near.strip_prefix(&['等']).unwrap_or_default();
    let end = others.iter().position(|it| ",。、".contains(*it)).unwrap_or(others.len());
    ROLES.begins(near) || ROLES.is_in(&others[..end])
}

/// So many characters from a name its sentence is looked at: a list that is longer is told at
/// another name.
pub(super) const REACH: usize = 200;

/// Whether the sensitive word is about the bearer of the name, as far as words between them say.
/// Of who acts for an office it is only if they say so: 王医生查出癌症.
pub(super) fn is_about(chars: &[char], name: &Name, hit: &Hit, acts: bool) -> bool {
    static OWN: LazyLock<WordSet> = LazyLock::new(|| WordSet::new("患 确诊 查出 诊断 罹患 拖欠"));
    if helps(chars, name, Some(hit)) {
        return false;
    }
    let end = name.range.end;
    let between = &chars[end..hit.start.clamp(end, chars.len().min(end + REACH))];
    !acts || OWN.is_in(between) && !is_for(between)
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
