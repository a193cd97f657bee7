//! What there is to tell the editor, as data.
//!
//! Every stage returns [`Checked`]: what it could make, and the [`Diagnostic`]s on the way. A
//! diagnostic holds no sentence: its [`Code`] names a message in `messages/LANGUAGE.ftl`, and its
//! arguments fill it. How it looks is decided in one file per format: [`human`] for a terminal,
//! [`json`], [`sarif`] and [`github`] for machines.

mod code;
pub mod github;
pub mod human;
pub mod json;
mod message;
mod nearest;
#[cfg(test)]
mod samples;
pub mod sarif;

use std::{borrow::Cow, ops::Deref};

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use message::{Language, Messages};
pub use nearest::nearest;
pub(crate) use nearest::with_near;

use crate::source::SitePath;

/// A value, and what there was to say while making it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What could be made. With errors among the diagnostics it may be incomplete.
    pub value: T,
    /// In the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Takes the value and hands the diagnostics to `sink`.
    pub fn report(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built all the same.
    Warning,
    /// Nothing is wrong.
    Note,
}

/// One mistake, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of mistake it is; also the message's name.
    pub code: Code,
    /// What the message speaks of, by name.
    pub args: Vec<(Cow<'static, str>, String)>,
    /// Where it is.
    pub location: Location,
    /// Other places that belong to it, each with the attribute of the message that says how.
    pub related: Vec<(Location, Cow<'static, str>)>,
    /// The attribute of the message that says what to write instead.
    pub help: Option<Cow<'static, str>>,
}

impl Diagnostic {
    /// A mistake that stops the build.
    pub fn error(code: Code, location: Location) -> Self {
        Self {
            severity: Severity::Error,
            code,
            args: Vec::new(),
            location,
            related: Vec::new(),
            help: None,
        }
    }

    /// Something to look at that does not stop the build.
    pub fn warning(code: Code, location: Location) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, location) }
    }

    /// Something that was asked for, and no mistake.
    pub fn note(code: Code, location: Location) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, location) }
    }

    /// Adds a word for the message to speak of.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Adds a word that each language has its own form of. `word` is asked with the tags of the
    /// languages, and the argument stands under the name and the tag: `label@en`.
    #[must_use]
    pub fn arg_by_language(mut self, name: &str, word: impl Fn(&str) -> String) -> Self {
        for language in Language::ALL {
            self.args.push((Cow::Owned(format!("{name}@{language}")), word(language.as_str())));
        }
        self
    }

    /// Chooses the message's attribute that tells what to write instead.
    #[must_use]
    pub fn help(mut self, attribute: &'static str) -> Self {
        self.help = Some(Cow::Borrowed(attribute));
        self
    }

    /// Points at another place, told by an attribute of the message.
    #[must_use]
    pub fn related(mut self, location: Location, attribute: &'static str) -> Self {
        self.related.push((location, Cow::Borrowed(attribute)));
        self
    }
}

/// A place in a file of the site, with the line that stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Location {
    /// The file, relative to the site.
    pub file: SitePath,
    /// Where in the file; the whole file if absent.
    pub range: Option<Range>,
    /// What stands there.
    pub quote: Option<Quote>,
}

/// The first line of a place, without its line end; of a very long line the part around the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Quote {
    /// The line.
    pub text: String,
    /// The column of its first character in the file: 1, unless the line is long.
    pub column: u32,
}

impl Deref for Quote {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Location {
    /// A whole file, or a folder.
    pub fn file(file: SitePath) -> Self {
        Self { file, range: None, quote: None }
    }

    /// Where a line begins, without what stands there.
    pub fn line(file: SitePath, line: u32) -> Self {
        let start = Position { line, column: 1 };
        Self { file, range: Some(Range { start, end: start }), quote: None }
    }
}

/// From the first character to the one after the last. It may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Range {
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// Line and column, both from 1; columns count Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// Puts diagnostics in the order in which they are told, errors and warnings together: by file,
/// line, column, then code. Says each of them once; so too a template's mistake, which comes up on
/// every page that is made from it.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.location, a.severity, a.code.name(), &a.args).cmp(&(
            &b.location,
            b.severity,
            b.code.name(),
            &b.args,
        ))
    });
    diagnostics.dedup_by(|again, first| {
        again == first
            || first.code == Code::TemplateError
                && (&again.code, &again.location) == (&first.code, &first.location)
    });
}

/// How many mistakes of one file are told of. Nobody reads more, and a file of millions of them
/// would fill the memory.
pub const MOST: usize = 200;

/// There is enough to say about a file; from here on it is no longer looked at. `sink` holds what
/// was said of this file alone.
pub fn enough(file: &SitePath, sink: &mut Vec<Diagnostic>) -> bool {
    if sink.len() < MOST {
        return false;
    }
    if !sink.iter().any(|it| it.code == Code::TooManyMistakes) {
        sink.push(
            Diagnostic::error(Code::TooManyMistakes, Location::file(file.clone()))
                .arg("limit", MOST.to_string())
                .help("first"),
        );
    }
    true
}

/// How many errors and how many warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of = |severity| diagnostics.iter().filter(|it| it.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
