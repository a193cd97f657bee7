//! Of whom a sentence speaks: whether somebody who is named is the one of whom the sensitive word is
//! said, or acts for an office, is thanked, or helps.

use crate::scan::{
    lexicon::Hit,
    lines::{Line, chars_of, contains},
    names::{HELP, ROLES, THANKS},
    person::{Name, ends_with_role},
};

/// For each name of a line, whether its bearer acts for an office, or is thanked: a word for that
/// stands right before it, or before the first of several names in a row, or behind the last.
pub(super) fn officials(line: &Line, names: &[Name]) -> Vec<bool> {
    let chars = chars_of(&line.glyphs);
    let mut acting = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |it| names[it].range.end);
        let gap = &chars[before..name.range.start];
        let goes_on = index > 0 && is_between_names(gap);
        acting.push(if goes_on { acting[index - 1] } else { is_announced(gap) });
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
    let near: String = words[words.len().saturating_sub(6)..].iter().collect();
    ends_with_role(words) || contains(&near, THANKS)
}

/// Whether what stands behind a name does.
fn is_titled(behind: &[char]) -> bool {
    let text: String = behind.iter().take(12).collect();
    let text = text.trim_start_matches(['(', ' ', ',']);
    let begins = |text: &str| ROLES.split_whitespace().any(|it| text.starts_with(it));
    if begins(text) {
        return true;
    }
    let others = text.strip_prefix('等').unwrap_or_default();
    let others: String = others.chars().take_while(|it| !",。、".contains(*it)).collect();
    contains(&others, ROLES)
}

/// Whether the sensitive word is about the bearer of the name, as far as words between them say.
/// Of who acts for an office it is only if they say so: 王医生查出癌症.
pub(super) fn is_about(line: &Line, name: &Name, hit: &Hit, acts: bool) -> bool {
    const OWN: &str = "患 确诊 查出 诊断 罹患 拖欠";
    if helps(line, name, Some(hit)) {
        return false;
    }
    let between = line.text(name.range.end..hit.start.max(name.range.end));
    !acts || contains(&between, OWN) && !contains(&between, FOR)
}

/// Words before somebody for whom something is done.
const FOR: &str = "为 给 替";

/// Whether the bearer of a name helps others in its sentence. A word for that stands between the
/// name and the sensitive word, or right behind the name, or it is said of the bearer before the
/// name: 照顾残疾邻居的张丽.
pub(super) fn helps(line: &Line, name: &Name, hit: Option<&Hit>) -> bool {
    let end = name.range.end;
    let until = match hit {
        Some(hit) if hit.start >= end => hit.end,
        _ => line.glyphs.len().min(end + 8),
    };
    let said = line.text(end..until);
    if contains(&said, HELP) {
        return true;
    }
    // 刘伟为糖尿病患者义诊: what is done for them stands behind them.
    let is_for = hit.is_some_and(|hit| hit.start >= end) && contains(&said, FOR);
    if is_for && contains(&line.text(until..line.glyphs.len().min(until + 12)), HELP) {
        return true;
    }
    hit.filter(|hit| hit.end <= name.range.start).is_some_and(|hit| {
        let helped = contains(&line.text(hit.start.saturating_sub(8)..hit.start), HELP);
        helped && line.text(hit.end..name.range.start).contains('的')
    })
}
