//! Names in all forms in which texts write them.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::{config::Names, disclosure::mask::Traces, text::MASKED_STAR};

/// Traces of 欧阳锋锐 and Mary Wang.
fn traces() -> Traces {
    let mut traces = Traces::default();
    traces.add("欧阳锋锐、Mary Wang", Names::Masked);
    traces
}

/// Cases in lines of `text → masked`.
#[track_caller]
fn check(star: char, cases: &str) {
    let traces = traces();
    for case in cases.lines().filter(|it| !it.trim().is_empty()) {
        let (text, masked) = case.split_once(" → ").unwrap();
        let text = text.trim().replace("\\n", "\n");
        let found = traces.remove(&text, star);
        assert_eq!(found.as_deref().unwrap_or(&text), masked.replace("\\n", "\n"), "{text}");
        if let Some(found) = found {
            assert!(!Reading::of(&found).says(&traces), "{text} became {found}");
        }
    }
}

#[test]
fn a_name_is_found_however_it_is_written() {
    check(
        '*',
        "
        欧阳锋锐来了 → 欧阳**来了
        欧阳&#38155;锐、欧阳&#x950b;锐、&#27431;&#38451;&#38155;&#38160 → 欧阳**、欧阳**、欧阳**
        歐陽鋒銳、欧陽锋銳 → 欧阳**、欧阳**
        欧 阳　锋\\n锐 → 欧阳**
        欧阳\u{200b}锋\u{ad}锐\u{fe00}、欧\u{301}阳锋锐 → 欧阳**\u{fe00}、欧阳**
        mary  WANG、Ｍａｒｙ Ｗａｎｇ、Ma\u{301}ry Wang、M&aacute;ry Wang → M. W.、M. W.、M. W.、M. W.
        Maryland → Maryland
        欧阳，锋锐 → 欧阳，**
        欧阳</td><td>铁 → 欧阳</td><td>铁
        欧阳 | 锋锐 | 9 → 欧阳**| | 9
        ",
    );
}

#[test]
fn markup_around_a_name_stays_whole() {
    check(
        '★',
        "
        欧阳<b>锋</b>锐好 → 欧阳★★<b></b>好
        欧阳<b>锋锐</b>好 → 欧阳★★<b></b>好
        **欧阳**锋锐 → 欧阳★★
        欧阳**锋锐**好 → 欧阳★★好
        欧阳**锋**锐 → 欧阳★★
        [欧阳](a.md)锋锐 → [欧阳★★](a.md)
        欧阳<br>锋<wbr/>锐 → 欧阳★★<br><wbr/>
        <ruby>欧阳<rt>ōuyáng</rt>锋锐<rt>fēngruì</rt></ruby>好 → <ruby>欧阳★★<rt></rt><rt></rt></ruby>好
        <ruby>欧<rp>(</rp><rt>ōu<rp>)</rp>阳锋锐</ruby> → <ruby>欧阳★★<rp></rp><rt><rp></rp></ruby>
        欧<!-- 来 -->阳锋锐 → 欧阳★★<!-- 来 -->
        ",
    );
}

#[test]
fn attributes_comments_and_addresses_say_no_name() {
    check(
        '★',
        "
        <img alt=\"欧阳锋锐\" src=a.png> → <img alt=\"欧阳★★\" src=a.png>
        <p title='歐陽&#38155;銳'>好</p> → <p title='欧阳★★'>好</p>
        好<!-- 欧阳锋锐 -->好 → 好<!-- 欧阳★★ -->好
        ![欧阳锋锐](a.png) → ![欧阳★★](a.png)
        https://a.cn/%E6%AC%A7%E9%98%B3%E9%94%8B%E9%94%90/ → https://a.cn/欧阳★★/
        https://a.cn/%25E6%25AC%25A7%E9%98%B3%e9%94%8b%E9%94%90/ → https://a.cn/欧阳★★/
        见 a.cn/ouyang-fengrui/b → 见 a.cn/★/b
        [看](OuyangFengrui)、<a href=ouyangfengrui> → [看](★)、<a href=★>
        ouyang fengrui来了 → ouyang fengrui来了
        ",
    );
}

#[test]
fn addresses_spell_names() {
    let mut traces = Traces::default();
    traces.add("张三、单雄信、吕律、王伟", Names::Masked);
    for address in [
        "zhangsan.jpg",
        "a/zhang-san.png",
        "ZhangSan2.jpg",
        "photoZhangSan.jpg",
        "san_zhang.jpg",
        "%7Ahang%20san.jpg",
        "zhang1san1.jpg",
        "a/shanxiongxin.md",
        "lvlv.png",
        "lyu-lu.png",
        "照片张三.jpg",
        "張三.jpg",
        "%E5%BC%A0%E4%B8%89.jpg",
        "https://a.cn/?q=wang+wei",
    ] {
        assert!(traces.are_in_address(address), "{address}");
    }
    for address in [
        "zs.jpg",
        "zhangsanfeng.jpg",
        "xzhangsan.jpg",
        "zhang/san.jpg",
        "zhang.jpg",
        "swan-wei.jpg",
        "2026-03-05.jpg",
        "张.jpg",
    ] {
        assert!(!traces.are_in_address(address), "{address}");
    }
}

proptest! {
    #[test]
    fn of_a_name_nothing_is_left(
        before in "[ a-z<>&*\\[\\]()_!欧阳锋\n]{0,8}",
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "", "", " ", "\n", "<b>", "</b>", "**", "_", "<!-- x -->", "\u{200b}", "[", "](a.md)",
                "<br>", "<rt>y</rt>", "`",
            ]),
            3,
        ),
        letters in prop::sample::select(vec!["欧阳锋锐", "歐陽鋒銳", "欧陽锋銳"]),
        form in prop::collection::vec(0..3_u8, 4),
        after in "[ a-z<>&*\\[\\]()_!欧阳锋\n]{0,8}",
    ) {
        let mut text = before;
        for (index, letter) in letters.chars().enumerate() {
            match form[index] {
                0 => text.push(letter),
                1 => write!(text, "&#{};", u32::from(letter)).unwrap(),
                _ => write!(text, "&#x{:x};", u32::from(letter)).unwrap(),
            }
            text += pieces.get(index).copied().unwrap_or_default();
        }
        text += &after;
        let traces = traces();
        if let Some(masked) = traces.remove(&text, MASKED_STAR) {
            prop_assert!(!Reading::of(&masked).says(&traces), "{text} became {masked}");
        } else {
            prop_assert!(!Reading::of(&text).says(&traces), "{text}");
        }
    }

    #[test]
    fn whatever_is_written_glyphs_stand_where_they_say(text in ".{0,40}") {
        for glyphs in [Glyphs::shown(&text), Glyphs::written(&text)] {
            for glyph in &glyphs.all {
                prop_assert!(text.get(glyph.start()..glyph.end()).is_some());
            }
        }
    }
}
