//! Markdown that did not take: what its author meant as form, and readers see as signs.
//!
//! [`lint`] looks at the parser's events. Signs are searched for in *stretches*, the parts of the
//! source that became text as they stand; so neither code, nor addresses, nor escaped signs are
//! looked at.
//!
//! | in the source | told |
//! | --- | --- |
//! | `##标题` | [`Mark::Heading`] |
//! | `1.甲⏎2.乙`, where lines are joined; `-甲⏎-乙` | [`Mark::List`] |
//! | lines that begin with <code>&#124;</code> and are no table | [`Mark::Table`] |
//! | a row with more cells than the head of its table | [`Mark::Cells`] |
//! | `**`, but for masks such as `王**` | [`Mark::Bold`] |
//! | `![`, `](`, `[[` | [`Mark::Link`] |
//! | `{{`, `{%`, `{:` | [`Mark::Braces`] |
//! | four blanks before a Chinese paragraph | [`Mark::Indented`] |
//! | `##` and then `####` | [`Mark::Level`] |
//! | `[甲]()` | [`Mark::Empty`] |
//! | `title: 停电` above a line `---` or `date: 2026-11-20`, as front matter begins | [`Mark::Notice`] |
//! | a line without <code>&#124;</code> right below a table | [`Mark::Swallowed`] |
//! | `1.` and then `3.`, which is shown as 2 | [`Wrong::Numbers`] |

use std::{cell::OnceCell, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::{
    config::Breaks,
    render::markdown::{
        characters::is_unspaced,
        masks::masks,
        placed::Placed,
        resolve::{Mark, Problem, Wrong},
    },
};

/// What did not take in the events of a source. One pass over the texts.
pub(super) fn lint(source: &str, events: &[Placed<'_>], breaks: Breaks) -> Vec<Problem> {
    let mut linter = Linter {
        source,
        breaks,
        stretches: Vec::new(),
        skipped: 0,
        columns: 0,
        level: 1,
        lists: Vec::new(),
        masks: OnceCell::new(),
        problems: Vec::new(),
    };
    for (event, range) in events {
        linter.event(event, range);
    }
    linter.problems
}

struct Linter<'s> {
    source: &'s str,
    breaks: Breaks,
    /// The source that became text, in this block.
    stretches: Vec<Range<usize>>,
    /// How many elements are open whose text is not searched.
    skipped: usize,
    /// How many columns the open table has.
    columns: usize,
    /// The level of the last heading; that of the page's title before the first.
    level: usize,
    /// The open lists, from the outside; nothing for one without numbers.
    lists: Vec<Option<Numbering>>,
    /// The stars of the source that hide something, if they were asked for.
    masks: OnceCell<Vec<Range<usize>>>,
    problems: Vec<Problem>,
}

/// How the items of a list are numbered.
struct Numbering {
    /// The number of its first item.
    first: u64,
    /// That which readers see at the next one.
    next: u64,
    /// Those that are written.
    written: Vec<u64>,
    /// Where the first stands that readers see as another.
    wrong: Option<Range<usize>>,
}

impl Numbering {
    fn new(first: u64) -> Self {
        Self { first, next: first, written: Vec::new(), wrong: None }
    }
}

impl Linter<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(text) if self.skipped == 0 && text.len() == range.len() => {
                self.text(range);
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    /// Adds text to the last stretch if it goes on with it.
    fn text(&mut self, range: &Range<usize>) {
        match self.stretches.last_mut().filter(|it| it.end == range.start) {
            Some(last) => last.end = range.end,
            None => self.stretches.push(range.clone()),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(kind) => {
                self.skipped += 1;
                let is_indented = matches!(kind, CodeBlockKind::Indented);
                if is_indented && self.source[range.clone()].contains(is_unspaced) {
                    self.tell(Mark::Indented, first_line(self.source, range));
                }
            }
            Tag::Image { .. } => self.skipped += 1,
            Tag::Heading { level, .. } => self.heading(*level, range),
            Tag::Table(alignments) => self.columns = alignments.len(),
            Tag::TableRow => self.row(range),
            Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                if dest_url.trim().is_empty() =>
            {
                self.tell(Mark::Empty, range.clone());
            }
            Tag::List(first) => {
                self.lists.push(first.map(Numbering::new));
            }
            Tag::Item => {
                self.search();
                self.item(range);
            }
            Tag::Paragraph | Tag::TableCell => self.search(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::Image => self.skipped = self.skipped.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => {
                self.search();
            }
            TagEnd::List(_) => self.numbers(),
            _ => {}
        }
    }

    fn tell(&mut self, mark: Mark, range: Range<usize>) {
        self.problems.push(Problem { range, wrong: Wrong::Mark(mark) });
    }

    /// An item. Where all have the number of the first, nobody meant them.
    fn item(&mut self, range: &Range<usize>) {
        let Some(Some(list)) = self.lists.last_mut() else { return };
        let digits = self.source[range.clone()].bytes().take_while(u8::is_ascii_digit).count();
        let number = self.source[range.start..range.start + digits].parse();
        let number = number.unwrap_or(list.next);
        let is_equal = number == list.first && list.written.iter().all(|it| *it == list.first);
        if number != list.next && !is_equal && list.wrong.is_none() {
            list.wrong = Some(range.start..range.start + digits + 1);
        }
        list.written.push(number);
        list.next += 1;
    }

    /// A list ends: tells of numbers that readers see as others.
    fn numbers(&mut self) {
        let list = self.lists.pop().flatten();
        if let Some(Numbering { written, wrong: Some(range), .. }) = list {
            self.problems.push(Problem { range, wrong: Wrong::Numbers { written } });
        }
    }

    /// A heading may be one level below the last, or any above it. One that is front matter begins
    /// another notice: the line `---` below makes a heading of it.
    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        if front_matter_key(&self.source[range.clone()]).is_some() {
            self.tell(Mark::Notice, first_line(self.source, range));
            return;
        }
        let level = level as usize;
        if level > self.level + 1 {
            self.tell(Mark::Level, first_line(self.source, range));
        }
        self.level = level;
    }

    /// A row whose last cells are in no column, which the parser leaves out; a line of text that the
    /// parser takes for a row.
    fn row(&mut self, range: &Range<usize>) {
        let row = self.source[range.clone()].trim_end();
        if self.columns > 1 && pipes(row).next().is_none() {
            self.tell(Mark::Swallowed, range.start..range.start + row.len());
            return;
        }
        let mut pipes = pipes(row);
        if row.starts_with('|') {
            pipes.next();
        }
        let Some(end) = pipes.nth(self.columns.saturating_sub(1)) else { return };
        let surplus = row[end + 1..].trim();
        if !surplus.trim_matches(['|', ' ']).is_empty() {
            self.tell(Mark::Cells, range.start + end + 1..range.start + row.len());
        }
    }

    /// Searches the text of a block, and begins the next.
    fn search(&mut self) {
        let stretches = std::mem::take(&mut self.stretches);
        let Some(first) = stretches.first() else { return };
        self.lines(&stretches);
        for stretch in &stretches {
            self.signs(stretch);
        }
        if self.source[first.clone()].starts_with('|') {
            self.tell(Mark::Table, first_line(self.source, first));
        }
    }

    /// What lines begin with.
    fn lines(&mut self, stretches: &[Range<usize>]) {
        let begins_line = |it: &&Range<usize>| {
            let before = self.source[..it.start].trim_end_matches([' ', '\t', '>']);
            before.is_empty() || before.ends_with('\n')
        };
        let lines: Vec<&Range<usize>> = stretches.iter().filter(begins_line).collect();
        self.another_notice(&lines);
        let heading = lines.iter().find(|it| is_heading(&self.source[(**it).clone()]));
        let heading = heading.map(|it| (*it).clone());
        let is_list = |it: &&&Range<usize>| self.is_item(&self.source[(**it).clone()]);
        let items: Vec<Range<usize>> =
            lines.iter().filter(is_list).map(|it| (**it).clone()).collect();
        if let Some(heading) = heading {
            self.tell(Mark::Heading, heading);
        }
        if let [first, _, ..] = &*items {
            self.tell(Mark::List, first.clone());
        }
    }

    /// Front matter without its lines `---`: two keys of it, one below the other. One above such a
    /// line is a heading, which was told.
    fn another_notice(&mut self, lines: &[&Range<usize>]) {
        let key = |line: &Range<usize>| front_matter_key(&self.source[line.clone()]);
        let begins = lines.windows(2).find(|pair| {
            let keys = key(pair[0]).zip(key(pair[1]));
            let between = &self.source[pair[0].end..pair[1].start];
            keys.is_some_and(|(first, next)| first != next) && between.matches('\n').count() == 1
        });
        let line = begins.map(|pair| first_line(self.source, &(pair[0].start..pair[1].end)));
        let is_told = |line: &Range<usize>| {
            let told = |it: &Problem| it.wrong == Wrong::Mark(Mark::Notice);
            self.problems.iter().rev().take(3).any(|it| told(it) && it.range.end >= line.start)
        };
        if let Some(line) = line.filter(|line| !is_told(line)) {
            self.tell(Mark::Notice, line);
        }
    }

    /// Whether a line is an item whose mark lacks a blank, so that the next goes on in the same
    /// line. Numbers begin lines of their own unless the portal joins all.
    fn is_item(&self, line: &str) -> bool {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = if digits > 0 && digits < 3 && self.breaks == Breaks::Join {
            line[digits..].strip_prefix(['.', ')'])
        } else {
            line.strip_prefix(['-', '+'])
        };
        rest.is_some_and(|it| it.starts_with(is_unspaced))
    }

    /// Signs within a text.
    fn signs(&mut self, stretch: &Range<usize>) {
        let text = &self.source[stretch.clone()];
        let has_signs = memchr::memchr3(b'*', b'[', b'{', text.as_bytes()).is_some();
        if !has_signs && !text.contains(']') {
            return;
        }
        for (mark, signs) in
            [(Mark::Link, &["![", "](", "[["][..]), (Mark::Braces, &["{{", "{%", "{:"][..])]
        {
            let found = signs.iter().filter_map(|it| Some((text.find(it)?, it.len()))).min();
            if let Some((at, length)) = found {
                let start = stretch.start + at;
                self.tell(mark, start..start + length);
            }
        }
        if let Some(bold) = text.find("**").and_then(|_| self.bold(stretch)) {
            self.tell(Mark::Bold, bold);
        }
    }

    /// The first stars in a stretch that were to begin or end bold text. One run alone is no
    /// mistake where it hides something, or where nothing is beside it.
    fn bold(&self, stretch: &Range<usize>) -> Option<Range<usize>> {
        let masks = self.masks.get_or_init(|| masks(self.source));
        let is_mask = |at: usize| {
            let next = masks.get(masks.partition_point(|mask| mask.end <= at));
            next.is_some_and(|mask| mask.contains(&at))
        };
        let mut at = stretch.start;
        while let Some(found) = self.source[at..stretch.end].find("**") {
            let start = at + found;
            let length = self.source[start..].bytes().take_while(|it| *it == b'*').count();
            if length <= 3 && !is_mask(start) {
                return Some(start..start + length);
            }
            at = (start + length).min(stretch.end);
        }
        None
    }
}

/// The key of front matter that a line begins with, by its English name.
fn front_matter_key(line: &str) -> Option<&'static str> {
    const KEYS: [(&str, [&str; 4]); 2] = [
        ("title", ["title:", "title：", "标题:", "标题："]),
        ("date", ["date: 2", "date：2", "日期: 2", "日期：2"]),
    ];
    let found = KEYS.iter().find(|(_, begins)| begins.iter().any(|it| line.starts_with(it)));
    found.map(|(name, _)| *name)
}

/// `##标题`, but not `#话题#` or `#3楼`.
fn is_heading(line: &str) -> bool {
    let signs = line.bytes().take_while(|it| *it == b'#').count();
    let rest = &line[signs..];
    (1..=6).contains(&signs) && rest.starts_with(is_unspaced) && !(signs == 1 && rest.contains('#'))
}

/// Where cells of a row end. A pipe behind a backslash is one of the text.
fn pipes(row: &str) -> impl Iterator<Item = usize> {
    let is_escaped =
        |at: usize| row[..at].bytes().rev().take_while(|it| *it == b'\\').count() % 2 == 1;
    row.match_indices('|').map(|it| it.0).filter(move |at| !is_escaped(*at))
}

/// The first line of a range.
fn first_line(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    range.start..range.start + length
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            render,
            tests::{Site, WithBreaks, check_problems},
        },
        *,
    };

    /// The source has these marks that did not take, each at its text.
    #[track_caller]
    fn check(source: &str, expected: &[(&str, Mark)]) {
        let expected: Vec<_> =
            expected.iter().map(|(it, mark)| (*it, Wrong::Mark(*mark))).collect();
        check_problems(source, &expected);
    }

    #[test]
    fn headings_and_lists() {
        check("甲\n\n##标题\n", &[("##标题", Mark::Heading)]);
        check("#标题\n正文", &[("#标题", Mark::Heading)]);
        check("#创城#\n\n#3楼停水\n\n\\#标题\n\n## 标题", &[]);
        check("-甲\n-乙\n", &[("-甲", Mark::List)]);
        check("-5℃\n\n-甲\n", &[]);
        check("1.甲\n2.乙\n", &[]);
        let joined = render("1.甲\n2.乙\n", &WithBreaks(Breaks::Join)).problems;
        assert_eq!(joined, [Problem { range: 0..5, wrong: Wrong::Mark(Mark::List) }]);
        check("## 甲\n\n#### 乙\n\n##### 丙\n\n## 丁", &[("#### 乙", Mark::Level)]);
        check("### 甲", &[("### 甲", Mark::Level)]);
        check("# 甲\n\n## 乙\n\n# 丙", &[]);
    }

    #[test]
    fn tables() {
        check("| 甲 | 乙 |\n| 1 | 2 |", &[("| 甲 | 乙 |", Mark::Table)]);
        check("| 甲 | 乙 |\n| - | - |\n| 1 | 2 | 3 |", &[(" 3 |", Mark::Cells)]);
        check("甲 | 乙\n- | -\n1 | 2 | 3\n4 | 5 |\n| 6 | 7\\|8 |", &[(" 3", Mark::Cells)]);
        check("电话 | 地址 | 时间", &[]);
        let swallowed = "| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n以上为准。";
        check(swallowed, &[("以上为准。", Mark::Swallowed)]);
        check("| 甲 |\n| - |\n乙\n\n丙", &[]);
    }

    #[test]
    fn numbers_of_items() {
        let check = |source: &str, expected: &[(&str, &[u64])]| {
            let numbers = |written: &[u64]| Wrong::Numbers { written: written.to_vec() };
            let expected: Vec<_> = expected.iter().map(|(at, it)| (*at, numbers(it))).collect();
            check_problems(source, &expected);
        };
        check("1. 甲\n3. 乙\n5. 丙", &[("3.", &[1, 3, 5])]);
        check("2. 甲\n3. 乙\n   1. 丙\n   2. 丁\n4. 戊\n\n- 己", &[]);
        check("1. 甲\n1. 乙\n1. 丙", &[]);
        check("1. 甲\n2. 乙\n1. 丙", &[("1.", &[1, 2, 1])]);
        check("1. 甲\n\n   2. 乙\n   4. 丙\n2. 丁", &[("4.", &[2, 4])]);
        check("1. 甲\n2. 乙\n二、丙\n1. 丁\n2. 戊", &[]);
    }

    #[test]
    fn links_without_a_target() {
        check("见[甲]()和[乙](< >)", &[("[甲]()", Mark::Empty), ("[乙](< >)", Mark::Empty)]);
        check("[甲] [乙](#) [](乙)", &[]);
    }

    #[test]
    fn two_notices() {
        let two = "停水。\n\n---\ntitle: 停电\ndate: 2026-11-20\n---\n\n停电。";
        check(two, &[("title: 停电", Mark::Notice)]);
        check("停水。\n\n---\n\n标题\n---\n", &[]);
        let bare = "停水。\n\ntitle: 停电\ndate: 2026-11-20\n\n停电。";
        check(bare, &[("title: 停电", Mark::Notice)]);
        check("停水。\n日期：2026-11-20\n标题：停电", &[("日期：2026-11-20", Mark::Notice)]);
        check("标题：我爱我家\n字数：800字\n\n日期：2026-11-20\n地点：广场", &[]);
    }

    #[test]
    fn signs() {
        check("甲 ** 乙 ** 丙", &[("**", Mark::Bold)]);
        check("**甲", &[("**", Mark::Bold)]);
        check("王**、李**，138****5678，*****，\\*\\*甲，`**`", &[]);
        check("王**来了", &[]);
        check("![甲] (gate.jpg)", &[("![", Mark::Link)]);
        check("[甲](a b) [[乙]]", &[("](", Mark::Link)]);
        check("{{ 甲 }}", &[("{{", Mark::Braces)]);
        check("## 甲 {: .乙}", &[("{:", Mark::Braces)]);
        check("`{{ 甲 }} **` {甲} [甲] 〔2026〕3号", &[]);
    }

    #[test]
    fn indentation() {
        check("甲\n\n    乙丙\n    丁", &[("乙丙", Mark::Indented)]);
        check("    let a;\n\n```\n甲\n```", &[]);
        check("　　甲\n\n　　乙", &[]);
    }

    #[test]
    fn a_text_of_many_signs_is_read_once() {
        let many = render(&"**甲 ".repeat(20_000), &Site).problems;
        assert!(many.len() <= 1);
    }
}
