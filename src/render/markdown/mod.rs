//! Markdown to HTML.
//!
//! [`render`] runs all steps. The source is shown to the parser in a `Disguise` that makes `**`
//! work beside Chinese punctuation (`emphasis`); then each file changes the parser's events in one
//! respect: `lists`, `breaks`, `autolink`, `headings`, `elements` (links, images, tables, raw HTML) and `footnotes`.
//! What remains is the parser's own HTML. Nothing here reads a file: where a link leads is the
//! caller's decision, through [`Resolve`].

mod autolink;
mod breaks;
mod characters;
mod elements;
mod emphasis;
mod footnotes;
mod headings;
mod inline;
mod item_mark;
mod lint;
mod lists;
mod lookalike;
mod masks;
mod phone_link;
mod placed;
mod plain;
mod raw;
mod resolve;
mod sanitize;
mod source_set;
mod spaces;
mod summary;
mod tag;
mod targets;
mod url;

use pulldown_cmark::{Event, Options, Parser, html};

use self::{emphasis::Disguise, inline::InlineSource, placed::Placed, targets::Targets};

pub(super) use self::tag::HtmlTag;
use crate::config::Breaks;

pub use self::{
    headings::Heading,
    plain::{plain, plain_with_summary},
    resolve::{Broken, Mark, Problem, Resolution, Resolve, SiteImage, Unfit, Wrong},
    url::percent_decode,
};

/// A Markdown text as HTML.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// Ready for the page: no scripts, no styles, every element closed.
    pub html: String,
    /// In the order of the text, at the levels they have on the page.
    pub headings: Vec<Heading>,
    /// What is wrong with its form, its links and images.
    pub problems: Vec<Problem>,
    /// The first words, some two hundred characters, without form and on one line.
    pub text: String,
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The headings of a text, to check links to them from elsewhere.
pub fn headings(source: &str) -> Vec<Heading> {
    let disguise = Disguise::new(source);
    headings::name(&mut read(source, &disguise, Breaks::Join))
}

/// The first words of a text, as [`Rendered::text`] has them.
pub fn summary(source: &str, breaks: Breaks) -> String {
    let disguise = Disguise::new(source);
    summary::summarize(&read_words(source, &disguise, breaks))
}

/// Renders a text.
pub fn render(source: &str, resolve: &dyn Resolve) -> Rendered {
    let disguise = Disguise::new(source);
    finish(source, read(source, &disguise, resolve.breaks()), resolve)
}

/// Renders a short text, such as a field of a record, as one paragraph without its `<p>`. Nothing
/// in it is a block: `1. 甲` and `# 甲` are plain words.
pub fn render_inline(source: &str, resolve: &dyn Resolve) -> Rendered {
    let line = InlineSource::new(source);
    let disguise = Disguise::new(&line.text);
    let events = inline::bare(read(&line.text, &disguise, resolve.breaks()));
    let mut rendered = finish(&line.text, events, resolve);
    for problem in &mut rendered.problems {
        problem.range = line.in_source(problem.range.clone());
    }
    rendered
}

fn finish(source: &str, mut events: Vec<Placed<'_>>, resolve: &dyn Resolve) -> Rendered {
    let mut problems = lint::lint(source, &events, resolve.breaks());
    let headings = headings::name(&mut events);
    let text = summary::summarize(&events);
    let lookalikes = lookalike::find(source, &events);
    // Of one link it is told once what is wrong, and by what knows what was meant.
    problems.retain(|problem| !lookalikes.iter().any(|it| it.range.contains(&problem.range.start)));
    problems.extend(lookalikes);
    let mut targets = Targets::new(&headings, resolve, problems);
    let events = elements::write(source, events, &mut targets);
    let problems = targets.problems;
    let html = to_html(footnotes::gather(events));
    Rendered { html, headings, problems, text }
}

fn parse<'d>(source: &str, disguise: &'d Disguise<'_>, breaks: Breaks) -> Vec<Placed<'d>> {
    let parser = Parser::new_ext(&disguise.text, OPTIONS).into_offset_iter();
    let mut events = parser.map(|(event, range)| (disguise.lift(event), range)).collect();
    if breaks != Breaks::Join {
        events = lists::end(source, events);
    }
    breaks::settle(&mut events, breaks);
    events
}

/// What the parser makes of a source, with links for addresses and telephone numbers, and without
/// what no reader sees.
fn read<'d>(source: &str, disguise: &'d Disguise<'_>, breaks: Breaks) -> Vec<Placed<'d>> {
    autolink::link(&disguise.text, read_words(source, disguise, breaks))
}

/// The same without the links, for whoever wants the words alone.
fn read_words<'d>(source: &str, disguise: &'d Disguise<'_>, breaks: Breaks) -> Vec<Placed<'d>> {
    let mut events = parse(source, disguise, breaks);
    if events.iter().any(|event| matches!(event.0, Event::InlineHtml(_))) {
        raw::hide_programs(&mut events);
    }
    events
}

fn to_html(events: Vec<Event<'_>>) -> String {
    if !sanitize::has_raw_html(&events) {
        return write(events);
    }
    let html = write(events.clone());
    if sanitize::is_tame(&html) {
        return sanitize::sanitize(&html);
    }
    // Too entangled to read as HTML, so the reader sees the tags.
    write(events.into_iter().map(|event| match event {
        Event::InlineHtml(html) => Event::Text(html),
        event => event,
    }))
}

fn write<'e>(events: impl IntoIterator<Item = Event<'e>>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    out
}

#[cfg(test)]
mod tests;
