//! Markdown to HTML.
//!
//! [`render`] is the whole way. The source is shown to the parser in a `Disguise` that makes `**`
//! work beside Chinese punctuation (`emphasis`); then each file changes the parser's events in one
//! respect: `breaks`, `headings`, `elements` (links, images, tables, raw HTML) and `footnotes`.
//! What remains is the parser's own HTML. Nothing here reads a file: where a link leads is the
//! caller's to say, through [`Resolve`].

mod breaks;
mod characters;
mod elements;
mod emphasis;
mod footnotes;
mod headings;
mod inline;
mod raw;
mod sanitize;
mod summary;
mod tag;
mod targets;
mod url;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, html};

use self::{emphasis::Disguise, inline::Line, targets::Targets};

pub use self::url::percent_decode;

/// A Markdown text as HTML.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// Ready for the page: no scripts, no styles, every element closed.
    pub html: String,
    /// In the order of the text, at the levels they have on the page.
    pub headings: Vec<Heading>,
    /// What is wrong with its links and images.
    pub problems: Vec<Problem>,
    /// The first words, some two hundred characters, without form and on one line.
    pub text: String,
}

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 2 to 6: if the source uses `#`, which is the page's own title, all are moved down.
    pub level: u8,
    /// What follows `#` in a link to it: its text in lower case with hyphens for spaces, without
    /// punctuation, and numbered if it is not the first of its name.
    pub id: String,
    /// What it says, without form.
    pub text: String,
}

/// Something wrong with a link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In the source, in bytes: the target, or the whole link if the target stands elsewhere.
    pub range: Range<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong with a link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A link leads nowhere. It is kept as written.
    Link {
        /// Where it was to lead.
        target: String,
        /// What is missing there.
        broken: Broken,
    },
    /// An image is missing. It is kept as written.
    Image {
        /// Where it was to be.
        target: String,
        /// What is missing there.
        broken: Broken,
    },
    /// The scheme may run a program or read a file. The link is removed, its text stays.
    Dangerous {
        /// In lower case, without the colon.
        scheme: String,
    },
}

/// What a target lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// There is no such file.
    File {
        /// The nearest one that exists.
        near: Option<String>,
    },
    /// The file has no such heading.
    Heading {
        /// The heading's id, decoded.
        heading: String,
        /// The nearest one that exists; never given for a heading of the same text.
        near: Option<String>,
    },
}

/// Knows what the site has. It is asked about targets without a scheme or host; they come as
/// written, without Markdown's escapes but with their own (see [`percent_decode`]).
pub trait Resolve {
    /// What a link leads to. A target that is only a `#heading` is not asked for.
    fn link(&self, target: &str) -> Resolution;

    /// Where an image is.
    fn image(&self, target: &str) -> Resolution;
}

/// What becomes of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is right as written.
    Keep,
    /// It is this address on the page.
    Url(String),
    /// It leads nowhere.
    Broken(Broken),
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// An event of the parser, and where in the source it comes from.
type Placed<'e> = (Event<'e>, Range<usize>);

/// The headings of a text, to check links to them from elsewhere.
pub fn headings(source: &str) -> Vec<Heading> {
    let disguise = Disguise::new(source);
    headings::name(&mut read(&disguise))
}

/// Renders a text.
pub fn render(source: &str, resolve: &dyn Resolve) -> Rendered {
    let disguise = Disguise::new(source);
    finish(source, read(&disguise), resolve)
}

/// Renders a short text, such as a field of a record, as one paragraph without its `<p>`. Nothing
/// in it is a block: `1. 甲` and `# 甲` are plain words.
pub fn render_inline(source: &str, resolve: &dyn Resolve) -> Rendered {
    let line = Line::new(source);
    let disguise = Disguise::new(&line.text);
    let mut rendered = finish(&line.text, inline::bare(read(&disguise)), resolve);
    for problem in &mut rendered.problems {
        problem.range = line.in_source(problem.range.clone());
    }
    rendered
}

fn finish(source: &str, mut events: Vec<Placed<'_>>, resolve: &dyn Resolve) -> Rendered {
    let headings = headings::name(&mut events);
    let text = summary::summarize(&events);
    let mut targets = Targets::new(&headings, resolve);
    let events = elements::write(source, events, &mut targets);
    let problems = targets.problems;
    let html = to_html(footnotes::gather(events));
    Rendered { html, headings, problems, text }
}

fn parse<'d>(disguise: &'d Disguise<'_>) -> Vec<Placed<'d>> {
    let parser = Parser::new_ext(&disguise.text, OPTIONS).into_offset_iter();
    let mut events = parser.map(|(event, range)| (disguise.lift(event), range)).collect();
    breaks::join(&mut events);
    events
}

/// What the parser makes of a source, without what no reader sees.
fn read<'d>(disguise: &'d Disguise<'_>) -> Vec<Placed<'d>> {
    let mut events = parse(disguise);
    if events.iter().any(|it| matches!(it.0, Event::InlineHtml(_))) {
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
