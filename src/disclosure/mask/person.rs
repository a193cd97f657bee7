//! Names of persons.
//!
//! A text is cut at signs such as 、 and brackets into parts, a part into words by script, and each
//! name loses all but its surname or its initials.

use crate::{
    config::Names,
    text::{fold::is_mark, half_width, is_han},
};

/// Surnames of several characters. Left out are those that more people bear as a surname and the
/// beginning of a given name, such as 乐正, 宗政, 贺兰 and 纳兰.
const COMPOUND: &str = "欧阳 上官 司马 诸葛 夏侯 尉迟 公孙 长孙 慕容 令狐 皇甫 宇文 司徒 东方 南宫 \
    西门 独孤 端木 百里 呼延 澹台 轩辕 闻人 赫连 拓跋 申屠 太史 仲孙 钟离 公羊 濮阳 单于 万俟 公冶 \
    淳于 太叔 鲜于 闾丘 司空 亓官 司寇 子车 颛孙 巫马 公西 漆雕 壤驷 公良 夹谷 宰父 谷梁 段干 东郭 \
    南门 羊舌 微生 梁丘 左丘 东门 第五 伯赏 南荣 东里 仲长 子书 子桑 即墨 达奚 褚师 耶律 完颜 尔朱 \
    斛律 沮渠 秃发 乞伏 哥舒 仆固 北宫 北堂 公仪 叔孙 季孙 孟孙 屠岸 虞丘 毋丘 黑齿 富察 钮祜禄 \
    瓜尔佳 赫舍里 爱新觉罗 叶赫那拉 歐陽 司馬 諸葛 尉遲 公孫 長孫 東方 南宮 西門 獨孤 澹臺 軒轅 聞人 \
    赫連 鍾離 濮陽 單于 鮮于";

/// Common surnames that seldom begin a given name: signs of a further name.
const COMMON: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈\
    曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆郝孔崔毛邱秦史顾侯邵孟段雷钱\
    汤尹黎乔贺赖龚庞樊殷施陶洪翟颜倪严牛温芦俞鲁葛伍韦申尤毕聂焦柳邢岳齐莫庄左涂祁耿牟卜詹苗靳甄裴\
    覃霍翁隋阮柯張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭";

/// What a name may end with that is not of the name: 王永和丁女士 may be one person.
const TITLES: &str = "女士 先生 同志 小姐 主任 书记 阿姨 奶奶 爷爷 叔叔 大爷 大妈 大娘 大姐 大哥 师傅 \
    老师 医生 律师 警官 站长 经理 党员";

/// What may stand beside a name and is none.
pub(super) const ROLES: &str = "女士 先生 同志 小姐 主任 副主任 书记 副书记 委员 党员 组长 副组长 队长 副队长 户主 代表 \
    居民 志愿者 网格长 网格员 楼长 楼栋长 单元长 会长 负责人 联系人 主持人 阿姨 奶奶 爷爷 叔叔 大爷 大妈 大娘 \
    大姐 大哥 师傅 老师 医生 律师 警官 站长 经理";

const OPEN: &str = "(（[【〔<《「『“";
const CLOSE: &str = ")）]】〕>》」』”";
const DOTS: &str = "·•・‧∙⋅ㆍ．.";

/// What may be shown of a Chinese name, by what stands before it.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    Surname,
    /// It may be a name of its own or the same given name again; a known surname decides.
    KnownSurname,
    Nothing,
}

/// A person's name, or several. Masked, 王秀英 is 王** and Mary Wang is M. W.; of the surname alone,
/// they are 王某 and W.
pub fn person(name: &str, rule: Names) -> String {
    if rule == Names::Full {
        return name.to_owned();
    }
    let (mut shown, mut keep, mut depth) = (String::new(), Keep::Surname, 0_usize);
    for piece in plain(name).split_inclusive(is_sign) {
        let part = piece.trim_end_matches(is_sign);
        let spaced = |it: bool| if it { " " } else { "" };
        shown += spaced(part.starts_with(char::is_whitespace) && !shown.is_empty());
        shown += &part_of_names(part, rule, &mut keep);
        let Some(sign) = piece[part.len()..].chars().next() else { continue };
        shown += spaced(part.ends_with(char::is_whitespace) && !part.trim().is_empty());
        match sign {
            it if OPEN.contains(it) => depth += 1,
            it if CLOSE.contains(it) => depth = depth.saturating_sub(1),
            '/' | '／' if depth == 0 => keep = Keep::KnownSurname,
            _ if depth == 0 => keep = Keep::Surname,
            _ => {}
        }
        shown.push(sign);
    }
    shown
}

/// Names without a sign between them, in one script or in several.
fn part_of_names(part: &str, rule: Names, keep: &mut Keep) -> String {
    let words: Vec<&str> = part.split_whitespace().collect();
    let same = |a: &&str, b: &&str| NameScript::of(a) == NameScript::of(b);
    let groups = words.chunk_by(same).map(|words| match NameScript::of(words[0]) {
        NameScript::Latin => {
            if *keep == Keep::Surname {
                *keep = Keep::KnownSurname;
            }
            initials(&words.join(" "), rule)
        }
        NameScript::Han => chinese_names(words, rule, keep),
        NameScript::Other => other_name(&words.join(" "), rule, keep),
    });
    groups.collect::<Vec<_>>().join(" ")
}

#[derive(PartialEq)]
enum NameScript {
    Latin,
    /// Without the dot that parts the names of Uyghurs and foreigners.
    Han,
    /// Also words in several scripts, or without letters.
    Other,
}

impl NameScript {
    fn of(word: &str) -> Self {
        let only = |is: fn(char) -> bool| {
            let mut letters = word.chars().filter(|it| it.is_alphabetic()).peekable();
            letters.peek().is_some() && letters.all(is)
        };
        match (only(is_latin), only(is_han)) {
            (true, _) => Self::Latin,
            (_, true) if !word.contains(is_dot) => Self::Han,
            _ => Self::Other,
        }
    }
}

fn initials(name: &str, rule: Names) -> String {
    if name.chars().filter(|it| it.is_alphabetic()).nth(1).is_none() {
        return "*".to_owned();
    }
    let initial = |word: &str| {
        let letter = word.chars().find(|it| it.is_alphabetic())?;
        Some(format!("{}.", letter.to_uppercase().next().unwrap_or(letter)))
    };
    let words = name.split(|ch: char| ch.is_whitespace() || is_dot(ch));
    let words = words.map(|word| word.split('-').filter_map(initial).collect::<Vec<_>>().join("-"));
    let words: Vec<String> = words.filter(|it| !it.is_empty()).collect();
    if rule == Names::Surname { words[words.len() - 1].clone() } else { words.join(" ") }
}

/// Spaces may part a name's own characters; only before a known surname do they part two names.
fn chinese_names(words: &[&str], rule: Names, keep: &mut Keep) -> String {
    let mut names = vec![String::new()];
    for word in words {
        let name = names.last_mut().expect("there is one from the beginning");
        if is_whole(name) && begins_name(word) {
            names.push((*word).to_owned());
        } else {
            name.push_str(word);
        }
    }
    let shown = names.iter().map(|name| joined_names(name, rule, keep)).collect::<Vec<_>>();
    *keep = Keep::Nothing;
    shown.join(" ")
}

/// Names with 和 and the like between them, which may also be a character of a name.
fn joined_names(name: &str, rule: Names, keep: &mut Keep) -> String {
    // The last one first: 王和和李娜 is 王和 and 李娜.
    let parted = name.char_indices().rev().find_map(|(at, and)| {
        let (left, right) = (&name[..at], &name[at + and.len_utf8()..]);
        let untitled = TITLES.split(' ').find_map(|it| right.strip_suffix(it)).unwrap_or(right);
        let apart = is_whole(left) && begins_name(untitled);
        (apart && "和与及".contains(and)).then_some((left, and, right))
    });
    if let Some((left, and, right)) = parted {
        let left = joined_names(left, rule, keep);
        return format!("{left}{and}{}", joined_names(right, rule, keep));
    }
    let kept = match *keep {
        Keep::Surname => surname(name),
        Keep::KnownSurname if begins_name(name) => surname(name),
        _ => "",
    };
    if *keep == Keep::Surname {
        *keep = Keep::KnownSurname;
    }
    let hidden = name.chars().count() - kept.chars().count();
    match rule {
        Names::Surname if !kept.is_empty() => format!("{kept}某"),
        Names::Surname => "*".to_owned(),
        _ => kept.to_owned() + &"*".repeat(hidden),
    }
}

/// Long enough for a name, and more than a surname.
fn is_whole(name: &str) -> bool {
    name.chars().count() >= 2 && COMPOUND.split(' ').all(|it| it != name)
}

fn begins_name(name: &str) -> bool {
    let mut characters = name.chars();
    let (first, second) = (characters.next(), characters.next());
    // 高高 calls somebody by the given name.
    second.is_some_and(|it| Some(it) != first)
        && (first.is_some_and(|it| COMMON.contains(it)) || compound(name).is_some())
}

/// The names of a person, or of several, each whole: `组长：王秀英女士（英子）、Mary Wang` has 王秀英 and
/// Mary Wang. What stands beside the first name is one only if it begins as names do.
pub(super) fn whole_names(names: &str) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    let plain = plain(names);
    for part in plain.split(is_sign) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let same = |a: &&str, b: &&str| NameScript::of(a) == NameScript::of(b);
        for words in words.chunk_by(same) {
            match NameScript::of(words[0]) {
                NameScript::Han => {
                    let (joined, begins) = (words.concat(), words.iter().all(|it| is_name(it)));
                    let parts = if begins { words.to_vec() } else { vec![joined.as_str()] };
                    for part in parts.into_iter().flat_map(and_parts) {
                        let name = ROLES.split_whitespace().find_map(|it| part.strip_suffix(it));
                        let name = name.unwrap_or(part);
                        if is_whole(name) && (whole.is_empty() || begins_name(name)) {
                            whole.push(name.to_owned());
                        }
                    }
                }
                NameScript::Latin | NameScript::Other => {
                    let joined = words.join(" ");
                    // 王芳.李红 may be two, though 阿布都.热合曼 is one.
                    let parts: Vec<&str> = joined.split(is_dot).collect();
                    let is_short = |it: &&str| it.chars().count() <= 3 && is_name(it);
                    if parts.len() > 1 && parts.iter().all(is_short) {
                        whole.extend(parts.iter().map(|it| (*it).to_owned()));
                    }
                    whole.push(joined);
                }
            }
        }
    }
    whole
}

/// A word that is a name by itself.
fn is_name(word: &str) -> bool {
    is_whole(word) && begins_name(word)
}

/// Names with 和 and the like between them.
fn and_parts(name: &str) -> Vec<&str> {
    let parted = name.char_indices().find_map(|(at, and)| {
        let (left, right) = (&name[..at], &name[at + and.len_utf8()..]);
        ("和与及".contains(and) && is_whole(left) && is_name(right)).then_some((left, right))
    });
    match parted {
        Some((left, right)) => [vec![left], and_parts(right)].concat(),
        None => vec![name],
    }
}

/// How many characters of a Chinese name are the surname.
pub(super) fn surname_length(name: &str) -> usize {
    surname(name).chars().count()
}

fn compound(name: &str) -> Option<&'static str> {
    COMPOUND.split(' ').find(|surname| name.starts_with(surname) && name.len() > surname.len())
}

/// The surname of a name, if there is more to the name than that.
fn surname(name: &str) -> &str {
    let first = name.chars().next().filter(|it| is_han(*it)).map_or(0, char::len_utf8);
    if first == name.len() { "" } else { compound(name).unwrap_or(&name[..first]) }
}

fn other_name(name: &str, rule: Names, keep: &mut Keep) -> String {
    let first =
        name.chars().next().filter(|letter| letter.is_alphabetic() && *keep == Keep::Surname);
    let first = first.filter(|_| name.chars().filter(|it| it.is_alphabetic()).nth(1).is_some());
    *keep = Keep::Nothing;
    let star = |ch: char| if is_dot(ch) || ch == ' ' { ch } else { '*' };
    match (rule, first) {
        (Names::Surname, Some(first)) if is_han(first) => format!("{first}某"),
        (Names::Surname, Some(first)) => format!("{first}*"),
        (Names::Surname, None) => "*".to_owned(),
        (_, Some(first)) => name.chars().skip(1).map(star).fold(first.to_string(), pushed),
        (_, None) => name.chars().map(star).collect(),
    }
}

fn pushed(mut text: String, character: char) -> String {
    text.push(character);
    text
}

/// Without marks, which belong to the letter before them, and without spaces at middle dots.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for character in name.trim().chars().filter(|it| !is_mark(*it)) {
        if is_middle_dot(character) {
            plain.truncate(plain.trim_end().len());
        }
        if !(character.is_whitespace() && plain.ends_with(is_middle_dot)) {
            let half = half_width(character);
            plain.push(if half.is_alphanumeric() { half } else { character });
        }
    }
    plain
}

/// What may stand between the names of several persons.
fn is_sign(it: char) -> bool {
    "、，,;；/／|&：:\n\\＼+＋。~～".contains(it) || is_bracket(it)
}

fn is_bracket(it: char) -> bool {
    OPEN.contains(it) || CLOSE.contains(it)
}

fn is_dot(it: char) -> bool {
    DOTS.contains(it)
}

fn is_middle_dot(it: char) -> bool {
    is_dot(it) && !matches!(it, '.' | '．')
}

fn is_latin(it: char) -> bool {
    it.is_ascii_alphabetic() || matches!(it, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tests::check, *};

    #[test]
    fn whole_names_of_persons() {
        check(
            |it| whole_names(it).join("+"),
            "王秀英 → 王秀英 | 王 秀英 → 王秀英 | 组长：王秀英女士（英子） → 王秀英 | 王伟、李娜 → 王伟+李娜
             王伟 李娜 → 王伟+李娜 | 王永和李娜 → 王永+李娜 | 李和平安 → 李和平安 | 张三(党员) → 张三
             王芳\\李红 → 王芳+李红 | 王芳+李红 → 王芳+李红 | 王芳。李红 → 王芳+李红 | 王芳～李红 → 王芳+李红
             王芳.李红 → 王芳+李红+王芳.李红 | 阿布都.热合曼 → 阿布都.热合曼 | 王芳\t李红 → 王芳+李红
             王秀英和李建国 → 王秀英+李建国 | Mary Wang (王玛丽) → Mary Wang+王玛丽 | 欧阳和平 → 欧阳和平",
        );
    }

    #[test]
    fn masked_names() {
        check(
            |it| person(it, Names::Masked),
            "王伟 → 王* | 王秀英 → 王** | 欧阳修远 → 欧阳** | 欧阳 → 欧* | 东方 → 东* | 陈方安生 → 陈***
             王 伟 → 王* | 王　秀英 → 王** | 王 秀 英 → 王** | 欧阳 修远 → 欧阳** | 歐陽修遠 → 歐陽** | 王 → * | →
             阿布都·热合曼 → 阿**·*** | 阿布都 • 热合曼 → 阿**•*** | 阿布都.热合曼 → 阿**.*** | 阿布都・热合曼 → 阿**・***
             Mary Wang → M. W. | wang xiuying → W. X. | Jean-Luc Picard → J.-L. P.
             J. R. Smith → J. R. S.
             Ｍａｒｙ Ｗａｎｇ → M. W. | Mary → M. | A → * | Élise O'Brien → É. O. | Wáng Xiùyīng → W. X.
             王伟 (David Wang) → 王* (D. W.) | 王伟（大伟） → 王*（**） | David Wang (王伟) → D. W. (王*)
             Nana (娜娜) → N. (**) | 李娜/娜娜 → 李*/** | 李娜（高高） → 李*（**） | 王伟 David Wang → 王* D. W.
             王秀英女士 → 王**** | 李主任 → 李** | 张三(党员) → 张*(**) | 刘奶奶 → 刘** | 组长：王伟 → 组*：王*
             王伟、李娜 → 王*、李* | 王伟，李秀英 → 王*，李** | 王伟, 李娜 → 王*, 李* | 王伟/李娜 → 王*/李*
             王伟和李娜 → 王*和李* | 王和平 → 王** | 王和和李娜 → 王*和李* | 王永和丁女士 → 王***** | 王伟 李娜 → 王* 李* | 王 伟 李娜 → 王* 李*
             王伟 和 李娜 → 王** 李* | 王芳\\李红 → 王*\\李* | 王芳+李红 → 王*+李* | 王芳。李红 → 王*。李*
             王芳-李红 → 王**** | 王芳.李红 → 王*.** | 王芳李红 → 王*** | 王芳　李红 → 王* 李* | 阿依古丽 → 阿***
             王伟（组长）、欧阳修远 → 王*（**）、欧阳** | 王伟（组长、李娜 → 王*（**、** | 王伟）大伟 → 王*）**
             김철수 → 김** | Иван Петров → И*** ****** | ئالىم → ئ**** | 𠮷野家 → 𠮷** | 王2 → 王* | 王* → 王*
             2王伟 → *** | 王Wei伟 → 王**** | David王 → D***** | 王🙂 → 王* | 🙂🙂 → **",
        );
        // Variation selectors and accents that are characters of their own.
        assert_eq!(person("王\u{e0100}伟", Names::Masked), "王*");
        assert_eq!(person("E\u{301}lise", Names::Masked), "E.");
    }

    #[test]
    fn surnames() {
        check(
            |it| person(it, Names::Surname),
            "王秀英 → 王某 | 欧阳修远 → 欧阳某 | Mary Wang → W. | 阿布都·热合曼 → 阿某 | 김철수 → 김* | 王 → *
             李主任 → 李某 | 王伟、李娜 → 王某、李某 | 王伟（大伟） → 王某（*） | 王伟 (David Wang) → 王某 (W.)",
        );
        assert_eq!(person(" 王伟", Names::Full), " 王伟");
    }

    proptest! {
        #[test]
        fn given_names_are_hidden(
            surname in prop::sample::select(vec!["王", "李", "欧阳", "司马", "仇"]),
            given in "[一-丂丅-丌伟英娜明和平]{1,3}",
            form in 0..7,
        ) {
            let name = match form {
                0 => format!("{surname}{given}"),
                1 => format!("{surname} {given}"),
                2 => format!("张三、{surname}{given}（{given}）"),
                3 => format!("{surname}{given}和李强"),
                4 => format!("{surname}{given} (Wei Wang, {given})"),
                5 => format!("{surname}{given} 李强"),
                _ => format!("{surname}{given}女士 / 李强"),
            };
            for rule in [Names::Masked, Names::Surname] {
                let masked = person(&name, rule);
                // Between two names it is no character of either.
                let leaked = given.chars().find(|it| *it != '和' && masked.contains(*it));
                prop_assert_eq!(leaked, None, "{} as {}", name, masked);
            }
        }

        #[test]
        fn no_number_is_shown(name in "([0-9]|王伟|Wei|·|[ ,、（）]|.){0,10}") {
            for rule in [Names::Masked, Names::Surname] {
                prop_assert!(!person(&name, rule).contains(|it: char| it.is_ascii_digit()));
            }
        }
    }
}
