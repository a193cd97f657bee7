//! How deep templates are nested, in themselves and by one another.
//!
//! The engine follows nesting by calling itself, and some of it without a limit of its own. So
//! [`check`] looks for what is too deep before the engine gets the templates:
//!
//! | what | limit |
//! | --- | --- |
//! | `if` and `elif` that are open at one place | 60 |
//! | templates that extend or include one another, through components, too | 8 in a row |

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::render::tags::{Tags, Token};

/// How many `if` and `elif` may be open at one place. The engine takes each `elif` for an `if` in
/// the one before, and follows them by calling itself.
const MAX_BRANCHES: usize = 60;

/// How many templates may extend or include one another in a row, through components, too. The
/// engine stops components that call one another, but not what these include.
const MAX_CHAIN: usize = 8;

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

#[cfg(test)]
mod tests {
    use super::*;

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
