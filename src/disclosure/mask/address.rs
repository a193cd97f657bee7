//! Addresses.

use crate::{disclosure::mask::han::is_han, text::half_width};

/// Chinese numerals and the signs that count along with them.
const NUMERALS: &str = "〇零一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰甲乙丙丁戊";

/// What a number makes a building, or a place in one, wherever it stands.
const BUILDING: [&str; 5] = ["号楼", "栋", "幢", "单元", "室"];

/// The same, but not behind Chinese numerals in a name such as 五层台.
const STOREY: [&str; 6] = ["座", "楼", "层", "户", "房", "#"];

/// What a number makes a place outside.
const PLOT: [&str; 14] =
    ["号院", "号", "弄", "组", "社区", "社", "队", "区", "期", "巷", "排", "门", "院", "梯"];

const STREET: [char; 8] = ['路', '街', '道', '巷', '弄', '里', '同', '村'];

/// English words for buildings and places in them.
const UNITS: &str = " room rm building bldg unit flat apartment apt floor fl suite block blk tower \
    no number door entrance gate level house lot ";

/// An address without building, unit and room, and without any number: the street and the
/// neighbourhood remain, or a star.
pub fn address(address: &str) -> String {
    let narrow = |ch: char| match half_width(ch) {
        half if half.is_alphanumeric() || "-#/~".contains(half) => half,
        _ => ch,
    };
    let text: String = address.trim().chars().map(narrow).collect();
    let shown = if text.contains(is_han) { chinese(&text) } else { latin(&text) };
    let is_sign = |it: char| !it.is_alphanumeric();
    let shown = shown.trim_start_matches(is_sign);
    let shown = shown.trim_end_matches(|it| is_sign(it) && !is_closing(it));
    if shown.is_empty() && !text.is_empty() { "*".to_owned() } else { shown.to_owned() }
}

/// Goes from number to number. At the first building, unit or room it ends: behind them nothing
/// public follows, but perhaps the name of who lives there.
fn chinese(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let number = number(rest);
        let after = &rest[number.len()..];
        // Between a number and what it counts may be a space: 3 栋.
        let unit = if number.is_empty() { after } else { after.trim_start() };
        match fate(number, unit, &shown) {
            Fate::Ends => break,
            Fate::Drops(suffix) => {
                let bare = shown.trim_end_matches(is_before_number).len();
                shown.truncate(bare);
                rest = &unit[suffix..];
            }
            Fate::Stays if number.is_empty() => {
                let opened = shown.matches(is_opening).count();
                if !is_closing(first) || opened > shown.matches(is_closing).count() {
                    shown.push(first);
                }
                rest = &rest[first.len_utf8()..];
            }
            Fate::Stays => {
                shown += number;
                rest = after;
            }
        }
    }
    let bare = shown.trim_end_matches(is_before_number).len();
    shown.truncate(bare);
    shown
}

/// What becomes of a number in a Chinese address.
enum Fate {
    Stays,
    /// Together with so many bytes behind it.
    Drops(usize),
    Ends,
}

fn fate(number: &str, after: &str, shown: &str) -> Fate {
    if number.is_empty() {
        let aspect = after.strip_prefix(['东', '西', '南', '北', '中']);
        return if aspect.is_some_and(|it| it.starts_with("单元")) {
            Fate::Ends
        } else {
            Fate::Stays
        };
    }
    let follows = |suffixes: &[&'static str]| {
        suffixes.iter().find(|suffix| after.starts_with(**suffix)).copied()
    };
    let (building, storey, plot) = (follows(&BUILDING), follows(&STOREY), follows(&PLOT));
    if number.contains(char::is_numeric) {
        return match plot {
            _ if building.or(storey).is_some() => Fate::Ends,
            Some(plot) => Fate::Drops(plot.len()),
            None if number.contains(['-', '/', '~', '、']) => Fate::Ends,
            None => Fate::Drops(0),
        };
    }
    // Numerals and letters are parts of names, too: 三门峡, 八一路, SOHO现代城.
    let letters = number.contains(|it: char| it.is_ascii_alphabetic());
    let stands_alone = |suffix: &str| {
        let next = after[suffix.len()..].chars().next();
        next.is_none_or(|it| !is_han(it) || NUMERALS.contains(it))
    };
    match (building, storey, plot) {
        _ if letters && number.len() > 2 => Fate::Stays,
        (Some(_), ..) => Fate::Ends,
        (_, Some(suffix), _) if letters || stands_alone(suffix) => Fate::Ends,
        (.., Some("社区" | "区" | "期")) => Fate::Stays,
        (.., Some(suffix)) if stands_alone(suffix) => Fate::Drops(suffix.len()),
        (.., Some(suffix @ ("号" | "弄"))) if shown.ends_with(STREET) => {
            Fate::Drops(suffix.len())
        }
        _ => Fate::Stays,
    }
}

/// The number that a text begins with: digits, Chinese numerals and letters. Letters in front keep
/// Chinese numerals away, so that SOHO三栋 has a number of its own.
fn number(text: &str) -> &str {
    let is_letter = |it: char| it.is_ascii_alphabetic();
    let numerals = if text.starts_with(is_letter) { "" } else { NUMERALS };
    let counts = |ch: char| ch.is_numeric() || is_letter(ch) || numerals.contains(ch);
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let next = text[at + character.len_utf8()..].chars().next();
        let joins = end > 0 && "-/~、.".contains(character) && next.is_some_and(counts);
        if !counts(character) && !joins {
            break;
        }
        end = at + character.len_utf8();
    }
    &text[..end]
}

fn is_before_number(it: char) -> bool {
    "第附之负№#-、".contains(it) || it.is_whitespace() || is_opening(it)
}

fn is_opening(it: char) -> bool {
    "(（[【〔".contains(it)
}

fn is_closing(it: char) -> bool {
    ")）]】〕".contains(it)
}

fn latin(text: &str) -> String {
    let parts = text.split([',', '，', '،', ';', '；', '\n']).map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let names = |at: usize| words.get(at).is_some_and(|it| is_number(it));
        let is_shown = |(at, word): &(usize, &&str)| {
            let beside = names(at + 1) || at.checked_sub(1).is_some_and(names);
            !has_number(word)
                && !(is_unit(word) && (beside || words.len() == 1))
                && !(is_number(word) && at.checked_sub(1).is_some_and(|it| is_unit(words[it])))
        };
        let shown = words.iter().enumerate().filter(is_shown).map(|(_, word)| *word);
        shown.collect::<Vec<_>>().join(" ")
    });
    parts.filter(|it| it.contains(char::is_alphanumeric)).collect::<Vec<_>>().join(", ")
}

fn has_number(word: &str) -> bool {
    word.contains(char::is_numeric)
}

/// A number, or a letter in the place of one.
fn is_number(word: &str) -> bool {
    has_number(word) || word.trim_matches('.').chars().count() == 1
}

fn is_unit(word: &str) -> bool {
    let bare = word.trim_matches(|it: char| !it.is_alphabetic()).to_lowercase();
    !bare.is_empty() && UNITS.contains(&format!(" {bare} "))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::check, *};

    #[test]
    fn chinese_addresses() {
        check(
            address,
            "长春市宽城区凯旋街道友谊花园小区3栋2单元501室 → 长春市宽城区凯旋街道友谊花园小区
             凯旋路12号3号楼 → 凯旋路 | 凯旋路１２号 → 凯旋路 | 友谊花园三栋二单元 → 友谊花园
             友谊花园1-2-301 → 友谊花园 | 友谊花园3-2-501室王伟家 → 友谊花园 | 友谊花园 A 座 → 友谊花园
             凯旋路12号友谊花园3栋2单元501室(王伟) → 凯旋路友谊花园
             友谊花园小区（3栋2单元） → 友谊花园小区 | 友谊花园(南区)3栋 → 友谊花园(南区)
             凯旋路三号友谊花园五栋 → 凯旋路友谊花园 | 凯旋路（12号） → 凯旋路
             凯旋路12-3号友谊花园 → 凯旋路友谊花园 | 友谊花园第3栋 → 友谊花园 | 友谊花园B1栋 → 友谊花园
             友谊花园十一号楼 → 友谊花园 | 友谊花园二〇一室 → 友谊花园 | 友谊花园3#2-501 → 友谊花园
             友谊花园东单元501 → 友谊花园 | SOHO现代城A座1203 → SOHO现代城 | SOHO三栋 → SOHO
             三门峡市八一路12弄3号501室 → 三门峡市八一路 | 十里堡第一小区5号楼 → 十里堡第一小区
             101国道旁友谊花园3栋 → 国道旁友谊花园 | 凯旋村三组 → 凯旋村 | 凯旋村5组18号 → 凯旋村
             一号路友谊大厦五楼 → 一号路友谊大厦 | 凯旋街道第三社区 → 凯旋街道第三社区
             凯旋路12号、14号 → 凯旋路 | 凯旋路12号，友谊花园3栋 → 凯旋路，友谊花园
             友谊花园 3 栋 2 单元 501 室 → 友谊花园 | 凯旋路 12 号 友谊花园 → 凯旋路 友谊花园
             凯旋路①号 → 凯旋路 | 凯旋路No.12 → 凯旋路 | 友谊花园 → 友谊花园
             3栋501 → * | 501 → * | → ",
        );
    }

    #[test]
    fn other_addresses() {
        check(
            address,
            "Room 501, Building 3, Youyi Garden, 12 Kaixuan Road → Youyi Garden, Kaixuan Road
             Youyi Garden Building 3 Unit 2 Room 501 → Youyi Garden
             Building A, Youyi Garden, Changchun → Youyi Garden, Changchun
             No. 12 Kaixuan Road → Kaixuan Road | Kaixuan Road No.12 → Kaixuan Road
             Flat 5B, Youyi Building → Youyi Building | 3rd Floor, 5F → *
             ул. Ленина 12 → ул. Ленина | 서울로 12 → 서울로",
        );
    }
}
