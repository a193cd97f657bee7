//! Files that are attached to texts, as they are, once they were searched.
//!
//! A file is published as long as a text links to it, at its path below `content/`. Which files
//! these are is known after the pages were made, as of images. What the file says is searched like
//! a page ([`attachment::look`]), and what is found is told with its place in the file. What cannot
//! be looked into is told where the link stands, by `page/resolver.rs`.
//!
//! | found | is |
//! | --- | --- |
//! | an identity card or bank card, the name of somebody who withdrew | an error |
//! | a mobile number, a home, a name beside something sensitive | an error, if the portal is strict |
//! | the same, in a file that a notice of the place says somebody looked at | a warning |
//! | a plate, an e-mail address; hidden sheets, comments, who wrote it | a warning |
//! | what the portal publishes elsewhere, such as an office's number | nothing |

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, Table, View},
    attachment::{self, AttachmentKind, Contents, short_fingerprint},
    diagnostic::{Code, Diagnostic, Location},
    scan::{self, DataKind},
    schema::PlaceId,
    source::{self, CONTENT, SitePath, World as _},
};

/// The files that texts have attached. No others are published. In order of their paths, each once.
pub(super) struct AttachmentFileKind;

impl ArtifactKind for AttachmentFileKind {
    fn name(&self) -> &'static str {
        "attachment"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let files = sources.made.map(Table::files).unwrap_or_default();
        let catalog = &sources.portal.catalog;
        let attached = |path: String| {
            let file = SitePath::new(CONTENT).join(&path);
            catalog.loose.others.get(&file)?;
            let id = catalog.loose_id(&file)?;
            let place = catalog.place_of(&file).unwrap_or(PlaceId::ROOT);
            Some(Artifact {
                path,
                subject: Subject::File(id),
                language: sources.config.language.as_str().into(),
                reads: vec![Read::Site, Read::Place(place), Read::File(id)],
                source: Location::file(file),
            })
        };
        files.into_iter().filter_map(attached).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::File(id) = artifact.subject else { return Err(artifact.unexpected()) };
        let (file, files) = view.file(id);
        let limit = view.config().attachments.largest;
        let bytes = match files.read(file, limit + 1) {
            Ok(bytes) if bytes.len() as u64 > limit => {
                let diagnostic =
                    Diagnostic::error(Code::FileTooLarge, Location::file(file.clone()))
                        .arg("limit", format!("{} MB", limit >> 20));
                return Err(diagnostic.help("split").into());
            }
            Ok(bytes) => bytes,
            Err(error) => return Err(source::unreadable(file, &error).into()),
        };
        let kind = AttachmentKind::of(file).ok_or_else(|| artifact.unexpected())?;
        if let Ok(contents) = attachment::look(kind, &bytes) {
            search(&contents, &bytes, file, view);
        }
        Ok(bytes.into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Nothing
    }

    fn is_derived(&self) -> bool {
        true
    }
}

/// What was found in a file: of each kind, and of what is sensitive also the kind of that, where.
type FoundIn = BTreeMap<(DataKind, String), Vec<Range<usize>>>;

/// Reports what nobody should find in a file.
fn search(contents: &Contents, bytes: &[u8], file: &SitePath, view: &View<'_>) {
    let place = view.place_of(file);
    let found = scan::text(&contents.text);
    let known = view.known_data();
    let mut told = FoundIn::new();
    for finding in found.iter().filter(|it| !known.contains(&it.key)) {
        told.entry((finding.kind, String::new())).or_default().push(finding.range.clone());
    }
    for exposure in scan::exposed(&contents.text, 0..0, contents.whole(), view.lexicon()) {
        let kind = match exposure.attribute {
            Some(_) => DataKind::Sensitive,
            None => DataKind::HomeAddress,
        };
        let key = (kind, exposure.attribute.unwrap_or_default().into());
        told.entry(key).or_default().push(exposure.range);
    }
    let named = view.withdrawn_names(place, &contents.text);
    let at = || Location::file(file.clone());
    if !named.is_empty() {
        let diagnostic = Diagnostic::error(Code::LeakInAttachment, at()).arg("kind", "withdrawn");
        view.report(diagnostic.help("remove"));
    }
    let fingerprint = short_fingerprint(bytes);
    let is_lenient = !view.config().strict;
    let is_lenient = is_lenient || !told.is_empty() && view.is_checked(place, &fingerprint);
    for ((kind, attribute), ranges) in told {
        let diagnostic = if is_error(kind, is_lenient, contents, &ranges) {
            Diagnostic::error(Code::LeakInAttachment, at())
        } else {
            Diagnostic::warning(Code::LeakInAttachment, at())
        };
        view.report(
            diagnostic
                .arg("kind", kind.name())
                .arg("attribute", attribute)
                .arg("fingerprint", &fingerprint)
                .arg_by_language("places", |language| places(contents, &ranges, language))
                .help(if kind.is_forbidden() { "remove" } else { "check" }),
        );
    }
    for trace in &contents.traces {
        let (kind, name) = trace.in_words();
        let diagnostic = Diagnostic::warning(Code::HiddenInAttachment, at());
        view.report(diagnostic.arg("kind", kind).arg("name", name).help(kind));
    }
    view.note_found(found.into_iter().map(|it| (it.kind, it.key)).collect(), named);
}

/// What was found keeps the site from being published. `is_lenient`: only what nobody may publish
/// does.
fn is_error(
    kind: DataKind,
    is_lenient: bool,
    contents: &Contents,
    ranges: &[Range<usize>],
) -> bool {
    let is_other = |range: &Range<usize>| match kind {
        DataKind::Mobile => scan::is_other_number(&contents.text, range.clone()),
        DataKind::HomeAddress => scan::is_office(&contents.text, range.clone()),
        _ => false,
    };
    let is_leak = matches!(kind, DataKind::Mobile | DataKind::HomeAddress | DataKind::Sensitive);
    kind.is_forbidden() || is_leak && !is_lenient && !ranges.iter().all(is_other)
}

/// The most places that a message names.
const NAMED: usize = 3;

/// Where ranges of a file's text stand, in words: the first few, and how many there are.
fn places(contents: &Contents, ranges: &[Range<usize>], language: &str) -> String {
    let zh = language.starts_with("zh");
    let passages = ranges.iter().filter_map(|range| contents.passage(range.start));
    let mut words: Vec<String> = passages.map(|it| it.in_words(language)).collect();
    words.dedup();
    let count = words.len();
    words.truncate(NAMED);
    let shown = words.join(if zh { "、" } else { ", " });
    match (count > NAMED, zh) {
        (false, _) => shown,
        (true, true) => format!("{shown}等 {count} 处"),
        (true, false) => format!("{shown} and {} more", count - NAMED),
    }
}
