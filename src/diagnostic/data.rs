//! A diagnostic as data, and how checks write one.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Language, Location, Replacement};

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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// The keys of the telephone numbers that it is about: it is no mistake if offices publish all
    /// of them, which is known when the whole portal is. Of most diagnostics empty.
    pub numbers: Vec<u64>,
    /// What would mend it, in the file of its location, if that can be said for certain; else empty.
    /// All of it together, or nothing.
    pub fix: Vec<Replacement>,
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
            numbers: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// Something to look at that does not stop the build.
    pub fn warning(code: Code, location: Location) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, location) }
    }

    /// Information that was requested, and no mistake.
    pub fn note(code: Code, location: Location) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, location) }
    }

    /// Adds a word for the message to speak of.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Adds a word that each language has its own form of. `word` is called with the tags of the
    /// languages, and the argument stands under the name and the tag: `label@en`.
    #[must_use]
    pub fn arg_by_language(mut self, name: &str, word: impl Fn(&str) -> String) -> Self {
        for language in Language::ALL {
            self.args.push((Cow::Owned(format!("{name}@{language}")), word(language.as_str())));
        }
        self
    }

    /// Chooses the message's attribute that says what to write instead.
    #[must_use]
    pub fn help(mut self, attribute: &'static str) -> Self {
        self.help = Some(Cow::Borrowed(attribute));
        self
    }

    /// Says what would mend it for certain.
    #[must_use]
    pub fn fixed_by(mut self, fix: Vec<Replacement>) -> Self {
        self.fix = fix;
        self
    }

    /// What would mend it, as everybody may read it: nothing if it would write a word where the quoted
    /// line has stars.
    pub fn shown_fix(&self) -> &[Replacement] {
        let quote = self.location.quote.as_ref();
        let line = self.location.range.map(|it| it.start.line);
        let has_stars = |fix: &Replacement| {
            let Some(quote) = quote.filter(|_| line == Some(fix.range.start.line)) else {
                return true;
            };
            let before = fix.range.start.column.saturating_sub(quote.column) as usize;
            let length = fix.range.end.column.saturating_sub(fix.range.start.column) as usize;
            quote.text.chars().skip(before).take(length).any(|it| it == '*')
        };
        let is_told =
            |fix: &Replacement| !fix.text.contains(char::is_alphanumeric) || !has_stars(fix);
        if self.fix.iter().all(is_told) { &self.fix } else { &[] }
    }

    /// All places that it speaks of, its own first.
    pub fn places_mut(&mut self) -> impl Iterator<Item = &mut Location> {
        let related = self.related.iter_mut().map(|(place, _)| place);
        std::iter::once(&mut self.location).chain(related)
    }

    /// The same, to look at.
    pub fn places(&self) -> impl Iterator<Item = &Location> {
        std::iter::once(&self.location).chain(self.related.iter().map(|(place, _)| place))
    }

    /// Points at another place, with an attribute of the message as its label.
    #[must_use]
    pub fn related(mut self, location: Location, attribute: &'static str) -> Self {
        self.related.push((location, Cow::Borrowed(attribute)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::{Cell, Position, Quote, Range, SitePath},
        fingerprint::assert_each_field_counts,
    };

    #[test]
    fn no_fix_says_what_the_line_does_not() {
        let place = |column| Position { line: 1, column };
        let told = |line: &str, text: &str| {
            let range = Range { start: place(3), end: place(5) };
            let mut location = Location::line(SitePath::new("a"), 1);
            location.quote = Some(Quote { text: line.to_owned(), column: 1 });
            let fix = vec![Replacement { range, text: text.to_owned() }];
            Diagnostic::error(Code::WrongType, location).fixed_by(fix).shown_fix().len()
        };
        assert_eq!([told("a:bc", "12"), told("a:**", "12"), told("a:**", ": \"")], [1, 0, 1]);
    }

    #[test]
    fn every_field_is_in_the_fingerprint() {
        let file = |name: &str| Location::file(SitePath::new(name));
        let position = |column| Position { line: 1, column };
        let whole = Range { start: position(1), end: position(1) };
        assert_each_field_counts!(
            Diagnostic::error(Code::Tab, file("a")),
            Diagnostic {
                severity: Severity::Note,
                code: Code::EmptyFile,
                args: vec![("a".into(), "b".to_owned())],
                location: file("b"),
                related: vec![(file("b"), "other".into())],
                help: Some("x".into()),
                numbers: vec![1],
                fix: vec![Replacement { range: whole, text: String::new() }],
            }
        );
        assert_each_field_counts!(
            Location::line(SitePath::new("a"), 1),
            Location {
                file: SitePath::new("b"),
                range: Some(Range { start: position(1), end: position(2) }),
                quote: Some(Quote { text: String::new(), column: 1 }),
                cell: Some(Cell { row: 1, column: 0 }),
            }
        );
        assert_each_field_counts!(
            Quote { text: String::new(), column: 1 },
            Quote { text: "a".to_owned(), column: 2 }
        );
        assert_each_field_counts!(
            Replacement { range: whole, text: String::new() },
            Replacement { range: Range { end: position(2), ..whole }, text: "a".to_owned() }
        );
        assert_each_field_counts!(Cell { row: 1, column: 0 }, Cell { row: 2, column: 1 });
        assert_each_field_counts!(position(1), Position { line: 2, column: 2 });
    }
}
