//! The content folder, decoded.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Severity},
    schema::{
        Collection, Collections, Notice, Place, PlaceId, RecordSet,
        builtin::{self, Builtin},
        declaration,
        holidays::{self, WorkingDays},
        layout,
        layout::{Layout, PlaceFiles},
        notice,
        personal::{self, Found},
        place::PlaceIndex,
        posting::Names,
        record::{self, Surroundings},
        sets, stated,
    },
    source::{self, Folder, SitePath, World},
};

/// All that the content folder says, each part as its declaration understands it.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// The collections that there are.
    pub collections: Collections,
    /// The words for the levels of places, by [`Place::level`].
    pub levels: Vec<crate::schema::collection::Choice>,
    /// The places, parents before children; the first is the root.
    pub places: Vec<Place>,
    /// The record sets, by place, then collection.
    pub sets: Vec<RecordSet>,
    /// The notices, by file.
    pub notices: Vec<Notice>,
    /// The files of notices that could not be read, and their places.
    pub unread: Vec<(SitePath, PlaceId)>,
    /// Every image of the content folder.
    pub images: BTreeSet<SitePath>,
    /// Personal data that texts hold, by its [key](crate::scan::Finding::key): told of, or allowed.
    pub known: HashSet<u64>,
}

/// Decodes the content folder. `sections` are the ids that a notice or collection may name.
pub fn decode(
    world: &dyn World,
    content: &Folder,
    sections: &[&str],
    order: PlaceOrder,
    names: Names,
) -> Checked<Records> {
    let mut diagnostics = Vec::new();
    let sink = &mut diagnostics;
    let built_in = builtin::load();
    let collections = collections(world, content, &built_in, sections, sink);
    for (_, collection) in collections.iter() {
        if collection.publication.names.is_some_and(|it| it < names) {
            sink.push(stated::looser(collection.location.clone(), names));
        }
    }
    let named = collections.iter().map(|(_, it)| (it.name.as_str(), it.title.get("zh-CN")));
    let layout = layout::sort(content, &named.collect()).report(sink);
    let places = places(world, &layout, &built_in, order, sink);
    let index = PlaceIndex::new(&places);
    let calendar = holidays(world, sink);
    let around = Surroundings {
        places: &index,
        images: &layout.images,
        posting: &built_in.posting.fields,
        calendar: &calendar,
        names,
    };

    let (sets, mut known) = sets::read(world, &layout, &collections, around, sink);
    let (notices, unread) =
        notices(world, &layout, &built_in.notice, sections, around, (&mut known, sink));
    sink.extend(content.all_files().into_iter().filter_map(personal::name));
    let level = built_in.place.field("level").map(|it| built_in.place.fields[it].choices.clone());
    let records = Records {
        collections,
        levels: level.unwrap_or_default(),
        places,
        sets,
        notices,
        unread,
        images: layout.images,
        known: known.into_iter().collect(),
    };
    Checked { value: records, diagnostics }
}

/// How places are ordered that give no `order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaceOrder {
    /// By name, as a Chinese dictionary has it.
    #[default]
    Pinyin,
    /// By the name of their folder.
    Folder,
}

fn collections(
    world: &dyn World,
    content: &Folder,
    built_in: &Builtin,
    sections: &[&str],
    sink: &mut Vec<Diagnostic>,
) -> Collections {
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

fn places(
    world: &dyn World,
    layout: &Layout,
    built_in: &Builtin,
    order: PlaceOrder,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Place> {
    let around = Surroundings { images: &layout.images, ..Surroundings::none() };
    let read = |(id, files): (usize, &PlaceFiles)| {
        let mut diagnostics = Vec::new();
        let id = PlaceId(u32::try_from(id).expect("a site has fewer folders than 2³²"));
        let values = files.place.as_ref().and_then(|file| {
            let text = source::read(world, file).report(&mut diagnostics)?;
            let node = source::read_yaml(&text).report(&mut diagnostics)?;
            let fields = &built_in.place.fields;
            let mut found = Found::default();
            found.values(&text, Some(&node), fields, &[]);
            diagnostics.append(&mut found.diagnostics);
            Some(record::decode(&text, &node, fields, around, &mut diagnostics)?.values)
        });
        must_not_be_empty(&mut diagnostics);
        let values = values.as_deref().unwrap_or_default();
        Checked { value: Place::new(id, &files.folder, values, &built_in.place), diagnostics }
    };
    let read: Vec<_> =
        layout.places.par_iter().enumerate().map(|(id, files)| read((id, files))).collect();
    let mut places: Vec<Place> = read.into_iter().map(|it| it.report(sink)).collect();
    nest(&mut places, layout, order);
    places
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

fn notices(
    world: &dyn World,
    layout: &Layout,
    declaration: &Collection,
    sections: &[&str],
    around: Surroundings<'_>,
    (known, sink): (&mut Vec<u64>, &mut Vec<Diagnostic>),
) -> (Vec<Notice>, Vec<(SitePath, PlaceId)>) {
    let mut jobs = Vec::new();
    for (place, files) in (0..).map(PlaceId).zip(&layout.places) {
        jobs.extend(files.notices.iter().map(|file| (place, file)));
    }
    let decoded: Vec<_> = jobs
        .into_par_iter()
        .map(|(place, file)| {
            let mut diagnostics = Vec::new();
            let text = source::read(world, file).report(&mut diagnostics);
            let value = text.and_then(|text| {
                let mut found = Found::default();
                let notice = notice::decode(
                    text,
                    place,
                    (declaration, sections),
                    around,
                    &mut found,
                    &mut diagnostics,
                );
                diagnostics.extend(found.diagnostics);
                Some((notice?, found.known))
            });
            Checked { value: value.ok_or_else(|| (file.clone(), place)), diagnostics }
        })
        .collect();
    let (mut notices, mut unread) = (Vec::new(), Vec::new());
    for decoded in decoded {
        match decoded.report(sink) {
            Ok((notice, found)) => {
                notices.push(notice);
                known.extend(found);
            }
            Err(file) => unread.push(file),
        }
    }
    (notices, unread)
}
