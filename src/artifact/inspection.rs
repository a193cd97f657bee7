//! What was found in attached files, and how large images are. Each file is looked into once in a build, however many texts
//! link to it.
//!
//! ```text
//! a link to a file  (page/resolver.rs) ─┐
//! the file itself   (attachment.rs) ────┴─▶ Inspections ─▶ Inspection
//! ```
//!
//! Of the text of a file nothing stays: an [`Inspection`] says which personal data there are, and in
//! which part of the file.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::{
    attachment::{self, AttachmentKind, Contents, Opaque, Passage, short_fingerprint},
    disclosure::{Portal, WithdrawnNames},
    fingerprint::Fingerprint,
    image::picture::{ImageHead, UprightPicture},
    scan::{self, DataKind, Lexicon, LineEnds},
    schema::{Wording, catalog::LooseId},
    source::{SitePath, Text},
};

/// What was found in the files of a portal that pages show or have attached, so far.
#[derive(Debug, Default)]
pub struct Inspections {
    /// In attached files.
    pub(super) attached: FilesSeen<Inspection>,
    /// Of images: how large they are.
    pub(super) pictures: FilesSeen<ImageHead>,
    /// Of images, decoded.
    pub(super) decoded: LastFiles<UprightPicture>,
}

/// What was made of the last few files, which is too much to be kept for all of them. Copies of one
/// picture follow each other, so that it is decoded once.
#[derive(Debug)]
pub(super) struct LastFiles<T>(Mutex<VecDeque<(LooseId, Slot<T>)>>);

/// How many files are kept: more than are made at once.
const LAST: usize = 8;

impl<T> Default for LastFiles<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> LastFiles<T> {
    /// What is made of a file, as of [`FilesSeen::get`].
    pub(super) fn get(&self, file: LooseId, make: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files.iter().find(|it| it.0 == file).map(|it| Arc::clone(&it.1));
        let slot = known.unwrap_or_else(|| {
            let slot = Slot::default();
            files.push_back((file, Arc::clone(&slot)));
            slot
        });
        if files.len() > LAST {
            files.pop_front();
        }
        drop(files);
        slot.get_or_init(|| make().map(Arc::new)).clone()
    }
}

/// What was found in each of some files. Whoever asks first for a file looks into it; others wait
/// for that.
#[derive(Debug)]
pub(super) struct FilesSeen<T>(Mutex<HashMap<LooseId, Slot<T>>>);

type Slot<T> = Arc<OnceLock<Option<Arc<T>>>>;

impl<T> Default for FilesSeen<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> FilesSeen<T> {
    /// What was found in a file; it is looked into if nobody did yet. Nothing if that finds none,
    /// as of a file that cannot be read.
    pub(super) fn get(&self, file: LooseId, inspect: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = Arc::clone(files.entry(file).or_default());
        drop(files);
        slot.get_or_init(|| inspect().map(Arc::new)).clone()
    }
}

/// What was found in an attached file.
#[derive(Debug)]
pub(super) struct Inspection {
    /// Of the bytes that were looked into.
    pub(super) fingerprint: Fingerprint,
    /// What staff write down when they looked at the file.
    pub(super) short: String,
    pub(super) kind: AttachmentKind,
    /// In bytes. Of a file that is larger than the limit it is one more than that.
    pub(super) size: u64,
    /// What is in it, or why nobody can tell.
    pub(super) found: Result<Found, Opaque>,
    /// It lists names, so that a text that links to it must say nothing sensitive of them. Nobody
    /// asks for that of most files; whoever does first reads the file again.
    pub(super) lists_names: OnceLock<bool>,
}

/// What is in a file.
#[derive(Debug)]
pub(super) struct Found {
    /// The personal data.
    pub(super) data: Vec<Datum>,
    /// The words that the office does not want, by their number, each with where it stands.
    pub(super) wording: BTreeMap<usize, Vec<Passage>>,
    /// The names of persons who withdrew somewhere in the portal.
    pub(super) names: WithdrawnNames,
    /// What its parts are called, and what of it is not seen at once. Without its text.
    pub(super) contents: Contents,
}

/// A personal datum in a file.
#[derive(Debug)]
pub(super) struct Datum {
    pub(super) kind: DataKind,
    /// What is said of somebody who is named, as a kind of the lexicon; empty for other data.
    pub(super) attribute: Box<str>,
    /// Its key, if it has a form of its own.
    pub(super) key: Option<u64>,
    pub(super) passage: Option<Passage>,
    /// It looks like one, but a word beside it says that it is something else.
    pub(super) is_other: bool,
}

impl Inspection {
    /// Looks into a file. Nothing if it is of no kind that may be attached.
    pub(super) fn of(
        file: &SitePath,
        bytes: &[u8],
        portal: &Portal<'_>,
        limit: u64,
    ) -> Option<Self> {
        let kind = AttachmentKind::of(file)?;
        let found = if bytes.len() as u64 > limit {
            Err(Opaque::TooMuch)
        } else {
            let contents = attachment::look(kind, file.stem(), bytes);
            contents.map(|contents| Found::of(contents, portal))
        };
        Some(Self::new(kind, bytes, found))
    }

    /// Looks into a text.
    pub(super) fn of_text(text: &Text, portal: &Portal<'_>) -> Self {
        let contents = attachment::text(text.path.stem(), &text.content);
        let found = contents.map(|contents| Found::of(contents, portal));
        Self::new(AttachmentKind::Txt, text.content.as_bytes(), found)
    }

    /// What was found in these bytes.
    fn new(kind: AttachmentKind, bytes: &[u8], found: Result<Found, Opaque>) -> Self {
        let (fingerprint, short) = (Fingerprint::of_bytes(bytes), short_fingerprint(bytes));
        let (size, lists_names) = (bytes.len() as u64, OnceLock::new());
        Self { fingerprint, short, kind, size, found, lists_names }
    }
}

/// A file lists names of which it says nothing sensitive itself.
pub(super) fn lists_names(
    file: &SitePath,
    kind: AttachmentKind,
    bytes: &[u8],
    lexicon: &Lexicon,
) -> bool {
    attachment::look(kind, file.stem(), bytes)
        .is_ok_and(|it| !scan::listed(&it.text, it.title.clone(), it.body(), lexicon).is_empty())
}

impl Found {
    fn of(mut contents: Contents, portal: &Portal<'_>) -> Self {
        let mut data = plain_data(&contents);
        data.extend(exposures(&contents, portal.catalog.lexicon()));
        tell_once(&mut data);
        let wording = unwanted(&contents, portal.catalog.wording());
        let names = portal.withdrawn_in(&contents.text);
        contents
            .hide_sheet_names(|name| scan::may_name(name) || !portal.withdrawn_in(name).is_empty());
        contents.forget_text();
        Self { data, wording, names, contents }
    }
}

/// Drops what was found somewhere in a document and where its reader knows the place, too.
fn tell_once(data: &mut Vec<Datum>) {
    let is_placed = |it: &Datum| it.passage != Some(Passage::Elsewhere);
    let what = |it: &Datum| (it.kind, it.key, it.attribute.clone());
    let placed: HashSet<_> = data.iter().filter(|it| is_placed(it)).map(what).collect();
    data.retain(|it| is_placed(it) || !placed.contains(&what(it)));
}

/// The words that the office does not want, by their number.
fn unwanted(contents: &Contents, wording: &Wording) -> BTreeMap<usize, Vec<Passage>> {
    let mut found: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
    for wrong in wording.find(&contents.text, contents.body(), LineEnds::Part) {
        let passage = contents.passage(wrong.range.start).cloned();
        found.entry(wrong.number()).or_default().extend(passage);
    }
    for passages in found.values_mut() {
        if passages.iter().any(|it| *it != Passage::Elsewhere) {
            passages.retain(|it| *it != Passage::Elsewhere);
        }
    }
    found
}

/// The data that have a form of their own, such as numbers.
fn plain_data(contents: &Contents) -> Vec<Datum> {
    let datum = |it: scan::Finding| Datum {
        is_other: it.kind == DataKind::Mobile
            && scan::is_other_number(&contents.text, it.range.clone())
            || it.kind == DataKind::HomeAddress
                && scan::is_office(&contents.text, it.range.clone()),
        passage: contents.passage(it.range.start).cloned(),
        kind: it.kind,
        attribute: Box::default(),
        key: Some(it.key),
    };
    scan::text(&contents.text).into_iter().map(datum).collect()
}

/// The persons of whom something sensitive is said, and homes.
fn exposures(contents: &Contents, lexicon: &Lexicon) -> Vec<Datum> {
    let exposed = scan::exposed(&contents.text, contents.title.clone(), contents.body(), lexicon);
    let datum = |it: scan::Exposure| {
        let is_home = it.attribute.is_none();
        Datum {
            is_other: is_home && scan::is_office(&contents.text, it.range.clone()),
            passage: contents.passage(it.range.start).cloned(),
            kind: if is_home { DataKind::HomeAddress } else { DataKind::Sensitive },
            attribute: it.attribute.unwrap_or_default(),
            key: None,
        }
    };
    exposed.into_iter().map(datum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_looked_into_once() {
        let (inspections, looks) = (Inspections::default(), std::cell::Cell::new(0));
        let look = || {
            looks.set(looks.get() + 1);
            Some(Inspection {
                fingerprint: Fingerprint::default(),
                short: String::new(),
                kind: AttachmentKind::Pdf,
                size: 0,
                found: Err(Opaque::Kind),
                lists_names: OnceLock::new(),
            })
        };
        let files = [LooseId(0), LooseId(1), LooseId(0), LooseId(1)];
        assert!(files.into_iter().all(|file| inspections.attached.get(file, look).is_some()));
        assert_eq!(looks.get(), 2);
    }
}
