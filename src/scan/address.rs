//! Homes, down to the room: `3栋2单元501室`, `5-2-301室`.
//!
//! A building or a unit alone is no home, nor is a room alone: `3栋2单元`, `203室`.
//!
//! Reading goes from the first number to the room, a number and its word at a time:
//!
//! ```text
//! 3 栋      2 单元     5 楼      501 室
//! building  unit       floor     room      found, with the key 3|2|501
//! ```
//!
//! The word may come without spaces or with them, in full width, or be left out where the room is a
//! number of three or four digits behind a building or unit (`3号楼2单元501`, `3号楼2-501`). In
//! Shanghai, lane and house take the place of the building: `123弄5号401室`. Numbers may be Chinese
//! (`三栋二单元五零一室`) and have the same key as digits.
//!
//! What only looks like it must not be found: `3号楼120户居民` counts, `1号楼2026年` dates,
//! `3号楼201会议室` is for everybody. English addresses are read by `english`, which shares
//! [`Home`].

use crate::scan::{
    finding::{DataKind, Finding},
    glyph::{BORDER, Glyph, Source, hash},
    numeral::{Numeral, is_chinese, is_number, numeral},
};

/// What is known of a home while it is read. Parts are as `numeral` returns them, in digits and
/// lower-case letters; None if they are not written.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// Of a lane, its number and a hyphen, then the house: `123-`, `123-5`.
    pub building: Option<String>,
    pub unit: Option<String>,
    /// Part of no key, since the room says it again; needed only for `5层东户`.
    pub floor: Option<String>,
}

impl Home {
    /// The finding of a room in it. The key is made of building, unit and room, empty where they
    /// are missing. `start` and `end` are the bytes of the whole address.
    pub(super) fn finding(&self, room: &str, start: usize, end: usize) -> Finding {
        let part = |it: &Option<String>| it.clone().unwrap_or_default();
        let normal = format!("{}|{}|{room}", part(&self.building), part(&self.unit));
        Finding {
            kind: DataKind::HomeAddress,
            range: start..end,
            key: hash(DataKind::HomeAddress, normal),
        }
    }

    /// Whether there is something that a room can lie in.
    fn is_known(&self) -> bool {
        self.building.is_some() || self.unit.is_some()
    }
}

/// The word behind a number. Each names the part that the number before it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AddressWord {
    /// 栋, 幢, 号楼, `#`.
    Building,
    /// 座, which also counts bridges and towers: 一座桥.
    Block,
    /// 弄.
    Lane,
    /// 单元, 门, 梯, 号门.
    Unit,
    /// 楼, 层.
    Floor,
    /// 室, 房, 号室, 号房.
    Room,
    /// 户, which also counts families.
    Household,
    /// 号, which may be a house, a room or the number of anything.
    Number,
}

/// The most glyphs that a home is read from.
const LONGEST: usize = 40;

/// The home whose building or unit is named by the word that begins at `at`. `at` is the index of a
/// word, not of its number: the sweep finds words. None unless a number is before it, another
/// behind it, and together they lead to a room. Both are looked for a few glyphs away.
pub(super) fn at(source: Source<'_>, at: usize) -> Option<Finding> {
    let word = source.next(at)?;
    if !matches!(word.ch, '栋' | '幢' | '楼' | '座' | '单' | '弄' | '门' | '#') {
        return None;
    }
    let (_, length) = mark(&source.forward(at).take(2).collect::<Vec<_>>())?;
    let end = source.forward(at).nth(length - 1)?.end;
    let mut behind = source.forward(end).skip_while(|it| is_sign(it.ch));
    if !behind.next().is_some_and(|it| is_number(it.ch)) {
        return None;
    }
    let sign = |glyph: &Glyph| matches!(glyph.ch, '号' | '#') && word.ch == '楼';
    let before = source.backward(at).take(10).skip_while(|it| it.ch == ' ' || sign(it));
    let before = before.take_while(|it| is_number(it.ch));
    let start = before.last()?.start;
    let glyphs: Vec<Glyph> =
        source.forward(start).take(LONGEST).take_while(|it| it.ch != BORDER).collect();
    read(&without_gaps(glyphs))
}

/// Glyphs without spaces between a number and its word: `3 栋 2 单元 501 室`.
fn without_gaps(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let words = "栋幢楼座单室户号层门";
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        if words.contains(glyph.ch) {
            kept.pop_if(|it| it.ch == ' ');
        }
        kept.push(glyph);
    }
    kept
}

/// The home that the glyphs begin with. Returns None as soon as a part comes twice or in a place
/// where it means something else. Between parts at most three signs may stand.
fn read(glyphs: &[Glyph]) -> Option<Finding> {
    let mut home = Home::default();
    let (mut at, mut signs) = (0, String::new());
    loop {
        let Some(number) = numeral(&glyphs[at..]) else { return side(&home, glyphs, at) };
        let behind = &glyphs[at + number.length..];
        let (mark, length) = mark(behind).map_or((None, 0), |(mark, length)| (Some(mark), length));
        let end = at + number.length + length;
        let found =
            |home: &Home| Some(home.finding(&number.text, glyphs[0].start, glyphs[end - 1].end));
        match mark {
            Some(AddressWord::Building) if home.building.is_none() => {
                home.building = Some(number.text);
            }
            Some(AddressWord::Block) if home.building.is_none() => {
                let is_named = number.text.starts_with(|it: char| it.is_ascii_lowercase());
                let has_room = behind.iter().take(8).any(|it| it.ch == '室');
                if !is_named && !has_room {
                    return None;
                }
                home.building = Some(number.text);
            }
            Some(AddressWord::Lane) if home.building.is_none() => {
                home.building = Some(number.text + "-");
            }
            Some(AddressWord::Number | AddressWord::Building) if home.is_lane() => {
                home.add_house(&number.text);
            }
            Some(AddressWord::Unit) if home.unit.is_none() => home.unit = Some(number.text),
            Some(AddressWord::Floor) if home.floor.is_none() => home.floor = Some(number.text),
            Some(AddressWord::Room) if home.is_known() => return found(&home),
            Some(AddressWord::Household) if home.unit.is_some() && number.is_full => {
                let is_count =
                    glyphs.get(end).is_some_and(|glyph| matches!(glyph.ch, '居' | '人' | '住'));
                return if is_count { None } else { found(&home) };
            }
            Some(AddressWord::Number)
                if home.unit.is_some() || home.is_known() && number.is_full =>
            {
                let goes_on =
                    glyphs.get(end).is_some_and(|glyph| matches!(glyph.ch, '线' | '楼' | '院'));
                return if goes_on { None } else { found(&home) };
            }
            None if home.is_hyphened(&number, behind) => home.unit = Some(number.text),
            None if home.is_bare_room(&number, &signs)
                && is_end(behind)
                && !is_area_code(&number, behind) =>
            {
                return found(&home);
            }
            _ => return None,
        }
        let gap = glyphs[end..].iter().take(3).take_while(|it| is_sign(it.ch));
        signs = gap.map(|it| it.ch).collect();
        at = end + signs.chars().count();
    }
}

impl Home {
    /// Whether the building so far is the number of a lane, and wants its house: `123弄`.
    fn is_lane(&self) -> bool {
        self.building.as_ref().is_some_and(|it| it.ends_with('-'))
    }

    /// Completes the number of a lane by that of the house in it.
    fn add_house(&mut self, number: &str) {
        if let Some(building) = &mut self.building {
            building.push_str(number);
        }
    }

    /// Whether a number is a unit before a hyphen and a room: `3号楼2-501`. A unit has two digits
    /// at most and the room three or four, so `3号楼2026-03` is none.
    fn is_hyphened(&self, number: &Numeral, behind: &[Glyph]) -> bool {
        let is_followed = behind.first().is_some_and(|it| it.ch == '-')
            && numeral(&behind[1..]).is_some_and(|it| it.is_full);
        self.building.is_some() && self.unit.is_none() && number.text.len() <= 2 && is_followed
    }

    /// Whether a number behind these signs can be a room although no word says so. A space counts
    /// only behind a unit: in `3号楼 201` the number may be of anything.
    fn is_bare_room(&self, number: &Numeral, signs: &str) -> bool {
        let is_near = match signs {
            "" | "-" | "·" => true,
            " " => self.unit.is_some(),
            _ => false,
        };
        self.is_known() && !self.is_lane() && number.is_full && is_near
    }
}

/// `东户` and its like, behind a floor. The floor and the side take the place of the room:
/// `3号楼2单元5层东户` has the key `3|2|5东`. None without a floor, or without a building or unit.
fn side(home: &Home, glyphs: &[Glyph], at: usize) -> Option<Finding> {
    let [side, word, ..] = &glyphs[at..] else { return None };
    let is_side = matches!(side.ch, '东' | '西' | '南' | '北' | '中' | '左' | '右');
    let is_home = matches!(word.ch, '户' | '室' | '门' | '手' | '侧' | '边');
    let floor = home.floor.as_ref().filter(|_| is_side && is_home && home.is_known())?;
    Some(home.finding(&format!("{floor}{}", side.ch), glyphs[0].start, word.end))
}

/// The word that the glyphs begin with, and how many of them it has. Words of two characters are
/// tried first, or 号楼 would be a 号. None if no such word is there.
fn mark(glyphs: &[Glyph]) -> Option<(AddressWord, usize)> {
    let second = glyphs.get(1).map_or(BORDER, |it| it.ch);
    Some(match (glyphs.first()?.ch, second) {
        ('号' | '#', '楼') => (AddressWord::Building, 2),
        ('号', '门') | ('单', '元') => (AddressWord::Unit, 2),
        ('号', '室' | '房') => (AddressWord::Room, 2),
        ('栋' | '幢' | '#', _) => (AddressWord::Building, 1),
        ('座', _) => (AddressWord::Block, 1),
        ('弄', _) => (AddressWord::Lane, 1),
        ('门' | '梯', _) => (AddressWord::Unit, 1),
        ('楼' | '层', _) => (AddressWord::Floor, 1),
        ('室' | '房', _) => (AddressWord::Room, 1),
        ('户', _) => (AddressWord::Household, 1),
        ('号', _) => (AddressWord::Number, 1),
        _ => return None,
    })
}

/// What stands between the parts of an address.
fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '-' | ',' | '·' | '/' | '_')
}

/// Whether a number without a word ends here: not as the beginning of a date, an amount or the name
/// of a public room.
fn is_end(behind: &[Glyph]) -> bool {
    let mut chars = behind.iter().map(|it| it.ch).skip_while(|it| *it == ' ');
    let first = chars.next();
    let second = chars.next();
    let is_measured = first.is_some_and(|it| MEASURES.contains(it) || is_chinese(it));
    let is_number = first.is_some_and(|it| ".-/:,~_*".contains(it))
        && second.is_some_and(|it| it.is_ascii_digit());
    let is_public = behind
        .iter()
        .take(6)
        .take_while(|it| it.ch >= '\u{4e00}')
        .any(|it| "室厅馆站所店".contains(it.ch));
    !is_measured && !is_number && !is_public
}

/// Whether a number is the area code of a telephone number: `4栋 0431 82550113`.
fn is_area_code(number: &Numeral, behind: &[Glyph]) -> bool {
    let line = behind.iter().skip_while(|it| it.ch == ' ').take_while(|it| it.ch.is_ascii_digit());
    number.text.starts_with('0') && (7..=8).contains(&line.count())
}

/// Behind a number, these say that it counts or dates something.
const MEASURES: &str = "年月日时分秒元万亿千米平㎡个人户名位次件条台部套块号路线度份吨层楼幢栋座单门℃斤公盏只辆棵天周期届多余间处家班%";

/// The home whose room, and nothing else, is called so by the `室` at `at`: `5-2-301室`. Two or
/// three numbers: a building of one to three digits (of two if no unit follows), a unit of one or
/// two, a room of three or four. So `201-203室`, which is two rooms, is none.
pub(super) fn hyphened(source: Source<'_>, at: usize) -> Option<Finding> {
    let word = source.next(at).filter(|it| it.ch == '室')?;
    let before = source
        .backward(at)
        .take(14)
        .take_while(|glyph| glyph.ch.is_ascii_digit() || glyph.ch == '-');
    let mut glyphs: Vec<Glyph> = before.collect();
    glyphs.reverse();
    let (home, room) = numbered(&glyphs)?;
    Some(home.finding(&room, glyphs[0].start, word.end))
}

/// The home whose numbers begin at `start`, behind the name of a compound: `阳光花园3-2-501`. With two
/// numbers alone, the room is no year.
pub(super) fn in_compound(source: Source<'_>, start: usize) -> Option<Finding> {
    let is_part = |glyph: &Glyph| glyph.ch.is_ascii_digit() || glyph.ch == '-';
    let glyphs: Vec<Glyph> = source.forward(start).take(14).take_while(is_part).collect();
    let end = glyphs.last()?.end;
    let goes_on =
        source.next(end).is_some_and(|it| it.ch.is_ascii_alphabetic() || MEASURES.contains(it.ch));
    let (home, room) = numbered(&glyphs).filter(|_| !goes_on)?;
    let is_year = home.unit.is_none() && (room.starts_with("19") || room.starts_with("20"));
    let is_compound = home.unit.is_some() || is_compound_before(source, start);
    (is_compound && !is_year).then(|| home.finding(&room, glyphs[0].start, end))
}

/// Whether what stands before the numbers can be nothing but the name of a compound.
fn is_compound_before(source: Source<'_>, start: usize) -> bool {
    let mut before = source.backward(start);
    let last = before.next().map_or(' ', |it| it.ch);
    let other = before.next().map_or(' ', |it| it.ch);
    matches!(
        (other, last),
        ('花' | '家' | '嘉', '园') | ('小', '区') | ('公', '寓') | ('宿', '舍') | (_, '苑')
    )
}

/// The numbers of a home that are joined by hyphens, and its room.
fn numbered(glyphs: &[Glyph]) -> Option<(Home, String)> {
    let text: String = glyphs.iter().map(|it| it.ch).collect();
    let parts: Vec<&str> = text.split('-').collect();
    let is_room = |it: &str| (3..=4).contains(&it.len());
    let is_part = |it: &str| (1..=2).contains(&it.len());
    let home = match parts[..] {
        [building, unit, room]
            if (1..=3).contains(&building.len()) && is_part(unit) && is_room(room) =>
        {
            Home { building: Some(building.into()), unit: Some(unit.into()), floor: None }
        }
        [building, room] if is_part(building) && is_room(room) => {
            Home { building: Some(building.into()), ..Home::default() }
        }
        _ => return None,
    };
    Some((home, parts[parts.len() - 1].to_owned()))
}
