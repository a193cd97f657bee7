//! What is found in texts and pages, and what is not.

pub(crate) mod documents;
mod edges;
mod measured;
mod pieces;
mod samples;

use proptest::prelude::*;

use super::*;

fn found(value: &str) -> Vec<(&'static str, String)> {
    text(value).into_iter().map(|it| (it.kind.name(), value[it.range].to_owned())).collect()
}

fn found_in_html(value: &str) -> Vec<(&'static str, String)> {
    html(value.as_bytes())
        .into_iter()
        .map(|it| (it.kind.name(), value[it.range].to_owned()))
        .collect()
}

/// Texts in which what stands in braces, and nothing else, is a datum of the kind.
const FOUND: &[(DataKind, &[&str])] = &[
    (
        DataKind::IdNumber,
        &[
            "{360426199101010071}",
            "身份证号{11010519491231002X}，",
            "身份证号：{１１０１０５１９４９１２３１００２Ｘ}",
            "ID{11010519491231002x}",
            "身份证 {220103199001011234}",
            "公民身份号码：{220103 19900101 1234}",
            "{110105 19491231 002X}号",
            "{110105-19491231-002X}",
            "{110105–19491231–002X}",
            "{1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X}",
            "{110105　19491231　002X}",
            "{110105491231002}",
            "\"{110105 491231 002}\"",
            "张三,{11010519491231002X},女",
            "2026-03-05 {11010519491231002X}",
        ],
    ),
    (
        DataKind::BankCard,
        &[
            "卡号{4111111111111111}",
            "{4111 1111 1111 1111}",
            "{4111-1111-1111-1111}；",
            "{6222 0212 3456 7890 128}",
            "{622202 1234567890128}",
            "{3782 822463 10005}",
            "{６２２２０２１２３４５６７８９０１２８}",
        ],
    ),
    (
        DataKind::Mobile,
        &[
            "{13812345678}",
            "电话{13812345678}联系",
            "+86 {138 1234 5678}",
            "+86{13812345678}",
            "0086{13812345678}",
            "86-{138-1234-5678}",
            "{138 1234 5678}、{139-1234-5678}",
            "{1381 234 5678}",
            "{138.1234.5678}",
            "{1 3 8 1 2 3 4 5 6 7 8}",
            "{１３８１２３４５６７８}",
            "{138１234５678}",
            "{138 — 1234 — 5678}",
            "0431-82550001 {13812345678}",
            "Tel{13812345678}",
            "1,{13812345678},2",
            "张三_{13812345678}.jpg",
            "%E8%AF%9D{13812345678}.jpg",
            "%20{13812345678}",
            "{13812345678}.",
            "电话{一三八一二三四五六七八}。",
            "{幺三八〇〇一三八〇〇〇}找老王",
            "手机：{一三八 一二三四 五六七八}，",
            "{一三八-一二三四-五六七八}",
            "{一 三 八 一 二 三 四 五 六 七 八}",
            "请记住这个电话号码：{壹叁捌零零壹叁捌零零零}",
        ],
    ),
    (
        DataKind::Plate,
        &[
            "{京A12345}",
            "车牌{吉A·B1234}停",
            "{吉A•12345}",
            "{吉A 12345}",
            "{吉A-12345}",
            "{吉A·D12345}",
            "{粤B12345F}",
            "{京A·1234警}",
            "{粤Z·1234港}",
            "{吉ＡＢ１２３４}",
            "{吉a12345}",
            "{吉AABC12}",
        ],
    ),
    (
        DataKind::HomeAddress,
        &[
            "住{3栋2单元501室}",
            "住在 {3 栋 2 单元 501 室}",
            "黑水路 {3 号楼 2 单元 501 室}",
            "黑水路{3号楼2单元501}",
            "{12幢305室}",
            "{5-2-301室}",
            "友谊花园{三栋二单元五零一室}",
            "{8号楼1门302号}",
            "{3栋2单元5楼501室}",
            "{3#2单元501}",
            "{3号楼2-501}，",
            "{123弄5号401室}",
            "{A栋501室}",
            "{Room 501, Unit 2, Building 3}",
            "{Building 3, Room 501}",
            "at {Apt 501}.",
            "{３栋２单元５０１室}",
            "：{２０栋　７单元　３２０６室}",
            "{１０幢２单元　１２０１}",
            "{3号楼2单元5层东户}",
            "{三号楼五零一室}",
        ],
    ),
    (
        DataKind::Email,
        &[
            "邮箱{zhang.san@example.com}。",
            "<{z+1@mail.example.com.cn}>",
            "{ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ}",
            "{li_si@163.com}13",
        ],
    ),
];

#[test]
fn folded_lines_are_read_as_one() {
    for (written, read) in [
        ("甲\r\n 乙\r\n丙", "甲乙\r\n丙"),
        (r"一\n二\,三\\n", "一\n二,三\\n"),
        ("1381234\r\n 5678\\", "13812345678\\"),
        ("甲\r乙", "甲\r乙"),
        ("", ""),
    ] {
        assert_eq!(String::from_utf8_lossy(&unescaped(written.as_bytes())), read);
    }
}

#[test]
fn finds_each_kind() {
    let mut wrong = Vec::new();
    for (kind, samples) in FOUND {
        for sample in *samples {
            let plain = sample.replace(['{', '}'], "");
            let expected: Vec<_> = sample
                .split('{')
                .skip(1)
                .filter_map(|it| Some((kind.name(), it.split_once('}')?.0.to_owned())))
                .collect();
            if found(&plain) != expected || found_in_html(&plain) != expected {
                wrong.push((plain.clone(), found(&plain), found_in_html(&plain)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn leaves_look_alikes() {
    let mut wrong = Vec::new();
    for text in [
        "360426199101010072",
        "91220101MA17X12345",
        "0431-82550001、010-12345678、400-123-4567、95588、12345",
        "长社公〔2026〕12号 XF-2026-0000123 WH20260305000123",
        "20260305123045 20260305123045123 4026030512304500",
        "3.14159265358979 0.13812345678 13812345678.50",
        "13,812,345,678",
        "550e8400-e29b-41d4-a716-446655440000 12345678-1234-4123-8123-123456789012",
        "2026-03-05T12:30:45+08:00 2026-03-05 12:30:45",
        "978-7-302-12345-6 9787302123456",
        "43.817071,125.323544",
        "abc13812345678def x13812345678 13812345678x",
        "813812345678 138123456789",
        "3栋 1栋、2栋 1-8栋 3栋2单元 3号楼2单元，5号楼",
        "社区服务中心二楼会议室 活动室 501路公交 调解室203室 201-203室",
        "1号楼2026年改造 3号楼共120户 2单元12户 3号楼120户居民 3号楼201会议室 4栋 0431 82550113",
        "Room 501 is open; Unit 2, Building 3",
        "@media @import user@2x.png user@host pkg@1.2.3 https://example.com/@zhang",
        "最新A4纸 京A座12345 全新B12 川流A123456789 京I12345",
        "220102********1234 138****5678",
        "135 2026-11-28",
        "135 2026/11/28 135 20261128 135-2026-11-28 138 2026.11.28",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    ] {
        wrong.extend(found(text).into_iter().chain(found_in_html(text)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn reads_pages_as_their_readers_do() {
    let mut wrong = Vec::new();
    for (page, kind, value) in [
        ("<p>138<strong>1234</strong>5678</p>", "phone", "138<strong>1234</strong>5678"),
        ("138<wbr>1234<!-- 1 -->5678", "phone", "138<wbr>1234<!-- 1 -->5678"),
        ("&#49;38&nbsp;1234&ensp;5678", "phone", "&#49;38&nbsp;1234&ensp;5678"),
        ("&#x31;3812345678", "phone", "&#x31;3812345678"),
        ("<a href=\"tel:13812345678\">电话</a>", "phone", "13812345678"),
        ("<img alt='电话13812345678'>", "phone", "13812345678"),
        ("<p>110105\n  19491231 002X</p>", "id-number", "110105\n  19491231 002X"),
        ("京<b>A</b>12345", "plate", "京<b>A</b>12345"),
        ("<b>京</b>A12345", "plate", "京</b>A12345"),
        ("京A<b>12345</b>", "plate", "京A<b>12345"),
        ("<li>3栋<b>2</b>单元<i>501</i>室", "address", "3栋<b>2</b>单元<i>501</i>室"),
        ("zhang&#64;example.com", "email", "zhang&#64;example.com"),
        ("zhang<span>@</span>example&period;com", "email", "zhang<span>@</span>example&period;com"),
        ("zhang&commat;example.com", "email", "zhang&commat;example.com"),
    ] {
        let value =
            if page.starts_with("<b>京") { "京</b>A12345".to_owned() } else { value.to_owned() };
        if found_in_html(page) != [(kind, value)] {
            wrong.push((page, found_in_html(page)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn blocks_interrupt_and_drawings_are_no_text() {
    for page in [
        "<td>138</td><td>1234</td><td>5678</td>",
        "<li>138<li>1234<li>5678",
        "138<br>1234<br>5678",
        "<dt>3栋2单元</dt><dd>501室</dd>",
        "<link href=\"a.css?v=1a2b3c4d\" integrity=\"sha256-13812345678+/abc\">",
        "<path d=\"M12 13.8 15.01 138 1234 5678\"/>",
    ] {
        assert_eq!(found_in_html(page), [], "{page}");
    }
}

#[test]
fn stronger_kinds_win() {
    assert_eq!(found("11010519491231002X"), [("id-number", "11010519491231002X".to_owned())]);
    assert_eq!(found("13812345678@example.com"), [("phone", "13812345678".to_owned())]);
}

#[test]
fn one_datum_has_one_key() {
    let same = [
        (
            DataKind::IdNumber,
            ["11010519491231002X", "110105-19491231-002x", "１１０１０５ 19491231 002Ｘ"],
        ),
        (DataKind::IdNumber, ["110105491231002", "110105 491231 002", "11010519491231002X"]),
        (DataKind::Mobile, ["13812345678", "+86 138-1234-5678", "１３８ 1234 5678"]),
        (DataKind::Plate, ["吉A12345", "吉A·１２３４５", "吉Ａ 12345"]),
        (
            DataKind::HomeAddress,
            ["3栋2单元501室", "三栋二单元五零一室", "Room 501, Unit 2, Building 3"],
        ),
        (DataKind::Email, ["Zhang@example.com", "zhang@Example.com", "zhang＠example.com"]),
        (DataKind::BankCard, ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111"]),
    ];
    for (kind, values) in same {
        for value in values {
            assert_eq!(key(kind, value), key(kind, values[0]), "{value}");
            let found: Vec<_> = text(value).into_iter().map(|it| it.key).collect();
            assert_eq!(found, [key(kind, values[0])], "{value}");
        }
    }
    assert_ne!(key(DataKind::Mobile, "13812345678"), key(DataKind::Mobile, "13812345679"));
    assert_eq!(key(DataKind::Mobile, "not one"), key(DataKind::Mobile, "Not-One"));
}

#[test]
fn names_are_read_back() {
    for kind in DataKind::ALL {
        assert_eq!(DataKind::parse(kind.name()), Some(kind));
    }
    assert_eq!(DataKind::parse("name"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for finding in html(&bytes) {
            prop_assert!(finding.range.end <= bytes.len());
        }
    }

    #[test]
    fn any_pieces_are_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        let joined = pieces.concat();
        for finding in text(&joined) {
            prop_assert!(joined.get(finding.range).is_some());
        }
        let pages = html(joined.as_bytes());
        prop_assert!(pages.iter().all(|it| it.range.start < it.range.end));
        prop_assert!(pages.windows(2).all(|it| it[0].range.end <= it[1].range.start));
        if !joined.contains(['<', '&', '\n']) {
            prop_assert_eq!(text(&joined), pages);
        }
    }

    #[test]
    fn a_datum_is_found_wherever_it_stands(sample in samples::positive()) {
        let findings = html(sample.page.as_bytes());
        prop_assert_eq!(findings.len(), 1, "{:?} in {}", findings, sample.page);
        prop_assert_eq!(findings[0].kind, sample.kind);
        prop_assert_eq!(&sample.page[findings[0].range.clone()], &sample.page[sample.range.clone()]);
        prop_assert_eq!(findings[0].key, key(sample.kind, &sample.value));
    }

    #[test]
    fn look_alikes_are_left(sample in samples::look_alike()) {
        prop_assert_eq!(found(&sample), []);
        prop_assert_eq!(found_in_html(&sample), []);
    }
}

/// What random texts are made of.
const PIECES: &[&str] = &[
    "1",
    "13",
    "138",
    "1234",
    "5678",
    "13812345678",
    "11010519491231002X",
    "X",
    " ",
    "-",
    ".",
    ",",
    "_",
    "１",
    "３８",
    "　",
    "–",
    "·",
    "\u{200b}",
    "\u{a0}",
    "京",
    "A",
    "Ａ",
    "栋",
    "号楼",
    "单元",
    "室",
    "三",
    "零",
    "501",
    "2",
    "@",
    "＠",
    "a",
    "example.com",
    "<b>",
    "</b>",
    "<td>",
    "<a href=\"",
    "\">",
    "<!--",
    "-->",
    "&#49;",
    "&nbsp;",
    "&",
    "#",
    "Room ",
    "Building ",
    "86",
    "+",
    "%20",
    "\n",
    "说明",
    "é",
    "😀",
];
