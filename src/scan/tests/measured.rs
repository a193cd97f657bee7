//! How often numbers that are nobody's are taken for personal data, and how often a datum is missed,
//! kind by kind, over numbers made at random in the words that offices write around them.
//!
//! The tables are in `snapshots/`, in thousandths: a change of the scanner shows in them.

use crate::scan::{DataKind, text};

/// So many of each.
const COUNT: u64 = 2000;

/// Numbers in which nothing is left to chance but a seed, so that the table is the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // The constants of Knuth's MMIX.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).expect("it is below a usize")
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b"0123456789"[self.index(10)])).collect()
    }

    pub(super) fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.index(all.len())]
    }

    /// A day as eight digits.
    fn day(&mut self) -> String {
        format!("{}{:02}{:02}", 1940 + self.below(80), 1 + self.below(12), 1 + self.below(28))
    }

    /// The text with each `#` a digit, each `Y` a day, each `R` the code of a county.
    fn fill(&mut self, pattern: &str) -> String {
        let each = |ch: char| match ch {
            '#' => self.digits(1),
            'Y' => self.day(),
            'R' => self.of(&["110105", "220103", "220106", "320102", "440305"]).to_owned(),
            ch => ch.to_string(),
        };
        pattern.chars().map(each).collect()
    }
}

/// With the last character that an identity number has.
fn identity(digits: &str) -> String {
    let weight = |at: u32| 2_u32.pow(17 - at) % 11;
    let sum: u32 =
        (0..).zip(digits.bytes()).map(|(at, it)| u32::from(it - b'0') * weight(at)).sum();
    format!("{digits}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// With the last digit that a card has.
fn card(digits: &str) -> String {
    let weighed = |(at, it): (usize, u8)| {
        let it = u32::from(it - b'0');
        if at % 2 == 1 { it } else { it * 2 / 10 + it * 2 % 10 }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(weighed).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// Of how many texts of a pattern something was found, in thousandths.
fn share(found: impl Fn(&str) -> bool, mut made: impl FnMut(&mut Dice) -> String) -> u64 {
    let mut dice = Dice(7);
    let hits = (0..COUNT).filter(|_| found(&made(&mut dice))).count() as u64;
    hits * 1000 / COUNT
}

fn has(kind: DataKind) -> impl Fn(&str) -> bool {
    move |it| text(it).iter().any(|found| found.kind == kind)
}

#[test]
fn data_are_found() {
    let mut table = Vec::new();
    let mut measure = |name: &str, kind: DataKind, made: &dyn Fn(&mut Dice) -> String| {
        table.push((name.to_owned(), share(has(kind), made)));
    };
    for around in ["身份证号：{}。", "张三，{}，", "{}", "证件 {} 复印件"] {
        measure(around, DataKind::IdNumber, &|dice: &mut Dice| {
            let digits = dice.fill("RY###");
            around.replace("{}", &identity(&digits))
        });
    }
    for (around, pattern) in [
        ("卡号：{}", "622202############"),
        ("工行{}", "622848############"),
        ("{}（农行）", "4563############"),
    ] {
        let kind = DataKind::BankCard;
        measure(around, kind, &|dice: &mut Dice| {
            let digits = dice.fill(pattern);
            let whole = if pattern.starts_with('4') { digits[..15].to_owned() } else { digits };
            around.replace("{}", &card(&whole))
        });
    }
    for pattern in
        ["电话13#########", "手机：15#-####-####", "联系人李四 18# #### ####", "+86 19#########"]
    {
        measure(pattern, DataKind::Mobile, &|dice: &mut Dice| dice.fill(pattern));
    }
    for pattern in ["车牌吉A#####", "吉A·D#####", "粤B-####1"] {
        measure(pattern, DataKind::Plate, &|dice: &mut Dice| dice.fill(pattern));
    }
    for pattern in ["家住#栋#单元#01室", "1##幢#03室", "3号楼2单元##1"] {
        let made = |dice: &mut Dice| {
            dice.fill(pattern).replace("0栋", "9栋").replace("0单元", "1单元").replace('住', "住1")
        };
        measure(pattern, DataKind::HomeAddress, &made);
    }
    let missed: Vec<_> = table.iter().filter(|(_, found)| *found < 990).collect();
    assert!(missed.is_empty(), "{missed:?}");
    insta::assert_snapshot!(written(&table));
}

/// What is written, how it is called, and how many in a thousand may be taken for a datum.
const OTHERS: &[(&str, u64)] = &[
    // Taxpayers before 2015: the region, and nine digits of the organisation.
    ("税号：R#########", 0),
    ("纳税人识别号 R#########", 0),
    ("纳税人识别号：91RY###", 0),
    ("统一社会信用代码 91############X", 5),
    // Without a word for it, one in some thirty is like an identity number of 15 digits.
    ("R#########", 45),
    ("订单号：6222############", 0),
    ("订单号 4###############", 0),
    ("快递单号：62##########", 0),
    ("快递单号 SF1############", 0),
    // Without a word, one in ten has the last digit of a card.
    ("6222############", 115),
    ("流水号202611281234########", 0),
    ("202611281234########", 0),
    ("合同编号：2026-0#-####-####", 0),
    ("开票日期 2026年11月28日 金额 13,#78,###.##", 0),
    ("电表号 1#########", 0),
    ("户号 10#########", 0),
    ("QQ群 1########", 0),
    ("ISBN 978-7-###-#####-#", 0),
    ("商品条码 69###########", 0),
    ("0431-8#######", 0),
    ("0431-8#######-1##", 0),
    ("400-###-####", 0),
    ("邮编 130###", 0),
    ("长社公〔2026〕1#号", 0),
    ("2026-11-28 1#:3#", 0),
    ("135 2026-11-2#", 0),
    ("1380#.#56 元", 0),
    ("东经125.3#####，北纬43.8#####", 0),
    ("吉A座#层", 0),
    ("新A4纸##包", 0),
    ("icon@2x.png", 0),
    ("微博 @长山花园#", 0),
    ("3栋至#栋", 0),
    ("3号楼2单元门口", 0),
    ("二楼会议室20#室", 0),
];

#[test]
fn numbers_of_nobody_are_left() {
    let (mut table, mut wrong) = (Vec::new(), Vec::new());
    for (pattern, most) in OTHERS {
        let found = share(|it| !text(it).is_empty(), |dice| dice.fill(pattern));
        if found > *most {
            wrong.push((pattern, found));
        }
        table.push(((*pattern).to_owned(), found));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    insta::assert_snapshot!(written(&table));
}

/// A line for each row.
fn written(table: &[(String, u64)]) -> String {
    let lines: Vec<_> = table.iter().map(|(name, found)| format!("{found:5}  {name}")).collect();
    lines.join("\n")
}
