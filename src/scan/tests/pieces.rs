//! What is found in texts that are put together from pieces, at random but the same everywhere: each
//! piece stands beside many others, so both sides of each rule are in the lists. A change of the scanner
//! shows in `snapshots/`, text by text.

use std::fmt::Write as _;

use super::measured::Dice;
use crate::scan::{
    Lexicon, LineEnds, Subjects, WordingIndex, begun_name, cut, exposed, html, in_rows, key,
    listed, may_be_name, may_name, persons, text,
};

/// One of each group stands behind the other.
type Pieces = &'static [&'static [&'static str]];

const NUMBERS: Pieces = &[
    &[
        "",
        "",
        "电话",
        "卡号：",
        "身份证",
        "+86",
        "86-",
        "0086 ",
        "x",
        "税号",
        "订单号 ",
        "%20",
        "_",
        "1,",
        "-",
        "编号",
    ],
    &[
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "138.1234.5678",
        "1381234567",
        "138123456789",
        "10812345678",
        "138 12345678",
        "13812-345678",
        "1３812345678",
        "一三八一二三四五六七八",
        "一三八 一二三四 五六七八",
        "幺三八〇〇一三八〇〇〇",
        "一三八一二三四五六七",
        "11010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002x",
        "110105194912310021",
        "110105491231002",
        "110105 491231 002",
        "11010519491331002X",
        "000105491231002",
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111 1111 1111 1112",
        "411111111111116",
        "6222021234567890128",
        "622202 1234567890128",
        "378282246310005",
        "3782 822463 10005",
        "62220212345678901281",
        "1 3 8 1 2 3 4 5 6 7 8",
        "138  1234  5678",
        "138—1234—5678",
        "(138)12345678",
        "1381234 5678",
        "138 123 45678",
        "13812345678.50",
        "2026-11-28 138 1234 5678",
    ],
    &[
        "", "", "X", "x", "。", "0", "-1", "元", ".5", "@a.cn", "/2026", "号", " 1", "%", "，",
        "1234", "转1",
    ],
];

const HOMES: Pieces = &[
    &["", "", "家住", "幸福里", "阳光花园", "张", "解放路", "1", "共", "："],
    &["3", "12", "123", "1234", "三", "A", "AB", "０３", "二十", "12345"],
    &["栋", "号楼", "幢", "座", "弄", "#", "单元", "-", "号", " 栋 ", "门", "梯"],
    &[
        "",
        "",
        "2单元",
        "2-",
        "5号",
        "3楼",
        "2门",
        "二单元",
        "，",
        " ",
        "5层",
        "12单元 ",
        "、",
        "·",
        "2栋",
    ],
    &["501", "501", "50", "2026", "50123", "五零一", "201", "120", "A", "1502B", "东", "西"],
    &[
        "室",
        "",
        "户",
        "户居民",
        "户住",
        "号",
        "号线",
        "会议室",
        "元",
        "年",
        "-3",
        "0",
        "房",
        "线",
        "手",
        "号院",
        " 0431 82550113",
        "层",
    ],
];

const PLATES: Pieces = &[
    &["", "车牌", "最", "北", "A", "全", " ", "（"],
    &["京", "吉", "粤", "新", "港", "使", "WJ", "吉 "],
    &["A", "B", "I", "O", "Z", "a", "Ａ", ""],
    &["", "·", " ", "-", "•", "--", "."],
    &[
        "12345", "1234", "123456", "D12345", "B1234", "AB123", "ABC12", "ABCD1", "1234警",
        "1234港", "1234学", "12345F", "I2345", "O1234", "A4纸",
    ],
    &["", "停", "6", "B", "号", "-1", "。"],
];

const MAILS: Pieces = &[
    &["", "邮箱", "<", "x", "．", "&lt;", "@"],
    &["zhang", "zhang.san", "z+1", "z..s", ".z", "z.", "张三", "ｚｈａｎｇ", "a_b-c", "icon"],
    &["@", "＠", " @ ", "@@", "&#64;", "@<b>"],
    &["example", "mail.example", "2x", "-a", "a-", "例子", "example-"],
    &[".com", ".com.cn", ".c", "．ｃｏｍ", "", ".123", ".cn.", ".png"],
    &["", "。", ">", "13", "m", "/a", "-b"],
];

const ENGLISH: Pieces = &[
    &["", "at ", "The ", "x", "住"],
    &["Room", "Apt", "Flat", "Building", "room", "Unit", "Apartment", "Bedroom"],
    &[" ", "", " No. ", "  ", " #", "-", ". "],
    &["501", "3", "5A", "2026", "12345", "B"],
    &["", ", ", " ", ",", "; ", " and "],
    &[
        "Building 3",
        "Unit 2",
        "Unit 2, Building 3",
        "Bldg. 3",
        "Floor 5",
        "is open",
        "Block A",
        "Room 501",
        "Tower",
    ],
    &["", ".", "1", "B", " street"],
];

const PERSONS: Pieces = &[
    &[
        "",
        "",
        "社区书记",
        "居民",
        "患者",
        "看望了",
        "感谢",
        "王芳、",
        "邻居",
        "三楼的",
        "低保户",
        "被帮扶人",
        "组长：",
    ],
    &[
        "王秀英",
        "李明",
        "欧阳锐",
        "买买提·艾力",
        "John Smith",
        "王某某",
        "王**",
        "张",
        "孟祥",
        "老赵",
        "王 伟",
        "张家口",
        "阿依古丽",
        "张建国",
        "白云飞",
        "小孙",
        "刘伟",
        "王王",
        "司马相如",
        "ZHANG Wei",
        "高兴",
    ],
    &[
        "",
        "",
        "同志",
        "医生",
        "（男，45岁）",
        "等3人",
        "的父亲",
        "、李红",
        "老人",
        "女士",
        "和丈夫",
        "为",
        "（党员）",
        "书记",
    ],
    &["", "患", "是", "享受", "照顾", "慰问", "走访了", "欠", "，", "：", "办理", "诊治", "诉"],
    &[
        "癌症",
        "低保",
        "残疾二级",
        "低保户",
        "物业费",
        "糖尿病患者",
        "残疾人",
        "",
        "张三离婚",
        "住院",
        "低保对象李建国",
        "政策",
    ],
    &[
        "",
        "620元",
        "。",
        "讲座",
        "志愿者",
        "窗口",
        "家住3号",
        "，家住幸福路88号",
        "义诊",
        "的事",
        "申请表",
    ],
];

/// The parts of a document, each a line.
const LINES: Pieces = &[
    &[
        "",
        "# 低保名单",
        "## 光荣榜",
        "通知",
        "低保公示如下：",
        "以下人员：",
        "<h2>残疾人</h2>",
        "# **救助**名单",
    ],
    &[
        "",
        "",
        "| 姓名 | 类别 |\n|---|---|",
        "姓名、类别、住址",
        "| 姓名 | 职务 | 住址 |",
        "编号 姓名 金额",
        "---",
        "> 引文",
        "| 申请人 | 家庭住址 |\n|:-:|--|",
    ],
    &[
        "- 王秀英",
        "1. 王秀英（3人户）",
        "| 王秀英 | 低保 |",
        "| 王秀英 | 书记 | 幸福路88号 |",
        "1、王秀英、低保",
        "王秀英　李建国",
        "王秀英",
        "* 王秀英 620元",
        "001 王秀英 620",
        "姓名：王秀英",
        "<td>王秀英</td><td>低保</td>",
        "（1）王秀英",
    ],
    &[
        "",
        "",
        "李建国",
        "- 李建国",
        "| 李建国 | 残疾 |",
        "类别：低保",
        "请查收。",
        "2、李建国、五保",
        "| 李敏 | 主任 | 3-2-501 |",
        "**王秀英**",
        "性别：女",
    ],
    &[
        "",
        "以上人员享受低保。",
        "## 其他",
        "患白\n血病",
        "低<b>保</b>",
        "联系人：王秀英",
        "上述居民获得表彰。",
        "受理范围：低保",
        "家庭住址：幸福路88号",
        "金额：620元",
    ],
];

const TABLES: Pieces = &[
    &[
        "|姓名|电话|||",
        "|姓名|楼栋|单元|室|",
        "| 名称 | 数量 | 电话 |",
        "甲|乙|丙",
        "|户号|门牌|",
        "|证件|||",
        "",
    ],
    &["\n|--|--|--|--|", "\n", "\n\n", ""],
    &[
        "\n|王|138|0013|8001|",
        "\n|王|3|2|501|",
        "\n| 王 | **138** | 00138001 |",
        "\n|王|110105|19491231|002X|",
        "\n王|1380013|8001",
        "\n|a|b|c|",
    ],
    &[
        "",
        "\n|李|139|0013|8002|",
        "\n|李|5|1|302|",
        "\n文字",
        "\n|138|0013|8003|9|",
        "\n| |138|00138001|",
    ],
    &[
        "",
        "\n",
        "\n138\n00138001",
        "\n电话138\n  00138001",
        "\n3栋2单元\n501室",
        "\n- 138\n- 00138001",
        "\n13800\\\n138001",
    ],
];

const MARKUP: Pieces = &[
    &[
        "",
        "<p>",
        "<a href=\"tel:",
        "<img alt='电话",
        "<path d=\"",
        "<td>",
        "<!--",
        "<script>",
        "&lt;",
        "<b",
        "<style>",
    ],
    &["138", "&#49;38", "&#x31;38", "１３８", "京", "3栋", "zhang", "110105"],
    &[
        "",
        "<b>",
        "</td><td>",
        "<wbr>",
        "<br>",
        "&nbsp;",
        "<!-- 1 -->",
        "</b",
        "&ensp;",
        "&",
        "<a title=\"1\">",
        "\n",
        "\u{200b}",
    ],
    &["1234", "A", "2单元", "@", "19491231", "&commat;", "12 34"],
    &["", "<i>", "</span>", "\" ", "'>", "</td>", " ", "<hr/>"],
    &["5678", "12345", "501室", "example.com", "002X", "567"],
    &["", "</p>", "\">", "9", "-->", "</script>", "'"],
];

/// A text of pieces.
fn made(dice: &mut Dice, pieces: Pieces) -> String {
    pieces.iter().map(|group| dice.of(group)).collect()
}

/// Adds a text and what is found in it, in a line.
fn tell(lines: &mut String, text: &str, found: &[String]) {
    let [text, found] = [text, &found.join(", ")].map(|it| it.replace('\n', "\\n"));
    writeln!(lines, "{text} → {found}").unwrap();
}

/// Each text of so many, with what is found in it. Of those in which nothing is, some.
fn portrait(pieces: Pieces, count: usize, found: impl Fn(&str) -> Vec<String>) -> String {
    let mut dice = Dice(11);
    let mut lines = String::new();
    let mut nothing = 0;
    for _ in 0..count {
        let text = made(&mut dice, pieces);
        let found = found(&text);
        nothing += usize::from(found.is_empty());
        if !found.is_empty() {
            tell(&mut lines, &text, &found);
        }
    }
    format!("{lines}nothing in {nothing}")
}

fn findings(value: &str) -> Vec<String> {
    let plain = text(value).into_iter().map(|it| {
        let is_same = it.key == key(it.kind, &value[it.range.clone()]);
        let key = if is_same { "" } else { " of another key" };
        format!("{} {}{key}", it.kind.name(), &value[it.range])
    });
    plain.collect()
}

#[test]
fn numbers_of_pieces() {
    let told = portrait(NUMBERS, 900, findings);
    insta::assert_snapshot!(told);
}

#[test]
fn homes_of_pieces() {
    let told = portrait(HOMES, 2000, findings);
    insta::assert_snapshot!(told);
}

#[test]
fn plates_and_addresses_of_pieces() {
    let all = [portrait(PLATES, 900, findings), portrait(MAILS, 500, findings)];
    let told = format!("{}\n{}", all.join("\n"), portrait(ENGLISH, 600, findings));
    insta::assert_snapshot!(told);
}

#[test]
fn pages_of_pieces() {
    let told = portrait(MARKUP, 1500, |page| {
        let found = html(page.as_bytes()).into_iter();
        found.map(|it| format!("{} {}", it.kind.name(), &page[it.range])).collect()
    });
    insta::assert_snapshot!(told);
}

#[test]
fn tables_of_pieces() {
    let told = portrait(TABLES, 500, |value| {
        let whole = || 0..value.len();
        let found = in_rows(value, whole()).into_iter().chain(cut(value, whole()));
        found.map(|it| format!("{} {}", it.kind.name(), &value[it.range])).collect()
    });
    insta::assert_snapshot!(told);
}

#[test]
fn persons_of_pieces() {
    let lexicon = Lexicon::default();
    let told = portrait(PERSONS, 700, |value| {
        let told = exposed(value, 0..0, 0..value.len(), &lexicon).into_iter();
        let told = told.map(|it| {
            format!("{}: {}", it.attribute.as_deref().unwrap_or("home"), &value[it.range])
        });
        let names = persons(value).into_iter().map(|it| value[it].to_owned());
        let may =
            [may_name(value), may_be_name(value)].map(|it| if it { "+" } else { "" }).concat();
        let names = names.collect::<Vec<_>>().join(" ");
        told.chain((!names.is_empty()).then(|| format!("[{names}]{may}"))).collect()
    });
    insta::assert_snapshot!(told);
}

/// What the end of a line may be the beginning of, which stars behind it hide.
#[test]
fn beginnings_of_names_of_pieces() {
    let mut all = String::new();
    for before in ["", "，", "和", "邻居", "*", "国", "主任", "长长的一行字"] {
        for name in ["王", "王秀", "欧阳", "欧阳锋", "司", "王的", "秀", "王秀英", "張建"]
        {
            let text = format!("{before}{name}");
            let begun = begun_name(&text).map_or("-".to_owned(), |it| format!("{it:?}"));
            let may = [may_name(&text), may_be_name(&text)];
            writeln!(all, "{text} {begun} {may:?}").unwrap();
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn documents_of_pieces() {
    let lexicon = Lexicon::default();
    let mut dice = Dice(5);
    let mut all = String::new();
    for _ in 0..500 {
        let lines: Vec<&str> = LINES.iter().map(|group| dice.of(group)).collect();
        let value = lines.join("\n");
        let body = lines[0].len()..value.len();
        let told = exposed(&value, 0..lines[0].len(), body.clone(), &lexicon).into_iter();
        let told = told.map(|it| {
            format!("{}: {}", it.attribute.as_deref().unwrap_or("home"), &value[it.range])
        });
        let more = listed(&value, 0..lines[0].len(), body, &lexicon).into_iter();
        let more = more.map(|it| format!("if listed: {}", &value[it]));
        let said = Subjects::of(lines[0], &value, &lexicon);
        let link = said.of_link(value.len(), &[], &lexicon).map(|it| format!("link: {it}"));
        let found: Vec<_> = told.chain(more).chain(link).collect();
        if !found.is_empty() {
            tell(&mut all, &value, &found);
        }
    }
    insta::assert_snapshot!(all);
}

/// Words that an office does not want, and what it wants instead.
pub(super) fn wording() -> WordingIndex {
    let words = [
        ("登陆网站", "登录网站"),
        ("附进", "附近"),
        ("帐", "账"),
        ("帐篷", "帐篷"),
        ("社区居委", "社区居委会"),
    ];
    WordingIndex::new(words.map(|(wrong, right)| (wrong.to_owned(), right.to_owned())).into())
}

#[test]
fn wording_of_pieces() {
    const WORDS: Pieces = &[
        &["", "去", "社区", "# "],
        &["登陆", "登**陆**", "登&#38470;", "登\n陆", "附进", "帐", "社区居委", "登陆网"],
        &["", "网站", "篷", "会", "</b>", "的"],
        &["", "附近", "登[陆](a.md)", "帐号", "登录"],
    ];
    let index = wording();
    let told = portrait(WORDS, 400, |value| {
        let found = index.find(value, 0..value.len(), LineEnds::Join);
        found.into_iter().map(|it| format!("{} {}", it.index, &value[it.range])).collect()
    });
    insta::assert_snapshot!(told);
}
