//! Addresses.

use crate::text::{half_width, is_han};

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

/// Streets, where an address ends that is shown.
const ROADS: [&str; 8] = ["大街", "大道", "街", "路", "道", "胡同", "巷", "弄"];

/// What streets lie in.
const DISTRICTS: [&str; 14] = [
    "街道",
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "盟",
    "镇",
    "乡",
];

/// Words of compounds, villages and buildings, which lie below the street, though some end like a
/// district: 小区, 市场.
const BELOW: &str = "小区 社区 园区 校区 厂区 院区 片区 库区 东区 西区 南区 北区 中区 新村 市场 花园 家园 公寓 大厦 广场     街区 街坊 街心 道口 路口 公园 中心 苑 村 屯 庄 里弄 宿舍 大院 国道 省道 县道 旁 对面 附近 超市 城市 都市";

/// An address down to the street, without any number; or a star, if it names none. What lies below
/// the street, a compound, a village, a building, leads to a home as well as its number does where
/// few live.
pub fn address(address: &str) -> String {
    let narrow = |ch: char| match half_width(ch) {
        half if half.is_alphanumeric() || "-#/~".contains(half) => half,
        _ => ch,
    };
    let text: String = address.trim().chars().map(narrow).collect();
    let shown = if text.contains(is_han) {
        down_to_the_street(&chinese(&text)).to_owned()
    } else {
        latin(&text)
    };
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

/// The part of a Chinese address without numbers that ends with its street, or else with the last
/// district. Goes from the beginning: after a street nothing more is public.
fn down_to_the_street(address: &str) -> &str {
    let mut shown = 0;
    let mut start = 0;
    for (at, _) in address.char_indices() {
        if at < start {
            continue;
        }
        let rest = &address[at..];
        let name = &address[start..at];
        // 中关村 lies below the street, but 中关村大街 is one.
        let is_below = |word: &str| {
            let behind = rest.strip_prefix(word);
            behind.is_some_and(|it| ROADS.iter().all(|road| !it.starts_with(road)))
        };
        if BELOW.split_whitespace().any(is_below) {
            break;
        }
        let ends = |words: &[&'static str]| {
            let word = words.iter().find(|it| rest.starts_with(**it))?;
            // The first of 道里区 is no street.
            (name.chars().any(is_han)).then_some(at + word.len())
        };
        if let Some(end) = ends(&DISTRICTS) {
            (shown, start) = (end, end);
        } else if let Some(end) = ends(&ROADS) {
            shown = end;
            break;
        }
    }
    &address[..shown]
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
    parts.filter(|it| is_public(it)).collect::<Vec<_>>().join(", ")
}

/// Whether a part of an address in letters is a street or what it lies in.
fn is_public(part: &str) -> bool {
    const WORDS: &str = " road rd street st avenue ave boulevard blvd lane district city county province town \
        township subdistrict china ул улица проспект ";
    let words = part.split_whitespace().map(|it| it.trim_matches('.').to_lowercase());
    let mut words = words.filter(|it| !it.is_empty());
    words.any(|it| WORDS.contains(&format!(" {it} ")) || it.ends_with(['로', '길']))
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
            "长春市宽城区凯旋街道友谊花园小区3栋2单元501室 → 长春市宽城区凯旋街道
             凯旋路12号3号楼 → 凯旋路 | 凯旋路１２号 → 凯旋路 | 友谊花园三栋二单元 → *
             友谊花园1-2-301 → * | 友谊花园3-2-501室王伟家 → * | 友谊花园 A 座 → *
             凯旋路12号友谊花园3栋2单元501室(王伟) → 凯旋路
             宽城区友谊花园小区（3栋2单元） → 宽城区 | 友谊花园(南区)3栋 → *
             凯旋路三号友谊花园五栋 → 凯旋路 | 凯旋路（12号） → 凯旋路
             凯旋路12-3号友谊花园 → 凯旋路 | 凯旋大街第3栋 → 凯旋大街 | 凯旋胡同B1栋 → 凯旋胡同
             凯旋街道凯旋路12号 → 凯旋街道凯旋路 | 凯旋街道建设街南二胡同5号 → 凯旋街道建设街
             SOHO现代城A座1203 → * | 朝阳区SOHO现代城A座1203 → 朝阳区
             三门峡市八一路12弄3号501室 → 三门峡市八一路 | 十里堡第一小区5号楼 → *
             101国道旁友谊花园3栋 → * | 凯旋镇凯旋村三组 → 凯旋镇 | 凯旋村5组18号 → *
             一号路友谊大厦五楼 → 一号路 | 凯旋街道第三社区 → 凯旋街道
             凯旋路12号、14号 → 凯旋路 | 凯旋路12号，友谊花园3栋 → 凯旋路
             凯旋路 12 号 友谊花园 → 凯旋路 | 凯旋路①号 → 凯旋路 | 凯旋路No.12 → 凯旋路
             农贸市场后院1号 → * | 凯旋路市场街3号 → 凯旋路 | 哈尔滨市道里区友谊路3号 → 哈尔滨市道里区友谊路
             海淀区中关村大街5号 → 海淀区中关村大街 | 鼓楼区中山路1号 → 鼓楼区中山路
             友谊花园 → * | 3栋501 → * | 501 → * | → ",
        );
    }

    #[test]
    fn other_addresses() {
        check(
            address,
            "Room 501, Building 3, Youyi Garden, 12 Kaixuan Road → Kaixuan Road
             Youyi Garden Building 3 Unit 2 Room 501 → *
             Building A, Youyi Garden, Kuancheng District → Kuancheng District
             No. 12 Kaixuan Road → Kaixuan Road | Kaixuan Road No.12 → Kaixuan Road
             Flat 5B, Youyi Building → * | 3rd Floor, 5F → *
             ул. Ленина 12 → ул. Ленина | 서울로 12 → 서울로",
        );
    }
}
