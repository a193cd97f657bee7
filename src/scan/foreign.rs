//! Names that begin with no Chinese surname: those of other peoples, written in characters, and those in
//! Latin letters.
//!
//! | in | found | since |
//! | --- | --- | --- |
//! | `低保户阿依古丽` | 阿依古丽 | it is made of the parts of such names |
//! | `扎西卓玛患癌症` | 扎西卓玛 | the same |
//! | `John Smith患艾滋病` | John Smith | two words, the first a known given name |
//! | `Zhang Xiuying`, `ZHANG XIUYING` | all of it | two words, the first a surname in pinyin |
//! | `Microsoft Word` | none | capitals alone are no name |
//!
//! Names with a dot within are found by that (`person.rs`).

use std::{iter, sync::LazyLock};

use rustc_hash::FxHashSet;

use crate::scan::words::WordSet;

/// What names of Uyghurs, Kazakhs, Tibetans, Mongols and Hui are made of.
static PARTS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(
        "阿依 阿依古丽 阿依努尔 阿依夏木 阿依仙木 古丽 古丽娜尔 古丽巴哈尔 古丽仙 古丽米热 热依汗 帕提古丽 帕丽旦 努尔 努尔古丽 努尔曼 巴哈尔 \
    买买提 买合木提 艾合买提 艾买提 艾山 艾山江 艾尔肯 艾力 阿卜杜拉 阿布都拉 阿布都 阿不都 阿卜杜 热合曼 热西提 吐尔逊 吐尔洪 吐鲁洪 玉素甫 \
    玉苏甫 木合塔尔 木沙 库尔班 赛买提 依明 伊敏 依不拉音 亚森 亚力坤 塔依尔 塔西 麦麦提 麦合木提 图尔荪 图尔迪 如孜 如仙古丽 茹仙古丽 祖丽胡玛尔 \
    迪丽努尔 迪丽热巴 米热古丽 米娜瓦尔 海里切木 帕孜来提 帕尔哈提 地里夏提 迪力夏提 艾则孜 居马 居马汗 哈力克 巴合提 巴合提古丽 叶尔肯 叶尔兰 加那尔 沙吾列 \
    扎西 卓玛 次仁 达瓦 尼玛 多吉 央金 拉姆 旺堆 旺姆 格桑 丹增 平措 白玛 洛桑 顿珠 罗布 贡嘎 仁青 才让 才旦 索朗 德吉 曲珍 巴桑 边巴 普布 益西 加措 \
    巴特尔 其其格 乌日娜 娜仁 高娃 苏日娜 斯琴 格日勒 呼格吉勒 那日苏 托娅 图雅 萨日娜 乌兰 其木格 阿古拉 布和 朝鲁 哈斯 巴雅尔 巴图 孟和 \
    娜仁花 吉日嘎拉 苏和 道尔吉 宝音 赛罕",
    )
});

/// Given names in Latin letters that are hardly other words.
const GIVEN: &str = " James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony \
    Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas \
    Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Jack Dennis Peter Henry \
    Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley \
    Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy \
    Angela Anna Emma Samantha Katherine Christine Helen Rachel Maria Heather Diane Julie Olivia Sophia Natalia Olga \
    Ivan Dmitri Sergei Vladimir Elena Ahmed Mohammed Muhammad Ali Fatima Aisha Hassan Ibrahim Carlos Jose Juan Luis \
    Pierre Marie Hans Giovanni Hiroshi Yuki Min Jin ";

/// Surnames in pinyin.
const SURNAMES: &str = " Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang \
    Xie Song Tang Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Lyu Shen \
    Yao Jin Cui Zhong Tan Liao Fan Qiu Hou Meng Qin Bai Xue Yan Duan Lei Long Shi Tao He Mao Hao Gu Gong Shao Wan Qian Dai Ouyang \
    Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Martin ";

/// Where a name that begins at a character ends. Nothing if none does.
pub(super) fn end(chars: &[char], at: usize) -> Option<usize> {
    match chars[at] {
        'A'..='Z' => latin(chars, at),
        _ => joined(chars, at),
    }
}

/// Whether a name may begin here.
pub(super) fn may_begin(chars: &[char]) -> bool {
    chars.first().is_some_and(char::is_ascii_uppercase) || PARTS.begins(chars)
}

/// A name made of parts, the longest first.
fn joined(chars: &[char], at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(length) = PARTS.begin(&chars[end..]).max() {
        end += length;
        // 艾山江, 买买提汗, 古丽克孜
        if chars.get(end).is_some_and(|it| matches!(it, '江' | '汗')) {
            end += 1;
        }
    }
    (end > at).then_some(end)
}

/// A name in two or three words with capitals, of which one is known as a name.
fn latin(chars: &[char], at: usize) -> Option<usize> {
    let is_joined = at.checked_sub(1).is_some_and(|it| chars[it].is_ascii_alphanumeric());
    let mut words: Vec<&[char]> = Vec::new();
    let mut end = at;
    while !is_joined && words.len() < 3 {
        let start = if words.is_empty() { at } else { end + 1 };
        let is_parted =
            words.is_empty() || chars.get(end).is_some_and(|it| matches!(it, ' ' | '·'));
        if !is_parted || !chars.get(start).is_some_and(char::is_ascii_uppercase) {
            break;
        }
        let length = chars[start + 1..]
            .iter()
            .take_while(|it| it.is_ascii_alphabetic() || matches!(it, '\'' | '-'))
            .count();
        if length == 0 {
            break;
        }
        end = start + 1 + length;
        words.push(&chars[start..end]);
    }
    let goes_on = chars.get(end).is_some_and(char::is_ascii_alphanumeric)
        || chars.get(end) == Some(&' ') && chars.get(end + 1).is_some_and(char::is_ascii_lowercase);
    let is_in = |list: &str, word: &[char]| {
        let (first, rest) = (word[0], &word[1..]);
        let word: String =
            iter::once(first).chain(rest.iter().map(char::to_ascii_lowercase)).collect();
        list.contains(&format!(" {word} "))
    };
    let (first, last) = (words.first()?, words.last()?);
    let (is_given, is_surname) = (is_in(GIVEN, first), is_in(SURNAMES, first));
    // In capitals many words are no names: YANG LED.
    let is_loud = |word: &&[char]| word[1..].iter().any(char::is_ascii_uppercase);
    let is_known = if words.iter().any(is_loud) {
        is_given && is_in(SURNAMES, last)
            || is_surname && words[1..].iter().all(|it| is_pinyin(it))
            || is_in(SURNAMES, last) && words[..words.len() - 1].iter().all(|it| is_pinyin(it))
    } else {
        is_given || is_surname || is_in(SURNAMES, last)
    };
    (words.len() >= 2 && !goes_on && is_known).then_some(end)
}

/// Whether a word is one or two syllables of pinyin, in any case: `JIANGUO`, `Xiu-ying`.
fn is_pinyin(word: &[char]) -> bool {
    let word: String =
        word.iter().filter(|it| it.is_ascii_alphabetic()).map(char::to_ascii_lowercase).collect();
    let is_syllable = |part: &str| SYLLABLES.contains(part);
    word.len() >= 2
        && (is_syllable(&word)
            || (1..word.len()).any(|at| is_syllable(&word[..at]) && is_syllable(&word[at..])))
}

/// All syllables of pinyin, without tones.
static SYLLABLES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let bare = "a ai an ang ao e ei en er o ou".split(' ').map(str::to_owned);
    let joined = FINALS.iter().flat_map(|(finals, initials)| {
        let pair = move |initial| finals.split(' ').map(move |it| format!("{initial}{it}"));
        initials.split(' ').flat_map(pair)
    });
    bare.chain(joined).collect()
});

/// Finals, and the initials that each of them follows; some of the pairs are in no character.
const FINALS: [(&str, &str); 7] = [
    ("a ai an ang ao ei en eng ou", "b p m f d t n l g k h zh ch sh r z c s w y"),
    ("i ian iao ie in ing", "b p m d t n l j q x y"),
    ("i e uo u ui un uan ong", "zh ch sh r z c s"),
    ("u e uo ui un uan ong", "d t n l g k h"),
    ("u o", "b p m f w"),
    ("ia iang iong iu u ue uan un v ve", "n l j q x"),
    ("a e i o u ong ue uan un uai ua uang", "y w g k h zh ch sh"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_peoples_are_found() {
        for (text, expected) in [
            ("阿依古丽吃低保", "阿依古丽"),
            ("艾山江患病", "艾山江"),
            ("扎西卓玛", "扎西卓玛"),
            ("娜仁高娃来了", "娜仁高娃"),
            ("阿姨来了", ""),
            ("John Smith患", "John Smith"),
            ("Mary Ann Wang住", "Mary Ann Wang"),
            ("Zhang San 620", "Zhang San"),
            ("Tom Wang,", "Tom Wang"),
            ("Microsoft Word", ""),
            ("John", ""),
            ("JOHN SMITH", "JOHN SMITH"),
            ("ZHANG JIANGUO患", "ZHANG JIANGUO"),
            ("ZHANG Xiuying", "ZHANG Xiuying"),
            ("Zhang JianGuo", "Zhang JianGuo"),
            ("YANG LED", ""),
            ("USB HUB", ""),
            ("HAN TECH", ""),
            ("Mary is ill", ""),
            ("Li Battery pack", ""),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = end(&chars, 0).map(|end| chars[..end].iter().collect::<String>());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }
}
