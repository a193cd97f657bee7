//! What the content folder holds, before records and notices are read: its declarations, its
//! places, and which file is what.
//!
//! `load.rs` reads it, `fingerprints.rs` has fingerprints of what others depend on. Records and
//! notices are decoded one file or set at a time, by what the catalog knows ([`Catalog::set`],
//! [`Catalog::notice`]).

mod depended;
mod division;
mod fingerprints;
mod load;
mod references;

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use jiff::tz::TimeZone;

use crate::{
    config::{Levels, Names, Section},
    diagnostic::Checked,
    fingerprint::Fingerprint,
    scan,
    schema::{
        CollectionId, Collections, LooseFiles, Part, Place, PlaceId, RecordSet, builtin,
        catalog::fingerprints::Fingerprints,
        collection::Choice,
        decode::{
            leak_rules::LeakRules, notice as article, personal::Found, sets,
            surroundings::Surroundings, wording::Wording,
        },
        loose::FoldedNames,
        notice::{self, Article, Notice},
        place::PlaceIndex,
        working_days::WorkingDays,
    },
    source::{self, SitePath, World},
};

pub use load::KnownCatalog;

/// What holds for the whole portal.
///
/// It is made once and not changed. Everything in it goes by number: places, collections, sets,
/// notices and images are indexes of its lists, in an order that the files alone decide.
#[derive(Debug)]
pub struct Catalog {
    /// The collections that there are.
    pub collections: Collections,
    /// The words for the levels of places, by [`Place::level`].
    pub levels: Vec<Choice>,
    /// How far down each of them stands.
    ranks: Vec<Option<u32>>,
    /// The places, parents before children; the first is the root.
    pub places: Vec<Place>,
    /// The files of record sets, by place, then collection.
    pub sets: Vec<SetFiles>,
    /// The files of notices and lasting pages, by place, then name.
    pub notices: Vec<(PlaceId, SitePath)>,
    /// The files of the content folder that are neither records nor notices.
    pub loose: LooseFiles,
    /// The same files, by their number.
    loose_list: Vec<SitePath>,
    /// For each place, where its sets begin.
    starts: Vec<usize>,
    /// For each place, where its notices begin.
    notice_starts: Vec<usize>,
    /// For each place, how many lie in it.
    below: Vec<usize>,
    /// The places by what a record may call them.
    index: PlaceIndex,
    /// Which days are worked, of all years that are known.
    calendar: WorkingDays,
    /// How much of names the portal shows, by `site.toml`.
    names: Names,
    /// The portal's time zone, by `site.toml`.
    zone: TimeZone,
    /// What texts must not say.
    leaks: LeakRules,
    /// The portal's sections.
    sections: Vec<Section>,
    /// The keys of the personal data that places say of themselves.
    known: Vec<u64>,
    fingerprints: Fingerprints,
    /// The places by their folders.
    by_folder: OnceLock<HashMap<SitePath, PlaceId>>,
    /// Places by their paths in addresses, once somebody asks.
    by_path: OnceLock<HashMap<String, PlaceId>>,
    /// All files by their names as people type them.
    folded: OnceLock<FoldedNames>,
    /// The part of the portal that it is used for; nothing for all of it.
    part: OnceLock<Part>,
    /// The fingerprint of what it was made from.
    key: Fingerprint,
}

/// The files that the records of a collection at a place stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetFiles {
    /// Where.
    pub place: PlaceId,
    /// Of what.
    pub collection: CollectionId,
    /// In the order of their names.
    pub files: Vec<SitePath>,
}

impl SetFiles {
    /// Records of it stand in that file, or in a sheet of it.
    pub fn is_in(&self, file: &SitePath) -> bool {
        self.files.iter().any(|it| it.file_str() == file.as_str())
    }
}

/// Which file that is neither records nor a notice: its index among these, by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LooseId(pub u32);

/// What a content file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOf {
    /// A `place.yaml`.
    Place(PlaceId),
    /// Records of a set, by its index.
    Set(usize),
    /// A notice or lasting page, by its index.
    Notice(usize),
    /// An image.
    Image,
    /// A file that is none of these. It may be attached to a text.
    Other,
}

impl Catalog {
    /// How far down the level of a place stands. Nothing if its file says none.
    pub fn rank(&self, place: PlaceId) -> Option<u32> {
        self.ranks.get(usize::from(self.place(place).level)).copied().flatten()
    }

    /// What records and notices are decoded against.
    fn around(&self) -> Surroundings<'_> {
        Surroundings {
            places: &self.index,
            loose: &self.loose,
            posting: &builtin::get().posting.fields,
            calendar: &self.calendar,
            names: self.names,
            zone: &self.zone,
            leaks: &self.leaks,
            ignores_unknown: false,
        }
    }

    /// The record sets of a place, as indexes of [`Self::sets`].
    pub fn sets_of(&self, place: PlaceId) -> std::ops::Range<usize> {
        let (start, end) = (self.starts[place.index()], self.starts[place.index() + 1]);
        if self.fills(place) { start..end } else { start..start }
    }

    /// The notices of a place, as indexes of [`Self::notices`].
    pub fn notices_of(&self, place: PlaceId) -> std::ops::Range<usize> {
        let (start, end) =
            (self.notice_starts[place.index()], self.notice_starts[place.index() + 1]);
        if self.fills(place) { start..end } else { start..start }
    }

    /// The record set of a collection at a place, as an index of [`Self::sets`].
    pub fn set_index(&self, place: PlaceId, collection: CollectionId) -> Option<usize> {
        self.sets_of(place).find(|set| self.sets[*set].collection == collection)
    }

    /// A file that is neither records nor a notice, by its number.
    pub fn loose_file(&self, id: LooseId) -> &SitePath {
        &self.loose_list[id.0 as usize]
    }

    /// The number of a file that is neither records nor a notice, if it is one.
    pub fn loose_id(&self, file: &SitePath) -> Option<LooseId> {
        let at = self.loose_list.binary_search(file).ok()?;
        u32::try_from(at).ok().map(LooseId)
    }

    /// The places that a place lies in, the root first, itself last.
    pub fn ancestry(&self, place: PlaceId) -> Vec<PlaceId> {
        let above = |place: &PlaceId| self.place(*place).parent;
        let mut ids: Vec<_> = std::iter::successors(Some(place), above).collect();
        ids.reverse();
        ids
    }

    /// Decodes a record set, and returns the keys of the personal data in its files.
    ///
    /// It reads the set's files each time; nobody keeps the records but the caller. Diagnostics are
    /// those of this set alone.
    pub fn set(&self, world: &dyn World, files: &SetFiles) -> Checked<(RecordSet, Vec<u64>)> {
        let collection = self.collections.get(files.collection);
        let files = (files.place, files.collection, files.files.as_slice());
        sets::read(world, files, collection, self.around())
    }

    /// Decodes a notice or lasting page, and returns the keys of the personal data in it. Nothing is
    /// returned for one that has no title, for a notice without a date, or whose front matter cannot
    /// be read.
    pub fn notice(
        &self,
        world: &dyn World,
        place: PlaceId,
        file: &SitePath,
    ) -> Checked<Option<(Notice, Article, Vec<u64>)>> {
        let mut diagnostics = Vec::new();
        let text = source::read(world, file).report(&mut diagnostics);
        let is_page = notice::is_page(file);
        let declaration = if is_page { &builtin::get().page } else { &builtin::get().notice };
        let notice = text.and_then(|text| {
            let mut found = Found::new(&self.leaks);
            let rules = (declaration, self.sections.as_slice());
            let around = self.around();
            let decoded = article::decode(text, place, rules, around, &mut found, &mut diagnostics);
            diagnostics.extend(found.diagnostics);
            let (notice, article) = decoded?;
            Some((notice, article, found.known))
        });
        Checked { value: notice, diagnostics }
    }

    /// What a content file is, by its name as it is, or else as people type it: in capitals, with
    /// `.jpeg` for `.jpg`, with characters that are put together otherwise.
    ///
    /// Returns the file that was found. What folders that are left alone hold, and declarations,
    /// are not found.
    pub fn find(&self, file: &SitePath) -> Option<(SitePath, FileOf)> {
        if let Some(exact) = self.file(file) {
            return Some((file.clone(), exact));
        }
        let all = || self.files().map(|(file, _)| file);
        let found = self.folded.get_or_init(|| FoldedNames::new(all())).find(file)?;
        Some((found.clone(), self.file(found)?))
    }

    /// What the content file of exactly that name is. The place is the nearest folder above that is
    /// one. A `place.yml` is not found, only `place.yaml`.
    fn file(&self, file: &SitePath) -> Option<FileOf> {
        if self.loose.images.contains(file) {
            return Some(FileOf::Image);
        }
        if self.loose.others.contains(file) {
            return Some(FileOf::Other);
        }
        let place = self.place_of(file)?;
        if *file == self.place(place).folder.join("place.yaml") {
            return Some(FileOf::Place(place));
        }
        let set = self.sets_of(place).find(|it| self.sets[*it].is_in(file));
        let notice = self.notices_of(place).find(|notice| self.notices[*notice].1 == *file);
        set.map(FileOf::Set).or(notice.map(FileOf::Notice))
    }

    /// The place in whose folder a content file lies: the nearest folder above that is one.
    pub fn place_of(&self, file: &SitePath) -> Option<PlaceId> {
        let folders = self.by_folder.get_or_init(|| {
            self.places.iter().map(|place| (place.folder.clone(), place.id)).collect()
        });
        let above = std::iter::successors(Some(file.parent()), |folder| {
            (!folder.as_str().is_empty()).then(|| folder.parent())
        });
        above.into_iter().find_map(|it| folders.get(&it).copied())
    }

    /// The place with the longest path in addresses that a path begins with.
    pub fn place_at(&self, path: &str) -> Option<&Place> {
        let paths = self.by_path.get_or_init(|| {
            self.places.iter().map(|place| (place.path.clone(), place.id)).collect()
        });
        let above = path.rmatch_indices('/').map(|(end, _)| &path[..end]);
        let above = [path].into_iter().chain(above).chain([""]);
        above.into_iter().find_map(|it| paths.get(it)).map(|id| self.place(*id))
    }

    /// The words that texts must not say.
    pub(crate) fn wording(&self) -> &Wording {
        &self.leaks.wording
    }

    /// The fingerprint of the words that texts must not say.
    pub(crate) fn wording_fingerprint(&self) -> Fingerprint {
        self.leaks.wording.fingerprint
    }

    /// The words beside which nobody may be named.
    pub(crate) fn lexicon(&self) -> &scan::Lexicon {
        &self.leaks.lexicon
    }

    /// The collections of which there are records.
    pub fn used_collections(&self) -> BTreeSet<CollectionId> {
        self.sets.iter().map(|set| set.collection).collect()
    }

    /// A lasting page is among the content.
    pub fn has_lasting_pages(&self) -> bool {
        self.notices.iter().any(|(_, file)| notice::is_page(file))
    }

    /// The fingerprint of all that it was made from.
    pub fn key(&self) -> Fingerprint {
        self.key
    }

    /// Every content file but declarations.
    pub fn files(&self) -> impl Iterator<Item = (SitePath, FileOf)> + '_ {
        let places =
            self.places.iter().map(|it| (it.folder.join("place.yaml"), FileOf::Place(it.id)));
        let sets = self.sets.iter().enumerate().flat_map(|(index, set)| {
            set.files.iter().map(move |file| (file.file(), FileOf::Set(index)))
        });
        let notices = self.notices.iter().enumerate();
        let notices = notices.map(|(index, (_, it))| (it.clone(), FileOf::Notice(index)));
        let images = self.loose.images.iter().map(|image| (image.clone(), FileOf::Image));
        let others = self.loose.others.iter().map(|other| (other.clone(), FileOf::Other));
        places.chain(sets).chain(notices).chain(images).chain(others)
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.index()]
    }

    /// A place and all places that lie in it, each before its children.
    pub fn subtree(&self, place: PlaceId) -> Vec<PlaceId> {
        let mut ids = vec![place];
        let mut next = 0;
        while let Some(id) = ids.get(next) {
            ids.extend_from_slice(&self.place(*id).children);
            next += 1;
        }
        ids
    }

    /// A place and all places that lie in it, in the order of all places.
    pub fn places_within(&self, place: PlaceId) -> impl Iterator<Item = &Place> + use<'_> {
        let mut ids = self.subtree(place);
        ids.sort_unstable();
        ids.into_iter().map(|id| self.place(id))
    }

    /// A place is larger than a community or village: people live in the places within it. So it is
    /// if nobody knows its level.
    pub fn is_area(&self, id: PlaceId) -> bool {
        self.rank(id).is_none_or(|rank| rank < Levels::COMMUNITY)
    }

    /// How many places lie in a place.
    pub fn count_below(&self, id: PlaceId) -> usize {
        self.below[id.index()]
    }

    /// The keys of the personal data that places say of themselves.
    pub(crate) fn known(&self) -> &[u64] {
        &self.known
    }

    /// The keys of the telephone numbers of the places' offices.
    pub(crate) fn offices(&self) -> impl Iterator<Item = u64> + '_ {
        let phones = self.places.iter().filter_map(|place| place.phone.as_deref());
        phones.flat_map(scan::mobiles)
    }
}
