//! What of wrong words is known only once the whole portal is.
//!
//! Nobody reads a draft, nor what is posted later or is over. So a word that an office forbids stops
//! the site only once it would be published: until then the error is a warning. What a file says of
//! its publication is known when it is read, but not whether its time has come.
//!
//! A list whose columns were exchanged is as good as any other when it is read. It shows when most
//! of the words that it calls wrong are what everybody writes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::{
    diagnostic::{Code, Diagnostic, Location, Severity, SitePath},
    disclosure::{Portal, Withheld},
    schema::catalog::FileOf,
};

/// Of a list that is the wrong way round at least so many words are in use, and more than half of all;
/// of a long list at least [`MANY`].
const FEWEST: usize = 8;
const MANY: usize = 50;

/// Completes and corrects what is said of wrong words. Without any it costs nothing.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>, portal: &Portal<'_>) {
    let is_wording = |it: &Diagnostic| it.code == Code::Wording;
    if diagnostics.iter().any(is_wording) {
        soften(diagnostics.iter_mut().filter(|it| is_wording(it)), portal);
        let exchanged = exchanged(diagnostics.iter().filter(|it| is_wording(it)), portal);
        diagnostics.extend(exchanged);
    }
}

/// Makes errors in notices and records that are kept back warnings. A file of records is read again
/// if it has such an error and a record that is kept back, and only then.
fn soften<'d>(wrong: impl Iterator<Item = &'d mut Diagnostic>, portal: &Portal<'_>) {
    let mut kept_back: HashMap<SitePath, HashSet<u32>> = HashMap::new();
    for Withheld { location, .. } in portal.withheld() {
        kept_back.entry(location.file.clone()).or_default().insert(line(&location));
    }
    let mut lines = HashMap::new();
    for diagnostic in wrong {
        let file = &diagnostic.location.file;
        let Some(kept_back) = kept_back.get(file) else { continue };
        let begins = lines.entry(file.clone()).or_insert_with(|| record_lines(file, portal));
        let before = begins.partition_point(|begin| *begin <= line(&diagnostic.location));
        let is_article = begins.is_empty();
        if is_article || before > 0 && kept_back.contains(&begins[before - 1]) {
            diagnostic.severity = Severity::Warning;
        }
    }
}

/// The line on which a place begins; 0 for a whole file.
fn line(place: &Location) -> u32 {
    place.range.map_or(0, |range| range.start.line)
}

/// The lines on which the records of a file begin, in order. None for a notice.
fn record_lines(file: &SitePath, portal: &Portal<'_>) -> Vec<u32> {
    let catalog = &portal.catalog;
    let Some((_, FileOf::Set(index))) = catalog.find(file) else { return Vec::new() };
    let files = &catalog.sets[index];
    let number = files.files.iter().position(|it| it == file);
    let (set, _) = catalog.set(portal.files(), files).value;
    let records = set.records.iter().filter(|it| Some(usize::from(it.file)) == number);
    records.map(|record| record.line).collect()
}

/// Whether so many words of a list are in use that it is most likely the wrong way round.
fn is_wrong_way_round(used: usize, count: usize) -> bool {
    used >= FEWEST && (used * 2 > count || used >= MANY)
}

/// The warnings of lists of which more than half of the words were found: most likely what they call
/// wrong is right.
fn exchanged<'d>(
    wrong: impl Iterator<Item = &'d Diagnostic>,
    portal: &Portal<'_>,
) -> Vec<Diagnostic> {
    let mut found: BTreeMap<&SitePath, BTreeSet<u32>> = BTreeMap::new();
    for (row, _) in wrong.flat_map(|it| &it.related) {
        found.entry(&row.file).or_default().insert(line(row));
    }
    let warning = |(list, rows): (&SitePath, BTreeSet<u32>)| {
        let count = portal.catalog.wording().count_in(list);
        let diagnostic = Diagnostic::warning(Code::WordingList, Location::file(list.clone()))
            .arg("kind", "exchanged")
            .arg("value", rows.len().to_string())
            .arg("name", count.to_string())
            .help("exchanged");
        (is_wrong_way_round(rows.len(), count)).then_some(diagnostic)
    };
    found.into_iter().filter_map(warning).collect()
}
