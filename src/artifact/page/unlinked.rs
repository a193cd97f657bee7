//! Attachments that a text names and does not link to.
//!
//! Readers cannot open what is only named, and a file that no text links to is not published:
//!
//! | in the text | is |
//! | --- | --- |
//! | `附件：报名表.docx`, `请下载 报名表.docx` | the name of a file |
//! | `附件1：报名表`; below `附件：`, the items of a list | what an attachment is called |
//! | `详见附件2` | a reference, told where nothing at all is attached |
//!
//! A text may have its attachments in itself: below a line that says `附件1` and nothing else.

use std::ops::Range;

use crate::{
    artifact::page::PageBuilder,
    attachment::AttachmentKind,
    diagnostic::{Code, Diagnostic},
    schema::{Notice, is_same_name, notice::Article},
    source::{SitePath, Span},
};

/// The word for an attachment.
const ATTACHMENT: &str = "附件";

/// What is said of an attachment that is none.
const NOTHING: [&str; 8] = ["无", "略", "暂无", "没有", "另附", "另发", "另行印发", "如下"];

/// Something that a text says of a file without a link to it.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    kind: MentionKind,
    /// Where the words stand.
    range: Range<usize>,
}

/// What the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MentionKind {
    /// The name of a file.
    File,
    /// What an attachment is called.
    Title,
    /// A reference to one.
    Reference,
}

impl PageBuilder<'_, '_> {
    /// Reports the attachments that a text names without a link.
    pub(in crate::artifact) fn report_unlinked(&self, notice: &Notice, article: &Article) {
        for Mention { kind, range } in mentions(article.body()) {
            let words = article.body()[range.clone()].trim_matches(is_around);
            let start = article.body + range.start;
            let place = article.text.locate(Span::new(start, article.body + range.end));
            let file = self.beside(&notice.file, kind, words);
            let help = match (&file, kind) {
                (Some(_), _) => "beside",
                (None, MentionKind::Reference) => "reference",
                (None, _) => "missing",
            };
            let diagnostic = Diagnostic::warning(Code::UnlinkedAttachment, place);
            let title = words.rsplit_once('.').filter(|_| kind == MentionKind::File);
            self.view.report(
                diagnostic
                    .arg("kind", help)
                    .arg("name", words)
                    .arg("title", title.map_or(words, |(title, _)| title))
                    .arg("file", file.unwrap_or_default())
                    .help(help),
            );
        }
    }

    /// The file that some words mean, as a text would have to name it: one in its own folder, or else
    /// the first of that name.
    fn beside(&self, text: &SitePath, kind: MentionKind, words: &str) -> Option<String> {
        let folder = text.parent();
        let wanted = SitePath::new(words);
        let is_it = |file: &&SitePath| match kind {
            // Words in front of the name may not be told from it.
            MentionKind::File => is_same_name(file, &wanted) || words.ends_with(file.name()),
            MentionKind::Title => file.stem() == words && AttachmentKind::of(file).is_some(),
            MentionKind::Reference => false,
        };
        let files = self.view.files();
        let found = files.iter().filter(is_it).min_by_key(|file| (file.parent() != folder, *file));
        found.map(|file| file.seen_from(&folder))
    }
}

/// What a Markdown source says of files without a link.
fn mentions(source: &str) -> Vec<Mention> {
    if !source.contains(ATTACHMENT) {
        return file_names(source).filter(|it| !is_marked(source, it)).map(of_file).collect();
    }
    let mut found = Vec::new();
    let (mut reference, mut is_list, mut is_listed) = (None, false, false);
    for line in lines(source) {
        if is_heading(&source[line.clone()]) {
            // What is attached stands in the text itself.
            return Vec::new();
        }
        let titled = title_of(source, &line, is_list);
        is_list = titled.is_some();
        is_listed |= is_list;
        let names: Vec<_> =
            file_names_in(source, &line).filter(|it| !is_marked(source, it)).collect();
        match titled {
            _ if !names.is_empty() => found.extend(names.into_iter().map(of_file)),
            Some(range) if is_title(&source[range.clone()]) => {
                found.push(Mention { kind: MentionKind::Title, range });
            }
            Some(_) => {}
            None => reference = reference.or_else(|| reference_in(source, &line)),
        }
    }
    let nothing_is_attached = found.is_empty() && !is_listed && !links_to_file(source);
    let reference = reference.filter(|_| nothing_is_attached);
    found.extend(reference.map(|range| Mention { kind: MentionKind::Reference, range }));
    found
}

/// The name of a file as a mention.
fn of_file(range: Range<usize>) -> Mention {
    Mention { kind: MentionKind::File, range }
}

/// The lines of a source that are no code.
fn lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut start, mut is_code) = (0, false);
    let lines = source.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then_some(range)
    });
    lines.flatten()
}

/// Signs around a title that do not belong to it.
fn is_around(sign: char) -> bool {
    sign.is_whitespace() || "*_#>《》“”\"。．.；;，,、：:".contains(sign)
}

/// Whether a line says `附件1` and nothing else.
fn is_heading(line: &str) -> bool {
    let text = line.trim_matches(|it: char| it.is_whitespace() || "*_#".contains(it));
    text.strip_prefix(ATTACHMENT).is_some_and(|number| number.chars().all(is_number))
}

/// A sign of the number of an attachment.
fn is_number(sign: char) -> bool {
    sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign)
}

/// What a line calls an attachment: what stands behind `附件：`, or in an item of the list below.
fn title_of(source: &str, line: &Range<usize>, is_list: bool) -> Option<Range<usize>> {
    let text = &source[line.clone()];
    let inner = text.trim_start_matches(|it: char| it.is_whitespace() || "*_#>-+".contains(it));
    let rest = match inner.strip_prefix(ATTACHMENT) {
        Some(rest) => {
            let rest = rest.trim_start_matches(is_number).trim_start_matches(['*', '_']);
            item_text(rest.strip_prefix(['：', ':'])?.trim_start())
        }
        None if is_list && (inner.len() < text.len() || item_text(inner).len() < inner.len()) => {
            item_text(inner)
        }
        None => return None,
    };
    // Of a list without blank lines between its items, none is empty.
    (!text.trim().is_empty()).then_some(line.end - rest.len()..line.end)
}

/// The text of an item, without its number.
fn item_text(item: &str) -> &str {
    let rest = item.trim_start_matches(is_number);
    let behind =
        rest.strip_prefix(['.', '．', '、', '）', ')']).filter(|_| rest.len() < item.len());
    behind.map_or(item, str::trim_start)
}

/// Whether words behind `附件：` call a file that is not linked.
fn is_title(words: &str) -> bool {
    let bare = words.trim_matches(is_around);
    let is_linked = ["](", "<a ", "://", "]:"].iter().any(|it| words.contains(it));
    !bare.is_empty() && !is_linked && !NOTHING.contains(&bare)
}

/// Where a line refers to an attachment.
fn reference_in(source: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let text = &source[line.clone()];
    let start = text.match_indices(ATTACHMENT).map(|(at, _)| at).find(|at| {
        let behind = &text[at + ATTACHMENT.len()..];
        let is_numbered = behind.starts_with(is_number)
            && !behind.trim_start_matches(is_number).starts_with(['式', '份', '并', '同', '起']);
        is_numbered || text[..*at].ends_with(['见', '看', '详', '填', '按', '照'])
    })?;
    let number = text[start + ATTACHMENT.len()..].chars().take_while(|it| is_number(*it));
    let end = start + ATTACHMENT.len() + number.map(char::len_utf8).sum::<usize>();
    Some(line.start + start..line.start + end)
}

/// Whether a source links to a file, or shows one.
fn links_to_file(source: &str) -> bool {
    ["](", "]:", "href="].iter().any(|mark| {
        source.match_indices(mark).any(|(at, _)| {
            let target = source[at + mark.len()..].trim_start_matches(['"', '<', ' ']);
            let target = target.split([')', '"', '>', '\n']).next().unwrap_or_default();
            !target.starts_with(['#', '?']) && !target.contains(':')
        })
    })
}

/// The names of files in a source, outside of code.
fn file_names(source: &str) -> impl Iterator<Item = Range<usize>> {
    lines(source).flat_map(move |line| file_names_in(source, &line).collect::<Vec<_>>())
}

/// The names of files in a line: words with the extension of a file that may be attached. An address
/// of the web is none.
fn file_names_in(source: &str, line: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let (text, first) = (&source[line.clone()], line.start);
    text.match_indices('.').filter_map(move |(dot, _)| {
        let is_letter = |it: &char| it.is_ascii_alphanumeric();
        let extension: String = text[dot + 1..].chars().take_while(is_letter).collect();
        AttachmentKind::parse(&extension.to_ascii_lowercase())?;
        let end = dot + 1 + extension.len();
        let is_name = |it: char| it.is_alphanumeric() || "-_.（）()+·".contains(it);
        let start = text[..dot].trim_end_matches(is_name).len();
        // A bracket around the name is none of it.
        let opened =
            text[start..dot].starts_with(['(', '（']) && !text[start..dot].contains([')', '）']);
        let start =
            start + text[start..].chars().next().filter(|_| opened).map_or(0, char::len_utf8);
        let token = text[..dot].rfind(char::is_whitespace).map_or(0, |it| it + 1);
        let goes_on =
            text[end..].strip_prefix('.').is_some_and(|it| it.starts_with(char::is_alphanumeric));
        let is_address = goes_on || text[token..dot].contains(['/', '@', '\\']);
        (start < dot && !is_address).then_some(first + start..first + end)
    })
}

/// Whether a part of a source is in a link, an image, a tag or code.
fn is_marked(source: &str, range: &Range<usize>) -> bool {
    let line_start = source[..range.start].rfind('\n').map_or(0, |it| it + 1);
    let line_end = source[range.end..].find('\n').map_or(source.len(), |it| range.end + it);
    let (before, behind) = (&source[line_start..range.start], &source[range.end..line_end]);
    let is_code = before.matches('`').count() % 2 == 1;
    let opened = |open: char, close: char| {
        before.rfind(open).is_some_and(|at| !before[at..].contains(close))
    };
    let is_text = opened('[', ']') && behind.contains(']');
    let is_target = before.rfind("](").is_some_and(|at| !before[at..].contains(')'));
    let is_definition = before.trim_start().starts_with('[') && before.contains("]:");
    let is_in_anchor = before.rfind("<a ").is_some_and(|at| !before[at..].contains("</a>"));
    is_code || is_text || is_target || is_definition || is_in_anchor || opened('<', '>')
}

#[cfg(test)]
mod tests {
    use super::{MentionKind::*, *};

    #[track_caller]
    fn check(source: &str, expected: &[(MentionKind, &str)]) {
        let found = mentions(source);
        let found: Vec<_> = found.into_iter().map(|it| (it.kind, &source[it.range])).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn what_is_named_and_not_linked_is_found() {
        check("附件：报名表.docx\n", &[(File, "报名表.docx")]);
        check("请下载报名表.DOCX，填好", &[(File, "请下载报名表.DOCX")]);
        check("请下载 《报名表.xls》。", &[(File, "报名表.xls")]);
        check("正文。\n\n附件1：报名表\n\n附件2：名单\n", &[(Title, "报名表"), (Title, "名单")]);
        check("**附件**：1. 报名表\n2. 名单\n\n社区", &[(Title, "报名表"), (Title, "名单")]);
        check("附件：\n- 报名表\n- [名单](a.xlsx)\n", &[(Title, "报名表")]);
        check("详见附件1。再见附件2。", &[(Reference, "附件1")]);
        check("填写附件二后交回", &[(Reference, "附件二")]);
    }

    #[test]
    fn what_is_linked_or_no_attachment_is_not() {
        for source in [
            "附件：[报名表](报名表.docx)",
            "附件：[报名表.docx](报名表.docx)（第2版）",
            "见附件1。\n\n[报名表](a.docx)",
            "见附件1。\n\n附件1\n\n| 甲 | 乙 |\n| --- | --- |\n",
            "附件：无",
            "附件：略。",
            "附件请到窗口领取，附件一式两份。",
            "https://a.cn/b.pdf 和 <https://a.cn/b.pdf>",
            "`a.docx` 和 ![a.docx](a.jpg)",
            "```\n附件：a.docx\n```\n",
            "<a href=\"a.docx\">表.docx</a>",
            "[表]: 表.docx",
            "第1.5条，3.zipper",
            "写信到 a@b.zip",
            "",
        ] {
            check(source, &[]);
        }
    }
}
