//! Words that an office does not want to be written, in texts as readers see them.
//!
//! Of each word there is a right one. A wrong word within any right one is none: `社区居委` is not told
//! in `社区居委会`, nor `帐` in `帐篷` if some entry says that this is right.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::AhoCorasick;

use crate::scan::{
    glyph::folded,
    shown::{LineEnds, Shown},
};

/// Wrong words with what is right. It looks for all of them at once.
#[derive(Debug, Default)]
pub struct WordingIndex {
    /// Each wrong word, and the right one; that may be empty.
    words: Vec<(String, String)>,
    /// Made when the first text is searched: builds in which nothing changed search none.
    matcher: OnceLock<Matcher>,
}

/// A wrong word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongWord {
    /// Which it is, by its number.
    pub index: usize,
    /// Where it stands in the source, with the markup in it.
    pub range: Range<usize>,
}

#[derive(Debug)]
struct Matcher {
    /// The wrong words.
    wrong: AhoCorasick,
    /// The right words that have a wrong one within them.
    right: AhoCorasick,
}

/// Where right words stand in a text.
struct RightPlaces {
    /// By where they begin, the longest of each last.
    ranges: Vec<Range<usize>>,
    /// Up to where those before each reach, and at the end all of them.
    reach: Vec<usize>,
}

impl WordingIndex {
    /// Those wrong words, with what is right, by their order. None may be empty as readers see it
    /// ([`is_seen`]), and all together have to be shorter than 2³⁰ bytes.
    pub fn new(words: Vec<(String, String)>) -> Self {
        Self { words, matcher: OnceLock::new() }
    }

    /// There are no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The wrong words in a part of a source, in its order. Of words that overlap the first counts,
    /// of those that begin together the longest. One pass over the text; none without any words.
    pub fn find(&self, source: &str, range: Range<usize>, ends: LineEnds) -> Vec<WrongWord> {
        if self.is_empty() {
            return Vec::new();
        }
        let shown = Shown::of(source, range, ends);
        let matcher = self.matcher.get_or_init(|| Matcher::new(&self.words));
        let mut found = matcher.find(&shown.text);
        found.sort_by_key(|(_, range)| (range.start, usize::MAX - range.end));
        let mut end = 0;
        found.retain(|(index, range)| {
            // A form that differs in width alone is only told where it is written otherwise.
            let written = shown.in_source(range.clone(), source);
            let is_wrong = range.start >= end && source[written] != self.words[*index].1;
            end = if is_wrong { range.end } else { end };
            is_wrong
        });
        let word = |(index, range)| WrongWord { index, range: shown.in_source(range, source) };
        found.into_iter().map(word).collect()
    }
}

/// Whether readers see anything of a word.
pub fn is_seen(word: &str) -> bool {
    !folded(word).is_empty()
}

impl Matcher {
    fn new(words: &[(String, String)]) -> Self {
        let fold = |word: &str| folded(word).into_iter().collect::<String>();
        let automaton = |words: Vec<String>| {
            AhoCorasick::new(words).expect("words of that length fit an automaton")
        };
        let wrong = automaton(words.iter().map(|(wrong, _)| fold(wrong)).collect());
        // A word that is its own right form differs in width alone.
        let holds_wrong = |right: &String| {
            wrong.find_overlapping_iter(right).any(|found| found.range() != (0..right.len()))
        };
        let right = words.iter().map(|(_, right)| fold(right)).filter(holds_wrong).collect();
        Self { right: automaton(right), wrong }
    }

    /// The wrong words in a text that are not within right ones.
    fn find(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let found = self.wrong.find_overlapping_iter(text);
        let found = found.map(|found| (found.pattern().as_usize(), found.range()));
        let is_word = |(_, range): &(usize, Range<usize>)| {
            let (before, behind) = (&text[..range.start], &text[range.end..]);
            let word = &text[range.clone()];
            !goes_on(before.chars().next_back(), word.chars().next())
                && !goes_on(word.chars().next_back(), behind.chars().next())
        };
        let mut found: Vec<_> = found.filter(is_word).collect();
        if !found.is_empty() {
            let right = RightPlaces::new(&self.right, text);
            found.retain(|(_, range)| !right.hold(range));
        }
        found
    }
}

impl RightPlaces {
    /// Where these words stand in a text.
    fn new(right: &AhoCorasick, text: &str) -> Self {
        let mut ranges: Vec<_> = right.find_overlapping_iter(text).map(|it| it.range()).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        let ends = ranges.iter().map(|range| range.end);
        let far = ends.scan(0, |far, end| {
            *far = end.max(*far);
            Some(*far)
        });
        Self { reach: std::iter::once(0).chain(far).collect(), ranges }
    }

    /// One of them is longer than a part of the text, and holds it.
    fn hold(&self, part: &Range<usize>) -> bool {
        let before = self.ranges.partition_point(|it| it.start < part.start);
        let up_to = self.ranges.partition_point(|it| it.start <= part.start);
        let longest = self.ranges[before..up_to].last();
        self.reach[before] >= part.end || longest.is_some_and(|it| it.end > part.end)
    }
}

/// Whether two characters are within one word of letters: `APP` is none in `APPLE`.
fn goes_on(first: Option<char>, second: Option<char>) -> bool {
    [first, second].iter().all(|it| it.is_some_and(|it| it.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wrong words that are found, as they are written.
    #[track_caller]
    fn check(words: &[(&str, &str)], source: &str, expected: &[&str]) {
        let owned = words.iter().map(|(wrong, right)| ((*wrong).into(), (*right).into()));
        let index = WordingIndex::new(owned.collect());
        let found = index.find(source, 0..source.len(), LineEnds::Join);
        let found: Vec<&str> = found.into_iter().map(|it| &source[it.range]).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn words_are_found_as_readers_see_them() {
        let words = [("登陆", "登录"), ("帐", "账"), ("社区居委", "社区居委会")];
        check(&words, "请登陆网站", &["登陆"]);
        check(&words, "请登录网站，账单。", &[]);
        check(&words, "登**陆**、登\n陆，[登](a.md)陆", &["登**陆", "登\n陆", "登](a.md)陆"]);
        check(&words, "登\n\n陆", &[]);
        check(&words, "社区居委会和社区居委", &["社区居委"]);
        check(&words, "社区居**委**会，社区居**委**。", &["社区居**委"]);
    }

    #[test]
    fn what_is_within_any_right_word_is_right() {
        let words = [("帐", "账"), ("帐蓬", "帐篷"), ("象", "像"), ("好象", "好像")];
        check(&words, "帐篷和帐单", &["帐"]);
        check(&words, "帐蓬", &["帐蓬"]);
        check(&words, "好象", &["好象"]);
    }

    #[test]
    fn a_right_word_that_is_wrong_elsewhere_is_told() {
        let words = [("帐号", "账号"), ("账号", "账户"), ("号", "账号")];
        check(&words, "帐号、账号、号", &["帐号", "账号", "号"]);
    }

    #[test]
    fn a_word_of_many_right_ones_takes_no_longer() {
        let rights = ('一'..='龥').take(4_000).map(|it| format!("{it}的"));
        let words = rights.enumerate().map(|(number, right)| (format!("甲{number}"), right));
        let words = words.chain([("的".to_owned(), "地".to_owned())]).collect();
        let text = "一的".repeat(10_000) + "的";
        let start = std::time::Instant::now();
        let found = WordingIndex::new(words).find(&text, 0..text.len(), LineEnds::Join);
        assert_eq!(found.len(), 1);
        // Each with each would be 40 million comparisons.
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn forms_of_one_width_are_found_where_they_are_written() {
        check(&[("ＡＰＰ", "APP")], "APP和ＡＰＰ", &["ＡＰＰ"]);
        check(&[("APP", "应用")], "APP，ＡＰＰ，APPLE，myAPP", &["APP", "ＡＰＰ"]);
    }

    #[test]
    fn no_words_find_nothing() {
        check(&[], "登陆", &[]);
    }
}
