//! Templates as text, before the engine gets them.
//!
//! The engine has no limit on what a template does. So a filter is put wherever a template can go on
//! without end; the filters count (`meter.rs`):
//!
//! ```text
//! {% for a in b %}            {% for a in (b) | __each %}
//! [a for a in b if c]         [a for a in (b) | __each if c]
//! [...a, b]                   [...(a) | __each, b]
//! a ~ b == c                  (a ~ b) | __grown == c
//! {% set a %}…{% endset %}    {% set a | __grown %}…{% endset %}
//! ```
//!
//! Nothing else of a template changes, and [`Counted::original`] turns places in the new text into
//! places in the theme's file. A template that is not well formed is read as far as it is; the
//! engine stops there, too, and says why.

use std::ops::Range;

use crate::render::tags::{Tags, Token};

/// The filter that counts what a loop goes over.
pub(super) const EACH: &str = "__each";

/// The filter that counts the bytes of a text that was put together.
pub(super) const GROWN: &str = "__grown";

/// A template in which everything that may go on without end is counted.
pub(super) struct Counted {
    /// What the engine gets.
    pub(super) text: String,
    /// Where something was put in, in the text of the engine, and how long it is.
    inserted: Vec<(usize, usize)>,
}

impl Counted {
    /// Puts the filters that count into a template.
    pub(super) fn new(template: &str) -> Self {
        let mut ranges: Vec<(Range<usize>, &str)> = Vec::new();
        let mut blocks = Vec::new();
        for tag in (Tags { text: template, at: 0 }) {
            let inside = Inside { tokens: &tag.tokens };
            ranges.extend(inside.loops(tag.is_block).into_iter().map(|it| (it, EACH)));
            ranges.extend(inside.spreads().into_iter().map(|it| (it, EACH)));
            ranges.extend(inside.joined().into_iter().map(|it| (it, GROWN)));
            blocks.extend(inside.captured().filter(|_| tag.is_block));
        }
        let opened = ranges.iter().map(|(range, _)| (range.start, 1, usize::MAX - range.end));
        let opened = opened.map(|order| (order, "(".to_owned()));
        let closed = ranges.iter().rev().map(|(range, filter)| {
            // What begins last ends first, and of two ranges that are one the inner.
            ((range.end, 0, usize::MAX - range.start), format!(") | {filter}"))
        });
        let captured = blocks.into_iter().map(|at| ((at, 0, 0), format!(" | {GROWN}")));
        let mut pieces: Vec<_> = opened.chain(closed).chain(captured).collect();
        pieces.sort_by_key(|(order, _)| *order);
        Self::with(template, pieces.into_iter().map(|((at, ..), piece)| (at, piece)))
    }

    /// A template in which nothing is counted.
    pub(super) fn not(template: &str) -> Self {
        Self { text: template.to_owned(), inserted: Vec::new() }
    }

    /// A template with pieces put in at places in it, in order.
    fn with(template: &str, pieces: impl Iterator<Item = (usize, String)>) -> Self {
        let mut this = Self { text: String::with_capacity(template.len()), inserted: Vec::new() };
        let mut done = 0;
        for (at, piece) in pieces {
            this.text.push_str(&template[done..at]);
            this.inserted.push((this.text.len(), piece.len()));
            this.text.push_str(&piece);
            done = at;
        }
        this.text.push_str(&template[done..]);
        this
    }

    /// The place in the theme's file of a place in the engine's text.
    pub(super) fn original(&self, place: Range<usize>) -> Range<usize> {
        let original = |at: usize| {
            let before = self.inserted.iter().take_while(|(start, _)| *start < at);
            at - before.map(|(start, length)| (*length).min(at - start)).sum::<usize>()
        };
        original(place.start)..original(place.end)
    }
}

/// So many tokens of a tag are looked at for the end of an expression. It keeps tags that are nothing
/// but openings from taking the square of their length.
const MAX_AHEAD: usize = 4096;

/// The tokens of a tag.
struct Inside<'a, 't> {
    tokens: &'a [Token<'t>],
}

impl Inside<'_, '_> {
    /// The token at an index, or an empty text.
    fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |it| it.text)
    }

    /// The word at an index is a keyword: not the name of an attribute, as `if` in `a.if` is.
    fn is_keyword(&self, index: usize, words: &[&str]) -> bool {
        let is_attribute =
            index.checked_sub(1).is_some_and(|it| [".", "?."].contains(&self.text(it)));
        words.contains(&self.text(index)) && !is_attribute
    }

    /// Where the bytes of some tokens are; nothing if there are none.
    fn range(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let tokens = self.tokens.get(tokens)?;
        Some(tokens.first()?.at..tokens.last()?.end())
    }

    /// The first token from `start` on, outside of brackets that open behind it, that `is_end`
    /// accepts or that closes a bracket; else the end.
    fn end(&self, start: usize, is_end: impl Fn(usize) -> bool) -> usize {
        let mut depth = 0_usize;
        let end = self.tokens.len().min(start.saturating_add(MAX_AHEAD));
        for index in start..end {
            match self.text(index) {
                _ if depth == 0 && is_end(index) => return index,
                "(" | "[" | "{" | "?[" => depth += 1,
                ")" | "]" | "}" if depth == 0 => return index,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        end
    }

    /// What `for` goes over, in a tag of its own and in lists.
    fn loops(&self, is_block: bool) -> Vec<Range<usize>> {
        let mut loops = Vec::new();
        for index in 0..self.tokens.len() {
            if !self.is_keyword(index, &["for"]) || (index == 0 && !is_block) {
                continue;
            }
            // `for value in`, or `for key, value in`.
            let start = [index + 2, index + 4].into_iter().find(|it| self.text(*it) == "in");
            let Some(start) = start.map(|it| it + 1) else { continue };
            let end = if index == 0 {
                self.tokens.len()
            } else {
                self.end(start, |it| self.is_keyword(it, &["if"]))
            };
            loops.extend(self.range(start..end));
        }
        loops
    }

    /// What `...` spreads.
    fn spreads(&self) -> Vec<Range<usize>> {
        let spreads = (0..self.tokens.len()).filter(|index| self.text(*index) == "...");
        let operand = |index: usize| {
            let end = self.end(index + 1, |it| self.text(it) == ",");
            self.range(index + 1..end)
        };
        spreads.filter_map(operand).collect()
    }

    /// The longest expressions of `~` and of signs that bind more tightly, outside of brackets.
    fn joined(&self) -> Vec<Range<usize>> {
        let mut joined = Vec::new();
        // For each open bracket, where the expression begins, and whether it has a `~`.
        let mut open = vec![(0, false)];
        for index in 0..=self.tokens.len() {
            let text = self.text(index);
            let closes = matches!(text, ")" | "]" | "}");
            let Some(expression) = open.last_mut() else { return joined };
            if text == "~" {
                expression.1 = true;
            } else if closes || index == self.tokens.len() || self.is_looser(index) {
                if expression.1 {
                    joined.extend(self.range(expression.0..index));
                }
                *expression = (index + 1, false);
            }
            if matches!(text, "(" | "[" | "{" | "?[") {
                open.push((index + 1, false));
            } else if closes {
                open.pop();
            }
        }
        joined
    }

    /// A sign or word that ends an expression of `~`.
    fn is_looser(&self, index: usize) -> bool {
        const SIGNS: [&str; 12] =
            [",", "=", ":", "+", "==", "!=", "<", ">", "<=", ">=", "...", "</"];
        const WORDS: [&str; 11] =
            ["if", "elif", "else", "for", "in", "is", "and", "or", "not", "set", "set_global"];
        let is_operand = |index: usize| {
            let token = self.tokens.get(index);
            let is_word = token.is_some_and(|it| it.is_word() && !self.is_keyword(index, &WORDS));
            is_word
                || self.text(index).starts_with(['"', '\'', '`', ')', ']', '}'])
                || self.text(index).starts_with(|it: char| it.is_ascii_digit())
        };
        match self.text(index) {
            // Between two operands it takes away; else it is a part of the second.
            "-" => index.checked_sub(1).is_some_and(is_operand),
            _ => SIGNS.contains(&self.text(index)) || self.is_keyword(index, &WORDS),
        }
    }

    /// Where a `set` ends whose value is what stands up to `endset`.
    fn captured(&self) -> Option<usize> {
        let is_set = ["set", "set_global"].contains(&self.text(0)) && self.text(2) != "=";
        if is_set { self.tokens.last().map(Token::end) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_go_on_is_counted() {
        for (template, expected) in [
            ("{% for a in b %}c{% endfor %}", "{% for a in (b) | __each %}c{% endfor %}"),
            ("{%- for k, v in b.c | d -%}", "{%- for k, v in (b.c | d) | __each -%}"),
            ("{{ [a for a in b] }}", "{{ [a for a in (b) | __each] }}"),
            (
                "{% set x = [a.if for a in f(x=[1, 2]) if a.for] | first if c else d %}",
                "{% set x = [a.if for a in (f(x=[1, 2])) | __each if a.for] | first if c else d %}",
            ),
            (
                "{% for a in [b for b in c if [d for d in e]] %}",
                "{% for a in ([b for b in (c) | __each if [d for d in (e) | __each]]) | __each %}",
            ),
            ("{{ [...a, b, ...c[1:]] }}", "{{ [...(a) | __each, b, ...(c[1:]) | __each] }}"),
            (
                "{{ <x.y z={ {...a, \"b\": c} } /> }}",
                "{{ <x.y z={ {...(a) | __each, \"b\": c} } /> }}",
            ),
            ("{{ a ~ b == c }}", "{{ (a ~ b) | __grown == c }}"),
            ("{% set a = a ~ -1 ~ \"}} ~\" %}", "{% set a = (a ~ -1 ~ \"}} ~\") | __grown %}"),
            (
                "{{ t(id=\"a-\" ~ b | c(d=e ~ f)) ~ g if h ~ i else j - k ~ l }}",
                "{{ (t(id=(\"a-\" ~ b | c(d=(e ~ f) | __grown)) | __grown) ~ g) | __grown \
                 if (h ~ i) | __grown else j - (k ~ l) | __grown }}",
            ),
            ("{% for a in b ~ c %}", "{% for a in ((b ~ c) | __grown) | __each %}"),
            ("{% set a %}b{% endset %}", "{% set a | __grown %}b{% endset %}"),
            ("{% set_global a | b -%}", "{% set_global a | b | __grown -%}"),
            ("{% set a = b %}{{ c.d[e] | f }}", "{% set a = b %}{{ c.d[e] | f }}"),
            (
                "{# {% for a in b %} #}{% raw %}{{ a ~ b }}{% endraw %}",
                "{# {% for a in b %} #}{% raw %}{{ a ~ b }}{% endraw %}",
            ),
            (
                "{ 甲 }{{ \"乙\" }}{% for a in '\\'%}' %}丙",
                "{ 甲 }{{ \"乙\" }}{% for a in ('\\'%}') | __each %}丙",
            ),
        ] {
            let counted = Counted::new(template);
            assert_eq!(counted.text, expected);
        }
        for broken in [
            "{{",
            "{%",
            "{#",
            "{{ \"a",
            "{% raw %}",
            "{% for %}",
            "{{ ) ] } ~ }}",
            "{{ a ~ }}",
            "{{ ... }}",
        ] {
            let _ = Counted::new(broken);
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let template = "{% for a in b %}{{ c ~ d }}{{ e }}{% endfor %}";
        let counted = Counted::new(template);
        for piece in ["for a", "c ~", "{{ e }}", "endfor"] {
            let at = counted.text.find(piece).unwrap();
            let place = counted.original(at..at + piece.len());
            assert_eq!(&template[place], piece);
        }
        let at = counted.text.find(EACH).unwrap();
        assert_eq!(counted.original(at..at + EACH.len()), 13..13);
    }
}
