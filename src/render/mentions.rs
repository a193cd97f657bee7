//! Which words the templates of a page say.
//!
//! What a record says of the day, such as whether it is past, is another tomorrow, and a page that
//! was given it has to be made again then. So only pages whose templates say `past` are given that:
//! an archive whose list shows nothing of it is as it was, whatever days go by. Nor are charts
//! summed up for templates that draw none.
//!
//! Texts are searched, not parsed. That finds more than is there, never less: a template reaches
//! another by its name, and components are reached from everywhere.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use memchr::memmem;

use crate::render::theme::Theme;

/// What templates say of records.
#[expect(clippy::struct_excessive_bools, reason = "they are words that are said or not")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecordWords {
    /// They say `past`.
    pub(crate) past: bool,
    /// They say `today`.
    pub(crate) today: bool,
    /// They say `state`.
    pub(crate) state: bool,
    /// They say `days_left`.
    pub(crate) days_left: bool,
    /// They say `series`: they draw charts.
    pub(crate) series: bool,
    /// They say `agenda`: what today and the next days bring.
    pub(crate) agenda: bool,
}

/// What was found of each template.
#[derive(Default)]
pub(crate) struct Mentions(Mutex<HashMap<String, RecordWords>>);

impl Mentions {
    /// What these templates, and all that they may include, extend or call, say of records. It is
    /// searched for once for each list of templates.
    pub(crate) fn of(&self, theme: &Theme, templates: &[String]) -> RecordWords {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(templates.join("\n")).or_insert_with(|| {
            let texts = reached(theme, templates);
            let says = |word: &str| texts.iter().any(|text| has_word(text, word));
            RecordWords {
                past: says("past"),
                today: says("today"),
                state: says("state"),
                days_left: says("days_left"),
                series: says("series"),
                agenda: says("agenda"),
            }
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
            (words.past, words.today, words.state, words.series)
        };
        assert_eq!(said("cards.html"), (false, true, true, false));
        assert_eq!(said("ledger.html"), (true, false, true, true));
    }
}
