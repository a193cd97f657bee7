//! What masks make of the values in `tests/corpus/masks.txt`, one in each line, and what is left of texts
//! in which names are said: `names → text`. Each stands at the edge of a rule, whose change shows in
//! `snapshots/`.

use super::*;
use crate::{config::Names, scan::tests::documents::lines};

/// All that the masks make of a value.
fn masked(value: &str) -> Vec<String> {
    let masks = [
        ("address", address(value)),
        ("name", person(value, Names::Masked)),
        ("surname", person(value, Names::Surname)),
        ("names", super::super::person::whole_names(value).join("+")),
        ("phone", phone(value)),
        ("email", email(value)),
        ("text", text(value)),
        ("letters", reading::letters(value).into_owned()),
    ];
    masks.map(|(name, masked)| format!("{name} {masked}")).into()
}

/// What is left of a text behind names: those of its own record, and those of others, which are hashed.
fn left(names: &str, text: &str) -> Vec<String> {
    let secret = NameSecret::derived(b"values");
    let of_rule = |rule: Names| {
        let mut traces = Traces::default();
        traces.add(names, rule);
        let hashed = hashed(names, rule, secret);
        let index = NameIndex::new(hashed.iter(), secret);
        [
            traces.remove(text, '*').map(|it| format!("own {it}")),
            reading::without(text, &index, '*').map(|it| format!("other {it}")),
            traces.are_in_address(text).then(|| "in address".to_owned()),
            reading::is_named(text, &index).then(|| "named".to_owned()),
        ]
    };
    [Names::Masked, Names::Surname].into_iter().flat_map(of_rule).flatten().collect()
}

#[test]
fn values_at_the_edges_of_rules() {
    let told = lines("masks.txt").into_iter().map(|value| {
        let found = match value.split_once(" → ") {
            Some((names, text)) => left(names, text),
            None => masked(&value),
        };
        format!("{value} ⇒ {}", found.join(", ")).replace('\n', "\\n")
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}
