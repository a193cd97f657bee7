//! What holds for the whole portal: its declarations, its places, and which file holds what.
//!
//! [`Catalog::load`] reads all of it but records and notices; those are decoded one file or set at a
//! time, by what the catalog knows ([`Catalog::set`], [`Catalog::notice`]).

use crate::config::PlaceOrder;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    config::{Config, Names},
    diagnostic::{Checked, Code, Diagnostic, Severity},
    fingerprint::Fingerprint,
    scan,
    schema::{
        Collection, CollectionId, Collections, FieldType, Place, PlaceId, RecordSet, Value,
        builtin,
        collection::Choice,
        declaration,
        decode::{
            holidays, notice,
            personal::{self, Found},
            record, sets, stated,
            surroundings::Surroundings,
        },
        layout::{self, Layout, PlaceFiles},
        notice::{Article, Notice},
        place::PlaceIndex,
        working_days::WorkingDays,
    },
    source::{self, Files, Folder, SitePath, World},
};

/// What holds for the whole portal.
#[derive(Debug)]
pub struct Catalog {
    /// The collections that there are.
    pub collections: Collections,
    /// The words for the levels of places, by [`Place::level`].
    pub levels: Vec<Choice>,
    /// The places, parents before children; the first is the root.
    pub places: Vec<Place>,
    /// The files of record sets, by place, then collection.
    pub sets: Vec<SetFiles>,
    /// The files of notices, by place, then name.
    pub notices: Vec<(PlaceId, SitePath)>,
    /// Every image of the content folder.
    pub images: BTreeSet<SitePath>,
    /// For each place, where its sets begin.
    starts: Vec<usize>,
    /// For each place, how many lie in it.
    below: Vec<usize>,
    index: PlaceIndex,
    calendar: WorkingDays,
    names: Names,
    sections: Vec<String>,
    known: Vec<u64>,
    prints: Prints,
    /// The places by their folders.
    by_folder: OnceLock<HashMap<SitePath, PlaceId>>,
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

/// What a content file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOf {
    /// A `place.yaml`.
    Place(PlaceId),
    /// Records of a set, by its index.
    Set(usize),
    /// A notice, by its index.
    Notice(usize),
    /// An image.
    Image,
}

/// Fingerprints of what many things depend on.
#[derive(Debug, Default)]
struct Prints {
    /// By collection.
    collections: Vec<Fingerprint>,
    /// Of a place, and of those that it lies in.
    places: Vec<(Fingerprint, Fingerprint)>,
    /// Short ones of the names of places.
    names: Vec<u32>,
    /// Of the working days, and of how much of names is shown.
    rules: Fingerprint,
    images: Fingerprint,
    /// Of all places.
    index: Fingerprint,
    sections: Fingerprint,
}

/// What is known of a catalog from an earlier build.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Known {
    /// The catalog, and what there is to say of it.
    #[serde(skip)]
    made: Option<(Arc<Catalog>, Vec<Diagnostic>)>,
    places: HashMap<SitePath, PlaceKnown>,
}

/// A `place.yaml`, decoded.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PlaceKnown {
    /// What it was decoded from.
    key: Fingerprint,
    values: Box<[Value]>,
    diagnostics: Vec<Diagnostic>,
}

impl Catalog {
    /// Reads a portal's catalog, or takes over that of an earlier build if it would be the same.
    pub fn load(
        files: &Files<'_>,
        content: &Folder,
        config: &Config,
        known: &mut Known,
    ) -> Checked<Arc<Self>> {
        if let Some((catalog, told)) = &known.made
            && files.are_untouched(is_of_catalog)
        {
            return Checked { value: Arc::clone(catalog), diagnostics: told.clone() };
        }
        if let Some((catalog, told)) = &known.made
            && catalog.key == key(files, content, config)
        {
            return Checked { value: Arc::clone(catalog), diagnostics: told.clone() };
        }
        let Checked { value, diagnostics } = Self::new(files, content, config, known);
        // Now that the files were read their fingerprints cost nothing.
        let key = key(files, content, config);
        let catalog = Arc::new(Self { key, ..value });
        known.made = Some((Arc::clone(&catalog), diagnostics.clone()));
        Checked { value: catalog, diagnostics }
    }

    fn new(
        files: &Files<'_>,
        content: &Folder,
        config: &Config,
        known: &mut Known,
    ) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let sink = &mut diagnostics;
        let sections = config.section_ids();
        let built_in = builtin::get();
        let collections = collections(files, content, &sections, sink);
        for (_, collection) in collections.iter() {
            if collection.publication.names.is_some_and(|it| it < config.names) {
                sink.push(stated::looser(collection.location.clone(), config.names));
            }
        }
        let named = collections.iter().map(|(_, it)| (it.name.as_str(), it.title.get("zh-CN")));
        let layout = layout::sort(content, &named.collect()).report(sink);
        let names = || content.all_files().into_iter().filter_map(personal::name).collect();
        let (places, names): (_, Vec<Diagnostic>) =
            rayon::join(|| places(files, &layout, config, known), names);
        let places = places.report(sink);
        let calendar = holidays(files, sink);
        sink.extend(names);
        let level = built_in.place.field("level");
        let levels = level.map(|it| built_in.place.fields[it].choices.clone()).unwrap_or_default();
        let catalog = Self::of(collections, layout, places, levels, calendar, config);
        Checked { value: catalog, diagnostics }
    }

    fn of(
        collections: Collections,
        layout: Layout,
        places: Vec<Place>,
        levels: Vec<Choice>,
        calendar: WorkingDays,
        config: &Config,
    ) -> Self {
        let (mut sets, mut notices, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for (place, files) in (0..).map(PlaceId).zip(layout.places) {
            starts.push(sets.len());
            for (name, files) in files.sets {
                let found = collections.find(&name);
                let collection = found.expect("the layout knows no other collections");
                sets.push(SetFiles { place, collection, files });
            }
            notices.extend(files.notices.into_iter().map(|it| (place, it)));
        }
        starts.push(sets.len());
        let sections: Vec<String> = config.sections.iter().map(|it| it.id.clone()).collect();
        let below = count_below(&places);
        let prints = Prints {
            collections: collections.iter().map(|(_, it)| Fingerprint::of_shown(it)).collect(),
            places: place_prints(&places, &below),
            names: places.iter().map(|it| Fingerprint::of(it.folder.as_str()).short()).collect(),
            rules: Fingerprint::of_shown(&calendar).and(Fingerprint::of(&config.names)),
            images: Fingerprint::of(&layout.images),
            index: Fingerprint::default(),
            sections: Fingerprint::of(&sections),
        };
        let mut known = Vec::new();
        for place in &places {
            let said = [&place.address, &place.phone, &place.hours, &place.intro];
            known.extend(said.into_iter().flatten().flat_map(|it| scan::contacts(it)));
        }
        let index = Fingerprint::of_all(prints.places.iter().map(|it| it.0));
        Self {
            index: PlaceIndex::new(&places),
            collections,
            levels,
            places,
            sets,
            notices,
            images: layout.images,
            starts,
            below,
            calendar,
            names: config.names,
            sections,
            known,
            prints: Prints { index, ..prints },
            by_folder: OnceLock::new(),
            key: Fingerprint::default(),
        }
    }

    fn around(&self) -> Surroundings<'_> {
        Surroundings {
            places: &self.index,
            images: &self.images,
            posting: &builtin::get().posting.fields,
            calendar: &self.calendar,
            names: self.names,
        }
    }

    /// The record sets of a place, as indexes of [`Self::sets`].
    pub fn sets_of(&self, place: PlaceId) -> std::ops::Range<usize> {
        self.starts[place.index()]..self.starts[place.index() + 1]
    }

    /// Decodes a record set, and tells the keys of the personal data in its files.
    pub fn set(&self, world: &dyn World, files: &SetFiles) -> Checked<(RecordSet, Vec<u64>)> {
        let collection = self.collections.get(files.collection);
        let files = (files.place, files.collection, files.files.as_slice());
        sets::read(world, files, collection, self.around())
    }

    /// Decodes a notice, and tells the keys of the personal data in it.
    pub fn notice(
        &self,
        world: &dyn World,
        place: PlaceId,
        file: &SitePath,
    ) -> Checked<Option<(Notice, Article, Vec<u64>)>> {
        let mut diagnostics = Vec::new();
        let text = source::read(world, file).report(&mut diagnostics);
        let declaration = &builtin::get().notice;
        let sections: Vec<&str> = self.sections.iter().map(String::as_str).collect();
        let notice = text.and_then(|text| {
            let mut found = Found::default();
            let rules = (declaration, sections.as_slice());
            let around = self.around();
            let decoded = notice::decode(text, place, rules, around, &mut found, &mut diagnostics);
            diagnostics.extend(found.diagnostics);
            let (notice, article) = decoded?;
            Some((notice, article, found.known))
        });
        Checked { value: notice, diagnostics }
    }

    /// What a content file is; nothing if it is none that is published.
    pub fn file(&self, file: &SitePath) -> Option<FileOf> {
        if self.images.contains(file) {
            return Some(FileOf::Image);
        }
        let folders = self
            .by_folder
            .get_or_init(|| self.places.iter().map(|it| (it.folder.clone(), it.id)).collect());
        let above = std::iter::successors(Some(file.parent()), |it| {
            (!it.as_str().is_empty()).then(|| it.parent())
        });
        let place = above.into_iter().find_map(|it| folders.get(&it).copied())?;
        if *file == self.place(place).folder.join("place.yaml") {
            return Some(FileOf::Place(place));
        }
        let set = self.sets_of(place).find(|it| self.sets[*it].files.contains(file));
        let first = self.notices.partition_point(|(it, _)| *it < place);
        let notices = self.notices[first..].iter().take_while(|(it, _)| *it == place);
        let notice = notices.map(|(_, it)| it).position(|it| it == file).map(|it| first + it);
        set.map(FileOf::Set).or(notice.map(FileOf::Notice))
    }

    /// The fingerprint of all that it was made from.
    pub fn key(&self) -> Fingerprint {
        self.key
    }

    /// Every content file that may be published.
    pub fn files(&self) -> impl Iterator<Item = (SitePath, FileOf)> + '_ {
        let places =
            self.places.iter().map(|it| (it.folder.join("place.yaml"), FileOf::Place(it.id)));
        let sets = self.sets.iter().enumerate().flat_map(|(index, set)| {
            set.files.iter().map(move |it| (it.clone(), FileOf::Set(index)))
        });
        let notices = self.notices.iter().enumerate();
        let notices = notices.map(|(index, (_, it))| (it.clone(), FileOf::Notice(index)));
        let images = self.images.iter().map(|it| (it.clone(), FileOf::Image));
        places.chain(sets).chain(notices).chain(images)
    }

    /// The fingerprint of all that the records of a set depend on beside their files.
    pub fn print_around(&self, files: &SetFiles) -> Fingerprint {
        let of_kind = |kind| {
            let fields = &self.collections.get(files.collection).fields;
            fields.iter().any(|it| it.kind == kind)
        };
        let place = self.place(files.place);
        let mut all = vec![
            Fingerprint::of(&(files.place, place.level, &place.path)),
            self.print_of_collection(files.collection),
            self.prints.rules,
        ];
        all.extend(of_kind(FieldType::Image).then_some(self.prints.images));
        all.extend(of_kind(FieldType::Place).then_some(self.prints.index));
        Fingerprint::of_all(all)
    }

    /// The fingerprint of all that a notice depends on beside its file.
    pub fn print_around_notice(&self, place: PlaceId) -> Fingerprint {
        let rules = self.prints.rules.and(self.prints.sections);
        rules.and(self.prints.images).and(Fingerprint::of(&place))
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

    /// How many places lie in a place.
    pub fn count_below(&self, id: PlaceId) -> usize {
        self.below[id.index()]
    }

    /// The fingerprint of a declaration.
    pub fn print_of_collection(&self, id: CollectionId) -> Fingerprint {
        self.prints.collections[usize::from(id.0)]
    }

    /// The fingerprint of a place, with which places lie in it.
    pub fn print_of_place(&self, id: PlaceId) -> Fingerprint {
        self.prints.places[id.index()].0
    }

    /// The fingerprint of a place and those that it lies in.
    pub fn print_of_way(&self, id: PlaceId) -> Fingerprint {
        self.prints.places[id.index()].1
    }

    /// The short fingerprint of a place's folder, which tells one place from another.
    pub fn print_of_name(&self, id: PlaceId) -> u32 {
        self.prints.names[id.index()]
    }

    /// The fingerprint of all places if records of the collection name any.
    pub fn print_of_named_places(&self, id: CollectionId) -> Option<Fingerprint> {
        let names = self.collections.get(id).fields.iter().any(|it| it.kind == FieldType::Place);
        names.then_some(self.prints.index)
    }

    /// The keys of the personal data that places say of themselves.
    pub(crate) fn known(&self) -> &[u64] {
        &self.known
    }
}

/// A catalog is made from that file.
fn is_of_catalog(file: &SitePath) -> bool {
    let declares = || file.parent().name() == layout::DECLARATIONS;
    matches!(file.name(), "place.yaml" | "place.yml" | holidays::FILE) || declares()
}

/// The fingerprint of all that a catalog is made from.
fn key(files: &Files<'_>, content: &Folder, config: &Config) -> Fingerprint {
    let all = content.all_files();
    let named = |it: &&&SitePath| matches!(it.name(), "place.yaml" | "place.yml");
    let declarations = layout::declarations(content);
    let holidays = SitePath::new(holidays::FILE);
    let read = all.iter().filter(named).copied().chain(&declarations).chain([&holidays]);
    Fingerprint::of_all([
        Fingerprint::of(&all),
        files.print_all(read),
        Fingerprint::of(&(config.section_ids(), config.place_order, config.names)),
    ])
}

/// How many places lie in each.
fn count_below(places: &[Place]) -> Vec<usize> {
    let mut below = vec![0_usize; places.len()];
    for place in places.iter().rev() {
        if let Some(parent) = place.parent {
            below[parent.index()] += below[place.id.index()] + 1;
        }
    }
    below
}

/// The fingerprint of each place, and of each with those that it lies in.
fn place_prints(places: &[Place], below: &[usize]) -> Vec<(Fingerprint, Fingerprint)> {
    let mut prints: Vec<(Fingerprint, Fingerprint)> = Vec::with_capacity(places.len());
    for place in places {
        let Place { id, folder, path: _, parent, children, name, level, .. } = place;
        let Place { address, phone, hours, intro, order, photo, .. } = place;
        let children: Vec<&SitePath> =
            children.iter().map(|it| &places[it.index()].folder).collect();
        let own = Fingerprint::of(&(
            (folder, children, name, level, below[id.index()]),
            (address, phone, hours, intro, order, photo),
        ));
        let way = parent.map_or(own, |it| prints[it.index()].1.and(own));
        prints.push((own, way));
    }
    prints
}

fn collections(
    world: &dyn World,
    content: &Folder,
    sections: &[&str],
    sink: &mut Vec<Diagnostic>,
) -> Collections {
    let built_in = builtin::get();
    let mut all = built_in.collections.clone();
    for file in layout::declarations(content) {
        let mut told = Vec::new();
        let text = source::read(world, &file).report(&mut told);
        let decoded = text.and_then(|it| {
            let mut found = Found::default();
            found.whole(&it, &[]);
            told.append(&mut found.diagnostics);
            declaration::decode(&it, sections, &built_in.posting.fields).report(&mut told)
        });
        must_not_be_empty(&mut told);
        sink.extend(told);
        // The declaration is what has to be mended: nothing is said of records that it tells of.
        let collection = decoded.unwrap_or_else(|| Collection::empty(file.stem()));
        all.insert(collection.name.clone(), collection);
    }
    Collections::new(all)
}

/// The working days that are built in, and those of the portal's own file.
fn holidays(world: &dyn World, sink: &mut Vec<Diagnostic>) -> WorkingDays {
    let mut calendar = WorkingDays::built_in();
    let file = SitePath::new(holidays::FILE);
    if world.read(&file, 1).is_ok()
        && let Some(text) = source::read(world, &file).report(sink)
    {
        calendar.take_over(holidays::parse(&text, sink));
    }
    calendar
}

/// Without a word in it, a place or a collection cannot be published.
fn must_not_be_empty(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|it| it.code == Code::EmptyFile) {
        diagnostic.severity = Severity::Error;
    }
}

/// Reads the places, those that are not known as they are.
fn places(
    files: &Files<'_>,
    layout: &Layout,
    config: &Config,
    known: &mut Known,
) -> Checked<Vec<Place>> {
    let declaration = &builtin::get().place;
    let images = Fingerprint::of(&layout.images);
    let before = std::mem::take(&mut known.places);
    let read: Vec<_> = layout
        .places
        .par_iter()
        .map(|it| {
            let file = it.place.as_ref()?;
            let key = || files.print_all([file]).and(images);
            if let Some(same) = before.get(file).filter(|it| it.key == key()) {
                return Some((file.clone(), same.clone()));
            }
            let (values, diagnostics) = read_place(files, file, layout);
            // Now that the file was read its fingerprint costs nothing.
            Some((file.clone(), PlaceKnown { key: key(), values, diagnostics }))
        })
        .collect();
    let place = |id: u32, files: &PlaceFiles, read: Option<&PlaceKnown>| {
        let values = read.map(|it| &*it.values).unwrap_or_default();
        Place::new(PlaceId(id), &files.folder, values, declaration)
    };
    let both = (0..).zip(layout.places.iter().zip(&read));
    let mut places: Vec<Place> =
        both.map(|(id, (files, read))| place(id, files, read.as_ref().map(|(_, it)| it))).collect();
    let told = read.iter().flatten().flat_map(|(_, it)| it.diagnostics.iter().cloned());
    let diagnostics = told.collect();
    known.places = read.into_iter().flatten().collect();
    nest(&mut places, layout, config.place_order);
    Checked { value: places, diagnostics }
}

fn read_place(
    world: &dyn World,
    file: &SitePath,
    layout: &Layout,
) -> (Box<[Value]>, Vec<Diagnostic>) {
    let around = Surroundings { images: &layout.images, ..Surroundings::none() };
    let fields = &builtin::get().place.fields;
    let mut diagnostics = Vec::new();
    let text = source::read(world, file).report(&mut diagnostics);
    let values = text.and_then(|text| {
        let node = source::read_yaml(&text).report(&mut diagnostics)?;
        let mut found = Found::default();
        found.values(&text, Some(&node), fields, &[]);
        diagnostics.append(&mut found.diagnostics);
        Some(record::decode(&text, &node, fields, around, &mut diagnostics)?.values)
    });
    must_not_be_empty(&mut diagnostics);
    (values.unwrap_or_default(), diagnostics)
}

fn nest(places: &mut [Place], layout: &Layout, order: PlaceOrder) {
    let collator = crate::text::Collator::new();
    let keys: Vec<_> = places
        .iter()
        .map(|place| {
            let name = match order {
                PlaceOrder::Pinyin => collator.key(&place.name),
                PlaceOrder::Folder => place.path.clone().into_bytes(),
            };
            (place.order.is_none(), place.order, name, place.path.clone())
        })
        .collect();
    for (index, files) in layout.places.iter().enumerate() {
        let Some(parent) = files.parent else { continue };
        places[index].parent = Some(places[parent].id);
        let id = places[index].id;
        places[parent].children.push(id);
    }
    for place in places {
        place.children.sort_by(|a, b| keys[a.index()].cmp(&keys[b.index()]));
    }
}
