//! Notices and lasting pages, read from Markdown with front matter.
//!
//! ```text
//! ---
//! title: 停水通知     the front matter: YAML, decoded as a record is,
//! date: 2026-03-02    by the built-in declaration `notice.yaml`
//! until: 2026-03-03
//! ---
//! 今晚 8 点起停水。   the body: Markdown until a page is rendered
//! ```
//!
//! A lasting page has the fields of `page.yaml` instead: no date, but an order.
//!
//! Beside the fields of the declaration the front matter may have those of `posting.yaml`, and
//! `allow`. Front matter and body are scanned for personal data here, whole, because everything in
//! a notice is read by everybody. Links and pictures in the body are not looked at: that is done
//! when the page is made.

use std::ops::Range;

use crate::{
    config::Section,
    diagnostic::{Code, Diagnostic, Severity},
    schema::{
        Collection, PlaceId, Value, builtin,
        decode::{
            personal::{self, Allowed, Found},
            record::{self, Decoded},
            stated,
            surroundings::Surroundings,
        },
        happening,
        notice::{self, Article, ArticleKind, CheckedFiles, Notice},
    },
    source::{
        Span, Text,
        reader::{missing, wrong_type},
        yaml::{self, Node, NodeKind},
    },
};

/// Reads a notice: its front matter, and where its body begins.
///
/// Without a title there is none, nor without the date of a notice; these are required, so a
/// diagnostic says so. What is
/// wrong with the fields of a draft is a warning, as it is not finished. An unknown section, and an
/// `until` before the `date`, are errors in a draft, too.
///
/// The text is taken by value and handed back in the [`Article`], without a copy. `declaration` is
/// the built-in one of notices or of
/// lasting pages, `sections` are those of the portal.
pub(in crate::schema) fn decode(
    mut text: Text,
    place: PlaceId,
    (declaration, sections): (&Collection, &[Section]),
    around: Surroundings<'_>,
    found: &mut Found<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Notice, Article)> {
    let (front, body) = match split(&text) {
        Ok(parts) => parts,
        Err(diagnostic) => {
            sink.push(*diagnostic);
            return None;
        }
    };
    let fence = Span::new(0, text.content[..front.start].trim_end().len());
    let read = yaml::parse(&text, front);
    let is_blank = read.value.is_none() && read.diagnostics.is_empty();
    // Front matter with nothing in it lacks every required field.
    let blank = Node { span: fence, kind: NodeKind::Map(Vec::new()) };
    let node = read.report(sink).or(is_blank.then_some(blank))?;
    let before = sink.len();
    let Decoded { values, stated } =
        record::decode(&text, &node, &declaration.fields, around, sink)?;
    let posting = stated::posting(&text, &stated, around, sink);
    if notice::is_page(&text.path) {
        sink[before..].iter_mut().for_each(tell_from_notice);
    }
    if posting.draft {
        sink[before..].iter_mut().for_each(|it| it.severity = Severity::Warning);
    }
    let allowed = Allowed {
        kinds: &stated::allowed(&stated, around),
        is_founded: personal::is_founded(posting.basis.as_ref()),
    };
    let how = around.posting.iter().filter(|field| field.name == "objection_how");
    let shown = declaration.fields.iter().filter(|field| personal::is_shown(field)).chain(how);
    found.notice(&text, (&node, &shown.collect::<Vec<_>>()), body, allowed);
    let value = |name: &str| declaration.field(name).map(|it| &values[it]);
    let date = |name: &str| value(name).and_then(Value::as_date);
    let section = value("section").and_then(Value::as_text).and_then(|word| {
        let entries = node.as_map().unwrap_or_default().iter();
        let field = declaration.field("section").map(|it| &declaration.fields[it]);
        let mut entries = entries.filter(|it| field.is_some_and(|field| field.is_called(&it.key)));
        let span = entries.next().map_or(node.span, |it| it.value.span);
        let found = Section::named(sections, word, text.locate(span));
        found.map_err(|it| sink.push(*it)).map(|it| it.id.clone()).ok()
    });
    let word = |name: &str| value(name).and_then(Value::as_text).map(str::to_owned);
    let is = |name: &str| value(name) == Some(&Value::Boolean(true));
    let span = |name: &str| node.get(name).map_or(node.span, |it| it.span);
    let happens = word("happens").and_then(|written| {
        let moment = happening::parse(&written);
        if moment.is_none() {
            let place = text.locate(span("happens"));
            let diagnostic = wrong_type(place, "happens", "happening", &written);
            sink.push(match happening::fault(&written) {
                Some(advice) => diagnostic.help(advice),
                None => diagnostic,
            });
        }
        moment
    });
    if is("urgent") && date("until").is_none() {
        let place = text.locate(span("urgent"));
        sink.push(missing(place, "until", "urgent"));
    }
    let (kind, until) = (kind(&text, value)?, date("until"));
    let posted = date("date");
    let label = |name: &str, language: &str| {
        let field = declaration.field(name).map(|it| &declaration.fields[it]);
        field.map_or_else(String::new, |it| it.label.get(language).to_owned())
    };
    let ended = happens.and_then(|moment| moment.until);
    for (start, first, end, last) in [
        ("date", posted, "until", until),
        ("date", posted, "updated", date("updated")),
        ("happens", ended, "until", until),
    ] {
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            sink.push(
                Diagnostic::error(Code::EndsBeforeStarts, text.locate(span(end)))
                    .arg_by_language("start", |language| label(start, language))
                    .arg_by_language("end", |language| label(end, language))
                    .related(text.locate(span(start)), "start")
                    .help("swap"),
            );
        }
    }
    let notice = Notice {
        place,
        slug: notice::slug(&text.path),
        file: text.path.clone(),
        title: word("title")?,
        kind,
        section,
        until,
        pinned: is("pinned"),
        source: word("source"),
        number: word("number"),
        updated: date("updated"),
        change: word("change"),
        happens,
        urgent: is("urgent"),
        tags: value("tags").map_or_else(Vec::new, |tags| {
            tags.each().iter().filter_map(Value::as_text).map(str::to_owned).collect()
        }),
        checked: checked_files(value),
        posting,
    };
    // The file was read into more room than it takes, and articles are held for a while.
    text.content.shrink_to_fit();
    Some((notice, Article { text, body }))
}

/// Says of a field that lasting pages do not have and notices do where notices belong.
fn tell_from_notice(diagnostic: &mut Diagnostic) {
    let is_of_notices = |name: &str| {
        let fields = &builtin::get().notice.fields;
        fields.iter().any(|field| field.is_called(name))
    };
    let mut args = diagnostic.args.iter();
    let mut is_meant = || args.any(|(name, field)| *name == "field" && is_of_notices(field));
    if diagnostic.code == Code::UnknownField && is_meant() {
        diagnostic.help = Some("notice".into());
    }
}

/// Whether it is a notice or a lasting page, which its file decides; nothing for a notice without a
/// date.
fn kind<'v>(text: &Text, value: impl Fn(&str) -> Option<&'v Value>) -> Option<ArticleKind> {
    if !notice::is_page(&text.path) {
        return value("date")?.as_date().map(ArticleKind::Notice);
    }
    let order = value("order").and_then(|order| match order {
        Value::Integer(number) => Some(*number),
        _ => None,
    });
    Some(ArticleKind::Page(order))
}

/// What the front matter says of attached files that somebody looked at: who, when, and which. All
/// three have to be there.
fn checked_files<'v>(value: impl Fn(&str) -> Option<&'v Value>) -> Option<CheckedFiles> {
    let files = match value("checked_files")? {
        Value::List(files) => files.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        file => vec![file.as_text()?.to_owned()],
    };
    let by = value("checked_by")?.as_text()?.to_owned();
    Some(CheckedFiles { by, on: value("checked_on")?.as_date()?, files })
}

/// Whether front matter was probably meant: a fence of other dashes or below a blank line, or a title
/// without a fence above it.
fn looks_begun(content: &str) -> bool {
    let first = content.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_fence = first.chars().count() >= 2 && first.chars().all(|ch| "-－—–―─".contains(ch));
    let keys = ["title", "标题", "date", "日期"];
    let key = first.split([':', '：']).next().unwrap_or_default();
    is_fence || first != key && keys.contains(&key.trim_end())
}

/// Where the front matter stands between two lines `---`, and where the body begins, in bytes of
/// the file. Errors if the first line is missing, or the second.
///
/// A line of three dashes and nothing but blanks behind them is a fence, whether lines end with
/// `\n` or `\r\n`. The first has to be the very first line: a blank line before it is an error.
/// Further fences belong to the body, where `---` is a rule of Markdown.
pub(crate) fn split(text: &Text) -> Result<(Range<usize>, usize), Box<Diagnostic>> {
    let content = &text.content;
    let line_end =
        |from: usize| content[from..].find('\n').map_or(content.len(), |it| from + it + 1);
    let is_fence = |from: usize, to: usize| content[from..to].trim_end() == "---";
    let first = line_end(0);
    if !is_fence(0, first) {
        let span = Span::new(0, content.lines().next().map_or(0, str::len));
        let help = match () {
            () if looks_begun(content) => "fence",
            () if notice::is_page(&text.path) => "page",
            () => "add",
        };
        return Err(Box::new(
            Diagnostic::error(Code::FrontMatterMissing, text.locate(span)).help(help),
        ));
    }
    let mut line = first;
    while line < content.len() {
        let next = line_end(line);
        if is_fence(line, next) {
            return Ok((first..line, next));
        }
        line = next;
    }
    let span = Span::new(0, content[..first].trim_end().len());
    Err(Box::new(Diagnostic::error(Code::FrontMatterUnclosed, text.locate(span)).help("close")))
}
