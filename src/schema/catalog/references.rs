//! References, checked once all declarations are read: the collection exists, and its records can be
//! named by their key.

use crate::{
    diagnostic::{Code, Diagnostic, Location, nearest, with_near},
    schema::{Collection, Collections, Field},
    source::{self, World, yaml::Node},
};

/// An error for each reference that can name nothing, where its declaration says `to`.
pub(super) fn check(world: &dyn World, collections: &Collections) -> Vec<Diagnostic> {
    let all = collections.iter().flat_map(|(_, it)| it.references().map(move |field| (it, field)));
    let wrong = all.filter_map(|(collection, (_, field, to))| {
        let wrong = wrong(collections, to)?;
        let place = to_line(world, collection, field);
        Some(wrong.told(collections, place).arg("field", field.name).arg("to", to))
    });
    wrong.collect()
}

/// Why a reference can name nothing.
enum Wrong<'a> {
    /// There is no such collection.
    Unknown(&'static str),
    /// Nothing tells its records apart.
    NoKey(&'a Collection),
    /// Its key holds something that must not stand in other lists, or has no words.
    Unfit(&'a Collection, &'a Field),
}

/// What is wrong with references to that collection. One whose declaration is broken is reported
/// there.
fn wrong<'a>(collections: &'a Collections, to: &'static str) -> Option<Wrong<'a>> {
    let Some(id) = collections.find(to) else { return Some(Wrong::Unknown(to)) };
    let collection = collections.get(id);
    if collection.fields.is_empty() {
        return None;
    }
    if collection.key.is_empty() {
        return Some(Wrong::NoKey(collection));
    }
    collection.unnameable().map(|field| Wrong::Unfit(collection, field))
}

impl Wrong<'_> {
    fn told(&self, collections: &Collections, place: Location) -> Diagnostic {
        let diagnostic = Diagnostic::error(Code::UnfitReference, place);
        match self {
            Wrong::Unknown(to) => {
                let known: Vec<&str> = collections.iter().map(|(_, it)| &*it.name).collect();
                let near = nearest(to, known.iter().copied());
                with_near(diagnostic.arg("reason", "unknown"), near, &known)
            }
            Wrong::NoKey(it) => diagnostic
                .arg("reason", "no-key")
                .related(it.location.clone(), "declared")
                .help("key"),
            Wrong::Unfit(it, part) => diagnostic
                .arg("reason", "part")
                .arg("part", part.name)
                .related(it.location.clone(), "declared")
                .help("part"),
        }
    }
}

/// Where a declaration says which collection a field names; the file alone if it cannot be read any
/// more. Built-in declarations have no references.
fn to_line(world: &dyn World, collection: &Collection, field: &Field) -> Location {
    let file = &collection.location.file;
    let line = || {
        let text = source::read(world, file).value?;
        let node = source::read_yaml(&text).value?;
        let fields = node.get("fields")?;
        let declared = match &field.group {
            Some(group) => fields.get(group.name)?.get("fields")?.get(group.part)?,
            None => fields.get(field.name)?,
        };
        Some(text.locate(declared.get("to").map_or(declared.span, |to: &Node<'_>| to.span)))
    };
    line().unwrap_or_else(|| Location::file(file.clone()))
}
