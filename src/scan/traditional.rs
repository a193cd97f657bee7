//! Sensitive words in traditional characters: `低保戶`, `離婚`, `社區矯正`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The characters of sensitive words that are written in another way, each with the simplified form
/// before it. Where there are several, the one that such words have.
const FORMS: &str = "\
    与與 业業 两兩 为為 举舉 争爭 产產 众眾 优優 会會 伤傷 体體 债債 偿償 儿兒 \
    党黨 养養 册冊 冻凍 准準 减減 制製 劝勸 办辦 务務 动動 区區 单單 卖賣 卧臥 \
    历歷 压壓 厮廝 双雙 发發 号號 合閤 听聽 员員 哑啞 国國 处處 复復 妇婦 学學 \
    对對 导導 尔爾 岗崗 帐帳 帮幫 应應 开開 强強 当當 征徵 怀懷 恤卹 户戶 执執 \
    折摺 抚撫 护護 报報 斗鬥 断斷 暂暫 术術 杀殺 权權 条條 来來 标標 栋棟 核覈 \
    档檔 检檢 楼樓 残殘 殴毆 济濟 渐漸 温溫 满滿 点點 热熱 独獨 现現 电電 疗療 \
    疮瘡 痪瘓 痫癇 痴癡 瘫癱 癫癲 监監 盗盜 矫矯 确確 碍礙 祸禍 离離 种種 窃竊 \
    筛篩 类類 纠糾 红紅 级級 纪紀 纷紛 线線 经經 结結 缓緩 缘緣 缴繳 罚罰 聋聾 \
    职職 联聯 聪聰 肾腎 肿腫 脏臟 脑腦 范範 药藥 虑慮 补補 见見 视視 触觸 计計 \
    讯訊 讼訟 访訪 证証 诉訴 诊診 话話 语語 请請 调調 负負 账賬 贫貧 贴貼 贷貸 \
    费費 赁賃 资資 赌賭 赖賴 赡贍 轨軌 轻輕 辍輟 边邊 迁遷 还還 违違 邮郵 郁鬱 \
    释釋 银銀 长長 门門 闭閉 问問 闹鬧 阳陽 难難 项項 题題 风風 驾駕 齿齒";

/// The forms of a word in traditional characters; none if it has no character that differs. The last
/// character of illnesses, 症, is written in two ways.
pub(super) fn forms(word: &str) -> Vec<String> {
    static PAIRS: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let pairs = FORMS.split_whitespace().filter_map(|pair| {
            let mut chars = pair.chars();
            Some((chars.next()?, chars.next()?))
        });
        pairs.collect()
    });
    let form = |ch: char| PAIRS.get(&ch).copied().unwrap_or(ch);
    let whole: String = word.chars().map(form).collect();
    let other = whole.replace('症', "癥");
    let mut forms = vec![whole, other];
    forms.dedup();
    forms.retain(|it| it != word);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_traditional_forms() {
        assert_eq!(forms("低保"), [] as [&str; 0]);
        assert_eq!(forms("残疾"), ["殘疾"]);
        assert_eq!(forms("社区矫正"), ["社區矯正"]);
        assert_eq!(forms("自闭症"), ["自閉症", "自閉癥"]);
        assert_eq!(forms("HIV"), [] as [&str; 0]);
    }
}
