//! Emphasis beside Chinese characters.
//!
//! The rules of Markdown look at the characters on both sides of `**` to decide whether it may open
//! or close, and suppose that words are set off from punctuation by spaces. So `**注意：**请` is
//! not bold. The CJK-friendly amendments (<https://github.com/tats-u/markdown-cjk-friendly>) mend
//! that: between two characters, one of them Chinese, Japanese or Korean, a run of `*` or `~~` may
//! do both.
//!
//! The parser takes no such rule, so [`Disguise`] shows it another text: where its rule would
//! refuse, a character beside the run is exchanged for one of the same length in UTF-8 that counts
//! as a letter (or as punctuation), and exchanged back in all that the parser returns. Of ASCII only
//! spaces within the names of files ([`spaces`]) and stars that hide something (`masks`) change, so
//! nothing else of the syntax can; and every position stays the same.
//!
//! The stars of names that Linli masks come in as stand-ins already ([`MASKED_STAR`]), and leave as
//! stars.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::{Range, RangeInclusive},
};

use memchr::memchr3;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use crate::{
    render::markdown::{
        characters::{is_cjk, is_shared_punctuation, is_variation_selector, numeric_reference},
        masks::masks,
        spaces,
    },
    text::MASKED_STAR,
};

/// A source as the parser shall see it.
pub(super) struct Disguise<'s> {
    /// As long as the source, byte for byte.
    pub(super) text: Cow<'s, str>,
    originals: HashMap<char, char>,
}

/// What the parser shall take a character for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Letter,
    Punctuation,
}

impl<'s> Disguise<'s> {
    /// The text to parse. A source in which every run does what it should is taken as it is.
    pub(super) fn new(source: &'s str) -> Self {
        let wishes = wishes(source);
        let (spaces, stand_in) = spaces::in_targets(source);
        if wishes.is_empty() && spaces.is_empty() && !source.contains(MASKED_STAR) {
            return Self { text: Cow::Borrowed(source), originals: HashMap::new() };
        }
        let mut masks = Masks::new(source);
        let mut text = String::with_capacity(source.len());
        let mut done = 0;
        for Wish { at, character, class } in wishes {
            if let Some(mask) = masks.get(character, class) {
                text.push_str(&source[done..at]);
                text.push(mask);
                done = at + character.len_utf8();
            }
        }
        text.push_str(&source[done..]);
        for at in &spaces {
            text.replace_range(at..=at, stand_in.encode_utf8(&mut [0]));
        }
        if !spaces.is_empty() {
            masks.originals.insert(stand_in, ' ');
        }
        Self { text: Cow::Owned(text), originals: masks.originals }
    }

    /// Puts the source's own characters back into what the parser made of it.
    pub(super) fn lift<'e>(&self, event: Event<'e>) -> Event<'e> {
        if self.originals.is_empty() {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(self.lift_text(text)),
            Event::Code(text) => Event::Code(self.lift_text(text)),
            Event::Html(html) => Event::Html(self.lift_text(html)),
            Event::InlineHtml(html) => Event::InlineHtml(self.lift_text(html)),
            Event::FootnoteReference(name) => Event::FootnoteReference(self.lift_text(name)),
            Event::Start(tag) => Event::Start(self.lift_tag(tag)),
            event => event,
        }
    }

    /// The texts that belong to a tag: addresses, titles, languages of code.
    fn lift_tag<'e>(&self, tag: Tag<'e>) -> Tag<'e> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                link_type,
                dest_url: self.lift_text(dest_url),
                title: self.lift_text(title),
                id: self.lift_text(id),
            },
            Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                link_type,
                dest_url: self.lift_text(dest_url),
                title: self.lift_text(title),
                id: self.lift_text(id),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.lift_text(info)))
            }
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(self.lift_text(name)),
            tag => tag,
        }
    }

    /// A text with its own characters; borrowed as it is if none of them was exchanged.
    fn lift_text<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        let is_exchanged = |it: char| {
            is_stand_in(it) || it.is_ascii_punctuation() && self.originals.contains_key(&it)
        };
        if !text.chars().any(is_exchanged) {
            return text;
        }
        let original = |it| self.originals.get(&it).copied().unwrap_or(it);
        text.chars().map(original).collect::<String>().into()
    }
}

/// A character that the parser shall take for something else.
struct Wish {
    at: usize,
    character: char,
    class: Class,
}

/// What has to change for masks to be text, and for every other run to be judged by the amended
/// rule, in order.
fn wishes(source: &str) -> Vec<Wish> {
    let masks = masks(source);
    let mut wishes = if source.is_ascii() { Vec::new() } else { of_emphasis(source, &masks) };
    if !masks.is_empty() {
        let stars = masks.into_iter().flatten();
        wishes.extend(stars.map(|at| Wish { at, character: '*', class: Class::Letter }));
        wishes.sort_by_key(|wish| wish.at);
    }
    wishes
}

/// What has to change for every run but the masks to be judged by the amended rule, in order.
fn of_emphasis(source: &str, masks: &[Range<usize>]) -> Vec<Wish> {
    let runs = runs(source, masks);
    let mut wishes: Vec<Wish> = Vec::new();
    // A run may open and close if both its neighbours are letters, or both punctuation. ASCII
    // punctuation cannot change, so it decides for its run, and for those that share a neighbour.
    for group in runs.chunk_by(|left, right| left.after.at == right.before.at) {
        let neighbours = group.iter().flat_map(|it| [&it.before, &it.after]);
        let is_fixed = |it: &Neighbour| it.character.is_ascii_punctuation();
        let class =
            if neighbours.clone().any(is_fixed) { Class::Punctuation } else { Class::Letter };
        for neighbour in neighbours.filter(|it| it.may_become(class)) {
            let (at, character) = (neighbour.at, neighbour.character);
            if wishes.last().is_none_or(|it| it.at != at) {
                wishes.push(Wish { at, character, class });
            }
        }
    }
    wishes
}

/// A run of delimiters that touches Chinese, Japanese or Korean text, without space beside it.
struct Run {
    before: Neighbour,
    after: Neighbour,
}

/// The character on one side of a run.
struct Neighbour {
    at: usize,
    character: char,
    is_cjk: bool,
    /// On its other side is `_`, which is judged by the parser's rule.
    by_underscore: bool,
}

fn runs(source: &str, masks: &[Range<usize>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let is_mask = |at: usize| masks.binary_search_by_key(&at, |mask| mask.start).is_ok();
    let mut at = 0;
    while let Some(found) = memchr3(b'*', b'~', b'\\', &source.as_bytes()[at..]) {
        at += found;
        let bytes = &source.as_bytes()[at..];
        if bytes[0] == b'\\' {
            at += 1 + usize::from(bytes.get(1).is_some_and(u8::is_ascii_punctuation));
            continue;
        }
        let length = bytes.iter().take_while(|&&it| it == bytes[0]).count();
        let may_be_emphasis = if bytes[0] == b'*' { !is_mask(at) } else { length <= 2 };
        if may_be_emphasis {
            runs.extend(Run::new(source, at..at + length));
        }
        at += length;
    }
    runs
}

impl Run {
    fn new(source: &str, run: Range<usize>) -> Option<Self> {
        let mut before = Neighbour::new(run.start, source[..run.start].chars().rev())?;
        before.at -= before.character.len_utf8();
        let after = Neighbour::new(run.end, source[run.end..].chars())?;
        (before.is_cjk || after.is_cjk).then_some(Self { before, after })
    }
}

impl Neighbour {
    /// From the characters on one side of a run, the nearest first. Nothing if it is a space.
    fn new(at: usize, mut away: impl Iterator<Item = char> + Clone) -> Option<Self> {
        let character = away.next().filter(|it| !it.is_whitespace())?;
        // A variation selector belongs to the character before it.
        let base = if is_variation_selector(character) { away.clone().next() } else { None };
        let mark = base.unwrap_or(character);
        let in_cjk_text = || {
            let mut context = away.clone().take(8).filter(|it| !is_shared_punctuation(*it));
            context.find(|it| !matches!(it, '*' | '~' | '_')).is_some_and(is_cjk)
        };
        Some(Self {
            at,
            character,
            is_cjk: is_cjk(mark) || is_shared_punctuation(mark) && in_cjk_text(),
            by_underscore: away.next() == Some('_'),
        })
    }

    /// Whether it is not of the class already, and could be.
    fn may_become(&self, class: Class) -> bool {
        let c = self.character;
        !self.by_underscore
            && match class {
                Class::Letter => !c.is_alphanumeric() && !c.is_ascii(),
                Class::Punctuation => self.is_cjk && !is_shared_punctuation(c),
            }
    }
}

/// Characters of one class and one length in UTF-8 that hardly any text has.
type Pool = (Class, usize, RangeInclusive<char>);

/// Where stand-ins are taken from. A length that has no pool of a class cannot be exchanged for it,
/// and the run then stays as the parser reads it.
const POOLS: [Pool; 6] = [
    (Class::Letter, 1, '\u{7F}'..='\u{7F}'),            // delete
    (Class::Letter, 2, '\u{07CA}'..='\u{07EA}'),        // N'Ko
    (Class::Letter, 3, '\u{E000}'..='\u{F8FF}'),        // private use
    (Class::Letter, 4, '\u{F0000}'..='\u{FFFFD}'),      // private use
    (Class::Punctuation, 3, '\u{2800}'..='\u{28FF}'),   // Braille
    (Class::Punctuation, 4, '\u{1D100}'..='\u{1D126}'), // musical symbols
];

/// Whether a character could be taken for a stand-in, so that one in the source must not be used.
fn is_stand_in(c: char) -> bool {
    c == '\u{7F}'
        || c >= '\u{07CA}'
            && (c == MASKED_STAR || POOLS.iter().any(|(_, _, pool)| pool.contains(&c)))
}

/// What readers see of a character of the source.
fn original(c: char) -> char {
    if c == MASKED_STAR { '*' } else { c }
}

/// Characters to stand in for others. Each stands for one character only, and none of them is in
/// the source, so the original is restored exactly.
struct Masks {
    originals: HashMap<char, char>,
    by_character: HashMap<(char, Class), char>,
    taken: HashSet<char>,
    /// What is left of [`POOLS`].
    pools: [Pool; POOLS.len()],
}

impl Masks {
    fn new(source: &str) -> Self {
        let mut taken: HashSet<char> = source.chars().filter(|it| is_stand_in(*it)).collect();
        let references = source.match_indices("&#");
        let character = |at: usize| numeric_reference(&source[at + 2..]).map(|it| it.0);
        taken.extend(references.filter_map(|(at, _)| character(at)));
        let stars = source.contains(MASKED_STAR).then(|| (MASKED_STAR, original(MASKED_STAR)));
        let originals = stars.into_iter().collect();
        Self { originals, by_character: HashMap::new(), taken, pools: POOLS }
    }

    /// Nothing if there is none left; the parser then judges by its own rule.
    fn get(&mut self, character: char, class: Class) -> Option<char> {
        if let Some(&mask) = self.by_character.get(&(character, class)) {
            return Some(mask);
        }
        let length = character.len_utf8();
        let (_, _, pool) =
            self.pools.iter_mut().find(|pool| (pool.0, pool.1) == (class, length))?;
        let mask = pool.find(|it| !self.taken.contains(it))?;
        self.by_character.insert((character, class), mask);
        self.originals.insert(mask, original(character));
        Some(mask)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn punctuation_inside() {
        check("**注意：**请携带身份证", "<strong>注意：</strong>请携带身份证");
        check("**“一核引领”**突出", "<strong>“一核引领”</strong>突出");
        check("请**（必带）**身份证", "请<strong>（必带）</strong>身份证");
        check("*“甲”*乙", "<em>“甲”</em>乙");
        check("***甲：***乙", "<em><strong>甲：</strong></em>乙");
        check("**注意：**", "<strong>注意：</strong>");
        check("~~原定：~~改为", "<del>原定：</del>改为");
        check("甲~~（乙）~~丙", "甲<del>（乙）</del>丙");
        check("**——**甲", "<strong>——</strong>甲");
        check("为**《条例》**第", "为<strong>《条例》</strong>第");
        check("**完成100%。**另", "<strong>完成100%。</strong>另");
        check("𠮷**「𠮷」**𠮷", "𠮷<strong>「𠮷」</strong>𠮷");
    }

    #[test]
    fn half_width_punctuation_inside() {
        check("**注意:**请携带", "<strong>注意:</strong>请携带");
        check("请**(必带)**身份证", "请<strong>(必带)</strong>身份证");
        check("**甲(乙)**𠮷", "<strong>甲(乙)</strong>𠮷");
        check("按**\"红头\"**文件", "按<strong>\"红头\"</strong>文件");
        check("见**`甲`**乙", "见<strong><code>甲</code></strong>乙");
        check("见**[甲](/a/)**乙", "见<strong><a href=\"/a/\">甲</a></strong>乙");
        check("拨打**☎️**电话", "拨打<strong>☎️</strong>电话");
        check("**甲😀**乙", "<strong>甲😀</strong>乙");
    }

    #[test]
    fn beside_western_text() {
        check("**中文**English", "<strong>中文</strong>English");
        check("**中文。**English", "<strong>中文。</strong>English");
        check("English**“中文”**English", "English<strong>“中文”</strong>English");
        check("a**“b”**c", "a**“b”**c");
        check("**이 용어(term)**를", "<strong>이 용어(term)</strong>를");
    }

    #[test]
    fn several() {
        check(
            "**甲**，**乙**、**丙**。",
            "<strong>甲</strong>，<strong>乙</strong>、<strong>丙</strong>。",
        );
        check("**(甲)**，**乙**", "<strong>(甲)</strong>，<strong>乙</strong>");
        check("**甲**，**(乙)**丙", "<strong>甲</strong>，<strong>(乙)</strong>丙");
        check("**甲：*乙。*丙。**丁", "<strong>甲：<em>乙。</em>丙。</strong>丁");
        check("*甲**乙：**丙*", "<em>甲<strong>乙：</strong>丙</em>");
        check("**甲:**乙**(丙)**丁", "<strong>甲:</strong>乙<strong>(丙)</strong>丁");
        check("、**：**:甲", "、<strong>：</strong>:甲");
        // As CommonMark has `**a****b**`.
        check("**甲、****乙**", "<strong>甲、****乙</strong>");
    }

    #[test]
    fn not_emphasis() {
        check("** 不是粗体**", "** 不是粗体**");
        check("**不是粗体：　**乙", "**不是粗体：　**乙");
        check(r"\*\*注意：\*\*请", "**注意：**请");
        check(r"\**注意：\**请", "*<em>注意：*</em>请");
        check("5 * 3 * 2，甲", "5 * 3 * 2，甲");
        check("甲_乙：_丙", "甲_乙：_丙");
        check("_甲_：**乙**", "<em>甲</em>：<strong>乙</strong>");
    }

    #[test]
    fn a_lone_tilde_is_a_range() {
        // A run of one tilde counts as within a word, where it is no delimiter.
        check("第（一）~（三）项和（五）~（七）项", "第（一）~（三）项和（五）~（七）项");
        check("~甲~", "<del>甲</del>");
    }

    #[test]
    fn only_emphasis_changes() {
        check("`**注意：**请`", "<code>**注意：**请</code>");
        check("    **注意：**请\n", "<pre><code>**注意：**请\n</code></pre>");
        check("[甲](/**乙：**丙)", "<a href=\"/**%E4%B9%99%EF%BC%9A**%E4%B8%99\">甲</a>");
        check("[甲](/a \"**乙：**丙\")", "<a href=\"/a\" title=\"**乙：**丙\">甲</a>");
        check("[**甲：**乙]\n\n[**甲：**乙]: /a", "<a href=\"/a\"><strong>甲：</strong>乙</a>");
        check("``` **甲：**乙\n```", "<pre><code class=\"language-**甲：**乙\"></code></pre>");
        check(
            "甲[^**乙：**丙]\n\n[^**乙：**丙]: 丁",
            concat!(
                "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1\" ",
                "role=\"doc-noteref\">1</a></sup></p>\n",
                "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:1\">\n<p>丁 ",
                "<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\" ",
                "aria-label=\"1\">↩</a></p>\n</li>\n</ol>\n</section>",
            ),
        );
    }

    #[test]
    fn masked_names_look_the_same_everywhere() {
        let name = |text: &str| text.replace('★', &crate::text::MASKED_STAR.to_string());
        let check = |source: &str, expected: &str| check(&name(source), expected);
        check("欧阳★★来了", "欧阳**来了");
        check("`欧阳★★`", "<code>欧阳**</code>");
        check("    欧阳★★\n", "<pre><code>欧阳**\n</code></pre>");
        check(
            "```欧阳★★\n欧阳★★\n```",
            "<pre><code class=\"language-欧阳**\">欧阳**\n</code></pre>",
        );
        check("## 欧阳★★\n", "<h2 id=\"欧阳\">欧阳**</h2>");
        check("[欧阳★★](/a \"欧阳★★\")", "<a href=\"/a\" title=\"欧阳**\">欧阳**</a>");
        check("[甲](/欧阳★★/)", "<a href=\"/%E6%AC%A7%E9%98%B3**/\">甲</a>");
        check("[欧阳★★]\n\n[欧阳★★]: /a", "<a href=\"/a\">欧阳**</a>");
        check(
            "![欧阳★★](gate.jpg '欧阳★★')",
            "<img src=\"/media/gate.jpg\" alt=\"欧阳**\" title=\"欧阳**\" loading=\"lazy\" />",
        );
        check("<abbr title='欧阳★★'>欧阳★★</abbr>", "<abbr title=\"欧阳**\">欧阳**</abbr>");
        check("<div>欧阳★★</div>", "<div>欧阳**</div>");
        check(
            "<https://a.cn/欧阳★★>",
            concat!(
                "<a href=\"https://a.cn/%E6%AC%A7%E9%98%B3**\" rel=\"noopener noreferrer\">",
                "https://a.cn/欧阳**</a>",
            ),
        );
        // It is a part of a word: emphasis is what it was around the whole name.
        check("**欧阳★★**来了", "<strong>欧阳**</strong>来了");
        check("**来的是“欧阳★★”**吗", "<strong>来的是“欧阳**”</strong>吗");
        check("★★★ 甲\n★ 乙\n", "*** 甲\n* 乙");
        check(
            "| 欧阳★★ |\n| - |\n| 甲 |",
            concat!(
                "<div class=\"table table-stack\"><table><thead><tr><th scope=\"col\">欧阳**</th>",
                "</tr></thead><tbody>\n<tr><td data-label=\"欧阳**\">甲</td></tr>\n",
                "</tbody></table></div>",
            ),
        );
    }

    #[test]
    fn stand_ins_of_the_source_stay() {
        check(
            "\u{E000}**甲：**乙&#xE001;&#57346;",
            "\u{E000}<strong>甲：</strong>乙\u{E001}\u{E002}",
        );
        check("\u{2800}**甲:**乙&#x2801;", "\u{2800}<strong>甲:</strong>乙\u{2801}");
    }
}
