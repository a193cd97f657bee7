//! Names of persons who withdrew, where content still has them.
//!
//! A name may be that of somebody else, so nothing is taken out: staff get a warning.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Validity,
    diagnostic::{Code, Diagnostic, Location},
    disclosure::{
        Portal,
        facts::{Withdrawn, location},
    },
    fingerprint::Fingerprint,
    schema::{PlaceId, PlaceTree, Record, RecordSet, TreeNode, Value, notice::Article},
    source::Span,
};

/// Where content has names of persons who withdrew, from build to build.
pub type WithdrawnNames = PlaceTree<PlaceNames>;

/// What was found at a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceNames {
    /// For each record set, then each notice: what it was compared with, and the warnings.
    own: Vec<(Fingerprint, Vec<Diagnostic>)>,
    /// There are warnings, here or at places in it.
    any: bool,
}

/// Returns a warning for each record and notice that has the name of somebody who withdrew. `known`
/// is brought up to date.
pub fn check(portal: &Portal<'_>, known: &mut WithdrawnNames) -> Vec<Diagnostic> {
    let Some(root) = portal.places().first().map(|root| root.id) else { return Vec::new() };
    let names = portal.subtree(root).withdrawn;
    if names == Fingerprint::default() {
        return Vec::new();
    }
    let with_names = portal.walk(|subtree| subtree.withdrawn != Fingerprint::default());
    let sets = with_names.iter().flat_map(|place| &portal.summary_of(*place).sets);
    let withdrawn: Vec<&Withdrawn> = sets.flat_map(|set| &set.facts.withdrawn).collect();
    let from = |place: PlaceId| names.and(portal.subtree(place).output);
    for place in known.stale(portal.places(), &portal.clock, from).into_iter().rev() {
        let own = of_place(portal, place, names, &withdrawn, known.get(place));
        let children = &portal.place(place).children;
        let below = children.iter().any(|child| known.get(*child).is_some_and(|it| it.any));
        let any = below || own.iter().any(|(_, warnings)| !warnings.is_empty());
        let value = PlaceNames { own, any };
        known.set(place, TreeNode { from: from(place), valid: Validity::ALWAYS, value });
    }
    reported(portal, root, known)
}

fn of_place(
    portal: &Portal<'_>,
    place: PlaceId,
    names: Fingerprint,
    withdrawn: &[&Withdrawn],
    known: Option<&PlaceNames>,
) -> Vec<(Fingerprint, Vec<Diagnostic>)> {
    let mut next = 0;
    let mut compared = |key: Fingerprint, compare: &dyn Fn() -> Vec<Diagnostic>| {
        let same = known.and_then(|known| known.own.get(next)).filter(|it| it.0 == key);
        next += 1;
        (key, same.map_or_else(compare, |it| it.1.clone()))
    };
    let summary = portal.summary_of(place);
    let mut own = Vec::with_capacity(summary.sets.len() + summary.notices.len());
    for (index, set) in portal.catalog.sets_of(place).zip(&summary.sets) {
        own.push(compared(names.and(set.key), &|| {
            let records = (!set.facts.silent).then(|| portal.records_at(index)).flatten();
            records.map(|records| in_records(&records, withdrawn)).unwrap_or_default()
        }));
    }
    for (index, notice) in portal.catalog.notices_of(place).zip(&summary.notices) {
        own.push(compared(names.and(notice.key), &|| {
            let id = portal.notices().in_file(index);
            let article = id.and_then(|id| portal.article(id));
            article.and_then(|article| in_article(&article, withdrawn)).into_iter().collect()
        }));
    }
    own
}

/// The warnings of a place and of all places in it.
fn reported(portal: &Portal<'_>, place: PlaceId, known: &WithdrawnNames) -> Vec<Diagnostic> {
    let Some(found) = known.get(place).filter(|found| found.any) else { return Vec::new() };
    let own = found.own.iter().flat_map(|(_, warnings)| warnings.iter().cloned());
    let children = portal.place(place).children.iter();
    own.chain(children.flat_map(|child| reported(portal, *child, known))).collect()
}

/// Returns a warning for each record that has one of the names.
fn in_records(set: &RecordSet, withdrawn: &[&Withdrawn]) -> Vec<Diagnostic> {
    set.records.iter().filter_map(|record| in_record(record, set, withdrawn)).collect()
}

fn in_record(record: &Record, set: &RecordSet, withdrawn: &[&Withdrawn]) -> Option<Diagnostic> {
    let texts = record.values.iter().flat_map(Value::each).filter_map(Value::as_text);
    let named = |text: &str| withdrawn.iter().find(|withdrawn| text.contains(&*withdrawn.name));
    let found = texts.into_iter().find_map(named)?;
    Some(warning(location(&set.files, record), found))
}

/// Returns a warning if a notice has one of the names.
fn in_article(article: &Article, withdrawn: &[&Withdrawn]) -> Option<Diagnostic> {
    let text = &article.text.content;
    let find = |withdrawn: &&'_ Withdrawn| text.find(&*withdrawn.name);
    let (start, found) = withdrawn.iter().find_map(|it| find(it).map(|start| (start, *it)))?;
    let place = article.text.locate(Span::new(start, start + found.name.len()));
    Some(warning(place, found))
}

fn warning(place: Location, withdrawn: &Withdrawn) -> Diagnostic {
    Diagnostic::warning(Code::WithdrawnName, place)
        .related(withdrawn.location.clone(), "withdrawn")
        .help("remove")
}
