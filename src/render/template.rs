//! Templates as text, before the engine gets them.
//!
//! The engine has no limit on what a template does, and few on how it is nested. So [`check`] looks
//! for nesting that the engine would follow by calling itself, and [`counted`] puts a filter
//! wherever a template can go on without end; the filters count (`meter.rs`):
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

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// The filter that counts what a loop goes over.
pub(super) const EACH: &str = "__each";

/// The filter that counts the bytes of a text that was put together.
pub(super) const GROWN: &str = "__grown";

/// How many `if` and `elif` may be open at one place. The engine takes each `elif` for an `if` in
/// the one before, and follows them by calling itself.
const MAX_BRANCHES: usize = 60;

/// How many templates may extend or include one another in a row, through components, too. The
/// engine stops components that call one another, but not what these include.
const MAX_CHAIN: usize = 8;

/// What stands between `{{` and `}}`, or `{%` and `%}`.
struct Tag<'t> {
    /// It is of the second kind.
    is_block: bool,
    tokens: Vec<Token<'t>>,
}

/// A word, a text in quotation marks, a number or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'t> {
    text: &'t str,
    at: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_word(&self) -> bool {
        self.text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
    }
}

/// The signs of more than one character.
const SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// Reads the tags of a template one after the other, without comments and what is `raw`.
struct Tags<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            self.at += self.text[self.at..].find('{')?;
            let close = match self.text.as_bytes().get(self.at + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => {
                    self.at += self.text[self.at..].find("#}")? + 2;
                    continue;
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            let tokens = self.tokens(close)?;
            let is_block = close == "%}";
            if is_block && tokens.first().is_some_and(|it| it.text == "raw") {
                self.skip_raw()?;
                continue;
            }
            return Some(Tag { is_block, tokens });
        }
    }
}

impl<'t> Tags<'t> {
    /// Reads a tag to its end, which is `close`. `None` if it has none.
    fn tokens(&mut self, close: &str) -> Option<Vec<Token<'t>>> {
        let mut at = self.at + 2;
        at += usize::from(self.text[at..].starts_with('-'));
        let mut tokens = Vec::new();
        loop {
            at += self.text[at..].len() - self.text[at..].trim_ascii_start().len();
            let rest = &self.text[at..];
            if rest.starts_with(close)
                || rest.strip_prefix('-').is_some_and(|it| it.starts_with(close))
            {
                self.at = at + usize::from(rest.starts_with('-')) + close.len();
                return Some(tokens);
            }
            let length = token_length(rest)?;
            tokens.push(Token { text: &rest[..length], at });
            at += length;
        }
    }

    /// Goes on behind `{% endraw %}`.
    fn skip_raw(&mut self) -> Option<()> {
        loop {
            self.at += self.text[self.at..].find("{%")? + 2;
            let inside = self.text[self.at..].trim_start_matches('-').trim_ascii_start();
            if inside.starts_with("endraw") {
                self.at += self.text[self.at..].find("%}")? + 2;
                return Some(());
            }
        }
    }
}

/// The length of the token that a text begins with; `None` of an empty text, and of a quotation
/// without an end.
fn token_length(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let count = |is_part: fn(char) -> bool| rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => {
            let mut escaped = false;
            let end = rest[1..].find(|it| {
                let is_end = !escaped && it == first;
                escaped = !escaped && it == '\\';
                is_end
            });
            end.map(|end| end + 2)
        }
        '0'..='9' => Some(count(|it| it.is_ascii_digit())),
        it if it.is_ascii_alphabetic() || it == '_' => {
            Some(count(|it| it.is_ascii_alphanumeric() || it == '_'))
        }
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            Some(sign.map_or(first.len_utf8(), |sign| sign.len()))
        }
    }
}

/// What a template nests too deeply, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooDeep {
    /// The template, by its name in the engine.
    pub(super) name: String,
    /// Where in it.
    pub(super) place: Range<usize>,
    /// How deep it may be.
    pub(super) limit: usize,
}

/// Looks for what would be nested too deeply among templates by their names in the engine.
/// `prefixes` are what the engine puts before a name, one after the other, until it finds one.
pub(super) fn check(templates: &[(String, String)], prefixes: &[String]) -> Vec<TooDeep> {
    let mut found: Vec<TooDeep> =
        templates.iter().filter_map(|(name, text)| too_many_branches(name, text)).collect();
    found.extend(too_long_chain(templates, prefixes));
    found
}

/// The first `if` or `elif` with too many others open around it.
fn too_many_branches(name: &str, text: &str) -> Option<TooDeep> {
    let mut open: Vec<usize> = Vec::new();
    for tag in (Tags { text, at: 0 }).filter(|tag| tag.is_block) {
        let Some(word) = tag.tokens.first() else { continue };
        match (word.text, open.last_mut()) {
            ("if", _) => open.push(1),
            ("elif", Some(branches)) => *branches += 1,
            ("endif", _) => drop(open.pop()),
            _ => {}
        }
        if open.iter().sum::<usize>() > MAX_BRANCHES {
            let place = word.at..word.end();
            return Some(TooDeep { name: name.to_owned(), place, limit: MAX_BRANCHES });
        }
    }
    None
}

/// A template or a component, as something that leads to others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'t> {
    Template(&'t str),
    /// All components of that name are one.
    Component(String),
}

/// How one part leads to another.
struct Link<'t> {
    from: Part<'t>,
    to: Part<'t>,
    /// It extends or includes it; else it calls it.
    is_template: bool,
    /// Where it says so.
    place: Range<usize>,
}

/// What a template and the components in it lead to. `resolve` finds a template by the name by which
/// others know it.
fn links<'t>(
    name: &'t str,
    text: &'t str,
    resolve: impl Fn(&str) -> Option<&'t str>,
) -> Vec<Link<'t>> {
    let mut links = Vec::new();
    let mut from = Part::Template(name);
    for tag in (Tags { text, at: 0 }) {
        match tag.tokens[..] {
            [word, target, ..] if tag.is_block && ["extends", "include"].contains(&word.text) => {
                let target_name = target.text.trim_matches(['"', '\'', '`']);
                links.extend(resolve(target_name).map(|to| {
                    let (to, place) = (Part::Template(to), target.at..target.end());
                    Link { from: from.clone(), to, is_template: true, place }
                }));
            }
            [word, ..] if tag.is_block && word.text == "component" => {
                from = Part::Component(dotted(&tag.tokens[1..]));
            }
            [word, ..] if tag.is_block && word.text == "endcomponent" => {
                from = Part::Template(name);
            }
            _ => {}
        }
        for (index, sign) in tag.tokens.iter().enumerate().filter(|(_, it)| it.text == "<") {
            let to = Part::Component(dotted(&tag.tokens[index + 1..]));
            let place = sign.at..sign.end();
            links.push(Link { from: from.clone(), to, is_template: false, place });
        }
    }
    links
}

/// The name that some tokens begin with: `card.row` of `card.row(a=1)`.
fn dotted(tokens: &[Token<'_>]) -> String {
    let parts = tokens.iter().take_while(|token| token.is_word() || token.text == ".");
    let mut end = tokens.first().map_or(0, |it| it.at);
    let adjacent = parts.take_while(|token| std::mem::replace(&mut end, token.end()) == token.at);
    adjacent.map(|token| token.text).collect()
}

/// A chain of templates that is too long, at the link that makes it so; a circle is one, too. What
/// is known of a part is how many templates come behind it, which those that lead to it are told.
/// O(links × [`MAX_CHAIN`]).
fn too_long_chain(templates: &[(String, String)], prefixes: &[String]) -> Option<TooDeep> {
    let names: BTreeSet<&str> = templates.iter().map(|(name, _)| &**name).collect();
    let resolve = |name: &str| {
        let prefixed = || prefixes.iter().find_map(|it| names.get(&*format!("{it}{name}")));
        names.get(name).or_else(prefixed).copied()
    };
    let mut leading: BTreeMap<Part<'_>, Vec<(&str, Link<'_>)>> = BTreeMap::new();
    for (name, text) in templates {
        for link in links(name, text, resolve) {
            leading.entry(link.to.clone()).or_default().push((name, link));
        }
    }
    let mut behind: BTreeMap<&Part<'_>, usize> = leading.keys().map(|part| (part, 0)).collect();
    let mut changed: Vec<&Part<'_>> = leading.keys().collect();
    while let Some(part) = changed.pop() {
        let so_far = behind.get(part).copied().unwrap_or(0);
        for (name, link) in leading.get(part).into_iter().flatten() {
            let length = so_far + usize::from(link.is_template);
            if length > MAX_CHAIN {
                let (name, place) = ((*name).to_owned(), link.place.clone());
                return Some(TooDeep { name, place, limit: MAX_CHAIN });
            }
            let known = behind.entry(&link.from).or_default();
            if length > *known {
                *known = length;
                changed.push(&link.from);
            }
        }
    }
    None
}

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

    fn check_templates(templates: &[(String, String)]) -> Vec<(String, usize)> {
        let found = check(templates, &["x/".to_owned()]).into_iter();
        found.map(|it| (it.name, it.place.start)).collect()
    }

    #[test]
    fn chains_go_through_components() {
        let check = |templates: &[(&str, &str)]| {
            let templates = templates.iter();
            check_templates(
                &templates
                    .map(|(name, text)| (format!("x/{name}"), (*text).to_owned()))
                    .collect::<Vec<_>>(),
            )
        };
        let row = "{% component a.row(n: integer) %}{% if n %}{{ <a.row n={n - 1} /> }}{% endif %}{% endcomponent %}";
        assert_eq!(check(&[("a", row), ("b", "{{ <a.row n={3} /> }}")]), []);
        let list = "{% component a.list() %}{% include \"b\" %}{% endcomponent %}";
        assert_eq!(check(&[("a", list), ("b", "{{ <a.row /> }}")]), []);
        assert_eq!(check(&[("a", list), ("b", "{% <a.list> %}{% </a.list> %}")]).len(), 1);
        assert_eq!(check(&[("a", list), ("b", "{{ f(b={<a.list />}) }}")]).len(), 1);
        // The templates around a component are none of it.
        let around = format!("{{% include \"b\" %}}{}", list.replace("\"b\"", "\"c\""));
        assert_eq!(check(&[("a", &*around), ("b", "{{ <a.list /> }}"), ("c", "")]), []);
    }

    #[test]
    fn branches_and_chains_have_a_bound() {
        let template = |name: &str, text: String| (format!("x/{name}"), text);
        let branches = |count| format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(count));
        assert_eq!(check_templates(&[template("a", branches(59).repeat(3))]), []);
        assert_eq!(
            check_templates(&[template("a", branches(60))]),
            [("x/a".to_owned(), 10 + 12 * 59 + 3)]
        );
        let chain = |count: usize, word: &str| -> Vec<_> {
            let link =
                |it: usize| template(&it.to_string(), format!("{{% {word} \"{}\" %}}", it + 1));
            (0..count).map(link).chain([template(&count.to_string(), String::new())]).collect()
        };
        for word in ["extends", "include"] {
            assert_eq!(check_templates(&chain(8, word)), []);
            assert_eq!(check_templates(&chain(9, word)).len(), 1);
            assert_eq!(check_templates(&chain(3000, word)).len(), 1);
        }
        let circle = |count: usize| -> Vec<_> {
            let link = |it: usize| {
                template(&it.to_string(), format!("{{% include \"{}\" %}}", (it + 1) % count))
            };
            (0..count).map(link).collect()
        };
        for count in [1, 5, 3000] {
            assert_eq!(check_templates(&circle(count)).len(), 1);
        }
    }
}
