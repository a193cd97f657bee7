//! Names of persons in a line of text.
//!
//! A name has no form of its own: it is one or two characters that given names are made of, behind
//! a surname, at a place where a word ends. How much of the latter is wanted depends on how far the
//! characters say so themselves.
//!
//! | in | found | since |
//! | --- | --- | --- |
//! | `王秀英 620元` | 王秀英 | signs on both sides |
//! | `低保户王秀英家` | 王秀英 | two characters that are hardly in anything else |
//! | `杨帆，低保户` | 杨帆 | signs on both sides |
//! | `邻居张建国患癌症` | 张建国 | behind a word for who somebody is to another |
//! | `三楼的老赵` | 老赵 | called by the surname, at a door or behind such a word |
//! | `杨帆起航` | none | one character, and a word goes on |
//! | `王**`, `王某某`, `王秀*` | none | masked |
//! | `李紅梅患癌症` | 李紅梅 | characters are compared in their simplified forms |
//! | `阿卜杜拉·热合曼` | all of it | no word has a dot within |

use std::ops::Range;

use crate::{
    scan::{
        foreign,
        glyph::Glyph,
        lexicon::{Hit, begins_at, ends_at, overlaps},
        lines::chars_of,
        names::{
            BEFORE, BEHIND, COMPOUND, FIRMS, GIVEN, KIN, NO_NICKNAMES, PLACES, ROLES, STRONG,
            SURNAMES, TITLES, WORDS,
        },
    },
    text::{fold::simplified, is_han},
};

/// A name in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Its characters, as a range of the line's glyphs.
    pub range: Range<usize>,
    /// Signs, or the ends of the line, stand on both sides: it is an entry of a list.
    pub is_entry: bool,
}

/// The names in a line, from left to right. `hits` are its sensitive words, which end a name like a
/// sign does.
pub(super) fn names(line: &[Glyph], hits: &[Hit]) -> Vec<Name> {
    let text = LineText::new(chars_of(line), hits);
    let mut names = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match text.name_at(at) {
            Some(name) => {
                at = name.range.end;
                names.push(name);
            }
            None => at += 1,
        }
    }
    names
}

/// Whether [`names`] may find any in these characters. It looks for a surname and a character of a
/// given name near it, which most sentences do not have, at a small part of the cost.
pub(super) fn may_be_in(chars: &[char]) -> bool {
    let chars: Vec<char> = chars.iter().copied().map(simplified).collect();
    (0..chars.len()).any(|at| {
        if foreign::may_begin(&chars[at..]) {
            return true;
        }
        let compound = COMPOUND.begin(&chars[at..]).next();
        let Some(length) = compound.or_else(|| SURNAMES.has(chars[at]).then_some(1)) else {
            return chars[at] == '·';
        };
        if at > 0 && matches!(chars[at - 1], '老' | '小') {
            return true;
        }
        let given = &chars[at + length..];
        let given = &given[..given.len().min(2)];
        let is_given = |ch: &char| STRONG.has(*ch) || GIVEN.has(*ch) || *ch == ' ';
        given.iter().any(is_given) || matches!(given, [first, second] if first == second)
    })
}

/// Whether these characters alone can be the name of somebody, where a name is wanted: they begin
/// with a surname, and whatever follows is no ordinary word.
pub(super) fn is_name(chars: &[char]) -> bool {
    let text = LineText::new(chars.iter().copied().map(simplified).collect(), &[]);
    let chars = &*text.chars;
    (2..=4).contains(&chars.len())
        && chars.iter().all(|it| is_han(*it))
        && text.surname(0).is_some_and(|it| (1..=2).contains(&(chars.len() - it)))
        && !chars.contains(&'某')
        && !is_class(chars)
        && !text.is_word(0, chars.len())
}

/// How surely the characters end with the beginning of a name, the rest of which may be hidden:
/// `和王`, `王秀`, `：欧阳`.
pub(super) fn begun_name(chars: &[char]) -> Option<Begun> {
    let text = LineText::new(chars.iter().copied().map(simplified).collect(), &[]);
    let chars = &*text.chars;
    let begins = (1..=3).filter_map(|length| chars.len().checked_sub(length));
    let at = begins.rev().find(|at| {
        let given = text.surname(*at).map(|surname| &chars[(*at + surname).min(chars.len())..]);
        given.is_some_and(|given| {
            given.len() <= 1 && given.iter().all(|it| STRONG.has(*it) || GIVEN.has(*it))
        })
    })?;
    let is_emphasised = at > 0 && chars[at - 1] == '*';
    let is_apart = text.before(at) > Border::None && !is_emphasised;
    Some(if is_apart { Begun::Apart } else { Begun::Joined })
}

/// What stands before the beginning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begun {
    /// Other characters, so that it may be a part of a word.
    Joined,
    /// A sign, or a word that often stands beside names.
    Apart,
}

/// Whether the last character says of what class something is: 单人户, 高级别.
fn is_class(chars: &[char]) -> bool {
    chars.last().is_some_and(|it| "户人员家类型级别号组".contains(*it))
}

/// Whether the last character joins a name to what is said of it: 刘伟为, 王丽是.
fn ends_with_particle(chars: &[char]) -> bool {
    chars.last().is_some_and(|it| "为是系有吃患给与对在等均都皆也已曾被把将向".contains(*it))
}

/// How a name is parted from what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Border {
    /// A word goes on.
    None,
    /// A word that often stands beside names.
    Word,
    /// A word for who somebody is, behind which a name is likely.
    Kin,
    /// A sign, or the end of the line.
    Sign,
}

/// A line in simplified characters.
struct LineText<'a> {
    chars: Vec<char>,
    hits: &'a [Hit],
    /// There is a dot as stands within names.
    has_dots: bool,
}

impl<'a> LineText<'a> {
    fn new(chars: Vec<char>, hits: &'a [Hit]) -> Self {
        let has_dots = chars.contains(&'·');
        Self { chars, hits, has_dots }
    }

    /// The name that begins at a character, if one does.
    fn name_at(&self, at: usize) -> Option<Name> {
        if let Some(name) = self.foreign(at) {
            return Some(name);
        }
        if !is_han(self.chars[at]) {
            return None;
        }
        if self.has_dots
            && let Some(name) = self.dotted(at)
        {
            return Some(name);
        }
        // Nearly all characters end here.
        let surname = self.surname(at);
        if surname.is_none() && !matches!(self.chars[at], '老' | '小') {
            return None;
        }
        // 主任水清 is no 任水清.
        if ROLES.ends(&self.chars[..=at]) {
            return None;
        }
        if let Some(name) = self.nickname(at) {
            return Some(name);
        }
        let surname = surname?;
        if self.chars.get(at + surname) == Some(&' ')
            && let Some(name) = self.spaced(at)
        {
            return Some(name);
        }
        [2, 1].into_iter().find_map(|given| self.joined(at, surname, given))
    }

    /// The length of the surname at a character.
    fn surname(&self, at: usize) -> Option<usize> {
        let compound = COMPOUND.begin(&self.chars[at..]).next();
        compound.or_else(|| SURNAMES.has(self.chars[at]).then_some(1))
    }

    /// A name whose characters stand together.
    fn joined(&self, at: usize, surname: usize, given: usize) -> Option<Name> {
        let end = at + surname + given;
        let chars = self.chars.get(at..end)?;
        let given = &chars[surname..];
        if !chars.iter().all(|it| is_han(*it)) || self.is_masked(at, end) || self.is_word(at, end) {
            return None;
        }
        let is_twice =
            given.len() == 2 && given[0] == given[1] && !TITLES.begins(&self.chars[at + surname..]);
        // A sensitive word within is no part of a name.
        if overlaps(self.hits, &(at..end)) {
            return None;
        }
        // 张家 is a family, nobody.
        if given == ['家'] {
            return None;
        }
        let (before, behind) = (self.before(at), self.behind(end));
        let strong = given.iter().filter(|it| STRONG.has(**it)).count();
        let fits = |it: &&char| is_twice || STRONG.has(**it) || GIVEN.has(**it);
        let fit = given.iter().filter(fits).count();
        let both = before.min(behind);
        // 白云飞 may be somebody, but not in 白云飞过.
        if both < Border::Sign && self.begins_with_word(at, end) {
            return None;
        }
        let is_name = match given.len() + (surname - 1) {
            1 => {
                fit == 1
                    && both >= Border::Word
                    && (before.max(behind) >= Border::Kin || strong == 1)
            }
            _ if fit == given.len() && strong == given.len() => true,
            _ if fit == given.len() && strong > 0 => before >= Border::Word || self.is_closed(end),
            _ if fit == given.len() => both >= Border::Word,
            _ => fit > 0 && both == Border::Sign && !is_class(given) && !ends_with_particle(given),
        };
        let is_entry = both == Border::Sign;
        is_name.then_some(Name { range: at..end, is_entry })
    }

    /// A name that begins with no surname. One of two characters may be a part of a word, and one with
    /// a dot behind goes on.
    fn foreign(&self, at: usize) -> Option<Name> {
        let end = foreign::end(&self.chars, at)?;
        let both = self.before(at).min(self.behind(end));
        let is_long = end - at > 2;
        let goes_on = self.chars.get(end) == Some(&'·') && is_han(self.chars[at]);
        let is_name = (is_long || both >= Border::Word) && !goes_on && !self.is_masked(at, end);
        (is_name && !overlaps(self.hits, &(at..end)) && !PLACES.begins(&self.chars[end..]))
            .then_some(Name { range: at..end, is_entry: both == Border::Sign })
    }

    /// Somebody who is called by the surname, where it is told whom that means: 三楼的老赵, 邻居老赵. If
    /// the name stands behind it, 老赵赵德柱, that is found instead.
    fn nickname(&self, at: usize) -> Option<Name> {
        let end = at + 2;
        let is_called = matches!(self.chars[at], '老' | '小')
            && self.chars.get(at + 1).is_some_and(|it| SURNAMES.has(*it))
            && !NO_NICKNAMES.begins(&self.chars[at..]);
        if !is_called || self.behind(end) == Border::None || self.is_masked(at, end) {
            return None;
        }
        let before = &self.chars[..at];
        let before =
            before.strip_suffix(&['的']).or(before.strip_suffix(&['家'])).unwrap_or(before);
        let is_told = KIN.ends(before) || self.is_door(before.len());
        is_told.then_some(Name { range: at..end, is_entry: false })
    }

    /// A name whose characters are set apart, to be as wide as others in a table: `王　伟`, `王　秀英`.
    fn spaced(&self, at: usize) -> Option<Name> {
        if self.before(at) != Border::Sign {
            return None;
        }
        let run = |from: usize| self.chars[from..].iter().take_while(|it| is_han(**it)).count();
        let surname = self.surname(at).filter(|it| run(at) == *it)?;
        let (mut end, mut given) = (at + surname, Vec::new());
        loop {
            let blanks = self.chars[end..].iter().take_while(|it| **it == ' ').count();
            let next = end + blanks;
            // Behind a given name of one character stands another of one.
            let length = run(next);
            let fits = length == 1 || length == 2 && given.is_empty();
            if blanks == 0 || blanks > 4 || !fits || self.behind(next + length) != Border::Sign {
                break;
            }
            given.extend(&self.chars[next..next + length]);
            end = next + length;
        }
        let fits = given.iter().all(|it| STRONG.has(*it) || GIVEN.has(*it));
        (fits && (1..=2).contains(&given.len()) && !self.is_masked(at, end))
            .then_some(Name { range: at..end, is_entry: true })
    }

    /// A name with a dot within, as Uyghurs and foreigners have.
    fn dotted(&self, at: usize) -> Option<Name> {
        if at > 0 && (is_han(self.chars[at - 1]) && self.before(at) == Border::None) {
            return None;
        }
        let word = |from: usize| self.chars[from..].iter().take_while(|it| is_han(**it)).count();
        let first = word(at);
        let dot = at + first;
        let second = self.chars.get(dot).filter(|it| **it == '·').map(|_| word(dot + 1))?;
        let end = dot + 1 + second.min(6);
        ((2..=6).contains(&first) && second >= 2)
            .then_some(Name { range: at..end, is_entry: self.behind(end) == Border::Sign })
    }

    /// What parts a name from what stands before it.
    fn before(&self, at: usize) -> Border {
        let Some(before) = at.checked_sub(1).map(|it| self.chars[it]) else { return Border::Sign };
        if self.is_parted(at) {
            Border::Sign
        } else if KIN.ends(&self.chars[..at]) || self.is_called(at) {
            Border::Kin
        } else if BEFORE.has(before)
            || ROLES.ends(&self.chars[..at])
            || matches!(before, '老' | '小') && self.is_parted(at - 1)
        {
            Border::Word
        } else {
            Border::None
        }
    }

    /// Whether a sign, the end of a sensitive word or the number of a door stands before a character, or
    /// nothing.
    fn is_parted(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|it| self.chars[it]);
        before.is_none_or(|it| !is_han(it)) || ends_at(self.hits, at) || self.is_door(at)
    }

    /// Whether the surname of a name stands before it, as somebody is called: 老赵赵德柱.
    fn is_called(&self, at: usize) -> bool {
        let Some(called) = at.checked_sub(2).map(|it| &self.chars[it..at]) else { return false };
        matches!(called[0], '老' | '小') && self.chars.get(at) == Some(&called[1])
    }

    /// Whether the number of a building or home ends before a character: 5号楼, 2单元.
    fn is_door(&self, at: usize) -> bool {
        let before = self.chars[..at].iter().rev();
        let words = before.take_while(|it| "号楼栋幢单元室门组户".contains(**it)).take(4).count();
        let is_number = |it: &char| it.is_ascii_digit() || "一二三四五六七八九十".contains(*it);
        (1..=3).contains(&words) && self.chars[..at - words].last().is_some_and(is_number)
    }

    /// What parts a name from what stands behind it.
    fn behind(&self, end: usize) -> Border {
        let Some(behind) = self.chars.get(end) else { return Border::Sign };
        if !is_han(*behind) || begins_at(self.hits, end) {
            Border::Sign
        } else if BEHIND.has(*behind)
            || TITLES.begins(&self.chars[end..])
            || ROLES.begins(&self.chars[end..])
        {
            Border::Word
        } else {
            Border::None
        }
    }

    /// Whether a name that a word goes before without a sign ends for certain.
    fn is_closed(&self, end: usize) -> bool {
        self.behind(end) == Border::Sign
            || TITLES.begins(&self.chars[end..])
            || self.chars.get(end).is_some_and(|it| "患因系欠称诉与和及被".contains(*it))
    }

    /// Whether characters of the name are hidden behind it: `王秀*`, `李某`, `张XX`. Stars of
    /// emphasis stand on both sides.
    fn is_masked(&self, start: usize, end: usize) -> bool {
        let stars = |at: Option<usize>| {
            at.and_then(|it| self.chars.get(it)).is_some_and(|it| matches!(it, '*' | '\\'))
        };
        match self.chars.get(end) {
            Some('*' | '\\') => !stars(start.checked_sub(1)),
            Some('某' | 'x' | 'X' | '×' | '○' | '□' | '●' | '■' | '△' | '〇') => true,
            _ => self.chars[start..end].contains(&'某'),
        }
    }

    /// Whether these characters are an ordinary word, the beginning of one, or that of the name of
    /// a place or body: 建国路, 宋庆龄基金会.
    fn is_word(&self, at: usize, end: usize) -> bool {
        WORDS.begin(&self.chars[at..]).any(|it| it >= end - at)
            || PLACES.begins(&self.chars[end..]) && !self.is_corrected(end)
            // 安庆市, 金水区: no given name ends so.
            || end - at > 2 && matches!(self.chars[end - 1], '市' | '县' | '区' | '镇' | '乡')
            // 李德律师 is 李德.
            || self.chars[end - 1..].starts_with(&['律', '师'])
            || self.is_firm(at, end)
    }

    /// Whether 社区矫正 begins at a character: 王秀英社区矫正期满 names no 社区.
    fn is_corrected(&self, at: usize) -> bool {
        self.chars.get(at) == Some(&'社') && begins_at(self.hits, at)
    }

    /// Whether the name of a firm, which has two parts, begins with these characters: 明理&同德律师
    /// 事务所. Two persons may be named so, too, but not before such a word.
    fn is_firm(&self, at: usize, end: usize) -> bool {
        let is_first = end - at == 2 && self.before(at) == Border::Sign;
        let joined = self.chars.get(end).is_some_and(|it| matches!(it, '&' | '与' | '和' | '·'));
        is_first
            && joined
            && (2..=3).any(|length| {
                let rest = self.chars.get(end + 1 + length..);
                rest.is_some_and(|rest| FIRMS.begins(rest))
            })
    }

    /// Whether the first of these characters are an ordinary word.
    fn begins_with_word(&self, at: usize, end: usize) -> bool {
        end - at > 2 && WORDS.begins(&self.chars[at..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    /// What names, and texts around them, are made of.
    const PIECES: &[&str] = &[
        "王",
        "欧阳",
        "买买提",
        "艾合买提",
        "·",
        "秀英",
        "伟",
        "丽丽",
        "珍",
        "　",
        " ",
        "，",
        "低保户",
        "和",
        "家",
        "文明",
        "路",
        "*",
        "某",
        "女士",
        "书记",
        "&",
        "与",
        "同德",
        "律师事务所",
        "尹苡",
    ];

    #[test]
    fn a_long_run_of_one_word_is_read() {
        let chars: Vec<char> = ("老".repeat(300_000) + "张建国患癌症").chars().collect();
        let line: Vec<Glyph> = chars
            .iter()
            .enumerate()
            .map(|(at, &ch)| Glyph { ch, start: at, end: at + 1 })
            .collect();
        assert!(names(&line, &[]).len() <= 1);
    }

    proptest! {
        #[test]
        fn names_are_where_they_may_be(pieces in vec(select(PIECES), 0..12)) {
            let chars = crate::scan::glyph::folded(&pieces.concat());
            let line: Vec<Glyph> =
                chars.iter().enumerate().map(|(at, &ch)| Glyph { ch, start: at, end: at + 1 }).collect();
            prop_assert!(names(&line, &[]).is_empty() || may_be_in(&chars), "{pieces:?}");
        }
    }
}
