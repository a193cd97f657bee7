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

use std::sync::OnceLock;

use crate::{
    config::Section,
    diagnostic::{Code, Diagnostic, Severity},
    schema::{
        Collection, Moment, PlaceId, Value, builtin,
        decode::{
            front_matter::{self, FrontMatter},
            hours,
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
/// diagnostic says so. What is wrong with the fields of a draft is a warning, as it is not finished.
/// An unknown section, and an `until` before the `date`, are errors in a draft, too.
///
/// The text is taken by value and handed back in the [`Article`], without a copy. `declaration` is
/// the built-in one of notices or of lasting pages, `sections` are those of the portal.
pub(in crate::schema) fn decode(
    mut text: Text,
    place: PlaceId,
    (declaration, sections): (&Collection, &[Section]),
    around: Surroundings<'_>,
    found: &mut Found<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Notice, Article)> {
    let (front, body) = match front_matter::split(&text) {
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
    let is_page = notice::is_page(&text.path);
    sink[before..].iter_mut().for_each(|it| tell_apart(it, is_page));
    if posting.draft {
        sink[before..].iter_mut().for_each(|it| it.severity = Severity::Warning);
    }
    let allowed = Allowed {
        kinds: &stated::allowed(&stated, around),
        is_founded: personal::is_founded(posting.basis.as_ref()),
    };
    let is_shown = |name: &str| ["objection_how", "slug", "aliases"].contains(&name);
    let how = around.posting.iter().filter(|field| is_shown(field.name));
    let shown = declaration.fields.iter().filter(|field| personal::is_shown(field)).chain(how);
    found.notice(&text, (&node, &shown.collect::<Vec<_>>()), body, allowed);
    let front = FrontMatter { text: &text, node: &node, declaration, values: &values };
    let section = section(&front, sections, sink);
    let happens = happens(&front, sink);
    if front.is("urgent") && front.date("until").is_none() {
        sink.push(missing(front.place("urgent"), "until", "urgent"));
    }
    contradictions(&front, happens, sink);
    let notice = Notice {
        place,
        slug: posting.slug.as_deref().map_or_else(|| notice::slug(&text.path), str::to_owned),
        file: text.path.clone(),
        title: front.word("title")?,
        kind: kind(&front)?,
        section,
        until: front.date("until"),
        pinned: front.is("pinned"),
        source: front.word("source"),
        number: front.word("number"),
        updated: front.date("updated"),
        change: front.word("change"),
        happens,
        urgent: front.is("urgent"),
        tags: front.words("tags"),
        checked: checked_files(&front),
        posting,
    };
    // The file was read into more room than it takes, and articles are held for a while.
    text.content.shrink_to_fit();
    Some((notice, Article { text, body, first_words: OnceLock::new() }))
}

/// Says of a field that only the other sort of article has, notices or lasting pages, where that
/// belongs.
fn tell_apart(diagnostic: &mut Diagnostic, is_page: bool) {
    let built_in = builtin::get();
    let (other, help) =
        if is_page { (&built_in.notice, "notice") } else { (&built_in.page, "page") };
    let is_of_other = |name: &str| other.fields.iter().any(|field| field.is_called(name));
    let mut args = diagnostic.args.iter();
    let mut is_meant = || args.any(|(name, field)| *name == "field" && is_of_other(field));
    if diagnostic.code == Code::UnknownField && is_meant() {
        diagnostic.help = Some(help.into());
    }
}

/// Whether it is a notice or a lasting page, which its file decides; nothing for a notice without a
/// date.
fn kind(front: &FrontMatter<'_>) -> Option<ArticleKind> {
    if !notice::is_page(&front.text.path) {
        return front.date("date").map(ArticleKind::Notice);
    }
    let order = front.value("order").and_then(|order| match order {
        Value::Integer(number) => Some(*number),
        _ => None,
    });
    Some(ArticleKind::Page(order))
}

/// The section that it belongs to, by id. One that the portal does not have is an error.
fn section(
    front: &FrontMatter<'_>,
    sections: &[Section],
    sink: &mut Vec<Diagnostic>,
) -> Option<String> {
    let found = Section::named(sections, &front.word("section")?, front.place("section"));
    found.map_err(|it| sink.push(*it)).map(|it| it.id.clone()).ok()
}

/// When that happens which it announces. What cannot be read is an error, a beginning in the night a
/// warning.
fn happens(front: &FrontMatter<'_>, sink: &mut Vec<Diagnostic>) -> Option<Moment> {
    let written = front.word("happens")?;
    let place = || front.place("happens");
    let hours = happening::hours(&written);
    let starts = hours.as_ref().map(|(starts, _)| (&*starts.0, starts.1));
    let ends = hours.as_ref().and_then(|(_, ends)| ends.as_ref()).map(|it| (&*it.0, it.1));
    let moment = happening::parse(&written);
    if moment.is_some() {
        sink.extend(starts.and_then(|starts| hours::odd(starts, ends, place)));
        return moment;
    }
    if let Some(day) = happening::impossible(&written) {
        let diagnostic = Diagnostic::error(Code::ImpossibleDate, place()).arg("value", day);
        sink.push(diagnostic.arg("type", "date").arg("field", "happens").help("form"));
        return None;
    }
    let diagnostic = wrong_type(place(), "happens", "happening", &written);
    let meant = starts.zip(ends).and_then(|(starts, ends)| hours::meant(starts, ends));
    sink.push(match (meant, happening::fault(&written)) {
        (Some(meant), _) => diagnostic.arg("meant", meant).help("later"),
        (None, Some(advice)) => diagnostic.help(advice),
        (None, None) => diagnostic,
    });
    moment
}

/// Reports days that cannot both be meant: one that ends before it begins.
fn contradictions(front: &FrontMatter<'_>, happens: Option<Moment>, sink: &mut Vec<Diagnostic>) {
    let (posted, until) = (front.date("date"), front.date("until"));
    let ended = happens.and_then(|moment| moment.until);
    for (start, first, end, last) in [
        ("date", posted, "until", until),
        ("date", posted, "updated", front.date("updated")),
        ("happens", ended, "until", until),
    ] {
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            sink.push(
                Diagnostic::error(Code::EndsBeforeStarts, front.place(end))
                    .arg_by_language("start", |language| front.label(start, language))
                    .arg_by_language("end", |language| front.label(end, language))
                    .related(front.place(start), "start")
                    .help("swap"),
            );
        }
    }
}

/// What the front matter says of attached files that somebody looked at: who, when, and which. All
/// three have to be there.
fn checked_files(front: &FrontMatter<'_>) -> Option<CheckedFiles> {
    let files = front.words("checked_files");
    let (by, on) = (front.word("checked_by")?, front.date("checked_on")?);
    (!files.is_empty()).then_some(CheckedFiles { by, on, files })
}
