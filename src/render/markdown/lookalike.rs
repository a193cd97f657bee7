//! Links whose brackets are full-width, as a Chinese keyboard types them: `［报名表］（表.docx）`.
//!
//! To Markdown they are text, and readers would see them as typed. Only brackets around what looks
//! like an address or the name of a file are told: `[注]（见附件）` is what it seems to be.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::render::markdown::{
    placed::Placed,
    resolve::{Problem, Wrong},
};

/// What ends the words of a link and begins its target. The first is Markdown's own.
const MIDDLES: [&str; 4] = ["](", "]（", "］（", "］("];

/// The most characters of the words or the target of what is told.
const LONGEST: usize = 400;

/// Finds them in the texts of a source.
pub(super) fn find(source: &str, events: &[Placed<'_>]) -> Vec<Problem> {
    if !source.contains(['］', '（', '）']) || !MIDDLES.iter().any(|it| source.contains(it)) {
        return Vec::new();
    }
    texts(events).into_iter().flat_map(|text| in_text(source, text)).collect()
}

/// The ranges of text that nothing else stands in.
fn texts(events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut texts: Vec<Range<usize>> = Vec::new();
    for (event, range) in events {
        match (event, texts.last_mut()) {
            (Event::Text(_), Some(last)) if last.end == range.start => last.end = range.end,
            (Event::Text(_), _) => texts.push(range.clone()),
            _ => {}
        }
    }
    texts
}

/// Those in one text.
fn in_text(source: &str, range: Range<usize>) -> Vec<Problem> {
    let text = source.get(range.clone()).unwrap_or_default();
    let found = MIDDLES.iter().flat_map(|middle| {
        text.match_indices(middle).filter_map(|(at, _)| link(text, at, at + middle.len()))
    });
    let mut found: Vec<(Range<usize>, String)> = found.collect();
    found.sort_by_key(|(place, _)| place.start);
    let place = |it: Range<usize>| range.start + it.start..range.start + it.end;
    let problem = |(at, meant)| Problem { range: place(at), wrong: Wrong::Brackets { meant } };
    found.into_iter().map(problem).collect()
}

/// The link whose words end at `words` and whose target begins at `target`, and how it is written.
/// Nothing if it is none, or is one already.
fn link(text: &str, words: usize, target: usize) -> Option<(Range<usize>, String)> {
    let mut before = text[..words].char_indices().rev().take(LONGEST);
    let mut after = text[target..].char_indices().take(LONGEST);
    let (start, _) = before.find(|(_, sign)| matches!(sign, '[' | '［'))?;
    let (length, close) = after.find(|(_, sign)| matches!(sign, ')' | '）'))?;
    let label = text[start..words].trim_start_matches(['[', '［']);
    let address = &text[target..target + length];
    let whole = start..target + length + close.len_utf8();
    let is_typed = text[whole.clone()].contains(['［', '］', '（', '）']);
    if !is_typed || !is_address(address) {
        return None;
    }
    let sign = text[..start].chars().next_back().filter(|it| matches!(it, '!' | '！'));
    let start = start - sign.map_or(0, char::len_utf8);
    let sign = if sign.is_some() { "!" } else { "" };
    Some((start..whole.end, format!("{sign}[{label}]({address})")))
}

/// It looks like an address, or like the name of a file.
fn is_address(text: &str) -> bool {
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_file = (1..=5).contains(&extension.len())
        && extension.bytes().all(|it| it.is_ascii_alphanumeric())
        && extension.bytes().any(|it| it.is_ascii_alphabetic());
    let begins = ["http://", "https://", "www.", "../", "./", "/", "#"];
    is_file || begins.iter().any(|it| text.starts_with(it) && text.len() > it.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Wrong, tests::check_problems};

    #[test]
    fn full_width_brackets_are_told() {
        for (source, text, meant) in [
            ("见［报名表］（表.docx）。", "［报名表］（表.docx）", "[报名表](表.docx)"),
            ("[报名表](表.docx）", "[报名表](表.docx）", "[报名表](表.docx)"),
            ("[报名表]（表.docx)", "[报名表]（表.docx)", "[报名表](表.docx)"),
            ("！[门]（门.jpg）", "！[门]（门.jpg）", "![门](门.jpg)"),
            ("![门](门.jpg）", "![门](门.jpg）", "![门](门.jpg)"),
            ("[网](https://a.cn/）", "[网](https://a.cn/）", "[网](https://a.cn/)"),
        ] {
            let brackets = Wrong::Brackets { meant: meant.to_owned() };
            check_problems(source, &[(text, brackets)]);
        }
    }

    #[test]
    fn other_brackets_are_text() {
        for source in [
            "[注]（见附件）",
            "[1]（2.5）",
            "`[报名表]（表.docx）`",
            "见［甲］（详见 2026 年公告）",
            "[甲](https://a.cn/)（乙.docx）",
        ] {
            check_problems(source, &[]);
        }
    }
}
