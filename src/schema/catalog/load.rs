//! Reads a catalog, or takes over that of an earlier build.
//!
//! The order of steps, each of which needs the one before:
//!
//! 1. Declarations: the built-in ones, then `content/_collections/*.yaml`, which replace those of
//!    the same name.
//! 2. The layout: names of files and folders against names of collections. No file is read.
//! 3. Places: each `place.yaml`, in parallel, unless it is known; at the same time the names of all
//!    files are looked through for personal data.
//! 4. Holidays: the built-in years, then those of `holidays.yaml`.
//! 5. Indexes and fingerprints that follow from all of it.
//!
//! A mistake never ends it: a place that cannot be read is called after its folder, a broken
//! declaration has no records. The diagnostics then keep the build from publishing.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    config::{self, Config, Levels, PlaceOrder, zone_key},
    diagnostic::{Checked, Code, Diagnostic, Location, Severity},
    fingerprint::Fingerprint,
    scan,
    schema::{
        Catalog, Collection, Collections, Field, Place, PlaceId, SetFiles, Value, builtin,
        catalog::{
            fingerprints::{Fingerprints, shapes},
            references,
        },
        declaration,
        decode::{
            holidays,
            leak_rules::LeakRules,
            mappings,
            personal::{self, Found, ValueRules},
            place, record, sample, stated,
            surroundings::Surroundings,
            wording::Wording,
        },
        layout::{self, Layout, PlaceFiles},
        place::PlaceIndex,
        working_days::WorkingDays,
    },
    source::{self, Files, Folder, SitePath, World, workbook},
};

/// What is known of a catalog from an earlier build.
///
/// Of two kinds: within a process the whole catalog is known, across processes only the decoded
/// places. Reading the declarations again costs little, while places are as many as folders.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct KnownCatalog {
    /// The catalog, and its diagnostics. It is not written to the cache.
    #[serde(skip)]
    made: Option<(Arc<Catalog>, Vec<Diagnostic>)>,
    /// By the path of the `place.yaml`. Those of places that are gone are dropped with each load.
    places: HashMap<SitePath, PlaceKnown>,
}

/// A `place.yaml`, decoded: what [`read_place`] returned for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PlaceKnown {
    /// What it was decoded from: the file's name and bytes, which files there are beside it, and what is a
    /// leak.
    key: Fingerprint,
    /// A value for each field of the built-in declaration; empty if the file cannot be read.
    values: Box<[Value]>,
    diagnostics: Vec<Diagnostic>,
}

impl Catalog {
    /// Reads a portal's catalog, or takes over that of an earlier build if it would be the same.
    /// Diagnostics are those of names, declarations and places.
    ///
    /// A second call with nothing changed costs the comparison of one fingerprint, which the
    /// folders of the tree keep.
    pub fn load(
        files: &Files<'_>,
        config: &Config,
        known: &mut KnownCatalog,
    ) -> Checked<Arc<Self>> {
        let nothing = Arc::default();
        let content = files.tree().content().unwrap_or(&nothing);
        if let Some((catalog, diagnostics)) = &known.made
            && catalog.key == key(files, content, config)
        {
            return Checked { value: Arc::clone(catalog), diagnostics: diagnostics.clone() };
        }
        let Checked { value, mut diagnostics } = Self::new(files, content, config, known);
        diagnostics.extend(content.diagnostics());
        // Now that the files were read their fingerprints cost nothing.
        let key = key(files, content, config);
        let catalog = Arc::new(Self { key, ..value });
        let before = known.made.replace((Arc::clone(&catalog), diagnostics.clone()));
        // Nobody has to wait while it is dropped, path by path: 12 of 93 ms when a file comes to a
        // preview of 4,000 communities.
        rayon::spawn(move || drop(before));
        Checked { value: catalog, diagnostics }
    }

    /// Makes the catalog from the files. Places and names of files are read on two threads; `known`
    /// has the places that an earlier build decoded. The key is filled in by the caller.
    fn new(
        files: &Files<'_>,
        content: &Folder,
        config: &Config,
        known: &mut KnownCatalog,
    ) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let sink = &mut diagnostics;
        let leaks = LeakRules::of(config, Wording::read(files, sink));
        settings(files, &leaks, sink);
        let collections = collections(files, content, config, &leaks, sink);
        sink.extend(references::check(files, &collections));
        for (_, collection) in collections.iter() {
            if collection.publication.names.is_some_and(|it| it < config.names) {
                sink.push(stated::looser(collection.location.clone(), config.names));
            }
        }
        let named = collections.iter().map(|(_, it)| (it.name.as_str(), it.title.get("zh-CN")));
        let sheets = |file: &SitePath| workbook::names(files, file);
        let mapped = |file: &SitePath| {
            let is_for = |it: &Collection| it.mappings.iter().any(|it| it.is_for(file));
            let found = collections.iter().find(|(_, it)| is_for(it));
            found.map(|(_, it)| it.name.clone())
        };
        let layout = layout::sort(content, &named.collect(), &mapped, &sheets).report(sink);
        let names = || {
            let files = content.all_files().into_iter();
            files.filter_map(|file| personal::name(file, &leaks)).collect()
        };
        let (places, names): (_, Vec<Diagnostic>) =
            rayon::join(|| places(files, &layout, (config, &leaks), known), names);
        let places = places.report(sink);
        let calendar = holidays(files, sink);
        sink.extend(names);
        let catalog = Self::of(collections, layout, places, calendar, (config, leaks));
        Checked { value: catalog, diagnostics }
    }

    /// Puts together what was read, with the indexes and fingerprints that follow from it.
    ///
    /// `starts` and `notice_starts` have one entry more than there are places, so that the sets of
    /// place `i` are those from `starts[i]` up to `starts[i + 1]`. What places say of themselves
    /// (address, telephone, hours, introduction) may stand on pages: its keys are `known` to the
    /// scan of the output.
    fn of(
        collections: Collections,
        layout: Layout,
        places: Vec<Place>,
        calendar: WorkingDays,
        (config, leaks): (&Config, LeakRules),
    ) -> Self {
        let (mut sets, mut notices) = (Vec::new(), Vec::new());
        let (mut starts, mut notice_starts) = (Vec::new(), Vec::new());
        for (place, files) in (0..).map(PlaceId).zip(layout.places) {
            starts.push(sets.len());
            notice_starts.push(notices.len());
            for (name, files) in files.sets {
                let found = collections.find(&name);
                let collection = found.expect("the layout knows no other collections");
                sets.push(SetFiles { place, collection, files });
            }
            notices.extend(files.notices.into_iter().map(|file| (place, file)));
        }
        starts.push(sets.len());
        notice_starts.push(notices.len());
        let loose_list = layout.loose.all();
        let below = count_below(&places);
        let rules = (config, leaks.wording.fingerprint);
        let fingerprints =
            Fingerprints::new(&collections, &places, &below, &calendar, &layout.loose, rules);
        let mut known = Vec::new();
        for place in &places {
            let said = [&place.address, &place.phone, &place.hours, &place.intro];
            known.extend(said.into_iter().flatten().flat_map(|text| scan::contacts(text)));
        }
        let declared = builtin::place(&config.levels);
        let level = declared.field("level").map(|level| declared.fields[level].choices.clone());
        let levels = level.unwrap_or_default();
        let ranks = levels.iter().map(|level| config.levels.rank(&level.value)).collect();
        Self {
            index: PlaceIndex::new(&places),
            collections,
            levels,
            ranks,
            places,
            sets,
            notices,
            loose: layout.loose,
            loose_list,
            starts,
            notice_starts,
            below,
            calendar,
            names: config.names,
            zone: config.time_zone.clone(),
            leaks,
            sections: config.sections.clone(),
            known,
            fingerprints,
            part: OnceLock::new(),
            by_folder: OnceLock::new(),
            by_path: OnceLock::new(),
            folded: OnceLock::new(),
            key: Fingerprint::default(),
        }
    }
}

/// The fingerprint of all that a catalog is made from: names in the content folder, the contents of
/// files that shape it, the holidays, and some settings. Other settings, and the contents of
/// records and notices, do not count.
fn key(files: &Files<'_>, content: &Folder, config: &Config) -> Fingerprint {
    let wording = Wording::fingerprint(files);
    // The texts of the settings are read for wrong words alone.
    let settings = (wording != Fingerprint::default()).then(|| Fingerprint::of(config));
    Fingerprint::of_all([
        wording,
        mappings::fingerprint(files),
        settings.unwrap_or_default(),
        files.structure(content, shapes),
        files.fingerprint(&SitePath::new(holidays::FILE)),
        Fingerprint::of(&(&config.sections, &config.levels, config.place_order, config.names)),
        Fingerprint::of(&(config.strict, &config.sensitive, zone_key(&config.time_zone))),
    ])
}

/// Looks for wrong words in the texts of `site.toml`.
fn settings(world: &dyn World, leaks: &LeakRules, sink: &mut Vec<Diagnostic>) {
    if leaks.wording.is_empty() {
        return;
    }
    // What is wrong with the file itself was reported when the settings were read.
    let text = source::read_if_there(world, &SitePath::new(config::FILE)).value;
    if let Some(text) = text {
        let mut found = Found::new(leaks);
        found.wording_of_all(&text);
        sink.append(&mut found.diagnostics);
    }
}

/// How many places lie in each, at any depth. One pass from the end, as parents stand before
/// children.
fn count_below(places: &[Place]) -> Vec<usize> {
    let mut below = vec![0_usize; places.len()];
    for place in places.iter().rev() {
        if let Some(parent) = place.parent {
            below[parent.index()] += below[place.id.index()] + 1;
        }
    }
    below
}

/// Every collection that there is, built-in and of the portal.
///
/// A declaration with errors still counts as one, without fields: else each of its record files
/// would be reported as of an unknown collection. The texts of declarations are published, so they
/// are looked through for personal data.
fn collections(
    world: &Files<'_>,
    content: &Folder,
    config: &Config,
    leaks: &LeakRules,
    sink: &mut Vec<Diagnostic>,
) -> Collections {
    let built_in = builtin::get();
    let mut all = built_in.collections.clone();
    for file in layout::declarations(content) {
        let mut diagnostics = Vec::new();
        let text = source::read(world, &file).report(&mut diagnostics);
        let decoded = text.and_then(|text| {
            let mut found = Found::new(leaks);
            found.declaration(&text);
            diagnostics.append(&mut found.diagnostics);
            declaration::decode(&text, config, &built_in.posting.fields).report(&mut diagnostics)
        });
        must_not_be_empty(&mut diagnostics);
        sink.extend(diagnostics);
        // Records of a broken declaration get no diagnostics: the declaration has to be corrected
        // first.
        let collection = decoded.unwrap_or_else(|| Collection::empty(file.stem()));
        all.insert(collection.name.clone(), collection);
    }
    mappings::add(world, &mut all, &built_in.posting.fields, sink);
    Collections::new(all)
}

/// The working days that are built in, and those of the portal's own file, which replace whole
/// years. No file is as good as an empty one, but for the warning of that.
fn holidays(world: &dyn World, sink: &mut Vec<Diagnostic>) -> WorkingDays {
    let mut calendar = WorkingDays::built_in();
    let file = SitePath::new(holidays::FILE);
    if let Some(text) = source::read_if_there(world, &file).report(sink) {
        calendar.take_over(holidays::parse(&text, sink));
    }
    calendar
}

/// Makes an empty file an error. Without a word in it, a place or a collection cannot be published.
fn must_not_be_empty(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == Code::EmptyFile)
    {
        diagnostic.severity = Severity::Error;
    }
}

/// Reads the places, those that are not known as they are.
///
/// Each place gets the number that it has in the layout, parents first. A folder without
/// `place.yaml`, which the layout has reported, becomes a place with the folder's name, so that
/// what lies in it is checked all the same.
fn places(
    files: &Files<'_>,
    layout: &Layout,
    (config, leaks): (&Config, &LeakRules),
    known: &mut KnownCatalog,
) -> Checked<Vec<Place>> {
    let declaration = &*builtin::place(&config.levels);
    let rules = (config.strict, &config.sensitive, &config.levels, leaks.wording.fingerprint);
    let rules = Fingerprint::of(&rules);
    let around = layout.loose.fingerprint().and(rules);
    let before = std::mem::take(&mut known.places);
    let read: Vec<_> = layout
        .places
        .par_iter()
        .map(|place| {
            let file = place.place.as_ref()?;
            let key = || files.fingerprint_all([file]).and(around);
            if let Some(same) = before.get(file).filter(|it| it.key == key()) {
                return Some((file.clone(), same.clone()));
            }
            let (values, diagnostics) =
                read_place(files, file, layout, (leaks, &declaration.fields));
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
    let diagnostics = read.iter().flatten().flat_map(|(_, it)| it.diagnostics.iter().cloned());
    let mut diagnostics: Vec<Diagnostic> = diagnostics.collect();
    diagnostics.extend(same_names(&places, layout));
    diagnostics.extend(level_order(files, layout, (declaration, &config.levels), &places, &read));
    known.places = read.into_iter().flatten().collect();
    nest(&mut places, layout, config.place_order);
    name_paths(&mut places);
    Checked { value: places, diagnostics }
}

/// The values of a `place.yaml`, empty if it cannot be decoded, with its diagnostics. Personal data
/// in it is reported like that of records.
fn read_place(
    world: &dyn World,
    file: &SitePath,
    layout: &Layout,
    (leaks, fields): (&LeakRules, &[Field]),
) -> (Box<[Value]>, Vec<Diagnostic>) {
    let around = Surroundings { loose: &layout.loose, ..Surroundings::none() };
    let mut diagnostics = Vec::new();
    let text = source::read(world, file).report(&mut diagnostics);
    let values = text.and_then(|text| {
        let node = source::read_yaml(&text).report(&mut diagnostics)?;
        let mut found = Found::new(leaks);
        found.values(&text, Some(&node), ValueRules { fields, ..ValueRules::default() });
        diagnostics.append(&mut found.diagnostics);
        let values = record::decode(&text, &node, fields, around, &mut diagnostics)?.values;
        let of = (&*values, &builtin::get().place);
        place::check_addresses(&text, &node, of, &mut diagnostics);
        diagnostics.extend(sample::check(&text));
        Some(values)
    });
    must_not_be_empty(&mut diagnostics);
    (values.unwrap_or_default(), diagnostics)
}

/// Places with the name of another one beside them: most often one is a copy of the other's folder,
/// and all in it counts twice.
fn same_names(places: &[Place], layout: &Layout) -> Vec<Diagnostic> {
    let mut first: HashMap<(Option<usize>, &str), &SitePath> = HashMap::new();
    let mut found = Vec::new();
    for (place, files) in places.iter().zip(&layout.places) {
        let Some(file) = &files.place else { continue };
        let name = place.name.as_str();
        match first.entry((files.parent, name)) {
            Entry::Vacant(entry) => _ = entry.insert(file),
            Entry::Occupied(entry) => found.push(
                Diagnostic::warning(Code::SameName, Location::file(file.clone()))
                    .arg("name", name)
                    .related(Location::file((*entry.get()).clone()), "original")
                    .help("remove"),
            ),
        }
    }
    found
}

/// Places that lie in one of a level below their own: a street in a community. Those of one level
/// may lie in each other. Places without a level that could be read are compared with none. Only a
/// file that is wrong is read, for the line.
fn level_order(
    files: &Files<'_>,
    layout: &Layout,
    (declaration, levels): (&Collection, &Levels),
    places: &[Place],
    read: &[Option<(SitePath, PlaceKnown)>],
) -> Vec<Diagnostic> {
    let level_of = |index: usize| {
        let field = declaration.field("level")?;
        let (file, known) = read[index].as_ref()?;
        let Value::Choice(choice) = *known.values.get(field)? else { return None };
        Some((file, declaration.fields[field].choices.get(usize::from(choice))?))
    };
    let wrong = |(index, inside): (usize, &PlaceFiles)| {
        let (place, parent) = (level_of(index)?, level_of(inside.parent?)?);
        (levels.rank(&place.1.value)? < levels.rank(&parent.1.value)?).then_some((
            index,
            inside.parent?,
            place,
            parent,
        ))
    };
    let place_of = |file: &SitePath| level_line(files, file, declaration);
    let wrong = layout.places.iter().enumerate().filter_map(wrong);
    let told = wrong.map(|(index, parent, (file, level), (above, outer))| {
        Diagnostic::error(Code::LevelOrder, place_of(file))
            .arg("name", &*places[index].name)
            .arg_by_language("level", |language| level.label.get(language).to_owned())
            .arg("above", &*places[parent].name)
            .arg_by_language("outer", |language| outer.label.get(language).to_owned())
            .related(place_of(above), "above")
            .help("move")
    });
    told.collect()
}

/// Where a `place.yaml` says the level; the file alone if it cannot be read any more.
fn level_line(files: &Files<'_>, file: &SitePath, declaration: &Collection) -> Location {
    let line = || {
        let text = source::read(files, file).value?;
        let node = source::read_yaml(&text).value?;
        let is_level = |key: &str| {
            declaration.field(key).is_some() && declaration.field(key) == declaration.field("level")
        };
        let entry = node.as_map()?.iter().find(|entry| is_level(&entry.key))?;
        Some(text.locate(entry.value.span))
    };
    line().unwrap_or_else(|| Location::file(file.clone()))
}

/// Gives places their paths in addresses, parents first: that of the folder, in which each place with
/// a `slug` stands by that.
fn name_paths(places: &mut [Place]) {
    if places.iter().all(|place| place.slug.is_none()) {
        return;
    }
    for index in 0..places.len() {
        let Some(parent) = places[index].parent.map(|it| &places[it.index()]) else { continue };
        let place = &places[index];
        let below = place.folder.inside(&parent.folder).unwrap_or_default().trim_start_matches('/');
        let (above, name) =
            below.rsplit_once('/').map_or(("", below), |(above, name)| (above, name));
        let name = place.slug.as_deref().unwrap_or(name);
        let names = [parent.path.as_str(), above, name].into_iter().filter(|it| !it.is_empty());
        places[index].path = names.collect::<Vec<_>>().join("/");
    }
}

/// Links places to their parents, and sorts the children: those with an `order` first, by it, then
/// by name or folder. The path decides between equal names, so that the order is the same on every
/// system.
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
