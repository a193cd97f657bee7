//! Lists of names whose subject stands elsewhere: in the text that links to a file.
//!
//! ```text
//! # 2026 年低保公示                     the title of the notice
//! ## 低保名单                           the heading above the link     ─┐
//! 低保名单如下：                        what leads in                   ├─▶ Subjects
//! 附件：[低保名单](低保/名单.xlsx)      the words, the folder          ─┘
//!
//! | 序号 | 姓名 | 楼号 |                the file says nothing of it: `listed`
//! ```
//!
//! Of these the nearest counts that says anything, as it does in one text.

use std::{collections::BTreeSet, ops::Range};

use crate::scan::{
    exposed::{Reading, Scope, label, titled},
    lexicon::Lexicon,
    lines::{LineKind, lines},
};

/// The names in a text of which something sensitive is told as soon as what is written around the
/// text says it. `title` is where its title stands, and `body` what is under it. Names that are told
/// by the text alone are left out. Cost: the text is read twice.
pub fn listed(
    text: &str,
    title: Range<usize>,
    body: Range<usize>,
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    let lines = titled(text, title, body);
    let told = Reading::new(lexicon, &lines).of(&lines);
    let told: BTreeSet<usize> = told.into_iter().map(|it| it.range.start).collect();
    let found = Reading::new(lexicon, &lines).under(0).of(&lines);
    found.into_iter().map(|it| it.range).filter(|it| !told.contains(&it.start)).collect()
}

/// What a text says of the lists that it links to, line by line.
#[derive(Debug, Default)]
pub struct Subjects(Vec<(usize, Option<u16>)>);

impl Subjects {
    /// Reads a text under its title. A text without any sensitive word costs one pass.
    pub fn of(title: &str, text: &str, lexicon: &Lexicon) -> Self {
        if !lexicon.is_in(title) && !lexicon.is_in(text) {
            return Self::default();
        }
        let mut all = vec![label(LineKind::Heading(0), &[title])];
        all.extend(lines(text, 0..text.len()));
        Self(Reading::new(lexicon, &all).subjects(&all))
    }

    /// What is said of a list behind a link that stands at a byte of the text, as a kind of the
    /// lexicon. `nearer` is what else says it, the nearest first: the words of the link, the folders
    /// of the file.
    pub fn of_link<'l>(&self, at: usize, nearer: &[&str], lexicon: &'l Lexicon) -> Option<&'l str> {
        let mut scopes = nearer.iter().map(|words| Scope::of(words, lexicon));
        let kind = match scopes.find(|it| *it != Scope::Neutral) {
            Some(Scope::Sensitive(kind)) => kind,
            Some(_) => return None,
            None => self.0[..self.0.partition_point(|(start, _)| *start <= at)].last()?.1?,
        };
        Some(lexicon.kind(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_under_what_stands_elsewhere() {
        let lexicon = Lexicon::default();
        for (text, expected) in [
            ("名单\n| 序号 | 姓名 | 楼号 |\n| 1 | 王桂兰 | 3栋 |\n", &["王桂兰"][..]),
            ("名单\n王桂兰\n李建国\n", &["王桂兰", "李建国"]),
            ("名单\n| 姓名 | 职务 |\n| 王桂兰 | 书记 |\n", &[]),
            ("光荣榜\n| 姓名 | 楼号 |\n| 王桂兰 | 3栋 |\n", &[]),
            ("名单\n| 姓名 | 低保金额 |\n| 王桂兰 | 620 |\n", &[]),
            ("名单\n王某某\n报名表\n", &[]),
        ] {
            let title = 0..text.find('\n').expect("it has two lines");
            let names = listed(text, title.clone(), title.end..text.len(), &lexicon);
            let names: Vec<&str> = names.into_iter().map(|it| &text[it]).collect();
            assert_eq!(names, expected, "{text}");
        }
    }

    #[test]
    fn the_nearest_says_what_a_list_is() {
        let lexicon = Lexicon::default();
        for (title, text, nearer, expected) in [
            ("公示", "见@", &[][..], None),
            ("公示", "见@", &["低保名单"], Some("welfare")),
            ("公示", "见@", &["名单", "content/低保"], Some("welfare")),
            ("低保公示", "见@", &["名单"], Some("welfare")),
            ("低保公示", "见@", &["网格员联系表"], None),
            ("公示", "## 低保名单\n\n见@", &["名单"], Some("welfare")),
            ("公示", "## 低保名单\n\n见附件。\n\n## 值班表\n\n见@", &["名单"], None),
            ("低保公示", "## 光荣榜\n\n见@", &["名单"], None),
            ("公示", "低保名单如下：\n\n- @", &["名单"], Some("welfare")),
            ("公示", "- 低保名单：@", &["下载"], Some("welfare")),
            ("公示", "| 名称 | 下载 |\n|--|--|\n| 低保 | @ |", &["下载"], Some("welfare")),
            ("公示", "@\n\n以上人员享受低保。", &["名单"], Some("welfare")),
            ("公示", "低保政策可以咨询，时间见@", &["安排"], None),
        ] {
            let subjects = Subjects::of(title, text, &lexicon);
            let at = text.find('@').expect("it has a link");
            assert_eq!(subjects.of_link(at, nearer, &lexicon), expected, "{title} {text}");
        }
    }
}
