//! The declarations that the program brings along.
//!
//! They are YAML like a portal's own, and a portal's declaration of the same name replaces one.
//! They are decoded once in the life of the program, when they are first needed.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use crate::{
    config::{Config, Levels},
    schema::{Collection, collection::Choice, declaration},
    source::{SitePath, Text},
    text::Localized,
};

macro_rules! declarations {
    ($($name:literal,)+) => {
        /// The built-in declarations: name and YAML.
        pub const DECLARATIONS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("builtin/", $name, ".yaml"))),)+];
    };
}

declarations! {
    "committees", "flag-raising", "grids", "honors", "indicators", "legal-aid", "mediation",
    "patrols", "responses", "volunteers", "zero-incident",
}

/// The fields of `place.yaml` and of the front matter of notices and lasting pages are declared like
/// those of collections.
const PLACE: &str = include_str!("builtin/place.yaml");
const NOTICE: &str = include_str!("builtin/notice.yaml");
const PAGE: &str = include_str!("builtin/page.yaml");

/// So is what every record and notice may say of its own publication.
const POSTING: &str = include_str!("builtin/posting.yaml");

/// The built-in declarations, decoded.
#[derive(Debug, Clone)]
pub(crate) struct Builtin {
    pub(super) collections: BTreeMap<String, Collection>,
    pub(crate) place: Collection,
    pub(crate) notice: Collection,
    pub(crate) page: Collection,
    pub(crate) posting: Collection,
}

/// The built-in declarations.
pub(crate) fn get() -> &'static Builtin {
    static BUILT_IN: LazyLock<Builtin> = LazyLock::new(load);
    &BUILT_IN
}

/// The declaration of places in a portal with these levels.
pub(crate) fn place(levels: &Levels) -> Cow<'static, Collection> {
    let mut declared = Cow::Borrowed(&get().place);
    if levels.added.is_empty() {
        return declared;
    }
    let own = levels.added.iter().map(|level| Choice {
        value: level.id.clone(),
        label: if level.title.is_empty() {
            Localized::plain(&*level.id)
        } else {
            level.title.clone()
        },
    });
    let own: Vec<Choice> = own.collect();
    let place = declared.to_mut();
    if let Some(level) = place.field("level") {
        place.fields[level].choices.extend(own);
    }
    declared
}

/// The built-in collections, in the order of their names.
pub fn collections() -> impl Iterator<Item = &'static Collection> {
    get().collections.values()
}

/// Decodes all of them. It panics at a mistake in one, which no user can make.
fn load() -> Builtin {
    let decode = |name: &str, yaml: &str| {
        let path = SitePath::new(format!("builtin/{name}.yaml"));
        let text = Text { path, content: yaml.to_owned() };
        let decoded = declaration::decode(&text, &Config::default(), &[]);
        decoded.value.expect("built-in declarations are tested to have no mistakes")
    };
    let named = |(name, yaml): &(&str, &str)| ((*name).to_owned(), decode(name, yaml));
    Builtin {
        collections: DECLARATIONS.iter().map(named).collect(),
        place: decode("place", PLACE),
        notice: decode("notice", NOTICE),
        page: decode("page", PAGE),
        posting: decode("posting", POSTING),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_have_no_mistakes() {
        let others = [("place", PLACE), ("notice", NOTICE), ("page", PAGE), ("posting", POSTING)];
        for (name, yaml) in DECLARATIONS.iter().chain(&others) {
            let path = SitePath::new(format!("builtin/{name}.yaml"));
            let decoded = declaration::decode(
                &Text { path, content: (*yaml).to_owned() },
                &Config::default(),
                &[],
            );
            assert_eq!(decoded.diagnostics, [], "{name}");
            assert_eq!(decoded.value.unwrap().name, *name);
        }
    }
}
