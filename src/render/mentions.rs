//! Which words the templates of a page say.
//!
//! What a record says of the day, such as whether it is past, is another tomorrow, and a page that
//! was given it has to be made again then. So only pages whose templates say `past` are given that:
//! an archive whose list shows nothing of it is as it was, whatever days go by. Nor is anything
//! computed for a page that does not name it: charts, weeks, what records are called in a list.
//!
//! Texts are searched, not parsed. That finds more than is there, never less: a template reaches
//! another by its name, and components are reached from everywhere.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use memchr::memmem;

use crate::render::theme::Theme;

/// A word that a template has to say before its page is given what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// What today and the next days bring.
    Agenda,
    /// What the element of a record is called.
    Anchor,
    /// How many days are left of a period.
    DaysLeft,
    /// Where things that have numbers are found.
    Finder,
    /// Where a record stands.
    Link,
    /// Which records of a list are of which month.
    Months,
    /// A record is past.
    Past,
    /// The numbers of charts.
    Series,
    /// What became of a record.
    State,
    /// A record is of today.
    Today,
    /// The weeks of what is to come.
    Weeks,
    /// Which records of a list are of which year.
    Years,
}

impl Word {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Agenda, "agenda"),
        (Self::Anchor, "anchor"),
        (Self::DaysLeft, "days_left"),
        (Self::Finder, "finder"),
        (Self::Link, "link"),
        (Self::Months, "months"),
        (Self::Past, "past"),
        (Self::Series, "series"),
        (Self::State, "state"),
        (Self::Today, "today"),
        (Self::Weeks, "weeks"),
        (Self::Years, "years"),
    ];

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Which of the words some templates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SaidWords(u16);

impl SaidWords {
    /// They say that word.
    pub(crate) fn has(self, word: Word) -> bool {
        self.0 & word.bit() != 0
    }

    /// What the word stands for, if they say it. It is not computed otherwise.
    pub(crate) fn given<T>(self, word: Word, value: impl FnOnce() -> T) -> Option<T> {
        self.has(word).then(value)
    }
}

/// What was found of each template.
#[derive(Default)]
pub(crate) struct Mentions(Mutex<HashMap<String, SaidWords>>);

impl Mentions {
    /// Which words these templates, and all that they may include, extend or call, say. It is
    /// searched for once for each list of templates.
    pub(crate) fn of(&self, theme: &Theme, templates: &[String]) -> SaidWords {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(templates.join("\n")).or_insert_with(|| {
            let texts = reached(theme, templates);
            let is_said = |word: &str| texts.iter().any(|text| has_word(text, word));
            let said = Word::ALL.iter().filter(|(_, text)| is_said(text));
            SaidWords(said.fold(0, |bits, (word, _)| bits | word.bit()))
        })
    }
}

/// The texts of some templates and of those that they may use.
fn reached<'t>(theme: &'t Theme, templates: &[String]) -> Vec<&'t str> {
    let all = theme.layers.iter().flat_map(|layer| &layer.templates);
    let first = |(name, text): &(&String, &str)| {
        templates.contains(name) || memmem::find(text.as_bytes(), b"component").is_some()
    };
    let all = all.map(|(name, text)| (name, text.content.as_str()));
    let (mut reached, mut others): (Vec<_>, Vec<_>) = all.partition(first);
    let mut next = 0;
    while let Some((_, text)) = reached.get(next).copied() {
        let (named, rest) = others
            .into_iter()
            .partition(|(name, _)| memmem::find(text.as_bytes(), name.as_bytes()).is_some());
        reached.extend::<Vec<_>>(named);
        others = rest;
        next += 1;
    }
    reached.into_iter().map(|(_, text)| text).collect()
}

/// A text has a word that is no part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    memmem::find_iter(text.as_bytes(), word).any(|at| {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + word.len()..]);
        !is_part(before.last()) && !is_part(after.first())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{render::theme, source::MemoryWorld};

    #[test]
    fn words_are_those_of_the_templates_that_a_page_reaches() {
        let template = |name: &str| format!("themes/own/templates/{name}");
        let files = [
            ("themes/own/theme.toml".to_owned(), "name = \"own\"\n"),
            (template("cards.html"), "{% extends \"base.html\" %}{{ passed }} {{ a_past }}"),
            (template("base.html"), "{% include \"foot.html\" %}"),
            (template("foot.html"), "{{ record.today }}"),
            (template("ledger.html"), "{% if r[\"past\"]-%}{{ series | length }}"),
            (template("parts/all.html"), "{% component row(record: map) %}{{ record.state }}"),
        ];
        let theme = theme::load(&MemoryWorld::new(files), "own").value;
        let said = |name: &str| {
            let words = Mentions::default().of(&theme, &[name.to_owned()]);
            [Word::Past, Word::Today, Word::State, Word::Series].map(|word| words.has(word))
        };
        assert_eq!(said("cards.html"), [false, true, true, false]);
        assert_eq!(said("ledger.html"), [true, false, true, true]);
    }
}
