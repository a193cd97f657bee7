//! Personal data in every manner of writing, and what only looks like it, made at random.

use std::ops::Range;

use proptest::{prelude::*, sample::select, strategy::Union};

use crate::scan::finding::DataKind;

/// A datum in a page.
#[derive(Debug, Clone)]
pub(super) struct SampleDatum {
    pub kind: DataKind,
    /// The datum as it is written plainly.
    pub value: String,
    pub page: String,
    /// Where it stands in the page.
    pub range: Range<usize>,
}

/// What can stand between two characters of a datum without readers seeing anything.
const UNSEEN: [&str; 6] = ["", "", "<b>", "</b>", "<wbr>", "\u{200b}"];

/// What can stand on both sides.
const AROUND: [(&str, &str); 8] = [
    ("", ""),
    ("<p>电话", "联系</p>"),
    ("说明：", "，"),
    ("<td>", "</td>"),
    ("<img alt=\"", "\">"),
    ("（", "）"),
    ("2026年3月5日 ", "。"),
    ("<li>张三、", " 李四"),
];

/// A datum, and how its characters may be grouped.
fn datum() -> impl Strategy<Value = (DataKind, String, Vec<Vec<usize>>)> {
    let mobile =
        "1[3-9][0-9]{9}".prop_map(|it| (DataKind::Mobile, it, vec![vec![3, 4, 4], vec![4, 3, 4]]));
    let id = (select(vec!["110105", "220102", "440305"]), 1930..2015, 1..=12, 1..=28, 0..1000)
        .prop_map(|(region, year, month, day, order)| {
            let digits = format!("{region}{year}{month:02}{day:02}{order:03}");
            let number = format!("{digits}{}", id_check(&digits));
            (DataKind::IdNumber, number, vec![vec![6, 8, 4], vec![6, 4, 4, 4]])
        });
    let card = "62[0-9]{16}|62[0-9]{13}|4[0-9]{14}".prop_map(|digits| {
        let fours = vec![4; digits.len() / 4 + 1];
        (DataKind::BankCard, format!("{digits}{}", luhn(&digits)), vec![fours])
    });
    let plate = "[京沪吉粤川][A-HJ-NP-Z][0-9][A-HJ-NP-Z][0-9]{3}"
        .prop_map(|it| (DataKind::Plate, it, vec![vec![2, 5]]));
    Union::new([mobile.boxed(), id.boxed(), card.boxed(), plate.boxed()])
}

fn id_check(digits: &str) -> char {
    let weight = |index: u32| 2u32.pow(17 - index) % 11;
    let sum: u32 =
        (0..).zip(digits.bytes()).map(|(at, it)| u32::from(it - b'0') * weight(at)).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

fn luhn(digits: &str) -> u32 {
    let weighed = |(at, it): (usize, u8)| {
        let it = u32::from(it - b'0');
        if at % 2 == 1 { it } else { it * 2 / 10 + it * 2 % 10 }
    };
    (10 - digits.bytes().rev().enumerate().map(weighed).sum::<u32>() % 10) % 10
}

/// A datum grouped, widened, split by tags, and with something around it.
pub(super) fn positive() -> impl Strategy<Value = SampleDatum> {
    let signs = select(vec!["", " ", "-", "　", "&nbsp;", " - "]);
    let unseen = proptest::collection::vec(select(&UNSEEN[..]), 20);
    let wide = proptest::collection::vec(any::<bool>(), 20);
    (datum(), any::<prop::sample::Index>(), signs, unseen, wide, select(&AROUND[..])).prop_map(
        |((kind, value, groups), index, sign, unseen, wide, (before, after))| {
            let sign = if kind == DataKind::Plate && sign == " - " { "·" } else { sign };
            let groups = index.get(&groups);
            let mut written = String::new();
            let (mut group, mut left) = (0, groups[0]);
            for (at, ch) in value.chars().enumerate() {
                if left == 0 {
                    group += 1;
                    left = groups[group];
                    written.push_str(sign);
                }
                left -= 1;
                if at > 0 && before != "<img alt=\"" {
                    written.push_str(unseen[at]);
                }
                written.push(if wide[at] { full_width(ch) } else { ch });
            }
            let range = before.len()..before.len() + written.len();
            SampleDatum { kind, value, page: format!("{before}{written}{after}"), range }
        },
    )
}

fn full_width(ch: char) -> char {
    if ch.is_ascii() { char::from_u32(u32::from(ch) + 0xfee0).expect("it has a twin") } else { ch }
}

/// Numbers and words that are nobody's.
pub(super) fn look_alike() -> impl Strategy<Value = String> {
    let pattern = |it: &'static str| it.prop_map(|it| it).boxed();
    Union::new([
        pattern("0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}"),
        pattern("400-[0-9]{3}-[0-9]{4}"),
        pattern("长社公〔20[12][0-9]〕[1-9][0-9]{0,2}号"),
        pattern("[A-Z]{2}-20[12][0-9]-[0-9]{7}"),
        pattern(
            "20[12][0-9](0[1-9]|1[0-2])[0-2][1-8](0[0-9]|1[0-9])[0-5][0-9][0-5][0-9]([0-9]{3})?",
        ),
        pattern("[0-9]\\.[0-9]{11,17}"),
        pattern("1[3-9],[0-9]{3},[0-9]{3},[0-9]{3}"),
        pattern("[a-f]{1,3}1[3-9][0-9]{9}[a-f]{1,3}"),
        pattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"),
        pattern("97[89][0-9]{10}"),
        pattern("20[12][0-9]-0[1-9]-[0-2][1-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9]\\+08:00"),
        pattern("4[0-9]\\.[0-9]{4,6},12[0-9]\\.[0-9]{4,6}"),
        pattern("[1-9][0-9]?栋[1-9]单元"),
        pattern("[1-9][0-9]?-[1-9][0-9]?号楼"),
        pattern("[1-9]号楼20[12][0-9]年"),
        pattern("[一二三]楼(会议室|活动室|教室)"),
        pattern("[1-9][0-9]{2}路公交"),
        pattern("[a-z]{3,8}@[23]x\\.(png|jpg|webp)"),
        pattern("[a-z]{3,8}@[a-z]{3,8}"),
    ])
}
