//! Old addresses that lead on: a page at each, for every host, and what hosts are told of them.
//!
//! ```yaml
//! # content/kaixuan/notices/winter.md, published at /kaixuan/notices/winter/
//! aliases: [/art/2025/11/3/art_17_220.html]
//! ```
//!
//! The page at the old address sends a browser on at once, and has a link for those that do not
//! follow. It is the same in any theme. What was withdrawn is gone: an old address that was that of
//! a withdrawn page is an error, and whatever is not posted has no old addresses either. One that is
//! a page's address is an error of two sources for one path. Both are found in `plan.rs`.

use std::borrow::Cow;

use quick_xml::escape::escape;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    diagnostic::Location,
    figures::RecordEntry,
    render::{head, watermark},
    schema::{OldAddress, PlaceId, SetFiles, notice::NoticeId},
    source::SitePath,
};

/// A page for each old address of a place and of what is posted there.
pub(super) struct RedirectKind;

impl ArtifactKind for RedirectKind {
    fn name(&self) -> &'static str {
        "redirect"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let mut artifacts = of_place(place, sources);
        artifacts.extend(of_notices(place, sources));
        let catalog = &sources.portal.catalog;
        let sets = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        artifacts.extend(sets.flat_map(|set| of_records(set, sources)));
        artifacts
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let target = view.address_of(artifact.subject).ok_or_else(|| artifact.unexpected())?;
        view.lead_to(&target, matches!(artifact.subject, Subject::Place(_)));
        let url = view.url(&target);
        let policy = head::elements(&view.policy());
        let whole = view.config().absolute(&url);
        let mut bytes = html(&url, &whole, &policy, view.language()).into_bytes();
        if view.shows_drafts() {
            watermark::put(&mut bytes, view.language());
        }
        Ok(bytes.into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Html
    }

    fn is_page(&self, _: &Artifact) -> bool {
        false
    }
}

/// The old addresses of a place.
fn of_place(place: PlaceId, sources: &Sources<'_>) -> Vec<Artifact> {
    let it = sources.portal.place(place);
    let file = it.folder.join("place.yaml");
    let artifact = |old: &OldAddress| leading(old, Subject::Place(place), place, &file, sources);
    it.aliases.iter().map(artifact).collect()
}

/// The old addresses of the notices and lasting pages that are posted at a place.
fn of_notices(place: PlaceId, sources: &Sources<'_>) -> Vec<Artifact> {
    let notices = sources.portal.notices();
    let of_one = |id: NoticeId| {
        let notice = notices.get(id);
        let artifact = move |old: &OldAddress| {
            let mut artifact = leading(old, Subject::Notice(id), place, &notice.file, sources);
            artifact.reads.push(Read::Notice(id));
            artifact
        };
        notice.posting.aliases.iter().map(artifact)
    };
    notices.posted(place).flat_map(of_one).collect()
}

/// The old addresses of the records of a set. No record is read for it.
fn of_records(set: &SetFiles, sources: &Sources<'_>) -> Vec<Artifact> {
    let (place, id) = (set.place, set.collection);
    let Some(contents) = sources.figures.contents(place, id) else { return Vec::new() };
    let of_one = |(index, record): (u32, &RecordEntry)| {
        let file = &set.files[usize::from(record.file)];
        let artifact = |old: &OldAddress| {
            let subject = Subject::Record(place, id, index);
            let mut artifact = leading(old, subject, place, file, sources);
            artifact.reads.extend([Read::Collection(id), Read::Record(place, id, index)]);
            artifact
        };
        record.aliases.iter().map(artifact).collect::<Vec<_>>()
    };
    (0..).zip(&contents.records).flat_map(of_one).collect()
}

/// The page at an old address that leads to a subject.
fn leading(
    old: &OldAddress,
    subject: Subject,
    place: PlaceId,
    file: &SitePath,
    sources: &Sources<'_>,
) -> Artifact {
    let source = Location::line(file.clone(), old.line);
    let reads = vec![Read::Theme, Read::Site, Read::Routes, Read::Place(place)];
    Artifact { path: old.path.to_string(), subject, source, ..sources.portal_file("", reads) }
}

/// The page as HTML, in Chinese if that is the language, else in English. `url` is the new address,
/// `whole` the same with its host.
fn html(url: &str, whole: &str, policy: &str, language: &str) -> String {
    let is_chinese = language.starts_with("zh");
    let words = if is_chinese { "网页已移到新地址" } else { "This page has moved" };
    let (url, whole, language) = (escape(url), escape(whole), escape(language));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">{policy}\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{words}</title>\n<meta http-equiv=\"refresh\" content=\"0; url={url}\">\n\
         <link rel=\"canonical\" href=\"{whole}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         </head>\n<body>\n<p><a href=\"{url}\">{words}</a></p>\n</body>\n</html>\n"
    )
}
