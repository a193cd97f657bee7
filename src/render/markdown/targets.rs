//! What links and images point at.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use super::{
    Broken, Heading, Problem, Resolution, Resolve, Wrong,
    url::{self, Kind},
};

/// Turns the targets of a source into addresses, and collects what is wrong with them.
pub(super) struct Targets<'r> {
    ids: HashSet<&'r str>,
    resolve: &'r dyn Resolve,
    pub(super) problems: Vec<Problem>,
}

/// An address for a link.
pub(super) struct Href<'t> {
    pub(super) url: Cow<'t, str>,
    /// It leads to another site.
    pub(super) is_external: bool,
}

impl<'r> Targets<'r> {
    pub(super) fn new(headings: &'r [Heading], resolve: &'r dyn Resolve) -> Self {
        let ids = headings.iter().map(|it| it.id.as_str()).collect();
        Self { ids, resolve, problems: Vec::new() }
    }

    /// The address of a link; nothing if there must be no link. `place` is where the target is.
    pub(super) fn link<'t>(&mut self, target: &'t str, place: Range<usize>) -> Option<Href<'t>> {
        let kind = url::kind(target);
        let is_external = kind == Kind::External;
        let url = match kind {
            Kind::External | Kind::Contact => Cow::Borrowed(target),
            Kind::Fragment => {
                self.check_fragment(target, place);
                Cow::Borrowed(target)
            }
            // An empty target is the page itself.
            Kind::Local if target.is_empty() => Cow::Borrowed(target),
            Kind::Local => {
                let wrong = |target, broken| Wrong::Link { target, broken };
                self.local(self.resolve.link(target), target, place, wrong)
            }
            Kind::Dangerous(scheme) => return self.refuse(scheme, place),
        };
        Some(Href { url, is_external })
    }

    /// The address of an image; nothing if it must not be shown.
    pub(super) fn image<'t>(
        &mut self,
        target: &'t str,
        place: Range<usize>,
    ) -> Option<Cow<'t, str>> {
        match url::kind(target) {
            Kind::External => Some(Cow::Borrowed(target)),
            Kind::Dangerous(scheme) => self.refuse(scheme, place),
            Kind::Contact => None,
            Kind::Local | Kind::Fragment => {
                let wrong = |target, broken| Wrong::Image { target, broken };
                Some(self.local(self.resolve.image(target), target, place, wrong))
            }
        }
    }

    fn local<'t>(
        &mut self,
        resolution: Resolution,
        target: &'t str,
        place: Range<usize>,
        wrong: impl FnOnce(String, Broken) -> Wrong,
    ) -> Cow<'t, str> {
        match resolution {
            Resolution::Keep => Cow::Borrowed(target),
            Resolution::Url(url) => Cow::Owned(url),
            Resolution::Broken(broken) => {
                self.problems
                    .push(Problem { range: place, wrong: wrong(target.to_owned(), broken) });
                Cow::Borrowed(target)
            }
        }
    }

    fn check_fragment(&mut self, target: &str, place: Range<usize>) {
        let heading =
            url::percent_decode(target.trim_start_matches(|it: char| it <= ' ' || it == '#'));
        // Every page has a top, with or without a name.
        if heading.is_empty() || heading == "top" || self.ids.contains(&*heading) {
            return;
        }
        let broken = Broken::Heading { heading: heading.into_owned(), near: None };
        let wrong = Wrong::Link { target: target.to_owned(), broken };
        self.problems.push(Problem { range: place, wrong });
    }

    fn refuse<T>(&mut self, scheme: String, place: Range<usize>) -> Option<T> {
        self.problems.push(Problem { range: place, wrong: Wrong::Dangerous { scheme } });
        None
    }
}
