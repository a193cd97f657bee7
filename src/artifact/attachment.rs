//! Files that are attached to texts, as they are, once they were searched.
//!
//! A file is published as long as a text links to it, at its path below `content/`. Which files
//! these are is known after the pages were made, as of images. What the file says is searched like
//! a page (`inspection.rs`), and what is found is told with its place in the file. What cannot be
//! looked into, and names of persons who withdrew where the text stands that links to it, are told
//! where the link stands, by `page/resolver.rs`.
//!
//! | found | is |
//! | --- | --- |
//! | an identity card or bank card, the name of somebody who withdrew | an error |
//! | a mobile number, a home, a name beside something sensitive | an error, if the portal is strict |
//! | the same, in a file that a notice says somebody looked at | a warning |
//! | a plate, an e-mail address; hidden sheets, comments, who wrote it | a warning |
//! | what the portal publishes elsewhere, such as an office's number | nothing |

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Scan, Sources, View,
        inspection::{Datum, Found, Inspection},
        loose::{self, is_drawing},
    },
    attachment::{Contents, Passage},
    diagnostic::{Code, Diagnostic, Location},
    scan::DataKind,
    schema::{PlaceId, ROOT_FILES},
    source::SitePath,
};

/// The files that texts have attached. No others are published. In order of their paths, each once.
pub(super) struct AttachmentFileKind;

impl ArtifactKind for AttachmentFileKind {
    fn name(&self) -> &'static str {
        "attachment"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let reads = |place, _: &SitePath| vec![Read::Site, Read::Wording, Read::Place(place)];
        loose::shown(sources, |loose, file| loose.others.contains(file), reads)
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let limit = view.config().attachments.largest;
        let (file, bytes) = loose::read(artifact, view, limit)?;
        let inspection = view.inspection(file, &bytes).ok_or_else(|| artifact.unexpected())?;
        report(&inspection, file, view);
        Ok(bytes.into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Nothing
    }

    fn is_derived(&self) -> bool {
        true
    }
}

/// Reports what nobody should find in a file.
pub(super) fn report(inspection: &Inspection, file: &SitePath, view: &View<'_>) {
    let Ok(found) = &inspection.found else { return };
    let at = || Location::file(file.clone());
    let named = report_names(inspection, found, file, view);
    report_data(inspection, found, file, view);
    report_wording(found, file, view);
    for trace in &found.contents.traces {
        let diagnostic = Diagnostic::warning(Code::HiddenInAttachment, at())
            .arg("kind", trace.kind())
            .arg_by_language("name", |language| found.contents.owner_in_words(trace, language));
        view.report(diagnostic.help(trace.kind()));
    }
    let keys = found.data.iter().filter_map(|it| Some((it.kind, it.key?)));
    view.note_found(keys.collect(), named);
}

/// Reports that a file names somebody who withdrew: an error where the name is masked, and elsewhere
/// a warning. Who looked at the file may say that it is somebody else. Returns the keys of the names
/// that must not be there.
fn report_names(
    inspection: &Inspection,
    found: &Found,
    file: &SitePath,
    view: &View<'_>,
) -> Vec<u64> {
    if found.names.is_empty() || view.is_checked(&inspection.short) {
        return Vec::new();
    }
    let named = view.withdrawn_among(view.place_of(file), &found.names);
    let at = Location::file(file.clone());
    let diagnostic = if named.is_empty() {
        Diagnostic::warning(Code::LeakInAttachment, at).arg("kind", "elsewhere")
    } else {
        Diagnostic::error(Code::LeakInAttachment, at).arg("kind", "withdrawn")
    };
    let help = match () {
        () if is_root(file) => "root",
        () if is_drawing(file.as_str()) => "drawing",
        () => "name",
    };
    view.report(diagnostic.arg("fingerprint", &inspection.short).help(help));
    named
}

/// Reports the personal data in a file that the portal does not publish elsewhere: of each kind, and
/// of what is sensitive also the kind of that, where.
fn report_data(inspection: &Inspection, found: &Found, file: &SitePath, view: &View<'_>) {
    let known = view.known_data();
    let mut told: BTreeMap<(DataKind, &str), Vec<&Datum>> = BTreeMap::new();
    for datum in &found.data {
        if !datum.key.is_some_and(|key| known.contains(&key)) {
            told.entry((datum.kind, &datum.attribute)).or_default().push(datum);
        }
    }
    let is_lenient =
        !view.config().strict || !told.is_empty() && view.is_checked(&inspection.short);
    for ((kind, attribute), data) in told {
        let at = Location::file(file.clone());
        let diagnostic = if is_error(kind, is_lenient, &data) {
            Diagnostic::error(Code::LeakInAttachment, at)
        } else {
            Diagnostic::warning(Code::LeakInAttachment, at)
        };
        view.report(
            diagnostic
                .arg("kind", kind.name())
                .arg("attribute", attribute)
                .arg("fingerprint", &inspection.short)
                .arg_by_language("places", |language| {
                    let passages = data.iter().filter_map(|it| it.passage.as_ref());
                    places(&found.contents, passages, language)
                })
                .help(match kind {
                    _ if is_root(file) => "root",
                    _ if is_drawing(file.as_str()) => "drawing",
                    kind if kind.is_forbidden() => "remove",
                    _ => "check",
                }),
        );
    }
}

/// It is a file for the root of the site, to which no notice links.
fn is_root(file: &SitePath) -> bool {
    file.inside(&SitePath::new(ROOT_FILES)).is_some()
}

/// Reports the words of a file that the office does not want, each with where it stands.
fn report_wording(found: &Found, file: &SitePath, view: &View<'_>) {
    for (number, passages) in &found.wording {
        let diagnostic = view.wording().diagnostic(*number, Location::file(file.clone()));
        let places = |language: &str| places(&found.contents, passages, language);
        view.report(diagnostic.arg_by_language("places", places));
    }
}

/// What was found keeps the site from being published. `is_lenient`: only what nobody may publish
/// does.
fn is_error(kind: DataKind, is_lenient: bool, data: &[&Datum]) -> bool {
    let is_leak = matches!(kind, DataKind::Mobile | DataKind::HomeAddress | DataKind::Sensitive);
    kind.is_forbidden() || is_leak && !is_lenient && !data.iter().all(|it| it.is_other)
}

/// The most places that a message names.
const NAMED: usize = 3;

/// Where passages of a file stand, in words: the first few, and how many there are.
fn places<'p>(
    contents: &Contents,
    passages: impl IntoIterator<Item = &'p Passage>,
    language: &str,
) -> String {
    let zh = language.starts_with("zh");
    let mut seen = HashSet::new();
    let passages: Vec<&Passage> = passages.into_iter().filter(|it| seen.insert(*it)).collect();
    let words = passages.iter().take(NAMED).map(|it| contents.in_words(it, language));
    let shown = words.collect::<Vec<_>>().join(if zh { "、" } else { ", " });
    let count = passages.len();
    match (count > NAMED, zh) {
        (false, _) => shown,
        (true, true) => format!("{shown}等 {count} 处"),
        (true, false) => format!("{shown} and {} more", count - NAMED),
    }
}
